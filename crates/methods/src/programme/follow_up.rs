//! Whether roofs give what they should: what was filed for a month against what the weather of that month allowed.
//!
//! The performance ratio is that of IEC 61724-1: energy over the module's power times the light on its plane in sun hours.
//! The light of the actual month takes the weather out of it. The roofs of a county stand under one sky, so that each is
//! then held against the others of the same month: what the weather data got wrong meets all of them and is no fault. A
//! roof is flagged where its modified z-score (Iglewicz and Hoaglin 1993, on the logarithm of filed over expected) is
//! beyond 3.5 *and* it is more than a tenth off the middle, since equal roofs make small differences look large. With
//! fewer than five roofs a quarter off what is expected is flagged.

/// A roof's month.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Filed {
    /// Kilowatt-hours that were filed; `None` where nothing was.
    pub kwh: Option<f64>,
    /// Kilowatt-hours that the month's weather allowed.
    pub expected: f64,
    /// Kilowatts of modules.
    pub dc_kw: f64,
    /// Light on the modules' plane in the month, in kilowatt-hours a square metre.
    pub light: f64,
}

/// What a month looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flag {
    /// As it should.
    Good,
    /// Nothing was filed.
    Missing,
    /// Zero was filed though there was light: off the grid, or a broken meter.
    Silent,
    /// Much less than the others.
    Low,
    /// Much more than the others: a meter that counts something else, or a wrong capacity.
    High,
}

/// A roof's month, judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// Performance ratio; `None` where nothing was filed or there was no light.
    pub ratio: Option<f64>,
    /// Filed over expected; `None` where nothing was filed or expected.
    pub index: Option<f64>,
    /// How far it is from the others, in robust standard deviations; `None` where that cannot be told.
    pub score: Option<f64>,
    /// What it looks like.
    pub flag: Flag,
}

/// A month that cannot be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("roof {0} (counted from 0): expected numbers from zero up")]
pub struct NoJudgement(
    /// Which roof.
    pub usize,
);

/// Beyond this score a roof is far from the others.
const FAR: f64 = 3.5;

/// A roof less than this share off the middle of the others is never flagged.
const NEAR: f64 = 0.1;

/// A roof that is judged alone is flagged when it is further off than this share.
const ALONE: f64 = 0.25;

/// So many roofs can be held against each other.
const FEWEST: usize = 5;

/// The third quartile of the standard normal distribution, so that the median deviation counts as a standard deviation.
const QUARTILE: f64 = 0.674_489_750_196_081_7;

/// What a typical month's energy becomes with the light of an actual one: in proportion, as temperature and angles differ
/// little between years of one month. `None` without typical light.
pub fn expected(typical_kwh: f64, typical_light: f64, actual_light: f64) -> Option<f64> {
    let found = typical_kwh * actual_light / typical_light;
    (typical_light > 0.0 && found.is_finite()).then_some(found)
}

/// Judges the roofs of one month.
///
/// # Errors
/// When a number is below zero or none.
pub fn judge(roofs: &[Filed]) -> Result<Vec<Judged>, NoJudgement> {
    let sound = |roof: &Filed| {
        let numbers = [roof.kwh.unwrap_or(0.0), roof.expected, roof.dc_kw, roof.light];
        numbers.into_iter().all(|number| number >= 0.0 && number.is_finite())
    };
    if let Some(at) = roofs.iter().position(|roof| !sound(roof)) {
        return Err(NoJudgement(at));
    }
    let index =
        |roof: &Filed| roof.kwh.filter(|_| roof.expected > 0.0).map(|kwh| kwh / roof.expected);
    let logs: Vec<f64> =
        roofs.iter().filter_map(index).filter(|index| *index > 0.0).map(libm::log).collect();
    let middle = median(logs.clone());
    let apart = |middle: f64| median(logs.iter().map(|log| (log - middle).abs()).collect());
    let deviation = middle.and_then(apart);
    let together = logs.len() >= FEWEST;
    let judged = roofs.iter().map(|roof| {
        let index = index(roof);
        let sun = roof.dc_kw * roof.light;
        let ratio = roof.kwh.filter(|_| sun > 0.0).map(|kwh| kwh / sun);
        let beside = match (index, middle) {
            (Some(index), Some(middle)) if together && index > 0.0 => {
                Some(libm::log(index) - middle)
            }
            _ => None,
        };
        let score = beside.zip(deviation.filter(|deviation| *deviation > 0.0));
        let score = score.map(|(beside, deviation)| QUARTILE * beside / deviation);
        // Where most roofs are exactly equal there is no deviation, and what differs is far.
        let far = score.is_none_or(|score| score.abs() > FAR);
        let flag = match (roof.kwh, index, beside) {
            (None, ..) => Flag::Missing,
            (Some(0.0), Some(_), _) => Flag::Silent,
            (_, _, Some(beside)) if far && beside < libm::log1p(-NEAR) => Flag::Low,
            (_, _, Some(beside)) if far && beside > libm::log1p(NEAR) => Flag::High,
            (_, Some(index), None) if index < 1.0 - ALONE => Flag::Low,
            (_, Some(index), None) if index > 1.0 + ALONE => Flag::High,
            _ => Flag::Good,
        };
        Judged { ratio, index, score, flag }
    });
    Ok(judged.collect())
}

/// The middle one, or the mean of the two in the middle; `None` of none.
fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_unstable_by(f64::total_cmp);
    let half = numbers.len() / 2;
    let upper = *numbers.get(half)?;
    match numbers.len() % 2 {
        1 => Some(upper),
        _ => Some((numbers.get(half.checked_sub(1)?)? + upper) / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::random::Random;

    fn roof(index: f64) -> Filed {
        Filed { kwh: Some(index * 9000.0), expected: 9000.0, dc_kw: 100.0, light: 112.5 }
    }

    fn flags(roofs: &[Filed]) -> Vec<Flag> {
        judge(roofs).unwrap().iter().map(|one| one.flag).collect()
    }

    #[test]
    fn faults_stand_out_and_bad_weather_data_do_not() {
        let mut random = Random::new(9);
        // All of them 30 % low: the weather data were wrong, and no roof is.
        let mut roofs: Vec<Filed> =
            (0..200).map(|_| roof(0.7 * (1.0 + 0.06 * (random.uniform() - 0.5)))).collect();
        assert!(flags(&roofs).iter().all(|flag| *flag == Flag::Good));
        roofs[3] = roof(0.5);
        roofs[50] = roof(0.0);
        roofs[77] = roof(0.95);
        roofs[120].kwh = None;
        let found = flags(&roofs);
        let odd: Vec<(usize, Flag)> = found
            .iter()
            .enumerate()
            .filter(|(_, flag)| **flag != Flag::Good)
            .map(|(at, flag)| (at, *flag))
            .collect();
        let expected = [(3, Flag::Low), (50, Flag::Silent), (77, Flag::High), (120, Flag::Missing)];
        assert_eq!(odd, expected);
    }

    #[test]
    fn the_performance_ratio_is_energy_over_sun_hours() {
        let found = judge(&[roof(1.0)]).unwrap()[0];
        assert!((found.ratio.unwrap() - 9000.0 / (100.0 * 112.5)).abs() < 1e-15);
        assert_eq!((found.index, found.score, found.flag), (Some(1.0), None, Flag::Good));
        assert_eq!(expected(900.0, 90.0, 99.0), Some(990.0));
        assert_eq!(expected(900.0, 0.0, 99.0), None);
    }

    #[test]
    fn few_roofs_are_held_against_what_is_expected() {
        let found = flags(&[roof(0.7), roof(1.0), roof(1.3), roof(0.8)]);
        assert_eq!(found, [Flag::Low, Flag::Good, Flag::High, Flag::Good]);
        let mut same = vec![roof(0.9); 10];
        same[4] = roof(0.7);
        same[5] = roof(0.85);
        let found = flags(&same);
        assert_eq!((found[4], found[5], found[0]), (Flag::Low, Flag::Good, Flag::Good));
        let dark = Filed { expected: 0.0, light: 0.0, ..roof(0.0) };
        assert_eq!(flags(&[dark]), [Flag::Good]);
    }

    #[test]
    fn what_is_no_number_is_told() {
        let wrong = Filed { light: f64::NAN, ..roof(1.0) };
        assert_eq!(judge(&[roof(1.0), wrong]), Err(NoJudgement(1)));
        let wrong = Filed { kwh: Some(-1.0), ..roof(1.0) };
        assert_eq!(judge(&[wrong]), Err(NoJudgement(0)));
    }
}
