//! Why a formula cannot be used, and where in it.

use terms::Span;
use thiserror::Error;
use unicode_width::UnicodeWidthChar;

/// What is wrong with a formula, and at which place; its text is a Chinese sentence that says what was expected.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("第 {column} 字：{kind}")]
pub struct FormulaError {
    /// What is wrong.
    pub kind: FormulaErrorKind,
    /// The place, in bytes of the formula.
    pub span: Span,
    /// The place's first character, counted from 1.
    pub column: usize,
}

/// What can be wrong with a formula.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FormulaErrorKind {
    /// It holds more characters than are read.
    #[error("公式太长（应至多 {0} 字）")]
    TooLong(usize),
    /// It is nested more deeply, or strings more terms together, than is read.
    #[error("公式套得太深或太长（应至多 {0} 层；许多项相加用 合计）")]
    TooDeep(usize),
    /// There is no formula.
    #[error("公式是空的（应如 本值 >= 0）")]
    Empty,
    /// A character that means nothing here.
    #[error("看不懂的符号“{}”（应为名称、数、运算符或括号；名称含有符号时写在「」里）", said(&.0.to_string()))]
    Character(char),
    /// A bracket around a name that is not closed, or holds no name.
    #[error("“{0}”之后没有名称或没有“{1}”（应如 {0}地区生产总值{1}）")]
    Bracket(char, char),
    /// A number that is none, or has too many digits.
    #[error("“{}”不是数（应为至多 28 位的十进制数）", said(.0))]
    Number(String),
    /// A number that is followed by what is no unit.
    #[error("“{}”不是单位（应如 亿元、万人、%；数与名称之间应有运算符或空格）", said(.0))]
    UnknownUnit(String),
    /// Something else was expected.
    #[error("这里是{}（应为{expected}）", said(.found))]
    Expected {
        /// What was expected.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// Comparisons in a chain.
    #[error("比较不能连写（应如 a < b 且 b < c）")]
    Chain,
    /// A function that there is not.
    #[error(
        "没有函数“{0}”（应为 增速、同期、上期、合计 等；名称含有括号时写在「」里，且、或、非 前后留空格）"
    )]
    UnknownFunction(String),
    /// A function with too few or too many arguments.
    #[error("函数“{function}”给了 {found} 个参数（应为 {expected}）")]
    Arguments {
        /// The function.
        function: &'static str,
        /// How many it takes, with an example.
        expected: &'static str,
        /// How many it was given.
        found: usize,
    },
    /// A name that the catalogue does not know.
    #[error(
        "没有指标“{}”（应为指标目录里的代码或名称；且、或 前后和代码之间的减号两边留空格）",
        said(.0)
    )]
    UnknownName(String),
    /// A number where a condition belongs.
    #[error("这里是数（应为条件，如 本值 >= 0）")]
    ConditionExpected,
    /// A condition where a number belongs.
    #[error("这里是条件（应为数）")]
    NumberExpected,
    /// Units of different dimensions.
    #[error(
        "单位“{}”不能与“{1}”{doing}（应为可以与“{1}”换算的单位）",
        said(.right),
        said(.left)
    )]
    Units {
        /// The unit that stands first.
        left: String,
        /// The unit at the place of the error.
        right: String,
        /// What was to be done with the two: 相加, 比较.
        doing: &'static str,
    },
    /// A bare number beside a share, of which nobody knows whether it means percent.
    #[error("比重、增速旁边的数没有单位（应如 {0}% 或 {0}倍）")]
    BareShare(String),
    /// A function that takes nothing but an indicator was given something else.
    #[error("函数“{0}”只用于一个指标（应如 {0}(地区生产总值) 或 {0}(本值)）")]
    IndicatorExpected(&'static str),
    /// An argument that must be written out as a number.
    #[error("函数“{function}”的这个参数要写成数（应为{expected}）")]
    ConstantExpected {
        /// The function.
        function: &'static str,
        /// What it takes there.
        expected: &'static str,
    },
    /// A region that there is not.
    #[error("{}", said(.0))]
    Region(String),
    /// A kind of energy that there is not.
    #[error("没有能源品种“{}”（应为 {} 之一）", said(.0), crate::carrier::all())]
    Carrier(String),
    /// `本值` where no figure is checked.
    #[error("这里没有“本值”（应写指标名称，或给规则写上适用范围）")]
    NoThis,
    /// The growth of a growth.
    #[error("“本值”已是增速（应直接写 本值）")]
    GrowthOfGrowth,
    /// A share where growth of an amount is asked for.
    #[error("比重、增速不是金额、数量（应为金额、数量一类的数；比重的变化写 本值 - 同期(本值)）")]
    ShareGrowth,
    /// The formula of an indicator comes to another unit than the indicator's.
    #[error("算得的单位“{}”不能换算为指标的“{}”（应为可以换算的单位，人均数如 … × 1人）", said(.found), said(.expected))]
    NotOfIndicator {
        /// What it comes to.
        found: String,
        /// The indicator's.
        expected: String,
    },
    /// An indicator that is counted by itself was asked for as one that follows from others.
    #[error("指标“{}”没有公式（应为由其他指标算得的指标）", said(.0))]
    NotDerived(String),
    /// A scope names nothing that there is.
    #[error(
        "适用范围里没有“{0}”（应为指标名称或代码、全部、比重、流量、可比价、增速、量纲词或 @地区代码）"
    )]
    Scope(String),
    /// A scope that holds no indicator.
    #[error("适用范围里没有一个指标（应写 全部、比重、流量 或指标名称）")]
    EmptyScope,
}

/// So many characters of a text are repeated at most.
const REPEATED: usize = 200;

/// A text as a message repeats it: in one line, and not all of a long one.
fn said(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { '�' } else { c });
    let mut said: String = plain.take(REPEATED).collect();
    if text.chars().nth(REPEATED).is_some() {
        said.push('…');
    }
    said
}

/// A fault at a place, before its column is counted.
pub(crate) type Fault = (FormulaErrorKind, Span);

impl FormulaError {
    /// The error of a fault in `source`.
    pub(crate) fn of((kind, span): Fault, source: &str) -> FormulaError {
        let before = source.char_indices().take_while(|(at, _)| *at < span.start).count();
        FormulaError { kind, span, column: before + 1 }
    }

    /// The error as a compiler shows it: the message, the line of `source` that it is in, and carets below the
    /// place. A Chinese character is two columns wide.
    ///
    /// ```
    /// use assessment::formula::Formula;
    ///
    /// let error = Formula::parse("本值 >= 同比(本值)").unwrap_err();
    /// let shown = error.render("本值 >= 同比(本值)");
    /// assert_eq!(shown.lines().last(), Some("          ^^^^"));
    /// ```
    pub fn render(&self, source: &str) -> String {
        let at = (0..=self.span.start.min(source.len()))
            .rev()
            .find(|at| source.is_char_boundary(*at))
            .unwrap_or_default();
        let (before, behind) = source.split_at(at);
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        let rest = behind.split('\n').next().unwrap_or_default();
        let length = self.span.end.saturating_sub(at).min(rest.len());
        let place = rest.get(..length).unwrap_or(rest);
        let printable = |text: &str| -> String {
            text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
        };
        let (indent, shown) = (printable(&before[line_start..]), printable(rest));
        let carets = "^".repeat(columns(place).max(1));
        format!("{self}\n  {indent}{shown}\n  {}{carets}", " ".repeat(columns(&indent)))
    }
}

/// How many columns of a terminal a text takes; a control character, shown as a space, takes one.
fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(1)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_below_wide_characters() {
        let source = "第一行 +\n\t增速（x） + 甲";
        let start = source.find('甲').unwrap();
        let kind = FormulaErrorKind::UnknownName("甲".into());
        let error = FormulaError::of((kind, Span::new(start, start + 3)), source);
        assert_eq!(error.column, 16);
        let shown = error.render(source);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[1..], ["   增速（x） + 甲", "               ^^"]);
    }

    #[test]
    fn a_place_behind_the_end_or_inside_a_character_is_shown_all_the_same() {
        for (start, end) in [(0, 0), (1, 2), (3, 3), (99, 100)] {
            let error = FormulaError::of((FormulaErrorKind::Empty, Span::new(start, end)), "甲");
            assert!(error.render("甲").ends_with('^'), "{start}");
        }
    }
}
