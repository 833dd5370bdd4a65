//! `duixian index composite`: a family of composite indices that a file describes.

use std::path::PathBuf;

use clap::Args;
use methods::composite::{
    Family, FamilyError, Gap, Indicator, Member, Question, Rules, Scale, Sensitivity, family,
    sensitivity,
};
use rust_decimal::prelude::ToPrimitive;

use super::composite_answer;
use super::composite_data::{self, FamilyTable};
use super::composite_file::{self, FamilyFile, SensitivityFile};
use crate::cli::SeedArgument;
use crate::cli::regional::Format;
use crate::error::Failure;

/// The size of a sample where the file says nothing.
const RUNS: u32 = 256;

/// The largest sample that is taken.
const MOST_RUNS: u32 = 100_000;

/// What `duixian index composite` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 指数族的 TOML 文件：指数、指标、方向、权重、标准化、基期（family of indices）
    #[arg(value_name = "配置文件", help_heading = "参数")]
    config: PathBuf,
    /// CSV 或 xlsx 表：一行一个时期（或地区），一列一个指标（figures of indicators）
    #[arg(value_name = "数据文件", help_heading = "参数")]
    data: PathBuf,
    /// 改变标准化、合成、缺数规则和权重，看名次变多少（sensitivity of the places）
    #[arg(long, help_heading = "选项")]
    sensitivity: bool,
    #[command(flatten)]
    seed: SeedArgument,
    /// 输出格式：table（默认）、json、csv（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
}

/// A family with all that it rests on.
pub(super) struct Computed {
    pub(super) file: FamilyFile,
    pub(super) table: FamilyTable,
    pub(super) family: Family,
    pub(super) sensitivity: Option<Sensitivity>,
}

/// Computes a family.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let fault = |said: String| Failure::Input(format!("{}：{said}", arguments.config.display()));
    let file = composite_file::read(&arguments.config)?;
    let table = composite_data::read(&arguments.data, &file)?;
    let base = match &file.base {
        Some(base) => Some(table.rows.iter().position(|row| row == base).ok_or_else(|| {
            fault(format!("base “{base}”（应为数据中的一行，如“{}”）", table.rows.join("、")))
        })?),
        None => None,
    };
    let rules = Rules {
        scale: composite_file::scale(&file.scale, file.range, base).map_err(fault)?,
        within: composite_file::aggregation(&file.within).map_err(fault)?,
        across: composite_file::aggregation(&file.across).map_err(fault)?,
        gap: composite_file::gap(&file.missing).map_err(fault)?,
        winsorised: file.winsorise,
    };
    let members = members(&file, &table, base).map_err(fault)?;
    let computed = family(&members, &rules);
    let computed = computed.map_err(|error| fault(said(error, &file, &table)))?;
    let sensitivity = match arguments.sensitivity {
        false => None,
        true => {
            let varied = Varied::of(&file, base).map_err(fault)?;
            let question = varied.question(&members, &rules, arguments.seed.seed);
            let found = sensitivity(&question);
            Some(found.map_err(|error| {
                fault(format!("有的组合不能计算：{}", said(error, &file, &table)))
            })?)
        }
    };
    let computed = Computed { file, table, family: computed, sensitivity };
    composite_answer::answer(&computed).print(arguments.format)
}

fn members(
    file: &FamilyFile,
    table: &FamilyTable,
    base: Option<usize>,
) -> Result<Vec<Member>, String> {
    let one = |(index, columns): (&composite_file::IndexFile, &Vec<_>)| {
        let indicators = index.indicator.iter().zip(columns).map(|(indicator, numbers)| {
            Ok(Indicator {
                numbers: Clone::clone(numbers),
                weight: indicator.weight.0,
                less_is_better: composite_file::less_is_better(&indicator.better, &indicator.code)?,
                goals: indicator.goals.map(|[worse, better]| (worse.0, better.0)),
            })
        });
        let scale = index.scale.as_deref().or(index.range.map(|_| file.scale.as_str()));
        let scale =
            scale.map(|scale| composite_file::scale(scale, index.range, base)).transpose()?;
        Ok(Member {
            indicators: indicators.collect::<Result<_, String>>()?,
            weight: index.weight.0,
            scale,
        })
    };
    file.index.iter().zip(&table.columns).map(one).collect()
}

/// The choices that vary.
struct Varied {
    scales: Vec<Scale>,
    aggregations: Vec<methods::composite::Aggregation>,
    gaps: Vec<Gap>,
    spread: f64,
    member: Option<usize>,
    runs: u32,
}

impl Varied {
    fn of(file: &FamilyFile, base: Option<usize>) -> Result<Varied, String> {
        // Where the file says nothing, the weights alone vary.
        let nothing = SensitivityFile {
            scales: vec![],
            aggregations: vec![],
            missing: vec![],
            weights: None,
            runs: None,
            index: None,
        };
        let told = file.sensitivity.as_ref().unwrap_or(&nothing);
        let scale = |name: &String| {
            // The range that is usual for the family serves its own scale alone.
            let range = file.range.filter(|_| *name == file.scale);
            composite_file::scale(name, range, base)
        };
        let spread = told.weights.map_or(Some(0.25), |spread| spread.0.to_f64());
        let spread = spread.filter(|spread| (0.0..1.0).contains(spread));
        let spread = spread.ok_or("sensitivity.weights（应为 0 至 1 之间的数，如 0.25）")?;
        let runs = told.runs.unwrap_or(RUNS);
        if !(2..=MOST_RUNS).contains(&runs) {
            return Err(format!("sensitivity.runs {runs}（应为 2 至 {MOST_RUNS}）"));
        }
        let member = told.index.as_ref().map(|code| {
            file.index
                .iter()
                .position(|index| index.code == *code)
                .ok_or_else(|| format!("sensitivity.index “{code}”（应为一个指数的 code）"))
        });
        Ok(Varied {
            scales: told.scales.iter().map(scale).collect::<Result<_, _>>()?,
            aggregations: told
                .aggregations
                .iter()
                .map(|name| composite_file::aggregation(name))
                .collect::<Result<_, _>>()?,
            gaps: told
                .missing
                .iter()
                .map(|name| composite_file::gap(name))
                .collect::<Result<_, _>>()?,
            spread,
            member: member.transpose()?,
            runs,
        })
    }

    fn question<'a>(&'a self, members: &'a [Member], rules: &'a Rules, seed: u64) -> Question<'a> {
        Question {
            members,
            rules,
            scales: &self.scales,
            aggregations: &self.aggregations,
            gaps: &self.gaps,
            spread: self.spread,
            member: self.member,
            runs: self.runs,
            seed,
        }
    }
}

/// Why there is no family, with the names of the files.
fn said(error: FamilyError, file: &FamilyFile, table: &FamilyTable) -> String {
    let index = |member: usize| file.index.get(member).map_or("？", |index| index.name.as_str());
    let indicator = |member: usize, place: usize| {
        let found = file.index.get(member).and_then(|index| index.indicator.get(place));
        found.map_or("？", |one| one.name.as_deref().unwrap_or(&one.code))
    };
    match error {
        FamilyError::Empty => {
            "没有指标（每个 [[index]] 应有至少一个 [[index.indicator]]）".to_owned()
        }
        FamilyError::Rows { member, indicator: place } => {
            format!("“{}”的行数与别的指标不同（应相同）", indicator(member, place))
        }
        FamilyError::Weights { member } => {
            let whose = member.map_or("各指数", index);
            format!("{whose}的权重有负数或合计为零（应大于零）")
        }
        FamilyError::Scale { member, indicator: place } => format!(
            "“{}”（{}）不能标准化（ratio 的各数应大于零且基期有数，其他方法各行的数应有高低）",
            indicator(member, place),
            index(member)
        ),
        FamilyError::Goals { member, indicator: place } => format!(
            "“{}”（{}）没有 goals（scale 为 goalposts 时应有 goals = [差, 好]）",
            indicator(member, place),
            index(member)
        ),
        FamilyError::Mean { member, row } => format!(
            "{}在“{}”有不大于零的分数或数超出范围（几何、调和平均的分数应大于零，range 的下限可为 1）",
            member.map_or("总指数", index),
            table.rows.get(row).map_or("？", String::as_str)
        ),
    }
}
