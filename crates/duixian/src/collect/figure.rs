//! What people write in a cell for a figure, and the figure that it is.

use document::{CellKind, SheetCell};
use terms::{Amount, ObservationStatus, Unit};

/// The figure of a cell in a unit; `None` where the cell is empty.
///
/// A number counts as it is, a percentage as so many percent. A text counts where it can mean one number only: in full
/// width, with thousands parted by commas in groups of three, or with the very unit of the column behind it.
///
/// # Errors
/// What was expected, in Chinese.
pub(super) fn amount(cell: Option<&SheetCell>, unit: &Unit) -> Result<Option<Amount>, String> {
    let Some(cell) = cell else { return Ok(None) };
    match cell.kind {
        CellKind::Number => exact(&cell.text).map(Some).ok_or_else(number),
        CellKind::Percent => percent(&cell.text, unit).map(Some),
        CellKind::Text if cell.text.trim().is_empty() => Ok(None),
        CellKind::Text => written(&cell.text, unit).map(Some),
        CellKind::Date => Err("数字；表格软件把输入当成了日期，请清除单元格格式后重填".to_owned()),
        CellKind::Error if cell.text.is_empty() => {
            Err("数字；公式没有算出的结果，请填数值".to_owned())
        }
        CellKind::Error | CellKind::Truth => Err(number()),
    }
}

/// The status that a word in a cell says.
pub(super) fn status(cell: Option<&SheetCell>) -> Result<ObservationStatus, String> {
    let word = cell.map_or("", |cell| cell.text.trim());
    let known = publication::form::STATUSES;
    if word.is_empty() {
        return Ok(ObservationStatus::Normal);
    }
    let found = known.iter().find(|(_, name)| *name == word).map(|(status, _)| *status);
    found.ok_or_else(|| known.map(|(_, name)| name).join("、"))
}

fn number() -> String {
    "数字，例如 12.3".to_owned()
}

/// A decimal that is written in full: digits, one point among them, a sign before them.
fn exact(text: &str) -> Option<Amount> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let closed = [digits.bytes().next(), digits.bytes().last()];
    let closed = closed.iter().all(|byte| byte.is_some_and(|byte| byte.is_ascii_digit()));
    (plain && closed).then(|| text.parse().ok()).flatten()
}

/// A number that is stored as a fraction and shown in percent.
pub(crate) fn percent(text: &str, unit: &Unit) -> Result<Amount, String> {
    let times = match fold(unit.as_str()).as_str() {
        "%" => 100,
        "‰" => 1000,
        other => {
            return Err(format!("以“{other}”为单位的数字，而不是百分数"));
        }
    };
    let value = exact(text).and_then(|value| value.exact());
    let value = value.zip(Amount::from(times).exact());
    let value = value.and_then(|(value, times)| value.checked_mul(times)).ok_or_else(number)?;
    Ok(value.normalize().into())
}

fn written(text: &str, unit: &Unit) -> Result<Amount, String> {
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

/// Whether a cell says with a dash or in words that there is no figure.
pub(super) fn is_none(cell: Option<&SheetCell>) -> bool {
    cell.is_some_and(|cell| {
        let folded = fold(&cell.text);
        cell.kind == CellKind::Text && (is_dash(&folded) || folded == "无数据")
    })
}

fn is_dash(folded: &str) -> bool {
    !folded.is_empty() && folded.chars().all(|c| matches!(c, '-' | '—' | '─' | '…' | '/' | '.'))
}

/// Full width to half width, and one sign for minus.
fn fold(text: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: CellKind, text: &str, unit: &str) -> Result<Option<String>, String> {
        let cell = SheetCell { row: 7, column: 7, kind, formula: false, text: text.into() };
        let amount = amount(Some(&cell), &Unit::new(unit))?;
        Ok(amount.map(|amount| amount.to_string()))
    }

    #[test]
    fn what_means_one_number_is_taken() {
        for (text, unit, value) in [
            ("12.3", "亿元", "12.3"),
            (" １２．３　", "亿元", "12.3"),
            ("1,234", "家", "1234"),
            ("1，234，567.80", "万元", "1234567.80"),
            ("-1,234.5", "万元", "-1234.5"),
            ("－3.2", "%", "-3.2"),
            ("−3.2", "%", "-3.2"),
            ("+6.5", "%", "6.5"),
            ("6.5%", "%", "6.5"),
            ("６.５％", "%", "6.5"),
            ("12.3亿元", "亿元", "12.3"),
            ("12.3 亿元", "亿元", "12.3"),
            ("0.10", "%", "0.10"),
            ("1.5个百分点", "个百分点", "1.5"),
        ] {
            assert_eq!(read(CellKind::Text, text, unit), Ok(Some(value.to_owned())), "{text}");
        }
        assert_eq!(read(CellKind::Number, "-0.5", "%"), Ok(Some("-0.5".to_owned())));
        assert_eq!(read(CellKind::Percent, "0.065", "%"), Ok(Some("6.5".to_owned())));
        assert_eq!(read(CellKind::Percent, "1", "%"), Ok(Some("100".to_owned())));
        assert_eq!(read(CellKind::Percent, "0.0123", "‰"), Ok(Some("12.3".to_owned())));
        assert_eq!(read(CellKind::Text, " 　", "%"), Ok(None));
        assert_eq!(amount(None, &Unit::new("%")), Ok(None));
    }

    #[test]
    fn what_may_mean_anything_else_is_refused_with_what_was_expected() {
        let plain = "数字，例如 12.3";
        for (kind, text, unit, expected) in [
            (CellKind::Text, "12,3", "亿元", plain),
            (CellKind::Text, "1,23,456", "亿元", plain),
            (CellKind::Text, "0,123", "亿元", plain),
            (CellKind::Text, "1234,567", "亿元", plain),
            (CellKind::Text, "1.234,567", "亿元", plain),
            (CellKind::Text, "1 234", "亿元", plain),
            (CellKind::Text, "12.3.4", "亿元", plain),
            (CellKind::Text, "12.", "亿元", plain),
            (CellKind::Text, "--3", "亿元", plain),
            (CellKind::Text, "7O0", "亿元", plain),
            (CellKind::Text, "1e5", "亿元", plain),
            (CellKind::Text, "十二", "亿元", plain),
            (CellKind::Text, "约12", "亿元", plain),
            (CellKind::Text, "〓5", "亿元", plain),
            (CellKind::Text, "12.3亿元", "万元", "以“万元”为单位的数字，而不是“亿元”"),
            (CellKind::Text, "12.3亿", "亿元", plain),
            (CellKind::Text, "6.5%", "亿元", "以“亿元”为单位的数字，而不是“%”"),
            (CellKind::Text, "—", "亿元", "数字；没有数据时留空，并把状态选为“无数据”"),
            (CellKind::Percent, "0.065", "亿元", "以“亿元”为单位的数字，而不是百分数"),
            (CellKind::Percent, "0.065", "个百分点", "以“个百分点”为单位的数字，而不是百分数"),
            (CellKind::Number, "1E300", "亿元", plain),
            (CellKind::Error, "#DIV/0!", "亿元", plain),
            (CellKind::Error, "", "亿元", "数字；公式没有算出的结果，请填数值"),
            (CellKind::Truth, "TRUE", "亿元", plain),
            (
                CellKind::Date,
                "2024-03-05",
                "亿元",
                "数字；表格软件把输入当成了日期，请清除单元格格式后重填",
            ),
        ] {
            assert_eq!(read(kind, text, unit), Err(expected.to_owned()), "{text}");
        }
    }
}
