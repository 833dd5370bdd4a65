//! Places in an order: 居全省第3,金华第1.

use terms::{Basis, Span};

use super::measure::{clean, split_ranking};
use super::{Place, Read, Reader, Reading};
use crate::lexicon::lexicon;
use crate::phrase::{Tail, lead, trim};

impl<'a> Reader<'a> {
    /// A place in an order.
    pub(super) fn rank(&mut self, place: &Place<'a>) -> Read {
        let quantity = place.quantity;
        let ahead = self.text(Span::new(quantity.start, quantity.end)) == "率先";
        if ahead {
            let measure = trim(place.follows).to_owned();
            let quote = Span::new(self.trimmed(place.left), place.clause.span.end);
            self.push(
                &place.clause,
                quantity,
                &Tail::default(),
                Reading { basis: (Basis::Rank, None), measure, entity: None, quote },
            );
            return Read::Behind;
        }
        let before = trim(place.before);
        let (subject, scope) = split_ranking(before);
        let mut measure = clean(lead(subject).rest).to_owned();
        let scoped = trim(scope);
        if quantity.unit.as_str().ends_with('强') {
            measure = self.listing(place);
        } else if scoped.ends_with(['榜', '单']) {
            measure = scoped.to_owned();
        } else if measure.is_empty()
            || lexicon().general.contains(&measure)
            || (subject.is_empty() && scope.is_empty())
        {
            measure = format!("{}{measure}", self.carry.measure.clone().unwrap_or_default());
        } else if std::ptr::eq(subject.as_ptr(), before.as_ptr())
            && scope.is_empty()
            && self.found.last().is_some_and(|last| last.basis == Basis::Rank)
        {
            // 居全省第3,金华第1: a bare region before the second rank.
            measure = self.found.last().map(|last| last.measure.clone()).unwrap_or(measure);
        }
        if measure.is_empty() {
            measure = before.to_owned();
        }
        self.note(|| {
            format!(
                "位次：“{}”，排的是“{measure}”",
                self.text(Span::new(quantity.start, quantity.end))
            )
        });
        let carried = self.carry.measure.clone();
        let quote = Span::new(self.trimmed(place.left), quantity.end);
        self.push(
            &place.clause,
            quantity,
            &Tail::default(),
            Reading { basis: (Basis::Rank, None), measure, entity: None, quote },
        );
        if carried.is_some() {
            self.carry.measure = carried;
        }
        Read::Behind
    }

    /// The list that somebody entered: 全国县域竞争力 of 进入全国县域竞争力30强, and 全国50强 where only a region is named.
    fn listing(&self, place: &Place<'a>) -> String {
        let before = &self.sentence.text[place.item.start..place.quantity.start];
        let (subject, scope) = split_ranking(before);
        let scope = clean(if scope.is_empty() { subject } else { scope });
        let region = scope.chars().count() <= 2 || matches!(scope, "全球" | "世界" | "中国企业");
        if region {
            format!("{scope}{}{}", place.quantity.value, place.quantity.unit)
        } else {
            scope.to_owned()
        }
    }
}
