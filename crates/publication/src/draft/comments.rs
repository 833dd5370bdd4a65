//! Findings as comments in the very word-processor file that was checked (Office Open XML, ECMA-376 part 1,
//! 17.13.4): a copy in which each place is marked, and nothing else is changed.

use std::io::{Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::escape::escape;
use quick_xml::events::Event;
use terms::{DraftFinding, Span};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Who comments.
const AUTHOR: &str = "duixian";

/// Why a file could not be commented on; its text is a Chinese sentence.
#[derive(Debug)]
pub struct CommentError(String);

impl std::fmt::Display for CommentError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "无法写入批注：{}", self.0)
    }
}

impl std::error::Error for CommentError {}

impl From<zip::result::ZipError> for CommentError {
    fn from(error: zip::result::ZipError) -> Self {
        CommentError(error.to_string())
    }
}

impl From<std::io::Error> for CommentError {
    fn from(error: std::io::Error) -> Self {
        CommentError(error.to_string())
    }
}

impl From<quick_xml::Error> for CommentError {
    fn from(error: quick_xml::Error) -> Self {
        CommentError(error.to_string())
    }
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The number of the paragraph, from 1, in which each place of the main part stands; places are bytes of that part.
pub fn paragraphs(
    file: &[u8],
    main: &str,
    places: &[Span],
) -> Result<Vec<Option<usize>>, CommentError> {
    let mut archive = ZipArchive::new(Cursor::new(file))?;
    let text = part(&mut archive, main)?.ok_or_else(|| missing(main))?;
    let layout = Layout::of(&text)?;
    let number = |place: &Span| {
        let inside = |paragraph: &&Stretch| paragraph.holds(place.start);
        // Of paragraphs in text boxes the innermost.
        layout
            .paragraphs
            .iter()
            .filter(inside)
            .max_by_key(|found| found.start)
            .map(|found| found.number)
    };
    Ok(places.iter().map(number).collect())
}

/// A copy of a file with a comment at each finding. `places` are the findings' bytes in the main part, `day` is written as
/// the comments' date.
pub fn commented(
    file: &[u8],
    main: &str,
    findings: &[DraftFinding],
    places: &[Span],
    day: &str,
) -> Result<Vec<u8>, CommentError> {
    let mut archive = ZipArchive::new(Cursor::new(file))?;
    let text = part(&mut archive, main)?.ok_or_else(|| missing(main))?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = main.rsplit('/').next().unwrap_or(main);
    let relations_name = format!("{folder}/_rels/{name}.rels");
    let relations = part(&mut archive, &relations_name)?;
    let own = relations.as_deref().and_then(comments_target);
    let comments_name = match &own {
        Some(target) if target.starts_with('/') => target.trim_start_matches('/').to_owned(),
        Some(target) => format!("{folder}/{target}"),
        None => format!("{folder}/comments.xml"),
    };
    let old = part(&mut archive, &comments_name)?;
    let first = old.as_deref().map_or(0, next_id);
    let layout = Layout::of(&text)?;
    let prefix = layout.prefix.clone();
    let (mut marks, mut notes) = (Vec::new(), String::new());
    for (number, (finding, place)) in findings.iter().zip(places).enumerate() {
        let id = first + number;
        let Some((start, end)) = layout.around(place) else { continue };
        let tag = |name: &str| format!("<{prefix}{name} {prefix}id=\"{id}\"/>");
        let reference = format!("<{prefix}r>{}</{prefix}r>", tag("commentReference"));
        marks.push((start, 1, id, tag("commentRangeStart")));
        marks.push((end, 0, id, format!("{}{reference}", tag("commentRangeEnd"))));
        notes.push_str(&note(id, finding, day));
    }
    // Where one place ends and another begins, the end comes first.
    marks.sort_by_key(|(at, kind, id, _)| (*at, *kind, *id));
    let body = inserted(&text, &marks);
    let comments = with_notes(old.as_deref(), &notes);
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let mut wrote_relations = false;
    for number in 0..archive.len() {
        let entry = archive.by_index_raw(number)?;
        let entry_name = entry.name()?.into_owned();
        if entry_name == main {
            out.start_file(main, options)?;
            out.write_all(body.as_bytes())?;
        } else if entry_name == comments_name {
            continue;
        } else if entry_name == relations_name && own.is_none() {
            let old = relations.as_deref().unwrap_or_default();
            out.start_file(relations_name.as_str(), options)?;
            out.write_all(with_relation(Some(old)).as_bytes())?;
            wrote_relations = true;
        } else if entry_name == "[Content_Types].xml" && old.is_none() {
            drop(entry);
            let types = part(&mut archive, "[Content_Types].xml")?.unwrap_or_default();
            out.start_file("[Content_Types].xml", options)?;
            out.write_all(with_type(&types, &comments_name).as_bytes())?;
        } else {
            out.raw_copy_file(entry)?;
        }
    }
    if own.is_none() && !wrote_relations {
        out.start_file(relations_name.as_str(), options)?;
        out.write_all(with_relation(None).as_bytes())?;
    }
    out.start_file(comments_name.as_str(), options)?;
    out.write_all(comments.as_bytes())?;
    Ok(out.finish()?.into_inner())
}

fn missing(name: &str) -> CommentError {
    CommentError(format!("文件里没有 {name}"))
}

fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, CommentError> {
    let Some(number) = archive.index_for_name(name) else { return Ok(None) };
    let mut text = String::new();
    archive.by_index(number)?.read_to_string(&mut text)?;
    Ok(Some(text))
}

/// A stretch of the main part, in bytes.
struct Stretch {
    start: usize,
    end: usize,
    /// Of a paragraph, from 1.
    number: usize,
}

impl Stretch {
    fn holds(&self, at: usize) -> bool {
        self.start <= at && at < self.end
    }
}

/// Where paragraphs and runs stand in the main part.
struct Layout {
    paragraphs: Vec<Stretch>,
    runs: Vec<Stretch>,
    /// The prefix of the word-processing names with its colon.
    prefix: String,
}

impl Layout {
    fn of(text: &str) -> Result<Layout, CommentError> {
        let mut reader = Reader::from_str(text);
        let mut layout = Layout { paragraphs: Vec::new(), runs: Vec::new(), prefix: String::new() };
        let (mut open_paragraphs, mut open_runs) = (Vec::new(), Vec::new());
        let mut number = 0;
        loop {
            let start = position(&reader);
            let event = reader.read_event()?;
            let end = position(&reader);
            match event {
                Event::Start(element) => match local(element.name().as_ref()) {
                    "p" => {
                        number += 1;
                        open_paragraphs.push((start, number));
                        let name = element.name();
                        if let Some((prefix, _)) = name.as_ref().split_once(':') {
                            layout.prefix = format!("{prefix}:");
                        }
                    }
                    "r" => open_runs.push(start),
                    _ => {}
                },
                Event::Empty(element) if local(element.name().as_ref()) == "p" => number += 1,
                Event::End(element) => match local(element.name().as_ref()) {
                    "p" => {
                        if let Some((start, number)) = open_paragraphs.pop() {
                            layout.paragraphs.push(Stretch { start, end, number });
                        }
                    }
                    "r" => {
                        // A run inside of another one (in a text box) counts; so does the other one.
                        if let Some(start) = open_runs.pop() {
                            layout.runs.push(Stretch { start, end, number });
                        }
                    }
                    _ => {}
                },
                Event::Eof => break,
                _ => {}
            }
        }
        Ok(layout)
    }

    /// Where the runs of a place begin and end.
    fn around(&self, place: &Span) -> Option<(usize, usize)> {
        let run = |at: usize| {
            let inside = self.runs.iter().filter(|run| run.holds(at));
            inside.max_by_key(|run| run.start)
        };
        let first = run(place.start)?;
        let last = run(place.end.saturating_sub(1).max(place.start)).unwrap_or(first);
        // A range that leaves its paragraph ends with its first run.
        let last = if last.number == first.number && last.end >= first.end { last } else { first };
        Some((first.start, last.end))
    }
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn inserted(text: &str, marks: &[(usize, u8, usize, String)]) -> String {
    let mut out = String::with_capacity(text.len() + marks.len() * 80);
    let mut at = 0;
    for (place, _, _, mark) in marks {
        out.push_str(text.get(at..*place).unwrap_or_default());
        out.push_str(mark);
        at = *place;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A comment with its own names, so that it fits into any part.
fn note(id: usize, finding: &DraftFinding, day: &str) -> String {
    let mut lines = vec![format!("[{}] {}", finding.code.chinese(), finding.message)];
    lines.extend(finding.suggestion.as_ref().map(|right| format!("应为：{right}")));
    lines.push(format!("依据：{}", finding.source));
    let paragraphs: String = lines
        .iter()
        .map(|line| {
            format!(
                "<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
                escape(line.as_str())
            )
        })
        .collect();
    format!(
        "<w:comment xmlns:w=\"{WORDS}\" w:id=\"{id}\" w:author=\"{AUTHOR}\" w:initials=\"dx\" \
         w:date=\"{day}T00:00:00Z\">{paragraphs}</w:comment>"
    )
}

fn with_notes(old: Option<&str>, notes: &str) -> String {
    let closing = old.and_then(|old| Some((old, old.rfind("</")?)));
    match closing {
        Some((old, at)) => {
            let (head, tail) = old.split_at(at);
            format!("{head}{notes}{tail}")
        }
        None => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <w:comments xmlns:w=\"{WORDS}\">{notes}</w:comments>"
        ),
    }
}

/// The id behind the highest of a comments part.
fn next_id(comments: &str) -> usize {
    let ids = comments.split(":id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    ids.filter_map(|id| id.parse::<usize>().ok()).max().map_or(0, |highest| highest + 1)
}

const COMMENTS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";

/// The target of the comments that a part has already.
fn comments_target(relations: &str) -> Option<String> {
    let relation = relations.split('<').find(|tag| tag.contains(&format!("\"{COMMENTS}\"")))?;
    let target = relation.split("Target=\"").nth(1)?;
    Some(target.split('"').next()?.to_owned())
}

fn with_relation(old: Option<&str>) -> String {
    let own = format!(
        "<Relationship Id=\"rIdDuixianComments\" Type=\"{COMMENTS}\" Target=\"comments.xml\"/>"
    );
    match old.and_then(|old| Some(old.split_at(old.rfind("</")?))) {
        Some((head, tail)) => format!("{head}{own}{tail}"),
        None => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships xmlns=\
             \"http://schemas.openxmlformats.org/package/2006/relationships\">{own}</Relationships>"
        ),
    }
}

fn with_type(types: &str, name: &str) -> String {
    let own = format!(
        "<Override PartName=\"/{name}\" ContentType=\"application/vnd.openxmlformats-officedocument\
         .wordprocessingml.comments+xml\"/>"
    );
    match types.rfind("</") {
        Some(at) => {
            let (head, tail) = types.split_at(at);
            format!("{head}{own}{tail}")
        }
        None => types.to_owned(),
    }
}
