//! The sheet that explains the form and its lines.

use rust_xlsxwriter::{FormatAlign, Worksheet, XlsxError};

use super::{Form, STATUSES, boxed, facet_word, heading, plain, write_text};

const COLUMNS: [(&str, f64); 5] =
    [("序号", 6.0), ("指标", 34.0), ("项目", 9.0), ("计量单位", 12.0), ("指标解释", 80.0)];

const RULES: [&str; 5] = [
    "在“本期”列填数字，不带单位；单位以“计量单位”列为准，不得改动。百分数填百分号前的数，例如 6.5% 填 6.5。",
    "没有数据的，“本期”列留空，“状态”列选“无数据”，并在“备注”列说明原因。",
    "与上期、上年同期相差悬殊的数会以红底、粗斜体标出：请核对，确实无误的在“备注”列说明原因。",
    "白色单元格已锁定。请不要增删行列、改动指标代码，也不要删除工作表，否则无法读回。",
    "本表可用 Excel、WPS 表格或 LibreOffice 填写，存为 xlsx 或 xls 后报送。",
];

pub(super) fn write(sheet: &mut Worksheet, form: &Form<'_>) -> Result<(), XlsxError> {
    for (column, (_, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
    }
    let title = plain().set_bold().set_font_size(14);
    write_text(sheet, 0, 0, &format!("{}填表说明", form.sheet.form), &title)?;
    let text = plain();
    let mut row = 1;
    for (number, rule) in (1..).zip(RULES) {
        write_text(sheet, row, 0, &format!("{number}. {rule}"), &text)?;
        row += 1;
    }
    let words = STATUSES.map(|(_, word)| word).join("、");
    write_text(sheet, row, 0, &format!("{}. 状态：{words}。", RULES.len() + 1), &text)?;
    row += 2;
    for (column, (name, _)) in (0..).zip(COLUMNS) {
        write_text(sheet, row, column, name, &heading())?;
    }
    let cell = boxed().set_align(FormatAlign::Top);
    for (number, slot) in (1_u32..).zip(&form.sheet.slots) {
        row += 1;
        let item = &slot.item;
        let known = form.indicator(&item.indicator);
        let formula = known.map(|known| known.formula.as_str()).filter(|text| !text.is_empty());
        let definition = match (known, formula) {
            (Some(known), Some(formula)) => format!("{}\n计算：{formula}", known.definition),
            (Some(known), None) => known.definition.clone(),
            (None, _) => String::new(),
        };
        sheet.write_number_with_format(row, 0, number, &cell)?;
        write_text(sheet, row, 1, form.name(&item.indicator), &cell)?;
        write_text(sheet, row, 2, facet_word(item.facet), &cell)?;
        write_text(sheet, row, 3, item.unit.as_str(), &cell)?;
        write_text(sheet, row, 4, &definition, &cell)?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.protect();
    Ok(())
}
