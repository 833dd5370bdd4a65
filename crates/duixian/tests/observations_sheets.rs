//! `duixian observations import` of workbooks that LibreOffice saved: the same figures and the same faults as a CSV
//! table gives, with cells instead of lines.

#![allow(clippy::unwrap_used)]

mod desk;

use desk::Desk;

/// Two sheets that are shown and one that is hidden, in both formats.
const FILES: [(&str, &[u8]); 2] = [
    ("figures.xlsx", include_bytes!("figures/figures.xlsx")),
    ("figures.xls", include_bytes!("figures/figures.xls")),
];

#[test]
fn a_workbook_gives_the_figures_of_its_cells() {
    for (name, bytes) in FILES {
        let desk = Desk::new();
        std::fs::write(desk.path(name), bytes).unwrap();
        let out = desk.ok(&["observations", "import", name, "--dry-run"]);
        let lines: Vec<&str> = out.lines().collect();
        // A number that a formula made, a share that is shown in percent, a month that is shown as a date.
        for (line, figures) in [
            (0, "330784 2023\t740.15亿元"),
            (1, "330784 2023\t6.5%"),
            (2, "330784 2024-01..05\t212.3亿元"),
            (3, "330784 2024-05\t54.1%"),
        ] {
            let cell = ["D4", "D5", "D6", "D8"][line];
            assert!(lines[line].starts_with(&format!("工作表“数据”{cell}\t新增\t")), "{out}");
            assert!(lines[line].ends_with(figures), "{out}");
        }
        assert!(
            lines[4].starts_with("预览 4 条：新增 4 · 修订 0 · 不变 0 · 已有 0 · 冲突 0 · 拒收 0"),
            "{out}"
        );
        assert_eq!(lines[5], "各类首处：新增 工作表“数据”D4");
        assert!(!desk.path("duixian.db").exists());
        let out = desk.ok(&["observations", "import", name]);
        assert!(out.starts_with("已导入 4 条：新增 4"), "{out}");
        let out = desk.ok(&["observations", "import", name, "--sheet", "数据"]);
        assert!(out.contains("台账中已有 4"), "{out}");
        let shown = desk.ok(&["observations", "show", "地区生产总值"]);
        assert!(shown.contains("2023年\t740.15亿元\t2024-01-20\t初步\t"), "{shown}");
    }
}

#[test]
fn every_fault_names_its_cell() {
    for (name, bytes) in FILES {
        let desk = Desk::new();
        std::fs::write(desk.path(name), bytes).unwrap();
        let arguments = ["observations", "import", name, "--sheet", "有错"];
        let (code, _, err) = desk.run(&arguments);
        assert_eq!(code, 2);
        let faults: Vec<&str> = err.lines().collect();
        for (fault, said) in [
            "D2：数值“1,234”（应为十进制数，不带千分位和单位）",
            "A3：指标“没有的指标”（应为目录中指标的代码或名称）",
            "C4：`2023-05-06` 不是统计时期（应如",
            "D5：数值“0.5”是百分数格式（应为以“亿元”为单位的数字，而不是百分数）",
            "D6：数值“#DIV/0!”（公式出错，应为结果）",
            "F7：发布日“45000”不是日期（应如",
        ]
        .into_iter()
        .enumerate()
        {
            let start = format!("{name}：工作表“有错”{said}");
            assert!(faults[fault].starts_with(&start), "{err}");
        }
        assert_eq!(faults[6], format!("错误：{name} 有 6 处错误；没有写入任何数据"));
        assert!(!desk.path("duixian.db").exists());
        // A preview says what would be taken all the same, and fails as the import would.
        let (code, out, err) = desk.run(&[&arguments[..], &["--dry-run"]].concat());
        assert_eq!(code, 2);
        assert!(out.starts_with("工作表“有错”D8\t新增\t"), "{out}");
        assert!(
            out.contains("预览 7 条：新增 1 · 修订 0 · 不变 0 · 已有 0 · 冲突 0 · 拒收 6"),
            "{out}"
        );
        assert!(
            out.ends_with("各类首处：新增 工作表“有错”D8 · 拒收 工作表“有错”D2：数值“1,234”（应为十进制数，不带千分位和单位）\n"),
            "{out}"
        );
        assert!(err.ends_with("有 6 处错误；没有写入任何数据\n"), "{err}");
    }
}

#[test]
fn a_conflict_names_its_cell() {
    let desk = Desk::new();
    let (name, bytes) = FILES[0];
    std::fs::write(desk.path(name), bytes).unwrap();
    let head = "indicator,region,period,value,unit,vintage\n";
    let row = "地区生产总值,330784,2023,741,亿元,2024-01-20\n";
    std::fs::write(desk.path("t.csv"), format!("{head}{row}")).unwrap();
    desk.ok(&["observations", "import", "t.csv"]);
    let (code, out, err) = desk.run(&["observations", "import", name, "--dry-run"]);
    assert_eq!(code, 2);
    assert!(out.contains("新增 3 · 修订 0 · 不变 0 · 已有 0 · 冲突 1"), "{out}");
    assert!(out.contains("冲突 工作表“数据”D4"), "{out}");
    assert!(err.contains("工作表“数据”D4：") && err.contains("修订应使用新的发布日"), "{err}");
}

#[test]
fn sheets_are_named_by_those_that_are_shown() {
    let desk = Desk::new();
    let (name, bytes) = FILES[0];
    std::fs::write(desk.path(name), bytes).unwrap();
    for sheet in ["草稿", "没有"] {
        let (code, _, err) = desk.run(&["observations", "import", name, "--sheet", sheet]);
        let said = format!("错误：{name}：没有工作表“{sheet}”（应为：数据、有错）\n");
        assert_eq!((code, err), (2, said));
    }
    std::fs::write(desk.path("t.csv"), "a,b\n").unwrap();
    let (code, _, err) = desk.run(&["observations", "import", "t.csv", "--sheet", "数据"]);
    assert_eq!(code, 2);
    assert!(err.contains("不是工作簿，没有工作表“数据”"), "{err}");
    std::fs::write(desk.path("t.xlsx"), &bytes[..bytes.len() / 2]).unwrap();
    let (code, _, err) = desk.run(&["observations", "import", "t.xlsx"]);
    assert!(code == 2 && err.starts_with("错误：t.xlsx：") && err.contains("已损坏"), "{err}");
}
