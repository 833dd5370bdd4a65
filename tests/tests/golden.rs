//! Labelled reports: scores may only rise. Where a score stands well above its floor, a printed line asks for the
//! floor to be raised with it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;

use serde_json::Value;
use tests::score::{Scores, score};

fn rows(text: &str) -> Vec<Value> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The statements of a file as records of the statement format.
fn predicted(name: &str, bytes: &[u8]) -> Vec<Value> {
    let document = document::read(name, bytes).unwrap();
    let found = statement::extract(&document, &statement::catalogue());
    let mut out = Vec::new();
    publication::jsonl::write(&mut out, &found.statements).unwrap();
    rows(&String::from_utf8(out).unwrap())
}

/// The floors that are kept in `tests/golden/floors.json`.
fn floors(name: &str) -> Scores {
    let file = tests::root().join("tests/golden/floors.json");
    let all: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let of = |field: &str| all[name][field].as_f64().unwrap();
    Scores {
        found: of("found"),
        exact: of("exact"),
        full: of("full"),
        milestones: of("milestones"),
    }
}

fn hold(name: &str, got: Scores) {
    let floor = floors(name);
    println!("{name}: {got:.3?}");
    for (field, got, floor) in [
        ("found", got.found, floor.found),
        ("exact", got.exact, floor.exact),
        ("full", got.full, floor.full),
        ("milestones", got.milestones, floor.milestones),
    ] {
        assert!(got >= floor, "{name}: {field} fell from {floor} to {got:.4}");
        if got > floor + 0.02 {
            println!("{name}: {field} rose to {got:.4}; its floor of {floor} may follow");
        }
    }
}

#[test]
fn the_type_specimen_is_read_as_it_was_labelled() {
    let (Some(text), Some(labels)) = (
        tests::shared("corpus/yongkang-2024.txt"),
        tests::shared("corpus/gold/yongkang-results.jsonl"),
    ) else {
        return;
    };
    let gold = rows(&fs::read_to_string(labels).unwrap());
    assert!(gold.len() > 200);
    let predicted = predicted("yongkang-2024.txt", &fs::read(text).unwrap());
    hold("yongkang-results", score(&gold, &predicted));
}

#[test]
fn the_report_of_xinjiang_is_read_as_it_was_labelled() {
    province("2026_XJ");
}

#[test]
fn the_report_of_hubei_is_read_as_it_was_labelled() {
    province("2026_HB");
}

#[test]
fn the_report_of_shanghai_is_read_as_it_was_labelled() {
    province("2026_SH");
}

/// Scores a report of which some stretches are labelled. The labels hold offsets into the text, in characters,
/// and no word of it; the text itself is not the project's to keep.
fn province(name: &str) {
    let Some(path) = tests::shared(&format!("corpus/prov/{name}.txt")) else { return };
    let bytes = fs::read(path).unwrap();
    let text: Vec<char> = std::str::from_utf8(&bytes).unwrap().chars().collect();
    let labels =
        fs::read_to_string(tests::root().join(format!("tests/golden/{name}.jsonl"))).unwrap();
    let mut gold = rows(&labels);
    let stretches = places(&gold.remove(0)["stretches"]);
    assert!(gold.len() > 150 && !stretches.is_empty());
    for row in &mut gold {
        let [start, end] = ["start", "end"].map(|field| row[field].as_u64().unwrap() as usize);
        row["quote"] = Value::from(text[start..end].iter().collect::<String>());
    }
    let mut predicted = predicted(name, &bytes);
    predicted.retain(|row| {
        let end = row["source_end"].as_u64().unwrap() as usize;
        let end = String::from_utf8_lossy(&bytes[..end]).chars().count() as u64;
        stretches.iter().any(|(from, to)| *from < end && end <= *to)
    });
    hold(name, score(&gold, &predicted));
}

/// Pairs of character offsets.
fn places(stretches: &Value) -> Vec<(u64, u64)> {
    let pairs = stretches.as_array().unwrap().iter();
    pairs.map(|pair| (pair[0].as_u64().unwrap(), pair[1].as_u64().unwrap())).collect()
}
