//! Filing a document with its statements.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use terms::{Diagnostic, Document, Headline, Indicator, Statement, Statements, Term};

use crate::audit::Action;
use crate::row::{self, join, whole};
use crate::{Ledger, LedgerError, audit, time};

/// Who writes, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Who writes: the login of an account, or the user of the machine.
    pub author: String,
    /// When, RFC 3339 with offset.
    pub at: String,
    /// Why, in a sentence.
    pub reason: String,
    /// From where: a network address, or empty for the machine that the ledger lies on.
    pub place: String,
    /// Whether the author is an account of this ledger, whose rights bind it. Who has the file in hand is bound by
    /// none.
    pub account: bool,
}

/// What became of a document that was to be filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appended {
    /// It is new and now filed.
    New {
        /// Its id.
        document: String,
        /// How many statements it brought.
        statements: usize,
    },
    /// The same bytes were filed before; nothing was changed.
    Known {
        /// Its id.
        document: String,
        /// When it was filed, RFC 3339.
        imported_at: String,
    },
}

impl Ledger {
    /// Files a document: its bytes, its text, its statements and the catalogue that they are linked to, in one
    /// transaction with an entry of the audit log. Bytes that were filed before change nothing.
    pub fn append(
        &mut self,
        document: &Document,
        source: &[u8],
        statements: &Statements,
        catalogue: &[Indicator],
        entry: &Entry,
    ) -> Result<Appended, LedgerError> {
        time::check(&entry.at)?;
        let found = audit::digest_of(source);
        if found != document.hash {
            return Err(LedgerError::NotTheSource {
                name: document.name.clone(),
                expected: document.hash.clone(),
                found,
            });
        }
        let id: String = document.hash.chars().take(8).collect();
        check_ids(&id, &statements.statements)?;

        let path = self.path.clone();
        let fail = |error| LedgerError::of(&path, error);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(fail)?;
        let known: Option<(String, String)> = transaction
            .query_row("SELECT hash, imported_at FROM document WHERE id = ?1", [&id], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()
            .map_err(fail)?;
        match known {
            Some((hash, imported_at)) if hash == document.hash => {
                return Ok(Appended::Known { document: id, imported_at });
            }
            Some(_) => return Err(LedgerError::IdTaken { id, name: document.name.clone() }),
            None => {}
        }
        let file = || -> rusqlite::Result<()> {
            let writer = Writer { transaction: &transaction, id: &id };
            writer.document(document, source, entry)?;
            writer.glossary(&document.glossary)?;
            writer.remarks(document.diagnostics.iter().chain(&statements.diagnostics))?;
            writer.statements(&statements.statements)?;
            if let Some(headline) = &statements.headline {
                writer.headline(headline)?;
            }
            let catalogue = audit::file_catalogue(&transaction, catalogue)?;
            audit::log(&transaction, entry, Action::Import, &id, catalogue)
        };
        file().map_err(fail)?;
        transaction.commit().map_err(fail)?;
        Ok(Appended::New { document: id, statements: statements.statements.len() })
    }
}

/// Statement ids are part of addresses, so a wrong one would lead readers astray for good.
fn check_ids(document: &str, statements: &[Statement]) -> Result<(), LedgerError> {
    let mut seen = std::collections::HashSet::with_capacity(statements.len());
    for statement in statements {
        let number = statement.id.strip_prefix(document).and_then(|rest| rest.strip_prefix('-'));
        if number.is_none_or(str::is_empty) || !seen.insert(&*statement.id) {
            return Err(LedgerError::StatementId(statement.id.to_string()));
        }
    }
    Ok(())
}

struct Writer<'a> {
    transaction: &'a Connection,
    id: &'a str,
}

impl Writer<'_> {
    fn document(&self, document: &Document, source: &[u8], entry: &Entry) -> rusqlite::Result<()> {
        let profile = &document.profile;
        row::DOCUMENT.insert(
            self.transaction,
            params![
                self.id,
                document.hash,
                document.name,
                whole(document.size),
                document.encoding,
                profile.title,
                profile.issuer,
                profile.region,
                profile.result_year,
                profile.plan_year,
                document.text,
                entry.at,
                entry.author,
                source,
            ],
        )?;
        for (position, block) in document.blocks.iter().enumerate() {
            row::BLOCK.insert(
                self.transaction,
                params![
                    self.id,
                    whole(position),
                    block.kind.as_str(),
                    block.level,
                    block.part.as_str(),
                    whole(block.span.start),
                    whole(block.span.end),
                ],
            )?;
        }
        for (position, (kind, number)) in document.repairs.kinds().enumerate() {
            row::REPAIR.insert(
                self.transaction,
                params![self.id, whole(position), kind.as_str(), whole(number)],
            )?;
        }
        Ok(())
    }

    fn glossary(&self, terms: &[Term]) -> rusqlite::Result<()> {
        for (position, term) in terms.iter().enumerate() {
            row::TERM.insert(
                self.transaction,
                params![
                    self.id,
                    whole(position),
                    term.name,
                    whole(term.span.start),
                    whole(term.span.end),
                    whole(term.definition.start),
                    whole(term.definition.end),
                ],
            )?;
        }
        Ok(())
    }

    fn remarks<'d>(&self, remarks: impl Iterator<Item = &'d Diagnostic>) -> rusqlite::Result<()> {
        for (position, remark) in remarks.enumerate() {
            row::REMARK.insert(
                self.transaction,
                params![
                    self.id,
                    whole(position),
                    remark.severity.as_str(),
                    remark.code,
                    remark.message,
                    remark.span.map(|span| whole(span.start)),
                    remark.span.map(|span| whole(span.end)),
                ],
            )?;
        }
        Ok(())
    }

    fn statements(&self, statements: &[Statement]) -> rusqlite::Result<()> {
        for (position, statement) in statements.iter().enumerate() {
            row::STATEMENT.insert(
                self.transaction,
                params![
                    self.id,
                    whole(position),
                    statement.id,
                    statement.kind.as_str(),
                    statement.quote,
                    statement.value.as_ref().map(ToString::to_string),
                    statement.upper.as_ref().map(ToString::to_string),
                    statement.unit.as_ref().map(terms::Unit::as_str),
                    statement.comparator.map(terms::Comparator::as_str),
                    statement.basis.map(terms::Basis::as_str),
                    statement.direction.map(terms::Direction::as_str),
                    statement.measure,
                    statement.entity,
                    statement.role.as_str(),
                    statement.year,
                    statement.modality.map(terms::Modality::as_str),
                    statement.indicator,
                    whole(statement.span.start),
                    whole(statement.span.end),
                    whole(statement.characters.start),
                    whole(statement.characters.end),
                    whole(statement.source.start),
                    whole(statement.source.end),
                    join(&statement.section),
                    statement.sentence,
                ],
            )?;
        }
        Ok(())
    }

    fn headline(&self, headline: &Headline) -> rusqlite::Result<()> {
        row::HEADLINE.insert(
            self.transaction,
            params![
                self.id,
                0,
                headline.declared,
                headline.declared_met,
                headline.declared_short,
                whole(headline.span.start),
                whole(headline.span.end),
            ],
        )?;
        let mut facets = 0_usize;
        for (position, outcome) in headline.outcomes.iter().enumerate() {
            row::OUTCOME.insert(
                self.transaction,
                params![
                    self.id,
                    whole(position),
                    outcome.name,
                    outcome.indicator,
                    outcome.verdict.as_str(),
                    outcome.reason,
                    whole(outcome.span.start),
                    whole(outcome.span.end),
                    whole(outcome.characters.start),
                    whole(outcome.characters.end),
                    whole(outcome.source.start),
                    whole(outcome.source.end),
                ],
            )?;
            for facet in &outcome.facets {
                row::FACET.insert(
                    self.transaction,
                    params![
                        self.id,
                        whole(facets),
                        whole(position),
                        facet.facet.as_str(),
                        facet.verdict.as_str(),
                        facet.reason,
                    ],
                )?;
                facets += 1;
            }
        }
        Ok(())
    }
}
