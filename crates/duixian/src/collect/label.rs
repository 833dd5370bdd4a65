//! Names of indicators as forms write them: numbered, indented, with their unit or their growth behind them.

use terms::{Indicator, Unit};

/// A line's name, and what it says beside the indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label<'a> {
    /// The indicator that it names.
    pub(super) indicator: &'a Indicator,
    /// Whether it names the growth of the indicator.
    pub(super) growth: bool,
}

/// What stands behind a name that means its growth.
const GROWTH: &[&str] =
    &["同比增长率", "同比增长", "同比增速", "增长速度", "增长率", "增速", "增幅", "增长"];

/// What stands before a name and is no part of it.
const BEFORE: &[&str] = &["其中", "＃", "#", "·", "•", "●", "▪", "*", "＊", "—", "–", "-"];

/// No name has more characters.
const LONGEST: usize = 100;

/// Finds the indicator that a line names.
pub(super) fn named<'a>(catalogue: &'a [Indicator], written: &str) -> Option<Label<'a>> {
    if written.chars().nth(LONGEST).is_some() {
        return None;
    }
    let name = bare(written);
    let without = parenthesis(name).map_or(name, |(name, _)| name);
    let find = |name: &str| Indicator::named(catalogue, name);
    if let Some(indicator) = find(name).or_else(|| find(without)) {
        return Some(Label { indicator, growth: false });
    }
    let grown = GROWTH.iter().find_map(|word| without.strip_suffix(word))?;
    find(grown.trim()).map(|indicator| Label { indicator, growth: true })
}

/// The unit in parentheses behind a name.
pub(super) fn unit_behind(written: &str) -> Option<Unit> {
    let (_, inner) = parenthesis(bare(written))?;
    is_unit(inner).then(|| Unit::new(inner))
}

/// Whether a text is a unit and nothing more.
pub(super) fn is_unit(text: &str) -> bool {
    let base = text.trim_start_matches(['十', '百', '千', '万', '亿']);
    !base.is_empty() && Unit::prefix(base) == Some(base.len())
}

/// A name without what numbers it or says that it is a part of another.
pub(super) fn bare(written: &str) -> &str {
    let mut name = written.trim();
    loop {
        let rest = unnumbered(name).or_else(|| {
            let rest = BEFORE.iter().find_map(|mark| name.strip_prefix(mark))?;
            Some(rest.trim_start_matches(['：', ':']))
        });
        match rest.map(str::trim_start) {
            Some(rest) if !rest.is_empty() => name = rest,
            _ => return name,
        }
    }
}

/// What stands behind a number such as 一、 （二） 3. ④.
fn unnumbered(name: &str) -> Option<&str> {
    let first = name.chars().next()?;
    if matches!(first, '①'..='⑳' | '⑴'..='⒛' | '㈠'..='㈩') {
        return Some(&name[first.len_utf8()..]);
    }
    let inner = name.strip_prefix(['（', '(']);
    let rest = inner.unwrap_or(name);
    let end = rest.find(|c: char| {
        !(c.is_ascii_digit() || ('０'..='９').contains(&c) || "一二三四五六七八九十百".contains(c))
    })?;
    if end == 0 {
        return None;
    }
    let behind = &rest[end..];
    let marks: &[char] =
        if inner.is_some() { &['）', ')'] } else { &['、', '.', '．', '）', ')'] };
    let rest = behind.strip_prefix(marks)?;
    // 1.5万平方米… is a number, no numbering.
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some(rest)
}

/// A name and what stands in parentheses at its end.
fn parenthesis(name: &str) -> Option<(&str, &str)> {
    let inner = name.strip_suffix(['）', ')'])?;
    let open = inner.rfind(['（', '('])?;
    let (before, inner) = inner.split_at(open);
    let width = inner.chars().next()?.len_utf8();
    Some((before.trim_end(), inner[width..].trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_indents_and_units_are_no_part_of_a_name() {
        let catalogue = statement::catalogue();
        let gdp = Indicator::named(&catalogue, "地区生产总值").unwrap();
        for written in [
            "地区生产总值",
            "　　地区生产总值",
            "一、地区生产总值",
            "（一）地区生产总值",
            "(12) 地区生产总值",
            "1.地区生产总值",
            "１．地区生产总值",
            "3、地 区 生 产 总 值",
            "①地区生产总值",
            "其中：地区生产总值",
            "# 地区生产总值",
            "二、其中: 地区生产总值（亿元）",
            "地区生产总值(亿元)",
        ] {
            let label = named(&catalogue, written).unwrap();
            assert_eq!((label.indicator, label.growth), (gdp, false), "{written}");
        }
        for written in ["地区生产总值增速", "1.地区生产总值增长（%）", "地区生产总值 同比增长率"]
        {
            let label = named(&catalogue, written).unwrap();
            assert_eq!((label.indicator, label.growth), (gdp, true), "{written}");
        }
        assert_eq!(unit_behind("一、地区生产总值（亿元）"), Some(Unit::new("亿元")));
        for written in ["", "一、", "某地总值", "增长", "（亿元）"] {
            assert_eq!(named(&catalogue, written), None, "{written}");
        }
        assert_eq!(unit_behind("进出口总额（海关）"), None);
        assert_eq!(bare("5G基站数"), "5G基站数");
        assert_eq!(bare("1.5级企业"), "1.5级企业");
    }
}
