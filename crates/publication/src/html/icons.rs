//! Shapes: every status has its own, so that none is told by colour alone.

use maud::{Markup, html};
use terms::{Fulfilment, Status};

/// The shape of a status. It stands beside the status in words, so it is hidden from readers of the page's text.
pub(super) fn status(status: Status) -> Markup {
    framed(status.as_str(), &shape(status))
}

/// The shape of what became of a promise, to stand beside its word as well.
pub(super) fn fulfilment(found: Fulfilment) -> Markup {
    framed(found.as_str(), &promise_shape(found))
}

fn framed(word: &str, shape: &Markup) -> Markup {
    html! {
        svg class={ "icon st-" (word) } viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" { (shape) }
    }
}

/// What is drawn for what became of a promise, in a square of 16.
pub(super) fn promise_shape(found: Fulfilment) -> Markup {
    match found {
        Fulfilment::Kept => shape(Status::Met),
        Fulfilment::Missed => shape(Status::Missed),
        Fulfilment::NotComparable => shape(Status::NotComparable),
        Fulfilment::NotDue => shape(Status::Open),
        // A filled disc with an arrow upward.
        Fulfilment::Exceeded => html! {
            circle cx="8" cy="8" r="7" fill="currentColor" {}
            path class="cut" d="M8 12V4.6M4.8 7.6 8 4.4l3.2 3.2" fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" {}
        },
        // A ring with three dots: it is still spoken of.
        Fulfilment::Continued => html! {
            circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" stroke-width="1.5" {}
            path d="M4.8 8v.1M8 8v.1M11.2 8v.1" stroke="currentColor" stroke-width="2" stroke-linecap="round" {}
        },
        // A cross in a broken square: nothing is left of it.
        Fulfilment::Dropped => html! {
            path d="M1.8 1.8h12.4v12.4H1.8z" fill="none" stroke="currentColor" stroke-width="1.4" stroke-dasharray="3 2" {}
            path d="M4.8 4.8l6.4 6.4M11.2 4.8l-6.4 6.4" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" {}
        },
    }
}

/// What is drawn for a status, in a square of 16.
pub(super) fn shape(status: Status) -> Markup {
    html! {
            @match status {
                // A filled disc with a tick.
                Status::Met => {
                    circle cx="8" cy="8" r="7" fill="currentColor" {}
                    path class="cut" d="M4.6 8.3l2.3 2.4 4.5-5" fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" {}
                }
                // An arrow to the right.
                Status::OnTrack => {
                    path d="M1.5 8h12M8.8 3.2 13.6 8l-4.8 4.8" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {}
                }
                // A hollow triangle with an exclamation mark.
                Status::AtRisk => {
                    path d="M8 1.8 14.8 14H1.2z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" {}
                    path d="M8 6.2v3.6M8 11.9v.1" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" {}
                }
                // An arrow that falls.
                Status::OffTrack => {
                    path d="M2 2.5 13 13M13 6v7H6" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {}
                }
                // A filled triangle with an exclamation mark.
                Status::Missed => {
                    path d="M8 1.2 15.4 14.4H.6z" fill="currentColor" stroke="currentColor" stroke-linejoin="round" {}
                    path class="cut" d="M8 5.8v4.2M8 12.1v.1" fill="none" stroke-width="1.8" stroke-linecap="round" {}
                }
                // A broken ring with a dash.
                Status::NoData => {
                    circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.6 2.4" {}
                    path d="M5 8h6" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" {}
                }
                // A diamond with an unequal sign.
                Status::NotComparable => {
                    path d="M8 .9 15.1 8 8 15.1.9 8z" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round" {}
                    path d="M5.4 6.8h5.2M5.4 9.2h5.2M9.4 5 6.6 11" stroke="currentColor" stroke-width="1.2" stroke-linecap="round" {}
                }
                // A clock.
                Status::Open => {
                    circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" stroke-width="1.5" {}
                    path d="M8 4.4V8l2.4 1.6" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" {}
                }
                // A sheet with lines.
                Status::Reported => {
                    path d="M3 1.5h10v13H3z" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round" {}
                    path d="M5.4 5.2h5.2M5.4 8h5.2M5.4 10.8h3" stroke="currentColor" stroke-width="1.2" stroke-linecap="round" {}
                }
                // A small hollow square.
                Status::Background => {
                    path d="M5 5h6v6H5z" fill="none" stroke="currentColor" stroke-width="1.3" {}
                }
            }
    }
}

/// The seal of the house.
pub(super) fn seal() -> Markup {
    html! {
        svg class="seal" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false" {
            rect x="1" y="1" width="30" height="30" rx="5" fill="currentColor" {}
            path class="cut" d="M9 8v16M9 8h9M23 24V8M9 16.4h7.4M16 24l7-7" fill="none" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" {}
        }
    }
}
