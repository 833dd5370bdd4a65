//! Everything that was ever filed for a duty.

use maud::{Markup, html};
use terms::{DutySheet, Filing};

use super::super::View;
use super::super::layout::Room;
use super::pieces::{self, Names};
use super::round::duty_address;
use super::words;

/// A version of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledVersion {
    /// The line, by its position on the form.
    pub position: u32,
    /// What was filed.
    pub filing: Filing,
}

/// The versions of a duty's lines.
#[derive(Debug, Clone, Copy)]
pub struct DutyHistoryPage<'a> {
    /// The duty with its lines.
    pub sheet: &'a DutySheet,
    /// Names of the lines' indicators, in the order of the sheet's lines.
    pub lines: &'a [String],
    /// The versions, the newest first.
    pub versions: &'a [FiledVersion],
    /// Names of regions.
    pub regions: &'a Names,
    /// Names of persons by login.
    pub people: &'a Names,
}

/// The page `/duties/{number}/history`.
pub fn duty_history(view: &View, page: &DutyHistoryPage<'_>) -> String {
    let sheet = page.sheet;
    let back = view.link(duty_address(sheet.duty.number));
    let body = html! {
        nav class="path" aria-label=(view.say(words::FORM)) {
            ol {
                li { a href=(back) lang="zh-CN" { (sheet.form) } }
                li { (view.say(words::DUTY_HISTORY)) }
            }
        }
        h1 { (view.say(words::DUTY_HISTORY)) }
        p class="quiet" lang="zh-CN" {
            (sheet.form) " · " (pieces::region(page.regions, &sheet.duty.region)) " · " (sheet.department) " · " (sheet.round.name)
        }
        @if page.versions.is_empty() {
            p class="none" { (view.say(words::NO_VERSIONS)) }
        } @else {
            table class="stack" {
                thead {
                    tr {
                        th scope="col" { (view.say(words::WHEN)) }
                        th scope="col" { (view.say(words::INDICATOR)) }
                        th scope="col" class="number" { (view.say(words::VERSION)) }
                        th scope="col" { (view.say(words::STATE)) }
                        th scope="col" class="number" { (view.say(words::VALUE)) }
                        th scope="col" { (view.say(words::NATURE)) }
                        th scope="col" { (view.say(words::REMARK)) }
                        th scope="col" { (view.say(words::COMMENT)) }
                        th scope="col" { (view.say(words::WHO)) }
                    }
                }
                tbody { @for version in page.versions { (line(view, page, version)) } }
            }
        }
        p { a class="more" href=(back) { (view.say(words::BACK_TO_DUTY)) } }
    };
    let title = format!("{} · {}", view.say(words::DUTY_HISTORY), sheet.form);
    pieces::page(view, &title, Room::Desk, body)
}

fn line(view: &View, page: &DutyHistoryPage<'_>, version: &FiledVersion) -> Markup {
    let FiledVersion { position, filing } = version;
    let slot = page.sheet.slots.iter().find(|slot| slot.position == *position);
    let place = page.sheet.slots.iter().position(|slot| slot.position == *position);
    let named = place.and_then(|place| page.lines.get(place)).map(String::as_str);
    let named = named.or(slot.map(|slot| &*slot.item.indicator)).unwrap_or_default();
    let unit = slot.map_or("", |slot| slot.item.unit.as_str());
    let figure = &filing.figure;
    html! {
        tr {
            td data-label=(view.say(words::WHEN)) { (pieces::moment(&filing.at)) }
            th scope="row" lang="zh-CN" { (named) }
            td class="number" data-label=(view.say(words::VERSION)) { (filing.version) }
            td data-label=(view.say(words::STATE)) { (pieces::state(view, Some(filing.state))) }
            td class="number" data-label=(view.say(words::VALUE)) {
                @match &figure.value {
                    Some(value) => { span class="figure" { (value) } " " span lang="zh-CN" { (unit) } }
                    None => span class="quiet" { (view.say(words::EMPTY)) },
                }
            }
            td data-label=(view.say(words::NATURE)) { (view.say(words::status(figure.status))) }
            td class=[figure.note.is_empty().then_some("blank")] data-label=(view.say(words::REMARK)) lang="zh-CN" { (figure.note) }
            td class=[filing.comment.is_empty().then_some("blank")] data-label=(view.say(words::COMMENT)) lang="zh-CN" { (filing.comment) }
            td data-label=(view.say(words::WHO)) lang="zh-CN" { (pieces::name(page.people, &filing.author)) }
        }
    }
}
