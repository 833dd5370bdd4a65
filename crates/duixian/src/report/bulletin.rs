//! The bulletin of a round (通报) as a document.

use publication::report::{Block, Column, Figures, Report, Run, Table};
use terms::Day;

use super::{date, gap, plain};
use crate::bulletin::Bulletin;

/// A bulletin as a report: who handed in when, who is late, and the figures with where they stand.
pub(crate) fn report(bulletin: &Bulletin, issuer: Option<&str>, day: Day) -> Report {
    let name = bulletin.name.strip_suffix("填报").unwrap_or(&bulletin.name);
    let mut blocks = vec![Block::Salutation { text: "各有关部门：".to_owned() }];
    blocks.push(plain(&format!(
        "现将{name}（填报时期{}，报送期限{}）的填报情况通报如下。",
        bulletin.period_name, bulletin.due
    )));
    blocks.push(Block::heading(1, "总体情况"));
    blocks.push(plain(&bulletin.summary()));
    blocks.push(Block::heading(1, "需要点名的部门"));
    let late: Vec<String> = bulletin.late().collect();
    if late.is_empty() {
        blocks.push(plain("截至通报之日，没有迟报和逾期未报的部门。"));
    } else {
        blocks.push(plain(&format!("{}。", late.join("；"))));
    }
    blocks.push(Block::heading(1, "各部门报送情况"));
    let rows: Vec<Vec<Run>> = bulletin.rows().map(|row| row.map(Run::plain).into()).collect();
    if rows.is_empty() {
        blocks.push(gap("本轮没有填报任务"));
    } else {
        let columns = vec![
            Column::words("部门", 20),
            Column::words("报表", 20),
            Column::words("报送情况", 12),
            Column::words("报送日", 15),
            Column::numbers("指标数", 9),
            Column::numbers("已审或已锁", 9),
        ];
        blocks.push(Block::Table(Table {
            caption: "各部门报送情况".to_owned(), columns, rows
        }));
    }
    Report {
        title: format!("关于{name}填报情况的通报"),
        issuer: issuer.map_or_else(|| "【缺：发文机关】".to_owned(), str::to_owned),
        region: String::new(),
        region_code: None,
        year: day.year(),
        date: date(day),
        day: day.to_string(),
        blocks,
        annexes: Vec::new(),
        figures: Figures::default(),
    }
}
