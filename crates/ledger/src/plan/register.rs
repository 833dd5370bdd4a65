//! Registers: how many they count on a day, and who they are.

use std::collections::HashSet;

use terms::{Day, Member, PlanKind, PlanObject, RegisterCount};

use super::read::{self, Of};
use crate::{Ledger, LedgerError, time};

impl Ledger {
    /// Whom a register counts on a day: all members, or those that hold an award of a level. `as_of` asks what was known
    /// at a time (RFC 3339).
    pub fn register_count(
        &self,
        register: &str,
        level: Option<&str>,
        day: Day,
        as_of: Option<&str>,
    ) -> Result<RegisterCount, LedgerError> {
        as_of.map_or(Ok(()), time::check)?;
        let number = read::number(&self.connection, "register", register);
        let Some(number) = number.map_err(|error| self.error(error))? else {
            let name = PlanKind::named("register").map_or("", |kind| kind.chinese);
            return Err(read::unknown(name, register));
        };
        let read = || -> rusqlite::Result<Vec<Member>> {
            let mut members = read::objects(&self.connection, Of::Parent(number), as_of)?;
            members.retain(|member| {
                member.state == "listed" && lasts(member, day, "joined", &["left"], None)
            });
            if let Some(level) = level {
                let awards = read::objects(&self.connection, Of::Kind("award"), as_of)?;
                let holders: HashSet<&str> = awards
                    .iter()
                    .filter(|award| award.state == "held" && award.value("level") == level)
                    .filter(|award| lasts(award, day, "won", &["withdrawn"], Some("until")))
                    .filter_map(|award| award.parent.as_ref().map(|member| &*member.code))
                    .collect();
                members.retain(|member| holders.contains(member.code.as_str()));
            }
            Ok(members.into_iter().map(member).collect())
        };
        let members = read().map_err(|error| self.error(error))?;
        let (register, level) = (register.to_owned(), level.map(str::to_owned));
        Ok(RegisterCount { register, level, day, members })
    }
}

fn member(object: PlanObject) -> Member {
    let [name, id] = ["name", "id"].map(|field| object.value(field).to_owned());
    Member { code: object.code, name, id, region: object.region }
}

/// Whether something holds on a day: from its first day, to the day before one of those on which it ends, or to its last
/// day.
fn lasts(object: &PlanObject, day: Day, first: &str, ends: &[&str], last: Option<&str>) -> bool {
    let on = |field: &str| object.value(field).parse::<Day>().ok();
    on(first).is_some_and(|first| first <= day)
        && ends.iter().all(|end| on(end).is_none_or(|end| day < end))
        && last.and_then(on).is_none_or(|last| day <= last)
}
