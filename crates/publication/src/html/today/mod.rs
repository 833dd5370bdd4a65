//! What is up today: exceptions first.

mod words;

use maud::{Markup, html};
use rust_decimal::Decimal;
use terms::{
    Alarm, Day, DocumentAssessment, DutyProgress, PlanObject, Round, StallCause, Standing,
    Standings, Status, Turn,
};

use super::desk::{PlanNames, region};
use super::layout::{self, Frame, Room};
use super::standing::{Asked, address, asked_for, chance, status};
use super::words::{self as common, Word};
use super::{Address, Language, View, icons, lists};

/// So many of each are shown; the rest is one step away.
const SHOWN: usize = 6;

/// A plan object that is beyond its last day, and by how many days.
pub type Overdue = (PlanObject, i64);

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct TodayPage<'a> {
    /// The day that is taken for today.
    pub today: Day,
    /// The day with which it is compared.
    pub since: Day,
    /// Where the targets stand; `None` where there is none.
    pub standings: Option<&'a Standings>,
    /// What of the question is in the address.
    pub asked: Asked<'a>,
    /// The indicators that stand elsewhere than on the day compared with.
    pub turns: &'a [Turn],
    /// The targets that are more likely missed than met, with the place of their indicator.
    pub unlikely: &'a [(usize, &'a Standing)],
    /// Duties that are late.
    pub late: &'a [(Round, DutyProgress)],
    /// Projects that stall, and why.
    pub stalled: &'a [(PlanObject, Vec<StallCause>)],
    /// Problems beyond their deadline, the longest first.
    pub problems: &'a [Overdue],
    /// Other work beyond its last day, the longest first.
    pub work: &'a [Overdue],
    /// Alarms that were not cleared.
    pub alarms: &'a [Alarm],
    /// The reports of the ledger, the latest first.
    pub reports: &'a [DocumentAssessment],
    /// What codes are called.
    pub names: &'a PlanNames,
}

/// A list of exceptions: its title, how many there are, where all of them are, and the first of them.
struct Exceptions {
    title: Word,
    count: usize,
    all: Address,
    items: Vec<Markup>,
}

/// The page `/`: `region`, `year`, `as_of` and `since` in its address.
pub fn today(view: &View, page: &TodayPage<'_>) -> String {
    let title = view.say(common::TODAY);
    let lists = [
        turned(view, page),
        unlikely(view, page),
        problems(view, page),
        work(view, page),
        stalled(view, page),
        late(view, page),
        alarms(view, page),
    ];
    let (some, none): (Vec<_>, Vec<_>) = lists.into_iter().partition(|list| list.count > 0);
    let body = html! {
        header class="today-head" {
            h1 {
                @if let Some(found) = page.standings { span lang="zh-CN" { (region(&page.names.regions, &found.region)) } " " }
                time datetime=(page.today) { (page.today) }
            }
            (question(view, page))
        }
        @match page.standings {
            Some(found) => (outcome(view, page, found)),
            None => p class="none" { (view.say(words::NO_TARGETS)) },
        }
        div class="exceptions" {
            @for list in &some { (exceptions(view, list)) }
        }
        @if !none.is_empty() && !view.public {
            p class="quiet apart" {
                (view.say(words::NOTHING))
                @for (at, list) in none.iter().enumerate() {
                    @if at > 0 { (view.say(words::SEPARATOR)) }
                    (view.say(list.title))
                }
            }
        }
        (reports(view, page))
    };
    layout::page(view, Frame { title, room: Room::Today, about: None, body })
}

fn question(view: &View, page: &TodayPage<'_>) -> Markup {
    html! {
        form class="filter standing-filter" method="get" action="/" {
            @if let Some(region) = page.asked.region { input type="hidden" name="region" value=(region); }
            @if let Some(year) = page.asked.year { input type="hidden" name="year" value=(year); }
            @if let Some(day) = page.asked.as_of { input type="hidden" name="as_of" value=(day); }
            div class="field" {
                label for="since" { (view.say(words::COMPARED_WITH)) }
                input id="since" type="date" name="since" value=(page.since) max=(page.today);
            }
            button { (view.say(common::SHOW)) }
        }
    }
}

/// How the indicators stand, in a sentence, and a cell for each.
fn outcome(view: &View, page: &TodayPage<'_>, found: &Standings) -> Markup {
    let counted = |wanted: Status| {
        let known = found.counts.iter().find(|(known, _)| *known == wanted);
        known.map_or(0, |(_, count)| *count)
    };
    let shares: Vec<(Status, usize)> = Status::URGENT_FIRST
        .into_iter()
        .map(|status| (status, counted(status)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let all = found.indicators.len();
    let parts: Vec<String> = shares
        .iter()
        .map(|(status, count)| match view.language {
            Language::Chinese => format!("{count} 项{}", view.say(common::status(*status))),
            Language::English => {
                format!("{count} {}", view.say(common::status(*status)).to_lowercase())
            }
        })
        .collect();
    let parts = parts.join(view.say(words::SEPARATOR));
    let sentence = match view.language {
        Language::Chinese => format!("{} 年 {all} 项目标：{parts}", found.year),
        Language::English => format!("{all} targets of {}: {parts}", found.year),
    };
    let list = || page.asked.onto(Address::new("/indicators"));
    html! {
        section class="outcome" aria-labelledby="outcome" {
            h2 id="outcome" { (view.say(words::TARGETS_STAND)) }
            p class="sentence" { (sentence) }
            div class="cells" role="img" aria-label=(sentence) {
                @for (wanted, _) in &shares {
                    @for one in found.indicators.iter().filter(|one| one.status == *wanted) {
                        span class={ "cell st-" (wanted) } title=(format!("{} · {}", one.name, view.say(common::status(*wanted)))) { (icons::status(*wanted)) }
                    }
                }
            }
            ul class="shares" {
                @for (wanted, count) in &shares {
                    li class={ "st-" (wanted) } {
                        (icons::status(*wanted)) b { (count) }
                        a href=(view.link(list().with("status", wanted.as_str()))) { (view.say(common::status(*wanted))) }
                    }
                }
            }
        }
    }
}

fn exceptions(view: &View, list: &Exceptions) -> Markup {
    html! {
        section {
            h2 { (view.say(list.title)) " " span class="tally" { (list.count) } }
            ul {
                @for item in &list.items { li { (item) } }
            }
            @if list.count > list.items.len() {
                p { a href=(view.link(list.all.clone())) { (view.say(words::ALL_OF_THEM)) " " (list.count) span class="unseen" { " " (view.say(list.title)) } } }
            }
        }
    }
}

fn turned(view: &View, page: &TodayPage<'_>) -> Exceptions {
    let item = |turn: &Turn| {
        html! {
            p class="what" {
                a href=(view.link(address(&turn.indicator, &page.asked))) lang="zh-CN" { (turn.name) }
                span class="turn" {
                    (status(view, turn.from)) span aria-hidden="true" { "→" } (status(view, turn.to))
                    small { (view.say(if turn.worse { words::WORSE } else { words::BETTER })) }
                }
            }
            p class="note" lang="zh-CN" { (turn.reason) }
        }
    };
    Exceptions {
        title: words::TURNS,
        count: page.turns.len(),
        all: page.asked.onto(Address::new("/indicators")),
        items: page.turns.iter().take(SHOWN).map(item).collect(),
    }
}

fn unlikely(view: &View, page: &TodayPage<'_>) -> Exceptions {
    let item = |(at, standing): &(usize, &Standing)| {
        let group = page.standings.and_then(|found| found.indicators.get(*at));
        let outlook = standing.outlook.as_ref();
        html! {
            p class="what" {
                @if let Some(group) = group {
                    a href=(view.link(address(&group.indicator, &page.asked))) lang="zh-CN" { (group.name) }
                }
                @if let Some(outlook) = outlook {
                    span class="likelihood" {
                        (bar(outlook.probability)) " " b { (chance(outlook)) }
                        span class="unseen" { " " (view.say(common::CHANCE)) }
                    }
                }
            }
            p class="note" {
                (asked_for(view, standing))
                @if let Some(outlook) = outlook {
                    " · " (view.say(words::YEAR_END_IS)) " " b { (outlook.mean) (standing.target.unit) }
                }
            }
        }
    };
    Exceptions {
        title: words::UNLIKELY,
        count: page.unlikely.len(),
        all: page.asked.onto(Address::new("/indicators")),
        items: page.unlikely.iter().take(SHOWN).map(item).collect(),
    }
}

/// A chance as the filled part of a bar.
fn bar(probability: Decimal) -> Markup {
    let filled = (probability * Decimal::from(60)).round().clamp(Decimal::ZERO, Decimal::from(60));
    html! {
        svg class="chance" viewBox="0 0 60 8" width="60" height="8" aria-hidden="true" focusable="false" {
            rect class="chance-all" width="60" height="8" rx="2" {}
            rect class="chance-part" width=(filled) height="8" rx="2" {}
        }
    }
}

fn overdue(view: &View, page: &TodayPage<'_>, (object, days): &Overdue) -> Markup {
    let department = object.value("department");
    let parent =
        object.parent.as_ref().and_then(|parent| page.names.objects.get(&parent.to_string()));
    let department = page.names.departments.get(department).map_or(department, String::as_str);
    let told = [
        parent.map_or("", String::as_str),
        department,
        object.value("person"),
        object.value("progress"),
    ];
    let told: Vec<&str> = told.into_iter().filter(|text| !text.is_empty()).collect();
    html! {
        p class="what" {
            a href=(view.link(Address::of(&format!("/plan/{}", object.kind.code), &object.code))) lang="zh-CN" { (object.title()) }
            span class="days" { (view.say(words::OVERDUE_BY)) " " b { (days) } " " (view.say(words::DAYS)) }
        }
        @if !told.is_empty() { p class="note" lang="zh-CN" { (told.join(" · ")) } }
    }
}

fn problems(view: &View, page: &TodayPage<'_>) -> Exceptions {
    Exceptions {
        title: words::PROBLEMS_LATE,
        count: page.problems.len(),
        all: Address::new("/problems").with("late", "1"),
        items: page.problems.iter().take(SHOWN).map(|own| overdue(view, page, own)).collect(),
    }
}

fn work(view: &View, page: &TodayPage<'_>) -> Exceptions {
    Exceptions {
        title: words::WORK_LATE,
        count: page.work.len(),
        all: Address::new("/plan"),
        items: page.work.iter().take(SHOWN).map(|own| overdue(view, page, own)).collect(),
    }
}

fn stalled(view: &View, page: &TodayPage<'_>) -> Exceptions {
    let item = |(project, causes): &(PlanObject, Vec<StallCause>)| {
        html! {
            p class="what" {
                a href=(view.link(Address::of("/projects", &project.code))) lang="zh-CN" { (project.title()) }
            }
            @for cause in causes { p class="note" { (lists::stall(cause, view.language)) } }
        }
    };
    Exceptions {
        title: words::STALLED,
        count: page.stalled.len(),
        all: Address::new("/projects").with("stalled", "1"),
        items: page.stalled.iter().take(SHOWN).map(item).collect(),
    }
}

fn late(view: &View, page: &TodayPage<'_>) -> Exceptions {
    let item = |(round, progress): &(Round, DutyProgress)| {
        let days = progress.duty.due(round).days_until(page.today);
        html! {
            p class="what" {
                a href=(view.link(Address::new(format!("/duties/{}", progress.duty.number)))) lang="zh-CN" { (progress.department) }
                span class="days" { (view.say(words::OVERDUE_BY)) " " b { (days) } " " (view.say(words::DAYS)) }
            }
            p class="note" lang="zh-CN" { (progress.form) " · " (region(&page.names.regions, &progress.duty.region)) " · " (round.name) }
        }
    };
    Exceptions {
        title: words::LATE_REPORTERS,
        count: page.late.len(),
        all: Address::new("/rounds"),
        items: page.late.iter().take(SHOWN).map(item).collect(),
    }
}

fn alarms(view: &View, page: &TodayPage<'_>) -> Exceptions {
    let item = |alarm: &Alarm| {
        html! {
            p class="what" lang="zh-CN" { (alarm.alarm.name) }
            p class="note" lang="zh-CN" {
                (alarm.alarm.sentence)
                @if let Some(problem) = alarm.problem() {
                    " " a href=(view.link(Address::of("/plan/problem", problem))) { (problem) }
                }
            }
        }
    };
    Exceptions {
        title: words::ALARMS,
        count: page.alarms.len(),
        all: Address::new("/problems"),
        items: page.alarms.iter().take(SHOWN).map(item).collect(),
    }
}

fn reports(view: &View, page: &TodayPage<'_>) -> Markup {
    html! {
        @if !page.reports.is_empty() {
            section {
                h2 { (view.say(words::REPORTS)) }
                ul class="reports" {
                    @for report in page.reports.iter().take(SHOWN) {
                        li {
                            a href=(view.link(layout::overview(report))) lang="zh-CN" { (layout::title(report, view)) }
                            @if let Some(headline) = &report.headline {
                                " " small { (super::overview::sentence(headline, view.language)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
