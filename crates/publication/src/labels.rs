//! The Chinese words and figures of tables and workbooks.

use terms::{
    Basis, Comparator, Direction, Fulfilment, Kind, Knowledge, Modality, RepairKind, Role,
    Statement, Status,
};

/// Where a statement or an indicator stands.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Met => "已完成",
        Status::OnTrack => "进度正常",
        Status::AtRisk => "有风险",
        Status::OffTrack => "明显落后",
        Status::Missed => "未达标",
        Status::NoData => "无数据",
        Status::NotComparable => "不可比",
        Status::Open => "待检验",
        Status::Reported => "已报告",
        Status::Background => "背景",
    }
}

/// What a forecast that was made again rests on.
pub(crate) fn knowledge(knowledge: Knowledge) -> &'static str {
    match knowledge {
        Knowledge::AtTheTime => "当时所知",
        Knowledge::Hindsight => "事后截取",
    }
}

/// Where a headline indicator or a facet stands, in the words of a report.
pub(crate) fn outcome(status: Status) -> &'static str {
    match status {
        Status::Missed => "有差距",
        other => self::status(other),
    }
}

/// A facet of an indicator's target.
pub(crate) fn facet(facet: Basis) -> &'static str {
    match facet {
        Basis::Growth => "增速",
        Basis::Level => "绝对值",
        other => basis(other),
    }
}

pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::Result => "结果",
        Role::Target => "目标",
        Role::Context => "背景",
    }
}

pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Quantity => "数值",
        Kind::Milestone => "里程碑",
    }
}

pub(crate) fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Firm => "确定",
        Modality::Aim => "力争",
    }
}

pub(crate) fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Level => "总量或水平",
        Basis::Increment => "新增量",
        Basis::Growth => "增减幅度",
        Basis::Rank => "位次",
        Basis::Frequency => "次数",
    }
}

pub(crate) fn comparator(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Equal => "=",
        Comparator::AtLeast => "≥",
        Comparator::AtMost => "≤",
        Comparator::Above => ">",
        Comparator::Below => "<",
        Comparator::About => "约",
        Comparator::Range => "区间",
    }
}

pub(crate) fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "增长",
        Direction::Down => "下降",
    }
}

/// A kind of damage.
pub(crate) fn repair(kind: RepairKind) -> &'static str {
    match kind {
        RepairKind::Encoding => "编码",
        RepairKind::Pinyin => "夹入的拼音",
        RepairKind::Traditional => "繁体转简体",
        RepairKind::Shifted => "错位的双字节",
        RepairKind::Inferred => "推断的字",
        RepairKind::LostDigit => "缺失的数字",
        RepairKind::LostCharacter => "缺失的字",
        RepairKind::Spacing => "全半角与空白",
    }
}

/// The number of a statement as one reads it; empty for a milestone. It has no signs such as ≥, whose width
/// differs between Chinese terminals.
pub(crate) fn figure(statement: &Statement) -> String {
    let Some(value) = &statement.value else { return String::new() };
    let course = statement.direction.map_or("", direction);
    let upper = statement.upper.as_ref().map_or(String::new(), |upper| format!("至{upper}"));
    let unit = statement.unit.as_ref().map_or("", terms::Unit::as_str);
    let plain = format!("{value}{upper}{unit}");
    match statement.comparator {
        Some(Comparator::AtLeast) => format!("{course}{plain}以上"),
        Some(Comparator::AtMost) => format!("{course}{plain}以内"),
        Some(Comparator::Above) => format!("{course}超过{plain}"),
        Some(Comparator::Below) => format!("{course}低于{plain}"),
        Some(Comparator::About) => format!("{course}约{plain}"),
        None | Some(Comparator::Equal | Comparator::Range) => format!("{course}{plain}"),
    }
}

/// Whether the source lost a digit of the statement's number.
pub(crate) fn lost(statement: &Statement) -> bool {
    [&statement.value, &statement.upper].into_iter().flatten().any(terms::Amount::is_lost)
}

/// What became of a promise.
pub(crate) fn fulfilment(fulfilment: Fulfilment) -> &'static str {
    match fulfilment {
        Fulfilment::Kept => "已兑现",
        Fulfilment::Exceeded => "超额兑现",
        Fulfilment::Missed => "未兑现",
        Fulfilment::NotComparable => "不可比",
        Fulfilment::Continued => "未报结果",
        Fulfilment::Dropped => "无声消失",
        Fulfilment::NotDue => "未到期",
    }
}
