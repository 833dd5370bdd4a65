//! How much the places of a family depend on how it was made.
//!
//! Source: OECD and JRC, *Handbook on Constructing Composite Indicators* (2008), part 1, step 7; Saisana, Saltelli and
//! Tarantola, *Uncertainty and sensitivity analysis techniques* (2005): the choices vary all at once, and what they do is
//! told by the band of each row's place, and by the share of each choice in the mean shift of places.

use rust_decimal::Decimal;

use super::family::{Aggregation, FamilyError, Gap, Member, Rules, Scale, Scaled, Weights, family};
use super::sobol::{self, Effect};
use super::{Column, Outcome};
use crate::forecast::random::Random;
use crate::ranking::{Order, Ties, places};

/// What varies, and what is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The indices.
    pub members: &'a [Member],
    /// How they are computed usually.
    pub rules: &'a Rules,
    /// Ways of scaling, each as likely as the others; for all indices at once. None: the usual one.
    pub scales: &'a [Scale],
    /// Ways of coming together, within indices and across them. None: the usual one.
    pub aggregations: &'a [Aggregation],
    /// What becomes of missing numbers. None: the usual rule.
    pub gaps: &'a [Gap],
    /// How far each weight varies, evenly, to both sides: 0.25 for ±25 %; from 0 to below 1.
    pub spread: f64,
    /// The index that is looked at; `None` for that of them all.
    pub member: Option<usize>,
    /// The size of a sample; there are so many runs for each choice and for two more.
    pub runs: u32,
    /// The same seed gives the same answer on every machine.
    pub seed: u64,
}

/// A choice that varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// How numbers are scaled.
    Scale,
    /// How numbers come together.
    Aggregation,
    /// What becomes of missing numbers.
    Gap,
    /// The weights.
    Weights,
}

/// The places of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Its usual place, from 1; `None` where it has none.
    pub usual: Option<usize>,
    /// The place below which 5 % of the runs lie.
    pub low: usize,
    /// The place in the middle.
    pub median: usize,
    /// The place above which 5 % of the runs lie.
    pub high: usize,
    /// In so many runs it had a place.
    pub placed: u32,
}

/// How much depends on the choices.
#[derive(Debug, Clone, PartialEq)]
pub struct Sensitivity {
    /// Runs in all.
    pub runs: u32,
    /// By row; `None` where it never had a place.
    pub bands: Vec<Option<Band>>,
    /// By how many places rows move from their usual ones, in the mean of rows and runs.
    pub shift: f64,
    /// The share of each choice that varies in the variance of that shift; empty where nothing moves.
    pub effects: Vec<(Choice, Effect)>,
}

/// Varies the choices and tells what that does to the places, the highest index being first.
///
/// # Errors
/// [`FamilyError`] where the usual family, or one of the combinations of choices, cannot be computed.
pub fn sensitivity(question: &Question<'_>) -> Result<Sensitivity, FamilyError> {
    let usual = family(question.members, question.rules)?;
    let usual = ranks(&looked_at(&usual.members, &usual.whole, question.member).numbers);
    let model = Model::of(question)?;
    let mut random = Random::new(question.seed);
    let width = 3 + model.weights();
    let mut sample = || -> Vec<Vec<f64>> {
        (0..question.runs).map(|_| (0..width).map(|_| random.uniform()).collect()).collect()
    };
    let (a, b) = (sample(), sample());
    let mut bands = Bands { usual, places: vec![], shifts: 0.0, runs: 0 };
    bands.places.resize(bands.usual.len(), Vec::new());
    let mut run = |inputs: &[Vec<f64>]| -> Result<Vec<f64>, FamilyError> {
        inputs.iter().map(|one| Ok(bands.add(&ranks(&model.run(one)?)))).collect()
    };
    let (of_a, of_b) = (run(&a)?, run(&b)?);
    let choices = model.choices();
    let mut mixed = Vec::with_capacity(choices.len());
    for choice in &choices {
        let from_b = |input: usize| input.min(3) == *choice as usize;
        let mix = |(a, b): (&Vec<f64>, &Vec<f64>)| -> Vec<f64> {
            let pairs = a.iter().zip(b).enumerate();
            pairs.map(|(input, (a, b))| if from_b(input) { *b } else { *a }).collect()
        };
        let inputs: Vec<Vec<f64>> = a.iter().zip(&b).map(mix).collect();
        mixed.push(run(&inputs)?);
    }
    let effects = sobol::effects(&of_a, &of_b, &mixed).unwrap_or_default();
    let effects = choices.into_iter().zip(effects).collect();
    Ok(bands.told(effects))
}

fn looked_at<'a>(members: &'a [Outcome], whole: &'a Outcome, member: Option<usize>) -> &'a Outcome {
    member.and_then(|member| members.get(member)).unwrap_or(whole)
}

fn ranks(numbers: &Column) -> Vec<Option<usize>> {
    places(numbers, Order::HighestFirst, Ties::Competition)
}

/// A family whose choices are numbers from 0 to 1: scale, aggregation, gap, and one for each weight.
struct Model<'a> {
    question: &'a Question<'a>,
    aggregations: Vec<Option<Aggregation>>,
    gaps: Vec<Gap>,
    /// By scale and gap, as weights and aggregation change nothing in them.
    scaled: Vec<Vec<Scaled>>,
    weights: Weights,
}

impl<'a> Model<'a> {
    fn of(question: &'a Question<'a>) -> Result<Self, FamilyError> {
        let Question { members, rules, .. } = *question;
        let gaps = if question.gaps.is_empty() { vec![rules.gap] } else { question.gaps.to_vec() };
        let scaled_by = |scale: Scale, own: bool| -> Result<Vec<Scaled>, FamilyError> {
            gaps.iter().map(|gap| Scaled::of(members, rules, scale, *gap, own)).collect()
        };
        let scaled = match question.scales {
            [] => vec![scaled_by(rules.scale, true)?],
            scales => {
                scales.iter().map(|scale| scaled_by(*scale, false)).collect::<Result<_, _>>()?
            }
        };
        let aggregations = match question.aggregations {
            [] => vec![None],
            some => some.iter().map(|one| Some(*one)).collect(),
        };
        Ok(Model { question, aggregations, gaps, scaled, weights: Weights::of(members) })
    }

    /// How many weights there are.
    fn weights(&self) -> usize {
        self.weights.within.iter().map(Vec::len).sum::<usize>() + self.weights.across.len()
    }

    /// The choices that vary.
    fn choices(&self) -> Vec<Choice> {
        [
            (Choice::Scale, self.scaled.len() > 1),
            (Choice::Aggregation, self.aggregations.len() > 1),
            (Choice::Gap, self.gaps.len() > 1),
            (Choice::Weights, self.question.spread > 0.0),
        ]
        .into_iter()
        .filter_map(|(choice, varies)| varies.then_some(choice))
        .collect()
    }

    /// The index that is looked at, by row.
    fn run(&self, inputs: &[f64]) -> Result<Column, FamilyError> {
        let input = |place: usize| inputs.get(place).copied().unwrap_or_default();
        // Inputs are below 1, so a place is below the number of choices.
        let place = |input: f64, of: usize| (input * of as f64) as usize;
        let gap_place = place(input(2), self.gaps.len());
        let gap = self.gaps.get(gap_place).copied().unwrap_or(self.question.rules.gap);
        let scaled = self.scaled.get(place(input(0), self.scaled.len()));
        let scaled = scaled.and_then(|by_gap| by_gap.get(gap_place)).ok_or(FamilyError::Empty)?;
        let chosen = self.aggregations.get(place(input(1), self.aggregations.len()));
        let chosen = chosen.copied().flatten();
        let rules = self.question.rules;
        let mut drawn = inputs.iter().skip(3);
        let mut weights = self.weights.clone();
        let all = weights.within.iter_mut().flatten().chain(weights.across.iter_mut());
        for weight in all {
            let input = drawn.next().copied().unwrap_or(0.5);
            let factor = 1.0 + self.question.spread * (2.0 * input - 1.0);
            // Six decimals tell weights apart, and keep the products short.
            let factor = Decimal::from_f64_retain(factor).unwrap_or(Decimal::ONE).round_dp(6);
            *weight = weight.checked_mul(factor).unwrap_or(*weight);
        }
        let (members, whole) = scaled.combined(
            &weights,
            chosen.unwrap_or(rules.within),
            chosen.unwrap_or(rules.across),
            gap,
        )?;
        Ok(looked_at(&members, &whole, self.question.member).numbers.clone())
    }
}

/// The places of all runs.
struct Bands {
    usual: Vec<Option<usize>>,
    places: Vec<Vec<usize>>,
    shifts: f64,
    runs: u32,
}

impl Bands {
    /// Takes the places of a run, and tells by how many rows moved in the mean.
    fn add(&mut self, ranks: &[Option<usize>]) -> f64 {
        let (mut sum, mut count) = (0.0, 0.0);
        for ((rank, usual), kept) in ranks.iter().zip(&self.usual).zip(&mut self.places) {
            let Some(rank) = rank else { continue };
            kept.push(*rank);
            if let Some(usual) = usual {
                sum += rank.abs_diff(*usual) as f64;
                count += 1.0;
            }
        }
        let shift = if count > 0.0 { sum / count } else { 0.0 };
        self.shifts += shift;
        self.runs += 1;
        shift
    }

    fn told(mut self, effects: Vec<(Choice, Effect)>) -> Sensitivity {
        let band = |(places, usual): (&mut Vec<usize>, &Option<usize>)| {
            places.sort_unstable();
            let last = places.len().checked_sub(1)?;
            let at = |share: f64| places.get((share * last as f64).round() as usize).copied();
            let (low, median, high) = (at(0.05)?, at(0.5)?, at(0.95)?);
            let placed = u32::try_from(places.len()).ok()?;
            Some(Band { usual: *usual, low, median, high, placed })
        };
        let bands = self.places.iter_mut().zip(&self.usual).map(band).collect();
        let shift = self.shifts / f64::from(self.runs.max(1));
        Sensitivity { runs: self.runs, bands, shift, effects }
    }
}
