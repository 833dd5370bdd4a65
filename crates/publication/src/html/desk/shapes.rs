//! Shapes of states and of punctuality: each its own, so that none is told by colour alone.

use maud::{Markup, html};
use terms::{FigureState, Punctuality};

use super::FindingWeight;

fn shape(tone: &str, drawing: Markup) -> Markup {
    html! {
        svg class={ "icon " (tone) } viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" { (drawing) }
    }
}

/// The class that gives a state its colour.
pub(in super::super) fn tone_of_state(state: Option<FigureState>) -> &'static str {
    match state {
        None => "st-background",
        Some(FigureState::Draft) => "st-no-data",
        Some(FigureState::Submitted) => "st-open",
        Some(FigureState::Returned) => "st-missed",
        Some(FigureState::Approved) => "st-met",
        Some(FigureState::Locked) => "st-reported",
        Some(FigureState::Reopened) => "st-not-comparable",
    }
}

/// The class that gives punctuality its colour.
pub(in super::super) fn tone_of_punctuality(punctuality: Punctuality) -> &'static str {
    match punctuality {
        Punctuality::Open => "st-open",
        Punctuality::InTime => "st-met",
        Punctuality::Late => "st-not-comparable",
        Punctuality::Overdue => "st-missed",
        Punctuality::Closed => "st-no-data",
    }
}

fn ring() -> Markup {
    html! { circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" stroke-width="1.5" {} }
}

fn disc() -> Markup {
    html! { circle cx="8" cy="8" r="7" fill="currentColor" {} }
}

fn line(path: &str) -> Markup {
    html! { path d=(path) fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" {} }
}

fn cut(path: &str) -> Markup {
    html! { path class="cut" d=(path) fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" {} }
}

/// The shape of a state.
pub(in super::super) fn state(state: Option<FigureState>) -> Markup {
    let drawing = match state {
        // A broken ring.
        None => html! {
            circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" stroke-width="1.3" stroke-dasharray="2.6 2.4" {}
        },
        // A pencil.
        Some(FigureState::Draft) => {
            line("M2.5 13.5l.8-3.2 7.6-7.6 2.4 2.4-7.6 7.6zM9.4 4.2l2.4 2.4")
        }
        // A ring with an arrow that goes up.
        Some(FigureState::Submitted) => {
            html! { (ring()) (line("M8 11.4V4.8M5.2 7.4 8 4.6l2.8 2.8")) }
        }
        // A filled triangle with an arrow that turns back.
        Some(FigureState::Returned) => html! {
            path d="M8 1.2 15.4 14.4H.6z" fill="currentColor" stroke="currentColor" stroke-linejoin="round" {}
            (cut("M8 5.8v4.2M8 12.1v.1"))
        },
        // A filled disc with a tick.
        Some(FigureState::Approved) => html! { (disc()) (cut("M4.6 8.3l2.3 2.4 4.5-5")) },
        // A closed lock.
        Some(FigureState::Locked) => html! {
            rect x="2.6" y="7" width="10.8" height="7.6" rx="1.4" fill="currentColor" {}
            (line("M5 7V4.9a3 3 0 0 1 6 0V7"))
        },
        // An open lock.
        Some(FigureState::Reopened) => html! {
            rect x="2.6" y="7" width="10.8" height="7.6" rx="1.4" fill="none" stroke="currentColor" stroke-width="1.4" {}
            (line("M5 7V4.4a3 3 0 0 1 5.8-1.1"))
        },
    };
    shape(tone_of_state(state), drawing)
}

/// The shape of punctuality.
pub(in super::super) fn punctuality(punctuality: Punctuality) -> Markup {
    let drawing = match punctuality {
        // A clock.
        Punctuality::Open => html! { (ring()) (line("M8 4.4V8l2.4 1.6")) },
        // A filled disc with a tick.
        Punctuality::InTime => html! { (disc()) (cut("M4.6 8.3l2.3 2.4 4.5-5")) },
        // A ring with a tick.
        Punctuality::Late => html! { (ring()) (line("M5 8.2l2.1 2.2 4-4.6")) },
        // A filled triangle with an exclamation mark.
        Punctuality::Overdue => html! {
            path d="M8 1.2 15.4 14.4H.6z" fill="currentColor" stroke="currentColor" stroke-linejoin="round" {}
            (cut("M8 5.8v4.2M8 12.1v.1"))
        },
        // A square with a cross.
        Punctuality::Closed => html! {
            rect x="1.8" y="1.8" width="12.4" height="12.4" rx="1" fill="none" stroke="currentColor" stroke-width="1.5" {}
            (line("M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6"))
        },
    };
    shape(tone_of_punctuality(punctuality), drawing)
}

/// The shape of a finding.
pub(in super::super) fn finding(weight: FindingWeight) -> Markup {
    match weight {
        FindingWeight::Error => punctuality(Punctuality::Closed),
        FindingWeight::Reason => warning(),
        FindingWeight::Warning => {
            shape("st-no-data", html! { (ring()) (line("M8 4.6v4.2M8 11.3v.1")) })
        }
    }
}

/// A warning sign: something has to be done about a text beside it.
pub(in super::super) fn warning() -> Markup {
    shape("st-missed", html! { (line("M8 1.6 15 14H1z")) (line("M8 6v4M8 12v.1")) })
}

/// A speech bubble: what somebody said.
pub(in super::super) fn remark() -> Markup {
    shape("st-missed", line("M2 2.5h12v8.5H7.5L4.4 14v-3H2z"))
}
