//! What a formula says: its tree, the functions, and how it is printed.

use std::fmt;

use rust_decimal::Decimal;
use terms::Span;

/// A part of a formula. Two are equal when they say the same, wherever they stand.
#[derive(Debug, Clone)]
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    /// In bytes of the formula.
    pub(crate) span: Span,
    /// How many parts stand below each other here.
    pub(crate) height: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExprKind {
    /// A number with its unit as written, which may be empty.
    Number(Decimal, String),
    /// A name without its brackets.
    Name(String),
    /// `本值`
    This,
    Negate(Box<Expr>),
    Not(Box<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
}

impl PartialEq for Expr {
    fn eq(&self, other: &Expr) -> bool {
        self.kind == other.kind
    }
}

impl Expr {
    /// Whether it is meant as a condition, sound or not.
    pub(crate) fn is_condition(&self) -> bool {
        match &self.kind {
            ExprKind::Not(_) => true,
            ExprKind::Binary(operator, ..) => {
                operator.is_comparison() || matches!(operator, Operator::And | Operator::Or)
            }
            ExprKind::Call(Function::Missing | Function::About | Function::IsCumulative, _) => true,
            ExprKind::Call(Function::If, arguments) => match &arguments[..] {
                [_, then, _] => then.is_condition(),
                _ => true,
            },
            _ => false,
        }
    }

    /// Calls `visit` with this part and all below it.
    pub(crate) fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Expr)) {
        visit(self);
        match &self.kind {
            ExprKind::Number(..) | ExprKind::Name(_) | ExprKind::This => {}
            ExprKind::Negate(inner) | ExprKind::Not(inner) => inner.walk(visit),
            ExprKind::Binary(_, left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            // What follows the first is a place or a time, no indicator.
            ExprKind::Call(function, arguments) if function.names_once() => {
                arguments.iter().take(1).for_each(|argument| argument.walk(visit));
            }
            ExprKind::Call(_, arguments) => {
                arguments.iter().for_each(|argument| argument.walk(visit));
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    /// Equal but for what rounding of the figures leaves.
    About,
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// How tightly a prefix binds: `非` more loosely than a comparison, a sign more tightly than anything.
pub(crate) const NOT: u8 = 3;
pub(crate) const SIGN: u8 = 7;

impl Operator {
    /// How tightly it binds; the tighter, the higher.
    pub(crate) fn power(self) -> u8 {
        match self {
            Operator::Or => 1,
            Operator::And => 2,
            Operator::Add | Operator::Subtract => 5,
            Operator::Multiply | Operator::Divide => 6,
            _ => COMPARISON,
        }
    }

    pub(crate) fn is_comparison(self) -> bool {
        self.power() == COMPARISON
    }

    /// As it is printed.
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Operator::Or => "或",
            Operator::And => "且",
            Operator::Equal => "=",
            Operator::NotEqual => "≠",
            Operator::Less => "<",
            Operator::LessEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterEqual => ">=",
            Operator::About => "≈",
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "×",
            Operator::Divide => "÷",
        }
    }
}

const COMPARISON: u8 = 4;

/// Declares the functions with their Chinese and English names, the fewest and most arguments, and how that is said.
macro_rules! functions {
    ($($(#[$doc:meta])* $variant:ident = $chinese:literal, $english:literal, $fewest:literal..=$most:expr, $said:literal;)+) => {
        /// A function of the language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Function { $($(#[$doc])* $variant),+ }

        impl Function {
            pub(crate) const ALL: &[Function] = &[$(Function::$variant),+];

            /// Its Chinese name, under which it is printed.
            pub(crate) fn chinese(self) -> &'static str {
                match self { $(Function::$variant => $chinese),+ }
            }

            pub(crate) fn english(self) -> &'static str {
                match self { $(Function::$variant => $english),+ }
            }

            pub(crate) fn takes(self, arguments: usize) -> bool {
                match self { $(Function::$variant => ($fewest..=$most).contains(&arguments)),+ }
            }

            /// How many arguments it takes, with an example.
            pub(crate) fn arguments(self) -> &'static str {
                match self { $(Function::$variant => $said),+ }
            }
        }
    };
}

functions! {
    /// The growth that was published.
    Growth = "增速", "growth", 1..=1, "1 个，如 增速(本值)";
    /// The last shorter period from January on of the same year, or the period before.
    Previous = "上期", "previous", 1..=1, "1 个，如 上期(本值)";
    /// The same months of the year before.
    YearAgo = "同期", "year_ago", 1..=1, "1 个，如 同期(本值)";
    /// The single month that ends the period.
    Single = "单月", "single", 1..=1, "1 个，如 单月(本值)";
    /// Another period, so many periods, months or years away.
    Shift = "移期", "shift", 2..=2, "2 个，如 移期(本值, -1年)";
    /// The same measure in the whole year of the period.
    FullYear = "全年", "full_year", 1..=1, "1 个，如 全年(年度计划投资)";
    /// From January to the end of the period.
    Cumulative = "累计", "cumulative", 1..=1, "1 个，如 累计(本值)";
    /// The growth on the year of the single month that ends the period, from growth that was published.
    SingleGrowth = "单月增速", "single_growth", 1..=1, "1 个，如 单月增速(本值)";
    /// The growth on the year of the numbers as they are, at current prices.
    NominalGrowth = "现价增速", "nominal_growth", 1..=1, "1 个，如 现价增速(本值)";
    /// The growth on the year less what prices did.
    RealGrowth = "可比价增速", "real_growth", 2..=2, "2 个，如 可比价增速(本值, 101.2%)";
    /// A level at the prices of a year, carried on by published growth at comparable prices.
    ConstantPrice = "不变价", "constant_price", 2..=2, "2 个，如 不变价(地区生产总值, 2020年)";
    /// The mean growth over so many years, by the first and the last.
    MeanGrowth = "年均增速", "mean_growth", 2..=2, "2 个，如 年均增速(本值, 5年)";
    /// The sum over the regions directly below.
    Children = "下级合计", "children", 1..=1, "1 个，如 下级合计(本值)";
    /// Their mean, of those that are known where they make up a part that is given.
    ChildrenMean = "下级均值", "children_mean", 1..=2, "1 或 2 个，如 下级均值(本值, 80%)";
    /// Their mean weighted by another number.
    ChildrenWeighted = "下级加权", "children_weighted", 2..=3, "2 或 3 个，如 下级加权(增速(本值), 本值)";
    ChildrenLeast = "下级最小", "children_min", 1..=2, "1 或 2 个，如 下级最小(本值, 80%)";
    ChildrenGreatest = "下级最大", "children_max", 1..=2, "1 或 2 个，如 下级最大(本值, 80%)";
    /// How many of them have a number, or keep a condition.
    ChildrenCount = "下级个数", "children_count", 1..=1, "1 个，如 下级个数(增速(本值) > 5%)";
    /// The sum over the last periods, or over those from one to another.
    SumOver = "历期合计", "sum_over", 2..=3, "2 或 3 个，如 历期合计(本值, 3年)、历期合计(本值, 2021年, 2025年)";
    MeanOver = "历期均值", "mean_over", 2..=3, "2 或 3 个，如 历期均值(本值, 3年)";
    LeastOver = "历期最小", "min_over", 2..=3, "2 或 3 个，如 历期最小(本值, 12个月)";
    GreatestOver = "历期最大", "max_over", 2..=3, "2 或 3 个，如 历期最大(本值, 12个月)";
    /// The last of the last periods that has a figure.
    Latest = "最近", "latest", 2..=2, "2 个，如 最近(本值, 3年)";
    /// Another region.
    Region = "地区", "region", 2..=2, "2 个，如 地区(本值, 330784)";
    Absolute = "绝对值", "abs", 1..=1, "1 个";
    /// Rounded in the unit that it is shown in.
    Round = "四舍五入", "round", 1..=2, "1 或 2 个，如 四舍五入(本值, 1)";
    Least = "最小", "min", 1..=usize::MAX, "1 个以上";
    Greatest = "最大", "max", 1..=usize::MAX, "1 个以上";
    Sum = "合计", "sum", 1..=usize::MAX, "1 个以上";
    Mean = "均值", "mean", 1..=usize::MAX, "1 个以上";
    /// Shown in another unit of the same kind.
    Convert = "换算", "convert", 2..=2, "2 个，如 换算(本值, 1万元)";
    /// An amount of a kind of energy in standard coal.
    StandardCoal = "折标煤", "standard_coal", 2..=3, "2 或 3 个，如 折标煤(全社会用电量, 电力)、折标煤(全社会用电量, 电力, 0.295)";
    /// By how much energy per unit of output declined on the year before, of intensities with four decimals.
    IntensityDecline = "能耗降低率", "intensity_decline", 2..=2, "2 个，如 能耗降低率(能源消费总量, 不变价地区生产总值)";
    /// Whether a number cannot be told.
    Missing = "缺失", "missing", 1..=1, "1 个，如 缺失(本值)";
    /// Another number where the first cannot be told.
    Default = "默认", "default", 2..=2, "2 个，如 默认(本值, 0)";
    /// The modified z-score of the growth on the year among that of other years.
    RobustZ = "稳健z", "robust_z", 1..=1, "1 个，如 稳健z(本值)";
    /// Equal but for a tolerance.
    About = "约等于", "about", 3..=3, "3 个，如 约等于(甲, 乙, 0.5%)";
    /// The second or the third, as the first holds or not; of conditions the third may be left out, and then holds.
    If = "若", "if", 2..=3, "3 个，如 若(甲 > 0, 甲, 乙)；条件也可 2 个，如 若(甲 > 0, 乙 > 0)";
    /// Whether the period runs from January to a later month.
    IsCumulative = "累计期", "is_cumulative", 0..=0, "0 个，即 累计期()";
    /// How much of the year is over when the period ends.
    Elapsed = "时序进度", "elapsed", 0..=0, "0 个，即 时序进度()";
}

impl Function {
    /// Whether only its first argument may name an indicator.
    fn names_once(self) -> bool {
        use Function::{GreatestOver, LeastOver, MeanOver, Region, StandardCoal, SumOver};
        matches!(self, Region | StandardCoal | SumOver | MeanOver | LeastOver | GreatestOver)
    }

    /// The function of a Chinese or English name.
    pub(crate) fn named(name: &str) -> Option<Function> {
        let named = |known: &&Function| {
            [known.chinese(), known.english()].iter().any(|own| own.eq_ignore_ascii_case(name))
        };
        Function::ALL.iter().find(named).copied()
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Number(value, unit) => write!(f, "{value}{unit}"),
            ExprKind::This => f.write_str("本值"),
            ExprKind::Name(name) => {
                if super::lexer::is_bare_name(name) {
                    f.write_str(name)
                } else if name.contains('」') {
                    write!(f, "[{name}]")
                } else {
                    write!(f, "「{name}」")
                }
            }
            ExprKind::Negate(inner) => {
                f.write_str("-")?;
                operand(f, inner, SIGN)
            }
            ExprKind::Not(inner) => {
                f.write_str("非 ")?;
                operand(f, inner, NOT)
            }
            ExprKind::Binary(operator, left, right) => {
                let power = operator.power();
                // Comparisons do not chain, so neither side may be one without parentheses.
                operand(f, left, power + u8::from(operator.is_comparison()))?;
                write!(f, " {} ", operator.symbol())?;
                operand(f, right, power + 1)
            }
            ExprKind::Call(function, arguments) => {
                write!(f, "{}(", function.chinese())?;
                for (number, argument) in arguments.iter().enumerate() {
                    if number > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{argument}")?;
                }
                f.write_str(")")
            }
        }
    }
}

/// Prints a part, in parentheses where it binds more loosely than `needed`.
fn operand(f: &mut fmt::Formatter<'_>, expr: &Expr, needed: u8) -> fmt::Result {
    let power = match &expr.kind {
        ExprKind::Binary(operator, ..) => operator.power(),
        ExprKind::Not(_) => NOT,
        _ => SIGN,
    };
    if power < needed { write!(f, "({expr})") } else { write!(f, "{expr}") }
}
