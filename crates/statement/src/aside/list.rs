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
    found.extend(bracketed(sentence));
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

/// A count with its counter that ends at `end` or a short noun before it: 3所, 三条, 四件事.
fn count_before(text: &str, end: usize) -> Option<(usize, usize)> {
    let before = text.get(..end)?;
    let nouns = before.char_indices().rev().map(|(at, _)| at).take(NOUN);
    std::iter::once(end).chain(nouns).find_map(|cut| {
        let noun = before.get(cut..)?;
        let plain = noun.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        if !plain || noun.contains('等') {
            return None;
        }
        counted(before, cut)
    })
}

/// How many characters a noun between a count and its list may have.
const NOUN: usize = 6;

/// A count with its counter that ends just at `end`.
fn counted(text: &str, end: usize) -> Option<(usize, usize)> {
    let before = text.get(..end)?;
    let counter = COUNTERS.iter().find(|counter| before.ends_with(**counter))?;
    let head = before.get(..before.len() - counter.len())?;
    let start = head
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_ascii_digit() || NUMERALS.contains(*c))
        .last()?
        .0;
    if head.get(..start)?.ends_with(['第', '.', '—', '-', '每', '余', '多', '“', '+', '近', '超'])
    {
        return None;
    }
    let declared = count(head.get(start..)?)?;
    Some((declared, start))
}

const NUMERALS: &str = "一二两三四五六七八九十";

/// 农村公路3条（甲线、乙线、丙线）: names in brackets right behind a count. Only a slip by one is certain: what stands in
/// brackets may also say of what kind the things are.
fn bracketed(sentence: &Sentence<'_>) -> Vec<CountedList> {
    let text = sentence.text;
    let mut found = Vec::new();
    for (open, mark) in text.match_indices(['（', '(']) {
        let Some((declared, from)) = counted(text, open) else { continue };
        let behind = text.get(open + mark.len()..).unwrap_or_default();
        let Some(length) = behind.find(['）', ')']) else { continue };
        let inner = behind.get(..length).unwrap_or_default();
        let kinds =
            inner.split('、').any(|item| item.ends_with(['级', '类', '型', '性', '期', '批']));
        let Some(listed) = listed(inner).filter(|_| !kinds) else { continue };
        if declared.abs_diff(listed.0) == 1 && declared.abs_diff(listed.1) <= 1 {
            let end = open + mark.len() + length;
            let span = Span::new(sentence.start + from, sentence.start + end);
            found.push(CountedList { declared, listed, span });
        }
    }
    found
}

/// 四件事：一是……，二是……，三是……: marks that count, in a whole paragraph.
pub(super) fn ordered(text: &str, start: usize, found: &mut Vec<CountedList>) {
    const MARKS: [&str; 10] =
        ["一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是"];
    for (colon, mark) in text.match_indices('：') {
        let behind = text.get(colon + mark.len()..).unwrap_or_default();
        let Some((declared, from)) = count_before(text, colon) else { continue };
        if !behind.starts_with("一是") {
            continue;
        }
        let (mut listed, mut at) = (0, 0);
        for mark in MARKS {
            match behind.get(at..).and_then(|rest| rest.find(mark)) {
                Some(next) => {
                    listed += 1;
                    at += next + mark.len();
                }
                None => break,
            }
        }
        if listed >= 2 {
            let span = Span::new(start + from, start + colon + mark.len());
            found.push(CountedList { declared, listed: (listed, listed), span });
        }
    }
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

/// A numeral with a counter and a noun behind it: where it stands, how many, and the noun. Arabic digits may begin another
/// claim (甲市、乙市12所中小学), so that what is counted must be what the last name ends with.
fn counted_noun(words: &str) -> Option<(usize, usize, &str)> {
    words.char_indices().find_map(|(at, character)| {
        let before = words.get(..at)?;
        let digit = character.is_ascii_digit();
        if !digit && !"两三四五六七八九十".contains(character) {
            return None;
        }
        if before.ends_with(['第', '一', '十', '二', '三', '数', '近', '超', '约', '每', '.'])
            || before.ends_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        let rest = words.get(at..)?;
        let (value, length) = match arabic(rest) {
            Some((amount, length)) => (amount.exact()?, length),
            None => chinese(rest)?,
        };
        let rest = rest.get(length..)?;
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
        // 香樟公园、龙川公园2个公园.
        let own = (1..=3).any(|length| {
            let noun: String = after.chars().take(length).collect();
            before.ends_with(&noun) && noun.chars().count() == length
        });
        let named = !other.iter().any(|word| after.starts_with(word)) && (!digit || own);
        named.then_some((at, declared, after))
    })
}
