//! A line of a form as people write it, on a page, in a file or on the command line.

use terms::{Facet, FormItem, Indicator, Unit};

/// A line of a form: code or name of the indicator, then 增速 for growth, then the unit, parted by commas.
pub(crate) fn item(written: &str, catalogue: &[Indicator]) -> Result<FormItem, String> {
    let mut parts = written.split([',', '，', '\t']).map(str::trim);
    let name = parts.next().unwrap_or("");
    let Some(indicator) = Indicator::named(catalogue, name) else {
        return Err(format!("指标“{name}”（应为目录中指标的代码或名称）"));
    };
    let rest: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let (growth, rest) = match rest.as_slice() {
        [first, rest @ ..] if matches!(*first, "增速" | "growth") => (true, rest),
        [first, rest @ ..] if matches!(*first, "水平" | "level") => (false, rest),
        rest => (false, rest),
    };
    let share = indicator.unit == "%";
    let unit = match rest {
        [] if growth && share => "个百分点",
        [] if growth => "%",
        [] => indicator.unit.as_str(),
        [unit] => unit,
        [_, more, ..] => return Err(format!("“{more}”多余（应为 指标, 增速, 单位）")),
    };
    let (unit, expected) = (Unit::new(unit), if growth { Facet::Growth } else { Facet::Level });
    match Facet::of(indicator, &unit) {
        Some(facet) if facet == expected || !growth => {
            Ok(FormItem { indicator: indicator.code.as_str().into(), facet, unit })
        }
        _ => Err(format!(
            "单位“{}”不是{}{}的单位（指标的单位为“{}”；增速用 % 或个百分点）",
            unit.as_str(),
            indicator.name,
            if growth { "增速" } else { "" },
            indicator.unit
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_indicator_facet_and_unit() {
        let catalogue = statement::catalogue();
        let read = |text: &str| item(text, &catalogue);
        let level = read("地区生产总值").unwrap();
        assert_eq!((level.facet, level.unit.as_str()), (Facet::Level, "亿元"));
        let growth = read("地区生产总值，增速").unwrap();
        assert_eq!((growth.facet, growth.unit.as_str()), (Facet::Growth, "%"));
        assert_eq!(growth.indicator, level.indicator);
        assert_eq!(read("地区生产总值, 万元").unwrap().unit.as_str(), "万元");
        for (bad, words) in [
            ("没有的指标", "指标“没有的指标”"),
            ("地区生产总值, 万人", "单位“万人”不是"),
            ("地区生产总值, 增速, 亿元", "单位“亿元”不是地区生产总值增速的单位"),
            ("地区生产总值, 增速, %, 多", "“多”多余"),
        ] {
            let error = read(bad).unwrap_err();
            assert!(error.starts_with(words), "{error}");
        }
    }
}
