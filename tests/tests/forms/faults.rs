//! What people can do to a form, and the fault that each gives.

use duixian::collect::{CollectError, read};

use crate::duty::{LINES, form};
use crate::xlsx::{ENTRY, MARK, Put, book, changed, filled};

/// The faults of a form in which cells were changed.
fn faults(puts: &[(&str, Put<'_>)]) -> Vec<String> {
    let returned = read(&filled(&form(), ENTRY, puts)).unwrap();
    assert_eq!(
        returned.lines.len() + returned.faults.len(),
        LINES.len().max(returned.lines.len() + returned.faults.len())
    );
    returned.faults.iter().map(ToString::to_string).collect()
}

#[test]
fn every_bad_cell_is_named_with_what_was_expected() {
    for (cell, put, expected) in [
        ("G7", Put::Text("12,3"), "“12,3”（应为数字，例如 12.3）"),
        ("G7", Put::Text("12.3万元"), "“12.3万元”（应为以“亿元”为单位的数字，而不是“万元”）"),
        ("G7", Put::Percent("0.123"), "“0.123”（应为以“亿元”为单位的数字，而不是百分数）"),
        ("G7", Put::Error("#DIV/0!"), "“#DIV/0!”（应为数字，例如 12.3）"),
        ("G7", Put::Text("暂无"), "“暂无”（应为数字，例如 12.3）"),
        ("G7", Put::Text("——"), "“——”（应为数字；没有数据时留空，并把状态选为“无数据”）"),
        // Line 7 is provisional.
        ("G7", Put::Nothing, "空（应为数字，因为状态是“初步核算”或“估计”）"),
        ("H7", Put::Text("还行"), "“还行”（应为正常、初步核算、估计、无数据）"),
        ("D7", Put::Text("万元"), "“万元”（应为“亿元”，单位不能改动）"),
        ("D7", Put::Nothing, "空（应为“亿元”，单位不能改动）"),
        ("I7", Put::Error("#NAME?"), "“#NAME?”（应为文字，而不是公式）"),
    ] {
        assert_eq!(faults(&[(cell, put)]), [format!("工作表“填报表”{cell}：{expected}")]);
    }
    let missing = [("H7", Put::Text("无数据"))];
    assert_eq!(faults(&missing), ["工作表“填报表”G7：“740.15”（应为空，因为状态是“无数据”）"]);
    // A long text is quoted in part, on one line.
    let long = "长\n".repeat(500);
    let said = faults(&[("G7", Put::Text(&long))]);
    assert!(said[0].chars().count() < 100 && !said[0].contains('\n'), "{said:?}");
    let both = faults(&[("G8", Put::Text("x")), ("G12", Put::Text("y"))]);
    assert_eq!(both.len(), 2);
}

#[test]
fn rows_that_are_gone_doubled_or_added_are_named() {
    // The code of a line is gone.
    let gone = faults(&[("J8", Put::Nothing), ("G8", Put::Number("5"))]);
    assert_eq!(gone.len(), 2, "{gone:?}");
    assert!(gone[0].starts_with("工作表“填报表”J8：空（应为指标 "), "{gone:?}");
    assert_eq!(gone[1], "工作表“填报表”G8：“5”（应为空，因为这一行不是本表的指标）");
    // A row of figures below the table.
    let added = changed(&form(), ENTRY, |xml| {
        xml.replace("</sheetData>", "<row r=\"30\"><c r=\"G30\"><v>99</v></c></row></sheetData>")
    });
    let added = read(&added).unwrap();
    assert_eq!(added.lines.len(), LINES.len());
    assert_eq!(added.faults[0].cell, "G30");
    // The row of a line stands there twice.
    let doubled = changed(&form(), ENTRY, |xml| {
        let start = xml.find("<row r=\"7\"").unwrap();
        let end = start + xml[start..].find("</row>").unwrap() + "</row>".len();
        let copy = ('A'..='J')
            .fold(xml[start..end].replace("<row r=\"7\"", "<row r=\"30\""), |row, letter| {
                row.replace(&format!("r=\"{letter}7\""), &format!("r=\"{letter}30\""))
            });
        xml.replace("</sheetData>", &format!("{copy}</sheetData>"))
    });
    let doubled = read(&doubled).unwrap();
    assert_eq!(doubled.lines.len(), LINES.len() - 1);
    let [fault] = &doubled.faults[..] else { panic!("{:?}", doubled.faults) };
    assert_eq!((&*fault.cell, &*fault.expected), ("J30", "每个指标只有一行"));
}

#[test]
fn what_is_no_form_is_refused() {
    assert!(matches!(read(b"a,b\n1,2\n"), Err(CollectError::Unreadable(_))));
    let other = book(&[("表", &[&[Put::Text("指标"), Put::Text("本期")]], &[])]);
    assert_eq!(read(&other), Err(CollectError::NotAForm));
    let error = read(&other).unwrap_err().to_string();
    assert_eq!(
        error,
        "不是兑现生成的填报表：没有工作表“duixian”（应为下载的填报表填写后另存的文件）"
    );
    let version = filled(&form(), MARK, &[("B1", Put::Text("2"))]);
    assert_eq!(read(&version), Err(CollectError::Version { found: "2".into() }));
    for (cell, put) in [
        ("A3", Put::Text("x")),
        ("B2", Put::Nothing),
        ("B5", Put::Text("x")),
        ("C7", Put::Text("x")),
        ("A8", Put::Text("-1")),
        ("A9", Put::Text("0")),
        ("B8", Put::Nothing),
        ("C8", Put::Text("水平")),
        ("D8", Put::Nothing),
        ("E8", Put::Text("七")),
        ("F8", Put::Text("v3")),
    ] {
        let error = read(&filled(&form(), MARK, &[(cell, put)])).unwrap_err();
        assert!(
            matches!(&error, CollectError::Mark { cell: said, .. } if said == cell),
            "{cell}: {error}"
        );
    }
    let headless = filled(&form(), ENTRY, &[("G6", Put::Text("数"))]);
    let error = read(&headless).unwrap_err();
    assert!(error.to_string().contains("“本期”"), "{error}");
}
