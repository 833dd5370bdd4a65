//! The documents that are made of the ledger: the page that offers them, and the files.

use std::collections::BTreeSet;

use publication::html::{self, ReportsPage};
use publication::report::{Report, ReportError, Sources, docx};
use terms::{Day, Right, Round};

use super::ask::fault;
use super::reply::Reply;
use super::visit::{Refusal, Visit};
use crate::error::Failure;
use crate::report::{self, Asked, Format};
use crate::{bulletin, standing};

/// The page that offers reports.
pub(super) fn page(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let today = visit.today()?;
    let (targets, told, mut rounds) = visit.house.store.read(|ledger| {
        let documents = ledger.facts(None)?.documents;
        let told: Vec<i16> = documents
            .iter()
            .filter_map(|document| i16::try_from(document.profile.result_year?).ok())
            .collect();
        Ok::<_, ledger::LedgerError>((
            standing::targets(ledger, None, None)?,
            told,
            ledger.rounds()?,
        ))
    })?;
    let may = |region: &str| visit.guest.may(Right::Read, region, None);
    let mut counted: Vec<(String, usize)> = Vec::new();
    for target in targets.iter().filter(|target| may(&target.region)) {
        match counted.iter_mut().find(|(code, _)| *code == target.region) {
            Some((_, count)) => *count += 1,
            None => counted.push((target.region.clone(), 1)),
        }
    }
    // The one with most targets is the ledger's own.
    counted.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    let regions: Vec<String> = counted.into_iter().map(|(code, _)| code).collect();
    let begun =
        targets.iter().map(|target| target.period.year()).filter(|year| *year <= today.year());
    let years: BTreeSet<i16> = begun.chain(told).collect();
    let years: Vec<i16> = years.into_iter().rev().collect();
    rounds.sort_by_key(|round| std::cmp::Reverse(round.due));
    let endings: Vec<&str> = Format::ALL.iter().map(|format| format.ending()).collect();
    let page = ReportsPage {
        regions: &regions,
        names: &super::desk::regions(visit)?,
        years: &years,
        today,
        any: !years.is_empty(),
        endings: &endings,
        rounds: &rounds,
    };
    Ok(Reply::page(html::reports(visit.view, &page)))
}

/// The execution report as a file: `format`, `region`, `year`, `as_of` and `sources` in the address.
pub(super) fn execution(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let today = visit.today()?;
    let format = format(visit)?;
    let year = match visit.asked.get("year") {
        Some(text) => Some(text.parse().map_err(|_| fault("year", text, "2024"))?),
        None => None,
    };
    let as_of = match visit.asked.get("as_of") {
        Some(text) => text.parse::<Day>().map_err(|_| fault("as_of", text, &format!("{today}")))?,
        None => today,
    };
    let sources = match visit.asked.get("sources") {
        None | Some("none") => Sources::Hidden,
        Some("footnotes") => Sources::Shown,
        Some(other) => return Err(fault("sources", other, "footnotes | none").into()),
    };
    let region = visit.asked.get("region").map(str::to_owned);
    let asked = Asked { year, region, as_of };
    let made = visit.house.store.read(|ledger| report::execution(ledger, &asked));
    let report = made.map_err(|failure| match failure {
        Failure::Input(said) => {
            fault("year", visit.asked.get("year").unwrap_or_default(), &said).into()
        }
        other => refusal(other),
    })?;
    if let Some(code) = &report.region_code
        && !visit.guest.may(Right::Read, code, None)
    {
        return Err(Refusal::Forbidden(Right::Read));
    }
    file(&report, format, sources)
}

/// The bulletin of a round as a file.
pub(super) fn bulletin(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let today = visit.today()?;
    let code = visit.asked.get("round").unwrap_or_default();
    let made = visit.house.store.read(|ledger| {
        let Some(round): Option<Round> = ledger.round(code)? else { return Ok(None) };
        let mut duties = ledger.progress(code)?;
        duties.retain(|duty| {
            visit.guest.may(Right::Read, &duty.duty.region, Some(&duty.duty.department))
        });
        bulletin::of(ledger, &round, &duties, Some(today)).map(Some)
    })?;
    let made = made.ok_or(Refusal::NotFound)?;
    file(&report::bulletin(&made, None, today), Format::Docx, Sources::Hidden)
}

/// The template of Word documents.
pub(super) fn template(visit: &Visit<'_>) -> Result<Reply, Refusal> {
    visit.demand(Right::Read)?;
    let bytes = docx::template().map_err(|error| Refusal::Failed(error.to_string()))?;
    Ok(Reply::attachment(bytes, Format::Docx.media_type(), "报告模板.docx"))
}

fn format(visit: &Visit<'_>) -> Result<Format, Refusal> {
    let Some(word) = visit.asked.get("format") else { return Ok(Format::Docx) };
    let known = Format::ALL.iter().find(|format| format.ending() == word);
    known.copied().ok_or_else(|| {
        let all: Vec<&str> = Format::ALL.iter().map(|format| format.ending()).collect();
        fault("format", word, &all.join(" | ")).into()
    })
}

fn file(report: &Report, format: Format, sources: Sources) -> Result<Reply, Refusal> {
    let bytes = format.render(report, sources, None).map_err(refusal)?;
    let name = format!("{}.{}", report.title, format.ending());
    Ok(Reply::attachment(bytes, format.media_type(), &name).private())
}

fn refusal(failure: Failure) -> Refusal {
    match failure {
        Failure::Ledger(error) => error.into(),
        Failure::Report(ReportError::Needs(said)) => fault("format", "", &said).into(),
        other => Refusal::Failed(other.to_string()),
    }
}
