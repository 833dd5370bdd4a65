//! Documents and regions as a reader meets them: in a real browser, on the example county.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod chromium;
mod county;

use chromium::{Browser, Script, browse_at};
use county::County;

const ENTER: &str = "\u{e007}";

/// The text of the report whose promises another one accounts for, and the two side by side.
fn addresses(browser: &Browser) -> [String; 2] {
    browser.open("/documents");
    let compare = browser
        .ask("return document.querySelector('.documents td:last-child a').getAttribute('href')");
    let compare = compare.as_str().unwrap().to_owned();
    let from = compare.split_once("from=").unwrap().1.split('&').next().unwrap();
    [format!("/documents/{from}"), compare]
}

fn number(browser: &Browser, script: &str) -> u64 {
    browser.ask(script).as_u64().unwrap()
}

#[test]
fn a_reader_filters_the_text_and_walks_through_what_is_left() {
    let county = County::start();
    browse_at("document-fates", Script::On, county.home(), |browser| {
        let [text, _] = addresses(browser);
        browser.open(&text);
        let marks = "return document.querySelectorAll(\".report [id^='s-']\").length";
        let all = number(browser, marks);
        let told =
            "return Number(document.querySelector(\".fates a[href*='mark=dropped'] b\").innerText)";
        let dropped = number(browser, told);
        // A promise is told by its shape, its word beside the text, and its line.
        let shapes = "return new Set([...document.querySelectorAll('.report .st > .icon use')].map(use => use.getAttribute('href'))).size";
        assert!(number(browser, shapes) >= 4);
        assert!(
            browser.text(".notes .fate").chars().count() > 1,
            "the word stands beside the text"
        );
        browser.click(".fates a[href*='mark=dropped']");
        browser.wait("return location.search", "?mark=dropped");
        assert_eq!(number(browser, marks), dropped);
        assert!(dropped > 0 && dropped < all);
        browser.press("j");
        let here = "return location.hash.startsWith('#s-') && document.activeElement.matches('.report .st')";
        browser.wait(here, true);
        browser.press(ENTER);
        browser.wait("return location.pathname.startsWith('/statements/')", true);
        // The other way round: from a promise to the page where the next report accounts for it.
        browser.open(&text);
        browser.click(".fates a[href^='/documents/compare']");
        browser.wait("return location.pathname", "/documents/compare");
    });
}

#[test]
fn two_years_are_filtered_and_read_on_any_width() {
    let county = County::start();
    for script in [Script::On, Script::Off] {
        let name = format!("two-years-{script:?}");
        browse_at(&name, script, county.home(), |browser| {
            browser.open("/documents/compare");
            browser.click(".tallies a[href*='outcome=missed']");
            browser.arrive(|address| address.contains("outcome=missed"));
            assert!(browser.text(".pairs").contains("未兑现"));
            browser.click("#strength option[value=firm]");
            browser.click(".pair-filter button");
            browser.arrive(|address| {
                address.contains("strength=firm")
                    && address.contains("outcome=missed")
                    && !address.contains("department")
            });
            browser.click(".pair-filter .clear");
            browser.arrive(|address| !address.contains("strength"));
            browser.click(".pair .to-text");
            browser.arrive(|address| address.contains("#s-"));
        });
    }
    browse_at("two-years-widths", Script::On, county.home(), |browser| {
        let beside = "const [one, , other] = document.querySelector('.pair').children; return one.getBoundingClientRect().top === other.getBoundingClientRect().top";
        browser.resize(1440, 900);
        browser.open("/documents/compare");
        assert_eq!(browser.ask(beside), true, "side by side");
        browser.resize(390, 844);
        browser.open("/documents/compare");
        assert_eq!(browser.ask(beside), false, "one below the other");
    });
}

#[test]
fn regions_are_asked_for_looked_at_and_opened_by_key() {
    let county = County::start();
    browse_at("regions", Script::On, county.home(), |browser| {
        browser.open("/regions");
        browser.click("#indicator option[value=budget-revenue]");
        browser.click(".standing-filter button");
        browser
            .wait("return new URLSearchParams(location.search).get('indicator')", "budget-revenue");
        let lengths = "return [...document.querySelectorAll('svg.bar rect')].map(bar => Number(bar.getAttribute('width')))";
        let lengths: Vec<f64> = serde_json::from_value(browser.ask(lengths)).unwrap();
        assert_eq!((lengths.len(), lengths[0]), (9, 100.0));
        assert!(lengths.windows(2).all(|pair| pair[0] >= pair[1]), "{lengths:?}");
        // The view keeps what was asked.
        browser.click(".ways-to-look li:nth-child(2) a");
        browser.wait("return new URLSearchParams(location.search).get('show')", "map");
        let drawn = "return [...document.querySelectorAll('.map path.region')].filter(region => region.getBoundingClientRect().width > 20).length";
        assert_eq!(browser.ask(drawn), 9);
        let patterns = "return new Set([...document.querySelectorAll('.map path.region')].map(region => region.getAttribute('fill'))).size";
        assert_eq!(browser.ask(patterns), 5, "five classes, each with its pattern");
        let hatches = "return new Set([...document.querySelectorAll('.map .hatch')].map(hatch => hatch.getAttribute('d'))).size";
        assert_eq!(browser.ask(hatches), 5);
        assert!(browser.text(".map-legend").contains("最高"));
        browser.click(".ways-to-look li:nth-child(3) a");
        browser.wait("return document.querySelectorAll('.multiples svg').length", 9);
        browser.click(".ways-to-look li:nth-child(4) a");
        browser.wait("return document.querySelector('.region-tree details').open", true);
        browser.ask("document.querySelector('.region-tree summary').focus()");
        browser.press(ENTER);
        browser.wait("return document.querySelector('.region-tree details').open", false);
        browser.press(ENTER);
        browser.click(".region-tree ul .leaf a");
        browser.wait("return location.pathname.startsWith('/regions/3399010')", true);
        assert!(browser.text("main").contains("同级平均"));
    });
}

#[test]
fn everybody_can_use_them_in_both_languages_themes_and_widths() {
    let county = County::start();
    browse_at("places-anybody", Script::On, county.home(), |browser| {
        let [text, compare] = addresses(browser);
        let pages = [
            ("documents", "/documents".to_owned()),
            ("document", format!("{text}?mark=missed")),
            ("compare", compare),
            ("regions", "/regions?indicator=budget-revenue".to_owned()),
            ("map", "/regions?show=map".to_owned()),
            ("series", "/regions?show=series".to_owned()),
            ("tree", "/regions?show=tree".to_owned()),
            ("region", "/regions/339901100".to_owned()),
        ];
        for (name, page) in &pages {
            for (language, scheme, width) in [
                ("zh", "light", 1440),
                ("en", "dark", 1440),
                ("en", "light", 390),
                ("zh", "dark", 390),
            ] {
                browser.prefer(scheme);
                browser.resize(width, 900);
                let join = if page.contains('?') { '&' } else { '?' };
                browser.open(&format!("{page}{join}lang={language}"));
                let wide = number(browser, "return document.documentElement.scrollWidth");
                assert!(wide <= u64::from(width), "{page} is {wide} wide on {width}");
                let faults = browser.faults();
                assert_eq!(
                    faults,
                    serde_json::json!([]),
                    "{page} {language} {scheme} {width}: {faults:#}"
                );
                browser.keep(&format!("places-{name}-{language}-{scheme}-{width}"));
            }
        }
    });
}
