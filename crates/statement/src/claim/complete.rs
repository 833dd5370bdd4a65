//! Completes a measure that says too little by itself from the words around it.

use terms::Dimension;

use super::measure::{clean, won};
use super::{Place, Reader};
use crate::phrase::{lead, trim};

impl<'a> Reader<'a> {
    /// 49个机关、企业附属空间: a noun that goes on over the items of its clause, where none of them has a number or
    /// a verb of its own.
    pub(super) fn spread(&self, place: &Place<'a>, follows: &'a str) -> Option<&'a str> {
        let sentence = self.sentence;
        let end = place.clause.span.end;
        if place.next.is_some()
            || place.item.end >= end
            || place.clause.bracketed
            || place.quantity.unit.dimension() != Dimension::Count
            || trim(follows).chars().count() > 8
            || won(follows)
        {
            return None;
        }
        let rest = &sentence.text[place.item.end..end];
        let told = rest.contains('等')
            || rest.chars().any(|c| c.is_ascii_digit())
            || rest.split('、').any(|item| {
                let own = lead(trim(item));
                own.verb.is_some() || own.rest.len() < trim(item).len()
            });
        let stop = rest.trim_end_matches(['。', '！', ' ']).len();
        (!told && rest.chars().count() <= 30)
            .then(|| &sentence.text[place.quantity.end..place.item.end + stop])
    }

    /// 4个国家级、3个省级医疗中心: a grade borrows the noun of the next one.
    pub(super) fn graded(&self, place: &Place<'a>, measure: &str) -> Option<&'a str> {
        if !GRADES.contains(&measure) || place.next.is_some() {
            return None;
        }
        let rest = &self.sentence.text[place.item.end..place.clause.span.end.max(place.item.end)];
        let item = rest.trim_start_matches('、').split('、').next()?;
        let (_, noun) = item.split_once('级')?;
        Some(clean(noun.trim_end_matches('。'))).filter(|noun| !noun.is_empty())
    }
}

/// A measure that says too little by itself, completed by the one that the sentence told before.
pub(super) fn completed(measure: String, carried: &str) -> String {
    match measure.as_str() {
        // 地区生产总值完成312亿元,人均突破8万元.
        "人均" if !carried.starts_with("人均") => format!("人均{carried}"),
        // 粮食播种面积52万亩,产量22万吨.
        "产量" | "总产量" | "单产" | "亩产" => {
            let crop = ["播种面积", "种植面积", "收获面积", "栽培面积"]
                .iter()
                .find_map(|area| carried.strip_suffix(area));
            crop.map_or(measure.clone(), |crop| format!("{crop}{measure}"))
        }
        // 10亿元以上项目8个、50亿元以上1个.
        size if size.starts_with(|c: char| c.is_ascii_digit()) && size.ends_with('元') => {
            let noun = carried.split_once("以上").map_or(carried, |(_, noun)| noun);
            format!("{size}以上{noun}")
        }
        // 国家级绿色工厂3家、省级5家.
        grade if GRADES.contains(&grade) => {
            let noun = GRADES.iter().find_map(|other| carried.strip_prefix(other));
            format!("{grade}{}", noun.unwrap_or(carried))
        }
        // 其中民间投资占62%.
        part if part.ends_with('占') && part.chars().count() > 2 => format!("{part}比"),
        other if is_comparison(other) => format!("{carried}{other}"),
        _ => measure,
    }
}

/// Whether a phrase says how something stands to something else: 高于全省平均.
pub(super) fn is_comparison(text: &str) -> bool {
    ["高于", "低于", "快于", "慢于", "好于", "高出", "低出"]
        .iter()
        .any(|word| text.starts_with(word))
}

/// Grades of what is conferred.
const GRADES: &[&str] = &["国家级", "省级", "市级", "自治区级", "世界级", "县级", "区级"];
