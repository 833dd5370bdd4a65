//! The first page of the example county: what is up on its day, and what an address may ask.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod county;
mod http;

use county::County;
use http::Answer;

fn get(county: &County, path: &str) -> Answer {
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    http::send(county.port, request.as_bytes())
}

/// What stands under a heading, up to the next one.
fn under<'a>(page: &'a str, heading: &str) -> &'a str {
    let start = page.find(&format!("<h2>{heading}")).unwrap_or_else(|| panic!("no {heading}"));
    let rest = &page[start + 4..];
    &rest[..rest.find("<h2>").unwrap_or(rest.len())]
}

#[test]
fn exceptions_stand_first() {
    let county = County::start();
    let page = get(&county, "/").text();
    assert!(page.contains("2024 年 17 项目标："), "{page}");
    // In the order in which a leader asks: what changed, what will be missed, what is late.
    let places = ["状态变化", "可能完不成", "超期未销号的问题", "逾期的任务", "停滞项目"]
        .map(|heading| page.find(&format!("<h2>{heading}")).unwrap());
    assert!(places.is_sorted(), "{places:?}");
    let problems = under(&page, "超期未销号的问题");
    assert!(
        problems.contains("冷链物流中心停工") && problems.contains("<b>20</b> 天"),
        "{problems}"
    );
    assert!(!problems.contains("固定资产投资增速回落"), "due in December");
    assert!(!problems.contains("欠薪线索"), "it was put right");
    let unlikely = under(&page, "可能完不成");
    assert!(unlikely.contains("/indicators/foreign-capital") && unlikely.contains("&lt; 1%"));
    let stalled = under(&page, "停滞项目");
    assert!(
        stalled.contains("冷链物流中心") && stalled.contains("应于 2024-09-01 开工"),
        "{stalled}"
    );
    let nothing = &page[page.find("没有：").unwrap()..];
    assert!(nothing.contains("逾期未报") && nothing.contains("未解除的预警"));
    // The reports are one step away; the overview of one is asked for by its id.
    let report = page.find("/?doc=").unwrap();
    let overview = get(&county, &page[report..report + 14]).text();
    assert!(overview.contains("各章节的目标") && !overview.contains("状态变化"));
}

#[test]
fn the_day_compared_with_and_the_day_itself_are_asked_in_the_address() {
    let county = County::start();
    let same = get(&county, "/?since=2024-10-20").text();
    assert!(
        same[same.find("没有：").unwrap()..].contains("状态变化"),
        "nothing changed since today"
    );
    let earlier = get(&county, "/?as_of=2024-06-30").text();
    assert!(earlier.contains("datetime=\"2024-06-30\""));
    assert!(!under(&earlier, "逾期的任务").contains("新建绿道"), "due in October");
    let town = get(&county, "/?region=339901102").text();
    assert!(town.contains("云溪镇") && town.contains("2 项目标"), "{town}");
    for (bad, expected) in [
        ("/?since=2024-10-21", "≤ 2024-10-20"),
        ("/?since=nonsense", "≤ 2024-10-20"),
        ("/?region=1", "339901"),
        ("/?as_of=x", "2024-10-20"),
    ] {
        let answer = get(&county, bad);
        assert_eq!(answer.status, 400, "{bad}");
        assert!(answer.text().contains(expected), "{bad}: {}", answer.text());
    }
    let english = get(&county, "/?lang=en").text();
    for words in ["What changed status", "17 targets of 2024", "overdue by", "None: "] {
        assert!(english.contains(words), "{words}");
    }
}

#[test]
fn a_page_that_is_kept_is_made_anew_once_anything_is_written() {
    let county = County::start();
    let tag = |answer: &Answer| answer.header("etag").unwrap().to_owned();
    let first = get(&county, "/");
    let again = get(&county, "/");
    assert_eq!((tag(&first), first.text()), (tag(&again), again.text()));
    let english = get(&county, "/?lang=en");
    assert_ne!(first.text(), english.text(), "another language is another page");
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_duixian"))
        .args(["set", "problem", "W-02", "责任人=钱多多", "--ledger"])
        .arg(county.ledger())
        .output()
        .unwrap();
    assert!(done.status.success());
    let after = get(&county, "/");
    assert!(after.text().contains("钱多多") && !first.text().contains("钱多多"));
    assert_ne!(tag(&first), tag(&after));
}
