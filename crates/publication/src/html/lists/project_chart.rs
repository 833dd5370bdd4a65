//! The investment of a project by year as a picture; the table beside it holds the same figures.

use maud::{Markup, html};
use rust_decimal::prelude::ToPrimitive;
use terms::{InvestmentYear, Quantity, Unit};

use super::super::View;
use super::words;

const WIDTH: f64 = 480.0;
const ROW: f64 = 46.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = 96.0;

/// A bar for the plan and one for what was made, of each year; nothing where no year has either.
pub(super) fn chart(view: &View, years: &[InvestmentYear]) -> Option<Markup> {
    // Lengths are drawn to one scale, whatever unit each was published in.
    let length = |amount: Option<&Quantity>| {
        let amount = amount?;
        amount.unit.convert(amount.amount, &Unit::new("万元"))?.to_f64()
    };
    let all = years.iter().flat_map(|year| [year.planned.as_ref(), year.actual.as_ref()]);
    let most = all.filter_map(length).fold(0.0, f64::max);
    if most <= 0.0 {
        return None;
    }
    let scaled = |amount: Option<&Quantity>| {
        let share = length(amount)? / most * (WIDTH - LEFT - RIGHT);
        Some((share * 10.0).round() / 10.0)
    };
    let height = years.len().to_f64()? * ROW + 4.0;
    let bar = |amount: Option<&Quantity>, top: f64, class: &str| {
        html! {
            @if let (Some(width), Some(amount)) = (scaled(amount), amount) {
                rect class=(class) x=(LEFT) y=(top) width=(width) height="14" rx="2" {}
                text class="tick" x=(LEFT + width + 6.0) y=(top + 11.5) { (amount) }
            }
        }
    };
    Some(html! {
        figure class="money-chart" {
            svg viewBox={ "0 0 " (WIDTH) " " (height) } role="img" aria-label=(view.say(words::MONEY_CHART)) {
                @for (place, year) in years.iter().enumerate() {
                    @let top = place.to_f64().unwrap_or_default() * ROW + 4.0;
                    text class="tick year" x="0" y=(top + 22.0) { (year.year) }
                    (bar(year.planned.as_ref(), top, "planned"))
                    (bar(year.actual.as_ref(), top + 18.0, "actual"))
                }
            }
            figcaption {
                span class="key" { svg viewBox="0 0 24 12" width="24" height="12" aria-hidden="true" focusable="false" { rect class="planned" x="1" y="1" width="22" height="10" rx="2" {} } (view.say(words::PLANNED)) }
                span class="key" { svg viewBox="0 0 24 12" width="24" height="12" aria-hidden="true" focusable="false" { rect class="actual" x="1" y="1" width="22" height="10" rx="2" {} } (view.say(words::ACTUAL)) }
            }
        }
    })
}
