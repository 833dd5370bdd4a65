//! How much of the variance of an answer each uncertain input is to blame for.
//!
//! Source of the estimators: Saltelli et al., *Variance based sensitivity analysis of model output* (2010), table 2 (b)
//! for the first-order and (f), of Jansen, for the total effect.

/// The effects of an input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// The share of the variance that goes when this input alone is settled (S1). An estimate: it may be a little below
    /// zero.
    pub first: f64,
    /// The share that stays when all others are settled (ST): what the input does by itself and with others.
    pub total: f64,
}

/// The effects of the inputs from runs with two independent samples of all inputs, `a` and `b`, and, for each input, with
/// that of `a` in which this input is taken from `b`.
///
/// `None` where the runs differ in number, are fewer than two, or all come to the same.
pub fn effects(a: &[f64], b: &[f64], mixed: &[Vec<f64>]) -> Option<Vec<Effect>> {
    let runs = a.len();
    if runs < 2 || b.len() != runs || mixed.iter().any(|one| one.len() != runs) {
        return None;
    }
    let count = runs as f64;
    // About the mean of all runs, without which a large mean would drown the estimate.
    let all = a.iter().chain(b).chain(mixed.iter().flatten());
    let mean = all.sum::<f64>() / (count * (2.0 + mixed.len() as f64));
    let own = a.iter().chain(b).sum::<f64>() / (2.0 * count);
    let variance =
        a.iter().chain(b).map(|one| (one - own) * (one - own)).sum::<f64>() / (2.0 * count);
    // Runs that are all the same may have a variance of rounding.
    let alike = a.iter().chain(b).all(|one| Some(one) == a.first());
    if alike || !variance.is_finite() || variance <= 0.0 {
        return None;
    }
    let effect = |one: &Vec<f64>| {
        let rows = || a.iter().zip(b).zip(one);
        let first: f64 = rows().map(|((a, b), one)| (b - mean) * (one - a)).sum();
        let total: f64 = rows().map(|((a, _), one)| (a - one) * (a - one)).sum();
        Effect { first: first / count / variance, total: total / (2.0 * count) / variance }
    };
    Some(mixed.iter().map(effect).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::random::Random;

    /// `sin x₁ + 7 sin² x₂ + 0.1 x₃⁴ sin x₁` over −π to π (Ishigami and Homma 1990).
    fn ishigami(x: &[f64; 3]) -> f64 {
        let [one, two, three] = x.map(|x| (2.0 * x - 1.0) * std::f64::consts::PI);
        one.sin() + 7.0 * two.sin() * two.sin() + 0.1 * three.powi(4) * one.sin()
    }

    /// The known answer: S1 0.3139, 0.4424, 0; ST 0.5576, 0.4424, 0.2437.
    #[test]
    fn a_function_with_a_known_answer_has_it() {
        let mut random = Random::new(3);
        let mut sample =
            || -> Vec<[f64; 3]> { (0..20_000).map(|_| [0; 3].map(|_| random.uniform())).collect() };
        let (a, b) = (sample(), sample());
        let of = |rows: &[[f64; 3]]| rows.iter().map(ishigami).collect::<Vec<f64>>();
        let mixed: Vec<Vec<f64>> = (0..3)
            .map(|input| {
                let mix = |(a, b): (&[f64; 3], &[f64; 3])| {
                    let mut row = *a;
                    row[input] = b[input];
                    ishigami(&row)
                };
                a.iter().zip(&b).map(mix).collect()
            })
            .collect();
        let found = effects(&of(&a), &of(&b), &mixed).unwrap();
        for (effect, (first, total)) in
            found.iter().zip([(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)])
        {
            assert!((effect.first - first).abs() < 0.03, "{effect:?} {first}");
            assert!((effect.total - total).abs() < 0.03, "{effect:?} {total}");
        }
    }

    /// SALib 1.6.0 of its own sample of 64 (`sobol.py` beside the table): the same estimators, so the same numbers.
    #[test]
    fn effects_are_those_of_salib() {
        let (mut a, mut b, mut mixed) = (vec![], vec![], vec![vec![]; 3]);
        let mut known: Vec<Vec<f64>> = Vec::new();
        for line in include_str!("../../tests/oracles/sobol.csv").lines().skip(1) {
            let mut cells = line.split(',');
            let kind = cells.next().unwrap();
            let numbers: Vec<f64> = cells.filter_map(|cell| cell.parse().ok()).collect();
            if kind == "run" {
                a.push(numbers[0]);
                b.push(numbers[4]);
                mixed.iter_mut().zip(&numbers[1..4]).for_each(|(one, run)| one.push(*run));
            } else {
                known.push(numbers);
            }
        }
        let found = effects(&a, &b, &mixed).unwrap();
        assert_eq!((a.len(), found.len()), (64, 3));
        for (input, effect) in found.iter().enumerate() {
            assert!((effect.first - known[0][input]).abs() < 1e-10, "{effect:?}");
            assert!((effect.total - known[1][input]).abs() < 1e-10, "{effect:?}");
        }
    }

    #[test]
    fn without_variance_or_runs_there_is_no_share() {
        assert_eq!(effects(&[1.0; 4], &[1.0; 4], &[vec![1.0; 4]]), None);
        assert_eq!(effects(&[1.0], &[2.0], &[vec![1.0]]), None);
        assert_eq!(effects(&[1.0, 2.0], &[2.0], &[]), None);
        assert_eq!(effects(&[1.0, 2.0], &[2.0, 3.0], &[vec![1.0]]), None);
        assert_eq!(effects(&[1.0, 2.0], &[2.0, 3.0], &[]), Some(vec![]));
    }
}
