//! What a statement is about, as far as two statements can be told to be about the same.

use std::collections::HashMap;

use terms::{Basis, Indicator, Role, Statement, folded_name};

use crate::compare::name::{core, folded};

/// Words before a name that say how a target is used, not what is measured.
const OPENERS: &[&str] = &["围绕", "对照", "锚定", "聚焦", "按照", "为实现", "要实现", "确保实现"];

/// Words of an amount that is not the one of the year as it is usually told.
const OTHER_AMOUNTS: &[&str] = &[
    "比上年",
    "较上年",
    "比去年",
    "较去年",
    "比年初",
    "较年初",
    "同比",
    "环比",
    "年均",
    "平均",
    "累计",
    "人均",
    "户均",
    "亩均",
    "每个",
    "五年",
    "三年",
    "两年",
    "以来",
];

/// The names of the catalogue.
pub(super) struct Names<'a> {
    by_name: HashMap<String, &'a Indicator>,
    by_code: HashMap<&'a str, &'a Indicator>,
}

/// What a statement is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Subject {
    /// The indicator, or the name as names are compared.
    pub(super) name: String,
    /// Whether `name` is the code of an indicator.
    pub(super) indicator: bool,
    /// Whether the measure is the very name of the indicator, with nothing else in it.
    pub(super) plain: bool,
    /// Whom it is about.
    pub(super) entity: Option<String>,
    /// Result, target or context.
    pub(super) role: Role,
    /// The year.
    pub(super) year: Option<i32>,
    /// What kind of number.
    pub(super) basis: Option<Basis>,
    /// Whether it is another amount than that of the year: a change told as an amount, a mean.
    pub(super) other: bool,
}

impl<'a> Names<'a> {
    pub(super) fn of(catalogue: &'a [Indicator]) -> Self {
        let mut by_name = HashMap::new();
        for indicator in catalogue {
            for name in indicator.names() {
                by_name.entry(folded_name(name)).or_insert(indicator);
            }
        }
        let by_code = catalogue.iter().map(|known| (known.code.as_str(), known)).collect();
        Names { by_name, by_code }
    }

    /// The indicator of a code.
    pub(super) fn indicator(&self, code: &str) -> Option<&'a Indicator> {
        self.by_code.get(code).copied()
    }

    /// The indicator whose very name a measure is, whatever its unit.
    pub(super) fn named(&self, measure: &str) -> Option<&'a Indicator> {
        let mut name = measure;
        for opener in OPENERS {
            name = name.strip_prefix(opener).unwrap_or(name);
        }
        let name = folded_name(name);
        self.by_name.get(&name).or_else(|| self.by_name.get(core(&name))).copied()
    }

    pub(super) fn subject(&self, statement: &Statement) -> Subject {
        let named = self.named(&statement.measure);
        let own = statement.indicator.as_deref();
        let code = own.or(named.map(|known| known.code.as_str()));
        let growth = statement.basis == Some(Basis::Growth);
        let other = OTHER_AMOUNTS.iter().any(|word| {
            let compared = matches!(*word, "同比" | "比上年" | "较上年" | "比去年" | "较去年");
            let told = statement.quote.contains(word) && !statement.measure.contains(word);
            let count = statement.basis == Some(Basis::Frequency);
            told && !(growth && compared) && !count
        });
        Subject {
            name: code.map_or_else(|| core(&folded(&statement.measure)).to_owned(), str::to_owned),
            indicator: code.is_some(),
            plain: named.is_some_and(|known| Some(known.code.as_str()) == code),
            entity: statement.entity.as_deref().map(folded),
            role: statement.role,
            year: statement.year,
            basis: statement.basis,
            other,
        }
    }
}
