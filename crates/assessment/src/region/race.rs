//! Racing tables (赛马): regions by several indicators at once, with points for each and a place in all.

use methods::composite::{self, Column};
use methods::mean::{self, Weighted};
use methods::ranking::{Movement, Order, Ties, places};
use rust_decimal::Decimal;
use terms::{Facet, Indicator, Period, RegionPlace, Unit};

use super::Figures;
use super::rank::{Number, Numbers, Question};
use super::reading::{Input, is_provisional};

/// How numbers of one kind become points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scoring {
    /// The best of the regions gets the upper points, the last the lower ones, the others in proportion.
    MinMax {
        /// Points of the last.
        from: Decimal,
        /// Points of the best.
        to: Decimal,
    },
    /// Standard deviations from the mean.
    ZScore,
    /// How many others each surpasses.
    Borda,
    /// The share of the others that each surpasses, from 0 to 1.
    PercentRank,
    /// 0 at the item's lower goal, 1 at its upper one: comparable over the years.
    Goalposts,
    /// The place itself.
    Rank,
}

/// How points come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combined {
    /// Their weighted mean.
    Arithmetic,
    /// Their weighted geometric mean: what is weak in one is not made up for by the others. Points have to be positive.
    Geometric,
    /// Their weighted harmonic mean. Points have to be positive.
    Harmonic,
    /// Their weighted sum.
    Sum,
    /// In how many comparisons with another region one wins, less in how many it loses.
    Copeland,
}

/// What becomes of a region of which an item is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingRule {
    /// It has no place in all.
    Exclude,
    /// The other items count for it as if there were no more.
    Reweight,
}

/// One of the indicators of a race.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The indicator.
    pub indicator: Indicator,
    /// Level or growth.
    pub facet: Facet,
    /// What a level is counted per.
    pub per: Option<Indicator>,
    /// Which number comes first.
    pub order: Order,
    /// How much it counts.
    pub weight: Decimal,
    /// Its goals for [`Scoring::Goalposts`], the worse one first, in the unit in which the numbers are shown.
    pub goals: Option<(Decimal, Decimal)>,
}

/// The rules of a race.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Race {
    /// Its items.
    pub items: Vec<Item>,
    /// How numbers become points.
    pub scoring: Scoring,
    /// How points come together.
    pub combined: Combined,
    /// What becomes of a region of which an item is missing.
    pub missing: MissingRule,
    /// What follows numbers that share a place.
    pub ties: Ties,
}

/// Why a race has no table; its text is a Chinese sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RaceError {
    /// There is no item, or nothing counts.
    #[error("没有计分的指标（各项权重之和应大于零）")]
    NoItem,
    /// The places or points of an item cannot come together so.
    #[error("名次只能求加权和（combine 应为 sum）")]
    RanksAreAdded,
    /// An item has no goals.
    #[error("{0}没有目标区间（计分方法为 goalposts 时各项应有 goals = [差, 好]）")]
    NoGoals(String),
    /// All regions have one number, or there are too few.
    #[error("{0}在各地区的数都相同或不足两个，分不出高低（应去掉该项或改用 rank）")]
    NoScale(String),
    /// Points are not positive, so they have no such mean.
    #[error("{0}有不大于零的得分，不能求几何或调和平均（min-max 的下限应大于零）")]
    NotPositive(String),
    /// A number leaves the range of exact decimals.
    #[error("得分超出精确小数的范围")]
    Range,
}

/// A region in one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaceCell {
    /// Its number.
    pub value: Option<Decimal>,
    /// Its place, from 1.
    pub rank: Option<usize>,
    /// Its points.
    pub points: Option<Decimal>,
    /// Whether its figures may still change.
    pub provisional: bool,
    /// Why there is no number.
    pub reason: Option<String>,
    /// What the number rests on.
    pub inputs: Vec<Input>,
}

/// A region in a race.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaceRow {
    /// The region.
    pub region: RegionPlace,
    /// By item.
    pub cells: Vec<RaceCell>,
    /// Its points in all; `None` where it has none.
    pub total: Option<Decimal>,
    /// The share of the weight that its items have, in percent.
    pub covered: Decimal,
    /// Its place in all.
    pub rank: Option<usize>,
    /// Its place in the round before.
    pub before: Option<usize>,
    /// How the place moved.
    pub movement: Option<Movement>,
}

/// The table of a race.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RaceTable {
    /// The unit of each item.
    pub units: Vec<Unit>,
    /// By place in all and code; those without a place last.
    pub rows: Vec<RaceRow>,
    /// What is to be known of it, in Chinese sentences.
    pub remarks: Vec<String>,
}

/// Holds a race for a period, against that of another.
pub fn race(
    figures: &dyn Figures,
    rules: &Race,
    regions: &[RegionPlace],
    (period, against): (Period, Period),
) -> Result<RaceTable, RaceError> {
    let now = Round::of(figures, rules, regions, period)?;
    // A round before that cannot be held, or without one of the items, has no places to be compared with.
    let whole =
        |round: &Round| round.items.iter().all(|item| item.numbers.iter().any(Result::is_ok));
    let then = Round::of(figures, rules, regions, against).ok().filter(whole);
    let mut remarks = now.remarks.clone();
    let before = then.map_or_else(|| vec![None; regions.len()], |round| round.ranks);
    if before.iter().all(Option::is_none) {
        remarks.push(format!("{}有项目没有数，没有名次，升降无从比较", against.chinese()));
    }
    let mut rows = Vec::with_capacity(regions.len());
    for (at, region) in regions.iter().enumerate() {
        let cells = now.items.iter().map(|item| item.cell(at)).collect();
        let rank = now.ranks.get(at).copied().flatten();
        let before = before.get(at).copied().flatten();
        rows.push(RaceRow {
            region: region.clone(),
            cells,
            total: now.totals.get(at).copied().flatten(),
            covered: now.covered.get(at).copied().unwrap_or_default(),
            rank,
            before,
            movement: rank.map(|rank| Movement::of(before, rank)),
        });
    }
    rows.sort_by(|one, other| {
        let key = |row: &RaceRow| (row.rank.is_none(), row.rank, row.region.code.clone());
        key(one).cmp(&key(other))
    });
    Ok(RaceTable { units: now.items.into_iter().map(|item| item.unit).collect(), rows, remarks })
}

/// One item as all regions have it.
struct Scored {
    unit: Unit,
    numbers: Vec<Result<Number, String>>,
    ranks: Vec<Option<usize>>,
    points: Column,
    weight: Decimal,
    /// More is better.
    turned: Column,
}

impl Scored {
    fn cell(&self, at: usize) -> RaceCell {
        let (number, reason) = match self.numbers.get(at) {
            Some(Ok(number)) => (Some(number), None),
            Some(Err(reason)) => (None, Some(reason.clone())),
            None => (None, None),
        };
        let inputs = number.map_or(Vec::new(), |number| number.inputs.clone());
        RaceCell {
            value: number.map(|number| number.value),
            rank: self.ranks.get(at).copied().flatten(),
            points: self.points.get(at).copied().flatten(),
            provisional: inputs.iter().any(|input| is_provisional(&input.observation)),
            reason,
            inputs,
        }
    }
}

/// A race at one time.
struct Round {
    items: Vec<Scored>,
    totals: Column,
    covered: Vec<Decimal>,
    ranks: Vec<Option<usize>>,
    remarks: Vec<String>,
}

impl Round {
    fn of(
        figures: &dyn Figures,
        rules: &Race,
        regions: &[RegionPlace],
        period: Period,
    ) -> Result<Round, RaceError> {
        let (mut items, mut remarks) = (Vec::new(), Vec::new());
        for item in &rules.items {
            let question = Question {
                indicator: &item.indicator,
                facet: item.facet,
                per: item.per.as_ref(),
                period,
                against: period,
                order: item.order,
                ties: rules.ties,
            };
            let found = Numbers::of(figures, question, regions, period);
            let name = &item.indicator.name;
            remarks.extend(found.remarks.iter().map(|remark| format!("{name}：{remark}")));
            items.push(scored(rules, item, found)?);
        }
        let whole = sum(items.iter().map(|item| item.weight))?;
        if whole <= Decimal::ZERO || items.iter().any(|item| item.weight < Decimal::ZERO) {
            return Err(RaceError::NoItem);
        }
        let (mut totals, mut covered) = (Vec::new(), Vec::new());
        for at in 0..regions.len() {
            let pairs: Vec<Weighted> = items
                .iter()
                .filter_map(|item| Some((item.points.get(at).copied()??, item.weight)))
                .collect();
            let weight = sum(pairs.iter().map(|(_, weight)| *weight))?;
            let share = weight.checked_mul(Decimal::ONE_HUNDRED);
            covered.push(share.and_then(|share| share.checked_div(whole)).ok_or(RaceError::Range)?);
            let counts = match rules.missing {
                MissingRule::Exclude => pairs.len() == items.len(),
                MissingRule::Reweight => weight > Decimal::ZERO,
            };
            totals.push(if counts { Some(total(rules, &pairs, whole)?) } else { None });
        }
        if rules.combined == Combined::Copeland {
            copeland(&items, &mut totals)?;
        }
        let order = match rules.scoring {
            Scoring::Rank if rules.combined != Combined::Copeland => Order::LowestFirst,
            _ => Order::HighestFirst,
        };
        let ranks = places(&totals, order, rules.ties);
        Ok(Round { items, totals, covered, ranks, remarks })
    }
}

fn sum(mut weights: impl Iterator<Item = Decimal>) -> Result<Decimal, RaceError> {
    let add = |sum: Decimal, weight| sum.checked_add(weight);
    weights.try_fold(Decimal::ZERO, add).ok_or(RaceError::Range)
}

fn scored(rules: &Race, item: &Item, found: Numbers) -> Result<Scored, RaceError> {
    let name = || item.indicator.name.clone();
    let column = found.column();
    let ranks = places(&column, item.order, rules.ties);
    let turned = match item.order {
        Order::HighestFirst => column.clone(),
        Order::LowestFirst => composite::turned(&column),
    };
    let points = match rules.scoring {
        Scoring::MinMax { from, to } => composite::min_max(&turned, from, to),
        Scoring::ZScore => composite::z_scores(&turned),
        Scoring::Borda => Some(composite::borda(&turned)),
        Scoring::PercentRank => composite::percent_rank(&turned),
        Scoring::Goalposts => {
            // Goals are of the numbers themselves, the worse one first, whichever way is better.
            let (worse, better) = item.goals.ok_or_else(|| RaceError::NoGoals(name()))?;
            composite::goalposts(&column, worse, better)
        }
        Scoring::Rank => Some(ranks.iter().map(|rank| rank.map(Decimal::from)).collect()),
    };
    let points = points.ok_or_else(|| RaceError::NoScale(name()))?;
    let positive = points.iter().flatten().all(|points| *points > Decimal::ZERO);
    match rules.combined {
        Combined::Geometric | Combined::Harmonic if rules.scoring != Scoring::Rank && !positive => {
            return Err(RaceError::NotPositive(name()));
        }
        Combined::Arithmetic | Combined::Geometric | Combined::Harmonic
            if rules.scoring == Scoring::Rank =>
        {
            return Err(RaceError::RanksAreAdded);
        }
        _ => {}
    }
    let weight = item.weight;
    Ok(Scored { unit: found.unit, numbers: found.numbers, ranks, points, weight, turned })
}

fn total(rules: &Race, pairs: &[Weighted], whole: Decimal) -> Result<Decimal, RaceError> {
    let mean = match rules.combined {
        Combined::Geometric => mean::geometric(pairs),
        Combined::Harmonic => mean::harmonic(pairs),
        Combined::Arithmetic | Combined::Copeland => mean::arithmetic(pairs),
        // What the others come to is what the missing would have come to.
        Combined::Sum => mean::arithmetic(pairs).and_then(|mean| mean.checked_mul(whole)),
    };
    mean.ok_or(RaceError::Range)
}

fn copeland(items: &[Scored], totals: &mut Column) -> Result<(), RaceError> {
    // Only those that have a place are compared.
    let kept = |at: usize| totals.get(at).is_some_and(Option::is_some);
    let columns: Vec<(Column, Decimal)> = items
        .iter()
        .map(|item| {
            let column = item.turned.iter().enumerate();
            (column.filter(|(at, _)| kept(*at)).map(|(_, number)| *number).collect(), item.weight)
        })
        .collect();
    let borrowed: Vec<_> = columns.iter().map(|(column, weight)| (&column[..], *weight)).collect();
    let points = composite::copeland(&borrowed).ok_or(RaceError::Range)?;
    for (total, points) in totals.iter_mut().filter(|total| total.is_some()).zip(points) {
        *total = Some(points.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests;
