//! A programme of solar roofs from the table to its page, its target and its tasks.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod county;
mod http;

use std::path::Path;
use std::process::{Command, Output};

use county::County;
use http::Answer;

const CODE: &str = "2025-339901-PV";

fn plan(county: &County, more: &[&str]) -> Output {
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
    command.args(more).output().unwrap()
}

fn get(county: &County, address: &str) -> Answer {
    let request = format!("GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    http::send(county.port, request.as_bytes())
}

fn page(county: &County, address: &str) -> String {
    let answer = get(county, address);
    assert_eq!(answer.status, 200, "{address}");
    answer.text()
}

#[test]
fn a_programme_is_filed_shown_and_filed_again() {
    let county = County::start();
    let empty = page(&county, "/programmes");
    assert!(empty.contains("还没有光伏方案") && empty.contains("duixian solar programme"));
    assert_eq!(get(&county, &format!("/programmes/{CODE}")).status, 404);

    let done = plan(&county, &["--format", "json"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let answer: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    let chosen = answer["chosen"].as_array().unwrap();
    let list = page(&county, "/programmes");
    assert!(list.contains("2025 年屋顶光伏 40 兆瓦") && list.contains("青石市"));
    let shown = page(&county, &format!("/programmes/{CODE}"));
    for roof in chosen {
        assert!(shown.contains(&format!(">{}<", roof["name"].as_str().unwrap())));
    }
    for month in answer["months"].as_array().unwrap() {
        let p10 = format!(">{:.2}<", month["p10_mw"].as_f64().unwrap());
        assert!(shown.contains(&p10), "{p10}");
    }
    assert!(shown.contains("与最优至多相差") && shown.contains("党政机关"), "{shown}");
    assert!(shown.contains(&format!("/plan/target/T{CODE}")));
    assert!(shown.contains(&format!("{} 任务", chosen.len())));
    let tasks = page(&county, &format!("/tasks?q=K{CODE}-"));
    assert!(tasks.contains(&format!("{}屋顶光伏", chosen[0]["name"].as_str().unwrap())));
    assert!(page(&county, &format!("/programmes/{CODE}?lang=en")).contains("Chosen buildings"));

    // What was put comes back byte for byte, and the plan as it was printed.
    let table = get(&county, &format!("/programmes/{CODE}/buildings"));
    let buildings =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/solar/buildings.csv");
    assert_eq!(table.body, std::fs::read(buildings).unwrap());
    let kept: serde_json::Value =
        serde_json::from_str(&page(&county, &format!("/programmes/{CODE}/answer.json"))).unwrap();
    assert_eq!(kept, answer);
    assert_eq!(get(&county, &format!("/programmes/{CODE}/other")).status, 404);

    // The same again changes nothing; fewer crews change the plan.
    assert!(String::from_utf8_lossy(&plan(&county, &[]).stdout).contains("新增 0 · 变更 0"));
    assert!(plan(&county, &["--crews", "3"]).status.success());
    assert_ne!(page(&county, &format!("/programmes/{CODE}")), shown);
}
