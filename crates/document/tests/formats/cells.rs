//! Workbooks read cell by cell: what is stored, told apart by kind, with addresses.

use crate::office;
use crate::sheets::workbook;

use document::{CellKind, ReadError, Sheet, SheetArea, sheets};

fn parts(sheet: &str, strings: &str) -> Vec<u8> {
    office::archive(&[
        ("[Content_Types].xml", "<Types/>"),
        (
            "xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"甲\" r:id=\"a\"/><sheet name=\"乙\" state=\"veryHidden\" r:id=\"b\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<R><Relationship Id=\"a\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"b\" Target=\"/xl/worksheets/sheet2.xml\"/></R>",
        ),
        ("xl/sharedStrings.xml", strings),
        (
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"0.0%\"/><numFmt numFmtId=\"165\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"14\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>",
        ),
        ("xl/worksheets/sheet1.xml", sheet),
        (
            "xl/worksheets/sheet2.xml",
            "<worksheet><sheetData><row r=\"2\"><c r=\"B2\" t=\"inlineStr\"><is><t>007</t></is></c></row></sheetData></worksheet>",
        ),
    ])
}

fn seen(sheet: &Sheet) -> Vec<(String, CellKind, &str)> {
    sheet.cells.iter().map(|cell| (cell.address(), cell.kind, &*cell.text)).collect()
}

#[test]
fn cells_are_what_is_stored() {
    let bytes = parts(
        "<worksheet><sheetData>\
         <row r=\"3\"><c r=\"C3\"><v>12.300000000000001</v></c><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\"/>\
         <c r=\"D3\" s=\"1\"><v>6.5000000000000002E-2</v></c><c r=\"E3\" s=\"2\"><v>45325</v></c>\
         <c r=\"F3\" s=\"3\"><v>45325</v></c><c r=\"G3\" t=\"b\"><v>1</v></c></row>\
         <row r=\"4\"><c r=\"A4\"><f>1+1</f><v>2</v></c><c r=\"B4\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>\
         <c r=\"C4\"><f>A1</f></c><c r=\"D4\" t=\"str\"><f>A3</f><v>亿元</v></c><c r=\"E4\" t=\"s\"><v>9</v></c>\
         <c r=\"F4\" t=\"s\"><v>1</v></c><c r=\"A4\"><v>3</v></c></row>\
         </sheetData><mergeCells><mergeCell ref=\"A1:C2\"/></mergeCells></worksheet>",
        "<sst><si><t xml:space=\"preserve\"> 其中：\n</t></si><si><r><t>工</t></r><r><t>业</t></r><rPh><t>gōng</t></rPh></si></sst>",
    );
    let found = sheets(&bytes).unwrap();
    let [first, second] = &found[..] else { panic!("{found:?}") };
    let expected = [
        ("A3", CellKind::Text, " 其中：\n"),
        ("C3", CellKind::Number, "12.3"),
        ("D3", CellKind::Percent, "0.065"),
        ("E3", CellKind::Date, "2024-02-03"),
        ("F3", CellKind::Date, "2024-02"),
        ("G3", CellKind::Truth, "TRUE"),
        ("A4", CellKind::Number, "2"),
        ("B4", CellKind::Error, "#DIV/0!"),
        ("C4", CellKind::Error, ""),
        ("D4", CellKind::Text, "亿元"),
        ("F4", CellKind::Text, "工业"),
    ];
    assert_eq!(seen(first), expected.map(|(place, kind, text)| (place.to_owned(), kind, text)));
    assert!(first.cell(4, 1).unwrap().formula && !first.cell(3, 3).unwrap().formula);
    assert_eq!((first.text(3, 1), first.text(9, 9), first.row(4).len()), ("其中：", "", 5));
    assert_eq!(first.merged, [SheetArea { top: 1, left: 1, bottom: 2, right: 3 }]);
    assert_eq!((first.origin(2, 3), first.origin(3, 3)), ((1, 1), (3, 3)));
    assert_eq!((first.name.as_str(), first.hidden), ("甲", false));
    assert_eq!((second.name.as_str(), second.hidden), ("乙", true));
    assert_eq!(seen(second), [("B2".to_owned(), CellKind::Text, "007")]);
}

#[test]
fn workbooks_of_both_kinds_give_their_cells() {
    let found = sheets(&workbook()).unwrap();
    let hidden: Vec<bool> = found.iter().map(|sheet| sheet.hidden).collect();
    assert_eq!(hidden, [false, true, false]);
    let kinds = |kind| found[0].cells.iter().filter(|cell| cell.kind == kind).count();
    assert_eq!((kinds(CellKind::Percent), kinds(CellKind::Error)), (1, 0));
    let found = sheets(include_bytes!("plan.xls")).unwrap();
    let gdp = found[0].cells.iter().find(|cell| &*cell.text == "地区生产总值").unwrap();
    assert_eq!(found[0].text(gdp.row, gdp.column + 3), "718.3");
    assert!(found[0].merged.len() > 1);
    assert_eq!(sheets(b"<html></html>"), Err(ReadError::NoWorkbook));
}

/// A long text that very many cells name takes its room once.
#[test]
fn shared_strings_stay_shared() {
    let text = "长".repeat(30_000);
    let cells: String =
        (1..=50_000).map(|row| format!("<c r=\"A{row}\" t=\"s\"><v>0</v></c>")).collect();
    let bytes = parts(
        &format!("<worksheet><sheetData>{cells}</sheetData></worksheet>"),
        &format!("<sst><si><t>{text}</t></si></sst>"),
    );
    let found = sheets(&bytes).unwrap();
    let cells = &found[0].cells;
    assert_eq!(cells.len(), 50_000);
    assert!(std::sync::Arc::ptr_eq(&cells[0].text, &cells[49_999].text));
}
