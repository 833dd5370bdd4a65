//! A price index from a table of prices and quantities.

mod file;
mod told;

use std::path::Path;

use clap::{Args, ValueEnum};
use methods::price_index::{
    Filled, Filling, Formula, GeksOf, Link, Panel, PriceIndexError, Splice, Window, chained,
    direct, geks,
};
use rust_decimal::Decimal;

use self::file::PriceFile;
use crate::cli::regional::Answer;
use crate::error::Failure;

/// By which formula, and how.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// 公式：jevons、dutot、carli、laspeyres、paasche、fisher、tornqvist、walsh、geks（即 geks-fisher）、geks-tornqvist、geks-jevons（formula）
    #[arg(
        long,
        value_enum,
        value_name = "公式",
        help_heading = "选项",
        hide_possible_values = true
    )]
    pub(crate) formula: FormulaName,
    /// 逐期相连，而不是各期直接与基期比（chain the periods）
    #[arg(long, help_heading = "选项")]
    pub(crate) chained: bool,
    /// 基期，指数为 100，默认第一期（base period）
    #[arg(long, value_name = "时期", help_heading = "选项")]
    pub(crate) base: Option<String>,
    /// 缺价格时：matched 只比两期都有的（默认），carry 沿用上期，class-mean 随同类变动（missing prices）
    #[arg(long, value_enum, value_name = "规则", default_value_t = Missing::Matched, help_heading = "选项")]
    #[arg(hide_possible_values = true, hide_default_value = true)]
    pub(crate) missing: Missing,
    /// GEKS 的滚动窗口有几期，默认全部（rolling window of GEKS）
    #[arg(long, value_name = "期数", help_heading = "选项")]
    pub(crate) window: Option<usize>,
    /// 窗口的接法：mean（默认）、movement、window（how windows are spliced）
    #[arg(long, value_enum, value_name = "接法", requires = "window", help_heading = "选项")]
    #[arg(hide_possible_values = true)]
    pub(crate) splice: Option<SpliceName>,
    /// 各品目对变动的贡献（contribution of each item）
    #[arg(long, help_heading = "选项")]
    pub(crate) contributions: bool,
}

/// A formula by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormulaName {
    Jevons,
    Dutot,
    Carli,
    Laspeyres,
    Paasche,
    Fisher,
    Tornqvist,
    Walsh,
    #[value(name = "geks-fisher", alias = "geks")]
    GeksFisher,
    GeksTornqvist,
    GeksJevons,
}

/// What is done about missing prices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Missing {
    Matched,
    Carry,
    ClassMean,
}

/// How windows are spliced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SpliceName {
    Mean,
    Movement,
    Window,
}

/// How the numbers of an answer came about.
enum Way {
    /// By a formula that compares two periods: directly and in a chain, of which the one that was not asked for may be
    /// missing.
    Bilateral { formula: Formula, direct: Option<Vec<Link>>, chained: Option<Vec<Link>> },
    /// By all periods at once.
    Geks(Vec<Decimal>),
}

/// An index with all that it rests on.
struct Computed {
    prices: PriceFile,
    base: usize,
    filled: Vec<Filled>,
    way: Way,
}

/// Computes a price index of a table; `file` is what it is called.
pub(crate) fn answer(file: &Path, bytes: &[u8], arguments: &Asked) -> Result<Answer, Failure> {
    let compared = arguments.formula.compared();
    if compared.is_err() && (arguments.chained || arguments.contributions) {
        let told = if arguments.chained { "--chained" } else { "--contributions" };
        return Err(Failure::Input(format!(
            "GEKS 与 {told} 不能同用（GEKS 各期互比，连乘与直接相同；应去掉其一）"
        )));
    }
    if compared.is_ok() && arguments.window.is_some() {
        return Err(Failure::Input("--window 只用于 GEKS（应为 --formula geks）".to_owned()));
    }
    let mut prices = file::read(file, bytes)?;
    prices.link(file)?;
    let base = base(file, arguments, &prices)?;
    let filling = match arguments.missing {
        Missing::Matched => Filling::Matched,
        Missing::Carry => Filling::CarryForward,
        Missing::ClassMean => Filling::ClassMean(&prices.classes),
    };
    let mut panel = prices.panel.clone();
    let filled = filling.fill(&mut panel).map_err(|error| prices.fault(file, error))?;
    let way = way(arguments, compared, &panel, base).map_err(|error| prices.fault(file, error))?;
    prices.panel = panel;
    let computed = Computed { prices, base, filled, way };
    told::told(file, arguments, &computed)
}

fn base(file: &Path, arguments: &Asked, prices: &PriceFile) -> Result<usize, Failure> {
    let Some(written) = &arguments.base else { return Ok(0) };
    prices.periods.iter().position(|period| period == written).ok_or_else(|| {
        let first = prices.periods.first().map_or("", String::as_str);
        let last = prices.periods.last().map_or("", String::as_str);
        let file = file.display();
        Failure::Input(format!("{file}：没有基期“{written}”（应为表中的时期，{first} 至 {last}）"))
    })
}

fn way(
    arguments: &Asked,
    compared: Result<Formula, GeksOf>,
    panel: &Panel,
    base: usize,
) -> Result<Way, PriceIndexError> {
    let formula = match compared {
        Ok(formula) => formula,
        Err(of) => {
            let splice = match arguments.splice {
                Some(SpliceName::Movement) => Splice::Movement,
                Some(SpliceName::Window) => Splice::Window,
                Some(SpliceName::Mean) | None => Splice::Mean,
            };
            let window = match arguments.window {
                Some(length) => Window::Rolling { length, splice },
                None => Window::Whole,
            };
            return Ok(Way::Geks(geks(panel, of, base, window)?));
        }
    };
    // The one that was asked for has to be there; the other is shown beside it where there is one.
    let (direct, chained) = (direct(panel, formula, base), chained(panel, formula, base));
    let (direct, chained) = match arguments.chained {
        true => (direct.ok(), Some(chained?)),
        false => (Some(direct?), chained.ok()),
    };
    Ok(Way::Bilateral { formula, direct, chained })
}

impl FormulaName {
    /// The formula for two periods, or the one that GEKS is made of.
    fn compared(self) -> Result<Formula, GeksOf> {
        match self {
            FormulaName::Jevons => Ok(Formula::Jevons),
            FormulaName::Dutot => Ok(Formula::Dutot),
            FormulaName::Carli => Ok(Formula::Carli),
            FormulaName::Laspeyres => Ok(Formula::Laspeyres),
            FormulaName::Paasche => Ok(Formula::Paasche),
            FormulaName::Fisher => Ok(Formula::Fisher),
            FormulaName::Tornqvist => Ok(Formula::Tornqvist),
            FormulaName::Walsh => Ok(Formula::Walsh),
            FormulaName::GeksFisher => Err(GeksOf::Fisher),
            FormulaName::GeksTornqvist => Err(GeksOf::Tornqvist),
            FormulaName::GeksJevons => Err(GeksOf::Jevons),
        }
    }
}
