//! One programme: its roofs, its months, its money, and how likely it is.

use maud::{Markup, html};
use rust_decimal::Decimal;
use terms::Programme;

use super::super::desk::{self, Names};
use super::super::layout::{self, Frame, Room};
use super::super::words as common;
use super::super::{Address, View};
use super::{chart, words};
use crate::programme::{Number, Planned};

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct ProgrammePage<'a> {
    /// The programme.
    pub programme: &'a Programme,
    /// What was planned, or why that cannot be read.
    pub planned: &'a Result<Planned, String>,
    /// The code of its target in the plan, and how many of its tasks are there.
    pub adopted: Option<(&'a str, usize)>,
    /// With what all codes of its tasks begin.
    pub tasks: &'a str,
    /// Names of regions.
    pub names: &'a Names,
}

/// The page `/programmes/CODE`.
pub fn programme(view: &View, page: &ProgrammePage<'_>) -> String {
    let programme = page.programme;
    let body = html! {
        h1 { span lang="zh-CN" { (programme.name) } " " small lang="zh-CN" { (desk::region(page.names, &programme.region)) } }
        @match page.planned {
            Ok(planned) => (plan(view, page, planned)),
            Err(why) => { p class="trouble" { (view.say(words::UNREADABLE)) ": " (why) } }
        }
        h2 { (view.say(words::FILES)) }
        (files(view, programme))
    };
    let title = programme.name.as_str();
    layout::page(view, Frame { title, room: Room::Projects, about: None, body })
}

fn plan(view: &View, page: &ProgrammePage<'_>, planned: &Planned) -> Markup {
    html! {
        (summary(view, planned))
        (adopted(view, page))
        @if !planned.warnings.is_empty() {
            h2 { (view.say(words::LOOK_AT)) }
            ul class="plain" { @for warning in &planned.warnings { li lang="zh-CN" { (warning) } } }
        }
        h2 { (view.say(words::COURSE)) }
        @if let Some(chart) = chart::chart(view, planned) { (chart) }
        (months(view, planned))
        h2 { (view.say(words::MONEY)) }
        (money(view, planned))
        h2 { (view.say(words::ENERGY_AND_CARBON)) }
        (energy(view, planned))
        h2 { (view.say(words::BOUND)) }
        dl class="facts" {
            (fact(view.say(words::PRICE), html! { (yuan(planned.choice.price)) }))
            (fact(view.say(words::AT_LEAST), html! { (yuan(planned.choice.bound)) }))
            (fact(view.say(words::GAP), html! { (planned.choice.gap_percent) "%" }))
        }
        h2 { (view.say(words::KINDS)) }
        (kinds(view, planned))
        h2 { (view.say(words::LIST)) }
        (roofs(view, planned))
        h2 { (view.say(words::ASSUMED)) }
        p { (view.say(if planned.weather == "file" { words::WEATHER_GIVEN } else { words::WEATHER_SYNTHETIC })) }
        @if !planned.notes.is_empty() { ul class="plain" { @for note in &planned.notes { li lang="zh-CN" { (note) } } } }
    }
}

fn fact(name: &str, value: Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

fn summary(view: &View, planned: &Planned) -> Markup {
    let totals = &planned.totals;
    html! {
        dl class="facts" {
            (fact(view.say(words::YEAR), html! { (planned.year) }))
            (fact(view.say(words::TARGET), html! { b { (planned.target_mw) " MW" } " " (counted(view, planned)) }))
            (fact(view.say(words::PLANNED), html! { (mw(totals.chosen_mw)) " MW" }))
            (fact(view.say(words::AT_YEAR_END), html! { b { (planned.chance.planned_mw_at_year_end) " MW" } }))
            (fact(view.say(common::CHANCE), html! {
                b { (percent(planned.chance.probability)) }
                " " small { (planned.chance.runs) " " (view.say(words::RUNS)) }
            }))
            (fact(view.say(words::ROOFS), html! {
                (view.say(words::CHOSEN)) " " (totals.chosen) " / " (totals.possible_buildings) " " (view.say(words::OF_POSSIBLE)) " (" (mw(totals.possible_mw)) " MW)"
            }))
        }
    }
}

fn adopted(view: &View, page: &ProgrammePage<'_>) -> Markup {
    html! {
        @match page.adopted {
            Some((target, tasks)) => {
                p {
                    (view.say(words::IN_PLAN)) ": "
                    a href=(view.link(Address::of("/plan/target", target))) { (target) }
                    ", "
                    a href=(view.link(Address::new("/tasks").with("q", page.tasks))) { (tasks) " " (view.say(words::TASKS)) }
                }
            }
            None => { p class="quiet" { (view.say(words::NOT_IN_PLAN)) } }
        }
    }
}

fn months(view: &View, planned: &Planned) -> Markup {
    html! {
        table class="stack" {
            thead { tr {
                th scope="col" { (view.say(words::MONTH)) }
                th scope="col" class="number" { (view.say(words::PERMITTED)) }
                th scope="col" class="number" { (view.say(words::BEGUN)) }
                th scope="col" class="number" { (view.say(words::CONNECTED)) }
                th scope="col" class="number" { (view.say(words::PLANNED)) ", MW" }
                th scope="col" class="number" { "P10, MW" }
                th scope="col" class="number" { "P50, MW" }
                th scope="col" class="number" { "P90, MW" }
                th scope="col" class="number" { (view.say(words::ENERGY)) }
            } }
            tbody {
                @for month in &planned.months {
                    tr {
                        th scope="row" { (planned.year) "-" (format!("{:02}", month.month)) }
                        td class="number" data-label=(view.say(words::PERMITTED)) { (month.permitted) }
                        td class="number" data-label=(view.say(words::BEGUN)) { (month.begun) }
                        td class="number" data-label=(view.say(words::CONNECTED)) { (month.connected) }
                        td class="number" data-label=(view.say(words::PLANNED)) { (mw(month.planned_mw)) }
                        td class="number" data-label="P10" { (mw(month.p10_mw)) }
                        td class="number" data-label="P50" { (mw(month.p50_mw)) }
                        td class="number" data-label="P90" { (mw(month.p90_mw)) }
                        td class="number" data-label=(view.say(words::ENERGY)) { (mwh(month.planned_kwh)) }
                    }
                }
            }
        }
    }
}

fn money(view: &View, planned: &Planned) -> Markup {
    let money = &planned.money;
    let share = |share: Option<Number>| share.map_or_else(|| "—".to_owned(), percent);
    html! {
        dl class="facts" {
            (fact(view.say(words::INVESTMENT), html! { b { (yuan(money.investment_yuan)) } }))
            @if money.grant_yuan != Number::default() { (fact(view.say(words::GRANT), html! { (yuan(money.grant_yuan)) })) }
            @if let Some(budget) = planned.budget_yuan { (fact(view.say(words::BUDGET), html! { (yuan(budget)) })) }
            (fact(view.say(words::FIRST_YEAR), html! { (yuan(money.first_year_yuan)) }))
            (fact(view.say(words::NPV), html! {
                (yuan(money.npv_yuan)) " " small { (view.say(words::AT_RATE)) " " (percent(money.discount_rate)) ", " (money.years) " " (view.say(words::YEARS)) }
            }))
            (fact(view.say(words::IRR), html! { (share(money.irr)) }))
            (fact(view.say(words::PAYBACK), html! {
                @match money.payback_years { Some(years) => { (years.0.round_dp(1)) " " (view.say(words::YEARS)) } None => "—" }
            }))
            (fact(view.say(words::LCOE), html! {
                @match money.lcoe_yuan_per_kwh { Some(cost) => { (cost.0.round_dp(4)) " 元/kWh" } None => "—" }
            }))
        }
    }
}

fn energy(view: &View, planned: &Planned) -> Markup {
    let (totals, certificates) = (&planned.totals, &planned.certificates);
    html! {
        dl class="facts" {
            (fact(view.say(words::TYPICAL_YEAR), html! { b { (mwh(totals.kwh)) } }))
            (fact(view.say(words::PER_KWP), html! { (totals.kwh_per_kwp.0.round()) " kWh" }))
            (fact(view.say(words::OWN_USE), html! { (percent(totals.self_consumption)) }))
            @if let Some(carbon) = &planned.carbon {
                (fact(view.say(words::AVOIDED), html! {
                    (carbon.year_tonnes) " t; " (carbon.full_year_tonnes) " t "
                    small lang="zh-CN" { (view.say(words::FACTOR)) " " (carbon.kg_per_kwh) " kg/kWh, " (carbon.area) " " (carbon.factor_year) ", " (carbon.source) }
                }))
            }
            (fact(view.say(words::CERTIFICATES), html! { (certificates.own_use.given) "; " (certificates.export.given) }))
        }
    }
}

fn kinds(view: &View, planned: &Planned) -> Markup {
    html! {
        table class="stack" {
            thead { tr {
                th scope="col" { (view.say(words::KIND)) }
                th scope="col" class="number" { (view.say(words::ROOFS)) }
                th scope="col" class="number" { (view.say(words::CAPACITY)) ", MW" }
            } }
            tbody {
                @for (kind, (count, kw)) in planned.kinds() {
                    tr {
                        th scope="row" lang="zh-CN" { (kind) }
                        td class="number" data-label=(view.say(words::ROOFS)) { (count) }
                        td class="number" data-label=(view.say(words::CAPACITY)) { ((kw / Decimal::ONE_THOUSAND).round_dp(2)) }
                    }
                }
            }
        }
    }
}

fn roofs(view: &View, planned: &Planned) -> Markup {
    html! {
        table class="stack" {
            thead { tr {
                th scope="col" { (view.say(words::BUILDING)) }
                th scope="col" { (view.say(words::KIND)) }
                th scope="col" class="number" { (view.say(words::CAPACITY)) ", kW" }
                th scope="col" class="number" { (view.say(words::INVERTERS)) ", kW" }
                th scope="col" class="number" { (view.say(words::YEARLY)) }
                th scope="col" class="number" { (view.say(words::INVESTMENT)) }
                th scope="col" { (view.say(words::BEGUN)) }
                th scope="col" { (view.say(words::CONNECTED)) }
                th scope="col" { (view.say(words::ROW)) }
            } }
            tbody {
                @for roof in &planned.chosen {
                    tr {
                        th scope="row" lang="zh-CN" { (roof.name) }
                        td data-label=(view.say(words::KIND)) lang="zh-CN" { (roof.kind_title()) }
                        td class="number" data-label=(view.say(words::CAPACITY)) { (roof.dc_kw.0.round_dp(1)) }
                        td class="number" data-label=(view.say(words::INVERTERS)) { (roof.ac_kw.0.round_dp(1)) }
                        td class="number" data-label=(view.say(words::YEARLY)) { (mwh(roof.kwh)) }
                        td class="number" data-label=(view.say(words::INVESTMENT)) { (yuan(roof.investment_yuan)) }
                        td data-label=(view.say(words::BEGUN)) { (roof.begun) }
                        td data-label=(view.say(words::CONNECTED)) { (roof.connected) }
                        td data-label=(view.say(words::ROW)) lang="zh-CN" { (roof.row) }
                    }
                }
            }
        }
    }
}

fn files(view: &View, programme: &Programme) -> Markup {
    let file = |name: &str| Address::of("/programmes", &programme.code).then(name);
    html! {
        p class="downloads" {
            a href=(file("buildings")) { (view.say(words::TABLE)) " " span lang="zh-CN" { (programme.table_name) } } " "
            a href=(file("answer.json")) { (view.say(words::ANSWER)) } " "
            @if !programme.settings.is_empty() { a href=(file("settings.toml")) { (view.say(words::SETTINGS)) } }
        }
    }
}

/// Which side of the inverters is counted.
pub(super) fn counted(view: &View, planned: &Planned) -> Markup {
    let word = if planned.counted == "dc" { words::COUNTED_DC } else { words::COUNTED_AC };
    html! { small { (view.say(word)) } }
}

/// A share in percent with one digit; what is nearly all is not called all.
pub(super) fn percent(share: Number) -> String {
    let percent = (share.0 * Decimal::ONE_HUNDRED).round_dp(1);
    if percent == Decimal::ONE_HUNDRED && share.0 < Decimal::ONE {
        return ">99.9%".to_owned();
    }
    format!("{percent}%")
}

/// Megawatts with two digits.
fn mw(capacity: Number) -> String {
    format!("{:.2}", capacity.0.round_dp(2))
}

/// Yuan in units of ten thousand.
fn yuan(amount: Number) -> String {
    format!("{} 万元", (amount.0 / Decimal::from(10_000)).round_dp(1))
}

/// Kilowatt-hours in megawatt-hours.
fn mwh(energy: Number) -> String {
    format!("{} MWh", (energy.0 / Decimal::ONE_THOUSAND).round_dp(1))
}
