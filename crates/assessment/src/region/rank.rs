//! In which order regions stand, and how that moved.

use methods::mean;
use methods::ranking::{Movement, Order, Ties, places};
use rust_decimal::Decimal;
use terms::{Better, Facet, Indicator, Period, RegionPlace, Unit};

use super::Figures;
use super::reading::{Input, Lack, Use, Wanted, counted, is_provisional};
use crate::growth::growth_on_year;

/// What is ranked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// Level or growth.
    pub facet: Facet,
    /// What a level is counted per: people, or land.
    pub per: Option<&'a Indicator>,
    /// The time.
    pub period: Period,
    /// The time against which places have moved.
    pub against: Period,
    /// Which number comes first.
    pub order: Order,
    /// What follows numbers that share a place.
    pub ties: Ties,
}

/// A region with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The region.
    pub region: RegionPlace,
    /// Its number.
    pub value: Decimal,
    /// From 1.
    pub rank: usize,
    /// Its place before, where it had one.
    pub before: Option<usize>,
    /// How the place moved.
    pub movement: Movement,
    /// Whether its figures may still change.
    pub provisional: bool,
    /// What it rests on.
    pub inputs: Vec<Input>,
}

/// A region that has no place, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unranked {
    /// The region.
    pub region: RegionPlace,
    /// Why, in a Chinese sentence.
    pub reason: String,
}

/// Regions in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking {
    /// The unit of all values.
    pub unit: Unit,
    /// Those that have a number, by place and code.
    pub places: Vec<Place>,
    /// Those that have none.
    pub unranked: Vec<Unranked>,
    /// What is to be known of it, in Chinese sentences.
    pub remarks: Vec<String>,
}

impl Ranking {
    /// The simple mean of those that have a number, to four decimals; `None` where none has.
    pub fn mean(&self) -> Option<Decimal> {
        let each: Vec<_> = self.places.iter().map(|place| (place.value, Decimal::ONE)).collect();
        Some(mean::arithmetic(&each)?.round_dp(4).normalize())
    }
}

/// The order of an indicator: what is better comes first. `None` where neither more nor less is better.
pub fn order_of(indicator: &Indicator) -> Option<Order> {
    match indicator.better {
        Better::Higher => Some(Order::HighestFirst),
        Better::Lower => Some(Order::LowestFirst),
        Better::Within => None,
    }
}

/// Ranks regions.
pub fn rank(figures: &dyn Figures, question: Question<'_>, regions: &[RegionPlace]) -> Ranking {
    let now = Numbers::of(figures, question, regions, question.period);
    let then = Numbers::of(figures, question, regions, question.against);
    let ranks = |numbers: &Numbers| places(&numbers.column(), question.order, question.ties);
    let (ranks, before) = (ranks(&now), ranks(&then));
    let known = before.iter().flatten().count();
    let redefined = redefined(figures, question, regions);
    let mut found =
        Ranking { unit: now.unit, places: Vec::new(), unranked: Vec::new(), remarks: now.remarks };
    for (((region, number), rank), before) in regions.iter().zip(now.numbers).zip(ranks).zip(before)
    {
        let region = region.clone();
        match (number, rank) {
            (Ok(number), Some(rank)) => found.places.push(Place {
                region,
                value: number.value,
                rank,
                before,
                movement: Movement::of(before, rank),
                provisional: number.inputs.iter().any(|one| is_provisional(&one.observation)),
                inputs: number.inputs,
            }),
            (Err(reason), _) => found.unranked.push(Unranked { region, reason }),
            (Ok(_), None) => {}
        }
    }
    found.places.sort_by(|one, other| {
        one.rank.cmp(&other.rank).then_with(|| one.region.code.cmp(&other.region.code))
    });
    found.remarks.extend(redefined);
    if known == 0 {
        let against = question.against.chinese();
        found.remarks.push(format!("没有{against}的数，升降无从比较"));
    } else if known < found.places.len() + found.unranked.len() {
        let against = question.against.chinese();
        found.remarks.push(format!("{against}只有 {known} 个地区有数，升降按当时有数的比较"));
    }
    found
}

/// That the definition changed between the two periods, and where.
fn redefined(
    figures: &dyn Figures,
    question: Question<'_>,
    regions: &[RegionPlace],
) -> Option<String> {
    let changed = |region: &RegionPlace| {
        let series = figures.series(&question.indicator.code, &region.code, question.facet)?;
        let change = series.redefined_between(question.against, question.period)?;
        Some((region.code.clone(), change.reason.to_string()))
    };
    let found: Vec<(String, String)> = regions.iter().filter_map(changed).collect();
    let (_, reason) = found.first()?;
    let who = match found.len() == regions.len() {
        true => "各地区".to_owned(),
        false => found.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>().join("、"),
    };
    Some(format!("{who}的口径在两期之间有变化（{reason}），升降含此影响"))
}

/// The number of a region.
#[derive(Debug, Clone)]
pub(super) struct Number {
    pub(super) value: Decimal,
    pub(super) inputs: Vec<Input>,
}

/// The numbers of regions for a period, all of one unit and got in one way.
pub(super) struct Numbers {
    pub(super) unit: Unit,
    /// In the order of the regions; why there is none.
    pub(super) numbers: Vec<Result<Number, String>>,
    pub(super) remarks: Vec<String>,
}

impl Numbers {
    /// Reads them; a growth is as published or, where none is, the ratio of two levels, but never the one beside the
    /// other.
    pub(super) fn of(
        figures: &dyn Figures,
        question: Question<'_>,
        regions: &[RegionPlace],
        period: Period,
    ) -> Numbers {
        match (question.facet, question.per) {
            (Facet::Growth, _) => growths(figures, question, regions, period),
            (Facet::Level, None) => levels(figures, question, regions, period),
            (Facet::Level, Some(per)) => heads(figures, question, per, regions, period),
        }
    }

    pub(super) fn column(&self) -> Vec<Option<Decimal>> {
        self.numbers.iter().map(|number| number.as_ref().ok().map(|known| known.value)).collect()
    }
}

fn wanted<'a>(
    indicator: &'a Indicator,
    facet: Facet,
    region: &'a RegionPlace,
    period: Period,
) -> Wanted<'a> {
    Wanted { indicator, region: &region.code, facet, period }
}

/// Figures as they were published, in the unit of the first.
fn published(
    figures: &dyn Figures,
    question: Question<'_>,
    regions: &[RegionPlace],
    (facet, period, usual): (Facet, Period, &str),
) -> Numbers {
    let ask = |region| wanted(question.indicator, facet, region, period);
    let unit = regions.iter().find_map(|region| ask(region).read(figures).ok());
    let unit = unit.map_or(Unit::new(usual), |(known, _)| known.unit);
    let numbers = regions.iter().map(|region| {
        let (observation, value) = ask(region).read_in(figures, &unit).map_err(said)?;
        Ok(Number { value, inputs: vec![Input { used_as: Use::Value, observation }] })
    });
    Numbers { numbers: numbers.collect(), unit, remarks: Vec::new() }
}

fn levels(
    figures: &dyn Figures,
    question: Question<'_>,
    regions: &[RegionPlace],
    period: Period,
) -> Numbers {
    published(figures, question, regions, (Facet::Level, period, &question.indicator.unit))
}

fn growths(
    figures: &dyn Figures,
    question: Question<'_>,
    regions: &[RegionPlace],
    period: Period,
) -> Numbers {
    let found = published(figures, question, regions, (Facet::Growth, period, "%"));
    if found.numbers.iter().any(Result::is_ok) {
        return found;
    }
    let code = &question.indicator.code;
    let numbers = regions.iter().map(|region| {
        let series = figures.series(code, &region.code, Facet::Level);
        let growth = growth_on_year(&series.unwrap_or_default(), period);
        let growth = growth.map_err(|why| {
            let indicator = question.indicator.name.clone();
            said(Lack { indicator, why: why.to_string() })
        })?;
        let input = |used_as, observation| Input { used_as, observation };
        let inputs = vec![input(Use::Value, growth.level), input(Use::Base, growth.base)];
        Ok(Number { value: growth.rate, inputs })
    });
    let numbers: Vec<_> = numbers.collect();
    let some = numbers.iter().any(Result::is_ok);
    let remark = "没有发布的增速；这里是两年水平之比，与按可比价发布的增速不同";
    let remarks = some.then(|| remark.to_owned()).into_iter().collect();
    Numbers { numbers, unit: Unit::new("%"), remarks }
}

/// Levels per head, in bare units: 元 per 人.
fn heads(
    figures: &dyn Figures,
    question: Question<'_>,
    per: &Indicator,
    regions: &[RegionPlace],
    period: Period,
) -> Numbers {
    let codes = regions.iter().map(|region| region.code.as_str());
    let counted = counted(figures, per, codes, period);
    let found = levels(figures, question, regions, period);
    let bare = |unit: &Unit| match unit.as_str().contains('/') {
        true => unit.clone(),
        false => Unit::new(unit.base()),
    };
    let (above, below) = (bare(&found.unit), bare(&Unit::new(per.unit.as_str())));
    let numbers = found.numbers.into_iter().zip(regions).map(|(number, region)| {
        let mut number = number?;
        let ask = wanted(per, Facet::Level, region, counted);
        let (observation, heads) = ask.read_in(figures, &below).map_err(said)?;
        let value =
            found.unit.convert(number.value, &above).and_then(|value| value.checked_div(heads));
        number.value = value.ok_or_else(|| format!("{}为零，不能作除数", per.name))?;
        number.inputs.push(Input { used_as: Use::Denominator, observation });
        Ok(number)
    });
    let numbers = numbers.collect();
    let mut remarks = found.remarks;
    if counted != period {
        remarks.push(format!("{}用{}的数", per.name, counted.chinese()));
    }
    Numbers { numbers, unit: Unit::new(format!("{above}/{below}")), remarks }
}

fn said(lack: Lack) -> String {
    lack.to_string()
}

#[cfg(test)]
mod tests;
