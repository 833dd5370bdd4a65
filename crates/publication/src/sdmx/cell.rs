//! Figures as cells of a cube: each under its key.

use std::borrow::Cow;
use std::cmp::Ordering;

use terms::{Amount, Observation, ObservationStatus, Period, Redefinition, Series};

use super::model::{Attribute, Dimension, measure_code, status_code};
use super::time::{self, Frequency, Slot};

/// A figure under a key.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// How often the series has figures, and when this one is.
    pub slot: Slot,
    /// The figure.
    pub figure: &'a Observation,
    /// The change of definition that parts it from the figure before it.
    pub redefinition: Option<&'a Redefinition>,
}

impl<'a> Cell<'a> {
    /// Its place on a dimension.
    pub fn value(&self, dimension: Dimension) -> Cow<'a, str> {
        match dimension {
            Dimension::Frequency => Cow::Borrowed(self.slot.frequency.code()),
            Dimension::Area => Cow::Borrowed(&self.figure.region),
            Dimension::Indicator => Cow::Borrowed(&self.figure.indicator),
            Dimension::Measure => {
                Cow::Borrowed(measure_code(self.figure.facet, self.slot.cumulative))
            }
            Dimension::Time => Cow::Owned(time::written(self.slot.time)),
        }
    }

    /// The number, digit for digit; `None` where there is none or its digits are lost.
    pub fn number(&self) -> Option<String> {
        let exact = self.figure.value.as_ref().and_then(Amount::exact)?;
        (self.figure.status != ObservationStatus::Withdrawn).then(|| exact.to_string())
    }

    /// What is told of it beside the number.
    pub fn attribute(&self, attribute: Attribute) -> Option<Cow<'a, str>> {
        let figure = self.figure;
        let text = |text: &'a str| (!text.is_empty()).then_some(Cow::Borrowed(text));
        match attribute {
            Attribute::Status => {
                let lost = figure.value.as_ref().is_some_and(Amount::is_lost);
                let code = status_code(figure.status, self.redefinition.is_some(), lost);
                Some(Cow::Borrowed(code))
            }
            Attribute::Unit => text(figure.unit.base()),
            Attribute::Multiplier => {
                let zeros = figure.unit.multiplier().to_string().matches('0').count();
                Some(Cow::Owned(zeros.to_string()))
            }
            Attribute::UnitText => text(figure.unit.as_str()),
            Attribute::Vintage => Some(Cow::Owned(figure.vintage.to_string())),
            Attribute::Source => text(&figure.source),
            Attribute::Break => text(&self.redefinition?.reason),
            Attribute::ValueText => match &figure.value {
                Some(Amount::Lost(rest)) => Some(Cow::Borrowed(rest)),
                _ => None,
            },
            Attribute::Comment => text(&figure.note),
        }
    }

    /// The order of two cells by some dimensions, then by time and by the day on which they became known.
    pub fn order(&self, other: &Cell<'_>, dimensions: &[Dimension]) -> Ordering {
        dimensions
            .iter()
            .map(|dimension| self.order_on(other, *dimension))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
            .then_with(|| self.slot.time.cmp(&other.slot.time))
            .then_with(|| self.figure.vintage.cmp(&other.figure.vintage))
    }

    fn order_on(&self, other: &Cell<'_>, dimension: Dimension) -> Ordering {
        match dimension {
            Dimension::Frequency => self.slot.frequency.cmp(&other.slot.frequency),
            Dimension::Area => self.figure.region.cmp(&other.figure.region),
            Dimension::Indicator => self.figure.indicator.cmp(&other.figure.indicator),
            Dimension::Measure => (self.figure.facet, self.slot.cumulative)
                .cmp(&(other.figure.facet, other.slot.cumulative)),
            Dimension::Time => self.slot.time.cmp(&other.slot.time),
        }
    }

    /// Whether two cells stand in one place of these dimensions.
    pub fn is_beside(&self, other: &Cell<'_>, dimensions: &[Dimension]) -> bool {
        dimensions.iter().all(|dimension| self.order_on(other, *dimension).is_eq())
    }
}

/// The cells of figures, which come as the ledger gives them: by indicator, region and facet, then by period. Changes of
/// definition are those of all their indicators.
pub fn cells<'a>(figures: &'a [Observation], redefinitions: &'a [Redefinition]) -> Vec<Cell<'a>> {
    let mut found = Vec::with_capacity(figures.len());
    let same = |one: &Observation, other: &Observation| {
        one.indicator == other.indicator && one.region == other.region && one.facet == other.facet
    };
    for series in figures.chunk_by(same) {
        let Some(first) = series.first() else { continue };
        let changes = Series {
            observations: Vec::new(),
            redefinitions: redefinitions
                .iter()
                .filter(|change| change.indicator == first.indicator)
                .filter(|change| {
                    change.region.as_ref().is_none_or(|region| *region == first.region)
                })
                .cloned()
                .collect(),
        };
        let homes = series.iter().map(|figure| (Slot::home(figure.period), figure));
        let has_path = homes.clone().any(|(slot, _)| slot.cumulative);
        for frequency in Frequency::ALL {
            let own =
                homes.clone().filter(|(slot, _)| slot.frequency == frequency && !slot.cumulative);
            add(&mut found, own, &changes, redefinitions);
        }
        if has_path {
            let path =
                series.iter().filter_map(|figure| Some((Slot::cumulative(figure.period)?, figure)));
            add(&mut found, path, &changes, redefinitions);
        }
    }
    found
}

/// Adds the cells of one series of the cube.
fn add<'a>(
    found: &mut Vec<Cell<'a>>,
    series: impl Iterator<Item = (Slot, &'a Observation)>,
    changes: &Series,
    redefinitions: &'a [Redefinition],
) {
    let mut last: Option<(Period, Option<&'a Redefinition>)> = None;
    for (slot, figure) in series {
        let period = figure.period;
        // Vintages of one period are parted from the period before, not from each other.
        let redefinition = match last {
            Some((same, known)) if same == period => known,
            _ => last.and_then(|(before, _)| {
                let is_path = slot.cumulative && before.year() == period.year();
                let within = || is_path.then(|| changes.redefined_within(before, period)).flatten();
                let change = changes.redefined_between(before, period).or_else(within)?;
                redefinitions.iter().find(|known| *known == change)
            }),
        };
        last = Some((period, redefinition));
        found.push(Cell { slot, figure, redefinition });
    }
}

#[cfg(test)]
mod tests {
    use terms::{Day, Facet, Unit};

    use super::*;

    fn figure(period: &str, vintage: u8, value: &str, unit: &str) -> Observation {
        Observation {
            indicator: "gdp".into(),
            region: "330784".into(),
            facet: Facet::Level,
            period: period.parse().unwrap(),
            vintage: Day::new(2025, 1, vintage).unwrap(),
            value: Some(value.parse().unwrap()),
            unit: Unit::new(unit),
            status: ObservationStatus::Normal,
            source: "月报".into(),
            note: "".into(),
        }
    }

    fn keys(cells: &[Cell<'_>]) -> Vec<String> {
        let key = |cell: &Cell<'_>| {
            let parts = [Dimension::Frequency, Dimension::Measure, Dimension::Time];
            parts.map(|dimension| cell.value(dimension).into_owned()).join(".")
        };
        cells.iter().map(key).collect()
    }

    #[test]
    fn a_path_through_the_year_has_no_holes() {
        let figures =
            ["2023", "2024-01..02", "2024-Q1", "2024-Q2", "2024-H1", "2024-01..09", "2024"]
                .map(|period| figure(period, 20, "1", "亿元"));
        let expected = [
            "A.LEVEL.2023",
            "A.LEVEL.2024",
            "S.LEVEL.2024-S1",
            "Q.LEVEL.2024-Q1",
            "Q.LEVEL.2024-Q2",
            "M.LEVEL_YTD.2023-12",
            "M.LEVEL_YTD.2024-02",
            "M.LEVEL_YTD.2024-03",
            "M.LEVEL_YTD.2024-06",
            "M.LEVEL_YTD.2024-09",
            "M.LEVEL_YTD.2024-12",
        ];
        assert_eq!(keys(&cells(&figures, &[])), expected);
        // Without a figure that is cumulative and nothing else there is no path.
        let yearly = ["2022", "2023", "2024-H1"].map(|period| figure(period, 20, "1", "亿元"));
        assert_eq!(keys(&cells(&yearly, &[])).len(), 3);
    }

    #[test]
    fn numbers_and_units_are_as_published() {
        let lost = figure("2023", 20, "〓5.0", "万千瓦时");
        let exact = figure("2024", 20, "24.530", "亿元");
        let found = [lost, exact];
        let cells = cells(&found, &[]);
        let told = |cell: usize, attribute| {
            cells[cell].attribute(attribute).map(Cow::into_owned).unwrap_or_default()
        };
        assert_eq!(cells[0].number(), None);
        assert_eq!(told(0, Attribute::ValueText), "〓5.0");
        assert_eq!(told(0, Attribute::Status), "O");
        assert_eq!(told(0, Attribute::Multiplier), "4");
        assert_eq!(told(0, Attribute::Unit), "千瓦时");
        assert_eq!(cells[1].number().as_deref(), Some("24.530"));
        assert_eq!(told(1, Attribute::Multiplier), "8");
        assert_eq!(told(1, Attribute::UnitText), "亿元");
        assert_eq!(told(1, Attribute::Break), "");
    }

    #[test]
    fn the_first_figure_of_a_new_definition_tells_the_break() {
        let change = |region: Option<&str>, from: &str| Redefinition {
            indicator: "gdp".into(),
            region: region.map(Into::into),
            from: from.parse().unwrap(),
            known: Day::new(2024, 1, 1).unwrap(),
            reason: "口径调整".into(),
        };
        let figures = [
            figure("2022", 20, "1", "亿元"),
            figure("2023", 20, "1", "亿元"),
            figure("2023", 25, "2", "亿元"),
            figure("2024", 20, "1", "亿元"),
        ];
        let breaks = |change: Redefinition| -> Vec<String> {
            let changes = [change];
            let cells = cells(&figures, &changes);
            cells.iter().map(|cell| cell.attribute(Attribute::Status).unwrap().into()).collect()
        };
        assert_eq!(breaks(change(None, "2023")), ["A", "B", "B", "A"]);
        assert_eq!(breaks(change(Some("330784"), "2024-01")), ["A", "A", "A", "B"]);
        assert_eq!(breaks(change(Some("330700"), "2023")), ["A", "A", "A", "A"]);
        assert_eq!(breaks(change(None, "2020")), ["A", "A", "A", "A"]);
    }
}
