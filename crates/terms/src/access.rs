//! What programs may read: keys of the open data interface, and what each opens.

use std::sync::Arc;

use crate::Day;
use crate::region::covers;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What a key lets a program read. The catalogue of indicators and the list of regions go with every key.
    Scope {
        /// Figures and their series.
        Figures = "read:figures",
        /// Targets, and where they stand.
        Targets = "read:targets",
        /// Statements of reports.
        Statements = "read:statements",
        /// Documents and their sources.
        Documents = "read:documents",
        /// Tasks, projects, problems and all other plan objects.
        Plan = "read:plan",
        /// Rounds and who filed what.
        Rounds = "read:rounds",
        /// Alarms of early warning.
        Alarms = "read:alarms",
    }
}

/// A key of a program. What is secret of it is no part of this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// What it is called; its own in the ledger.
    pub name: String,
    /// What it opens, in the order of [`Scope::ALL`].
    pub scopes: Vec<Scope>,
    /// Codes of the regions that it opens, each with all that belongs to it.
    pub regions: Vec<Arc<str>>,
    /// The last day on which it opens anything; `None` where no end was set.
    pub until: Option<Day>,
    /// Whether it was not withdrawn.
    pub active: bool,
}

impl ApiKey {
    /// Whether it opens something of this kind on a day.
    pub fn opens(&self, scope: Scope, today: Day) -> bool {
        self.is_valid(today) && self.scopes.contains(&scope)
    }

    /// Whether it opens anything on a day.
    pub fn is_valid(&self, today: Day) -> bool {
        self.active && self.until.is_none_or(|until| today <= until)
    }

    /// Whether it opens what belongs to a region.
    pub fn covers(&self, region: &str) -> bool {
        self.regions.iter().any(|own| covers(own, region))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_ends_with_its_scopes_regions_and_days() {
        let day = |day| Day::new(2024, 5, day).unwrap();
        let key = ApiKey {
            name: "网站".into(),
            scopes: vec![Scope::Figures],
            regions: vec!["330784".into()],
            until: Some(day(20)),
            active: true,
        };
        assert!(key.opens(Scope::Figures, day(20)) && !key.opens(Scope::Figures, day(21)));
        assert!(!key.opens(Scope::Plan, day(1)));
        assert!(key.covers("330784100") && !key.covers("330700"));
        let withdrawn = ApiKey { active: false, ..key };
        assert!(!withdrawn.opens(Scope::Figures, day(1)) && !withdrawn.is_valid(day(1)));
    }
}
