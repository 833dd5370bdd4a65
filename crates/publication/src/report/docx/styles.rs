//! The styles of a template, by their names: ids differ between programs and languages, names do not.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::report::ReportError;

/// What a paragraph or a run is, for which a template has a style.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Body,
    Salutation,
    Heading(usize),
    AnnexMark,
    AnnexTitle,
    Caption,
    TableHeading,
    TableText,
    FootnoteText,
    Table,
    Footnote,
    Missing,
    Strong,
}

impl Use {
    /// Names of styles that fit, the best first.
    fn names(self) -> &'static [&'static str] {
        match self {
            Use::Body => &["body text", "正文文本"],
            Use::Salutation => &["salutation", "称呼"],
            Use::Heading(1) => &["heading 1", "标题 1"],
            Use::Heading(2) => &["heading 2", "标题 2"],
            Use::Heading(3) => &["heading 3", "标题 3"],
            Use::Heading(_) => &["heading 4", "标题 4", "heading 3", "标题 3"],
            Use::AnnexMark => &["annex mark"],
            Use::AnnexTitle => &["annex title", "title", "标题"],
            Use::Caption => &["caption", "题注"],
            Use::TableHeading => &["table heading", "table text"],
            Use::TableText => &["table text"],
            Use::FootnoteText => &["footnote text", "脚注文本"],
            Use::Table => &["table grid", "网格型"],
            Use::Footnote => &["footnote reference", "脚注引用"],
            Use::Missing => &["missing"],
            Use::Strong => &["strong", "要点"],
        }
    }
}

#[derive(Debug, Default)]
struct Style {
    based: Option<String>,
    numbered: bool,
}

/// The styles of a template.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By name in lower case: the id.
    ids: HashMap<String, String>,
    styles: HashMap<String, Style>,
}

impl Styles {
    pub(super) fn read(text: &str) -> Result<Styles, ReportError> {
        let wrong = |error: quick_xml::Error| {
            ReportError::Template(format!("样式部件 word/styles.xml 有误（{error}）"))
        };
        let mut reader = Reader::from_str(text);
        let mut found = Styles::default();
        let mut id = String::new();
        loop {
            match reader.read_event().map_err(wrong)? {
                Event::Start(element) | Event::Empty(element) => {
                    let value = |name: &str| value(&element, name);
                    match element.local_name().as_ref() {
                        "style" => id = value("styleId").unwrap_or_default(),
                        "name" if !id.is_empty() => {
                            let name = value("val").unwrap_or_default().to_lowercase();
                            found.ids.entry(name).or_insert_with(|| id.clone());
                        }
                        "basedOn" => found.style(&id).based = value("val"),
                        "numId" => found.style(&id).numbered = true,
                        _ => {}
                    }
                }
                Event::Eof => return Ok(found),
                _ => {}
            }
        }
    }

    fn style(&mut self, id: &str) -> &mut Style {
        self.styles.entry(id.to_owned()).or_default()
    }

    /// The id of the style for something, if the template has one.
    pub(super) fn id(&self, what: Use) -> Option<&str> {
        what.names().iter().find_map(|name| self.ids.get(*name)).map(String::as_str)
    }

    /// Whether Word counts the paragraphs of a style by itself.
    pub(super) fn counts(&self, what: Use) -> bool {
        let mut id = self.id(what).map(str::to_owned);
        // Styles may be based on each other in a circle.
        for _ in 0..10 {
            let Some(style) = id.as_ref().and_then(|id| self.styles.get(id)) else { return false };
            if style.numbered {
                return true;
            }
            id.clone_from(&style.based);
        }
        false
    }
}

fn value(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|own| own.key.local_name().as_ref() == name)?;
    Some(found.value.to_string())
}
