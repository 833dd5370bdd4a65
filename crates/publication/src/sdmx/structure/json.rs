//! Structures in SDMX-JSON.

use serde_json::{Map, Value, json};

use super::StructureMessage;
use super::components::{OF_MEASURE, Representation, concepts, of_attribute, of_dimension};
use crate::sdmx::artefact::{Artefact, Version};
use crate::sdmx::header::meta;
use crate::sdmx::model::{
    AGENCY, AGENCY_NAME, Attribute, CONCEPTS, CodeList, Dimension, FLOW_TEXT, VALUE,
};
use crate::sdmx::time::written;

/// Writes structures in SDMX-JSON: 1.0 for the older version of the standard, 2.0 for the newer one.
pub fn write(message: &StructureMessage<'_>, version: Version, language: &str) -> Vec<u8> {
    let writer = Writer { message, version, language };
    let mut data = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            data.insert(name.to_owned(), value);
        }
    };
    let lists: Vec<Value> = message.lists().map(|list| writer.list(list)).collect();
    put("agencySchemes", writer.one(Artefact::Agencies, Writer::agencies));
    put("codelists", (!lists.is_empty()).then_some(Value::Array(lists)));
    put("conceptSchemes", writer.one(Artefact::Concepts, Writer::concepts));
    put("dataflows", writer.one(Artefact::Flow, Writer::flow));
    put("dataStructures", writer.one(Artefact::Structure, Writer::structure));
    let constraints = match version {
        Version::V21 => "contentConstraints",
        Version::V30 => "dataConstraints",
    };
    put(constraints, writer.one(Artefact::Constraint, Writer::constraint));
    let meta = meta(message.header, language, ("structure", version));
    // Readers tell the form by the beginning.
    format!("{{\"meta\":{meta},\"data\":{}}}", Value::Object(data)).into_bytes()
}

struct Writer<'a> {
    message: &'a StructureMessage<'a>,
    version: Version,
    language: &'a str,
}

impl Writer<'_> {
    fn is_new(&self) -> bool {
        self.version == Version::V30
    }

    /// A list of the one artefact of its kind, where it is asked for.
    fn one(&self, artefact: Artefact, fill: fn(&Self, &mut Map<String, Value>)) -> Option<Value> {
        if !self.message.artefacts.contains(&artefact) {
            return None;
        }
        let mut fields = self.maintained(artefact);
        if !self.message.is_stub(artefact) {
            fill(self, &mut fields);
        }
        Some(json!([fields]))
    }

    fn maintained(&self, artefact: Artefact) -> Map<String, Value> {
        let mut fields = self.named(artefact.id(), artefact.name());
        fields.insert("agencyID".into(), artefact.agency().into());
        match (artefact, self.version) {
            (Artefact::Agencies, Version::V30) => {}
            (Artefact::Agencies, Version::V21) => {
                fields.insert("version".into(), "1.0".into());
            }
            _ => {
                fields.insert("version".into(), self.version.number().into());
            }
        }
        if self.message.is_stub(artefact) {
            fields.insert("isExternalReference".into(), true.into());
        } else if !self.is_new() {
            fields.insert("isFinal".into(), true.into());
        }
        let link = json!([{ "rel": "self", "urn": artefact.urn(self.version) }]);
        fields.insert("links".into(), link);
        fields
    }

    fn named(&self, id: &str, (chinese, english): (&str, &str)) -> Map<String, Value> {
        let mut fields = Map::new();
        fields.insert("id".into(), id.into());
        let best = if self.language == "en" && !english.is_empty() { english } else { chinese };
        fields.insert("name".into(), best.into());
        fields.insert("names".into(), both((chinese, english)));
        fields
    }

    fn agencies(&self, fields: &mut Map<String, Value>) {
        fields.insert("agencies".into(), json!([self.named(AGENCY, AGENCY_NAME)]));
    }

    fn flow(&self, fields: &mut Map<String, Value>) {
        let best = if self.language == "en" { FLOW_TEXT.1 } else { FLOW_TEXT.0 };
        fields.insert("description".into(), best.into());
        fields.insert("descriptions".into(), both(FLOW_TEXT));
        fields.insert("structure".into(), Artefact::Structure.urn(self.version).into());
    }

    fn list(&self, list: CodeList) -> Value {
        let mut fields = self.maintained(Artefact::List(list));
        if self.message.is_stub(Artefact::List(list)) {
            return Value::Object(fields);
        }
        if self.message.partial {
            fields.insert("isPartial".into(), true.into());
        }
        let codes = self.message.codes.of(list).iter();
        let codes = codes.filter(|code| !self.message.leaves_out(list, &code.id)).map(|code| {
            let mut fields = self.named(&code.id, (&code.chinese, &code.english));
            if !code.text.is_empty() {
                fields.insert("description".into(), code.text.as_str().into());
                fields.insert("descriptions".into(), both((&code.text, "")));
            }
            if let Some(parent) = &code.parent {
                fields.insert("parent".into(), parent.as_str().into());
            }
            Value::Object(fields)
        });
        fields.insert("codes".into(), Value::Array(codes.collect()));
        Value::Object(fields)
    }

    fn concepts(&self, fields: &mut Map<String, Value>) {
        let concepts = concepts().into_iter();
        let concepts = concepts.map(|one| Value::Object(self.named(one.id, one.name)));
        fields.insert("concepts".into(), Value::Array(concepts.collect()));
    }

    fn structure(&self, fields: &mut Map<String, Value>) {
        let dimension = |(at, one): (usize, Dimension)| {
            let mut fields = self.component(one.id(), &of_dimension(one));
            fields.insert("position".into(), at.into());
            if !self.is_new() {
                fields.insert("type".into(), "Dimension".into());
            }
            Value::Object(fields)
        };
        let dimensions: Vec<Value> =
            Dimension::SERIES.into_iter().enumerate().map(dimension).collect();
        let mut time = self.component(Dimension::Time.id(), &of_dimension(Dimension::Time));
        let mut measure = self.component(VALUE, &OF_MEASURE);
        let attributes: Vec<Value> = Attribute::ALL
            .into_iter()
            .map(|one| {
                let mut fields = self.component(one.id(), &of_attribute(one));
                let (usage, relation) = if self.is_new() {
                    (("usage", "optional"), json!({ "observation": {} }))
                } else {
                    (("assignmentStatus", "Conditional"), json!({ "primaryMeasure": VALUE }))
                };
                fields.insert(usage.0.into(), usage.1.into());
                fields.insert("attributeRelationship".into(), relation);
                Value::Object(fields)
            })
            .collect();
        let (dimension_list, measure_list) = if self.is_new() {
            measure.insert("usage".into(), "optional".into());
            (
                json!({ "id": "DimensionDescriptor", "dimensions": dimensions, "timeDimension": time }),
                json!({ "id": "MeasureDescriptor", "measures": [measure] }),
            )
        } else {
            time.insert("position".into(), Dimension::SERIES.len().into());
            time.insert("type".into(), "TimeDimension".into());
            (
                json!({ "id": "DimensionDescriptor", "dimensions": dimensions, "timeDimensions": [time] }),
                json!({ "id": "MeasureDescriptor", "primaryMeasure": measure }),
            )
        };
        let components = json!({
            "dimensionList": dimension_list,
            "attributeList": { "id": "AttributeDescriptor", "attributes": attributes },
            "measureList": measure_list,
        });
        fields.insert("dataStructureComponents".into(), components);
    }

    fn component(&self, id: &str, representation: &Representation) -> Map<String, Value> {
        let number = self.version.number();
        let concept = format!(
            "urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:{CONCEPTS}({number}).{id}"
        );
        let mut fields = Map::new();
        fields.insert("id".into(), id.into());
        fields.insert("conceptIdentity".into(), concept.into());
        let representation = match representation {
            Representation::Codes(list) => {
                json!({ "enumeration": Artefact::List(*list).urn(self.version) })
            }
            Representation::Text(kind) if self.is_new() => {
                json!({ "format": { "dataType": kind } })
            }
            Representation::Text(kind) => json!({ "textFormat": { "textType": kind } }),
        };
        fields.insert("localRepresentation".into(), representation);
        fields
    }

    fn constraint(&self, fields: &mut Map<String, Value>) {
        let available = self.message.available;
        let keys = available.codes.iter().map(|(dimension, codes)| {
            if self.is_new() {
                let values: Vec<Value> =
                    codes.iter().map(|code| json!({ "value": code })).collect();
                json!({ "id": dimension.id(), "include": true, "values": values })
            } else {
                json!({ "id": dimension.id(), "values": codes })
            }
        });
        let time = available.span().map(|(first, last)| {
            let id = Dimension::Time.id();
            if self.is_new() {
                let times = available.times.iter();
                let values: Vec<Value> =
                    times.map(|time| json!({ "value": written(*time) })).collect();
                json!({ "id": id, "include": true, "values": values })
            } else {
                json!({ "id": id, "timeRange": {
                    "startPeriod": { "period": first, "isInclusive": true },
                    "endPeriod": { "period": last, "isInclusive": true },
                } })
            }
        });
        let keys: Vec<Value> = keys.chain(time).collect();
        let (kind, include) =
            if self.is_new() { ("role", "include") } else { ("type", "isIncluded") };
        fields.insert(kind.into(), "Actual".into());
        let flow = Artefact::Flow.urn(self.version);
        fields.insert("constraintAttachment".into(), json!({ "dataflows": [flow] }));
        if !keys.is_empty() {
            fields.insert("cubeRegions".into(), json!([{ include: true, "keyValues": keys }]));
        }
        let metric = |id: &str, count: usize| json!({ "id": id, "title": count.to_string(), "type": "sdmx_metrics" });
        let metrics =
            [metric("series_count", available.series), metric("obs_count", available.figures)];
        fields.insert("annotations".into(), json!(metrics));
    }
}

/// A text in the languages in which there is one.
fn both((chinese, english): (&str, &str)) -> Value {
    if english.is_empty() {
        json!({ "zh": chinese })
    } else {
        json!({ "zh": chinese, "en": english })
    }
}
