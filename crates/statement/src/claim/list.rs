//! Parallel lists: 甲、乙分别下降1%、2%; subjects and numbers are paired in order.

use terms::Span;

use super::measure::{clean, subjects};
use super::{Reader, Reading};
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
        let words = tail(&self.sentence.text[start..numbers[0].start]);
        let subjects = subjects(words.head, numbers.len());
        let whole = lead(words.head);
        let named: Vec<String> = if subjects.len() == numbers.len() {
            subjects.iter().map(|subject| clean(lead(subject).rest).to_owned()).collect()
        } else if clean(whole.rest).is_empty() && self.carry.subjects.len() == numbers.len() {
            self.carry.subjects.clone()
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
}
