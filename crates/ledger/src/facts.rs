//! What the ledger knew at a time.

use rusqlite::{Connection, OptionalExtension, Row, params};
use terms::{Facts, FiledDocument, Indicator, Span};

use crate::row::{self, Table};
use crate::{Ledger, LedgerError, link, time};

impl Ledger {
    /// What the ledger knew at `as_of` (RFC 3339), or all that it knows. Without a time, the facts bear the
    /// time of the last entry, so that the same ledger always gives the same answer.
    pub fn facts(&self, as_of: Option<&str>) -> Result<Facts, LedgerError> {
        if let Some(text) = as_of {
            time::check(text)?;
        }
        // One read transaction: a writer who works at the same time changes nothing in between.
        let read = self.connection.unchecked_transaction().map_err(|error| self.error(error))?;
        let facts = facts(&read, as_of).map_err(|error| self.error(error))?;
        facts.documents.iter().try_for_each(|document| self.check_places(document))?;
        Ok(facts)
    }

    /// Places that do not fit the text would mislead every reader after us, so they stop here.
    fn check_places(&self, document: &FiledDocument) -> Result<(), LedgerError> {
        let text = &document.text;
        let fits = |span: Span| text.get(span.range()).is_some();
        let outcomes = document.headline.iter().flat_map(|headline| &headline.outcomes);
        let spans = (document.blocks.iter().map(|block| block.span))
            .chain(document.diagnostics.iter().filter_map(|remark| remark.span))
            .chain(document.statements.iter().map(|statement| statement.span))
            .chain(document.headline.iter().map(|headline| headline.span))
            .chain(document.glossary.iter().flat_map(|term| [term.span, term.definition]))
            .chain(outcomes.map(|outcome| outcome.span));
        match spans.into_iter().find(|span| !fits(*span)) {
            None => Ok(()),
            Some(span) => Err(LedgerError::Damaged {
                path: self.path.clone(),
                found: format!(
                    "文档 {} 中的位置 {}–{} 不在文本内",
                    document.id, span.start, span.end
                ),
                expected: format!("0–{} 之间的字符边界", text.len()),
            }),
        }
    }
}

fn facts(read: &Connection, as_of: Option<&str>) -> rusqlite::Result<Facts> {
    // Times carry offsets, so they are compared as moments, never as texts.
    let mut documents = read
        .prepare(&format!(
            "SELECT {} FROM document JOIN (SELECT number, subject FROM entry WHERE action = 'import') ON subject = id
             WHERE ?1 IS NULL OR julianday(imported_at) <= julianday(?1)
             ORDER BY plan_year IS NULL, plan_year DESC, number",
            row::DOCUMENT.columns.join(", ")
        ))?
        .query_map(params![as_of], row::document)?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    for document in &mut documents {
        fill(read, document)?;
    }
    let last: Option<(String, i64)> = read
        .query_row(
            "SELECT at, catalogue FROM entry WHERE ?1 IS NULL OR julianday(at) <= julianday(?1)
             ORDER BY number DESC LIMIT 1",
            params![as_of],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    let indicators = match &last {
        Some((_, catalogue)) => indicators(read, *catalogue)?,
        None => Vec::new(),
    };
    let last = last.map(|(at, _)| at).unwrap_or_default();
    link::Decided::until(read, as_of)?.apply(&mut documents, &indicators);
    Ok(Facts { as_of: as_of.map_or(last, str::to_owned), documents, indicators })
}

fn fill(read: &Connection, document: &mut FiledDocument) -> rusqlite::Result<()> {
    let id = document.id.as_str();
    document.blocks = rows(read, &row::BLOCK, id, row::block)?;
    document.glossary = rows(read, &row::TERM, id, row::term)?;
    document.repairs = rows(read, &row::REPAIR, id, row::repair)?;
    document.diagnostics = rows(read, &row::REMARK, id, row::remark)?;
    let mut common = row::Common::default();
    document.statements = rows(read, &row::STATEMENT, id, |row| row::statement(row, &mut common))?;
    document.headline = rows(read, &row::HEADLINE, id, row::headline)?.pop();
    if let Some(headline) = &mut document.headline {
        headline.outcomes = rows(read, &row::OUTCOME, id, row::outcome)?;
        for (outcome, facet) in rows(read, &row::FACET, id, row::facet)? {
            // The foreign key makes sure that the outcome is there.
            if let Some(outcome) = headline.outcomes.get_mut(outcome) {
                outcome.facets.push(facet);
            }
        }
    }
    Ok(())
}

fn indicators(read: &Connection, catalogue: i64) -> rusqlite::Result<Vec<Indicator>> {
    read.prepare_cached(&row::INDICATOR.select())?.query_map([catalogue], row::indicator)?.collect()
}

fn rows<T>(
    read: &Connection,
    table: &Table,
    document: &str,
    from: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    read.prepare_cached(&table.select())?.query_map([document], from)?.collect()
}
