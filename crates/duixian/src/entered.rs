//! Figures as people write them, in a form on a page, in a cell or in a table.

use ledger::Ledger;
use terms::{Amount, Figure, NATION, ObservationStatus, Region, Unit};

/// The figure that somebody entered on a page, or what is wrong with it, in a sentence.
pub(crate) fn figure(value: &str, status: &str, note: &str, unit: &Unit) -> Result<Figure, String> {
    let Some(status) = self::status(status.trim()) else {
        let words: Vec<&str> = ObservationStatus::ALL.iter().map(|known| known.as_str()).collect();
        return Err(format!("状态“{status}”（应为 {}）", words.join("、")));
    };
    let shown: String = value.trim().chars().take(40).collect();
    let value = match fold(value).as_str() {
        "" => None,
        _ => Some(
            amount(value, unit).map_err(|expected| format!("数值“{shown}”（应为{expected}）"))?,
        ),
    };
    let none = matches!(status, ObservationStatus::Missing | ObservationStatus::Withdrawn);
    if none && value.is_some() {
        return Err(format!("数值“{shown}”（应为空，因为状态为无数据）"));
    }
    Ok(Figure { value, status, note: note.trim().replace("\r\n", "\n") })
}

/// The status that a word names, as bureaus write it or as it is kept; an empty one is the usual.
pub(crate) fn status(word: &str) -> Option<ObservationStatus> {
    Some(match word {
        "" | "正常" => ObservationStatus::Normal,
        "初步" | "初步核算" => ObservationStatus::Provisional,
        "估计" => ObservationStatus::Estimated,
        "缺失" | "无数据" => ObservationStatus::Missing,
        "撤回" => ObservationStatus::Withdrawn,
        word => word.parse().ok()?,
    })
}

/// The number that a text means in a unit: in full width, with thousands parted by commas in groups of three, or with
/// the very unit behind it.
///
/// # Errors
/// What was expected, in Chinese.
pub(crate) fn amount(text: &str, unit: &Unit) -> Result<Amount, String> {
    let folded = fold(text);
    let end = folded.find(|c: char| !matches!(c, '0'..='9' | '.' | ',' | '+' | '-'));
    let (figure, behind) = folded.split_at(end.unwrap_or(folded.len()));
    let behind = behind.trim();
    if figure.bytes().any(|byte| byte.is_ascii_digit()) {
        let own = fold(unit.as_str());
        let base = behind.trim_start_matches(['十', '百', '千', '万', '亿']);
        if behind != own && Unit::prefix(base) == Some(base.len()) {
            return Err(format!("以“{own}”为单位的数字，而不是“{behind}”"));
        }
        if behind.is_empty() || behind == own {
            let figure = figure.strip_prefix('+').unwrap_or(figure);
            return ungrouped(figure).and_then(|figure| exact(&figure)).ok_or_else(number);
        }
    } else if is_dash(&folded) {
        return Err("数字；没有数据时留空，并把状态选为“无数据”".to_owned());
    }
    Err(number())
}

/// What is expected where a number should stand.
pub(crate) fn number() -> String {
    "数字，例如 12.3".to_owned()
}

/// A decimal that is written in full: digits, one point among them, a sign before them.
pub(crate) fn exact(text: &str) -> Option<Amount> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let closed = [digits.bytes().next(), digits.bytes().last()];
    let closed = closed.iter().all(|byte| byte.is_some_and(|byte| byte.is_ascii_digit()));
    (plain && closed).then(|| text.parse().ok()).flatten()
}

/// Whether a folded text is a dash, which says that there is no figure.
pub(crate) fn is_dash(folded: &str) -> bool {
    !folded.is_empty() && folded.chars().all(|c| matches!(c, '-' | '—' | '─' | '…' | '/' | '.'))
}

/// Full width to half width, and one sign for minus.
pub(crate) fn fold(text: &str) -> String {
    let half = |character: char| match character {
        '\u{3000}' | '\u{A0}' => ' ',
        '！'..='～' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        '−' | '–' | '‐' => '-',
        other => other,
    };
    text.chars().map(half).collect::<String>().trim().to_owned()
}

/// A number without the commas that part its thousands; `None` where they part anything else.
fn ungrouped(figure: &str) -> Option<String> {
    if !figure.contains(',') {
        return Some(figure.to_owned());
    }
    let (sign, digits) = match figure.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", figure),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let sound = (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3)
        && fraction.is_none_or(|fraction| !fraction.contains(','));
    let fraction = fraction.map_or(String::new(), |fraction| format!(".{fraction}"));
    sound.then(|| format!("{sign}{}{fraction}", whole.replace(',', "")))
}

/// The code of a region that a code or a name means, of the table of divisions or of a ledger's own.
pub(crate) fn region(written: &str, ledger: Option<&Ledger>) -> Result<String, String> {
    if written == NATION || written == "全国" {
        return Ok(NATION.to_owned());
    }
    let known = Region::code_of(written).map(str::to_owned);
    match (known, ledger) {
        (Ok(code), None) => Ok(code),
        (Err(error), None) => Err(error.to_string()),
        // A region of the ledger's own may bear the same name.
        (known, Some(ledger)) => ledger.region_code(written).map_err(|error| match known {
            Err(unknown) => unknown.to_string(),
            Ok(_) => error.to_string(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &str, status: &str) -> Result<Figure, String> {
        figure(value, status, "", &Unit::new("亿元"))
    }

    #[test]
    fn figures_are_read_as_people_write_them() {
        for (written, expected) in [
            ("120.50", "120.50"),
            (" -3 ", "-3"),
            ("１２．５", "12.5"),
            ("1,234,567.8", "1234567.8"),
            ("−0.4", "-0.4"),
            ("12.3亿元", "12.3"),
        ] {
            let value = read(written, "").unwrap().value.unwrap();
            assert_eq!(value.to_string(), expected, "{written}");
        }
        assert_eq!(read("  ", "normal").unwrap(), Figure::default());
        for bad in ["12,3", "12.3万人", "abc", "=1+1", "1e5", "〓5", "1,234.5,6"] {
            assert!(read(bad, "").unwrap_err().starts_with("数值“"), "{bad}");
        }
    }

    #[test]
    fn no_figure_is_where_there_is_none() {
        assert!(read("", "无数据").unwrap().value.is_none());
        assert!(read("1", "缺失").unwrap_err().contains("应为空"));
        assert!(read("1", "好").unwrap_err().starts_with("状态“好”"));
    }
}
