//! The capacity connected so far, month by month, as a picture; the table beside it holds the same figures.

use maud::{Markup, html};
use rust_decimal::prelude::ToPrimitive;

use super::super::View;
use super::words;
use crate::programme::{Month, Number, Planned};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 52.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 28.0;

/// The band of the futures, the line of the plan and the target; nothing where no month is told.
pub(super) fn chart(view: &View, planned: &Planned) -> Option<Markup> {
    let number = |number: Number| number.0.to_f64().unwrap_or_default();
    let target = number(planned.target_mw);
    let most = planned
        .months
        .iter()
        .flat_map(|month| [month.planned_mw, month.p90_mw])
        .map(number)
        .fold(target, f64::max);
    if planned.months.is_empty() || most <= 0.0 {
        return None;
    }
    let x = |month: u8| LEFT + (WIDTH - LEFT - RIGHT) * f64::from(month) / 12.0;
    let y = |mw: f64| TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - mw / (most * 1.05));
    let point = |month: u8, mw: f64| format!("{:.1},{:.1}", x(month), y(mw));
    let line = |of: fn(&Month) -> Number| {
        let months = planned.months.iter().map(|month| point(month.month, number(of(month))));
        std::iter::once(point(0, 0.0)).chain(months).collect::<Vec<_>>()
    };
    let upper = line(|month| month.p90_mw);
    let lower = line(|month| month.p10_mw).into_iter().rev();
    let band = upper.into_iter().chain(lower).collect::<Vec<_>>().join(" ");
    let label = planned
        .months
        .iter()
        .map(|month| format!("{}: {} MW", month.month, month.planned_mw))
        .collect::<Vec<_>>()
        .join(", ");
    let key = |mark: Markup, word: &str| {
        html! { span class="key" { svg viewBox="0 0 24 12" width="24" height="12" aria-hidden="true" focusable="false" { (mark) } (word) } }
    };
    Some(html! {
        figure class="programme-chart" {
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label={ (view.say(words::COURSE)) ": " (label) } {
                @for share in 0..=4_u8 {
                    @let mw = most * f64::from(share) / 4.0;
                    line class="grid" x1=(LEFT) x2=(WIDTH - RIGHT) y1=(format!("{:.1}", y(mw))) y2=(format!("{:.1}", y(mw))) {}
                    text class="tick" x=(LEFT - 6.0) y=(format!("{:.1}", y(mw) + 4.0)) text-anchor="end" { (format!("{mw:.0}")) }
                }
                @for month in [3, 6, 9, 12] {
                    text class="tick" x=(format!("{:.1}", x(month))) y=(HEIGHT - 8.0) text-anchor="middle" { (month) }
                }
                polygon class="band" points=(band) {}
                line class="target" x1=(LEFT) x2=(WIDTH - RIGHT) y1=(format!("{:.1}", y(target))) y2=(format!("{:.1}", y(target))) {}
                polyline class="planned" points=(line(|month| month.planned_mw).join(" ")) {}
            }
            figcaption {
                (key(html! { line class="planned" x1="0" x2="24" y1="6" y2="6" {} }, view.say(words::LINE_PLANNED)))
                (key(html! { rect class="band" x="1" y="1" width="22" height="10" {} }, view.say(words::BAND)))
                (key(html! { line class="target" x1="0" x2="24" y1="6" y2="6" {} }, view.say(words::LINE_TARGET)))
                span { "MW" }
            }
        }
    })
}
