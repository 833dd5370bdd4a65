//! The forms that a report takes.

use std::path::Path;

use publication::report::{Report, Sources, docx, workbook};

use crate::error::Failure;

/// The form of a report, told by how the name of its file ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A Word document.
    Docx,
    /// A workbook.
    Xlsx,
    /// A PDF.
    #[cfg(feature = "pdf")]
    Pdf,
}

impl Format {
    /// Every form.
    pub const ALL: &'static [Format] = &[
        Format::Docx,
        Format::Xlsx,
        #[cfg(feature = "pdf")]
        Format::Pdf,
    ];

    /// How names of such files end, without the point.
    pub fn ending(self) -> &'static str {
        match self {
            Format::Docx => "docx",
            Format::Xlsx => "xlsx",
            #[cfg(feature = "pdf")]
            Format::Pdf => "pdf",
        }
    }

    /// The media type of such files.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Docx => {
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            }
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            #[cfg(feature = "pdf")]
            Format::Pdf => "application/pdf",
        }
    }

    /// The form of a file.
    ///
    /// # Errors
    /// Where its name ends otherwise.
    pub fn of(path: &Path) -> Result<Format, Failure> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let known = Format::ALL.iter().find(|format| ending.as_deref() == Some(format.ending()));
        known.copied().ok_or_else(|| {
            let all: Vec<String> =
                Format::ALL.iter().map(|format| format!(".{}", format.ending())).collect();
            Failure::Input(format!(
                "不能识别报告格式：{}（文件名应以 {} 结尾）",
                path.display(),
                all.join("、")
            ))
        })
    }

    /// The bytes of a report in this form. Only a Word document is made from a template.
    ///
    /// # Errors
    /// Where the template is not what it should be, or something that is needed is not there.
    pub fn render(
        self,
        report: &Report,
        sources: Sources,
        template: Option<&[u8]>,
    ) -> Result<Vec<u8>, Failure> {
        Ok(match self {
            Format::Docx => docx::document(report, sources, template)?,
            Format::Xlsx => workbook(report, sources)?,
            #[cfg(feature = "pdf")]
            Format::Pdf => publication::report::pdf::pdf(report, sources, super::fonts::found())?,
        })
    }
}
