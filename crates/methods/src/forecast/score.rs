//! How good forecasts were, once the outcome is known.

use super::paths::Distribution;

/// The continuous ranked probability score of equally likely numbers: the mean distance to the outcome less half the mean
/// distance among them (Gneiting and Raftery 2007), in the unit of the series; lower is better. `None` of none.
pub fn crps(forecast: &Distribution, outcome: f64) -> Option<f64> {
    let numbers = forecast.numbers();
    let count = numbers.len() as f64;
    let distance = numbers.iter().map(|number| (number - outcome).abs()).sum::<f64>() / count;
    let among: f64 = numbers
        .iter()
        .enumerate()
        .map(|(at, number)| (2.0 * (at + 1) as f64 - count - 1.0) * number)
        .sum();
    (!numbers.is_empty()).then(|| distance - among / (count * count))
}

/// The squared distance of a probability from what happened (Brier 1950).
pub fn brier(probability: f64, happened: bool) -> f64 {
    let outcome = if happened { 1.0 } else { 0.0 };
    (probability - outcome) * (probability - outcome)
}

/// The width of an interval that should hold the outcome with a probability of `level`, with a penalty where it does not
/// (Gneiting and Raftery 2007); lower is better.
pub fn interval(low: f64, high: f64, level: f64, outcome: f64) -> f64 {
    let miss = (low - outcome).max(outcome - high).max(0.0);
    high - low + 2.0 / (1.0 - level) * miss
}

/// The mean absolute error over that of the same season a period before, within the history (Hyndman and Koehler 2006).
/// `None` where the history is not longer than a period, repeats itself, or nothing is compared.
pub fn mase(history: &[f64], period: usize, forecast: &[f64], outcome: &[f64]) -> Option<f64> {
    let naive = absolute(history, history.get(period..)?)?;
    let error = absolute(forecast, outcome)?;
    (naive > 0.0).then(|| error / naive)
}

/// The mean absolute difference of as many pairs as there are.
fn absolute(one: &[f64], other: &[f64]) -> Option<f64> {
    let count = one.len().min(other.len());
    let sum: f64 = one.iter().zip(other).map(|(one, other)| (one - other).abs()).sum();
    (count > 0).then(|| sum / count as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of `properscoring` and `scoringrules`, and a worked example.
    #[test]
    fn scores_are_those_of_the_packages() {
        let ensemble: Distribution = [0.2, 0.9, 1.1, 1.5, 2.8].into_iter().collect();
        assert!((crps(&ensemble, 1.2).unwrap() - 0.196).abs() < 1e-12);
        assert!((interval(0.5, 1.0, 0.8, 1.2) - 2.5).abs() < 1e-12);
        let history = [10., 12., 9., 14., 11., 13., 10., 15., 12., 14., 11., 16.];
        let score = mase(&history, 4, &[12.5, 15.5, 11., 17.], &[13., 15., 12., 18.]).unwrap();
        assert!((score - 0.75).abs() < 1e-12);
        assert!((brier(0.7, true) - 0.09).abs() < 1e-12);
        assert_eq!(mase(&[1.0; 8], 4, &[1.0], &[2.0]), None);
        assert_eq!(crps(&std::iter::empty().collect(), 1.0), None);
    }
}
