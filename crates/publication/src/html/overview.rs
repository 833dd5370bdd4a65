//! The overview of a report: how its headline indicators came out, what it promises, what to look at.

use maud::{Markup, html};
use terms::{
    Assessment, BlockKind, DocumentAssessment, HeadlineAssessment, IndicatorStatus, Kind, Part,
    Role, Severity, StatementQuery, Status,
};

use super::layout::{self, Frame, Room};
use super::links::{self, Address, places};
use super::words::{self, Language, Word};
use super::{View, figures, icons, promises};

/// How many remarks on the file are shown before the reader is sent to the list.
const REMARKS_SHOWN: usize = 12;

/// The order of the indicator table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// What fell short and what has no data first.
    #[default]
    Exceptions,
    /// As the report lists them.
    Report,
    /// By name.
    Name,
}

impl Order {
    /// Every order.
    pub const ALL: [Order; 3] = [Order::Exceptions, Order::Report, Order::Name];

    /// The word for it in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Order::Exceptions => "exceptions",
            Order::Report => "report",
            Order::Name => "name",
        }
    }

    /// The order of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Order::ALL.into_iter().find(|order| order.as_str() == word)
    }

    fn word(self) -> Word {
        match self {
            Order::Exceptions => words::SORT_EXCEPTIONS,
            Order::Report => words::SORT_REPORT,
            Order::Name => words::SORT_NAME,
        }
    }
}

/// The overview of a document.
pub fn overview(
    assessment: &Assessment,
    document: &DocumentAssessment,
    order: Order,
    view: &View,
) -> String {
    let title = layout::title(document, view);
    let body = html! {
        (layout::switcher(view, assessment, document, layout::overview))
        header class="report-head" {
            h1 lang="zh-CN" { (title) }
            (facts(document, view))
        }
        (counts(assessment, document, view))
        @match &document.headline {
            Some(headline) => {
                (outcome(headline, view))
                (attention(headline, document, view))
                (indicators(headline, assessment, document, order, view))
            }
            None => p class="quiet apart" { (view.say(words::HEADLINE_NONE)) }
        }
        (promises::promises(assessment, document, view))
        (problems(document, view))
        (warnings(document, view))
    };
    let about = Some((assessment, document));
    layout::page(view, Frame { title, room: Room::Overview, about, body })
}

fn facts(document: &DocumentAssessment, view: &View) -> Markup {
    let filed = &document.document;
    let profile = &filed.profile;
    html! {
        dl class="facts" {
            @if let Some(region) = &profile.region { div { dt { (view.say(words::REGION)) } dd lang="zh-CN" { (region) } } }
            @if let Some(year) = profile.result_year { div { dt { (view.say(words::RESULT_YEAR)) } dd { (year) } } }
            @if let Some(year) = profile.plan_year { div { dt { (view.say(words::PLAN_YEAR)) } dd { (year) } } }
            @if let Some(issuer) = &profile.issuer { div { dt { (view.say(words::ISSUER)) } dd lang="zh-CN" { (issuer) } } }
            div {
                dt { (view.say(words::FILE)) }
                dd { a href=(view.link(links::repairs(document))) { (filed.name) } " " code title=(format!("SHA-256 {}", filed.hash)) { (filed.id) } }
            }
        }
    }
}

fn counts(assessment: &Assessment, document: &DocumentAssessment, view: &View) -> Markup {
    let counts = document.counts;
    let all = layout::question(assessment, document);
    let card = |word: Word, count: usize, note: Option<String>, query: StatementQuery| {
        html! {
            li { a href=(view.link(links::statements(&query))) {
                span class="count" { (count) }
                span class="label" { (view.say(word)) @if let Some(note) = note { small { (note) } } }
            } }
        }
    };
    let aims = (counts.aims > 0).then(|| match view.language {
        Language::Chinese => format!("其中{} {}", words::AIMS.0, counts.aims),
        Language::English => format!("{} {}", counts.aims, words::AIMS.1),
    });
    html! {
        section aria-label=(view.say(words::COUNTS)) {
            ul class="counts" {
                (card(words::STATEMENTS, counts.statements, None, all.clone()))
                (card(words::RESULTS, counts.results, None, StatementQuery { role: Some(Role::Result), ..all.clone() }))
                (card(words::TARGETS, counts.targets, aims, StatementQuery { role: Some(Role::Target), ..all.clone() }))
                (card(words::MILESTONES, counts.milestones, None, StatementQuery { kind: Some(Kind::Milestone), ..all.clone() }))
                (card(words::LOST_DIGITS, counts.lost, None, StatementQuery { lost: true, ..all }))
            }
        }
    }
}

/// The headline in one sentence.
pub(super) fn sentence(headline: &HeadlineAssessment, language: Language) -> String {
    let all = headline.declared.map_or(headline.indicators.len(), |declared| declared as usize);
    let (met, short, none) = (headline.met, headline.short, headline.no_data);
    match language {
        Language::Chinese => {
            format!("{all} 项主要指标：{met} 项完成较好，{short} 项有差距，{none} 项无数据")
        }
        Language::English => format!(
            "{all} headline indicators: {met} achieved, {short} fell short, {none} without data"
        ),
    }
}

fn outcome(headline: &HeadlineAssessment, view: &View) -> Markup {
    let sentence = sentence(headline, view.language);
    let shares = [
        (Status::Met, headline.met),
        (Status::Missed, headline.short),
        (Status::NoData, headline.no_data),
    ];
    html! {
        section class="outcome" aria-labelledby="outcome" {
            h2 id="outcome" { (view.say(words::HEADLINE)) }
            p class="sentence" { (sentence) }
            // One cell an indicator: the proportion is seen without a scale, and each status has its own shape.
            div class="cells" role="img" aria-label=(sentence) {
                @for (status, _) in shares {
                    @for indicator in headline.indicators.iter().filter(|indicator| indicator.status == status) {
                        span class={ "cell st-" (status) } title=(format!("{} · {}", indicator.name, view.say(words::outcome(status)))) { (icons::status(status)) }
                    }
                }
            }
            ul class="shares" {
                @for (status, count) in shares {
                    li class={ "st-" (status) } { (icons::status(status)) b { (count) } span { (view.say(words::outcome(status))) } }
                }
            }
            @if !headline.disagreements.is_empty() {
                ul class="doubts" {
                    @for doubt in &headline.disagreements { li { b { (view.say(words::DOUBTS)) } " " span lang="zh-CN" { (doubt) } } }
                }
            }
        }
    }
}

/// How much a reader should look at an indicator, the most first.
fn urgency(indicator: &IndicatorStatus) -> u8 {
    match indicator.status {
        Status::Missed => 0,
        Status::NoData | Status::NotComparable => 1,
        _ if partly_short(indicator) => 2,
        _ => 3,
    }
}

fn partly_short(indicator: &IndicatorStatus) -> bool {
    indicator.facets.iter().any(|facet| !matches!(facet.status, Status::Met))
}

fn attention(headline: &HeadlineAssessment, document: &DocumentAssessment, view: &View) -> Markup {
    let mut urgent: Vec<_> =
        headline.indicators.iter().filter(|indicator| urgency(indicator) < 3).collect();
    urgent.sort_by_key(|indicator| (urgency(indicator), indicator.position));
    html! {
        @if !urgent.is_empty() {
            section aria-labelledby="attention" {
                h2 id="attention" { (view.say(words::ATTENTION)) }
                ul class="attention" {
                    @for indicator in urgent {
                        li class={ "st-" (if indicator.status == Status::Met { Status::NotComparable } else { indicator.status }) } {
                            h3 lang="zh-CN" { a href=(format!("#{}", places::indicator(indicator.position))) { (indicator.name) } }
                            (standing(indicator, view))
                            (why(indicator, view))
                            a class="to-text" href=(view.link(place(document, indicator))) { (view.say(words::TO_TEXT)) span class="unseen" { "：" (indicator.name) } }
                        }
                    }
                }
            }
        }
    }
}

fn place(document: &DocumentAssessment, indicator: &IndicatorStatus) -> Address {
    links::document(document).at(places::indicator(indicator.position))
}

fn standing(indicator: &IndicatorStatus, view: &View) -> Markup {
    html! {
        p class={ "status st-" (indicator.status) } {
            (icons::status(indicator.status)) span { (view.say(words::outcome(indicator.status))) }
            @if indicator.status == Status::Met && partly_short(indicator) {
                small { (view.say(words::PARTLY)) }
            }
        }
    }
}

fn why(indicator: &IndicatorStatus, view: &View) -> Markup {
    html! {
        @if let Some(reason) = &indicator.reason { p class="reason" lang="zh-CN" { (reason) } }
        @if !indicator.facets.is_empty() {
            ul class="facets" {
                @for facet in &indicator.facets {
                    li {
                        span class="facet" { (view.say(words::facet(facet.facet))) }
                        span class={ "status st-" (facet.status) } { (icons::status(facet.status)) span { (view.say(words::outcome(facet.status))) } }
                        @if let Some(reason) = &facet.reason { span class="reason" lang="zh-CN" { (reason) } }
                    }
                }
            }
        }
    }
}

fn indicators(
    headline: &HeadlineAssessment,
    assessment: &Assessment,
    document: &DocumentAssessment,
    order: Order,
    view: &View,
) -> Markup {
    let mut rows: Vec<_> = headline.indicators.iter().collect();
    match order {
        Order::Exceptions => rows.sort_by_key(|row| (urgency(row), row.position)),
        Order::Report => rows.sort_by_key(|row| row.position),
        Order::Name => rows.sort_by(|a, b| a.name.cmp(&b.name)),
    }
    // A column that is sorted says so; the order by exceptions is the order of the status column.
    let sorted = |column: Order| (order == column).then_some("ascending");
    html! {
        section aria-labelledby="indicators" {
            div class="with-tools" {
                h2 id="indicators" { (view.say(words::ALL_INDICATORS)) }
                nav class="orders" aria-label=(view.say(words::SORT)) {
                    span class="label" { (view.say(words::SORT)) }
                    @for choice in Order::ALL {
                        @let sort = (choice != Order::default()).then(|| choice.as_str());
                        a href=(view.link(layout::overview(document).with_some("sort", sort).at("indicators"))) aria-current=[(choice == order).then_some("true")] { (view.say(choice.word())) }
                    }
                }
            }
            table class="indicators stack" {
                thead { tr {
                    th scope="col" class="narrow" aria-sort=[sorted(Order::Report)] { (view.say(words::NUMBER)) }
                    th scope="col" aria-sort=[sorted(Order::Name)] { (view.say(words::INDICATOR)) }
                    th scope="col" aria-sort=[sorted(Order::Exceptions)] { (view.say(words::STATUS)) }
                    th scope="col" { (view.say(words::REASON)) }
                    th scope="col" { (view.say(words::RELATED)) }
                    th scope="col" { (view.say(words::PLACE)) }
                } }
                tbody {
                    @for row in rows { (indicator(row, assessment, document, view)) }
                }
            }
        }
    }
}

fn indicator(
    row: &IndicatorStatus,
    assessment: &Assessment,
    document: &DocumentAssessment,
    view: &View,
) -> Markup {
    let known = row
        .indicator
        .as_deref()
        .and_then(|code| assessment.indicators.iter().find(|known| known.code == code));
    let quiet = row.status == Status::Met && row.facets.is_empty() && row.reason.is_none();
    html! {
        tr id=(places::indicator(row.position)) {
            td class="narrow number" { (row.position) }
            th scope="row" lang="zh-CN" {
                span title=[known.map(|known| &known.definition)] { (row.name) }
                @if view.language == Language::English {
                    @if let Some(known) = known { small lang="en" { (known.english) } }
                }
            }
            td { (standing(row, view)) }
            td class=[quiet.then_some("blank")] { (why(row, view)) }
            td class=[row.statements.is_empty().then_some("blank")] data-label=(view.say(words::RELATED)) {
                @if let Some(code) = row.indicator.as_ref().filter(|_| !row.statements.is_empty()) {
                    @let query = StatementQuery { indicator: Some(code.clone()), ..layout::question(assessment, document) };
                    a href=(view.link(links::statements(&query))) {
                        @match view.language {
                            Language::Chinese => { (row.statements.len()) " 条" }
                            Language::English => { (row.statements.len()) }
                        }
                        span class="unseen" { " " (view.say(words::RELATED)) "：" (row.name) }
                    }
                }
            }
            td { a href=(view.link(place(document, row))) { (view.say(words::TO_TEXT)) span class="unseen" { "：" (row.name) } } }
        }
    }
}

fn problems(document: &DocumentAssessment, view: &View) -> Markup {
    let text = |span: terms::Span| document.document.text.get(span.range()).unwrap_or("");
    let blocks: Vec<_> = document
        .document
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.part == Part::Problems && block.kind == BlockKind::Paragraph)
        .collect();
    html! {
        @if !blocks.is_empty() {
            section aria-labelledby="problems" {
                h2 id="problems" { (view.say(words::PROBLEMS)) }
                @for (number, block) in blocks {
                    p class="excerpt" lang="zh-CN" {
                        (figures::with_lost(&figures::shortened(text(block.span).trim(), 120), view.language)) " "
                        a href=(view.link(links::document(document).at(places::block(number)))) lang=(view.language.tag()) { (view.say(words::TO_TEXT)) }
                    }
                }
            }
        }
    }
}

fn warnings(document: &DocumentAssessment, view: &View) -> Markup {
    html! {
        section aria-labelledby="warnings" {
            h2 id="warnings" { (view.say(words::WARNINGS)) }
            @let remarks: Vec<_> = document.document.diagnostics.iter().enumerate().filter(|(_, remark)| remark.severity != Severity::Note).collect();
            @if remarks.is_empty() {
                p class="quiet" { (view.say(words::NO_WARNINGS)) }
            } @else {
                ul class="remarks" {
                    @for (number, remark) in remarks.iter().take(REMARKS_SHOWN) {
                        li {
                            b { (view.say(words::severity(remark.severity))) } " "
                            span lang="zh-CN" { (remark.message) } " "
                            @if remark.span.is_some() {
                                a href=(view.link(links::document(document).at(places::remark(*number)))) { (view.say(words::TO_TEXT)) span class="unseen" { "：" (remark.message) } }
                            }
                        }
                    }
                }
                @if remarks.len() > REMARKS_SHOWN {
                    a class="more" href=(view.link(links::repairs(document))) { (view.say(words::ALL_REMARKS)) " (" (remarks.len()) ")" }
                }
            }
        }
    }
}
