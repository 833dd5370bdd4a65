//! What a search found, for pages, terminals and programs.

use std::io::{self, Write};
use std::ops::Range;

use serde_json::{Value, json};
use terms::PlanKind;

use crate::html::Address;
use crate::html::Language;

/// What something that is found is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundKind {
    /// An indicator of the catalogue.
    Indicator,
    /// A term that a report or the ledger explains.
    Term,
    /// A report.
    Document,
    /// A region.
    Region,
    /// A department.
    Department,
    /// A plan object of a kind; a term of the ledger is a [`FoundKind::Term`].
    Plan(&'static PlanKind),
    /// A statement of a report.
    Statement,
    /// A paragraph of a report.
    Text,
    /// Where figures come from.
    Origin,
}

impl FoundKind {
    /// Every kind, in the order in which they are offered: what is named before what is only said.
    pub fn all() -> Vec<FoundKind> {
        let plan = PlanKind::all().iter().filter(|kind| kind.code != "term").map(FoundKind::Plan);
        let mut kinds = vec![FoundKind::Indicator, FoundKind::Term, FoundKind::Document];
        kinds.extend(plan);
        kinds.extend([FoundKind::Region, FoundKind::Department, FoundKind::Statement]);
        kinds.extend([FoundKind::Text, FoundKind::Origin]);
        kinds
    }

    /// The kind of a plan object.
    pub fn plan(kind: &'static PlanKind) -> FoundKind {
        if kind.code == "term" { FoundKind::Term } else { FoundKind::Plan(kind) }
    }

    /// The word for it in addresses and data.
    pub fn as_str(self) -> &'static str {
        match self {
            FoundKind::Indicator => "indicator",
            FoundKind::Term => "term",
            FoundKind::Document => "document",
            FoundKind::Region => "region",
            FoundKind::Department => "department",
            FoundKind::Plan(kind) => kind.code,
            FoundKind::Statement => "statement",
            FoundKind::Text => "text",
            FoundKind::Origin => "source",
        }
    }

    /// The kind of this word.
    pub fn parse(word: &str) -> Option<FoundKind> {
        FoundKind::all().into_iter().find(|kind| kind.as_str() == word)
    }

    /// What it is called.
    pub fn said(self, language: Language) -> &'static str {
        let (chinese, english) = match self {
            FoundKind::Indicator => ("指标", "indicator"),
            FoundKind::Term => ("名词", "term"),
            FoundKind::Document => ("报告", "report"),
            FoundKind::Region => ("地区", "region"),
            FoundKind::Department => ("部门", "department"),
            FoundKind::Plan(kind) => (kind.chinese, kind.english),
            FoundKind::Statement => ("陈述", "statement"),
            FoundKind::Text => ("原文", "report text"),
            FoundKind::Origin => ("数据来源", "source of figures"),
        };
        match language {
            Language::Chinese => chinese,
            Language::English => english,
        }
    }
}

/// A text with the places that were looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// The places, in bytes, in text order and without overlaps.
    pub marks: Vec<Range<usize>>,
}

impl Marked {
    /// The text in pieces, each with whether it was looked for.
    pub fn pieces(&self) -> Vec<(&str, bool)> {
        let mut pieces = Vec::new();
        let mut from = 0;
        for mark in &self.marks {
            pieces.push((self.text.get(from..mark.start).unwrap_or(""), false));
            pieces.push((self.text.get(mark.clone()).unwrap_or(""), true));
            from = mark.end;
        }
        pieces.push((self.text.get(from..).unwrap_or(""), false));
        pieces.retain(|(piece, _)| !piece.is_empty());
        pieces
    }
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: FoundKind,
    /// What it is called.
    pub name: Marked,
    /// What tells it from others of its name: code, state, report; may be empty.
    pub about: String,
    /// Where its text has the words; `None` where the name says it all.
    pub text: Option<Marked>,
    /// Its place.
    pub address: Address,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// How many of each kind there are, whichever is asked for; kinds without any are left out.
    pub counts: Vec<(FoundKind, usize)>,
    /// How many there are of the kind that is asked for, or of all.
    pub total: usize,
    /// A stretch of them, best first.
    pub hits: Vec<Hit>,
    /// Names that come close, where nothing was found.
    pub suggestions: Vec<String>,
}

/// Prints what was found, a line each.
pub fn table(out: &mut (impl Write + ?Sized), found: &Found) -> io::Result<()> {
    let one_line = |text: &str| text.replace(['\n', '\r', '\t'], " ");
    if found.hits.is_empty() {
        writeln!(out, "没有找到")?;
        if !found.suggestions.is_empty() {
            writeln!(out, "名称相近的：{}", found.suggestions.join("、"))?;
        }
        return Ok(());
    }
    writeln!(out, "类别\t名称\t说明\t出处\t所在")?;
    for hit in &found.hits {
        let kind = hit.kind.said(Language::Chinese);
        let (name, about) = (one_line(&hit.name.text), one_line(&hit.about));
        let text = hit.text.as_ref().map_or(String::new(), |text| one_line(&text.text));
        writeln!(out, "{kind}\t{name}\t{about}\t{text}\t{}", hit.address)?;
    }
    let kinds = found.counts.iter();
    let kinds: Vec<String> =
        kinds.map(|(kind, count)| format!("{} {count}", kind.said(Language::Chinese))).collect();
    writeln!(out, "共 {} 条，列出 {} 条（{}）", found.total, found.hits.len(), kinds.join("、"))
}

/// What was found, for programs: `total`, `kinds` with their counts, `hits` with kind, name, about, text and address,
/// `suggestions`.
pub fn data(found: &Found) -> Value {
    let kinds = found.counts.iter().map(|(kind, count)| (kind.as_str().to_owned(), json!(count)));
    let hits = found.hits.iter().map(|hit| {
        json!({
            "kind": hit.kind.as_str(),
            "name": hit.name.text,
            "about": hit.about,
            "text": hit.text.as_ref().map(|text| &text.text),
            "address": hit.address.to_string(),
        })
    });
    json!({
        "total": found.total,
        "kinds": Value::Object(kinds.collect()),
        "hits": hits.collect::<Vec<_>>(),
        "suggestions": found.suggestions,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_word_of_its_own() {
        let kinds = FoundKind::all();
        for kind in &kinds {
            assert_eq!(FoundKind::parse(kind.as_str()), Some(*kind));
        }
        let words: std::collections::HashSet<_> = kinds.iter().map(|kind| kind.as_str()).collect();
        assert_eq!(words.len(), kinds.len());
        assert_eq!(FoundKind::parse("nothing"), None);
    }

    #[test]
    fn a_marked_text_falls_into_pieces() {
        let marked = Marked { text: "一般公共预算".into(), marks: vec![6..12, 12..18] };
        assert_eq!(marked.pieces(), [("一般", false), ("公共", true), ("预算", true)]);
        assert_eq!(Marked::default().pieces(), []);
    }
}
