//! Totals with their parts.

use terms::{Comparator, Whole};

use super::{adds_up, alike, item};
use crate::numeral::chinese;
use crate::quantity::Quantity;
use crate::sentence::Sentence;

/// Names of the parts of wholes that have just these parts.
const PARTITIONS: &[&[&str]] = &[
    &["第一产业", "第二产业", "第三产业"],
    &["一产", "二产", "三产"],
    &["非税收入", "税收收入"],
    &["进口", "出口"],
    &["城镇人口", "乡村人口"],
    &["城镇人口", "农村人口"],
    &["男性", "女性"],
];

/// Words behind which a number is no part: a change, a mean, or another total.
const NO_PART: &[&str] = &[
    "增加",
    "减少",
    "增长",
    "下降",
    "比上年",
    "同比",
    "较上年",
    "平均",
    "人均",
    "户均",
    "亩均",
    "每",
    "净增",
    "累计",
    "高于",
    "低于",
    "以上的",
    "超过",
    "规模",
    "可",
    "新增",
];

/// Words that announce the sum of what was just told.
const SUMS: &[&str] = &["合计", "共计", "总计", "总共"];

/// Reads the totals of a sentence; `before` is the sentence before it in the paragraph.
pub(super) fn read(
    sentence: &Sentence<'_>,
    numbers: &[Quantity],
    before: Option<(&Sentence<'_>, &[Quantity])>,
    found: &mut Vec<Whole>,
) {
    for (at, _) in sentence.text.match_indices("其中") {
        if sentence.depth(at) == 0 && opens(sentence.text, at) {
            found.extend(among(sentence, numbers, at, before));
        }
    }
    found.extend(summed(sentence, numbers));
}

/// Whether the words before a number say that it is no part.
fn no_part(name: &str) -> bool {
    // 增加值 is a name.
    let name = name.replace("增加值", "");
    NO_PART.iter().any(|word| name.contains(word))
}

fn opens(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    before.is_empty() || before.ends_with(['，', ',', '；', ';', '。', '：'])
}

/// A total, 其中 and its parts up to the next semicolon.
fn among(
    sentence: &Sentence<'_>,
    numbers: &[Quantity],
    at: usize,
    before: Option<(&Sentence<'_>, &[Quantity])>,
) -> Option<Whole> {
    let text = sentence.text;
    let from = text.get(..at)?.rfind(['；', ';']).unwrap_or(0);
    let behind = text.get(at..)?;
    let until = ["；", ";", "其中"]
        .iter()
        .filter_map(|mark| behind.get("其中".len()..)?.find(mark))
        .min()
        .map_or(text.len(), |found| at + "其中".len() + found);
    let stretch = |number: &&Quantity| (from..at).contains(&number.start);
    let own = numbers.iter().filter(stretch).rfind(|number| plain(sentence, number));
    // Of several totals the last one is meant only where it holds the others.
    let largest = own.is_none_or(|own| {
        let mut others = numbers.iter().filter(stretch).filter(|other| alike(other, own));
        others.all(|other| !plain(sentence, other) || larger(own, other))
    });
    if !largest {
        return None;
    }
    let (holder, total) = match (own, before) {
        (Some(own), _) => (sentence, own),
        (None, Some((last, told))) if at == 0 => {
            // Of several it is not certain which is meant.
            let mut may = told.iter().filter(|number| plain(last, number));
            let only = may.next()?;
            may.next().is_none().then_some((last, only))?
        }
        _ => return None,
    };
    let parts: Vec<&Quantity> = numbers
        .iter()
        .filter(|number| (at..until).contains(&number.start) && plain(sentence, number))
        .collect();
    if parts.is_empty() || !parts.iter().all(|part| alike(part, total)) {
        return None;
    }
    let names: Vec<&str> = parts.iter().map(|part| words_before(text, part.start, at)).collect();
    if names.iter().any(|name| no_part(name)) {
        return None;
    }
    let partition = PARTITIONS.iter().any(|all| {
        all.len() == parts.len() && all.iter().zip(&names).all(|(part, name)| name.contains(part))
    }) || PARTITIONS.iter().any(|all| {
        all.len() == parts.len()
            && all.iter().rev().zip(&names).all(|(part, name)| name.contains(part))
    });
    let counted = counted(words_before(holder.text, total.start, 0)) == Some(parts.len());
    let complete = partition || counted;
    Some(Whole {
        total: item(holder, total)?,
        comparator: total.suffix.unwrap_or(Comparator::Equal),
        parts: parts.iter().map(|part| item(sentence, part)).collect::<Option<_>>()?,
        complete,
        // Things of different names that are counted in one list are different things.
        apart: complete
            || parts.len() >= 3 && siblings(&names)
            || parts.len() >= 3
                && parts.iter().all(|part| part.unit.dimension() == terms::Dimension::Count)
                && one_list(text, &parts),
    })
}

/// Endings of names that name kinds of one sort, which do not overlap.
const KINDS: &[&str] = &["项目", "产业", "行业", "领域", "镇", "街道", "县", "区", "部门"];

fn siblings(names: &[&str]) -> bool {
    KINDS.iter().any(|kind| names.iter().all(|name| name.ends_with(kind)))
}

/// Whether an amount is at least another one of its kind.
fn larger(one: &Quantity, other: &Quantity) -> bool {
    let value = |number: &Quantity| number.unit.convert(number.value.exact()?, &one.unit);
    value(one).zip(value(other)).is_some_and(|(one, other)| one >= other)
}

/// Whether the parts stand in one list, without a comma between them.
fn one_list(text: &str, parts: &[&Quantity]) -> bool {
    parts.windows(2).all(|pair| match pair {
        [one, next] => text
            .get(one.end..next.start)
            .is_some_and(|between| between.contains('、') && !between.contains(['，', ','])),
        _ => true,
    })
}

/// A number outside of brackets that can be added up and says just so much.
fn plain(sentence: &Sentence<'_>, number: &Quantity) -> bool {
    adds_up(number) && sentence.depth(number.start) == 0 && item(sentence, number).is_some()
}

/// The words of the item that a number closes: back to the comma or the 、 before it.
fn words_before(text: &str, at: usize, least: usize) -> &str {
    let before = text.get(least..at).unwrap_or_default();
    let from = before.rfind(['，', ',', '；', '、', '。']).unwrap_or(0);
    before.get(from..).unwrap_or_default()
}

/// The number of parts that a name tells: 三大产业.
fn counted(name: &str) -> Option<usize> {
    name.char_indices().find_map(|(at, _)| {
        let (value, length) = chinese(name.get(at..)?)?;
        let rest = name.get(at + length..)?;
        rest.starts_with(['大', '类', '个', '项', '种']).then(|| usize::try_from(value).ok())?
    })
}

/// 817人、3339人，合计4156人.
fn summed(sentence: &Sentence<'_>, numbers: &[Quantity]) -> Option<Whole> {
    let text = sentence.text;
    let (at, word) = SUMS.iter().find_map(|word| {
        let at = text.find(word).filter(|at| opens(text, *at) && sentence.depth(*at) == 0)?;
        Some((at, *word))
    })?;
    let total = numbers.iter().find(|number| number.start >= at)?;
    let between = text.get(at + word.len()..total.start)?;
    if !matches!(between, "" | "为" | "达" | "达到" | "有" | "约") || !plain(sentence, total)
    {
        return None;
    }
    let told: Vec<&Quantity> = numbers
        .iter()
        .filter(|number| number.end <= at && plain(sentence, number) && alike(number, total))
        .collect();
    let clause = text.get(..at.saturating_sub("，".len()))?;
    let clause = clause.rfind(['，', '；', ',']).unwrap_or(0);
    let last: Vec<&Quantity> =
        told.iter().copied().filter(|number| number.start > clause).collect();
    let sum = |parts: &[&Quantity]| {
        let mut sum = rust_decimal::Decimal::ZERO;
        for part in parts {
            sum = sum.checked_add(part.unit.convert(part.value.exact()?, &total.unit)?)?;
        }
        Some(sum)
    };
    // Which numbers are meant is told by which add up; failing that, the last list is meant.
    let whole = sum(&told) == total.value.exact();
    let parts = if whole || last.len() < 2 { told } else { last };
    let names = parts.iter().map(|part| words_before(text, part.start, 0));
    let changes = names.clone().any(no_part);
    if parts.len() < 2 || changes && !whole {
        return None;
    }
    Some(Whole {
        total: item(sentence, total)?,
        comparator: total.suffix.unwrap_or(Comparator::Equal),
        parts: parts.iter().map(|part| item(sentence, part)).collect::<Option<_>>()?,
        complete: true,
        apart: true,
    })
}
