//! The execution report (计划执行情况报告), drafted from a ledger: what was planned, what came of it, and what is missing,
//! said in brackets for the author. Only what the ledger knows is told.

mod bulletin;
#[cfg(feature = "pdf")]
mod fonts;
mod format;
mod glossary;
mod ground;
mod headline;
mod indicators;
mod lines;
mod stated;
mod words;
mod works;

use ledger::Ledger;
use publication::report::{
    Annex, Block, Column, Figures, IndicatorLine, Report, Run, Sourced, Table, status_name,
};
use terms::{Comparator, Day, Part};

pub(crate) use bulletin::report as bulletin;
pub use format::Format;
pub(crate) use words::date;

use crate::error::Failure;
use ground::Ground;

/// Which report is asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The year; else the latest that the ledger knows something of.
    pub year: Option<i16>,
    /// Name or code of the region; else the only one that has targets or a report.
    pub region: Option<String>,
    /// Figures that became known later are not used.
    pub as_of: Day,
}

/// Drafts the execution report of a ledger.
///
/// # Errors
/// Where the ledger cannot be read, or knows neither targets nor a report of the year and region that are asked for.
pub fn execution(ledger: &Ledger, asked: &Asked) -> Result<Report, Failure> {
    let ground = Ground::gather(ledger, asked)?;
    let (year, region) = (ground.year, ground.region.as_str());
    let works = works::Works::gather(ledger, &ground)?;
    let lines = lines::of(ledger, &ground)?;
    let next = year + 1;
    let planned = ground.plans_next();
    let title = if planned {
        format!(
            "关于{region}{year}年国民经济和社会发展计划执行情况与{next}年国民经济和社会发展计划草案的报告"
        )
    } else {
        format!("关于{region}{year}年国民经济和社会发展计划执行情况的报告")
    };
    let mut blocks = vec![Block::Salutation { text: "各位代表：".to_owned() }];
    blocks.push(plain(&opening(&ground, planned)));
    blocks.push(Block::heading(1, first_heading(&ground)));
    blocks.push(Block::heading(2, "主要指标完成情况"));
    blocks.extend(headline::blocks(&ground));
    blocks.extend(indicators::blocks(&ground, &lines, &works));
    blocks.extend(stated::part(&ground, Part::Results));
    blocks.extend(works.tasks());
    blocks.extend(works.projects());
    blocks.push(Block::heading(2, "存在的主要困难和问题"));
    blocks.extend(problems(&ground, &works));
    let ahead = if ground.is_over() || ground.knows_next() {
        format!("{next}年预期目标与重点工作")
    } else {
        "下一步工作".to_owned()
    };
    blocks.push(Block::heading(1, ahead));
    blocks.extend(indicators::next(&ground));
    blocks.extend(stated::part(&ground, Part::Targets));
    blocks.extend(works.next_steps(&ground));
    if !ground.knows_next() && !works.has_open() {
        blocks.push(gap(&format!("台账里没有{next}年的目标，也没有未办结的任务和问题")));
    }
    let mut annexes = Vec::new();
    if !lines.is_empty() {
        annexes
            .push(Annex {
                title: "主要指标完成情况表".to_owned(), blocks: annex(&ground, &lines)
            });
    }
    annexes.extend(glossary::annex(ledger, &ground, &blocks)?);
    let figures = Figures {
        indicators: lines,
        projects: works.project_lines(),
        project_totals: works.project_totals(),
    };
    Ok(Report {
        title,
        issuer: ground.issuer(),
        region: region.to_owned(),
        region_code: ground.code.clone(),
        year,
        date: date(asked.as_of),
        day: asked.as_of.to_string(),
        blocks,
        annexes,
        figures,
    })
}

fn opening(ground: &Ground, planned: bool) -> String {
    let (region, year) = (&ground.region, ground.year);
    let plan = if planned { format!("和{}年计划草案", year + 1) } else { String::new() };
    format!("现将{region}{year}年国民经济和社会发展计划执行情况{plan}报告如下，请予审议。")
}

/// A year that is not over yet is told up to the day of the report.
fn first_heading(ground: &Ground) -> String {
    let year = ground.year;
    if ground.is_over() {
        format!("{year}年计划执行情况")
    } else {
        format!("{year}年计划执行情况（截至{}）", date(ground.as_of))
    }
}

fn problems(ground: &Ground, works: &works::Works) -> Vec<Block> {
    let mut blocks = stated::part(ground, Part::Problems);
    blocks.extend(works.problems());
    if blocks.is_empty() {
        blocks.push(gap("台账里没有问题清单"));
    }
    blocks
}

fn annex(ground: &Ground, lines: &[IndicatorLine]) -> Vec<Block> {
    let (year, next) = (ground.year, ground.year + 1);
    let columns = vec![
        Column::words("指标", 25),
        Column::words("单位", 11),
        Column::numbers(format!("{year}年目标"), 14),
        // A year that is not over has not been fulfilled yet.
        Column::numbers(format!("{year}年{}", if ground.is_over() { "完成" } else { "实际" }), 14),
        Column::numbers("完成率（%）", 11),
        Column::words("状态", 11),
        Column::numbers(format!("{next}年目标"), 14),
    ];
    let number = |known: &Option<(Comparator, Sourced)>| match known {
        Some((comparator, known)) => {
            Run::from(words::cell(*comparator, known), known.source.clone())
        }
        None => Run::plain("—"),
    };
    let rows = lines.iter().map(|line| {
        vec![
            Run::plain(line.name.as_str()),
            Run::plain(line.unit.as_str()),
            number(&line.target),
            with_part(number(&line.result), &line.part),
            Run::plain(line.completion.map_or("—".to_owned(), |rate| rate.to_string())),
            Run::plain(line.status.map_or("—", status_name)),
            number(&line.next),
        ]
    });
    let mut blocks =
        vec![Block::Table(Table { caption: String::new(), columns, rows: rows.collect() })];
    let without = lines.iter().filter(|line| line.target.is_none() || line.result.is_none());
    let without = without.count();
    if without > 0 {
        blocks.push(gap(&format!("表中{without}行没有目标或完成数，台账里没有这些数")));
    }
    blocks
}

/// A number with the part of the year that it is about.
fn with_part(mut run: Run, part: &str) -> Run {
    if !part.is_empty() {
        run.text += &format!("（{part}）");
    }
    run
}

/// A paragraph of the report's own words.
fn plain(text: &str) -> Block {
    Block::Paragraph { runs: vec![Run::plain(text)] }
}

/// A paragraph that says what the author has to add.
fn gap(what: &str) -> Block {
    Block::Paragraph { runs: vec![Run::missing(what)] }
}
