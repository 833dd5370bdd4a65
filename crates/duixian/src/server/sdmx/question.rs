//! What a question for figures asks.

use axum::extract::Query;
use axum::http::Uri;
use publication::sdmx::data::ObservedBy;
use publication::sdmx::error::Failure;
use publication::sdmx::{Attribute, Dimension, VALUE, Version, measure_of};
use terms::{Day, FigureQuery};

use super::fault;
use super::filter::Filter;
use super::key::Keys;
use super::moment;

/// The values of an address's query.
pub(super) struct Pairs(pub(super) Vec<(String, String)>);

/// The names that a query may have; `c[…]` too.
const NAMES: [&str; 19] = [
    "startPeriod",
    "endPeriod",
    "c",
    "asOf",
    "updatedAfter",
    "includeHistory",
    "firstNObservations",
    "lastNObservations",
    "offset",
    "limit",
    "sort",
    "detail",
    "attributes",
    "measures",
    "dimensionAtObservation",
    "references",
    "mode",
    "format",
    "reportingYearStartDay",
];

impl Pairs {
    /// The values of an address. A name that nobody knows is refused: what it was to confine would come whole.
    pub(super) fn of(uri: &Uri) -> Result<Pairs, Failure> {
        let query = uri.query().unwrap_or_default();
        let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(uri) else {
            return Err(fault::syntax("query", query, "name=value&…"));
        };
        let known = |name: &str| NAMES.contains(&name) || name.starts_with("c[");
        if let Some((name, _)) = pairs.iter().find(|(name, _)| !known(name)) {
            return Err(fault::no_parameter(name, &NAMES.join(" | ")));
        }
        let pairs = Pairs(pairs);
        match pairs.get("reportingYearStartDay") {
            None | Some("--01-01") => Ok(pairs),
            Some(other) => Err(fault::not_implemented(&format!("reportingYearStartDay={other}"))),
        }
    }

    /// The last value of a name that is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rev().find(|(known, value)| known == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> Result<Option<usize>, Failure> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.then(|| text.parse().ok()).flatten();
        number.map(Some).ok_or_else(|| fault::syntax(name, text, "1 | 2 | 3 …"))
    }

    fn truth(&self, name: &str) -> Result<bool, Failure> {
        match self.get(name).map(str::to_ascii_lowercase).as_deref() {
            None | Some("false" | "0") => Ok(false),
            Some("true" | "1") => Ok(true),
            Some(other) => Err(fault::syntax(name, other, "true | false")),
        }
    }
}

/// A question for figures.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) keys: Keys,
    pub(super) filters: Vec<Filter>,
    pub(super) as_of: Option<Day>,
    /// Only what became known on this day or later.
    pub(super) since: Option<Day>,
    pub(super) history: bool,
    pub(super) first: Option<usize>,
    pub(super) last: Option<usize>,
    pub(super) offset: usize,
    pub(super) limit: Option<usize>,
    pub(super) by: ObservedBy,
    pub(super) observations: bool,
    pub(super) numbers: bool,
    pub(super) attributes: Vec<Attribute>,
}

impl Question {
    /// Reads a question.
    pub(super) fn read(key: &str, pairs: &Pairs, version: Version) -> Result<Question, Failure> {
        let mut filters = conditions(pairs)?;
        if let Some(text) = pairs.get("startPeriod") {
            filters.push(Filter::from("startPeriod", text)?);
        }
        if let Some(text) = pairs.get("endPeriod") {
            filters.push(Filter::until("endPeriod", text)?);
        }
        let day = |name| pairs.get(name).map(|text| moment::day(name, text)).transpose();
        let (as_of, since) = (day("asOf")?, day("updatedAfter")?);
        if since.zip(as_of).is_some_and(|(since, as_of)| since > as_of) {
            return Err(fault::meaning(
                "updatedAfter 晚于 asOf（应不晚于）",
                "updatedAfter is later than asOf",
            ));
        }
        sorted(pairs)?;
        let (observations, numbers, attributes) = detail(pairs)?;
        Ok(Question {
            keys: Keys::read(key, version)?,
            filters,
            as_of,
            since,
            history: pairs.truth("includeHistory")?,
            first: pairs.number("firstNObservations")?,
            last: pairs.number("lastNObservations")?,
            offset: pairs.number("offset")?.unwrap_or_default(),
            limit: pairs.number("limit")?,
            by: observed_by(pairs)?,
            observations,
            numbers,
            attributes,
        })
    }

    /// The question for the ledger: what of the key it can tell. Times and the day since when are not among it, as
    /// neighbours tell where a series is broken, and which series there are.
    pub(super) fn query(&self) -> FigureQuery {
        let facets = self.codes(Dimension::Measure);
        FigureQuery {
            indicators: self.codes(Dimension::Indicator),
            regions: self.codes(Dimension::Area),
            facets: facets
                .iter()
                .filter_map(|code| measure_of(code))
                .map(|(facet, _)| facet)
                .collect(),
            as_of: self.as_of,
            history: self.history || self.since.is_some(),
            ..FigureQuery::default()
        }
    }

    fn codes(&self, dimension: Dimension) -> Vec<String> {
        let by_key = self.keys.on(dimension);
        if !by_key.is_empty() {
            return by_key;
        }
        self.filters.iter().find_map(|filter| filter.codes(dimension)).unwrap_or_default()
    }
}

/// The conditions on components: `c[FREQ]=A`, or `c=FREQ=A` as some clients write it.
fn conditions(pairs: &Pairs) -> Result<Vec<Filter>, Failure> {
    let mut found = Vec::new();
    for (name, value) in &pairs.0 {
        if name == "c" {
            let (id, value) = value
                .split_once('=')
                .ok_or_else(|| fault::syntax("c", value, "c[FREQ]=A | c=FREQ=A"))?;
            found.push(Filter::read(id, value)?);
        } else if let Some(id) = name.strip_prefix("c[").and_then(|rest| rest.strip_suffix(']')) {
            found.push(Filter::read(id, value)?);
        }
    }
    Ok(found)
}

fn observed_by(pairs: &Pairs) -> Result<ObservedBy, Failure> {
    match pairs.get("dimensionAtObservation") {
        None => Ok(ObservedBy::Dimension(Dimension::Time)),
        Some("AllDimensions") => Ok(ObservedBy::All),
        Some(id) => Dimension::of_id(id).map(ObservedBy::Dimension).ok_or_else(|| {
            let all: Vec<&str> = Dimension::ALL.into_iter().map(Dimension::id).collect();
            let expected = format!("AllDimensions | {}", all.join(" | "));
            fault::syntax("dimensionAtObservation", id, &expected)
        }),
    }
}

/// Figures come by key and time; no other order is offered.
fn sorted(pairs: &Pairs) -> Result<(), Failure> {
    match pairs.get("sort") {
        None | Some("*" | "*:asc" | "series_key" | "series_key:asc") => Ok(()),
        Some(other) => Err(fault::not_implemented(&format!("sort={other}"))),
    }
}

/// Whether observations and numbers are wanted, and which attributes.
fn detail(pairs: &Pairs) -> Result<(bool, bool, Vec<Attribute>), Failure> {
    let all = || Attribute::ALL.to_vec();
    match pairs.get("detail") {
        None | Some("full") => {}
        Some("dataonly") => return Ok((true, true, Vec::new())),
        Some("serieskeysonly" | "nodata") => return Ok((false, false, Vec::new())),
        Some(other) => {
            let expected = "full | dataonly | serieskeysonly | nodata";
            return Err(fault::syntax("detail", other, expected));
        }
    }
    let attributes = match pairs.get("attributes") {
        None | Some("all" | "dsd" | "obs") => all(),
        // All that we tell, we tell of observations.
        Some("none" | "dataset" | "series" | "msd") => Vec::new(),
        Some(ids) => ids.split(',').map(attribute).collect::<Result<_, _>>()?,
    };
    let numbers = match pairs.get("measures") {
        None | Some("all" | VALUE) => true,
        Some("none") => false,
        Some(other) => return Err(fault::syntax("measures", other, "all | none | OBS_VALUE")),
    };
    Ok((numbers || !attributes.is_empty(), numbers, attributes))
}

fn attribute(id: &str) -> Result<Attribute, Failure> {
    Attribute::of_id(id).ok_or_else(|| {
        let all: Vec<&str> = Attribute::ALL.into_iter().map(Attribute::id).collect();
        fault::syntax("attributes", id, &format!("all | none | {}", all.join(" | ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(key: &str, query: &[(&str, &str)], version: Version) -> Result<Question, u16> {
        let pairs = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Question::read(key, &Pairs(pairs.collect()), version).map_err(|failure| failure.status)
    }

    #[test]
    fn the_ledger_is_asked_for_as_little_as_the_key_tells() {
        let question = read("M.330784.gdp.LEVEL_YTD", &[], Version::V21).unwrap();
        let query = question.query();
        assert_eq!(query.indicators, ["gdp"]);
        assert_eq!(query.regions, ["330784"]);
        assert_eq!(query.facets, [terms::Facet::Level]);
        assert!(!query.history);
        let new = [("c[INDICATOR]", "gdp,cpi"), ("c", "TIME_PERIOD=ge:2024-01 le:2024-06")];
        let question = read("*", &new, Version::V30).unwrap();
        assert_eq!(question.query().indicators, ["gdp", "cpi"]);
        assert_eq!(question.filters.len(), 2);
    }

    #[test]
    fn what_is_wanted_of_figures_is_read() {
        let ask = |query: &[(&str, &str)]| read("all", query, Version::V21).unwrap();
        assert_eq!(ask(&[]).attributes.len(), Attribute::ALL.len());
        assert!(ask(&[("includeHistory", "True")]).history);
        assert!(ask(&[("updatedAfter", "2024-05-01T00:00:00Z")]).query().history);
        assert!(!ask(&[("detail", "serieskeysonly")]).observations);
        assert!(ask(&[("detail", "dataonly")]).attributes.is_empty());
        let keys = ask(&[("attributes", "none"), ("measures", "none")]);
        assert!(!keys.observations);
        assert_eq!(ask(&[("attributes", "UNIT_TEXT,VINTAGE")]).attributes.len(), 2);
        assert_eq!(ask(&[("dimensionAtObservation", "AllDimensions")]).by, ObservedBy::All);
    }

    #[test]
    fn a_name_that_nobody_knows_is_refused() {
        let read = |query: &str| {
            let uri: Uri = format!("/sdmx/2.1/data/DF_FIGURES?{query}").parse().unwrap();
            Pairs::of(&uri).map(|pairs| pairs.0.len()).map_err(|failure| failure.status)
        };
        assert_eq!(read(""), Ok(0));
        assert_eq!(read("startPeriod=2024&c%5BFREQ%5D=A&c[REF_AREA]=330784"), Ok(3));
        assert_eq!(read("startperiod=2024"), Err(400));
        assert_eq!(read("reportingYearStartDay=--07-01"), Err(501));
    }

    #[test]
    fn wrong_parameters_are_told() {
        for (query, status) in [
            (("startPeriod", "x"), 400),
            (("lastNObservations", "-1"), 400),
            (("includeHistory", "yes"), 400),
            (("dimensionAtObservation", "NONE"), 400),
            (("detail", "none"), 400),
            (("attributes", "NONE"), 400),
            (("measures", "NONE"), 400),
            (("asOf", "2024"), 400),
            (("c", "FREQ"), 400),
            (("sort", "TIME_PERIOD:desc"), 501),
        ] {
            assert_eq!(read("all", &[query], Version::V21).unwrap_err(), status, "{query:?}");
        }
        let apart = [("updatedAfter", "2024-06-01"), ("asOf", "2024-05-01")];
        assert_eq!(read("all", &apart, Version::V30).unwrap_err(), 400);
    }
}
