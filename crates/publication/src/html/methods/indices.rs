//! Methods of price indices and of composite ones.

use super::super::words::Word;
use super::Calculator;
use super::note::{Group, Note};

pub(super) const NOTES: Group = Group {
    key: "indices",
    name: Word("指数", "Indices"),
    notes: &[
        Note {
            key: "price-index",
            name: Word("价格指数", "Price index"),
            does: Word(
                "由各品目的价格和数量算指数：直接与基期比、逐期相连，或各期互比（GEKS）；链漂移，新旧品目，各品目的贡献。",
                "An index of items' prices and quantities: against the base, in a chain, or all periods at once (GEKS); chain drift, items that came and went, what each adds.",
            ),
            source: Word(
                "国际劳工组织等《消费者价格指数手册》（2020；理论版 2004，第 15—19 章）",
                "ILO and others, Consumer Price Index Manual (2020; theory 2004, chapters 15–19)",
            ),
            units: Word(
                "任一货币，各期相同；指数以基期为 100",
                "Any one currency, the same in all periods; the index has 100 in the base (以基期为 100)",
            ),
            range: Word(
                "价格大于零，数量不小于零，至少两个时期有共同的品目",
                "Prices above zero, quantities not below it, items in common between the periods",
            ),
            command: "duixian index price",
            formula: "",
            page: Some(Calculator::PriceIndex),
        },
        Note {
            key: "composite",
            name: Word("合成指数", "Composite index"),
            does: Word(
                "按配置把指标标准化、加权、合成为一族指数；离群值、缺数、敏感性。",
                "Indicators scaled, weighted and put together into a family of indices after a file; outliers, gaps, sensitivity.",
            ),
            source: Word(
                "OECD 与 JRC《合成指标编制手册》（2008）；Sobol 份额按 Saltelli 等 2010",
                "OECD and JRC, Handbook on Constructing Composite Indicators (2008); Sobol shares after Saltelli et al. 2010",
            ),
            units: Word(
                "各指标自己的单位；指数无单位",
                "Each indicator its own; the index has none",
            ),
            range: Word(
                "几何、调和平均要求分数大于零；收拢离群值仅当偏度超过 ±2 且超额峰度超过 3.5",
                "Geometric and harmonic means need scores above zero; outliers are drawn in only beyond a skewness of ±2 and an excess kurtosis of 3.5",
            ),
            command: "duixian index composite",
            formula: "",
            page: None,
        },
    ],
};
