//! Reads workbooks and tables of values of our own.

use crate::office;

use document::read;
use terms::{BlockKind, Document, Span};

fn words(document: &Document, table: usize) -> Vec<Vec<&str>> {
    let rows = &document.tables[table].rows;
    rows.iter().map(|row| row.iter().map(|cell| document.slice(cell.span)).collect()).collect()
}

/// A plan table with merged cells, formats, a formula, a hidden sheet and a second one.
pub fn workbook() -> Vec<u8> {
    include_bytes!("plan.xlsx").to_vec()
}

#[test]
fn a_workbook_is_a_table_a_sheet() {
    let bytes = workbook();
    // The name of another kind does not fool it.
    let document = read("计划.pdf", &bytes).unwrap();
    assert_eq!(
        words(&document, 0),
        [
            vec!["青石市2024年国民经济和社会发展主要指标计划表"],
            vec!["指标名称", "单位", "2023年", "2024年计划"],
            vec!["计划", "实际", "增长"],
            vec!["地区生产总值", "亿元", "750.00", "718.3", "6.5%", "增长6.5%左右 （预期性）"],
            vec!["3"],
        ]
    );
    assert_eq!(words(&document, 1), [vec!["项目", "投资"]]);
    let room: Vec<_> = document.tables[0].rows[..3]
        .iter()
        .flatten()
        .map(|cell| (cell.column, cell.columns, cell.rows))
        .collect();
    assert_eq!(
        room,
        [(0, 6, 1), (0, 1, 2), (1, 1, 2), (2, 3, 1), (5, 1, 2), (2, 1, 1), (3, 1, 1), (4, 1, 1)]
    );
    assert!(document.text.starts_with("附表1\n青石市2024年"));
    assert!(document.text.contains("\n附表2\n项目\t投资\n"));
    assert!(!document.text.contains("不公开"));
    assert!(document.diagnostics.iter().any(|known| known.code == "hidden-sheet"));
    assert_eq!(document.profile.plan_year, Some(2024));
    assert_eq!(document.blocks.iter().filter(|block| block.kind == BlockKind::Table).count(), 2);
    assert_eq!(document.encoding, "XLSX xl/worksheets/sheet1.xml + xl/worksheets/sheet3.xml");
}

#[test]
fn cells_far_apart_take_no_room() {
    let sheet = |cells: &str| {
        office::archive(&[
            ("[Content_Types].xml", ""),
            (
                "xl/workbook.xml",
                "<workbook xmlns:r=\"r\"><sheets><sheet name=\"甲\" r:id=\"a\"/></sheets></workbook>",
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<R><Relationship Id=\"a\" Target=\"worksheets/sheet1.xml\"/></R>",
            ),
            (
                "xl/worksheets/sheet1.xml",
                &format!("<worksheet><sheetData>{cells}</sheetData></worksheet>"),
            ),
        ])
    };
    let far = sheet(
        "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>2</v></c></row>",
    );
    let document = read("a.xlsx", &far).unwrap();
    assert_eq!(words(&document, 0), [vec!["1"], vec!["2"]]);
    let rows: String = (1..2000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>2</v></c></row>"))
        .collect();
    let rows = format!("<row><c r=\"A1\"><v>1</v></c></row>{rows}");
    assert!(matches!(read("a.xlsx", &sheet(&rows)), Err(document::ReadError::Inflated { .. })));
}

#[test]
fn values_parted_by_commas_are_a_table() {
    let text = "\u{FEFF}指标名称,单位,\"2024年,计划\",备注\r\n\"地区\n生产总值\",亿元,765,\"称\"\"左右\"\"\"\r\n 失业率 ,%,4以内,\r\n";
    let document = read("a.csv", text.as_bytes()).unwrap();
    assert_eq!(
        words(&document, 0),
        [
            vec!["指标名称", "单位", "2024年,计划", "备注"],
            vec!["地区 生产总值", "亿元", "765", "称\"左右\""],
            vec!["失业率", "%", "4以内", ""],
        ]
    );
    let at = document.text.find("左右\"").unwrap();
    let span = Span::new(at, at + "左右\"".len());
    assert_eq!(&text[document.map.source(span).range()], "左右\"\"");

    let (bytes, ..) = encoding_rs::GBK.encode("指标;单位;计划\n地区生产总值增长速度;%;6.5\n");
    let document = read("a.csv", &bytes).unwrap();
    assert_eq!(words(&document, 0)[1], ["地区生产总值增长速度", "%", "6.5"]);
    let tabs = "指标\t单位\t计划\n粮食产量\t\t3.2\n";
    let document = read("a.txt", tabs.as_bytes()).unwrap();
    assert_eq!(document.text, tabs);
    assert_eq!(words(&document, 0)[1], ["粮食产量", "", "3.2"]);
}

#[test]
fn old_workbooks_are_read_too() {
    let document = read("plan.xls", include_bytes!("plan.xls")).unwrap();
    assert_eq!(
        words(&document, 0),
        [
            vec!["青石市2024年主要指标计划表"],
            vec!["指标名称", "单位", "2023年", "2024年计划"],
            vec!["计划", "实际"],
            vec!["地区生产总值", "亿元", "750", "718.3", "765左右"],
            vec!["城镇登记失业率", "%", "4", "2.1", "4以内"],
        ]
    );
    let head = &document.tables[0].rows[1];
    assert_eq!((head[0].rows, head[2].columns, head[3].column), (2, 2, 4));
    assert_eq!(document.encoding, "XLS");
}
