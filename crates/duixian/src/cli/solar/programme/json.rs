//! The answer as a program reads it. Capacities are in kW or MW, energies in kWh, money in yuan, shares from 0 to 1.

use methods::programme::chance::Fan;
use methods::programme::roof::Mount;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::super::rounded;
use super::Found;
use crate::programme::totals::{date, months};
use crate::programme::{Counted, Objective};

/// The whole answer.
pub(super) fn of(found: &Found<'_>) -> Value {
    let Found { asked, plan, totals, green, site, .. } = found;
    let choice = &plan.choice;
    let possible: f64 = found.offers.iter().map(|offer| asked.counts(offer)).sum();
    let unit = |value: f64| rounded(value, 2);
    json!({
        "target_mw": asked.target / 1000.0,
        "counted": match asked.counted { Counted::Ac => "ac", Counted::Dc => "dc" },
        "objective": match asked.objective { Objective::Cost => "cost", Objective::Loss => "npv" },
        "budget_yuan": asked.budget,
        "year": found.year,
        "place": {
            "latitude": site.place.latitude(),
            "longitude": site.place.longitude(),
            "altitude_m": site.place.altitude(),
        },
        "weather": site.kind,
        "weather_basis": site.basis,
        "ghi_kwh_m2": site.global().map(|light| rounded(light, 3)),
        "totals": {
            "buildings": found.table.buildings.len(),
            "possible_buildings": found.offers.len(),
            "possible_mw": rounded(possible / 1000.0, 4),
            "chosen": plan.chosen.len(),
            "chosen_mw": rounded(choice.gain / 1000.0, 4),
            "dc_mw": rounded(totals.dc_kw / 1000.0, 4),
            "ac_mw": rounded(totals.ac_kw / 1000.0, 4),
            "usable_m2": unit(totals.usable),
            "kwh": unit(totals.energy),
            "kwh_per_kwp": unit(totals.energy / totals.dc_kw),
            "own_use_kwh": unit(totals.own),
            "export_kwh": unit(totals.exported),
            "cut_kwh": unit(totals.cut),
            "self_consumption": rounded(totals.own / totals.energy, 4),
            "load_kwh": unit(totals.used),
        },
        "choice": {
            "price": unit(choice.price),
            "bound": unit(choice.bound),
            "gap": choice.gap,
            "gap_percent": rounded(choice.gap * 100.0, 4),
        },
        "money": money(found),
        "chance": {
            "probability": rounded(plan.chance.reached, 4),
            "runs": found.assumed.time.runs,
            "seed": asked.seed,
            "energy_kwh": fan(&plan.chance.energy),
            "planned_mw_at_year_end": rounded(plan.year.capacity[11] / 1000.0, 4),
        },
        "months": monthly(found),
        "carbon": green.avoided.as_ref().map(|(year, full, factor)| json!({
            "area": factor.area,
            "factor_year": factor.year,
            "kg_per_kwh": factor.kilograms().to_string(),
            "source": factor.source,
            "year_tonnes": tonnes(*year),
            "full_year_tonnes": tonnes(*full),
        })),
        "certificates": {
            "own_use": { "kwh": green.own.to_string(), "given": green.own_certificates.given.iter().sum::<u64>(),
                "carried_kwh": green.own_certificates.carried.to_string(), "tradable": false },
            "export": { "kwh": green.exported.to_string(),
                "given": green.exported_certificates.given.iter().sum::<u64>(),
                "carried_kwh": green.exported_certificates.carried.to_string(), "tradable": true },
        },
        "chosen": chosen(found),
        "notes": found.notes,
        "warnings": found.warnings,
    })
}

fn tonnes(tonnes: Decimal) -> String {
    tonnes.round_dp(2).to_string()
}

fn fan(fan: &Fan) -> Value {
    json!({ "p10": rounded(fan.p10, 2), "p50": rounded(fan.p50, 2), "p90": rounded(fan.p90, 2) })
}

fn money(found: &Found<'_>) -> Value {
    let totals = found.totals;
    let digits = |value: Option<f64>, digits: i32| value.map(|value| rounded(value, digits));
    let irr = totals.irr.and_then(Result::ok);
    json!({
        "investment_yuan": rounded(totals.investment, 2),
        "grant_yuan": rounded(totals.grant, 2),
        "first_year_yuan": rounded(totals.first_year, 2),
        "discount_rate": found.assumed.money.rate,
        "years": found.assumed.money.years,
        "taxed": found.assumed.tax().is_some(),
        "npv_yuan": rounded(totals.npv, 2),
        "irr": digits(irr, 6),
        "payback_years": digits(totals.payback, 4),
        "discounted_payback_years": digits(totals.discounted_payback, 4),
        "lcoe_yuan_per_kwh": digits(totals.lcoe, 6),
    })
}

fn monthly(found: &Found<'_>) -> Vec<Value> {
    let plan = found.plan;
    let counts = months(&plan.chosen);
    let capacity = plan.chance.capacity.iter().zip(plan.year.capacity).zip(plan.year.energy);
    (1..)
        .zip(capacity.zip(counts))
        .map(|(month, (((fan, planned), energy), counts))| {
            let mw = |kw: f64| rounded(kw / 1000.0, 4);
            json!({
                "month": month,
                "permitted": counts.permitted,
                "begun": counts.begun,
                "connected": counts.connected,
                "planned_mw": mw(planned),
                "p10_mw": mw(fan.p10),
                "p50_mw": mw(fan.p50),
                "p90_mw": mw(fan.p90),
                "planned_kwh": rounded(energy, 2),
            })
        })
        .collect()
}

fn chosen(found: &Found<'_>) -> Vec<Value> {
    let rows = found.plan.chosen.iter().filter_map(|(at, dates)| {
        let offer = found.offers.get(*at)?;
        let building = found.table.buildings.get(offer.building)?;
        let day = |day: f64| date(found.year, day);
        let rate = |value: Option<f64>, digits: i32| value.map(|value| rounded(value, digits));
        Some(json!({
            "name": building.name,
            "row": building.place,
            "kind": building.kind,
            "kind_title": found.assumed.kind.get(&building.kind).map(|kind| &kind.title),
            "feeder": building.feeder,
            "mount": match building.mount { Mount::Rows => "rows", Mount::Flush => "flush" },
            "tilt": building.tilt,
            "azimuth": building.azimuth,
            "roof_m2": rounded(building.area, 2),
            "usable_m2": rounded(offer.layout.usable, 2),
            "modules": offer.layout.modules,
            "dc_kw": rounded(offer.layout.dc_kw, 4),
            "ac_kw": rounded(offer.ac_kw, 4),
            "kwh": rounded(offer.flows.total(), 2),
            "month_kwh": offer.flows.given.map(|kwh| rounded(kwh, 2)),
            "poa_kwh_m2": rounded(offer.light.iter().sum(), 2),
            "month_poa_kwh_m2": offer.light.map(|light| rounded(light, 3)),
            "self_consumption": rounded(offer.flows.own_share(), 4),
            "self_sufficiency": rounded(offer.flows.sufficiency(), 4),
            "investment_yuan": rounded(offer.investment, 2),
            "grant_yuan": rounded(offer.grant, 2),
            "npv_yuan": rounded(offer.worth.npv, 2),
            "irr": rate(offer.worth.irr.ok(), 6),
            "payback_years": rate(offer.worth.payback, 4),
            "lcoe_yuan_per_kwh": rate(offer.worth.lcoe, 6),
            "permitted": day(dates.permitted),
            "begun": day(dates.begun),
            "built": day(dates.built),
            "connected": day(dates.connected),
        }))
    });
    rows.collect()
}
