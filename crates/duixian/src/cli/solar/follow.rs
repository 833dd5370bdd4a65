//! `duixian solar follow`: what the roofs of a programme gave, month by month, held against what the weather allowed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;
use ledger::Ledger;
use methods::programme::follow_up::{Filed, Flag, Judged, expected, judge};
use publication::grid::Grid;
use publication::programme::{Number, Planned};
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Value, json};
use terms::{Amount, Period};

use super::{Format, rounded};
use crate::calculate::Answer;
use crate::cli::output;
use crate::error::Failure;
use crate::table_file::{self, Column, Row};

const GENERATION: [Column; 3] = [("name", "名称"), ("month", "月份"), ("kwh", "发电量")];
const LIGHT: [Column; 2] = [("month", "月份"), ("ghi", "总辐射")];

/// What `duixian solar follow` is told.
#[derive(Debug, Args)]
pub(super) struct Follow {
    /// 发电量表：CSV 或 xlsx，列 name、month、kwh，每栋每月一行（generation that was filed）
    #[arg(value_name = "发电量表", help_heading = "参数")]
    file: PathBuf,
    /// 计划：duixian solar programme --format json 的输出（the plan）
    #[arg(long, value_name = "文件", conflicts_with = "ledger", help_heading = "选项")]
    #[arg(required_unless_present = "ledger")]
    plan: Option<PathBuf>,
    /// 台账文件，计划取自其中（ledger that holds the plan）
    #[arg(long, value_name = "台账", requires = "code", help_heading = "选项")]
    ledger: Option<PathBuf>,
    /// 台账中计划的代码，如 2025-330784-PV（code of the plan）
    #[arg(long, value_name = "代码", requires = "ledger", help_heading = "选项")]
    code: Option<String>,
    /// 各月实际水平面总辐射：CSV 或 xlsx，列 month、ghi（千瓦时/平方米）；省略时按典型年（actual light）
    #[arg(long, value_name = "文件", help_heading = "选项")]
    light: Option<PathBuf>,
    /// 输出格式：text 或 json（output format）
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true)]
    #[arg(hide_possible_values = true, help_heading = "选项")]
    format: Format,
}

/// A month of a calendar.
type Month = (i16, u8);

/// Follows.
pub(super) fn run(arguments: &Follow) -> Result<(), Failure> {
    let plan = arguments.plan()?;
    let filed = filed(&arguments.file, &plan)?;
    let months: BTreeSet<Month> = filed.keys().map(|(month, _)| *month).collect();
    let light = match &arguments.light {
        Some(file) => Some(light(file, &months)?),
        None => None,
    };
    let mut judged = Vec::new();
    for month in &months {
        let place = usize::from(month.1 - 1);
        let typical = number(plan.ghi_kwh_m2.get(place).copied().unwrap_or_default());
        let actual = light.as_ref().and_then(|light| light.get(month).copied()).unwrap_or(typical);
        let of = |months: &[Number; 12]| number(months.get(place).copied().unwrap_or_default());
        let roofs: Vec<Filed> = plan
            .chosen
            .iter()
            .map(|roof| Filed {
                kwh: filed.get(&(*month, &*roof.name)).copied(),
                expected: expected(of(&roof.month_kwh), typical, actual).unwrap_or(0.0),
                dc_kw: number(roof.dc_kw),
                light: expected(of(&roof.month_poa_kwh_m2), typical, actual).unwrap_or(0.0),
            })
            .collect();
        // The plan's own numbers are from zero up, and so are those that were read.
        let found = judge(&roofs).map_err(|error| Failure::Failed(error.to_string()))?;
        let rows = plan.chosen.iter().zip(roofs).zip(found);
        judged.extend(rows.map(|((roof, filed), found)| (*month, &*roof.name, filed, found)));
    }
    let answer = answer(&judged, light.is_some());
    match arguments.format {
        Format::Json => output::json(&answer.json),
        Format::Text => output::answer(&answer),
    }
}

impl Follow {
    fn plan(&self) -> Result<Planned, Failure> {
        let (shown, text) = match (&self.plan, &self.ledger, &self.code) {
            (Some(path), ..) => {
                let bytes = table_file::bytes_of(path, "duixian solar programme 输出的 JSON")?;
                (path.display().to_string(), String::from_utf8_lossy(&bytes).into_owned())
            }
            (None, Some(path), Some(code)) => {
                let found = Ledger::open_read_only(path)?.programme(code)?;
                let unknown = || {
                    let path = path.display();
                    Failure::Input(format!(
                        "{path} 没有光伏计划 {code}（应先以 duixian solar programme --adopt 记入）"
                    ))
                };
                (code.clone(), found.ok_or_else(unknown)?.answer)
            }
            _ => {
                return Err(Failure::Input(
                    "没有计划（应给出 --plan 或 --ledger 和 --code）".to_owned(),
                ));
            }
        };
        Planned::read(&text).map_err(|said| {
            Failure::Input(format!("{shown}：不是光伏计划的 JSON（{said}；旧的计划请重新编制）"))
        })
    }
}

/// What was filed of each month and roof, in kilowatt-hours.
fn filed<'a>(path: &Path, plan: &'a Planned) -> Result<BTreeMap<(Month, &'a str), f64>, Failure> {
    let known: BTreeMap<&str, &str> =
        plan.chosen.iter().map(|roof| (&*roof.name, &*roof.name)).collect();
    let mut found = BTreeMap::new();
    for row in table_file::read(path, &GENERATION, 3)? {
        let [name, when, kwh] = &row.cells[..] else { continue };
        let name = known
            .get(name.trim())
            .ok_or_else(|| row.fault(path, format!("“{name}”不在计划中（应为计划入选的建筑）")))?;
        let when = month(path, &row, when)?;
        // A month in which nothing is known is left open, like one without a row.
        if kwh.trim().is_empty() {
            continue;
        }
        if found.insert((when, *name), positive(path, &row, "发电量", kwh)?).is_some() {
            let (year, month) = when;
            return Err(
                row.fault(path, format!("“{name}”{year} 年 {month} 月已有一行（应只有一行）"))
            );
        }
    }
    Ok(found)
}

/// Light of the months that are needed, in kilowatt-hours a square metre.
fn light(path: &Path, months: &BTreeSet<Month>) -> Result<BTreeMap<Month, f64>, Failure> {
    let mut found = BTreeMap::new();
    for row in table_file::read(path, &LIGHT, 2)? {
        let [when, ghi] = &row.cells[..] else { continue };
        let when = month(path, &row, when)?;
        let light = positive(path, &row, "总辐射", ghi)?;
        if !(light > 0.0 && light <= 400.0) {
            return Err(
                row.fault(path, format!("总辐射“{ghi}”（应在 0 至 400 千瓦时/平方米之间）"))
            );
        }
        if found.insert(when, light).is_some() {
            return Err(
                row.fault(path, format!("{} 年 {} 月已有一行（应只有一行）", when.0, when.1))
            );
        }
    }
    match months.iter().find(|month| !found.contains_key(month)) {
        Some((year, month)) => Err(Failure::Input(format!(
            "{}：没有 {year} 年 {month} 月的总辐射（有发电量的月份都应有）",
            path.display()
        ))),
        None => Ok(found),
    }
}

fn month(path: &Path, row: &Row, written: &str) -> Result<Month, Failure> {
    let period: Option<Period> = written.trim().parse().ok();
    period
        .filter(|period| period.first_month() == period.last_month())
        .map(|period| (period.year(), period.first_month()))
        .ok_or_else(|| row.fault(path, format!("“{written}”不是一个月（应如 2025-07）")))
}

fn positive(path: &Path, row: &Row, name: &str, written: &str) -> Result<f64, Failure> {
    let amount = written.trim().parse::<Amount>().ok().and_then(|amount| amount.exact());
    amount
        .and_then(|exact| exact.to_f64())
        .filter(|number| *number >= 0.0)
        .ok_or_else(|| row.fault(path, format!("{name}“{written}”（应为零或更大的十进制数）")))
}

fn number(number: Number) -> f64 {
    number.0.to_f64().unwrap_or_default()
}

/// The flag as a word for programs and in Chinese.
fn flag(flag: Flag) -> (&'static str, &'static str) {
    match flag {
        Flag::Good => ("good", "正常"),
        Flag::Missing => ("missing", "未报"),
        Flag::Silent => ("silent", "停发"),
        Flag::Low => ("low", "偏低"),
        Flag::High => ("high", "偏高"),
    }
}

fn answer(judged: &[(Month, &str, Filed, Judged)], weathered: bool) -> Answer {
    let shown = |number: Option<f64>, digits: i32| {
        number.map_or_else(|| "—".to_owned(), |number| rounded(number, digits).to_string())
    };
    let mut grid =
        Grid::of(&["月份", "建筑", "实发", "应发", "性能比", "实发比应发", "偏离", "判断"]);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for ((year, month), name, filed, found) in judged {
        let (word, said) = flag(found.flag);
        *counts.entry(said).or_default() += 1;
        let when = format!("{year}-{month:02}");
        rows.push(json!({
            "month": when,
            "name": name,
            "kwh": filed.kwh,
            "expected_kwh": rounded(filed.expected, 2),
            "performance_ratio": found.ratio.map(|ratio| rounded(ratio, 4)),
            "index": found.index.map(|index| rounded(index, 4)),
            "score": found.score.map(|score| rounded(score, 2)),
            "flag": word,
        }));
        // What is as it should be is counted, and stands in the JSON.
        if found.flag != Flag::Good {
            grid.rows.push(vec![
                when,
                (*name).to_owned(),
                shown(filed.kwh, 0),
                shown(Some(filed.expected), 0),
                shown(found.ratio, 3),
                shown(found.index, 3),
                shown(found.score, 1),
                said.to_owned(),
            ]);
        }
    }
    let counted = counts.iter().map(|(said, count)| format!("{said} {count}"));
    let counted = counted.collect::<Vec<_>>().join(" · ");
    let mut closing = vec![format!("每栋每月一条，共 {} 条：{counted}", judged.len())];
    let warning = "没有实际辐射，按典型年的各月辐射（应以 --light 给出）；性能比含天气的偏差";
    if !weathered {
        closing.push(format!("注意 {warning}"));
    }
    let warnings: Vec<&str> = (!weathered).then_some(warning).into_iter().collect();
    let json: Value = json!({ "months": rows, "warnings": warnings });
    Answer { heading: Vec::new(), grid, closing, json }
}
