//! Two years side by side: each promise of a report beside what the next one says of it.

use maud::{Markup, html};
use rust_decimal::Decimal;
use terms::{
    Assessment, DocumentAssessment, Fulfilment, Modality, PromiseOutcome, PromiseReport, Statement,
    WorkFound,
};

use super::super::layout::{self, Frame, Room};
use super::super::links::{self, places};
use super::super::words::{Language, Word};
use super::super::{Address, View, figures, promises, statement, words as common};
use super::fate::verdict;
use super::{between, words};

/// What is shown of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Promises that found this.
    Promises(Fulfilment),
    /// The later report's new targets.
    New,
}

/// The word of new targets in addresses.
const NEW: &str = "new";

impl Wanted {
    /// What a word asks for.
    pub fn parse(word: &str) -> Option<Wanted> {
        match word {
            NEW => Some(Wanted::New),
            word => word.parse().ok().map(Wanted::Promises),
        }
    }

    /// Every word.
    pub fn words() -> impl Iterator<Item = &'static str> {
        Fulfilment::ALL.iter().map(|one| one.as_str()).chain([NEW])
    }

    fn as_str(self) -> &'static str {
        match self {
            Wanted::Promises(found) => found.as_str(),
            Wanted::New => NEW,
        }
    }
}

/// Two reports and the account of the earlier one's promises; or why there is none, in Chinese.
#[derive(Debug, Clone, Copy)]
pub struct Compared<'a> {
    /// The report that promises.
    pub before: &'a DocumentAssessment,
    /// The report that accounts for it.
    pub after: &'a DocumentAssessment,
    /// The account.
    pub account: Result<&'a PromiseReport, &'a str>,
}

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct ComparePage<'a> {
    /// All reports.
    pub assessment: &'a Assessment,
    /// The two that are compared; `None` where the ledger has no two that follow each other.
    pub compared: Option<Compared<'a>>,
    /// Only these.
    pub only: Option<Wanted>,
    /// Only promises of this department; an empty name for those of which none is known.
    pub department: Option<&'a str>,
    /// Only promises of this strength.
    pub strength: Option<Modality>,
}

/// What is looked at first.
const EXCEPTIONS_FIRST: [Fulfilment; 7] = [
    Fulfilment::Missed,
    Fulfilment::Dropped,
    Fulfilment::Continued,
    Fulfilment::NotComparable,
    Fulfilment::Kept,
    Fulfilment::Exceeded,
    Fulfilment::NotDue,
];

/// How much of a sentence is shown on each side of what it claims, in characters; its page has the whole.
const AROUND: usize = 90;

/// The page `/documents/compare`: `from`, `to`, `outcome`, `department` and `strength` in its address.
pub fn compare(view: &View, page: &ComparePage<'_>) -> String {
    let title = view.say(words::COMPARE);
    let body = html! {
        h1 { (title) }
        (choice(view, page))
        @match &page.compared {
            None => p class="none" { (view.say(words::NEEDS_TWO)) },
            Some(Compared { account: Err(why), .. }) => {
                div class="none" {
                    p { b { (view.say(words::NO_ACCOUNT)) } }
                    p lang="zh-CN" { (why) }
                }
            }
            Some(compared @ Compared { account: Ok(account), .. }) => (told(view, page, compared, account)),
        }
    };
    layout::page(view, Frame { title, room: Room::Documents, about: None, body })
}

/// Which two reports, as a form that needs no script.
fn choice(view: &View, page: &ComparePage<'_>) -> Markup {
    let documents = &page.assessment.documents;
    let select = |name: &str, word: Word, chosen: Option<&DocumentAssessment>| {
        html! {
            div class="field" {
                label for=(name) { (view.say(word)) }
                select id=(name) name=(name) {
                    @for document in documents {
                        @let own = &document.document;
                        option value=(own.id) selected[chosen.is_some_and(|chosen| chosen.document.id == own.id)] lang="zh-CN" {
                            @if let Some(year) = own.profile.plan_year { (year) " " }
                            @if let Some(region) = &own.profile.region { (region) " " }
                            (own.name)
                        }
                    }
                }
            }
        }
    };
    let chosen = page.compared.as_ref();
    html! {
        form class="filter standing-filter compare-choice" method="get" action="/documents/compare" {
            (select("from", words::FROM, chosen.map(|one| one.before)))
            (select("to", words::TO, chosen.map(|one| one.after)))
            button { (view.say(words::COMPARE_THESE)) }
        }
    }
}

/// The address of the page with all that is asked.
fn here(page: &ComparePage<'_>, compared: &Compared<'_>) -> Address {
    between(compared.before, compared.after)
        .with_some("department", page.department.map(shown_department))
        .with_some("strength", page.strength.map(Modality::as_str))
}

/// The word for promises without a department in addresses, where an empty value asks nothing.
const NO_DEPARTMENT: &str = "-";

fn shown_department(name: &str) -> &str {
    if name.is_empty() { NO_DEPARTMENT } else { name }
}

fn told(
    view: &View,
    page: &ComparePage<'_>,
    compared: &Compared<'_>,
    account: &PromiseReport,
) -> Markup {
    let fits = |one: &&PromiseOutcome| {
        let department = one.department.as_ref().map_or("", |(name, _)| name.as_str());
        page.department.is_none_or(|wanted| wanted == department)
            && page
                .strength
                .is_none_or(|wanted| one.promise.modality.unwrap_or(Modality::Firm) == wanted)
    };
    let promises: Vec<&PromiseOutcome> = account.promises.iter().filter(fits).collect();
    // What is new was promised by nobody before, so it has no department here.
    let added: &[Statement] = match (page.department, page.strength) {
        (None, None) => &account.added,
        _ => &[],
    };
    let shown: Vec<&PromiseOutcome> = match page.only {
        None => promises.clone(),
        Some(Wanted::New) => Vec::new(),
        Some(Wanted::Promises(wanted)) => {
            promises.iter().copied().filter(|one| one.fulfilment == wanted).collect()
        }
    };
    let new = matches!(page.only, None | Some(Wanted::New)).then_some(added).unwrap_or_default();
    html! {
        (summary(view, compared, account))
        (tally(view, page, compared, (&promises, added)))
        (filters(view, page, compared, account))
        @if shown.is_empty() && new.is_empty() { p class="none" { (view.say(words::NONE_FOUND)) } }
        @if !shown.is_empty() {
            ol class="pairs" {
                @for one in shown { (pair(view, compared, one)) }
            }
        }
        @if !new.is_empty() {
            section aria-labelledby="new" {
                h2 id="new" { (view.say(words::NEW_TARGETS)) " " small { (new.len()) } }
                ol class="pairs" {
                    @for one in new { (fresh(view, compared, one)) }
                }
            }
        }
        (works(view, account))
        p class="downloads" {
            span class="label" { (view.say(words::DOWNLOAD_ACCOUNT)) }
            @for extension in ["csv", "xlsx", "json"] {
                @let address = Address::new(format!("/documents/compare.{extension}"))
                    .with("from", compared.before.document.id.as_str())
                    .with("to", compared.after.document.id.as_str());
                " " a href=(address) download { (extension.to_uppercase()) }
            }
        }
    }
}

/// The marks of all promises, how they are made, and what is to be known of them.
fn summary(view: &View, compared: &Compared<'_>, account: &PromiseReport) -> Markup {
    let mark = |word: Word, mark: Option<Decimal>, unit: &str| {
        html! { div { dt { (view.say(word)) } dd { b { @match mark { Some(mark) => { (mark) (unit) } None => "—" } } } } }
    };
    let side = |word: Word, document: &DocumentAssessment| {
        html! {
            div { dt { (view.say(word)) } dd { a href=(view.link(links::document(document))) lang="zh-CN" { (layout::title(document, view)) } } }
        }
    };
    html! {
        dl class="facts compared" {
            (side(words::FROM, compared.before))
            (side(words::TO, compared.after))
            (mark(words::SCORE, account.marks.score, ""))
            (mark(words::KEPT_RATE, account.marks.kept, "%"))
            (mark(words::ANSWERED_RATE, account.marks.answered, "%"))
        }
        details class="method" {
            summary { (view.say(words::METHOD)) @if !account.remarks.is_empty() { " · " (view.say(words::REMARKS)) " " (account.remarks.len()) } }
            ul lang="zh-CN" {
                @for line in account.remarks.iter().chain(&account.method) { li { (line) } }
            }
        }
    }
}

/// How many found what; each leads to these alone.
fn tally(
    view: &View,
    page: &ComparePage<'_>,
    compared: &Compared<'_>,
    (promises, added): (&[&PromiseOutcome], &[Statement]),
) -> Markup {
    let to = |wanted: Option<Wanted>| {
        view.link(here(page, compared).with_some("outcome", wanted.map(Wanted::as_str)))
    };
    let current = |wanted: Option<Wanted>| (page.only == wanted).then_some("true");
    let count = |found| promises.iter().filter(|one| one.fulfilment == found).count();
    html! {
        ul class="tallies" aria-label=(view.say(words::ONLY)) {
            li { a href=(to(None)) aria-current=[current(None)] { (view.say(words::EVERY)) " " b { (promises.len() + added.len()) } } }
            @for found in EXCEPTIONS_FIRST {
                @let (wanted, count) = (Some(Wanted::Promises(found)), count(found));
                @if count > 0 || page.only == wanted {
                    li { a href=(to(wanted)) aria-current=[current(wanted)] { (verdict(view, found)) " " b { (count) } } }
                }
            }
            @if !added.is_empty() {
                li { a href=(to(Some(Wanted::New))) aria-current=[current(Some(Wanted::New))] { (newly(view)) " " b { (added.len()) } } }
            }
        }
    }
}

fn newly(view: &View) -> Markup {
    html! {
        span class="status st-new" title=(view.say(words::NEW_MEANING)) {
            svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" {
                path d="M8 2v12M2 8h12" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" {}
            }
            span { (view.say(words::NEW)) }
        }
    }
}

/// Department and strength, as a form that needs no script.
fn filters(
    view: &View,
    page: &ComparePage<'_>,
    compared: &Compared<'_>,
    account: &PromiseReport,
) -> Markup {
    html! {
        form class="filter standing-filter pair-filter" method="get" action="/documents/compare" {
            input type="hidden" name="from" value=(compared.before.document.id);
            input type="hidden" name="to" value=(compared.after.document.id);
            @if let Some(only) = page.only { input type="hidden" name="outcome" value=(only.as_str()); }
            div class="field" {
                label for="department" { (view.say(words::DEPARTMENT)) }
                select id="department" name="department" {
                    option value="" { (view.say(common::ANY)) }
                    @for group in &account.departments {
                        @let name = group.name.as_deref().unwrap_or_default();
                        option value=(shown_department(name)) selected[page.department == Some(name)] lang=[(!name.is_empty()).then_some("zh-CN")] {
                            @if name.is_empty() { (view.say(words::UNKNOWN_DEPARTMENT)) } @else { (name) }
                            " " (group.counts.iter().map(|(_, count)| count).sum::<usize>())
                        }
                    }
                }
            }
            div class="field" {
                label for="strength" { (view.say(words::STRENGTH)) }
                select id="strength" name="strength" {
                    option value="" { (view.say(common::ANY)) }
                    @for strength in Modality::ALL {
                        option value=(strength) selected[page.strength == Some(*strength)] { (view.say(common::modality(*strength))) }
                    }
                }
            }
            button { (view.say(words::APPLY)) }
            @if page.department.is_some() || page.strength.is_some() || page.only.is_some() {
                a class="clear" href=(view.link(between(compared.before, compared.after))) { (view.say(words::CLEAR)) }
            }
        }
    }
}

/// A promise, what became of it, and what answers it.
fn pair(view: &View, compared: &Compared<'_>, one: &PromiseOutcome) -> Markup {
    html! {
        li class={ "pair st-" (one.fulfilment) } id={ "p-" (one.promise.id) } {
            div class="side" {
                p class="label" { (view.say(words::PROMISE)) " " (one.due) }
                (said(view, compared.before, &one.promise))
            }
            div class="verdict" {
                p { (verdict(view, one.fulfilment)) }
                @if let Some(difference) = one.difference {
                    p { span class="label" { (view.say(words::DIFFERENCE)) } " " (difference_of(view, one, difference)) }
                }
                @if one.contradicted { p { b { (view.say(words::CONTRADICTED)) } } }
                @if let Some(reason) = &one.reason { p class="reason" lang="zh-CN" { (reason) } }
                p class="quiet" {
                    @if let Some(strength) = one.promise.modality { (promises::strength(strength, view)) " " }
                    @if let Some((department, _)) = &one.department { span lang="zh-CN" { (department) } }
                }
            }
            div class="side" { (answers(view, compared, one)) }
        }
    }
}

fn difference_of(view: &View, one: &PromiseOutcome, difference: Decimal) -> String {
    let unit = one.promise.unit.as_ref().map_or("", terms::Unit::as_str);
    figures::change(difference, unit, view.language)
}

/// Everything that answers a promise.
fn answers(view: &View, compared: &Compared<'_>, one: &PromiseOutcome) -> Markup {
    let silent = one.answer.is_none()
        && one.continued.is_none()
        && one.mention.is_none()
        && one.figure.is_none();
    html! {
        @if let Some(answer) = &one.answer {
            p class="label" { (view.say(words::ANSWER)) }
            (said(view, compared.after, answer))
        }
        @if let Some(continued) = one.continued.as_ref().filter(|_| one.answer.is_none()) {
            p class="label" { (view.say(words::CONTINUED)) }
            (said(view, compared.after, continued))
        }
        @if let Some(work) = &one.mention {
            p class="label" { (view.say(words::MENTION)) }
            blockquote lang="zh-CN" { (work.quote) }
        }
        @if let Some(figure) = &one.figure {
            @let known = &figure.observation;
            p class="label" { (view.say(words::FIGURE)) }
            p class="ledger-figure" {
                a href=(view.link(Address::of("/indicators", &known.indicator).with("region", &*known.region))) {
                    b { @match &known.value { Some(value) => { (value) (known.unit) } None => "—" } }
                }
                small { (known.period.to_string()) " · " time datetime=(known.vintage) { (known.vintage) } " · " span lang="zh-CN" { (known.source) } }
            }
        }
        @if silent { p class="quiet" { (view.say(words::SILENCE)) } }
    }
}

/// What a statement says, in its sentence, with the ways to its page and its place.
fn said(view: &View, document: &DocumentAssessment, one: &Statement) -> Markup {
    html! {
        blockquote lang="zh-CN" { (statement::excerpt(one, AROUND, view)) }
        p class="ways" {
            @if let Some(value) = figures::value(one, view.language) { span class="figure" { (figures::with_lost(&value, view.language)) } }
            a href=(view.link(links::statement(&one.id))) { (view.say(common::STATEMENT)) span class="unseen" { "：" (one.measure) } }
            a class="to-text" href=(view.link(links::document(document).at(places::statement(&one.id)))) { (view.say(common::TO_TEXT)) span class="unseen" { "：" (one.measure) } }
        }
    }
}

/// A target that the earlier report does not have.
fn fresh(view: &View, compared: &Compared<'_>, one: &Statement) -> Markup {
    html! {
        li class="pair st-new" id={ "p-" (one.id) } {
            div class="side nothing" { p class="quiet" { (view.say(words::NEW_MEANING)) } }
            div class="verdict" {
                p { (newly(view)) }
                @if let Some(strength) = one.modality { p class="quiet" { (promises::strength(strength, view)) } }
            }
            div class="side" {
                p class="label" { (view.say(words::PROMISE)) @if let Some(year) = one.year { " " (year) } }
                (said(view, compared.after, one))
            }
        }
    }
}

/// How many works without a number the later report speaks of. Nothing is judged, so they are only counted here.
fn works(view: &View, account: &PromiseReport) -> Markup {
    let word = |found| match (found, view.language) {
        (WorkFound::Reported, Language::Chinese) => "结果提到",
        (WorkFound::Reported, Language::English) => "told of among the results",
        (WorkFound::Continued, Language::Chinese) => "继续列为任务",
        (WorkFound::Continued, Language::English) => "promised again",
        (WorkFound::NotMentioned, Language::Chinese) => "未再提及",
        (WorkFound::NotMentioned, Language::English) => "not mentioned again",
    };
    let any = account.work_counts.iter().any(|(_, count)| *count > 0);
    html! {
        @if any {
            p class="quiet works" {
                (view.say(words::WORKS)) "："
                @for (at, (found, count)) in account.work_counts.iter().enumerate() {
                    @if at > 0 { " · " }
                    (word(*found)) " " b { (count) }
                }
            }
        }
    }
}
