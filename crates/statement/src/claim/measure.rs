//! Where a measure begins and ends: the words that belong to a number, and those that do not.

use terms::Dimension;

use crate::lexicon::lexicon;
use crate::phrase::{Lead, lead, trim};
use crate::quantity::Quantity;

/// Where the noun of a number ends that is followed by another number in the same item.
pub(super) fn noun_end(between: &str, next: Option<&Quantity>, item: &str) -> usize {
    let Some(next) = next else { return between.len() };
    // The next number has a noun of its own behind it: the words between belong to the first.
    let own = starts_noun(&item[next.end..]) && next.unit.dimension() != Dimension::Share;
    if own {
        return between.len();
    }
    let words = lexicon();
    let mut best = None;
    for (at, _) in between.char_indices() {
        if let Some(word) = words.counted.begins(&between[at..]) {
            best = Some(at + word.len());
        }
    }
    best.filter(|end| !trim(&between[*end..]).is_empty()).unwrap_or(between.len())
}

/// Whether a text goes on with a noun rather than with a mark or a particle.
pub(super) fn starts_noun(text: &str) -> bool {
    let text = text.trim_start_matches(' ');
    text.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '《' | '"'))
        && ![
            "和",
            "与",
            "及",
            "以及",
            "的增",
            "，",
            "以",
            "，同比",
            "同比",
            "的目标",
            "人民币",
            "，比",
            "左右",
        ]
        .iter()
        .any(|word| text.starts_with(word))
}

/// Whether a text holds no verb that would part it from the number after it.
pub(super) fn verbless(text: &str) -> bool {
    !["达", "为", "完成", "实现", "增长", "下降", "同比", "其中", "占", "投资", "总"]
        .iter()
        .any(|word| text.contains(word))
}

/// Whether something was gained: 3家企业获评…….
pub(super) fn won(follows: &str) -> bool {
    let words = lexicon();
    follows.char_indices().any(|(at, _)| {
        let word = words.won.begins(&follows[at..]).filter(|_| at > 0);
        // 完成情况 and 完成率 say nothing of a gain.
        word.is_some_and(|word| {
            let rest = &follows[at + word.len()..];
            !rest.starts_with(['情', '率']) && !rest.starts_with("投资")
        })
    })
}

/// The last verb inside a phrase with something before and after it.
pub(super) fn inner_verb(text: &str) -> Option<(&str, Lead<'_>)> {
    let words = lexicon();
    let mut quotes = 0i32;
    let mut best = None;
    for (at, character) in text.char_indices() {
        match character {
            '“' | '《' | '(' | '（' => quotes += 1,
            '”' | '》' | ')' | '）' => quotes -= 1,
            _ => {}
        }
        if quotes == 0
            && at > 0
            && let Some(word) = words.inner.begins(&text[at..])
            && text[at + word.len()..].chars().count() >= 2
        {
            best = Some(at);
        }
    }
    let at = best?;
    let inner = lead(&text[at..]);
    (!clean(inner.rest).is_empty()).then_some((&text[..at], inner))
}

/// The subject before a verb, where it names somebody.
pub(super) fn named_subject(subject: &str) -> Option<String> {
    let subject = clean(lead(subject).rest);
    let ends = [
        "镇", "县", "市", "区", "村", "街道", "企业", "园区", "学校", "医院", "公司", "集团",
        "中心", "”", "产业",
    ];
    ends.iter().any(|end| subject.ends_with(end)).then(|| subject.to_owned())
}

/// Splits the words before a rank at the verb of ranking: what is ranked, and among whom.
pub(super) fn split_ranking(before: &str) -> (&str, &str) {
    let words = lexicon();
    let mut found = None;
    let mut at = 0;
    while at < before.len() {
        match words.ranking.begins(&before[at..]) {
            // 居民 is no verb.
            Some(word)
                if !before[at..].starts_with("居民") && !before[at..].starts_with("列车") =>
            {
                found = Some((at, at + word.len()));
                at += word.len();
            }
            _ => at += before[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    match found {
        Some((start, end)) => (&before[..start], &before[end..]),
        None => (before, ""),
    }
}

/// `count` subjects of a parallel list, or fewer where they do not match.
pub(super) fn subjects(head: &str, count: usize) -> Vec<&str> {
    let listed: Vec<&str> = head.split('、').map(trim).filter(|part| !part.is_empty()).collect();
    if listed.len() == count {
        return listed;
    }
    let mut parts = Vec::new();
    for part in listed {
        parts.extend(part.split(['和', '与', '及']).map(trim).filter(|part| !part.is_empty()));
    }
    parts
}

/// A measure without marks and particles at its ends.
pub(super) fn clean(text: &str) -> &str {
    let mut text = clean_start(trim(text));
    loop {
        let next = trim(
            text.trim_start_matches(['的', '了', '：', ':']).trim_end_matches(['的', '了', '等']),
        );
        if next.len() == text.len() {
            return text;
        }
        text = next;
    }
}

/// The beginning of a measure without marks before it and without the number of a list.
pub(super) fn clean_start(text: &str) -> &str {
    let text = text.trim_start_matches([' ', '、', '，', ',', '：', ':', '的', '—', '-']);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match text[digits..].chars().next() {
        // 1.国内增值税: the number counts the line.
        Some(mark @ ('.' | '．' | '、')) if digits > 0 && digits <= 2 => {
            text[digits + mark.len_utf8()..].trim_start()
        }
        _ => text,
    }
}

/// A noun phrase with its predicate, cut where it grows into a sentence.
pub(super) fn cut_long(text: &str) -> &str {
    if text.chars().count() <= 40 {
        return text;
    }
    let words = lexicon();
    let cut = text.char_indices().skip(2).find(|(at, _)| words.won.begins(&text[*at..]).is_some());
    cut.map_or(text, |(at, _)| &text[..at])
}

pub(super) fn trim_open(text: &str) -> &str {
    text.trim_start_matches(['(', '（', ' '])
}
