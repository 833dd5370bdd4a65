//! A report as a Word document (Office Open XML, ECMA-376 part 1), made from a template that people edit in Word.
//!
//! The template brings styles, page, headers and footers; `{{body}}` stands where the report goes. What is written uses
//! the template's styles by their names, and only where one is missing the plain paragraph.

mod body;
mod package;
mod placeholder;
mod styles;

use super::{Report, ReportError, Sources};
use package::Package;

/// The parts of the template that is bundled: official layout by GB/T 9704-2012.
const PARTS: &[(&str, &str)] = &[
    ("[Content_Types].xml", include_str!("../../../assets/report/content-types.xml")),
    ("_rels/.rels", include_str!("../../../assets/report/package-rels.xml")),
    ("word/document.xml", include_str!("../../../assets/report/document.xml")),
    ("word/_rels/document.xml.rels", include_str!("../../../assets/report/document-rels.xml")),
    ("word/styles.xml", include_str!("../../../assets/report/styles.xml")),
    ("word/numbering.xml", include_str!("../../../assets/report/numbering.xml")),
    ("word/settings.xml", include_str!("../../../assets/report/settings.xml")),
    ("word/fontTable.xml", include_str!("../../../assets/report/fontTable.xml")),
    ("word/footnotes.xml", include_str!("../../../assets/report/footnotes.xml")),
    ("word/footer1.xml", include_str!("../../../assets/report/footer-odd.xml")),
    ("word/footer2.xml", include_str!("../../../assets/report/footer-even.xml")),
];

/// The template that is bundled, as a file of its own: to be edited in Word and given back.
///
/// # Errors
/// Where it cannot be put together.
pub fn template() -> Result<Vec<u8>, ReportError> {
    let mut package = bundled();
    package.describe("报告模板", "", "2000-01-01");
    package.finish()
}

fn bundled() -> Package {
    let text = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
    Package::of(PARTS.iter().map(text).collect())
}

/// A report as a Word document, from a template's bytes or the bundled template.
///
/// # Errors
/// Where the template is no Word document, has no `{{body}}`, or holds a placeholder that is not known.
pub fn document(
    report: &Report,
    sources: Sources,
    template: Option<&[u8]>,
) -> Result<Vec<u8>, ReportError> {
    let mut package = match template {
        Some(bytes) => Package::read(bytes)?,
        None => bundled(),
    };
    let main = package.main()?;
    let styles = styles::Styles::read(package.text("word/styles.xml").unwrap_or_default())?;
    let first_note = package.next_footnote();
    let written = body::write(report, &styles, sources, first_note);
    let words = placeholder::words(report);
    let text = package.text(&main).unwrap_or_default().to_owned();
    let filled = placeholder::body(&text, &written.body)?;
    package.put(&main, placeholder::fill(&filled, &words)?);
    for part in package.around() {
        let text = package.text(&part).unwrap_or_default();
        let filled = placeholder::fill(text, &words)?;
        package.put(&part, filled);
    }
    if !written.footnotes.is_empty() {
        package.add_footnotes(&main, &written.footnotes);
    }
    package.describe(&report.title, &report.issuer, &report.day);
    package.finish()
}
