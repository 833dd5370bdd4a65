//! Regions of the ledger's own, and all regions as they are on a day.

use std::collections::{BTreeMap, HashSet};

use rusqlite::{Connection, Row, params};
use terms::{
    Day, InvalidRegion, OwnRegion, Region, RegionEnd, RegionPlace, Right, Tier, tier_of_code,
};

use crate::append::Entry;
use crate::audit::Action;
use crate::people::{check_name, invalid};
use crate::record::{self, Trouble, Writing};
use crate::row::unfit;
use crate::{Ledger, LedgerError};

/// What became of a region that was to be filed.
#[derive(Debug)]
pub enum RegionOutcome {
    /// It is new.
    New,
    /// What is known of it changed.
    Changed,
    /// It is as it was meant already.
    Equal,
    /// It is not to be.
    Refused(LedgerError),
}

impl Ledger {
    /// Adds and changes regions in one transaction; where one is refused, or only a preview is `wanted`, none is written.
    pub fn put_regions(
        &mut self,
        regions: &[OwnRegion],
        wanted: bool,
        entry: &Entry,
    ) -> Result<Vec<RegionOutcome>, LedgerError> {
        self.write_or_not(entry, |writing| {
            let mut all = own(writing.transaction)?;
            let mut outcomes = Vec::with_capacity(regions.len());
            let mut seen = HashSet::new();
            for region in regions {
                let twice = !seen.insert((&region.code, region.since));
                outcomes.push(match put(writing, &mut all, region, twice) {
                    Ok(outcome) => outcome,
                    Err(Trouble::Refused(error)) => RegionOutcome::Refused(error),
                    Err(trouble) => return Err(trouble),
                });
            }
            let sound = outcomes.iter().all(|one| !matches!(one, RegionOutcome::Refused(_)));
            let changed = outcomes.iter().any(|one| !matches!(one, RegionOutcome::Equal));
            let written = wanted && sound && changed;
            if written {
                let subject = match regions {
                    [region] => region.code.clone(),
                    _ => format!("× {}", regions.len()),
                };
                writing.log(Action::Region, &subject)?;
            }
            Ok((outcomes, written))
        })
    }

    /// All that is known of regions of the ledger's own, by code and first day.
    pub fn own_regions(&self) -> Result<Vec<OwnRegion>, LedgerError> {
        own(&self.connection).map_err(|error| self.error(error))
    }

    /// The region of a code as it is on a day.
    pub fn region_at(&self, code: &str, day: Day) -> Result<Option<RegionPlace>, LedgerError> {
        Ok(at(&self.own_regions()?, code, day))
    }

    /// The regions that belong to one on a day, by code.
    pub fn children(&self, code: &str, day: Day) -> Result<Vec<RegionPlace>, LedgerError> {
        let mut regions = self.regions(day)?;
        regions.retain(|region| region.parent.as_deref() == Some(code));
        Ok(regions)
    }

    /// All regions that there are on a day, by code.
    pub fn regions(&self, day: Day) -> Result<Vec<RegionPlace>, LedgerError> {
        let own = self.own_regions()?;
        let mut codes: Vec<&str> = Region::all().iter().map(|region| region.code).collect();
        codes.extend(own.iter().map(|region| region.code.as_str()));
        codes.sort_unstable();
        codes.dedup();
        Ok(codes.into_iter().filter_map(|code| at(&own, code, day)).collect())
    }

    /// The code of the region that a text names: a code, or a name, after the names of what it belongs to where others
    /// bear it too. Names that a region had earlier are known as well.
    pub fn region_code(&self, written: &str) -> Result<String, LedgerError> {
        code_of(&self.connection, written).map_err(|error| self.error(error))?.map_err(|error| {
            let expected = match error {
                InvalidRegion::Unknown(_) => "已有地区的名称或代码".to_owned(),
                ambiguous => ambiguous.to_string(),
            };
            invalid("地区", written, expected)
        })
    }
}

const COLUMNS: &str = "code, since, name, parent, until, ended, successor";

fn own(read: &Connection) -> rusqlite::Result<Vec<OwnRegion>> {
    let query = format!(
        "SELECT {COLUMNS} FROM own_region AS own
         WHERE entry = (SELECT max(entry) FROM own_region
             WHERE code = own.code AND since = own.since)
         ORDER BY code, since"
    );
    read.prepare_cached(&query)?.query_map([], own_region)?.collect()
}

fn own_region(row: &Row<'_>) -> rusqlite::Result<OwnRegion> {
    let day = |column: usize, number: i64| {
        Day::of_number(number).ok_or_else(|| unfit(column, number.to_string()))
    };
    let until: Option<i64> = row.get(4)?;
    let ended: Option<String> = row.get(5)?;
    Ok(OwnRegion {
        code: row.get(0)?,
        since: day(1, row.get(1)?)?,
        name: row.get(2)?,
        parent: row.get(3)?,
        until: until.map(|number| day(4, number)).transpose()?,
        end: ended
            .map(|word| word.parse::<RegionEnd>().map_err(|error| unfit(5, error)))
            .transpose()?,
        successor: row.get(6)?,
    })
}

fn lasts(region: &OwnRegion, day: Day) -> bool {
    region.since <= day && region.until.is_none_or(|until| day <= until)
}

/// The region of a code on a day: what the ledger says of it, or else the table of divisions that are in force.
fn at(own: &[OwnRegion], code: &str, day: Day) -> Option<RegionPlace> {
    let mut said = own.iter().filter(|region| region.code == code).peekable();
    let last = own.iter().rfind(|region| region.code == code);
    if let Some(region) = said.find(|region| lasts(region, day)) {
        return Some(RegionPlace {
            code: region.code.clone(),
            name: region.name.clone(),
            tier: tier_of_code(code)?,
            parent: Some(region.parent.clone()),
        });
    }
    let known = Region::of_code(code)?;
    // Up to the last day that the ledger speaks of, only what it says holds, and behind it the table, unless the region
    // is no more.
    if last.is_some_and(|last| last.until.is_none_or(|until| day <= until) || is_gone(last)) {
        return None;
    }
    Some(RegionPlace {
        code: known.code.to_owned(),
        name: known.name.to_owned(),
        tier: known.tier(),
        parent: known.parent().map(|parent| parent.code.to_owned()),
    })
}

/// Whether nothing goes on under the code of a region once its time is over.
fn is_gone(region: &OwnRegion) -> bool {
    match region.end {
        None => false,
        Some(RegionEnd::Renamed) => region.successor != region.code,
        Some(_) => true,
    }
}

/// Files a region; `all` is what the ledger knows, with what was filed before it.
fn put(
    writing: &Writing<'_>,
    all: &mut Vec<OwnRegion>,
    region: &OwnRegion,
    twice: bool,
) -> Result<RegionOutcome, Trouble> {
    if twice {
        return Err(invalid("地区代码", &region.code, "同一起始日只出现一次").into());
    }
    let same = |known: &OwnRegion| known.code == region.code && known.since == region.since;
    let place = all.iter().position(same);
    if place.is_some_and(|place| all[place] == *region) {
        return Ok(RegionOutcome::Equal);
    }
    check(all, region)?;
    writing.authorise(Right::Plan, &region.code, None)?;
    record::OWN_REGION.insert(
        writing.transaction,
        params![
            writing.number,
            region.code,
            region.since.number(),
            region.name,
            region.parent,
            region.until.map(Day::number),
            region.end.map(RegionEnd::as_str),
            region.successor,
        ],
    )?;
    Ok(match place {
        Some(place) => {
            all[place] = region.clone();
            RegionOutcome::Changed
        }
        None => {
            all.push(region.clone());
            RegionOutcome::New
        }
    })
}

fn check(all: &[OwnRegion], region: &OwnRegion) -> Result<(), LedgerError> {
    let code = region.code.as_str();
    let tier = tier_of_code(code).filter(|tier| *tier > Tier::Province || code.len() == 6);
    let Some(tier) = tier else {
        return Err(invalid("地区代码", code, "6 位、乡镇 9 位、村 12 位或网格 15 位数字"));
    };
    check_name("地区名称", &region.name)?;
    let above = tier_of_code(&region.parent);
    // What stands higher can never belong to what stands lower, so there are no circles.
    if above.is_none_or(|above| above >= tier) {
        return Err(invalid("上级", &region.parent, format!("级别高于 {code} 的地区代码")));
    }
    if at(all, &region.parent, region.since).is_none() {
        return Err(invalid("上级", &region.parent, format!("{} 已有的地区", region.since)));
    }
    check_time(all, region)?;
    check_successor(all, region)
}

/// Refuses a time that is none, or in which the code has another name already.
fn check_time(all: &[OwnRegion], region: &OwnRegion) -> Result<(), LedgerError> {
    if let Some(until) = region.until.filter(|until| *until < region.since) {
        let expected = format!("不早于起始日 {}", region.since);
        return Err(invalid("终止日", &until.to_string(), expected));
    }
    let overlaps = |known: &&OwnRegion| {
        known.code == region.code
            && known.since != region.since
            && region.until.is_none_or(|until| known.since <= until)
            && known.until.is_none_or(|until| region.since <= until)
    };
    match all.iter().find(overlaps) {
        None => Ok(()),
        Some(known) => {
            let until = known.until.map_or("至今".to_owned(), |day| format!("至 {day}"));
            let expected = format!("不与“{}”（{} {until}）重叠", known.name, known.since);
            Err(invalid("起止日", &region.since.to_string(), expected))
        }
    }
}

fn check_successor(all: &[OwnRegion], region: &OwnRegion) -> Result<(), LedgerError> {
    let name = region.end.map_or("", RegionEnd::chinese);
    if region.end.is_some() && region.until.is_none() {
        return Err(invalid("终止日", "", format!("{name}前的最后一天")));
    }
    let successor = region.successor.as_str();
    match (region.end, successor.is_empty()) {
        (Some(RegionEnd::Renamed | RegionEnd::Merged), true) => {
            return Err(invalid("后继地区", "", format!("{name}后的地区代码")));
        }
        (None | Some(RegionEnd::Abolished), false) => {
            return Err(invalid("后继地区", successor, "空，因为没有更名、并入或拆分"));
        }
        (_, true) => return Ok(()),
        _ => {}
    }
    let known =
        |code: &str| Region::of_code(code).is_some() || all.iter().any(|known| known.code == code);
    // A renamed region may keep its code.
    let renamed = region.end == Some(RegionEnd::Renamed) && successor == region.code;
    if !renamed && !known(successor) {
        return Err(invalid("后继地区", successor, "已有地区的代码"));
    }
    let mut next: BTreeMap<&str, &str> = all
        .iter()
        .filter(|known| !known.successor.is_empty() && known.successor != known.code)
        .map(|known| (known.code.as_str(), known.successor.as_str()))
        .collect();
    if !renamed {
        next.insert(&region.code, successor);
    }
    let mut met = HashSet::new();
    let mut code = region.code.as_str();
    while let Some(further) = next.get(code) {
        if !met.insert(code) {
            let expected = "不回到自身的地区代码";
            return Err(invalid("后继地区", successor, expected));
        }
        code = further;
    }
    Ok(())
}

/// The code of the region that a text names, of the ledger's own or of the table of divisions.
pub(super) fn code_of(
    read: &Connection,
    written: &str,
) -> rusqlite::Result<Result<String, InvalidRegion>> {
    let own = own(read)?;
    if own.iter().any(|region| region.code == written) {
        return Ok(Ok(written.to_owned()));
    }
    let mut named: Vec<&OwnRegion> = own
        .iter()
        .filter(|region| {
            written
                .strip_suffix(region.name.as_str())
                .is_some_and(|above| is_above(&own, &region.parent, above, 0))
        })
        .collect();
    named.dedup_by(|one, other| one.code == other.code);
    let table = Region::code_of(written);
    Ok(match (&named[..], table) {
        ([], table) => table.map(str::to_owned),
        ([region], Err(_)) => Ok(region.code.clone()),
        ([region], Ok(code)) if code == region.code => Ok(code.to_owned()),
        (regions, table) => {
            let listed = |region: &&OwnRegion| format!("{} {}", region.name, region.code);
            let mut candidates: Vec<String> = regions.iter().map(listed).collect();
            candidates.extend(table.ok().map(str::to_owned));
            Err(InvalidRegion::Ambiguous { name: written.to_owned(), candidates })
        }
    })
}

/// Whether a text is made of names, in their order, of regions to which something belongs; any of them may be left out.
fn is_above(own: &[OwnRegion], parent: &str, text: &str, depth: usize) -> bool {
    if text.is_empty() {
        return true;
    }
    // There are no more tiers than these.
    if depth > 6 {
        return false;
    }
    let names = own.iter().filter(|region| region.code == parent);
    let names = names.map(|region| (region.name.as_str(), Some(region.parent.as_str())));
    let table = Region::of_code(parent);
    let table = table.map(|region| (region.name, region.parent().map(|above| above.code)));
    names.chain(table).any(|(name, above)| {
        let rest = text.strip_suffix(name).unwrap_or(text);
        match above {
            Some(above) => is_above(own, above, rest, depth + 1),
            None => rest.is_empty(),
        }
    })
}
