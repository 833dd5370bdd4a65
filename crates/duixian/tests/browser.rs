//! The pages as a reader meets them: in a real browser, on a real server, with the bundled example.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod chromium;

use std::path::Path;

use chromium::{Browser, Script, browse};

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

#[test]
fn the_overview_tells_what_came_of_the_plan() {
    browse("overview", Script::On, |browser| {
        browser.open("/");
        assert_eq!(
            browser.text(".outcome .sentence"),
            "30 项主要指标：26 项完成较好，3 项有差距，1 项无数据"
        );
        assert_eq!(
            browser.ask("return document.querySelectorAll('.indicators tbody tr').length"),
            30
        );
        let rows = "return [...document.querySelectorAll('.indicators tbody tr')].map(row => row.querySelector('.status span').innerText)";
        let words: Vec<String> = serde_json::from_value(browser.ask(rows)).unwrap();
        // What fell short stands first, then what has no data, then the rest.
        assert_eq!(words[..4], ["有差距", "有差距", "有差距", "无数据"]);
        assert!(words[4..].iter().all(|word| word == "已完成"), "{words:?}");
        let shapes = "return new Set([...document.querySelectorAll('.indicators tbody > tr > td > .status > svg')].map(svg => svg.innerHTML)).size";
        assert_eq!(browser.ask(shapes), 3, "each status has its own shape");
        let attention = browser.text(".attention");
        for wanted in ["跨境电商出口", "统计口径", "增速", "绝对值", "核算"] {
            assert!(attention.contains(wanted), "{wanted}: {attention}");
        }
        browser.click(".orders a:nth-of-type(2)");
        let place = "return location.search.replace(/doc=[0-9a-f]{8}/, 'doc') + location.hash";
        browser.wait(place, "?doc&sort=report#indicators");
        assert_eq!(browser.text(".indicators tbody tr .number"), "1");
        if let Some(file) = std::env::var_os("DUIXIAN_SCREENSHOT") {
            browser.open("/");
            browser.resize(1280, 1240);
            browser.screenshot(Path::new(&file));
        }
    });
}

#[test]
fn statements_are_searched_and_filtered() {
    browse("filters", Script::On, |browser| {
        let rows = "return document.querySelectorAll('.statements tbody tr').length";
        browser.open("/statements");
        let all = browser.ask(rows).as_u64().unwrap();
        browser.type_into("#q", "投资");
        browser.click("#role option[value=target]");
        browser.click(".filters button");
        browser.wait("return decodeURIComponent(location.search)", "?q=投资&role=target");
        let found = browser.ask(rows).as_u64().unwrap();
        assert!(found > 0 && found < all, "{found} of {all}");
        let roles = "return [...document.querySelectorAll('.statements .role')].every(role => role.innerText === '目标')";
        assert_eq!(browser.ask(roles), true);
        assert!(browser.text("[aria-live]").contains(&format!("找到 {found} 条")));
        assert_eq!(browser.ask("return document.getElementById('role').value"), "target");
        // One filter is removed, the other stays.
        browser.click(".filters-set li:first-child a");
        browser.wait("return location.search", "?role=target");
        browser.open("/statements?lost=1");
        assert!(browser.text(".statements tbody").contains('〓'));
        browser.open("/statements?q=%E6%97%A0%E6%AD%A4%E4%BA%8B%E7%89%A9");
        assert!(browser.text(".none").contains("没有符合条件的陈述"));
        browser.open("/statements?status=unheard");
        assert!(browser.text("main").contains("status = unheard"));
        browser.open("/nowhere");
        assert!(browser.text("h1").contains("没有这个页面"));
    });
}

#[test]
fn a_statement_is_followed_both_ways() {
    browse("both-ways", Script::On, |browser| {
        browser.open("/");
        browser.click(".report-rooms li:nth-child(3) a");
        browser.wait("return !!document.querySelector('.report')", true);
        let text = browser.address();
        let mark = ".report p a.st.target";
        let words = browser.text(mark);
        let id = browser.ask(&format!("return document.querySelector('{mark}').id"));
        let id = id.as_str().unwrap().trim_start_matches("s-").to_owned();
        browser.click(mark);
        browser.wait("return location.pathname", format!("/statements/{id}"));
        assert!(browser.text("h1").contains(words.trim_end_matches('…')), "{words}");
        assert!(browser.text("blockquote mark").contains(&words));
        browser.click(".chips .to-text");
        browser.wait("return location.pathname + location.hash", format!("{text}#s-{id}"));
        let place = format!("document.getElementById('s-{id}')");
        let seen = format!(
            "const box = {place}.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight"
        );
        browser.wait(&seen, true);
        let marked =
            format!("return getComputedStyle({place}).backgroundColor !== 'rgba(0, 0, 0, 0)'");
        assert_eq!(browser.ask(&marked), true, "the place is marked");
        browser.click(&format!(".notes a[data-of='{id}']"));
        browser.wait("return location.pathname", format!("/statements/{id}"));
        // The indicator on the overview leads to its name in the text.
        browser.open("/");
        browser.click(".indicators tbody tr td:last-child a");
        browser.wait("return location.pathname", text);
        assert_eq!(browser.ask("return !!document.getElementById(location.hash.slice(1))"), true);
    });
}

#[test]
fn a_term_tells_what_it_means() {
    let told = |id: &str| format!("return getComputedStyle({id}, '::before').content");
    browse("terms", Script::On, |browser| {
        browser.open("/");
        browser.click(".report-rooms li:nth-child(3) a");
        browser.wait("return !!document.querySelector('.report')", true);
        let term = "document.querySelector('.report a.term')";
        assert_eq!(browser.ask(&told(term)), "none");
        browser.ask(&format!("{term}.focus({{ focusVisible: true }})"));
        let meaning = browser.ask(&format!("return {term}.dataset.meaning"));
        let shown = browser.ask(&told(term));
        assert!(shown.as_str().unwrap().contains(meaning.as_str().unwrap()), "{shown}");
        let heard = format!(
            "return document.getElementById({term}.getAttribute('aria-describedby')).textContent"
        );
        assert_eq!(browser.ask(&heard), meaning);
        browser.ask("document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))");
        assert_eq!(browser.ask(&told(term)), "none", "Escape hides it");
    });
    browse("terms-plain", Script::Off, |browser| {
        browser.open("/");
        browser.click(".report-rooms li:nth-child(3) a");
        browser.click(".report a.term");
        assert!(browser.address().contains("#term-"), "{}", browser.address());
        browser.open("/");
        browser.click(".report-rooms li:nth-child(3) a");
        browser.click(".legend a");
        assert!(browser.text("h1").contains("名词解释"));
        assert!(browser.text(".terms > div:first-child").contains("3310"));
    });
}

#[test]
fn every_statement_has_its_mark() {
    browse("marks", Script::On, |browser| {
        browser.open("/");
        let all = browser.text(".counts li:first-child .count");
        browser.click(".report-rooms li:nth-child(3) a");
        browser.wait("return !!document.querySelector('.report')", true);
        let marks = browser.ask("return document.querySelectorAll(\".report [id^='s-']\").length");
        assert_eq!(marks.to_string(), all);
        let lost = "return [...document.querySelectorAll('.report .lost')].some(lost => lost.title === '原文此处缺失一位数字')";
        assert_eq!(browser.ask(lost), true);
    });
}

#[test]
fn light_dark_and_english_are_remembered() {
    browse("choices", Script::On, |browser| {
        let ground = "return getComputedStyle(document.body).backgroundColor";
        browser.prefer("light");
        browser.open("/");
        let light = browser.ask(ground);
        browser.prefer("dark");
        let dark = browser.ask(ground);
        assert_ne!(light, dark, "the page follows the system");
        browser.click(".theme button[value=light]");
        browser.wait(ground, light.clone());
        browser.prefer("light");
        browser.click(".theme button[value=dark]");
        browser.wait(ground, dark.clone());
        browser
            .wait("return document.querySelector('.theme button[value=dark]').ariaPressed", "true");
        browser.reload();
        browser.wait(ground, dark);
        browser.click(".language");
        browser.wait("return document.documentElement.lang", "en");
        assert_eq!(browser.text(".report-rooms a"), "Overview");
        browser.click(".report-rooms li:nth-child(2) a");
        browser.wait("return location.pathname + location.search", "/statements?lang=en");
        assert!(browser.text("[aria-live]").contains("statements"));
        browser.open("/");
        assert_eq!(browser.text(".report-rooms a"), "Overview", "English is remembered");
        browser.click(".language");
        browser.wait("return document.documentElement.lang", "zh-CN");
    });
}

/// Every kind of page, with the statement and the document that the ledger holds.
fn every_page(browser: &Browser) -> Vec<String> {
    browser.open("/statements?lost=1");
    let statement =
        browser.ask("return document.querySelector('.statements a.quote').getAttribute('href')");
    let document = browser.ask(
        "return document.querySelector('.report-rooms li:nth-child(3) a').getAttribute('href')",
    );
    let (statement, document) = (statement.as_str().unwrap(), document.as_str().unwrap());
    let own = [
        statement.to_owned(),
        document.to_owned(),
        format!("{document}/repairs"),
        format!("{document}/glossary"),
    ];
    let fixed = [
        "/",
        "/?lang=en",
        "/statements?lang=zh",
        "/statements?role=target&unit=%25&q=x",
        "/nowhere",
    ];
    fixed.into_iter().map(str::to_owned).chain(own).collect()
}

#[test]
fn nothing_is_cut_off_on_a_phone() {
    browse("phone", Script::On, |browser| {
        let pages = every_page(browser);
        for width in [360, 320] {
            browser.resize(width, 740);
            for page in &pages {
                browser.open(page);
                // A screen that was just made narrower takes a moment to be so.
                let over =
                    format!("return Math.max({width}, document.documentElement.scrollWidth)");
                browser.wait(&over, width);
            }
        }
    });
}

#[test]
fn the_keyboard_is_enough() {
    browse("keyboard", Script::On, |browser| {
        let focused = "return document.activeElement.id || document.activeElement.className";
        browser.open("/statements");
        browser.wait("return document.hasFocus()", true);
        browser.press(TAB);
        browser.wait(focused, "skip");
        browser.wait("return document.activeElement.getBoundingClientRect().top >= 0", true);
        let outline = "return getComputedStyle(document.activeElement).outlineStyle";
        assert_eq!(browser.ask(outline), "solid", "the focus is seen");
        browser.press(ENTER);
        browser.wait(focused, "content");
        browser.press("/");
        browser.wait(focused, "q");
        browser.type_into("#q", "投资");
        browser.press(ESCAPE);
        assert_eq!(browser.ask("return document.getElementById('q').value"), "");

        browser.click(".report-rooms li:nth-child(3) a");
        browser.wait("return !!document.querySelector('.report')", true);
        let places =
            "[...document.querySelectorAll(\".report [id^='s-']\")].map(place => '#' + place.id)";
        let at = format!("return {places}.indexOf(location.hash)");
        browser.press("j");
        browser.wait(&at, 0);
        browser.press("j");
        browser.press("j");
        browser.wait(&at, 2);
        browser.press("k");
        browser.wait(&at, 1);
        assert_eq!(
            browser.ask("return document.querySelectorAll('.report .here').length > 0"),
            true
        );
        browser.press(ESCAPE);
        browser.wait("return location.hash", "");

        // Who speaks to the computer can turn the single keys off.
        browser.click(".keys summary");
        browser.click(".keys button");
        browser.wait("return document.documentElement.dataset.shortcuts", "off");
        browser.press("j");
        assert_eq!(browser.ask("return location.hash"), "");
    });
}

#[test]
fn every_page_works_without_script() {
    browse("without-script", Script::Off, |browser| {
        browser.open("/");
        assert!(browser.text(".sentence").contains("26 项完成较好"));
        browser.click(".theme button[value=dark]");
        browser.see("html[data-theme=dark]");
        assert_eq!(browser.address(), "/");
        browser.click(".report-rooms li:nth-child(2) a");
        browser.arrive(|address| address == "/statements");
        browser.see("html[data-theme=dark]");
        browser.type_into("#q", "投资");
        browser.click(".search button.primary");
        browser.arrive(|address| address == "/statements?q=%E6%8A%95%E8%B5%84");
        browser.click(".statements td:last-child a");
        browser.arrive(|address| address.starts_with("/documents/") && address.contains("#s-"));
        assert!(!browser.text(".report h1").is_empty());
    });
}

#[test]
fn anybody_can_use_every_page() {
    browse("anybody", Script::On, |browser| {
        for page in every_page(browser) {
            for scheme in ["light", "dark"] {
                browser.prefer(scheme);
                browser.open(&page);
                let faults = browser.faults();
                assert_eq!(faults, serde_json::json!([]), "{page} in {scheme}: {faults:#}");
            }
        }
    });
}
