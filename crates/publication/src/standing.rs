//! Where targets stand: as a table for a terminal, as JSON, as comma-separated values.

use std::io::{self, Write};

use serde::Serialize;
use terms::{
    IndicatorStanding, KnownFigure, Outlook, PathPoint, Standing, Standings, Status, TargetFacet,
};
use utoipa::ToSchema;

use crate::csv::{MARK, cause, harmless};
use crate::known::{ObservationRecord, said};
use crate::labels;
use crate::table::{plain, print};

/// A line of counts, then a table of targets with status, figure, chance and reason.
pub fn table(out: &mut impl Write, found: &Standings, width: Option<u16>) -> io::Result<()> {
    let counts: Vec<String> = found
        .counts
        .iter()
        .map(|(status, count)| format!("{} {count}", labels::status(*status)))
        .collect();
    let total = found.indicators.len();
    let counts = counts.join("，");
    writeln!(out, "{}年 {} 项指标，截至 {} 所知：{counts}", found.year, total, found.as_of)?;
    if found.indicators.is_empty() {
        return Ok(());
    }
    let mut table = plain(&["指标", "目标", "状态", "可能", "依据"], width);
    for indicator in &found.indicators {
        for standing in &indicator.targets {
            table.add_row([
                indicator.name.clone(),
                asked(standing),
                labels::status(standing.status).to_owned(),
                standing.outlook.as_ref().map_or(String::new(), |outlook| {
                    format!(
                        "{}%",
                        (outlook.probability * rust_decimal::Decimal::ONE_HUNDRED).round()
                    )
                }),
                standing.reason.clone(),
            ]);
        }
        if !indicator.disagreement.is_empty() {
            table.add_row(["", "", "", "", &indicator.disagreement]);
        }
    }
    print(out, &table)
}

/// What a target asks for, in words.
fn asked(standing: &Standing) -> String {
    let facet = match standing.target.facet {
        TargetFacet::Growth => "增长",
        TargetFacet::Increment => "新增",
        TargetFacet::Rank => "位次",
        TargetFacet::Level => "",
    };
    let (value, unit) = (standing.bound.value, &standing.target.unit);
    let upper = standing.bound.upper.map_or(String::new(), |upper| format!("至{upper}"));
    format!("{facet}{}{value}{upper}{unit}", labels::comparator(standing.target.comparator))
}

/// Where the targets of a region and a year stand, as it is written in JSON; numbers are exact decimals as text.
#[derive(Serialize, ToSchema)]
#[schema(as = Standings)]
pub struct Report<'a> {
    as_of: String,
    region: &'a str,
    year: i16,
    counts: Vec<Count>,
    indicators: Vec<Indicator<'a>>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = StandingCount)]
struct Count {
    status: &'static str,
    status_name: &'static str,
    indicators: usize,
}

#[derive(Serialize, ToSchema)]
#[schema(as = StandingIndicator)]
struct Indicator<'a> {
    code: &'a str,
    name: &'a str,
    period: String,
    status: &'static str,
    status_name: &'static str,
    disagreement: Option<&'a str>,
    targets: Vec<Target<'a>>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = StandingTarget)]
struct Target<'a> {
    code: &'a str,
    facet: &'static str,
    comparator: &'static str,
    value: String,
    upper: Option<String>,
    original_value: String,
    unit: &'a str,
    strength: Option<&'static str>,
    statement: &'a str,
    department: Option<&'a str>,
    status: &'static str,
    status_name: &'static str,
    reason: &'a str,
    figure: Option<Figure<'a>>,
    path: Option<Path>,
    outlook: Option<Likely>,
    without_outlook: Option<&'a str>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = StandingFigure)]
struct Figure<'a> {
    period: String,
    value: String,
    unit: &'a str,
    status: &'static str,
    derived: Option<&'a str>,
    from: Vec<ObservationRecord<'a>>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = StandingPath)]
struct Path {
    expected: String,
    actual: String,
    share_of_year: Option<String>,
    ahead_percent_of_target: String,
    years: usize,
}

#[derive(Serialize, ToSchema)]
#[schema(as = StandingLikely)]
struct Likely {
    mean: String,
    interval_80: [String; 2],
    interval_95: [String; 2],
    probability: String,
    method: &'static str,
    figures: usize,
    needed: Option<Needed>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = StandingNeeded)]
struct Needed {
    sum: String,
    unit: String,
    growth_percent: Option<String>,
    best_growth_percent: Option<String>,
    best_year: Option<i32>,
    years: usize,
}

impl<'a> From<&'a Standings> for Report<'a> {
    fn from(found: &'a Standings) -> Self {
        Report {
            as_of: found.as_of.to_string(),
            region: &found.region,
            year: found.year,
            counts: found.counts.iter().map(|(status, count)| counted(*status, *count)).collect(),
            indicators: found.indicators.iter().map(indicator).collect(),
        }
    }
}

/// Writes one JSON object with counts and indicators; numbers are exact decimals as text.
pub fn json(out: &mut impl Write, found: &Standings) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Report::from(found)).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

fn counted(status: Status, indicators: usize) -> Count {
    Count { status: status.as_str(), status_name: labels::status(status), indicators }
}

fn indicator(one: &IndicatorStanding) -> Indicator<'_> {
    Indicator {
        code: &one.indicator,
        name: &one.name,
        period: one.period.to_string(),
        status: one.status.as_str(),
        status_name: labels::status(one.status),
        disagreement: said(&one.disagreement),
        targets: one.targets.iter().map(target).collect(),
    }
}

fn target(one: &Standing) -> Target<'_> {
    Target {
        code: &one.target.code,
        facet: one.target.facet.as_str(),
        comparator: one.target.comparator.as_str(),
        value: one.bound.value.to_string(),
        upper: one.bound.upper.map(|upper| upper.to_string()),
        original_value: one.target.original.value.to_string(),
        unit: one.target.unit.as_str(),
        strength: one.target.strength.map(terms::Modality::as_str),
        statement: &one.target.statement,
        department: one.target.department.as_deref(),
        status: one.status.as_str(),
        status_name: labels::status(one.status),
        reason: &one.reason,
        figure: one.figure.as_ref().map(figure),
        path: one.path.as_ref().map(path),
        outlook: one.outlook.as_ref().map(likely),
        without_outlook: said(&one.without_outlook),
    }
}

fn figure(known: &KnownFigure) -> Figure<'_> {
    Figure {
        period: known.period.to_string(),
        value: known.value.to_string(),
        unit: known.unit.as_str(),
        status: known.status.as_str(),
        derived: said(&known.derived),
        from: known.from.iter().map(ObservationRecord::from).collect(),
    }
}

fn path(path: &PathPoint) -> Path {
    Path {
        expected: path.expected.to_string(),
        actual: path.actual.to_string(),
        share_of_year: path.share.map(|share| share.to_string()),
        ahead_percent_of_target: path.ahead.to_string(),
        years: path.years,
    }
}

fn likely(outlook: &Outlook) -> Likely {
    let both = |interval: &[rust_decimal::Decimal; 2]| interval.map(|end| end.to_string());
    Likely {
        mean: outlook.mean.to_string(),
        interval_80: both(&outlook.interval_80),
        interval_95: both(&outlook.interval_95),
        probability: outlook.probability.to_string(),
        method: outlook.method,
        figures: outlook.figures,
        needed: outlook.needed.as_ref().map(|needed| Needed {
            sum: needed.sum.to_string(),
            unit: needed.unit.to_string(),
            growth_percent: needed.growth.map(|growth| growth.to_string()),
            best_growth_percent: needed.best.map(|(_, growth)| growth.to_string()),
            best_year: needed.best.map(|(year, _)| year),
            years: needed.years,
        }),
    }
}

/// The columns of the comma-separated values.
const FIELDS: [&str; 19] = [
    "indicator",
    "name",
    "period",
    "target",
    "facet",
    "comparator",
    "value",
    "upper",
    "unit",
    "strength",
    "status",
    "figure",
    "figure_unit",
    "figure_period",
    "expected_by_now",
    "year_end",
    "probability",
    "department",
    "reason",
];

/// Writes a line a target as comma-separated values (RFC 4180, UTF-8 with a byte-order mark).
pub fn csv(out: &mut impl Write, found: &Standings) -> io::Result<()> {
    out.write_all(MARK)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(FIELDS).map_err(cause)?;
    for indicator in &found.indicators {
        for standing in &indicator.targets {
            writer.write_record(row(indicator, standing)).map_err(cause)?;
        }
    }
    writer.flush()
}

fn row(indicator: &IndicatorStanding, standing: &Standing) -> [String; FIELDS.len()] {
    let text = |text: &str| harmless(text).into_owned();
    let Standing { target, figure, .. } = standing;
    let figure = figure.as_ref();
    [
        text(&indicator.indicator),
        text(&indicator.name),
        indicator.period.to_string(),
        text(&target.code),
        target.facet.to_string(),
        target.comparator.to_string(),
        standing.bound.value.to_string(),
        standing.bound.upper.map(|upper| upper.to_string()).unwrap_or_default(),
        text(target.unit.as_str()),
        target.strength.map(|strength| strength.to_string()).unwrap_or_default(),
        standing.status.to_string(),
        figure.map(|known| known.value.to_string()).unwrap_or_default(),
        figure.map(|known| text(known.unit.as_str())).unwrap_or_default(),
        figure.map(|known| known.period.to_string()).unwrap_or_default(),
        standing.path.as_ref().map(|path| path.expected.to_string()).unwrap_or_default(),
        standing.outlook.as_ref().map(|outlook| outlook.mean.to_string()).unwrap_or_default(),
        standing.outlook.as_ref().map(|one| one.probability.to_string()).unwrap_or_default(),
        text(target.department.as_deref().unwrap_or_default()),
        text(&standing.reason),
    ]
}
