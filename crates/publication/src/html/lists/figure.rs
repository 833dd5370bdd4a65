//! Shapes and words of what is late, what stalls, and how money keeps up with the year.

use maud::{Markup, html};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use terms::{
    Day, Deadline, FigureState, InvestmentRate, MilestoneCount, Pace, Punctuality, Quantity,
    StallCause,
};

use super::super::View;
use super::super::desk::{pieces, shapes};
use super::words;

/// That something is overdue, as shape and word.
pub(super) fn late_word(view: &View) -> Markup {
    html! { span class="status st-missed" { (shapes::punctuality(Punctuality::Overdue)) (view.say(words::LATE)) } }
}

/// The last day, and how far off or how late it is where something is still waited for.
pub(super) fn deadline(view: &View, deadline: Option<Deadline>, today: Day) -> Markup {
    let Some(deadline) = deadline else { return html! {} };
    let late = deadline.overdue(today);
    html! {
        @match late {
            Some(days) => {
                span class="status due st-missed" { (shapes::punctuality(Punctuality::Overdue)) (words::overdue(days, view.language)) }
                small { (pieces::day(deadline.day)) }
            }
            None if deadline.waits => {
                (pieces::day(deadline.day))
                small { (super::super::desk::days_left(today.days_until(deadline.day), view.language)) }
            }
            None => (pieces::day(deadline.day)),
        }
    }
}

/// How many milestones were reached, of how many, and whether one is late.
pub(super) fn milestones(view: &View, count: MilestoneCount) -> Markup {
    html! {
        @if count.all > 0 {
            span class="figure" { (count.reached) "/" (count.all) }
            @if count.overdue > 0 {
                " " small class="status late-count st-missed" { (shapes::punctuality(Punctuality::Overdue)) (view.say(words::LATE)) " " (count.overdue) }
            }
        }
    }
}

/// Why a project stalls, each cause with its shape.
pub(super) fn causes(view: &View, causes: &[StallCause]) -> Markup {
    html! {
        @if !causes.is_empty() {
            ul class="causes" {
                @for cause in causes {
                    li class="st-missed" { (shapes::warning()) " " span { (words::stall(cause, view.language)) } }
                }
            }
        }
    }
}

/// An amount as it was published.
pub(super) fn amount(amount: Option<&Quantity>) -> Markup {
    html! { @if let Some(amount) = amount { span class="figure" lang="zh-CN" { (amount) } } }
}

fn tone(pace: Pace) -> &'static str {
    match pace {
        Pace::Ahead => "st-met",
        Pace::Near => "st-open",
        Pace::Behind => "st-at-risk",
        Pace::FarBehind => "st-missed",
    }
}

fn shape(pace: Pace) -> Markup {
    match pace {
        Pace::Ahead => shapes::state(Some(FigureState::Approved)),
        Pace::Near => shapes::punctuality(Punctuality::Open),
        Pace::Behind => shapes::finding(super::super::desk::FindingWeight::Warning),
        Pace::FarBehind => shapes::punctuality(Punctuality::Overdue),
    }
}

/// What a pace is called, with its shape.
pub(super) fn pace(view: &View, pace: Pace) -> Markup {
    html! { span class={ "status " (tone(pace)) } { (shape(pace)) (view.say(words::pace(pace))) } }
}

/// What was made of the plan against the share of the year: numbers, a bar with a mark where the year stands, and what
/// that means.
pub(super) fn rate(view: &View, rate: &InvestmentRate) -> Markup {
    html! {
        span class="rate" {
            span class="figure" { (rate.rate) "%" }
            (bar(rate.rate, rate.elapsed))
        }
        (pace(view, rate.pace))
        small { (words::ahead(rate.ahead, view.language)) }
    }
}

/// A bar of a share, with a mark where the year stands; the numbers stand beside it.
pub(super) fn bar(rate: Decimal, elapsed: Decimal) -> Markup {
    let at = |share: Decimal| share.to_f64().unwrap_or_default().clamp(0.0, 100.0);
    html! {
        svg class="rate-bar" viewBox="0 0 100 12" width="100" height="12" aria-hidden="true" focusable="false" {
            rect class="ground" x="0" y="3" width="100" height="6" {}
            rect class="made" x="0" y="3" width=(at(rate)) height="6" {}
            rect class="year-mark" x=((at(elapsed) - 1.0).max(0.0)) y="0" width="2" height="12" {}
        }
    }
}
