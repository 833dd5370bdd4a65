//! `duixian observations check`: figures held against rules.

use std::collections::BTreeMap;
use std::path::Path;

use assessment::FigureAt;
use assessment::formula::Figures;
use ledger::Ledger;
use terms::Facet;

use super::super::output::Output;
use super::super::progress::Progress;
use super::{placed, said};
use crate::check;
use crate::error::Failure;
use crate::figures::LedgerFigures;

/// Checks all figures of a ledger by the rules of the program and of the ledger, as known now.
pub(super) fn run(path: &Path) -> Result<(), Failure> {
    let ledger = Ledger::open_read_only(path)?;
    let catalogue = statement::catalogue();
    let rules = check::rules(&ledger, &catalogue)?;
    let observed = ledger.observed()?;
    let progress = Progress::of(format!("正在检查 {}", path.display()));
    let mut regions: BTreeMap<&str, Vec<(&str, Facet)>> = BTreeMap::new();
    for (code, region, facet, _) in &observed {
        regions.entry(region).or_default().push((code, *facet));
    }
    let figures = LedgerFigures::of(&ledger, regions.keys().copied());
    let mut findings = Vec::new();
    for (region, known) in &regions {
        let mut all = Vec::new();
        for (indicator, facet) in known {
            let series = figures.series(indicator, region, *facet).unwrap_or_default();
            let at = |period| FigureAt { indicator, region, facet: *facet, period };
            all.extend(series.observations.iter().map(|known| at(known.period)));
        }
        for finding in rules.check_all(&figures, all) {
            let series = figures.series(&finding.indicator, region, finding.facet);
            let figure = series.and_then(|series| series.at(finding.period).map(said));
            findings.push((figure.unwrap_or_default(), finding));
        }
        figures.forget()?;
    }
    drop(progress);
    findings.sort_by(|(_, one), (_, other)| one.indicator.cmp(&other.indicator));
    Output::Standard.write(|out| {
        for (figure, finding) in &findings {
            let code = &finding.indicator;
            let known = catalogue.iter().find(|known| known.code == *code);
            let (name, place) = (known.map_or("", |known| &known.name), placed(&finding.region));
            let severity = finding.severity.chinese();
            writeln!(out, "{code} {name}\t{place}\t{figure}\t{finding}\t{severity}")?;
        }
        writeln!(
            out,
            "检查 {} 个序列，提醒 {} 处；提醒不等于错误，请核对或说明原因",
            observed.len(),
            findings.len()
        )
    })
}
