//! Keys of series: a code, several or any on each dimension.

use publication::sdmx::error::Failure;
use publication::sdmx::{Cell, Dimension, Version};

use super::fault;

/// The codes that a dimension may have; any where there is none.
type Codes = Vec<String>;

/// One key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Key([Codes; 4]);

/// Keys of which one has to fit; all series fit where there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Keys(Vec<Key>);

/// What is expected of a key.
const FORM: &str = "FREQ.REF_AREA.INDICATOR.MEASURE";

impl Keys {
    /// Reads the keys of a path: in the older version of the standard one, with codes that are left out for any and `+`
    /// between codes; in the newer one several with `,` between them and `*` for any.
    pub(super) fn read(text: &str, version: Version) -> Result<Keys, Failure> {
        if text.is_empty() || matches!(text, "all" | "*") {
            return Ok(Keys::default());
        }
        let keys = match version {
            Version::V21 => vec![text],
            Version::V30 => text.split(',').collect(),
        };
        keys.into_iter().map(|key| key_of(key, version)).collect::<Result<_, _>>().map(Keys)
    }

    /// Whether a figure stands in one of the series; `but` is a dimension that does not matter.
    pub(super) fn hold(&self, cell: &Cell<'_>, but: Option<Dimension>) -> bool {
        let fits = |(codes, dimension): (&Codes, Dimension)| {
            codes.is_empty()
                || Some(dimension) == but
                || codes.iter().any(|code| *code == cell.value(dimension))
        };
        let holds = |key: &Key| key.0.iter().zip(Dimension::SERIES).all(fits);
        self.0.is_empty() || self.0.iter().any(holds)
    }

    /// All codes that the keys name on a dimension; none where one of them allows any.
    pub(super) fn on(&self, dimension: Dimension) -> Vec<String> {
        let Some(at) = Dimension::SERIES.iter().position(|one| *one == dimension) else {
            return Vec::new();
        };
        let lists = self.0.iter().map(|key| &key.0[at]);
        if lists.clone().any(Vec::is_empty) {
            return Vec::new();
        }
        let mut all: Vec<String> = lists.flatten().cloned().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn key_of(text: &str, version: Version) -> Result<Key, Failure> {
    let parts: Vec<&str> = text.split('.').collect();
    let whole = match version {
        Version::V21 => parts.len() == 4,
        // What is left out at the end may be anything.
        Version::V30 => parts.len() <= 4 && !parts.contains(&""),
    };
    if !whole {
        return Err(fault::syntax("key", text, FORM));
    }
    let mut key = Key::default();
    for (codes, part) in key.0.iter_mut().zip(parts) {
        if part.is_empty() || part == "*" {
            continue;
        }
        *codes = part.split('+').map(str::to_owned).collect();
        if codes.iter().any(|code| !is_code(code)) {
            return Err(fault::syntax("key", text, FORM));
        }
    }
    Ok(key)
}

/// Whether a text can be a code.
fn is_code(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'@' | b'$' | b'-');
    !text.is_empty() && text.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_both_versions_are_read() {
        let old = Keys::read("M.330784+330700..LEVEL", Version::V21).unwrap();
        assert_eq!(old.on(Dimension::Area), ["330700", "330784"]);
        assert_eq!(old.on(Dimension::Indicator), [""; 0]);
        assert_eq!(old.on(Dimension::Measure), ["LEVEL"]);
        let new = Keys::read("M.*.gdp,A.330784", Version::V30).unwrap();
        assert_eq!(new.on(Dimension::Frequency), ["A", "M"]);
        assert_eq!(new.on(Dimension::Area), [""; 0]);
        assert_eq!(new.on(Dimension::Indicator), [""; 0]);
        for any in ["", "all", "*"] {
            assert_eq!(Keys::read(any, Version::V21).unwrap(), Keys::default());
        }
    }

    #[test]
    fn what_is_no_key_is_refused_with_what_is_expected() {
        for (text, version) in [
            ("M.330784", Version::V21),
            ("M.330784.gdp.LEVEL.2024", Version::V21),
            ("M.330784.g dp.LEVEL", Version::V21),
            ("M+.330784.gdp.LEVEL", Version::V21),
            ("M..gdp.LEVEL", Version::V30),
            ("M.330784.gdp.LEVEL.2024", Version::V30),
            ("M.330784,", Version::V30),
            ("M.永康.gdp.LEVEL", Version::V30),
        ] {
            let failure = Keys::read(text, version).unwrap_err();
            assert_eq!(failure.status, 400, "{text}");
            assert!(failure.english.contains("FREQ.REF_AREA.INDICATOR.MEASURE"), "{text}");
        }
    }

    #[test]
    fn whatever_is_sent_is_read_or_refused() {
        let mut chance = 7u64;
        let mut one_of = |all: &[&'static str]| {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040);
            all[usize::try_from(chance >> 33).unwrap() % all.len()]
        };
        let parts = [
            "2024", "-", "M", ".", "+", ",", "*", "ge:", "永", "〓", "\u{0}", "Q1", " ", "-05",
            "T0",
        ];
        for _ in 0..20_000 {
            let text: String = (0..6).map(|_| one_of(&parts)).collect();
            let _ = Keys::read(&text, Version::V21);
            let _ = Keys::read(&text, Version::V30);
            let _ = super::super::moment::Moment::read("startPeriod", &text);
            let _ = super::super::moment::day("asOf", &text);
            let _ = super::super::filter::Filter::read("TIME_PERIOD", &text);
            let accept = super::super::accept::Accept::new(Some(&text), None, Some(&text));
            assert!(accept.data(Version::V21).is_err(), "{text}");
        }
    }
}
