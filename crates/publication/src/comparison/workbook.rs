//! A comparison as a workbook.

use rust_xlsxwriter::XlsxError;
use terms::{ComparedLine, Comparison, Statement};

use super::{aspect, compared_as, described, difference_unit, relation};
use crate::labels;
use crate::xlsx::{Columns, Sheet, book};

const COUNTS: Columns = &[("类别", 14.0), ("结论", 14.0), ("条数", 8.0)];

const DOCUMENTS: Columns = &[("方式", 14.0), ("前", 48.0), ("后", 48.0), ("注意", 40.0)];

const FOUND: Columns =
    &[("类别", 10.0), ("结论", 12.0), ("差额", 10.0), ("差额单位", 10.0), ("说明", 48.0)];

const BEFORE: Columns = &[
    ("前编号", 15.0),
    ("前章节", 28.0),
    ("前衡量对象", 24.0),
    ("前数值", 16.0),
    ("前引文", 36.0),
    ("前整句", 50.0),
];

const AFTER: Columns = &[
    ("后编号", 15.0),
    ("后章节", 28.0),
    ("后衡量对象", 24.0),
    ("后数值", 16.0),
    ("后引文", 36.0),
    ("后整句", 50.0),
];

/// A workbook of a comparison: counts, lines, documents.
pub fn workbook(comparison: &Comparison) -> Result<Vec<u8>, XlsxError> {
    let title = format!("{}与{}的对照", comparison.before.name, comparison.after.name);
    let mut book = book(&title, compared_as(comparison.compared_as))?;
    let mut sheet = Sheet::new(&mut book, "汇总", &[COUNTS])?;
    for (own, found, count) in &comparison.counts {
        sheet.text(aspect(*own))?;
        sheet.text(relation(*found))?;
        sheet.whole(*count)?;
        sheet.next_row();
    }
    sheet.finish()?;
    let mut sheet = Sheet::new(&mut book, "对照", &[FOUND, BEFORE, AFTER])?;
    comparison.lines.iter().try_for_each(|one| line(&mut sheet, one))?;
    sheet.finish()?;
    let mut sheet = Sheet::new(&mut book, "文件", &[DOCUMENTS])?;
    sheet.text(compared_as(comparison.compared_as))?;
    sheet.text(&described(&comparison.before))?;
    sheet.text(&described(&comparison.after))?;
    sheet.text(&comparison.remarks.join("；"))?;
    sheet.next_row();
    sheet.finish()?;
    book.save_to_buffer()
}

fn line(sheet: &mut Sheet<'_>, line: &ComparedLine) -> Result<(), XlsxError> {
    sheet.text(aspect(line.aspect))?;
    sheet.text(relation(line.relation))?;
    match line.difference {
        Some(difference) => sheet.decimal(difference)?,
        None => sheet.text("")?,
    }
    sheet.optional(difference_unit(line))?;
    sheet.optional(line.reason.as_deref())?;
    statement(sheet, line.before.as_ref())?;
    statement(sheet, line.after.as_ref())?;
    sheet.next_row();
    Ok(())
}

/// The six cells of a statement, empty where there is none.
pub(crate) fn statement(
    sheet: &mut Sheet<'_>,
    statement: Option<&Statement>,
) -> Result<(), XlsxError> {
    let Some(one) = statement else { return (0..6).try_for_each(|_| sheet.text("")) };
    sheet.text(&one.id)?;
    sheet.text(&one.section.join(" / "))?;
    sheet.text(&one.measure)?;
    sheet.text(&labels::figure(one))?;
    sheet.text(&one.quote)?;
    sheet.text(&one.sentence)
}
