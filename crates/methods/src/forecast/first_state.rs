//! States to begin the estimation with: classical decomposition, then a line through the first years.

use super::model::{Season, State, Trend};

/// Through so many values, or two periods, the first line is laid.
const LINE: usize = 10;

/// A first guess; `values` must hold two periods where there is a season.
pub(super) fn first_state(values: &[f64], trend: Trend, season: Season, period: usize) -> State {
    let factors = seasons(values, season, period);
    let count = values.len().min(LINE.max(2 * period));
    let adjusted: Vec<f64> = values
        .iter()
        .take(count)
        .enumerate()
        .map(|(at, value)| match (season, factors.get(at % period.max(1))) {
            (Season::Additive, Some(factor)) => value - factor,
            (Season::Multiplicative, Some(factor)) => value / factor,
            _ => *value,
        })
        .collect();
    let (start, slope) = line(&adjusted);
    let (level, slope) = match trend {
        Trend::None => (mean(&adjusted), 0.0),
        Trend::Additive | Trend::Damped => (start, slope),
    };
    State { level, slope, season: factors }
}

/// The season by the means of what remains after a moving average over one period, over at most the first six
/// periods.
fn seasons(values: &[f64], season: Season, period: usize) -> Vec<f64> {
    if season == Season::None || period < 2 {
        return Vec::new();
    }
    let values = values.get(..6 * period).unwrap_or(values);
    let half = period / 2;
    let (mut sums, mut counts) = (vec![0.0; period], vec![0.0; period]);
    for (at, window) in values.windows(2 * half + 1).enumerate() {
        // An even period takes half of each end.
        let ends = if period.is_multiple_of(2) { 0.5 } else { 0.0 };
        let whole: f64 = window.iter().sum();
        let outer = window.first().copied().unwrap_or(0.0) + window.last().copied().unwrap_or(0.0);
        let middle = (whole - ends * outer) / period as f64;
        let Some(value) = window.get(half) else { continue };
        let left = match season {
            Season::Multiplicative if middle > 0.0 => value / middle,
            Season::Multiplicative => 1.0,
            _ => value - middle,
        };
        let place = (at + half) % period;
        if let (Some(sum), Some(count)) = (sums.get_mut(place), counts.get_mut(place)) {
            *sum += left;
            *count += 1.0;
        }
    }
    let mut factors: Vec<f64> =
        sums.iter().zip(&counts).map(|(sum, count)| sum / f64::max(*count, 1.0)).collect();
    let middle = mean(&factors);
    for factor in &mut factors {
        *factor = match season {
            Season::Multiplicative => (*factor / middle).max(1e-2),
            _ => *factor - middle,
        };
    }
    factors
}

/// The straight line of least squares through values at 1, 2, 3 …: its height at 0 and its slope.
fn line(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let (middle_at, middle) = ((count + 1.0) / 2.0, mean(values));
    let (mut across, mut along) = (0.0, 0.0);
    for (at, value) in values.iter().enumerate() {
        let away = (at + 1) as f64 - middle_at;
        across += away * (value - middle);
        along += away * away;
    }
    let slope = if along > 0.0 { across / along } else { 0.0 };
    (middle - slope * middle_at, slope)
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
