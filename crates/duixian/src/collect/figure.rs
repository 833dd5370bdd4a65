//! What stands in a cell for a figure, and the figure that it is.

use document::{CellKind, SheetCell};
use terms::{Amount, ObservationStatus, Unit};

use crate::entered::{self, exact, fold, is_dash, number};

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
        CellKind::Text => entered::amount(&cell.text, unit).map(Some),
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
    let found = entered::status(word).filter(|status| known.iter().any(|(own, _)| own == status));
    found.ok_or_else(|| known.map(|(_, name)| name).join("、"))
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

/// Whether a cell says with a dash or in words that there is no figure.
pub(super) fn is_none(cell: Option<&SheetCell>) -> bool {
    cell.is_some_and(|cell| {
        let folded = fold(&cell.text);
        cell.kind == CellKind::Text && (is_dash(&folded) || folded == "无数据")
    })
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
