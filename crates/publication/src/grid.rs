//! Rows that carry all that is to be said, as a table for a terminal or as comma-separated values.

use std::io::{self, Write};

use crate::csv::{MARK, cause, harmless};
use crate::table::{plain, print};

/// Columns with their names, and rows of as many cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Grid {
    /// A table without rows.
    pub fn of(columns: &[&str]) -> Grid {
        Grid { columns: columns.iter().map(|&name| name.to_owned()).collect(), rows: Vec::new() }
    }

    /// Writes it as a table, wrapped to `width` columns where one is given.
    pub fn table(&self, out: &mut impl Write, width: Option<u16>) -> io::Result<()> {
        let columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        let mut table = plain(&columns, width);
        for row in &self.rows {
            table.add_row(row);
        }
        print(out, &table)
    }

    /// Writes it as comma-separated values (RFC 4180, UTF-8 with a byte-order mark, the names of the columns first).
    /// A number stays as it is; other text that a spreadsheet program would run is made harmless.
    pub fn csv(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(MARK)?;
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(&self.columns).map_err(cause)?;
        for row in &self.rows {
            let cell = |cell: &String| match cell.parse::<rust_decimal::Decimal>() {
                Ok(_) => cell.clone(),
                Err(_) => harmless(cell).into_owned(),
            };
            writer.write_record(row.iter().map(cell)).map_err(cause)?;
        }
        writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_a_table_or_values() {
        let mut grid = Grid::of(&["地区", "数值"]);
        grid.rows.push(vec!["东城街道".into(), "-1.50".into()]);
        grid.rows.push(vec!["=1+1".into(), "—".into()]);
        let (mut table, mut csv) = (Vec::new(), Vec::new());
        grid.table(&mut table, None).unwrap();
        grid.csv(&mut csv).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        assert_eq!(csv, "\u{feff}地区,数值\r\n东城街道,-1.50\r\n'=1+1,—\r\n");
        let table = String::from_utf8(table).unwrap();
        assert!(table.contains("东城街道") && table.contains("-1.50"), "{table}");
    }
}
