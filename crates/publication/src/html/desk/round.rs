//! The rounds, and how far one is.

use maud::{Markup, html};
use terms::{Day, DutyProgress, FigureState, Punctuality, Right, Round};

use super::super::layout::Room;
use super::super::words::Language;
use super::super::{Address, View};
use super::pieces::{self, Field, Names, Trouble};
use super::{shapes, words};

/// A round with how far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundLine {
    /// The round.
    pub round: Round,
    /// How many duties it has.
    pub duties: usize,
    /// How many of them were handed in.
    pub handed_in: usize,
    /// How many of them are late and not handed in.
    pub overdue: usize,
    /// How many of them are locked in every line.
    pub locked: usize,
}

/// All rounds.
#[derive(Debug, Clone, Copy)]
pub struct RoundsPage<'a> {
    /// Today.
    pub today: Day,
    /// The rounds, the newest first.
    pub rounds: &'a [RoundLine],
    /// Whether the visitor may open one.
    pub may_plan: bool,
}

/// What was just done to a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundDone {
    /// It was opened.
    Opened,
    /// So many figures were locked.
    Locked(usize),
    /// A duty was given more time.
    Extended,
}

/// One round.
#[derive(Debug, Clone, Copy)]
pub struct RoundPage<'a> {
    /// Today.
    pub today: Day,
    /// The round.
    pub round: &'a Round,
    /// All duties of the round that the visitor may see, whatever `only` says.
    pub duties: &'a [DutyProgress],
    /// Only these are shown, by the address's `show` (see [`punctuality_named`]).
    pub only: Option<Punctuality>,
    /// Names of regions.
    pub regions: &'a Names,
    /// Whether the visitor may lock and give more time.
    pub may_plan: bool,
    /// What was just done.
    pub done: Option<RoundDone>,
    /// Why something was not done.
    pub fault: Option<&'a str>,
}

/// Who is late comes first.
const LATE_FIRST: [Punctuality; 5] = [
    Punctuality::Overdue,
    Punctuality::Closed,
    Punctuality::Open,
    Punctuality::Late,
    Punctuality::InTime,
];

/// The punctuality that a word of an address names: `open`, `in-time`, `late`, `overdue`, `closed`.
pub fn punctuality_named(word: &str) -> Option<Punctuality> {
    LATE_FIRST.into_iter().find(|known| named(*known) == word)
}

fn named(punctuality: Punctuality) -> &'static str {
    match punctuality {
        Punctuality::Open => "open",
        Punctuality::InTime => "in-time",
        Punctuality::Late => "late",
        Punctuality::Overdue => "overdue",
        Punctuality::Closed => "closed",
    }
}

/// The page of a duty.
pub(super) fn duty_address(number: i64) -> Address {
    Address::new(format!("/duties/{number}"))
}

/// The page of a round.
fn round_address(round: &Round) -> Address {
    Address::of("/rounds", &round.code)
}

/// How many lines of a duty stand where.
pub(super) fn progress(view: &View, progress: &DutyProgress) -> Markup {
    let begun: usize = progress.states.iter().sum();
    let states = FigureState::ALL.iter().map(|state| (Some(*state), progress.count(*state)));
    let states = std::iter::once((None, progress.lines.saturating_sub(begun))).chain(states);
    html! {
        ul class="tallies" {
            @for (state, count) in states.filter(|(_, count)| *count > 0) {
                li class=(shapes::tone_of_state(state)) { (shapes::state(state)) (view.say(words::state(state))) " " b { (count) } }
            }
        }
    }
}

/// The page `/rounds`; leads to `/rounds/new`.
pub fn rounds(view: &View, page: &RoundsPage<'_>) -> String {
    let body = html! {
        div class="with-tools" {
            h1 { (view.say(words::ROUNDS)) }
            @if page.may_plan { (new_round_link(view)) }
        }
        @if page.rounds.is_empty() {
            div class="none" { p { (view.say(words::NO_ROUNDS)) } @if page.may_plan { (new_round_link(view)) } }
        } @else {
            table class="stack rounds" {
                thead {
                    tr {
                        th scope="col" { (view.say(words::ROUND)) }
                        th scope="col" { (view.say(words::PERIOD)) }
                        th scope="col" { (view.say(words::IN_TIME_UNTIL)) }
                        th scope="col" class="number" { (view.say(words::OWED_COUNT)) }
                        th scope="col" class="number" { (view.say(words::HANDED_IN_COUNT)) }
                        th scope="col" class="number" { (view.say(words::OVERDUE_COUNT)) }
                        th scope="col" class="number" { (view.say(words::LOCKED_COUNT)) }
                    }
                }
                tbody { @for line in page.rounds { (round_line(view, line, page.today)) } }
            }
        }
    };
    pieces::page(view, view.say(words::ROUNDS), Room::Rounds, body)
}

fn new_round_link(view: &View) -> Markup {
    html! { a class="button primary" href=(view.link(Address::new("/rounds/new"))) { (view.say(words::NEW_ROUND)) } }
}

fn round_line(view: &View, line: &RoundLine, today: Day) -> Markup {
    let round = &line.round;
    html! {
        tr {
            th scope="row" {
                a href=(view.link(round_address(round))) lang="zh-CN" { (round.name) }
                small { (round.code) }
            }
            td data-label=(view.say(words::PERIOD)) { (pieces::period(round.period, view.language)) }
            td data-label=(view.say(words::IN_TIME_UNTIL)) {
                (pieces::day(round.due))
                @if today >= round.opens && today <= round.closes && line.handed_in < line.duties {
                    small { (words::days_left(today.days_until(round.due), view.language)) }
                }
            }
            td class="number" data-label=(view.say(words::OWED_COUNT)) { (line.duties) }
            td class="number" data-label=(view.say(words::HANDED_IN_COUNT)) { (line.handed_in) }
            td class="number" data-label=(view.say(words::OVERDUE_COUNT)) {
                @if line.overdue > 0 {
                    span class="status st-missed" { (shapes::punctuality(Punctuality::Overdue)) (line.overdue) }
                } @else { "0" }
            }
            td class="number" data-label=(view.say(words::LOCKED_COUNT)) { (line.locked) }
        }
    }
}

/// The page `/rounds/{code}`: posts `vintage` (a day) to `/rounds/{code}/lock`, and `until` (a day) and `comment` to
/// `/duties/{number}/extend`; leads to `/rounds/{code}/bulletin.json` and `/rounds/{code}/reminders.zip`.
pub fn round(view: &View, page: &RoundPage<'_>) -> String {
    let round = page.round;
    let troubles: Vec<_> =
        page.fault.map(|sentence| Trouble { field: "", sentence }).into_iter().collect();
    let audits = view.visitor.as_ref().is_some_and(|visitor| visitor.has(Right::Audit));
    let body = html! {
        nav class="path" aria-label=(view.say(words::ROUNDS)) {
            ol { li { a href=(view.link(Address::new("/rounds"))) { (view.say(words::ROUNDS)) } } li { (round.code) } }
        }
        (pieces::troubles(view, &troubles))
        @if let Some(done) = page.done { (pieces::done(&said(done, view.language))) }
        h1 lang="zh-CN" { (round.name) }
        dl class="facts" {
            (pieces::fact(view, words::PERIOD, html! { (pieces::period(round.period, view.language)) }))
            (pieces::fact(view, words::OPENS, pieces::day(round.opens)))
            (pieces::fact(view, words::IN_TIME_UNTIL, html! {
                (pieces::day(round.due))
                @if page.today >= round.opens && page.today <= round.closes {
                    " " span class="label" { (words::days_left(page.today.days_until(round.due), view.language)) }
                }
            }))
            (pieces::fact(view, words::TAKEN_UNTIL, pieces::day(round.closes)))
        }
        section {
            h2 { (view.say(words::DUTIES)) }
            (filters(view, page))
            (duties(view, page))
        }
        @if page.may_plan { (lock(view, page)) }
        section class="downloads-list" {
            h2 { (view.say(words::DOWNLOADS)) }
            ul {
                li { a href=(round_address(round).then("bulletin.json")) download { (view.say(words::BULLETIN)) } }
                @if page.may_plan {
                    li { a href=(round_address(round).then("reminders.zip")) download { (view.say(words::REMINDERS)) } }
                }
                @if audits {
                    li { a href=(view.link(Address::new("/history"))) { (view.say(words::RECORD_LINK)) } }
                }
            }
        }
    };
    pieces::page(view, &round.name, Room::Rounds, body)
}

fn said(done: RoundDone, language: Language) -> String {
    match (done, language) {
        (RoundDone::Opened, _) => language.say(words::ROUND_OPENED).to_owned(),
        (RoundDone::Extended, _) => language.say(words::DUTY_EXTENDED).to_owned(),
        (RoundDone::Locked(count), Language::Chinese) => {
            format!("已锁定 {count} 项数据，并写入台账。")
        }
        (RoundDone::Locked(count), Language::English) => {
            format!("Figures locked and entered in the ledger: {count}.")
        }
    }
}

/// How many duties of each punctuality there are, each leading to these alone.
fn filters(view: &View, page: &RoundPage<'_>) -> Markup {
    let count = |wanted| {
        let fits = |duty: &&DutyProgress| duty.punctuality(page.round, page.today) == wanted;
        page.duties.iter().filter(fits).count()
    };
    let link = |address: Address, current: bool, words: Markup| {
        html! { a href=(view.link(address)) aria-current=[current.then_some("true")] { (words) } }
    };
    html! {
        nav class="orders" aria-label=(view.say(words::PUNCTUALITY)) {
            (link(round_address(page.round), page.only.is_none(), html! { (view.say(words::EVERY_ONE)) " " (page.duties.len()) }))
            @for known in LATE_FIRST {
                @let found = count(known);
                @if found > 0 || page.only == Some(known) {
                    (link(round_address(page.round).with("show", named(known)), page.only == Some(known), html! {
                        (view.say(words::punctuality(known))) " " (found)
                    }))
                }
            }
        }
    }
}

fn duties(view: &View, page: &RoundPage<'_>) -> Markup {
    let rank = |duty: &DutyProgress| {
        let found = duty.punctuality(page.round, page.today);
        LATE_FIRST.iter().position(|known| *known == found)
    };
    let shown = |duty: &&DutyProgress| {
        page.only.is_none_or(|only| duty.punctuality(page.round, page.today) == only)
    };
    let mut duties: Vec<_> = page.duties.iter().filter(shown).collect();
    duties.sort_by_key(|duty| (rank(duty), duty.duty.due(page.round)));
    html! {
        @if duties.is_empty() {
            p class="none" { (view.say(words::NO_DUTIES)) }
        } @else {
            table class="stack duties" {
                thead {
                    tr {
                        th scope="col" { (view.say(words::FORM)) }
                        th scope="col" { (view.say(words::PUNCTUALITY)) }
                        th scope="col" { (view.say(words::DUE)) }
                        th scope="col" { (view.say(words::PROGRESS)) }
                        @if page.may_plan { th scope="col" { (view.say(words::EXTEND)) } }
                    }
                }
                tbody { @for duty in duties { (duty_line(view, page, duty)) } }
            }
        }
    }
}

fn duty_line(view: &View, page: &RoundPage<'_>, progress: &DutyProgress) -> Markup {
    let duty = &progress.duty;
    html! {
        tr {
            th scope="row" {
                a href=(view.link(duty_address(duty.number))) lang="zh-CN" { (progress.form) }
                small lang="zh-CN" { (pieces::region(page.regions, &duty.region)) " · " (progress.department) }
            }
            td data-label=(view.say(words::PUNCTUALITY)) {
                (pieces::punctuality(view, progress.punctuality(page.round, page.today)))
                @if let Some(day) = progress.handed_in { small { (pieces::day(day)) } }
            }
            td data-label=(view.say(words::DUE)) {
                (pieces::due(view, duty, page.round, page.today, progress.handed_in.is_none()))
            }
            td data-label=(view.say(words::PROGRESS)) { (self::progress(view, progress)) }
            @if page.may_plan {
                td { @if progress.handed_in.is_none() { (extension(view, page, progress)) } }
            }
        }
    }
}

fn extension(view: &View, page: &RoundPage<'_>, progress: &DutyProgress) -> Markup {
    let number = progress.duty.number;
    let (until, why) = (format!("until-{number}"), format!("comment-{number}"));
    let fields = html! {
        label for=(until) { (view.say(words::UNTIL)) }
        input type="date" id=(until) name="until" min=(page.round.due) required autocomplete="off";
        label for=(why) { (view.say(words::WHY)) }
        input type="text" id=(why) name="comment" required autocomplete="off";
        button { (view.say(words::EXTEND)) }
    };
    html! {
        details class="extend" {
            summary { (view.say(words::EXTEND)) span class="unseen" { " " (progress.form) " " (pieces::region(page.regions, &progress.duty.region)) } }
            (pieces::post(view, duty_address(number).then("extend"), "stacked", fields))
        }
    }
}

fn lock(view: &View, page: &RoundPage<'_>) -> Markup {
    let approved: usize = page.duties.iter().map(|duty| duty.count(FigureState::Approved)).sum();
    let today = page.today.to_string();
    let fields = html! {
        (Field::new("vintage", words::VINTAGE, &today).kind("date").show(view))
        div class="acts" {
            button class="primary" { (view.say(words::LOCK)) " " (approved) }
        }
    };
    html! {
        section {
            h2 { (view.say(words::LOCK_TITLE)) }
            @if approved == 0 {
                p class="quiet" { (view.say(words::LOCK_NONE)) }
            } @else {
                p { (view.say(words::LOCK_HINT)) }
                (pieces::post(view, round_address(page.round).then("lock"), "inline", fields))
            }
        }
    }
}
