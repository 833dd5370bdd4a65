//! Addresses: the whole state of a view stands in its address, so every link is made here.

use terms::{DocumentAssessment, StatementQuery};

/// What stands in an address for the empty unit of a ratio, because an empty value means "any".
pub const NO_UNIT: &str = "-";

/// A path with a query and a place on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    path: String,
    query: Vec<(String, String)>,
    place: Option<String>,
}

impl Address {
    /// The address of a path, which must be made of plain ASCII letters, digits, `/`, `-` and `.`.
    pub fn new(path: impl Into<String>) -> Self {
        Address { path: path.into(), query: Vec::new(), place: None }
    }

    /// The address of something that is called by a name of any characters, below a path of plain ones.
    pub fn of(path: &str, name: &str) -> Self {
        Address::new(format!("{path}/{}", Encoded(name)))
    }

    /// The same with one more plain step in its path.
    pub(super) fn then(mut self, step: &str) -> Self {
        self.path.push('/');
        self.path.push_str(step);
        self
    }

    /// The path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The value of a name in its query.
    pub fn value(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The same with one more value in its query.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.query.push((name.to_owned(), value.into()));
        self
    }

    /// The same with one more value where there is one.
    pub fn with_some(self, name: &str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The same without the values of this name.
    pub fn without(mut self, name: &str) -> Self {
        self.query.retain(|(known, _)| known != name);
        self
    }

    /// The same, at a place on the page.
    pub fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.path)?;
        for (number, (name, value)) in self.query.iter().enumerate() {
            f.write_str(if number == 0 { "?" } else { "&" })?;
            encode(name, f)?;
            f.write_str("=")?;
            encode(value, f)?;
        }
        if let Some(place) = &self.place {
            f.write_str("#")?;
            encode(place, f)?;
        }
        Ok(())
    }
}

/// A text as it stands in an address.
struct Encoded<'a>(&'a str);

impl std::fmt::Display for Encoded<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        encode(self.0, f)
    }
}

fn encode(text: &str, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                write!(f, "{}", byte as char)?;
            }
            _ => write!(f, "%{byte:02X}")?,
        }
    }
    Ok(())
}

/// The statements that a query asks for.
pub fn statements(query: &StatementQuery) -> Address {
    selection("/statements", query)
}

/// A file of the statements that a query asks for; `extension` is `csv` or `jsonl`.
pub fn download(query: &StatementQuery, extension: &str) -> Address {
    selection(&format!("/statements.{extension}"), query)
}

fn selection(path: &str, query: &StatementQuery) -> Address {
    let unit = query.unit.as_deref().map(|unit| if unit.is_empty() { NO_UNIT } else { unit });
    Address::new(path)
        .with_some("doc", query.document.as_deref())
        .with_some("q", query.text.as_deref())
        .with_some("section", query.section.as_deref())
        .with_some("role", query.role.map(|role| role.as_str()))
        .with_some("kind", query.kind.map(|kind| kind.as_str()))
        .with_some("indicator", query.indicator.as_deref())
        .with_some("unit", unit)
        .with_some("status", query.status.map(|status| status.as_str()))
        .with_some("lost", query.lost.then_some("1"))
}

/// The page of one statement.
pub fn statement(id: &str) -> Address {
    Address::new(format!("/statements/{id}"))
}

/// The text of a document.
pub fn document(document: &DocumentAssessment) -> Address {
    Address::new(format!("/documents/{}", document.document.id))
}

/// The original bytes of a document.
pub fn source(document: &DocumentAssessment) -> Address {
    Address::new(format!("/documents/{}/source", document.document.id))
}

/// What was repaired in a document.
pub fn repairs(document: &DocumentAssessment) -> Address {
    Address::new(format!("/documents/{}/repairs", document.document.id))
}

/// The terms that a document explains.
pub fn glossary(document: &DocumentAssessment) -> Address {
    Address::new(format!("/documents/{}/glossary", document.document.id))
}

/// Names of places on the page of a document.
pub mod places {
    /// A statement.
    pub fn statement(id: &str) -> String {
        format!("s-{id}")
    }

    /// A headline indicator, by its position in the report's list; also its row on the overview.
    pub fn indicator(position: usize) -> String {
        format!("i-{position}")
    }

    /// A block, by its number from 0.
    pub fn block(number: usize) -> String {
        format!("b-{number}")
    }

    /// A term that the report explains, by its number from 0; also its entry on the page of terms.
    pub fn term(number: usize) -> String {
        format!("term-{}", number + 1)
    }

    /// A use of a term, by the numbers of both from 0.
    pub fn used(term: usize, number: usize) -> String {
        format!("use-{}-{}", term + 1, number + 1)
    }

    /// What a term means, for the uses that it describes; by the term's number from 0.
    pub fn meaning(term: usize) -> String {
        format!("means-{}", term + 1)
    }

    /// A remark, by its number from 0.
    pub fn remark(number: usize) -> String {
        format!("d-{number}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use terms::{Role, Status};

    #[test]
    fn an_address_holds_the_whole_question() {
        let query = StatementQuery {
            text: Some("投资 & 消费".into()),
            role: Some(Role::Target),
            status: Some(Status::NoData),
            unit: Some(String::new()),
            lost: true,
            ..StatementQuery::default()
        };
        assert_eq!(
            statements(&query).to_string(),
            "/statements?q=%E6%8A%95%E8%B5%84%20%26%20%E6%B6%88%E8%B4%B9&role=target&unit=-&status=no-data&lost=1"
        );
    }

    #[test]
    fn values_are_replaced_and_places_come_last() {
        let address =
            Address::new("/").with("doc", "a").with("sort", "name").without("doc").at("i-3");
        assert_eq!(address.to_string(), "/?sort=name#i-3");
    }
}
