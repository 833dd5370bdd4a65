//! Indicators field by field, a sentence each, and what the next year's plan asks for.

use publication::report::{Block, IndicatorLine, Run, Sourced};
use rust_decimal::Decimal;
use terms::{Comparator, Indicator, Status, Target, TargetFacet};

use super::gap;
use super::ground::Ground;
use super::words;
use super::works::Works;

/// A heading for each field of work, and under it what became of its targets.
pub(super) fn blocks(ground: &Ground, lines: &[IndicatorLine], works: &Works) -> Vec<Block> {
    let mut blocks = Vec::new();
    // Without targets the report's own sections tell of the indicators.
    if ground.standings.is_empty() {
        return blocks;
    }
    let mut field = "";
    let mut runs: Vec<Run> = Vec::new();
    for line in lines {
        if line.group != field {
            flush(&mut blocks, &mut runs);
            field = &line.group;
            blocks.push(Block::heading(2, if field.is_empty() { "其他" } else { field }));
        }
        runs.extend(sentence(line));
        if line.status == Some(Status::Missed) {
            runs.push(
                works
                    .cause(line, ground)
                    .unwrap_or_else(|| Run::missing(&format!("{}未达目标的原因", line.name))),
            );
        }
    }
    flush(&mut blocks, &mut runs);
    blocks
}

fn flush(blocks: &mut Vec<Block>, runs: &mut Vec<Run>) {
    if !runs.is_empty() {
        blocks.push(Block::Paragraph { runs: std::mem::take(runs) });
    }
}

fn sentence(line: &IndicatorLine) -> Vec<Run> {
    let status = line.status.map_or("", words::sentence);
    let Some((comparator, result)) = &line.result else {
        let why = line.reason.trim_end_matches('。');
        return vec![
            Run::plain(line.name.as_str()),
            Run::missing(&format!("完成数，{why}")),
            Run::plain("。"),
        ];
    };
    let number = words::spoken(*comparator, &result.value.to_string(), &line.unit);
    let figure = match (line.name.strip_suffix("增速"), result.value.exact()) {
        (Some(name), Some(value)) if line.unit == "%" && value < Decimal::ZERO => {
            format!("{name}下降{}%", -value)
        }
        (Some(name), Some(_)) if line.unit == "%" => format!("{name}增长{number}"),
        _ => format!("{}{number}", line.name),
    };
    let part = if line.part.is_empty() { String::new() } else { format!("{}，", line.part) };
    let mut runs = vec![Run::from(format!("{part}{figure}"), result.source.clone())];
    if let Some((comparator, target)) = &line.target {
        let asked = words::spoken(*comparator, &range(target), &line.unit);
        runs.push(Run::from(format!("（年度目标为{asked}）"), target.source.clone()));
    }
    if let Some(growth) = line.growth {
        let base = line.previous.as_ref().map_or(String::new(), |known| known.source.clone());
        let course = if growth < Decimal::ZERO { "下降" } else { "增长" };
        runs.push(Run::from(
            format!("，按公布数计算比上年同期{course}{}%", growth.abs()),
            format!("本年数与上年数之比；上年数：{base}"),
        ));
    }
    runs.push(Run::from(format!("，{status}。"), line.reason.clone()));
    runs
}

fn range(known: &Sourced) -> String {
    match &known.upper {
        Some(upper) => format!("{}—{upper}", known.value),
        None => known.value.to_string(),
    }
}

/// What the adopted targets of the next year ask for.
pub(super) fn next(ground: &Ground) -> Vec<Block> {
    if !ground.is_over() && ground.next.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::heading(2, "主要预期目标")];
    if ground.next.is_empty() {
        // Targets of a report without targets in the ledger are told section by section.
        if ground.knows_next() {
            return Vec::new();
        }
        blocks.push(gap(&format!("{}年主要预期目标", ground.year + 1)));
        return blocks;
    }
    let catalogue = statement::catalogue();
    let mut runs = vec![Run::plain(format!("{}年经济社会发展的主要预期目标是：", ground.year + 1))];
    let last = ground.next.len() - 1;
    for (number, target) in ground.next.iter().enumerate() {
        let name = Indicator::named(&catalogue, &target.indicator)
            .map_or(target.indicator.as_str(), |own| own.name.as_str());
        let end = if number == last { "。" } else { "；" };
        let source = format!("目标 {}", target.code);
        runs.push(Run::from(format!("{}{end}", asked(name, target, ground)), source));
    }
    blocks.push(Block::Paragraph { runs });
    blocks
}

fn asked(name: &str, target: &Target, ground: &Ground) -> String {
    let bound = target.on(ground.as_of);
    let number = match bound.upper {
        Some(upper) => format!("{}—{upper}", bound.value),
        None => bound.value.to_string(),
    };
    let unit = target.unit.as_str();
    let falls = target.facet == TargetFacet::Growth && bound.value < Decimal::ZERO;
    if falls && bound.upper.is_none() {
        let comparator = target.comparator.mirrored();
        let number = (-bound.value).to_string();
        return format!("{name}下降{}", words::spoken(comparator, &number, unit));
    }
    let number = words::spoken(target.comparator, &number, unit);
    match target.facet {
        TargetFacet::Growth => format!("{name}增长{number}"),
        TargetFacet::Increment if !name.contains("新增") => format!("新增{name}{number}"),
        TargetFacet::Rank => format!("{name}位次{number}"),
        TargetFacet::Level if target.comparator == Comparator::Equal => {
            format!("{name}达到{number}")
        }
        TargetFacet::Level | TargetFacet::Increment => format!("{name}{number}"),
    }
}
