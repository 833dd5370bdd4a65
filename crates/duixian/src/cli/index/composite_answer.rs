//! A family of composite indices as table, values and JSON.

use methods::composite::{Choice, Column, Outcome, Sensitivity};
use methods::ranking::{Order, Ties, places};
use publication::grid::Grid;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::composite::Computed;
use crate::cli::regional::{Answer, Records, plain, shown};

/// The answer in every form.
pub(super) fn answer(computed: &Computed) -> Answer {
    let Computed { file, table, family, .. } = computed;
    let indices: Vec<Value> = file
        .index
        .iter()
        .zip(&family.members)
        .map(|(index, outcome)| {
            let indicators = index.indicator.iter().map(|one| {
                json!({ "code": one.code, "name": one.name, "weight": one.weight.0.to_string(), "better": one.better })
            });
            json!({
                "code": index.code,
                "name": index.name,
                "weight": index.weight.0.to_string(),
                "indicators": indicators.collect::<Vec<_>>(),
                "series": series(&table.rows, outcome),
            })
        })
        .collect();
    let changed: Vec<Value> = family
        .changed
        .iter()
        .map(|one| {
            let index = file.index.get(one.member);
            json!({
                "index": index.map(|index| &index.code),
                "indicator": index.and_then(|index| index.indicator.get(one.indicator)).map(|one| &one.code),
                "row": table.rows.get(one.row),
                "was": one.was.map(|was| was.normalize().to_string()),
                "now": plain(one.now),
            })
        })
        .collect();
    let sensitivity = computed.sensitivity.as_ref();
    let json = json!({
        "name": file.name,
        "base": file.base,
        "scale": file.scale,
        "within": file.within,
        "across": file.across,
        "missing": file.missing,
        "rows": table.rows,
        "indices": indices,
        "overall": series(&table.rows, &family.whole),
        "changed": changed,
        "unused_columns": table.unused,
        "sensitivity": sensitivity.map(|found| of_sensitivity(&table.rows, found)),
    });
    let base = file.base.as_ref().filter(|_| file.scale == "ratio");
    let base = base.map_or_else(String::new, |base| format!(" · {base} = 100"));
    Answer {
        heading: vec![format!("{}{base}", file.name)],
        grid: grid(computed),
        closing: closing(computed),
        json,
        records: Records::of(
            &["overall"],
            &[("row", "/row"), ("index", "/index"), ("rank", "/rank"), ("coverage", "/coverage")],
        ),
    }
}

fn ranks(numbers: &Column) -> Vec<Option<usize>> {
    places(numbers, Order::HighestFirst, Ties::Competition)
}

fn series(rows: &[String], outcome: &Outcome) -> Vec<Value> {
    let ranks = ranks(&outcome.numbers);
    rows.iter()
        .zip(&outcome.numbers)
        .zip(&outcome.coverage)
        .zip(ranks)
        .map(|(((row, number), coverage), rank)| {
            json!({ "row": row, "index": number.map(plain), "rank": rank, "coverage": plain(*coverage) })
        })
        .collect()
}

fn of_sensitivity(rows: &[String], found: &Sensitivity) -> Value {
    let bands = rows.iter().zip(&found.bands).map(|(row, band)| {
        json!({
            "row": row,
            "rank": band.and_then(|band| band.usual),
            "rank_5": band.map(|band| band.low),
            "rank_median": band.map(|band| band.median),
            "rank_95": band.map(|band| band.high),
            "placed": band.map_or(0, |band| band.placed),
        })
    });
    let effects = found.effects.iter().map(|(choice, effect)| {
        let share = |share: f64| format!("{share:.4}");
        json!({ "choice": name(*choice), "S1": share(effect.first), "ST": share(effect.total) })
    });
    json!({
        "runs": found.runs,
        "mean_rank_shift": format!("{:.4}", found.shift),
        "ranks": bands.collect::<Vec<_>>(),
        "effects": effects.collect::<Vec<_>>(),
    })
}

/// A choice by the word that the file has for it.
fn name(choice: Choice) -> &'static str {
    match choice {
        Choice::Scale => "scale",
        Choice::Aggregation => "aggregation",
        Choice::Gap => "missing",
        Choice::Weights => "weights",
    }
}

fn grid(computed: &Computed) -> Grid {
    let Computed { file, table, family, sensitivity } = computed;
    let mut grid = Grid::of(&["行"]);
    grid.columns.extend(file.index.iter().map(|index| index.name.clone()));
    grid.columns.extend(["总指数", "名次", "有数"].map(str::to_owned));
    if sensitivity.is_some() {
        grid.columns.push("名次 5%—中位—95%".to_owned());
    }
    let number = |outcome: &Outcome, row: usize| {
        let known: Option<Decimal> = outcome.numbers.get(row).copied().flatten();
        known.map_or_else(|| "—".to_owned(), |number| shown(number.round_dp(2)))
    };
    let ranks = ranks(&family.whole.numbers);
    for (row, written) in table.rows.iter().enumerate() {
        let mut cells = vec![written.clone()];
        cells.extend(family.members.iter().map(|member| number(member, row)));
        cells.push(number(&family.whole, row));
        let rank = ranks.get(row).copied().flatten();
        cells.push(rank.map_or_else(|| "—".to_owned(), |rank| rank.to_string()));
        let coverage = family.whole.coverage.get(row).copied().unwrap_or_default();
        cells.push(format!("{}%", (coverage * Decimal::ONE_HUNDRED).round_dp(1).normalize()));
        if let Some(found) = sensitivity {
            let band = found.bands.get(row).copied().flatten();
            cells.push(band.map_or_else(
                || "—".to_owned(),
                |band| format!("{}—{}—{}", band.low, band.median, band.high),
            ));
        }
        grid.rows.push(cells);
    }
    grid
}

fn closing(computed: &Computed) -> Vec<String> {
    let Computed { file, table, family, sensitivity } = computed;
    let mut lines = Vec::new();
    let filled = family.changed.iter().filter(|one| one.was.is_none()).count();
    let drawn = family.changed.len() - filled;
    if drawn > 0 {
        lines.push(format!("收拢的离群值 {drawn} 个（偏度超过 ±2 且峰度超过 3.5 的指标）"));
    }
    let whole = family.whole.coverage.iter().all(|share| *share == Decimal::ONE);
    if !whole {
        lines.push(format!(
            "有缺数，规则 {}：补上 {filled} 个；“有数”是实有数据的权重份额",
            file.missing
        ));
    }
    if !table.unused.is_empty() {
        lines.push(format!("没有用到的列：{}", table.unused.join("、")));
    }
    if let Some(found) = sensitivity {
        lines.push(format!("名次平均变动 {:.2} 位（{} 次模拟）", found.shift, found.runs));
        for (choice, effect) in &found.effects {
            let what = match choice {
                Choice::Scale => "标准化方法",
                Choice::Aggregation => "合成方法",
                Choice::Gap => "缺数规则",
                Choice::Weights => "权重",
            };
            let (first, total) = (effect.first, effect.total);
            lines.push(format!("{what}：单独解释 {first:.2}（S1），连同交互 {total:.2}（ST）"));
        }
    }
    lines
}
