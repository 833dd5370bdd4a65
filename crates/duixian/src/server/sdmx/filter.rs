//! Conditions on components, as the newer version of the standard writes them: `c[TIME_PERIOD]=ge:2024-01+le:2024-06`.

use std::cmp::Ordering;

use publication::sdmx::error::Failure;
use publication::sdmx::{Attribute, Cell, Dimension, VALUE, time};
use rust_decimal::Decimal;

use super::fault;
use super::moment::Moment;

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Component {
    Dimension(Dimension),
    Attribute(Attribute),
    Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Contains,
    ContainsNot,
    Begins,
    Ends,
}

const OPERATORS: [(&str, Operator); 10] = [
    ("eq", Operator::Equal),
    ("ne", Operator::NotEqual),
    ("lt", Operator::Less),
    ("le", Operator::AtMost),
    ("gt", Operator::Greater),
    ("ge", Operator::AtLeast),
    ("co", Operator::Contains),
    ("nc", Operator::ContainsNot),
    ("sw", Operator::Begins),
    ("ew", Operator::Ends),
];

/// What a figure's component is held against.
#[derive(Debug, Clone, PartialEq)]
enum Against {
    Text(String),
    Time(Moment),
    Number(Decimal),
}

/// Of some conditions all have to hold, of some such groups one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Filter {
    component: Component,
    any: Vec<Vec<(Operator, Against)>>,
}

impl Filter {
    /// Reads the conditions on the component `id`.
    pub(super) fn read(id: &str, text: &str) -> Result<Filter, Failure> {
        let component = component(id)?;
        let group = |text: &str| {
            // A plus that was not encoded arrives as a space.
            text.split(['+', ' ']).map(|one| condition(id, component, one)).collect()
        };
        let any = text.split(',').map(group).collect::<Result<Vec<Vec<_>>, Failure>>()?;
        Ok(Filter { component, any })
    }

    /// Figures from a time on.
    pub(super) fn from(field: &str, text: &str) -> Result<Filter, Failure> {
        Filter::of_time(Operator::AtLeast, Moment::read(field, text)?)
    }

    /// Figures up to a time.
    pub(super) fn until(field: &str, text: &str) -> Result<Filter, Failure> {
        Filter::of_time(Operator::AtMost, Moment::read(field, text)?)
    }

    fn of_time(operator: Operator, moment: Moment) -> Result<Filter, Failure> {
        let component = Component::Dimension(Dimension::Time);
        Ok(Filter { component, any: vec![vec![(operator, Against::Time(moment))]] })
    }

    /// Whether a figure fits; `but` is a dimension that does not matter.
    pub(super) fn holds(&self, cell: &Cell<'_>, but: Option<Dimension>) -> bool {
        if but.is_some_and(|but| self.component == Component::Dimension(but)) {
            return true;
        }
        let holds = |(operator, against): &(Operator, Against)| {
            holds(self.component, cell, *operator, against)
        };
        self.any.iter().any(|all| all.iter().all(holds))
    }

    /// The codes to which a dimension is confined, where that is all that is asked of it.
    pub(super) fn codes(&self, dimension: Dimension) -> Option<Vec<String>> {
        if self.component != Component::Dimension(dimension) {
            return None;
        }
        let code = |all: &Vec<(Operator, Against)>| match all.as_slice() {
            [(Operator::Equal, Against::Text(code))] => Some(code.clone()),
            _ => None,
        };
        self.any.iter().map(code).collect()
    }
}

fn component(id: &str) -> Result<Component, Failure> {
    if id == VALUE {
        return Ok(Component::Value);
    }
    let dimension = Dimension::of_id(id).map(Component::Dimension);
    dimension.or_else(|| Attribute::of_id(id).map(Component::Attribute)).ok_or_else(|| {
        let dimensions = Dimension::ALL.into_iter().map(Dimension::id);
        let all = dimensions.chain([VALUE]).chain(Attribute::ALL.into_iter().map(Attribute::id));
        fault::syntax("c", id, &all.collect::<Vec<_>>().join(" | "))
    })
}

fn condition(id: &str, component: Component, text: &str) -> Result<(Operator, Against), Failure> {
    let field = format!("c[{id}]");
    let known = text.split_once(':').and_then(|(word, value)| {
        let found = OPERATORS.iter().find(|(known, _)| *known == word)?;
        Some((found.1, value))
    });
    let (operator, value) = known.unwrap_or((Operator::Equal, text));
    if value.is_empty() {
        return Err(fault::syntax(&field, text, "A | A,B | ge:A+le:B | co:A"));
    }
    let is_text = matches!(
        operator,
        Operator::Contains | Operator::ContainsNot | Operator::Begins | Operator::Ends
    );
    let against = match component {
        Component::Dimension(Dimension::Time) if !is_text => {
            Against::Time(Moment::read(&field, value)?)
        }
        Component::Value if !is_text => {
            let number = Decimal::from_str_exact(value);
            Against::Number(number.map_err(|_| fault::syntax(&field, value, "ge:12.5"))?)
        }
        _ => Against::Text(value.to_owned()),
    };
    Ok((operator, against))
}

fn holds(component: Component, cell: &Cell<'_>, operator: Operator, against: &Against) -> bool {
    match against {
        Against::Time(moment) => {
            let Some(own) = Moment::of(cell.slot.time) else { return false };
            match operator {
                Operator::Equal => own == *moment,
                Operator::NotEqual => own != *moment,
                Operator::Less => own.last < moment.first,
                Operator::AtMost => own.last <= moment.last,
                Operator::Greater => own.first > moment.last,
                _ => own.first >= moment.first,
            }
        }
        Against::Number(number) => {
            let own = cell.figure.value.as_ref().and_then(terms::Amount::exact);
            match own {
                Some(own) => ordered(operator, own.cmp(number)),
                None => operator == Operator::NotEqual,
            }
        }
        Against::Text(text) => {
            let own = match component {
                Component::Dimension(Dimension::Time) => time::written(cell.slot.time).into(),
                Component::Dimension(dimension) => cell.value(dimension),
                Component::Attribute(attribute) => cell.attribute(attribute).unwrap_or_default(),
                Component::Value => cell.number().unwrap_or_default().into(),
            };
            match operator {
                Operator::Contains => own.contains(text.as_str()),
                Operator::ContainsNot => !own.contains(text.as_str()),
                Operator::Begins => own.starts_with(text.as_str()),
                Operator::Ends => own.ends_with(text.as_str()),
                other => ordered(other, own.as_ref().cmp(text.as_str())),
            }
        }
    }
}

fn ordered(operator: Operator, order: Ordering) -> bool {
    match operator {
        Operator::Equal => order.is_eq(),
        Operator::NotEqual => order.is_ne(),
        Operator::Less => order.is_lt(),
        Operator::AtMost => order.is_le(),
        Operator::Greater => order.is_gt(),
        _ => order.is_ge(),
    }
}

#[cfg(test)]
mod tests {
    use publication::sdmx::cells;
    use terms::{Day, Facet, Observation, ObservationStatus, Unit};

    use super::*;

    fn found(id: &str, text: &str) -> Vec<String> {
        let figure = |period: &str, value: &str| Observation {
            indicator: "gdp".into(),
            region: "330784".into(),
            facet: Facet::Level,
            period: period.parse().unwrap(),
            vintage: Day::new(2025, 1, 20).unwrap(),
            value: Some(value.parse().unwrap()),
            unit: Unit::new("亿元"),
            status: ObservationStatus::Normal,
            source: "统计月报".into(),
            note: "".into(),
        };
        let figures = ["2023", "2024-02", "2024-03", "2024-Q1", "2024"];
        let figures: Vec<_> = figures.iter().map(|period| figure(period, "12.50")).collect();
        let filter = Filter::read(id, text).unwrap();
        let all = cells(&figures, &[]);
        let fit = all.iter().filter(|cell| filter.holds(cell, None));
        let mut times: Vec<String> = fit.map(|cell| cell.figure.period.to_string()).collect();
        times.sort();
        times
    }

    #[test]
    fn times_are_compared_as_stretches_of_days() {
        assert_eq!(found("TIME_PERIOD", "ge:2024-02+le:2024-03"), ["2024-02", "2024-03"]);
        assert_eq!(found("TIME_PERIOD", "ge:2024-02 le:2024-03"), ["2024-02", "2024-03"]);
        assert_eq!(found("TIME_PERIOD", "ge:2024"), ["2024", "2024-02", "2024-03", "2024-Q1"]);
        assert_eq!(found("TIME_PERIOD", "gt:2023+lt:2024-03"), ["2024-02"]);
        assert_eq!(found("TIME_PERIOD", "2023,2024-Q1"), ["2023", "2024-Q1"]);
        assert_eq!(found("TIME_PERIOD", "sw:2023"), ["2023"]);
        assert_eq!(found("TIME_PERIOD", "ne:2024+ne:2023").len(), 3);
    }

    #[test]
    fn other_components_are_compared_as_what_they_are() {
        assert_eq!(found("OBS_VALUE", "eq:12.5").len(), 5);
        assert_eq!(found("OBS_VALUE", "gt:12.5").len(), 0);
        assert_eq!(found("FREQ", "A,Q"), ["2023", "2024", "2024-Q1"]);
        assert_eq!(found("SOURCE", "co:月报").len(), 5);
        assert_eq!(found("BREAK", "co:口径").len(), 0);
        let filter = Filter::read("FREQ", "A,Q").unwrap();
        assert_eq!(filter.codes(Dimension::Frequency), Some(vec!["A".to_owned(), "Q".to_owned()]));
        assert_eq!(Filter::read("FREQ", "ne:A").unwrap().codes(Dimension::Frequency), None);
    }

    #[test]
    fn wrong_conditions_are_told() {
        for (id, text) in [
            ("NONE", "A"),
            ("FREQ", ""),
            ("TIME_PERIOD", "ge:x"),
            ("OBS_VALUE", "ge:x"),
            ("FREQ", "A,"),
        ] {
            assert_eq!(Filter::read(id, text).unwrap_err().status, 400, "{id}");
        }
    }
}
