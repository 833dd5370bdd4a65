//! Figures in SDMX-CSV 1.0 and 2.0.

use std::borrow::Cow;
use std::io;

use super::{Action, DataMessage, DataSet};
use crate::csv::cause;
use crate::sdmx::artefact::{Artefact, Version};
use crate::sdmx::cell::Cell;
use crate::sdmx::model::{
    Bilingual, CodeList, Codes, Dimension, FLOW, FLOW_NAME, VALUE, VALUE_NAME,
};

/// What stands beside codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labels {
    /// Nothing.
    Id,
    /// A column of names beside each.
    Name,
    /// The name in the same column.
    Both,
}

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvLayout {
    /// SDMX-CSV 1.0 for the older version of the standard, 2.0 for the newer one.
    pub version: Version,
    /// What stands beside codes.
    pub labels: Labels,
    /// Whether there is a column with the key of the series; in 2.0 only.
    pub series_key: bool,
    /// Whether there is a column with the key of the observation; in 2.0 only.
    pub observation_key: bool,
    /// Whether names are in English, where there are any.
    pub english: bool,
}

/// Writes figures as a table.
pub fn write(message: &DataMessage<'_>, layout: &CsvLayout) -> io::Result<Vec<u8>> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let table = Table { message, layout };
    writer.write_record(table.heads()).map_err(cause)?;
    let mut row: Vec<Cow<'_, str>> = Vec::new();
    for set in message.sets {
        if message.observations {
            for cell in &set.cells {
                table.fill(&mut row, set, cell);
                writer.write_record(row.iter().map(|text| text.as_bytes())).map_err(cause)?;
            }
            continue;
        }
        for series in set.series(&Dimension::SERIES) {
            let Some(first) = series.first() else { continue };
            table.fill(&mut row, set, first);
            writer.write_record(row.iter().map(|text| text.as_bytes())).map_err(cause)?;
        }
    }
    writer.into_inner().map_err(|error| error.into_error())
}

struct Table<'a> {
    message: &'a DataMessage<'a>,
    layout: &'a CsvLayout,
}

impl<'a> Table<'a> {
    fn is_new(&self) -> bool {
        self.layout.version == Version::V30
    }

    fn best<'b>(&self, chinese: &'b str, english: &'b str) -> &'b str {
        if self.layout.english && !english.is_empty() { english } else { chinese }
    }

    fn heads(&self) -> Vec<String> {
        let mut heads: Vec<String> = Vec::new();
        if self.is_new() {
            heads.extend(["STRUCTURE", "STRUCTURE_ID"].map(str::to_owned));
            if self.layout.labels == Labels::Name {
                heads.push("STRUCTURE_NAME".to_owned());
            }
            heads.push("ACTION".to_owned());
            if self.layout.series_key {
                heads.push("SERIES_KEY".to_owned());
            }
            if self.layout.observation_key {
                heads.push("OBS_KEY".to_owned());
            }
        } else {
            heads.push("DATAFLOW".to_owned());
        }
        let mut head = |id: &str, (chinese, english): Bilingual| {
            let name = self.best(chinese, english);
            match self.layout.labels {
                Labels::Id => heads.push(id.to_owned()),
                Labels::Both => heads.push(format!("{id}: {name}")),
                Labels::Name => heads.extend([id.to_owned(), name.to_owned()]),
            }
        };
        Dimension::ALL.into_iter().for_each(|one| head(one.id(), one.name()));
        head(VALUE, VALUE_NAME);
        self.message.attributes.iter().for_each(|one| head(one.id(), one.name()));
        heads
    }

    fn fill(&self, row: &mut Vec<Cow<'a, str>>, set: &DataSet<'a>, cell: &Cell<'a>) {
        row.clear();
        let number = self.layout.version.number();
        let flow = format!("{}:{FLOW}({number})", Artefact::Flow.agency());
        let flow_name = self.best(FLOW_NAME.0, FLOW_NAME.1);
        let flow = match self.layout.labels {
            Labels::Both => Cow::Owned(format!("{flow}: {flow_name}")),
            _ => Cow::Owned(flow),
        };
        if self.is_new() {
            row.extend([Cow::Borrowed("dataflow"), flow]);
            if self.layout.labels == Labels::Name {
                row.push(Cow::Borrowed(flow_name));
            }
            row.push(Cow::Borrowed(if set.action == Action::Delete { "D" } else { "R" }));
            let key = |dimensions: &[Dimension]| {
                let values: Vec<_> = dimensions.iter().map(|one| cell.value(*one)).collect();
                Cow::Owned(values.join("."))
            };
            if self.layout.series_key {
                row.push(key(&Dimension::SERIES));
            }
            if self.layout.observation_key {
                row.push(key(&Dimension::ALL));
            }
        } else {
            row.push(flow);
        }
        for dimension in Dimension::ALL {
            let observed = self.message.observations || dimension != Dimension::Time;
            let value = if observed { cell.value(dimension) } else { Cow::Borrowed("") };
            self.push(row, value, dimension.list());
        }
        let told = self.message.observations;
        let number = cell.number().filter(|_| told && self.message.numbers);
        self.push(row, number.map(Cow::Owned).unwrap_or_default(), None);
        let forgotten = set.action == Action::Delete && self.is_new();
        for attribute in self.message.attributes {
            let value = cell.attribute(*attribute).filter(|_| told && !forgotten);
            self.push(row, value.unwrap_or_default(), attribute.list());
        }
    }

    fn push(&self, row: &mut Vec<Cow<'a, str>>, value: Cow<'a, str>, list: Option<CodeList>) {
        let codes: &'a Codes = self.message.codes;
        let name = |value: &str| {
            let code = codes.get(list?, value)?;
            Some(self.best(&code.chinese, &code.english))
        };
        match self.layout.labels {
            Labels::Id => row.push(value),
            Labels::Both => row.push(match name(&value) {
                Some(name) => Cow::Owned(format!("{value}: {name}")),
                None => value,
            }),
            Labels::Name => {
                let name = name(&value).unwrap_or_default().to_owned();
                row.extend([value, Cow::Owned(name)]);
            }
        }
    }
}
