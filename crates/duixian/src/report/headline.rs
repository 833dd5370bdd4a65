//! The headline sentence: of so many indicators, these were met, these fell short, and of these there is no figure, because.

use publication::report::{Block, Run};
use terms::{Basis, FacetStatus, IndicatorStatus, Status, TargetFacet};

use super::gap;
use super::ground::Ground;

/// What is said of one indicator.
struct Said {
    name: String,
    status: Status,
    reason: String,
    facets: Vec<FacetStatus>,
}

/// What is said of a group of indicators that stand alike.
const GROUPS: &[(Status, &str)] = &[
    (Status::Met, "完成情况较好"),
    (Status::OnTrack, "进度正常"),
    (Status::AtRisk, "完成有风险"),
    (Status::OffTrack, "明显落后于进度"),
    (Status::Missed, "与目标相比仍有差距"),
];

pub(super) fn blocks(ground: &Ground) -> Vec<Block> {
    let (year, report) = (ground.year, ground.report());
    let headline = report.and_then(|one| Some((one, one.headline.as_ref()?)));
    let (all, declared, source) = if ground.standings.is_empty() {
        let Some((one, headline)) = headline else {
            return vec![gap(&format!("报告没有{year}年主要指标的总账，台账里也没有该年的目标"))];
        };
        let title = one.document.profile.title.as_deref().unwrap_or(&one.document.name);
        let source = format!("《{title}》（文档 {}）对主要指标的总述", one.document.id);
        let all: Vec<Said> = headline.indicators.iter().map(reported).collect();
        (all, headline.declared, source)
    } else {
        let source = format!("按{}所知的数据逐项判断，见附件", super::date(ground.as_of));
        (ground.standings.iter().map(judged).collect(), None, source)
    };
    let mut blocks = vec![Block::Paragraph { runs: vec![Run::from(sentence(year, &all), source)] }];
    let named = u32::try_from(all.len()).ok();
    if declared.is_some() && declared != named {
        let declared = declared.unwrap_or_default();
        blocks.push(gap(&format!("原报告称共{declared}项，列名{}项，请核对", all.len())));
    }
    blocks
}

fn reported(one: &IndicatorStatus) -> Said {
    Said {
        name: one.name.clone(),
        status: one.status,
        reason: one.reason.clone().unwrap_or_default(),
        facets: one.facets.clone(),
    }
}

fn judged(one: &terms::IndicatorStanding) -> Said {
    let facets = one.targets.iter().filter_map(|standing| {
        let facet = match standing.target.facet {
            TargetFacet::Level => Basis::Level,
            TargetFacet::Growth => Basis::Growth,
            TargetFacet::Increment | TargetFacet::Rank => return None,
        };
        Some(FacetStatus { facet, status: standing.status, reason: None })
    });
    let facets: Vec<FacetStatus> = facets.collect();
    let differ = facets.windows(2).any(|two| two[0].status != two[1].status);
    let without = one.status == Status::NotComparable;
    let why = one.targets.iter().find(|standing| standing.status == one.status);
    Said {
        name: one.name.clone(),
        status: one.status,
        reason: why.filter(|_| without).map_or(String::new(), |standing| standing.reason.clone()),
        facets: if differ { facets } else { Vec::new() },
    }
}

fn sentence(year: i16, all: &[Said]) -> String {
    let mut said = format!("{year}年计划确定主要指标{}项", all.len());
    let without = |one: &&Said| matches!(one.status, Status::NoData | Status::NotComparable);
    let mut first = true;
    for one in all.iter().filter(without) {
        let (name, reason) = (&one.name, one.reason.trim_end_matches('。'));
        let reason = if reason.is_empty() { String::new() } else { format!("因{reason}") };
        let among = if std::mem::take(&mut first) { "其中" } else { "" };
        let what = if one.status == Status::NoData { "无数据" } else { "与目标不可比" };
        said += &format!("，{among}{name}{reason}{what}");
    }
    said.push('。');
    let mut groups = Vec::new();
    for (status, words) in GROUPS {
        let of = all.iter().filter(|one| one.status == *status);
        let mut reasons: Vec<&str> = Vec::new();
        for one in of.clone() {
            if !reasons.contains(&one.reason.as_str()) {
                reasons.push(&one.reason);
            }
        }
        for reason in reasons {
            let members: Vec<&Said> = of.clone().filter(|one| one.reason == reason).collect();
            groups.push(group(&members, reason, words));
        }
    }
    said += &groups.join("；");
    if !groups.is_empty() {
        said.push('。');
    }
    let open = all.iter().filter(|one| !GROUPS.iter().any(|(status, _)| *status == one.status));
    let open: Vec<&str> = open.filter(|one| !without(one)).map(|one| one.name.as_str()).collect();
    if !open.is_empty() {
        said += &format!("{}等{}项指标待检验。", open.join("、"), open.len());
    }
    said
}

fn group(members: &[&Said], reason: &str, words: &str) -> String {
    let names: Vec<&str> = members.iter().map(|one| one.name.as_str()).collect();
    let reason = if reason.is_empty() { String::new() } else { format!("因{reason}") };
    let mut said = format!("{}等{}项指标{reason}{words}", names.join("、"), names.len());
    let mut told: Vec<&Vec<FacetStatus>> = Vec::new();
    for one in members.iter().filter(|one| !one.facets.is_empty()) {
        if told.contains(&&one.facets) {
            continue;
        }
        told.push(&one.facets);
        let alike: Vec<&str> = members
            .iter()
            .filter(|other| other.facets == one.facets)
            .map(|other| other.name.as_str())
            .collect();
        let facets: Vec<String> = one.facets.iter().map(facet).collect();
        said += &format!("，其中{}的{}", alike.join("、"), facets.join("，"));
    }
    said
}

fn facet(facet: &FacetStatus) -> String {
    let name = if facet.facet == Basis::Growth { "增速目标" } else { "绝对值目标" };
    let reason = facet.reason.as_ref().map_or(String::new(), |reason| format!("因{reason}"));
    let what = match facet.status {
        Status::Met => "已完成",
        Status::Missed => "存在差距",
        other => publication::report::status_name(other),
    };
    format!("{name}{reason}{what}")
}
