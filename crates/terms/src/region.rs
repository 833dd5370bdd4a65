//! Administrative divisions: provinces, cities and counties by their codes (GB/T 2260).

use std::collections::HashMap;
use std::fmt;
use std::sync::OnceLock;

use crate::vocabulary::vocabulary;

vocabulary! {
    /// How high a division stands.
    Tier {
        /// 省、自治区、直辖市、特别行政区.
        Province = "province",
        /// 地级市、地区、自治州、盟.
        City = "city",
        /// 县、县级市、区、旗.
        County = "county",
        /// 乡、镇、街道, by nine digits (GB/T 10114).
        Town = "town",
        /// 村、社区, by twelve digits.
        Village = "village",
        /// 网格, by fifteen digits: those of its village and three more.
        Grid = "grid",
    }
}

/// A division that is in force now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Its code of six digits.
    pub code: &'static str,
    /// Its name, for example `永康市`.
    pub name: &'static str,
}

/// Why a text names no division.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvalidRegion {
    /// No division bears this name, and it is no code.
    Unknown(String),
    /// Several bear the name.
    Ambiguous {
        /// The name.
        name: String,
        /// Those that bear it, with what they belong to.
        candidates: Vec<String>,
    },
}

impl fmt::Display for InvalidRegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InvalidRegion::Unknown(written) => {
                write!(f, "地区“{written}”（应为县级以上地区的名称，或 6、9、12 位行政区划代码）")
            }
            InvalidRegion::Ambiguous { name, candidates } => {
                write!(
                    f,
                    "地区“{name}”有 {} 处同名（应写明上级或代码：{}）",
                    candidates.len(),
                    candidates.join("、")
                )
            }
        }
    }
}

impl std::error::Error for InvalidRegion {}

/// How many of the divisions of one name are named in an error.
const NAMED: usize = 6;

impl Region {
    /// All provinces, cities and counties, in the order of their codes.
    pub fn all() -> &'static [Region] {
        &table().regions
    }

    /// The division of a code.
    pub fn of_code(code: &str) -> Option<Region> {
        let regions = Region::all();
        regions.binary_search_by(|known| known.code.cmp(code)).ok().map(|at| regions[at])
    }

    /// How high it stands.
    pub fn tier(&self) -> Tier {
        tier_of_code(self.code).unwrap_or(Tier::County)
    }

    /// What it belongs to; a county that is led by its province belongs to that.
    pub fn parent(&self) -> Option<Region> {
        let city = || Region::of_code(&format!("{}00", self.code.get(..4)?));
        let province = || Region::of_code(&format!("{}0000", self.code.get(..2)?));
        match self.tier() {
            Tier::Province => None,
            Tier::City => province(),
            _ => city().or_else(province),
        }
    }

    /// Its name after those that it belongs to, for example `浙江省金华市永康市`.
    pub fn full_name(&self) -> String {
        let above = self.parent().map_or(String::new(), |parent| parent.full_name());
        above + self.name
    }

    /// The code of the division that a text names: a code, a name, or a name after those that it belongs to. Codes of
    /// towns and villages are taken as they are, for they are many and the ledger's own.
    pub fn code_of(written: &str) -> Result<&str, InvalidRegion> {
        if tier_of_code(written).is_some_and(|tier| {
            matches!(tier, Tier::Town | Tier::Village | Tier::Grid)
                || Region::of_code(written).is_some()
        }) {
            return Ok(written);
        }
        let unknown = || InvalidRegion::Unknown(written.to_owned());
        let table = table();
        // The longest name that the text ends with is the division's own: 大东区 is no 东区.
        let fitting: Vec<&Region> = written
            .char_indices()
            .filter_map(|(at, _)| table.by_name.get(&written[at..]))
            .map(|places| places.iter().map(|place| &table.regions[*place]))
            .map(|found| found.filter(|region| is_named(&region.full_name(), written)).collect())
            .find(|fitting: &Vec<&Region>| !fitting.is_empty())
            .unwrap_or_default();
        match fitting[..] {
            [] => Err(unknown()),
            [region] => Ok(region.code),
            _ => Err(InvalidRegion::Ambiguous {
                name: written.to_owned(),
                candidates: fitting
                    .iter()
                    .take(NAMED)
                    .map(|region| format!("{} {}", region.full_name(), region.code))
                    .collect(),
            }),
        }
    }
}

/// Whether `written` is a full name from which leading or middle divisions may be left out.
fn is_named(full: &str, written: &str) -> bool {
    let mut rest = full.chars();
    written.chars().all(|character| rest.any(|known| known == character))
}

/// The tier of a code by its length; `None` where it is no code.
pub fn tier_of_code(code: &str) -> Option<Tier> {
    let digits = code.bytes().all(|byte| byte.is_ascii_digit());
    match code.len() {
        6 if digits && code.ends_with("0000") => Some(Tier::Province),
        6 if digits && code.ends_with("00") => Some(Tier::City),
        6 if digits => Some(Tier::County),
        9 if digits => Some(Tier::Town),
        12 if digits => Some(Tier::Village),
        15 if digits => Some(Tier::Grid),
        _ => None,
    }
}

/// The code of the whole country, to which every division belongs.
pub const NATION: &str = "100000";

/// Whether a division is another one or belongs to it, by their codes.
///
/// ```
/// assert!(terms::covers("330700", "330784100") && !terms::covers("330784", "330700"));
/// ```
pub fn covers(above: &str, code: &str) -> bool {
    let own = match tier_of_code(above) {
        None => return false,
        Some(_) if above == NATION => Some(""),
        Some(Tier::Province) => above.get(..2),
        Some(Tier::City) => above.get(..4),
        Some(_) => Some(above),
    };
    tier_of_code(code).is_some() && own.is_some_and(|own| code.starts_with(own))
}

struct Table {
    regions: Vec<Region>,
    by_name: HashMap<&'static str, Vec<usize>>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = include_str!("../data/regions.tsv").lines();
        let regions: Vec<Region> = lines
            .filter_map(|line| line.split_once('\t'))
            .map(|(code, name)| Region { code, name })
            .collect();
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        for (place, region) in regions.iter().enumerate() {
            by_name.entry(region.name).or_default().push(place);
        }
        Table { regions, by_name }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_division_has_a_code_of_its_own_and_stands_under_another() {
        let all = Region::all();
        assert!(all.windows(2).all(|pair| pair[0].code < pair[1].code));
        let count = |tier| all.iter().filter(|region| region.tier() == tier).count();
        assert_eq!(count(Tier::Province), 34);
        assert!((330..=345).contains(&count(Tier::City)), "{}", count(Tier::City));
        assert!((2800..=2900).contains(&count(Tier::County)), "{}", count(Tier::County));
        for region in all {
            assert_eq!(tier_of_code(region.code), Some(region.tier()));
            assert_eq!(region.parent().is_none(), region.tier() == Tier::Province, "{region:?}");
        }
    }

    #[test]
    fn names_and_codes_are_found() {
        for (written, code) in [
            ("永康市", "330784"),
            ("330784", "330784"),
            ("浙江省永康市", "330784"),
            ("金华市永康市", "330784"),
            ("浙江省金华市永康市", "330784"),
            ("金华市", "330700"),
            ("浙江省", "330000"),
            ("北京市朝阳区", "110105"),
            ("湖北省仙桃市", "429004"),
            ("大东区", "210104"),
            ("沈阳市大东区", "210104"),
            ("攀枝花市东区", "510402"),
            ("330784100", "330784100"),
            ("330784100201", "330784100201"),
        ] {
            assert_eq!(Region::code_of(written), Ok(code));
        }
        assert_eq!(Region::of_code("330784").unwrap().full_name(), "浙江省金华市永康市");
        assert_eq!(Region::of_code("429004").unwrap().parent().unwrap().name, "湖北省");
    }

    #[test]
    fn what_names_none_or_several_is_refused() {
        for written in ["", "永康", "不存在县", "999999", "33078", "江苏省永康市", "市"]
        {
            assert_eq!(Region::code_of(written), Err(InvalidRegion::Unknown(written.into())));
        }
        let error = Region::code_of("朝阳区").unwrap_err().to_string();
        assert!(error.contains("北京市朝阳区 110105"), "{error}");
    }
}
