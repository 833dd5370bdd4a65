//! Scores statements against labels, in the way that the labelling guide describes: aligned in order on value,
//! upper value and unit, then compared field by field.

use std::collections::HashSet;

use rust_decimal::Decimal;
use serde_json::Value;

/// The share of claims that are right, as F1 values between 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scores {
    /// Value, upper value and unit.
    pub found: f64,
    /// Comparator, basis, direction and role as well.
    pub exact: f64,
    /// The measure as well.
    pub full: f64,
    /// Milestones, by overlap of their quotes.
    pub milestones: f64,
}

/// Scores predicted records against labelled ones; both as the JSON objects of the statement format.
pub fn score(gold: &[Value], predicted: &[Value]) -> Scores {
    let of = |rows: &[Value], kind: &str| -> Vec<Value> {
        rows.iter()
            .filter(|row| row["kind"].as_str().unwrap_or("quantity") == kind)
            .cloned()
            .collect()
    };
    let (labels, claims) = (of(gold, "quantity"), of(predicted, "quantity"));
    let pairs = align(&labels, &claims, |g, p| {
        let same = key(g) == key(p);
        if same {
            0.2 + dice(quote(g), quote(p)) + 0.3 * f64::from(u8::from(measured(g, p)))
        } else {
            0.0
        }
    });
    let fields = ["comparator", "basis", "direction", "role"];
    let exact: Vec<_> = pairs
        .iter()
        .filter(|(g, p)| fields.iter().all(|field| labels[*g][field] == claims[*p][field]))
        .collect();
    let full = exact.iter().filter(|(g, p)| measured(&labels[*g], &claims[*p])).count();
    let window = window(&pairs, claims.len());
    let (stones, marks) = (of(gold, "milestone"), of(predicted, "milestone"));
    let met = align(&stones, &marks, |g, p| {
        Some(dice(quote(g), quote(p))).filter(|d| *d >= 0.5).unwrap_or(0.0)
    });
    Scores {
        found: f1(pairs.len(), window, labels.len()),
        exact: f1(exact.len(), window, labels.len()),
        full: f1(full, window, labels.len()),
        milestones: f1(met.len(), self::window(&met, marks.len()), stones.len()),
    }
}

fn quote(row: &Value) -> &str {
    row["quote"].as_str().unwrap_or_default()
}

fn key(row: &Value) -> (Option<String>, Option<String>, String) {
    let number = |field: &str| {
        let text = row[field].as_str()?.replace(',', "");
        Some(text.parse::<Decimal>().map(|value| value.normalize().to_string()).unwrap_or(text))
    };
    let unit = row["unit"].as_str().unwrap_or_default();
    let unit = match unit {
        "％" => "%",
        "百分点" => "个百分点",
        "平方千米" => "平方公里",
        "MW" => "兆瓦",
        "kWh" => "千瓦时",
        unit => unit,
    };
    (number("value"), number("upper"), unit.to_owned())
}

/// A text without marks, in half width.
fn fold(text: &str) -> String {
    const MARKS: &str = " \t\n“”\"'‘’《》〈〉()（）,，.。;；:：、·-—–~～";
    text.chars().filter(|c| !MARKS.contains(*c)).collect()
}

fn dice(a: &str, b: &str) -> f64 {
    let bigrams = |text: &str| -> HashSet<String> {
        let characters: Vec<char> = fold(text).chars().collect();
        let pairs: HashSet<String> =
            characters.windows(2).map(|pair| pair.iter().collect()).collect();
        if pairs.is_empty() { HashSet::from([characters.iter().collect()]) } else { pairs }
    };
    let (x, y) = (bigrams(a), bigrams(b));
    2.0 * x.intersection(&y).count() as f64 / (x.len() + y.len()) as f64
}

fn measured(gold: &Value, predicted: &Value) -> bool {
    let names: Vec<&str> = match &gold["measure"] {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        Value::String(one) => vec![one],
        _ => Vec::new(),
    };
    let got = predicted["measure"].as_str().unwrap_or_default();
    if got.is_empty() {
        return names.iter().all(|name| name.is_empty());
    }
    names.iter().any(|name| fold(name) == fold(got) || dice(name, got) >= 0.7)
}

/// The in-order alignment of the largest total similarity.
fn align(
    gold: &[Value],
    predicted: &[Value],
    similarity: impl Fn(&Value, &Value) -> f64,
) -> Vec<(usize, usize)> {
    let (n, m) = (gold.len(), predicted.len());
    let mut best = vec![vec![0.0f64; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let skip = best[i + 1][j].max(best[i][j + 1]);
            let s = similarity(&gold[i], &predicted[j]);
            best[i][j] = if s > 0.0 { skip.max(s + best[i + 1][j + 1]) } else { skip };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < n && j < m {
        let s = similarity(&gold[i], &predicted[j]);
        if s > 0.0 && (best[i][j] - (s + best[i + 1][j + 1])).abs() < 1e-9 {
            pairs.push((i, j));
            i += 1;
            j += 1;
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// How many predictions lie between the first and the last aligned one: labels may cover a part only.
fn window(pairs: &[(usize, usize)], count: usize) -> usize {
    match (pairs.first(), pairs.last()) {
        (Some(first), Some(last)) => last.1 - first.1 + 1,
        _ => count,
    }
}

fn f1(right: usize, predicted: usize, labelled: usize) -> f64 {
    let share = |whole: usize| if whole == 0 { 0.0 } else { right as f64 / whole as f64 };
    let (precision, recall) = (share(predicted), share(labelled));
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn row(value: &str, basis: &str, measure: &str) -> Value {
        json!({"kind": "quantity", "quote": format!("{measure}{value}家"), "value": value, "unit": "家",
            "comparator": "=", "basis": basis, "direction": null, "role": "result", "measure": measure})
    }

    #[test]
    fn counts_what_is_found_exact_and_full() {
        let gold =
            [row("2", "level", "企业"), row("3", "level", "学校"), row("4", "level", "医院")];
        let same = score(&gold, &gold);
        assert_eq!((same.found, same.exact, same.full), (1.0, 1.0, 1.0));
        let predicted =
            [row("2", "level", "企业"), row("3", "increment", "学校"), row("4", "level", "园林")];
        let scores = score(&gold, &predicted);
        assert_eq!(scores.found, 1.0);
        assert!((scores.exact - 2.0 / 3.0).abs() < 1e-9);
        assert!((scores.full - 1.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn a_number_too_many_costs_precision() {
        let gold = [row("2", "level", "企业"), row("4", "level", "医院")];
        let predicted =
            [row("2", "level", "企业"), row("9", "level", "别的"), row("4", "level", "医院")];
        assert!((score(&gold, &predicted).found - 0.8).abs() < 1e-9);
    }
}
