//! `duixian decompose`: a target in parts for the regions or departments that are to reach it together, and its revision.

mod answer;
mod asked;
mod below;
mod file;

use std::path::PathBuf;

use assessment::region::{By, NoSpread, Spread, Whole, over, spread};
use clap::{Args, ValueEnum};
use ledger::Ledger;
use rust_decimal::Decimal;
use terms::{Day, Period};

use super::regional::Format;
use super::{LedgerArgument, day_or_today};
use crate::error::Failure;
use crate::figures::LedgerFigures;

use asked::Goal;
use below::Taker;

/// What `duixian decompose` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 台账中目标的代码；省略时用 --indicator 等写明（code of a target）
    #[arg(value_name = "目标", help_heading = "参数")]
    target: Option<String>,
    #[command(flatten)]
    ledger: LedgerArgument,
    /// 指标的代码或名称（indicator）
    #[arg(long, value_name = "指标", conflicts_with = "target", help_heading = "总目标")]
    #[arg(required_unless_present = "target", requires_all = ["region", "period", "value"])]
    indicator: Option<String>,
    /// 哪个地区的总目标（region）
    #[arg(long, value_name = "地区", conflicts_with = "target", help_heading = "总目标")]
    region: Option<String>,
    /// 时期（period）
    #[arg(long, value_name = "时期", conflicts_with = "target", help_heading = "总目标")]
    period: Option<Period>,
    /// 口径：level 水平（默认）、growth 增速、increment 增量（facet）
    #[arg(
        long,
        value_enum,
        value_name = "口径",
        conflicts_with = "target",
        help_heading = "总目标"
    )]
    #[arg(hide_possible_values = true)]
    facet: Option<ToldFacet>,
    /// 总目标的值，代替台账中的；可写 ">= 800"（value of the whole）
    #[arg(long, value_name = "值", allow_hyphen_values = true, help_heading = "总目标")]
    value: Option<String>,
    /// 单位，默认指标的单位，增速为 %（unit）
    #[arg(long, value_name = "单位", conflicts_with = "target", help_heading = "总目标")]
    unit: Option<String>,
    /// 分给谁：children 下级地区（默认）、departments 部门（to whom）
    #[arg(long, value_enum, value_name = "对象", default_value_t = To::Children, help_heading = "分解")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    to: To,
    /// 依据：base 基数（默认）、capacity 能力、equal 同等幅度、mixed 兼顾基数和能力（by what）
    #[arg(long, value_enum, value_name = "依据", default_value_t = ToldBy::Base, help_heading = "分解")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    by: ToldBy,
    /// 兼顾时按基数的份额，默认 0.5（share by base）
    #[arg(
        long,
        value_name = "份额",
        default_value = "0.5",
        hide_default_value = true,
        help_heading = "分解"
    )]
    base_share: Decimal,
    /// 各地能力以此指标的数为权（indicator that tells the capacity）
    #[arg(long, value_name = "指标", help_heading = "分解")]
    weight: Option<String>,
    /// 比率目标的分母指标（denominator of a ratio）
    #[arg(long, value_name = "指标", help_heading = "分解")]
    denominator: Option<String>,
    /// CSV 表：代码，及基数、权重、分母、下限、上限、已定等列（table of shares）
    #[arg(long, value_name = "文件", help_heading = "分解")]
    shares: Option<PathBuf>,
    /// 各保上年数，只分增量（each keeps what it has）
    #[arg(long, help_heading = "分解")]
    on_top: bool,
    /// 分目标的小数位数，默认同总目标（decimals）
    #[arg(long, value_name = "位数", help_heading = "分解")]
    #[arg(value_parser = clap::value_parser!(u32).range(0..=10))]
    decimals: Option<u32>,
    /// 按这一天所知的数和目标（as known on this day）
    #[arg(long, value_name = "日期", help_heading = "选项")]
    as_of: Option<Day>,
    /// 只把已有的下级目标与总目标相比（层层加码）（only hold what there is against the whole）
    #[arg(long, conflicts_with_all = ["write", "revise"], help_heading = "选项")]
    check: bool,
    /// 重新分解：已下达的保留，其余重分（part anew; what is adopted stays）
    #[arg(long, help_heading = "选项")]
    revise: bool,
    /// 重新分解时放开这些已下达的，写代码，用逗号分开，或 all（part these anew too）
    #[arg(
        long,
        value_name = "代码",
        requires = "revise",
        value_delimiter = ',',
        help_heading = "选项"
    )]
    open: Vec<String>,
    /// 记入台账为目标；已下达而放开的，提出目标调整（file them）
    #[arg(long, help_heading = "选项")]
    write: bool,
    /// 新目标的状态：拟定（默认）或 下达（state of new targets）
    #[arg(
        long,
        value_name = "状态",
        default_value = "拟定",
        hide_default_value = true,
        help_heading = "选项"
    )]
    state: String,
    /// 新目标代码的前缀，默认为总目标的代码（prefix of their codes）
    #[arg(long, value_name = "前缀", help_heading = "选项")]
    prefix: Option<String>,
    /// 目标调整的批准机关（who approves adjustments）
    #[arg(long, value_name = "机关", help_heading = "选项")]
    approved_by: Option<String>,
    /// 记入台账的理由（reason kept in the ledger）
    #[arg(long, value_name = "理由", default_value = "分解目标", help_heading = "选项")]
    #[arg(hide_default_value = true)]
    reason: String,
    /// 输出格式：table（默认）、json、csv（output format）
    #[arg(long, value_enum, value_name = "格式", default_value_t = Format::Table, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ToldFacet {
    Level,
    Growth,
    Increment,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    Children,
    Departments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ToldBy {
    Base,
    Capacity,
    Equal,
    Mixed,
}

impl Arguments {
    fn by(&self) -> By {
        match self.by {
            ToldBy::Base => By::Base,
            ToldBy::Capacity => By::Capacity,
            ToldBy::Equal => By::Equal,
            ToldBy::Mixed => By::Mixed(self.base_share),
        }
    }
}

/// Parts a target, or looks at the parts that there are.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let path = &arguments.ledger.ledger;
    let reading = Ledger::open_read_only(path)?;
    let catalogue = statement::catalogue();
    let day = day_or_today(arguments.as_of)?;
    let goal = asked::goal(arguments, &reading, &catalogue, day)?;
    let figures = LedgerFigures::of(&reading, std::iter::empty()).known_on(arguments.as_of);
    let takers = below::takers(arguments, &goal, (&reading, &figures), &catalogue, day);
    figures.forget()?;
    let takers = takers?;
    let before: Vec<_> = takers
        .iter()
        .filter_map(|taker| Some((taker.before.as_ref()?.value, taker.share.scale)))
        .collect();
    let standing = match before.is_empty() {
        true => None,
        false => over(goal.kind, goal.value, &before),
    };
    if arguments.check {
        if before.is_empty() {
            let expected = "应先以 decompose --write 或 enter target 记入";
            return Err(Failure::Input(format!("台账中没有下级目标可以相比（{expected}）")));
        }
        return answer::standing(arguments, &goal, &takers, standing).print(arguments.format);
    }
    let whole = Whole {
        kind: goal.kind,
        target: goal.value,
        decimals: arguments.decimals.unwrap_or(goal.decimals),
        on_top: arguments.on_top,
    };
    let shares: Vec<_> = takers.iter().map(|taker| taker.share.clone()).collect();
    let found = spread(whole, arguments.by(), &shares).map_err(|error| {
        // What was looked for in vain says more than that something is lacking.
        let why = match &error {
            NoSpread::Lacks(code, _) => {
                let taker = takers.iter().find(|taker| taker.share.code == *code);
                taker.map_or(String::new(), |taker| taker.remarks.join("；"))
            }
            _ => String::new(),
        };
        let why = if why.is_empty() { why } else { format!("；{why}") };
        Failure::Input(format!("{}不能这样分解：{error}{why}", goal.named()))
    })?;
    drop(figures);
    drop(reading);
    let filed = match arguments.write {
        true => Some(file::file(arguments, &goal, &takers, &found, day, &catalogue)?),
        false => None,
    };
    answer::parted(arguments, (&goal, whole), (&takers, &found), standing, filed.as_ref())
        .print(arguments.format)
}

/// A part with who takes it.
fn each<'a>(
    takers: &'a [Taker],
    found: &'a Spread,
) -> impl Iterator<Item = (&'a Taker, &'a assessment::region::SpreadPart)> {
    takers.iter().zip(&found.parts)
}

/// What is done with a part that is there already.
fn is_kept(goal_revised: bool, opened: &[String], state: &str, codes: [&str; 2]) -> bool {
    let open = opened.iter().any(|one| one == "all" || codes.contains(&one.as_str()));
    goal_revised && state != "draft" && !open
}

/// How a goal and its parts are called in what is filed.
fn origin(goal: &Goal) -> String {
    match &goal.target {
        Some(target) => format!("分解自 {}", target.code),
        None => format!("分解自{}总目标 {}{}", goal.region.name, goal.value, goal.unit),
    }
}
