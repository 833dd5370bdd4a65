//! A plan as objects of the ledger: a target for the year, a milestone for each month of it, a task for each roof.

use ledger::PlanChange;
use methods::programme::load::MONTH_DAYS;
use terms::{PlanKind, PlanRef};

use super::buildings::Building;
use super::offer::Offer;
use super::plan::{Asked, Counted, Plan};
use super::totals::date;

/// The indicator that the roofs add to.
const INDICATOR: &str = "distributed-solar-capacity";

/// The code of a plan of a region and year, with which the codes of all that it is filed as go together.
pub(crate) fn code(region: &str, year: i32) -> String {
    format!("{year}-{region}-PV")
}

/// The code of the target of a plan.
pub(crate) fn target_code(plan: &str) -> String {
    format!("T{plan}")
}

/// With what the codes of all tasks of a plan begin.
pub(crate) fn task_prefix(plan: &str) -> String {
    format!("K{plan}-")
}

/// The changes that file a plan of a region, given by its code; filed again, a plan changes what it filed before.
pub(crate) fn changes(
    plan: &Plan,
    (buildings, offers): (&[Building], &[Offer]),
    asked: &Asked,
    (region, department, year): (&str, &str, i32),
) -> Option<Vec<PlanChange>> {
    let side = match asked.counted {
        Counted::Ac => "交流侧",
        Counted::Dc => "直流侧",
    };
    // The indicator is counted in ten thousand kilowatts.
    let ten_thousands = |kw: f64| format!("{:.3}", kw / 1e4);
    let own = code(region, year);
    let code = target_code(&own);
    let mut changes = vec![change(
        "target",
        code.clone(),
        None,
        Some("adopted"),
        &[
            ("name", "屋顶光伏新增并网".to_owned()),
            ("indicator", INDICATOR.to_owned()),
            ("region", region.to_owned()),
            ("period", year.to_string()),
            ("facet", "increment".to_owned()),
            ("comparator", ">=".to_owned()),
            ("value", ten_thousands(asked.target)),
            ("unit", "万千瓦".to_owned()),
            ("department", department.to_owned()),
            (
                "note",
                format!(
                    "duixian solar programme（{side}）：选 {} 栋，达到的可能 {:.0}%",
                    plan.chosen.len(),
                    plan.chance.reached * 100.0
                ),
            ),
        ],
    )?];
    let mut end = 0;
    let mut before = 0.0;
    for ((month, days), kw) in (1..).zip(MONTH_DAYS).zip(plan.year.capacity) {
        end += days;
        // A month in which nothing comes to the grid has no milestone.
        if kw <= before {
            continue;
        }
        before = kw;
        changes.push(change(
            "milestone",
            format!("M{own}-{month:02}"),
            Some(PlanRef::new("target", &code)),
            None,
            &[
                ("name", format!("{month} 月底累计并网 {:.2} 兆瓦", kw / 1000.0)),
                ("due", date(year, (end - 1) as f64)),
            ],
        )?);
    }
    for (number, (at, dates)) in (1..).zip(&plan.chosen) {
        let offer = offers.get(*at)?;
        let building = buildings.get(offer.building)?;
        changes.push(change(
            "task",
            format!("{}{number:04}", task_prefix(&own)),
            None,
            None,
            &[
                ("name", format!("{}屋顶光伏", building.name)),
                ("region", region.to_owned()),
                ("department", department.to_owned()),
                ("start", date(year, dates.permitted)),
                ("due", date(year, dates.connected)),
                ("indicator", INDICATOR.to_owned()),
                (
                    "content",
                    format!(
                        "组件 {} 块，直流 {:.1} 千瓦，交流 {:.1} 千瓦；投资 {:.2} 万元；{} 开工，{} 并网",
                        offer.layout.modules,
                        offer.layout.dc_kw,
                        offer.ac_kw,
                        offer.investment / 1e4,
                        date(year, dates.begun),
                        date(year, dates.connected)
                    ),
                ),
            ],
        )?);
    }
    Some(changes)
}

/// A change that sets fields; `None` where the kind has no such field, which would be a fault of this file.
fn change(
    kind: &str,
    code: String,
    parent: Option<PlanRef>,
    state: Option<&str>,
    fields: &[(&str, String)],
) -> Option<PlanChange> {
    let kind = PlanKind::named(kind)?;
    let named = |(code, value): &(&str, String)| Some((kind.field(code)?, value.clone()));
    Some(PlanChange {
        kind,
        code,
        parent,
        seen: None,
        fields: fields.iter().map(named).collect::<Option<_>>()?,
        state: state.map(str::to_owned),
        comment: String::new(),
    })
}
