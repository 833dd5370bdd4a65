//! Open data: what the ledger holds as records for programs, each as JSON, comma-separated values or Parquet.
//!
//! Numbers that were published are strings. JSON readers turn numbers into binary floating point, which has no 217000.10;
//! and a digit that a source lost (`〓5`) has no number at all. Counts and places are numbers.

mod document;
mod figure;
mod office;
mod parquet;
mod plan;
mod statement;

use std::io;

use serde::Serialize;
use utoipa::ToSchema;

use crate::csv::{MARK, cause, harmless};

pub use document::DocumentRecord;
pub use figure::{FigureRecord, IndicatorRecord, RegionRecord, SeriesRecord, figure_id, series_id};
pub use office::{AlarmRecord, DutyRecord, RoundRecord, RoundSheet};
pub use parquet::parquet;
pub use plan::{AdjustmentRecord, AttachmentRecord, PlanRecord, TargetRecord};
pub use statement::StatementRecord;

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// There is none.
    Nothing,
    /// A text.
    Text(String),
    /// An exact decimal as text; digits may be lost.
    Decimal(String),
    /// A whole number.
    Whole(i64),
}

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Texts.
    Text,
    /// Exact decimals as text.
    Decimal,
    /// Whole numbers.
    Whole,
}

/// A record that is also a row of a table.
pub trait Record: Serialize + ToSchema {
    /// The names of its columns, with what they hold.
    fn columns() -> Vec<(&'static str, Column)>;

    /// Its values in the order of the columns.
    fn cells(&self) -> Vec<Cell>;
}

/// An exact decimal, written as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, example = "217000.10")]
pub struct Exact(pub String);

/// A kind of value that a column can hold.
pub(crate) trait Value {
    const COLUMN: Column;
    fn cell(&self) -> Cell;
}

impl Value for String {
    const COLUMN: Column = Column::Text;
    fn cell(&self) -> Cell {
        Cell::Text(self.clone())
    }
}

impl Value for Exact {
    const COLUMN: Column = Column::Decimal;
    fn cell(&self) -> Cell {
        Cell::Decimal(self.0.clone())
    }
}

impl Value for i64 {
    const COLUMN: Column = Column::Whole;
    fn cell(&self) -> Cell {
        Cell::Whole(*self)
    }
}

impl<T: Value> Value for Option<T> {
    const COLUMN: Column = T::COLUMN;
    fn cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Nothing, Value::cell)
    }
}

/// Names stand side by side; what has parts of its own stands as JSON.
impl<T: Serialize> Value for Vec<T> {
    const COLUMN: Column = Column::Text;
    fn cell(&self) -> Cell {
        nested(self)
    }
}

impl<K: Serialize, T: Serialize> Value for std::collections::BTreeMap<K, T> {
    const COLUMN: Column = Column::Text;
    fn cell(&self) -> Cell {
        nested(self)
    }
}

fn nested(value: &impl Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::Array(parts)) if parts.iter().all(serde_json::Value::is_string) => {
            let names: Vec<&str> = parts.iter().filter_map(serde_json::Value::as_str).collect();
            Cell::Text(names.join("；"))
        }
        Ok(value) => Cell::Text(value.to_string()),
        Err(_) => Cell::Nothing,
    }
}

/// Declares a record: a struct with its schema, whose fields are its columns.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty),+ $(,)? }) => {
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
        $(#[$doc])*
        pub struct $name { $($(#[$field_doc])* pub $field: $kind),+ }

        impl $crate::open::Record for $name {
            fn columns() -> Vec<(&'static str, $crate::open::Column)> {
                vec![$((stringify!($field), <$kind as $crate::open::Value>::COLUMN)),+]
            }

            fn cells(&self) -> Vec<$crate::open::Cell> {
                vec![$($crate::open::Value::cell(&self.$field)),+]
            }
        }
    };
}
use record;

/// Records as comma-separated values (RFC 4180, UTF-8 with a byte-order mark, a line of field names first).
///
/// # Errors
/// Where the text cannot be put together.
pub fn csv<R: Record>(rows: &[R]) -> io::Result<Vec<u8>> {
    let mut bytes = MARK.to_vec();
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    writer.write_record(R::columns().iter().map(|(name, _)| name)).map_err(cause)?;
    for row in rows {
        let cells = row.cells().into_iter().map(|cell| match cell {
            Cell::Nothing => String::new(),
            Cell::Text(text) => harmless(&text).into_owned(),
            Cell::Decimal(text) => text,
            Cell::Whole(number) => number.to_string(),
        });
        writer.write_record(cells).map_err(cause)?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

/// The address of something of the data interface that is called by a name of any characters.
pub(crate) fn address(path: &str, name: &str) -> String {
    crate::html::Address::of(path, name).to_string()
}
