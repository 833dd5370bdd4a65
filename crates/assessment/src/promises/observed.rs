//! What the figures of a ledger say of a promise.

use terms::{
    Basis, Better, Facet, FigureAnswer, Fulfilment, ObservationStatus, Period, PromiseOutcome,
    Statement, Status,
};

use super::KnownFigures;
use crate::compare::is_relative;
use crate::figure::{Figure, beyond, difference, hold};

/// What the ledger's figure of the year makes of a promise; `None` where it has none. A promise about somebody else
/// than the region, a rank or a change in an amount has no figure.
pub(super) fn answer(
    promise: &Statement,
    year: i32,
    figures: &KnownFigures,
    better: Option<Better>,
) -> Option<FigureAnswer> {
    let code = promise.indicator.as_deref()?;
    if promise.entity.is_some() || is_relative(promise) {
        return None;
    }
    let facet = match promise.basis? {
        Basis::Level | Basis::Increment => Facet::Level,
        Basis::Growth => Facet::Growth,
        Basis::Rank | Basis::Frequency => return None,
    };
    let year = i16::try_from(year).ok()?;
    let (period, before) = (Period::year_of(year)?, Period::year_of(year.checked_sub(1)?)?);
    let series = figures.series.get(&(code.to_owned(), facet))?;
    let observation = series.at(period)?;
    let value = observation.value.as_ref()?;
    let promised = Figure::of(promise)?;
    let found = Figure::observed(promised.basis, value, &observation.unit);
    let provisional = match observation.status {
        ObservationStatus::Provisional => "（初步数）",
        ObservationStatus::Estimated => "（估计数）",
        _ => "",
    };
    let figures = format!("目标{promised}，台账{year}年{found}{provisional}");
    let answer = |fulfilment, why: &str| FigureAnswer {
        observation: observation.clone(),
        fulfilment,
        reason: if why.is_empty() { figures.clone() } else { format!("{figures}：{why}") },
    };
    // A growth is published on the new definition for both years; a level is not.
    if let Some(change) = series.redefined_between(before, period).filter(|_| facet == Facet::Level)
    {
        let why = format!("统计口径有变：{}", change.reason);
        return Some(answer(Fulfilment::NotComparable, &why));
    }
    let (status, why) = hold(&promised, &found, better);
    let fulfilment = match status {
        Status::Met if beyond(&promised, &found, better) => Fulfilment::Exceeded,
        Status::Met => Fulfilment::Kept,
        Status::Missed => Fulfilment::Missed,
        _ => Fulfilment::NotComparable,
    };
    Some(answer(fulfilment, &why))
}

/// Puts the ledger's figure beside what the report says. Where only one of the two decides, it decides; where they
/// judge differently, neither does.
pub(super) fn weigh(found: &mut PromiseOutcome, figure: FigureAnswer) {
    let said = found.reason.take().unwrap_or_default();
    let both = || format!("{said}；{}", figure.reason);
    let met = |fulfilment: Fulfilment| fulfilment != Fulfilment::Missed;
    let (report, ledger) = (found.fulfilment, figure.fulfilment);
    found.reason = Some(match (report.is_decided(), ledger.is_decided()) {
        (true, true) if met(report) != met(ledger) => {
            found.contradicted = true;
            found.fulfilment = Fulfilment::NotComparable;
            found.difference = None;
            format!("报告与台账不一致：{}", both())
        }
        (false, true) => {
            found.fulfilment = ledger;
            let observed = (&figure.observation.value, Figure::of(&found.promise));
            found.difference = match observed {
                (Some(value), Some(promised)) => {
                    let unit = &figure.observation.unit;
                    difference(&promised, &Figure::observed(promised.basis, value, unit))
                }
                _ => None,
            };
            format!("据台账：{}", figure.reason)
        }
        (false, false) if found.answer.is_none() => {
            found.fulfilment = ledger;
            format!("据台账：{}", figure.reason)
        }
        _ => both(),
    });
    found.figure = Some(figure);
}

/// How far the ledger had figures, in words; `None` without a ledger.
pub(super) fn remark(figures: Option<&KnownFigures>, found: &[PromiseOutcome]) -> Option<String> {
    let figures = figures?;
    let count = found.iter().filter(|outcome| outcome.figure.is_some()).count();
    let day = figures.as_of.map_or(String::new(), |day| format!("按{day}所知，"));
    Some(format!("{day}台账中地区 {} 有 {count} 个承诺的年度数", figures.region))
}
