//! The rules that hold where nobody has written others.

use terms::{Indicator, RuleSeverity, ValidationRule};

use crate::formula::{Formula, Names};

/// A rule that comes with the program; its fields are those of [`ValidationRule`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DefaultRule {
    /// Stable code.
    pub code: &'static str,
    /// The Chinese name that is shown.
    pub name: &'static str,
    /// The figures that it holds for.
    pub scope: &'static str,
    /// The condition.
    pub formula: &'static str,
    /// What becomes of a figure that breaks it.
    pub severity: RuleSeverity,
    /// What is wrong with a figure that breaks it.
    pub explanation: &'static str,
}

/// The rules that come with the program, in the order in which they are held against a figure.
///
/// Sums of parts are only those that hold by definition; where definitions leave a remainder (the repair of metal
/// products belongs to industry but not to the secondary sector), a wider tolerance stands in the formula.
pub const DEFAULT_RULES: &[DefaultRule] = &[
    DefaultRule {
        code: "share-range",
        name: "比重在 0 到 100% 之间",
        scope: "比重",
        formula: "本值 >= 0% 且 本值 <= 100%",
        severity: RuleSeverity::Reason,
        explanation: "比重不在 0 到 100% 之间",
    },
    DefaultRule {
        code: "cumulative-falls",
        name: "累计数不下降",
        scope: "流量",
        formula: "若(累计期(), 本值 >= 上期(本值))",
        severity: RuleSeverity::Reason,
        explanation: "累计数低于上期",
    },
    DefaultRule {
        code: "growth-against-level",
        name: "增速与水平相符",
        scope: "全部 除比重 除可比价",
        // What rounding of both levels and of the growth leaves in practice.
        formula: "若(同期(本值) > 0, 约等于(增速(本值), 本值 ÷ 同期(本值) - 1, 0.2个百分点))",
        severity: RuleSeverity::Warning,
        explanation: "发布的增速与水平之比不符，统计范围可能不同",
    },
    DefaultRule {
        code: "jump",
        name: "增速与历年同期相近",
        scope: "全部 除比重",
        formula: "绝对值(稳健z(本值)) <= 3.5",
        severity: RuleSeverity::Reason,
        explanation: "同比增速与历年同期相差悬殊",
    },
    DefaultRule {
        code: "sum-sectors",
        name: "三次产业之和",
        scope: "",
        formula: "第一产业增加值 + 第二产业增加值 + 服务业增加值 ≈ 地区生产总值",
        severity: RuleSeverity::Reason,
        explanation: "三次产业增加值之和不等于地区生产总值",
    },
    DefaultRule {
        code: "sum-secondary",
        name: "第二产业的构成",
        scope: "",
        formula: "约等于(全部工业增加值 + 建筑业增加值, 第二产业增加值, 2%)",
        severity: RuleSeverity::Warning,
        explanation: "全部工业与建筑业增加值之和与第二产业增加值相差超过 2%",
    },
    DefaultRule {
        code: "sum-budget-revenue",
        name: "一般公共预算收入的构成",
        scope: "",
        formula: "税收收入 + 非税收入 ≈ 一般公共预算收入",
        severity: RuleSeverity::Reason,
        explanation: "税收收入与非税收入之和不等于一般公共预算收入",
    },
    DefaultRule {
        code: "sum-national-revenue",
        name: "全国一般公共预算收入的构成",
        scope: "",
        formula: "中央一般公共预算收入 + 地方一般公共预算本级收入 ≈ 全国一般公共预算收入",
        severity: RuleSeverity::Reason,
        explanation: "中央与地方本级收入之和不等于全国一般公共预算收入",
    },
    DefaultRule {
        code: "sum-trade",
        name: "进出口总额的构成",
        scope: "",
        formula: "出口总额 + 进口总额 ≈ 货物贸易进出口总额",
        severity: RuleSeverity::Reason,
        explanation: "出口与进口之和不等于进出口总额",
    },
    DefaultRule {
        code: "ratio-tax-share",
        name: "税收占比",
        scope: "",
        formula: "约等于(税收收入 ÷ 一般公共预算收入, 税收收入占一般公共预算收入比重, 0.1个百分点)",
        severity: RuleSeverity::Reason,
        explanation: "税收占比与两项收入之比不符",
    },
    DefaultRule {
        code: "ratio-services-share",
        name: "服务业占比",
        scope: "",
        formula: "约等于(服务业增加值 ÷ 地区生产总值, 服务业增加值占GDP比重, 0.1个百分点)",
        severity: RuleSeverity::Reason,
        explanation: "服务业占比与两项数值之比不符",
    },
    DefaultRule {
        code: "ratio-income-gap",
        name: "城乡居民收入倍差",
        scope: "",
        formula: "约等于(城镇居民人均可支配收入 ÷ 农村居民人均可支配收入, 城乡居民收入倍差, 0.01倍)",
        severity: RuleSeverity::Reason,
        explanation: "倍差与城乡居民收入之比不符",
    },
];

impl From<&DefaultRule> for ValidationRule {
    fn from(rule: &DefaultRule) -> ValidationRule {
        ValidationRule {
            code: rule.code.into(),
            name: rule.name.into(),
            scope: rule.scope.into(),
            formula: rule.formula.into(),
            severity: rule.severity,
            explanation: rule.explanation.into(),
        }
    }
}

/// The rules that come with the program as far as a catalogue knows what they name, and a note in Chinese on each that
/// is left out.
pub fn default_rules(catalogue: &[Indicator]) -> (Vec<ValidationRule>, Vec<String>) {
    let names = Names::of(catalogue);
    let (mut rules, mut notes) = (Vec::new(), Vec::new());
    for rule in DEFAULT_RULES {
        let named = Formula::parse(rule.formula);
        let unknown = named.iter().flat_map(Formula::names).find(|name| names.find(name).is_none());
        match unknown {
            Some(name) => {
                let note =
                    format!("规则 {}（{}）未启用：指标目录里没有“{name}”", rule.code, rule.name);
                notes.push(note);
            }
            None => rules.push(rule.into()),
        }
    }
    (rules, notes)
}
