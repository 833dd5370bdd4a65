//! Whether what is assumed can be used at all: asked of the methods themselves before any building is looked at, so that a
//! wrong setting is told as one, and not as the fault of the first building that it meets.

use methods::programme::cashflow::{Input, value};
use methods::programme::chance::{Question, chance};
use methods::programme::roof::{Mount, Roof, ac_kw, layout};
use methods::programme::span::Span;

use super::assumptions::Assumptions;
use super::offer::project;

/// A latitude at which every layout exists.
const ANYWHERE: f64 = 30.0;

/// Checks all settings that do not depend on a building or a year.
///
/// # Errors
/// In Chinese, with the setting and what it should be.
pub(super) fn check(assumed: &Assumptions) -> Result<(), String> {
    let days = "应在 0 至 10000 天之间，least、likely、most 依次不减";
    for (code, kind) in &assumed.kind {
        span(kind.permit(), &format!("kind.{code}.permit（{days}）"))?;
        if !(0.0..=1.0).contains(&kind.share) {
            return Err(format!("kind.{code}.share {}（应在 0 至 1 之间）", kind.share));
        }
    }
    span(assumed.connect(), &format!("time.connect（{days}）"))?;
    let pace = assumed.time.build_kw_per_day;
    if !(pace > 0.0 && pace.is_finite()) {
        return Err(format!("time.build_kw_per_day {pace}（应大于零）"));
    }
    span(
        assumed.build(1.0),
        "time.build_days、time.build_spread（施工应在 0 至 10000 天之间，散布在 0 至 3 之间）",
    )?;
    assumed.start()?;
    let question = Question {
        works: &[],
        gains: &[],
        crews: &assumed.crews()?,
        target: 0.0,
        common: assumed.time.common,
        runs: assumed.time.runs,
        seed: 0,
    };
    chance(&question).map_err(|_| {
        format!(
            "time.runs {}、time.common {}（应为 1 至 100000 次，0 至 2）",
            assumed.time.runs, assumed.time.common
        )
    })?;
    let design = &assumed.design;
    let (tilt, azimuth) = (design.tilt, design.azimuth);
    let roof = Roof { area: 100.0, usable: 0.5, tilt, azimuth, mount: Mount::Rows };
    layout(&roof, &design.module(), ANYWHERE).map_err(|_| {
        "design 的 length、width、watts（应大于零）、tilt（0 至 90）、azimuth（0 至 360）"
            .to_owned()
    })?;
    let ratio = design.dc_ac_ratio;
    ac_kw(1.0, ratio, None)
        .map_err(|_| format!("design.dc_ac_ratio {ratio}（应在 0.5 至 3 之间）"))?;
    let money = &assumed.money;
    // Of no kilowatt only what a building costs is left; of very many it no longer hides what a kilowatt costs.
    for kw in [0.0, 1e9] {
        let one = project(assumed, kw, (1000.0 * kw, 0.5), money.own_price);
        value(&one, money.rate).map_err(|error| setting(error.0).to_owned())?;
    }
    Ok(())
}

fn span(span: Span, said: &str) -> Result<(), String> {
    span.checked().map(|_| ()).map_err(|_| said.to_owned())
}

/// The settings behind an input of a project, with what they should be.
fn setting(input: Input) -> &'static str {
    match input {
        Input::Investment => "cost.per_kw、cost.per_building（应为零或更大的元数）",
        Input::Grant => "cost.grant_per_kw（应为零或更大的元数）",
        Input::Years => "money.years（应为 1 至 60 年）",
        Input::Energy | Input::OwnShare => "组件的发电量（应为零或更大）",
        Input::Loss => "money.first_loss、money.yearly_loss（应在 0 至 1 之间）",
        Input::Price => "money.own_price、money.feed_price、money.premium（应为零或更大的元数）",
        Input::Growth => "money.price_growth、cost.upkeep_growth（应大于 -1、不大于 1）",
        Input::Upkeep => "cost.upkeep_per_kw（应为零或更大的元数）",
        Input::Replaced => "cost.replacement_per_kw（应为零或更大的元数）",
        Input::Rate => "money.rate（应大于 -1、不大于 1）",
        Input::TaxRate => "tax 的各税率（应在 0 至 1 之间）",
        Input::Depreciation => "tax.depreciation、tax.residue（应为至少一年，0 至 1）",
    }
}
