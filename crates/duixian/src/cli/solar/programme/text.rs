//! The answer as people read it.

use std::io::{self, Write};

use methods::programme::returns::NoRate;

use super::Found;
use crate::programme::totals::{date, months};
use crate::programme::{Counted, Objective};

/// So many of the chosen roofs are printed; JSON has all.
const SHOWN: usize = 20;

/// Prints the plan.
pub(super) fn print(out: &mut dyn Write, found: &Found<'_>) -> io::Result<()> {
    let Found { asked, plan, totals, green, site, year, .. } = found;
    let (choice, chance) = (&plan.choice, &plan.chance);
    let side = match asked.counted {
        Counted::Ac => "交流侧",
        Counted::Dc => "直流侧",
    };
    writeln!(
        out,
        "目标 {:.2} 兆瓦（{side}）：从 {} 栋中选 {} 栋，{:.2} 兆瓦（直流 {:.2}，交流 {:.2}）",
        asked.target / 1000.0,
        found.table.buildings.len(),
        plan.chosen.len(),
        choice.gain / 1000.0,
        totals.dc_kw / 1000.0,
        totals.ac_kw / 1000.0,
    )?;
    let what = match asked.objective {
        Objective::Cost => "投资",
        Objective::Loss => "净现值的负数",
    };
    writeln!(
        out,
        "选择：{what} {:.2} 万元，任何选择都不低于 {:.2} 万元，差距不超过 {:.4}%",
        choice.price / 1e4,
        choice.bound / 1e4,
        choice.gap * 100.0
    )?;
    writeln!(
        out,
        "发电：满年 {:.2} 万千瓦时（每千瓦 {:.0}），自用 {:.1}%，其余上网；气象：{}",
        totals.energy / 1e4,
        totals.energy / totals.dc_kw,
        totals.own / totals.energy * 100.0,
        site.said
    )?;
    let years =
        |years: Option<f64>| years.map_or("收不回".to_owned(), |years| format!("{years:.2} 年"));
    let irr = match totals.irr {
        Some(Ok(rate)) => format!("{:.2}%", rate * 100.0),
        Some(Err(NoRate::Several(_))) => "不止一个".to_owned(),
        _ => "没有".to_owned(),
    };
    writeln!(
        out,
        "资金：投资 {:.2} 万元，补助 {:.2} 万元；净现值 {:.2} 万元（折现率 {}%），内部收益率 {irr}，回收期 {}（折现 {}），度电成本 {} 元",
        totals.investment / 1e4,
        totals.grant / 1e4,
        totals.npv / 1e4,
        found.assumed.money.rate * 100.0,
        years(totals.payback),
        years(totals.discounted_payback),
        totals.lcoe.map_or("—".to_owned(), |lcoe| format!("{lcoe:.4}")),
    )?;
    let likely = match chance.reached {
        chance if chance < 0.01 => "不到 1%".to_owned(),
        chance if chance > 0.99 => "超过 99%".to_owned(),
        chance => format!("{:.0}%", chance * 100.0),
    };
    writeln!(
        out,
        "{year} 年底前并网达到目标的可能：{likely}（模拟 {} 次）",
        found.assumed.time.runs
    )?;
    writeln!(
        out,
        "{year} 年当年发电（并网以后）：{:.2} 万千瓦时，P10 至 P90 为 {:.2} 至 {:.2}",
        plan.year.energy.iter().sum::<f64>() / 1e4,
        chance.energy.p10 / 1e4,
        chance.energy.p90 / 1e4
    )?;
    if let Some((tonnes, full, factor)) = &green.avoided {
        writeln!(
            out,
            "减排：当年 {} 吨，满年 {} 吨二氧化碳（{} {} 年 {} 千克/千瓦时，{}）",
            tonnes.round_dp(0),
            full.round_dp(0),
            factor.area,
            factor.year,
            factor.kilograms(),
            factor.source
        )?;
    }
    writeln!(
        out,
        "绿证：当年上网电量 {} 张（可交易），自发自用电量 {} 张（不可交易）",
        green.exported_certificates.given.iter().sum::<u64>(),
        green.own_certificates.given.iter().sum::<u64>()
    )?;
    writeln!(out, "月份  备案  开工  并网  计划兆瓦   P10    P50    P90  当月万千瓦时")?;
    let capacity = chance.capacity.iter().zip(plan.year.capacity).zip(plan.year.energy);
    for (month, (((fan, planned), energy), counts)) in (1..).zip(capacity.zip(months(&plan.chosen)))
    {
        let mw = |kw: f64| kw / 1000.0;
        writeln!(
            out,
            "{month:>4}{:>6}{:>6}{:>6}{:>10.2}{:>7.2}{:>7.2}{:>7.2}{:>11.2}",
            counts.permitted,
            counts.begun,
            counts.connected,
            mw(planned),
            mw(fan.p10),
            mw(fan.p50),
            mw(fan.p90),
            energy / 1e4
        )?;
    }
    for (number, (at, dates)) in (1..).zip(plan.chosen.iter().take(SHOWN)) {
        let Some(offer) = found.offers.get(*at) else { continue };
        let Some(building) = found.table.buildings.get(offer.building) else { continue };
        writeln!(
            out,
            "{number}. {}（{}）：直流 {:.1} 千瓦，满年 {:.2} 万千瓦时，自用 {:.0}%，投资 {:.2} 万元，开工 {}，并网 {}",
            building.name,
            found.assumed.kind.get(&building.kind).map_or("", |kind| &kind.title),
            offer.layout.dc_kw,
            offer.flows.total() / 1e4,
            offer.flows.own_share() * 100.0,
            offer.investment / 1e4,
            date(*year, dates.begun),
            date(*year, dates.connected)
        )?;
    }
    if plan.chosen.len() > SHOWN {
        writeln!(out, "……其余 {} 栋见 --format json", plan.chosen.len() - SHOWN)?;
    }
    for note in found.notes {
        writeln!(out, "说明 {note}")?;
    }
    for warning in found.warnings {
        writeln!(out, "注意 {warning}")?;
    }
    Ok(())
}
