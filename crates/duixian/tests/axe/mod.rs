//! The rules of accessibility, by axe inside the page that a browser shows.

use std::path::{Path, PathBuf};

use crate::chromium::Browser;

/// The rules of WCAG 2.2 A and AA, as axe knows them. Of pages on disk it may not fetch the style sheets once more.
const RULES: &str = "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    preload: location.protocol !== 'file:' }";

/// The program that knows the rules, where `./test` has installed it; else it is said that the check is skipped.
pub fn installed() -> Option<String> {
    let named = std::env::var_os("DUIXIAN_CLIENTS").map(PathBuf::from);
    let beside =
        || Some(Path::new(env!("CARGO_BIN_EXE_duixian")).ancestors().nth(2)?.join("clients"));
    let folder = named.or_else(beside)?;
    let found = std::fs::read_to_string(folder.join("node_modules/axe-core/axe.min.js")).ok();
    if found.is_none() {
        println!("skipped axe: axe-core is not installed (./test installs it where there is npm)");
    }
    found
}

/// The serious violations on the page that is shown.
pub fn violations(browser: &Browser, axe: &str) -> Vec<String> {
    browser.ask(axe);
    let found = browser.ask(&format!(
        "return axe.run(document, {RULES}).then(found => found.violations
            .filter(one => ['serious', 'critical'].includes(one.impact))
            .map(one => one.id + ': ' + one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')))"
    ));
    let words = |one: &serde_json::Value| one.as_str().unwrap().to_owned();
    found.as_array().unwrap().iter().map(words).collect()
}

/// That a fault which is planted in the page is found.
pub fn bites(browser: &Browser, axe: &str) {
    browser.ask("document.body.append(document.createElement('img'))");
    browser.ask("document.body.lastChild.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='");
    let found = violations(browser, axe).join("\n");
    assert!(found.contains("image-alt"), "a picture without words is not found: {found}");
}
