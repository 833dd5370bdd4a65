//! Every page for readers in a real browser: both languages, both themes, wide and narrow; held against the rules of
//! accessibility by axe; and how soon the first page is seen.
//!
//! `DUIXIAN_PAGES=FOLDER` keeps a picture of each page there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod axe;
mod chromium;
mod county;

use std::path::{Path, PathBuf};
use std::process::Command;

use chromium::{Browser, Script, browse_at};
use county::County;
use serde_json::json;

/// The name of a page, its address, and what it must show in Chinese and in English.
type Page<'a> = (&'a str, &'a str, &'a str, &'a str);

/// Every page whose address is known before.
const PAGES: &[Page<'static>] = &[
    ("today", "/", "17 项目标", "17 targets of 2024"),
    ("indicators", "/indicators", "指标完成情况", "Where the indicators stand"),
    ("indicator", "/indicators/budget-revenue", "报告怎么说", "What reports say"),
    ("tasks", "/tasks", "新增学位2000个", "overdue"),
    ("tasks-board", "/tasks?view=board", "推进中", "Started"),
    ("tasks-gantt", "/tasks?view=gantt", "新增学位2000个", "2024-10-20"),
    ("projects", "/projects", "云溪抽水蓄能电站", "Stalled"),
    ("project", "/projects/P-06", "管线迁改增量", "Proposed"),
    ("problems", "/problems", "冷链物流中心停工", "overdue"),
    ("regions", "/regions", "东门街道", "Rank"),
    ("region", "/regions/339901102", "云溪镇", "云溪镇"),
    ("documents", "/documents", "2024.txt", "2024.txt"),
    ("compare", "/documents/compare", "新建绿道", "新建绿道"),
    ("reports", "/reports", "计划执行情况报告", "Execution report"),
    ("glossary", "/glossary", "抽水蓄能", "pumped storage"),
    ("methods", "/methods", "有效范围", "Valid range"),
    (
        "method-air",
        "/methods/air?date=2026-03-01&pm25=78&o3_8h=138",
        "首要污染物 PM2.5",
        "How it came about",
    ),
    ("method-air-wrong", "/methods/air?date=2026-03-01&pm25=-1", "浓度是负数", "PM2.5, 24 h"),
    ("method-price-index", "/methods/price-index", "缺价格时", "Missing prices"),
    ("method-lmdi", "/methods/lmdi", "效应的小数位数", "Decimals of the effects"),
    ("method-coal", "/methods/coal", "折标系数", "Basis of electricity"),
    ("method-water", "/methods/water", "断面表", "Table of sections"),
    (
        "method-solar",
        "/methods/solar?lat=28.89&lon=120.03&altitude=90&time=2026-06-21T12:00%2B08:00&kwp=100&tilt=15&azimuth=180",
        "组件面辐射",
        "Light on the plane",
    ),
    ("search", "/search?q=%E6%8A%95%E8%B5%84", "固定资产投资", "固定资产投资"),
    ("api", "/api", "openapi.json", "openapi.json"),
    ("plan", "/plan", "逾期", "Overdue"),
    ("desk", "/desk", "待办", "To do"),
];

/// The addresses of a report and of one of its statements, which their content gives.
fn of_a_report(browser: &Browser) -> [String; 2] {
    let first = |page: &str, link: &str| {
        browser.open(page);
        let found = browser.ask(&format!("return document.querySelector(`{link}`).pathname"));
        found.as_str().unwrap().to_owned()
    };
    let document = first("/documents", r#"main a[href^="/documents/"]:not([href*=compare])"#);
    let statement = first(&document, r#".note a[href^="/statements/"]"#);
    [document, statement]
}

#[test]
fn every_page_in_each_language_theme_and_width() {
    let county = County::start();
    browse_at("pages", Script::On, county.home(), |browser| {
        let [document, statement] = of_a_report(browser);
        let id = statement.rsplit('/').next().unwrap();
        let more = [("document", &*document, "notes", "notes"), ("statement", &*statement, id, id)];
        let pages: Vec<Page<'_>> = PAGES.iter().copied().chain(more).collect();
        look_at(browser, &pages);
    });
}

#[test]
fn a_programme_in_each_language_theme_and_width() {
    let county = County::start();
    let buildings =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/solar/buildings.csv");
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    command.args(["solar", "programme"]).arg(buildings).args([
        "--target-mw",
        "40",
        "--year",
        "2025",
    ]);
    command.args(["--adopt", "--region", "青石市", "--ledger"]).arg(county.ledger());
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let one = "/programmes/2025-339901-PV";
    let pages = [
        ("programmes", "/programmes", "屋顶光伏方案", "Rooftop solar programmes"),
        ("programme", one, "入选建筑", "Chosen buildings"),
    ];
    browse_at("programme", Script::On, county.home(), |browser| look_at(browser, &pages));
}

/// Opens pages in each language, theme and width and holds them against the rules.
fn look_at(browser: &Browser, pages: &[Page<'_>]) {
    let axe = axe::installed();
    let pictures = std::env::var_os("DUIXIAN_PAGES").map(PathBuf::from);
    if let Some(axe) = &axe {
        browser.open("/");
        axe::bites(browser, axe);
    }
    let mut faults: Vec<String> = Vec::new();
    let mut checked = 0;
    for (width, height) in [(1440, 900), (390, 844)] {
        browser.resize(width, height);
        for theme in ["light", "dark"] {
            browser.prefer(theme);
            for &(name, path, chinese, english) in pages {
                for (language, words) in [("zh", chinese), ("en", english)] {
                    let joint = if path.contains('?') { '&' } else { '?' };
                    browser.open(&format!("{path}{joint}lang={language}"));
                    let here = format!("{name} {language} {theme} {width}");
                    browser.wait("return document.readyState", "complete");
                    let shown =
                        browser.ask("return document.body.innerText + document.body.innerHTML");
                    if !shown.as_str().unwrap().contains(words) {
                        faults.push(format!("{here}: no {words}"));
                    }
                    let over = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
                    if browser.ask(over) != json!(0) {
                        faults.push(format!("{here}: wider than the screen"));
                    }
                    if browser.ask("return document.querySelectorAll('h1').length") != json!(1) {
                        faults.push(format!("{here}: not one h1"));
                    }
                    // Colours differ by theme, words by language: each is checked once in each width.
                    if let Some(axe) =
                        axe.as_ref().filter(|_| (language == "zh") == (theme == "light"))
                    {
                        checked += 1;
                        for fault in axe::violations(browser, axe) {
                            faults.push(format!("{here}: {fault}"));
                        }
                    }
                    if let Some(folder) =
                        pictures.as_ref().filter(|_| (language, theme) == ("zh", "light"))
                    {
                        std::fs::create_dir_all(folder).unwrap();
                        let end = if width < 600 { "-phone" } else { "" };
                        browser.screenshot(&folder.join(format!("{name}{end}.png")));
                    }
                }
            }
        }
    }
    println!("{} views of {} pages, {checked} held against axe", pages.len() * 8, pages.len());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_first_page_is_light_and_soon_seen() {
    let county = County::start();
    browse_at("first-page", Script::On, county.home(), |browser| {
        browser.open("/");
        let seen = "performance.getEntriesByName('first-contentful-paint')";
        browser.wait(&format!("return {seen}.length"), 1);
        let sizes = "return [...performance.getEntriesByType('resource'), performance.getEntriesByType('navigation')[0]]
                     .reduce((all, one) => all + one.transferSize, 0)";
        let seen = browser.ask(&format!("return {seen}[0].startTime"));
        let bytes = browser.ask(sizes);
        println!("first contentful paint {seen} ms, {bytes} bytes transferred");
        assert!(bytes.as_u64().unwrap() <= 150_000, "{bytes} bytes");
        let foreign = "return performance.getEntriesByType('resource').filter(one => !one.name.startsWith(location.origin)).length";
        assert_eq!(browser.ask(foreign), json!(0), "all comes from the server itself");
    });
}
