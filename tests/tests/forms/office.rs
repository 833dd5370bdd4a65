//! A form that goes through LibreOffice: opened there, filled in, computed and saved again, as a clerk does it.
//!
//! LibreOffice writes what it opened as one flat XML file. There the cells are filled in, and it makes workbooks of
//! that again.

use std::fs;
use std::path::Path;
use std::process::Command;

use duixian::collect::read;
use terms::ObservationStatus;

use crate::duty::{LINES, code, form, sheet};
use crate::xlsx::{ENTRY, escaped, part};

/// Lets LibreOffice save a file in another format; `None`, with a printed line, where it is not installed.
fn saved(folder: &Path, file: &str, format: &str) -> Option<Vec<u8>> {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", format, file])
        .current_dir(folder)
        .output();
    let Ok(run) = run else {
        println!("skipped: soffice is not installed");
        return None;
    };
    let extension = format.split(':').next().unwrap();
    let out = folder.join(file).with_extension(extension);
    Some(fs::read(out).unwrap_or_else(|error| panic!("{error}: {run:?}")))
}

enum Type<'a> {
    Number(&'a str),
    Formula(&'a str),
    Text(&'a str),
}

/// What is filled in, by cell.
const TYPED: &[(&str, Type<'_>)] = &[
    ("G7", Type::Number("812.25")),
    ("H7", Type::Text("正常")),
    ("I7", Type::Text("=普查后修订")),
    ("G8", Type::Text("6.2%")),
    ("H8", Type::Text("初步核算")),
    ("G9", Type::Formula("400+12.35-0.1*3")),
    ("H10", Type::Text("无数据")),
    ("I10", Type::Text("部门尚未反馈 <&>")),
    ("G11", Type::Number("612345")),
    ("H11", Type::Text("估计")),
    ("G12", Type::Number("-0.3")),
];

/// The place of the `number`th element of a name in a text, which may stand for several: from its beginning to behind
/// its first tag.
fn nth(text: &str, names: &[&str], repeated: &str, number: u32) -> (usize, usize) {
    let (mut at, mut passed) = (0, 0);
    loop {
        let next = names.iter().filter_map(|name| Some(at + text[at..].find(&format!("<{name}"))?));
        let start = next.min().unwrap_or_else(|| panic!("no {names:?} {number}"));
        let end = start + text[start..].find('>').unwrap() + 1;
        let times = text[start..end].split(&format!("{repeated}=\"")).nth(1);
        passed += times.map_or(1, |times| times.split('"').next().unwrap().parse().unwrap());
        if passed >= number {
            return (start, end);
        }
        at = end;
    }
}

/// Fills in a cell of the first sheet of a flat file.
fn typed(flat: &str, address: &str, what: &Type<'_>) -> String {
    let (row, column) = document::place(address).unwrap();
    let table = flat.find("<table:table ").unwrap();
    let (_, within) = nth(&flat[table..], &["table:table-row"], "table:number-rows-repeated", row);
    let line = table + within;
    let cells = ["table:table-cell", "table:covered-table-cell"];
    let (start, end) = nth(&flat[line..], &cells, "table:number-columns-repeated", column);
    let (start, end) = (line + start, line + end);
    let tag = &flat[start..end];
    assert!(!tag.contains("repeated"), "{address}: {tag}");
    let close = "</table:table-cell>";
    let behind = if tag.ends_with("/>") {
        end
    } else {
        end + flat[end..].find(close).unwrap() + close.len()
    };
    let kept: String = ["table:style-name", "table:content-validation-name"]
        .iter()
        .filter_map(|name| {
            let value = tag.split(&format!("{name}=\"")).nth(1)?.split('"').next()?;
            Some(format!(" {name}=\"{value}\""))
        })
        .collect();
    let content = match what {
        Type::Number(value) => format!(" office:value-type=\"float\" office:value=\"{value}\">"),
        Type::Formula(formula) => format!(" table:formula=\"of:={}\">", escaped(formula)),
        Type::Text(text) => {
            format!(" office:value-type=\"string\"><text:p>{}</text:p>", escaped(text))
        }
    };
    format!("{}<table:table-cell{kept}{content}{close}{}", &flat[..start], &flat[behind..])
}

fn assert_typed(bytes: &[u8]) {
    let returned = read(bytes).unwrap();
    assert_eq!(returned.faults, []);
    returned.belongs(&sheet(LINES)).unwrap();
    let seen: Vec<_> = returned
        .lines
        .iter()
        .map(|line| {
            let value = line.figure.value.as_ref().map(ToString::to_string);
            (&*line.cell, value, line.figure.status, &*line.figure.note, line.version)
        })
        .collect();
    let some = |text: &str| Some(text.to_owned());
    use ObservationStatus::{Estimated, Missing, Normal, Provisional};
    assert_eq!(
        seen,
        [
            ("G7", some("812.25"), Normal, "=普查后修订", Some(3)),
            ("G8", some("6.2"), Provisional, "", None),
            ("G9", some("412.05"), Normal, "", None),
            ("G10", None, Missing, "部门尚未反馈 <&>", None),
            ("G11", some("612345"), Estimated, "", None),
            ("G12", some("-0.3"), Normal, "", None),
        ]
    );
    assert_eq!(*returned.lines[0].indicator, code("地区生产总值"));
}

#[test]
fn a_form_that_went_through_libreoffice_reads_back_equal() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("form.xlsx"), form()).unwrap();
    let Some(flat) = saved(folder, "form.xlsx", "fods") else { return };
    let mut flat = String::from_utf8(flat).unwrap();
    // What locks and checks the form has arrived there.
    assert!(flat.contains("table:protected=\"true\""));
    assert!(flat.contains("cell-content-is-in-list(&quot;正常&quot;;&quot;初步核算&quot;;&quot;估计&quot;;&quot;无数据&quot;)"));
    for (address, what) in TYPED {
        flat = typed(&flat, address, what);
    }
    fs::write(folder.join("filled.fods"), flat).unwrap();
    let Some(filled) = saved(folder, "filled.fods", "xlsx") else { return };
    assert_typed(&filled);
    let xml = part(&filled, ENTRY);
    for kept in ["<sheetProtection", "<dataValidation ", "<conditionalFormatting"] {
        assert!(xml.contains(kept), "{kept}: {xml}");
    }
    // Saved a second time in the format of before 2007.
    let Some(old) = saved(folder, "filled.xlsx", "xls") else { return };
    assert!(old.starts_with(b"\xD0\xCF\x11\xE0"));
    assert_typed(&old);
}
