//! What an address may ask: parameters as data, from which addresses are read and described alike.

use std::collections::BTreeMap;

use terms::{Day, Facet, Period, PlanKind};

use super::endpoint::Endpoint;
use super::problem::Problem;

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Path,
    Query,
}

/// What a parameter's value may be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// A code of something in the ledger.
    Code,
    /// The id of a figure, a series or a statement.
    Id,
    /// A code of GB/T 2260, or of a region below it.
    Region,
    Day,
    Period,
    Year,
    /// A word of a closed vocabulary.
    Word(fn() -> Vec<&'static str>),
    /// Words to look for.
    Text,
    /// Yes or no.
    Flag,
    /// A whole number.
    Whole {
        least: i64,
        most: i64,
    },
}

/// A parameter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) place: Place,
    pub(super) kind: Kind,
    /// Whether several values, parted by commas, may stand there.
    pub(super) many: bool,
    pub(super) required: bool,
    pub(super) chinese: &'static str,
    pub(super) english: &'static str,
    pub(super) example: &'static str,
}

/// A parameter of a query.
pub(super) const fn query(name: &'static str, kind: Kind, example: &'static str) -> Parameter {
    Parameter {
        name,
        place: Place::Query,
        kind,
        many: false,
        required: false,
        chinese: "",
        english: "",
        example,
    }
}

/// A parameter that is a part of the path.
pub(super) const fn path(name: &'static str, kind: Kind, example: &'static str) -> Parameter {
    Parameter { place: Place::Path, required: true, ..query(name, kind, example) }
}

impl Parameter {
    /// The same, told of in both languages.
    pub(super) const fn says(self, chinese: &'static str, english: &'static str) -> Parameter {
        Parameter { chinese, english, ..self }
    }

    /// The same, of which several may stand there.
    pub(super) const fn many(self) -> Parameter {
        Parameter { many: true, ..self }
    }

    /// The same, which has to be there.
    pub(super) const fn required(self) -> Parameter {
        Parameter { required: true, ..self }
    }
}

/// How many values a parameter may have.
pub(super) const MOST: usize = 50;

/// The longest text.
pub(super) const LONGEST: usize = 200;

impl Kind {
    /// The pattern of its values, where it has one, as JSON Schema writes it.
    pub(super) fn pattern(self) -> Option<&'static str> {
        match self {
            Kind::Code => Some("^[A-Za-z0-9_\\u4e00-\\u9fff-]{1,40}$"),
            Kind::Id => Some("^[A-Za-z0-9_:.\\u4e00-\\u9fff-]{1,120}$"),
            Kind::Region => Some("^[0-9]{6}([0-9]{3}){0,3}$"),
            Kind::Period => Some(
                "^(19|20|21)[0-9]{2}(-H[12]|-Q[1-4]|-0[1-9]|-1[0-2]|-01\\.\\.(0[2-9]|1[0-2]))?$",
            ),
            Kind::Day | Kind::Year | Kind::Word(_) | Kind::Text | Kind::Flag => None,
            Kind::Whole { .. } => None,
        }
    }

    /// Whether a text is such a value.
    pub(super) fn admits(self, text: &str) -> bool {
        let count = text.chars().count();
        let named = |more: &str| {
            text.chars().all(|character| {
                character.is_ascii_alphanumeric()
                    || ('\u{4e00}'..='\u{9fff}').contains(&character)
                    || more.contains(character)
            })
        };
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        match self {
            Kind::Code => (1..=40).contains(&count) && named("-_"),
            Kind::Id => (1..=120).contains(&count) && named("-_:."),
            Kind::Region => digits && matches!(count, 6 | 9 | 12 | 15),
            Kind::Day => day(text).is_some(),
            Kind::Period => period(text).is_some(),
            Kind::Year => whole(text).is_some_and(|year| (1900..=2199).contains(&year)),
            Kind::Word(words) => words().contains(&text),
            Kind::Text => (1..=LONGEST).contains(&count),
            Kind::Flag => matches!(text, "true" | "false"),
            Kind::Whole { least, most } => {
                whole(text).is_some_and(|number| (least..=most).contains(&number))
            }
        }
    }

    /// What was expected, in Chinese and in English.
    pub(super) fn expected(self) -> (String, String) {
        let both = |chinese: &str, english: &str| (chinese.to_owned(), english.to_owned());
        match self {
            Kind::Code => both(
                "1 到 40 个字母、数字、汉字或 - _",
                "1 to 40 letters, digits, Chinese characters or - _",
            ),
            Kind::Id => both("如 gdp:330784:level 的标识", "an id, such as gdp:330784:level"),
            Kind::Region => {
                both("6、9、12 或 15 位行政区划代码", "a code of a region: 6, 9, 12 or 15 digits")
            }
            Kind::Day => both("如 2024-10-20 的日期", "a day, such as 2024-10-20"),
            Kind::Period => both(
                "时期，如 2024、2024-H1、2024-Q3、2024-05、2024-01..05",
                "a period: 2024, 2024-H1, 2024-Q3, 2024-05 or 2024-01..05",
            ),
            Kind::Year => both("1900 到 2199 的年份", "a year from 1900 to 2199"),
            Kind::Word(words) => {
                let words = words();
                (words.join("、"), words.join(", "))
            }
            Kind::Text => both("1 到 200 个字", "1 to 200 characters"),
            Kind::Flag => both("true 或 false", "true or false"),
            Kind::Whole { least, most } => (
                format!("{least} 到 {most} 的整数"),
                format!("a whole number from {least} to {most}"),
            ),
        }
    }
}

/// A day as data write it. People may write days in other ways; programs need one.
fn day(text: &str) -> Option<Day> {
    let day: Day = text.parse().ok()?;
    (day.to_string() == text).then_some(day)
}

/// A period as data write it, or with its months written out, as 2024-01..12.
fn period(text: &str) -> Option<Period> {
    let period: Period = text.parse().ok()?;
    let months = format!("{}-01..{:02}", period.year(), period.last_month());
    let long = period.is_cumulative() && text == months;
    (period.to_string() == text || long).then_some(period)
}

/// A whole number in plain digits.
fn whole(text: &str) -> Option<i64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && text.len() <= 12;
    let number = plain.then(|| text.parse().ok()).flatten()?;
    (text.len() == 1 || !text.starts_with('0')).then_some(number)
}

/// The values that an address gives to an endpoint's parameters; each is one that its parameter admits.
#[derive(Debug, Default)]
pub(super) struct Values(BTreeMap<&'static str, Vec<String>>);

impl Values {
    /// Reads the parts of a path and the pairs of a query.
    pub(super) fn read(
        endpoint: &Endpoint,
        parts: &[(&'static str, String)],
        pairs: &[(String, String)],
    ) -> Result<Values, Problem> {
        let mut values = Values::default();
        let named = |name: &str, place| {
            endpoint.parameters().find(|known| known.name == name && known.place == place)
        };
        for (name, text) in parts {
            let Some(parameter) = named(name, Place::Path) else { continue };
            // A part of the path that is no such value names nothing.
            if !parameter.kind.admits(text) {
                return Err(Problem::unknown(parameter.name, text, &parameter.kind.expected()));
            }
            values.0.insert(parameter.name, vec![text.clone()]);
        }
        for (name, text) in pairs {
            let Some(parameter) = named(name, Place::Query) else {
                let queries = endpoint.parameters().filter(|known| known.place == Place::Query);
                let known: Vec<&str> = queries.map(|known| known.name).collect();
                return Err(Problem::no_parameter(name, &known));
            };
            let kind = parameter.kind;
            let several: Vec<&str> =
                if parameter.many { text.split(',').collect() } else { vec![text] };
            if let Some(wrong) = several.iter().find(|one| !kind.admits(one)) {
                return Err(Problem::parameter(name, wrong, &kind.expected()));
            }
            if several.len() > MOST {
                let expected = (format!("至多 {MOST} 个"), format!("at most {MOST} of them"));
                return Err(Problem::parameter(name, text, &expected));
            }
            let several = several.into_iter().map(str::to_owned).collect();
            if values.0.insert(parameter.name, several).is_some() {
                let expected = ("只出现一次".to_owned(), "to stand there once".to_owned());
                return Err(Problem::parameter(name, text, &expected));
            }
        }
        let missing = endpoint.parameters().find(|known| {
            known.required && known.place == Place::Query && !values.0.contains_key(known.name)
        });
        match missing {
            Some(missing) => Err(Problem::parameter(missing.name, "", &missing.kind.expected())),
            None => Ok(values),
        }
    }

    /// The values of a parameter; none where it is not there.
    pub(super) fn many(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The value of a parameter.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.many(name).first().map(String::as_str)
    }

    pub(super) fn day(&self, name: &str) -> Option<Day> {
        self.one(name).and_then(day)
    }

    pub(super) fn period(&self, name: &str) -> Option<Period> {
        self.one(name).and_then(period)
    }

    pub(super) fn whole(&self, name: &str) -> Option<i64> {
        self.one(name).and_then(whole)
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.one(name) == Some("true")
    }

    /// The values as words of a vocabulary.
    pub(super) fn words<T: std::str::FromStr>(&self, name: &str) -> Vec<T> {
        self.many(name).iter().filter_map(|word| word.parse().ok()).collect()
    }
}

/// The words of a vocabulary.
macro_rules! words_of {
    ($name:ident, $vocabulary:ty) => {
        pub(super) fn $name() -> Vec<&'static str> {
            <$vocabulary>::ALL.iter().map(|word| word.as_str()).collect()
        }
    };
}
words_of!(facets, Facet);
words_of!(target_facets, terms::TargetFacet);
words_of!(frequencies, terms::Frequency);
words_of!(roles, terms::Role);
words_of!(kinds, terms::Kind);
words_of!(statuses, terms::Status);
words_of!(severities, terms::WarningSeverity);
words_of!(tiers, terms::Tier);

pub(super) fn plan_kinds() -> Vec<&'static str> {
    PlanKind::all().iter().map(|kind| kind.code).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_what_its_kind_admits() {
        let number = Kind::Whole { least: 1, most: 100 };
        for (kind, good, bad) in [
            (Kind::Code, &["gdp", "P-1", "城镇", "a_b"][..], &["", "a b", "a,b", "<b>", "é"][..]),
            (Kind::Id, &["gdp:330784:level:2024-01..05:2024-06-20"], &["", "a/b", "a b", "%"]),
            (Kind::Region, &["330784", "330784100"], &["33078", "33078a", "永康", "3307841"]),
            (Kind::Day, &["2024-10-20"], &["2024-1-1", "2024-02-30", "20241020", "今天", ""]),
            (
                Kind::Period,
                &["2024", "2024-Q3", "2024-01..05", "2024-05", "2024-01..12"],
                &["2024年", "2024-13", "1899", "2024-02..05", "2024Q3", ""],
            ),
            (Kind::Year, &["2024"], &["24", "1899", "+2024", "2024.0", "二〇二四"]),
            (Kind::Word(facets), &["level", "growth"], &["Level", "", "rank"]),
            (Kind::Text, &["投资 增长"], &[""]),
            (Kind::Flag, &["true", "false"], &["1", "yes", ""]),
            (number, &["1", "100"], &["0", "101", "-1", "1.5", "01", "99999999999999999999", ""]),
        ] {
            for text in good {
                assert!(kind.admits(text), "{kind:?} {text}");
            }
            for text in bad {
                assert!(!kind.admits(text), "{kind:?} {text}");
            }
            assert!(!kind.expected().0.is_empty() && !kind.expected().1.is_empty());
        }
    }

    #[test]
    fn every_period_that_the_pattern_tells_of_is_one() {
        for year in ["1900", "2024", "2199"] {
            let mut tails = vec![String::new(), "-H1".into(), "-H2".into()];
            tails.extend((1..=4).map(|quarter| format!("-Q{quarter}")));
            tails.extend((1..=12).map(|month| format!("-{month:02}")));
            tails.extend((2..=12).map(|month| format!("-01..{month:02}")));
            for tail in tails {
                assert!(Kind::Period.admits(&format!("{year}{tail}")), "{year}{tail}");
            }
        }
    }
}
