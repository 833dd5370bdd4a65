//! The lists of tasks, projects and problems in a real browser: both languages, both themes, wide and narrow, by keyboard
//! and without script.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod chromium;
mod county;

use std::path::{Path, PathBuf};

use chromium::{Browser, Script, browse_at};
use county::County;
use serde_json::json;

/// Where pictures of the pages are kept.
fn artifacts() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/artifacts/lists");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Every page, with a name and what it must show in Chinese and in English.
const PAGES: &[(&str, &str, &str, &str)] = &[
    ("tasks", "/tasks", "逾期 50 天", "50 days overdue"),
    ("tasks-board", "/tasks?view=board", "已验收", "Accepted"),
    ("tasks-gantt", "/tasks?view=gantt", "今天 2024-10-20", "today 2024-10-20"),
    ("problems", "/problems", "发现至今 110 天", "Known for 110 days"),
    ("problems-board", "/problems?view=board", "已核验", "Verified"),
    ("projects", "/projects", "严重滞后", "Far behind"),
    ("projects-gantt", "/projects?view=gantt", "在建", "Building"),
    ("project", "/projects/P-06", "管线迁改增量", "Proposed"),
    ("project-photo", "/projects/P-01", "照片", "Photos"),
    ("filtered", "/tasks?late=1&q=%E5%AD%A6%E4%BD%8D", "文字 学位", "Text 学位"),
    ("nothing", "/problems?q=nothing", "没有符合这些条件的事项", "Nothing matches"),
];

/// Nothing is wider than the screen but what scrolls by itself, nothing is too small to be hit, and no text is hidden
/// under another.
fn assert_fits(browser: &Browser, name: &str) {
    let wide = browser
        .ask("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert_eq!(wide, 0, "{name} is wider than the screen");
    let small = browser.ask(
        "return [...document.querySelectorAll('main a, main button, main select, main input:not([type=hidden])')]
            .filter(e => !e.closest('.unseen') && e.getClientRects().length)
            .filter(e => { const r = e.getBoundingClientRect(); return r.height < 18 || r.width < 10 })
            .map(e => e.outerHTML.slice(0, 80))",
    );
    assert_eq!(small, json!([]), "{name}: too small to be hit");
    let pictures = browser.ask(
        "return [...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)",
    );
    assert_eq!(pictures, json!([]), "{name}: pictures that did not come");
}

#[test]
fn every_page_in_both_languages_and_themes_wide_and_narrow() {
    let county = County::start();
    browse_at("lists", Script::On, county.home(), |browser| {
        for (width, height) in [(1440, 900), (390, 844)] {
            browser.resize(width, height);
            for theme in ["light", "dark"] {
                browser.prefer(theme);
                for (language, place) in [("zh", 2), ("en", 3)] {
                    for page in PAGES {
                        let sign = if page.1.contains('?') { '&' } else { '?' };
                        browser.open(&format!("{}{sign}lang={language}", page.1));
                        let words = if place == 2 { page.2 } else { page.3 };
                        let shown = browser.text("main");
                        assert!(shown.contains(words), "{} {language}: {words}\n{shown}", page.0);
                        let name = format!("{}-{language}-{theme}-{width}", page.0);
                        assert_fits(browser, &name);
                        browser.screenshot(&artifacts().join(format!("{name}.png")));
                    }
                }
            }
        }
    });
}

const ENTER: &str = "\u{e007}";
const TAB: &str = "\u{e004}";

/// Presses Tab until the focus is on what a selector means.
fn tab_to(browser: &Browser, css: &str) {
    let there = format!("return document.activeElement.matches({})", json!(css));
    for _ in 0..120 {
        if browser.ask(&there) == true {
            return;
        }
        browser.press(TAB);
    }
    panic!("{css} is out of the keyboard's reach at {}", browser.address());
}

#[test]
fn a_board_is_worked_and_filters_are_undone_by_keyboard() {
    let county = County::start();
    browse_at("lists-keyboard", Script::On, county.home(), |browser| {
        browser.resize(1440, 900);
        // From the table to the board.
        browser.open("/tasks?q=K-08");
        tab_to(browser, ".views a[href*='board']");
        browser.press(ENTER);
        browser.arrive(|address| address.contains("view=board") && address.contains("q=K-08"));
        // A card is moved, and the board comes back with what was done.
        tab_to(browser, "#card-K-08 button[value='started']");
        browser.press(ENTER);
        browser.arrive(|address| address.contains("moved=K-08"));
        assert!(browser.text(".done").contains("推进中"), "{}", browser.text(".done"));
        let column = "return document.querySelector('#card-K-08').closest('.column')\
                      .querySelector('h2').textContent.includes('推进中')";
        assert_eq!(browser.ask(column), true);
        // What needs more than a click leads to where it can be told.
        tab_to(browser, "#card-K-08 a.step-link");
        browser.press(ENTER);
        browser.arrive(|address| address == "/plan/task/K-08#step");
        // Filters are undone one by one.
        browser.open("/tasks?q=K-08&late=1");
        tab_to(browser, ".filters-set li:first-child a");
        browser.press(ENTER);
        browser.arrive(|address| address == "/tasks?late=1");
        tab_to(browser, ".filters-set a");
        browser.press(ENTER);
        browser.arrive(|address| address == "/tasks");
        // The chart scrolls by keyboard, and the names stay where they are.
        browser.resize(390, 844);
        browser.open("/tasks?view=gantt");
        tab_to(browser, ".gantt");
        let name = "return document.querySelector('.gantt tbody th').getBoundingClientRect().left";
        let before = browser.ask(name);
        browser.ask("document.querySelector('.gantt').scrollLeft = 400");
        browser.wait("return document.querySelector('.gantt').scrollLeft", 400);
        assert_eq!(browser.ask(name), before);
    });
}

#[test]
fn a_table_is_copied_cell_by_cell() {
    let county = County::start();
    browse_at("lists-copy", Script::On, county.home(), |browser| {
        browser.open("/projects");
        // What would be copied is what the selection holds when the browser is told to copy.
        browser.ask(
            "window.copied = ''; document.execCommand = () => { window.copied = document.activeElement.value; return true }",
        );
        browser.click("button.copy");
        browser.wait("return document.querySelector('.copied').textContent !== ''", true);
        let copied = browser.ask("return window.copied");
        let rows: Vec<&str> = copied.as_str().unwrap().lines().collect();
        assert_eq!(rows.len(), 11, "a heading and ten projects: {rows:#?}");
        let row = rows.iter().find(|row| row.contains("云溪抽水蓄能电站")).unwrap();
        let cells: Vec<&str> = row.split('\t').collect();
        assert!(cells[2].starts_with("15亿元") && cells[3].starts_with("12.6亿元"), "{cells:?}");
        assert!(cells[4].starts_with("84.0%"), "{cells:?}");
    });
}

#[test]
fn everything_works_without_script() {
    let county = County::start();
    browse_at("lists-without-script", Script::Off, county.home(), |browser| {
        browser.open("/tasks");
        browser.type_into("#q", "学位");
        browser.click(".list-filter button");
        browser.arrive(|address| address.contains("q=%E5%AD%A6%E4%BD%8D"));
        assert!(!browser.address().contains("department="), "{}", browser.address());
        assert!(browser.text("main").contains("新增学位2000个"));
        browser.click(".filters-set a");
        browser.arrive(|address| address == "/tasks");
        browser.click(".views a[href*='board']");
        browser.arrive(|address| address == "/tasks?view=board");
        browser.click("#card-K-11 button[value='accepted']");
        browser.arrive(|address| address.contains("moved=K-11"));
        assert!(browser.text(".done").contains("已验收"));
    });
}
