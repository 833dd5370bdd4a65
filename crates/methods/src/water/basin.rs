//! A river or a basin from its sections.
//!
//! Source: 环办〔2011〕22号, tables 2 and 3.

use rust_decimal::Decimal;

use super::section::{Sample, WaterError, mean, rate};
use super::{Body, Class};

/// How the water of a river is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Excellent (优).
    Excellent,
    /// Good (良好).
    Good,
    /// Lightly polluted (轻度污染).
    Light,
    /// Moderately polluted (中度污染).
    Moderate,
    /// Heavily polluted (重度污染).
    Heavy,
}

impl Grade {
    /// What water of a class is called.
    pub fn of(class: Class) -> Grade {
        match class {
            Class::First | Class::Second => Grade::Excellent,
            Class::Third => Grade::Good,
            Class::Fourth => Grade::Light,
            Class::Fifth => Grade::Moderate,
            Class::Beyond => Grade::Heavy,
        }
    }
}

/// A section of a river: its class, what it is meant for, and its concentrations.
#[derive(Debug, Clone, Copy)]
pub struct Sections<'a> {
    /// What kind of water it is.
    pub body: Body,
    /// What it is meant for.
    pub target: Class,
    /// What was measured in it.
    pub sample: &'a Sample,
}

/// A river or a basin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basin {
    /// Sections of each class, in the order of [`Class::ALL`].
    pub classes: [usize; 6],
    /// Sections that are at least what they are meant for.
    pub complying: usize,
    /// How its water is called.
    pub grade: Grade,
    /// The class of the mean concentrations, by which a river of fewer than five sections is judged; `None` where there are
    /// more, or where rivers and lakes, which have other limits, are mixed.
    pub mean_class: Option<Class>,
}

impl Basin {
    /// All sections.
    pub fn sections(&self) -> usize {
        self.classes.iter().sum()
    }

    /// Sections of class I to III in percent, not rounded; `None` without a section.
    pub fn good_share(&self) -> Option<Decimal> {
        self.share(self.classes.iter().take(3).sum())
    }

    /// Sections worse than class V in percent, not rounded.
    pub fn beyond_share(&self) -> Option<Decimal> {
        self.share(self.classes.iter().skip(5).sum())
    }

    /// Sections that are what they are meant for in percent (功能区达标率), not rounded.
    pub fn complying_share(&self) -> Option<Decimal> {
        self.share(self.complying)
    }

    fn share(&self, some: usize) -> Option<Decimal> {
        let some = Decimal::from(some).checked_mul(Decimal::ONE_HUNDRED)?;
        some.checked_div(Decimal::from(self.sections()))
    }
}

/// A river from its sections. By five and more the shares of the classes decide: 90 % of class I to III is excellent, 75 %
/// good; below that the water is lightly polluted where less than 20 % is worse than class V, moderately below 40 %, else
/// heavily. Fewer sections are judged by the class of their mean concentrations.
///
/// # Errors
/// Where there is no section, or one cannot be.
pub fn basin(sections: &[Sections<'_>]) -> Result<Basin, WaterError> {
    let first = sections.first().ok_or(WaterError::Nothing)?;
    let mut found =
        Basin { classes: [0; 6], complying: 0, grade: Grade::Excellent, mean_class: None };
    for Sections { body, target, sample } in sections {
        let rating = rate(*body, *target, sample)?;
        for (count, class) in found.classes.iter_mut().zip(Class::ALL) {
            *count += usize::from(class == rating.class);
        }
        found.complying += usize::from(rating.complies);
    }
    let one_kind = sections.iter().all(|section| section.body == first.body);
    if sections.len() < 5 && one_kind {
        let samples: Vec<Sample> = sections.iter().map(|section| *section.sample).collect();
        let class = rate(first.body, Class::Third, &mean(&samples)?)?.class;
        found.mean_class = Some(class);
        found.grade = Grade::of(class);
        return Ok(found);
    }
    let at_least = |some: usize, percent: usize| some * 100 >= percent * sections.len();
    let good = found.classes.iter().take(3).sum();
    let beyond = found.classes.iter().skip(5).sum();
    found.grade = match () {
        () if at_least(good, 90) => Grade::Excellent,
        () if at_least(good, 75) => Grade::Good,
        () if !at_least(beyond, 20) => Grade::Light,
        () if !at_least(beyond, 40) => Grade::Moderate,
        () => Grade::Heavy,
    };
    Ok(found)
}
