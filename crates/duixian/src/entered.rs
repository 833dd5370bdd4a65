//! Figures as people enter them, in a form on a page or in a workbook.

use terms::{Amount, Figure, ObservationStatus};

/// The figure that somebody entered, or what is wrong with it, in a sentence.
///
/// Digits may be full-width, and thousands may be parted by commas where they part thousands.
pub(crate) fn figure(value: &str, status: &str, note: &str) -> Result<Figure, String> {
    let status = self::status(status)?;
    let none = matches!(status, ObservationStatus::Missing | ObservationStatus::Withdrawn);
    let value = self::value(value)?;
    if let (Some(value), true) = (&value, none) {
        return Err(format!("数值“{value}”（状态为无数据时应为空）"));
    }
    Ok(Figure { value, status, note: note.trim().replace("\r\n", "\n") })
}

/// The number that somebody entered; `None` where nothing was.
pub(crate) fn value(written: &str) -> Result<Option<Amount>, String> {
    let plain: String = written.trim().chars().map(half_width).collect();
    if plain.is_empty() {
        return Ok(None);
    }
    let expected = || format!("数值“{}”（应为十进制数，如 1234.5，不带单位）", written.trim());
    let number = without_thousands(&plain).ok_or_else(expected)?;
    match number.parse::<Amount>() {
        Ok(value) if value.exact().is_some() => Ok(Some(value)),
        _ => Err(expected()),
    }
}

fn half_width(character: char) -> char {
    match character {
        '０'..='９' | '．' | '，' | '－' | '＋' => {
            char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character)
        }
        '−' => '-',
        other => other,
    }
}

/// A number without the commas that part its thousands; `None` where a comma stands elsewhere.
fn without_thousands(number: &str) -> Option<String> {
    if !number.contains(',') {
        return Some(number.to_owned());
    }
    let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.len())
        && groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()))
        && !rest.contains(',');
    fits.then(|| number.replace(',', ""))
}

/// The status that a word names; an empty one is the usual.
pub(crate) fn status(written: &str) -> Result<ObservationStatus, String> {
    Ok(match written {
        "" | "正常" => ObservationStatus::Normal,
        "初步" | "初步核算" => ObservationStatus::Provisional,
        "估计" => ObservationStatus::Estimated,
        "缺失" | "无数据" => ObservationStatus::Missing,
        "撤回" => ObservationStatus::Withdrawn,
        word => word.parse().map_err(|_| {
            let words: Vec<&str> =
                ObservationStatus::ALL.iter().map(|status| status.as_str()).collect();
            format!("状态“{word}”（应为 {}）", words.join("、"))
        })?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (written, expected) in [
            ("120.50", "120.50"),
            (" -3 ", "-3"),
            ("１２．５", "12.5"),
            ("1,234,567.8", "1234567.8"),
            ("−0.4", "-0.4"),
        ] {
            assert_eq!(value(written).unwrap().unwrap().to_string(), expected, "{written}");
        }
        assert_eq!(value("  ").unwrap(), None);
        for bad in [
            "12,3",
            "1,23,456",
            "12.3亿元",
            "abc",
            "1.2.3",
            "=1+1",
            "1e5",
            "〓5",
            ",123",
            "1,234.5,6",
        ] {
            assert!(value(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn no_figure_is_where_there_is_none() {
        assert!(figure("", "无数据", "口径调整").unwrap().value.is_none());
        assert!(figure("1", "缺失", "").unwrap_err().contains("应为空"));
        assert!(figure("1", "好", "").unwrap_err().starts_with("状态“好”"));
    }
}
