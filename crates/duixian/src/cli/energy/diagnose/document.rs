//! The report of an enterprise, and that of all.

use methods::diagnosis::Diagnosis;
use publication::report::{Block, Column, Report, Run, Table};
use terms::Day;

use super::Enterprise;
use super::words;

/// The report of an enterprise.
pub(super) fn of(enterprise: &Enterprise, day: Day) -> Report {
    let mut blocks = vec![Block::heading(1, "结论"), paragraph(&summary(enterprise))];
    blocks.push(Block::heading(1, "各设备可做的"));
    let mut rows = Vec::new();
    for (machine, found) in &enterprise.machines {
        let (_, system) = words::of_system(machine.system);
        let name = if machine.name.is_empty() { system } else { &machine.name };
        if found.findings.is_empty() {
            rows.push(cells([name, "按所填的数没有发现可做的", "—", "—", ""]));
        }
        for finding in &found.findings {
            let (_, what, source) = words::measure(finding.measure);
            rows.push(cells([
                name,
                what,
                &whole(finding.kwh),
                &whole(finding.kwh * methods::diagnosis::KGCE_PER_KWH + finding.fuel),
                source,
            ]));
        }
    }
    blocks.push(Block::Table(Table {
        caption: "每项单独实施的年节能量".to_owned(),
        columns: vec![
            Column::words("设备", 3),
            Column::words("措施", 5),
            Column::numbers("节电 kWh", 2),
            Column::numbers("节能 kgce", 2),
            Column::words("依据", 4),
        ],
        rows,
    }));
    blocks.push(Block::heading(1, "各设备合计"));
    let row = |(machine, found): &(super::Machine, Diagnosis)| {
        let (_, system) = words::of_system(machine.system);
        let name = if machine.name.is_empty() { system } else { &machine.name };
        cells([
            name,
            &whole(
                found.consumption_kwh * methods::diagnosis::KGCE_PER_KWH + found.consumption_fuel,
            ),
            &whole(found.kwh),
            &whole(found.coal()),
            &found.yuan.map_or_else(unknown, whole),
            &found.payback.map_or_else(unknown, |years| format!("{years:.1}")),
        ])
    };
    blocks.push(Block::Table(Table {
        caption: "同一设备的几项措施一起实施，后一项只作用于前一项剩下的，所以小于各项之和"
            .to_owned(),
        columns: vec![
            Column::words("设备", 3),
            Column::numbers("年用能 kgce", 2),
            Column::numbers("节电 kWh", 2),
            Column::numbers("节能 kgce", 2),
            Column::numbers("节约 元/年", 2),
            Column::numbers("静态回收期 年", 2),
        ],
        rows: enterprise.machines.iter().map(row).collect(),
    }));
    blocks.push(paragraph(
        "按企业填报的数和公开的公式估算，用来确定先看哪里；实施前应实测。电按当量值 0.1229 kgce/kWh 折算（GB/T 2589-2020）。没有填电价、燃料价格或投资的，不算钱和回收期。",
    ));
    report(format!("{}公共用能系统节能诊断", enterprise.name), day, blocks)
}

/// The report of all enterprises.
pub(super) fn of_all(enterprises: &[Enterprise], day: Day) -> Report {
    let total = super::Total::of(enterprises.iter());
    let text = format!(
        "共诊断企业 {} 家、设备 {} 台（套），年可节电 {} kWh，节能 {} 吨标准煤，占这些设备用能的 {:.1}%。",
        enterprises.len(),
        total.machines,
        whole(total.kwh),
        whole(total.coal / 1_000.0),
        total.share() * 100.0,
    );
    let row = |enterprise: &Enterprise| {
        let one = super::Total::of(std::iter::once(enterprise));
        cells([
            &enterprise.name,
            &one.machines.to_string(),
            &whole(one.kwh),
            &whole(one.coal),
            &format!("{:.1}", one.share() * 100.0),
            &one.yuan.map_or_else(unknown, whole),
        ])
    };
    let table = Table {
        caption: "各企业年节能潜力".to_owned(),
        columns: vec![
            Column::words("企业", 5),
            Column::numbers("设备", 1),
            Column::numbers("节电 kWh", 2),
            Column::numbers("节能 kgce", 2),
            Column::numbers("占用能 %", 2),
            Column::numbers("节约 元/年", 2),
        ],
        rows: enterprises.iter().map(row).collect(),
    };
    let blocks = vec![paragraph(&text), Block::Table(table)];
    report("企业公共用能系统节能诊断汇总".to_owned(), day, blocks)
}

fn summary(enterprise: &Enterprise) -> String {
    let total = super::Total::of(std::iter::once(enterprise));
    let money = match (total.yuan, total.payback()) {
        (Some(yuan), Some(years)) => {
            format!("，每年节约 {} 元，静态回收期 {years:.1} 年", whole(yuan))
        }
        (Some(yuan), None) => format!("，每年节约 {} 元", whole(yuan)),
        (None, _) => String::new(),
    };
    format!(
        "诊断设备 {} 台（套），年可节电 {} kWh，节能 {} 千克标准煤，占这些设备用能的 {:.1}%{money}。",
        total.machines,
        whole(total.kwh),
        whole(total.coal),
        total.share() * 100.0,
    )
}

fn report(title: String, day: Day, blocks: Vec<Block>) -> Report {
    Report {
        title,
        year: day.year(),
        date: crate::report::date(day),
        day: day.to_string(),
        blocks,
        ..Report::default()
    }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph { runs: vec![Run::plain(text)] }
}

fn cells<const N: usize>(texts: [&str; N]) -> Vec<Run> {
    texts.into_iter().map(Run::plain).collect()
}

/// A whole number, as a report tells amounts.
fn whole(number: f64) -> String {
    format!("{number:.0}")
}

fn unknown() -> String {
    "—".to_owned()
}
