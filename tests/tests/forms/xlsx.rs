//! Workbooks taken apart, changed and put together again.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// What is put into a cell.
#[derive(Clone, Copy)]
pub enum Put<'a> {
    Number(&'a str),
    Text(&'a str),
    /// A number that is shown in percent.
    Percent(&'a str),
    /// A formula that failed.
    Error(&'a str),
    Nothing,
}

pub const ENTRY: &str = "xl/worksheets/sheet1.xml";
pub const MARK: &str = "xl/worksheets/sheet3.xml";

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = Vec::new();
    for number in 0..zip.len() {
        let mut part = zip.by_index(number).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        found.push((part.name().unwrap().into_owned(), bytes));
    }
    found
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The text of a part.
pub fn part(bytes: &[u8], name: &str) -> String {
    let found = parts(bytes).into_iter().find(|(known, _)| known == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("no {name}")).1).unwrap()
}

/// Changes the text of a part.
pub fn changed(bytes: &[u8], name: &str, change: impl FnOnce(&str) -> String) -> Vec<u8> {
    let mut parts = parts(bytes);
    let (_, part) = parts.iter_mut().find(|(known, _)| known == name).unwrap();
    *part = change(std::str::from_utf8(part).unwrap()).into_bytes();
    packed(&parts)
}

pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn content(address: &str, style: &str, put: Put<'_>) -> String {
    let (kind, inner) = match put {
        Put::Number(value) | Put::Percent(value) => ("", format!("<v>{value}</v>")),
        Put::Text(text) => (
            " t=\"inlineStr\"",
            format!("<is><t xml:space=\"preserve\">{}</t></is>", escaped(text)),
        ),
        Put::Error(text) => (" t=\"e\"", format!("<f>1/0</f><v>{text}</v>")),
        Put::Nothing => ("", String::new()),
    };
    format!("<c r=\"{address}\"{style}{kind}>{inner}</c>")
}

/// Puts values into cells of a part, which has those cells already. Only cells that are shown in percent get another
/// style, one that is added.
pub fn filled(bytes: &[u8], name: &str, puts: &[(&str, Put<'_>)]) -> Vec<u8> {
    let mut percent = 0;
    let bytes = changed(bytes, "xl/styles.xml", |styles| {
        let at = styles.find("</cellXfs>").unwrap();
        percent = styles[styles.find("<cellXfs").unwrap()..at].matches("<xf ").count();
        format!("{}<xf numFmtId=\"10\"/>{}", &styles[..at], &styles[at..])
    });
    changed(&bytes, name, |text| {
        let mut text = text.to_owned();
        for (address, put) in puts {
            let start =
                text.find(&format!("<c r=\"{address}\"")).unwrap_or_else(|| panic!("no {address}"));
            let head = start + text[start..].find('>').unwrap() + 1;
            let end = if text[..head].ends_with("/>") {
                head
            } else {
                head + text[head..].find("</c>").unwrap() + "</c>".len()
            };
            let style = match put {
                Put::Percent(_) => format!(" s=\"{percent}\""),
                _ => text[start..head].split(" s=\"").nth(1).map_or(String::new(), |rest| {
                    format!(" s=\"{}\"", rest.split('"').next().unwrap())
                }),
            };
            text.replace_range(start..end, &content(address, &style, *put));
        }
        text
    })
}

/// A sheet: its name, its rows of cells from A1, and its merged areas.
pub type Sheet<'a> = (&'a str, &'a [&'a [Put<'a>]], &'a [&'a str]);

/// A workbook of sheets.
pub fn book(sheets: &[Sheet<'_>]) -> Vec<u8> {
    let mut parts = vec![("[Content_Types].xml".to_owned(), content_types(sheets.len()))];
    let mut names = String::new();
    let mut relations = String::new();
    for (number, (name, rows, merged)) in (1..).zip(sheets) {
        names +=
            &format!("<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"r{number}\"/>", escaped(name));
        relations += &format!(
            "<Relationship Id=\"r{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
        parts.push((format!("xl/worksheets/sheet{number}.xml"), worksheet(rows, merged)));
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    let relation = format!(
        "<Relationships xmlns=\"{packages}\"><Relationship Id=\"r1\" Type=\"{related}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let workbook = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{related}\"><sheets>{names}</sheets></workbook>"
    );
    let relations = format!(
        "<Relationships xmlns=\"{packages}\">{relations}<Relationship Id=\"s\" Type=\"{related}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{main}\"><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"10\"/></cellXfs></styleSheet>"
    );
    for (name, text) in [
        ("_rels/.rels", relation),
        ("xl/workbook.xml", workbook),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/styles.xml", styles),
    ] {
        parts.push((name.to_owned(), text.into_bytes()));
    }
    packed(&parts)
}

fn content_types(sheets: usize) -> Vec<u8> {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let sheets: String = (1..=sheets)
        .map(|number| {
            format!("<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{kind}.worksheet+xml\"/>")
        })
        .collect();
    format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{kind}.styles+xml\"/>{sheets}</Types>"
    )
    .into_bytes()
}

fn worksheet(rows: &[&[Put<'_>]], merged: &[&str]) -> Vec<u8> {
    let rows: String = (1..)
        .zip(rows)
        .map(|(row, cells)| {
            let cells: String = (1..)
                .zip(*cells)
                .filter(|(_, put)| !matches!(put, Put::Nothing))
                .map(|(column, put)| {
                    let style = if matches!(put, Put::Percent(_)) { " s=\"1\"" } else { "" };
                    content(&document::address(row, column), style, *put)
                })
                .collect();
            format!("<row r=\"{row}\">{cells}</row>")
        })
        .collect();
    let areas: String = merged.iter().map(|area| format!("<mergeCell ref=\"{area}\"/>")).collect();
    let areas = if areas.is_empty() { areas } else { format!("<mergeCells>{areas}</mergeCells>") };
    format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData>{areas}</worksheet>"
    )
    .into_bytes()
}
