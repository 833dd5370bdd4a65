//! Buildings from a table: every row that cannot be is told with its place.

use std::collections::BTreeMap;

use geojson::{GeoJson, Geometry, GeometryValue};
use methods::programme::outline::{Corner, NoArea, area};
use methods::programme::roof::Mount;

use super::assumptions::{Assumptions, OTHER};
use crate::plan::{Grid, Row};

/// What a column may be called; units in brackets or behind an underscore are looked past.
const NAME: &[&str] = &["name", "building", "名称", "建筑名称", "建筑", "单位", "单位名称"];
const KIND: &[&str] =
    &["kind", "type", "building_type", "category", "类别", "类型", "建筑类型", "建筑类别"];
const AREA: &[&str] =
    &["roof_area", "area", "roof_area_m2", "area_m2", "roof_m2", "屋顶面积", "面积", "屋面面积"];
const OUTLINE: &[&str] = &[
    "polygon",
    "geojson",
    "geometry",
    "outline",
    "roof_polygon",
    "polygon_geojson",
    "多边形",
    "轮廓",
    "屋顶轮廓",
];
const TILT: &[&str] = &["tilt", "tilt_deg", "倾角"];
const AZIMUTH: &[&str] = &["azimuth", "azimuth_deg", "方位角", "朝向"];
const MOUNT: &[&str] = &["mount", "mounting", "铺设", "安装方式"];
const YEAR: &[&str] = &["year", "built", "year_built", "建成年份", "年份", "建成年"];
const LOAD: &[&str] = &[
    "load",
    "load_kwh",
    "annual_load_kwh",
    "yearly_kwh",
    "annual_kwh",
    "consumption_kwh",
    "年用电量",
    "用电量",
    "负荷",
];
const TARIFF: &[&str] = &[
    "tariff",
    "price",
    "tariff_yuan",
    "tariff_yuan_kwh",
    "tariff_yuan_per_kwh",
    "电价",
    "自用电价",
];
const GRID: &[&str] =
    &["grid_limit", "grid_limit_kw", "grid_kw", "接入上限", "接入容量", "并网上限", "电网上限"];
const FEEDER: &[&str] = &["feeder", "transformer", "馈线", "变压器", "台区"];
const FEEDER_LIMIT: &[&str] =
    &["feeder_limit", "feeder_limit_kw", "feeder_kw", "馈线上限", "馈线容量", "变压器容量"];
const LATITUDE: &[&str] = &["lat", "latitude", "纬度"];
const LONGITUDE: &[&str] = &["lon", "lng", "longitude", "经度"];

/// A building.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Building {
    pub(crate) name: String,
    /// The code of its kind.
    pub(crate) kind: String,
    /// Square metres of roof.
    pub(crate) area: f64,
    pub(crate) tilt: f64,
    pub(crate) azimuth: f64,
    pub(crate) mount: Mount,
    /// When it was built.
    pub(crate) year: Option<i32>,
    /// Kilowatt-hours a year.
    pub(crate) load: Option<f64>,
    /// Yuan a kilowatt-hour.
    pub(crate) tariff: Option<f64>,
    /// Kilowatts that its connection takes.
    pub(crate) limit: Option<f64>,
    pub(crate) feeder: Option<String>,
    /// Where its row stands.
    pub(crate) place: String,
}

/// A table of buildings.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) buildings: Vec<Building>,
    /// Kilowatts that feeders take, as the table says.
    pub(crate) feeders: BTreeMap<String, f64>,
    /// The middle of the places that are told: latitude, longitude.
    pub(crate) middle: Option<(f64, f64)>,
    /// What was taken for granted, in Chinese.
    pub(crate) notes: Vec<String>,
}

/// Reads a CSV file or workbook; or every fault, with its place.
///
/// # Errors
/// In Chinese.
pub(crate) fn read(bytes: &[u8], assumed: &Assumptions) -> Result<Table, Vec<String>> {
    let names = [NAME, AREA, OUTLINE, KIND].concat();
    let fits = |title: &str| names.contains(&plain(title).as_str());
    let grid = Grid::headed(bytes, "name、kind、roof_area（名称、类别、屋顶面积）", fits)
        .map_err(|fault| vec![fault])?;
    let reader = Reader::of(&grid).map_err(|fault| vec![fault])?;
    let mut table = Table::default();
    let mut known: BTreeMap<String, String> = BTreeMap::new();
    let mut faults = Vec::new();
    let mut counts = Counts::default();
    let mut places = Vec::new();
    for row in grid.rows() {
        match reader.building(row, assumed, &mut counts) {
            Err(mut wrong) => faults.append(&mut wrong),
            Ok((building, at, feeder)) => {
                if let Some(first) = known.get(&building.name) {
                    let place = grid.place(row, reader.name);
                    let name = &building.name;
                    faults.push(format!("{place}：名称“{name}”与{first}重复（应各不相同）"));
                    continue;
                }
                known.insert(building.name.clone(), building.place.clone());
                places.extend(at);
                if let Some((name, limit)) = building.feeder.clone().zip(feeder) {
                    let told = table.feeders.entry(name.clone()).or_insert(limit);
                    if *told != limit {
                        let place = grid.place(row, reader.feeder_limit);
                        faults.push(format!(
                            "{place}：馈线“{name}”的上限 {limit} 与前面的 {told} 不同（应只有一个）"
                        ));
                    }
                }
                table.buildings.push(building);
            }
        }
    }
    if faults.is_empty() && table.buildings.is_empty() {
        faults.push("没有数据行".to_owned());
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    if !places.is_empty() {
        let count = places.len() as f64;
        let sum = places.iter().fold((0.0, 0.0), |sum, at| (sum.0 + at.0, sum.1 + at.1));
        table.middle = Some((sum.0 / count, sum.1 / count));
    }
    counts.tell(&mut table.notes, assumed);
    Ok(table)
}

/// A title without its unit in brackets, in small letters, with `_` between words.
fn plain(title: &str) -> String {
    let title = title.split(['(', '（', '/', '[']).next().unwrap_or_default();
    title.trim().to_lowercase().replace([' ', '-'], "_").replace('²', "2")
}

/// The column that bears one of these names.
fn column(heading: &[String], names: &[&str]) -> Result<Option<usize>, String> {
    let fits = |title: &String| names.contains(&plain(title).as_str());
    let mut fitting = heading.iter().enumerate().filter(|(_, title)| fits(title));
    let first = fitting.next().map(|(at, _)| at);
    match fitting.next() {
        Some((_, title)) => Err(format!("表头的“{title}”列重复（应只有一列）")),
        None => Ok(first),
    }
}

/// How often something was taken for granted.
#[derive(Debug, Default)]
struct Counts {
    tilt: usize,
    azimuth: usize,
    load: usize,
    tariff: usize,
    kinds: BTreeMap<String, usize>,
}

impl Counts {
    fn tell(&self, notes: &mut Vec<String>, assumed: &Assumptions) {
        let design = assumed.design;
        if self.tilt > 0 {
            notes.push(format!("{} 栋没有倾角，作 {} 度", self.tilt, design.tilt));
        }
        if self.azimuth > 0 {
            notes.push(format!("{} 栋没有方位角，作 {} 度", self.azimuth, design.azimuth));
        }
        if self.load > 0 {
            notes.push(format!("{} 栋没有用电量，发电全部作上网", self.load));
        }
        if self.tariff > 0 {
            let price = assumed.money.own_price;
            notes.push(format!("{} 栋没有电价，自用作 {price} 元/千瓦时", self.tariff));
        }
        for (kind, count) in &self.kinds {
            notes.push(format!("{count} 栋的类别“{kind}”不认识，作其他"));
        }
    }
}

/// The columns of a table.
struct Reader<'a> {
    grid: &'a Grid,
    name: Option<usize>,
    kind: Option<usize>,
    area: Option<usize>,
    outline: Option<usize>,
    tilt: Option<usize>,
    azimuth: Option<usize>,
    mount: Option<usize>,
    year: Option<usize>,
    load: Option<usize>,
    tariff: Option<usize>,
    limit: Option<usize>,
    feeder: Option<usize>,
    feeder_limit: Option<usize>,
    latitude: Option<usize>,
    longitude: Option<usize>,
}

/// What a row says: the building, its latitude and longitude, and what its feeder takes.
type Told = (Building, Option<(f64, f64)>, Option<f64>);

impl<'a> Reader<'a> {
    fn of(grid: &'a Grid) -> Result<Self, String> {
        let column = |names: &[&str]| column(grid.heading(), names);
        let found = Reader {
            grid,
            name: column(NAME)?,
            kind: column(KIND)?,
            area: column(AREA)?,
            outline: column(OUTLINE)?,
            tilt: column(TILT)?,
            azimuth: column(AZIMUTH)?,
            mount: column(MOUNT)?,
            year: column(YEAR)?,
            load: column(LOAD)?,
            tariff: column(TARIFF)?,
            limit: column(GRID)?,
            feeder: column(FEEDER)?,
            feeder_limit: column(FEEDER_LIMIT)?,
            latitude: column(LATITUDE)?,
            longitude: column(LONGITUDE)?,
        };
        let missing = [
            (found.name.is_none(), "name（名称）"),
            (found.kind.is_none(), "kind（类别）"),
            (
                found.area.is_none() && found.outline.is_none(),
                "roof_area（屋顶面积）或 polygon（轮廓）",
            ),
        ];
        match missing.iter().find(|(missing, _)| *missing) {
            Some((_, what)) => Err(format!("表头没有 {what} 列")),
            None => Ok(found),
        }
    }

    fn building(
        &self,
        row: &Row,
        assumed: &Assumptions,
        counts: &mut Counts,
    ) -> Result<Told, Vec<String>> {
        let mut faults = Vec::new();
        let mut text = |column| match self.grid.text(row, column) {
            Ok(text) => text,
            Err(fault) => {
                faults.push(fault);
                ""
            }
        };
        let (name, kind, mount) = (text(self.name), text(self.kind), text(self.mount));
        let feeder = Some(text(self.feeder)).filter(|feeder| !feeder.is_empty());
        let outline = text(self.outline);
        let mut number = |what: &str, column, low: f64, high: f64, expected: &str| {
            let text = match self.grid.text(row, column) {
                Ok("") => return None,
                Ok(text) => text.replace([',', '，'], ""),
                Err(fault) => {
                    faults.push(fault);
                    return None;
                }
            };
            let number = text.parse::<f64>().ok().filter(|number| (low..=high).contains(number));
            if number.is_none() {
                let place = self.grid.place(row, column);
                faults.push(format!("{place}：{what}“{text}”（应为{expected}）"));
            }
            number
        };
        let much = 1e9;
        let area = number("屋顶面积", self.area, 0.0, 1e7, "零或更大的平方米数");
        let tilt = number("倾角", self.tilt, 0.0, 90.0, "0 至 90 度");
        let azimuth =
            number("方位角", self.azimuth, 0.0, 360.0, "0 至 360 度，北 0、东 90、南 180");
        let year = number("年份", self.year, 1800.0, 2200.0, "建成年份，如 1998");
        let load = number("用电量", self.load, 0.0, much, "零或更大的千瓦时数");
        let tariff = number("电价", self.tariff, 0.0, 10.0, "0 至 10 元/千瓦时");
        let limit = number("接入上限", self.limit, 0.0, much, "零或更大的千瓦数");
        let feeder_limit = number("馈线上限", self.feeder_limit, 0.0, much, "零或更大的千瓦数");
        let swapped = "−90 至 90 度；是否与经度颠倒";
        let latitude = number("纬度", self.latitude, -90.0, 90.0, swapped);
        let longitude = number("经度", self.longitude, -180.0, 180.0, "−180 至 180 度");
        let mut wrong =
            |column, said: String| faults.push(format!("{}：{said}", self.grid.place(row, column)));
        if name.is_empty() {
            wrong(self.name, "没有名称（应写明建筑）".to_owned());
        }
        let told = self.grid.text(row, self.area).is_ok_and(|text| !text.is_empty());
        let area = match (told, outline) {
            (true, _) => area,
            (false, "") => {
                wrong(
                    self.area.or(self.outline),
                    "没有屋顶面积（应为平方米数，或给出轮廓）".to_owned(),
                );
                None
            }
            (false, outline) => match area_of(outline) {
                Ok(area) => Some(area),
                Err(fault) => {
                    wrong(self.outline, fault);
                    None
                }
            },
        };
        let mount = match mount {
            "" | "rows" | "支架" | "阵列" => Some(Mount::Rows),
            "flush" | "平铺" | "顺坡" => Some(Mount::Flush),
            other => {
                wrong(self.mount, format!("铺设“{other}”（应为 rows 支架或 flush 平铺）"));
                None
            }
        };
        let (Some(area), Some(mount), true) = (area, mount, faults.is_empty()) else {
            return Err(faults);
        };
        counts.tilt += usize::from(tilt.is_none());
        counts.azimuth += usize::from(azimuth.is_none());
        counts.load += usize::from(load.is_none());
        counts.tariff += usize::from(tariff.is_none());
        let code = assumed.kind_of(kind).unwrap_or_else(|| {
            *counts.kinds.entry(kind.to_owned()).or_default() += 1;
            OTHER
        });
        let building = Building {
            name: name.to_owned(),
            kind: code.to_owned(),
            area,
            tilt: tilt.unwrap_or(assumed.design.tilt),
            azimuth: azimuth.unwrap_or(assumed.design.azimuth),
            mount,
            // Within 1800 and 2200.
            year: year.map(|year| year as i32),
            load,
            tariff,
            limit,
            feeder: feeder.map(str::to_owned),
            place: self.grid.place(row, self.name),
        };
        Ok((building, latitude.zip(longitude), feeder_limit))
    }
}

/// The area of the polygons of a geometry or feature.
fn area_of(text: &str) -> Result<f64, String> {
    let expected = "应为 GeoJSON 的 Polygon 或 MultiPolygon，经度在前";
    let read: GeoJson =
        text.parse().map_err(|error| format!("轮廓不是 GeoJSON：{error}（{expected}）"))?;
    let geometry: Option<Geometry> = match read {
        GeoJson::Geometry(geometry) => Some(geometry),
        GeoJson::Feature(feature) => feature.geometry,
        GeoJson::FeatureCollection(_) => None,
    };
    let polygons = match geometry.map(|geometry| geometry.value) {
        Some(GeometryValue::Polygon { coordinates }) => vec![coordinates],
        Some(GeometryValue::MultiPolygon { coordinates }) => coordinates,
        _ => return Err(format!("轮廓不是多边形（{expected}）")),
    };
    let mut sum = 0.0;
    for polygon in polygons {
        let mut rings = Vec::new();
        for ring in polygon {
            let corners: Option<Vec<Corner>> = ring
                .iter()
                .map(|position| {
                    let position = position.as_slice();
                    Some([*position.first()?, *position.get(1)?])
                })
                .collect();
            rings.push(corners.ok_or_else(|| format!("轮廓有一点没有经纬度（{expected}）"))?);
        }
        let (outer, holes) =
            rings.split_first().ok_or_else(|| format!("轮廓是空的（{expected}）"))?;
        sum += area(outer, holes).map_err(|error| match error {
            NoArea::Corners(count) => format!("轮廓只有 {count} 个角（应为三个以上）"),
            NoArea::Corner([one, other]) => {
                format!("轮廓有一点 [{one}, {other}]（应为 [经度, 纬度]；是否颠倒）")
            }
            NoArea::Wide(wide) => format!("轮廓宽 {wide:.2} 度（应为一个屋顶）"),
        })?;
    }
    Ok(sum)
}
