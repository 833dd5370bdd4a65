//! The figures of a report as a workbook whose rates, differences and sums are formulas: who corrects a figure sees at once
//! what follows. Each formula keeps the value that the report tells, for programs that do not compute.

mod indicators;
mod projects;
mod sheet;
mod summary;

use super::{Report, ReportError, Sources};
use crate::xlsx::{XlsxError, book};

/// The names of the sheets.
pub const SHEETS: [&str; 3] = ["主要指标", "重大项目", "汇总"];

/// A report's figures as a workbook.
///
/// # Errors
/// Where the report has no figures, or the workbook could not be written.
pub fn workbook(report: &Report, sources: Sources) -> Result<Vec<u8>, ReportError> {
    let figures = &report.figures;
    if figures.indicators.is_empty() && figures.projects.is_empty() {
        let what = "报告没有指标和项目的数，不能写成工作簿（应写成 .docx 或 .pdf）";
        return Err(ReportError::Needs(what.to_owned()));
    }
    let write = || -> Result<Vec<u8>, XlsxError> {
        let mut book = book(&report.title, &format!("截至 {}", report.day))?;
        let lines = indicators::write(&mut book, report, sources)?;
        if !figures.projects.is_empty() {
            projects::write(&mut book, report, sources)?;
        }
        summary::write(&mut book, report, &lines)?;
        book.save_to_buffer()
    };
    write().map_err(|error| ReportError::Failed(error.to_string()))
}
