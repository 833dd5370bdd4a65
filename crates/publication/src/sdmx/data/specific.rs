//! Figures in SDMX-ML, the form that is specific to the structure: 2.1 and 3.0.

use super::{DataMessage, DataSet, ObservedBy};
use crate::sdmx::artefact::{Artefact, Version};
use crate::sdmx::cell::Cell;
use crate::sdmx::header::{self, namespaces, reference};
use crate::sdmx::model::{Dimension, STRUCTURE, VALUE};
use crate::sdmx::xml::Xml;

/// About so many bytes are written for a figure.
const ROOM: usize = 250;

/// Writes figures in the structure-specific form of SDMX-ML.
pub fn write(message: &DataMessage<'_>, version: Version) -> Vec<u8> {
    let count: usize = message.sets.iter().map(|set| set.cells.len()).sum();
    let mut xml = Xml::new(2_000 + count * ROOM);
    let own = format!("{}:ObsLevelDim:{}", Artefact::Structure.urn(version), message.by.id());
    let mut spaces = namespaces(version).to_vec();
    spaces.push(("xmlns:ns1", &own));
    xml.open("mes:StructureSpecificData", &spaces);
    xml.open("mes:Header", &[]);
    header::write(&mut xml, message.header);
    let observed = ("dimensionAtObservation", message.by.id());
    xml.open("mes:Structure", &[("structureID", STRUCTURE), ("namespace", &own), observed]);
    reference(&mut xml, version, "com:Structure", Artefact::Structure);
    xml.close();
    xml.close();
    for set in message.sets {
        let day = set.valid_from.map(|day| format!("{day}T00:00:00")).unwrap_or_default();
        let mut attributes = vec![
            ("ss:structureRef", STRUCTURE),
            ("xsi:type", "ns1:DataSetType"),
            ("ss:dataScope", "DataStructure"),
            ("ss:action", set.action.word()),
        ];
        if set.valid_from.is_some() {
            attributes.push(("ss:validFromDate", &day));
        }
        xml.open("mes:DataSet", &attributes);
        data_set(&mut xml, message, set);
        xml.close();
    }
    xml.finish()
}

fn data_set(xml: &mut Xml, message: &DataMessage<'_>, set: &DataSet<'_>) {
    let (series_keys, own_keys) = (message.by.series(), message.by.observation());
    if message.by == ObservedBy::All {
        set.cells.iter().for_each(|cell| observation(xml, message, set, (cell, &own_keys)));
        return;
    }
    for series in set.series(&series_keys) {
        let Some(first) = series.first() else { continue };
        let values: Vec<_> = series_keys.iter().map(|one| (one.id(), first.value(*one))).collect();
        let attributes: Vec<(&str, &str)> =
            values.iter().map(|(id, value)| (*id, value.as_ref())).collect();
        xml.open("Series", &attributes);
        if message.observations {
            series.iter().for_each(|cell| observation(xml, message, set, (cell, &own_keys)));
        }
        xml.close();
    }
}

fn observation(
    xml: &mut Xml,
    message: &DataMessage<'_>,
    set: &DataSet<'_>,
    (cell, keys): (&Cell<'_>, &[Dimension]),
) {
    xml.start("Obs");
    for dimension in keys {
        xml.attribute(dimension.id(), &cell.value(*dimension));
    }
    if let Some(number) = cell.number().filter(|_| message.numbers) {
        xml.attribute(VALUE, &number);
    }
    for attribute in message.attributes_of(set) {
        if let Some(value) = cell.attribute(*attribute) {
            xml.attribute(attribute.id(), &value);
        }
    }
    xml.end_empty();
}
