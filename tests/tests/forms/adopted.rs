//! A department's own workbook becomes a form.

use duixian::collect::{CollectError, Layout, adopt};
use terms::{Facet, ObservationStatus};

use crate::duty::{Line, code, sheet};
use crate::xlsx::{Put, book};

use Put::{Nothing as O, Number as N, Text as T};

/// The form of a bureau of finance and statistics, as such bureaus make theirs: a title, a heading of two rows, numbered
/// and indented names, a column of last year, a line without a place in any catalogue, notes below.
fn own(name: &str, change: impl Fn(usize, usize) -> Option<Put<'static>>) -> Vec<u8> {
    let rows: [&[Put<'static>]; 14] = [
        &[T("青石市主要经济指标完成情况表")],
        &[T("填报单位：统计局"), O, T("2024年9月")],
        &[T("指 标 名 称"), T("计量单位"), T("本月"), T("1—9月累计"), O, T("上年同期"), T("备注")],
        &[O, O, O, T("绝对值"), T("同比±%"), O, O],
        &[T("甲"), T("乙"), N("1"), N("2"), N("3"), N("4")],
        &[T("一、综合")],
        &[T("1.地区生产总值"), T("亿元"), O, N("718.3"), N("6.5"), N("674.5")],
        &[
            T("　　其中：规模以上工业增加值"),
            T("亿元"),
            N("30.1"),
            N("270.25"),
            Put::Percent("0.071"),
        ],
        &[T("（二）社会消费品零售总额"), T("万元"), O, T("1,234,567"), T("５．２")],
        &[T("3. 森林覆盖率"), T("％"), O, N("54.1"), O],
        &[T("4. 一般公共预算收入增速"), T("%"), O, T("—")],
        &[T("5. 本局特有指标"), T("个"), O, N("3")],
        &[T("6. 常住人口"), T("亿元"), O, N("3")],
        &[T("注：本表由统计局填报。")],
    ];
    let rows: Vec<Vec<Put<'static>>> = (1..)
        .zip(rows)
        .map(|(row, cells)| {
            let cells = (1..).zip(cells);
            cells.map(|(column, put)| change(row, column).unwrap_or(*put)).collect()
        })
        .collect();
    let rows: Vec<&[Put<'_>]> = rows.iter().map(Vec::as_slice).collect();
    let merged = ["A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4", "G3:G4"];
    book(&[("封面", &[&[T("封面")]], &[]), (name, &rows, &merged)])
}

fn plain(_: usize, _: usize) -> Option<Put<'static>> {
    None
}

const ASKED: &[Line<'_>] = &[
    ("地区生产总值", Facet::Level, "亿元", None),
    ("地区生产总值", Facet::Growth, "%", None),
    ("规模以上工业增加值", Facet::Level, "亿元", None),
    ("规模以上工业增加值", Facet::Growth, "%", None),
    ("社会消费品零售总额", Facet::Level, "万元", Some(("1", ObservationStatus::Normal, ""))),
    ("社会消费品零售总额", Facet::Growth, "%", None),
    ("森林覆盖率", Facet::Level, "%", None),
    ("一般公共预算收入", Facet::Growth, "%", None),
];

#[test]
fn every_figure_is_found_and_what_is_not_certain_is_listed() {
    let catalogue = statement::catalogue();
    let layout = adopt(&own("9月", plain), &catalogue, None).unwrap();
    assert_eq!(layout.sheet, "9月");
    let found: Vec<_> = layout
        .lines
        .iter()
        .map(|line| (line.indicator.clone(), line.facet, line.unit.as_str(), &*line.cell))
        .collect();
    let cells = ["D7", "E7", "D8", "E8", "D9", "E9", "D10", "D11"];
    let expected: Vec<_> = ASKED
        .iter()
        .zip(cells)
        .map(|((name, facet, unit, _), cell)| (code(name), *facet, *unit, cell))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(layout.lines[2].name_cell, "A8");
    assert_eq!(layout.lines[2].unit_cell.as_deref(), Some("B8"));
    let unknown: Vec<(&str, &str)> =
        layout.unknown.iter().map(|(cell, text)| (cell.as_str(), text.as_str())).collect();
    assert_eq!(
        unknown,
        [
            ("C3", "本月"),
            ("E10", "3. 森林覆盖率 的增减：表头应注明百分点"),
            ("A12", "5. 本局特有指标"),
            ("A13", "6. 常住人口：单位“亿元”不是该指标的单位（应与“万人”同类）"),
        ]
    );
}

#[test]
fn a_layout_is_kept_as_text_and_reads_filled_copies() {
    let catalogue = statement::catalogue();
    let layout = adopt(&own("9月", plain), &catalogue, None).unwrap();
    let kept = layout.to_json().unwrap();
    assert_eq!(Layout::from_json(&kept).unwrap(), layout);
    for (bad, said) in [
        (kept.replace("\"D7\"", "\"7D\""), "“7D”不是单元格的地址"),
        (kept.replace("\"growth\"", "\"up\""), "“up”（应为 level 或 growth）"),
        (kept.replace("\"version\": 1", "\"version\": 2"), "版本 2（应为 1）"),
        ("[]".to_owned(), "报表版式无法读取"),
    ] {
        let error = Layout::from_json(&bad).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    let asked = sheet(ASKED);
    let returned = layout.read(&own("9月", plain), &asked, &catalogue).unwrap();
    assert_eq!(returned.faults, []);
    returned.belongs(&asked).unwrap();
    let some = |text: &str| Some(text.to_owned());
    let values: Vec<_> = returned
        .lines
        .iter()
        .map(|line| line.figure.value.as_ref().map(ToString::to_string))
        .collect();
    assert_eq!(
        values,
        [
            some("718.3"),
            some("6.5"),
            some("270.25"),
            some("7.1"),
            some("1234567"),
            some("5.2"),
            some("54.1"),
            None
        ]
    );
    assert_eq!(returned.lines[7].figure.status, ObservationStatus::Missing);
    assert_eq!((returned.lines[4].version, returned.lines[0].version), (Some(3), None));
    assert_eq!(returned.lines[3].cell, "E8");
}

#[test]
fn a_copy_that_is_laid_out_otherwise_is_refused_cell_by_cell() {
    let catalogue = statement::catalogue();
    let layout = adopt(&own("9月", plain), &catalogue, None).unwrap();
    let asked = sheet(ASKED);
    for (place, put, fault) in [
        (
            (8, 1),
            T("　　其中：进出口总额"),
            "工作表“9月”A8：“其中：进出口总额”（应为指标“规上工业增加值”，版式与采用时不同）",
        ),
        ((7, 2), T("万元"), "工作表“9月”B7：“万元”（应为单位“亿元”）"),
        ((7, 4), T("七百"), "工作表“9月”D7：“七百”（应为数字，例如 12.3）"),
        (
            (7, 4),
            Put::Percent("0.5"),
            "工作表“9月”D7：“0.5”（应为以“亿元”为单位的数字，而不是百分数）",
        ),
    ] {
        let changed = own("9月", |row, column| ((row, column) == place).then_some(put));
        let returned = layout.read(&changed, &asked, &catalogue).unwrap();
        let said: Vec<String> = returned.faults.iter().map(ToString::to_string).collect();
        assert_eq!(said, [fault]);
    }
    // The unit is written in full width, and the value left empty.
    let same = own("9月", |row, column| match (row, column) {
        (7, 2) => Some(T("亿 元")),
        (7, 4) => Some(O),
        _ => None,
    });
    let returned = layout.read(&same, &asked, &catalogue).unwrap();
    assert_eq!(returned.faults, []);
    assert_eq!(returned.lines[0].figure.value, None);
    // Two sheets are shown, and none has the name.
    let error = layout.read(&own("10月", plain), &asked, &catalogue).unwrap_err();
    assert_eq!(error.to_string(), "没有工作表“9月”（应为：封面、10月）");
}

#[test]
fn units_may_stand_in_names_or_above_the_table() {
    let catalogue = statement::catalogue();
    let rows: [&[Put<'_>]; 5] = [
        &[T("收支情况"), O, T("单位：亿元")],
        &[T("项目"), T("本期"), T("比上年同期增长（%、百分点）")],
        &[T("一般公共预算收入"), N("60.5"), N("3.2")],
        &[T("森林覆盖率（%）"), N("54.1"), N("0.3")],
        &[T("一般公共预算收入"), N("61"), N("3.3")],
    ];
    let layout = adopt(&book(&[("收支", &rows, &[])]), &catalogue, Some("收支")).unwrap();
    let found: Vec<_> = layout
        .lines
        .iter()
        .map(|line| (&*line.cell, line.facet, line.unit.as_str(), line.unit_cell.is_some()))
        .collect();
    assert_eq!(
        found,
        [
            ("B3", Facet::Level, "亿元", false),
            ("C3", Facet::Growth, "%", false),
            ("B4", Facet::Level, "%", false),
            ("C4", Facet::Growth, "个百分点", false),
        ]
    );
    let said = ("B5".to_owned(), "一般公共预算收入：与 B3 重复".to_owned());
    assert_eq!(layout.unknown[0], said);
    let error = adopt(&book(&[("收支", &rows, &[])]), &catalogue, Some("支出")).unwrap_err();
    assert_eq!(error.to_string(), "没有工作表“支出”（应为：收支）");
    let none = adopt(&book(&[("表", &[&[T("姓名"), T("电话")]], &[])]), &catalogue, None);
    assert!(matches!(none, Err(CollectError::NoTable { .. })));
}
