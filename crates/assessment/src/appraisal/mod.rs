//! Appraisal by a scheme: points from figures and answers, a total with what it rests on, and the level that it reaches.
//!
//! What strikes beforehand (一票否决) is looked at before any total. What is not measured is named with the reason, and
//! never counted as nought: the total is scaled up from what was measured, its coverage stands beside it, and so does the
//! range that the total may still come to.

mod check;
mod outcome;
#[cfg(test)]
mod tests;
mod value;

use methods::scoring::{self, Node, Part, Question, Tally};
use rust_decimal::Decimal;
use terms::{Combine, Criterion, Period, Scheme, SchemeAnswer};
use thiserror::Error;

use crate::formula::Figures;
use check::Input;
use value::Value;

pub use check::{CheckedScheme, SchemeError};
pub use outcome::{Appraisal, Line, Outcome, Struck, Verdict, VetoLine};

/// An answer that cannot be taken; its text is a Chinese sentence without a full stop.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{criterion}：{said}")]
pub struct AnswerError {
    /// The place of the answer among those that were given, from 0.
    pub place: usize,
    /// Code of the criterion, as it was written.
    pub criterion: String,
    /// What is wrong and what was expected.
    pub said: String,
}

/// What is appraised, and by what.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// Where formulas find figures.
    pub figures: &'a dyn Figures,
    /// The code under which they stand: a region's, or a plan object's.
    pub code: &'a str,
    /// The time that is appraised.
    pub period: Period,
    /// What people said.
    pub answers: &'a [SchemeAnswer],
    /// The seed of the runs that vary the weights.
    pub seed: u64,
}

/// How far weights vary to both sides when it is told how firm a level is.
pub const SPREAD: f64 = 0.25;

/// In how many runs they do.
pub const RUNS: u32 = 2_000;

impl CheckedScheme {
    /// Appraises a subject. All answers that cannot be taken are told at once.
    pub fn appraise(&self, subject: &Subject<'_>) -> Result<Appraisal, Vec<AnswerError>> {
        let answers = value::read(self, subject.answers)?;
        let scheme = &self.scheme;
        let vetoes: Vec<VetoLine> = scheme
            .vetoes
            .iter()
            .zip(&self.vetoes)
            .map(|(veto, input)| {
                let answer = answers.get(veto.code.as_str());
                let found = value::found(input, answer, subject, &veto.evidence);
                let (struck, why, readings) = match found.value {
                    Ok(Value::Fact(true)) => (Struck::Yes, found.why, found.readings),
                    Ok(_) => (Struck::No, found.why, found.readings),
                    Err(why) => (Struck::Unknown, why, found.readings),
                };
                let (code, name) = (veto.code.clone(), veto.name.clone());
                let (cap, evidence) = (veto.cap.clone(), found.evidence);
                VetoLine { code, name, struck, cap, why, evidence, readings }
            })
            .collect();
        let all = scheme.criteria.iter().chain(&scheme.bonuses).zip(&self.inputs);
        let outcomes: Vec<Option<Outcome>> = all
            .map(|(criterion, input)| {
                let answer = answers.get(criterion.code.as_str());
                input.as_ref().map(|input| value::outcome(criterion, input, answer, subject))
            })
            .collect();
        let (own, bonus) = outcomes.split_at(scheme.criteria.len());
        Ok(Reckoning { scheme, own, bonus }.close(vetoes, subject.seed))
    }
}

/// Outcomes of the criteria and of the bonuses, on their way to a total.
#[derive(Clone, Copy)]
struct Reckoning<'a> {
    scheme: &'a Scheme,
    own: &'a [Option<Outcome>],
    bonus: &'a [Option<Outcome>],
}

/// How what is not measured enters a total.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    /// Not at all.
    Out,
    /// With the fewest points.
    Least,
    /// With the most.
    Most,
}

impl Reckoning<'_> {
    /// The points of a criterion; `full` names one that is taken to have the most.
    fn points(
        &self,
        place: usize,
        criterion: &Criterion,
        open: Open,
        full: Option<&str>,
    ) -> Option<Decimal> {
        let rule = criterion.rule.as_ref()?;
        if full == Some(criterion.code.as_str()) {
            return Some(rule.most());
        }
        let mut all = self.own.iter().chain(self.bonus);
        match all.nth(place).and_then(Option::as_ref) {
            Some(Outcome::Points { points, .. }) => Some(*points),
            _ => match open {
                Open::Out => None,
                Open::Least => Some(rule.least()),
                Open::Most => Some(rule.most()),
            },
        }
    }

    /// The tree below a criterion, or the whole.
    fn node(&self, of: Option<&Criterion>, open: Open, full: Option<&str>) -> Node {
        let weight = of.map_or(Decimal::ONE, |own| own.weight);
        if let Some(own) = of
            && let Some(rule) = &own.rule
        {
            let place = self.scheme.criteria.iter().position(|known| known.code == own.code);
            let points = self.points(place.unwrap_or(usize::MAX), own, open, full);
            return Node { weight, part: Part::Leaf { points, most: rule.most() } };
        }
        let below = self.scheme.below(of.map(|own| own.code.as_str()));
        let parts = below.map(|own| self.node(Some(own), open, full)).collect();
        let combine = of.map_or(self.scheme.combine, |own| own.combine);
        Node {
            weight,
            part: if combine == Combine::Sum { Part::Sum(parts) } else { Part::Mean(parts) },
        }
    }

    /// What the bonuses come to together, within their cap.
    fn bonus(&self, open: Open, full: Option<&str>) -> Option<Decimal> {
        let first = self.scheme.criteria.len();
        let mut sum = Decimal::ZERO;
        for (place, own) in self.scheme.bonuses.iter().enumerate() {
            // A bonus that is not measured is not granted.
            let points = self.points(first + place, own, open, full).unwrap_or_default();
            sum = sum.checked_add(points.checked_mul(own.weight)?)?;
        }
        Some(self.scheme.bonus_cap.map_or(sum, |cap| sum.min(cap)))
    }

    /// The total, rounded as the scheme wants it.
    fn total(&self, open: Open, full: Option<&str>) -> Option<Decimal> {
        let base = scoring::tally(&self.node(None, open, full))?.score()?;
        let total = base.checked_add(self.bonus(open, full)?)?;
        Some(scoring::rounded(total, self.scheme.decimals))
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        self.lines_below(None, 0, &mut lines);
        lines
    }

    fn lines_below(&self, of: Option<&str>, depth: usize, lines: &mut Vec<Line>) {
        for own in self.scheme.below(of) {
            let place = self.scheme.criteria.iter().position(|known| known.code == own.code);
            let outcome = place.and_then(|place| self.own.get(place)).cloned().flatten();
            let tally = scoring::tally(&self.node(Some(own), Open::Out, None));
            lines.push(self.line(own, depth, outcome, tally));
            self.lines_below(Some(&own.code), depth + 1, lines);
        }
    }

    fn line(
        &self,
        own: &Criterion,
        depth: usize,
        outcome: Option<Outcome>,
        tally: Option<Tally>,
    ) -> Line {
        let room = own.rule.as_ref().and_then(|_| {
            let now = self.total(Open::Out, None)?;
            self.total(Open::Out, Some(&own.code))?.checked_sub(now)
        });
        Line {
            code: own.code.clone(),
            name: own.name.clone(),
            depth,
            weight: own.weight,
            most: tally.map(|tally| tally.whole),
            score: tally.and_then(|tally| tally.score()),
            coverage: tally.map(|tally| tally.coverage()).unwrap_or_default(),
            outcome,
            evidence_needed: own.evidence.clone(),
            room,
        }
    }

    fn close(self, vetoes: Vec<VetoLine>, seed: u64) -> Appraisal {
        let scheme = self.scheme;
        let root = self.node(None, Open::Out, None);
        let tally = scoring::tally(&root);
        let coverage = tally.map(|tally| tally.coverage()).unwrap_or_default();
        let total = self.total(Open::Out, None);
        let cuts: Vec<Decimal> = scheme.levels.iter().map(|level| level.from).collect();
        let reached = total.and_then(|total| scoring::level(total, &cuts));
        let bonuses: Vec<Line> = scheme
            .bonuses
            .iter()
            .zip(self.bonus)
            .map(|(own, outcome)| {
                let (mut line, rule) = (self.line(own, 0, outcome.clone(), None), &own.rule);
                line.most = rule.as_ref().map(|rule| rule.most());
                line.score = outcome.as_ref().and_then(Outcome::points);
                line.coverage = Decimal::from(u8::from(line.score.is_some()));
                line
            })
            .collect();
        let verdict = outcome::verdict(scheme, &vetoes, total, reached, coverage);
        let next_cut = reached.map_or(0, |reached| reached + 1);
        let next = total
            .zip(scheme.levels.get(next_cut))
            .map(|(total, level)| (level.clone(), level.from.saturating_sub(total)));
        let stability = tally.and_then(|_| {
            let question = Question {
                node: &root,
                bonus: self.bonus(Open::Out, None)?,
                cuts: &cuts,
                decimals: scheme.decimals,
                spread: SPREAD,
                runs: RUNS,
                seed,
            };
            scoring::stability(&question)
        });
        let open = vetoes.iter().any(|veto| veto.struck == Struck::Unknown)
            || self.own.iter().chain(self.bonus).flatten().any(|one| one.points().is_none());
        Appraisal {
            lines: self.lines(),
            bonuses,
            vetoes,
            base: tally.and_then(|tally| tally.score()),
            earned: tally.map(|tally| tally.earned),
            whole: tally.map(|tally| tally.whole),
            bonus: self.bonus(Open::Out, None),
            total,
            coverage,
            range: self.total(Open::Least, None).zip(self.total(Open::Most, None)),
            verdict,
            provisional: open,
            next,
            stability,
        }
    }
}
