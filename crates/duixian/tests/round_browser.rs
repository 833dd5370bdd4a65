//! The round as people go through it: in a real browser, each signing in, from the clerk's figure to the lock.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod chromium;
mod http;
mod office;

use chromium::{Browser, Script, browse_at};
use office::{Office, PASSWORD};
use terms::{Facet, FigureState, Indicator};

fn sign_in(browser: &Browser, login: &str) {
    browser.open("/");
    browser.arrive(|address| address.starts_with("/login"));
    browser.type_into("#login", login);
    browser.type_into("#password", PASSWORD);
    browser.click("main button");
    browser.arrive(|address| address == "/desk");
    assert!(browser.text(".visitor").contains(&format!("{login}先生")));
}

fn sign_out(browser: &Browser) {
    browser.click(".sign-out button");
    browser.arrive(|address| address.starts_with("/login"));
}

fn clear_and_type(browser: &Browser, css: &str, text: &str) {
    browser.click(css);
    let select_all = "\u{e009}a\u{e000}";
    browser.type_into(css, &format!("{select_all}{text}"));
}

fn walk(script: Script, name: &str) {
    let office = Office::start();
    let duty = office.duty("stats");
    let home = format!("http://127.0.0.1:{}", office.port);
    let page = format!("/duties/{duty}");
    let state = |position: usize| {
        let sheet = office.ledger().duty_sheet(duty).unwrap().unwrap();
        sheet.slots[position].filing.as_ref().map(|filing| filing.state)
    };
    browse_at(name, script, home, |browser| {
        // The clerk sees what is owed, fills it in and hands it in.
        sign_in(browser, "clerk");
        browser.click(&format!("main a[href='{page}']"));
        browser.arrive(|address| address.starts_with(&page));
        clear_and_type(browser, "[name=value-0]", "756.2");
        clear_and_type(browser, "[name=value-1]", "6.3");
        browser.click("button[value=submit]");
        browser.arrive(|address| address.contains("done=submit"));
        assert_eq!(
            (state(0), state(1)),
            (Some(FigureState::Submitted), Some(FigureState::Submitted))
        );
        let form = browser.text("main");
        assert!(form.contains("已报"), "{form}");
        sign_out(browser);

        // The reviewer returns one line with a comment.
        sign_in(browser, "reviewer");
        browser.open(&page);
        browser.click("[name=pick-0]");
        browser.type_into("[name=comment]", "请与统计局快报核对");
        browser.click("button[value=return]");
        browser.arrive(|address| address.contains("done=return"));
        assert_eq!(
            (state(0), state(1)),
            (Some(FigureState::Returned), Some(FigureState::Submitted))
        );
        sign_out(browser);

        // The clerk reads why, corrects it, and hands it in again.
        sign_in(browser, "clerk");
        assert!(browser.text("main").contains("退回"), "the desk tells what came back");
        browser.open(&page);
        assert!(browser.text("main").contains("请与统计局快报核对"));
        clear_and_type(browser, "[name=value-0]", "755.9");
        browser.click("button[value=submit]");
        browser.arrive(|address| address.contains("done=submit"));
        assert_eq!(office.value("stats").as_deref(), Some("755.9"));
        sign_out(browser);

        // The reviewer approves, the planner locks.
        sign_in(browser, "reviewer");
        browser.open(&page);
        browser.click("button[value=approve]");
        browser.arrive(|address| address.contains("done=approve"));
        assert_eq!(
            (state(0), state(1)),
            (Some(FigureState::Approved), Some(FigureState::Approved))
        );
        sign_out(browser);
        sign_in(browser, "planner");
        browser.open("/rounds/2024-09");
        browser.click("form[action='/rounds/2024-09/lock'] button");
        browser.arrive(|address| address.contains("done=locked"));
        assert!(browser.text("main").contains("已锁定 2 项数据"));
        browser.open(&page);
        assert!(browser.text("main").contains("755.9"));
        let fields = "return document.querySelectorAll('main input[name^=value-]').length";
        if script == Script::On {
            assert_eq!(browser.ask(fields), 0, "a locked figure is no field");
        }
    });
    if state(0) == Some(FigureState::Locked) {
        let catalogue = statement::catalogue();
        let code = &Indicator::named(&catalogue, "地区生产总值").unwrap().code;
        let series = office.ledger().series(code, "330784", Facet::Level, None).unwrap();
        assert_eq!(series.observations[0].value.as_ref().unwrap().to_string(), "755.9");
        office.sound();
    } else {
        // Only where there is no browser to walk with.
        assert_eq!(state(0), None);
    }
}

#[test]
fn from_the_clerk_to_the_lock() {
    walk(Script::On, "round");
}

#[test]
fn from_the_clerk_to_the_lock_without_script() {
    walk(Script::Off, "round-without-script");
}
