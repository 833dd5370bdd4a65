//! Numbers written out: 百分之五十, 翻一番, 两所.

use terms::{Amount, Comparator, Unit};

use super::{Form, Quantity, unit_after};
use crate::lexicon::lexicon;
use crate::numeral::{arabic, chinese};
use crate::sentence::Sentence;

/// 百分之五十.
pub(super) fn per_hundred(rest: &str, at: usize) -> Option<Quantity> {
    let head = "百分之".len();
    let (value, length) = match arabic(&rest[head..]) {
        Some(found) => found,
        None => chinese(&rest[head..]).map(|(value, length)| (Amount::Exact(value), length))?,
    };
    Some(plain(value, "%", rest, at, head + length))
}

/// 翻一番, 翻两番.
pub(super) fn doubled(rest: &str, at: usize) -> Option<Quantity> {
    let after = &rest['翻'.len_utf8()..];
    let (value, length) = chinese(after)?;
    let whole = '翻'.len_utf8() + length + "番".len();
    after[length..].starts_with('番').then(|| plain(Amount::Exact(value), "番", rest, at, whole))
}

pub(super) fn plain(value: Amount, unit: &str, rest: &str, at: usize, length: usize) -> Quantity {
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
pub(super) fn counted(
    sentence: &Sentence,
    before: &str,
    rest: &str,
    at: usize,
) -> Option<Quantity> {
    let (value, mut length) = chinese(rest)?;
    let mut parts = unit_after(&rest[length..]);
    // 一千到一千五百家.
    let upper = chinese_range(&rest[length + parts.length..]);
    if let Some((_, span)) = upper.as_ref() {
        length += parts.length + span;
        parts = unit_after(&rest[length..]);
    }
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
    // 千亿级台阶, 二级以上: a grade.
    if base.ends_with('级') {
        return None;
    }
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
    // 千座公园城市, 百个项目: a round number before its noun is a name or a figure of speech.
    let round = rest.starts_with(['百', '千']);
    // 五百个以上, 十几万人, 三百余家: a word says how it compares.
    let bounded = (compared && !one || lexicon().suffixes.begins(tail).is_some())
        && (small_counter || unit.multiplier() > rust_decimal::Decimal::ONE);
    let vague =
        parts.more && !round && (small_counter || unit.multiplier() > rust_decimal::Decimal::ONE);
    let after_verb = small_counter
        && !one
        && !round
        && !ends
        && !tail.starts_with(['“', '"'])
        && ["新增", "建成", "新建", "完成", "举办", "获得", "打造", "引进"]
            .iter()
            .any(|verb| before.ends_with(verb));
    let large = compared
        && unit.multiplier() > rust_decimal::Decimal::ONE
        && unit.dimension() != terms::Dimension::Unknown;
    // 十件民生实事: 件 stands in no name.
    let things = base == "件"
        && !one
        && !ends
        && (before.is_empty() || compared || before.ends_with(['办', '施', '成', '好']));
    let told = share || (after_noun && !one) || after_verb || large || things;
    if !(told || bounded || vague || upper.is_some()) || sentence.depth(at) != 0 {
        return None;
    }
    let mut quantity = plain(Amount::Exact(value), unit.as_str(), rest, at, end);
    if parts.more {
        quantity.suffix = quantity.suffix.or(Some(Comparator::Above));
    }
    if let Some((upper, _)) = upper {
        quantity.upper = Some(Amount::Exact(upper));
        quantity.suffix = Some(Comparator::Range);
    }
    Some(quantity)
}

/// The upper end of a range of Chinese numerals, and its length from the end of the lower one: 到一千五百.
fn chinese_range(after: &str) -> Option<(rust_decimal::Decimal, usize)> {
    let rest = after.strip_prefix(['到', '至']).or_else(|| after.strip_prefix("——"))?;
    let (value, length) = chinese(rest)?;
    // 从一到三: what is counted must be told.
    unit_after(&rest[length..]).unit?;
    Some((value, after.len() - rest.len() + length))
}
