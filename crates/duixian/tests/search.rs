//! The search over everything and the glossary, on the example county: over HTTP and on the command line.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod county;
mod http;

use std::process::Command;

use county::County;
use http::encoded;
use serde_json::Value;

fn get(county: &County, path: &str) -> http::Answer {
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    http::send(county.port, request.as_bytes())
}

fn found(county: &County, words: &str) -> String {
    get(county, &format!("/search?q={}", encoded(words))).text()
}

/// The addresses that the hits of a page lead to.
fn hits(page: &str) -> Vec<String> {
    let hits = page.split("class=\"hit\"").skip(1);
    let link =
        |hit: &str| hit.split_once("href=\"").unwrap().1.split_once('"').unwrap().0.to_owned();
    hits.map(link).collect()
}

fn searched(county: &County, arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    command.arg("search").args(arguments).arg("--json").arg("--ledger").arg(county.ledger());
    let done = command.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).unwrap()
}

/// One county serves all, since it takes its time to be loaded.
#[test]
fn search_and_glossary_on_the_example_county() {
    let county = County::start();
    everything_is_found_and_each_hit_leads_to_its_place(&county);
    empty_unknown_and_endless_questions_are_told_what_to_do(&county);
    the_command_line_finds_the_same(&county);
    the_glossary_holds_the_terms_of_reports_and_ledger(&county);
    what_is_written_is_found_at_once(&county);
}

fn everything_is_found_and_each_hit_leads_to_its_place(county: &County) {
    // Indicators by name, initials, letters in full, English and code; then what has the words in it.
    for words in ["一般公共预算收入", "ybggyssr", "ybggysr", "yibangonggongyusuan"] {
        assert_eq!(hits(&found(county, words))[0], "/indicators/budget-revenue", "{words}");
    }
    assert_eq!(hits(&found(county, "gdp"))[0], "/indicators/gdp");
    // Objects, terms, regions, departments, reports, texts, statements and sources.
    for (words, place) in [
        ("P-01", "/projects/P-01"),
        ("冷链物流中心停工", "/plan/problem/"),
        ("抽水蓄能", "/glossary#t-"),
        ("青石市", "/documents/"),
    ] {
        let page = found(county, words);
        assert!(hits(&page).iter().any(|hit| hit.starts_with(place)), "{words}: {page}");
    }
    let page = found(county, "投资");
    for words in
        ["kind=indicator", "kind=statement", "kind=text", "kind=project", "<mark>投资</mark>"]
    {
        assert!(page.contains(words), "{words}");
    }
    // No place is dead.
    for hit in hits(&page) {
        let address = hit.split('#').next().unwrap();
        let place = get(county, address);
        assert_eq!(place.status, 200, "{hit}");
        if let Some((_, id)) = hit.split_once('#') {
            let page = place.text();
            assert!(page.contains(&format!("id=\"{id}\"")) || id.contains('%'), "{hit}");
        }
    }
    // One kind alone, page by page.
    let page = get(county, &format!("/search?q={}&kind=statement", encoded("投资"))).text();
    assert!(hits(&page).iter().all(|hit| hit.starts_with("/statements/")), "{page}");
    let english = get(county, &format!("/search?q={}&lang=en", encoded("投资"))).text();
    assert!(english.contains("found") && english.contains("lang=en"), "{english}");
}

fn empty_unknown_and_endless_questions_are_told_what_to_do(county: &County) {
    let empty = get(county, "/search");
    assert_eq!(empty.status, 200);
    assert!(empty.text().contains("ybggyssr") && empty.text().contains("拼音首字母"));
    let sent = get(county, "/search?q=");
    assert_eq!((sent.status, sent.header("location")), (303, Some("/search")));
    let none = found(county, "固定资产头资");
    assert!(
        none.contains("没有找到") && none.contains("名称相近") && none.contains("固定资产投资")
    );
    let nothing = found(county, "魑魅魍魉");
    assert!(nothing.contains("换一个更短的词"), "{nothing}");
    let endless = get(county, &format!("/search?q={}", encoded(&"长".repeat(101))));
    assert_eq!(endless.status, 400);
    assert!(endless.text().contains("最多 100 个"));
    // What is no markup stays none.
    let marked = found(county, "<script>\"'&");
    assert!(!marked.contains("<script>\"") && marked.contains("&lt;script&gt;"));
    for bad in ["/search?q=gdp&kind=nothing", "/search?q=gdp&page=99", "/search?q=gdp&page=x"] {
        assert_eq!(get(county, bad).status, 400, "{bad}");
    }
}

fn what_is_written_is_found_at_once(county: &County) {
    assert!(found(county, "磁悬浮试验段").contains("没有找到"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    command.args([
        "set",
        "project",
        "P-99",
        "--new",
        "名称=磁悬浮试验段",
        "地区=青石市",
        "责任部门=fgj",
        "层级=县级",
    ]);
    let done = command.arg("--ledger").arg(county.ledger()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert_eq!(hits(&found(county, "磁悬浮试验段")), ["/projects/P-99"]);
    assert_eq!(hits(&found(county, "cxfsyd")), ["/projects/P-99"]);
}

fn the_command_line_finds_the_same(county: &County) {
    let found = searched(county, &["ybggyssr"]);
    assert_eq!(found["hits"][0]["address"], "/indicators/budget-revenue");
    assert_eq!(found["hits"][0]["kind"], "indicator");
    let all = searched(county, &["投资", "--limit", "1000"]);
    let total = all["total"].as_u64().unwrap();
    assert_eq!(all["hits"].as_array().unwrap().len() as u64, total);
    let kinds: u64 = all["kinds"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(kinds, total);
    let only = searched(county, &["投资", "--kind", "statement"]);
    assert_eq!(only["total"], all["kinds"]["statement"]);
    assert_eq!(searched(county, &["魑魅魍魉"])["total"], 0);
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    let bad = command.args(["search", "投资", "--kind", "nothing"]).output().unwrap();
    assert_eq!(bad.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&bad.stderr).contains("indicator"));
}

fn the_glossary_holds_the_terms_of_reports_and_ledger(county: &County) {
    let page = get(county, "/glossary").text();
    for words in
        ["抽水蓄能", "pumped storage", "用低谷电力把水抽到上水库", "letter-c", "/plan/term/N-01"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    // In the order of their readings, each once.
    let letters: Vec<char> =
        page.split("href=\"#letter-").skip(1).filter_map(|rest| rest.chars().next()).collect();
    assert!(letters.is_sorted() && letters.len() > 2, "{letters:?}");
    // A search for a term leads to its entry.
    let hit = hits(&found(county, "抽水蓄能"))[0].clone();
    assert_eq!(hit, format!("/glossary#t-{}", encoded("抽水蓄能")));
    assert!(page.contains("id=\"t-抽水蓄能\""));
}
