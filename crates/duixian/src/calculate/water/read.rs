//! Sections of water from a table.

use std::path::Path;

use methods::water::{Body, Class, Item, Sample};
use rust_decimal::Decimal;
use terms::{Amount, Period};

use crate::error::Failure;
use crate::table_file::{self, Column, Row};

/// The columns before those of the items; the first two have to be there.
const ABOUT: [Column; 5] = [
    ("section", "断面"),
    ("target", "目标类别"),
    ("period", "时期"),
    ("body", "水体"),
    ("river", "河流"),
];

/// A section, with what was measured in it by and by.
pub(super) struct Section {
    pub(super) name: String,
    pub(super) river: String,
    pub(super) body: Body,
    pub(super) target: Class,
    /// The periods with their samples; a table without periods has one that is not named.
    pub(super) samples: Vec<(Option<Period>, Sample)>,
    /// Items of which a value was below the detection limit, so that half of the limit stands for it.
    pub(super) halved: Vec<Item>,
}

/// The heads of the columns of the items, in the order of [`Item::ALL`].
pub(super) fn names(item: Item) -> Column {
    match item {
        Item::Ph => ("ph", "pH值"),
        Item::Oxygen => ("do", "溶解氧"),
        Item::Permanganate => ("codmn", "高锰酸盐指数"),
        Item::Cod => ("cod", "化学需氧量"),
        Item::Bod5 => ("bod5", "五日生化需氧量"),
        Item::Ammonia => ("nh3n", "氨氮"),
        Item::Phosphorus => ("tp", "总磷"),
        Item::Copper => ("cu", "铜"),
        Item::Zinc => ("zn", "锌"),
        Item::Fluoride => ("f", "氟化物"),
        Item::Selenium => ("se", "硒"),
        Item::Arsenic => ("as", "砷"),
        Item::Mercury => ("hg", "汞"),
        Item::Cadmium => ("cd", "镉"),
        Item::Chromium => ("cr6", "六价铬"),
        Item::Lead => ("pb", "铅"),
        Item::Cyanide => ("cn", "氰化物"),
        Item::Phenols => ("phenol", "挥发酚"),
        Item::Oil => ("oil", "石油类"),
        Item::Surfactants => ("las", "阴离子表面活性剂"),
        Item::Sulphide => ("s", "硫化物"),
    }
}

/// Reads the sections of a table; several rows of one section are its periods.
pub(super) fn sections(file: &Path, bytes: &[u8]) -> Result<Vec<Section>, Failure> {
    let columns: Vec<Column> = ABOUT.into_iter().chain(Item::ALL.map(names)).collect();
    let rows = table_file::rows(file, bytes, &columns, 2)?;
    let mut sections: Vec<Section> = Vec::new();
    for row in &rows {
        let cell = |place: usize| row.cells.get(place).map_or("", String::as_str);
        let name = cell(0);
        if name.is_empty() {
            return Err(row.fault(file, "没有断面的名称"));
        }
        let target = class(cell(1)).ok_or_else(|| {
            row.fault(file, format!("目标类别“{}”（应为 Ⅰ 至 Ⅴ，或 1 至 5）", cell(1)))
        })?;
        let period = match cell(2) {
            "" => None,
            written => {
                let parsed = written.parse::<Period>();
                Some(parsed.map_err(|error| row.fault(file, error))?)
            }
        };
        let body = match cell(3) {
            "" | "河流" | "river" => Body::River,
            "湖库" | "湖泊" | "水库" | "lake" => Body::Lake,
            other => return Err(row.fault(file, format!("水体“{other}”（应为 河流 或 湖库）"))),
        };
        let (sample, halved) = sample(file, row)?;
        let place = match sections.iter().position(|known| known.name == name) {
            Some(place) => place,
            None => {
                let (name, river) = (name.to_owned(), cell(4).to_owned());
                let (samples, halved) = (Vec::new(), Vec::new());
                sections.push(Section { name, river, body, target, samples, halved });
                sections.len() - 1
            }
        };
        let Some(known) = sections.get_mut(place) else { continue };
        if (known.body, known.target, known.river.as_str()) != (body, target, cell(4)) {
            return Err(
                row.fault(file, format!("断面“{name}”的目标、水体或河流前后不同（应相同）"))
            );
        }
        if known.samples.iter().any(|(other, _)| *other == period) {
            return Err(row.fault(file, format!("断面“{name}”同一时期有两行（应只有一行）")));
        }
        known.samples.push((period, sample));
        known.halved.extend(halved);
    }
    for section in &mut sections {
        section.halved.sort_unstable();
        section.halved.dedup();
    }
    Ok(sections)
}

fn sample(file: &Path, row: &Row) -> Result<(Sample, Vec<Item>), Failure> {
    let mut sample = [None; 21];
    let mut halved = Vec::new();
    for ((place, item), slot) in Item::ALL.into_iter().enumerate().zip(&mut sample) {
        let written = row.cells.get(ABOUT.len() + place).map_or("", String::as_str);
        let missing = ["", "-", "--", "—", "——", "/"].contains(&written)
            || written.eq_ignore_ascii_case("NA");
        if missing {
            continue;
        }
        let (number, below) = match written.strip_prefix('<').or(written.strip_suffix('L')) {
            Some(limit) => (limit, true),
            None => (written, false),
        };
        let number = number.trim().parse::<Amount>().ok().and_then(|number| number.exact());
        let number: Decimal = number.ok_or_else(|| {
            let name = names(item).1;
            row.fault(
                file,
                format!("{name}“{written}”（应为十进制数，未检出写作 <检出限 或 检出限L）"),
            )
        })?;
        if below {
            halved.push(item);
        }
        *slot = Some(if below { number / Decimal::TWO } else { number });
    }
    Ok((sample, halved))
}

/// The class that is written, with Roman or other digits.
fn class(written: &str) -> Option<Class> {
    Some(match written.trim_end_matches('类').to_ascii_uppercase().as_str() {
        "Ⅰ" | "I" | "1" => Class::First,
        "Ⅱ" | "II" | "2" => Class::Second,
        "Ⅲ" | "III" | "3" => Class::Third,
        "Ⅳ" | "IV" | "4" => Class::Fourth,
        "Ⅴ" | "V" | "5" => Class::Fifth,
        _ => return None,
    })
}
