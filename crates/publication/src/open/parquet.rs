//! Records as Parquet. An exact decimal stands twice: as text, which keeps lost digits and trailing zeros, and beside it as
//! DECIMAL(38), where every number of the column fits that.

use std::io::Write;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{
    ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int64Type,
};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use rust_decimal::Decimal;

use super::{Cell, Column, Record};

/// How many rows stand together at most.
const GROUP: usize = 100_000;

/// The most digits of a decimal of 16 bytes.
const PRECISION: i32 = 38;

/// Records as a Parquet file, compressed with Snappy.
///
/// # Errors
/// Where the file cannot be put together.
pub fn parquet<R: Record>(rows: &[R]) -> std::io::Result<Vec<u8>> {
    let cells: Vec<Vec<Cell>> = rows.iter().map(Record::cells).collect();
    let mut bytes = Vec::new();
    write(&mut bytes, &R::columns(), &cells)
        .map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(bytes)
}

/// A column of the file.
struct Planned {
    /// Which of the record's columns it is made of.
    place: usize,
    name: String,
    stored: Stored,
}

#[derive(Clone, Copy)]
enum Stored {
    Text,
    Whole,
    /// With so many digits behind the point.
    Decimal(u32),
}

fn write(out: &mut Vec<u8>, columns: &[(&str, Column)], rows: &[Vec<Cell>]) -> Result<()> {
    let mut planned = Vec::new();
    for (place, (name, column)) in columns.iter().enumerate() {
        let stored = if *column == Column::Whole { Stored::Whole } else { Stored::Text };
        planned.push(Planned { place, name: (*name).to_owned(), stored });
        if *column == Column::Decimal
            && let Some(scale) = common_scale(rows, place)
        {
            let (name, stored) = (format!("{name}_decimal"), Stored::Decimal(scale));
            planned.push(Planned { place, name, stored });
        }
    }
    let fields = planned.iter().map(field).collect::<Result<Vec<_>>>()?;
    let schema = Type::group_type_builder("record").with_fields(fields).build()?;
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut file = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    for rows in rows.chunks(GROUP) {
        let mut group = file.next_row_group()?;
        for column in &planned {
            put(&mut group, column, rows)?;
        }
        group.close()?;
    }
    file.close()?;
    Ok(())
}

fn field(column: &Planned) -> Result<Arc<Type>> {
    let of = |physical| {
        Type::primitive_type_builder(&column.name, physical).with_repetition(Repetition::OPTIONAL)
    };
    let built = match column.stored {
        Stored::Text => {
            of(Physical::BYTE_ARRAY).with_logical_type(Some(LogicalType::String)).build()
        }
        Stored::Whole => of(Physical::INT64).build(),
        Stored::Decimal(scale) => {
            let scale = i32::try_from(scale).unwrap_or_default();
            of(Physical::FIXED_LEN_BYTE_ARRAY)
                .with_length(16)
                .with_logical_type(Some(LogicalType::decimal(scale, PRECISION)))
                .with_precision(PRECISION)
                .with_scale(scale)
                .build()
        }
    };
    built.map(Arc::new)
}

fn put<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    column: &Planned,
    rows: &[Vec<Cell>],
) -> Result<()> {
    let cells = rows.iter().map(|row| row.get(column.place).unwrap_or(&Cell::Nothing));
    match column.stored {
        Stored::Text => put_values::<ByteArrayType, W>(
            group,
            cells.map(|cell| match cell {
                Cell::Text(text) | Cell::Decimal(text) => Some(ByteArray::from(text.as_str())),
                Cell::Whole(_) | Cell::Nothing => None,
            }),
        ),
        Stored::Whole => put_values::<Int64Type, W>(
            group,
            cells.map(|cell| match cell {
                Cell::Whole(number) => Some(*number),
                _ => None,
            }),
        ),
        Stored::Decimal(scale) => put_values::<FixedLenByteArrayType, W>(
            group,
            cells.map(|cell| {
                let whole = scaled(decimal(cell)?, scale)?;
                Some(FixedLenByteArray::from(whole.to_be_bytes().to_vec()))
            }),
        ),
    }
}

/// Writes a column, of which rows without a value are told apart by their level.
fn put_values<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<()> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    let missing = || ParquetError::General("a column too many".to_owned());
    let mut column = group.next_column()?.ok_or_else(missing)?;
    column.typed::<T>().write_batch(&values, Some(&levels), None)?;
    column.close()
}

/// The number of a cell; `None` where there is none, or where digits of it are lost.
fn decimal(cell: &Cell) -> Option<Decimal> {
    match cell {
        Cell::Decimal(text) => text.parse().ok(),
        _ => None,
    }
}

/// The most digits behind the point that a number of the column has; `None` where a number does not fit with as many.
fn common_scale(rows: &[Vec<Cell>], place: usize) -> Option<u32> {
    let numbers = || rows.iter().filter_map(|row| decimal(row.get(place)?));
    let scale = numbers().map(|number| number.scale()).max().unwrap_or_default();
    numbers().all(|number| scaled(number, scale).is_some()).then_some(scale)
}

/// The digits of a number with so many behind the point, as one whole number of at most 38 digits.
fn scaled(number: Decimal, scale: u32) -> Option<i128> {
    let more = 10_i128.checked_pow(scale.checked_sub(number.scale())?)?;
    let whole = number.mantissa().checked_mul(more)?;
    (whole.unsigned_abs() < 10_u128.pow(38)).then_some(whole)
}

#[cfg(test)]
mod tests {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    use serde::Serialize;
    use utoipa::ToSchema;

    use super::*;

    #[derive(Serialize, ToSchema)]
    struct Row(Option<&'static str>, i64);

    impl Record for Row {
        fn columns() -> Vec<(&'static str, Column)> {
            vec![("value", Column::Decimal), ("count", Column::Whole)]
        }

        fn cells(&self) -> Vec<Cell> {
            let value = self.0.map_or(Cell::Nothing, |text| Cell::Decimal(text.to_owned()));
            vec![value, Cell::Whole(self.1)]
        }
    }

    fn read(values: &[Option<&'static str>]) -> Vec<Vec<(String, Field)>> {
        let rows: Vec<Row> = (1..).zip(values).map(|(count, value)| Row(*value, count)).collect();
        let path = tempfile::tempfile().unwrap();
        (&path).write_all(&parquet(&rows).unwrap()).unwrap();
        let reader = SerializedFileReader::new(path).unwrap();
        let rows = reader.get_row_iter(None).unwrap();
        rows.map(|row| row.unwrap().into_columns()).collect()
    }

    #[test]
    fn decimals_stand_as_text_and_exactly() {
        let rows = read(&[Some("217000.10"), Some("-0.125"), Some("〓5"), None]);
        let texts: Vec<&Field> = rows.iter().map(|row| &row[0].1).collect();
        assert_eq!(
            texts,
            [
                &Field::Str("217000.10".into()),
                &Field::Str("-0.125".into()),
                &Field::Str("〓5".into()),
                &Field::Null
            ]
        );
        let numbers: Vec<String> = rows.iter().map(|row| row[1].1.to_string()).collect();
        assert_eq!(rows[0][1].0, "value_decimal");
        assert_eq!(numbers, ["217000.100", "-0.125", "null", "null"]);
        let counts: Vec<&Field> = rows.iter().map(|row| &row[2].1).collect();
        assert_eq!(counts[3], &Field::Long(4));
    }

    #[test]
    fn a_column_whose_numbers_do_not_fit_stands_as_text_alone() {
        let rows =
            read(&[Some("79228162514264337593543950335"), Some("0.0000000000000000000000000001")]);
        let names: Vec<&str> = rows[0].iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["value", "count"]);
        assert_eq!(read(&[]).len(), 0);
    }
}
