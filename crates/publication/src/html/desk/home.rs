//! What a person owes now, and what waits for a check.

use maud::{Markup, html};
use terms::{Day, DutyProgress, FigureState, Punctuality, Right, Round};

use super::super::layout::Room;
use super::super::{Address, View};
use super::pieces::{self, Names};
use super::{round, words};

/// What a person has to do.
#[derive(Debug, Clone, Copy)]
pub struct HomePage<'a> {
    /// Today.
    pub today: Day,
    /// What the person owes as a clerk; shown most urgent first.
    pub owed: &'a [(Round, DutyProgress)],
    /// What waits for the person's check as a reviewer.
    pub to_review: &'a [(Round, DutyProgress)],
    /// Names of regions.
    pub regions: &'a Names,
}

/// How urgent a duty is for its clerk, the most urgent first: with the clerk again, late, open, shut, done.
fn urgency(round: &Round, progress: &DutyProgress, today: Day) -> (u8, Day) {
    let with_clerk = with_clerk_again(progress);
    let rank = match progress.punctuality(round, today) {
        Punctuality::Overdue => 0,
        _ if with_clerk => 1,
        Punctuality::Open => 2,
        Punctuality::Closed => 3,
        Punctuality::Late | Punctuality::InTime => 4,
    };
    (rank, progress.duty.due(round))
}

fn with_clerk_again(progress: &DutyProgress) -> bool {
    progress.count(FigureState::Returned) + progress.count(FigureState::Reopened) > 0
}

/// The page `/desk`.
pub fn home(view: &View, page: &HomePage<'_>) -> String {
    let may = |right| view.visitor.as_ref().is_some_and(|visitor| visitor.has(right));
    let mut owed: Vec<_> = page.owed.iter().collect();
    owed.sort_by_key(|(round, progress)| urgency(round, progress, page.today));
    let done =
        |entry: &&(Round, DutyProgress)| entry.1.handed_in.is_some() && !with_clerk_again(&entry.1);
    let (handed_in, owed): (Vec<_>, Vec<_>) = owed.into_iter().partition(done);
    let mut to_review: Vec<_> = page.to_review.iter().collect();
    to_review.sort_by_key(|(round, progress)| progress.duty.due(round));
    let fills = may(Right::Fill) || !page.owed.is_empty();
    let reviews = may(Right::Review) || !page.to_review.is_empty();
    let body = html! {
        h1 { (view.say(words::DESK)) }
        @if fills {
            section {
                h2 { (view.say(words::OWED)) @if !owed.is_empty() { " " span class="tally" { (owed.len()) } } }
                @if owed.is_empty() { p class="none" { (view.say(words::OWED_NONE)) } }
                @else { (list(view, &owed, page)) }
                @if !handed_in.is_empty() {
                    details class="apart" {
                        summary { (view.say(words::HANDED_IN)) " " span class="tally" { (handed_in.len()) } }
                        (list(view, &handed_in, page))
                    }
                }
            }
        }
        @if reviews {
            section {
                h2 { (view.say(words::TO_REVIEW)) @if !to_review.is_empty() { " " span class="tally" { (to_review.len()) } } }
                @if to_review.is_empty() { p class="none" { (view.say(words::TO_REVIEW_NONE)) } }
                @else { (list(view, &to_review, page)) }
            }
        }
        @if !fills && !reviews {
            p class="none" { (view.say(words::NOTHING_TO_DO)) }
        }
        @if may(Right::Read) {
            p { a class="more" href=(view.link(Address::new("/rounds"))) { (view.say(words::ALL_ROUNDS)) } }
        }
    };
    pieces::page(view, view.say(words::DESK), Room::Desk, body)
}

fn list(view: &View, entries: &[&(Round, DutyProgress)], page: &HomePage<'_>) -> Markup {
    html! {
        table class="stack duties" {
            thead {
                tr {
                    th scope="col" { (view.say(words::FORM)) }
                    th scope="col" { (view.say(words::PUNCTUALITY)) }
                    th scope="col" { (view.say(words::DUE)) }
                    th scope="col" { (view.say(words::PROGRESS)) }
                }
            }
            tbody {
                @for (round, progress) in entries {
                    @let punctuality = progress.punctuality(round, page.today);
                    tr {
                        th scope="row" {
                            a href=(view.link(round::duty_address(progress.duty.number))) lang="zh-CN" { (progress.form) }
                            small lang="zh-CN" {
                                (pieces::region(page.regions, &progress.duty.region)) " · " (progress.department) " · " (round.name)
                            }
                        }
                        td data-label=(view.say(words::PUNCTUALITY)) { (pieces::punctuality(view, punctuality)) }
                        td data-label=(view.say(words::DUE)) {
                            (pieces::due(view, &progress.duty, round, page.today, progress.handed_in.is_none()))
                        }
                        td data-label=(view.say(words::PROGRESS)) { (round::progress(view, progress)) }
                    }
                }
            }
        }
    }
}
