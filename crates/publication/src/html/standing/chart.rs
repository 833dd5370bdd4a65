//! The course of a year as a picture: last year, this year, the path to the target, and how the year may end. The same
//! figures stand in the table beside it, so that nobody needs the picture.

use maud::{Markup, html};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use terms::Outlook;

use super::super::View;
use super::words;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 28.0;

/// What is drawn, each point after a month.
#[derive(Debug, Clone, Default)]
pub(super) struct Course<'a> {
    pub(super) last_year: Vec<(u8, Decimal)>,
    pub(super) this_year: Vec<(u8, Decimal)>,
    pub(super) track: &'a [(u8, Decimal)],
    pub(super) outlook: Option<&'a Outlook>,
    pub(super) unit: &'a str,
}

/// The picture; nothing where there is too little to draw.
pub(super) fn chart(view: &View, course: &Course<'_>) -> Option<Markup> {
    let ends = course.outlook.iter().flat_map(|outlook| outlook.interval_80);
    let all: Vec<f64> = [&course.last_year[..], &course.this_year, course.track]
        .into_iter()
        .flatten()
        .map(|(_, value)| *value)
        .chain(ends)
        .filter_map(|value| value.to_f64())
        .collect();
    if course.this_year.len() + course.last_year.len() < 2 {
        return None;
    }
    let (low, high) = all
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(*at), high.max(*at)));
    // What adds up starts at nothing; rates move in a narrow band.
    let low = if low > 0.0 && low < high * 0.6 { 0.0 } else { low - (high - low).max(1e-9) * 0.1 };
    let scale = Scale { low, high: high + (high - low) * 0.05 };
    let now = course.this_year.last();
    let fan = course.outlook.zip(now).and_then(|(outlook, (month, value))| {
        let [bottom, top] = outlook.interval_80;
        let start = scale.point(*month, *value)?;
        Some(format!("{start} {} {}", scale.point(12, top)?, scale.point(12, bottom)?))
    });
    let label = format!(
        "{}：{}",
        view.say(words::COURSE),
        course
            .this_year
            .iter()
            .map(|(month, value)| format!("{month}: {value}{}", course.unit))
            .collect::<Vec<_>>()
            .join("，")
    );
    Some(html! {
        figure class="course" {
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(label) {
                @for tick in scale.ticks() {
                    line class="grid" x1=(LEFT) x2=(WIDTH - RIGHT) y1=(round(scale.y(tick))) y2=(round(scale.y(tick))) {}
                    text class="tick" x=(LEFT - 8.0) y=(round(scale.y(tick) + 4.0)) text-anchor="end" { (short(tick)) }
                }
                @for month in [1_u8, 3, 6, 9, 12] {
                    text class="tick" x=(round(Scale::x(month))) y=(HEIGHT - 8.0) text-anchor="middle" { (month) }
                }
                @if let Some(fan) = &fan { polygon class="fan" points=(fan) {} }
                (scale.line("last-year", &course.last_year))
                (scale.line("track", course.track))
                (scale.line("this-year", &course.this_year))
                @for (month, value) in &course.this_year { (scale.dot(*month, *value, course.unit)) }
            }
            figcaption {
                (key(view, "this-year", words::THIS_YEAR)) (key(view, "last-year", words::LAST_YEAR))
                @if !course.track.is_empty() { (key(view, "track", words::PATH)) }
                @if fan.is_some() { (key(view, "fan", words::FAN)) }
            }
        }
    })
}

fn key(view: &View, class: &str, word: super::super::words::Word) -> Markup {
    html! {
        span class="key" {
            svg viewBox="0 0 24 10" width="24" height="10" aria-hidden="true" focusable="false" {
                @if class == "fan" { rect class="fan" x="0" y="1" width="24" height="8" {} }
                @else { path class=(class) d="M0 5h24" {} }
            }
            (view.say(word))
        }
    }
}

struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn x(month: u8) -> f64 {
        LEFT + (WIDTH - LEFT - RIGHT) * f64::from(month.saturating_sub(1)) / 11.0
    }

    fn y(&self, value: f64) -> f64 {
        HEIGHT
            - BOTTOM
            - (HEIGHT - TOP - BOTTOM) * (value - self.low) / (self.high - self.low).max(1e-12)
    }

    fn point(&self, month: u8, value: Decimal) -> Option<String> {
        Some(format!("{},{}", round(Scale::x(month)), round(self.y(value.to_f64()?))))
    }

    fn line(&self, class: &str, points: &[(u8, Decimal)]) -> Markup {
        let points: Vec<String> =
            points.iter().filter_map(|(month, value)| self.point(*month, *value)).collect();
        html! {
            @if points.len() > 1 { polyline class=(class) points=(points.join(" ")) {} }
        }
    }

    fn dot(&self, month: u8, value: Decimal, unit: &str) -> Markup {
        html! {
            @if let Some(at) = value.to_f64() {
                circle class="dot" cx=(round(Scale::x(month))) cy=(round(self.y(at))) r="3" {
                    title { (month) ": " (value) (unit) }
                }
            }
        }
    }

    /// Round numbers within the scale, three to six of them.
    fn ticks(&self) -> Vec<f64> {
        let rough = (self.high - self.low) / 5.0;
        if rough.is_nan() || rough <= 0.0 {
            return Vec::new();
        }
        let power = 10_f64.powf(rough.log10().floor());
        let step =
            [1.0, 2.0, 5.0, 10.0].map(|step| step * power).into_iter().find(|step| *step >= rough);
        let step = step.unwrap_or(power);
        let first = (self.low / step).ceil();
        (0..8)
            .map(|at| (first + f64::from(at)) * step)
            .take_while(|tick| *tick <= self.high)
            .collect()
    }
}

fn round(at: f64) -> f64 {
    (at * 10.0).round() / 10.0
}

/// A number of the axis without needless digits.
fn short(tick: f64) -> String {
    Decimal::try_from(tick)
        .map_or_else(|_| tick.to_string(), |tick| tick.round_dp(6).normalize().to_string())
}
