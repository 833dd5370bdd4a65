//! The lines of a form, to be filled in or to be read.

use maud::{Markup, html};
use terms::{
    Facet, Figure, FigureAct, FigureState, Filing, ObservationStatus, Period, RuleSeverity, Slot,
};

use super::super::View;
use super::duty::DutyPage;
use super::{pieces, shapes, words};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingWeight {
    /// The figure is not taken.
    Error,
    /// The figure is taken with a reason.
    Reason,
    /// The figure is taken; somebody should look again.
    Warning,
}

impl From<RuleSeverity> for FindingWeight {
    fn from(severity: RuleSeverity) -> Self {
        match severity {
            RuleSeverity::Error => FindingWeight::Error,
            RuleSeverity::Reason => FindingWeight::Reason,
            RuleSeverity::Warning => FindingWeight::Warning,
        }
    }
}

/// What a rule found in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFinding {
    /// How much it weighs.
    pub weight: FindingWeight,
    /// What was found, in a sentence.
    pub sentence: String,
}

/// A figure as somebody typed it, whether it can be read or not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedFigure {
    /// The value.
    pub value: String,
    /// The word of an `ObservationStatus`.
    pub status: String,
    /// The remark.
    pub note: String,
}

/// What is known of a line beside what was filed for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineContext {
    /// Name of the indicator.
    pub name: String,
    /// The figure before it, in the line's unit, with the time that it is about.
    pub previous: Option<(Period, String)>,
    /// The figure of the same months a year before, in the line's unit.
    pub year_ago: Option<(Period, String)>,
    /// What the rules found.
    pub findings: Vec<PageFinding>,
    /// What was typed but is not in the ledger.
    pub typed: Option<TypedFigure>,
    /// Whether somebody else changed the line after the visitor began to type: both are shown.
    pub in_conflict: bool,
    /// Why what was typed is not taken.
    pub fault: Option<String>,
}

/// Whether an act can follow where a line stands.
pub(super) fn takes(slot: &Slot, act: FigureAct) -> bool {
    act.after(slot.filing.as_ref().map(|filing| filing.state)).is_some()
}

/// Whether the visitor may write a line as it stands.
pub(super) fn is_open(page: &DutyPage<'_>, slot: &Slot) -> bool {
    page.acts.iter().any(|act| act.writes() && takes(slot, *act))
}

/// Whether the visitor may return, approve or reopen a line as it stands.
pub(super) fn is_to_check(page: &DutyPage<'_>, slot: &Slot) -> bool {
    let checks = |act: &&FigureAct| !act.writes() && **act != FigureAct::Lock;
    page.acts.iter().filter(checks).any(|act| takes(slot, *act))
}

/// A line, with all that is known of it.
struct Line<'a> {
    view: &'a View,
    page: &'a DutyPage<'a>,
    slot: &'a Slot,
    context: &'a LineContext,
    open: bool,
}

/// The lines of a duty as a table that reads like the form on paper.
pub(super) fn table(view: &View, page: &DutyPage<'_>) -> Markup {
    let picks = page.sheet.slots.iter().any(|slot| is_to_check(page, slot));
    let nothing = LineContext::default();
    html! {
        table class="stack sheet-lines" {
            thead {
                tr {
                    @if picks { th scope="col" class="pick" { (view.say(words::PICK)) } }
                    th scope="col" { (view.say(words::INDICATOR)) }
                    th scope="col" { (view.say(words::UNIT)) }
                    th scope="col" class="number" { (view.say(words::BEFORE)) }
                    th scope="col" class="number" { (view.say(words::YEAR_AGO)) }
                    th scope="col" class="number" { (view.say(words::THIS_TIME)) }
                    th scope="col" { (view.say(words::NATURE)) }
                    th scope="col" { (view.say(words::REMARK)) }
                    th scope="col" { (view.say(words::STATE)) }
                }
            }
            @for (number, slot) in page.sheet.slots.iter().enumerate() {
                @let context = page.lines.get(number).unwrap_or(&nothing);
                (Line { view, page, slot, context, open: is_open(page, slot) }.show(picks))
            }
        }
    }
}

impl Line<'_> {
    fn show(&self, picks: bool) -> Markup {
        let Line { view, page, slot, context, open } = *self;
        let position = slot.position;
        let filing = slot.filing.as_ref();
        let state = filing.map(|filing| filing.state);
        let pick = format!("pick-{position}");
        html! {
            tbody class={ "line " (shapes::tone_of_state(state)) @if context.in_conflict { " clash" } } {
                tr {
                    @if picks {
                        td class="pick" {
                            @if is_to_check(page, slot) {
                                input type="checkbox" id=(pick) name=(pick) value="1";
                                label for=(pick) class="unseen" { (view.say(words::PICK)) " " (self.name()) }
                            }
                        }
                    }
                    th scope="row" lang="zh-CN" {
                        @if open { label for={ "value-" (position) } { (self.name()) } } @else { (self.name()) }
                        @if slot.item.facet == Facet::Growth { " " span class="role" lang=(view.language.tag()) { (view.say(words::GROWTH)) } }
                        input type="hidden" name={ "version-" (position) } value=(filing.map_or(0, |filing| filing.version));
                    }
                    td class="unit" data-label=(view.say(words::UNIT)) lang="zh-CN" { (slot.item.unit.as_str()) }
                    (self.known(words::BEFORE, context.previous.as_ref()))
                    (self.known(words::YEAR_AGO, context.year_ago.as_ref()))
                    @if open { (self.fields()) } @else { (self.plain()) }
                    td class="stand" data-label=(view.say(words::STATE)) {
                        (pieces::state(view, state))
                        @if let Some(filing) = filing {
                            small { (pieces::name(page.people, &filing.author)) " " (pieces::moment(&filing.at)) }
                        }
                    }
                }
                (self.said(picks))
            }
        }
    }

    fn name(&self) -> &str {
        if self.context.name.is_empty() { &self.slot.item.indicator } else { &self.context.name }
    }

    /// A figure that is known from elsewhere.
    fn known(&self, word: super::super::words::Word, figure: Option<&(Period, String)>) -> Markup {
        html! {
            td class={ "number" @if figure.is_none() { " blank" } } data-label=(self.view.say(word)) {
                @if let Some((period, value)) = figure {
                    (value) small { (pieces::period(*period, self.view.language)) }
                }
            }
        }
    }

    /// The line as it can be written. The browser is not to put back what was typed on another day: beside newer
    /// versions it would pass for an answer to them.
    fn fields(&self) -> Markup {
        let Line { view, slot, context, .. } = *self;
        let position = slot.position;
        let filed =
            slot.filing.as_ref().map_or_else(TypedFigure::default, |filing| typed(&filing.figure));
        let shown = context.typed.as_ref().unwrap_or(&filed);
        let wrong = context.fault.is_some()
            || context.findings.iter().any(|finding| finding.weight == FindingWeight::Error);
        let described = self.has_said().then(|| format!("said-{position}"));
        let (value, status, note) =
            (format!("value-{position}"), format!("status-{position}"), format!("note-{position}"));
        html! {
            td class="number value" data-label=(view.say(words::THIS_TIME)) {
                input type="text" id=(value) name=(value) value=(shown.value) inputmode="decimal" autocomplete="off"
                    spellcheck="false" class="amount" aria-describedby=[described] aria-invalid=[wrong.then_some("true")];
            }
            td class="nature" data-label=(view.say(words::NATURE)) {
                label for=(status) class="unseen" { (view.say(words::NATURE)) " " (self.name()) }
                select id=(status) name=(status) {
                    @for known in ObservationStatus::ALL {
                        @let chosen = known.as_str() == shown.status;
                        option value=(known) selected[chosen] { (view.say(words::status(*known))) }
                    }
                }
            }
            td class="remark" data-label=(view.say(words::REMARK)) {
                label for=(note) class="unseen" { (view.say(words::REMARK)) " " (self.name()) }
                input type="text" id=(note) name=(note) value=(shown.note) autocomplete="off";
            }
        }
    }

    /// The line as it can only be read.
    fn plain(&self) -> Markup {
        let Line { view, slot, .. } = *self;
        let figure = slot.filing.as_ref().map(|filing| &filing.figure);
        let value = figure.and_then(|figure| figure.value.as_ref());
        html! {
            td class="number value" data-label=(view.say(words::THIS_TIME)) {
                @if let Some(value) = value { span class="figure" { (value) } }
                @else if figure.is_some() { span class="quiet" { (view.say(words::EMPTY)) } }
            }
            td class={ "nature" @if figure.is_none() { " blank" } } data-label=(view.say(words::NATURE)) {
                @if let Some(figure) = figure { (view.say(words::status(figure.status))) }
            }
            td class={ "remark" @if figure.is_none_or(|figure| figure.note.is_empty()) { " blank" } } data-label=(view.say(words::REMARK)) {
                @if let Some(figure) = figure { span lang="zh-CN" { (figure.note) } }
            }
        }
    }

    /// Why the line is with the clerk again.
    fn reason(&self) -> Option<(super::super::words::Word, &Filing)> {
        let filing = self.slot.filing.as_ref().filter(|filing| !filing.comment.is_empty())?;
        let word = match filing.state {
            FigureState::Returned => words::RETURNED_WHY,
            FigureState::Reopened => words::REOPENED_WHY,
            _ => words::COMMENT,
        };
        Some((word, filing))
    }

    /// What was typed and stands in no field or not alone.
    fn unsaved(&self) -> Option<&TypedFigure> {
        self.context.typed.as_ref().filter(|_| self.context.in_conflict || !self.open)
    }

    fn has_said(&self) -> bool {
        self.reason().is_some()
            || self.context.in_conflict
            || self.unsaved().is_some()
            || self.context.fault.is_some()
            || !self.context.findings.is_empty()
    }

    /// What others, the rules and the ledger say of the line, below it.
    fn said(&self, picks: bool) -> Markup {
        let Line { view, slot, context, .. } = *self;
        if !self.has_said() {
            return html! {};
        }
        html! {
            tr class="said" {
                td colspan=(if picks { 9 } else { 8 }) {
                    ul id={ "said-" (slot.position) } {
                        @if let Some((word, filing)) = self.reason() {
                            li class="st-missed" { (shapes::remark()) span { strong { (view.say(word)) } " " span lang="zh-CN" { (filing.comment) } } }
                        }
                        @if context.in_conflict {
                            li class="st-not-comparable" { (shapes::warning()) span { strong { (view.say(words::STANDS_NOW)) } " " (self.stands()) } }
                        }
                        @if let Some(typed) = self.unsaved() {
                            li { span { strong { (view.say(words::YOU_TYPED)) } " " (self.figure(&typed.value, &self.said_status(&typed.status), &typed.note)) } }
                        }
                        @if let Some(fault) = &context.fault {
                            li class="st-missed" { (shapes::warning()) span { strong { (view.say(words::weight(FindingWeight::Error))) } " " span lang="zh-CN" { (fault) } } }
                        }
                        @for finding in &context.findings {
                            @let tone = if finding.weight == FindingWeight::Warning { "st-no-data" } else { "st-missed" };
                            li class=(tone) { (shapes::finding(finding.weight)) span { strong { (view.say(words::weight(finding.weight))) } " " span lang="zh-CN" { (finding.sentence) } } }
                        }
                    }
                }
            }
        }
    }

    /// What stands in the ledger, who put it there and when.
    fn stands(&self) -> Markup {
        let Line { view, page, slot, .. } = *self;
        html! {
            @match &slot.filing {
                None => { (view.say(words::state(None))) }
                Some(filing) => {
                    @let value = filing.figure.value.as_ref().map(ToString::to_string).unwrap_or_default();
                    (self.figure(&value, view.say(words::status(filing.figure.status)), &filing.figure.note))
                    small {
                        (view.say(words::state(Some(filing.state)))) " · "
                        (pieces::name(page.people, &filing.author)) " · " (pieces::moment(&filing.at))
                    }
                }
            }
        }
    }

    /// The word for a status, or what was sent in its place.
    fn said_status(&self, word: &str) -> String {
        let known = word.parse::<ObservationStatus>();
        known.map_or_else(
            |_| word.to_owned(),
            |known| self.view.say(words::status(known)).to_owned(),
        )
    }

    fn figure(&self, value: &str, status: &str, note: &str) -> Markup {
        html! {
            @if value.is_empty() { (self.view.say(words::EMPTY)) }
            @else { span class="figure" { (value) } " " span lang="zh-CN" { (self.slot.item.unit.as_str()) } }
            @if !status.is_empty() { " · " (status) }
            @if !note.is_empty() { " · " span lang="zh-CN" { (note) } }
        }
    }
}

/// A figure as somebody would type it.
fn typed(figure: &Figure) -> TypedFigure {
    TypedFigure {
        value: figure.value.as_ref().map(ToString::to_string).unwrap_or_default(),
        status: figure.status.as_str().to_owned(),
        note: figure.note.clone(),
    }
}
