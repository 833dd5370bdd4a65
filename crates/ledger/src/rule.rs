//! Rules of the ledger's own, which figures are held against beside those of the program.

use rusqlite::{Connection, OptionalExtension, params};
use terms::{NATION, Right, ValidationRule};

use crate::append::Entry;
use crate::audit::Action;
use crate::people::{check_code, check_name};
use crate::record;
use crate::row;
use crate::{Ledger, LedgerError};

/// A rule as the ledger keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRule {
    /// The rule.
    pub rule: ValidationRule,
    /// Whether figures are held against it; one that is not takes a rule of the program with its code away.
    pub active: bool,
}

impl Ledger {
    /// Keeps rules, all or none; gives how many were new or changed. Whether their texts can be read is for the caller to
    /// know, who has the catalogue.
    pub fn put_rules(&mut self, rules: &[KeptRule], entry: &Entry) -> Result<usize, LedgerError> {
        for KeptRule { rule, .. } in rules {
            check_code("规则代码", &rule.code)?;
            check_name("规则名称", &rule.name)?;
        }
        self.write(entry, |writing| {
            writing.authorise(Right::Plan, NATION, None)?;
            let known = kept(writing.transaction)?;
            let mut written = 0;
            for new in rules.iter().filter(|rule| !known.contains(rule)) {
                let KeptRule { rule, active } = new;
                record::RULE.insert(
                    writing.transaction,
                    params![
                        writing.number,
                        rule.code,
                        rule.name,
                        rule.scope,
                        rule.formula,
                        rule.severity.as_str(),
                        rule.explanation,
                        active,
                    ],
                )?;
                written += 1;
            }
            if written > 0 {
                let subject = match rules {
                    [one] => one.rule.code.clone(),
                    _ => written.to_string(),
                };
                writing.log(Action::Rule, &subject)?;
            }
            Ok(written)
        })
    }

    /// The rules of the ledger's own, by code.
    pub fn rules(&self) -> Result<Vec<KeptRule>, LedgerError> {
        kept(&self.connection).map_err(|error| self.error(error))
    }

    /// The hash of the last entry that changed a rule; empty where none did. The rules stay the same while it does.
    pub fn last_rule(&self) -> Result<String, LedgerError> {
        let query = "SELECT hash FROM entry WHERE action = 'rule' ORDER BY number DESC LIMIT 1";
        let read =
            || self.connection.prepare_cached(query)?.query_row([], |row| row.get(0)).optional();
        let found: Option<String> = read().map_err(|error| self.error(error))?;
        Ok(found.unwrap_or_default())
    }
}

fn kept(read: &Connection) -> rusqlite::Result<Vec<KeptRule>> {
    read.prepare_cached(
        "SELECT code, name, scope, formula, severity, explanation, active FROM rule AS own
         WHERE entry = (SELECT max(entry) FROM rule WHERE rule.code = own.code) ORDER BY code",
    )?
    .query_map([], |row| {
        let rule = ValidationRule {
            code: row.get(0)?,
            name: row.get(1)?,
            scope: row.get(2)?,
            formula: row.get(3)?,
            severity: row::word(row, 4)?,
            explanation: row.get(5)?,
        };
        Ok(KeptRule { rule, active: row.get(6)? })
    })?
    .collect()
}
