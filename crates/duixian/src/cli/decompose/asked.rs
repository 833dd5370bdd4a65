//! The target that is to be parted: one of the ledger, or one that is typed.

use assessment::region::{Asked, Kind, Method, method_of};
use ledger::Ledger;
use methods::apportion::Side;
use rust_decimal::Decimal;
use terms::{
    Comparator, Day, Dimension, Indicator, Modality, Period, RegionPlace, Target, TargetFacet, Unit,
};

use super::super::list::moment;
use super::super::regional;
use super::{Arguments, ToldFacet};
use crate::entered;
use crate::error::Failure;

/// A target that is to be parted.
pub(super) struct Goal<'a> {
    /// The target of the ledger, where it is one.
    pub(super) target: Option<Target>,
    pub(super) indicator: &'a Indicator,
    pub(super) region: RegionPlace,
    pub(super) period: Period,
    pub(super) facet: TargetFacet,
    pub(super) comparator: Comparator,
    pub(super) value: Decimal,
    /// What the ledger says that it is, where it is one of the ledger.
    pub(super) filed_value: Option<Decimal>,
    /// As many as its value was written with.
    pub(super) decimals: u32,
    pub(super) unit: Unit,
    pub(super) strength: Option<Modality>,
    pub(super) kind: Kind,
    /// What a ratio counts by.
    pub(super) denominator: Option<&'a Indicator>,
}

impl Goal<'_> {
    /// What it is called in messages.
    pub(super) fn named(&self) -> String {
        let Goal { indicator, region, period, value, unit, .. } = self;
        format!("{} {} {} {value}{unit}", region.name, indicator.name, period.chinese())
    }
}

/// What is typed of a target.
struct Typed<'a> {
    indicator: &'a Indicator,
    region: RegionPlace,
    period: Period,
    facet: TargetFacet,
    comparator: Comparator,
    value: Decimal,
    unit: Unit,
    strength: Option<Modality>,
}

/// The target that is asked for.
pub(super) fn goal<'a>(
    arguments: &Arguments,
    ledger: &Ledger,
    catalogue: &'a [Indicator],
    day: Day,
) -> Result<Goal<'a>, Failure> {
    let target = arguments.target.as_deref().map(|code| known(ledger, code, arguments.as_of));
    let target = target.transpose()?;
    let typed = match &target {
        Some(target) => of_ledger(arguments, ledger, catalogue, target, day)?,
        None => of_words(arguments, ledger, catalogue)?,
    };
    let (kind, denominator) = kind(arguments, catalogue, &typed)?;
    let filed_value = target.as_ref().map(|target| target.on(day).value);
    let Typed { indicator, region, period, facet, comparator, value, unit, strength } = typed;
    let decimals = value.scale();
    Ok(Goal {
        target,
        indicator,
        region,
        period,
        facet,
        comparator,
        value,
        filed_value,
        decimals,
        unit,
        strength,
        kind,
        denominator,
    })
}

fn known(ledger: &Ledger, code: &str, as_of: Option<Day>) -> Result<Target, Failure> {
    let at = as_of.map(|day| moment(&day.to_string()));
    ledger.target(code, at.as_deref())?.ok_or_else(|| {
        Failure::Input(format!("没有目标“{code}”（应为台账中目标的代码，见 duixian list target）"))
    })
}

fn of_ledger<'a>(
    arguments: &Arguments,
    ledger: &Ledger,
    catalogue: &'a [Indicator],
    target: &Target,
    day: Day,
) -> Result<Typed<'a>, Failure> {
    let bound = target.on(day);
    let (comparator, value) = match &arguments.value {
        None => (target.comparator, bound.value),
        Some(written) => {
            let (comparator, value) = bound_of(written, &target.unit)?;
            (comparator.unwrap_or(target.comparator), value)
        }
    };
    if comparator == Comparator::Range {
        return Err(Failure::Input(format!(
            "目标“{}”是区间，不能分解（应以 --value 指明要分解的值）",
            target.code
        )));
    }
    Ok(Typed {
        indicator: regional::indicator(&target.indicator, catalogue)?,
        region: regional::region(ledger, &target.region, regional::last_day(target.period)?)?,
        period: target.period,
        facet: target.facet,
        comparator,
        value,
        unit: target.unit.clone(),
        strength: target.strength,
    })
}

fn of_words<'a>(
    arguments: &Arguments,
    ledger: &Ledger,
    catalogue: &'a [Indicator],
) -> Result<Typed<'a>, Failure> {
    let lacking =
        |option: &str| Failure::Input(format!("缺少 {option}（应写明目标，或给出其代码）"));
    let indicator = arguments.indicator.as_deref().ok_or_else(|| lacking("--indicator"))?;
    let indicator = regional::indicator(indicator, catalogue)?;
    let period = arguments.period.ok_or_else(|| lacking("--period"))?;
    let region = arguments.region.as_deref().ok_or_else(|| lacking("--region"))?;
    let region = regional::region(ledger, region, regional::last_day(period)?)?;
    let facet = match arguments.facet.unwrap_or(ToldFacet::Level) {
        ToldFacet::Level => TargetFacet::Level,
        ToldFacet::Growth => TargetFacet::Growth,
        ToldFacet::Increment => TargetFacet::Increment,
    };
    let unit = match (&arguments.unit, facet) {
        (Some(unit), _) => Unit::new(unit.as_str()),
        (None, TargetFacet::Growth) => Unit::new("%"),
        (None, _) => Unit::new(indicator.unit.as_str()),
    };
    let usual = Unit::new(indicator.unit.as_str());
    let fits = match facet {
        TargetFacet::Growth => unit.dimension() == Dimension::Share,
        _ => usual.convert(Decimal::ONE, &unit).is_some(),
    };
    if !fits {
        return Err(Failure::Input(format!(
            "单位“{unit}”不合{}（应为可与“{usual}”换算的单位，增速为 %）",
            indicator.name
        )));
    }
    let written = arguments.value.as_deref().ok_or_else(|| lacking("--value"))?;
    let (comparator, value) = bound_of(written, &unit)?;
    let comparator = comparator.unwrap_or(Comparator::AtLeast);
    Ok(Typed { indicator, region, period, facet, comparator, value, unit, strength: None })
}

/// The comparator, if one is written, and the value of a bound.
fn bound_of(written: &str, unit: &Unit) -> Result<(Option<Comparator>, Decimal), Failure> {
    use Comparator::{Above, AtLeast, AtMost, Below, Equal};
    const SIGNS: [(&str, Comparator); 7] = [
        (">=", AtLeast),
        ("≥", AtLeast),
        ("<=", AtMost),
        ("≤", AtMost),
        (">", Above),
        ("<", Below),
        ("=", Equal),
    ];
    let text = written.trim();
    let signed = SIGNS.iter().find_map(|(sign, found)| Some((text.strip_prefix(sign)?, *found)));
    let (number, comparator) = match signed {
        Some((number, comparator)) => (number, Some(comparator)),
        None => (text, None),
    };
    let value = entered::amount(number, unit).ok().and_then(|amount| amount.exact());
    let value = value.ok_or_else(|| {
        Failure::Input(format!("总目标的值“{written}”有误（应如 800、\">= 6.5\"，单位另写）"))
    })?;
    Ok((comparator, value))
}

/// In which way parts come to the whole, and by which indicator they count.
fn kind<'a>(
    arguments: &Arguments,
    catalogue: &'a [Indicator],
    typed: &Typed<'a>,
) -> Result<(Kind, Option<&'a Indicator>), Failure> {
    let side = match typed.comparator {
        Comparator::AtLeast | Comparator::Above => Side::AtLeast,
        Comparator::AtMost | Comparator::Below => Side::AtMost,
        _ => Side::Near,
    };
    let name = &typed.indicator.name;
    let given = arguments.denominator.as_deref();
    let given = given.map(|written| regional::indicator(written, catalogue)).transpose()?;
    let own = method_of(typed.indicator, catalogue, Asked::default());
    let adds = matches!(own, Ok(Method::Sum));
    match typed.facet {
        TargetFacet::Rank => {
            Err(Failure::Input("位次目标不能分解（应为水平、增速或增量）".to_owned()))
        }
        TargetFacet::Growth if typed.unit.dimension() != Dimension::Share => {
            Err(Failure::Input(format!("以“{}”计的增幅不能分解（应为以 % 计的增速）", typed.unit)))
        }
        TargetFacet::Growth if !adds && arguments.shares.is_none() => Err(Failure::Input(format!(
            "{name}不能由下级相加，增速没有可加权的基数（应在 --shares 表中给出基数，如人均收入×人口）"
        ))),
        TargetFacet::Growth => Ok((Kind::Growth(side), None)),
        TargetFacet::Level if adds && given.is_none() => Ok((Kind::Amount, None)),
        TargetFacet::Increment if adds => Ok((Kind::Increment, None)),
        TargetFacet::Increment => {
            Err(Failure::Input(format!("{name}不能由下级相加，增量不能分解（应分解水平）")))
        }
        TargetFacet::Level => {
            let denominator = given.or(match own {
                Ok(Method::RatioOfSums { denominator, .. }) => Some(denominator),
                _ => None,
            });
            if denominator.is_none() && arguments.shares.is_none() {
                return Err(Failure::Input(format!(
                    "{name}是比率或平均数，分解要知道各下级的分母（应以 --denominator 给出指标，或在 --shares 表中给出分母）"
                )));
            }
            Ok((Kind::Ratio(side), denominator))
        }
    }
}
