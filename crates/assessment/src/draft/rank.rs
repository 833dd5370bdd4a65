//! Ranks that the ledger contradicts or does not know, and two ranks of the same thing.

use terms::{Basis, CheckCode, Comparator, DraftFinding, Role, Severity, Statement};

use super::subject::Subject;
use super::{Check, error, quoted};
use crate::compare::name::{folded, without_years};

/// Words between what is ranked and among whom.
const VERBS: &[&str] = &[
    "进入", "入围", "入选", "排名", "位居", "位列", "居于", "排在", "列", "居", "排", "跃居",
    "跻身", "名列", "处于", "保持", "为",
];

/// A rank: of what, among whom, in which year.
#[derive(PartialEq, Eq)]
struct Ranked {
    what: String,
    among: String,
    year: Option<i32>,
}

impl Ranked {
    /// Whether two may be ranks among the same, in the same year.
    fn is_among(&self, other: &Ranked) -> bool {
        let (one, next) = (&self.among, &other.among);
        let named = !one.is_empty() && !next.is_empty();
        self.year == other.year
            && named
            && (one.contains(next.as_str()) || next.contains(one.as_str()))
    }
}

/// Reports ranks that are not right.
pub(super) fn check(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    let mut told: Vec<(Ranked, &Statement)> = Vec::new();
    for (statement, subject, _) in check.statements() {
        let Some(own) = ranked(statement, subject) else { continue };
        let twice =
            told.iter().find(|(other, first)| *other == own && first.value != statement.value);
        if let Some((_, first)) = twice {
            let message = format!(
                "同一位次此处为{}，另一处为{}",
                quoted(&statement.quote),
                quoted(&first.quote)
            );
            let source = format!("本稿另一处：{}", quoted(&first.quote));
            found.push(error(CheckCode::Rank, statement.span, message, source));
        } else {
            found.extend(against(check, statement, &own));
        }
        told.push((own, statement));
    }
}

/// A rank against those that the reports of the ledger tell.
fn against(check: &Check<'_>, statement: &Statement, own: &Ranked) -> Option<DraftFinding> {
    check.known?;
    let mut other: Option<(&Statement, &str)> = None;
    // The same place among the same, of what is named otherwise.
    let mut supported = false;
    for report in &check.reports {
        for (theirs, subject) in report.statements() {
            let Some(ranked) = ranked(theirs, subject) else { continue };
            supported |= theirs.value == statement.value && ranked.is_among(own);
            if ranked != *own {
                continue;
            }
            if theirs.value == statement.value {
                return None;
            }
            other = other.or(Some((theirs, report.title())));
        }
    }
    let Some((theirs, name)) = other else {
        let placed = ["第", "首位", "前", "强"].iter().any(|word| statement.quote.contains(word));
        if supported || !placed {
            return None;
        }
        let message = format!("位次{}在台账中没有依据", quoted(&statement.quote));
        let mut finding =
            error(CheckCode::Rank, statement.span, message, "台账：没有这一位次".to_owned());
        finding.severity = Severity::Warning;
        return Some(finding);
    };
    let message = format!("位次{}，此前文件为{}", quoted(&statement.quote), quoted(&theirs.quote));
    let source = format!("陈述 {}：{name}", theirs.id);
    Some(error(CheckCode::Rank, statement.span, message, source))
}

fn ranked(statement: &Statement, subject: &Subject) -> Option<Ranked> {
    let asked = statement.basis == Some(Basis::Rank)
        && statement.role == Role::Result
        && matches!(statement.comparator, Some(Comparator::Equal | Comparator::AtMost))
        && subject.entity.is_none();
    if !asked {
        return None;
    }
    Some(Ranked {
        what: without_years(&folded(&statement.measure)),
        among: among(&statement.quote),
        year: statement.year,
    })
}

/// Among whom: what stands between the verb and the place.
fn among(quote: &str) -> String {
    let end = ["第", "首位", "首", "榜首", "前"].iter().filter_map(|word| quote.find(word));
    let digit = quote.find(|c: char| c.is_ascii_digit());
    let end = end.chain(digit).min();
    let words = quote.get(..end.unwrap_or(quote.len())).unwrap_or(quote);
    let start = VERBS
        .iter()
        .filter_map(|verb| words.rfind(verb).map(|at| at + verb.len()))
        .max()
        .unwrap_or(0);
    folded(words.get(start..).unwrap_or_default())
}
