//! Regions of the ledger's own: towns, villages and grids, and counties that are no more.

use crate::vocabulary::vocabulary;
use crate::{Day, Tier};

vocabulary! {
    /// What became of a region.
    RegionEnd {
        /// 更名: it goes on under another name or code.
        Renamed = "renamed",
        /// 并入: it belongs to another one now.
        Merged = "merged",
        /// 拆分: it was split into several.
        Split = "split",
        /// 撤销: it is no more.
        Abolished = "abolished",
    }
}

impl RegionEnd {
    /// Its Chinese name.
    pub fn chinese(self) -> &'static str {
        match self {
            RegionEnd::Renamed => "更名",
            RegionEnd::Merged => "并入",
            RegionEnd::Split => "拆分",
            RegionEnd::Abolished => "撤销",
        }
    }
}

/// A region under a name, for as long as it had it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRegion {
    /// Its code: six digits, nine for towns, twelve for villages, fifteen for grids.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of the region to which it belongs.
    pub parent: String,
    /// The first day on which this holds.
    pub since: Day,
    /// The last day; `None` while it does.
    pub until: Option<Day>,
    /// What became of it then.
    pub end: Option<RegionEnd>,
    /// Code of the region as which it goes on or to which it belongs now; empty where there is none.
    pub successor: String,
}

/// A region as it is on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegionPlace {
    /// Its code.
    pub code: String,
    /// Its name on that day.
    pub name: String,
    /// How high it stands.
    pub tier: Tier,
    /// Code of the region to which it belongs; `None` for provinces.
    pub parent: Option<String>,
}
