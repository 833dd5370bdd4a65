//! Boundaries of regions from a file of GeoJSON (RFC 7946).

use geojson::{Feature, GeoJson, GeometryValue, JsonValue};
use ledger::Ledger;
use terms::{Boundary, Day, Outline, Polygon, Position, covers};

use crate::entered;

/// What a feature may call the code of its region where nobody tells.
const CODES: [&str; 5] = ["code", "adcode", "代码", "区划代码", "行政区划代码"];

/// Coordinate systems of longitude and latitude in degrees, by what their names hold. What the second and the third
/// differ by is less than a picture shows.
const DEGREES: [&str; 3] = ["CRS84", "4326", "4490"];

/// How a file of boundaries is read.
pub(crate) struct Asked<'a> {
    /// The property that holds the code or name of the region; one of the usual ones where none is told.
    pub(crate) code_field: Option<&'a str>,
    /// Only regions that belong to this one, or are it.
    pub(crate) under: Option<&'a str>,
    /// The first day on which the boundaries hold.
    pub(crate) since: Day,
}

/// The boundaries in a file; or every fault, in Chinese, with the feature where it is.
///
/// # Errors
/// Where the file is no GeoJSON of longitudes and latitudes, or a feature is no region with an outline.
pub(crate) fn read(
    bytes: &[u8],
    asked: &Asked<'_>,
    ledger: &Ledger,
) -> Result<Vec<Boundary>, Vec<String>> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        vec![format!("第{}字节起不是 UTF-8（应为 GeoJSON 文本）", error.valid_up_to())]
    })?;
    let features = features(text).map_err(|fault| vec![fault])?;
    let field = field(&features, asked.code_field).map_err(|fault| vec![fault])?;
    let (mut found, mut faults) = (Vec::<Boundary>::new(), Vec::new());
    for (number, feature) in (1..).zip(features) {
        match boundary(feature, &field, asked, ledger) {
            Ok(None) => {}
            Ok(Some(boundary)) if found.iter().any(|known| known.region == boundary.region) => {
                faults.push(format!(
                    "第{number}个要素：地区 {} 重复（应只出现一次）",
                    boundary.region
                ));
            }
            Ok(Some(boundary)) => found.push(boundary),
            Err(fault) => faults.push(format!("第{number}个要素：{fault}")),
        }
    }
    if faults.is_empty() && found.is_empty() {
        faults.push("没有要录入的地区（应有带多边形的要素）".to_owned());
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

fn features(text: &str) -> Result<Vec<Feature>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let read: GeoJson =
        text.parse().map_err(|error| format!("不是 GeoJSON：{error}（应为 FeatureCollection）"))?;
    let GeoJson::FeatureCollection(all) = read else {
        return Err("应为 FeatureCollection，每个要素是一个地区".to_owned());
    };
    // An older edition of the format names the coordinate system.
    let system = all.foreign_members.as_ref().and_then(|members| members.get("crs"));
    let name = system.map(|system| system["properties"]["name"].as_str().unwrap_or("?").to_owned());
    match name {
        Some(name) if !DEGREES.iter().any(|known| name.contains(known)) => {
            Err(format!("坐标系“{name}”（应为经纬度：CRS84、EPSG:4326 或 EPSG:4490）"))
        }
        _ => Ok(all.features),
    }
}

/// The property that holds the code.
fn field(features: &[Feature], told: Option<&str>) -> Result<String, String> {
    let has = |name: &str| features.iter().any(|feature| feature.property(name).is_some());
    let known = || {
        let first = features.first().and_then(|feature| feature.properties.as_ref());
        let names = first.map(|properties| properties.keys().cloned().collect::<Vec<_>>());
        names.unwrap_or_default().join("、")
    };
    match told {
        Some(name) if has(name) => Ok(name.to_owned()),
        Some(name) => {
            Err(format!("没有要素有属性“{name}”（--code-field 应为其中之一：{}）", known()))
        }
        None => {
            CODES.iter().find(|name| has(name)).map(|name| (*name).to_owned()).ok_or_else(|| {
                format!("不知道哪个属性是代码（应以 --code-field 指明，其中之一：{}）", known())
            })
        }
    }
}

/// The boundary of a feature; `None` for a region that was not asked for.
fn boundary(
    feature: Feature,
    field: &str,
    asked: &Asked<'_>,
    ledger: &Ledger,
) -> Result<Option<Boundary>, String> {
    let written = match feature.property(field) {
        Some(JsonValue::String(text)) => text.trim().to_owned(),
        Some(JsonValue::Number(number)) => number.to_string(),
        _ => return Err(format!("没有属性“{field}”（应为地区的代码或名称）")),
    };
    let region = match entered::region(&written, Some(ledger)) {
        Ok(region) => region,
        // Of a file of a whole province only a part may be wanted, whose regions alone are known.
        Err(_) if asked.under.is_some_and(|under| !covers(under, &written)) => return Ok(None),
        Err(error) => return Err(error),
    };
    if asked.under.is_some_and(|under| !covers(under, &region)) {
        return Ok(None);
    }
    let polygons = match feature.geometry.map(|geometry| geometry.value) {
        Some(GeometryValue::Polygon { coordinates }) => vec![polygon(&coordinates)?],
        Some(GeometryValue::MultiPolygon { coordinates }) => {
            coordinates.iter().map(|one| polygon(one)).collect::<Result<_, _>>()?
        }
        Some(other) => {
            let found = other.type_name();
            return Err(format!("{region} 的图形是 {found}（应为 Polygon 或 MultiPolygon）"));
        }
        None => return Err(format!("{region} 没有图形（应为 Polygon 或 MultiPolygon）")),
    };
    let outline = Outline::new(polygons).map_err(|error| format!("{region} {error}"))?;
    Ok(Some(Boundary { region, since: asked.since, outline }))
}

/// A polygon; heights are left out.
fn polygon(rings: &[Vec<geojson::Position>]) -> Result<Polygon, String> {
    let position = |position: &geojson::Position| -> Result<Position, String> {
        match position.as_slice() {
            [longitude, latitude, ..] => Ok([*longitude, *latitude]),
            _ => Err("一个点少于两个数（应为 [经度, 纬度]）".to_owned()),
        }
    };
    rings.iter().map(|ring| ring.iter().map(position).collect()).collect()
}
