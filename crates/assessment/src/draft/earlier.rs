//! The statements of the reports in the ledger, each beside the statement of the draft that says the same.

use std::collections::{BTreeMap, HashMap};

use terms::{Basis, CheckCode, Dimension, FiledDocument, Kind, Role, Statement};

use super::hold::{Difference, Held, compared, other_unit, told};
use super::number::{Agreement, agreement, point};
use super::subject::{Names, Subject};
use super::{Check, Draft, Known};
use crate::compare::name::Text;
use crate::figure::{Figure, Shift, shift};

/// From this likeness on two sentences may be two wordings of one claim, in ten-thousandths.
const ALIKE: u32 = 5_000;

/// A report of the ledger.
pub(super) struct Report<'a> {
    pub(super) document: &'a FiledDocument,
    /// What each of its statements is about.
    pub(super) subjects: Vec<Subject>,
    /// The numbers of its statements by what they are about.
    by_name: HashMap<String, Vec<usize>>,
}

impl<'a> Report<'a> {
    /// Its title, else its file's name.
    pub(super) fn title(&self) -> &'a str {
        self.document.profile.title.as_deref().unwrap_or(&self.document.name)
    }

    /// Its statements, each with what it is about.
    pub(super) fn statements(&self) -> impl Iterator<Item = (&'a Statement, &Subject)> {
        self.document.statements.iter().zip(&self.subjects)
    }

    /// Its statements about one thing.
    pub(super) fn about(&self, name: &str) -> impl Iterator<Item = (&'a Statement, &Subject)> {
        let numbers = self.by_name.get(name).into_iter().flatten();
        numbers.filter_map(|number| {
            Some((self.document.statements.get(*number)?, self.subjects.get(*number)?))
        })
    }
}

/// The reports of a ledger that speak of the draft's region.
pub(super) fn reports<'a>(
    names: &Names<'_>,
    draft: &Draft<'_>,
    known: &Known<'a>,
) -> Vec<Report<'a>> {
    let own = &draft.profile.region;
    let same = |document: &&FiledDocument| match (own, &document.profile.region) {
        (Some(own), Some(region)) => own == region,
        // A bulletin without a title of its own kind says its region less plainly.
        _ => document.profile.region.is_none(),
    };
    let report = |document: &'a FiledDocument| {
        let subjects: Vec<Subject> =
            document.statements.iter().map(|statement| names.subject(statement)).collect();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, subject) in subjects.iter().enumerate() {
            by_name.entry(subject.name.clone()).or_default().push(number);
        }
        Report { document, subjects, by_name }
    };
    known.facts.documents.iter().filter(same).map(report).collect()
}

/// What is compared of a statement of a report.
type Key<'a> = (&'a str, Option<&'a str>, Role, Option<i32>, Option<Basis>, bool);

fn key(subject: &Subject) -> Key<'_> {
    let Subject { name, entity, role, year, basis, other, .. } = subject;
    (name, entity.as_deref(), *role, *year, *basis, *other)
}

fn compares(statement: &Statement) -> bool {
    statement.kind == Kind::Quantity
        && statement.year.is_some()
        && matches!(statement.role, Role::Result | Role::Target)
        && !matches!(statement.basis, Some(Basis::Rank) | None)
        && statement.value.as_ref().is_some_and(|value| !value.is_lost())
}

/// What the reports say to each statement. The first report that says the same decides; else the first that says
/// otherwise.
pub(super) fn hold(check: &Check<'_>) -> Vec<Option<Held>> {
    let mut held: Vec<Option<Held>> = vec![None; check.draft.statements.len()];
    let mut own: HashMap<Key<'_>, Vec<usize>> = HashMap::new();
    for (number, (statement, subject)) in
        check.draft.statements.iter().zip(check.subjects).enumerate()
    {
        if compares(statement) {
            own.entry(key(subject)).or_default().push(number);
        }
    }
    for report in &check.reports {
        let document = report.document;
        let mut theirs: BTreeMap<Key<'_>, Vec<&Statement>> = BTreeMap::new();
        for (statement, subject) in report.statements() {
            if compares(statement) {
                theirs.entry(key(subject)).or_default().push(statement);
            }
        }
        for (key, theirs) in theirs {
            let Some(mine) = own.get(&key) else { continue };
            pair(check, document, mine, theirs, &mut held);
        }
    }
    held
}

/// Pairs the statements of one subject: those with the same number first, then what is left by their sentences.
fn pair(
    check: &Check<'_>,
    document: &FiledDocument,
    mine: &[usize],
    mut theirs: Vec<&Statement>,
    held: &mut [Option<Held>],
) {
    let statement = |number: usize| check.draft.statements.get(number);
    let mut left = Vec::new();
    for number in mine.iter().copied() {
        let Some(own) = statement(number) else { continue };
        match theirs.iter().position(|other| same_number(own, other)) {
            Some(found) => {
                theirs.remove(found);
                if let Some(slot) = held.get_mut(number) {
                    *slot = Some(Held::Agrees);
                }
            }
            None => left.push(number),
        }
    }
    for number in left {
        let Some(own) = statement(number) else { continue };
        let plain = check.subjects.get(number).is_some_and(|subject| subject.plain);
        let sentence = Text::new(&own.sentence);
        let likely = theirs
            .iter()
            .enumerate()
            .map(|(place, other)| (sentence.likeness(&Text::new(&other.sentence)), place))
            .filter(|(likeness, _)| plain || *likeness >= ALIKE)
            .max();
        let Some((_, place)) = likely else { continue };
        let other = theirs.remove(place);
        let differs = differs(own, other, document);
        if let Some(slot) = held.get_mut(number)
            && slot.is_none()
        {
            *slot = differs;
        }
    }
}

fn same_number(one: &Statement, other: &Statement) -> bool {
    let figures = (Figure::of(one), Figure::of(other));
    matches!(figures, (Some(one), Some(other)) if shift(&one, &other) == Ok(Shift::Same))
}

/// How a statement differs from the one of a report.
fn differs(own: &Statement, other: &Statement, document: &FiledDocument) -> Option<Held> {
    let name = document.profile.title.as_deref().unwrap_or(&document.name);
    let source = format!("陈述 {}：{name}", other.id);
    let lead = "此前文件为";
    let difference = |code| {
        let known = format!("{lead}{}", told(other));
        Some(Held::Differs(Difference { code, known, source: source.clone(), suggestion: None }))
    };
    let (unit, theirs) = (own.unit.as_ref()?, other.unit.as_ref()?);
    if theirs.dimension() != unit.dimension() {
        let counts = [unit, theirs].map(|unit| unit.dimension());
        // Of things that are counted, another counter is another word.
        let certain = !counts.contains(&Dimension::Unknown) && !counts.contains(&Dimension::Ratio);
        return certain.then(|| difference(CheckCode::Unit)).flatten();
    }
    let exact = other.comparator == Some(terms::Comparator::Equal) && other.upper.is_none();
    if own.role == Role::Result && exact && own.upper.is_none() {
        let exact = other.value.as_ref()?.exact()?;
        let converted = match theirs == unit {
            true => Some(exact),
            false => theirs.convert(exact, unit).map(|value| value.normalize()),
        };
        let Some(value) = converted else {
            return other_unit(own, exact, theirs, lead, source);
        };
        let falls = point(other, theirs).is_some_and(|value| value.is_sign_negative());
        return Some(compared(own, if falls { -value } else { value }, lead, source));
    }
    let growth = own.basis == Some(Basis::Growth);
    let code = match (point(own, unit), point(other, unit)) {
        (Some(own), Some(other)) => match agreement(own, other) {
            Agreement::Magnitude if !growth => CheckCode::Unit,
            Agreement::Sign if growth => CheckCode::Direction,
            Agreement::Agrees => return Some(Held::Agrees),
            _ if growth => CheckCode::Growth,
            _ => CheckCode::Level,
        },
        // A range may say the same as a bound; another range does not.
        (None, None) if growth => CheckCode::Growth,
        (None, None) => CheckCode::Level,
        _ => return None,
    };
    difference(code)
}
