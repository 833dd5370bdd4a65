//! All programmes.

use maud::html;
use terms::Programme;

use super::super::desk::{self, Names};
use super::super::layout::{self, Frame, Room};
use super::super::words as common;
use super::super::{Address, View};
use super::one::{counted, percent};
use super::words;
use crate::programme::Planned;

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct ProgrammesPage<'a> {
    /// The programmes, each with its plan or why that cannot be read.
    pub programmes: &'a [(Programme, Result<Planned, String>)],
    /// Names of regions.
    pub names: &'a Names,
}

/// The page `/programmes`.
pub fn programmes(view: &View, page: &ProgrammesPage<'_>) -> String {
    let title = view.say(common::PROGRAMMES);
    let body = html! {
        h1 { (title) }
        @if page.programmes.is_empty() {
            p class="none" { (view.say(words::NONE)) " " (view.say(words::NONE_HINT)) }
            p { code { "duixian solar programme 建筑清单.csv --target-mw 40 --adopt --region 地区 --ledger " (view.ledger) } }
        } @else {
            table class="stack" {
                thead { tr {
                    th scope="col" { (view.say(words::NAME)) }
                    th scope="col" { (view.say(common::REGION)) }
                    th scope="col" class="number" { (view.say(words::YEAR)) }
                    th scope="col" class="number" { (view.say(words::TARGET)) }
                    th scope="col" class="number" { (view.say(words::ROOFS)) }
                    th scope="col" class="number" { (view.say(words::AT_YEAR_END)) }
                    th scope="col" class="number" { (view.say(common::CHANCE)) }
                } }
                tbody {
                    @for (programme, planned) in page.programmes {
                        tr {
                            th scope="row" {
                                a href=(view.link(Address::of("/programmes", &programme.code))) lang="zh-CN" { (programme.name) }
                            }
                            td data-label=(view.say(common::REGION)) lang="zh-CN" { (desk::region(page.names, &programme.region)) }
                            @match planned {
                                Ok(planned) => {
                                    td class="number" data-label=(view.say(words::YEAR)) { (planned.year) }
                                    td class="number" data-label=(view.say(words::TARGET)) { (planned.target_mw) " MW " (counted(view, planned)) }
                                    td class="number" data-label=(view.say(words::ROOFS)) { (planned.totals.chosen) }
                                    td class="number" data-label=(view.say(words::AT_YEAR_END)) { (planned.chance.planned_mw_at_year_end) " MW" }
                                    td class="number" data-label=(view.say(common::CHANCE)) { (percent(planned.chance.probability)) }
                                }
                                Err(why) => { td colspan="5" { (view.say(words::UNREADABLE)) ": " (why) } }
                            }
                        }
                    }
                }
            }
        }
    };
    layout::page(view, Frame { title, room: Room::Projects, about: None, body })
}
