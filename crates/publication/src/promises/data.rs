//! An account of promises as data: JSON and comma-separated values.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use terms::{
    FigureAnswer, Fulfilment, PromiseGroup, PromiseMarks, PromiseOutcome, PromiseReport, Work,
    WorkOutcome,
};

use crate::comparison::{Described, statement, unit_of_difference};
use crate::csv::{MARK, cause, harmless};
use crate::record::{FIELDS, Record};

#[derive(Serialize)]
struct Report<'a> {
    year: i32,
    from: Described<'a>,
    to: Described<'a>,
    region: Option<&'a str>,
    as_of: Option<String>,
    counts: BTreeMap<&'a str, usize>,
    #[serde(flatten)]
    marks: Marks,
    method: &'a [String],
    remarks: &'a [String],
    by_department: Vec<Group<'a>>,
    by_strength: Vec<Group<'a>>,
    by_section: Vec<Group<'a>>,
    promises: Vec<Promise<'a>>,
    work_counts: BTreeMap<&'a str, usize>,
    works: Vec<WorkLine<'a>>,
}

#[derive(Serialize)]
struct Marks {
    score: Option<String>,
    kept_rate: Option<String>,
    answered_rate: Option<String>,
}

#[derive(Serialize)]
struct Group<'a> {
    name: Option<&'a str>,
    counts: BTreeMap<&'a str, usize>,
    #[serde(flatten)]
    marks: Marks,
}

#[derive(Serialize)]
struct Promise<'a> {
    outcome: &'a str,
    due: i32,
    department: Option<&'a str>,
    department_source: Option<&'a str>,
    strength: Option<&'a str>,
    report_verdict: Option<&'a str>,
    contradicted: bool,
    matched_by: Option<&'a str>,
    likeness: Option<String>,
    difference: Option<String>,
    difference_unit: Option<&'a str>,
    reason: Option<&'a str>,
    promise: Record<'a>,
    answer: Option<Record<'a>>,
    continued: Option<Record<'a>>,
    mention: Option<WorkRecord<'a>>,
    figure: Option<Figure<'a>>,
}

#[derive(Serialize)]
struct WorkLine<'a> {
    found: &'a str,
    likeness: Option<String>,
    work: WorkRecord<'a>,
    answer: Option<WorkRecord<'a>>,
    continued: Option<WorkRecord<'a>>,
}

#[derive(Serialize)]
struct WorkRecord<'a> {
    quote: &'a str,
    object: &'a str,
    role: &'a str,
    year: Option<i32>,
    start: usize,
    end: usize,
    source_start: usize,
    source_end: usize,
    section: Vec<&'a str>,
    sentence: &'a str,
}

impl<'a> From<&'a Work> for WorkRecord<'a> {
    fn from(work: &'a Work) -> Self {
        WorkRecord {
            quote: &work.quote,
            object: &work.object,
            role: work.role.as_str(),
            year: work.year,
            start: work.characters.start,
            end: work.characters.end,
            source_start: work.source.start,
            source_end: work.source.end,
            section: work.section.iter().map(AsRef::as_ref).collect(),
            sentence: &work.sentence,
        }
    }
}

#[derive(Serialize)]
struct Figure<'a> {
    outcome: &'a str,
    reason: &'a str,
    indicator: &'a str,
    region: &'a str,
    facet: &'a str,
    period: String,
    vintage: String,
    value: Option<String>,
    unit: &'a str,
    status: &'a str,
    source: &'a str,
}

/// Writes an account as one JSON object, both statements of each promise as `read` writes them.
pub fn json(out: &mut impl Write, report: &PromiseReport) -> io::Result<()> {
    let object = Report {
        year: report.year,
        from: (&report.before).into(),
        to: (&report.after).into(),
        region: report.region.as_deref(),
        as_of: report.as_of.map(|day| day.to_string()),
        counts: counts(&report.counts),
        marks: marks(&report.marks),
        method: &report.method,
        remarks: &report.remarks,
        by_department: report.departments.iter().map(group).collect(),
        by_strength: report.strengths.iter().map(group).collect(),
        by_section: report.sections.iter().map(group).collect(),
        promises: report.promises.iter().map(promise).collect(),
        work_counts: report
            .work_counts
            .iter()
            .map(|(found, count)| (found.as_str(), *count))
            .collect(),
        works: report.works.iter().map(work).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &object).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

fn counts<'a>(counts: &[(Fulfilment, usize)]) -> BTreeMap<&'a str, usize> {
    counts.iter().map(|(found, count)| (found.as_str(), *count)).collect()
}

fn marks(marks: &PromiseMarks) -> Marks {
    let text = |mark: Option<rust_decimal::Decimal>| mark.map(|mark| mark.to_string());
    Marks {
        score: text(marks.score),
        kept_rate: text(marks.kept),
        answered_rate: text(marks.answered),
    }
}

fn group(group: &PromiseGroup) -> Group<'_> {
    Group { name: group.name.as_deref(), counts: counts(&group.counts), marks: marks(&group.marks) }
}

fn promise(one: &PromiseOutcome) -> Promise<'_> {
    let department = one.department.as_ref();
    Promise {
        outcome: one.fulfilment.as_str(),
        due: one.due,
        department: department.map(|(name, _)| name.as_str()),
        department_source: department.map(|(_, source)| source.as_str()),
        strength: one.promise.modality.map(terms::Modality::as_str),
        report_verdict: one.verdict.map(terms::Verdict::as_str),
        contradicted: one.contradicted,
        matched_by: one.matched_by.map(terms::MatchedBy::as_str),
        likeness: one.likeness.map(|likeness| likeness.to_string()),
        difference: one.difference.map(|difference| difference.to_string()),
        difference_unit: one.difference.and_then(|_| unit_of_difference(&one.promise)),
        reason: one.reason.as_deref(),
        promise: (&one.promise).into(),
        answer: one.answer.as_ref().map(Record::from),
        continued: one.continued.as_ref().map(Record::from),
        mention: one.mention.as_ref().map(WorkRecord::from),
        figure: one.figure.as_ref().map(figure),
    }
}

fn work(one: &WorkOutcome) -> WorkLine<'_> {
    WorkLine {
        found: one.found.as_str(),
        likeness: one.likeness.map(|likeness| likeness.to_string()),
        work: (&one.work).into(),
        answer: one.answer.as_ref().map(WorkRecord::from),
        continued: one.continued.as_ref().map(WorkRecord::from),
    }
}

fn figure(answer: &FigureAnswer) -> Figure<'_> {
    let known = &answer.observation;
    Figure {
        outcome: answer.fulfilment.as_str(),
        reason: &answer.reason,
        indicator: &known.indicator,
        region: &known.region,
        facet: known.facet.as_str(),
        period: known.period.to_string(),
        vintage: known.vintage.to_string(),
        value: known.value.as_ref().map(ToString::to_string),
        unit: known.unit.as_str(),
        status: known.status.as_str(),
        source: &known.source,
    }
}

/// What stands before the statements' own fields.
const OWN_FIELDS: [&str; 15] = [
    "outcome",
    "due",
    "department",
    "department_source",
    "report_verdict",
    "contradicted",
    "matched_by",
    "likeness",
    "difference",
    "difference_unit",
    "reason",
    "figure_value",
    "figure_unit",
    "figure_vintage",
    "figure_source",
];

/// Writes the promises of an account as comma-separated values (RFC 4180, UTF-8 with a byte-order mark, a line of
/// field names first): what became of each, then the fields of the promise, the result and the new promise.
pub fn csv(out: &mut impl Write, report: &PromiseReport) -> io::Result<()> {
    out.write_all(MARK)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let sides = ["promise", "answer", "continued"];
    let fields = sides.iter().flat_map(|side| FIELDS.map(|field| format!("{side}_{field}")));
    let own = OWN_FIELDS.map(str::to_owned);
    writer.write_record(own.into_iter().chain(fields)).map_err(cause)?;
    for one in &report.promises {
        let promise = Some(one.promise.clone());
        let all = [&promise, &one.answer, &one.continued].map(statement);
        writer
            .write_record(row(one).into_iter().chain(all.into_iter().flatten()))
            .map_err(cause)?;
    }
    writer.flush()
}

fn row(one: &PromiseOutcome) -> [String; OWN_FIELDS.len()] {
    let line = promise(one);
    let text =
        |text: Option<&str>| text.map(|text| harmless(text).into_owned()).unwrap_or_default();
    let figure = line.figure.as_ref();
    [
        line.outcome.to_owned(),
        line.due.to_string(),
        text(line.department),
        line.department_source.unwrap_or_default().to_owned(),
        line.report_verdict.unwrap_or_default().to_owned(),
        line.contradicted.to_string(),
        line.matched_by.unwrap_or_default().to_owned(),
        line.likeness.unwrap_or_default(),
        line.difference.unwrap_or_default(),
        text(line.difference_unit),
        text(line.reason),
        figure.and_then(|figure| figure.value.clone()).unwrap_or_default(),
        text(figure.map(|figure| figure.unit)),
        figure.map(|figure| figure.vintage.clone()).unwrap_or_default(),
        text(figure.map(|figure| figure.source)),
    ]
}
