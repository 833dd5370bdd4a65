//! Shares that are told as those of one whole.

use rust_decimal::Decimal;
use terms::{Dimension, Shares, Span};

use super::item;
use crate::numeral::arabic;
use crate::quantity::Quantity;
use crate::sentence::Sentence;

/// Words that say that a ratio of several numbers is the structure of a whole.
const STRUCTURES: &[&str] = &["结构", "比重", "构成", "占比"];

/// Reads the shares of a sentence.
pub(super) fn read(sentence: &Sentence<'_>, numbers: &[Quantity], found: &mut Vec<Shares>) {
    ratios(sentence, found);
    for (at, word) in sentence.text.match_indices("分别占") {
        found.extend(listed(sentence, numbers, at + word.len(), false));
    }
    for (at, word) in sentence.text.match_indices("分别为") {
        let before = sentence.text.get(..at).unwrap_or_default();
        let clause = before.rfind(['，', '；']).unwrap_or(0);
        let words = before.get(clause..).unwrap_or_default();
        // The three kinds of industry are all that there are.
        let sectors = words.contains("产业") && words.contains("一、") && words.contains('三');
        if sectors && STRUCTURES.iter().any(|word| words.contains(word)) {
            let shares = listed(sentence, numbers, at + word.len(), true);
            found.extend(shares.filter(|shares| shares.shares.len() == 3));
        }
    }
}

/// 6.0∶45.4∶48.6.
fn ratios(sentence: &Sentence<'_>, found: &mut Vec<Shares>) {
    let text = sentence.text;
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(first) = rest.find(|c: char| c.is_ascii_digit()) else { break };
        let start = at + first;
        let (shares, length) = ratio(&text[start..]);
        at = start + length.max(1);
        let before = text.get(..start).unwrap_or_default();
        let clause = before.rfind(['，', '。', '；']).unwrap_or(0);
        let words = before.get(clause..).unwrap_or_default();
        if shares.len() >= 3 && STRUCTURES.iter().any(|word| words.contains(word)) {
            let span = Span::new(sentence.start + start, sentence.start + start + length);
            found.push(Shares { shares, complete: true, span });
        }
    }
}

/// The numbers of a ratio at the beginning of a text, and its length.
fn ratio(text: &str) -> (Vec<Decimal>, usize) {
    let (mut shares, mut end) = (Vec::new(), 0);
    let mut at = 0;
    while let Some((amount, length)) = text.get(at..).and_then(arabic) {
        let Some(share) = amount.exact() else { break };
        shares.push(share);
        end = at + length;
        let rest = text.get(end..).unwrap_or_default();
        let rest = rest.strip_prefix(['%', '％']).unwrap_or(rest);
        match rest.strip_prefix(['∶', '：', ':', '︰']) {
            Some(next) => at = text.len() - next.len(),
            None => break,
        }
    }
    (shares, end)
}

/// 分别占22.4%、41.3%、36.3%.
fn listed(
    sentence: &Sentence<'_>,
    numbers: &[Quantity],
    from: usize,
    complete: bool,
) -> Option<Shares> {
    let mut end = from;
    let mut shares = Vec::new();
    for number in numbers.iter().filter(|number| number.start >= from) {
        let between = sentence.text.get(end..number.start)?;
        let goes_on =
            matches!(between, "、" | "和" | "，") || shares.is_empty() && between.is_empty();
        if !goes_on || number.unit.dimension() != Dimension::Share {
            break;
        }
        shares.push(item(sentence, number)?.value);
        end = number.end;
    }
    let span = Span::new(sentence.start + from, sentence.start + end);
    (shares.len() >= 2).then_some(Shares { shares, complete, span })
}
