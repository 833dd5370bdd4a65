//! What came of a method: the same table and the same sentences as on the command line.

use maud::{Markup, html};
use rust_decimal::Decimal;

use super::super::View;
use super::super::words::{Language, Word, words};
use super::CalculatedTable;

words! {
    RESULT = "结果", "Result";
}

/// The heads of tables that are no names of their own, for readers of English.
const HEADS: &[Word] = &[
    Word("项目", "Item"),
    Word("浓度", "Concentration"),
    Word("单位", "Unit"),
    Word("由来", "How it came about"),
    Word("时期", "Period"),
    Word("指数", "Index"),
    Word("直接比", "Direct"),
    Word("连乘", "Chained"),
    Word("链漂移", "Chain drift"),
    Word("品目", "Items"),
    Word("退出", "Gone"),
    Word("新增", "New"),
    Word("贡献（百分点）", "Contributions (points)"),
    Word("能耗变化", "Change of energy"),
    Word("活动效应", "Activity effect"),
    Word("结构效应", "Structure effect"),
    Word("强度效应", "Intensity effect"),
    Word("活动 ×", "Activity ×"),
    Word("结构 ×", "Structure ×"),
    Word("强度 ×", "Intensity ×"),
    Word("能源品种", "Energy"),
    Word("消费量", "Amount"),
    Word("折标系数", "Factor"),
    Word("系数单位", "Unit of the factor"),
    Word("吨标准煤", "Tonnes of standard coal"),
    Word("断面", "Section"),
    Word("河流", "River"),
    Word("目标", "Target"),
    Word("类别", "Class"),
    Word("达标", "Complies"),
    Word("定类项目", "Deciding items"),
    Word("超标项目（倍数）", "Items above the limit (times)"),
    Word("项目数", "Items measured"),
    Word("月", "Month"),
    Word("发电量 kWh", "Energy, kWh"),
    Word("组件面辐射 kWh/m²", "Light on the plane, kWh/m²"),
    Word("水平面辐射 kWh/m²", "Light on the level, kWh/m²"),
];

fn head<'a>(view: &View, chinese: &'a str) -> (&'a str, Option<&'static str>) {
    match view.language {
        Language::Chinese => (chinese, None),
        Language::English => HEADS
            .iter()
            .find(|word| word.0 == chinese)
            .map_or((chinese, Some("zh-CN")), |word| (word.1, None)),
    }
}

pub(super) fn answers(view: &View, answers: &[CalculatedTable]) -> Markup {
    html! {
        @if !answers.is_empty() {
            section id="result" aria-labelledby="result-title" {
                h2 id="result-title" { (view.say(RESULT)) }
                @for one in answers { (answer(view, one)) }
            }
        }
    }
}

fn answer(view: &View, one: &CalculatedTable) -> Markup {
    let numeric: Vec<bool> = (0..one.grid.columns.len()).map(|at| is_numeric(one, at)).collect();
    let class = |at: usize| numeric.get(at).copied().unwrap_or_default().then_some("number");
    html! {
        @for line in &one.heading { p class="found" lang="zh-CN" { (line) } }
        @if !one.grid.columns.is_empty() {
            div class="wide-table" tabindex="0" role="region" aria-label=(view.say(RESULT)) {
                table class="stack" {
                    caption class="unseen" lang="zh-CN" { (one.heading.first().map_or("", String::as_str)) }
                    thead { tr {
                        @for (at, column) in one.grid.columns.iter().enumerate() {
                            @let (said, lang) = head(view, column);
                            th scope="col" class=[class(at)] lang=[lang] { (said) }
                        }
                    } }
                    tbody lang="zh-CN" {
                        @for row in &one.grid.rows {
                            tr {
                                @for (at, cell) in row.iter().enumerate() {
                                    @let said = one.grid.columns.get(at).map_or("", |column| head(view, column).0);
                                    @if at == 0 { th scope="row" { (cell) } }
                                    @else { td class=[class(at)] data-label=(said) { (cell) } }
                                }
                            }
                        }
                    }
                }
            }
        }
        @if !one.closing.is_empty() {
            ul class="closing" lang="zh-CN" { @for line in &one.closing { li { (line.trim()) } } }
        }
    }
}

/// Whether a column holds numbers alone, but for cells that are empty.
fn is_numeric(table: &CalculatedTable, at: usize) -> bool {
    let mut cells = table.grid.rows.iter().filter_map(|row| row.get(at)).peekable();
    let number = |cell: &String| {
        let bare = cell.trim_end_matches('%').trim_start_matches('+');
        matches!(bare, "" | "—") || bare.parse::<Decimal>().is_ok()
    };
    cells.peek().is_some() && cells.all(number)
}
