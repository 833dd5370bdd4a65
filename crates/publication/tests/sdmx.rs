//! Messages of SDMX, compared with files that were read by people and by the schemas of the standard.
//!
//! `UPDATE=1 cargo test -p publication --test sdmx` writes them anew; the difference is then to be read.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use publication::sdmx::data::{
    Action, CsvLayout, DataMessage, DataSet, JsonForm, Labels, ObservedBy, write_csv,
    write_generic, write_json, write_specific,
};
use publication::sdmx::error::{self, Failure};
use publication::sdmx::structure::{self, Available, StructureMessage};
use publication::sdmx::{Artefact, Attribute, Codes, Dimension, Header, Version, cells};
use terms::{
    Better, Day, Facet, Frequency, Indicator, Observation, ObservationStatus, Redefinition, Unit,
};

fn figure(period: &str, vintage: &str, value: &str) -> Observation {
    Observation {
        indicator: "gdp".into(),
        region: "330784".into(),
        facet: Facet::Level,
        period: period.parse().unwrap(),
        vintage: vintage.parse().unwrap(),
        value: (!value.is_empty()).then(|| value.parse().unwrap()),
        unit: Unit::new("亿元"),
        status: ObservationStatus::Normal,
        source: "统计月报".into(),
        note: "".into(),
    }
}

fn figures() -> Vec<Observation> {
    let growth = |observation: Observation| Observation {
        facet: Facet::Growth,
        unit: Unit::new("%"),
        ..observation
    };
    vec![
        Observation {
            status: ObservationStatus::Provisional,
            note: "初步核算 <未经审定> & \"待定\"".into(),
            ..figure("2022", "2023-01-20", "700.10")
        },
        figure("2023", "2024-01-20", "740.0"),
        figure("2024-01..02", "2024-03-18", "〓8.5"),
        figure("2024-Q1", "2024-04-18", "180"),
        Observation {
            status: ObservationStatus::Withdrawn,
            note: "误报".into(),
            ..figure("2024-H1", "2024-08-01", "")
        },
        growth(figure("2024-01..02", "2024-03-18", "-0.50")),
        growth(Observation {
            status: ObservationStatus::Missing,
            ..figure("2024-Q1", "2024-04-18", "")
        }),
    ]
}

fn redefinitions() -> Vec<Redefinition> {
    vec![Redefinition {
        indicator: "gdp".into(),
        region: None,
        from: "2023".parse().unwrap(),
        known: Day::new(2024, 1, 1).unwrap(),
        reason: "核算方法调整".into(),
    }]
}

fn codes() -> Codes {
    let catalogue = [Indicator {
        code: "gdp".into(),
        name: "地区生产总值".into(),
        english: "Gross regional product".into(),
        synonyms: Vec::new(),
        unit: "亿元".into(),
        better: Better::Higher,
        frequency: Frequency::Quarter,
        definition: "一个地区一定时期内生产活动的最终成果".into(),
        formula: String::new(),
        owner: "统计局".into(),
    }];
    let regions = [("330700", "金华市"), ("330784", "永康市")]
        .map(|(code, name)| (code.to_owned(), name.to_owned()));
    Codes::new(&catalogue, &BTreeMap::from(regions), [("gdp", "330784")].into_iter())
}

fn header() -> Header {
    Header { id: "DX-3-0123456789abcdef".into(), prepared: "2024-08-01T09:00:00+08:00".into() }
}

/// The text is that of the file; a readable line for each element or row.
fn same(name: &str, bytes: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sdmx").join(name);
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(kept == text, "{name} is another one; UPDATE=1 writes it anew\n{text}");
}

/// Figures and what was withdrawn, by what stands at the level of observations.
fn with_message<T>(by: ObservedBy, use_it: impl FnOnce(&DataMessage<'_>) -> T) -> T {
    let (figures, redefinitions) = (figures(), redefinitions());
    let all = cells(&figures, &redefinitions);
    let gone = |withdrawn: bool| {
        let is_gone = |status| status == ObservationStatus::Withdrawn;
        all.iter().filter(move |cell| is_gone(cell.figure.status) == withdrawn).copied().collect()
    };
    let set = |action, cells| DataSet { action, valid_from: None, cells }.ordered(by);
    let sets = [set(Action::Delete, gone(true)), set(Action::Replace, gone(false))];
    let (header, codes) = (header(), codes());
    use_it(&DataMessage {
        header: &header,
        codes: &codes,
        sets: &sets,
        by,
        observations: true,
        numbers: true,
        attributes: &Attribute::ALL,
    })
}

#[test]
fn figures_are_written_in_every_format() {
    let time = ObservedBy::Dimension(Dimension::Time);
    with_message(time, |message| {
        same("generic-2.1.xml", &write_generic(message));
        same("specific-2.1.xml", &write_specific(message, Version::V21));
        same("specific-3.0.xml", &write_specific(message, Version::V30));
        same("data-1.0.json", &write_json(message, JsonForm::One, "zh"));
        same("data-2.0.json", &write_json(message, JsonForm::Two, "en"));
        same("data-draft.json", &write_json(message, JsonForm::Draft, "zh"));
        let layout = CsvLayout {
            version: Version::V21,
            labels: Labels::Id,
            series_key: false,
            observation_key: false,
            english: false,
        };
        same("data-1.0.csv", &write_csv(message, &layout).unwrap());
        let both = CsvLayout { labels: Labels::Both, ..layout };
        same("data-1.0-both.csv", &write_csv(message, &both).unwrap());
        let new = CsvLayout {
            version: Version::V30,
            labels: Labels::Name,
            series_key: true,
            observation_key: true,
            english: true,
        };
        same("data-2.0-name.csv", &write_csv(message, &new).unwrap());
    });
    with_message(ObservedBy::All, |message| {
        same("generic-2.1-flat.xml", &write_generic(message));
        same("specific-3.0-flat.xml", &write_specific(message, Version::V30));
        same("data-2.0-flat.json", &write_json(message, JsonForm::Two, "zh"));
    });
    with_message(ObservedBy::Dimension(Dimension::Measure), |message| {
        same("generic-2.1-by-measure.xml", &write_generic(message));
    });
}

#[test]
fn structures_are_written_in_every_format() {
    let (figures, header, codes) = (figures(), header(), codes());
    let all = cells(&figures, &[]);
    let artefacts: BTreeSet<Artefact> = Artefact::all().into_iter().collect();
    let message = StructureMessage {
        header: &header,
        artefacts: &artefacts,
        stubs: &BTreeSet::new(),
        codes: &codes,
        available: &Available::of(&all, &Dimension::ALL),
        partial: false,
    };
    same("structure-2.1.xml", &structure::write_xml(&message, Version::V21));
    same("structure-3.0.xml", &structure::write_xml(&message, Version::V30));
    same("structure-1.0.json", &structure::write_json(&message, Version::V21, "zh"));
    same("structure-2.0.json", &structure::write_json(&message, Version::V30, "en"));
    // Of lists in part what stands above a code that is there is there too.
    let few = Available::of(&all[..2], &Dimension::ALL);
    let partial = StructureMessage { partial: true, available: &few, ..message };
    let text = String::from_utf8(structure::write_xml(&partial, Version::V21)).unwrap();
    assert!(text.contains("isPartial=\"true\"") && text.contains("id=\"330700\""));
    assert!(text.contains("Code id=\"LEVEL\"") && !text.contains("Code id=\"GROWTH\""));
    let stubs = StructureMessage { stubs: &artefacts, partial: false, ..partial };
    let text = String::from_utf8(structure::write_xml(&stubs, Version::V30)).unwrap();
    assert!(text.contains("isExternalReference=\"true\"") && !text.contains("<str:Code "));
}

#[test]
fn failures_are_written_in_both_formats() {
    let failure = Failure {
        code: 100,
        status: 404,
        chinese: "没有符合条件的结果".into(),
        english: "No results found".into(),
    };
    same("error.xml", &error::write_xml(&failure, Version::V21));
    same("error.json", &error::write_json(&failure, &header(), Version::V30, "en"));
}
