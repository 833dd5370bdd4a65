//! A family of indices: each made of indicators, and one made of them all.

use rust_decimal::Decimal;

use super::{Column, borda, copeland, goalposts, min_max, percent_rank, turned, z_scores};
use crate::mean::{self, Weighted};
use crate::winsor;

/// How the numbers of an indicator come to the scale of its index. The better end is always the upper one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// `100·x ÷ x₀`, or `100·x₀ ÷ x` where less is better, `x₀` standing in the base row: comparable over the years.
    /// Numbers have to be above zero.
    Ratio {
        /// The base row.
        base: usize,
    },
    /// From the least to the most of the rows; the bounds move when a row comes in.
    MinMax {
        /// What the worst row gets.
        from: Decimal,
        /// What the best row gets.
        to: Decimal,
    },
    /// Between the goals of each indicator: comparable over the years.
    Goalposts {
        /// What the worse goal gives.
        from: Decimal,
        /// What the better goal gives.
        to: Decimal,
    },
    /// Standard deviations from the mean.
    ZScore {
        /// What the mean gets.
        mean: Decimal,
        /// What a standard deviation more adds.
        deviation: Decimal,
    },
    /// The share of the other rows that each surpasses.
    PercentRank {
        /// What the last gets.
        from: Decimal,
        /// What the first gets.
        to: Decimal,
    },
    /// How many other rows each surpasses.
    Borda,
}

/// How numbers of one scale come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregation {
    /// Their weighted mean: what is weak in one is made up for by the others.
    Arithmetic,
    /// Their weighted geometric mean; numbers have to be above zero.
    Geometric,
    /// Their weighted harmonic mean; numbers have to be above zero.
    Harmonic,
    /// In how many comparisons with another row one wins, less in how many it loses.
    Copeland,
}

/// What becomes of a row of which a number is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// It has no index.
    Exclude,
    /// The other numbers count for it as if there were no more.
    Reweight,
    /// The mean of the other rows is put in.
    Mean,
    /// The last number before it is put in; where there is none, the others count for it.
    Previous,
}

/// One indicator of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Its numbers by row.
    pub numbers: Column,
    /// How much it counts in its index.
    pub weight: Decimal,
    /// Whether less of it is better.
    pub less_is_better: bool,
    /// Its goals for [`Scale::Goalposts`], the worse one first.
    pub goals: Option<(Decimal, Decimal)>,
}

/// One index of a family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its indicators.
    pub indicators: Vec<Indicator>,
    /// How much it counts in the whole.
    pub weight: Decimal,
    /// How its indicators are scaled; `None` as [`Rules::scale`] says.
    pub scale: Option<Scale>,
}

/// How a family is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// How indicators are scaled.
    pub scale: Scale,
    /// How the indicators of an index come together.
    pub within: Aggregation,
    /// How the indices come together.
    pub across: Aggregation,
    /// What becomes of missing numbers.
    pub gap: Gap,
    /// At most so many outliers of an indicator are drawn in ([`winsor::winsorise`]); 0 for none.
    pub winsorised: usize,
}

/// A number that was changed before scaling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changed {
    /// The index.
    pub member: usize,
    /// The indicator in it.
    pub indicator: usize,
    /// The row.
    pub row: usize,
    /// What it was; `None` where it was missing.
    pub was: Option<Decimal>,
    /// What it is.
    pub now: Decimal,
}

/// An index by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its numbers.
    pub numbers: Column,
    /// The share of the weight whose numbers were there, from 0 to 1, by row.
    pub coverage: Vec<Decimal>,
}

/// A family that was computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// Each index.
    pub members: Vec<Outcome>,
    /// The index of them all.
    pub whole: Outcome,
    /// Outliers that were drawn in, then numbers that were put in.
    pub changed: Vec<Changed>,
}

/// Why a family cannot be computed; indices and indicators by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FamilyError {
    /// There is no index, or one has no indicator.
    #[error("there is no indicator")]
    Empty,
    /// Indicators have different numbers of rows.
    #[error("indicator {indicator} of index {member} has another number of rows than the first")]
    Rows {
        /// The index.
        member: usize,
        /// The indicator.
        indicator: usize,
    },
    /// A weight is negative, or they come to nothing.
    #[error("weights are negative or come to nothing")]
    Weights {
        /// The index whose indicators they are; `None` for those of the indices.
        member: Option<usize>,
    },
    /// Nothing tells rows apart, the base is missing, or numbers that the scale divides by are not above zero.
    #[error("the numbers of indicator {indicator} of index {member} have no such scale")]
    Scale {
        /// The index.
        member: usize,
        /// The indicator.
        indicator: usize,
    },
    /// The scale needs goals.
    #[error("indicator {indicator} of index {member} has no goals")]
    Goals {
        /// The index.
        member: usize,
        /// The indicator.
        indicator: usize,
    },
    /// Such a mean needs numbers above zero, and exact decimals an end.
    #[error("row {row} has numbers that are not above zero, or out of range")]
    Mean {
        /// The index; `None` for that of them all.
        member: Option<usize>,
        /// The row.
        row: usize,
    },
}

/// Computes a family: outliers, missing numbers, scale, each index, and the index of them all.
///
/// Source of the steps: OECD and JRC, *Handbook on Constructing Composite Indicators* (2008), part 1.
///
/// # Errors
/// [`FamilyError`], with the place of what is at fault.
pub fn family(members: &[Member], rules: &Rules) -> Result<Family, FamilyError> {
    let scaled = Scaled::of(members, rules, rules.scale, rules.gap, true)?;
    let weights = Weights::of(members);
    let (members, whole) = scaled.combined(&weights, rules.within, rules.across, rules.gap)?;
    Ok(Family { members, whole, changed: scaled.changed })
}

/// The weights of the indicators by index, and of the indices.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    pub(super) within: Vec<Vec<Decimal>>,
    pub(super) across: Vec<Decimal>,
}

impl Weights {
    pub(super) fn of(members: &[Member]) -> Weights {
        let within = |member: &Member| member.indicators.iter().map(|one| one.weight).collect();
        Weights {
            within: members.iter().map(within).collect(),
            across: members.iter().map(|member| member.weight).collect(),
        }
    }
}

/// The scaled numbers of a family.
pub(super) struct Scaled {
    columns: Vec<Vec<Column>>,
    /// Whether each number was there before any was put in.
    present: Vec<Vec<Vec<bool>>>,
    changed: Vec<Changed>,
}

impl Scaled {
    /// Treats, fills and scales; an index keeps its own scale only where `own` says so.
    pub(super) fn of(
        members: &[Member],
        rules: &Rules,
        scale: Scale,
        gap: Gap,
        own: bool,
    ) -> Result<Scaled, FamilyError> {
        let first = members.first().and_then(|member| member.indicators.first());
        let rows = first.ok_or(FamilyError::Empty)?.numbers.len();
        let mut scaled = Scaled { columns: vec![], present: vec![], changed: vec![] };
        let mut filled = Vec::new();
        for (place, member) in members.iter().enumerate() {
            if member.indicators.is_empty() {
                return Err(FamilyError::Empty);
            }
            let scale = member.scale.filter(|_| own).unwrap_or(scale);
            let (mut columns, mut present) = (vec![], vec![]);
            for (number, indicator) in member.indicators.iter().enumerate() {
                if indicator.numbers.len() != rows {
                    return Err(FamilyError::Rows { member: place, indicator: number });
                }
                let mut column = indicator.numbers.clone();
                let change = |row: usize, now: Option<Decimal>| {
                    let was = indicator.numbers.get(row).copied().flatten();
                    now.map(|now| Changed { member: place, indicator: number, row, was, now })
                };
                for row in winsor::winsorise(&mut column, rules.winsorised) {
                    scaled.changed.extend(change(row, column.get(row).copied().flatten()));
                }
                present.push(column.iter().map(Option::is_some).collect());
                for row in fill(&mut column, gap) {
                    filled.extend(change(row, column.get(row).copied().flatten()));
                }
                columns.push(
                    scale.apply(indicator, &column).map_err(|fault| fault.at(place, number))?,
                );
            }
            scaled.columns.push(columns);
            scaled.present.push(present);
        }
        scaled.changed.append(&mut filled);
        Ok(scaled)
    }

    /// Each index, and that of them all.
    pub(super) fn combined(
        &self,
        weights: &Weights,
        within: Aggregation,
        across: Aggregation,
        gap: Gap,
    ) -> Result<(Vec<Outcome>, Outcome), FamilyError> {
        let mut members = Vec::with_capacity(self.columns.len());
        for (place, columns) in self.columns.iter().enumerate() {
            let weights = weights.within.get(place).map_or(&[][..], Vec::as_slice);
            let numbers =
                within.of(columns, weights, gap).map_err(|fault| fault.of(Some(place)))?;
            let there = self.present.get(place).map_or(&[][..], Vec::as_slice);
            let coverage = (0..numbers.len()).map(|row| covered(there, weights, row)).collect();
            members.push(Outcome { numbers, coverage });
        }
        let columns: Vec<Column> = members.iter().map(|member| member.numbers.clone()).collect();
        let numbers = across.of(&columns, &weights.across, gap).map_err(|fault| fault.of(None))?;
        let coverage = (0..numbers.len())
            .map(|row| {
                let of = |member: &Outcome| member.coverage.get(row).copied().unwrap_or_default();
                let pairs: Vec<Weighted> =
                    members.iter().map(of).zip(weights.across.iter().copied()).collect();
                mean::arithmetic(&pairs).unwrap_or_default()
            })
            .collect();
        Ok((members, Outcome { numbers, coverage }))
    }
}

/// The share of the weight that was there in a row.
fn covered(present: &[Vec<bool>], weights: &[Decimal], row: usize) -> Decimal {
    let there = |column: &Vec<bool>| match column.get(row) {
        Some(true) => Decimal::ONE,
        _ => Decimal::ZERO,
    };
    let pairs: Vec<Weighted> = present.iter().map(there).zip(weights.iter().copied()).collect();
    mean::arithmetic(&pairs).unwrap_or_default()
}

/// Puts in what a rule says, and tells the rows.
fn fill(column: &mut Column, gap: Gap) -> Vec<usize> {
    let known: Vec<Weighted> =
        column.iter().flatten().map(|number| (*number, Decimal::ONE)).collect();
    let mean = mean::arithmetic(&known);
    let mut rows = Vec::new();
    let mut before = None;
    for (row, number) in column.iter_mut().enumerate() {
        if number.is_none() {
            *number = match gap {
                Gap::Exclude | Gap::Reweight => None,
                Gap::Mean => mean,
                Gap::Previous => before,
            };
            if number.is_some() {
                rows.push(row);
            }
        }
        before = number.or(before);
    }
    rows
}

/// Why a column has no scale.
enum Unscaled {
    NoGoals,
    NoScale,
}

impl Unscaled {
    fn at(&self, member: usize, indicator: usize) -> FamilyError {
        match self {
            Unscaled::NoGoals => FamilyError::Goals { member, indicator },
            Unscaled::NoScale => FamilyError::Scale { member, indicator },
        }
    }
}

impl Scale {
    fn apply(self, indicator: &Indicator, column: &Column) -> Result<Column, Unscaled> {
        let less = indicator.less_is_better;
        let upward = || if less { turned(column) } else { column.clone() };
        let between = |shares: Column, from: Decimal, to: Decimal| -> Option<Column> {
            let width = to.checked_sub(from)?;
            let one = |share: Decimal| share.checked_mul(width)?.checked_add(from);
            super::each(&shares, one)
        };
        let found = match self {
            Scale::Ratio { base } => ratio(column, base, less),
            Scale::MinMax { from, to } => min_max(&upward(), from, to),
            Scale::Goalposts { from, to } => {
                let (worse, better) = indicator.goals.ok_or(Unscaled::NoGoals)?;
                goalposts(column, worse, better).and_then(|shares| between(shares, from, to))
            }
            Scale::ZScore { mean, deviation } => z_scores(&upward())
                .and_then(|scores| between(scores, mean, mean.checked_add(deviation)?)),
            Scale::PercentRank { from, to } => {
                percent_rank(&upward()).and_then(|shares| between(shares, from, to))
            }
            Scale::Borda => Some(borda(&upward())),
        };
        found.ok_or(Unscaled::NoScale)
    }
}

fn ratio(column: &Column, base: usize, less_is_better: bool) -> Option<Column> {
    let start = column.get(base).copied().flatten()?;
    if column.iter().flatten().any(|number| *number <= Decimal::ZERO) {
        return None;
    }
    super::each(column, |number| {
        let (above, below) = if less_is_better { (start, number) } else { (number, start) };
        above.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(below)
    })
}

/// Why numbers do not come together.
enum Apart {
    Weights,
    Row(usize),
}

impl Apart {
    fn of(&self, member: Option<usize>) -> FamilyError {
        match self {
            Apart::Weights => FamilyError::Weights { member },
            Apart::Row(row) => FamilyError::Mean { member, row: *row },
        }
    }
}

impl Aggregation {
    fn of(self, columns: &[Column], weights: &[Decimal], gap: Gap) -> Result<Column, Apart> {
        let sum: Option<Decimal> = weights.iter().try_fold(Decimal::ZERO, |sum, weight| {
            (*weight >= Decimal::ZERO).then(|| sum.checked_add(*weight))?
        });
        if sum.is_none_or(|sum| sum <= Decimal::ZERO) {
            return Err(Apart::Weights);
        }
        let rows = columns.first().map_or(0, Vec::len);
        let cells = |row: usize| {
            let pair = move |(column, weight): (&Column, &Decimal)| {
                (column.get(row).copied().flatten(), *weight)
            };
            columns.iter().zip(weights).map(pair).filter(|(_, weight)| !weight.is_zero())
        };
        let whole = |row: usize| match gap {
            Gap::Exclude | Gap::Mean => cells(row).all(|(number, _)| number.is_some()),
            Gap::Reweight | Gap::Previous => cells(row).any(|(number, _)| number.is_some()),
        };
        if self == Aggregation::Copeland {
            let borrowed: Vec<(&[Option<Decimal>], Decimal)> =
                columns.iter().map(Vec::as_slice).zip(weights.iter().copied()).collect();
            let points = copeland(&borrowed).ok_or(Apart::Weights)?;
            let row = |(row, points)| whole(row).then(|| Decimal::from(points));
            return Ok(points.into_iter().enumerate().map(row).collect());
        }
        let one = |row: usize| {
            if !whole(row) {
                return Ok(None);
            }
            let pairs: Vec<Weighted> =
                cells(row).filter_map(|(number, weight)| Some((number?, weight))).collect();
            let found = match self {
                Aggregation::Geometric => mean::geometric(&pairs),
                Aggregation::Harmonic => mean::harmonic(&pairs),
                Aggregation::Arithmetic | Aggregation::Copeland => mean::arithmetic(&pairs),
            };
            found.map(Some).ok_or(Apart::Row(row))
        };
        (0..rows).map(one).collect()
    }
}
