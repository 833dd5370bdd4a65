//! The course of two years in the size of a word. What it shows stands in figures on the page of the indicator.

use maud::{Markup, html};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

const WIDTH: f64 = 88.0;
const HEIGHT: f64 = 26.0;
/// Room for the dot at the end and for the thickness of a line.
const EDGE: f64 = 3.0;

/// Last year and this year by month; nothing where there is too little to draw.
pub(super) fn spark(last_year: &[(u8, Decimal)], this_year: &[(u8, Decimal)]) -> Option<Markup> {
    let numbers = |points: &[(u8, Decimal)]| -> Vec<(f64, f64)> {
        let number = |(month, value): &(u8, Decimal)| Some((f64::from(*month), value.to_f64()?));
        points.iter().filter_map(number).collect()
    };
    let (before, now) = (numbers(last_year), numbers(this_year));
    let all = || before.iter().chain(&now).map(|(_, value)| *value);
    if now.len() < 2 && before.len() < 2 {
        return None;
    }
    let (low, high) =
        (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    let place = |(month, value): &(f64, f64)| {
        let x = EDGE + (WIDTH - 2.0 * EDGE) * (month - 1.0) / 11.0;
        let height = (value - low) / (high - low).max(1e-12);
        (tenths(x), tenths(HEIGHT - EDGE - (HEIGHT - 2.0 * EDGE) * height))
    };
    let line = |points: &[(f64, f64)]| {
        let places = points.iter().map(place).map(|(x, y)| format!("{x},{y}"));
        places.collect::<Vec<_>>().join(" ")
    };
    Some(html! {
        svg class="spark" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT) aria-hidden="true" focusable="false" {
            @if before.len() > 1 { polyline class="last-year" points=(line(&before)) {} }
            @if now.len() > 1 { polyline class="this-year" points=(line(&now)) {} }
            @if let Some((x, y)) = now.last().map(place) { circle class="dot" cx=(x) cy=(y) r="2.5" {} }
        }
    })
}

fn tenths(at: f64) -> f64 {
    (at * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_figure_is_drawn_highest_and_the_last_has_a_dot() {
        let points = |values: &[(u8, i64)]| -> Vec<(u8, Decimal)> {
            values.iter().map(|(month, value)| (*month, Decimal::from(*value))).collect()
        };
        let drawn = spark(&points(&[(2, 10), (12, 60)]), &points(&[(2, 20), (9, 35)])).unwrap();
        let drawn = drawn.into_string();
        assert!(drawn.contains("points=\"10.5,23 85,3\""), "{drawn}");
        assert!(drawn.contains("cx=\"62.6\" cy=\"13\""), "{drawn}");
        assert!(spark(&points(&[(12, 60)]), &points(&[(2, 20)])).is_none());
        // Figures that do not differ are a level line, not a division by nothing.
        let level = spark(&[], &points(&[(2, 7), (3, 7)])).unwrap().into_string();
        assert!(level.contains("points=\"10.5,23 17.9,23\""), "{level}");
    }
}
