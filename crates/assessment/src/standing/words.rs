//! The sentences that say why a target stands where it does.

use rust_decimal::Decimal;
use terms::{
    KnownFigure, Modality, Observation, ObservationStatus, Outlook, PathPoint, Period,
    Redefinition, Standing, Status, TargetFacet, Unit,
};

/// A figure with what is to be known of it.
fn figure(known: &KnownFigure) -> String {
    let mut said = format!("{}{}{}", known.period.chinese(), known.value, known.unit);
    let mut aside = Vec::new();
    match known.status {
        ObservationStatus::Provisional => aside.push("初步核算".to_owned()),
        ObservationStatus::Estimated => aside.push("预计数".to_owned()),
        _ => {}
    }
    if !known.derived.is_empty() {
        aside.push(known.derived.clone());
    }
    if !aside.is_empty() {
        said += &format!("（{}）", aside.join("，"));
    }
    said
}

fn of_strength(strength: Option<Modality>) -> &'static str {
    match strength {
        Some(Modality::Aim) => "力争目标",
        _ => "目标",
    }
}

/// Of a period whose figure is known.
pub(super) fn ended(
    promised: &str,
    known: &KnownFigure,
    why: &str,
    strength: Option<Modality>,
) -> String {
    let tail = if why.is_empty() { String::new() } else { format!("：{why}") };
    format!("{}，{}{promised}{tail}", figure(known), of_strength(strength))
}

/// Of a figure whose definition changed after the target was set.
pub(super) fn redefined(known: &KnownFigure, change: &Redefinition) -> String {
    format!("{}，{}", figure(known), changed(change))
}

/// Of a definition that changed after the target was set.
pub(super) fn changed(change: &Redefinition) -> String {
    format!("自{}起统计口径变化，与目标不可比：{}", change.from.chinese(), change.reason)
}

/// Of a period that is over.
pub(super) fn not_published(period: Period, latest: Option<&KnownFigure>) -> String {
    match latest {
        Some(latest) => format!("{}的数据尚未公布，最近为{}", period.chinese(), figure(latest)),
        None => format!("没有{}的数据", period.chinese()),
    }
}

/// Of a running period without any figure.
pub(super) fn nothing_yet(period: Period) -> String {
    format!("{}还没有任何数据", period.chinese())
}

/// What is known of a running period.
pub(super) struct Running<'a> {
    pub(super) latest: &'a KnownFigure,
    pub(super) promised: String,
    pub(super) certain: Option<bool>,
    pub(super) path: Option<&'a PathPoint>,
    pub(super) outlook: Option<&'a Outlook>,
    pub(super) without_outlook: &'a str,
    pub(super) rate: bool,
    pub(super) unit: &'a Unit,
    pub(super) strength: Option<Modality>,
}

/// Of a running period.
pub(super) fn running(known: &Running<'_>) -> String {
    let Running { latest, promised, unit, .. } = known;
    let mut parts = vec![format!("{}，{}{promised}", figure(latest), of_strength(known.strength))];
    match known.certain {
        Some(true) => parts.push("已提前完成".to_owned()),
        Some(false) => parts.push("已超过上限".to_owned()),
        None => {}
    }
    parts.extend(known.path.map(|path| on_path(path, known.rate, unit)));
    match known.outlook {
        Some(outlook) => {
            let [low, high] = outlook.interval_80;
            parts.push(format!(
                "年底预计{}{unit}（80%区间{low}至{high}），完成的可能{}",
                outlook.mean,
                chance(outlook.probability)
            ));
            if known.certain.is_none() {
                parts.extend(shortfall(outlook));
            }
        }
        None if known.certain.is_none() && !known.without_outlook.is_empty() => {
            parts.push(format!("不作预测：{}", known.without_outlook));
        }
        None => {}
    }
    parts.join("；")
}

fn on_path(path: &PathPoint, rate: bool, unit: &Unit) -> String {
    let expected = format!("此时应为{}{unit}", path.expected);
    let basis = match (path.years, path.share, rate) {
        (0, Some(_), _) => "没有往年可比，按月份平均".to_owned(),
        (0, None, true) => "没有往年可比，直接与目标相比".to_owned(),
        (0, None, false) => "没有往年可比，自上年末按月份平均".to_owned(),
        (years, Some(share), _) => {
            let percent = (share * Decimal::ONE_HUNDRED).round_dp(1).normalize();
            format!("近{years}年此时平均为年底的{percent}%")
        }
        (years, None, _) => format!("按近{years}年此时到年底的平均变化"),
    };
    let ahead = path.ahead.normalize();
    let place = match ahead.is_sign_negative() {
        _ if ahead.is_zero() => "正好".to_owned(),
        true => format!("落后目标的{}%", -ahead),
        false => format!("超前目标的{ahead}%"),
    };
    format!("{basis}，{expected}，{place}")
}

/// A chance in words: simulated futures can rule nothing out.
fn chance(probability: Decimal) -> String {
    let percent = (probability * Decimal::ONE_HUNDRED).round_dp(0);
    match percent {
        percent if percent < Decimal::ONE => "不到1%".to_owned(),
        percent if percent > Decimal::from(99) => "超过99%".to_owned(),
        percent => format!("{}%", percent.normalize()),
    }
}

fn shortfall(outlook: &Outlook) -> Option<String> {
    let needed = outlook.needed.as_ref()?;
    let mut said = format!("其余各月还需{}{}", needed.sum.normalize(), needed.unit);
    if let Some(growth) = needed.growth {
        said += &format!("，同比{growth}%");
    }
    if let Some((year, best)) = needed.best {
        said += &format!("，近{}年同样各月最好的是{year}年的{best}%", needed.years);
    }
    Some(said)
}

/// Of a level that is promised for a later year.
pub(super) fn pace(base: &Observation, latest: &Observation, pace: Decimal) -> String {
    let said = |known: &Observation| {
        let value = known.value.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{}{value}{}", known.period.chinese(), known.unit)
    };
    let percent = (pace * Decimal::ONE_HUNDRED).round_dp(0).normalize();
    format!("{}，{}，实际步伐为所需步伐的{percent}%", said(base), said(latest))
}

/// Where an indicator stands by its targets: as the worst of those that can be judged; and how they differ.
pub(super) fn together(targets: &[Standing]) -> (Status, String) {
    const WORST_FIRST: [Status; 8] = [
        Status::Missed,
        Status::OffTrack,
        Status::AtRisk,
        Status::OnTrack,
        Status::Met,
        Status::NotComparable,
        Status::NoData,
        Status::Open,
    ];
    let has = |status: &&Status| targets.iter().any(|one| one.status == **status);
    let status = WORST_FIRST.iter().find(has).copied().unwrap_or(Status::Open);
    if targets.iter().all(|one| one.status == status) {
        return (status, String::new());
    }
    let each: Vec<String> = targets
        .iter()
        .map(|one| format!("{}{}", facet(one.target.facet), outcome(one.status)))
        .collect();
    (status, each.join("，"))
}

fn facet(facet: TargetFacet) -> &'static str {
    match facet {
        TargetFacet::Level => "总量",
        TargetFacet::Growth => "增速",
        TargetFacet::Increment => "增量",
        TargetFacet::Rank => "位次",
    }
}

fn outcome(status: Status) -> &'static str {
    match status {
        Status::Met => "已完成",
        Status::OnTrack => "进度正常",
        Status::AtRisk => "有风险",
        Status::OffTrack => "明显落后",
        Status::Missed => "未完成",
        Status::NotComparable => "不可比",
        Status::NoData => "无数据",
        _ => "待检验",
    }
}
