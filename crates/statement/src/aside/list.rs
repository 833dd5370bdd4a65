//! Declared counts with the things that are listed.

use terms::{CountedList, Span};

use crate::numeral::{arabic, chinese};
use crate::sentence::Sentence;

/// Counters of things that are listed by name.
const COUNTERS: &[&str] = &[
    "个", "项", "家", "条", "所", "座", "处", "类", "大", "件", "种", "镇", "村", "镇街", "场",
    "部",
];

/// More things than this are not listed in a sentence.
const MOST: usize = 30;

/// Reads the lists of a sentence.
pub(super) fn read(sentence: &Sentence<'_>, found: &mut Vec<CountedList>) {
    found.extend(announced(sentence));
    found.extend(named(sentence));
}

/// 新建学校3所：甲、乙、丙.
fn announced(sentence: &Sentence<'_>) -> Vec<CountedList> {
    let text = sentence.text;
    let mut found = Vec::new();
    for (colon, mark) in text.match_indices('：') {
        if sentence.depth(colon) != 0 {
            continue;
        }
        let Some((declared, from)) = count_before(text, colon) else { continue };
        let behind = text.get(colon + mark.len()..).unwrap_or_default();
        let end = behind.find(['。', '；']).unwrap_or(behind.len());
        let list = behind.get(..end).unwrap_or_default();
        let Some(listed) = listed(list) else { continue };
        found.push(CountedList {
            declared,
            listed,
            span: Span::new(
                sentence.start + from,
                sentence.start + colon + mark.len() + list.len(),
            ),
        });
    }
    found
}

/// How many things a list names, where that is certain.
fn listed(list: &str) -> Option<(usize, usize)> {
    // Commas, numbers and 等 make it another kind of list.
    let other = ['，', ',', '：', '“', '《', '（', '('];
    if list.contains(other) || list.contains('等') || list.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let items: Vec<&str> = list.split('、').collect();
    let joined = items.last().map_or(0, |last| last.matches(['和', '与', '及']).count());
    let short = items.iter().all(|item| (2..=16).contains(&item.chars().count()));
    (items.len() + joined >= 2 && short).then_some((items.len(), items.len() + joined))
}

/// A count right before `end`: 3所, 三条.
fn count_before(text: &str, end: usize) -> Option<(usize, usize)> {
    let before = text.get(..end)?;
    let counter = COUNTERS.iter().find(|counter| before.ends_with(**counter))?;
    let head = before.get(..before.len() - counter.len())?;
    let start = head
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii_digit() || "一二两三四五六七八九十".contains(*c))
        .last()?
        .0;
    if head.get(..start)?.ends_with(['第', '.', '—', '-', '每', '余', '多']) {
        return None;
    }
    let declared = count(head.get(start..)?)?;
    Some((declared, start))
}

fn count(written: &str) -> Option<usize> {
    let (value, length) = match arabic(written) {
        Some((amount, length)) => (amount.exact()?, length),
        None => chinese(written)?,
    };
    let whole = usize::try_from(value).ok().filter(|_| length == written.len())?;
    (2..=MOST).contains(&whole).then_some(whole)
}

/// 甲、乙两个工坊: names, then how many they are, then what they are.
fn named(sentence: &Sentence<'_>) -> Vec<CountedList> {
    let text = sentence.text;
    let mut found = Vec::new();
    for clause in sentence.clauses().iter().filter(|clause| !clause.bracketed) {
        let items = sentence.items(clause);
        let (Some(last), true) = (items.last(), items.len() >= 2) else { continue };
        let words = text.get(last.range()).unwrap_or_default();
        let Some((at, declared, after)) = counted_noun(words) else { continue };
        let name = words.get(..at).unwrap_or_default();
        let before = text.get(clause.span.start..last.start).unwrap_or_default();
        let digits = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        if name.is_empty()
            || name.contains('等')
            || name.chars().count() > 16
            || digits(before)
            || digits(name)
            || !after.starts_with(|c: char| c.is_alphabetic())
            || sentence.depth(last.start + at) != 0
        {
            continue;
        }
        let joined =
            name.matches(['和', '与', '及']).count() + before.matches(['和', '与', '及']).count();
        found.push(CountedList {
            declared,
            // Where fewer are declared, the list may be longer than what is counted.
            listed: (2, items.len() + joined),
            span: Span::new(sentence.start + clause.span.start, sentence.start + clause.span.end),
        });
    }
    found
}

/// A Chinese numeral with a counter and a noun behind it: where it stands, how many, and the noun.
fn counted_noun(words: &str) -> Option<(usize, usize, &str)> {
    words.char_indices().find_map(|(at, character)| {
        if !"两三四五六七八九十".contains(character) {
            return None;
        }
        let before = words.get(..at)?;
        if before.ends_with(['第', '一', '十', '二', '三', '数', '近', '超', '约', '每'])
        {
            return None;
        }
        let (value, length) = chinese(words.get(at..)?)?;
        let rest = words.get(at + length..)?;
        let counter = ["个", "项", "大", "家", "条", "座", "所", "类"]
            .iter()
            .find(|counter| rest.starts_with(**counter))?;
        let declared = usize::try_from(value).ok().filter(|many| (2..=12).contains(many))?;
        let after = rest.get(counter.len()..)?;
        // 三大攻坚战, 三个重大, 两个月: a name or a time.
        let other = [
            "月",
            "年",
            "季度",
            "百分点",
            "工作日",
            "小时",
            "周",
            "以上",
            "一",
            "亿",
            "万",
            "方面的",
        ];
        (!other.iter().any(|word| after.starts_with(word))).then_some((at, declared, after))
    })
}
