//! Search and glossary in a real browser: both languages, both themes, wide and narrow, by keyboard and without script.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod chromium;
mod county;

use std::path::{Path, PathBuf};

use chromium::{Browser, Script, browse_at};
use county::County;
use serde_json::json;

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

/// Where pictures of the pages are kept.
fn artifacts() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/artifacts/search");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Every page, with a name and what it must show in Chinese and in English.
const PAGES: &[(&str, &str, &str, &str)] = &[
    ("asked-nothing", "/search", "拼音首字母", "initials of the pinyin"),
    ("found", "/search?q=%E6%8A%95%E8%B5%84", "固定资产投资", "report text"),
    ("one-kind", "/search?q=%E6%8A%95%E8%B5%84&kind=project", "项目", "project"),
    (
        "close",
        "/search?q=%E5%9B%BA%E5%AE%9A%E8%B5%84%E4%BA%A7%E5%A4%B4%E8%B5%84",
        "名称相近",
        "come close",
    ),
    ("glossary", "/glossary", "用低谷电力", "pumped storage"),
];

fn assert_fits(browser: &Browser, name: &str) {
    let wide = browser
        .ask("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
    assert_eq!(wide, 0, "{name} is wider than the screen");
    let small = browser.ask(
        "return [...document.querySelectorAll('.facets a, .letters a, #find, .find button')]
            .filter(e => { const r = e.getBoundingClientRect(); return r.height < 24 || r.width < 24 })
            .map(e => e.outerHTML.slice(0, 80))",
    );
    assert_eq!(small, json!([]), "{name}: too small to be hit");
}

#[test]
fn search_and_glossary_in_the_browser() {
    let county = County::start();
    browse_at("search", Script::On, county.home(), |browser| {
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
        by_keyboard(browser);
    });
    browse_at("search-plain", Script::Off, county.home(), |browser| {
        browser.open("/?lang=zh");
        browser.type_into("#find", "ybggyssr");
        browser.click(".find button");
        browser.wait("return location.pathname + location.search", "/search?q=ybggyssr");
        assert_eq!(browser.text(".hits li:first-child a"), "一般公共预算收入");
    });
}

/// The slash leads to the field from any page, Enter asks, Escape empties the field.
fn by_keyboard(browser: &Browser) {
    let focused = "return document.activeElement.id";
    browser.resize(1440, 900);
    browser.open("/indicators?lang=zh");
    browser.wait("return document.hasFocus()", true);
    browser.press("/");
    browser.wait(focused, "find");
    browser.type_into("#find", "xx");
    browser.press(ESCAPE);
    assert_eq!(browser.ask("return document.getElementById('find').value"), "");
    browser.press("/");
    browser.wait(focused, "find");
    browser.type_into("#find", "ybgg");
    browser.press(ENTER);
    browser.wait("return location.pathname + location.search", "/search?q=ybgg");
    assert_eq!(browser.ask("return document.getElementById('find').value"), "ybgg");
    assert_eq!(browser.text(".hits mark"), "一般公共");
    browser.click(".hits li:first-child a");
    browser.wait("return location.pathname", "/indicators/budget-revenue");
}
