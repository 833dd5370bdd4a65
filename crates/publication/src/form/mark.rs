//! The hidden sheet that says whose form it is.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{FORMAT_VERSION, Form, MARK, MARKED, MARKED_LINE, plain, row_of, write_text};

pub(super) fn write(sheet: &mut Worksheet, form: &Form<'_>) -> Result<(), XlsxError> {
    let text = plain().set_num_format("@");
    let duty = &form.sheet.duty;
    let values = [
        duty.round.clone(),
        duty.form.clone(),
        duty.region.to_string(),
        duty.number.to_string(),
        form.sheet.round.period.to_string(),
    ];
    write_text(sheet, 0, 0, MARK, &text)?;
    write_text(sheet, 0, 1, &FORMAT_VERSION.to_string(), &text)?;
    let mut row = 1;
    for (name, value) in MARKED.iter().zip(values) {
        write_text(sheet, row, 0, name, &text)?;
        write_text(sheet, row, 1, &value, &text)?;
        row += 1;
    }
    for (column, name) in (0..).zip(MARKED_LINE) {
        write_text(sheet, row, column, name, &text)?;
    }
    for (at, slot) in form.sheet.slots.iter().enumerate() {
        row += 1;
        let version = slot.filing.as_ref().map(|filing| filing.version.to_string());
        let values = [
            slot.position.to_string(),
            slot.item.indicator.to_string(),
            slot.item.facet.as_str().to_owned(),
            slot.item.unit.as_str().to_owned(),
            (row_of(at) + 1).to_string(),
            version.unwrap_or_default(),
        ];
        for (column, value) in (0..).zip(values) {
            write_text(sheet, row, column, &value, &text)?;
        }
    }
    sheet.protect();
    // Out of the lists of the programs, so that it is not deleted by the way.
    sheet.set_very_hidden(true);
    Ok(())
}
