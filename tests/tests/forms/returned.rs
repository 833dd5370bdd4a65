//! Forms that come back whole.

use document::{CellKind, Sheet, sheets};
use duixian::collect::{CollectError, read};
use publication::form::{FormContext, form_workbook};
use terms::{Facet, Figure, ObservationStatus};

use crate::duty::{LINES, code, form, sheet};
use crate::xlsx::{ENTRY, Put, changed, filled, part};

fn entry(bytes: &[u8]) -> Sheet {
    sheets(bytes).unwrap().into_iter().next().unwrap()
}

#[test]
fn a_form_says_whose_it_is_and_what_was_known() {
    let bytes = form();
    let [entry, guide, mark] = &sheets(&bytes).unwrap()[..] else { panic!() };
    assert_eq!((&*entry.name, &*guide.name, &*mark.name), ("填报表", "填表说明", "duixian"));
    assert_eq!((entry.hidden, guide.hidden, mark.hidden), (false, false, true));
    let text = |address: &str| {
        let (row, column) = document::place(address).unwrap();
        entry.text(row, column).to_owned()
    };
    for (address, expected) in [
        ("A1", "综合统计月报表"),
        ("A2", "报告期：2024年1—9月"),
        ("A3", "填报单位：市统计局"),
        ("F3", "地区：永康市（330784）"),
        ("A4", "填报轮次：2024年9月填报"),
        ("F4", "截止日期：2024年10月8日"),
        ("E6", "上期\n（2024年1—8月）"),
        ("F6", "上年同期\n（2023年1—9月）"),
        ("G6", "本期\n（2024年1—9月）"),
        ("B7", "地区生产总值"),
        ("C7", "绝对值"),
        ("C8", "增速"),
        ("D7", "亿元"),
        ("E7", "652.3"),
        ("F7", "690.2"),
        ("G7", "740.15"),
        ("H7", "初步核算"),
        ("I7", "快报"),
        ("J7", &code("地区生产总值")),
        ("E9", "400.5（2024年1—7月）"),
        ("G9", ""),
        ("H9", "正常"),
    ] {
        assert_eq!(text(address), expected, "{address}");
    }
    assert_eq!(mark.text(2, 2), "2024-09");
    // A code that looks like a number stays a text.
    let code = mark.cell(3, 2).unwrap();
    assert_eq!((code.kind, &*code.text), (CellKind::Text, "007"));
    let definitions: String = guide.cells.iter().map(|cell| &*cell.text).collect();
    let catalogue = statement::catalogue();
    let gdp = catalogue.iter().find(|known| known.name == "地区生产总值").unwrap();
    assert!(definitions.contains(&gdp.definition), "{definitions}");
    assert_eq!(bytes, form(), "the same form has the same bytes");
}

#[test]
fn only_what_is_to_be_filled_in_is_open_and_checked() {
    let bytes = form();
    let xml = part(&bytes, ENTRY);
    for wanted in [
        "<sheetProtection sheet=\"1\"",
        "xSplit=\"2\" ySplit=\"6\"",
        "fitToPage=\"1\"",
        "fitToHeight=\"0\"",
        "sqref=\"H7\"",
        "errorStyle=\"warning\"",
        "正常,初步核算,估计,无数据",
        "promptTitle=\"本期（亿元）\"",
    ] {
        assert!(xml.contains(wanted), "{wanted}: {xml}");
    }
    assert!(!xml.contains("password"), "{xml}");
    // Only a share may go beyond its range with a warning.
    assert_eq!(xml.matches("errorStyle=\"warning\"").count(), 1);
    assert_eq!(xml.matches("<conditionalFormatting").count(), LINES.len());
    let styles = part(&bytes, "xl/styles.xml");
    let formats: Vec<&str> =
        styles.split("<cellXfs").nth(1).unwrap().split("<xf ").skip(1).collect();
    let is_open = |address: &str| {
        let cell = xml.split(&format!("<c r=\"{address}\" s=\"")).nth(1).unwrap();
        let style: usize = cell.split('"').next().unwrap().parse().unwrap();
        formats[style].split("<xf ").next().unwrap().contains("locked=\"0\"")
    };
    for row in 7..7 + LINES.len() {
        for column in ["A", "B", "C", "D", "E", "F", "J"] {
            assert!(!is_open(&format!("{column}{row}")), "{column}{row}");
        }
        for column in ["G", "H", "I"] {
            assert!(is_open(&format!("{column}{row}")), "{column}{row}");
        }
    }
    assert!(
        part(&bytes, "xl/workbook.xml")
            .contains("name=\"duixian\" sheetId=\"3\" state=\"veryHidden\"")
    );
}

#[test]
fn a_form_that_was_not_touched_gives_what_was_filed() {
    let returned = read(&form()).unwrap();
    assert_eq!(
        (&*returned.round, &*returned.form, &*returned.region),
        ("2024-09", "007", "330784")
    );
    assert_eq!((returned.duty, returned.lines.len(), returned.faults.len()), (17, LINES.len(), 0));
    let asked = sheet(LINES);
    returned.belongs(&asked).unwrap();
    for (line, slot) in returned.lines.iter().zip(&asked.slots) {
        let none = Figure { value: None, status: ObservationStatus::Normal, note: String::new() };
        let filed = slot.filing.as_ref().map_or(&none, |filing| &filing.figure);
        assert_eq!(&line.figure, filed);
        assert_eq!(line.version, slot.filing.as_ref().map(|filing| filing.version));
    }
}

#[test]
fn a_filled_form_gives_exactly_what_was_entered() {
    let bytes = filled(
        &form(),
        ENTRY,
        &[
            ("G7", Put::Number("812.29999999999995")),
            ("I7", Put::Text(" 已核对\n")),
            ("G8", Put::Percent("6.2E-2")),
            ("G9", Put::Text("１，２３４．５０")),
            ("G10", Put::Text("54.10%")),
            ("H11", Put::Text("无数据")),
            ("G12", Put::Text("79228162514264337593543950.335")),
        ],
    );
    let returned = read(&bytes).unwrap();
    assert_eq!(returned.faults, []);
    let values: Vec<Option<String>> = returned
        .lines
        .iter()
        .map(|line| line.figure.value.as_ref().map(ToString::to_string))
        .collect();
    let some = |text: &str| Some(text.to_owned());
    let long = some("79228162514264337593543950.335");
    assert_eq!(values, [some("812.3"), some("6.2"), some("1234.50"), some("54.10"), None, long]);
    assert_eq!(returned.lines[0].figure.note, "已核对");
    assert_eq!(returned.lines[4].figure.status, ObservationStatus::Missing);
}

/// A value with more digits than a spreadsheet keeps goes there and back as a text.
#[test]
fn long_values_go_there_and_back() {
    let long = "1234567890123456.789";
    let lines = [("地区生产总值", Facet::Level, "元", Some((long, ObservationStatus::Normal, "")))];
    let bytes = form_workbook(&sheet(&lines), &[], &FormContext::default()).unwrap();
    assert_eq!(entry(&bytes).cell(7, 7).unwrap().kind, CellKind::Text);
    let value = read(&bytes).unwrap().lines[0].figure.value.as_ref().unwrap().to_string();
    assert_eq!(value, long);
}

#[test]
fn rows_that_were_moved_are_found_by_their_code() {
    // Rows 7 and 12 change places, as after sorting; the sheet gets another name.
    let form = filled(&form(), ENTRY, &[("G7", Put::Number("1.5")), ("G12", Put::Number("2.5"))]);
    let moved = changed(&form, ENTRY, |xml| {
        let row = |number: u32| {
            let start = xml.find(&format!("<row r=\"{number}\"")).unwrap();
            let end = start + xml[start..].find("</row>").unwrap() + "</row>".len();
            xml[start..end].to_owned()
        };
        let renumbered = |row: &str, from: u32, to: u32| {
            let row = row.replace(&format!("<row r=\"{from}\""), &format!("<row r=\"{to}\""));
            ('A'..='J').fold(row, |row, letter| {
                row.replace(&format!("r=\"{letter}{from}\""), &format!("r=\"{letter}{to}\""))
            })
        };
        let (first, last) = (row(7), row(12));
        xml.replace(&first, "@")
            .replace(&last, &renumbered(&first, 7, 12))
            .replace('@', &renumbered(&last, 12, 7))
    });
    let moved =
        changed(&moved, "xl/workbook.xml", |xml| xml.replace("name=\"填报表\"", "name=\"9月\""));
    let returned = read(&moved).unwrap();
    assert_eq!(returned.faults, []);
    let seen: Vec<_> = returned
        .lines
        .iter()
        .filter_map(|line| Some((&*line.cell, line.figure.value.as_ref()?.to_string())))
        .collect();
    assert_eq!(seen, [("G12", "1.5".to_owned()), ("G7", "2.5".to_owned())]);
    assert_eq!(
        returned.lines.iter().map(|line| line.position).collect::<Vec<_>>(),
        [0, 1, 2, 3, 4, 5]
    );
}

/// Texts of people are texts in the workbook, whatever they begin with, and stay so when their cell is edited.
#[test]
fn no_text_becomes_a_formula() {
    let mut duty = sheet(LINES);
    let evil = "=HYPERLINK(\"http://example.org\",\"点我\")";
    duty.department = evil.into();
    duty.form = "@SUM(1)".into();
    duty.round.name = "-1+1".into();
    if let Some(filing) = &mut duty.slots[0].filing {
        filing.figure.note = format!("{evil}<&>");
    }
    let mut catalogue = statement::catalogue();
    for known in &mut catalogue {
        known.name = evil.into();
        known.definition = "+cmd|' /C calc'!A0".into();
    }
    let context = FormContext {
        region: evil.into(),
        last: vec![Some((evil.into(), crate::duty::period("2024")))],
        year_ago: Vec::new(),
    };
    let bytes = form_workbook(&duty, &catalogue, &context).unwrap();
    for number in 1..=3 {
        let xml = part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
        assert!(!xml.contains("<f>") && !xml.contains("<hyperlink"), "{xml}");
    }
    let entry = entry(&bytes);
    assert!(entry.cells.iter().all(|cell| !cell.formula));
    assert_eq!(entry.text(1, 1), "@SUM(1)");
    assert_eq!(entry.text(7, 2), evil);
    assert_eq!(entry.text(7, 5), evil);
    let styles = part(&bytes, "xl/styles.xml");
    assert!(styles.contains("quotePrefix=\"1\""), "{styles}");
    let returned = read(&bytes).unwrap();
    assert_eq!(returned.lines[0].figure.note, format!("{evil}<&>"));
}

#[test]
fn a_form_of_something_else_is_told_apart() {
    let returned = read(&form()).unwrap();
    let mut asked = sheet(LINES);
    asked.duty.round = "2024-10".into();
    let error = returned.belongs(&asked).unwrap_err();
    assert_eq!(error.to_string(), "这份填报表的轮次是 2024-09（应为 2024-10）");
    let mut asked = sheet(LINES);
    asked.duty.form = "008".into();
    let error = returned.belongs(&asked).unwrap_err();
    assert_eq!(error.to_string(), "这份填报表的报表是 007（应为 008）");
    let mut asked = sheet(LINES);
    asked.slots.swap(0, 2);
    asked.slots[0].position = 0;
    asked.slots[2].position = 2;
    let error = returned.belongs(&asked).unwrap_err();
    assert!(matches!(error, CollectError::Changed { .. }), "{error}");
}
