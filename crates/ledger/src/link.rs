//! Decisions on the indicator that a measure names: made by people, remembered, revised and withdrawn.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::{Connection, Row, TransactionBehavior, params};
use terms::{Basis, FiledDocument, Indicator, Unit, folded_name};

use crate::append::Entry;
use crate::audit::{self, Action};
use crate::{Ledger, LedgerError, row, time};

/// What was decided on a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// It names the indicator of this code.
    Indicator(String),
    /// It names no indicator.
    None,
    /// Nothing any more: an earlier decision is withdrawn, and the reader's own link holds again.
    Withdrawn,
}

impl Decision {
    fn word(&self) -> &'static str {
        match self {
            Decision::Indicator(_) => "indicator",
            Decision::None => "none",
            Decision::Withdrawn => "withdrawn",
        }
    }

    fn code(&self) -> Option<&str> {
        match self {
            Decision::Indicator(code) => Some(code),
            Decision::None | Decision::Withdrawn => None,
        }
    }
}

/// A decision with who made it, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkDecision {
    /// The measure as it was given.
    pub measure: String,
    /// What was decided.
    pub decision: Decision,
    /// When, RFC 3339.
    pub at: String,
    /// Who decided.
    pub author: String,
    /// Why, in a sentence.
    pub reason: String,
}

impl Ledger {
    /// Remembers which indicator a measure names, for all documents, those filed later too. A decision that
    /// holds already changes nothing; the answer tells whether something was written.
    pub fn decide_link(
        &mut self,
        measure: &str,
        decision: &Decision,
        catalogue: &[Indicator],
        entry: &Entry,
    ) -> Result<bool, LedgerError> {
        time::check(&entry.at)?;
        let folded = folded_name(measure);
        if folded.is_empty() {
            return Err(LedgerError::EmptyMeasure);
        }
        if let Decision::Indicator(code) = decision
            && !catalogue.iter().any(|indicator| indicator.code == *code)
        {
            return Err(LedgerError::UnknownIndicator(code.clone()));
        }
        let path = self.path.clone();
        let fail = |error| LedgerError::of(&path, error);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        let decided = Decided::until(&transaction, None).map_err(fail)?;
        let holds = decided.last.get(&folded);
        if holds.unwrap_or(&Decision::Withdrawn) == decision {
            return Ok(false);
        }
        write(&transaction, &folded, measure, decision, catalogue, entry).map_err(fail)?;
        transaction.commit().map_err(fail)?;
        Ok(true)
    }

    /// Every decision on links, revisions and withdrawals too, in the order in which they were made.
    pub fn link_decisions(&self) -> Result<Vec<LinkDecision>, LedgerError> {
        history(&self.connection).map_err(|error| self.error(error))
    }
}

fn write(
    transaction: &Connection,
    folded: &str,
    written: &str,
    decision: &Decision,
    catalogue: &[Indicator],
    entry: &Entry,
) -> rusqlite::Result<()> {
    let catalogue = audit::file_catalogue(transaction, catalogue)?;
    row::LINK.insert(
        transaction,
        params![
            audit::next_number(transaction)?,
            folded,
            written,
            decision.word(),
            decision.code(),
            entry.at,
            entry.author,
            entry.reason,
        ],
    )?;
    audit::log(transaction, entry, Action::Link, folded, catalogue)
}

fn history(read: &Connection) -> rusqlite::Result<Vec<LinkDecision>> {
    let query =
        format!("SELECT {} FROM link_decision ORDER BY entry", row::LINK.columns.join(", "));
    read.prepare(&query)?
        .query_map([], |row| {
            Ok(LinkDecision {
                measure: row.get(2)?,
                decision: decision(row)?,
                at: row.get(5)?,
                author: row.get(6)?,
                reason: row.get(7)?,
            })
        })?
        .collect()
}

fn decision(row: &Row<'_>) -> rusqlite::Result<Decision> {
    let code: Option<String> = row.get(4)?;
    match (row.get::<_, String>(3)?.as_str(), code) {
        ("indicator", Some(code)) => Ok(Decision::Indicator(code)),
        ("none", None) => Ok(Decision::None),
        ("withdrawn", None) => Ok(Decision::Withdrawn),
        (word, _) => Err(row::unfit(3, format!("`{word}` is not a known decision"))),
    }
}

/// The decisions that hold at a time, by folded measure.
pub(crate) struct Decided {
    last: HashMap<String, Decision>,
}

impl Decided {
    /// The decisions that hold at `as_of`, or now.
    pub(crate) fn until(read: &Connection, as_of: Option<&str>) -> rusqlite::Result<Self> {
        let query = format!(
            "SELECT {} FROM link_decision WHERE ?1 IS NULL OR julianday(at) <= julianday(?1)
             ORDER BY entry",
            row::LINK.columns.join(", ")
        );
        let rows = read
            .prepare(&query)?
            .query_map(params![as_of], |row| Ok((row.get(1)?, decision(row)?)))?
            .collect::<rusqlite::Result<Vec<(String, Decision)>>>()?;
        Ok(Decided { last: rows.into_iter().collect() })
    }

    /// What was decided on a measure: which indicator, or none; nothing where nothing was decided. Where a unit
    /// contradicts the indicator, the decision cannot have meant this, which then names none.
    pub(crate) fn settled<'a, 'b>(
        &'a self,
        measure: &str,
        unit: Option<&Unit>,
        basis: Option<Basis>,
        known: impl Fn(&str) -> Option<&'b Indicator>,
    ) -> Option<Option<&'a str>> {
        match self.last.get(&folded_name(measure)) {
            Some(Decision::Indicator(code)) => {
                let fits = known(code).is_none_or(|indicator| indicator.admits(unit, basis));
                Some(fits.then_some(code.as_str()))
            }
            Some(Decision::None) => Some(None),
            Some(Decision::Withdrawn) | None => None,
        }
    }

    /// Links the statements and headline indicators of documents as was decided.
    pub(crate) fn apply(&self, documents: &mut [FiledDocument], indicators: &[Indicator]) {
        if self.last.is_empty() {
            return;
        }
        let known: HashMap<&str, &Indicator> =
            indicators.iter().map(|indicator| (indicator.code.as_str(), indicator)).collect();
        let settle = |measure: &str,
                      unit: Option<&Unit>,
                      basis: Option<Basis>,
                      link: &mut Option<Arc<str>>| {
            let known = |code: &str| known.get(code).copied();
            if let Some(decided) = self.settled(measure, unit, basis, known) {
                *link = decided.map(Into::into);
            }
        };
        for document in documents {
            for statement in &mut document.statements {
                let (unit, basis) = (statement.unit.as_ref(), statement.basis);
                settle(&statement.measure, unit, basis, &mut statement.indicator);
            }
            for outcome in document.headline.iter_mut().flat_map(|headline| &mut headline.outcomes)
            {
                settle(&outcome.name, None, None, &mut outcome.indicator);
            }
        }
    }
}
