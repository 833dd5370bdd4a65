//! Placeholders of a template, `{{title}}`: Word cuts what is typed into runs as it likes, so that one may begin in one run
//! and end in the next.

use quick_xml::Reader;
use quick_xml::escape::{escape, unescape};
use quick_xml::events::Event;
use terms::Span;

use crate::report::{Report, ReportError};

/// The place of the report itself.
const BODY: &str = "body";

/// What each placeholder stands for.
pub(super) fn words(report: &Report) -> Vec<(&'static str, String)> {
    vec![
        ("title", report.title.clone()),
        ("issuer", report.issuer.clone()),
        ("region", report.region.clone()),
        ("year", report.year.to_string()),
        ("date", report.date.clone()),
    ]
}

/// A paragraph of a part, in bytes, with the texts in it.
struct Paragraph {
    span: Span,
    /// Where each text stands between its tags, and what it says.
    texts: Vec<(Span, String)>,
}

impl Paragraph {
    fn words(&self) -> String {
        self.texts.iter().map(|(_, text)| text.as_str()).collect()
    }
}

fn paragraphs(part: &str) -> Result<Vec<Paragraph>, ReportError> {
    let wrong = |error: &dyn std::fmt::Display| {
        ReportError::Template(format!("正文、页眉或页脚部件有误（{error}）"))
    };
    let mut reader = Reader::from_str(part);
    let at =
        |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
    // A text box holds paragraphs inside of a paragraph; the inner ones end first.
    let mut open: Vec<Paragraph> = Vec::new();
    let mut found = Vec::new();
    let mut text = None;
    loop {
        let before = at(&reader);
        match reader.read_event().map_err(|error| wrong(&error))? {
            Event::Start(element) => match element.local_name().as_ref() {
                "p" => open.push(Paragraph { span: Span::new(before, before), texts: Vec::new() }),
                "t" => text = Some(at(&reader)),
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "p" => {
                    if let Some(mut paragraph) = open.pop() {
                        paragraph.span.end = at(&reader);
                        found.push(paragraph);
                    }
                }
                "t" => {
                    if let (Some(start), Some(paragraph)) = (text.take(), open.last_mut()) {
                        let span = Span::new(start, before);
                        let raw = part.get(span.range()).unwrap_or_default();
                        let said = unescape(raw).map_err(|error| wrong(&error))?;
                        paragraph.texts.push((span, said.into_owned()));
                    }
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    found.sort_by_key(|paragraph| paragraph.span.start);
    Ok(found)
}

/// The main part with the report in the place of the paragraph that says `{{body}}`.
pub(super) fn body(part: &str, report: &str) -> Result<String, ReportError> {
    if !part.contains("xmlns:w=") {
        let expected = "正文部件没有声明 xmlns:w（应为 Word 或 WPS 另存的 .docx）";
        return Err(ReportError::Template(expected.to_owned()));
    }
    let all = paragraphs(part)?;
    let mark = format!("{{{{{BODY}}}}}");
    let mut places = all.iter().filter(|paragraph| paragraph.words().trim() == mark);
    let Some(place) = places.next() else {
        return Err(ReportError::Template(format!(
            "没有单独成段的 {mark}（应有一段，报告写在此处）"
        )));
    };
    if places.next().is_some() {
        return Err(ReportError::Template(format!("{mark} 不止一处（应只有一段）")));
    }
    let (head, tail) = (&part[..place.span.start], &part[place.span.end..]);
    Ok(format!("{head}{report}{tail}"))
}

/// A part with all placeholders filled.
pub(super) fn fill(part: &str, words: &[(&'static str, String)]) -> Result<String, ReportError> {
    let mut out = String::with_capacity(part.len());
    let mut done = 0;
    let mut texts: Vec<(Span, String)> = Vec::new();
    for paragraph in paragraphs(part)? {
        if paragraph.words().contains("{{") {
            texts.extend(filled(&paragraph, words)?);
        }
    }
    texts.sort_by_key(|(span, _)| span.start);
    for (span, said) in texts {
        out.push_str(part.get(done..span.start).unwrap_or_default());
        out.push_str(&escape(said.as_str()));
        done = span.end;
    }
    out.push_str(part.get(done..).unwrap_or_default());
    Ok(out)
}

/// The texts of a paragraph after filling: what a placeholder stands for goes where it begins.
fn filled(
    paragraph: &Paragraph,
    words: &[(&'static str, String)],
) -> Result<Vec<(Span, String)>, ReportError> {
    let whole = paragraph.words();
    let mut marks: Vec<(usize, usize, &str)> = Vec::new();
    let mut from = 0;
    while let Some(start) = whole[from..].find("{{").map(|at| from + at) {
        let Some(end) = whole[start..].find("}}").map(|at| start + at + 2) else { break };
        let name = whole[start + 2..end - 2].trim();
        let Some((_, said)) = words.iter().find(|(known, _)| *known == name) else {
            let known: Vec<String> =
                words.iter().map(|(name, _)| format!("{{{{{name}}}}}")).collect();
            let expected = format!("{}，正文处为 {{{{{BODY}}}}}", known.join("、"));
            return Err(ReportError::Template(format!(
                "不认识的占位符 {}（应为 {expected}）",
                &whole[start..end]
            )));
        };
        marks.push((start, end, said));
        from = end;
    }
    let mut place = 0;
    let mut done = Vec::new();
    for (span, text) in &paragraph.texts {
        let (begin, end) = (place, place + text.len());
        place = end;
        let mut said = String::new();
        let mut at = begin;
        for (start, stop, words) in &marks {
            if *stop <= at || *start >= end {
                continue;
            }
            said.push_str(&whole[at..(*start).max(at)]);
            if *start >= begin {
                said.push_str(words);
            }
            at = (*stop).min(end);
        }
        said.push_str(&whole[at..end]);
        done.push((*span, said));
    }
    Ok(done)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Vec<(&'static str, String)> {
        vec![("title", "甲<乙>".to_owned()), ("year", "2024".to_owned())]
    }

    #[test]
    fn a_placeholder_that_was_cut_into_runs_is_filled() {
        let part = "<w:p><w:r><w:t>关于{{ti</w:t></w:r><w:r><w:t>tle}}（{{</w:t></w:r><w:r><w:t>year</w:t></w:r><w:r><w:t>}}年）</w:t></w:r></w:p>";
        let filled = fill(part, &words()).unwrap();
        assert_eq!(
            filled,
            "<w:p><w:r><w:t>关于甲&lt;乙&gt;</w:t></w:r><w:r><w:t>（2024</w:t></w:r><w:r><w:t></w:t></w:r><w:r><w:t>年）</w:t></w:r></w:p>"
        );
    }

    #[test]
    fn what_is_not_known_is_named() {
        let error = fill("<w:p><w:t>{{tilte}}</w:t></w:p>", &words()).unwrap_err().to_string();
        assert!(error.contains("{{tilte}}") && error.contains("{{title}}、{{year}}"), "{error}");
    }

    #[test]
    fn a_template_has_one_place_for_the_report() {
        let wrap = |inner: &str| format!("<w:document xmlns:w=\"w\">{inner}</w:document>");
        let mark = "<w:p><w:r><w:t>{{body}}</w:t></w:r></w:p>";
        assert_eq!(body(&wrap(mark), "<x/>").unwrap(), wrap("<x/>"));
        assert!(body(&wrap(""), "").is_err());
        assert!(body(&wrap(&mark.repeat(2)), "").is_err());
        assert!(body(mark, "").is_err());
    }
}
