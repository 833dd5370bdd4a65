//! Indicators, regions, series and figures.

use terms::{Amount, Facet, Indicator, Observation, RegionPlace};

use super::{Exact, address, record};
use crate::known::said;

record! {
    /// Something measured: an entry of the indicator catalogue.
    #[schema(title = "Indicator")]
    IndicatorRecord {
        /// Its stable code.
        #[schema(example = "gdp")]
        code: String,
        /// Its address.
        #[schema(example = "/api/v1/indicators/gdp")]
        url: String,
        /// Its Chinese name.
        #[schema(example = "地区生产总值")]
        name: String,
        /// Its English name.
        #[schema(example = "Gross regional product")]
        english: String,
        /// Other names of it in reports.
        synonyms: Vec<String>,
        /// The usual unit of its level.
        #[schema(example = "亿元")]
        unit: String,
        /// What is better: `higher`, `lower` or `within` a corridor.
        direction: String,
        /// How often a figure usually comes: `month`, `quarter`, `half` or `year`.
        frequency: String,
        /// What it means, in Chinese.
        definition: String,
        /// How it follows from other indicators, where it does.
        formula: Option<String>,
        /// The department that usually answers for it.
        owner: Option<String>,
    }
}

impl From<&Indicator> for IndicatorRecord {
    fn from(known: &Indicator) -> Self {
        IndicatorRecord {
            code: known.code.clone(),
            url: address("/api/v1/indicators", &known.code),
            name: known.name.clone(),
            english: known.english.clone(),
            synonyms: known.synonyms.clone(),
            unit: known.unit.clone(),
            direction: known.better.to_string(),
            frequency: known.frequency.to_string(),
            definition: known.definition.clone(),
            formula: said(&known.formula).map(str::to_owned),
            owner: said(&known.owner).map(str::to_owned),
        }
    }
}

record! {
    /// A region: a division of GB/T 2260, or one of the ledger's own below it.
    #[schema(title = "Region")]
    RegionRecord {
        /// Its code.
        #[schema(example = "330784")]
        code: String,
        /// Its address.
        url: String,
        /// Its Chinese name on the day that was asked for.
        #[schema(example = "永康市")]
        name: String,
        /// How high it stands: `province`, `city`, `county`, `town`, `village` or `grid`.
        tier: String,
        /// Code of the region that it belongs to.
        parent: Option<String>,
    }
}

impl From<&RegionPlace> for RegionRecord {
    fn from(known: &RegionPlace) -> Self {
        RegionRecord {
            code: known.code.clone(),
            url: address("/api/v1/regions", &known.code),
            name: known.name.clone(),
            tier: known.tier.to_string(),
            parent: known.parent.clone(),
        }
    }
}

record! {
    /// The figures of one indicator, region and facet.
    #[schema(title = "Series")]
    SeriesRecord {
        /// Indicator, region and facet.
        #[schema(example = "gdp:330784:level")]
        id: String,
        /// Its address.
        url: String,
        /// Code of the indicator.
        indicator: String,
        /// Code of the region.
        region: String,
        /// `level`, or `growth` on the year.
        facet: String,
        /// How many figures there are, revisions too.
        vintages: i64,
        /// Where its figures are.
        figures: String,
    }
}

impl SeriesRecord {
    /// The record of a series with so many figures.
    pub fn new(indicator: &str, region: &str, facet: Facet, vintages: usize) -> Self {
        let id = series_id(indicator, region, facet);
        let figures = crate::html::Address::new("/api/v1/figures")
            .with("indicator", indicator)
            .with("region", region)
            .with("facet", facet.as_str());
        SeriesRecord {
            url: address("/api/v1/series", &id),
            id,
            indicator: indicator.to_owned(),
            region: region.to_owned(),
            facet: facet.to_string(),
            vintages: i64::try_from(vintages).unwrap_or(i64::MAX),
            figures: figures.to_string(),
        }
    }
}

/// The stable id of a series.
pub fn series_id(indicator: &str, region: &str, facet: Facet) -> String {
    format!("{indicator}:{region}:{facet}")
}

record! {
    /// A figure as it became known on a day. It is never overwritten: a later one for the same indicator, region, facet and
    /// period revises it.
    #[schema(title = "Figure")]
    FigureRecord {
        /// Indicator, region, facet, period and vintage.
        #[schema(example = "gdp:330784:level:2024-01..05:2024-06-20")]
        id: String,
        /// Its address.
        url: String,
        /// Code of the indicator.
        #[schema(example = "gdp")]
        indicator: String,
        /// Code of the region.
        #[schema(example = "330784")]
        region: String,
        /// `level`, or `growth` on the year.
        facet: String,
        /// The time that it is about: 2024, 2024-H1, 2024-Q3, 2024-05, or cumulative as 2024-01..05.
        #[schema(example = "2024-01..05")]
        period: String,
        /// The day on which it became known.
        #[schema(format = Date, example = "2024-06-20")]
        vintage: String,
        /// As published, an exact decimal as text; `〓` for a digit that the source lost; null where it is missing or
        /// withdrawn.
        #[schema(example = "217000.10")]
        value: Option<Exact>,
        /// As published.
        #[schema(example = "万元")]
        unit: String,
        /// `normal`, `provisional`, `estimated`, `missing` or `withdrawn`.
        status: String,
        /// Where it comes from.
        #[schema(example = "统计月报")]
        source: String,
        /// Why it was revised, or another remark.
        note: Option<String>,
    }
}

/// The stable id of a figure.
pub fn figure_id(known: &Observation) -> String {
    let series = series_id(&known.indicator, &known.region, known.facet);
    format!("{series}:{}:{}", known.period, known.vintage)
}

impl From<&Observation> for FigureRecord {
    fn from(known: &Observation) -> Self {
        let id = figure_id(known);
        FigureRecord {
            url: address("/api/v1/figures", &id),
            id,
            indicator: known.indicator.to_string(),
            region: known.region.to_string(),
            facet: known.facet.to_string(),
            period: known.period.to_string(),
            vintage: known.vintage.to_string(),
            value: known.value.as_ref().map(Amount::to_string).map(Exact),
            unit: known.unit.to_string(),
            status: known.status.to_string(),
            source: known.source.to_string(),
            note: said(&known.note).map(str::to_owned),
        }
    }
}
