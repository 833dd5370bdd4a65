//! Adopted targets that a draft tells more weakly, or not at all.

use std::collections::BTreeSet;

use terms::{
    CheckCode, Comparator, DraftFinding, Kind, Modality, Part, Role, Severity, Span, Statement,
    Target,
};

use super::earlier::Report;
use super::hold::is_target_of;
use super::subject::Subject;
use super::{Check, Known, error, quoted};
use crate::compare::name::Text;
use crate::figure::Figure;

/// How strongly something was adopted.
struct Adopted {
    /// `None` for what is done or not.
    comparator: Option<Comparator>,
    strength: Option<Modality>,
    source: String,
}

/// Reports targets that are told more weakly than they were adopted.
pub(super) fn weaker(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    let Some(known) = check.known else { return };
    for (statement, subject, _) in check.statements() {
        // Whom a milestone is about is a part of its name.
        let elsewhere = subject.entity.is_some() && statement.kind == Kind::Quantity;
        if statement.role != Role::Target || elsewhere || subject.other {
            continue;
        }
        let Some(adopted) = adopted(check, known, statement, subject) else { continue };
        let Some((severity, how)) = weakened(&adopted, statement) else { continue };
        let message = format!("目标{}{how}", quoted(&statement.quote));
        let mut finding = error(CheckCode::Weaker, statement.span, message, adopted.source);
        finding.severity = severity;
        found.push(finding);
    }
}

fn adopted(
    check: &Check<'_>,
    known: &Known<'_>,
    statement: &Statement,
    subject: &Subject,
) -> Option<Adopted> {
    let own = known.targets.iter().find(|target| is_target_of(target, statement, subject));
    if let Some(target) = own {
        let falls = statement.direction == Some(terms::Direction::Down);
        return Some(Adopted {
            comparator: Some(if falls { target.comparator.mirrored() } else { target.comparator }),
            strength: target.strength,
            source: format!("下达的目标：{}", target.code),
        });
    }
    check.reports.iter().find_map(|report| {
        let mut others = report.about(&subject.name).filter(|(other, theirs)| {
            other.role == Role::Target
                && other.year == statement.year
                && other.basis == statement.basis
                && other.kind == statement.kind
                && theirs.entity == subject.entity
        });
        // Of several promises it is not certain which one this is.
        let other = others.next()?.0;
        let alone = others.next().is_none();
        let name = report.title();
        alone.then_some(Adopted {
            comparator: other.comparator,
            strength: other.modality,
            source: format!("陈述 {}：{name}", other.id),
        })
    })
}

fn weakened(adopted: &Adopted, statement: &Statement) -> Option<(Severity, &'static str)> {
    use Comparator::{About, Above, AtLeast, AtMost, Below, Equal};
    let bound = matches!(adopted.comparator, Some(AtLeast | AtMost | Above | Below));
    let exact = adopted.comparator == Some(Equal);
    if (bound || exact) && statement.comparator == Some(About) {
        return Some((Severity::Error, "说成约数，下达的目标是确数或上下限"));
    }
    let softer =
        adopted.strength == Some(Modality::Firm) && statement.modality == Some(Modality::Aim);
    if softer {
        return Some((Severity::Error, "只说力争一类，下达的目标是确定的"));
    }
    let dropped = bound && statement.comparator == Some(Equal);
    dropped.then_some((Severity::Warning, "没有写以上、以内一类，下达的目标是上下限"))
}

/// Reports adopted targets of which the draft tells neither a result nor a target.
pub(super) fn missing(check: &Check<'_>, found: &mut Vec<DraftFinding>) {
    let Some(known) = check.known else { return };
    let profile = check.draft.profile;
    let mut asked = BTreeSet::new();
    for (year, part) in [(profile.result_year, Part::Results), (profile.plan_year, Part::Targets)] {
        let Some(year) = year else { continue };
        let mut before: Option<&Target> = None;
        for target in known.targets.iter().filter(|target| {
            i32::from(target.period.year()) == year
                && target.period.is_year()
                && Some(target.region.as_str()) == known.region
        }) {
            if tells(check, &target.indicator, part, year) {
                before = Some(target);
            } else if asked.insert((target.indicator.clone(), year)) {
                let span = by_statement(check, &target.statement, part, year)
                    .or_else(|| place_of(check, &before?.indicator, part, year));
                let span = span.unwrap_or_else(|| check.heading(part));
                let source = format!("下达的目标：{}", target.code);
                found.push(left_out(check, &target.indicator, year, part, span, source));
            }
        }
        for report in &check.reports {
            let document = report.document;
            for (place, statement) in document.statements.iter().enumerate() {
                let promised = statement.role == Role::Target && statement.year == Some(year);
                let Some(code) = statement.indicator.as_deref().filter(|_| promised) else {
                    continue;
                };
                if statement.entity.is_some()
                    || Figure::of(statement).is_none()
                    || tells(check, code, part, year)
                    || !asked.insert((code.to_owned(), year))
                {
                    continue;
                }
                let span = neighbour(check, report, place, part, year);
                let span = span.unwrap_or_else(|| check.heading(part));
                let source = format!("陈述 {}：{}", statement.id, statement.quote);
                found.push(left_out(check, code, year, part, span, source));
            }
        }
    }
    for report in &check.reports {
        gone(check, report, found);
    }
}

fn left_out(
    check: &Check<'_>,
    code: &str,
    year: i32,
    part: Part,
    span: Span,
    source: String,
) -> DraftFinding {
    let name = check.names.indicator(code).map_or(code, |known| known.name.as_str());
    let message = match part {
        Part::Results => format!("{year}年的目标{}没有报告结果", quoted(name)),
        _ => format!("{year}年的目标{}没有写入", quoted(name)),
    };
    error(CheckCode::TargetMissing, span, message, source)
}

/// Reports promises of the draft's earlier text whose whole sentence is gone, and whose name stands nowhere else.
fn gone(check: &Check<'_>, report: &Report<'_>, found: &mut Vec<DraftFinding>) {
    let document = report.document;
    let profile = check.draft.profile;
    let (Some(year), true) = (profile.plan_year, document.profile.title == profile.title) else {
        return;
    };
    let own: Vec<(&str, Text)> = check
        .draft
        .statements
        .iter()
        .filter(|statement| statement.role == Role::Target)
        .map(|statement| (&*statement.sentence, Text::new(&statement.sentence)))
        .collect();
    let mut told = BTreeSet::new();
    for (place, statement) in document.statements.iter().enumerate() {
        let promised = statement.role == Role::Target
            && statement.year == Some(year)
            && statement.indicator.is_none();
        if !promised || !told.insert(&statement.sentence) {
            continue;
        }
        let sentence = Text::new(&statement.sentence);
        let kept = own.iter().any(|(words, text)| {
            words.contains(&*statement.measure) || text.likeness(&sentence) >= REWORDED
        });
        if kept {
            continue;
        }
        let span = neighbour(check, report, place, Part::Targets, year);
        let span = span.unwrap_or_else(|| check.heading(Part::Targets));
        let message = format!("此前文件的目标{}没有写入", quoted(&statement.quote));
        let source = format!("陈述 {}", statement.id);
        let mut finding = error(CheckCode::TargetMissing, span, message, source);
        finding.severity = Severity::Warning;
        found.push(finding);
    }
}

/// From this likeness on a sentence may be another one reworded, in ten-thousandths.
const REWORDED: u32 = 2_500;

/// Whether the draft tells anything of an indicator's year: in its results a result, or that it is among the headline
/// indicators; in its targets a target.
fn tells(check: &Check<'_>, code: &str, part: Part, year: i32) -> bool {
    let role = if part == Part::Results { Role::Result } else { Role::Target };
    let told = check.about(code).any(|(statement, subject)| {
        subject.indicator && (statement.role == role || statement.year == Some(year))
    });
    let headline = || {
        let outcomes = check.draft.headline.map(|headline| &headline.outcomes);
        outcomes.into_iter().flatten().any(|outcome| outcome.indicator.as_deref() == Some(code))
    };
    told || part == Part::Results && headline()
}

/// Where the draft speaks of an indicator.
fn place_of(check: &Check<'_>, code: &str, part: Part, year: i32) -> Option<Span> {
    let role = if part == Part::Results { Role::Result } else { Role::Target };
    let mut said = check
        .about(code)
        .filter(|(statement, _)| statement.role == role && statement.year == Some(year));
    said.next().map(|(statement, _)| statement.span)
}

/// Where a target stood in the report that promised it: behind the claim before it that the draft has too.
fn by_statement(check: &Check<'_>, id: &str, part: Part, year: i32) -> Option<Span> {
    check.reports.iter().find_map(|report| {
        let statements = &report.document.statements;
        let place = statements.iter().position(|statement| &*statement.id == id)?;
        neighbour(check, report, place, part, year)
    })
}

fn neighbour(
    check: &Check<'_>,
    report: &Report<'_>,
    place: usize,
    part: Part,
    year: i32,
) -> Option<Span> {
    let document = report.document;
    let missing = document.statements.get(place)?;
    let block = document.blocks.iter().find(|block| block.span.contains(missing.span.start));
    let role = if part == Part::Results { Role::Result } else { Role::Target };
    let same = |number: &usize| {
        let other = document.statements.get(*number);
        let inside = |other: &Statement| block?.span.contains(other.span.start).then_some(());
        other.is_some_and(|other| inside(other).is_some())
    };
    let before = (0..place).rev();
    let after = place + 1..document.statements.len();
    // A claim of the same paragraph that the draft has too is nearest, then one before it.
    let near = before.clone().filter(same).chain(after.filter(same)).chain(before);
    let promised = near.filter(|number| {
        document.statements.get(*number).is_some_and(|other| other.role == Role::Target)
    });
    promised.take(NEAR).find_map(|number| {
        let kind = document.statements.get(number)?.kind;
        let name = &report.subjects.get(number)?.name;
        let mut own = check.about(name).filter(|(statement, _)| {
            statement.role == role && statement.year == Some(year) && statement.kind == kind
        });
        own.next().map(|(statement, _)| statement.span)
    })
}

/// So many claims around a promise may tell where it stood.
const NEAR: usize = 40;
