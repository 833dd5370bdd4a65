//! The documents that can be made of the ledger, each with a form that leads to the file.

use maud::{Markup, html};
use terms::{Day, Round};

use super::desk::Names;
use super::layout::{self, Frame, Room};
use super::words::{REPORTS, Word, words};
use super::{Address, View};

words! {
    HINT = "由台账起草，只写台账知道的；缺的以【缺：…】标出，由起草人补。", "Drafted from the ledger, which tells only what it knows; what is missing stands in brackets for the author to add.";
    EXECUTION = "计划执行情况报告", "Execution report";
    EXECUTION_HINT = "公文格式的 Word 文档、带公式的工作簿，或 PDF。", "A Word document in official layout, a workbook with formulas, or a PDF.";
    REGION = "地区", "Region";
    YEAR = "年度", "Year";
    LATEST = "最近一年", "The latest";
    AS_KNOWN_ON = "按此日所知", "As known on";
    SOURCES = "每个数注明来源（脚注或批注）", "Each figure with its source (footnotes or comments)";
    BULLETINS = "填报通报", "Bulletins of rounds";
    NO_ROUNDS = "台账里还没有填报轮次。", "The ledger has no round yet.";
    ROUND = "轮次", "Round";
    PERIOD = "时期", "Period";
    DUE = "期限", "Due";
    TEMPLATE = "Word 模板", "Word template";
    TEMPLATE_HINT = "下载后在 Word 里改样式、页面和页眉页脚，再用 duixian report --template 生成。", "Edit styles, page, headers and footers in Word, then give it back by duixian report --template.";
    DOWNLOAD = "下载", "Download";
    NOTHING = "台账里还没有目标和报告，写不出执行情况报告。", "There are neither targets nor reports in the ledger to report on.";
}

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct ReportsPage<'a> {
    /// Regions that can be reported on, by code; the first is chosen.
    pub regions: &'a [String],
    /// Names of regions.
    pub names: &'a Names,
    /// Years that can be reported on, the latest first.
    pub years: &'a [i16],
    /// Today, the last day that may be asked for.
    pub today: Day,
    /// Whether there is anything to report on.
    pub any: bool,
    /// How files of the execution report end.
    pub endings: &'a [&'a str],
    /// The rounds, the latest first.
    pub rounds: &'a [Round],
}

/// The page `/reports`.
pub fn reports(view: &View, page: &ReportsPage<'_>) -> String {
    let title = view.say(REPORTS);
    let body = html! {
        h1 { (title) }
        p class="quiet" { (view.say(HINT)) }
        h2 { (view.say(EXECUTION)) }
        @if page.any { (execution(view, page)) } @else { p class="none" { (view.say(NOTHING)) } }
        h2 { (view.say(BULLETINS)) }
        @if page.rounds.is_empty() { p class="none" { (view.say(NO_ROUNDS)) } } @else { (bulletins(view, page.rounds)) }
        h2 { (view.say(TEMPLATE)) }
        p class="quiet" { (view.say(TEMPLATE_HINT)) }
        p { a class="more" href="/reports/template" { (view.say(DOWNLOAD)) " .docx" } }
    };
    layout::page(view, Frame { title, room: Room::Reports, about: None, body })
}

fn execution(view: &View, page: &ReportsPage<'_>) -> Markup {
    let field = |name: &str, word: Word, input: Markup| {
        html! { div class="field" { label for=(name) { (view.say(word)) } (input) } }
    };
    html! {
        p class="quiet" { (view.say(EXECUTION_HINT)) }
        form class="filter standing-filter" method="get" action="/reports/execution" {
            @if page.regions.len() > 1 {
                (field("region", REGION, html! {
                    select id="region" name="region" {
                        @for code in page.regions {
                            option value=(code) lang="zh-CN" { (page.names.get(code).unwrap_or(code)) }
                        }
                    }
                }))
            }
            (field("year", YEAR, html! {
                select id="year" name="year" {
                    option value="" { (view.say(LATEST)) }
                    @for year in page.years { option value=(year) { (year) } }
                }
            }))
            (field("as_of", AS_KNOWN_ON, html! {
                input id="as_of" type="date" name="as_of" value=(page.today) max=(page.today);
            }))
            div class="field" {
                label for="sources" { input id="sources" type="checkbox" name="sources" value="footnotes"; " " (view.say(SOURCES)) }
            }
            @for ending in page.endings {
                button name="format" value=(ending) { (view.say(DOWNLOAD)) " ." (ending) }
            }
        }
    }
}

fn bulletins(view: &View, rounds: &[Round]) -> Markup {
    html! {
        table class="stack" {
            caption class="unseen" { (view.say(BULLETINS)) }
            thead { tr {
                th scope="col" { (view.say(ROUND)) }
                th scope="col" { (view.say(PERIOD)) }
                th scope="col" { (view.say(DUE)) }
                th scope="col" { (view.say(DOWNLOAD)) }
            } }
            tbody {
                @for round in rounds {
                    tr {
                        th scope="row" lang="zh-CN" { (round.name) }
                        td data-label=(view.say(PERIOD)) lang="zh-CN" { (round.period.chinese()) }
                        td data-label=(view.say(DUE)) { time datetime=(round.due) { (round.due) } }
                        td data-label=(view.say(DOWNLOAD)) {
                            a href=(Address::new("/reports/bulletin").with("round", round.code.as_str())) {
                                ".docx" span class="unseen" { " " (round.name) }
                            }
                        }
                    }
                }
            }
        }
    }
}
