//! What questions in SQL may use beside what SQLite has.

use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error};
use rust_decimal::Decimal;
use terms::{Amount, Basis, Period, Unit};

use crate::link::Decided;
use crate::row;

/// Adds them to a connection.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let same = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("duixian_period", 1, same, |asked| {
        let number: i64 = asked.get(0)?;
        Ok(Period::of_number(number)
            .map_or_else(|| number.to_string(), |period| period.to_string()))
    })?;
    let decided = Decided::until(connection, None)?;
    let catalogue: Option<i64> =
        connection.query_row("SELECT max(number) FROM catalogue", [], |row| row.get(0))?;
    let indicators = connection
        .prepare(&row::INDICATOR.select())?
        .query_map([catalogue], row::indicator)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    connection.create_scalar_function("duixian_linked", 4, same, move |asked| {
        let (measure, own): (String, Option<String>) = (asked.get(0)?, asked.get(3)?);
        let (unit, basis): (Option<String>, Option<String>) = (asked.get(1)?, asked.get(2)?);
        let (unit, basis) =
            (unit.map(Unit::new), basis.and_then(|word| word.parse::<Basis>().ok()));
        let known = |code: &str| indicators.iter().find(|known| known.code == code);
        let settled = decided.settled(&measure, unit.as_ref(), basis, known);
        Ok(settled.map_or(own, |code| code.map(str::to_owned)))
    })?;
    connection.create_aggregate_function("exact_sum", 1, same, ExactSum)
}

/// `exact_sum(value)`: the sum of figures to the last digit, as text. A figure that lost a digit has no sum.
struct ExactSum;

impl Aggregate<Option<Decimal>, Option<String>> for ExactSum {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Option<Decimal>> {
        Ok(None)
    }

    fn step(&self, asked: &mut Context<'_>, sum: &mut Option<Decimal>) -> rusqlite::Result<()> {
        let wrong = |found: &str| {
            let message = format!("exact_sum“{found}”有误（应为完整的十进制数）");
            Error::UserFunctionError(message.into())
        };
        let number = match asked.get_raw(0) {
            ValueRef::Null => return Ok(()),
            ValueRef::Integer(number) => Decimal::from(number),
            ValueRef::Text(text) => {
                let text = String::from_utf8_lossy(text);
                match text.parse() {
                    Ok(Amount::Exact(number)) => number,
                    _ => return Err(wrong(&text)),
                }
            }
            _ => return Err(wrong("带小数的浮点数")),
        };
        let added = sum.unwrap_or_default().checked_add(number);
        *sum = Some(added.ok_or_else(|| wrong("过大的数"))?);
        Ok(())
    }

    fn finalize(
        &self,
        _: &mut Context<'_>,
        sum: Option<Option<Decimal>>,
    ) -> rusqlite::Result<Option<String>> {
        Ok(sum.flatten().map(|sum| sum.to_string()))
    }
}
