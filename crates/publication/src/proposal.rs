//! Proposals for targets: as a table for a terminal, as JSON, as comma-separated values.

use std::io::{self, Write};

use rust_decimal::Decimal;
use serde::Serialize;
use terms::{
    GivenWay, Ground, KnownFigure, PlanKind, Proposal, ProposalCondition, Proposals, TargetFacet,
};

use crate::csv::{MARK, cause, harmless};
use crate::known::{ObservationRecord, said};
use crate::labels;
use crate::table::{plain, print};

/// The proposals with their grounds, then conflicts with their ways out, then what was not used.
pub fn table(out: &mut impl Write, found: &Proposals, width: Option<u16>) -> io::Result<()> {
    let state = if found.is_settled() { "各项条件都能满足" } else { "条件互相矛盾" };
    let (year, count, as_of) = (found.year, found.proposals.len(), found.as_of);
    writeln!(out, "{year}年目标建议 {count} 项，截至 {as_of} 所知：{state}")?;
    let heading = ["指标", "往年", "当年", "趋势", "纲要", "上级", "建议", "依据"];
    let mut table = plain(&heading, width);
    for one in &found.proposals {
        let ground = |ground| {
            let found = one.grounds.iter().find(|known| known.ground == ground);
            found.map_or(String::new(), |known| known.value.to_string())
        };
        let past: Vec<String> = one.outcomes.iter().map(|known| known.value.to_string()).collect();
        table.add_row([
            one.name.clone(),
            past.join(" "),
            one.expected.as_ref().map_or(String::new(), |end| end.value.to_string()),
            ground(Ground::Trend),
            ground(Ground::Outline),
            ground(Ground::Superior),
            asked(one),
            one.reason.clone(),
        ]);
    }
    print(out, &table)?;
    for (number, conflict) in found.conflicts.iter().enumerate() {
        writeln!(out, "矛盾 {}：{}", number + 1, conflict.explanation)?;
    }
    if !found.relaxed.is_empty() {
        let ways: Vec<String> =
            found.relaxed.iter().map(|way| given_way(&found.conditions, way)).collect();
        writeln!(out, "代价最小的让步（上表按此）：{}", ways.join("；"))?;
    }
    let mut told: Vec<&str> = Vec::new();
    for (_, why) in &found.unused {
        if told.contains(&why.as_str()) {
            continue;
        }
        told.push(why);
        let same = found.unused.iter().filter(|(_, other)| other == why);
        let names: Vec<&str> = same.map(|(name, _)| name.as_str()).collect();
        writeln!(out, "未用：{}：{why}", names.join("、"))?;
    }
    Ok(())
}

fn given_way(conditions: &[ProposalCondition], way: &GivenWay) -> String {
    match conditions.get(way.condition) {
        Some(one) => format!("“{}”放宽{}{}", one.name, way.by, one.unit),
        None => way.by.to_string(),
    }
}

fn asked(one: &Proposal) -> String {
    let Some(value) = one.value else { return "无".to_owned() };
    let facet = if one.facet == TargetFacet::Growth { "增长" } else { "" };
    let field = PlanKind::named("target").and_then(|kind| kind.field("strength"));
    let strength = one.strength.zip(field);
    let strength = strength.map_or("", |(strength, field)| field.shown(strength.as_str()));
    format!("{strength}{facet}{}{value}{}", labels::comparator(one.comparator), one.unit)
}

#[derive(Serialize)]
struct Report<'a> {
    as_of: String,
    region: &'a str,
    year: i16,
    settled: bool,
    proposals: Vec<Item<'a>>,
    conditions: Vec<Condition<'a>>,
    conflicts: Vec<Conflict<'a>>,
    relaxed: Vec<Way<'a>>,
    unused: Vec<Unused<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    indicator: &'a str,
    name: &'a str,
    facet: &'static str,
    unit: &'a str,
    value: Option<String>,
    comparator: &'static str,
    strength: Option<&'static str>,
    preferred: String,
    step: String,
    outcomes: Vec<Outcome<'a>>,
    expected: Option<Expected>,
    without_expected: Option<&'a str>,
    grounds: Vec<Basis<'a>>,
    outline: Option<Outline<'a>>,
    binding: Vec<usize>,
    reason: &'a str,
}

#[derive(Serialize)]
struct Outcome<'a> {
    period: String,
    value: String,
    unit: &'a str,
    status: &'static str,
    derived: Option<&'a str>,
    sources: Vec<ObservationRecord<'a>>,
}

#[derive(Serialize)]
struct Expected {
    year: i16,
    value: String,
    interval_95: Option<[String; 2]>,
    method: &'static str,
}

#[derive(Serialize)]
struct Basis<'a> {
    ground: &'static str,
    value: String,
    weight: String,
    said: &'a str,
}

#[derive(Serialize)]
struct Outline<'a> {
    target: &'a str,
    year: i16,
    value: String,
    unit: &'a str,
    pace: String,
    share_of_required: Option<String>,
    course: Option<&'static str>,
}

#[derive(Serialize)]
struct Condition<'a> {
    number: usize,
    name: &'a str,
    says: &'a str,
    source: &'a str,
    unit: &'a str,
    bound: Option<String>,
    indicators: &'a [String],
}

#[derive(Serialize)]
struct Conflict<'a> {
    members: &'a [usize],
    remedies: Vec<Way<'a>>,
    explanation: &'a str,
}

#[derive(Serialize)]
struct Way<'a> {
    condition: usize,
    name: Option<&'a str>,
    by: String,
    unit: Option<&'a str>,
}

#[derive(Serialize)]
struct Unused<'a> {
    name: &'a str,
    reason: &'a str,
}

/// Writes one JSON object; numbers are exact decimals as text, conditions are named by their numbers from 0.
pub fn json(out: &mut impl Write, found: &Proposals) -> io::Result<()> {
    let way = |way: &GivenWay| {
        let condition = found.conditions.get(way.condition);
        Way {
            condition: way.condition,
            name: condition.map(|one| one.name.as_str()),
            by: way.by.to_string(),
            unit: condition.map(|one| one.unit.as_str()),
        }
    };
    let conflicts = found.conflicts.iter().map(|conflict| Conflict {
        members: &conflict.members,
        remedies: conflict.remedies.iter().map(way).collect(),
        explanation: &conflict.explanation,
    });
    let conditions = found.conditions.iter().enumerate().map(|(number, one)| Condition {
        number,
        name: &one.name,
        says: &one.says,
        source: &one.source,
        unit: one.unit.as_str(),
        bound: text(one.bound),
        indicators: &one.indicators,
    });
    let report = Report {
        as_of: found.as_of.to_string(),
        region: &found.region,
        year: found.year,
        settled: found.is_settled(),
        proposals: found.proposals.iter().map(item).collect(),
        conditions: conditions.collect(),
        conflicts: conflicts.collect(),
        relaxed: found.relaxed.iter().map(way).collect(),
        unused: found.unused.iter().map(|(name, reason)| Unused { name, reason }).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &report).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

fn text(number: Option<Decimal>) -> Option<String> {
    number.map(|number| number.to_string())
}

fn item(one: &Proposal) -> Item<'_> {
    Item {
        indicator: &one.indicator,
        name: &one.name,
        facet: one.facet.as_str(),
        unit: one.unit.as_str(),
        value: text(one.value),
        comparator: one.comparator.as_str(),
        strength: one.strength.map(terms::Modality::as_str),
        preferred: one.preferred.to_string(),
        step: one.step.to_string(),
        outcomes: one.outcomes.iter().map(outcome).collect(),
        expected: one.expected.as_ref().map(|end| Expected {
            year: end.year,
            value: end.value.to_string(),
            interval_95: end.interval_95.map(|ends| ends.map(|end| end.to_string())),
            method: end.method,
        }),
        without_expected: said(&one.without_expected),
        grounds: one
            .grounds
            .iter()
            .map(|known| Basis {
                ground: known.ground.as_str(),
                value: known.value.to_string(),
                weight: known.weight.to_string(),
                said: &known.said,
            })
            .collect(),
        outline: one.outline.as_ref().map(|pace| Outline {
            target: &pace.target,
            year: pace.year,
            value: pace.value.to_string(),
            unit: pace.unit.as_str(),
            pace: pace.pace.to_string(),
            share_of_required: text(pace.share),
            course: pace.course.map(terms::OutlineCourse::as_str),
        }),
        binding: one.binding.clone(),
        reason: &one.reason,
    }
}

fn outcome(known: &KnownFigure) -> Outcome<'_> {
    Outcome {
        period: known.period.to_string(),
        value: known.value.to_string(),
        unit: known.unit.as_str(),
        status: known.status.as_str(),
        derived: said(&known.derived),
        sources: known.from.iter().map(ObservationRecord::from).collect(),
    }
}

/// The columns of the comma-separated values.
const FIELDS: [&str; 15] = [
    "indicator",
    "name",
    "facet",
    "comparator",
    "value",
    "unit",
    "strength",
    "preferred",
    "expected",
    "trend",
    "outline",
    "superior",
    "settled",
    "binding",
    "reason",
];

/// Writes a line a proposal as comma-separated values (RFC 4180, UTF-8 with a byte-order mark).
pub fn csv(out: &mut impl Write, found: &Proposals) -> io::Result<()> {
    out.write_all(MARK)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(FIELDS).map_err(cause)?;
    for one in &found.proposals {
        writer.write_record(row(one, found)).map_err(cause)?;
    }
    writer.flush()
}

fn row(one: &Proposal, found: &Proposals) -> [String; FIELDS.len()] {
    let safe = |text: &str| harmless(text).into_owned();
    let ground = |ground| {
        let known = one.grounds.iter().find(|known| known.ground == ground);
        known.map(|known| known.value.to_string()).unwrap_or_default()
    };
    let binding: Vec<&str> = one
        .binding
        .iter()
        .filter_map(|number| found.conditions.get(*number))
        .map(|condition| condition.name.as_str())
        .collect();
    [
        safe(&one.indicator),
        safe(&one.name),
        one.facet.to_string(),
        one.comparator.to_string(),
        text(one.value).unwrap_or_default(),
        safe(one.unit.as_str()),
        one.strength.map(|strength| strength.to_string()).unwrap_or_default(),
        one.preferred.to_string(),
        one.expected.as_ref().map(|end| end.value.to_string()).unwrap_or_default(),
        ground(Ground::Trend),
        ground(Ground::Outline),
        ground(Ground::Superior),
        found.is_settled().to_string(),
        safe(&binding.join("；")),
        safe(&one.reason),
    ]
}
