//! One duty: the form of a department for a region, to be filled in or checked.

use maud::{Markup, html};
use terms::{Day, DutySheet, FigureAct, FigureState, Right};

use super::super::layout::Room;
use super::super::{Address, View};
use super::entry::{self, FindingWeight, LineContext};
use super::pieces::{self, Names, Trouble};
use super::round::duty_address;
use super::words;

/// The page of a duty.
#[derive(Debug, Clone, Copy)]
pub struct DutyPage<'a> {
    /// Today.
    pub today: Day,
    /// The duty with its lines.
    pub sheet: &'a DutySheet,
    /// What else is known of each line, in the order of the sheet's.
    pub lines: &'a [LineContext],
    /// What the visitor may do here. Without one that writes the figures are plain text.
    pub acts: &'a [FigureAct],
    /// Names of regions.
    pub regions: &'a Names,
    /// Names of persons by login.
    pub people: &'a Names,
    /// The comment that was typed but is not in the ledger.
    pub comment: &'a str,
    /// Whether somebody else changed lines meanwhile: nothing was written.
    pub conflict: bool,
    /// What was just done.
    pub saved: Option<FigureAct>,
    /// Why it was not done.
    pub fault: Option<&'a str>,
}

/// The page `/duties/{number}`. Posts to the same address: `act` (the word of a [`FigureAct`]), `comment`, and for each
/// line `version-{position}` (0 where nothing was filed), for each line that can be written `value-…`, `status-…` and
/// `note-…`, for each line that was ticked `pick-…`. A workbook goes to `/duties/{number}/upload` as `file`. Leads to
/// `/duties/{number}/form.xlsx` and `/duties/{number}/history`.
pub fn duty(view: &View, page: &DutyPage<'_>) -> String {
    let sheet = page.sheet;
    let number = sheet.duty.number;
    let faults = faults(page);
    let troubles: Vec<_> =
        faults.iter().map(|(field, sentence)| Trouble { field, sentence }).collect();
    let open = sheet.slots.iter().any(|slot| entry::is_open(page, slot));
    let checks = sheet.slots.iter().any(|slot| entry::is_to_check(page, slot));
    let reads = view.visitor.as_ref().is_some_and(|visitor| visitor.has(Right::Read));
    let body = html! {
        nav class="path" aria-label=(view.say(words::ROUND)) {
            ol {
                li { a href=(view.link(Address::new("/desk"))) { (view.say(words::DESK)) } }
                @if reads {
                    li { a href=(view.link(Address::of("/rounds", &sheet.round.code))) lang="zh-CN" { (sheet.round.name) } }
                }
            }
        }
        @if page.conflict { (conflict(view, open, &troubles)) } @else { (pieces::troubles(view, &troubles)) }
        @if let Some(act) = page.saved { (pieces::done(view.say(words::done(act)))) }
        div class="with-tools" {
            h1 lang="zh-CN" { (sheet.form) }
            p class="downloads" {
                a href=(duty_address(number).then("form.xlsx")) download { (view.say(words::GET_EXCEL)) }
                a href=(view.link(duty_address(number).then("history"))) { (view.say(words::DUTY_HISTORY)) }
            }
        }
        (facts(view, page))
        @if sheet.slots.is_empty() {
            p class="none" { (view.say(words::NO_LINES)) }
        } @else {
            @if !open && !checks { p class="quiet" { (view.say(words::READ_ONLY)) } }
            @if open { p class="quiet keys-hint" { (view.say(words::KEYS_HINT)) } }
            @let unsaved = page.lines.iter().any(|line| line.typed.is_some());
            form method="post" action=(view.link(duty_address(number))) class="sheet" autocomplete="off"
                data-unsaved=[unsaved.then_some("yes")] {
                (pieces::token(view))
                (entry::table(view, page))
                @if checks { (comment(view, page)) }
                @if open || checks { (buttons(view, page)) }
            }
            @if open { (workbook(view, number)) }
            (signatures(view))
        }
    };
    pieces::page(view, &sheet.form, Room::Desk, body)
}

/// What is wrong, each with the field that it is about.
fn faults(page: &DutyPage<'_>) -> Vec<(String, String)> {
    let mut faults = Vec::new();
    let lines = page.sheet.slots.iter().zip(page.lines);
    let refused = |line: &LineContext| -> Vec<String> {
        let errors = line.findings.iter().filter(|found| found.weight == FindingWeight::Error);
        let asked =
            |found: &&super::PageFinding| page.fault.is_some() && !found.sentence.is_empty();
        let errors = errors.filter(asked).map(|found| found.sentence.clone());
        line.fault.iter().cloned().chain(errors).collect()
    };
    for (slot, line) in lines {
        for sentence in refused(line) {
            let open = entry::is_open(page, slot);
            let field = if open { format!("value-{}", slot.position) } else { String::new() };
            let named = if line.name.is_empty() { &*slot.item.indicator } else { &*line.name };
            faults.push((field, format!("{named}：{sentence}")));
        }
    }
    if let Some(fault) = page.fault {
        faults.insert(0, (String::new(), fault.to_owned()));
    }
    faults
}

/// What is said where somebody else wrote first; it takes the focus in place of the other troubles, and tells them too.
fn conflict(view: &View, open: bool, troubles: &[Trouble<'_>]) -> Markup {
    html! {
        div class="trouble" id="trouble" role="alert" tabindex="-1" autofocus {
            h2 { (super::shapes::warning()) " " (view.say(words::CONFLICT)) }
            p { (view.say(if open { words::CONFLICT_HINT } else { words::CONFLICT_REVIEW })) }
            (pieces::trouble_list(troubles))
        }
    }
}

fn facts(view: &View, page: &DutyPage<'_>) -> Markup {
    let DutySheet { duty, round, department, slots, .. } = page.sheet;
    // What is filed in every line is out of the clerk's hands, so that no day presses.
    let pressing = slots.iter().any(|slot| {
        slot.filing.as_ref().is_none_or(|filing| {
            matches!(
                filing.state,
                FigureState::Draft | FigureState::Returned | FigureState::Reopened
            )
        })
    });
    html! {
        dl class="facts sheet-facts" {
            (pieces::fact(view, words::DEPARTMENT, html! { span lang="zh-CN" { (department) } }))
            (pieces::fact(view, words::REGION, html! { span lang="zh-CN" { (pieces::region(page.regions, &duty.region)) } }))
            (pieces::fact(view, words::PERIOD, html! { (pieces::period(round.period, view.language)) }))
            (pieces::fact(view, words::IN_TIME_UNTIL, html! {
                (pieces::due(view, duty, round, page.today, pressing))
            }))
            (pieces::fact(view, words::TAKEN_UNTIL, pieces::day(duty.closes(round))))
        }
    }
}

fn comment(view: &View, page: &DutyPage<'_>) -> Markup {
    html! {
        div class="entry-field wide" {
            label for="comment" { (view.say(words::REVIEW_COMMENT)) }
            textarea id="comment" name="comment" rows="2" aria-describedby="comment-hint" { "\n" (page.comment) }
            small id="comment-hint" { (view.say(words::COMMENT_HINT)) " " (view.say(words::PICK_HINT)) }
        }
    }
}

/// The acts that some line can take. What the enter key sends where no script runs comes first, so it is the one that
/// does the least: saving a draft, or returning, which asks for a comment.
fn buttons(view: &View, page: &DutyPage<'_>) -> Markup {
    use FigureAct::{Approve, Reopen, Return, Save, Submit};
    let acts = [Save, Submit, Return, Approve, Reopen].into_iter().filter(|act| {
        page.acts.contains(act) && page.sheet.slots.iter().any(|slot| entry::takes(slot, *act))
    });
    html! {
        div class="acts bar" {
            @for act in acts {
                button name="act" value=(act) class=[matches!(act, Submit | Approve).then_some("primary")] {
                    (view.say(words::act(act)))
                }
            }
        }
    }
}

fn workbook(view: &View, number: i64) -> Markup {
    html! {
        details class="workbook" {
            summary { (view.say(words::WITH_EXCEL)) }
            p { (view.say(words::EXCEL_HINT)) }
            form method="post" action=(view.link(duty_address(number).then("upload"))) enctype="multipart/form-data" class="inline" {
                (pieces::token(view))
                div class="entry-field" {
                    label for="file" { (view.say(words::WORKBOOK)) }
                    input type="file" id="file" name="file" required
                        accept=".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
                }
                div class="acts" { button { (view.say(words::UPLOAD)) } }
            }
        }
    }
}

/// What is filled in by hand on paper.
fn signatures(view: &View) -> Markup {
    html! {
        ul class="signatures" aria-hidden="true" {
            @for word in [words::HEAD_OF, words::CHECKED_BY, words::FILLED_BY, words::FILED_ON] {
                li { (view.say(word)) "：" }
            }
        }
    }
}
