//! Milestones: awards, listings, openings and completions that can be checked with yes or no.

use terms::Span;

use crate::phrase::{lead, trim};
use crate::sentence::{Clause, Sentence};

/// A milestone in a sentence; places are bytes of the sentence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Milestone {
    pub(crate) measure: String,
    pub(crate) entity: Option<String>,
    pub(crate) quote: Span,
    pub(crate) clause: Span,
}

/// Verbs whose object was won or made; the subject before them is whom it is about.
const WON: &[&str] = &[
    "成功创建",
    "成功入选",
    "成功列入",
    "成功举办",
    "成功获批",
    "获评",
    "获批",
    "入选",
    "列入",
    "入围",
    "荣获",
    "被评为",
    "被列为",
    "被认定为",
    "被命名为",
    "创成",
    "夺取",
    "夺得",
    "斩获",
    "争创",
    "创建",
    "成功申报",
    "摘得",
    "捧得",
    "获得",
    "获",
    "通过",
];

/// Verbs whose object was done.
const DONE: &[&str] = &[
    "正式启用",
    "启用",
    "挂牌组建",
    "组建",
    "成立",
    "挂牌成立",
    "召开",
    "举办",
    "承办",
    "发布",
    "出台",
    "印发实施",
    "印发",
    "编制印发",
    "编制",
    "制定出台",
    "制定",
    "更新制定",
    "修订",
    "首创",
    "开创",
    "打通",
    "建成",
    "建成投用",
    "开工建设",
    "启动建设",
    "完成",
    "圆满完成",
    "运作",
    "新建",
    "上线",
    "开通",
    "推出",
    "承接",
    "形成",
    "高质量形成",
    "开展",
];

/// Verbs that end a clause: what stands before them was done.
const ENDING: &[&str] = &[
    "正式启用",
    "启用",
    "开工建设",
    "启动建设",
    "竣工验收",
    "建成投用",
    "建成",
    "投入使用",
    "投用",
    "投产",
    "开工",
    "竣工",
    "完工",
    "通车",
    "开园",
    "开业",
    "揭牌",
    "通过验收",
    "高分通过验收",
    "顺利通过国家复审",
    "通过国家复审",
    "通过省级评审",
    "通过评审",
    "通过复审",
    "落户",
    "落地",
    "获批",
    "实现全覆盖",
    "创历年之最",
    "创历史新高",
];

/// Endings of what can be won, listed, opened or published.
const NAMED: &[&str] = &[
    "县",
    "市",
    "区",
    "镇",
    "村",
    "街",
    "路",
    "试点",
    "示范区",
    "示范县",
    "名单",
    "案例",
    "基地",
    "园区",
    "中心",
    "平台",
    "品牌",
    "指数",
    "称号",
    "奖",
    "鼎",
    "杯",
    "单位",
    "城市",
    "项目库",
    "报告",
    "方案",
    "办法",
    "意见",
    "标准",
    "手册",
    "大会",
    "大赛",
    "赛",
    "博览会",
    "公司",
    "机构",
    "系统",
    "集群",
    "高新区",
    "激励",
    "先河",
    "评审",
    "验收",
    "复审",
    "创新县",
    "示范市",
    "优势县",
    "领跑县",
    "试验区",
    "先行区",
    "先行县",
    "任务",
    "专班",
    "社区",
    "街区",
    "考察点",
    "观察点",
    "等次",
    "推广",
    "刊登",
    "肯定",
    "馆",
    "院",
    "校",
    "站",
    "局",
    "所",
    "会",
    "节",
    "图",
    "法",
    "规划",
    "条例",
    "行动",
    "计划",
    "培育名单",
    "优胜县",
    "标杆",
    "标杆地",
    "园",
    "样板",
    "红旗",
    "金名片",
    "工厂",
    "星级",
    "优秀",
    "前列",
];

/// The milestones of a sentence. `busy` are the clauses that hold quantities: they are claims already.
pub(crate) fn milestones(sentence: &Sentence, busy: &[Span]) -> Vec<Milestone> {
    let mut found = Vec::new();
    let mut subject: Option<String> = None;
    for clause in sentence.clauses().iter().filter(|clause| !clause.bracketed) {
        if busy.contains(&clause.span) {
            subject = None;
            continue;
        }
        if clause.strong {
            subject = None;
        }
        read(sentence, clause, &mut subject, &mut found);
    }
    found
}

fn read(
    sentence: &Sentence,
    clause: &Clause,
    subject: &mut Option<String>,
    found: &mut Vec<Milestone>,
) {
    let text =
        sentence.text[clause.span.range()].trim_end_matches(['。', '！', '？', '!', '?', ' ']);
    let start = clause.span.start;
    if text.chars().count() < 5 {
        return;
    }
    if let Some((at, verb)) = verb(sentence, start, text, WON) {
        let object = &text[at + verb.len()..];
        let own = trim(lead(&text[..at]).rest);
        // One character is a particle (并, 既), nobody's name.
        let entity = if own.chars().count() < 2 { subject.clone() } else { Some(own.to_owned()) };
        let mut first = true;
        for (from, to) in listed(sentence, start + at + verb.len(), object) {
            let item = trim(&object[from..to]);
            if !is_named(item) {
                continue;
            }
            let place = start + at + verb.len() + from;
            let quote = if first {
                Span::new(start + opening(text), start + at + verb.len() + to)
            } else {
                Span::new(place, place + (to - from))
            };
            found.push(Milestone {
                measure: item.to_owned(),
                entity: entity.clone(),
                quote: tight(sentence, quote),
                clause: clause.span,
            });
            first = false;
        }
        if !first {
            *subject = entity;
            return;
        }
    }
    if let Some(verb) =
        ENDING.iter().filter(|verb| text.ends_with(**verb)).max_by_key(|verb| verb.len())
    {
        let done = trim(&text[..text.len() - verb.len()]);
        if done.chars().count() >= 3 {
            let quote = tight(sentence, Span::new(start + opening(text), start + text.len()));
            found.push(Milestone {
                measure: trim(text).to_owned(),
                entity: Some(done.to_owned()),
                quote,
                clause: clause.span,
            });
            *subject = Some(done.to_owned());
        }
        return;
    }
    if let Some((at, verb)) =
        verb(sentence, start, text, DONE).filter(|(at, _)| lead_only(&text[..*at]))
    {
        let object = &text[at + verb.len()..];
        for (from, to) in listed(sentence, start + at + verb.len(), object) {
            let item = trim(&object[from..to]).trim_end_matches('等');
            if !is_named(item) || slogan(item) {
                continue;
            }
            let head = if from == 0 { start + at } else { start + at + verb.len() + from };
            let quote = tight(sentence, Span::new(head, start + at + verb.len() + to));
            found.push(Milestone {
                measure: item.to_owned(),
                entity: None,
                quote,
                clause: clause.span,
            });
        }
    }
    let own = trim(lead(text).rest);
    *subject = Some(own.to_owned()).filter(|own| own.contains('”') || own.ends_with("工作"));
}

/// The first of `verbs` in a clause outside of quotations, with something behind it.
fn verb<'v>(
    sentence: &Sentence,
    start: usize,
    text: &str,
    verbs: &[&'v str],
) -> Option<(usize, &'v str)> {
    text.char_indices().filter(|(at, _)| sentence.depth(start + at) == 0).find_map(|(at, _)| {
        let verb = verbs
            .iter()
            .filter(|verb| text[at..].starts_with(**verb))
            .max_by_key(|verb| verb.len())?;
        (text[at + verb.len()..].chars().count() >= 3).then_some((at, *verb))
    })
}

/// The items of an object, parted by 、 outside of quotations; places in the object.
fn listed(sentence: &Sentence, start: usize, object: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, character) in object.char_indices() {
        if character == '、' && sentence.depth(start + at) == 0 {
            found.push((from, at));
            from = at + character.len_utf8();
        }
    }
    found.push((from, object.len()));
    found
}

/// Whether something is named that can be checked.
fn is_named(item: &str) -> bool {
    let plain = item.trim_end_matches(['”', '》', ')', '）']);
    let core = plain.split("并").next().unwrap_or(plain);
    item.chars().count() >= 3
        && (item.contains('《')
            || item.ends_with('”')
            || NAMED.iter().any(|end| plain.ends_with(end) || core.ends_with(end)))
}

/// Whether an object is a direction of work rather than a thing.
fn slogan(item: &str) -> bool {
    ["体系", "机制", "水平", "环境", "能力", "格局", "氛围", "行动"]
        .iter()
        .any(|end| item.ends_with(end))
}

/// Whether nothing but adverbs stands before a verb.
fn lead_only(before: &str) -> bool {
    let rest = trim(lead(before).rest);
    rest.is_empty() || rest.chars().count() <= 4
}

fn opening(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '、', '—', '-']).len()
}

/// A span without spaces at its ends.
fn tight(sentence: &Sentence, span: Span) -> Span {
    let piece = &sentence.text[span.range()];
    let start = span.start + (piece.len() - piece.trim_start_matches([' ', '、']).len());
    Span::new(start, start + piece.trim_start_matches([' ', '、']).trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let sentence = Sentence::new(text, 0);
        milestones(&sentence, &[]).iter().map(|m| text[m.quote.range()].to_owned()).collect()
    }

    #[test]
    fn finds_what_was_won_done_and_opened() {
        assert_eq!(
            found("获评全国商业建设领跑县,入围国家级创新示范城市。"),
            ["获评全国商业建设领跑县", "入围国家级创新示范城市"]
        );
        assert_eq!(found("技师学院新校园正式启用。"), ["技师学院新校园正式启用"]);
        assert_eq!(found("印发实施《促进增收方案》。"), ["印发实施《促进增收方案》"]);
    }

    #[test]
    fn leaves_slogans_alone() {
        for text in ["持续打好蓝天保卫战。", "营商环境优化迈向纵深。", "全面贯彻落实会议精神。"]
        {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
