//! What an appraisal comes to.

use methods::scoring::Stability;
use rust_decimal::Decimal;
use terms::{Level, Scheme};

use crate::formula::Reading;

/// What became of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was measured.
    Points {
        /// Its points.
        points: Decimal,
        /// The value, with its unit.
        value: String,
        /// How the value became points: a Chinese sentence without a full stop.
        why: String,
        /// What supports it; may be empty.
        evidence: String,
        /// The figures that were read.
        readings: Vec<Reading>,
    },
    /// It was not, and why: a Chinese sentence without a full stop.
    Unmeasured(String),
}

impl Outcome {
    /// The points, where it was measured.
    pub fn points(&self) -> Option<Decimal> {
        match self {
            Outcome::Points { points, .. } => Some(*points),
            Outcome::Unmeasured(_) => None,
        }
    }
}

/// A criterion with what it came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How deep it stands in the tree, from 0.
    pub depth: usize,
    /// How much it counts among those beside it.
    pub weight: Decimal,
    /// The most points that it can have.
    pub most: Option<Decimal>,
    /// Its points, scaled up from what was measured; `None` where nothing was.
    pub score: Option<Decimal>,
    /// How much of it was measured, from 0 to 1.
    pub coverage: Decimal,
    /// What became of it, where it is measured by itself.
    pub outcome: Option<Outcome>,
    /// What an answer has to be supported by; may be empty.
    pub evidence_needed: String,
    /// By how much the total would rise, had it the most points; where it is measured by itself.
    pub room: Option<Decimal>,
}

/// Whether a veto strikes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Struck {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// It cannot be told.
    Unknown,
}

/// A veto with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VetoLine {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it strikes.
    pub struck: Struck,
    /// Code of the level that can still be had.
    pub cap: Option<String>,
    /// Why: a Chinese sentence without a full stop; may be empty.
    pub why: String,
    /// What supports it; may be empty.
    pub evidence: String,
    /// The figures that were read.
    pub readings: Vec<Reading>,
}

/// The level, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// This level.
    Level(Level),
    /// The total lies below the lowest level.
    Below,
    /// A veto takes every level away.
    Vetoed {
        /// Names of the vetoes that struck.
        by: Vec<String>,
    },
    /// A veto leaves no more than this level.
    Capped {
        /// Names of the vetoes that struck.
        by: Vec<String>,
        /// The level that is left; `None` where the total lies below the lowest.
        level: Option<Level>,
    },
    /// Too little of the scheme was measured.
    Uncovered {
        /// How much has to be, in percent.
        needed: Decimal,
    },
    /// Nothing was measured.
    Nothing,
}

impl Verdict {
    /// The level, where there is one.
    pub fn level(&self) -> Option<&Level> {
        match self {
            Verdict::Level(level) => Some(level),
            Verdict::Capped { level, .. } => level.as_ref(),
            _ => None,
        }
    }
}

/// What an appraisal comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Appraisal {
    /// The criteria, each before those below it.
    pub lines: Vec<Line>,
    /// The bonuses; one that is not measured is not granted.
    pub bonuses: Vec<Line>,
    /// What decides beforehand.
    pub vetoes: Vec<VetoLine>,
    /// The points of the criteria, scaled up from what was measured.
    pub base: Option<Decimal>,
    /// The points of what was measured alone.
    pub earned: Option<Decimal>,
    /// The most points of all criteria.
    pub whole: Option<Decimal>,
    /// What the bonuses come to.
    pub bonus: Option<Decimal>,
    /// The total that is held against the cuts; `None` where nothing was measured.
    pub total: Option<Decimal>,
    /// How much of the scheme was measured, from 0 to 1.
    pub coverage: Decimal,
    /// What the total comes to when all that is not measured gets the fewest points, and the most.
    pub range: Option<(Decimal, Decimal)>,
    /// The level, or why there is none.
    pub verdict: Verdict,
    /// Whether something was not measured, so that all may change.
    pub provisional: bool,
    /// The next level above the total, and how many points are missing; without regard to vetoes.
    pub next: Option<(Level, Decimal)>,
    /// How firm the level of the total is when weights vary.
    pub stability: Option<Stability>,
}

pub(super) fn verdict(
    scheme: &Scheme,
    vetoes: &[VetoLine],
    total: Option<Decimal>,
    reached: Option<usize>,
    coverage: Decimal,
) -> Verdict {
    // Vetoes come before all totals.
    let struck: Vec<&VetoLine> = vetoes.iter().filter(|veto| veto.struck == Struck::Yes).collect();
    let by = || struck.iter().map(|veto| veto.name.clone()).collect();
    if struck.iter().any(|veto| veto.cap.is_none()) {
        return Verdict::Vetoed { by: by() };
    }
    if total.is_none() {
        return Verdict::Nothing;
    }
    let percent = coverage.checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default();
    if percent < scheme.coverage {
        return Verdict::Uncovered { needed: scheme.coverage };
    }
    let caps = struck.iter().filter_map(|veto| {
        scheme.levels.iter().position(|level| Some(&level.code) == veto.cap.as_ref())
    });
    let cap = caps.min();
    let level = |place: Option<usize>| place.and_then(|place| scheme.levels.get(place)).cloned();
    match cap {
        Some(cap) => Verdict::Capped { by: by(), level: level(reached.map(|own| own.min(cap))) },
        None => level(reached).map_or(Verdict::Below, Verdict::Level),
    }
}
