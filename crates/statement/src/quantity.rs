//! Finds the numbers of a sentence that are quantities, and leaves alone those that are not: dates, ordinals,
//! enumerators, and numbers inside names.

use terms::{Amount, Comparator, Unit};

use crate::lexicon::lexicon;
use crate::numeral::{arabic, chinese};
use crate::sentence::Sentence;

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
            '百' | '千' => (top(rest, at), step),
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
            Some(c @ ('余' | '多' | '来')) if !more => {
                more = true;
                at += c.len_utf8();
            }
            _ => break,
        }
    }
    // 20亿规模: the multiplier alone.
    if multiplier.contains(['万', '亿']) {
        let length = start + multiplier.len();
        return UnitParts { unit: Some(Unit::new(multiplier)), more: false, length };
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

/// The rest of a range after its first number: upper amount, unit, and length from the end of the first number.
fn range(after: &str, first: &UnitParts) -> Option<(Amount, Option<Unit>, usize)> {
    let rest = &after[first.length..];
    let dash = rest.trim_start_matches(['—', '－', '–', '-', '~', '～', '至', '到', '─']);
    let dashes = rest.len() - dash.len();
    if dashes == 0 || dashes > 6 {
        return None;
    }
    let (upper, length) = arabic(dash)?;
    let parts = unit_after(&dash[length..]);
    let unit = parts.unit?;
    let own = first.unit.as_ref().map(Unit::as_str).unwrap_or_default();
    // 10亿至15亿元: the first number has the multiplier only.
    let same = own.is_empty() || own == unit.as_str() || unit.as_str().starts_with(own);
    same.then(|| (upper, Some(unit), first.length + dashes + length + parts.length))
}

/// Whether a number is part of a code: PM2.5, S316, 415X, 8+4, 3.0版, 14:04, 36073-2018.
fn in_name(before: &str, after: &str) -> bool {
    let previous = before.chars().next_back();
    if previous.is_some_and(|c| {
        c.is_ascii_alphabetic() || matches!(c, '+' | ':' | '/' | '_' | '.' | '#' | '№' | '＋')
    }) {
        return true;
    }
    if previous.is_some_and(|c| matches!(c, '-' | '—'))
        && before.trim_end_matches(['-', '—']).ends_with(|c: char| c.is_ascii_alphanumeric())
    {
        return true;
    }
    let mut next = after.chars();
    match next.next() {
        Some('+' | '＋' | ':' | '_') => true,
        Some('版' | '号' | '师' | '后' | '型') => true,
        Some(c) if c.is_ascii_alphabetic() => Unit::prefix(after).is_none(),
        Some('、') => false,
        _ => false,
    }
}

/// How far a code goes on.
fn name_length(rest: &str, number: usize) -> usize {
    let tail = &rest[number..];
    let code = tail.trim_start_matches(|c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '+' | ':' | '.' | '-' | '_' | '＋')
    });
    number + (tail.len() - code.len())
}

/// Whether a number is part of a date.
fn is_date(before: &str, rest: &str, length: usize) -> bool {
    let after = &rest[length..];
    let digits = &rest[..length];
    if after.starts_with('年')
        && digits.len() == 4
        && (digits.starts_with("19") || digits.starts_with("20"))
    {
        return true;
    }
    if after.starts_with('月') || (after.starts_with('日') && before.ends_with('月')) {
        return true;
    }
    // 2023-2025年, 2024-08-26, 1-2月.
    let dash = after.trim_start_matches(['-', '—', '–', '至']);
    if dash.len() < after.len() {
        let more = dash.trim_start_matches(|c: char| c.is_ascii_digit());
        if more.len() < dash.len() {
            let year = digits.len() == 4 && more.starts_with(['年', '-']);
            return year
                || more.starts_with('月')
                || (more.starts_with('日') && before.ends_with('月'));
        }
    }
    false
}

/// Units of time that make a date, an age or a duration in a name rather than a quantity.
fn is_age_or_date_unit(unit: &str, before: &str) -> bool {
    match unit {
        "年" | "周年" | "岁" | "周岁" | "周" | "日" | "个月" | "月" | "秒" | "个季度" => {
            !(unit == "年" && (before.ends_with("连续") || before.ends_with("已连续")))
                && !(unit == "岁" && before.ends_with(['达', '为', '到']))
        }
        "天" | "小时" | "个小时" | "个工作日" | "分钟" => ![
            "压缩",
            "缩短",
            "控制",
            "不超过",
            "达",
            "至",
            "到",
            "为",
            "降",
            "平均",
            "用时",
            "天数",
        ]
        .iter()
        .any(|word| {
            before
                .chars()
                .rev()
                .take(8)
                .collect::<Vec<_>>()
                .iter()
                .rev()
                .collect::<String>()
                .contains(word)
        }),
        _ => false,
    }
}

/// Whether a number without a unit may stand alone: 倍差缩小在1.76以内, 指数达102.5.
fn bare(before: &str, suffixed: bool) -> bool {
    let near: String =
        before.chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
    if near.ends_with(|c: char| c.is_ascii_punctuation() || c == '第') || near.is_empty() {
        return false;
    }
    let named = ["指数", "系数", "倍差", "比值", "收入比", "之比", "得分", "基尼"]
        .iter()
        .any(|word| near.contains(word));
    named
        && (suffixed
            || near.ends_with(['达', '为', '到', '至', '在', '于', '过', '比', '差', '数']))
}

/// Whether the last words are a region: 居全省、金华第1.
fn regional(before: &str) -> bool {
    let tail: String =
        before.chars().rev().take(10).collect::<Vec<_>>().into_iter().rev().collect();
    ["居", "列", "位", "排名", "排", "跻身", "跃升"].iter().any(|word| tail.contains(word))
}

/// 第3, 第一梯队, 第二位: a rank where something is ranked, else an ordinal (第二届, 第三批).
fn ordinal(before: &str, rest: &str, at: usize) -> Option<Quantity> {
    let after = &rest['第'.len_utf8()..];
    let (value, length) = match arabic(after) {
        Some(found) => found,
        None => chinese(after).map(|(value, length)| (Amount::Exact(value), length))?,
    };
    let tail = &after[length..];
    let unit = ["梯队", "方阵", "位", "名"].iter().find(|unit| tail.starts_with(**unit)).copied();
    let ends = tail.is_empty() || tail.starts_with(|c: char| !c.is_alphanumeric());
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
fn ordinal_length(rest: &str) -> usize {
    let head = '第'.len_utf8();
    let after = &rest[head..];
    head + arabic(after)
        .map(|(_, length)| length)
        .or_else(|| chinese(after).map(|(_, length)| length))
        .unwrap_or(0)
}

/// 首位, 榜首.
fn first_place(before: &str, rest: &str, at: usize) -> Option<Quantity> {
    // 摆在首位 sets a priority.
    let priority = before.ends_with(['在', '于', '为']);
    (rest.starts_with("首位") && !rest.starts_with("首位度") && !priority)
        .then(|| rank(Amount::from(1), "位", at, at + "首位".len(), None))
}

/// 前三, 前10位: among the first.
fn among_first(before: &str, rest: &str, at: usize) -> Option<Quantity> {
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
fn ahead(before: &str, rest: &str, at: usize) -> Option<Quantity> {
    let follows = rest.strip_prefix("率先")?;
    let here = ["全国", "全省", "全市", "地区", "全球", "世界", "省内", "国内"]
        .iter()
        .any(|word| before.ends_with(word));
    let named = ["在全国", "在全省", "于全国", "于全省"].iter().any(|word| before.ends_with(word));
    ((here || named) && follows.starts_with(|c: char| c.is_alphanumeric()))
        .then(|| rank(Amount::from(1), "位", at, at + "率先".len(), None))
}

fn rank(
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
fn in_a_row(rest: &str, at: usize) -> Option<Quantity> {
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
fn top(rest: &str, at: usize) -> Option<Quantity> {
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

/// 百分之五十.
fn per_hundred(rest: &str, at: usize) -> Option<Quantity> {
    let head = "百分之".len();
    let (value, length) = match arabic(&rest[head..]) {
        Some(found) => found,
        None => chinese(&rest[head..]).map(|(value, length)| (Amount::Exact(value), length))?,
    };
    Some(plain(value, "%", rest, at, head + length))
}

/// 翻一番, 翻两番.
fn doubled(rest: &str, at: usize) -> Option<Quantity> {
    let after = &rest['翻'.len_utf8()..];
    let (value, length) = chinese(after)?;
    let whole = '翻'.len_utf8() + length + "番".len();
    after[length..].starts_with('番').then(|| plain(Amount::Exact(value), "番", rest, at, whole))
}

fn plain(value: Amount, unit: &str, rest: &str, at: usize, length: usize) -> Quantity {
    let suffix = lexicon().suffixes.begins(&rest[length..]);
    Quantity {
        form: Form::Plain,
        value,
        upper: None,
        unit: Unit::new(unit),
        suffix: suffix.map(|(_, sign)| sign),
        start: at,
        unit_end: at + length,
        end: at + length + suffix.map_or(0, |(word, _)| word.len()),
    }
}

/// A Chinese numeral with a unit, where it counts: at the end of an item after a noun (学校两所), after a verb of
/// gain (完成两项改革), with a comparator before it (近三成), or with 倍 or 成.
fn counted(sentence: &Sentence, before: &str, rest: &str, at: usize) -> Option<Quantity> {
    let (value, length) = chinese(rest)?;
    let parts = unit_after(&rest[length..]);
    let unit = parts.unit?;
    let end = length + parts.length;
    let tail = &rest[end..];
    let ends = tail.is_empty()
        || tail
            .starts_with(|c: char| !c.is_alphanumeric() && !matches!(c, '“' | '《' | '(' | '（'));
    let base = unit.base();
    let compared = lexicon().comparators.ends(before).is_some();
    let share = matches!(base, "成" | "倍")
        && (compared || ends || before.ends_with(['长', '高', '到', '加', '达']));
    let small_counter = matches!(
        base,
        "个" | "家" | "项" | "所" | "座" | "条" | "处" | "场" | "次" | "件" | "名" | "支" | "张"
    );
    let after_noun = ends
        && small_counter
        && before.ends_with(|c: char| c.is_alphanumeric())
        && !before.ends_with([
            '第', '每', '这', '那', '同', '几', '数', '十', '百', '千', '万', '等', '了',
        ]);
    let one = value == rust_decimal::Decimal::ONE;
    let after_verb = small_counter
        && !one
        && !ends
        && !tail.starts_with(['“', '"'])
        && ["新增", "建成", "新建", "完成", "举办", "获得", "打造", "引进"]
            .iter()
            .any(|verb| before.ends_with(verb));
    let large = compared
        && matches!(unit.multiplier(), m if m > rust_decimal::Decimal::ONE)
        && unit.dimension() != terms::Dimension::Unknown;
    if !(share || (after_noun && !one) || after_verb || large) || sentence.depth(at) != 0 {
        return None;
    }
    let mut quantity = plain(Amount::Exact(value), unit.as_str(), rest, at, end);
    if parts.more {
        quantity.suffix = quantity.suffix.or(Some(Comparator::Above));
    }
    Some(quantity)
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
            ("债券额度62.03亿元,居全省第3,金华第1", "62.03亿元|3位|1位"),
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
