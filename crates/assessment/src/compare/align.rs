//! Which statement of one document speaks of the same thing as which of the other.
//!
//! All likely pairs are put in order, the surest first, and taken one after another as long as neither side is
//! taken. Ties are broken by the section, then by how far into its document each stands, then by text order, so
//! that the same documents give the same pairs.

use std::cmp::Reverse;

use terms::{Basis, Dimension, MatchedBy, Statement, Unit};

use super::name::{Name, Text, folded};

/// How many likely partners of a statement are kept. More than a few only occur where a text repeats itself.
const PARTNERS: usize = 64;

/// A statement with what is compared of it.
pub(super) struct Item<'a> {
    /// Its number in its list.
    pub(super) number: usize,
    pub(super) statement: &'a Statement,
    pub(super) name: Name,
    pub(super) sentence: Text,
    /// Whom it is about, as names are compared.
    pub(super) entity: Option<String>,
    pub(super) dimension: Option<Dimension>,
    /// Whether its number is a change against an earlier period that its quote names.
    pub(super) relative: bool,
    section: Text,
    /// How far into its document it stands, in ten-thousandths.
    place: usize,
}

/// How surely two statements speak of the same thing; the greater, the surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Score {
    /// The same indicator counts before any likeness of names.
    pub(super) indicator: bool,
    /// Units of the same dimension.
    pub(super) dimension: bool,
    /// How like the names or sentences are.
    pub(super) likeness: u32,
    /// How much more speaks for it than the names, where that matters.
    pub(super) context: u32,
}

/// Two statements that speak of the same thing, by their numbers in the lists that were aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) before: usize,
    pub(super) after: usize,
    pub(super) by: MatchedBy,
    pub(super) likeness: u32,
}

/// The statements that are wanted, ready for comparison.
pub(super) fn items<'a>(
    statements: &'a [Statement],
    wanted: impl Fn(&Statement) -> bool,
) -> Vec<Item<'a>> {
    let count = statements.len().max(1);
    let placed = statements.iter().enumerate().filter(|(_, statement)| wanted(statement));
    let item = |(number, (place, statement)): (usize, (usize, &'a Statement))| Item {
        number,
        statement,
        name: Name::new(&statement.measure),
        sentence: Text::new(&statement.sentence),
        entity: statement.entity.as_deref().map(folded),
        dimension: statement.unit.as_ref().map(Unit::dimension),
        relative: is_relative(statement),
        section: Text::new(statement.section.last().map_or("", |heading| heading)),
        place: place * 10_000 / count,
    };
    placed.enumerate().map(item).collect()
}

/// Whether the number is a change against an earlier period: "比上年增加1000亿元" is no more the amount issued than
/// a growth is a level.
pub(crate) fn is_relative(statement: &Statement) -> bool {
    const EARLIER: [&str; 6] = ["比上年", "较上年", "比去年", "较去年", "同比", "环比"];
    statement.basis != Some(Basis::Growth)
        && EARLIER.iter().any(|word| statement.quote.contains(word))
}

/// Pairs the statements one to one. `score` says how surely two of them speak of the same thing; `by` names what
/// speaks for it where it is not the indicator. The pairs come in the order of the first list.
pub(super) fn align<'a>(
    before: &[Item<'a>],
    after: &[Item<'a>],
    by: MatchedBy,
    score: impl Fn(&Item<'a>, &Item<'a>) -> Option<Score>,
) -> Vec<Pair> {
    let mut likely = Vec::new();
    for one in before {
        let ranked = after.iter().filter_map(|other| {
            let score = score(one, other)?;
            let section = one.section.likeness(&other.section);
            let distance = one.place.abs_diff(other.place);
            Some((Reverse((score, section, Reverse(distance))), one.number, other.number))
        });
        let mut partners: Vec<_> = ranked.collect();
        partners.sort_unstable();
        partners.truncate(PARTNERS);
        likely.append(&mut partners);
    }
    likely.sort_unstable();
    let (mut taken, mut given) = (vec![false; before.len()], vec![false; after.len()]);
    let mut pairs = Vec::new();
    for (Reverse((score, ..)), number, partner) in likely {
        if !taken[number] && !given[partner] {
            (taken[number], given[partner]) = (true, true);
            let by = if score.indicator { MatchedBy::Indicator } else { by };
            pairs.push(Pair { before: number, after: partner, by, likeness: score.likeness });
        }
    }
    pairs.sort_unstable_by_key(|pair| pair.before);
    pairs
}

/// The statements of a list that no pair has.
pub(super) fn alone<'a, 'b>(
    items: &'b [Item<'a>],
    paired: impl Iterator<Item = usize>,
) -> impl Iterator<Item = &'b Item<'a>> {
    let mut free = vec![true; items.len()];
    paired.for_each(|number| free[number] = false);
    items.iter().zip(free).filter(|(_, free)| *free).map(|(item, _)| item)
}
