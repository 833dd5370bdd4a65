//! What our data are in the words of SDMX: one dataflow, its structure, and the lists that it stands on.

use std::collections::BTreeMap;

use terms::{Facet, Indicator, NATION, ObservationStatus, tier_of_code};

use super::time::Frequency;

/// Who maintains the structures.
pub const AGENCY: &str = "DUIXIAN";
/// The dataflow of figures.
pub const FLOW: &str = "DF_FIGURES";
/// Its structure.
pub const STRUCTURE: &str = "DSD_FIGURES";
/// Its concepts.
pub const CONCEPTS: &str = "CS_FIGURES";
/// What there are figures of.
pub const CONSTRAINT: &str = "CR_FIGURES";
/// The list of agencies, which every registry has.
pub const AGENCIES: &str = "AGENCIES";
/// The measure.
pub const VALUE: &str = "OBS_VALUE";

/// A name in Chinese and English.
pub type Bilingual = (&'static str, &'static str);

/// The name of the dataflow.
pub const FLOW_NAME: Bilingual = ("计划指标数据", "Figures of plan indicators");
/// What the dataflow holds.
pub const FLOW_TEXT: Bilingual = (
    "台账中各指标、各地区、各时期的数据，按发布的原数，附单位、来源、发布日和口径变化",
    "Figures of indicators by region and period, digit for digit as published, with unit, source, day of publication and changes of definition",
);
/// The name of the structure.
pub const STRUCTURE_NAME: Bilingual = ("计划指标数据结构", "Structure of plan indicators");
/// The name of the concepts.
pub const CONCEPTS_NAME: Bilingual = ("概念", "Concepts");
/// The name of the agency.
pub const AGENCY_NAME: Bilingual = ("兑现", "Duixian");
/// The name of the measure.
pub const VALUE_NAME: Bilingual = ("数值", "Observation value");

/// A dimension, in the order of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// How often.
    Frequency,
    /// Where.
    Area,
    /// Of what.
    Indicator,
    /// Level or growth, of the period or from January on.
    Measure,
    /// When.
    Time,
}

impl Dimension {
    /// All of them, in the order of keys, time last.
    pub const ALL: [Dimension; 5] = [
        Dimension::Frequency,
        Dimension::Area,
        Dimension::Indicator,
        Dimension::Measure,
        Dimension::Time,
    ];

    /// Those that make a series' key.
    pub const SERIES: [Dimension; 4] =
        [Dimension::Frequency, Dimension::Area, Dimension::Indicator, Dimension::Measure];

    /// Its id.
    pub fn id(self) -> &'static str {
        match self {
            Dimension::Frequency => "FREQ",
            Dimension::Area => "REF_AREA",
            Dimension::Indicator => "INDICATOR",
            Dimension::Measure => "MEASURE",
            Dimension::Time => "TIME_PERIOD",
        }
    }

    /// The dimension of an id.
    pub fn of_id(id: &str) -> Option<Dimension> {
        Dimension::ALL.into_iter().find(|one| one.id() == id)
    }

    /// Its name.
    pub fn name(self) -> Bilingual {
        match self {
            Dimension::Frequency => ("频度", "Frequency"),
            Dimension::Area => ("地区", "Reference area"),
            Dimension::Indicator => ("指标", "Indicator"),
            Dimension::Measure => ("数据类型", "Measure"),
            Dimension::Time => ("时期", "Time period"),
        }
    }

    /// Its code list; time has none.
    pub fn list(self) -> Option<CodeList> {
        match self {
            Dimension::Frequency => Some(CodeList::Frequency),
            Dimension::Area => Some(CodeList::Area),
            Dimension::Indicator => Some(CodeList::Indicator),
            Dimension::Measure => Some(CodeList::Measure),
            Dimension::Time => None,
        }
    }
}

/// What is told of a figure beside its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribute {
    /// Normal, provisional, estimated, missing, a break.
    Status,
    /// The unit without its multiplier.
    Unit,
    /// The multiplier as a power of ten.
    Multiplier,
    /// The unit as published.
    UnitText,
    /// The day on which it became known.
    Vintage,
    /// Where it comes from.
    Source,
    /// What changed in the definition from here on.
    Break,
    /// What is left of a number that lost digits.
    ValueText,
    /// Why it was revised, or another remark.
    Comment,
}

impl Attribute {
    /// All of them, in the order of tables.
    pub const ALL: [Attribute; 9] = [
        Attribute::Status,
        Attribute::Unit,
        Attribute::Multiplier,
        Attribute::UnitText,
        Attribute::Vintage,
        Attribute::Source,
        Attribute::Break,
        Attribute::ValueText,
        Attribute::Comment,
    ];

    /// Its id.
    pub fn id(self) -> &'static str {
        match self {
            Attribute::Status => "OBS_STATUS",
            Attribute::Unit => "UNIT_MEASURE",
            Attribute::Multiplier => "UNIT_MULT",
            Attribute::UnitText => "UNIT_TEXT",
            Attribute::Vintage => "VINTAGE",
            Attribute::Source => "SOURCE",
            Attribute::Break => "BREAK",
            Attribute::ValueText => "VALUE_TEXT",
            Attribute::Comment => "COMMENT_OBS",
        }
    }

    /// The attribute of an id.
    pub fn of_id(id: &str) -> Option<Attribute> {
        Attribute::ALL.into_iter().find(|one| one.id() == id)
    }

    /// Its name.
    pub fn name(self) -> Bilingual {
        match self {
            Attribute::Status => ("数据状态", "Observation status"),
            Attribute::Unit => ("计量单位", "Unit of measure"),
            Attribute::Multiplier => ("单位倍数（10 的幂）", "Unit multiplier (power of ten)"),
            Attribute::UnitText => ("单位原文", "Unit as published"),
            Attribute::Vintage => ("发布日", "Day of publication"),
            Attribute::Source => ("来源", "Source"),
            Attribute::Break => ("口径变化", "Change of definition"),
            Attribute::ValueText => ("数值原文（有缺字）", "Value as published, with digits lost"),
            Attribute::Comment => ("备注", "Comment"),
        }
    }

    /// The type of its values, where they are no codes.
    pub fn text_type(self) -> &'static str {
        match self {
            Attribute::Multiplier => "Integer",
            Attribute::Vintage => "GregorianDay",
            _ => "String",
        }
    }

    /// Its code list, where it has one.
    pub fn list(self) -> Option<CodeList> {
        (self == Attribute::Status).then_some(CodeList::Status)
    }
}

/// A code list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodeList {
    /// How often.
    Frequency,
    /// Regions.
    Area,
    /// The indicators of the catalogue.
    Indicator,
    /// Level or growth, of the period or from January on.
    Measure,
    /// What is to be known beside a value.
    Status,
}

impl CodeList {
    /// All of them.
    pub const ALL: [CodeList; 5] = [
        CodeList::Frequency,
        CodeList::Area,
        CodeList::Indicator,
        CodeList::Measure,
        CodeList::Status,
    ];

    /// Its id.
    pub fn id(self) -> &'static str {
        match self {
            CodeList::Frequency => "CL_FREQ",
            CodeList::Area => "CL_AREA",
            CodeList::Indicator => "CL_INDICATOR",
            CodeList::Measure => "CL_MEASURE",
            CodeList::Status => "CL_OBS_STATUS",
        }
    }

    /// Its name.
    pub fn name(self) -> Bilingual {
        match self {
            CodeList::Frequency => ("频度", "Frequency"),
            CodeList::Area => ("行政区划（GB/T 2260）", "Divisions (GB/T 2260)"),
            CodeList::Indicator => ("指标目录", "Catalogue of indicators"),
            CodeList::Measure => ("数据类型", "Measures"),
            CodeList::Status => ("数据状态", "Observation status"),
        }
    }
}

/// The code of what a figure shows: level or growth, of the period itself or from January on.
pub fn measure_code(facet: Facet, cumulative: bool) -> &'static str {
    match (facet, cumulative) {
        (Facet::Level, false) => "LEVEL",
        (Facet::Level, true) => "LEVEL_YTD",
        (Facet::Growth, false) => "GROWTH",
        (Facet::Growth, true) => "GROWTH_YTD",
    }
}

/// What such a code means.
pub fn measure_of(code: &str) -> Option<(Facet, bool)> {
    let all = Facet::ALL.iter().flat_map(|facet| [(*facet, false), (*facet, true)]);
    all.into_iter().find(|(facet, cumulative)| measure_code(*facet, *cumulative) == code)
}

/// The code of a status. A break is told of figures that are normal otherwise.
pub fn status_code(status: ObservationStatus, is_break: bool, is_lost: bool) -> &'static str {
    match status {
        ObservationStatus::Missing => "O",
        ObservationStatus::Withdrawn => "W",
        _ if is_lost => "O",
        ObservationStatus::Provisional => "P",
        ObservationStatus::Estimated => "E",
        ObservationStatus::Normal if is_break => "B",
        ObservationStatus::Normal => "A",
    }
}

/// A code with its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Code {
    /// Its id.
    pub id: String,
    /// Its Chinese name.
    pub chinese: String,
    /// Its English name; empty where there is none.
    pub english: String,
    /// What it means, in Chinese; may be empty.
    pub text: String,
    /// The code above it.
    pub parent: Option<String>,
}

fn code(id: &str, (chinese, english): Bilingual, text: &str) -> Code {
    let (id, text) = (id.to_owned(), text.to_owned());
    Code { id, chinese: chinese.to_owned(), english: english.to_owned(), text, parent: None }
}

/// All codes that figures may have, with their names.
#[derive(Debug, Clone, Default)]
pub struct Codes {
    lists: BTreeMap<CodeList, Vec<Code>>,
    places: BTreeMap<CodeList, BTreeMap<String, usize>>,
}

impl Codes {
    /// The codes of a catalogue and of regions with their names, by code. What figures are of and the two do not know,
    /// `observed` indicators and regions, is there under its code alone.
    pub fn new<'a>(
        catalogue: &[Indicator],
        regions: &BTreeMap<String, String>,
        observed: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Codes {
        let mut indicators: Vec<Code> = catalogue.iter().map(indicator).collect();
        let mut areas = regions.clone();
        for (code, area) in observed {
            if !indicators.iter().any(|known| known.id == code) {
                let (id, chinese) = (code.to_owned(), code.to_owned());
                indicators.push(Code { id, chinese, ..Code::default() });
            }
            areas.entry(area.to_owned()).or_insert_with(|| area.to_owned());
        }
        let areas = areas.iter().map(|(id, name)| Code {
            id: id.clone(),
            chinese: name.clone(),
            english: if id == NATION { "China".to_owned() } else { String::new() },
            text: String::new(),
            parent: Codes::above(id).filter(|parent| areas.contains_key(parent)),
        });
        let lists = BTreeMap::from([
            (CodeList::Area, areas.collect()),
            (CodeList::Indicator, indicators),
            (CodeList::Frequency, frequencies()),
            (CodeList::Measure, measures()),
            (CodeList::Status, statuses()),
        ]);
        let place = |codes: &Vec<Code>| {
            codes.iter().enumerate().map(|(at, code)| (code.id.clone(), at)).collect()
        };
        let places = lists.iter().map(|(list, codes)| (*list, place(codes))).collect();
        Codes { lists, places }
    }

    /// The codes of a list, in their order.
    pub fn of(&self, list: CodeList) -> &[Code] {
        self.lists.get(&list).map_or(&[], Vec::as_slice)
    }

    /// The code of the division to which another belongs, by the digits.
    pub fn above(code: &str) -> Option<String> {
        tier_of_code(code)?;
        match code.len() {
            15 => code.get(..12).map(str::to_owned),
            12 => code.get(..9).map(str::to_owned),
            9 => code.get(..6).map(str::to_owned),
            _ if code == NATION => None,
            _ if code.ends_with("0000") => Some(NATION.to_owned()),
            _ if code.ends_with("00") => Some(format!("{}0000", code.get(..2)?)),
            _ => Some(format!("{}00", code.get(..4)?)),
        }
    }

    /// A code of a list.
    pub fn get(&self, list: CodeList, id: &str) -> Option<&Code> {
        let place = *self.places.get(&list)?.get(id)?;
        self.of(list).get(place)
    }
}

fn indicator(indicator: &Indicator) -> Code {
    let mut text = indicator.definition.clone();
    let mut add = |label: &str, value: &str| {
        if !value.is_empty() {
            let stop = if text.is_empty() || text.ends_with('。') { "" } else { "。" };
            text.push_str(&format!("{stop}{label}：{value}"));
        }
    };
    add("单位", &indicator.unit);
    add("公式", &indicator.formula);
    add("主管部门", &indicator.owner);
    Code {
        id: indicator.code.clone(),
        chinese: indicator.name.clone(),
        english: indicator.english.clone(),
        text,
        parent: None,
    }
}

fn frequencies() -> Vec<Code> {
    let name = |frequency| match frequency {
        Frequency::Year => ("年度", "Annual"),
        Frequency::Half => ("半年", "Half-yearly"),
        Frequency::Quarter => ("季度", "Quarterly"),
        Frequency::Month => ("月度", "Monthly"),
    };
    Frequency::ALL.into_iter().map(|one| code(one.code(), name(one), "")).collect()
}

fn measures() -> Vec<Code> {
    vec![
        code(
            "LEVEL",
            ("本期数", "Level of the period"),
            "时期本身的数：全年、半年、季度或当月；时点指标为期末数",
        ),
        code("LEVEL_YTD", ("累计数", "Level, January to the month"), "1 月至该月累计"),
        code("GROWTH", ("同比", "Change on the year"), "与上年同期相比，按发布数，不由水平数推算"),
        code(
            "GROWTH_YTD",
            ("累计同比", "Change on the year, January to the month"),
            "1 月至该月累计与上年同期相比，按发布数",
        ),
    ]
}

fn statuses() -> Vec<Code> {
    vec![
        code("A", ("正常", "Normal value"), ""),
        code("B", ("口径变化", "Break in the series"), "自此与以前不可比，见 BREAK"),
        code("E", ("估计", "Estimated value"), ""),
        code("O", ("缺数", "Missing value"), "发布为无数，或原文缺字而不能成数（见 VALUE_TEXT）"),
        code("P", ("初步", "Provisional value"), ""),
        code("W", ("撤回", "Withdrawn value"), "以前发布的数不再有效；只见于历史"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_measures_lead_back() {
        for facet in Facet::ALL {
            for cumulative in [false, true] {
                let code = measure_code(*facet, cumulative);
                assert_eq!(measure_of(code), Some((*facet, cumulative)));
                assert!(measures().iter().any(|known| known.id == code));
            }
        }
        assert_eq!(measure_of("level"), None);
    }

    #[test]
    fn every_status_is_in_its_list() {
        for status in ObservationStatus::ALL {
            for (is_break, is_lost) in [(false, false), (true, false), (false, true)] {
                let code = status_code(*status, is_break, is_lost);
                assert!(statuses().iter().any(|known| known.id == code), "{code}");
            }
        }
    }

    #[test]
    fn regions_stand_under_those_that_they_belong_to() {
        let regions = ["100000", "330000", "330700", "330784", "330784100"]
            .map(|code| (code.to_owned(), format!("名{code}")));
        let observed = [("gdp", "330784"), ("gone", "330784999")];
        let codes = Codes::new(&[], &BTreeMap::from(regions), observed.into_iter());
        let parent = |code| codes.get(CodeList::Area, code).unwrap().parent.as_deref();
        assert_eq!(parent("100000"), None);
        assert_eq!(parent("330000"), Some("100000"));
        assert_eq!(parent("330784"), Some("330700"));
        assert_eq!(parent("330784999"), Some("330784"));
        assert_eq!(codes.get(CodeList::Indicator, "gone").unwrap().chinese, "gone");
        assert_eq!(codes.get(CodeList::Indicator, "none"), None);
    }
}
