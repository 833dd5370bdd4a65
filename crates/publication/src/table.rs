//! Tables for a terminal. Chinese characters count as two columns, so that the columns stand straight.

use std::io::{self, Write};
use std::sync::Arc;

use comfy_table::{Cell, ContentArrangement, LineStyle, Table, TableStyle};
use terms::{
    AssessedStatement, Assessment, DocumentAssessment, HeadlineAssessment, IndicatorStatus, Repair,
    Role, Statement, Status,
};

use crate::labels;

/// A table of statements, wrapped to `width` columns where one is given. It is for reading: long texts are
/// shortened; the other formats give all of them.
pub fn statements<'a>(
    out: &mut impl Write,
    statements: impl IntoIterator<Item = &'a Statement>,
    width: Option<u16>,
) -> io::Result<()> {
    let mut table = plain(&["编号", "角色", "年份", "衡量对象", "数值", "主体", "引文"], width);
    let mut number = 0_usize;
    for statement in statements {
        number += 1;
        table.add_row([
            short_id(statement).to_owned(),
            role_and_strength(statement),
            statement.year.map_or(String::new(), |year| year.to_string()),
            shortened(&statement.measure, 30),
            labels::figure(statement),
            shortened(statement.entity.as_deref().unwrap_or_default(), 20),
            shortened(&statement.quote, 48),
        ]);
    }
    print(out, &table)?;
    writeln!(out, "共 {number} 条陈述")
}

/// Statements with the steps by which each was read.
pub fn explained(out: &mut impl Write, explained: &[(Statement, Vec<String>)]) -> io::Result<()> {
    for (statement, why) in explained {
        writeln!(out, "{}  {}", statement.id, statement.quote)?;
        for step in why {
            writeln!(out, "    {step}")?;
        }
    }
    Ok(())
}

/// What was repaired where: one line for each repair. `lines` gives the line of the source, from 1, for a byte
/// of it.
pub fn repairs<'a>(
    out: &mut impl Write,
    repairs: impl Iterator<Item = Repair<'a>>,
    lines: impl Fn(usize) -> usize,
    characters: impl Fn(usize) -> usize,
) -> io::Result<()> {
    writeln!(out, "源行\t源字节\t字符\t损坏\t修复前\t修复后\t依据")?;
    let mut count = 0;
    for repair in repairs {
        count += 1;
        writeln!(
            out,
            "{}\t{}-{}\t{}\t{}\t{}\t{}\t{}",
            lines(repair.source.start),
            repair.source.start,
            repair.source.end,
            characters(repair.span.start),
            labels::repair(repair.kind),
            visible(repair.before),
            visible(repair.after),
            visible(repair.proof),
        )?;
    }
    writeln!(out, "共修复 {count} 处")
}

/// The state of the plans in a ledger.
pub fn status(out: &mut impl Write, assessment: &Assessment, width: Option<u16>) -> io::Result<()> {
    writeln!(
        out,
        "台账截至 {}，文档 {} 份",
        or_dash(&assessment.as_of),
        assessment.documents.len()
    )?;
    for document in &assessment.documents {
        writeln!(out)?;
        document_status(out, document, width)?;
    }
    Ok(())
}

fn document_status(
    out: &mut impl Write,
    assessed: &DocumentAssessment,
    width: Option<u16>,
) -> io::Result<()> {
    let document = &assessed.document;
    let profile = &document.profile;
    let year = |year: Option<i32>| year.map_or("未识别".to_owned(), |year| year.to_string());
    writeln!(out, "{}", profile.title.as_deref().unwrap_or(&document.name))?;
    writeln!(
        out,
        "  地区 {} · 结果年度 {} · 计划年度 {}",
        profile.region.as_deref().unwrap_or("未识别"),
        year(profile.result_year),
        year(profile.plan_year)
    )?;
    writeln!(
        out,
        "  文件 {}（{} 字节，{}）· 编号 {} · {} 由{}导入",
        document.name,
        document.size,
        document.encoding,
        document.id,
        document.imported_at,
        document.imported_by
    )?;
    if let Some(headline) = &assessed.headline {
        headline_status(out, headline)?;
    }
    let counts = assessed.counts;
    writeln!(
        out,
        "陈述 {} 条：数值 {} · 里程碑 {} · 结果 {} · 目标 {}（力争 {}）· 背景 {} · 对应指标 {}",
        counts.statements,
        counts.quantities,
        counts.milestones,
        counts.results,
        counts.targets,
        counts.aims,
        counts.context,
        counts.linked
    )?;
    targets(out, &assessed.statements, width)?;
    lost(out, &assessed.statements)?;
    if !document.repairs.is_empty() {
        let kinds: Vec<String> = document
            .repairs
            .iter()
            .map(|(kind, number)| format!("{} {number}", labels::repair(*kind)))
            .collect();
        writeln!(out, "文本修复：{}", kinds.join(" · "))?;
    }
    Ok(())
}

fn headline_status(out: &mut impl Write, headline: &HeadlineAssessment) -> io::Result<()> {
    let declared = headline.declared.map_or(String::new(), |declared| format!(" {declared} 项"));
    writeln!(
        out,
        "主要指标{declared}：{} {} · {} {} · {} {}",
        labels::outcome(Status::Met),
        headline.met,
        labels::outcome(Status::Missed),
        headline.short,
        labels::outcome(Status::NoData),
        headline.no_data
    )?;
    let exceptions = headline.indicators.iter().filter(|indicator| indicator.status != Status::Met);
    for indicator in exceptions {
        let name = &indicator.name;
        writeln!(
            out,
            "  {}  {name}{}",
            labels::outcome(indicator.status),
            because(&indicator.reason)
        )?;
    }
    for indicator in headline.indicators.iter().filter(|indicator| !indicator.facets.is_empty()) {
        writeln!(out, "  分项    {}：{}", indicator.name, facets(indicator))?;
    }
    headline.disagreements.iter().try_for_each(|line| writeln!(out, "  注意    {line}"))
}

/// The facets of an indicator in one line.
pub(crate) fn facets(indicator: &IndicatorStatus) -> String {
    let facets = indicator.facets.iter().map(|facet| {
        let (name, status) = (labels::facet(facet.facet), labels::outcome(facet.status));
        format!("{name}{status}{}", because(&facet.reason))
    });
    facets.collect::<Vec<_>>().join("；")
}

/// The targets by section, each with what a later report says of it.
fn targets(
    out: &mut impl Write,
    statements: &[AssessedStatement],
    width: Option<u16>,
) -> io::Result<()> {
    let mut sections: Vec<(&[Arc<str>], Vec<&AssessedStatement>)> = Vec::new();
    for assessed in statements.iter().filter(|assessed| assessed.statement.role == Role::Target) {
        let section = &*assessed.statement.section;
        match sections.iter_mut().find(|(known, _)| *known == section) {
            Some((_, members)) => members.push(assessed),
            None => sections.push((section, vec![assessed])),
        }
    }
    if sections.is_empty() {
        return Ok(());
    }
    let shown = [Status::Met, Status::Missed, Status::NotComparable, Status::Open];
    let mut header = vec!["章节", "目标"];
    header.extend(shown.map(labels::status));
    let mut table = plain(&header, width);
    for (section, members) in &sections {
        let number = |status| members.iter().filter(|member| member.status == status).count();
        let name = section.last().map_or("（无标题）", |last| last);
        let mut row = vec![name.to_owned(), members.len().to_string()];
        row.extend(shown.map(|status| number(status).to_string()));
        table.add_row(row);
    }
    writeln!(out, "各章节的目标：")?;
    print(out, &table)?;
    let judged = sections.iter().flat_map(|(_, members)| members);
    for assessed in judged.filter(|assessed| assessed.status != Status::Open) {
        let statement = &assessed.statement;
        let status = labels::status(assessed.status);
        let reason = assessed.reason.as_deref().unwrap_or_default();
        writeln!(out, "  {status}  {} {}：{reason}", statement.id, statement.measure)?;
    }
    Ok(())
}

/// The numbers of which the source lost a digit.
fn lost(out: &mut impl Write, statements: &[AssessedStatement]) -> io::Result<()> {
    let lost: Vec<&Statement> = statements
        .iter()
        .map(|assessed| &assessed.statement)
        .filter(|one| labels::lost(one))
        .collect();
    if lost.is_empty() {
        return Ok(());
    }
    writeln!(out, "来源缺失数字的陈述 {} 条（〓 为缺失，不作推测）：", lost.len())?;
    lost.iter().try_for_each(|statement| {
        let (id, measure) = (&statement.id, &statement.measure);
        writeln!(out, "  {id} {measure} {}", labels::figure(statement))
    })
}

fn because(reason: &Option<String>) -> String {
    reason.as_ref().map_or(String::new(), |reason| format!("（{reason}）"))
}

fn or_dash(text: &str) -> &str {
    if text.is_empty() { "—" } else { text }
}

/// The number of a statement within its document.
fn short_id(statement: &Statement) -> &str {
    statement.id.split_once('-').map_or(&*statement.id, |(_, number)| number)
}

fn role_and_strength(statement: &Statement) -> String {
    let role = labels::role(statement.role);
    match statement.modality {
        Some(terms::Modality::Aim) => format!("{role}({})", labels::modality(terms::Modality::Aim)),
        _ => role.to_owned(),
    }
}

/// A text of at most `characters` characters.
pub(crate) fn shortened(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// Control characters made visible, so that a line stays a line.
fn visible(text: &str) -> String {
    text.chars()
        .flat_map(|character| {
            let escaped = character.is_control().then(|| character.escape_default());
            let plain = escaped.is_none().then_some(character);
            escaped.into_iter().flatten().chain(plain)
        })
        .collect()
}

/// A table without borders: the width of line-drawing characters differs between Chinese terminals.
pub(crate) fn plain(header: &[&str], width: Option<u16>) -> Table {
    let mut table = Table::new();
    table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('-')));
    table.set_header(header.iter().map(Cell::new));
    table.force_no_tty();
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table
}

pub(crate) fn print(out: &mut impl Write, table: &Table) -> io::Result<()> {
    table.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}
