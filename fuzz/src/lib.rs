//! What each fuzzing target does with the bytes that it is given. An ordinary test feeds the committed seeds
//! through the same functions.

mod containers;
mod sound;

use assessment::formula::Formula;
use document::ReadError;
use terms::Document;

pub use containers::{docx, pdf, xlsx};

/// What became of bytes that were given to a parser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// They were read.
    Read,
    /// They were refused with an error.
    Refused,
}

/// A parser by the name of its target, which is also the folder of its seeds.
#[derive(Clone, Copy)]
pub struct Target {
    /// The name.
    pub name: &'static str,
    /// What its seeds are called when they are read as files; `None` where a seed is only a part of a file.
    pub extension: Option<&'static str>,
    /// Feeds it.
    pub feed: fn(&[u8]) -> Outcome,
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "read_text", extension: Some("txt"), feed: read_text },
    Target { name: "read_html", extension: Some("html"), feed: read_html },
    Target { name: "read_markdown", extension: Some("md"), feed: read_markdown },
    Target { name: "read_csv", extension: Some("csv"), feed: read_csv },
    Target { name: "read_docx", extension: Some("docx"), feed: read_docx },
    Target { name: "read_xlsx", extension: Some("xlsx"), feed: read_xlsx },
    Target { name: "read_xls", extension: Some("xls"), feed: read_xls },
    Target { name: "read_pdf", extension: Some("pdf"), feed: read_pdf },
    Target { name: "docx_parts", extension: None, feed: docx_parts },
    Target { name: "xlsx_parts", extension: None, feed: xlsx_parts },
    Target { name: "pdf_page", extension: None, feed: pdf_page },
    Target { name: "extract", extension: Some("txt"), feed: extract },
    Target { name: "formula", extension: None, feed: formula },
];

/// Reads bytes as a text file.
pub fn read_text(bytes: &[u8]) -> Outcome {
    read("a.txt", bytes)
}

/// Reads bytes as a web page.
pub fn read_html(bytes: &[u8]) -> Outcome {
    read("a.html", bytes)
}

/// Reads bytes as Markdown.
pub fn read_markdown(bytes: &[u8]) -> Outcome {
    read("a.md", bytes)
}

/// Reads bytes as a table of values.
pub fn read_csv(bytes: &[u8]) -> Outcome {
    read("a.csv", bytes)
}

/// Reads bytes as a Word document.
pub fn read_docx(bytes: &[u8]) -> Outcome {
    read("a.docx", bytes)
}

/// Reads bytes as a workbook.
pub fn read_xlsx(bytes: &[u8]) -> Outcome {
    cells(bytes);
    read("a.xlsx", bytes)
}

/// Reads bytes as a workbook of Excel 97.
pub fn read_xls(bytes: &[u8]) -> Outcome {
    cells(bytes);
    read("a.xls", bytes)
}

/// Reads bytes as a PDF file.
pub fn read_pdf(bytes: &[u8]) -> Outcome {
    read("a.pdf", bytes)
}

/// Reads bytes as the XML inside a Word document and finds its statements: mutations of a whole archive seldom
/// get that far.
pub fn docx_parts(bytes: &[u8]) -> Outcome {
    state(document::read("a.docx", &docx(bytes)))
}

/// Reads bytes as the XML inside a workbook and finds its statements.
pub fn xlsx_parts(bytes: &[u8]) -> Outcome {
    let bytes = xlsx(bytes);
    cells(&bytes);
    state(document::read("a.xlsx", &bytes))
}

/// Reads bytes as the drawing orders of a PDF page and the code table of its font.
pub fn pdf_page(bytes: &[u8]) -> Outcome {
    read("a.pdf", &pdf(bytes))
}

/// Reads bytes as a text file and finds its statements.
pub fn extract(bytes: &[u8]) -> Outcome {
    state(document::read("a.txt", bytes))
}

/// Reads bytes as a formula, and where it is one prints it, checks it and computes it without any figure.
pub fn formula(bytes: &[u8]) -> Outcome {
    let Ok(text) = std::str::from_utf8(bytes) else { return Outcome::Refused };
    match Formula::parse(text) {
        Ok(formula) => {
            sound::formula(&formula);
            Outcome::Read
        }
        Err(error) => {
            sound::fault(&error, text);
            Outcome::Refused
        }
    }
}

/// Reads bytes under a file name.
pub fn read(name: &str, bytes: &[u8]) -> Outcome {
    outcome(document::read(name, bytes)).map_or(Outcome::Refused, |_| Outcome::Read)
}

fn state(found: Result<Document, ReadError>) -> Outcome {
    let Some(document) = outcome(found) else { return Outcome::Refused };
    sound::statements(&document, &statement::extract(&document, sound::indicators()));
    Outcome::Read
}

/// Reads bytes as a workbook cell by cell.
fn cells(bytes: &[u8]) {
    match document::sheets(bytes) {
        Ok(sheets) => sheets.iter().for_each(sound::sheet),
        Err(error) => sound::message(&error.to_string()),
    }
}

fn outcome(found: Result<Document, ReadError>) -> Option<Document> {
    match found {
        Ok(document) => {
            sound::document(&document);
            Some(document)
        }
        Err(error) => {
            let message = error.to_string();
            sound::message(&message);
            None
        }
    }
}

/// Two readers call libraries that may panic on damaged files, and contain that (`catch_unwind`): what the program
/// survives is no finding, so the fuzzer's hook, which aborts on every panic, gives way to this one. Our own code has
/// no such leave. A panic of a library that leaves the reader is still seen, by the fuzzer itself.
pub fn leave_contained_panics_alone() {
    std::panic::set_hook(Box::new(|panic| {
        let ours = |file: &str| !file.contains("registry") && !file.contains("library");
        if panic.location().is_none_or(|place| ours(place.file())) {
            eprintln!("{panic}");
            std::process::abort();
        }
    }));
}
