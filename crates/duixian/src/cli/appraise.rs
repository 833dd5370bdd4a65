//! `duixian appraise`: a project, a region or an enterprise by a scheme.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use assessment::appraisal::{Appraisal, Line, Outcome, RUNS, SPREAD, Struck, Verdict};
use assessment::formula::Reading;
use clap::{Args, ValueEnum};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use terms::{Day, Period, Scheme, SchemeAnswer};

use super::list::{moment, refusal};
use super::output::{self, Output};
use super::schemes::{ledger_of, missing, read, warn};
use super::{day_or_today, table_file};
use crate::appraise::{self, Found, From, Known, Trouble};
use crate::error::Failure;

/// What `duixian appraise` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 方案的代码、代码@版本，或方案文件（scheme: code, code@version or file）
    #[arg(value_name = "方案", help_heading = "参数")]
    scheme: String,
    /// 台账文件，默认 duixian.db（ledger file）
    #[arg(long, value_name = "台账", help_heading = "选项")]
    ledger: Option<PathBuf>,
    /// 评价谁：项目代码、地区或企业（whom: project, region or enterprise）
    #[arg(long, value_name = "对象", help_heading = "选项")]
    subject: Option<String>,
    /// 评价的时期，默认截至日所在年（period, by default the year of the day）
    #[arg(long, value_name = "时期", help_heading = "选项")]
    period: Option<Period>,
    /// 作答表：CSV，列 criterion、value、evidence、note，可有 subject（answers）
    #[arg(long, value_name = "文件", help_heading = "选项")]
    answers: Option<PathBuf>,
    /// 按这一天所知，默认今天（as known on this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    as_of: Option<Day>,
    /// 权重变动的随机种子（seed）
    #[arg(long, value_name = "数", default_value_t = 1, help_heading = "选项")]
    #[arg(hide_default_value = true)]
    seed: u64,
    /// 输出格式：table（默认）、json（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
}

/// How something is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Table,
    Json,
}

/// What was appraised, for whoever prints it.
struct Told<'a> {
    scheme: &'a Scheme,
    from: From,
    found: &'a Found,
    period: Period,
    day: Day,
    seed: u64,
    appraisal: &'a Appraisal,
}

/// Appraises.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let day = day_or_today(arguments.as_of)?;
    let as_of = arguments.as_of.map(|day| moment(&day.to_string()));
    let ledger = ledger_of(arguments.ledger.as_deref())?;
    let catalogue = statement::catalogue();
    let Known { checked, from, .. } = if arguments.scheme.ends_with(".toml") {
        let (checked, content) = read(Path::new(&arguments.scheme))?;
        Known { checked, content, from: From::File }
    } else {
        let (known, notes) = appraise::known(ledger.as_ref(), &catalogue)?;
        warn(&notes);
        appraise::chosen(known, &arguments.scheme, day).ok_or_else(|| missing(&arguments.scheme))?
    };
    let scheme = checked.scheme();
    let kind = scheme.subject.chinese();
    let Some(written) = arguments.subject.as_deref() else {
        let said = format!("没有说明评价哪个{kind}（应以 --subject 给出）");
        return Err(Failure::Input(said));
    };
    let year = || Period::year_of(day.year());
    let period = arguments.period.or_else(year).ok_or_else(|| {
        Failure::Input("这一天没有可用的年度（应以 --period 给出时期）".to_owned())
    })?;
    // What is due behind the end of the period, or after the day, does not count yet.
    let next = Day::new(period.year(), period.last_month(), 1).and_then(|day| day.plus_months(1));
    let last = next.and_then(|next| next.plus_days(-1)).map_or(day, |last| last.min(day));
    let at = (last, as_of.as_deref());
    let found = appraise::subject(ledger.as_ref(), scheme.subject, written, at);
    let found = found.map_err(refusal)?.ok_or_else(|| {
        Failure::Input(format!("没有{kind}“{written}”（应为台账中的代码，台账以 --ledger 给出）"))
    })?;
    let (lines, answers) = match &arguments.answers {
        Some(file) => answers(file, written, &found)?,
        None => (Vec::new(), Vec::new()),
    };
    let (at, seed) = ((period, arguments.as_of), arguments.seed);
    let done = appraise::appraise(ledger.as_ref(), &checked, &found, at, &answers, seed);
    let appraisal = done.map_err(|trouble| match trouble {
        Trouble::Ledger(error) => error.into(),
        Trouble::Answers(errors) => {
            let file = arguments.answers.as_deref().unwrap_or(Path::new("")).display().to_string();
            let line = |place: usize| lines.get(place).copied().unwrap_or_default();
            let faults = errors.iter().map(|error| format!("第 {} 行：{error}", line(error.place)));
            match faults.collect::<Vec<_>>().as_slice() {
                [one] => Failure::Input(format!("{file}：{one}")),
                faults => match output::refuse_table(&file, faults) {
                    Err(failure) => failure,
                    Ok(()) => Failure::Failed(file),
                },
            }
        }
    })?;
    let told = Told { scheme, from, found: &found, period, day, seed, appraisal: &appraisal };
    match arguments.format {
        Format::Json => output::json(&as_json(&told)),
        Format::Table => Output::Standard.write(|out| print(out, &told)),
    }
}

/// The answers of a table that are about a subject, with their lines.
fn answers(
    file: &Path,
    subject: &str,
    found: &Found,
) -> Result<(Vec<u64>, Vec<SchemeAnswer>), Failure> {
    let columns = [
        ("criterion", "准则"),
        ("value", "值"),
        ("evidence", "证明材料"),
        ("note", "备注"),
        ("subject", "对象"),
    ];
    let mut lines = Vec::new();
    let mut answers = Vec::new();
    for row in table_file::read(file, &columns, 2)? {
        let mut cells = row.cells.iter().cloned();
        let mut cell = || cells.next().unwrap_or_default();
        let (criterion, value, evidence, note) = (cell(), cell(), cell(), cell());
        let about = cell();
        if about.is_empty() || about == subject {
            let Some(evidence) = found.evidence(&evidence) else {
                let said = format!("“{evidence}”（应为{}的附件的名称或哈希）", found.name);
                return Err(row.fault(file, said));
            };
            lines.push(row.line);
            answers.push(SchemeAnswer { criterion, value, evidence, note });
        }
    }
    Ok((lines, answers))
}

/// A number as it is shown: to two decimals, without noughts at the end.
fn shown(number: Decimal) -> String {
    methods::scoring::rounded(number, 2).normalize().to_string()
}

fn points(number: Option<Decimal>) -> String {
    number.map_or("—".to_owned(), shown)
}

fn percent(share: Decimal) -> String {
    format!("{}%", shown(share.checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default()))
}

/// The level in words, or why there is none.
fn verdict(appraisal: &Appraisal) -> String {
    let said = match &appraisal.verdict {
        Verdict::Level(level) => level.name.clone(),
        Verdict::Below => "未达最低一级".to_owned(),
        Verdict::Vetoed { by } => format!("一票否决，不定级（{}）", by.join("；")),
        Verdict::Capped { by, level } => {
            let level = level.as_ref().map_or("未达最低一级", |level| level.name.as_str());
            format!("{level}（受否决项限制：{}）", by.join("；"))
        }
        Verdict::Uncovered { needed } => {
            format!("不定级：已测 {}，不足 {needed}%", percent(appraisal.coverage))
        }
        Verdict::Nothing => "不定级：没有一项测得".to_owned(),
    };
    if appraisal.provisional && !matches!(appraisal.verdict, Verdict::Nothing) {
        format!("{said}（暂定：尚有未测得的项）")
    } else {
        said
    }
}

fn print(out: &mut dyn Write, told: &Told<'_>) -> io::Result<()> {
    let Told { scheme, from, found, period, day, appraisal, .. } = told;
    let from = from.chinese();
    let edition = match scheme.edition.as_str() {
        "" => String::new(),
        edition => format!(" · 依据 {edition}"),
    };
    let (code, version, name) = (&scheme.code, &scheme.version, &scheme.name);
    writeln!(out, "方案\t{code}@{version} {name}{edition} · {from}")?;
    let subject = scheme.subject.chinese();
    let called = if found.code == found.name { String::new() } else { format!(" {}", found.name) };
    writeln!(out, "对象\t{subject} {}{called} · {} · 截至 {day}", found.code, period.chinese())?;
    writeln!(out, "结果\t{}", verdict(appraisal))?;
    let total = points(appraisal.total);
    let (base, bonus) = (points(appraisal.base), points(appraisal.bonus));
    writeln!(out, "总分\t{total}（准则 {base}/{}，加减分 {bonus}）", points(appraisal.whole))?;
    let earned = points(appraisal.earned);
    writeln!(out, "已测\t{}（已测部分得 {earned}）", percent(appraisal.coverage))?;
    if let Some((low, high)) = appraisal.range.filter(|(low, high)| low != high) {
        let low = format!("未测得的全按最低分为 {}", shown(low));
        writeln!(out, "区间\t{low}，全按最高分为 {}", shown(high))?;
    }
    if let Some((level, gap)) = &appraisal.next {
        let gap = shown(*gap);
        writeln!(out, "下一级\t{}（{} 分起）还差 {gap} 分", level.name, level.from)?;
    }
    if let Some(firm) = &appraisal.stability {
        let (kept, spread) = (firm.kept * 100.0, SPREAD * 100.0);
        let (low, high) = (firm.low, firm.high);
        writeln!(
            out,
            "稳健\t权重各变动 ±{spread:.0}%，{kept:.1}% 的次数总分所在等级不变；总分 90% 在 {low:.2} 到 {high:.2}"
        )?;
    }
    for veto in &appraisal.vetoes {
        let struck = match veto.struck {
            Struck::Yes => "触发",
            Struck::No => "未触发",
            Struck::Unknown => "未核实",
        };
        writeln!(out, "否决项\t{struck}\t{} {}\t{}", veto.code, veto.name, veto.why)?;
    }
    writeln!(out, "准则\t得分/满分\t已测\t可再提\t说明")?;
    for line in &appraisal.lines {
        print_line(out, line)?;
    }
    for line in &appraisal.bonuses {
        write!(out, "加减分 ")?;
        print_line(out, line)?;
    }
    Ok(())
}

fn print_line(out: &mut dyn Write, line: &Line) -> io::Result<()> {
    let indent = "  ".repeat(line.depth);
    let why = match &line.outcome {
        None => String::new(),
        Some(Outcome::Unmeasured(why)) => format!("未测得：{why}"),
        Some(Outcome::Points { value, why, evidence, .. }) => {
            let evidence = match evidence.as_str() {
                "" => String::new(),
                evidence => format!("；材料：{}", output::one_line(evidence)),
            };
            format!("{value}；{why}{evidence}")
        }
    };
    let room = line.room.map_or(String::new(), |room| format!("+{}", shown(room)));
    let (code, name, score, most) = (&line.code, &line.name, points(line.score), points(line.most));
    let coverage = percent(line.coverage);
    writeln!(out, "{indent}{code} {name}\t{score}/{most}\t{coverage}\t{room}\t{why}")
}

/// The figures that were read, each with where it stands.
pub(super) fn readings(all: &[Reading]) -> Vec<Value> {
    all.iter()
        .map(|reading| {
            json!({
                "indicator": &*reading.indicator, "region": reading.region,
                "facet": reading.facet.as_str(), "period": reading.period.to_string(),
                "value": reading.value.to_string(), "unit": reading.unit.as_str(),
            })
        })
        .collect()
}

fn text(number: Option<Decimal>) -> Option<String> {
    number.map(|number| number.to_string())
}

fn line_json(line: &Line) -> Value {
    let (value, why, evidence, read) = match &line.outcome {
        None => (None, None, None, Vec::new()),
        Some(Outcome::Unmeasured(why)) => (None, Some(why), None, Vec::new()),
        Some(Outcome::Points { value, why, evidence, readings: read, .. }) => {
            (Some(value), Some(why), Some(evidence), readings(read))
        }
    };
    json!({
        "code": line.code, "name": line.name, "depth": line.depth,
        "weight": line.weight.to_string(), "score": text(line.score), "most": text(line.most),
        "coverage": line.coverage.round_dp(6).to_string(),
        "measured": line.outcome.as_ref().map(|one| one.points().is_some()),
        "value": value, "why": why, "evidence": evidence,
        "evidence_needed": line.evidence_needed, "room": text(line.room), "figures": read,
    })
}

fn as_json(told: &Told<'_>) -> Value {
    let Told { scheme, from, found, period, day, seed, appraisal } = told;
    let level = |level: &terms::Level| json!({ "code": level.code, "name": level.name, "from": level.from.to_string() });
    let vetoes: Vec<Value> = appraisal
        .vetoes
        .iter()
        .map(|veto| {
            let struck = match veto.struck {
                Struck::Yes => Some(true),
                Struck::No => Some(false),
                Struck::Unknown => None,
            };
            json!({
                "code": veto.code, "name": veto.name, "struck": struck, "cap": veto.cap,
                "why": veto.why, "evidence": veto.evidence, "figures": readings(&veto.readings),
            })
        })
        .collect();
    let stability = appraisal.stability.map(|firm| {
        json!({
            "kept": firm.kept, "low": firm.low, "median": firm.median, "high": firm.high,
            "weights_vary": SPREAD, "runs": RUNS, "seed": seed,
        })
    });
    json!({
        "scheme": {
            "code": scheme.code, "version": scheme.version, "name": scheme.name,
            "edition": scheme.edition, "from": from.word(),
        },
        "subject": { "kind": scheme.subject.as_str(), "code": found.code, "name": found.name },
        "period": period.to_string(), "as_of": day.to_string(),
        "level": appraisal.verdict.level().map(level), "verdict": verdict(appraisal),
        "provisional": appraisal.provisional,
        "total": text(appraisal.total), "base": text(appraisal.base),
        "bonus": text(appraisal.bonus), "earned": text(appraisal.earned),
        "whole": text(appraisal.whole),
        "coverage": appraisal.coverage.round_dp(6).to_string(),
        "range": appraisal.range.map(|(low, high)| json!({ "low": low.to_string(), "high": high.to_string() })),
        "next": appraisal.next.as_ref().map(|(next, gap)| json!({ "level": level(next), "missing": gap.to_string() })),
        "stability": stability, "vetoes": vetoes,
        "criteria": appraisal.lines.iter().map(line_json).collect::<Vec<_>>(),
        "bonuses": appraisal.bonuses.iter().map(line_json).collect::<Vec<_>>(),
    })
}
