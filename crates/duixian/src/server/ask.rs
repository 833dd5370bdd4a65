//! What an address asks: the state of the view, and the question about statements.

use std::str::FromStr;

use axum::extract::Query;
use axum::http::header::COOKIE;
use axum::http::{HeaderMap, Uri};
use publication::html::{Address, Fault, Language, NO_UNIT, Order, Theme, View};
use terms::{Kind, Role, StatementQuery, Status};

/// The values of an address's query, in the order of the address.
pub(super) struct Asked {
    path: String,
    pairs: Vec<(String, String)>,
}

impl Asked {
    pub(super) fn new(uri: &Uri) -> Self {
        // Text that cannot be read as a query asks nothing.
        let pairs = Query::try_from_uri(uri).map_or_else(|_| Vec::new(), |Query(pairs)| pairs);
        Asked { path: uri.path().to_owned(), pairs }
    }

    /// The value of a name, where it is there and not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let found = self.pairs.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Every name with its value, in the order of the address.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// Whether a form left fields empty, so that the address has a shorter form.
    pub(super) fn has_empty(&self) -> bool {
        self.pairs.iter().any(|(_, value)| value.is_empty())
    }

    /// The language that is asked for by name.
    pub(super) fn language(&self) -> Option<Language> {
        self.get("lang").and_then(Language::parse)
    }

    /// The word of a name in a closed vocabulary.
    fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, Fault> {
        let Some(value) = self.get(name) else { return Ok(None) };
        match words.iter().find(|(word, _)| *word == value) {
            Some((_, meaning)) => Ok(Some(*meaning)),
            None => {
                let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
                Err(fault(name, value, &known.join(" | ")))
            }
        }
    }

    /// The question about statements.
    pub(super) fn query(&self) -> Result<StatementQuery, Fault> {
        let text =
            |name| self.get(name).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
        let roles: Vec<_> = Role::ALL.iter().map(|role| (role.as_str(), *role)).collect();
        let kinds: Vec<_> = Kind::ALL.iter().map(|kind| (kind.as_str(), *kind)).collect();
        let statuses: Vec<_> =
            Status::ALL.iter().map(|status| (status.as_str(), *status)).collect();
        Ok(StatementQuery {
            text: text("q"),
            document: text("doc"),
            section: text("section"),
            role: self.word("role", &roles)?,
            kind: self.word("kind", &kinds)?,
            indicator: text("indicator"),
            unit: text("unit").map(|unit| if unit == NO_UNIT { String::new() } else { unit }),
            status: self.word("status", &statuses)?,
            lost: self.word("lost", &[("1", ())])?.is_some(),
        })
    }

    /// The number of a page, from 1.
    pub(super) fn page(&self, last: usize) -> Result<usize, Fault> {
        let Some(value) = self.get("page") else { return Ok(1) };
        match usize::from_str(value) {
            Ok(page) if (1..=last).contains(&page) => Ok(page),
            _ => Err(fault("page", value, &format!("1–{last}"))),
        }
    }

    /// The order of the indicators.
    pub(super) fn order(&self) -> Result<Order, Fault> {
        let orders = Order::ALL.map(|order| (order.as_str(), order));
        Ok(self.word("sort", &orders)?.unwrap_or_default())
    }

    /// How the page is looked at: by the address first, then by what the reader chose before.
    pub(super) fn view(&self, headers: &HeaderMap, ledger: String) -> View {
        let language =
            self.language().or_else(|| cookie(headers, "lang").and_then(Language::parse));
        let theme = cookie(headers, "theme").and_then(Theme::parse);
        let here = self
            .pairs
            .iter()
            .filter(|(name, value)| name != "lang" && !value.is_empty())
            .fold(Address::new(&self.path), |address, (name, value)| address.with(name, value));
        View {
            language: language.unwrap_or_default(),
            theme: theme.unwrap_or_default(),
            shortcuts: cookie(headers, "shortcuts") != Some("off"),
            here,
            ledger,
            visitor: None,
            public: false,
        }
    }
}

/// That a value of an address is not what was expected there.
pub(super) fn fault(field: &str, value: &str, expected: &str) -> Fault {
    Fault { field: field.to_owned(), value: value.to_owned(), expected: expected.to_owned() }
}

pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name).then_some(value))
}

/// An address to come back to, if it is one of this server; the overview otherwise.
pub(super) fn back(address: Option<&str>) -> &str {
    match address {
        // `//host` and `/\host` would lead elsewhere.
        Some(address)
            if address.starts_with('/')
                && !address.starts_with("//")
                && !address.starts_with("/\\")
                && address.bytes().all(|byte| byte.is_ascii_graphic()) =>
        {
            address
        }
        _ => "/",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use publication::html::statements_address;

    fn asked(address: &str) -> Asked {
        Asked::new(&address.parse().unwrap())
    }

    #[test]
    fn an_address_and_its_question_are_one() {
        let address = "/statements?q=%E6%8A%95%E8%B5%84&section=%E4%B8%80&role=target&kind=quantity&unit=-&status=open&lost=1";
        let query = asked(address).query().unwrap();
        assert_eq!(query.role, Some(Role::Target));
        assert_eq!(query.unit.as_deref(), Some(""));
        assert_eq!(statements_address(&query).to_string(), address);
    }

    #[test]
    fn an_unknown_word_is_named_with_what_was_expected() {
        let fault = asked("/statements?status=great").query().unwrap_err();
        assert_eq!((fault.field.as_str(), fault.value.as_str()), ("status", "great"));
        assert!(fault.expected.contains("no-data"), "{}", fault.expected);
        assert_eq!(asked("/statements?page=0").page(5).unwrap_err().expected, "1–5");
        assert!(asked("/statements?page=6").page(5).is_err());
        assert_eq!(asked("/statements?page=5").page(5), Ok(5));
    }

    #[test]
    fn empty_fields_ask_nothing() {
        let asked = asked("/statements?q=&role=&lost=");
        assert!(asked.has_empty());
        assert_eq!(asked.query().unwrap(), StatementQuery::default());
    }

    #[test]
    fn the_way_back_stays_on_this_server() {
        assert_eq!(back(Some("/statements?q=%E6%8A%95")), "/statements?q=%E6%8A%95");
        for elsewhere in ["//example.org/", "https://example.org/", "/\\example.org", "", "/a\r\nb"]
        {
            assert_eq!(back(Some(elsewhere)), "/", "{elsewhere}");
        }
    }

    #[test]
    fn choices_are_remembered_and_the_address_wins() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, "theme=dark; lang=en; shortcuts=off".parse().unwrap());
        let view = asked("/?sort=name&lang=zh").view(&headers, String::new());
        assert_eq!(
            (view.theme, view.language, view.shortcuts),
            (Theme::Dark, Language::Chinese, false)
        );
        assert_eq!(view.here.to_string(), "/?sort=name");
        let view = asked("/").view(&headers, String::new());
        assert_eq!(view.language, Language::English);
    }
}
