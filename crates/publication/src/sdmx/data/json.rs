//! Figures in SDMX-JSON 1.0 and 2.0, and in the draft of 1.0.
//!
//! Numbers are written as they were published, `6.0` as 6.0: JSON numbers have as many digits as one gives them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use terms::Period;

use super::{DataMessage, DataSet, ObservedBy};
use crate::sdmx::artefact::{Artefact, Version};
use crate::sdmx::cell::Cell;
use crate::sdmx::header::meta;
use crate::sdmx::model::{
    Attribute, Bilingual, Code, Dimension, FLOW_NAME, FLOW_TEXT, VALUE, VALUE_NAME,
};
use crate::sdmx::time::{bounds, written};

/// About so many bytes are written for a figure.
const ROOM: usize = 60;

/// The forms that SDMX-JSON has had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JsonForm {
    /// The working draft of 1.0: without a level for data. Older clients read no other.
    Draft,
    /// 1.0.
    One,
    /// 2.0.
    Two,
}

impl JsonForm {
    fn version(self) -> Version {
        if self == JsonForm::Two { Version::V30 } else { Version::V21 }
    }
}

/// Writes figures in SDMX-JSON.
pub fn write(message: &DataMessage<'_>, form: JsonForm, language: &str) -> Vec<u8> {
    let version = form.version();
    let places = Places::of(message);
    let count: usize = message.sets.iter().map(|set| set.cells.len()).sum();
    let mut text = String::with_capacity(4_000 + count * ROOM);
    let structure = structure(message, &places, form, language);
    let meta = meta(message.header, language, ("data", version));
    text.push_str(&match form {
        JsonForm::Draft => format!("{{\"header\":{meta},\"structure\":{structure}"),
        JsonForm::One => format!("{{\"meta\":{meta},\"data\":{{\"structure\":{structure}"),
        JsonForm::Two => format!("{{\"meta\":{meta},\"data\":{{\"structures\":[{structure}]"),
    });
    text.push_str(",\"dataSets\":[");
    for (number, set) in message.sets.iter().enumerate() {
        if number > 0 {
            text.push(',');
        }
        data_set(&mut text, message, &places, (set, version));
    }
    text.push_str(if form == JsonForm::Draft { "]}" } else { "]}}" });
    text.into_bytes()
}

/// The places of all values that occur, by which figures name them.
struct Places {
    dimensions: BTreeMap<Dimension, BTreeMap<String, usize>>,
    attributes: BTreeMap<Attribute, BTreeMap<String, usize>>,
    /// The times in their order; their places are those of [`Places::dimensions`].
    times: Vec<Period>,
}

impl Places {
    fn of(message: &DataMessage<'_>) -> Places {
        let mut times: BTreeMap<(Period, String), Period> = BTreeMap::new();
        let mut dimensions: BTreeMap<Dimension, BTreeSet<String>> = BTreeMap::new();
        let mut attributes: BTreeMap<Attribute, BTreeSet<String>> = BTreeMap::new();
        let add = |known: &mut BTreeSet<String>, value: &str| {
            if !known.contains(value) {
                known.insert(value.to_owned());
            }
        };
        for set in message.sets {
            for cell in &set.cells {
                for dimension in Dimension::SERIES {
                    add(dimensions.entry(dimension).or_default(), &cell.value(dimension));
                }
                times.insert((cell.slot.time, written(cell.slot.time)), cell.slot.time);
                if !message.observations {
                    continue;
                }
                for attribute in message.attributes_of(set) {
                    if let Some(value) = cell.attribute(*attribute) {
                        add(attributes.entry(*attribute).or_default(), &value);
                    }
                }
            }
        }
        let numbered = |values: BTreeSet<String>| {
            values.into_iter().enumerate().map(|(at, value)| (value, at)).collect()
        };
        let mut dimensions: BTreeMap<_, BTreeMap<String, usize>> =
            dimensions.into_iter().map(|(one, values)| (one, numbered(values))).collect();
        let in_order = times.keys().enumerate().map(|(at, (_, text))| (text.clone(), at));
        dimensions.insert(Dimension::Time, in_order.collect());
        let attributes =
            attributes.into_iter().map(|(one, values)| (one, numbered(values))).collect();
        Places { dimensions, attributes, times: times.into_values().collect() }
    }

    fn key(&self, cell: &Cell<'_>, dimensions: &[Dimension]) -> String {
        let place = |dimension: &Dimension| {
            let known = self.dimensions.get(dimension);
            let place = known.and_then(|known| known.get(cell.value(*dimension).as_ref()));
            place.copied().unwrap_or_default().to_string()
        };
        dimensions.iter().map(place).collect::<Vec<_>>().join(":")
    }
}

fn named(id: &str, (chinese, english): (&str, &str), language: &str) -> Value {
    let best = best(chinese, english, language);
    let names = if english.is_empty() {
        json!({ "zh": chinese })
    } else {
        json!({ "zh": chinese, "en": english })
    };
    json!({ "id": id, "name": best, "names": names })
}

fn best<'a>(chinese: &'a str, english: &'a str, language: &str) -> &'a str {
    if language == "en" && !english.is_empty() { english } else { chinese }
}

fn with(mut value: Value, fields: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    if let Value::Object(known) = &mut value {
        known.extend(fields.into_iter().map(|(name, value)| (name.to_owned(), value)));
    }
    value
}

fn structure(message: &DataMessage<'_>, places: &Places, form: JsonForm, language: &str) -> Value {
    let version = form.version();
    let (by_series, by_observation) = match message.by {
        ObservedBy::Dimension(_) => (message.by.series(), message.by.observation()),
        ObservedBy::All => (Vec::new(), Dimension::ALL.to_vec()),
    };
    let dimension = |one: &Dimension| {
        let position = Dimension::ALL.iter().position(|known| known == one).unwrap_or_default();
        let values = dimension_values(message, places, *one, language);
        let fields = [("keyPosition", json!(position)), ("values", values)];
        with(named(one.id(), one.name(), language), fields)
    };
    let dimensions = |all: &[Dimension]| all.iter().map(dimension).collect::<Vec<_>>();
    let attributes = message.attributes.iter().filter(|_| message.observations).map(|one| {
        let relationship = match version {
            Version::V21 => json!({ "primaryMeasure": VALUE }),
            Version::V30 => json!({ "observation": {} }),
        };
        let mut fields = vec![("relationship", relationship)];
        let values = attribute_values(message, places, *one, (form, language));
        // The newer version allows no list that is empty.
        if version == Version::V21 || !values.is_empty() {
            fields.push(("values", Value::Array(values)));
        }
        with(named(one.id(), one.name(), language), fields)
    });
    let FlowWords { name, names, text, texts } = flow_words(language);
    let observed = if message.sets.iter().all(|set| set.cells.is_empty()) {
        // Of no figure there are no values, and lists without any are not allowed everywhere.
        json!({ "dataSet": [], "series": [], "observation": [] })
    } else {
        json!({
            "dataSet": [],
            "series": dimensions(&by_series),
            "observation": dimensions(&by_observation),
        })
    };
    let mut structure = json!({
        "links": links(version),
        "name": name, "names": names, "description": text, "descriptions": texts,
        "dimensions": observed,
        "attributes": {
            "dataSet": [],
            "series": [],
            "observation": attributes.collect::<Vec<_>>(),
        },
    });
    if version == Version::V30 {
        let numbers = message.numbers && message.observations;
        let measures: Vec<Value> =
            numbers.then(|| named(VALUE, VALUE_NAME, language)).into_iter().collect();
        let mut fields = vec![("measures", json!({ "observation": measures }))];
        if !message.sets.is_empty() {
            fields.push(("dataSets", json!((0..message.sets.len()).collect::<Vec<_>>())));
        }
        structure = with(structure, fields);
    }
    structure
}

struct FlowWords {
    name: &'static str,
    names: Value,
    text: &'static str,
    texts: Value,
}

fn flow_words(language: &str) -> FlowWords {
    let best = |(chinese, english): Bilingual| if language == "en" { english } else { chinese };
    let both = |(chinese, english): Bilingual| json!({ "zh": chinese, "en": english });
    let (name, text) = (best(FLOW_NAME), best(FLOW_TEXT));
    FlowWords { name, names: both(FLOW_NAME), text, texts: both(FLOW_TEXT) }
}

fn links(version: Version) -> Value {
    json!([
        { "rel": "dataflow", "urn": Artefact::Flow.urn(version) },
        { "rel": "structure", "urn": Artefact::Structure.urn(version) },
    ])
}

fn dimension_values(
    message: &DataMessage<'_>,
    places: &Places,
    dimension: Dimension,
    language: &str,
) -> Value {
    if dimension == Dimension::Time {
        let times = places.times.iter().map(|time| {
            let ((start, end), id) = (bounds(*time), written(*time));
            // As a moment with a zone, which readers of dates demand.
            json!({
                "id": id, "name": id,
                "start": format!("{start}T00:00:00Z"), "end": format!("{end}T23:59:59Z"),
            })
        });
        return times.collect();
    }
    let Some(known) = places.dimensions.get(&dimension) else { return json!([]) };
    let mut values: Vec<(&String, &usize)> = known.iter().collect();
    values.sort_by_key(|(_, at)| **at);
    let coded = |id: &str| {
        let code = dimension.list().and_then(|list| message.codes.get(list, id));
        code_value(id, code, language)
    };
    values.into_iter().map(|(id, _)| coded(id)).collect()
}

fn code_value(id: &str, code: Option<&Code>, language: &str) -> Value {
    match code {
        Some(code) => named(id, (&code.chinese, &code.english), language),
        None => json!({ "id": id, "name": id }),
    }
}

fn attribute_values(
    message: &DataMessage<'_>,
    places: &Places,
    attribute: Attribute,
    (form, language): (JsonForm, &str),
) -> Vec<Value> {
    let Some(known) = places.attributes.get(&attribute) else { return Vec::new() };
    let mut values: Vec<(&String, &usize)> = known.iter().collect();
    values.sort_by_key(|(_, at)| **at);
    let value = |text: &str| match (attribute.list(), form) {
        (Some(list), JsonForm::Draft) => {
            // The draft knows one name of a code.
            let code = message.codes.get(list, text);
            let name = code.map_or(text, |code| best(&code.chinese, &code.english, language));
            json!({ "id": text, "name": name })
        }
        (Some(list), _) => code_value(text, message.codes.get(list, text), language),
        (None, JsonForm::Two) => json!({ "value": text }),
        (None, _) => json!({ "name": text }),
    };
    values.into_iter().map(|(text, _)| value(text)).collect()
}

fn data_set(
    text: &mut String,
    message: &DataMessage<'_>,
    places: &Places,
    (set, version): (&DataSet<'_>, Version),
) {
    let links = links(version);
    text.push_str(&format!("{{\"action\":\"{}\",\"links\":{links},", set.action.word()));
    if version == Version::V30 {
        text.push_str("\"structure\":0,");
    }
    if let Some(day) = set.valid_from {
        text.push_str(&format!("\"validFrom\":\"{day}T00:00:00Z\","));
    }
    let own_keys = message.by.observation();
    if message.by == ObservedBy::All {
        text.push_str("\"observations\":");
        observations(text, message, places, (set, &set.cells, &own_keys));
        text.push('}');
        return;
    }
    let keys = message.by.series();
    text.push_str("\"series\":{");
    for (number, series) in set.series(&keys).enumerate() {
        let Some(first) = series.first() else { continue };
        if number > 0 {
            text.push(',');
        }
        let key = places.key(first, &keys);
        text.push_str(&format!("\"{key}\":{{\"attributes\":[],\"observations\":"));
        let cells = if message.observations { series } else { &[] };
        observations(text, message, places, (set, cells, &own_keys));
        text.push('}');
    }
    text.push_str("}}");
}

fn observations(
    text: &mut String,
    message: &DataMessage<'_>,
    places: &Places,
    (set, cells, keys): (&DataSet<'_>, &[Cell<'_>], &[Dimension]),
) {
    text.push('{');
    for (number, cell) in cells.iter().enumerate() {
        if number > 0 {
            text.push(',');
        }
        text.push('"');
        text.push_str(&places.key(cell, keys));
        text.push_str("\":[");
        let mut parts: Vec<String> = Vec::new();
        if message.numbers {
            parts.push(cell.number().unwrap_or_else(|| "null".to_owned()));
        }
        let told = message.attributes_of(set);
        for attribute in message.attributes {
            let value = cell.attribute(*attribute).filter(|_| told.contains(attribute));
            let place = value.and_then(|value| {
                places.attributes.get(attribute).and_then(|known| known.get(value.as_ref()))
            });
            parts.push(place.map_or_else(|| "null".to_owned(), usize::to_string));
        }
        // What is not told at the end goes without saying.
        while parts.len() > 1 && parts.last().is_some_and(|last| last == "null") {
            parts.pop();
        }
        text.push_str(&parts.join(","));
        text.push(']');
    }
    text.push('}');
}
