//! The words of the pages on indicators, Chinese and English side by side.

use terms::{Better, Comparator, TargetFacet};

use super::super::words::{Language, Word, words};

words! {
    RANK_BESIDE = "同级名次（水平）", "Rank among siblings, by level";
    STANDINGS = "指标完成情况", "Where the indicators stand";
    AS_KNOWN_ON = "按此日所知", "As known on";
    YEAR_OF_TARGETS = "年度", "Year";
    ONLY = "只看", "Only";
    EVERY = "全部", "All";
    TARGET = "目标", "Target";
    NOW = "现在", "Now";
    EXPECTED = "此时应为", "Expected by now";
    YEAR_END = "年底预计", "Year's end";
    WHY = "依据", "Why";
    NO_STANDINGS = "还没有已下达的目标。", "No target has been adopted yet.";
    NO_STANDINGS_HINT = "录入目标并下达之后，这里逐项说明站在哪里、为什么。", "Once targets are entered and adopted, this page tells where each stands, and why.";
    NONE_OF_STATUS = "没有这种状态的指标。", "No indicator stands there.";
    ENTER_TARGETS = "录入目标", "Enter targets";
    COURSE = "走势", "Course";
    FIGURES = "数据", "Figures";
    VINTAGES = "发布与修订", "Publications and revisions";
    PERIOD_OF = "时期", "Period";
    PUBLISHED = "发布日", "Published";
    VALUE_OF = "数值", "Value";
    FROM = "来源", "Source";
    DOWNLOAD = "下载数据", "Download";
    PARTS = "公式所用指标", "Indicators in the formula";
    TOLD = "报告怎么说", "What reports say";
    DEFINITION = "定义", "Definition";
    BREAKS = "口径变化", "Changes of definition";
    THIS_YEAR = "本年", "this year";
    LAST_YEAR = "上年", "last year";
    PATH = "达到目标的进度", "path to the target";
    FAN = "年底80%区间", "80 % interval of the year's end";
    CHART_NONE = "没有可画的逐月数据。", "There are no figures within the year to draw.";
    LEVEL = "水平", "Level";
    GROWTH = "增速", "Growth";
    BETTER = "方向", "Better";
    NO_FIGURES = "还没有数据。", "There are no figures yet.";
}

/// A facet of a target.
pub(super) fn facet(facet: TargetFacet) -> Word {
    match facet {
        TargetFacet::Level => LEVEL,
        TargetFacet::Growth => GROWTH,
        TargetFacet::Increment => Word("增量", "Increment"),
        TargetFacet::Rank => Word("位次", "Rank"),
    }
}

/// Where an indicator improves.
pub(super) fn better(better: Better) -> Word {
    match better {
        Better::Higher => Word("越高越好", "higher is better"),
        Better::Lower => Word("越低越好", "lower is better"),
        Better::Within => Word("适度为好", "a corridor is best"),
    }
}

/// A bound in words, with its unit.
pub(super) fn bound(
    (comparator, value, upper): (Comparator, String, Option<String>),
    unit: &str,
    language: Language,
) -> String {
    let number = format!("{value}{unit}");
    match (language, comparator) {
        (_, Comparator::Range) => upper.map_or(number, |upper| format!("{value}—{upper}{unit}")),
        (Language::Chinese, Comparator::AtLeast) => format!("{number}以上"),
        (Language::Chinese, Comparator::AtMost) => format!("{number}以内"),
        (Language::Chinese, Comparator::Above) => format!("超过{number}"),
        (Language::Chinese, Comparator::Below) => format!("低于{number}"),
        (Language::Chinese, Comparator::About) => format!("{number}左右"),
        (Language::English, Comparator::AtLeast) => format!("≥ {number}"),
        (Language::English, Comparator::AtMost) => format!("≤ {number}"),
        (Language::English, Comparator::Above) => format!("> {number}"),
        (Language::English, Comparator::Below) => format!("< {number}"),
        (Language::English, Comparator::About) => format!("≈ {number}"),
        (_, Comparator::Equal) => number,
    }
}
