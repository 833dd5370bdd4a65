//! Which format an answer has: as the address says, or as the client accepts.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

use super::endpoint::{Endpoint, Format};
use super::problem::Problem;

/// The format of the answer.
pub(super) fn format(
    endpoint: &Endpoint,
    asked: Option<&str>,
    headers: &HeaderMap,
) -> Result<Format, Problem> {
    let formats = endpoint.formats();
    if let Some(asked) = asked {
        let found = formats.iter().find(|format| format.as_str() == asked);
        let known: Vec<&str> = formats.iter().map(|format| format.as_str()).collect();
        return found.copied().ok_or_else(|| Problem::format(asked, &known));
    }
    let accepted: Vec<&str> =
        headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    let accepted = accepted.join(",");
    let best = formats
        .iter()
        .map(|format| (*format, weight(&accepted, *format)))
        .filter(|(_, weight)| *weight > 0)
        // Of those that are wanted alike, the usual one.
        .rev()
        .max_by_key(|(_, weight)| *weight);
    let known: Vec<&str> = formats.iter().map(|format| format.media()).collect();
    best.map(|(format, _)| format).ok_or_else(|| Problem::format(&accepted, &known))
}

/// How much a format is wanted, of 1000; 0 where it is not accepted. The most telling range holds.
fn weight(accepted: &str, format: Format) -> u32 {
    if accepted.trim().is_empty() {
        return 1000;
    }
    let media = format.media();
    let kind = media.split('/').next().unwrap_or("");
    let ranges = accepted.split(',').filter_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next()?.to_ascii_lowercase();
        let telling = match name.as_str() {
            name if name == media => 3,
            // Linked data are JSON.
            "application/json" if format == Format::JsonLd => 3,
            "*/*" => 1,
            name => (name.strip_suffix("/*")? == kind).then_some(2)?,
        };
        Some((telling, parts.find_map(quality).unwrap_or(1000)))
    });
    ranges.max_by_key(|(telling, _)| *telling).map_or(0, |(_, weight)| weight)
}

/// The weight that a parameter of a range gives it, of 1000.
fn quality(parameter: &str) -> Option<u32> {
    let written = parameter.strip_prefix("q=").or_else(|| parameter.strip_prefix("Q="))?;
    let (whole, rest) = written.split_once('.').unwrap_or((written, ""));
    let thousandths: String = rest.chars().chain("000".chars()).take(3).collect();
    match whole {
        "0" => thousandths.parse().ok(),
        _ => Some(1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_telling_range_holds() {
        for (accepted, format, expected) in [
            ("", Format::Json, 1000),
            ("*/*", Format::Csv, 1000),
            ("text/csv", Format::Csv, 1000),
            ("text/csv", Format::Json, 0),
            ("text/*;q=0.5, */*;q=0.1", Format::Csv, 500),
            ("text/*;q=0.5, */*;q=0.1", Format::Json, 100),
            ("*/*, text/csv;q=0", Format::Csv, 0),
            ("Application/JSON; charset=utf-8; q=0.25", Format::Json, 250),
            ("application/json", Format::JsonLd, 1000),
            ("text/html,application/xml;q=0.9,*/*;q=0.8", Format::Json, 800),
            ("rubbish;;q", Format::Json, 0),
        ] {
            assert_eq!(weight(accepted, format), expected, "{accepted}");
        }
    }
}
