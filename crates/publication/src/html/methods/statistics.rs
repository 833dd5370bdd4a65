//! Methods of series and forecasts.

use super::super::words::Word;
use super::note::{Group, Note};

pub(super) const NOTES: Group = Group {
    key: "series",
    name: Word("序列与预测", "Series and forecasts"),
    notes: &[
        Note {
            key: "growth",
            name: Word("同比增长", "Growth on the year before"),
            does: Word(
                "增速与水平互相推算；公布的增速不由两个水平改正。",
                "Growth and level implied by each other; a published growth is never corrected by two levels.",
            ),
            source: Word(
                "国家统计局：同比增长速度 = 本期数 ÷ 上年同期数 − 1",
                "National Bureau of Statistics: this period over that of the year before, less one",
            ),
            units: Word(
                "水平用指标的单位，增速为 %",
                "Levels in the indicator's unit, growth in %",
            ),
            range: Word("基数大于零", "A base above zero"),
            command: "duixian formula eval",
            formula: "增速 现价增速 可比价增速 不变价 单月增速",
            page: None,
        },
        Note {
            key: "accumulation",
            name: Word("累计与单月", "From accumulated figures to months"),
            does: Word(
                "由一月起的累计数得单月；一、二月合在一起。",
                "Single months from figures that run from January; January and February stay together.",
            ),
            source: Word(
                "国家统计局公布序列的方式",
                "How the National Bureau of Statistics publishes its series",
            ),
            units: Word("指标的单位", "The indicator's unit"),
            range: Word("流量指标；比重不能相减", "Flows; shares cannot be subtracted"),
            command: "duixian formula eval",
            formula: "单月 累计",
            page: None,
        },
        Note {
            key: "pace",
            name: Word("年均速度", "Yearly pace"),
            does: Word(
                "平均发展速度（水平法、累计法），和以后目标要求的速度。",
                "Mean development rate by the last level or by the sum, and the pace that a later target asks for.",
            ),
            source: Word(
                "国家统计局的平均发展速度",
                "Mean development rate as the National Bureau of Statistics teaches it",
            ),
            units: Word("% 每年；比重为百分点每年", "% a year; points a year for shares"),
            range: Word(
                "两端大于零；增速本身不平均",
                "Both ends above zero; growth rates are never averaged",
            ),
            command: "duixian propose",
            formula: "年均增速",
            page: None,
        },
        Note {
            key: "forecast",
            name: Word("预测与完成的可能", "Forecast and chance"),
            does: Word(
                "指数平滑的全部状态空间模型，加权合成，给出年底完成目标的可能。",
                "Exponential smoothing in its full state-space family, blended, with the chance of meeting a year's target.",
            ),
            source: Word(
                "Hyndman、Koehler、Ord、Snyder 2008",
                "Hyndman, Koehler, Ord and Snyder 2008",
            ),
            units: Word("指标的单位；可能为 %", "The indicator's unit; chances in %"),
            range: Word(
                "等距的月、季或年；过短的序列用简单模型或不预测",
                "Even months, quarters or years; short series get simple models or none",
            ),
            command: "duixian forecast",
            formula: "",
            page: None,
        },
        Note {
            key: "outlier",
            name: Word("离群点", "Outliers"),
            does: Word(
                "修正的 z 值：用中位数和绝对离差的中位数。",
                "The modified z-score, by median and median absolute deviation.",
            ),
            source: Word("Iglewicz、Hoaglin 1993", "Iglewicz and Hoaglin 1993"),
            units: Word(
                "无单位；绝对值大于 3.5 可疑",
                "No unit; beyond 3.5 in absolute value a point is doubtful",
            ),
            range: Word("至少 5 个其他点", "At least 5 other points"),
            command: "duixian formula eval",
            formula: "稳健z",
            page: None,
        },
    ],
};
