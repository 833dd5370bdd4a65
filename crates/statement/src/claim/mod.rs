//! From quantities to claims: what is measured, on which basis, with which comparator.
//!
//! A clause is read item by item. A number stands behind its measure (新增企业2家) or before it (6个工程获得……);
//! what a clause does not say for itself (the verb of a list, the subject of 增长) is carried over from what
//! came before in the same sentence.

mod basis;
mod complete;
mod list;
mod measure;
mod place;
mod rank;

use std::cell::RefCell;

use terms::{Amount, Basis, Comparator, Direction, Span, Unit};

use crate::catalogue::Catalogue;
use crate::phrase::{Tail, Verb, lead, trim};
use crate::quantity::{Form, Quantity};
use crate::sentence::{Clause, Sentence};
use measure::trim_open;

/// A claim in a sentence; places are bytes of the sentence.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    pub(crate) value: Amount,
    pub(crate) upper: Option<Amount>,
    pub(crate) unit: Unit,
    pub(crate) comparator: Comparator,
    pub(crate) basis: Basis,
    pub(crate) direction: Option<Direction>,
    pub(crate) measure: String,
    pub(crate) entity: Option<String>,
    pub(crate) quote: Span,
    /// Where the number begins.
    pub(crate) number: usize,
    /// The clause that holds it.
    pub(crate) clause: Span,
    /// The number is no result of its own: the whole of which the sentence tells the parts (30项指标中), or
    /// where something came from (从39个).
    pub(crate) background: bool,
    /// Which rule read what in which words, in Chinese; empty unless asked for.
    pub(crate) why: Vec<String>,
}

/// No list of subjects has more numbers than this; what is longer is no text, and looking through all of it for
/// each of its items would cost without end.
const LONGEST_LIST: usize = 32;

/// What a sentence carries from clause to clause.
#[derive(Default)]
struct Carry<'a> {
    measure: Option<String>,
    verb: Option<(Verb, &'a str)>,
    cumulative: bool,
    /// The verb stands in the clause that is being read.
    here: bool,
    /// The subjects of the last parallel list: 甲和乙分别达到1、2,分别增长3%、4%.
    subjects: Vec<String>,
}

/// The claims of a sentence, in the order of their numbers.
pub(crate) fn claims(
    sentence: &Sentence,
    quantities: &[Quantity],
    catalogue: &Catalogue,
    explain: bool,
) -> Vec<Claim> {
    let mut reader = Reader {
        sentence,
        catalogue,
        carry: Carry::default(),
        found: Vec::new(),
        explain,
        notes: RefCell::default(),
    };
    for clause in sentence.clauses() {
        let inside: Vec<&Quantity> = quantities
            .iter()
            .filter(|q| {
                clause.span.contains(q.start) && (sentence.depth(q.start) != 0) == clause.bracketed
            })
            .collect();
        reader.clause(clause, &inside);
    }
    let mut found = reader.found;
    found.sort_by_key(|claim| claim.number);
    found
}

struct Reader<'a> {
    sentence: &'a Sentence<'a>,
    catalogue: &'a Catalogue,
    carry: Carry<'a>,
    found: Vec<Claim>,
    explain: bool,
    /// What was noted since the last claim.
    notes: RefCell<Vec<String>>,
}

/// A quantity with the words that belong to it.
struct Place<'a> {
    quantity: &'a Quantity,
    clause: Clause,
    item: Span,
    /// Where the words before the number begin.
    left: usize,
    before: &'a str,
    /// Words after the number up to the next number or the end of the item.
    after: &'a str,
    /// Words after the number up to the end of the clause.
    follows: &'a str,
    /// The first of several items without a number before this one, where there are any.
    pending: Option<Span>,
    /// The next quantity in the same item.
    next: Option<&'a Quantity>,
    /// The previous quantity in the same item stood before its noun: that noun is an entity.
    owner: Option<Span>,
}

impl<'a> Reader<'a> {
    fn text(&self, span: Span) -> &'a str {
        &self.sentence.text[span.range()]
    }

    fn clause(&mut self, clause: &Clause, quantities: &[&'a Quantity]) {
        let opening = lead(trim_open(self.text(clause.span)));
        if clause.bracketed {
            self.carry_from_before(clause.span.start);
        } else if let Some(verb) = opening.verb {
            self.carry.verb = Some((verb, opening.word));
            self.carry.cumulative = opening.cumulative;
            self.carry.here = true;
        } else if clause.strong {
            self.carry = Carry::default();
        } else {
            self.carry.here = false;
        }
        if quantities.is_empty() {
            return;
        }
        let items = self.sentence.items(clause);
        let mut pending: Option<Span> = None;
        let mut number = 0;
        while number < items.len() {
            let item = items[number];
            let inside: Vec<&'a Quantity> =
                quantities.iter().copied().filter(|q| item.contains(q.start)).collect();
            if inside.is_empty() {
                pending = Some(Span::new(pending.map_or(item.start, |span| span.start), item.end));
                number += 1;
                continue;
            }
            let bare = items[number + 1..]
                .iter()
                .take(LONGEST_LIST)
                .take_while(|span| self.is_bare(**span, quantities))
                .count();
            if bare > 0
                && self.parallel(
                    clause,
                    item,
                    &inside,
                    &items[number + 1..=number + bare],
                    quantities,
                    pending,
                )
            {
                number += bare + 1;
                pending = None;
                continue;
            }
            self.item(clause, item, &inside, pending);
            pending = None;
            number += 1;
        }
    }

    /// The measure of the last claim before a bracket.
    fn carry_from_before(&mut self, at: usize) {
        let last =
            self.found.iter().filter(|claim| claim.number < at).max_by_key(|claim| claim.number);
        self.carry = Carry { measure: last.map(|claim| claim.measure.clone()), ..Carry::default() };
    }

    fn item(
        &mut self,
        clause: &Clause,
        item: Span,
        inside: &[&'a Quantity],
        pending: Option<Span>,
    ) {
        let mut left = item.start;
        let mut owner = None;
        let mut number = 0;
        while number < inside.len() {
            let quantity = inside[number];
            // 甲和乙分别增长1%和2%.
            let joined = inside[number + 1..]
                .iter()
                .zip(&inside[number..])
                .take_while(|(next, this)| {
                    next.form == Form::Plain && is_joint(&self.sentence.text[this.end..next.start])
                })
                .count();
            if joined > 0 {
                let start =
                    if number == 0 { pending.map_or(left, |span| span.start) } else { left };
                if self.paired(clause, start, &inside[number..=number + joined]) {
                    number += joined + 1;
                    left = inside[number - 1].end;
                    continue;
                }
            }
            let next = inside.get(number + 1).copied();
            let after_end = next.map_or(item.end, |next| next.start);
            let place = Place {
                quantity,
                clause: *clause,
                item,
                left,
                before: &self.sentence.text[left..quantity.start],
                after: &self.sentence.text[quantity.end..after_end],
                follows: &self.sentence.text[quantity.end..clause.span.end.max(quantity.end)],
                pending: pending.filter(|_| number == 0),
                next,
                owner,
            };
            match self.place(&place) {
                Read::Attribute => {}
                Read::Behind => {
                    left = quantity.end;
                    owner = None;
                }
                Read::Before(end) => {
                    owner = Some(Span::new(quantity.start, end));
                    left = end;
                }
            }
            number += 1;
        }
    }

    /// Notes a step of reading, where an explanation was asked for.
    fn note(&self, words: impl FnOnce() -> String) {
        if self.explain {
            self.notes.borrow_mut().push(words());
        }
    }

    fn push(&mut self, clause: &Clause, quantity: &Quantity, words: &Tail, reading: Reading) {
        let Reading { basis: (basis, direction), measure, entity, quote } = reading;
        let comparator = match (quantity.suffix, words.comparator) {
            (Some(suffix), _) if quantity.upper.is_some() => suffix,
            (Some(Comparator::Above), Some(before)) => before,
            (Some(suffix), _) => suffix,
            (None, Some(before)) => before,
            (None, None) => Comparator::Equal,
        };
        self.note(|| {
            let range =
                quantity.upper.as_ref().map(|upper| format!("—{upper}")).unwrap_or_default();
            format!("数字：{}{range}，单位“{}”", quantity.value, quantity.unit)
        });
        if comparator != Comparator::Equal {
            self.note(|| match words.comparing {
                "" => format!(
                    "比较：数字后的“{}” → {comparator}",
                    &self.sentence.text[quantity.unit_end..quantity.end]
                ),
                word => format!("比较：“{word}” → {comparator}"),
            });
        }
        if let Some(direction) = words.change {
            self.note(|| {
                format!(
                    "变化：“{}” → {}",
                    words.changing,
                    if direction == Direction::Up { "增" } else { "减" }
                )
            });
        }
        self.carry.measure = Some(measure.clone());
        self.found.push(Claim {
            value: quantity.value.clone(),
            upper: quantity.upper.clone(),
            unit: quantity.unit.clone(),
            comparator,
            basis,
            direction,
            measure,
            entity: entity.filter(|entity| !entity.is_empty()),
            quote,
            number: quantity.start,
            clause: clause.span,
            background: words.origin,
            why: self.notes.take(),
        });
    }

    /// The first place at or after `at` that is no space or separator.
    fn trimmed(&self, at: usize) -> usize {
        let rest = &self.sentence.text[at..];
        at + (rest.len()
            - rest.trim_start_matches([' ', '、', '，', ',', '；', '—', '-', '\u{3000}']).len())
    }
}

/// Whether nothing but "and" stands between two numbers.
fn is_joint(between: &str) -> bool {
    matches!(trim(between), "和" | "与" | "及" | "以及")
}

/// What a number was read as.
struct Reading {
    basis: (Basis, Option<Direction>),
    measure: String,
    entity: Option<String>,
    quote: Span,
}

/// How a number was read.
enum Read {
    /// It is part of the name of what the next number counts.
    Attribute,
    /// Its measure stood before it.
    Behind,
    /// What it counts stood behind it, up to here.
    Before(usize),
}
