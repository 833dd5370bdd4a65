//! How figures of regions come to that of what the regions belong to.

use std::fmt;

use terms::Indicator;

use super::derived::Derived;
use crate::nature::adds_up;

/// How figures come together, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MethodName {
    /// They are added.
    Sum,
    /// Each counts by a weight.
    WeightedMean,
    /// The numerators are added, and the denominators.
    RatioOfSums,
    /// The figures that the indicator's formula names are added, and the formula is applied to their sums.
    FormulaOfSums,
    /// Each counts the same, which is what the whole has only where all are of one size.
    Mean,
}

impl MethodName {
    /// The word for it on the command line and in files.
    pub fn as_str(self) -> &'static str {
        match self {
            MethodName::Sum => "sum",
            MethodName::WeightedMean => "weighted-mean",
            MethodName::RatioOfSums => "ratio-of-sums",
            MethodName::FormulaOfSums => "formula-of-sums",
            MethodName::Mean => "mean",
        }
    }

    /// Its Chinese name.
    pub fn chinese(self) -> &'static str {
        match self {
            MethodName::Sum => "合计",
            MethodName::WeightedMean => "加权平均",
            MethodName::RatioOfSums => "分子之和比分母之和",
            MethodName::FormulaOfSums => "各项之和代入公式",
            MethodName::Mean => "简单平均",
        }
    }
}

/// How figures come together, with the indicators that this takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method<'a> {
    /// See [`MethodName::Sum`].
    Sum,
    /// See [`MethodName::WeightedMean`].
    WeightedMean {
        /// How much each counts.
        weight: &'a Indicator,
    },
    /// See [`MethodName::RatioOfSums`].
    RatioOfSums {
        /// What stands above.
        numerator: &'a Indicator,
        /// What stands below.
        denominator: &'a Indicator,
    },
    /// See [`MethodName::FormulaOfSums`].
    FormulaOfSums {
        /// What has the formula.
        indicator: &'a Indicator,
        /// Where its names are found.
        catalogue: &'a [Indicator],
    },
    /// See [`MethodName::Mean`].
    Mean,
}

impl Method<'_> {
    /// Its name.
    pub fn name(&self) -> MethodName {
        match self {
            Method::Sum => MethodName::Sum,
            Method::WeightedMean { .. } => MethodName::WeightedMean,
            Method::RatioOfSums { .. } => MethodName::RatioOfSums,
            Method::FormulaOfSums { .. } => MethodName::FormulaOfSums,
            Method::Mean => MethodName::Mean,
        }
    }
}

/// What somebody asked for; nothing leaves it to the indicator.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// The method.
    pub method: Option<MethodName>,
    /// How much each counts.
    pub weight: Option<&'a Indicator>,
    /// What stands above in a ratio.
    pub numerator: Option<&'a Indicator>,
    /// What stands below.
    pub denominator: Option<&'a Indicator>,
}

/// Why there is no method; its text is a Chinese sentence with what was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoMethod {
    /// The figures of regions do not add up.
    NoSum {
        /// Name of the indicator.
        indicator: String,
        /// Its unit.
        unit: String,
    },
    /// The method needs something that was not given.
    Needs(MethodName),
    /// Something was given that the method does not take.
    Other(MethodName),
}

impl fmt::Display for NoMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoMethod::NoSum { indicator, unit } => {
                let unit = if unit.is_empty() { "无" } else { unit };
                write!(
                    f,
                    "{indicator}（单位：{unit}）不能由下级相加（应给出权数 --weight，或分子 --numerator 和分母 \
                     --denominator；确要简单平均则写 --method mean）"
                )
            }
            NoMethod::Needs(MethodName::WeightedMean) => {
                write!(f, "加权平均没有权数（应以 --weight 给出指标）")
            }
            NoMethod::Needs(MethodName::FormulaOfSums) => {
                write!(f, "指标没有由可相加的指标写成的公式（应改用别的 --method）")
            }
            NoMethod::Needs(method) => write!(
                f,
                "“{}”缺少分子或分母（应以 --numerator 和 --denominator 给出指标）",
                method.chinese()
            ),
            NoMethod::Other(method) => write!(
                f,
                "“{}”用不到所给的权数、分子或分母（应去掉，或改用相应的 --method）",
                method.chinese()
            ),
        }
    }
}

impl std::error::Error for NoMethod {}

/// The method by which figures of an indicator come together: the one that was asked for, or the indicator's own. An
/// indicator that its formula makes a quotient is a ratio of sums, what is counted or measured adds up, another formula is
/// applied to the sums of what it names, and for the rest there is none without being told.
pub fn method_of<'a>(
    indicator: &'a Indicator,
    catalogue: &'a [Indicator],
    asked: Asked<'a>,
) -> Result<Method<'a>, NoMethod> {
    let Asked { method, weight, numerator, denominator } = asked;
    let ratio = numerator.zip(denominator).or_else(|| quotient_of(indicator, catalogue));
    let told = match (method, weight, numerator.or(denominator)) {
        (Some(method), ..) => Some(method),
        (None, Some(_), None) => Some(MethodName::WeightedMean),
        (None, None, Some(_)) => Some(MethodName::RatioOfSums),
        (None, Some(_), Some(_)) => return Err(NoMethod::Other(MethodName::WeightedMean)),
        (None, None, None) if ratio.is_some() => Some(MethodName::RatioOfSums),
        (None, None, None) => None,
    };
    let given = (weight.is_some(), numerator.is_some() || denominator.is_some());
    match told {
        Some(MethodName::WeightedMean) if given.1 => Err(NoMethod::Other(MethodName::WeightedMean)),
        Some(MethodName::WeightedMean) => weight
            .map(|weight| Method::WeightedMean { weight })
            .ok_or(NoMethod::Needs(MethodName::WeightedMean)),
        Some(MethodName::RatioOfSums) if given.0 => Err(NoMethod::Other(MethodName::RatioOfSums)),
        Some(MethodName::RatioOfSums) => match (numerator, denominator, ratio) {
            (Some(_), None, _) | (None, Some(_), _) | (.., None) => {
                Err(NoMethod::Needs(MethodName::RatioOfSums))
            }
            (.., Some((numerator, denominator))) => {
                match [numerator, denominator].into_iter().find(|one| !adds_up(one)) {
                    Some(mean) => Err(no_sum(mean)),
                    None => Ok(Method::RatioOfSums { numerator, denominator }),
                }
            }
        },
        Some(other) if given.0 || given.1 => Err(NoMethod::Other(other)),
        Some(MethodName::FormulaOfSums) => {
            formula_of_sums(indicator, catalogue).ok_or(NoMethod::Needs(MethodName::FormulaOfSums))
        }
        Some(MethodName::Mean) => Ok(Method::Mean),
        Some(MethodName::Sum) | None if adds_up(indicator) => Ok(Method::Sum),
        Some(MethodName::Sum) => Err(no_sum(indicator)),
        None => formula_of_sums(indicator, catalogue).ok_or_else(|| no_sum(indicator)),
    }
}

/// The formula of an indicator, where all that it names adds up.
fn formula_of_sums<'a>(indicator: &'a Indicator, catalogue: &'a [Indicator]) -> Option<Method<'a>> {
    let derived = Derived::of(indicator, catalogue)?;
    let added = derived.parts.iter().all(|part| adds_up(part));
    added.then_some(Method::FormulaOfSums { indicator, catalogue })
}

fn no_sum(indicator: &Indicator) -> NoMethod {
    NoMethod::NoSum { indicator: indicator.name.clone(), unit: indicator.unit.clone() }
}

/// The numerator and the denominator of an indicator whose formula is the quotient of two.
fn quotient_of<'a>(
    indicator: &Indicator,
    catalogue: &'a [Indicator],
) -> Option<(&'a Indicator, &'a Indicator)> {
    let (upper, lower) = indicator.formula.split_once('÷')?;
    let lower = match lower.split_once('×') {
        None => lower,
        Some((lower, "100%" | " 100%")) => lower,
        Some(_) => return None,
    };
    // A quotient of two means is none of sums.
    let named = |written: &str| {
        Indicator::named(catalogue, written.trim()).filter(|indicator| adds_up(indicator))
    };
    named(upper).zip(named(lower))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::indicator;

    #[test]
    fn the_indicator_tells_its_method() {
        let ratio = Indicator {
            formula: "城镇常住人口 ÷ 常住人口 × 100%".into(),
            ..indicator("urbanisation", "城镇化率", "%")
        };
        let catalogue = [
            indicator("gdp", "地区生产总值", "亿元"),
            indicator("urban", "城镇常住人口", "万人"),
            indicator("population", "常住人口", "万人"),
            indicator("income", "居民人均可支配收入", "元"),
            indicator("pm25", "PM2.5平均浓度", "微克/立方米"),
            indicator("days", "重污染天数", "天"),
            ratio,
        ];
        let method = |code: &str, asked| {
            let indicator = Indicator::named(&catalogue, code).unwrap();
            method_of(indicator, &catalogue, asked).map(|method| method.name())
        };
        let plain = Asked::default();
        assert_eq!(method("gdp", plain), Ok(MethodName::Sum));
        assert_eq!(method("urbanisation", plain), Ok(MethodName::RatioOfSums));
        for code in ["income", "pm25", "days"] {
            let error = method(code, plain).unwrap_err();
            assert!(matches!(error, NoMethod::NoSum { .. }), "{code}");
            assert!(error.to_string().contains("--weight"), "{error}");
        }
        let sum = Asked { method: Some(MethodName::Sum), ..plain };
        assert!(matches!(method("urbanisation", sum), Err(NoMethod::NoSum { .. })));
        let mean = Asked { method: Some(MethodName::Mean), ..plain };
        assert_eq!(method("pm25", mean), Ok(MethodName::Mean));
        let means =
            Asked { numerator: Some(&catalogue[3]), denominator: Some(&catalogue[2]), ..plain };
        assert!(matches!(method("pm25", means), Err(NoMethod::NoSum { .. })));
        let weighed = Asked { weight: Some(&catalogue[2]), ..plain };
        assert_eq!(method("income", weighed), Ok(MethodName::WeightedMean));
        let half = Asked { numerator: Some(&catalogue[1]), ..plain };
        assert_eq!(method("pm25", half), Err(NoMethod::Needs(MethodName::RatioOfSums)));
        let needs = Asked { method: Some(MethodName::WeightedMean), ..plain };
        assert_eq!(method("income", needs), Err(NoMethod::Needs(MethodName::WeightedMean)));
        let other = Asked { method: Some(MethodName::Sum), ..weighed };
        assert_eq!(method("gdp", other), Err(NoMethod::Other(MethodName::Sum)));
    }
}
