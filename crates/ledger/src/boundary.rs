//! The boundaries of regions, each from a day on.

use rusqlite::{Connection, OptionalExtension, params};
use terms::{Boundary, Day, Right};

use crate::append::Entry;
use crate::audit::Action;
use crate::people::invalid;
use crate::record;
use crate::row::unfit;
use crate::{Ledger, LedgerError};

/// An outline that takes more bytes than this is more than a picture needs.
const LARGEST: usize = 8 << 20;

impl Ledger {
    /// Keeps boundaries, all or none; gives how many were new or other than before.
    pub fn put_boundaries(
        &mut self,
        boundaries: &[Boundary],
        entry: &Entry,
    ) -> Result<usize, LedgerError> {
        self.write_or_not(entry, |writing| {
            let mut written = Vec::new();
            for Boundary { region, since, outline } in boundaries {
                if self::at(writing.transaction, region, *since)?
                    .is_some_and(|known| known.since == *since && known.outline == *outline)
                {
                    continue;
                }
                writing.authorise(Right::Plan, region, None)?;
                let outline = outline.to_string();
                if outline.len() > LARGEST {
                    let expected = format!("不超过 {} MiB 的边界线，可先化简", LARGEST >> 20);
                    return Err(invalid("边界", region, expected).into());
                }
                record::BOUNDARY.insert(
                    writing.transaction,
                    params![writing.number, region, since.number(), outline],
                )?;
                written.push(region.as_str());
            }
            match written[..] {
                [] => {}
                [one] => writing.log(Action::Boundary, one)?,
                _ => writing.log(Action::Boundary, &format!("× {}", written.len()))?,
            }
            Ok((written.len(), !written.is_empty()))
        })
    }

    /// The boundaries of these regions as they are on a day; those that are not known are left out.
    pub fn boundaries<'a>(
        &self,
        regions: impl Iterator<Item = &'a str>,
        day: Day,
    ) -> Result<Vec<Boundary>, LedgerError> {
        let found = regions.filter_map(|region| at(&self.connection, region, day).transpose());
        found.collect::<rusqlite::Result<_>>().map_err(|error| self.error(error))
    }
}

/// The boundary of a region as it is on a day.
fn at(read: &Connection, region: &str, day: Day) -> rusqlite::Result<Option<Boundary>> {
    read.prepare_cached(
        "SELECT since, outline FROM boundary WHERE region = ?1 AND since <= ?2
         ORDER BY since DESC, entry DESC LIMIT 1",
    )?
    .query_row(params![region, day.number()], |row| {
        let (since, outline): (i64, String) = (row.get(0)?, row.get(1)?);
        Ok(Boundary {
            region: region.to_owned(),
            since: Day::of_number(since).ok_or_else(|| unfit(0, since.to_string()))?,
            outline: outline.parse().map_err(|error| unfit(1, error))?,
        })
    })
    .optional()
}
