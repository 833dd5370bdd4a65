//! An account of promises as a workbook.

use rust_decimal::Decimal;
use rust_xlsxwriter::XlsxError;
use terms::{PromiseGroup, PromiseOutcome, PromiseReport, WorkOutcome};

use super::{answered, department_source, name, work_found};
use crate::comparison::{described, statement_cells, unit_of_difference};
use crate::labels;
use crate::xlsx::{Columns, Sheet, book};

const GROUPS: Columns = &[
    ("类别", 10.0),
    ("名称", 24.0),
    ("已兑现", 8.0),
    ("超额兑现", 8.0),
    ("未兑现", 8.0),
    ("不可比", 8.0),
    ("未报结果", 8.0),
    ("无声消失", 8.0),
    ("未到期", 8.0),
    ("得分", 8.0),
    ("兑现率(%)", 10.0),
    ("交代率(%)", 10.0),
];

const FOUND: Columns = &[
    ("结论", 10.0),
    ("部门", 18.0),
    ("部门依据", 10.0),
    ("力度", 8.0),
    ("到期年度", 8.0),
    ("差额", 10.0),
    ("差额单位", 10.0),
    ("说明", 48.0),
    ("答复", 40.0),
];

const PROMISE: Columns = &[
    ("承诺编号", 15.0),
    ("承诺章节", 28.0),
    ("承诺衡量对象", 24.0),
    ("承诺数值", 16.0),
    ("承诺引文", 36.0),
    ("承诺整句", 50.0),
];

const ANSWER: Columns = &[
    ("结果编号", 15.0),
    ("结果章节", 28.0),
    ("结果衡量对象", 24.0),
    ("结果数值", 16.0),
    ("结果引文", 36.0),
    ("结果整句", 50.0),
];

const WORKS: Columns = &[
    ("后一份报告", 14.0),
    ("举措", 40.0),
    ("结果提到", 40.0),
    ("继续列为任务", 40.0),
    ("相似", 8.0),
];

const ABOUT: Columns = &[("项目", 12.0), ("内容", 80.0)];

/// A workbook of an account: marks by department and strength, the promises, how the marks are made.
pub fn workbook(report: &PromiseReport) -> Result<Vec<u8>, XlsxError> {
    let title = format!("{}年承诺兑现", report.year);
    let mut book = book(&title, "承诺兑现")?;
    let mut sheet = Sheet::new(&mut book, "汇总", &[GROUPS])?;
    let all = PromiseGroup {
        name: Some("全部".to_owned()),
        counts: report.counts.clone(),
        marks: report.marks,
    };
    group(&mut sheet, "合计", &all)?;
    report.departments.iter().try_for_each(|own| group(&mut sheet, "部门", own))?;
    report.strengths.iter().try_for_each(|own| group(&mut sheet, "力度", own))?;
    report.sections.iter().try_for_each(|own| group(&mut sheet, "章节", own))?;
    sheet.finish()?;
    let mut sheet = Sheet::new(&mut book, "承诺", &[FOUND, PROMISE, ANSWER])?;
    report.promises.iter().try_for_each(|one| promise(&mut sheet, one))?;
    sheet.finish()?;
    if !report.works.is_empty() {
        let mut sheet = Sheet::new(&mut book, "举措", &[WORKS])?;
        report.works.iter().try_for_each(|one| work(&mut sheet, one))?;
        sheet.finish()?;
    }
    let mut sheet = Sheet::new(&mut book, "说明", &[ABOUT])?;
    let both = [("承诺", described(&report.before)), ("结果", described(&report.after))];
    let remarks = report.remarks.iter().map(|remark| ("注意", remark.clone()));
    let method = report.method.iter().map(|line| ("算法", line.clone()));
    for (what, text) in both.into_iter().chain(remarks).chain(method) {
        sheet.text(what)?;
        sheet.text(&text)?;
        sheet.next_row();
    }
    sheet.finish()?;
    book.save_to_buffer()
}

fn group(sheet: &mut Sheet<'_>, kind: &str, group: &PromiseGroup) -> Result<(), XlsxError> {
    sheet.text(kind)?;
    sheet.text(&name(group))?;
    group.counts.iter().try_for_each(|(_, count)| sheet.whole(*count))?;
    let marks = group.marks;
    [marks.score, marks.kept, marks.answered]
        .into_iter()
        .try_for_each(|mark| optional(sheet, mark))?;
    sheet.next_row();
    Ok(())
}

fn optional(sheet: &mut Sheet<'_>, number: Option<Decimal>) -> Result<(), XlsxError> {
    match number {
        Some(number) => sheet.decimal(number),
        None => sheet.text(""),
    }
}

fn promise(sheet: &mut Sheet<'_>, one: &PromiseOutcome) -> Result<(), XlsxError> {
    let department = one.department.as_ref();
    sheet.text(labels::fulfilment(one.fulfilment))?;
    sheet.optional(department.map(|(name, _)| name.as_str()))?;
    sheet.optional(department.map(|(_, source)| department_source(*source)))?;
    sheet.optional(one.promise.modality.map(labels::modality))?;
    sheet.text(&one.due.to_string())?;
    optional(sheet, one.difference)?;
    sheet.optional(one.difference.and_then(|_| unit_of_difference(&one.promise)))?;
    sheet.optional(one.reason.as_deref())?;
    sheet.text(&answered(one))?;
    statement_cells(sheet, Some(&one.promise))?;
    statement_cells(sheet, one.answer.as_ref())?;
    sheet.next_row();
    Ok(())
}

fn work(sheet: &mut Sheet<'_>, one: &WorkOutcome) -> Result<(), XlsxError> {
    sheet.text(work_found(one.found))?;
    sheet.text(&one.work.quote)?;
    sheet.optional(one.answer.as_ref().map(|work| &*work.quote))?;
    sheet.optional(one.continued.as_ref().map(|work| &*work.quote))?;
    optional(sheet, one.likeness)?;
    sheet.next_row();
    Ok(())
}
