//! How much of the change of an index is each item's.

use super::formula::{Formula, Pair, Plain, log_weights, rooted};

/// The part of each item in `index − 1`; the parts come to the whole, but for the last digits of binary fractions.
///
/// A formula with a basket gives `wᵢ·(p1ᵢ ÷ p0ᵢ − 1)`, `wᵢ` being the share of `p0ᵢ·zᵢ`: `z` is 1 for Dutot, `q0` for
/// Laspeyres, `q1` for Paasche, `√(q0·q1)` for Walsh, and for Fisher `q0 + q1 ÷ Q` with its own quantity index `Q`
/// (van IJzeren 1952; Reinsdorf, Diewert and Ehemann 2002). Carli has equal weights. Jevons and Törnqvist are
/// exponents: `wᵢ·ln(p1ᵢ ÷ p0ᵢ)·(P − 1) ÷ ln P`, the last factor being 1 where `P` is.
///
/// `None` where [`super::compare`] has none.
pub fn contributions(formula: Formula, pairs: &[Pair]) -> Option<Vec<f64>> {
    let plain: Vec<Plain> = pairs.iter().map(Plain::of).collect::<Option<_>>()?;
    if plain.is_empty() {
        return None;
    }
    let found = match formula {
        Formula::Jevons | Formula::Tornqvist => {
            let index = rooted(formula, &plain)?;
            let logarithm = libm::log(index);
            // Near 1 the quotient is lost in its digits, and is 1 + ln P ÷ 2 to all that count.
            let factor = if logarithm.abs() < 1e-8 {
                1.0 + logarithm / 2.0
            } else {
                (index - 1.0) / logarithm
            };
            let weights = log_weights(formula, &plain);
            let part = |(pair, weight): (&Plain, f64)| weight * libm::log(pair.relative()) * factor;
            plain.iter().zip(weights).map(part).collect()
        }
        Formula::Carli => of_basket(&plain, |pair| 1.0 / pair.prices[0]),
        Formula::Dutot => of_basket(&plain, |_| 1.0),
        Formula::Laspeyres => of_basket(&plain, |pair| pair.quantities[0]),
        Formula::Paasche => of_basket(&plain, |pair| pair.quantities[1]),
        Formula::Walsh => {
            of_basket(&plain, |pair| libm::sqrt(pair.quantities[0] * pair.quantities[1]))
        }
        Formula::Fisher => {
            let sum = |prices, quantities| -> f64 {
                plain.iter().map(|pair| pair.paid(prices, quantities)).sum()
            };
            let quantity = libm::sqrt(sum(0, 1) / sum(0, 0) * (sum(1, 1) / sum(1, 0)));
            of_basket(&plain, |pair| pair.quantities[0] + pair.quantities[1] / quantity)
        }
    };
    found.iter().all(|part: &f64| part.is_finite()).then_some(found)
}

fn of_basket(pairs: &[Plain], quantity: impl Fn(&Plain) -> f64) -> Vec<f64> {
    let whole: f64 = pairs.iter().map(|pair| pair.prices[0] * quantity(pair)).sum();
    let part = |pair: &Plain| (pair.prices[1] - pair.prices[0]) * quantity(pair) / whole;
    pairs.iter().map(part).collect()
}
