//! Which addresses of the server are part of a site, and in which file each is.

use std::collections::BTreeSet;

use publication::html::asset;

/// What belongs to a site.
pub(super) struct Site<'a> {
    indicators: &'a BTreeSet<String>,
    reports: bool,
}

impl<'a> Site<'a> {
    pub(super) fn new(indicators: &'a BTreeSet<String>, reports: bool) -> Self {
        Site { indicators, reports }
    }

    /// The file of an address of the server; `None` where it is no part of the site.
    pub(super) fn file(&self, address: &str) -> Option<String> {
        let address = address.split('#').next()?;
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let asked: Vec<(&str, &str)> = query
            .split('&')
            .filter(|part| !part.is_empty())
            .map(|part| part.split_once('=').unwrap_or((part, "")))
            .collect();
        if let Some(name) = path.strip_prefix("/assets/") {
            return asset(name).map(|_| format!("assets/{name}"));
        }
        if path == "/api/v1/figures" {
            return self.data(&asked);
        }
        let english = match asked.iter().find(|(name, _)| *name == "lang") {
            Some((_, "en")) => true,
            Some((_, "zh")) | None => false,
            Some(_) => return None,
        };
        let rest: Vec<_> = asked.into_iter().filter(|(name, _)| *name != "lang").collect();
        let file = self.page(path, &rest)?;
        Some(if english { format!("en/{file}") } else { file })
    }

    fn page(&self, path: &str, asked: &[(&str, &str)]) -> Option<String> {
        let steps: Vec<&str> = path.split('/').skip(1).collect();
        match (steps.as_slice(), asked) {
            ([""], []) => Some("index.html".to_owned()),
            ([""], [("doc", id)]) if self.reports && is_plain(id) => {
                Some(format!("reports/{id}.html"))
            }
            (["indicators"], []) => Some("indicators/index.html".to_owned()),
            (["indicators", code], []) if self.indicators.contains(*code) && is_plain(code) => {
                Some(format!("indicators/{code}.html"))
            }
            (["documents"], []) if self.reports => Some("documents/index.html".to_owned()),
            (["documents", id], []) if self.reports && is_plain(id) && *id != "compare" => {
                Some(format!("documents/{id}.html"))
            }
            (["documents", id, "glossary"], []) if self.reports && is_plain(id) => {
                Some(format!("documents/{id}-glossary.html"))
            }
            (["statements", id], []) if self.reports && is_plain(id) && !id.contains('.') => {
                Some(format!("statements/{id}.html"))
            }
            _ => None,
        }
    }

    /// The figures of an indicator as a table.
    fn data(&self, asked: &[(&str, &str)]) -> Option<String> {
        let of = |wanted: &str| asked.iter().find(|(name, _)| *name == wanted).map(|(_, is)| *is);
        let (code, region) = (of("indicator")?, of("region")?);
        let whole = of("format") == Some("csv") && is_plain(code) && is_plain(region);
        (whole && self.indicators.contains(code)).then(|| format!("data/{region}-{code}.csv"))
    }
}

/// Whether a text can stand in the name of a file as it is.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !text.is_empty() && !text.starts_with('.') && text.chars().all(plain)
}

/// The way from one file of the site to another.
pub(super) fn from_to(from: &str, to: &str) -> String {
    let (here, there): (Vec<&str>, Vec<&str>) =
        (from.split('/').collect(), to.split('/').collect());
    let folders = here.len() - 1;
    let shared = here[..folders]
        .iter()
        .zip(&there[..there.len() - 1])
        .take_while(|(one, other)| one == other)
        .count();
    format!("{}{}", "../".repeat(folders - shared), there[shared..].join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_file_or_no_part_of_the_site() {
        let chosen = BTreeSet::from(["gdp".to_owned()]);
        let site = Site::new(&chosen, true);
        for (address, file) in [
            ("/", Some("index.html")),
            ("/?lang=en", Some("en/index.html")),
            ("/?lang=zh", Some("index.html")),
            ("/?doc=9dbe88bc#indicators", Some("reports/9dbe88bc.html")),
            ("/indicators/gdp", Some("indicators/gdp.html")),
            ("/indicators/gdp?lang=en", Some("en/indicators/gdp.html")),
            ("/indicators/budget-revenue", None),
            ("/indicators?status=missed", None),
            ("/indicators/../../etc", None),
            ("/statements/9dbe88bc-0315", Some("statements/9dbe88bc-0315.html")),
            ("/statements.csv", None),
            ("/assets/base.css", Some("assets/base.css")),
            ("/assets/../secret", None),
            ("/plan", None),
            ("/projects/P-1", None),
            (
                "/api/v1/figures?indicator=gdp&region=339901&history=true&format=csv",
                Some("data/339901-gdp.csv"),
            ),
            ("/api/v1/figures?indicator=secret&region=339901&format=csv", None),
        ] {
            assert_eq!(site.file(address).as_deref(), file, "{address}");
        }
        let site = Site::new(&chosen, false);
        assert_eq!(site.file("/documents/9dbe88bc"), None);
    }

    #[test]
    fn a_way_leads_up_and_down_again() {
        for (from, to, way) in [
            ("index.html", "indicators/gdp.html", "indicators/gdp.html"),
            ("indicators/gdp.html", "assets/base.css", "../assets/base.css"),
            ("indicators/gdp.html", "indicators/index.html", "index.html"),
            ("en/indicators/gdp.html", "indicators/gdp.html", "../../indicators/gdp.html"),
            ("en/indicators/gdp.html", "en/index.html", "../index.html"),
        ] {
            assert_eq!(from_to(from, to), way, "{from} → {to}");
        }
    }
}
