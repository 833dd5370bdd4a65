//! Energy of many kinds in one unit: standard coal.
//!
//! Source of the factors: GB/T 2589-2020 (*综合能耗计算通则*), annex A, reference factors as printed; a kilogram of standard
//! coal is 29,307.6 kJ. The standard prefers a measured heat value to its references: a factor may be supplied. Electricity
//! and heat have two factors that must not be mixed: what they are worth as heat (当量, printed) and what it took to make
//! them (等价, different each year and place: always supplied).

use rust_decimal::Decimal;

/// A kind of energy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Carrier {
    /// Raw coal (原煤), in kilograms.
    RawCoal,
    /// Washed coal (洗精煤), in kilograms.
    WashedCoal,
    /// Coke (焦炭), in kilograms.
    Coke,
    /// Crude oil (原油), in kilograms.
    CrudeOil,
    /// Fuel oil (燃料油), in kilograms.
    FuelOil,
    /// Petrol (汽油), in kilograms.
    Petrol,
    /// Kerosene (煤油), in kilograms.
    Kerosene,
    /// Diesel (柴油), in kilograms.
    Diesel,
    /// Liquefied petroleum gas (液化石油气), in kilograms.
    Lpg,
    /// Natural gas of oil fields (油田天然气), in cubic metres.
    OilFieldGas,
    /// Natural gas of gas fields (气田天然气), in cubic metres.
    GasFieldGas,
    /// Heat (热力), in megajoules.
    Heat,
    /// Electricity (电力), in kilowatt-hours.
    Electricity,
}

/// In what a carrier is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// Kilograms.
    Kilogram,
    /// Cubic metres.
    CubicMetre,
    /// Megajoules.
    Megajoule,
    /// Kilowatt-hours.
    KilowattHour,
}

/// By what electricity and heat are valued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// By the heat that they give (当量值).
    Calorific,
    /// By the energy that it took to make them (等价值).
    Equivalent,
}

impl Carrier {
    /// All of them.
    pub const ALL: [Carrier; 13] = [
        Carrier::RawCoal,
        Carrier::WashedCoal,
        Carrier::Coke,
        Carrier::CrudeOil,
        Carrier::FuelOil,
        Carrier::Petrol,
        Carrier::Kerosene,
        Carrier::Diesel,
        Carrier::Lpg,
        Carrier::OilFieldGas,
        Carrier::GasFieldGas,
        Carrier::Heat,
        Carrier::Electricity,
    ];

    /// In what it is measured.
    pub fn measured(self) -> Measured {
        match self {
            Carrier::OilFieldGas | Carrier::GasFieldGas => Measured::CubicMetre,
            Carrier::Heat => Measured::Megajoule,
            Carrier::Electricity => Measured::KilowattHour,
            _ => Measured::Kilogram,
        }
    }

    /// Whether the two bases differ.
    pub fn is_made(self) -> bool {
        matches!(self, Carrier::Heat | Carrier::Electricity)
    }

    /// The printed factor, in kilograms of standard coal per unit; of heat and electricity that of their heat.
    pub fn printed(self) -> Decimal {
        match self {
            Carrier::RawCoal => Decimal::new(7143, 4),
            Carrier::WashedCoal => Decimal::new(9000, 4),
            Carrier::Coke => Decimal::new(9714, 4),
            Carrier::CrudeOil | Carrier::FuelOil => Decimal::new(14286, 4),
            Carrier::Petrol | Carrier::Kerosene => Decimal::new(14714, 4),
            Carrier::Diesel => Decimal::new(14571, 4),
            Carrier::Lpg => Decimal::new(17143, 4),
            Carrier::OilFieldGas => Decimal::new(13300, 4),
            Carrier::GasFieldGas => Decimal::new(12143, 4),
            Carrier::Heat => Decimal::new(3412, 5),
            // As printed, though 3,600 ÷ 29,307.6 would be 0.1228.
            Carrier::Electricity => Decimal::new(1229, 4),
        }
    }
}

/// Why there is no standard coal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CoalError {
    /// An amount is below nought.
    #[error("negative amount")]
    Negative,
    /// A supplied factor is not above nought.
    #[error("a factor of {0}")]
    Factor(Decimal),
    /// The equivalent value of what is made has no printed factor.
    #[error("the equivalent value needs a factor")]
    NeedsFactor,
    /// A number leaves the range of exact decimals.
    #[error("out of range")]
    Range,
}

/// The factor of a carrier: the supplied one, else the printed one.
///
/// # Errors
/// Where the supplied factor is not above nought, or the equivalent value of heat or electricity has none.
pub fn factor(
    carrier: Carrier,
    basis: Basis,
    supplied: Option<Decimal>,
) -> Result<Decimal, CoalError> {
    match supplied {
        Some(factor) if factor <= Decimal::ZERO => Err(CoalError::Factor(factor)),
        Some(factor) => Ok(factor),
        None if basis == Basis::Equivalent && carrier.is_made() => Err(CoalError::NeedsFactor),
        None => Ok(carrier.printed()),
    }
}

/// An amount in kilograms of standard coal, not rounded.
///
/// # Errors
/// Where the amount is negative or its factor cannot be found ([`factor`]).
///
/// ```
/// use methods::energy::coal::{Basis, Carrier, standard_coal};
/// use rust_decimal::Decimal;
///
/// let found = standard_coal(Carrier::Electricity, Decimal::new(10000, 0), Basis::Calorific, None);
/// assert_eq!(found, Ok(Decimal::new(1229, 0)));
/// ```
pub fn standard_coal(
    carrier: Carrier,
    amount: Decimal,
    basis: Basis,
    supplied: Option<Decimal>,
) -> Result<Decimal, CoalError> {
    if amount < Decimal::ZERO {
        return Err(CoalError::Negative);
    }
    amount.checked_mul(factor(carrier, basis, supplied)?).ok_or(CoalError::Range)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each stands for a round number of kilocalories, of which 7,000 are a kilogram of standard coal.
    #[test]
    fn printed_factors_follow_from_heat_values() {
        for (carrier, kilocalories) in [
            (Carrier::RawCoal, 5_000),
            (Carrier::WashedCoal, 6_300),
            (Carrier::Coke, 6_800),
            (Carrier::CrudeOil, 10_000),
            (Carrier::FuelOil, 10_000),
            (Carrier::Petrol, 10_300),
            (Carrier::Kerosene, 10_300),
            (Carrier::Diesel, 10_200),
            (Carrier::Lpg, 12_000),
            (Carrier::OilFieldGas, 9_310),
            (Carrier::GasFieldGas, 8_500),
        ] {
            let computed = Decimal::from(kilocalories) / Decimal::from(7_000);
            assert_eq!(computed.round_dp(4), carrier.printed(), "{carrier:?}");
        }
        // A megajoule of heat in kilojoules.
        let heat = Decimal::from(1_000) / Decimal::new(293_076, 1);
        assert_eq!(heat.round_dp(5), Carrier::Heat.printed());
        assert_eq!(Carrier::ALL.len(), 13);
    }

    #[test]
    fn the_two_values_of_electricity_are_not_mixed() {
        let of = |basis, supplied| {
            standard_coal(Carrier::Electricity, Decimal::from(1000), basis, supplied)
        };
        let made = Decimal::new(3012, 4);
        assert_eq!(of(Basis::Calorific, None), Ok(Decimal::new(1229, 1)));
        assert_eq!(of(Basis::Equivalent, None), Err(CoalError::NeedsFactor));
        assert_eq!(of(Basis::Equivalent, Some(made)), Ok(Decimal::new(3012, 1)));
        // What is burnt as it comes has one value.
        let coal = standard_coal(Carrier::RawCoal, Decimal::TEN, Basis::Equivalent, None);
        assert_eq!(coal, Ok(Decimal::new(7143, 3)));
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let of = |amount, supplied| {
            standard_coal(Carrier::Coke, Decimal::from(amount), Basis::Calorific, supplied)
        };
        assert_eq!(of(-1, None), Err(CoalError::Negative));
        assert_eq!(of(1, Some(Decimal::ZERO)), Err(CoalError::Factor(Decimal::ZERO)));
        assert_eq!(of(1, Some(Decimal::MAX)), Ok(Decimal::MAX));
        assert_eq!(of(2, Some(Decimal::MAX)), Err(CoalError::Range));
    }
}
