//! Small multiples: the course of each region in a picture of its own, all of one size.

use maud::{Markup, html};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use terms::{Amount, Period, RegionPlace, Series};

use super::super::View;
use super::super::desk;
use super::{RegionsPage, Show, link, number, rank, words};

const WIDTH: f64 = 220.0;
const HEIGHT: f64 = 90.0;
const EDGE: f64 = 6.0;

/// The points of one region: those of the year, and of the year before, by the last month; or one for each year.
struct Course {
    place: RegionPlace,
    /// From 0 to 1.
    now: Vec<(f64, Decimal)>,
    before: Vec<(f64, Decimal)>,
    last: Option<(Period, Amount)>,
}

/// All regions, in the order of the ranking.
pub(super) fn multiples(view: &View, page: &RegionsPage<'_>) -> Markup {
    let courses: Vec<Course> = page
        .found
        .series
        .iter()
        .map(|(place, series)| course(page, place, series))
        .filter(|course| !course.now.is_empty() || !course.before.is_empty())
        .collect();
    let all = courses.iter().map(bounds).reduce(join);
    let to =
        |own: bool| view.link(page.shown(Show::Series).with_some("scale", own.then_some("own")));
    let hint = if page.own_scale { words::OWN_SCALE_HINT } else { words::SERIES_HINT };
    html! {
        @match all {
            None => p class="none" { (view.say(words::NO_SERIES)) },
            Some(all) => {
                nav class="orders" aria-label=(view.say(words::SCALE)) {
                    span class="label" { (view.say(words::SCALE)) }
                    a href=(to(false)) aria-current=[(!page.own_scale).then_some("true")] { (view.say(words::SAME_SCALE)) }
                    a href=(to(true)) aria-current=[page.own_scale.then_some("true")] { (view.say(words::OWN_SCALE)) }
                }
                p class="quiet" { (view.say(hint)) }
                p class="multiples-key quiet" {
                    (key("now")) (view.say(words::THIS_YEAR)) " " (page.period.year())
                    @if courses.iter().any(|course| !course.before.is_empty()) {
                        " " (key("before")) (view.say(words::LAST_YEAR))
                    }
                    @if !page.own_scale {
                        " · " (label(all.0)) " — " (label(all.1)) " " span lang="zh-CN" { (page.found.unit) }
                    }
                }
                ul class="multiples" {
                    @for course in &courses { (picture(view, page, course, if page.own_scale { bounds(course) } else { all })) }
                }
            }
        }
    }
}

fn key(class: &str) -> Markup {
    html! {
        svg viewBox="0 0 24 10" width="24" height="10" aria-hidden="true" focusable="false" { path class=(class) d="M0 5h24" {} }
    }
}

/// The points of a region. A whole year is one point among years, all else runs through the months of its year.
fn course(page: &RegionsPage<'_>, place: &RegionPlace, series: &Series) -> Course {
    let unit = &page.found.unit;
    let exact = |period: Period, amount: &Amount, own: &terms::Unit| {
        Some((period, own.convert(amount.exact()?, unit)?))
    };
    let points: Vec<(Period, Decimal)> = series
        .observations
        .iter()
        .filter_map(|known| exact(known.period, known.value.as_ref()?, &known.unit))
        .collect();
    let (now, before) = if page.period.is_year() {
        let years: Vec<_> = points.iter().filter(|(period, _)| period.is_year()).collect();
        let first = years.first().map_or(0, |(period, _)| period.year());
        let span = f64::from(years.last().map_or(0, |(period, _)| period.year()) - first).max(1.0);
        let at = |(period, value): &&(Period, Decimal)| {
            (f64::from(period.year() - first) / span, *value)
        };
        (years.iter().map(at).collect(), Vec::new())
    } else {
        let of = |year: i16| through(&points, year, page.period);
        (of(page.period.year()), of(page.period.year() - 1))
    };
    let last = series.at(page.period).and_then(|known| Some((known.period, known.value.clone()?)));
    Course { place: place.clone(), now, before, last }
}

/// The points of a year of the kind that is asked for: cumulative, or single months and quarters.
fn through(points: &[(Period, Decimal)], year: i16, asked: Period) -> Vec<(f64, Decimal)> {
    let months = |period: Period| period.last_month() - period.first_month();
    let fits = |period: Period| match asked.first_month() {
        1 if asked.last_month() > 1 => period.first_month() == 1,
        _ => months(period) == months(asked),
    };
    let own = points.iter().filter(|(period, _)| period.year() == year && fits(*period));
    own.map(|(period, value)| (f64::from(period.last_month() - 1) / 11.0, *value)).collect()
}

type Bounds = (f64, f64);

fn bounds(course: &Course) -> Bounds {
    let values = course.now.iter().chain(&course.before).filter_map(|(_, value)| value.to_f64());
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)))
}

fn join(one: Bounds, other: Bounds) -> Bounds {
    (one.0.min(other.0), one.1.max(other.1))
}

/// An end of the scale, without needless digits.
fn label(at: f64) -> String {
    Decimal::try_from(at).map_or_else(|_| at.to_string(), number)
}

fn picture(view: &View, page: &RegionsPage<'_>, course: &Course, (low, high): Bounds) -> Markup {
    let point = |(x, value): &(f64, Decimal)| {
        let y = (value.to_f64().unwrap_or(low) - low) / (high - low).max(1e-12);
        let round = |at: f64| (at * 10.0).round() / 10.0;
        (round(EDGE + (WIDTH - 2.0 * EDGE) * x), round(HEIGHT - EDGE - (HEIGHT - 2.0 * EDGE) * y))
    };
    let line = |class: &str, points: &[(f64, Decimal)]| {
        let points: Vec<String> =
            points.iter().map(point).map(|(x, y)| format!("{x},{y}")).collect();
        html! { @if points.len() > 1 { polyline class=(class) points=(points.join(" ")) {} } }
    };
    let said: Vec<String> = course.now.iter().map(|(_, value)| number(*value)).collect();
    let zero = (low < 0.0 && high > 0.0).then(|| point(&(0.0, Decimal::ZERO)).1);
    html! {
        li {
            h2 { a href=(link(view, &course.place.code, None)) lang="zh-CN" { (course.place.name) } }
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label={ (course.place.name) "：" (said.join("，")) (page.found.unit) } {
                @if let Some(zero) = zero { line class="grid" x1="0" x2=(WIDTH) y1=(zero) y2=(zero) {} }
                (line("before", &course.before))
                (line("now", &course.now))
                @if let Some((x, y)) = course.now.last().map(point) { circle class="dot" cx=(x) cy=(y) r="3" {} }
            }
            p {
                @match &course.last {
                    Some((period, value)) => {
                        a class="figure" href=(view.link(rank::figure(page, &course.place.code))) { (value) span lang="zh-CN" { (unit_of(page, &course.place.code)) } }
                        " " small { (desk::period(*period, view.language)) }
                    }
                    None => span class="quiet" { (view.say(words::NO_FIGURE)) },
                }
            }
        }
    }
}

/// The unit in which the figure of a region is published.
fn unit_of<'a>(page: &RegionsPage<'a>, code: &str) -> &'a str {
    let series = page.found.series.iter().find(|(place, _)| place.code == code);
    series.and_then(|(_, series)| series.at(page.period)).map_or("", |known| known.unit.as_str())
}
