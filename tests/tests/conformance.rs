//! A peer's conformance cases for Chinese numbers, shares, ranges, money and measures: how many are read as the
//! peer reads them, how many are not, and which say nothing about plan reports. The cases are not the project's
//! to keep, so nothing of them stands here; `docs/conformance.md` holds the table that this test prints.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use rust_decimal::Decimal;
use serde_json::Value;
use statement::numeral::{self, Numeral};
use terms::{Comparator, Dimension, Statement, Unit};

/// What became of a case.
enum Outcome {
    Passed,
    /// What was read instead.
    Failed(String),
    /// Why the case says nothing about plan reports.
    NotApplicable(&'static str),
}
use Outcome::{Failed, NotApplicable, Passed};

/// A file of cases, and how it is answered.
struct File {
    path: &'static str,
    read: fn(&Value) -> Outcome,
    /// Passes may only rise.
    passed: usize,
    /// Failures may only fall.
    failed: usize,
}

const FILES: &[File] = &[
    File { path: "Number/Chinese/NumberModel", read: number, passed: 344, failed: 0 },
    File { path: "Number/Chinese/PercentModel", read: percent, passed: 124, failed: 0 },
    File { path: "Number/Chinese/OrdinalModel", read: ordinal, passed: 7, failed: 0 },
    File { path: "Number/Chinese/NumberRangeModel", read: range, passed: 51, failed: 6 },
    File {
        path: "Number/Chinese/NumberRangeModelExperimentalMode",
        read: range,
        passed: 26,
        failed: 2,
    },
    File { path: "NumberWithUnit/Chinese/CurrencyModel", read: measured, passed: 23, failed: 0 },
    File { path: "NumberWithUnit/Chinese/DimensionModel", read: measured, passed: 15, failed: 8 },
    File { path: "NumberWithUnit/Chinese/AgeModel", read: measured, passed: 5, failed: 0 },
    File { path: "NumberWithUnit/Chinese/TemperatureModel", read: measured, passed: 2, failed: 1 },
];

#[test]
fn the_cases_of_a_peer_are_read_as_far_as_they_concern_plan_reports() {
    let mut table = String::from(
        "| file | cases | passed | failed | not applicable |\n|---|---|---|---|---|\n",
    );
    let mut reasons = BTreeMap::new();
    let mut broken = Vec::new();
    for File { path: file, read, passed: floor, failed: ceiling } in FILES {
        let Some(path) = tests::shared(&format!("specs/recognizers/{file}.json")) else { return };
        let text = fs::read_to_string(path).unwrap();
        let cases: Vec<Value> = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
        let (mut passed, mut failed, mut apart) = (0, 0, 0);
        for (number, case) in cases.iter().enumerate() {
            match read(case) {
                Passed => passed += 1,
                Failed(got) => {
                    failed += 1;
                    println!("{file} {number}: {} gives {got}", case["Input"]);
                }
                NotApplicable(reason) => {
                    apart += 1;
                    *reasons.entry((*file, reason)).or_insert(0) += 1;
                }
            }
        }
        let name = file.replace("/Chinese", "");
        let _ = writeln!(table, "| {name} | {} | {passed} | {failed} | {apart} |", cases.len());
        if passed < *floor || failed > *ceiling {
            broken
                .push(format!("{file}: {passed} passed of {floor}, {failed} failed of {ceiling}"));
        }
    }
    println!("\n{table}");
    for ((file, reason), count) in reasons {
        println!("{}: {count} {reason}", file.replace("/Chinese", ""));
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

fn results(case: &Value) -> &[Value] {
    case["Results"].as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The value that the peer expects of a result.
fn expected(result: &Value) -> Option<Decimal> {
    let written = result["Resolution"]["value"].as_str()?.trim_end_matches('%');
    written.parse().or_else(|_| Decimal::from_scientific(written)).ok()
}

/// Whether a number that was read is the expected one, in the fifteen digits that the peer prints.
fn equal(read: Decimal, expected: Decimal) -> bool {
    let rounded = expected.round_sf(15) == Some(expected) && read.round_sf(16) != Some(read);
    read == expected || rounded && read.round_sf(15) == Some(expected)
}

/// Why a number in this form says nothing about plan reports.
fn foreign(written: &str) -> Option<&'static str> {
    let letters = written.chars().any(|c| c.is_ascii_alphabetic());
    match written {
        _ if written.contains('^') => Some("powers"),
        _ if letters => Some("exponents, and letters for thousands and millions"),
        _ if written.contains('打') => Some("dozens"),
        _ if written.contains('折') => Some("discounts on a price"),
        _ => None,
    }
}

/// Where the peer expects nothing, nothing may be read: neither the text as a number nor a claim in it.
fn nothing(case: &Value, read: Option<Decimal>) -> Outcome {
    let claims = claims(text(&case["Input"]));
    match (read, claims.first()) {
        (None, None) => Passed,
        (Some(value), _) => Failed(value.to_string()),
        (None, Some(claim)) => Failed(claim.quote.to_string()),
    }
}

/// Reads each result of a case by itself.
fn each(case: &Value, read: impl Fn(&str) -> Option<Numeral>) -> Outcome {
    if results(case).is_empty() {
        return nothing(case, read(text(&case["Input"])).map(|numeral| numeral.value));
    }
    for result in results(case) {
        let written = text(&result["Text"]);
        if let Some(reason) = foreign(written) {
            return NotApplicable(reason);
        }
        match (read(written), expected(result)) {
            (Some(got), Some(wanted)) if equal(got.value, wanted) => {}
            (got, _) => return Failed(format!("{written}: {got:?}")),
        }
    }
    Passed
}

fn number(case: &Value) -> Outcome {
    each(case, numeral::parse)
}

fn percent(case: &Value) -> Outcome {
    each(case, |written| numeral::share(written).map(|share| share.percent))
}

fn ordinal(case: &Value) -> Outcome {
    let of = |value: Decimal| Numeral { value, exact: true, more: false };
    each(case, |written| numeral::ordinal(written).map(|place| of(Decimal::from(place))))
}

/// What the reader claims of a sentence in the results half of a small report.
fn claims(sentence: &str) -> Vec<Statement> {
    let report = format!("某市2025年计划执行情况的报告\n一、2025年计划执行情况\n{sentence}。\n");
    let document = document::read("case.txt", report.as_bytes()).unwrap();
    let mut found = statement::extract(&document, &statement::catalogue()).statements;
    found.retain(|statement| statement.value.is_some());
    found
}

/// Value, upper value and base unit of a claim, multiplied out.
fn amount(claim: &Statement) -> Option<(Decimal, Option<Decimal>, &str)> {
    let unit = claim.unit.as_ref()?;
    let times = |value: &terms::Amount| value.exact()?.checked_mul(unit.multiplier());
    Some((times(claim.value.as_ref()?)?, claim.upper.as_ref().and_then(times), unit.base()))
}

/// The peer's units that plan reports use, each with the words for it.
const UNITS: &[(&str, &[&str])] = &[
    ("Chinese yuan", &["元", "人民币"]),
    ("Euro", &["欧元"]),
    ("United States dollar", &["美元", "美金"]),
    ("Hong Kong dollar", &["港元"]),
    ("Japanese yen", &["日元"]),
    ("Mu", &["亩"]),
    ("Kilogram", &["公斤", "千克"]),
    ("Gram", &["克"]),
    ("Microgram", &["微克"]),
    ("Ton", &["吨"]),
    ("Jin", &["斤"]),
    ("Kilometer", &["公里", "千米"]),
    ("Meter", &["米"]),
    ("Centimeter", &["厘米"]),
    ("Kilowatt", &["千瓦"]),
    ("Year", &["岁", "周岁"]),
    ("Month", &["个月"]),
    ("Week", &["周"]),
    ("Day", &["天"]),
    ("C", &["摄氏度", "℃"]),
];

/// A number with a unit: as one text, else as a claim.
fn measured(case: &Value) -> Outcome {
    let input = text(&case["Input"]);
    if results(case).is_empty() {
        return nothing(case, whole(input).map(|(value, _)| value));
    }
    for result in results(case) {
        let written = text(&result["Text"]);
        let Some(wanted) = expected(result) else {
            return NotApplicable(match result["Resolution"]["value"].is_string() {
                true => "longer than any figure of a plan",
                false => "a unit without a number",
            });
        };
        if written.contains(['角', '毛', '銭']) || written.contains("美分") {
            return NotApplicable("prices with coins");
        }
        if written.contains('块') {
            return NotApplicable("块 for 元; in reports it counts pieces of land");
        }
        if written.ends_with('大') {
            return NotApplicable("ages of persons told with 大");
        }
        let unit = text(&result["Resolution"]["unit"]);
        let Some((_, words)) = UNITS.iter().find(|(name, _)| *name == unit) else {
            return NotApplicable("units that plan reports do not use");
        };
        let right = |value, base: &str| equal(value, wanted) && words.contains(&base);
        let read = whole(written).filter(|(value, base)| right(*value, base)).is_some();
        let claimed = || {
            let sentence = format!("完成投资{written}");
            claims(&sentence).iter().filter_map(amount).any(|(value, _, base)| right(value, base))
        };
        if !read && !claimed() {
            return Failed(format!("{written}: {:?}", whole(written)));
        }
    }
    Passed
}

/// A text that is one number and one unit: its value multiplied out, and the unit without its multiplier.
fn whole(written: &str) -> Option<(Decimal, String)> {
    let written = written.trim();
    written.char_indices().skip(1).find_map(|(at, _)| {
        let unit = Unit::new(written[at..].trim());
        let known = unit.dimension() != Dimension::Unknown || unit.base() == "摄氏度";
        let number = numeral::parse(&written[..at]).filter(|_| known)?;
        Some((number.value.checked_mul(unit.multiplier())?, unit.base().to_owned()))
    })
}

/// A range or a comparison. The reader asks for a unit, so every number of the result gets the counter 个.
fn range(case: &Value) -> Outcome {
    for result in results(case) {
        let written = text(&result["Text"]);
        if let Some(reason) = foreign(written) {
            return NotApplicable(reason);
        }
        if written.contains(['/', '第']) || written.contains("分之") {
            return NotApplicable("ranges of fractions and of ordinals");
        }
        if spoken(written) {
            return NotApplicable(
                "a spoken last digit, which a counter would turn into another number",
            );
        }
        if written.starts_with('-') {
            return NotApplicable("counts below nothing");
        }
        let Some((low, high)) = bounds(result) else { return Failed(written.to_owned()) };
        let sentence = format!("企业数量{}", counted(written));
        let found = claims(&sentence);
        let ends: Vec<_> = found.iter().filter_map(ends).collect();
        let together = ends.contains(&(low, high));
        let apart = low.is_some()
            && high.is_some()
            && ends.contains(&(low, None))
            && ends.contains(&(None, high));
        if !together && !apart {
            return Failed(format!("{sentence}: {ends:?}"));
        }
    }
    Passed
}

/// Whether a number ends like 三百一, where the last digit stands for tens.
fn spoken(written: &str) -> bool {
    let digit = |c: &char| "一二三四五六七八九".contains(*c);
    let characters: Vec<char> = written.chars().filter(|c| !c.is_whitespace()).collect();
    let lone = |window: &[char]| "百千万".contains(window[0]) && digit(&window[1]);
    let ends = |at: usize| characters.get(at).is_none_or(|c| !digit(c) && !"十百千".contains(*c));
    characters.windows(2).enumerate().any(|(at, window)| lone(window) && ends(at + 2))
}

/// The bounds that the peer expects. Whether they belong to the range is left out: the peer's own files differ
/// on it, and for 以上 the labelling guide differs from both.
fn bounds(result: &Value) -> Option<(Option<Decimal>, Option<Decimal>)> {
    let written = text(&result["Resolution"]["value"]).trim_matches(['(', ')', '[', ']']);
    let (low, high) = written.split_once(',')?;
    Some((low.parse().ok(), high.parse().ok()))
}

/// The bounds of a claim.
fn ends(claim: &Statement) -> Option<(Option<Decimal>, Option<Decimal>)> {
    let (value, upper, _) = amount(claim)?;
    Some(match claim.comparator? {
        Comparator::AtLeast | Comparator::Above => (Some(value), None),
        Comparator::AtMost | Comparator::Below => (None, Some(value)),
        Comparator::Range => (Some(value), upper),
        Comparator::Equal | Comparator::About => (Some(value), Some(value)),
    })
}

/// The text with 个 behind every number that has no unit.
fn counted(written: &str) -> String {
    const NUMBER: &str = "0123456789.,零〇一二两三四五六七八九十百千万亿肆拾几幾多余";
    const JOINS: &str = "~–-到";
    let mut out = String::new();
    let mut inside = false;
    for c in written.chars().filter(|c| !c.is_whitespace()).chain(['。']) {
        let number = NUMBER.contains(c) && (inside || !"多余几,.".contains(c));
        if inside && !number && !JOINS.contains(c) && !"次个岁".contains(c) {
            out.push('个');
        }
        inside = number;
        if c != '。' {
            out.push(c);
        }
    }
    out
}
