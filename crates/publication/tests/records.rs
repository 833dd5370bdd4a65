//! Statements and assessments as data and workbooks: every figure arrives as it was written.

#![allow(clippy::unwrap_used)]

mod fixture;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use calamine::{Data, Reader, Xlsx};
use publication::{csv, jsonl, table, xlsx};
use serde_json::Value;
use terms::{Amount, Assessment, Basis, Repair, RepairKind, Span, Statement, Status, Unit};

fn statements() -> Vec<Statement> {
    let assessment = fixture::assessment();
    assessment.documents[0].statements.iter().map(|assessed| assessed.statement.clone()).collect()
}

fn text(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_json_line_has_the_fields_in_their_order() {
    let statements = statements();
    let written = text(|out| jsonl::write(out, &statements));
    assert_eq!(written.lines().count(), statements.len());
    let lost = written.lines().find(|line| line.contains("〓")).unwrap();
    let start = lost.find("\"start\"").unwrap();
    assert_eq!(
        &lost[..start],
        "{\"id\":\"0a1b2c3d-5\",\"quote\":\"投保率〓5%以上\",\"value\":\"〓5\",\"upper\":null,\
         \"unit\":\"%\",\"comparator\":\">=\",\"basis\":\"level\",\"direction\":null,\
         \"measure\":\"投保率\",\"entity\":\"惠民保\",\"role\":\"result\",\"year\":2023,\
         \"modality\":null,\"kind\":\"quantity\",\"indicator\":null,"
    );
    let record: Value = serde_json::from_str(lost).unwrap();
    let statement = statements.iter().find(|statement| *statement.id == *"0a1b2c3d-5").unwrap();
    assert_eq!(record["start"], statement.characters.start);
    assert_eq!(record["source_end"], statement.source.end);
    let headings: Vec<&str> = statement.section.iter().map(AsRef::as_ref).collect();
    assert_eq!(record["section"], serde_json::json!(headings));
    assert_eq!(record["sentence"], *statement.sentence);
    let milestone = written.lines().find(|line| line.contains("milestone")).unwrap();
    let milestone: Value = serde_json::from_str(milestone).unwrap();
    for field in ["value", "upper", "unit", "comparator", "basis", "direction", "modality"] {
        assert!(milestone[field].is_null(), "{field}");
    }
}

#[test]
fn csv_gives_back_what_json_lines_give() {
    let mut statements = statements();
    statements[0].quote = "引号\"与,逗号\n换行".into();
    let written = text(|out| csv::write(out, &statements));
    let body = written.strip_prefix('\u{feff}').unwrap();
    let mut reader = ::csv::Reader::from_reader(body.as_bytes());
    let header = reader.headers().unwrap().clone();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), statements.len());
    let lines = text(|out| jsonl::write(out, &statements));
    for (row, line) in rows.iter().zip(lines.lines()) {
        let record: Value = serde_json::from_str(line).unwrap();
        for (field, cell) in header.iter().zip(row) {
            let expected = match &record[field] {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                Value::Array(path) => {
                    path.iter().map(|part| part.as_str().unwrap()).collect::<Vec<_>>().join(" / ")
                }
                other => other.to_string(),
            };
            assert_eq!(cell, expected, "{field}");
        }
    }
}

#[test]
fn csv_text_is_never_a_formula() {
    let mut statement = statements().remove(0);
    statement.quote = "=HYPERLINK(\"http://x\")".into();
    statement.measure = "@SUM(1)".into();
    statement.entity = Some("-1+1".into());
    statement.value = Some("-1.5".parse().unwrap());
    let written = text(|out| csv::write(out, [&statement]));
    let mut reader =
        ::csv::Reader::from_reader(written.strip_prefix('\u{feff}').unwrap().as_bytes());
    let row = reader.records().next().unwrap().unwrap();
    assert_eq!(&row[1], "'=HYPERLINK(\"http://x\")");
    assert_eq!(&row[8], "'@SUM(1)");
    assert_eq!(&row[9], "'-1+1");
    assert_eq!(&row[2], "-1.5", "a number stays a number");
}

/// The rows of a sheet, each as a map from heading to cell.
fn sheet(book: &[u8], name: &str) -> Vec<BTreeMap<String, Data>> {
    let mut book = Xlsx::new(Cursor::new(book)).unwrap();
    let range = book.worksheet_range(name).unwrap();
    let mut rows = range.rows();
    let header: Vec<String> = rows.next().unwrap().iter().map(ToString::to_string).collect();
    rows.map(|row| header.iter().cloned().zip(row.iter().cloned()).collect()).collect()
}

fn string(text: &str) -> Data {
    Data::String(text.into())
}

#[test]
fn a_workbook_holds_the_assessment() {
    let book = xlsx::workbook(&fixture::assessment()).unwrap();
    let overview = sheet(&book, "概览");
    assert_eq!(overview[0]["地区"], string("青川县"));
    for (heading, number) in
        [("主要指标", 4.0), ("已完成", 2.0), ("有差距", 1.0), ("无数据", 1.0), ("陈述", 9.0)]
    {
        assert_eq!(overview[0][heading], Data::Float(number), "{heading}");
    }
    let indicators = sheet(&book, "主要指标");
    assert_eq!(indicators.len(), 4);
    assert_eq!(
        indicators[1]["分项"],
        string("增速已完成；绝对值有差距（核算方法调整，总量与年初目标有差距）")
    );
    assert_eq!(indicators[2]["状态"], string("有差距"));
    assert_eq!(indicators[3]["状态"], string("无数据"));
    assert_eq!(indicators[3]["说明"], string("统计口径调整"));
    let statements = sheet(&book, "陈述");
    let find = |id: &str| statements.iter().find(|row| row["编号"] == string(id)).unwrap();
    assert_eq!(statements.len(), 9);
    assert_eq!(find("0a1b2c3d-1")["数值"], Data::Float(9.5));
    assert_eq!(find("0a1b2c3d-5")["数值"], string("〓5"));
    assert_eq!(find("0a1b2c3d-5")["缺失数字"], string("缺失"));
    assert_eq!(find("0a1b2c3d-6")["数值"], Data::Empty);
    assert_eq!(find("0a1b2c3d-7")["状态"], string("待检验"));
    assert_eq!(find("0a1b2c3d-7")["较基数变化"], Data::Float(-1.5));
    assert_eq!(find("0a1b2c3d-9")["上限"], Data::Float(8.0));
    let sources = sheet(&book, "来源与修复");
    assert_eq!(sources[0]["SHA-256"], string(&"0a1b2c3d".repeat(8)));
    assert_eq!(
        (&sources[1]["内容"], &sources[1]["处数"]),
        (&string("缺失的数字"), &Data::Float(1.0))
    );
    assert_eq!(sources[2]["内容"], string("此处缺失一位数字"));
}

#[test]
fn a_number_that_a_spreadsheet_would_change_is_text() {
    let mut statement = statements().remove(0);
    let mut cell = |value: &str| {
        statement.value = Some(value.parse().unwrap());
        let book = xlsx::statements("题", [&statement]).unwrap();
        sheet(&book, "陈述")[0]["数值"].clone()
    };
    assert_eq!(cell("24.53"), Data::Float(24.53));
    assert_eq!(cell("8.00"), Data::Float(8.0));
    assert_eq!(cell("-0.1"), Data::Float(-0.1));
    assert_eq!(cell("123456789012345"), Data::Float(123_456_789_012_345.0));
    assert_eq!(cell("1234567890123456.7"), string("1234567890123456.7"));
    assert_eq!(cell("0.1234567890123456789"), string("0.1234567890123456789"));
    assert_eq!(cell("1〓.5"), string("1〓.5"));
}

#[test]
fn the_same_assessment_gives_the_same_bytes() {
    let assessment = fixture::assessment();
    assert!(xlsx::workbook(&assessment).unwrap() == xlsx::workbook(&assessment).unwrap());
}

#[test]
fn a_workbook_takes_any_text() {
    let mut statement = statements().remove(0);
    statement.sentence = "长".repeat(40_000).into();
    statement.quote = "=1+1".into();
    statement.measure = "控\u{1}制\u{b}符".into();
    let book = xlsx::statements("", [&statement]).unwrap();
    let rows = sheet(&book, "陈述");
    assert_eq!(rows[0]["引文"], string("=1+1"));
    assert!(rows[0]["整句"].to_string().ends_with("已截断）"));
    assert!(sheet(&xlsx::statements("空", []).unwrap(), "陈述").is_empty());
    assert!(sheet(&xlsx::workbook(&Assessment::default()).unwrap(), "陈述").is_empty());
}

/// How many columns of a terminal a text takes.
fn columns(text: &str) -> usize {
    text.chars().map(|character| if character.is_ascii() { 1 } else { 2 }).sum()
}

#[test]
fn columns_of_a_table_stand_straight() {
    let statements = statements();
    let written = text(|out| table::statements(out, &statements, None));
    let header = written.lines().next().unwrap();
    let at = columns(&header[..header.find("数值").unwrap()]);
    for figure in ["增长9.5%", "〓5%以上", "下降30.5%", "5至8公里", "超过20亿元"] {
        let line = written.lines().find(|line| line.contains(figure)).unwrap();
        assert!(
            line.match_indices(figure).any(|(found, _)| columns(&line[..found]) == at),
            "{figure}: {line}"
        );
    }
    assert!(written.ends_with("共 9 条陈述\n"));
    let narrow = text(|out| table::statements(out, &statements, Some(80)));
    assert!(narrow.lines().all(|line| columns(line) <= 80), "{narrow}");
    for width in [0, 1, 7, u16::MAX] {
        let odd = text(|out| table::statements(out, &statements, Some(width)));
        assert!(odd.ends_with("共 9 条陈述\n"), "{width}");
    }
}

#[test]
fn status_names_every_exception_with_its_reason() {
    let mut assessment = fixture::assessment();
    let target = &mut assessment.documents[0].statements[6];
    target.status = Status::Missed;
    target.reason = Some("目标增长不低于8%，2024年结果增长7%".into());
    let written = text(|out| table::status(out, &assessment, None));
    for line in [
        "  地区 青川县 · 结果年度 2023 · 计划年度 2024",
        "主要指标 4 项：已完成 2 · 有差距 1 · 无数据 1",
        "  有差距  外贸出口",
        "  无数据  跨境电商出口（统计口径调整）",
        "  分项    地区生产总值：增速已完成；绝对值有差距（核算方法调整，总量与年初目标有差距）",
        "陈述 9 条：数值 8 · 里程碑 1 · 结果 6 · 目标 3（力争 1）· 背景 0 · 对应指标 2",
        "  未达标  0a1b2c3d-7 固定资产投资：目标增长不低于8%，2024年结果增长7%",
        "  0a1b2c3d-5 投保率 〓5%以上",
        "文本修复：缺失的数字 1",
    ] {
        assert!(written.lines().any(|written| written == line), "{line}\n{written}");
    }
    assert!(text(|out| table::status(out, &Assessment::default(), None)).contains("文档 0 份"));
}

#[test]
fn a_repair_is_one_line() {
    let repair = Repair {
        kind: RepairKind::Spacing,
        span: Span::new(3, 3),
        source: Span::new(5, 7),
        before: "\r\n",
        after: "",
        proof: "换行",
    };
    let written =
        text(|out| table::repairs(out, [repair].into_iter(), |at| at + 100, |at| at + 200));
    let line = written.lines().nth(1).unwrap();
    assert_eq!(line, "105\t5-7\t203\t全半角与空白\t\\r\\n\t\t换行");
}

/// A reader who has stopped reading.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_who_stops_is_told_from_a_failure() {
    let statements = statements();
    let kinds = [
        jsonl::write(&mut Closed, &statements).unwrap_err().kind(),
        csv::write(&mut Closed, &statements).unwrap_err().kind(),
        table::statements(&mut Closed, &statements, None).unwrap_err().kind(),
    ];
    assert_eq!(kinds, [std::io::ErrorKind::BrokenPipe; 3]);
    let mut rank = statements[0].clone();
    rank.basis = Some(Basis::Rank);
    rank.unit = Some(Unit::new("位"));
    rank.value = Some(Amount::from(2));
    assert!(text(|out| jsonl::write(out, [&rank])).contains("\"basis\":\"rank\""));
}
