//! Which format an answer has: what the client accepts, held against what we write.

use publication::sdmx::Version;
use publication::sdmx::data::{CsvLayout, JsonForm, Labels};

use super::fault;
use publication::sdmx::error::Failure;

/// A format of figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DataFormat {
    Generic,
    Specific(Version),
    Json(JsonForm),
    Csv(CsvLayout),
}

/// A format of structures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StructureFormat {
    Xml(Version),
    Json(Version),
}

/// A format with the name under which it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chosen<T> {
    pub(super) format: T,
    pub(super) media_type: String,
}

/// What a client accepts, the most wanted first.
pub(super) struct Accept {
    asked: String,
    media: Vec<Media>,
    /// Whether names are to be in English.
    pub(super) english: bool,
}

/// One of the types that a client accepts.
struct Media {
    name: String,
    parameters: Vec<(String, String)>,
    weight: u16,
}

impl Media {
    fn read(text: &str) -> Media {
        let mut parts = text.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let pair = |part: &str| {
            let (name, value) = part.split_once('=')?;
            let value = value.trim().trim_matches('"').to_ascii_lowercase();
            Some((name.trim().to_ascii_lowercase(), value))
        };
        let parameters: Vec<(String, String)> = parts.filter_map(pair).collect();
        let weight = parameters.iter().find(|(name, _)| name == "q");
        // In thousandths; a weight that cannot be read counts whole.
        let weight = weight
            .and_then(|(_, value)| value.parse::<f32>().ok())
            .map_or(1000, |weight| (weight.clamp(0.0, 1.0) * 1000.0) as u16);
        Media { name, parameters, weight }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Which version of the standard the media type's own version means: `old` and `new` are the numbers that it has in
    /// the two. `None` where it is another one.
    fn version(&self, default: Version, old: &[&str], new: &[&str]) -> Option<Version> {
        match self.get("version") {
            None => Some(default),
            Some(asked) if old.contains(&asked) => Some(Version::V21),
            Some(asked) if new.contains(&asked) => Some(Version::V30),
            Some(_) => None,
        }
    }

    fn is_any(&self) -> bool {
        matches!(self.name.as_str(), "*/*" | "application/*")
    }
}

/// The types that every client can be told, where it asked for one of the general ones.
fn plain(name: &str) -> Option<&'static str> {
    match name {
        "application/xml" => Some("application/xml"),
        "text/xml" => Some("text/xml; charset=utf-8"),
        "application/json" => Some("application/json"),
        "text/json" => Some("text/json; charset=utf-8"),
        "text/csv" => Some("text/csv; charset=utf-8"),
        _ => None,
    }
}

impl Accept {
    /// Reads what a client accepts; `format` of the address comes first, so that a link can ask for a format.
    pub(super) fn new(
        header: Option<&str>,
        format: Option<&str>,
        languages: Option<&str>,
    ) -> Accept {
        let short = |word: &str| match word {
            "csv" => "text/csv".to_owned(),
            "json" => "application/json".to_owned(),
            "xml" => "application/xml".to_owned(),
            "genericdata" => "application/vnd.sdmx.genericdata+xml;version=2.1".to_owned(),
            "structurespecificdata" => "application/vnd.sdmx.structurespecificdata+xml".to_owned(),
            other => other.to_owned(),
        };
        let header = header.filter(|header| !header.trim().is_empty()).unwrap_or("*/*");
        let asked = format.map_or_else(|| header.to_owned(), short);
        let mut media: Vec<Media> =
            asked.split(',').map(Media::read).filter(|media| media.weight > 0).collect();
        media.sort_by_key(|media| std::cmp::Reverse(media.weight));
        Accept { asked, media, english: prefers_english(languages) }
    }

    /// The language of names.
    pub(super) fn language(&self) -> &'static str {
        if self.english { "en" } else { "zh" }
    }

    /// Whether a failure is to be told in JSON.
    pub(super) fn wants_json(&self) -> bool {
        self.media.first().is_some_and(|media| media.name.ends_with("json"))
    }

    fn choose<T>(
        &self,
        fits: impl Fn(&Media) -> Option<Chosen<T>>,
        offered: &str,
    ) -> Result<Chosen<T>, Failure> {
        let found = self.media.iter().find_map(fits);
        found.ok_or_else(|| fault::not_acceptable(&self.asked, offered))
    }

    /// The format of figures.
    pub(super) fn data(&self, version: Version) -> Result<Chosen<DataFormat>, Failure> {
        let fits = |media: &Media| {
            let format = self.data_format(media, version)?;
            let media_type = match plain(&media.name) {
                Some(plain) => plain.to_owned(),
                None => data_type(format),
            };
            Some(Chosen { format, media_type })
        };
        self.choose(
            fits,
            "application/vnd.sdmx.genericdata+xml;version=2.1, \
             application/vnd.sdmx.structurespecificdata+xml;version=2.1, \
             application/vnd.sdmx.data+xml;version=3.0.0, \
             application/vnd.sdmx.data+json;version=1.0.0 | 2.0.0, \
             application/vnd.sdmx.data+csv;version=1.0.0 | 2.0.0",
        )
    }

    fn data_format(&self, media: &Media, version: Version) -> Option<DataFormat> {
        let default = match version {
            Version::V21 => DataFormat::Generic,
            Version::V30 => DataFormat::Specific(version),
        };
        if media.is_any() {
            return Some(default);
        }
        match media.name.as_str() {
            "application/xml" | "text/xml" => Some(default),
            "application/vnd.sdmx.genericdata+xml" => {
                media.version(Version::V21, &["2.1"], &[]).map(|_| DataFormat::Generic)
            }
            "application/vnd.sdmx.structurespecificdata+xml" => {
                media.version(Version::V21, &["2.1"], &[]).map(DataFormat::Specific)
            }
            "application/vnd.sdmx.data+xml" => {
                media.version(Version::V30, &[], &["3.0.0", "3.0"]).map(DataFormat::Specific)
            }
            "application/vnd.sdmx.data+json" | "application/json" | "text/json" => {
                if media.get("version") == Some("1.0.0-wd") {
                    return Some(DataFormat::Json(JsonForm::Draft));
                }
                let version = media.version(version, &["1.0.0", "1.0"], &["2.0.0", "2.0"])?;
                Some(DataFormat::Json(match version {
                    Version::V21 => JsonForm::One,
                    Version::V30 => JsonForm::Two,
                }))
            }
            "application/vnd.sdmx.data+csv" | "text/csv" | "application/csv" => {
                let version = media.version(version, &["1.0.0", "1.0"], &["2.0.0", "2.0"])?;
                Some(DataFormat::Csv(self.layout(media, version)?))
            }
            _ => None,
        }
    }

    fn layout(&self, media: &Media, version: Version) -> Option<CsvLayout> {
        let labels = match media.get("labels") {
            None | Some("id") => Labels::Id,
            Some("both") => Labels::Both,
            Some("name") if version == Version::V30 => Labels::Name,
            Some(_) => return None,
        };
        let (series_key, observation_key) = match media.get("keys") {
            None | Some("none") => (false, false),
            Some("series") => (true, false),
            Some("obs") => (false, true),
            Some("both") => (true, true),
            Some(_) => return None,
        };
        Some(CsvLayout { version, labels, series_key, observation_key, english: self.english })
    }

    /// The format of structures.
    pub(super) fn structure(&self, version: Version) -> Result<Chosen<StructureFormat>, Failure> {
        let fits = |media: &Media| {
            let format = match media.name.as_str() {
                _ if media.is_any() => StructureFormat::Xml(version),
                "application/xml" | "text/xml" => StructureFormat::Xml(version),
                "application/vnd.sdmx.structure+xml" => {
                    let version = media.version(version, &["2.1"], &["3.0.0", "3.0"])?;
                    StructureFormat::Xml(version)
                }
                "application/vnd.sdmx.structure+json" | "application/json" | "text/json" => {
                    let version = media.version(version, &["1.0.0", "1.0"], &["2.0.0", "2.0"])?;
                    StructureFormat::Json(version)
                }
                _ => return None,
            };
            let media_type = match plain(&media.name) {
                Some(plain) => plain.to_owned(),
                None => structure_type(format).to_owned(),
            };
            Some(Chosen { format, media_type })
        };
        self.choose(
            fits,
            "application/vnd.sdmx.structure+xml;version=2.1 | 3.0.0, \
             application/vnd.sdmx.structure+json;version=1.0.0 | 2.0.0",
        )
    }
}

/// Whether English is wanted before Chinese.
fn prefers_english(languages: Option<&str>) -> bool {
    let mut known: Vec<Media> = languages.unwrap_or_default().split(',').map(Media::read).collect();
    known.sort_by_key(|one| std::cmp::Reverse(one.weight));
    let first = known.iter().find(|one| one.name.starts_with("en") || one.name.starts_with("zh"));
    first.is_some_and(|one| one.name.starts_with("en"))
}

fn data_type(format: DataFormat) -> String {
    let text = match format {
        DataFormat::Generic => "application/vnd.sdmx.genericdata+xml;version=2.1",
        DataFormat::Specific(Version::V21) => {
            "application/vnd.sdmx.structurespecificdata+xml;version=2.1"
        }
        DataFormat::Specific(Version::V30) => "application/vnd.sdmx.data+xml;version=3.0.0",
        DataFormat::Json(JsonForm::Draft) => "application/vnd.sdmx.data+json;version=1.0.0-wd",
        DataFormat::Json(JsonForm::One) => "application/vnd.sdmx.data+json;version=1.0.0",
        DataFormat::Json(JsonForm::Two) => "application/vnd.sdmx.data+json;version=2.0.0",
        DataFormat::Csv(layout) => {
            let number = match layout.version {
                Version::V21 => "1.0.0",
                Version::V30 => "2.0.0",
            };
            let labels = match layout.labels {
                Labels::Id => "id",
                Labels::Name => "name",
                Labels::Both => "both",
            };
            return format!(
                "application/vnd.sdmx.data+csv;version={number};labels={labels};charset=utf-8"
            );
        }
    };
    text.to_owned()
}

fn structure_type(format: StructureFormat) -> &'static str {
    match format {
        StructureFormat::Xml(Version::V21) => "application/vnd.sdmx.structure+xml;version=2.1",
        StructureFormat::Xml(Version::V30) => "application/vnd.sdmx.structure+xml;version=3.0.0",
        StructureFormat::Json(Version::V21) => "application/vnd.sdmx.structure+json;version=1.0.0",
        StructureFormat::Json(Version::V30) => "application/vnd.sdmx.structure+json;version=2.0.0",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(header: &str, version: Version) -> Result<(DataFormat, String), u16> {
        let accept = Accept::new(Some(header), None, None);
        accept.data(version).map(|one| (one.format, one.media_type)).map_err(|one| one.status)
    }

    #[test]
    fn the_default_is_xml() {
        let generic = "application/vnd.sdmx.genericdata+xml;version=2.1".to_owned();
        for header in ["*/*", "", "application/*;q=0.5", "image/png, */*;q=0.1"] {
            assert_eq!(data(header, Version::V21), Ok((DataFormat::Generic, generic.clone())));
        }
        let new = "application/vnd.sdmx.data+xml;version=3.0.0".to_owned();
        let expected = (DataFormat::Specific(Version::V30), new);
        assert_eq!(data("*/*", Version::V30), Ok(expected));
        assert_eq!(Accept::new(None, None, None).data(Version::V21).unwrap().media_type, generic);
    }

    #[test]
    fn what_is_wanted_most_comes() {
        let both = "application/vnd.sdmx.data+csv;version=1.0.0;q=0.4,\
                    application/vnd.sdmx.data+json;version=2.0.0;q=0.9";
        assert_eq!(data(both, Version::V21).unwrap().0, DataFormat::Json(JsonForm::Two));
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        assert_eq!(data(browser, Version::V21).unwrap().1, "application/xml");
        assert_eq!(data("application/json", Version::V21).unwrap().1, "application/json");
        let link = Accept::new(Some("text/html"), Some("csv"), Some("en-GB,zh;q=0.5"));
        let chosen = link.data(Version::V30).unwrap();
        let DataFormat::Csv(layout) = chosen.format else { unreachable!("{chosen:?}") };
        assert_eq!((layout.version, layout.english), (Version::V30, true));
    }

    #[test]
    fn layouts_of_tables_are_told_with_the_type() {
        let header = "application/vnd.sdmx.data+csv; version=2.0.0; labels=both; keys=obs";
        let (DataFormat::Csv(layout), told) = data(header, Version::V21).unwrap() else {
            unreachable!()
        };
        assert_eq!(
            (layout.labels, layout.observation_key, layout.series_key),
            (Labels::Both, true, false)
        );
        assert!(told.contains("version=2.0.0;labels=both"), "{told}");
        let name = "application/vnd.sdmx.data+csv;version=1.0.0;labels=name";
        assert_eq!(data(name, Version::V21), Err(406));
    }

    #[test]
    fn what_is_not_written_is_not_acceptable() {
        for header in [
            "text/html",
            "application/vnd.sdmx.data+json;version=9.0.0",
            "application/vnd.sdmx.genericdata+xml;version=2.0",
            "*/*;q=0",
        ] {
            assert_eq!(data(header, Version::V21), Err(406), "{header}");
        }
        let accept = Accept::new(Some("text/csv"), None, None);
        assert_eq!(accept.structure(Version::V21).unwrap_err().status, 406);
    }
}
