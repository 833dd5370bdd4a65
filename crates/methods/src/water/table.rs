//! The items and their limits.

use rust_decimal::Decimal;

/// What kind of water it is; total phosphorus has other limits in lakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// A river or canal.
    River,
    /// A lake or reservoir.
    Lake,
}

/// A class of water, the cleanest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Class I.
    First,
    /// Class II.
    Second,
    /// Class III.
    Third,
    /// Class IV.
    Fourth,
    /// Class V.
    Fifth,
    /// Worse than class V (劣Ⅴ).
    Beyond,
}

impl Class {
    /// All of them, the cleanest first.
    pub const ALL: [Class; 6] =
        [Class::First, Class::Second, Class::Third, Class::Fourth, Class::Fifth, Class::Beyond];

    /// Its number, from 1; 6 is worse than class V.
    pub fn number(self) -> u8 {
        match self {
            Class::First => 1,
            Class::Second => 2,
            Class::Third => 3,
            Class::Fourth => 4,
            Class::Fifth => 5,
            Class::Beyond => 6,
        }
    }
}

/// What is measured in the water.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// pH, without a unit.
    Ph,
    /// Dissolved oxygen, of which more is better.
    Oxygen,
    /// Permanganate index.
    Permanganate,
    /// Chemical oxygen demand.
    Cod,
    /// Biochemical oxygen demand of five days.
    Bod5,
    /// Ammonia nitrogen.
    Ammonia,
    /// Total phosphorus.
    Phosphorus,
    /// Copper.
    Copper,
    /// Zinc.
    Zinc,
    /// Fluoride.
    Fluoride,
    /// Selenium.
    Selenium,
    /// Arsenic.
    Arsenic,
    /// Mercury.
    Mercury,
    /// Cadmium.
    Cadmium,
    /// Chromium VI.
    Chromium,
    /// Lead.
    Lead,
    /// Cyanide.
    Cyanide,
    /// Volatile phenols.
    Phenols,
    /// Oil.
    Oil,
    /// Anionic surfactants.
    Surfactants,
    /// Sulphide.
    Sulphide,
}

impl Item {
    /// The 21 items that a class is judged by, in the order of the standard.
    pub const ALL: [Item; 21] = [
        Item::Ph,
        Item::Oxygen,
        Item::Permanganate,
        Item::Cod,
        Item::Bod5,
        Item::Ammonia,
        Item::Phosphorus,
        Item::Copper,
        Item::Zinc,
        Item::Fluoride,
        Item::Selenium,
        Item::Arsenic,
        Item::Mercury,
        Item::Cadmium,
        Item::Chromium,
        Item::Lead,
        Item::Cyanide,
        Item::Phenols,
        Item::Oil,
        Item::Surfactants,
        Item::Sulphide,
    ];

    /// The limits of classes I to V; `None` of pH, which has a range. Dissolved oxygen has to reach them, all others may not
    /// be above.
    pub fn limits(self, body: Body) -> Option<[Decimal; 5]> {
        // In units of the last decimal that the row has.
        let (limits, scale): ([i64; 5], u32) = match self {
            Item::Ph => return None,
            // The standard also lets 90 % of saturation do for class I, which takes temperature and height to know.
            Item::Oxygen => ([75, 60, 50, 30, 20], 1),
            Item::Permanganate => ([2, 4, 6, 10, 15], 0),
            Item::Cod => ([15, 15, 20, 30, 40], 0),
            Item::Bod5 => ([3, 3, 4, 6, 10], 0),
            Item::Ammonia => ([15, 50, 100, 150, 200], 2),
            Item::Phosphorus => match body {
                Body::River => ([2, 10, 20, 30, 40], 2),
                Body::Lake => ([10, 25, 50, 100, 200], 3),
            },
            Item::Copper => ([1, 100, 100, 100, 100], 2),
            Item::Zinc => ([5, 100, 100, 200, 200], 2),
            Item::Fluoride => ([10, 10, 10, 15, 15], 1),
            Item::Selenium => ([1, 1, 1, 2, 2], 2),
            Item::Arsenic => ([5, 5, 5, 10, 10], 2),
            Item::Mercury => ([5, 5, 10, 100, 100], 5),
            Item::Cadmium => ([1, 5, 5, 5, 10], 3),
            Item::Chromium => ([1, 5, 5, 5, 10], 2),
            Item::Lead => ([1, 1, 5, 5, 10], 2),
            Item::Cyanide => ([5, 50, 200, 200, 200], 3),
            Item::Phenols => ([2, 2, 5, 10, 100], 3),
            Item::Oil => ([5, 5, 5, 50, 100], 2),
            Item::Surfactants => ([2, 2, 2, 3, 3], 1),
            Item::Sulphide => ([5, 10, 20, 50, 100], 2),
        };
        Some(limits.map(|limit| Decimal::new(limit, scale)))
    }

    /// The best class whose limit a concentration keeps. A pH from 6 to 9 keeps that of all, another one that of none.
    pub fn class(self, body: Body, value: Decimal) -> Class {
        let Some(limits) = self.limits(body) else {
            let kept = value >= Decimal::from(6) && value <= Decimal::from(9);
            return if kept { Class::First } else { Class::Beyond };
        };
        let keeps = |limit: &Decimal| match self {
            Item::Oxygen => value >= *limit,
            _ => value <= *limit,
        };
        let mut classes = Class::ALL.into_iter().zip(limits);
        classes.find(|(_, limit)| keeps(limit)).map_or(Class::Beyond, |(class, _)| class)
    }

    /// The highest value that is believed: a pH of 14, 60 mg/L of oxygen, of others a thousand times the limit of class V.
    /// A bound of ours, so that a wrong unit is noticed.
    pub fn most(self) -> Decimal {
        let last = self.limits(Body::River).and_then(|limits| limits.last().copied());
        match (self, last) {
            (Item::Ph, _) | (_, None) => Decimal::from(14),
            (Item::Oxygen, _) => Decimal::from(60),
            (_, Some(limit)) => limit * Decimal::ONE_THOUSAND,
        }
    }
}
