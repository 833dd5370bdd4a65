//! What there is to be asked for, as data: from it requests are answered, and the OpenAPI document and the page about the
//! interface are made.

use std::sync::Arc;

use publication::open::{self, Record};
use terms::{Day, Right, Scope, Standings};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;
use utoipa::{PartialSchema, ToSchema};

use super::parameter::{Kind, Parameter, Place, Values, query};
use super::problem::Problem;
use crate::server::gate::Guest;
use crate::server::house::House;

/// A format of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Csv,
    Parquet,
    JsonLd,
}

impl Format {
    /// Its word in addresses.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Parquet => "parquet",
            Format::JsonLd => "jsonld",
        }
    }

    /// Its media type.
    pub(super) fn media(self) -> &'static str {
        match self {
            Format::Json => "application/json",
            Format::Csv => "text/csv",
            Format::Parquet => "application/vnd.apache.parquet",
            Format::JsonLd => "application/ld+json",
        }
    }
}

/// Something that may be asked for.
pub(super) struct Endpoint {
    pub(super) path: &'static str,
    /// A name that programs may call it by.
    pub(super) name: &'static str,
    pub(super) chinese: &'static str,
    pub(super) english: &'static str,
    /// What a key has to open; `None` where anybody may ask.
    pub(super) scope: Option<Scope>,
    /// Its own parameters, without those of lists and formats.
    pub(super) own: &'static [Parameter],
    pub(super) shape: Shape,
    pub(super) answer: fn(&Call<'_>) -> Result<Found, Problem>,
}

/// What an answer is like.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// A list of records, page by page: JSON, CSV, Parquet.
    List(fn() -> Described),
    /// One record.
    One(fn() -> Described),
    /// One record that is also a table: JSON, CSV.
    Table(fn() -> Described),
    /// Linked data about the interface itself.
    Linked,
}

/// A schema with its name, and those that it refers to.
pub(super) struct Described {
    pub(super) name: String,
    pub(super) schemas: Vec<(String, RefOr<Schema>)>,
}

/// The schema of a record.
pub(super) fn described<T: ToSchema>() -> Described {
    let name = T::name().into_owned();
    let mut schemas = vec![(name.clone(), <T as PartialSchema>::schema())];
    T::schemas(&mut schemas);
    Described { name, schemas }
}

/// How many records a page of JSON has, unless something else is asked for.
pub(super) const PAGE: i64 = 100;

/// How many records a page may have.
const LARGEST_PAGE: i64 = 10_000;

/// How many rows a file has at most; what is more comes with the next address.
const LARGEST_FILE: usize = 1_000_000;

pub(super) const LIMIT: Parameter =
    query("limit", Kind::Whole { least: 1, most: LARGEST_PAGE }, "100").says(
        "每页至多几条；JSON 默认 100，CSV 和 Parquet 默认全部",
        "At most so many records; 100 where nothing is said, in CSV and Parquet all",
    );
pub(super) const OFFSET: Parameter =
    query("offset", Kind::Whole { least: 0, most: 1_000_000_000 }, "0")
        .says("跳过前面几条；一般照 next 给的地址取", "Leave out so many; usually follow `next`");
pub(super) const AS_OF: Parameter = query("as_of", Kind::Day, "2024-10-20")
    .says("按这一天所知；默认今天", "As known on this day; today where nothing is said");

fn tables() -> Vec<&'static str> {
    vec!["json", "csv", "parquet"]
}

fn sheets() -> Vec<&'static str> {
    vec!["json", "csv"]
}

const FORMAT: Parameter = query("format", Kind::Word(tables), "json")
    .says("格式；优先于 Accept", "The format; goes before Accept");
const SHEET_FORMAT: Parameter = Parameter { kind: Kind::Word(sheets), ..FORMAT };

impl Endpoint {
    /// All its parameters.
    pub(super) fn parameters(&self) -> impl Iterator<Item = &Parameter> {
        let more: &[Parameter] = match self.shape {
            Shape::List(_) => &[LIMIT, OFFSET, FORMAT],
            Shape::Table(_) => &[SHEET_FORMAT],
            Shape::One(_) | Shape::Linked => &[],
        };
        self.own.iter().chain(more)
    }

    /// The formats of its answers, the usual one first.
    pub(super) fn formats(&self) -> &'static [Format] {
        match self.shape {
            Shape::List(_) => &[Format::Json, Format::Csv, Format::Parquet],
            Shape::Table(_) => &[Format::Json, Format::Csv],
            Shape::One(_) => &[Format::Json],
            Shape::Linked => &[Format::JsonLd],
        }
    }

    /// The parts of a path, without the slash at its beginning, where it is one of this endpoint.
    pub(super) fn parts(&self, path: &str) -> Option<Vec<(&'static str, String)>> {
        let (own, found) = (self.path.trim_start_matches('/'), path.trim_start_matches('/'));
        let (own, found): (Vec<&'static str>, Vec<&str>) =
            (own.split('/').collect(), found.split('/').collect());
        if own.len() != found.len() {
            return None;
        }
        let mut parts = Vec::new();
        for (own, found) in own.iter().zip(found) {
            match own.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                Some(name) => parts.push((name, decoded(found))),
                None if *own == found => {}
                None => return None,
            }
        }
        Some(parts)
    }

    /// How many of its parts are variable: of two that fit, the one with fewer is meant.
    pub(super) fn variables(&self) -> usize {
        self.own.iter().filter(|known| known.place == Place::Path).count()
    }
}

/// A part of a path as it was meant.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = part.as_bytes();
    while let [first, more @ ..] = rest {
        let hex =
            |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        rest = match (first, more) {
            (b'%', [high, low, behind @ ..])
                if let (Some(high), Some(low)) = (hex(*high), hex(*low)) =>
            {
                bytes.push(high << 4 | low);
                behind
            }
            _ => {
                bytes.push(*first);
                more
            }
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A request that was let in and understood.
pub(super) struct Call<'a> {
    pub(super) house: &'a House,
    pub(super) guest: &'a Guest,
    pub(super) values: &'a Values,
    pub(super) today: Day,
    pub(super) format: Format,
    /// Where this server is, as the request says, for data that name whole addresses.
    pub(super) base: &'a str,
}

impl Call<'_> {
    /// The day as of which is answered.
    pub(super) fn as_of(&self) -> Day {
        self.values.day("as_of").unwrap_or(self.today)
    }

    /// The value of a part of the path.
    pub(super) fn part(&self, name: &str) -> &str {
        self.values.one(name).unwrap_or("")
    }

    /// Whether the guest may read what belongs to a region and, if to one, to a department.
    pub(super) fn may(&self, region: &str, department: Option<&str>) -> bool {
        self.guest.may(Right::Read, region, department)
    }

    /// The region that is asked for, if one is, where the guest may read it.
    pub(super) fn region(&self) -> Result<Option<&str>, Problem> {
        match self.values.one("region") {
            Some(code) if !self.may(code, None) => Err(Problem::region(code)),
            other => Ok(other),
        }
    }

    /// How many records are left out, and how many are wanted at most.
    pub(super) fn window(&self) -> (usize, usize) {
        let number = |name| self.values.whole(name).and_then(|number| usize::try_from(number).ok());
        let usual = match self.format {
            Format::Json | Format::JsonLd => usize::try_from(PAGE).unwrap_or(LARGEST_FILE),
            Format::Csv | Format::Parquet => LARGEST_FILE,
        };
        (number("offset").unwrap_or(0), number("limit").unwrap_or(usual))
    }

    /// The wanted records of all that there are.
    pub(super) fn page<T, R: Record + 'static>(
        &self,
        all: impl IntoIterator<Item = T>,
        record: impl Fn(T) -> R,
    ) -> Result<Found, Problem> {
        let (offset, limit) = self.window();
        let mut rest = all.into_iter().skip(offset);
        let rows: Vec<R> = rest.by_ref().take(limit).map(record).collect();
        Ok(Found::List { rows: Box::new(rows), more: rest.next().is_some() })
    }
}

/// What was found.
pub(super) enum Found {
    /// Records, and whether there are more.
    List { rows: Box<dyn Rows>, more: bool },
    /// One record, as JSON.
    One(Vec<u8>),
    /// Where targets stand.
    Standings(Arc<Standings>),
}

impl Found {
    /// One record.
    pub(super) fn one(record: &impl serde::Serialize) -> Result<Found, Problem> {
        serde_json::to_vec(record)
            .map(Found::One)
            .map_err(|error| Problem::failure(&error.to_string()))
    }
}

/// Records of one kind, whichever it is.
pub(super) trait Rows {
    fn count(&self) -> usize;
    fn json(&self) -> Result<Vec<u8>, Problem>;
    fn csv(&self) -> Result<Vec<u8>, Problem>;
    fn parquet(&self) -> Result<Vec<u8>, Problem>;
}

impl<R: Record> Rows for Vec<R> {
    fn count(&self) -> usize {
        self.len()
    }

    fn json(&self) -> Result<Vec<u8>, Problem> {
        serde_json::to_vec(self).map_err(|error| Problem::failure(&error.to_string()))
    }

    fn csv(&self) -> Result<Vec<u8>, Problem> {
        open::csv(self).map_err(|error| Problem::failure(&error.to_string()))
    }

    fn parquet(&self) -> Result<Vec<u8>, Problem> {
        open::parquet(self).map_err(|error| Problem::failure(&error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_path_are_read_as_they_were_meant() {
        assert_eq!(decoded("gdp%3A330784"), "gdp:330784");
        assert_eq!(decoded("%E5%9F%8E%E9%95%87"), "城镇");
        for odd in ["%", "%4", "%zz", "%FF", "a%"] {
            assert!(!decoded(odd).is_empty(), "{odd}");
        }
    }
}
