//! Methods that compare, share out and balance.

use super::super::words::Word;
use super::note::{Group, Note};

pub(super) const NOTES: Group = Group {
    key: "comparing",
    name: Word("比较与分配", "Comparing and sharing out"),
    notes: &[
        Note {
            key: "progress",
            name: Word("是否完成", "Whether a promise is kept"),
            does: Word(
                "结果与承诺都是范围：在内为完成，不相交为未完成，其余未定。",
                "Result and promise are ranges: kept where inside, broken where apart, else undecided.",
            ),
            source: Word(
                "区间的逻辑，不作其他假定",
                "Logic of intervals, and no assumption beside it",
            ),
            units: Word("指标的单位，能换算即可", "The indicator's unit, or what converts to it"),
            range: Word("可比的口径", "Figures of one definition"),
            command: "duixian assess",
            formula: "",
            page: None,
        },
        Note {
            key: "ranking",
            name: Word("位次", "Places"),
            does: Word(
                "标准竞赛位次（1224）或紧密位次（1223），及其变动。",
                "Standard competition places (1224) or dense ones (1223), and how they moved.",
            ),
            source: Word("竞赛排名的通行规则", "The usual rules of competition ranking"),
            units: Word("第几位", "Places from the first"),
            range: Word("缺数的不排", "What is missing has no place"),
            command: "duixian rank",
            formula: "",
            page: None,
        },
        Note {
            key: "classes",
            name: Word("地图分级", "Classes of a map"),
            does: Word(
                "按分位数分级，相等的数不拆开。",
                "Classes by quantiles; equal numbers are never parted.",
            ),
            source: Word(
                "Slocum 等《专题制图与地理可视化》",
                "Slocum et al., Thematic Cartography and Geovisualization",
            ),
            units: Word("指标的单位", "The indicator's unit"),
            range: Word("至少两个不同的数", "At least two different numbers"),
            command: "",
            formula: "",
            page: None,
        },
        Note {
            key: "scoring",
            name: Word("考核得分", "Scores"),
            does: Word(
                "由数值得分，按权重树合成；没测到的不作零，权重改变时名次是否稳。",
                "Points from values, totals from a tree of weights; what is not measured is not nought; whether places stand when weights change.",
            ),
            source: Word("OECD 与 JRC 2008，步骤 3—7", "OECD and JRC 2008, steps 3 to 7"),
            units: Word("分", "Points"),
            range: Word("权重不小于零，合计大于零", "Weights not below zero, their sum above it"),
            command: "duixian appraise",
            formula: "",
            page: None,
        },
        Note {
            key: "apportion",
            name: Word("分解", "Parts of a total"),
            does: Word(
                "总数按比例分给各部分，限在上下界内，修约后仍恰好相加。",
                "A total in proportional parts within bounds that add up exactly after rounding.",
            ),
            source: Word("最大余数法（Hare、Niemeyer）", "Largest remainders (Hare and Niemeyer)"),
            units: Word("指标的单位", "The indicator's unit"),
            range: Word("各界之和容得下总数", "Bounds that leave room for the total"),
            command: "duixian decompose",
            formula: "",
            page: None,
        },
        Note {
            key: "balance",
            name: Word("平衡", "Balance"),
            does: Word(
                "使一组数符合线性条件而偏离最少；不能都符合时，指出互相矛盾的条件。",
                "Numbers that keep linear conditions and depart least; where none do, which conditions contradict each other.",
            ),
            source: Word(
                "整数线性规划；Chinneck、Dravnieks 1991；Brown、Graves 1975",
                "Integer linear programming; Chinneck and Dravnieks 1991; Brown and Graves 1975",
            ),
            units: Word("各数自己的单位和步长", "Each number its own unit and step"),
            range: Word(
                "线性的条件；答案以精确小数核对",
                "Linear conditions; the answer is checked in exact decimals",
            ),
            command: "duixian propose",
            formula: "",
            page: None,
        },
    ],
};
