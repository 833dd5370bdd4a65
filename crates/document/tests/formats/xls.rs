//! Old workbooks made record by record, among them small ones that describe something huge.

use std::time::{Duration, Instant};

use document::{CellKind, ReadError, read};
use terms::Document;

const SECTOR: usize = 512;
const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;

/// Where the sector stands that holds the directory; the stream begins in the next.
const DIRECTORY: usize = 1;

/// How long a refusal may take, without optimisation and beside other tests.
const LONGEST: Duration = Duration::from_secs(2);

fn put(bytes: &mut [u8], at: usize, value: &[u8]) {
    bytes[at..at + value.len()].copy_from_slice(value);
}

/// Where the sector after a sector is written.
fn link(sector: usize) -> usize {
    SECTOR + 4 * sector
}

/// Where an entry of the directory stands.
fn entry(number: usize) -> usize {
    SECTOR * (1 + DIRECTORY) + 128 * number
}

/// A compound file with one stream: header, allocation table, directory, stream.
fn compound(stream: &[u8]) -> Vec<u8> {
    // Shorter streams would live in another, the one of small sectors.
    let length = stream.len().max(4096);
    let sectors = length.div_ceil(SECTOR);
    assert!(sectors <= 126, "one sector of the allocation table is not enough");
    let mut file = vec![0; SECTOR * (3 + sectors)];
    put(&mut file, 0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    put(&mut file, 24, &[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    put(&mut file, 44, &1_u32.to_le_bytes());
    put(&mut file, 48, &(DIRECTORY as u32).to_le_bytes());
    put(&mut file, 56, &4096_u32.to_le_bytes());
    put(&mut file, 60, &END.to_le_bytes());
    put(&mut file, 68, &END.to_le_bytes());
    for number in 1..109 {
        put(&mut file, 76 + 4 * number, &FREE.to_le_bytes());
    }
    for sector in 0..128 {
        let next = match sector {
            0 => 0xFFFF_FFFD,
            DIRECTORY => END,
            _ if sector == 1 + sectors => END,
            _ if sector > 1 + sectors => FREE,
            _ => sector as u32 + 1,
        };
        put(&mut file, link(sector), &next.to_le_bytes());
    }
    for (number, (name, kind, start, length)) in
        [("Root Entry", 5, END, 0), ("Workbook", 2, 2, length as u32)].into_iter().enumerate()
    {
        let at = entry(number);
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        put(&mut file, at, &wide);
        put(&mut file, at + 64, &[wide.len() as u8 + 2, 0, kind, 1]);
        for link in [68, 72, 76] {
            put(&mut file, at + link, &FREE.to_le_bytes());
        }
        put(&mut file, at + 116, &start.to_le_bytes());
        put(&mut file, at + 120, &length.to_le_bytes());
    }
    put(&mut file, entry(0) + 76, &1_u32.to_le_bytes());
    put(&mut file, SECTOR * 3, stream);
    file
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), data].concat()
}

/// What every record of a cell begins with.
fn head(row: u16, column: u16) -> Vec<u8> {
    [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat()
}

/// The record of a cell: its place, its style and what follows.
fn cell(kind: u16, row: u16, column: u16, rest: &[u8]) -> Vec<u8> {
    record(kind, &[&head(row, column)[..], rest].concat())
}

fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
    cell(0x203, row, column, &value.to_le_bytes())
}

/// A text as its number of characters, a byte that says that they are wide, and the characters.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = (units.len() as u16).to_le_bytes().to_vec();
    bytes.push(1);
    bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
    bytes
}

fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    cell(0x204, row, column, &wide(text))
}

/// A formula with its value and its tokens.
fn formula(row: u16, column: u16, value: [u8; 8], tokens: &[u8]) -> Vec<u8> {
    let length = (tokens.len() as u16).to_le_bytes();
    cell(6, row, column, &[&value[..], &[0; 6], &length, tokens].concat())
}

/// A sheet: its name, whether it is hidden and its records.
struct Sheet<'a>(&'a str, bool, &'a [Vec<u8>]);

/// The stream of a workbook: what stands before the sheets, beside their names, and the sheets.
fn book(globals: &[Vec<u8>], sheets: &[Sheet<'_>]) -> Vec<u8> {
    let begin = |kind: u8| record(0x809, &[0, 6, kind, 0, 0, 0, 0, 0]);
    let end = record(0xA, &[]);
    let bound = |at: usize, sheet: &Sheet<'_>| {
        let mut name = wide(sheet.0);
        // The name of a sheet has one byte for its length.
        name.remove(1);
        let at = (at as u32).to_le_bytes();
        record(0x85, &[&at[..], &[u8::from(sheet.1), 0], &name].concat())
    };
    let before = [begin(5), record(0x42, &[0xB0, 4]), globals.concat()].concat();
    let names: usize = sheets.iter().map(|sheet| bound(0, sheet).len()).sum();
    let mut stream = before.clone();
    let mut bodies = Vec::new();
    for sheet in sheets {
        let at = before.len() + names + end.len() + bodies.len();
        stream.extend(bound(at, sheet));
        bodies.extend([begin(0x10), sheet.2.concat(), end.clone()].concat());
    }
    [stream, end, bodies].concat()
}

fn one(records: &[Vec<u8>]) -> Vec<u8> {
    compound(&book(&[], &[Sheet("表", false, records)]))
}

/// The shared strings of a workbook.
fn shared(texts: &[&str]) -> Vec<u8> {
    let texts: Vec<u8> = texts.iter().flat_map(|text| wide(text)).collect();
    record(0xFC, &[&[0; 8][..], &texts].concat())
}

/// Reads it in a moment.
fn soon(bytes: &[u8]) -> Result<Document, ReadError> {
    let start = Instant::now();
    let read = read("a.xls", bytes);
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
    read
}

fn assert_broken(bytes: &[u8], said: &str) {
    let error = soon(bytes).unwrap_err();
    assert!(matches!(error, ReadError::Broken { kind: "xls", .. }), "{error}");
    assert!(error.to_string().contains(said), "{error}");
}

fn assert_inflated(bytes: &[u8]) {
    let error = soon(bytes).unwrap_err();
    assert!(matches!(error, ReadError::Inflated { .. }), "{error}");
}

/// The seeds of the fuzzer that stand for what is tested here, by name.
fn seeds() -> [(&'static str, Vec<u8>); 4] {
    [
        ("circle.xls", circle()),
        ("corners.xls", corners()),
        ("endless.xls", endless()),
        ("cells.xls", cells()),
    ]
}

/// The sectors of the directory follow each other in a circle.
fn circle() -> Vec<u8> {
    let mut file = one(&[number(0, 0, 1.0)]);
    put(&mut file, link(DIRECTORY), &(DIRECTORY as u32).to_le_bytes());
    file
}

/// Two cells in opposite corners of a sheet.
fn corners() -> Vec<u8> {
    one(&[number(0, 0, 1.0), number(u16::MAX, 255, 2.0)])
}

/// A stream of four gigabytes whose sectors follow each other in a circle.
fn endless() -> Vec<u8> {
    let mut file = one(&[number(0, 0, 1.0)]);
    put(&mut file, link(9), &2_u32.to_le_bytes());
    put(&mut file, entry(1) + 120, &u32::MAX.to_le_bytes());
    file
}

/// Every kind of cell, a merged area, a chart inside a sheet and a hidden sheet.
fn cells() -> Vec<u8> {
    // 7 as a whole number, 1.5 as one in hundredths.
    let rk = |value: u32| [&[0, 0][..], &value.to_le_bytes()].concat();
    let (seven, half) = (rk(7 << 2 | 2), rk(150 << 2 | 3));
    let many = [&[4, 0, 1, 0][..], &seven, &half, &[2, 0]].concat();
    let shown = [
        // Says that the sheet is huge.
        record(0x200, &[0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0]),
        label(0, 0, "计划表"),
        record(0xE5, &[1, 0, 0, 0, 0, 0, 0, 0, 2, 0]),
        cell(0xFD, 1, 0, &[1, 0, 0, 0]),
        number(1, 1, 6.25),
        cell(0x27E, 1, 2, &half[2..]),
        cell(0xFD, 2, 0, &[0, 0, 0, 0]),
        formula(2, 1, 12.5_f64.to_le_bytes(), &[0x1E, 1, 0]),
        formula(2, 2, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF], &[0x1E, 1, 0]),
        record(0x207, &wide("左右")),
        cell(0x205, 3, 0, &[1, 0]),
        formula(3, 1, [1, 0, 1, 0, 0, 0, 0xFF, 0xFF], &[]),
        formula(3, 2, [2, 0, 7, 0, 0, 0, 0xFF, 0xFF], &[]),
        record(0x809, &[0, 6, 0x20, 0]),
        number(60_000, 200, 9.0),
        record(0xA, &[]),
        record(0xBD, &many),
    ];
    let globals = [shared(&["失业率", "增长"])];
    let hidden = [label(0, 0, "不公开"), label(u16::MAX, 255, "不公开")];
    compound(&book(&globals, &[Sheet("甲", false, &shown), Sheet("乙", true, &hidden)]))
}

#[test]
fn every_kind_of_cell_is_read() {
    let document = soon(&cells()).unwrap();
    let table = &document.tables[0];
    let words: Vec<Vec<&str>> = table
        .rows
        .iter()
        .map(|row| row.iter().map(|cell| document.slice(cell.span)).collect())
        .collect();
    assert_eq!(
        words,
        [
            vec!["计划表"],
            vec!["增长", "6.25", "1.5"],
            vec!["失业率", "12.5", "左右"],
            vec!["true", "true", "#DIV/0!"],
            vec!["", "7", "1.5"],
        ]
    );
    assert_eq!((table.rows[0][0].columns, table.rows[0][0].rows), (3, 1));
    assert!(document.text.starts_with("甲\n计划表"));
    assert!(!document.text.contains("不公开"));
}

#[test]
fn the_seeds_of_the_fuzzer_are_those_of_the_tests() {
    let folder =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/read_xls");
    for (name, bytes) in seeds() {
        assert_eq!(std::fs::read(folder.join(name)).unwrap(), bytes, "{name}");
    }
}

#[test]
fn chains_that_run_in_circles_are_refused() {
    assert_broken(&circle(), "复合文档");
    let mut endless = endless();
    assert_broken(&endless, "Workbook：声明的长度超过整个文件");
    put(&mut endless, entry(1) + 120, &4096_u32.to_le_bytes());
    assert_broken(&endless, "Workbook");
    // Small sectors: the table of them, and the stream that holds them.
    let mut small = one(&[number(0, 0, 1.0)]);
    put(&mut small, 60, &3_u32.to_le_bytes());
    put(&mut small, 64, &1_u32.to_le_bytes());
    put(&mut small, link(3), &3_u32.to_le_bytes());
    assert_broken(&small, "复合文档");
}

#[test]
fn a_stream_longer_than_its_file_is_refused() {
    let mut file = one(&[number(0, 0, 1.0)]);
    put(&mut file, entry(1) + 120, &u32::MAX.to_le_bytes());
    assert_broken(&file, "Workbook：声明的长度超过整个文件");
}

#[test]
fn a_directory_of_allocation_tables_without_end_is_refused() {
    // Sector 3 lists the allocation table 127 times and then goes on with itself, or with the next that does so.
    let mut file = one(&[number(0, 0, 1.0)]);
    put(&mut file, 68, &3_u32.to_le_bytes());
    for sector in 3..10 {
        let at = SECTOR * (1 + sector);
        put(&mut file, at, &[0; SECTOR]);
        put(&mut file, at + SECTOR - 4, &(sector as u32 + 1).to_le_bytes());
    }
    assert_broken(&file, "DIFAT");
    put(&mut file, SECTOR * 5 - 4, &3_u32.to_le_bytes());
    assert_broken(&file, "DIFAT");
}

#[test]
fn cells_in_opposite_corners_are_refused() {
    assert_inflated(&corners());
    // Each sheet by itself would do.
    let wide = [number(0, 0, 1.0), number(u16::MAX, 35, 2.0)];
    let sheets = [Sheet("甲", false, &wide), Sheet("乙", false, &wide)];
    assert_inflated(&compound(&book(&[], &sheets)));
    // There is no such column.
    assert_broken(&one(&[number(0, 0, 1.0), number(0, 256, 2.0)]), "列号");
    // Far apart, but not too far.
    let document = read("a.xls", &one(&[number(9, 0, 1.0), number(2000, 200, 2.0)])).unwrap();
    assert_eq!(document.tables[0].rows.len(), 1992);
}

#[test]
fn sheets_in_the_same_place_are_refused() {
    let records: Vec<_> = (0..2000).map(|row| number(row, 0, 1.0)).collect();
    let mut stream = book(&[], &[Sheet("甲", false, &records), Sheet("乙", false, &[])]);
    let first = (0..stream.len()).find(|at| stream[*at..].starts_with(&[0x85, 0])).unwrap();
    let from = stream[first + 4..first + 8].to_vec();
    // Both at the first: its records are looked through twice.
    let second = first + 4 + usize::from(stream[first + 2]);
    put(&mut stream, second + 4, &from);
    let document = soon(&compound(&stream)).unwrap();
    assert_eq!(document.tables.len(), 2);
    // A hundred: never mind how often.
    let bound = stream[first..second].to_vec();
    let mut bounds = bound.repeat(100);
    for at in (0..100).map(|number| number * bound.len()) {
        let moved = u32::from_le_bytes(*from.first_chunk().unwrap()) + 99 * bound.len() as u32;
        put(&mut bounds, at + 4, &moved.to_le_bytes());
    }
    stream.splice(first..second, bounds);
    assert_broken(&compound(&stream), "互相重叠");
}

#[test]
fn a_long_string_in_many_cells_is_refused() {
    let long = "长".repeat(3000);
    let places: Vec<_> = (0..1000).map(|row| cell(0xFD, row, 0, &[0; 4])).collect();
    let file = compound(&book(&[shared(&[&long])], &[Sheet("甲", false, &places)]));
    assert_inflated(&file);
    let few = compound(&book(&[shared(&[&long])], &[Sheet("甲", false, &places[..3])]));
    assert_eq!(soon(&few).unwrap().text.matches(&long).count(), 3);
}

#[test]
fn a_string_goes_on_in_the_next_record() {
    let table = |rest: &[u8]| {
        // Eight characters, the first three here, with two styles and five bytes of notes behind them.
        let first = [&[0; 8][..], &[8, 0, 0x0C, 2, 0, 5, 0, 0, 0], b"GDP"].concat();
        let globals = [record(0xFC, &first), record(0x3C, rest)];
        let cells = [cell(0xFD, 0, 0, &[0; 4]), cell(0xFD, 0, 1, &[1, 0, 0, 0])];
        compound(&book(&globals, &[Sheet("甲", false, &cells)]))
    };
    let more: Vec<u8> = "年均增长率".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let whole = [&[1][..], &more, &[0; 13], &wide("亿元")].concat();
    assert!(soon(&table(&whole)).unwrap().text.contains("GDP年均增长率\t亿元"));
    assert_broken(&table(&whole[..8]), "共享字符串");
    assert_broken(&table(&whole[..15]), "共享字符串");
}

#[test]
fn what_a_record_announces_is_not_believed() {
    // Texts of a few bytes that are said to have 65,535 characters.
    let texts: Vec<_> = (0..3000).map(|row| cell(0x204, row, 0, &[0xFF, 0xFF, 0, b'x'])).collect();
    let document = soon(&one(&texts)).unwrap();
    assert_eq!(document.text.matches('x').count(), 3000);
    // A formula that would spell megabytes of spaces, one by one before all that it has.
    let tokens = [&[0x1E, 1, 0][..], &[0x19, 0x40, 0, 255].repeat(15_000)].concat();
    let document = soon(&one(&[formula(0, 0, 2.5_f64.to_le_bytes(), &tokens)])).unwrap();
    assert!(document.text.contains("2.5"));
}

#[test]
fn merged_areas_cost_no_more_than_their_sheet() {
    let area = [[0, 0], [0xFF, 0x0F], [0, 0], [200, 0]].concat();
    let areas = record(0xE5, &[&[0, 4][..], &area.repeat(1024)].concat());
    let filled = |areas: &[Vec<u8>]| {
        one(&[&[number(0, 0, 1.0), number(4095, 200, 2.0)][..], areas].concat())
    };
    assert_broken(&filled(&[areas]), "互相重叠");
    // The same one twice is what some programs write.
    let twice = record(0xE5, &[&[2, 0][..], &area.repeat(2)].concat());
    let document = read("a.xls", &filled(&[twice])).unwrap();
    let first = &document.tables[0].rows[0];
    assert_eq!((first.len(), first[0].columns, first[0].rows), (1, 201, 4096));
}

#[test]
fn a_workbook_with_a_password_says_so() {
    let file = compound(&book(&[record(0x2F, &[1, 0, 1, 0])], &[]));
    let error = soon(&file).unwrap_err();
    assert!(matches!(error, ReadError::Encrypted { .. }), "{error}");
}

#[test]
fn cells_are_told_apart_by_their_formats_and_hidden_sheets_are_read() {
    let style =
        |format: u16| record(0xE0, &[&[0, 0][..], &format.to_le_bytes(), &[0; 16]].concat());
    let code = record(0x41E, &[&164_u16.to_le_bytes()[..], &wide("yyyy\"年\"m\"月\"")].concat());
    let globals = [code, style(0), style(10), style(14), style(164)];
    let styled = |row, column, style: u8, value: f64| {
        let head = [u16::to_le_bytes(row), u16::to_le_bytes(column), [style, 0]].concat();
        record(0x203, &[head, value.to_le_bytes().to_vec()].concat())
    };
    let shown = [
        styled(1, 1, 0, 12.3),
        styled(1, 2, 1, 0.065),
        styled(1, 3, 2, 45325.0),
        styled(1, 4, 3, 45325.0),
        formula(2, 1, 1.5_f64.to_le_bytes(), &[0x1E, 1, 0]),
        label(2, 2, " 亿元 "),
    ];
    let sheets = [
        Sheet("表", false, &shown),
        Sheet("duixian", true, &[label(0, 0, "duixian"), styled(1, 1, 1, 0.5)]),
    ];
    let found = document::sheets(&compound(&book(&globals, &sheets))).unwrap();
    let seen = |sheet: &document::Sheet| -> Vec<(String, CellKind, bool, String)> {
        let cells = sheet.cells.iter();
        cells.map(|cell| (cell.address(), cell.kind, cell.formula, cell.text.to_string())).collect()
    };
    let expected = [
        ("B2", CellKind::Number, false, "12.3"),
        ("C2", CellKind::Percent, false, "0.065"),
        ("D2", CellKind::Date, false, "2024-02-03"),
        ("E2", CellKind::Date, false, "2024-02"),
        ("B3", CellKind::Number, true, "1.5"),
        ("C3", CellKind::Text, false, " 亿元 "),
    ];
    let owned = |(place, kind, formula, text): (&str, CellKind, bool, &str)| {
        (place.to_owned(), kind, formula, text.to_owned())
    };
    assert_eq!(seen(&found[0]), expected.map(owned));
    assert_eq!((found[0].hidden, found[1].hidden), (false, true));
    let hidden =
        [("A1", CellKind::Text, false, "duixian"), ("B2", CellKind::Percent, false, "0.5")];
    assert_eq!(seen(&found[1]), hidden.map(owned));
    for bytes in seeds().map(|(_, bytes)| bytes) {
        let start = Instant::now();
        let _ = document::sheets(&bytes);
        assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
    }
}
