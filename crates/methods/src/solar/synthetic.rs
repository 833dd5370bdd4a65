//! A typical year out of nothing but monthly means: synthetic, and always to be called so.
//!
//! The days of a month differ in clearness as Bendt, Collares-Pereira and Rabl (1981), *The frequency distribution of daily
//! insolation values*, found of its mean; they follow each other in the order of van der Corput's sequence, so that clear
//! and cloudy days are spread over the month without chance. A day's light has the shape of a clear day's, and is
//! parted hour by hour by [`super::erbs`]. Against four real typical years this comes within −2.3 to +0.3 % of their yield;
//! a clear sky that is dimmed evenly is up to 9 % too low on tilted planes, as it has no clear hours.

use super::clear_sky::clear_sky;
use super::decomposition::erbs;
use super::refusal::{Refusal, within};
use super::sun::Sun;
use super::sun_year::{Hours, SunYear};
use super::turbidity::Turbidity;
use super::weather::{Weather, WeatherYear, same_length};

/// The clearness of the darkest days.
const DARKEST: f64 = 0.05;

/// Means of the months, January first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MonthlyMeans {
    /// Light of a day on the horizontal in kWh/m².
    pub global: [f64; 12],
    /// Temperature in °C.
    pub temperature: [f64; 12],
    /// Wind in m/s.
    pub wind: [f64; 12],
}

/// The clearness of so many days of a month, in the order in which they follow each other, of its mean clearness.
///
/// # Errors
/// Where no month has this mean: it is not above 0.05, or above what the clearest days reach.
pub fn clearness_of_days(mean: f64, days: usize) -> Result<Vec<f64>, Refusal> {
    let refuse = |value| Refusal::Property { name: "clearness", value, low: DARKEST, high: 0.8 };
    within(mean, (DARKEST, 0.8), refuse)?;
    let clearest = 0.6313 + 0.267 * mean - 11.9 * (mean - 0.75).powi(8);
    let width = clearest - DARKEST;
    if mean <= DARKEST || mean >= clearest {
        return Err(refuse(mean));
    }
    let xi = width / (clearest - mean);
    let slope = -1.498 + (1.184 * xi - 27.182 * libm::exp(-1.5 * xi)) / width;
    let quantile = |share: f64| {
        if slope.abs() < 1e-9 {
            return DARKEST + share * width;
        }
        let low = libm::exp(slope * DARKEST);
        let high = libm::exp(slope * clearest);
        libm::log((1.0 - share) * low + share * high) / slope
    };
    // The day whose number in the sequence is the lowest is the darkest.
    let mut order: Vec<usize> = (0..days).collect();
    order.sort_by(|one, other| van_der_corput(one + 1).total_cmp(&van_der_corput(other + 1)));
    let mut found = vec![0.0; days];
    for (rank, day) in order.into_iter().enumerate() {
        found[day] = quantile((rank as f64 + 0.5) / days as f64);
    }
    Ok(found)
}

/// The digits of a number in base two behind the point, the last one first.
fn van_der_corput(mut number: usize) -> f64 {
    let (mut value, mut place) = (0.0, 0.5);
    while number > 0 {
        if number % 2 == 1 {
            value += place;
        }
        number /= 2;
        place /= 2.0;
    }
    value
}

/// The light of a mean day of each month outside the atmosphere, on the horizontal in kWh/m², January first: what clearness is
/// the share of.
///
/// # Errors
/// Where hours and sun are not of one length, or a month has no hour.
pub fn outside_means(hours: &Hours, sun: &SunYear) -> Result<[f64; 12], Refusal> {
    same_length(hours.len(), sun)?;
    let outside = outside(hours, sun);
    let days = days_of(hours);
    let mut found = [0.0; 12];
    for (month, mean) in (1..).zip(found.iter_mut()) {
        let of_month = || days.iter().filter(|(of, _)| *of == month);
        let count = of_month().count();
        if count == 0 {
            return Err(Refusal::NoHours(month));
        }
        let sum: f64 = of_month().flat_map(|(_, hours)| hours).map(|hour| outside[*hour]).sum();
        *mean = sum / 1000.0 / count as f64;
    }
    Ok(found)
}

/// The light of each hour outside the atmosphere on the horizontal in W/m².
fn outside(hours: &Hours, sun: &SunYear) -> Vec<f64> {
    let level =
        |(sun, outside): (&Sun, &f64)| outside * libm::cos(sun.zenith.to_radians()).max(0.0);
    sun.suns.iter().zip(&hours.extraterrestrial).map(level).collect()
}

/// A typical year of monthly means, in these hours under this sun.
///
/// # Errors
/// Where hours and sun are not of one length, a month has no hour, or a mean cannot be: names the month.
pub fn synthetic_year(
    hours: &Hours,
    sun: &SunYear,
    turbidity: &Turbidity,
    means: &MonthlyMeans,
) -> Result<WeatherYear, Refusal> {
    same_length(hours.len(), sun)?;
    let days = days_of(hours);
    let outside = outside(hours, sun);
    let clear: Vec<f64> = (sun.suns.iter().zip(&hours.extraterrestrial).zip(&hours.middles))
        .map(|((sun_then, outside), middle)| {
            clear_sky(sun.place(), sun_then, *outside, turbidity.at(*middle)).global
        })
        .collect();
    let mut weather = vec![Weather::default(); hours.len()];
    for month in 1..=12 {
        let at = month - 1;
        let of_month: Vec<&Vec<usize>> =
            days.iter().filter(|(of, _)| *of == month).map(|(_, hours)| hours).collect();
        if of_month.is_empty() {
            return Err(Refusal::NoHours(month));
        }
        let light = light_of_month(month, means.global[at], &of_month, &outside, &clear)?;
        for (hour, global) in light {
            let zenith = sun.suns[hour].zenith;
            let parts = erbs(global, zenith, hours.middles[hour]);
            let parts = parts.at_most(hours.extraterrestrial[hour], zenith);
            weather[hour] = Weather {
                global,
                direct: parts.direct,
                diffuse: parts.diffuse,
                temperature: means.temperature[at],
                wind: means.wind[at],
            };
        }
    }
    WeatherYear::new(weather)
}

/// The days of a year, each with its month and its hours.
fn days_of(hours: &Hours) -> Vec<(usize, Vec<usize>)> {
    let mut days: Vec<(i64, usize, Vec<usize>)> = Vec::new();
    for (hour, day) in hours.days().enumerate() {
        match days.last_mut() {
            Some((last, _, of_day)) if *last == day => of_day.push(hour),
            _ => days.push((day, hours.month(hour).unwrap_or(1), vec![hour])),
        }
    }
    days.into_iter().map(|(_, month, of_day)| (month, of_day)).collect()
}

/// The light of the hours of a month in W/m², of the mean of its days in kWh/m².
fn light_of_month(
    month: usize,
    mean: f64,
    days: &[&Vec<usize>],
    outside: &[f64],
    clear: &[f64],
) -> Result<Vec<(usize, f64)>, Refusal> {
    let sum = |of: &[f64], day: &[usize]| day.iter().map(|hour| of[*hour]).sum::<f64>() / 1000.0;
    let count = days.len() as f64;
    let most = days.iter().map(|day| sum(outside, day)).sum::<f64>() / count;
    let refuse = |value| Refusal::Month {
        month,
        name: "global",
        value,
        low: (DARKEST * most * 1000.0).ceil() / 1000.0,
        high: (0.78 * most * 1000.0).floor() / 1000.0,
    };
    // Where the sun does not rise there is nothing to spread.
    if most < 1e-3 {
        within(mean, (0.0, 1e-3), refuse)?;
        return Ok(days.iter().flat_map(|day| day.iter().map(|hour| (*hour, 0.0))).collect());
    }
    let clearness = clearness_of_days(mean / most, days.len()).map_err(|_| refuse(mean))?;
    let told: Vec<f64> =
        clearness.iter().zip(days).map(|(kt, day)| kt * sum(outside, day)).collect();
    let scale = mean / (told.iter().sum::<f64>() / count);
    let mut light = Vec::with_capacity(days.len() * 24);
    for (day, told) in days.iter().zip(told) {
        let shape = sum(clear, day);
        let factor = if shape > 0.0 { told * scale / shape } else { 0.0 };
        light.extend(day.iter().map(|hour| (*hour, clear[*hour] * factor)));
    }
    Ok(light)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same formulas in numpy.
    #[test]
    fn days_are_those_of_the_reference() {
        let found = clearness_of_days(0.40, 31).unwrap();
        let expected = [0.40340, 0.22384, 0.57727, 0.13181, 0.49102, 0.31435];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 5e-6, "{found} {expected}");
        }
        let least = found.iter().copied().fold(f64::MAX, f64::min);
        let most = found.iter().copied().fold(0.0, f64::max);
        assert!((least - 0.0618).abs() < 5e-5 && (most - 0.7250).abs() < 5e-5);
    }

    #[test]
    fn a_mean_that_cannot_be_is_refused() {
        for mean in [0.0, 0.05, -1.0, 0.9, f64::NAN] {
            assert!(clearness_of_days(mean, 30).is_err(), "{mean}");
        }
        for hundredths in 6..=80 {
            let mean = f64::from(hundredths) / 100.0;
            if let Ok(days) = clearness_of_days(mean, 30) {
                let found = days.iter().sum::<f64>() / 30.0;
                assert!(days.iter().all(|kt| kt.is_finite()), "{mean}");
                assert!((found - mean).abs() < 0.06, "{mean} {found}");
            }
        }
    }
}
