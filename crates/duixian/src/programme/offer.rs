//! What each building can offer: capacity, yield, own use and what it is worth.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use methods::programme::cashflow::{Project, Worth, value};
use methods::programme::consumption::{Flows, NoFlows, Site, flows};
use methods::programme::load::MONTH_DAYS;
use methods::programme::roof::{HOURS, Layout, Mount, NoLayout, Roof, ac_kw, layout};
use methods::solar::{CellTemperature, Inverter, Plane, Sky, System, hourly};

use super::assumptions::Assumptions;
use super::buildings::Building;

/// The sky of a county.
pub(crate) struct Light<'a> {
    pub(crate) sky: &'a Sky,
    pub(crate) latitude: f64,
    /// The first hour of the sky is this hour of the local year, and whether it has a leap day.
    pub(crate) first_hour: usize,
    pub(crate) leap: bool,
}

/// What a building can offer.
#[derive(Debug)]
pub(crate) struct Offer {
    /// Which building.
    pub(crate) building: usize,
    pub(crate) layout: Layout,
    pub(crate) ac_kw: f64,
    pub(crate) flows: Flows,
    /// Light on the plane by month, in kilowatt-hours a square metre.
    pub(crate) light: [f64; 12],
    /// Yuan, before the grant.
    pub(crate) investment: f64,
    /// Yuan.
    pub(crate) grant: f64,
    pub(crate) worth: Worth,
}

/// A plane of modules: what of it counts for the yield.
type Facing = (u64, u64, Mount);

/// What a kilowatt gives in each hour of the local year, and the light on the plane.
struct Yield {
    hours: Vec<f64>,
    light: [f64; 12],
}

/// The offers of the buildings on which something fits; and how many have none, with why.
///
/// # Errors
/// In Chinese, where an assumption or a building cannot be.
pub(crate) fn offers(
    buildings: &[Building],
    assumed: &Assumptions,
    light: &Light<'_>,
    year: i32,
) -> Result<Vec<Offer>, String> {
    let mut yields: BTreeMap<Facing, Yield> = BTreeMap::new();
    let mut loads: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    let mut found = Vec::new();
    for (number, building) in buildings.iter().enumerate() {
        let at = |said: String| format!("{}“{}”：{said}", building.place, building.name);
        let kind =
            assumed.kind.get(&building.kind).ok_or_else(|| at("类别不在方案中".to_owned()))?;
        if building.year.is_some_and(|built| built < assumed.design.oldest_year) {
            continue;
        }
        let roof = Roof {
            area: building.area,
            usable: kind.share,
            tilt: building.tilt,
            azimuth: building.azimuth,
            mount: building.mount,
        };
        let module = assumed.design.module();
        let layout = layout(&roof, &module, light.latitude).map_err(|error| at(said(error)))?;
        let ac_kw = ac_kw(layout.dc_kw, assumed.design.dc_ac_ratio, building.limit)
            .map_err(|error| at(said(error)))?;
        let layout = fitted(layout, ac_kw * assumed.design.dc_ac_ratio);
        let ac_kw = ac_kw.min(layout.dc_kw / assumed.design.dc_ac_ratio);
        if ac_kw <= 0.0 {
            continue;
        }
        let facing = (building.tilt.to_bits(), building.azimuth.to_bits(), building.mount);
        let own = match yields.entry(facing) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(one_kilowatt(building, assumed, light)?),
        };
        if !loads.contains_key(building.kind.as_str()) {
            let (days, _) = assumed.days(year, kind)?;
            let wrong = |error| format!("方案中类别 {} 的负荷曲线（{error}）", building.kind);
            loads.insert(&building.kind, kind.shape().spread(&days).map_err(wrong)?);
        }
        let Some(load) = loads.get(building.kind.as_str()) else { continue };
        let site = Site {
            yields: &own.hours,
            dc_kw: layout.dc_kw,
            ac_kw,
            load,
            used: building.load.unwrap_or(0.0),
        };
        let flows = flows(&site).map_err(|error| at(unaccounted(error)))?;
        let own_price = building.tariff.unwrap_or(assumed.money.own_price);
        let energy = (flows.total(), flows.own_share().min(1.0));
        let project = project(assumed, layout.dc_kw, energy, own_price);
        let worth = value(&project, assumed.money.rate)
            .map_err(|error| at(format!("投资测算不成（{error}）")))?;
        found.push(Offer {
            building: number,
            layout,
            ac_kw,
            light: own.light,
            investment: project.investment,
            grant: project.grant,
            flows,
            worth,
        });
    }
    Ok(found)
}

/// A layout with no more modules than so many kilowatts: what the grid would only cut off is not built.
fn fitted(layout: Layout, most: f64) -> Layout {
    if layout.dc_kw <= most || layout.modules == 0 {
        return layout;
    }
    let one = layout.dc_kw / f64::from(layout.modules);
    // A cast rounds down, and what is below the number of modules is one.
    let modules = (most / one + 1e-9) as u32;
    Layout { modules, dc_kw: f64::from(modules) * one, ..layout }
}

/// The project of a roof of so many kilowatts of modules, with its energy in kilowatt-hours a year, the share of it that the
/// building uses, and what a kilowatt-hour costs there in yuan.
pub(super) fn project(
    assumed: &Assumptions,
    kw: f64,
    (energy, own_share): (f64, f64),
    own_price: f64,
) -> Project {
    let (cost, money) = (assumed.cost, assumed.money);
    let investment = cost.per_building + cost.per_kw * kw;
    Project {
        investment,
        grant: (cost.grant_per_kw * kw).min(investment),
        years: money.years,
        energy,
        first_loss: money.first_loss,
        yearly_loss: money.yearly_loss,
        own_share,
        own_price,
        feed_price: money.feed_price,
        price_growth: money.price_growth,
        premium: (money.premium, money.premium_years),
        upkeep: cost.upkeep_per_kw * kw,
        upkeep_growth: cost.upkeep_growth,
        replaced: vec![(cost.replacement_year, cost.replacement_per_kw * kw)],
        tax: assumed.tax(),
    }
}

/// What a kilowatt of modules gives on the plane of a building.
fn one_kilowatt(
    building: &Building,
    assumed: &Assumptions,
    light: &Light<'_>,
) -> Result<Yield, String> {
    let temperature = match building.mount {
        Mount::Rows => CellTemperature::OPEN_RACK,
        Mount::Flush => CellTemperature::CLOSE_ROOF,
    };
    let inverter = Inverter { dc_ac_ratio: assumed.design.dc_ac_ratio, ..Inverter::default() };
    let system = System { temperature, inverter, ..System::default() };
    let roof = Plane::new(building.tilt, building.azimuth)
        .and_then(|plane| methods::solar::Roof::new(plane, 1.0, system))
        .map_err(|error| format!("{}“{}”：{error}", building.place, building.name))?;
    let found = hourly(light.sky, &roof);
    let local = |mut hours: Vec<f64>| {
        if light.leap {
            // 29 February is left out, as no typical year has it.
            hours.drain(59 * 24..60 * 24);
        }
        if hours.len() != HOURS {
            return Err(format!("气象有 {} 小时（光伏计划应有全年 8760 小时）", hours.len()));
        }
        hours.rotate_right(light.first_hour % HOURS);
        // A rounding may leave a night hour a hair below nothing.
        hours.iter_mut().for_each(|hour| *hour = hour.max(0.0));
        Ok(hours)
    };
    let hours = local(found.power)?;
    let watts = local(found.irradiance)?;
    let mut watts = watts.iter();
    let light = MONTH_DAYS.map(|days| watts.by_ref().take(days * 24).sum::<f64>() / 1000.0);
    Ok(Yield { hours, light })
}

fn said(error: NoLayout) -> String {
    match error {
        NoLayout::Area(value) => format!("屋顶面积 {value} 平方米（应为零或更大）"),
        NoLayout::Share(value) => format!("可安装比例 {value}（应在 0 至 1 之间）"),
        NoLayout::Tilt(value) => format!("倾角 {value}（应在 0 至 90 度之间）"),
        NoLayout::Azimuth(value) => format!("方位角 {value}（应在 0 至 360 度之间，南为 180）"),
        NoLayout::Latitude(value) => format!("纬度 {value}（应为北纬 0 至 55 度；是否与经度颠倒）"),
        NoLayout::Module(_) => "方案 design 的组件（长、宽、瓦数应为正数）".to_owned(),
        NoLayout::Ratio(value) => format!("容配比 {value}（应在 0.5 至 3 之间）"),
        NoLayout::Limit(value) => format!("接入上限 {value} 千瓦（应为零或更大）"),
    }
}

fn unaccounted(error: NoFlows) -> String {
    match error {
        NoFlows::Length(hours) => format!("逐时序列有 {hours} 小时（应为 8760）"),
        NoFlows::Hour { hour, value } => format!("第 {hour} 小时为 {value}（应为零或更大）"),
        NoFlows::Size(value) => format!("容量或用电量 {value}（应为零或更大）"),
    }
}
