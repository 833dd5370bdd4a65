//! Parallel lists: 甲、乙分别下降1%、2%; subjects and numbers are paired in order.

use terms::Span;

use super::measure::{clean, subjects};
use super::{Reader, Reading};
use crate::lexicon::lexicon;
use crate::phrase::{Lead, lead, tail, trim};
use crate::quantity::{Form, Quantity};
use crate::sentence::Clause;

impl<'a> Reader<'a> {
    /// Whether an item is nothing but a number with its unit.
    pub(super) fn is_bare(&self, item: Span, quantities: &[&Quantity]) -> bool {
        let mut inside = quantities.iter().filter(|q| item.contains(q.start));
        let (Some(quantity), None) = (inside.next(), inside.next()) else { return false };
        quantity.form == Form::Plain
            && trim(&self.sentence.text[item.start..quantity.start]).is_empty()
            && trim(&self.sentence.text[quantity.end..item.end]).is_empty()
    }

    /// Subjects and numbers in parallel lists, paired in order: 甲、乙分别下降1%、2%.
    pub(super) fn parallel(
        &mut self,
        clause: &Clause,
        item: Span,
        inside: &[&'a Quantity],
        bare: &[Span],
        quantities: &[&'a Quantity],
        pending: Option<Span>,
    ) -> bool {
        let [first] = inside else { return false };
        let numbers: Vec<&Quantity> = std::iter::once(*first)
            .chain(
                quantities
                    .iter()
                    .copied()
                    .filter(|q| bare.iter().any(|span| span.contains(q.start))),
            )
            .collect();
        let start = pending.map_or(item.start, |span| span.start);
        self.paired(clause, start, &numbers)
    }

    /// Pairs the subjects that stand between `start` and the first number with the numbers.
    pub(super) fn paired(&mut self, clause: &Clause, start: usize, numbers: &[&Quantity]) -> bool {
        let mut words = tail(&self.sentence.text[start..numbers[0].start]);
        // 甲、乙分别新增1项和2项: the verb stands behind the subjects.
        let gained = lexicon().inner.ends(words.head).filter(|word| {
            words.head[..words.head.len() - word.len()].ends_with("分别") && words.change.is_none()
        });
        if let Some(word) = gained {
            let verb = &words.head[words.head.len() - word.len()..];
            words = tail(&words.head[..words.head.len() - verb.len()]);
            self.carry.verb = crate::phrase::verb_at(verb);
            self.carry.here = true;
        }
        // 甲、乙分别完成总工程量的65%和80%: what is said of both stands behind 分别.
        let parted = words.head.rsplit_once("分别").filter(|(names, said)| {
            subjects(names, numbers.len()).len() == numbers.len()
                && !clean(lead(said).rest).is_empty()
        });
        let said = parted.map(|(_, said)| lead(said));
        let head = parted.map_or(words.head, |(names, _)| names);
        let subjects = subjects(head, numbers.len());
        let whole = said.unwrap_or_else(|| lead(words.head));
        let bare = clean(whole.rest).is_empty();
        let told = self.told(numbers.len());
        let named: Vec<String> = if subjects.len() == numbers.len() {
            let own = subjects.iter().map(|subject| clean(lead(subject).rest).to_owned()).collect();
            let mut named = self.compared(completed(own));
            for name in &mut named {
                name.push_str(said.map_or("", |said| clean(said.rest)));
            }
            named
        } else if bare && self.carry.subjects.len() == numbers.len() {
            self.carry.subjects.clone()
        } else if let Some(told) =
            told.filter(|_| bare && self.sentence.text[start..numbers[0].start].contains("分别"))
        {
            told
        } else if words.change.is_some() {
            let own = clean(whole.rest).to_owned();
            let measure =
                if own.is_empty() { self.carry.measure.clone().unwrap_or_default() } else { own };
            vec![measure; numbers.len()]
        } else {
            return false;
        };
        for (number, (measure, quantity)) in named.iter().zip(numbers).enumerate() {
            let basis = self.basis(
                quantity,
                &words,
                &Lead { verb: whole.verb, word: whole.word, ..Lead::default() },
                measure,
                "",
            );
            self.note(|| format!("并列：第{}个数字对应第{}项“{measure}”", number + 1, number + 1));
            let from = match subjects.get(number).filter(|_| subjects.len() == numbers.len()) {
                Some(subject) => subject.as_ptr() as usize - self.sentence.text.as_ptr() as usize,
                None => self.trimmed(start),
            };
            self.push(
                clause,
                quantity,
                &words,
                Reading {
                    basis,
                    measure: measure.to_owned(),
                    entity: None,
                    quote: Span::new(from, quantity.end),
                },
            );
        }
        self.carry.subjects = named;
        true
    }

    /// 分别高于全国、全省7个、3个百分点: each is a comparison of what the sentence is about.
    fn compared(&self, mut named: Vec<String>) -> Vec<String> {
        let Some(first) = named.first() else { return named };
        let word = ["高于", "低于", "快于"].iter().find(|word| first.starts_with(**word));
        let (Some(word), Some(about)) = (word, self.carry.measure.as_deref()) else { return named };
        for name in &mut named {
            let to = name.strip_prefix(word).unwrap_or(name);
            *name = format!("{about}{word}{to}");
        }
        named
    }

    /// The last `count` measures of the sentence, where they differ: 接待游客5万人、收入3亿元,分别增长8%、9%.
    fn told(&self, count: usize) -> Option<Vec<String>> {
        let from = self.found.len().checked_sub(count)?;
        let told: Vec<String> =
            self.found[from..].iter().map(|claim| claim.measure.clone()).collect();
        told.windows(2).all(|pair| pair[0] != pair[1]).then_some(told)
    }
}

/// Subjects that share the noun of the last one: 对东盟、欧盟进出口 speaks of 对东盟进出口.
fn completed(mut subjects: Vec<String>) -> Vec<String> {
    let shared = subjects.last().and_then(|last| lexicon().shared.ends(last)).map(str::to_owned);
    let Some(noun) =
        shared.filter(|noun| subjects.last().is_some_and(|last| last.len() > noun.len()))
    else {
        return subjects;
    };
    for subject in &mut subjects {
        let own = lexicon().shared.ends(subject).is_some()
            || subject.ends_with([
                '率', '数', '量', '额', '值', '资', '入', '积', '力', '比', '业', '情', '件',
            ]) && !subject.ends_with("业");
        if !own {
            subject.push_str(&noun);
        }
    }
    subjects
}
