//! What has a name that can be checked, and the lists in which names stand.

use super::words::vocabulary;
use crate::phrase::trim;
use crate::sentence::Sentence;
use terms::Span;

/// Whether something is named that can be checked.
pub(super) fn is_named(item: &str) -> bool {
    is_thing(item) || (item.chars().count() >= 3 && item.ends_with('”'))
}

/// Whether something is named by its kind: an institution, a document, a place. A quotation alone is no kind.
pub(super) fn is_thing(item: &str) -> bool {
    let words = vocabulary();
    let plain = without_bracket(item).trim_end_matches(['”', '》', ')', '）']);
    let core = plain.split('并').next().unwrap_or(plain);
    item.chars().count() >= 3
        && words.unnamed.begins(item).is_none()
        && (item.contains('《')
            || words.named.ends(plain).is_some()
            || words.named.ends(core).is_some())
}

/// Whether an object is a direction of work rather than a thing.
pub(super) fn is_slogan(item: &str) -> bool {
    // “新十条”措施: a quoted name with nothing but its kind behind it.
    let quoted = item.rsplit_once('”').is_some_and(|(_, kind)| kind.chars().count() <= 4);
    !quoted && !item.contains('《') && vocabulary().slogans.ends(item).is_some()
}

/// A name without what stands in brackets behind it.
fn without_bracket(item: &str) -> &str {
    let open = if item.ends_with(')') {
        item.rfind('(')
    } else if item.ends_with('）') {
        item.rfind('（')
    } else {
        None
    };
    open.map_or(item, |at| &item[..at])
}

/// A list of names, and what closes it behind 等.
pub(super) struct Names {
    /// The names, as places of the sentence.
    pub(super) items: Vec<Span>,
    /// What follows 等; empty where the list ends without.
    pub(super) head: Span,
}

/// The names between two places of a sentence: parted by 、, by quotations that follow each other, and by 和, 及
/// or 与 between two names.
pub(super) fn names(sentence: &Sentence, place: Span) -> Names {
    let text = &sentence.text[place.range()];
    let closed =
        text.match_indices('等').map(|(at, _)| at).rfind(|at| closes(sentence, place, *at));
    let end = closed.map_or(place.end, |at| place.start + at);
    let head =
        Span::new(closed.map_or(place.end, |at| place.start + at + '等'.len_utf8()), place.end);
    let mut items = Vec::new();
    let mut from = place.start;
    let mut previous = ' ';
    for (at, character) in sentence.text[place.start..end].char_indices() {
        let at = place.start + at;
        let opens = matches!((previous, character), ('”', '“') | ('》', '《'));
        if (character == '、' && sentence.depth(at) == 0) || opens {
            items.push(Span::new(from, at));
            from = if opens { at } else { at + character.len_utf8() };
        } else if matches!(character, '和' | '及' | '与')
            && sentence.depth(at) == 0
            && joins(&sentence.text[from..at], &sentence.text[at + character.len_utf8()..end])
        {
            items.push(Span::new(from, at));
            from = at + character.len_utf8();
        }
        previous = character;
    }
    items.push(Span::new(from, end));
    items.retain(|item| !trim(&sentence.text[item.range()]).is_empty());
    Names { items, head }
}

/// The items of an object with those made whole that a 、 inside of one name has parted: 直达甲、乙的航线.
pub(super) fn whole(sentence: &Sentence, items: &[Span]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for item in items.iter().rev() {
        let named = is_named(trim(&sentence.text[item.range()]));
        match found.last_mut() {
            Some(next) if !named && sentence.text[next.range()].contains('的') => {
                next.start = item.start;
            }
            _ => found.push(*item),
        }
    }
    found.reverse();
    found
}

/// Whether 等 at a place of a text closes a list and is no part of a word (初等, 等级).
fn closes(sentence: &Sentence, place: Span, at: usize) -> bool {
    let text = &sentence.text[place.range()];
    let before = text[..at].chars().next_back();
    let after = text[at + '等'.len_utf8()..].chars().next();
    sentence.depth(place.start + at) == 0
        && before.is_some_and(|c| !"高中初上平同均优劣对一二三".contains(c))
        && after.is_none_or(|c| !"级次奖待候".contains(c))
}

/// Whether a conjunction stands between two names rather than inside of one.
fn joins(left: &str, right: &str) -> bool {
    let right = right.split('、').next().unwrap_or(right);
    // 商务区及周边地区规划, 城市和园区建设: one name, closed by one noun.
    let words = vocabulary();
    let closed = words.closing.ends(right.trim_end_matches(['”', '》', '。']));
    if closed.is_some() && words.closing.ends(left.trim_end_matches(['”', '》'])).is_none() {
        return false;
    }
    left.chars().count() >= 4 && right.chars().count() >= 3 && is_named(left) && is_named(right)
}
