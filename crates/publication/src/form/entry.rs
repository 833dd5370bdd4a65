//! The sheet that is filled in.

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule, Format,
    FormatAlign, FormatBorder, ProtectionOptions, Worksheet, XlsxError,
};
use terms::{Day, Dimension, Facet, Period, Slot};

use super::{
    FIRST_LINE, Form, READ_COLUMNS, STATUSES, boxed, facet_word, heading, plain, row_of, write_text,
};
use crate::xlsx::as_cell;

/// The name of the column of figures.
const VALUE: &str = READ_COLUMNS[3];

/// Headings and widths in characters.
const COLUMNS: [(&str, f64); 10] = [
    (READ_COLUMNS[0], 6.0),
    ("指标", 34.0),
    (READ_COLUMNS[1], 9.0),
    (READ_COLUMNS[2], 12.0),
    ("上期", 23.0),
    ("上年同期", 23.0),
    (VALUE, 18.0),
    (READ_COLUMNS[4], 11.0),
    (READ_COLUMNS[5], 32.0),
    (READ_COLUMNS[6], 16.0),
];

/// The last column, and the last that is printed.
const LAST: u16 = 9;
const LAST_PRINTED: u16 = 8;

/// Larger figures than this are slips of the keyboard.
const LARGEST: f64 = 1e15;

/// A level is marked if it is more than twice or less than half of each value before…
const TIMES: u32 = 2;

/// …and a share or a growth if it is further than this from each, in percentage points.
const POINTS: u32 = 20;

/// Titles and texts of hints may have so many characters.
const HINT_TITLE: usize = 30;
const HINT: usize = 200;

pub(super) fn write(sheet: &mut Worksheet, form: &Form<'_>) -> Result<(), XlsxError> {
    for (column, (_, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
    }
    head(sheet, form)?;
    let (last, year_ago) = (common(&form.context.last), common(&form.context.year_ago));
    headings(sheet, form, [last, year_ago])?;
    for (at, slot) in form.sheet.slots.iter().enumerate() {
        let row = row_of(at);
        known(sheet, row, at, slot, form)?;
        before(sheet, row, 4, form.context.last.get(at), last)?;
        before(sheet, row, 5, form.context.year_ago.get(at), year_ago)?;
        entry(sheet, row, slot)?;
        checks(sheet, row, slot, form.name(&slot.item.indicator))?;
    }
    let end = row_of(form.sheet.slots.len());
    let signatures = "单位负责人：　　　　　　　填表人：　　　　　　　联系电话：　　　　　　　报出日期：　　　　年　　月　　日";
    sheet.set_row_height(end, 30)?;
    sheet.merge_range(end, 0, end, LAST_PRINTED, signatures, &plain())?;
    sheet.set_freeze_panes(FIRST_LINE, 2)?;
    sheet.set_repeat_rows(FIRST_LINE - 1, FIRST_LINE - 1)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_print_area(0, 0, end, LAST_PRINTED)?;
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页");
    sheet.set_selection(FIRST_LINE, 6, FIRST_LINE, 6)?;
    let widths = ProtectionOptions { format_columns: true, format_rows: true, ..<_>::default() };
    sheet.protect_with_options(&widths);
    Ok(())
}

/// What stands above the table: whose form it is, for what time and until when.
fn head(sheet: &mut Worksheet, form: &Form<'_>) -> Result<(), XlsxError> {
    let duty = form.sheet;
    let title = plain().set_bold().set_font_size(18).set_align(FormatAlign::Center);
    let centred = plain().set_align(FormatAlign::Center);
    let quiet = plain().set_font_size(10).set_font_color(0x59_63_70);
    let due = duty.duty.extended.map_or(duty.round.due, |day| day.max(duty.round.due));
    let mut line = |row: u32, from: u16, to: u16, text: &str, format: &Format| {
        sheet.merge_range(row, from, row, to, "", format)?;
        write_text(sheet, row, from, text, format)
    };
    line(0, 0, LAST_PRINTED, &duty.form, &title)?;
    line(1, 0, LAST_PRINTED, &format!("报告期：{}", duty.round.period.chinese()), &centred)?;
    line(2, 0, 4, &format!("填报单位：{}", duty.department), &plain())?;
    line(
        2,
        5,
        LAST_PRINTED,
        &format!("地区：{}（{}）", form.context.region, duty.duty.region),
        &plain(),
    )?;
    line(3, 0, 4, &format!("填报轮次：{}", duty.round.name), &plain())?;
    line(3, 5, LAST_PRINTED, &format!("截止日期：{}", chinese(due)), &plain())?;
    line(
        4,
        0,
        LAST_PRINTED,
        "黄色单元格可填写，填法见“填表说明”；红底、粗斜体的数与上期、上年同期相差悬殊，请核对并在备注中说明。",
        &quiet,
    )?;
    sheet.set_row_height(0, 34)?;
    Ok(())
}

/// A day as official forms write it.
fn chinese(day: Day) -> String {
    let number = day.number();
    format!("{}年{}月{}日", number / 10_000, number / 100 % 100, number % 100)
}

fn headings(
    sheet: &mut Worksheet,
    form: &Form<'_>,
    [last, year_ago]: [Option<Period>; 2],
) -> Result<(), XlsxError> {
    let row = FIRST_LINE - 1;
    for (column, (name, _)) in (0..).zip(COLUMNS) {
        let period = match column {
            4 => last,
            5 => year_ago,
            6 => Some(form.sheet.round.period),
            _ => None,
        };
        let text = period.map(|period| format!("{name}\n（{}）", period.chinese()));
        write_text(sheet, row, column, text.as_deref().unwrap_or(name), &heading())?;
    }
    sheet.set_row_height(row, 38)?;
    Ok(())
}

/// The period that most columns of earlier values are for: that of the first.
fn common(values: &[Option<(String, Period)>]) -> Option<Period> {
    values.iter().flatten().map(|(_, period)| *period).next()
}

/// What is known of a line: its number, name, facet, unit and code.
fn known(
    sheet: &mut Worksheet,
    row: u32,
    at: usize,
    slot: &Slot,
    form: &Form<'_>,
) -> Result<(), XlsxError> {
    let (text, centred) = (boxed(), boxed().set_align(FormatAlign::Center));
    let quiet = plain().set_font_size(9).set_font_color(0x8C_96_A3);
    let item = &slot.item;
    write_text(sheet, row, 0, &(at + 1).to_string(), &centred)?;
    write_text(sheet, row, 1, form.name(&item.indicator), &text)?;
    write_text(sheet, row, 2, facet_word(item.facet), &centred)?;
    write_text(sheet, row, 3, item.unit.as_str(), &centred)?;
    write_text(sheet, row, LAST, &item.indicator, &quiet)
}

/// An earlier value: a number where its period is that of the column, else a text with its period.
fn before(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: Option<&Option<(String, Period)>>,
    common: Option<Period>,
) -> Result<(), XlsxError> {
    let format = boxed().set_align(FormatAlign::Right).set_font_color(0x59_63_70);
    let Some((written, period)) = value.and_then(Option::as_ref) else {
        return write_text(sheet, row, column, "", &format);
    };
    if common != Some(*period) {
        let text = format!("{written}（{}）", period.chinese());
        return write_text(sheet, row, column, &text, &format);
    }
    match Decimal::from_str_exact(written).ok().and_then(|value| Some((value, as_cell(value)?))) {
        Some((value, number)) => {
            let places = value.scale() as usize;
            let shown =
                if places == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(places)) };
            sheet.write_number_with_format(row, column, number, &format.set_num_format(shown))?;
            Ok(())
        }
        None => write_text(sheet, row, column, written, &format),
    }
}

/// The cells that are filled in, with what was filed already.
fn entry(sheet: &mut Worksheet, row: u32, slot: &Slot) -> Result<(), XlsxError> {
    let open = || boxed().set_unlocked().set_background_color(0xFF_FB_E6);
    // A figure keeps the general format: a program that is told 6.5% then says so in the file.
    let (number, centred) =
        (open().set_align(FormatAlign::Right), open().set_align(FormatAlign::Center));
    let figure = slot.filing.as_ref().map(|filing| &filing.figure);
    let value = figure.and_then(|figure| figure.value.as_ref());
    match value.and_then(|value| as_cell(value.exact()?)) {
        Some(value) => {
            sheet.write_number_with_format(row, 6, value, &number)?;
        }
        None => {
            let written = value.map(ToString::to_string).unwrap_or_default();
            write_text(sheet, row, 6, &written, &number)?;
        }
    }
    let status = figure.map_or(STATUSES[0].0, |figure| figure.status);
    let word = STATUSES.iter().find(|(known, _)| *known == status).map_or("", |(_, word)| word);
    write_text(sheet, row, 7, word, &centred)?;
    write_text(sheet, row, 8, figure.map_or("", |figure| &figure.note), &open())
}

/// What the programs check while a line is filled in.
fn checks(sheet: &mut Worksheet, row: u32, slot: &Slot, name: &str) -> Result<(), XlsxError> {
    let item = &slot.item;
    let unit = item.unit.as_str();
    let relative = matches!(item.unit.dimension(), Dimension::Share | Dimension::Points);
    let value = DataValidation::new()
        .set_input_title(cut(&format!("{VALUE}（{unit}）"), HINT_TITLE))?
        .set_input_message(cut(&format!("{name}：填数字，单位 {unit}，不带单位和逗号。"), HINT))?;
    let value = if item.facet == Facet::Level && item.unit.dimension() == Dimension::Share {
        let highest = if unit == "‰" { 1000.0 } else { 100.0 };
        value
            .allow_decimal_number(DataValidationRule::Between(0.0, highest))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("请核对")?
            .set_error_message(format!(
                "比重一般在 0 到 {highest} 之间。确实如此可以保留，请在备注中说明。"
            ))?
    } else {
        value
            .allow_decimal_number(DataValidationRule::Between(-LARGEST, LARGEST))
            .set_error_title("应为数字")?
            .set_error_message("请填数字，不带单位、逗号和文字；没有数据时留空，状态选“无数据”。")?
    };
    sheet.add_data_validation(row, 6, row, 6, &value)?;
    let words = STATUSES.map(|(_, word)| word);
    let status = DataValidation::new()
        .allow_list_strings(&words)?
        .set_error_title("应为所列状态")?
        .set_error_message(format!("请从列表中选择：{}。", words.join("、")))?;
    sheet.add_data_validation(row, 7, row, 7, &status)?;
    let marked = Format::new()
        .set_bold()
        .set_italic()
        .set_font_color(0x9C_00_06)
        .set_background_color(0xFF_C7_CE)
        .set_border(FormatBorder::Thin);
    let rule =
        ConditionalFormatFormula::new().set_rule(&*wild(row + 1, relative)).set_format(marked);
    sheet.add_conditional_format(row, 6, row, 6, &rule)?;
    Ok(())
}

/// The condition under which a figure is marked: it is far from the last value and from that of a year before, of
/// which one is there. Cumulative figures begin anew each year, so that one of the two alone says little.
fn wild(row: u32, relative: bool) -> String {
    let far = |cell: &str| {
        if relative {
            format!("OR(NOT(ISNUMBER({cell})),ABS($G{row}-{cell})>{POINTS})")
        } else {
            format!(
                "OR(NOT(ISNUMBER({cell})),$G{row}*{cell}<0,ABS($G{row})>{TIMES}*ABS({cell}),{TIMES}*ABS($G{row})<ABS({cell}))"
            )
        }
    };
    let (last, year_ago) = (format!("$E{row}"), format!("$F{row}"));
    format!(
        "=AND(ISNUMBER($G{row}),OR(ISNUMBER({last}),ISNUMBER({year_ago})),{},{})",
        far(&last),
        far(&year_ago)
    )
}

/// The beginning of a text that is too long for a hint.
fn cut(text: &str, most: usize) -> String {
    // Characters beyond the basic plane count twice there.
    let mut room = most;
    let fits = |character: &char| {
        room = room.saturating_sub(character.len_utf16());
        room > 0 && !character.is_control()
    };
    let short: String = text.chars().take_while(fits).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}
