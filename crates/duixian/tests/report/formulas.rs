//! The formulas of the workbook: computed anew by a spreadsheet program they come to the values that we wrote beside them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::desk::Desk;
use crate::shop::{converted, county, part, with_part, write};

const SHEETS: [&str; 3] = ["主要指标", "重大项目", "汇总"];

/// By its address: the formula of a cell, and the value that stands beside it.
fn formulas(xml: &str) -> BTreeMap<String, (String, String)> {
    let cells = xml.split("<c r=\"").skip(1).filter_map(|cell| {
        let address = cell.split('"').next()?.to_owned();
        let cell = cell.split("</c>").next()?;
        let formula = cell.split("<f>").nth(1)?.split("</f>").next()?.to_owned();
        let value = cell.split("<v>").nth(1)?.split("</v>").next()?.to_owned();
        Some((address, (formula, value)))
    });
    cells.collect()
}

/// The same sheet with another result beside every formula, so that only who computes finds the right one.
fn spoiled(xml: &str) -> String {
    let mut pieces = xml.split("</f><v>");
    let mut out = pieces.next().unwrap().to_owned();
    for piece in pieces {
        out += "</f><v>987654321</v>";
        out += piece.split_once("</v>").unwrap().1;
    }
    out
}

fn sheet(number: usize) -> String {
    format!("xl/worksheets/sheet{number}.xml")
}

fn computed(desk: &Desk, name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(desk.path(&format!("s-{name}.csv"))).unwrap();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
    rows.collect()
}

#[test]
fn a_spreadsheet_program_computes_what_we_wrote() {
    let desk = county();
    let mut book = write(&desk, "r.xlsx", "2024-10-20", &["--sources", "footnotes"]);
    let mut expected = Vec::new();
    for number in 1..=SHEETS.len() {
        let xml = part(&book, &sheet(number));
        expected.push(formulas(&xml));
        book = with_part(&book, &sheet(number), &spoiled(&xml));
    }
    std::fs::write(desk.path("s.xlsx"), &book).unwrap();
    // All sheets, values and not what is shown of them.
    let csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";
    if !converted(&desk, "s.xlsx", csv) {
        return;
    }
    let mut count = 0;
    for (name, expected) in SHEETS.iter().zip(&expected) {
        let rows = computed(&desk, name);
        assert!(!expected.is_empty(), "{name}: no formula");
        for (address, (formula, value)) in expected {
            let (row, column) = document::place(address).unwrap();
            let found = &rows[row as usize - 1][column as usize - 1];
            let number = |text: &str| -> Decimal { text.parse::<Decimal>().unwrap().normalize() };
            assert_eq!(number(found), number(value), "{name} {address}: {formula}");
            count += 1;
        }
    }
    println!("{count} formulas come to our values");
    assert!(count >= 60, "{count}");
}

#[test]
fn a_workbook_has_frozen_heads_print_areas_charts_and_comments() {
    let desk = county();
    let book = write(&desk, "r.xlsx", "2024-10-20", &["--sources", "footnotes"]);
    let first = part(&book, &sheet(1));
    assert!(first.contains("state=\"frozen\"") && first.contains("xSplit=\"3\""), "{first}");
    let main = part(&book, "xl/workbook.xml");
    assert_eq!(main.matches("_xlnm.Print_Area").count(), SHEETS.len());
    assert_eq!(main.matches("_xlnm.Print_Titles").count(), SHEETS.len());
    for chart in ["xl/charts/chart1.xml", "xl/charts/chart2.xml"] {
        assert!(part(&book, chart).contains("<c:barChart>"));
    }
    let comments = part(&book, "xl/comments1.xml");
    assert!(comments.contains("公布（指标 "), "{comments}");
    let plain = write(&desk, "p.xlsx", "2024-10-20", &[]);
    assert!(!part(&plain, "[Content_Types].xml").contains("comments"));
}
