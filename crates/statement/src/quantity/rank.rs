//! Places in an order, and how many times in a row.

use terms::{Amount, Comparator, Unit};

use super::{Form, Quantity};
use crate::numeral::{arabic, chinese};

/// Whether the last words are a region: 居全省、金华第1.
pub(super) fn regional(before: &str) -> bool {
    let tail: String =
        before.chars().rev().take(10).collect::<Vec<_>>().into_iter().rev().collect();
    ["居", "列", "位", "排名", "排", "跻身", "跃升"].iter().any(|word| tail.contains(word))
}

/// 第3, 第一梯队, 第二位: a rank where something is ranked, else an ordinal (第二届, 第三批).
pub(super) fn ordinal(before: &str, rest: &str, at: usize) -> Option<Quantity> {
    let after = &rest['第'.len_utf8()..];
    let (value, length) = match arabic(after) {
        Some(found) => found,
        None => chinese(after).map(|(value, length)| (Amount::Exact(value), length))?,
    };
    let tail = &after[length..];
    let unit = ["梯队", "方阵", "位", "名"].iter().find(|unit| tail.starts_with(**unit)).copied();
    let ends = tail.is_empty() || tail.starts_with(|c: char| !c.is_alphanumeric());
    // 坚持质量第一: a maxim.
    let maxim = ["质量", "安全", "生命", "人民", "健康", "信誉", "服务", "效益"];
    if unit.is_none() && maxim.iter().any(|word| before.ends_with(word)) {
        return None;
    }
    // 第三, at the beginning of a clause counts an argument; behind a name it is a place.
    if !(unit.is_some() || ends)
        || !before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '”' | '榜'))
    {
        return None;
    }
    let end = at + '第'.len_utf8() + length + unit.map_or(0, str::len);
    let unit = match unit {
        Some("梯队") => "梯队",
        Some("方阵") => "方阵",
        _ => "位",
    };
    Some(rank(value, unit, at, end, None))
}

/// How many bytes an ordinal takes: 第48 in 第48届 is no count.
pub(super) fn ordinal_length(rest: &str) -> usize {
    let head = '第'.len_utf8();
    let after = &rest[head..];
    head + arabic(after)
        .map(|(_, length)| length)
        .or_else(|| chinese(after).map(|(_, length)| length))
        .unwrap_or(0)
}

/// 首位, 榜首.
pub(super) fn first_place(before: &str, rest: &str, at: usize) -> Option<Quantity> {
    // 摆在首位 sets a priority.
    let priority = before.ends_with(['在', '于', '为']);
    (rest.starts_with("首位") && !rest.starts_with("首位度") && !priority)
        .then(|| rank(Amount::from(1), "位", at, at + "首位".len(), None))
}

/// 前三, 前10位: among the first.
pub(super) fn among_first(before: &str, rest: &str, at: usize) -> Option<Quantity> {
    let after = &rest['前'.len_utf8()..];
    let (value, length) = match arabic(after) {
        Some(found) => found,
        None => chinese(after).map(|(value, length)| (Amount::Exact(value), length))?,
    };
    let tail = &after[length..];
    let unit = ["位", "名", "强"].iter().find(|unit| tail.starts_with(**unit)).copied();
    let ends = tail.is_empty() || tail.starts_with(|c: char| !c.is_alphanumeric() && c != '%');
    let ranked =
        ["居", "列", "排名", "进入", "跻身", "位居", "全国", "全省", "全市", "保持", "稳居", "排"]
            .iter()
            .any(|w| before.ends_with(w))
            || regional(before);
    if !(unit.is_some() || ends) || !ranked {
        return None;
    }
    let end = at + '前'.len_utf8() + length + unit.map_or(0, str::len);
    Some(rank(value, "位", at, end, Some(Comparator::AtMost)))
}

/// 全国率先, 金华地区率先: rank one.
pub(super) fn ahead(before: &str, rest: &str, at: usize) -> Option<Quantity> {
    let follows = rest.strip_prefix("率先")?;
    let here = ["全国", "全省", "全市", "地区", "全球", "世界", "省内", "国内"]
        .iter()
        .any(|word| before.ends_with(word));
    let named = ["在全国", "在全省", "于全国", "于全省"].iter().any(|word| before.ends_with(word));
    ((here || named) && follows.starts_with(|c: char| c.is_alphanumeric()))
        .then(|| rank(Amount::from(1), "位", at, at + "率先".len(), None))
}

pub(super) fn rank(
    value: Amount,
    unit: &str,
    start: usize,
    end: usize,
    suffix: Option<Comparator>,
) -> Quantity {
    Quantity {
        form: Form::Rank,
        value,
        upper: None,
        unit: Unit::new(unit),
        suffix,
        start,
        unit_end: end,
        end,
    }
}

/// 连续四年.
pub(super) fn in_a_row(rest: &str, at: usize) -> Option<Quantity> {
    let after = &rest["连续".len()..];
    let (value, length) = match arabic(after) {
        Some(found) => found,
        None => chinese(after).map(|(value, length)| (Amount::Exact(value), length))?,
    };
    let start = at + "连续".len();
    let tail = &after[length..];
    let unit = ["年", "届", "次", "个月", "个季度"].iter().find(|unit| tail.starts_with(**unit))?;
    let end = start + length + unit.len();
    Some(Quantity {
        form: Form::Years,
        value,
        upper: None,
        unit: Unit::new(*unit),
        suffix: None,
        start,
        unit_end: end,
        end,
    })
}

/// 百强, 千强: among the first hundred.
pub(super) fn top(rest: &str, at: usize) -> Option<Quantity> {
    let value = match rest.get(.."百强".len())? {
        "百强" => 100,
        "千强" => 1000,
        _ => return None,
    };
    let end = at + "百强".len();
    // 百强企业5家 counts enterprises; 百强县 is a rank.
    let tail = &rest["百强".len()..];
    let ranks = tail.starts_with(['县', '市', '区', '镇'])
        || !tail.starts_with(|c: char| c.is_alphanumeric());
    ranks.then(|| rank(Amount::from(value), "强", at, end, Some(Comparator::AtMost)))
}
