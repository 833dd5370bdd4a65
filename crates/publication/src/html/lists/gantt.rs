//! A Gantt chart: a table whose rows say in words what their picture shows, so that nobody needs the picture.

use maud::{Markup, html};
use terms::{Day, FigureState, PlanObject};

use super::super::View;
use super::super::desk::{plan as desk_plan, shapes};
use super::timeline::Scale;
use super::words;

const HEIGHT: f64 = 54.0;

/// What stands in a row.
#[derive(Debug, Clone)]
pub(super) struct Bar<'a> {
    pub(super) object: &'a PlanObject,
    pub(super) start: Option<Day>,
    pub(super) end: Option<Day>,
    /// How many days it is overdue.
    pub(super) late: Option<i64>,
    /// Its milestones, by day.
    pub(super) milestones: &'a [&'a PlanObject],
    /// What stands under its name.
    pub(super) said: Markup,
}

/// A milestone as it is drawn.
struct Mark {
    due: Day,
    reached: bool,
    late: bool,
    name: String,
}

fn marks(bar: &Bar<'_>, today: Day) -> Vec<Mark> {
    let mark = |own: &&PlanObject| {
        let due: Day = own.value("due").parse().ok()?;
        let reached = own.state != own.kind.beginning().code;
        let late = !reached && due < today;
        Some(Mark { due, reached, late, name: desk_plan::title(own) })
    };
    bar.milestones.iter().filter(|own| own.state != "cancelled").filter_map(mark).collect()
}

/// The chart over the days of all bars, or of a year.
pub(super) fn chart(view: &View, bars: &[Bar<'_>], today: Day, year: Option<i16>) -> Markup {
    let own = |bar: &Bar<'_>| {
        let due = marks(bar, today).into_iter().map(|mark| mark.due);
        bar.start.into_iter().chain(bar.end).chain(due).collect::<Vec<_>>()
    };
    let late = bars.iter().any(|bar| bar.late.is_some());
    let mut days: Vec<Day> = bars.iter().flat_map(own).chain(late.then_some(today)).collect();
    if let Some(year) = year {
        days = [(1, 1), (12, 31)].iter().filter_map(|(m, d)| Day::new(year, *m, *d)).collect();
    }
    let Some(scale) = Scale::over(days.into_iter()) else {
        return html! { p class="none" { (view.say(words::NO_DAYS)) } };
    };
    html! {
        p class="label gantt-hint" { (view.say(words::GANTT_HINT)) }
        div class="gantt" tabindex="0" role="group" aria-label=(view.say(words::GANTT)) {
            table {
                thead {
                    tr {
                        th scope="col" { (view.say(words::NAME)) }
                        th scope="col" { span class="unseen" { (view.say(words::TIME)) } (head(view, scale, today)) }
                    }
                }
                tbody { @for bar in bars { (row(view, scale, bar, today)) } }
            }
        }
    }
}

/// The names of the months, and today.
fn head(view: &View, scale: Scale, today: Day) -> Markup {
    html! {
        svg class="gantt-line" viewBox={ "0 0 " (scale.width()) " 34" } width=(scale.width()) height="34" aria-hidden="true" focusable="false" {
            defs {
                pattern id="overrun" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                    rect class="overrun-ground" width="6" height="6" {}
                    rect class="overrun-line" width="3" height="6" {}
                }
            }
            @for (day, name) in scale.marks() { text class="tick" x=(scale.at(day) + 3.0) y="14" { (name) } }
            @if scale.holds(today) {
                @let at = scale.at(today);
                @let end = at > scale.width() - 90.0;
                text class="tick now" x=(if end { at - 4.0 } else { at + 4.0 }) y="30" text-anchor=[end.then_some("end")] { (view.say(words::TODAY)) " " (today) }
                line class="now" x1=(at) x2=(at) y1="18" y2="34" {}
            }
        }
    }
}

/// One bar without a table around it; what it shows stands beside it as a list.
pub(super) fn strip(view: &View, bar: &Bar<'_>, today: Day) -> Markup {
    let due = marks(bar, today).into_iter().map(|mark| mark.due);
    let late = bar.late.map(|_| today);
    let days = bar.start.into_iter().chain(bar.end).chain(due).chain(late);
    html! {
        @if let Some(scale) = Scale::over(days) {
            div class="gantt strip" tabindex="0" role="group" aria-label=(view.say(words::TIME)) {
                span class="unseen" { (in_words(view, bar, today)) }
                (head(view, scale, today))
                (picture(view, scale, bar, today))
            }
        }
    }
}

fn row(view: &View, scale: Scale, bar: &Bar<'_>, today: Day) -> Markup {
    let object = bar.object;
    let kind = object.kind;
    html! {
        tr {
            th scope="row" {
                (super::name(view, object))
                span class="gantt-state" {
                    (desk_plan::state(view, kind, &object.state))
                    @if let Some(late) = bar.late {
                        " " span class="status st-missed" { (shapes::punctuality(terms::Punctuality::Overdue)) (words::overdue(late, view.language)) }
                    }
                }
                span class="gantt-owner" { (bar.said) }
            }
            td {
                span class="unseen" { (in_words(view, bar, today)) }
                (picture(view, scale, bar, today))
            }
        }
    }
}

/// What the picture of a row shows.
fn in_words(view: &View, bar: &Bar<'_>, today: Day) -> String {
    let language = view.language;
    let mut said = vec![words::span(bar.start, bar.end, language)];
    for mark in marks(bar, today) {
        let state = view.say(match (mark.reached, mark.late) {
            (true, _) => words::REACHED,
            (false, true) => words::LATE_WORD,
            (false, false) => words::NOT_YET,
        });
        said.push(format!("{} {} {state}", mark.due, mark.name));
    }
    said.join(language.say(super::super::words::Word("；", "; ")))
}

/// The class of a bar by where its object stands.
fn class(object: &PlanObject) -> &'static str {
    match object.state.as_str() {
        "done" | "accepted" | "finished" => "bar done-bar",
        "planned" => "bar planned-bar",
        "cancelled" => "bar over-bar",
        "suspended" => "bar suspended-bar",
        _ => "bar",
    }
}

fn picture(view: &View, scale: Scale, bar: &Bar<'_>, today: Day) -> Markup {
    let (start, end) = (bar.start.or(bar.end), bar.end.or(bar.start));
    html! {
        svg class="gantt-line" viewBox={ "0 0 " (scale.width()) " " (HEIGHT) } width=(scale.width()) height=(HEIGHT) aria-hidden="true" focusable="false" {
            (scale.grid(HEIGHT))
            @if let Some((start, end)) = start.zip(end) {
                @let (from, to) = (scale.at(start), scale.after(end));
                rect class=(class(bar.object)) x=(from) y="18" width=((to - from).max(3.0)) height="18" rx="3" {
                    title { (words::span(bar.start, bar.end, view.language)) }
                }
                @if bar.late.is_some() {
                    @let until = scale.after(today);
                    @if until > to {
                        rect class="overrun" x=(to) y="18" width=(round(until - to)) height="18" fill="url(#overrun)" {}
                    }
                }
                @if matches!(bar.object.state.as_str(), "done" | "accepted" | "finished") {
                    g class="bar-tick" transform={ "translate(" (round((to - 18.0).max(from))) " 19)" } {
                        (shapes::state(Some(FigureState::Approved)))
                    }
                }
            }
            @for mark in marks(bar, today) { @if scale.holds(mark.due) { (milestone(scale, &mark, view)) } }
            @if scale.holds(today) { line class="now" x1=(scale.at(today)) x2=(scale.at(today)) y1="0" y2=(HEIGHT) {} }
        }
    }
}

/// A diamond where a milestone is due: filled where it was reached, hollow where not yet, a triangle where it is late.
fn milestone(scale: Scale, mark: &Mark, view: &View) -> Markup {
    let at = scale.after(mark.due);
    let class = match (mark.reached, mark.late) {
        (true, _) => "mark reached",
        (false, true) => "mark late",
        (false, false) => "mark",
    };
    let state = view.say(match (mark.reached, mark.late) {
        (true, _) => words::REACHED,
        (false, true) => words::LATE_WORD,
        (false, false) => words::NOT_YET,
    });
    html! {
        path class=(class) d=(if mark.late { "M0 -8 8 6H-8z" } else { "M0 -7.5 7.5 0 0 7.5 -7.5 0z" }) transform={ "translate(" (at) " 27)" } {
            title { (mark.name) " " (mark.due) " " (state) }
        }
    }
}

fn round(at: f64) -> f64 {
    (at * 10.0).round() / 10.0
}
