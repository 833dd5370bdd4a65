//! Figures in SDMX-ML 2.1, the generic form.

use super::{DataMessage, DataSet, ObservedBy};
use crate::sdmx::artefact::{Artefact, Version};
use crate::sdmx::cell::Cell;
use crate::sdmx::header::{self, namespaces, reference};
use crate::sdmx::model::{Dimension, STRUCTURE};
use crate::sdmx::xml::Xml;

/// About so many bytes are written for a figure.
const ROOM: usize = 500;

/// Writes figures in the generic form of SDMX-ML 2.1.
pub fn write(message: &DataMessage<'_>) -> Vec<u8> {
    let count: usize = message.sets.iter().map(|set| set.cells.len()).sum();
    let mut xml = Xml::new(2_000 + count * ROOM);
    xml.open("mes:GenericData", &namespaces(Version::V21));
    xml.open("mes:Header", &[]);
    header::write(&mut xml, message.header);
    // Readers in R look for the structure under the name that it has here.
    xml.open(
        "mes:Structure",
        &[("structureID", STRUCTURE), ("dimensionAtObservation", message.by.id())],
    );
    reference(&mut xml, Version::V21, "com:Structure", Artefact::Structure);
    xml.close();
    xml.close();
    for set in message.sets {
        let day = set.valid_from.map(|day| format!("{day}T00:00:00")).unwrap_or_default();
        let mut attributes = vec![("structureRef", STRUCTURE), ("action", set.action.word())];
        if set.valid_from.is_some() {
            attributes.push(("validFromDate", &day));
        }
        xml.open("mes:DataSet", &attributes);
        data_set(&mut xml, message, set);
        xml.close();
    }
    xml.finish()
}

fn data_set(xml: &mut Xml, message: &DataMessage<'_>, set: &DataSet<'_>) {
    let keys = message.by.series();
    if message.by == ObservedBy::All {
        set.cells.iter().for_each(|cell| observation(xml, message, set, cell));
        return;
    }
    for series in set.series(&keys) {
        let Some(first) = series.first() else { continue };
        xml.open("gen:Series", &[]);
        xml.open("gen:SeriesKey", &[]);
        values(xml, first, &keys);
        xml.close();
        if message.observations {
            series.iter().for_each(|cell| observation(xml, message, set, cell));
        }
        xml.close();
    }
}

fn values(xml: &mut Xml, cell: &Cell<'_>, dimensions: &[Dimension]) {
    for dimension in dimensions {
        let value = cell.value(*dimension);
        xml.empty("gen:Value", &[("id", dimension.id()), ("value", &value)]);
    }
}

fn observation(xml: &mut Xml, message: &DataMessage<'_>, set: &DataSet<'_>, cell: &Cell<'_>) {
    xml.open("gen:Obs", &[]);
    match message.by {
        ObservedBy::Dimension(dimension) => {
            xml.empty("gen:ObsDimension", &[("value", &cell.value(dimension))]);
        }
        ObservedBy::All => {
            xml.open("gen:ObsKey", &[]);
            values(xml, cell, &Dimension::ALL);
            xml.close();
        }
    }
    if let Some(number) = cell.number().filter(|_| message.numbers) {
        xml.empty("gen:ObsValue", &[("value", &number)]);
    }
    let told = message.attributes_of(set).iter();
    let mut told = told.filter_map(|one| Some((one.id(), cell.attribute(*one)?))).peekable();
    if told.peek().is_some() {
        xml.open("gen:Attributes", &[]);
        told.for_each(|(id, value)| xml.empty("gen:Value", &[("id", id), ("value", &value)]));
        xml.close();
    }
    xml.close();
}
