//! Figures.

use std::collections::BTreeMap;

use publication::sdmx::data::{
    Action, DataMessage, DataSet, Labels, write_csv, write_generic, write_json, write_specific,
};
use publication::sdmx::error::Failure;
use publication::sdmx::{Cell, Codes, Dimension, Version, cells};

use super::accept::DataFormat;
use super::known::{self, is_withdrawn};
use super::question::Question;
use super::{Answer, Call, fault};

/// Answers a question for figures.
pub(super) fn answer(call: &Call<'_>, key: &str) -> Result<Answer, Failure> {
    let mut question = Question::read(key, &call.pairs, call.version)?;
    question.as_of = question.as_of.or(call.house.day);
    let chosen = call.accept.data(call.version)?;
    let needs_names = match chosen.format {
        DataFormat::Json(_) => true,
        DataFormat::Csv(layout) => layout.labels != Labels::Id,
        DataFormat::Generic | DataFormat::Specific(_) => false,
    };
    let (header, known, codes) = call.read(|ledger| {
        let known = known::figures(ledger, call.guest, &question)?;
        let codes = match needs_names {
            true => known::codes(call.house, ledger, call.guest, question.as_of)?,
            false => Codes::default(),
        };
        Ok((known::header(ledger)?, known, codes))
    })?;
    let found = selected(cells(&known.figures, &known.redefinitions), &question);
    if found.is_empty() && call.version == Version::V21 {
        return Err(fault::nothing());
    }
    let sets: Vec<DataSet<'_>> =
        sets(found, &question).into_iter().map(|set| set.ordered(question.by)).collect();
    let message = DataMessage {
        header: &header,
        codes: &codes,
        sets: &sets,
        by: question.by,
        observations: question.observations,
        numbers: question.numbers,
        attributes: &question.attributes,
    };
    let language = call.accept.language();
    let bytes = match chosen.format {
        DataFormat::Generic => write_generic(&message),
        DataFormat::Specific(version) => write_specific(&message, version),
        DataFormat::Json(form) => write_json(&message, form, language),
        DataFormat::Csv(layout) => {
            write_csv(&message, &layout).map_err(|error| fault::internal(&error.to_string()))?
        }
    };
    Ok(Answer { bytes, media_type: chosen.media_type })
}

/// The figures that fit the question, series by series in the order of time.
pub(super) fn selected<'a>(mut all: Vec<Cell<'a>>, question: &Question) -> Vec<Cell<'a>> {
    all.retain(|cell| {
        question.keys.hold(cell, None)
            && question.filters.iter().all(|filter| filter.holds(cell, None))
            && question.since.is_none_or(|day| cell.figure.vintage >= day)
    });
    all.sort_by(|one, other| one.order(other, &Dimension::SERIES));
    if question.first.is_some() || question.last.is_some() {
        all = ends(&all, question.first, question.last);
    }
    let limit = question.limit.unwrap_or(usize::MAX);
    if question.offset > 0 || question.limit.is_some() {
        all = all.into_iter().skip(question.offset).take(limit).collect();
    }
    all
}

/// Of each series the first and the last times, as many as asked for.
fn ends<'a>(all: &[Cell<'a>], first: Option<usize>, last: Option<usize>) -> Vec<Cell<'a>> {
    let mut found = Vec::new();
    for series in all.chunk_by(|one, other| one.is_beside(other, &Dimension::SERIES)) {
        let times: Vec<&[Cell<'a>]> =
            series.chunk_by(|one, other| one.slot.time == other.slot.time).collect();
        let begin = first.unwrap_or_default();
        let end = times.len().saturating_sub(last.unwrap_or_default());
        let kept = times.iter().enumerate().filter(|(at, _)| *at < begin || *at >= end);
        kept.for_each(|(_, cells)| found.extend_from_slice(cells));
    }
    found
}

/// The sets of an answer: one of figures and one of what is to be forgotten, with history such a pair for each day on
/// which something became known.
fn sets<'a>(found: Vec<Cell<'a>>, question: &Question) -> Vec<DataSet<'a>> {
    let mut days: BTreeMap<_, (Vec<Cell<'a>>, Vec<Cell<'a>>)> = BTreeMap::new();
    for cell in found {
        let day = question.history.then_some(cell.figure.vintage);
        let (held, gone) = days.entry(day).or_default();
        if is_withdrawn(&cell) { gone.push(cell) } else { held.push(cell) }
    }
    let mut sets = Vec::new();
    for (valid_from, (held, gone)) in days {
        for (action, cells) in [(Action::Delete, gone), (Action::Replace, held)] {
            if !cells.is_empty() {
                sets.push(DataSet { action, valid_from, cells });
            }
        }
    }
    sets
}
