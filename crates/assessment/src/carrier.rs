//! What kinds of energy are called.

use methods::energy::coal::Carrier;

/// The names of a carrier, the usual one first.
pub fn names(carrier: Carrier) -> &'static [&'static str] {
    match carrier {
        Carrier::RawCoal => &["原煤", "raw coal"],
        Carrier::WashedCoal => &["洗精煤", "washed coal"],
        Carrier::Coke => &["焦炭", "coke"],
        Carrier::CrudeOil => &["原油", "crude oil"],
        Carrier::FuelOil => &["燃料油", "fuel oil"],
        Carrier::Petrol => &["汽油", "petrol", "gasoline"],
        Carrier::Kerosene => &["煤油", "kerosene"],
        Carrier::Diesel => &["柴油", "diesel"],
        Carrier::Lpg => &["液化石油气", "lpg"],
        Carrier::OilFieldGas => &["油田天然气", "oilfield gas"],
        Carrier::GasFieldGas => &["气田天然气", "gasfield gas"],
        Carrier::Heat => &["热力", "heat"],
        Carrier::Electricity => &["电力", "电", "electricity"],
    }
}

/// The carrier of a name; `None` where there is none of that name.
///
/// ```
/// use assessment::carrier::named;
/// use methods::energy::coal::Carrier;
///
/// assert_eq!(named("电力"), Some(Carrier::Electricity));
/// assert_eq!(named("LPG"), Some(Carrier::Lpg));
/// assert_eq!(named("泥炭"), None);
/// ```
pub fn named(name: &str) -> Option<Carrier> {
    let called =
        |carrier: &Carrier| names(*carrier).iter().any(|one| one.eq_ignore_ascii_case(name));
    Carrier::ALL.into_iter().find(called)
}

/// The usual names of all carriers, in a line.
pub fn all() -> String {
    Carrier::ALL.map(|carrier| names(carrier).first().copied().unwrap_or_default()).join("、")
}
