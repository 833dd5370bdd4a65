//! Plan objects as they are known at a time.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::{Attached, PlanKind};
use crate::Quantity;

/// Which plan object: its kind and its code, written `project:P-1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanRef {
    /// Code of its kind.
    pub kind: Arc<str>,
    /// Its code, which is its own within the kind.
    pub code: Arc<str>,
}

impl PlanRef {
    /// The object of a kind and a code.
    pub fn new(kind: &str, code: &str) -> Self {
        PlanRef { kind: kind.into(), code: code.into() }
    }
}

impl fmt::Display for PlanRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind, self.code)
    }
}

impl FromStr for PlanRef {
    type Err = crate::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || crate::UnknownWord { vocabulary: "plan object", word: text.to_owned() };
        let (kind, code) = text.split_once([':', '：']).ok_or_else(unknown)?;
        let kind = PlanKind::named(kind.trim()).ok_or_else(unknown)?;
        Ok(PlanRef::new(kind.code, code.trim()))
    }
}

/// A plan object as it is known at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanObject {
    /// Its number in the ledger.
    pub number: i64,
    /// What it is.
    pub kind: &'static PlanKind,
    /// Its code, which is its own within the kind.
    pub code: String,
    /// Under which object it stands.
    pub parent: Option<PlanRef>,
    /// Code of the region that it belongs to, its own or that of what it stands under.
    pub region: String,
    /// Code of the department that owns it, its own or that of what it stands under.
    pub department: Option<String>,
    /// Values by the code of their field; a field without a value is not in it.
    pub fields: BTreeMap<&'static str, String>,
    /// Code of the state in which it stands.
    pub state: String,
    /// Why it came to this state; empty where that needed no reason.
    pub comment: String,
    /// Who brought it to this state.
    pub state_author: String,
    /// When, RFC 3339.
    pub state_since: String,
    /// Number of the last entry that wrote anything of it. Who writes tells which one was seen.
    pub version: i64,
    /// What is attached to it, latest first.
    pub attachments: Vec<Attached>,
}

impl PlanObject {
    /// The value of a field; empty where there is none.
    pub fn value(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", String::as_str)
    }

    /// The amount of a field.
    pub fn amount(&self, field: &str) -> Option<Quantity> {
        self.value(field).parse().ok()
    }

    /// Which object it is.
    pub fn reference(&self) -> PlanRef {
        PlanRef::new(self.kind.code, &self.code)
    }

    /// What it is called: its name, or what is most telling of it.
    pub fn title(&self) -> String {
        match self.value("name") {
            "" => {
                let telling = self.kind.fields.iter().filter(|field| field.required);
                let words = telling
                    .map(|field| field.shown(self.value(field.code)))
                    .filter(|value| !value.is_empty() && value.chars().count() <= 20);
                words.take(5).collect::<Vec<_>>().join(" ")
            }
            name => name.to_owned(),
        }
    }

    /// The Chinese name of its state.
    pub fn state_name(&self) -> &str {
        self.kind.state(&self.state).map_or(self.state.as_str(), |state| state.chinese)
    }
}

/// What one entry did to a plan object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanEvent {
    /// Number of the entry.
    pub entry: i64,
    /// When, RFC 3339.
    pub at: String,
    /// Who.
    pub author: String,
    /// Why.
    pub reason: String,
    /// Code of each field that was written, with its value before and after; empty for none.
    pub fields: Vec<(&'static str, String, String)>,
    /// The state to which it was brought, and why.
    pub state: Option<(String, String)>,
    /// What was attached, or taken off again where the flag is `false`: name and hash.
    pub attached: Vec<(String, String, bool)>,
}

/// Somebody or something that a register holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Code of the member in the ledger.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its unique code, such as the unified social credit code; may be empty.
    pub id: String,
    /// Code of its region.
    pub region: String,
}

/// How many a register counts on a day, and who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterCount {
    /// Code of the register.
    pub register: String,
    /// The level that was asked for; `None` for all members.
    pub level: Option<String>,
    /// The day.
    pub day: crate::Day,
    /// All that count, by code.
    pub members: Vec<Member>,
}

impl RegisterCount {
    /// How many count.
    pub fn count(&self) -> usize {
        self.members.len()
    }

    /// Who came and who went between an earlier count and this one.
    pub fn since<'a>(&'a self, earlier: &'a RegisterCount) -> (Vec<&'a Member>, Vec<&'a Member>) {
        let not_in = |others: &'a [Member]| {
            move |member: &&Member| others.iter().all(|other| other.code != member.code)
        };
        let came = self.members.iter().filter(not_in(&earlier.members)).collect();
        let went = earlier.members.iter().filter(not_in(&self.members)).collect();
        (came, went)
    }
}
