//! Appraisal schemes as data: criteria in a tree, how each gives points, and the levels that a total comes to.

use rust_decimal::Decimal;

use crate::Day;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What is appraised.
    SchemeSubject {
        /// A project of the ledger; formulas speak of its own figures.
        Project = "project",
        /// A region; formulas speak of its indicators.
        Region = "region",
        /// An enterprise or another organisation; all values are answers.
        Enterprise = "enterprise",
    }
}

impl SchemeSubject {
    /// Its name in Chinese.
    pub fn chinese(self) -> &'static str {
        match self {
            SchemeSubject::Project => "项目",
            SchemeSubject::Region => "地区",
            SchemeSubject::Enterprise => "企业",
        }
    }
}

vocabulary! {
    /// How the points of criteria become those of the criterion above them.
    Combine {
        /// They are added, each times its weight.
        Sum = "sum",
        /// Their weighted mean.
        Mean = "mean",
    }
}

/// How a value gives points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScoringRule {
    /// From each threshold on, so many points.
    Steps {
        /// The points below the first threshold.
        below: Decimal,
        /// Threshold and points, thresholds rising; a value at a threshold has reached it.
        steps: Vec<(Decimal, Decimal)>,
    },
    /// Straight between neighbouring points, flat beyond the ends: value and points, values rising.
    Linear(Vec<(Decimal, Decimal)>),
    /// Whether something is so.
    Fact {
        /// The points where it is.
        yes: Decimal,
        /// The points where it is not.
        no: Decimal,
    },
    /// The value is the points, given by those who appraise.
    Given {
        /// The fewest that may be given.
        least: Decimal,
        /// The most that may be given.
        most: Decimal,
    },
}

impl ScoringRule {
    /// The fewest points that it gives.
    pub fn least(&self) -> Decimal {
        self.all_points().min().unwrap_or_default()
    }

    /// The most points that it gives.
    pub fn most(&self) -> Decimal {
        self.all_points().max().unwrap_or_default()
    }

    fn all_points(&self) -> Box<dyn Iterator<Item = Decimal> + '_> {
        match self {
            ScoringRule::Steps { below, steps } => {
                Box::new(std::iter::once(*below).chain(steps.iter().map(|(_, points)| *points)))
            }
            ScoringRule::Linear(knots) => Box::new(knots.iter().map(|(_, points)| *points)),
            ScoringRule::Fact { yes, no } => Box::new([*yes, *no].into_iter()),
            ScoringRule::Given { least, most } => Box::new([*least, *most].into_iter()),
        }
    }
}

/// What is measured, by itself or through the criteria below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Its code, which is its own within the scheme.
    pub code: String,
    /// The Chinese name that is shown.
    pub name: String,
    /// Code of the criterion above it; `None` at the top.
    pub under: Option<String>,
    /// How much it counts among those beside it; more than 0.
    pub weight: Decimal,
    /// How those below it are put together; of no meaning where there are none.
    pub combine: Combine,
    /// How its value gives points; `None` where those below it do.
    pub rule: Option<ScoringRule>,
    /// The formula of its value; empty where it is answered by people.
    pub formula: String,
    /// The unit of its value and its thresholds; may be empty.
    pub unit: String,
    /// What an answer has to be supported by; empty where it needs nothing.
    pub evidence: String,
    /// How it is to be understood; may be empty.
    pub note: String,
}

/// Something that decides before any points are counted (一票否决).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Veto {
    /// Its code, which is its own within the scheme.
    pub code: String,
    /// The Chinese name that is shown.
    pub name: String,
    /// The condition under which it strikes; empty where it is answered by people.
    pub formula: String,
    /// Code of the level that can still be had; `None` where no level can.
    pub cap: Option<String>,
    /// What an answer has to be supported by; empty where it needs nothing.
    pub evidence: String,
}

/// A level or a number of stars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// Its code, for example `5`.
    pub code: String,
    /// The Chinese name that is shown, for example `五星`.
    pub name: String,
    /// The total from which on it is reached; the cut itself belongs to it.
    pub from: Decimal,
}

/// A way to appraise, in one of its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Its code, for example `project-stars`.
    pub code: String,
    /// The Chinese name that is shown.
    pub name: String,
    /// Which version of the scheme it is; what a version says is never changed.
    pub version: String,
    /// Which edition of a standard or document it follows; may be empty.
    pub edition: String,
    /// What is appraised.
    pub subject: SchemeSubject,
    /// The first day on which it is in force; `None` for always.
    pub valid_from: Option<Day>,
    /// The last day on which it is in force; `None` for no end.
    pub valid_until: Option<Day>,
    /// How the criteria at the top are put together.
    pub combine: Combine,
    /// To so many decimals is the total rounded, half away from zero, before it is held against the cuts.
    pub decimals: u32,
    /// The share of the scheme, in percent, that has to be measured for a level to be given.
    pub coverage: Decimal,
    /// How it is to be understood; may be empty.
    pub note: String,
    /// The criteria, in the order in which they are shown.
    pub criteria: Vec<Criterion>,
    /// What adds to the total of the criteria, or takes from it.
    pub bonuses: Vec<Criterion>,
    /// How much all of the bonuses may add at most; `None` for no limit.
    pub bonus_cap: Option<Decimal>,
    /// What decides beforehand.
    pub vetoes: Vec<Veto>,
    /// The levels, lowest first.
    pub levels: Vec<Level>,
}

impl Scheme {
    /// Whether it is in force on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.valid_from.is_none_or(|first| first <= day)
            && self.valid_until.is_none_or(|last| day <= last)
    }

    /// The criteria directly below one, or those at the top.
    pub fn below<'a>(&'a self, code: Option<&'a str>) -> impl Iterator<Item = &'a Criterion> {
        self.criteria.iter().filter(move |criterion| criterion.under.as_deref() == code)
    }
}

/// What somebody says of a criterion or a veto of a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SchemeAnswer {
    /// Code of the criterion.
    pub criterion: String,
    /// The value as it was written: a number with or without its unit, 是 or 否; empty where it is not known.
    pub value: String,
    /// What supports it; may be empty.
    pub evidence: String,
    /// A remark; may be empty.
    pub note: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_knows_the_fewest_and_the_most_points() {
        let number = Decimal::from;
        let pairs = vec![(number(60), number(5)), (number(80), number(2))];
        for (rule, least, most) in [
            (ScoringRule::Steps { below: number(9), steps: pairs.clone() }, 2, 9),
            (ScoringRule::Linear(pairs), 2, 5),
            (ScoringRule::Fact { yes: number(-3), no: number(0) }, -3, 0),
            (ScoringRule::Given { least: number(1), most: number(5) }, 1, 5),
        ] {
            assert_eq!((rule.least(), rule.most()), (number(least), number(most)));
        }
    }
}
