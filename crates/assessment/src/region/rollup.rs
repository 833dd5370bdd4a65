//! What the figures of regions come to, beside the figure that is published for what they belong to.

use methods::growth::rate;
use methods::mean::{self, Weighted};
use rust_decimal::{Decimal, RoundingStrategy};
use terms::{Facet, Indicator, Observation, Period, RegionPlace, Unit};

use super::derived::Derived;
use super::method::Method;
use super::reading::{Input, Lack, Use, Wanted, counted, half_step, is_provisional, quotient};
use super::{Figures, MethodName};
use crate::growth::Incomparable;
use crate::nature::is_real;

/// A region with those that belong to it, as far down as is looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// The region.
    pub place: RegionPlace,
    /// Those below it, which stand for it where it has no figure itself; empty where none are looked at.
    pub below: Vec<Branch>,
}

/// A region in what several come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The region.
    pub place: RegionPlace,
    /// Its value in the unit of the whole; `None` where it is missing.
    pub value: Option<Decimal>,
    /// How much it counts: the weight of a mean, the denominator of a ratio, in that indicator's usual unit.
    pub weight: Option<Decimal>,
    /// The figures that this rests on.
    pub inputs: Vec<Input>,
    /// Why it does not count.
    pub lack: Option<Lack>,
}

/// How much of the whole the regions with figures are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// So many have what is needed.
    pub present: usize,
    /// Of so many.
    pub all: usize,
    /// Codes of those that lack something.
    pub missing: Vec<String>,
    /// The share of those present in percent, of what [`Coverage::measured_by`] says; `None` where that is not known of
    /// each.
    pub share: Option<Decimal>,
    /// What the share is one of: last year's figures ([`Use::Base`]), weights, denominators, or last year's figures of
    /// what the formula names first ([`Use::Numerator`]).
    pub measured_by: Use,
}

/// How far the published figure is from what its parts come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The published figure less what the parts come to, in the unit of the whole.
    pub difference: Decimal,
    /// In percent of the published figure; `None` where that is not positive.
    pub percent: Option<Decimal>,
    /// How much rounding of all figures may make at most; `None` where the method leaves that open.
    pub rounding: Option<Decimal>,
}

/// What figures of regions come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollUp {
    /// How.
    pub method: MethodName,
    /// The time that it is about.
    pub period: Period,
    /// The unit of all values.
    pub unit: Unit,
    /// What those that are present come to: the whole only where none is missing. `None` where none is present.
    pub value: Option<Decimal>,
    /// The growth on the year of the sum of those that have comparable figures of both years, in percent, and how many
    /// these are; only of sums.
    pub growth: Option<(Decimal, usize)>,
    /// Every region.
    pub parts: Vec<Part>,
    /// How much of the whole is known.
    pub coverage: Coverage,
    /// What is published for what the regions belong to.
    pub official: Option<Observation>,
    /// How far it is from what they come to.
    pub gap: Option<Gap>,
    /// What is to be known of it, in Chinese sentences.
    pub remarks: Vec<String>,
}

impl RollUp {
    /// A region's part in percent of what those that are present come to, with one decimal; only of sums, where that is
    /// positive and no part is below nothing.
    pub fn share(&self, code: &str) -> Option<Decimal> {
        let whole = self.value.filter(|whole| *whole > Decimal::ZERO)?;
        let parts = || self.parts.iter().filter_map(|part| part.value);
        if self.method != MethodName::Sum || parts().any(|part| part < Decimal::ZERO) {
            return None;
        }
        let part = self.parts.iter().find(|part| part.place.code == code)?.value?;
        let share = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
        Some(share.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero))
    }
}

/// What figures of the regions below one come to. Units are joined by exact factors; a figure that none joins is lacking.
pub fn roll_up(
    figures: &dyn Figures,
    (indicator, method): (&Indicator, Method<'_>),
    (parent, branches): (&str, &[Branch]),
    period: Period,
) -> RollUp {
    let weighed = match method {
        Method::WeightedMean { weight } => {
            let mut all = Vec::new();
            codes(branches, &mut all);
            counted(figures, weight, all.into_iter(), period)
        }
        _ => period,
    };
    let derived = match method {
        Method::FormulaOfSums { indicator, catalogue } => Derived::of(indicator, catalogue),
        _ => None,
    };
    let asked = Asking { figures, indicator, method, period, weighed, derived };
    let official = asked.wanted(indicator, parent, period).read(figures);
    let mut leaves = Vec::new();
    asked.leaves(branches, &mut leaves);
    let unit = match &official {
        Ok((known, _)) => known.unit.clone(),
        Err(_) => asked.unit(&leaves),
    };
    let parts: Vec<Part> = leaves.iter().map(|place| asked.part(place, &unit)).collect();
    let value = asked.value(&parts, &unit);
    let gap = match (&official, value) {
        (Ok((known, number)), Some(value)) => asked.gap((known, *number), value, &parts, &unit),
        _ => None,
    };
    let coverage = asked.coverage(&parts);
    let growth = asked.growth(&parts, &unit);
    let mut found = RollUp {
        method: method.name(),
        period,
        unit,
        value,
        growth,
        coverage,
        official: official.ok().map(|(known, _)| known),
        gap,
        remarks: Vec::new(),
        parts,
    };
    found.remarks = asked.remarks(&found, parent);
    found
}

/// The codes of regions and of all that is looked at below them.
fn codes<'b>(branches: &'b [Branch], found: &mut Vec<&'b str>) {
    for branch in branches {
        found.push(&branch.place.code);
        codes(&branch.below, found);
    }
}

struct Asking<'a> {
    figures: &'a dyn Figures,
    indicator: &'a Indicator,
    method: Method<'a>,
    period: Period,
    /// The period of the weights.
    weighed: Period,
    /// Of what follows from a formula.
    derived: Option<Derived<'a>>,
}

impl<'a> Asking<'a> {
    fn wanted<'w>(&self, indicator: &'w Indicator, region: &'w str, period: Period) -> Wanted<'w> {
        Wanted { indicator, region, facet: Facet::Level, period }
    }

    /// The figures that a region needs, each with what it is used for.
    fn needed(&self) -> Vec<(Use, &'a Indicator)> {
        match self.method {
            Method::Sum | Method::Mean => vec![(Use::Value, self.indicator)],
            Method::WeightedMean { weight } => {
                vec![(Use::Value, self.indicator), (Use::Weight, weight)]
            }
            Method::RatioOfSums { numerator, denominator } => {
                vec![(Use::Numerator, numerator), (Use::Denominator, denominator)]
            }
            Method::FormulaOfSums { .. } => {
                let parts = self.derived.iter().flat_map(|derived| &derived.parts);
                parts.map(|part| (Use::Value, *part)).collect()
            }
        }
    }

    /// The period of a figure that is used so.
    fn at(&self, used_as: Use) -> Period {
        if used_as == Use::Weight { self.weighed } else { self.period }
    }

    /// The regions that count: in place of one that lacks a figure those below it, if any of these has one.
    fn leaves<'b>(&self, branches: &'b [Branch], found: &mut Vec<&'b RegionPlace>) {
        for branch in branches {
            if self.has(&branch.place) || !branch.below.iter().any(|below| self.has_any(below)) {
                found.push(&branch.place);
            } else {
                self.leaves(&branch.below, found);
            }
        }
    }

    /// Whether a region has what is needed.
    fn has(&self, place: &RegionPlace) -> bool {
        if let Some(derived) = &self.derived {
            return derived.compute(self.figures, &place.code, self.period).is_ok();
        }
        let read = |(used_as, indicator): &(Use, &Indicator)| {
            self.wanted(indicator, &place.code, self.at(*used_as)).read(self.figures).is_ok()
        };
        self.needed().iter().all(read)
    }

    /// Whether a region has it, or any below.
    fn has_any(&self, branch: &Branch) -> bool {
        self.has(&branch.place) || branch.below.iter().any(|below| self.has_any(below))
    }

    /// The unit of the first figure that there is, or the indicator's usual one.
    fn unit(&self, leaves: &[&RegionPlace]) -> Unit {
        let usual = Unit::new(self.indicator.unit.as_str());
        if matches!(self.method, Method::RatioOfSums { .. } | Method::FormulaOfSums { .. }) {
            return usual;
        }
        let known = leaves.iter().find_map(|place| {
            self.wanted(self.indicator, &place.code, self.period).read(self.figures).ok()
        });
        known.map_or(usual, |(known, _)| known.unit)
    }

    fn part(&self, place: &RegionPlace, unit: &Unit) -> Part {
        let mut part = Part {
            place: place.clone(),
            value: None,
            weight: None,
            inputs: Vec::new(),
            lack: None,
        };
        if let Some(derived) = &self.derived {
            let usual = Unit::new(self.indicator.unit.as_str());
            match derived.compute(self.figures, &place.code, self.period) {
                Ok((inputs, number)) => {
                    (part.inputs, part.value) = (inputs, usual.convert(number, unit));
                }
                Err(lack) => part.lack = Some(lack),
            }
            return part;
        }
        let mut numbers = Vec::new();
        for (used_as, indicator) in self.needed() {
            let usual = Unit::new(indicator.unit.as_str());
            let unit = if used_as == Use::Value { unit } else { &usual };
            let wanted = self.wanted(indicator, &place.code, self.at(used_as));
            match wanted.read_in(self.figures, unit) {
                Ok((observation, number)) => {
                    part.inputs.push(Input { used_as, observation });
                    numbers.push((number, usual));
                }
                Err(lack) => {
                    part.lack.get_or_insert(lack);
                }
            }
        }
        if part.lack.is_some() {
            return part;
        }
        match (self.method, &numbers[..]) {
            (Method::RatioOfSums { denominator, .. }, [(above, over), (below, under)]) => {
                part.value = quotient((*above, over), (*below, under), unit);
                part.weight = Some(*below);
                if part.value.is_none() {
                    let why = match below.is_zero() {
                        true => Incomparable::NoBase(self.period),
                        false => Incomparable::Units {
                            unit: format!("{over}÷{under}"),
                            base: unit.as_str().to_owned(),
                        },
                    };
                    part.lack =
                        Some(Lack { indicator: denominator.name.clone(), why: why.to_string() });
                }
            }
            (_, [(value, _), rest @ ..]) => {
                part.value = Some(*value);
                part.weight = rest.first().map(|(weight, _)| *weight);
            }
            _ => {}
        }
        part
    }

    fn value(&self, parts: &[Part], unit: &Unit) -> Option<Decimal> {
        let known = || parts.iter().filter(|part| part.lack.is_none());
        known().next()?;
        match self.method {
            Method::Sum => {
                known().try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part.value?))
            }
            Method::Mean => {
                let pairs = known().map(|part| Some((part.value?, Decimal::ONE)));
                mean::arithmetic(&pairs.collect::<Option<Vec<Weighted>>>()?)
            }
            Method::WeightedMean { .. } => {
                let pairs = known().map(|part| Some((part.value?, part.weight?)));
                mean::arithmetic(&pairs.collect::<Option<Vec<Weighted>>>()?)
            }
            Method::FormulaOfSums { .. } => {
                let read: Vec<&[Input]> = known().map(|part| &part.inputs[..]).collect();
                let usual = Unit::new(self.indicator.unit.as_str());
                usual.convert(self.derived.as_ref()?.together(&read, self.period)?, unit)
            }
            Method::RatioOfSums { numerator, denominator } => {
                let units = [numerator, denominator].map(|known| Unit::new(known.unit.as_str()));
                let mut sums = [Decimal::ZERO, Decimal::ZERO];
                for part in known() {
                    for (input, (sum, unit)) in part.inputs.iter().zip(sums.iter_mut().zip(&units))
                    {
                        let number = input.observation.value.as_ref()?.exact()?;
                        *sum = sum.checked_add(input.observation.unit.convert(number, unit)?)?;
                    }
                }
                quotient((sums[0], &units[0]), (sums[1], &units[1]), unit)
            }
        }
    }

    /// The share of the weight that is known; of sums, that of last year's figures.
    fn coverage(&self, parts: &[Part]) -> Coverage {
        let missing: Vec<String> = parts
            .iter()
            .filter(|part| part.lack.is_some())
            .map(|part| part.place.code.clone())
            .collect();
        let measured_by = match self.method {
            Method::Sum | Method::Mean => Use::Base,
            Method::WeightedMean { .. } => Use::Weight,
            Method::RatioOfSums { .. } => Use::Denominator,
            Method::FormulaOfSums { .. } => Use::Numerator,
        };
        let share = || -> Option<Decimal> {
            let (mut whole, mut present) = (Decimal::ZERO, Decimal::ZERO);
            for part in parts {
                let weight = self.importance(part)?;
                whole = whole.checked_add(weight)?;
                if part.lack.is_none() {
                    present = present.checked_add(weight)?;
                }
            }
            present.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
        };
        let present = parts.len() - missing.len();
        let share = match (present, missing.is_empty()) {
            (0, _) => None,
            (_, true) => Some(Decimal::ONE_HUNDRED),
            _ => share(),
        };
        Coverage { present, all: parts.len(), missing, share, measured_by }
    }

    /// How much a region counts, whether or not it has its figure.
    fn importance(&self, part: &Part) -> Option<Decimal> {
        let (indicator, period) = match self.method {
            Method::Sum | Method::Mean => (self.indicator, self.last_year()?),
            Method::WeightedMean { weight } => (weight, self.weighed),
            Method::RatioOfSums { denominator, .. } => (denominator, self.period),
            // What the formula names first tells how large a region is.
            Method::FormulaOfSums { .. } => {
                (*self.derived.as_ref()?.parts.first()?, self.last_year()?)
            }
        };
        let unit = Unit::new(indicator.unit.as_str());
        let wanted = self.wanted(indicator, &part.place.code, period);
        wanted.read_in(self.figures, &unit).ok().map(|(_, number)| number)
    }

    fn last_year(&self) -> Option<Period> {
        self.period.in_year(self.period.year().checked_sub(1)?)
    }

    /// Of those that have comparable figures of both years.
    fn growth(&self, parts: &[Part], unit: &Unit) -> Option<(Decimal, usize)> {
        if !matches!(self.method, Method::Sum) {
            return None;
        }
        let before = self.last_year()?;
        let (mut now, mut then, mut count) = (Decimal::ZERO, Decimal::ZERO, 0);
        for part in parts {
            let (Some(value), None) = (part.value, self.redefined(&part.place.code)) else {
                continue;
            };
            let wanted = self.wanted(self.indicator, &part.place.code, before);
            let Ok((_, base)) = wanted.read_in(self.figures, unit) else { continue };
            (now, then, count) = (now.checked_add(value)?, then.checked_add(base)?, count + 1);
        }
        Some((rate(now, then)?, count))
    }

    /// The change of definition that parts the figures of a region from those of the year before.
    fn redefined(&self, region: &str) -> Option<String> {
        let before = self.last_year()?;
        self.needed().into_iter().find_map(|(_, indicator)| {
            let series = self.figures.series(&indicator.code, region, Facet::Level)?;
            let change = series.redefined_between(before, self.period)?;
            Some(format!(
                "{}自{}起口径变化（{}）",
                indicator.name,
                change.from.chinese(),
                change.reason
            ))
        })
    }

    fn gap(
        &self,
        (known, official): (&Observation, Decimal),
        value: Decimal,
        parts: &[Part],
        unit: &Unit,
    ) -> Option<Gap> {
        let difference = official.checked_sub(value)?;
        let rounding = || {
            let own = half_step(known, unit)?;
            parts
                .iter()
                .flat_map(|part| &part.inputs)
                .try_fold(own, |sum, input| sum.checked_add(half_step(&input.observation, unit)?))
        };
        let percent = difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(official);
        Some(Gap {
            difference,
            percent: percent.filter(|_| official > Decimal::ZERO),
            rounding: if matches!(self.method, Method::Sum) { rounding() } else { None },
        })
    }

    fn remarks(&self, found: &RollUp, parent: &str) -> Vec<String> {
        let mut remarks = Vec::new();
        if found.method == MethodName::Mean {
            remarks.push("简单平均：各下级不论大小同样计入，一般不等于全域的数".to_owned());
        }
        if let Method::WeightedMean { weight } = self.method
            && self.weighed != self.period
        {
            remarks.push(format!("权数{}用{}的数", weight.name, self.weighed.chinese()));
        }
        let missing = found.coverage.missing.len();
        if missing > 0 && found.value.is_some() {
            remarks.push(format!("缺 {missing} 个下级，所得只是有数部分的，不是全域的"));
        }
        let places: Vec<&str> = found.parts.iter().map(|part| part.place.code.as_str()).collect();
        let changed: Vec<(&str, String)> =
            places.iter().filter_map(|code| Some((*code, self.redefined(code)?))).collect();
        if let Some((_, what)) = changed.first() {
            let codes: Vec<&str> = changed.iter().map(|(code, _)| *code).collect();
            match codes.len() == places.len() {
                true => remarks.push(format!("{what}，与上年同期不可比")),
                false => {
                    remarks.push(format!("{what}：只有 {} 如此，各下级口径不一", codes.join("、")));
                }
            }
        }
        if let Some(what) = self.redefined(parent).filter(|_| found.official.is_some()) {
            remarks.push(format!("发布数：{what}"));
        }
        let provisional =
            |part: &&Part| part.inputs.iter().any(|input| is_provisional(&input.observation));
        let codes: Vec<&str> =
            found.parts.iter().filter(provisional).map(|p| &*p.place.code).collect();
        if !codes.is_empty() {
            remarks.push(format!("{} 的数为初步或估计，可能修订", codes.join("、")));
        }
        self.explain_gap(found, &mut remarks);
        remarks
    }

    /// What may make the published figure differ from what its parts come to; both stay.
    fn explain_gap(&self, found: &RollUp, remarks: &mut Vec<String>) {
        let Some(gap) = &found.gap else { return };
        if gap.difference.is_zero() {
            return;
        }
        if !found.coverage.missing.is_empty() {
            remarks.push("与发布数之差含缺数的下级".to_owned());
            return;
        }
        let within = gap.rounding.is_some_and(|rounding| gap.difference.abs() <= rounding);
        if within {
            remarks.push("与发布数之差在四舍五入所能造成的范围内".to_owned());
        } else if let Some(rounding) = gap.rounding {
            let most = rounding.normalize();
            remarks.push(format!("与发布数之差超出四舍五入所能造成的 {most}{}", found.unit));
        }
        if !within && is_real(self.indicator) {
            remarks.push("生产总值和增加值由上级统一核算，分级之和不必等于发布数".to_owned());
        }
        let known = found.official.as_ref().map(|known| known.vintage);
        let later = found
            .parts
            .iter()
            .flat_map(|part| &part.inputs)
            .any(|input| known.is_some_and(|day| input.observation.vintage > day));
        if later && !within {
            remarks.push("有下级的数在发布数之后公布或修订".to_owned());
        }
    }
}

#[cfg(test)]
mod tests;
