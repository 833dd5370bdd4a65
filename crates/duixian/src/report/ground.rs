//! What a report rests on: region, year, targets with where they stand, and the documents of the ledger.

use std::collections::BTreeSet;

use ledger::Ledger;
use terms::{
    Assessment, Day, DocumentAssessment, FiledDocument, IndicatorStanding, Region, Role, Statement,
    Target, covers,
};

use super::Asked;
use crate::error::Failure;
use crate::standing::{self, Judge};

/// What a report rests on.
pub(super) struct Ground {
    /// Name of the region.
    pub(super) region: String,
    /// Its code, where it is known.
    pub(super) code: Option<String>,
    pub(super) year: i16,
    pub(super) as_of: Day,
    /// Where the targets of the year stand.
    pub(super) standings: Vec<IndicatorStanding>,
    /// The targets of the next year.
    pub(super) next: Vec<Target>,
    /// The documents of the region.
    documents: Vec<DocumentAssessment>,
}

impl Ground {
    pub(super) fn gather(ledger: &Ledger, asked: &Asked) -> Result<Ground, Failure> {
        let assessment = assessment::assess(ledger.facts(None)?);
        let as_of = asked.as_of;
        let (code, region) = region(ledger, &assessment, asked)?;
        let targets = match &code {
            Some(code) => standing::targets(ledger, Some(code), None)?,
            None => Vec::new(),
        };
        let own = |document: &DocumentAssessment| match &document.document.profile.region {
            Some(named) => *named == region || code.is_some() && code_of(ledger, named) == code,
            None => false,
        };
        let documents: Vec<DocumentAssessment> =
            assessment.documents.into_iter().filter(own).collect();
        let told = documents.iter().filter_map(|one| result_year(&one.document));
        let year = asked.year.or_else(|| told.chain(standing::latest_year(&targets, as_of)).max());
        let Some(year) = year else {
            return Err(Failure::Input(format!(
                "台账里没有{region}的目标和报告（应先以 duixian import 导入报告，或以 duixian enter target 录入目标）"
            )));
        };
        let standings = match &code {
            Some(code) => {
                let asked = (code.as_str(), year, as_of);
                Judge::default().standings(ledger, asked, &targets)?.indicators
            }
            None => Vec::new(),
        };
        let years: BTreeSet<i16> = targets.iter().map(|target| target.period.year()).collect();
        let next = targets.into_iter().filter(|target| target.period.year() == year + 1).collect();
        let ground = Ground { region, code, year, as_of, standings, next, documents };
        if ground.standings.is_empty() && ground.report().is_none() {
            return Err(Failure::Input(ground.nothing(years)));
        }
        Ok(ground)
    }

    /// That there is nothing of the year, with the years of which there is something.
    fn nothing(&self, mut years: BTreeSet<i16>) -> String {
        years.extend(self.documents.iter().filter_map(|one| result_year(&one.document)));
        let years: Vec<String> = years.iter().map(i16::to_string).collect();
        let (region, year) = (&self.region, self.year);
        format!("台账里没有{region}{year}年的目标，也没有该年的报告（应为 {}）", years.join("、"))
    }

    /// The report that tells the results of the year.
    pub(super) fn report(&self) -> Option<&DocumentAssessment> {
        let of_year = |one: &&DocumentAssessment| result_year(&one.document) == Some(self.year);
        // A bulletin of the same year tells results as well, but only a report has parts.
        let report = |one: &&DocumentAssessment| one.document.profile.plan_year.is_some();
        let mut all = self.documents.iter().filter(of_year);
        all.clone().find(report).or_else(|| all.next())
    }

    /// The statements of the region's documents on the region itself, each with its document.
    pub(super) fn statements(&self) -> impl Iterator<Item = (&FiledDocument, &Statement)> {
        let documents = self.documents.iter();
        documents
            .flat_map(|one| one.statements.iter().map(move |own| (&one.document, &own.statement)))
            .filter(|(_, statement)| statement.entity.is_none())
    }

    /// Whether the year is over on the day of the report.
    pub(super) fn is_over(&self) -> bool {
        self.as_of.year() > self.year
    }

    /// Whether a plan for the next year is told of in full.
    pub(super) fn plans_next(&self) -> bool {
        let next = i32::from(self.year) + 1;
        self.report().is_some_and(|one| one.document.profile.plan_year == Some(next))
            || !self.next.is_empty()
    }

    /// Whether anything is promised for the next year.
    pub(super) fn knows_next(&self) -> bool {
        let next = i32::from(self.year) + 1;
        let promised = |own: &Statement| own.role == Role::Target && own.year == Some(next);
        !self.next.is_empty() || self.statements().any(|(_, own)| promised(own))
    }

    /// Who reports: the body that the report names, or a gap.
    pub(super) fn issuer(&self) -> String {
        let reports = |one: &&DocumentAssessment| one.document.profile.plan_year.is_some();
        let mut reports = self.documents.iter().filter(reports);
        let named = reports.find_map(|one| one.document.profile.issuer.clone());
        named.unwrap_or_else(|| "【缺：报告机关】".to_owned())
    }
}

fn result_year(document: &FiledDocument) -> Option<i16> {
    i16::try_from(document.profile.result_year?).ok()
}

fn code_of(ledger: &Ledger, written: &str) -> Option<String> {
    ledger.region_code(written).ok()
}

/// Code and name of the region: the one that is asked for, that of the targets, or that of the latest report.
fn region(
    ledger: &Ledger,
    assessment: &Assessment,
    asked: &Asked,
) -> Result<(Option<String>, String), Failure> {
    if let Some(written) = &asked.region {
        return match ledger.region_code(written) {
            Ok(code) => {
                let name = name_of(ledger, &code, asked.as_of)?;
                Ok((Some(code), name))
            }
            // A report may be of a region that no table has.
            Err(error) => match named(assessment).find(|name| name == written) {
                Some(name) => Ok((None, name.to_owned())),
                None => Err(error.into()),
            },
        };
    }
    let with_targets: BTreeSet<String> =
        standing::targets(ledger, None, None)?.into_iter().map(|target| target.region).collect();
    let reported: Vec<&str> = named(assessment).collect();
    let latest = reported.first().and_then(|name| code_of(ledger, name));
    // A county whose towns have targets of their own is the one that reports.
    let covers_all = |above: &&String| with_targets.iter().all(|code| covers(above, code));
    if let Some(code) = with_targets.iter().find(covers_all) {
        return Ok((Some(code.clone()), name_of(ledger, code, asked.as_of)?));
    }
    let several: Vec<String> = with_targets.iter().cloned().collect();
    match (&several[..], latest, reported.first()) {
        ([], Some(code), _) => {
            let name = name_of(ledger, &code, asked.as_of)?;
            Ok((Some(code), name))
        }
        ([], None, Some(name)) => Ok((None, (*name).to_owned())),
        ([], None, None) => Err(Failure::Input(
            "台账里没有目标和报告（应先以 duixian import 导入报告，或以 duixian enter target 录入目标）"
                .to_owned(),
        )),
        (several, _, _) => Err(Failure::Input(format!(
            "有目标的地区不止一个（请用 --region 指明：{}）",
            several.join("、")
        ))),
    }
}

/// The regions of the documents, the latest first.
fn named(assessment: &Assessment) -> impl Iterator<Item = &str> {
    assessment.documents.iter().filter_map(|one| one.document.profile.region.as_deref())
}

fn name_of(ledger: &Ledger, code: &str, day: Day) -> Result<String, Failure> {
    let place = ledger.region_at(code, day)?;
    let table = || Region::of_code(code).map(|region| region.name.to_owned());
    Ok(place.map(|place| place.name).or_else(table).unwrap_or_else(|| code.to_owned()))
}
