//! Finds the numbers of a sentence that are quantities, and leaves alone those that are not: dates, ordinals,
//! enumerators, and numbers inside names.

mod name;
mod rank;
mod written;

use terms::{Amount, Comparator, Unit};

use crate::lexicon::lexicon;
use crate::numeral::{arabic, chinese};
use crate::sentence::Sentence;
use name::{bare, in_name, is_age_or_date_unit, is_date, name_length};
use rank::{ahead, among_first, first_place, in_a_row, ordinal, ordinal_length, top};
use written::{counted, doubled, per_hundred};

/// What kind of number it is by its own form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A number with a unit.
    Plain,
    /// A place in an order: 第3, 首位, 前三, 30强, 第一梯队, 率先.
    Rank,
    /// 连续四年.
    Years,
    /// 17连创.
    Streak,
}

/// A quantity in a sentence; places are bytes of the sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    pub(crate) form: Form,
    pub(crate) value: Amount,
    pub(crate) upper: Option<Amount>,
    pub(crate) unit: Unit,
    /// By a word after the number (以上) or inside it (余).
    pub(crate) suffix: Option<Comparator>,
    /// Where the number begins.
    pub(crate) start: usize,
    /// Where the unit ends.
    pub(crate) unit_end: usize,
    /// Where the comparator after the unit ends.
    pub(crate) end: usize,
}

/// The quantities of a sentence in text order.
pub(crate) fn quantities(sentence: &Sentence) -> Vec<Quantity> {
    let text = sentence.text;
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let Some(first) = rest.chars().next() else { break };
        let step = first.len_utf8();
        if sentence.quoted(at) {
            at += step;
            continue;
        }
        let before = &text[..at];
        let (quantity, skip) = match first {
            '0'..='9' | terms::LOST => number(text, at),
            '第' => (ordinal(before, rest, at), ordinal_length(rest)),
            '首' => (first_place(before, rest, at), step),
            '前' => (among_first(before, rest, at), step),
            '率' => (ahead(before, rest, at), step),
            '连' if rest.starts_with("连续") => (in_a_row(rest, at), "连续".len()),
            '百' if rest.starts_with("百分之") => (per_hundred(rest, at), step),
            '翻' => (doubled(rest, at), step),
            '百' | '千' => (top(rest, at).or_else(|| counted(sentence, before, rest, at)), step),
            '零' | '一' | '二' | '两' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' =>
            {
                let length = chinese(rest).map_or(step, |(_, length)| length);
                (counted(sentence, before, rest, at), length)
            }
            _ => (None, step),
        };
        match quantity {
            Some(quantity) => {
                at = quantity.end.max(at + step);
                found.push(quantity);
            }
            None => at += skip.max(step),
        }
    }
    found
}

/// An Arabic number at `at`, or how many bytes to pass over where it is no quantity.
fn number(text: &str, at: usize) -> (Option<Quantity>, usize) {
    let rest = &text[at..];
    let Some((value, length)) = arabic(rest) else {
        return (None, rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len());
    };
    let before = &text[..at];
    let after = &rest[length..];
    if in_name(before, after) || is_date(before, rest, length) {
        return (None, name_length(rest, length));
    }
    let mut parts = unit_after(after);
    let mut upper = None;
    let mut end = at + length + parts.length;
    // A range: 4.5%—5%, 100—120亿元, 10亿至15亿元.
    if let Some((other, other_unit, span)) = range(after, &parts) {
        upper = Some(other);
        end = at + length + span;
        parts.unit = other_unit.or(parts.unit);
    }
    // 分别高于全国、全省7.2个、3.4个百分点, 分别达5.6、3.2万元: the last number has the unit of all.
    if let Some(unit) = shared_unit(before, &text[end..], parts.unit.as_ref()) {
        parts.unit = Some(unit);
    }
    let tail = &text[end..];
    // 15场(次)以上: the bracket belongs to the unit.
    let aside = ["(次)", "（次）", "(个)", "（个）", "(家)", "（家）"]
        .iter()
        .find(|aside| tail.starts_with(**aside));
    let aside = aside.map_or(0, |aside| aside.len());
    let suffix = lexicon().suffixes.begins(&tail[aside..]);
    let tail_end = end + suffix.map_or(0, |(word, _)| aside + word.len());
    let unit = match parts.unit {
        Some(unit) => unit,
        None if bare(before, suffix.is_some()) => Unit::new(""),
        None => return (None, length),
    };
    if is_age_or_date_unit(unit.as_str(), before) {
        return (None, length + parts.length);
    }
    if unit.base() == "强"
        && tail.starts_with(|c: char| c.is_alphanumeric() && !"县市区镇".contains(c))
    {
        // 世界500强企业325家: the rank is part of a name.
        return (None, length + parts.length);
    }
    let (form, implied) = match unit.base() {
        "强" => (Form::Rank, Some(Comparator::AtMost)),
        base if base.starts_with('连') && base.len() > "连".len() => (Form::Streak, None),
        _ => (Form::Plain, None),
    };
    let comparator = match upper {
        Some(_) => Some(Comparator::Range),
        None => {
            suffix.map(|(_, sign)| sign).or(implied).or(parts.more.then_some(Comparator::Above))
        }
    };
    let quantity = Quantity {
        form,
        value,
        upper,
        unit,
        suffix: comparator,
        start: at,
        unit_end: end,
        end: tail_end,
    };
    (Some(quantity), 0)
}

/// The unit that a number shares with the one that closes its list. It has none of its own, or only the 个 of
/// 个百分点.
fn shared_unit(before: &str, tail: &str, own: Option<&Unit>) -> Option<Unit> {
    const LONGEST_LIST: usize = 6;
    const NEAR: usize = 90;
    let near = before.len().saturating_sub(NEAR);
    let listed = || before.rfind("分别").is_some_and(|at| at >= near);
    match own.map(Unit::as_str) {
        Some("个") => {}
        None if listed() => {}
        _ => return None,
    }
    let mut rest = tail;
    for _ in 0..LONGEST_LIST {
        rest = rest.strip_prefix(['、', '和', '与'])?;
        let (_, length) = arabic(rest)?;
        let parts = unit_after(&rest[length..]);
        if let Some(unit) = parts.unit {
            return (own.is_none() || unit.as_str() == "个百分点").then_some(unit);
        }
        rest = &rest[length..];
    }
    None
}

/// What stands after a number.
struct UnitParts {
    unit: Option<Unit>,
    /// 余 or 多 stood between number and unit.
    more: bool,
    length: usize,
}

/// The unit after a number with its multipliers: `万余人` is more than so many 万人.
fn unit_after(text: &str) -> UnitParts {
    let mut multiplier = String::new();
    let mut more = false;
    let mut at = text.len() - text.trim_start_matches([' ', '\u{a0}']).len();
    if at > 1 {
        at = 0;
    }
    let start = at;
    loop {
        let rest = &text[at..];
        if let Some(length) = Unit::prefix(rest).filter(|length| stands_alone(rest, *length)) {
            let unit = Unit::new(format!("{multiplier}{}", &rest[..length]));
            return UnitParts { unit: Some(unit), more, length: at + length };
        }
        match rest.chars().next() {
            Some(c @ ('十' | '百' | '千' | '万' | '亿')) if multiplier.len() < 9 => {
                multiplier.push(c);
                at += c.len_utf8();
            }
            Some(c @ ('余' | '多' | '来' | '几')) if !more => {
                more = true;
                at += c.len_utf8();
            }
            _ => break,
        }
    }
    // 20亿规模: the multiplier alone.
    if multiplier.contains(['万', '亿']) {
        let length = start + multiplier.len() + if more { '多'.len_utf8() } else { 0 };
        return UnitParts { unit: Some(Unit::new(multiplier)), more, length };
    }
    UnitParts { unit: None, more: false, length: 0 }
}

/// Counters of one character that also begin or end other words (升级, 市级) count only where no other
/// character follows.
fn stands_alone(text: &str, length: usize) -> bool {
    const RISKY: &str = "国省市县镇村升日方里道口班站院校园馆店厂车金片员桩点样箱袋分根";
    let risky = text[..length].chars().count() == 1 && RISKY.contains(&text[..length]);
    !risky
        || !text[length..].starts_with(|c: char| c.is_alphanumeric() && !"以左上多余".contains(c))
}

/// What follows the word or sign of a range, and whether 之间 must close it (20和30之间).
fn range_dash(rest: &str) -> Option<(&str, bool)> {
    if let Some(dash) = rest.strip_prefix(['和', '与']) {
        return Some((dash, true));
    }
    let dash = rest.trim_start_matches(['—', '－', '–', '-', '~', '～', '至', '到', '─']);
    (1..=6).contains(&(rest.len() - dash.len())).then_some((dash, false))
}

/// The rest of a range after its first number: upper amount, unit, and length from the end of the first number.
fn range(after: &str, first: &UnitParts) -> Option<(Amount, Option<Unit>, usize)> {
    let rest = &after[first.length..];
    let (dash, between) = range_dash(rest)?;
    let dashes = rest.len() - dash.len();
    let (upper, length) = arabic(dash)?;
    let mut parts = unit_after(&dash[length..]);
    let behind = &dash[length + parts.length..];
    let close = ["之间", "间"].iter().find(|close| behind.starts_with(**close));
    if between && close.is_none() {
        return None;
    }
    parts.length +=
        close.filter(|close| between || close.len() > "间".len()).map_or(0, |c| c.len());
    let unit = parts.unit?;
    let own = first.unit.as_ref().map(Unit::as_str).unwrap_or_default();
    // 10亿至15亿元: the first number has the multiplier only.
    let same = own.is_empty() || own == unit.as_str() || unit.as_str().starts_with(own);
    same.then(|| (upper, Some(unit), first.length + dashes + length + parts.length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let sentence = Sentence::new(text, 0);
        quantities(&sentence)
            .iter()
            .map(|q| {
                let upper = q.upper.as_ref().map(|u| format!("..{u}")).unwrap_or_default();
                let sign = q.suffix.map(|s| format!(" {s}")).unwrap_or_default();
                format!("{}{upper}{}{sign}", q.value, q.unit)
            })
            .collect()
    }

    #[test]
    fn finds_numbers_with_units() {
        for (text, expected) in [
            ("贷款余额58.1亿元,居全省第4,全市第2", "58.1亿元|4位|2位"),
            ("扩招1.25万余人", "1.25万人 >"),
            ("认购1000万千瓦时以上", "1000万千瓦时 >="),
            ("浓度30微克/立方米", "30微克/立方米"),
            (
                "增长4.5%—5%,收入100—120亿元,投资10亿至15亿元",
                "4.5..5% range|100..120亿元 range|10..15亿元 range",
            ),
            ("投保率〓5%以上", "〓5% >="),
            ("倍差缩小在1.76以内", "1.76 <="),
            ("基金20亿规模", "20亿"),
            ("连续四年进入30强", "4年|30强 <="),
            ("实现17连创", "17连创"),
            ("位列全省第一梯队", "1梯队"),
            ("居榜首位", "1位"),
            ("建成学校两所,近三成", "2所|3成"),
            ("总量翻一番", "1番"),
            ("新增光伏40MW", "40MW"),
        ] {
            assert_eq!(found(text).join("|"), expected, "{text}");
        }
    }

    #[test]
    fn leaves_names_dates_and_ordinals_alone() {
        for text in [
            "PM2.5平均浓度",
            "“415X”集群和“8+4”政策",
            "S316二期,GB/T 36073-2018",
            "2024年2月3日,2023-2025年",
            "第二届大会、第三批试点",
            "1.以产业为基础",
            "微中心2.0升级版",
            "3岁以下托位",
            "三个“一号工程”",
            "实施20周年",
            "长三角,五金,十四五",
            "14:04来源",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
