//! What a check of a draft looks at beside the statements, and what it finds.

use rust_decimal::Decimal;

use crate::vocabulary::vocabulary;
use crate::{Comparator, Direction, Part, Severity, Span, Unit};

vocabulary! {
    /// What is wrong with a place of a draft.
    CheckCode {
        /// 数值不符: a figure that disagrees with the ledger.
        Level = "level",
        /// 舍入有误: a figure that is not what the ledger's rounds to.
        Rounding = "rounding",
        /// 增速不符: a growth that disagrees with the ledger, or does not follow from the levels.
        Growth = "growth",
        /// 分项与合计不符: parts that do not make the total.
        Parts = "parts",
        /// 比重有误: shares over 100 %, or shares of a whole that do not make 100 %.
        Share = "share",
        /// 前后不一: the same figure told differently in two places.
        Contradiction = "contradiction",
        /// 力度减弱: a target that is told more weakly than it was adopted.
        Weaker = "weaker",
        /// 名词未解释: a coined term that the glossary leaves out.
        Term = "term",
        /// 单位有误: a unit of another dimension or another order of magnitude.
        Unit = "unit",
        /// 年份有误: a year that cannot be meant.
        Year = "year",
        /// 目标缺漏: an adopted target of which nothing is told.
        TargetMissing = "target-missing",
        /// 位次不符: a rank that the ledger contradicts or does not know.
        Rank = "rank",
        /// 计数不符: a declared number that is not the number of what is listed.
        Count = "count",
        /// 增减方向有误: a word of change against the numbers beside it.
        Direction = "direction",
    }
}

impl CheckCode {
    /// Its Chinese name.
    pub fn chinese(self) -> &'static str {
        match self {
            CheckCode::Level => "数值不符",
            CheckCode::Rounding => "舍入有误",
            CheckCode::Growth => "增速不符",
            CheckCode::Parts => "分项与合计不符",
            CheckCode::Share => "比重有误",
            CheckCode::Contradiction => "前后不一",
            CheckCode::Weaker => "力度减弱",
            CheckCode::Term => "名词未解释",
            CheckCode::Unit => "单位有误",
            CheckCode::Year => "年份有误",
            CheckCode::TargetMissing => "目标缺漏",
            CheckCode::Rank => "位次不符",
            CheckCode::Count => "计数不符",
            CheckCode::Direction => "增减方向有误",
        }
    }

    /// What it means, in one Chinese sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            CheckCode::Level => "数值与台账的指标数据、下达的目标或已导入文件的陈述不一致",
            CheckCode::Rounding => "不是台账数值按四舍五入或 GB/T 8170 修约的结果",
            CheckCode::Growth => "增速与台账不一致，或与本年和上年的水平推算不出",
            CheckCode::Parts => "各分项之和与同处所写的合计不一致",
            CheckCode::Share => "比重超过 100%，或同一整体的各比重之和不是 100%",
            CheckCode::Contradiction => "同一指标、口径、年份在文中有两个不同的数",
            CheckCode::Weaker => "目标的力度或比较词弱于下达的目标",
            CheckCode::Term => "引号中的数字简称没有列入名词解释",
            CheckCode::Unit => "单位与指标的量纲不合，或与台账相差 10 的整数次幂",
            CheckCode::Year => "年份与报告的年度不符，或不可能",
            CheckCode::TargetMissing => "下达的目标在文中既没有结果也没有目标",
            CheckCode::Rank => "位次与台账不一致，或台账中没有依据",
            CheckCode::Count => "所称项数与列举的项数不一致",
            CheckCode::Direction => "增减的用词与数字相反",
        }
    }
}

/// Something wrong with a draft, with where it stands and what it was held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftFinding {
    /// What is wrong.
    pub code: CheckCode,
    /// An error is certain; a warning asks to look.
    pub severity: Severity,
    /// The place in the repaired text, in bytes.
    pub span: Span,
    /// What is wrong, one Chinese sentence with both figures.
    pub message: String,
    /// What the place was held against: an observation, a target, a statement, another place of the draft.
    pub source: String,
    /// What could stand there instead, where that is certain.
    pub suggestion: Option<String>,
}

/// A draft with what is wrong with it, for a reader's eyes.
#[derive(Debug, Clone, Copy)]
pub struct CheckedDraft<'a> {
    /// The file, as it was named.
    pub name: &'a str,
    /// The repaired text.
    pub text: &'a str,
    /// What is wrong, in text order.
    pub findings: &'a [DraftFinding],
    /// For a word-processor file the number of each finding's paragraph, from 1.
    pub paragraphs: &'a [Option<usize>],
}

/// A place of a text as people count, from 1; columns in characters, the end behind the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
    /// The line of the end.
    pub end_line: usize,
    /// The column behind the last character.
    pub end_column: usize,
}

impl Place {
    /// The place of a span of bytes of a text.
    pub fn of(text: &str, span: Span) -> Place {
        let point = |offset: usize| {
            let before = text.get(..offset).unwrap_or(text);
            let line = before.matches('\n').count() + 1;
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            (line, before.get(start..).unwrap_or_default().chars().count() + 1)
        };
        let ((line, column), (end_line, end_column)) = (point(span.start), point(span.end));
        Place { line, column, end_line, end_column }
    }
}

/// What a draft says beside its statements that can be checked by counting or adding up. All spans are bytes of the
/// repaired text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asides {
    /// Declared counts with the things that are listed.
    pub lists: Vec<CountedList>,
    /// Totals with their parts.
    pub wholes: Vec<Whole>,
    /// Shares that are told as those of one whole.
    pub shares: Vec<Shares>,
    /// Levels told as then and now.
    pub courses: Vec<Course>,
    /// Coined terms, each where it first occurs.
    pub coined: Vec<Coined>,
    /// Years that are named.
    pub years: Vec<NamedYear>,
    /// Falls by a negative number.
    pub negated: Vec<Span>,
    /// Its sentences, told apart from their numerals.
    pub sentences: Vec<Skeleton>,
}

/// A sentence without its numerals, and these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skeleton {
    /// The sentence with a mark in the place of each numeral.
    pub words: String,
    /// The numerals as they are written, with their places.
    pub numerals: Vec<(String, Span)>,
    /// Where the sentence stands.
    pub span: Span,
}

/// A declared count with the things that are listed: 新建学校3所：甲、乙、丙.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedList {
    /// How many there are said to be.
    pub declared: usize,
    /// How many are listed at least and at most: 甲、乙和丙 may be two things or three.
    pub listed: (usize, usize),
    /// Where.
    pub span: Span,
}

/// A number with its unit and place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The number, with the decimals that are written.
    pub value: Decimal,
    /// The unit.
    pub unit: Unit,
    /// Where.
    pub span: Span,
}

/// A total with its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whole {
    /// The total.
    pub total: Item,
    /// How the true total relates to it.
    pub comparator: Comparator,
    /// The parts, in text order.
    pub parts: Vec<Item>,
    /// Whether the parts are said to be all of them; otherwise (其中) there may be more.
    pub complete: bool,
    /// Whether the parts cannot overlap.
    pub apart: bool,
}

/// Shares that are told as those of one whole, in percent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shares {
    /// The shares.
    pub shares: Vec<Decimal>,
    /// Whether they are said to be all of them (6.0∶45.4∶48.6).
    pub complete: bool,
    /// Where.
    pub span: Span,
}

/// A level then and now with the change: 由48起降至42起，下降12.5%.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// The earlier level.
    pub before: Item,
    /// The later level.
    pub after: Item,
    /// The change in percent, never negative, where it is told.
    pub rate: Option<Decimal>,
    /// Which way the words say that it went.
    pub direction: Direction,
    /// Where.
    pub span: Span,
}

/// A coined term in quotation marks that holds a numeral: “4353”, “8+4”, “五战双强”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coined {
    /// The term without its quotation marks.
    pub name: String,
    /// Where.
    pub span: Span,
    /// Whether the text explains it, in its glossary or on the spot.
    pub explained: bool,
    /// Whether it is digits that mean nothing by themselves, in a text that has a glossary.
    pub cipher: bool,
}

/// A year that is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedYear {
    /// The year.
    pub year: i32,
    /// Where.
    pub span: Span,
    /// The part of the report in which it stands.
    pub part: Part,
    /// The month that is named with it.
    pub month: Option<u8>,
    /// Whether it is the one year of a heading that says what its part is about.
    pub heading: bool,
    /// Whether its sentence speaks of what is still to come.
    pub planned: bool,
    /// Whether it is the year of a day (2024年2月3日).
    pub day: bool,
    /// The words of its sentence before and behind it, a few characters of each.
    pub around: (String, String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_from_one() {
        let text = "甲乙\n丙丁戊\n";
        let place = Place::of(text, Span::new(10, 16));
        assert_eq!(place, Place { line: 2, column: 2, end_line: 2, end_column: 4 });
        assert_eq!(Place::of(text, Span::new(0, 7)).end_line, 2);
    }
}
