//! The report's own account of its headline indicators.
//!
//! Plan reports sum up in one or two sentences: of so many indicators, these are done well, among them some on
//! one facet only, these fall short, and of these there is no figure, because … . The names are read out of the
//! enumerations; the numbers that the report declares are kept beside, so that both can be compared.

use terms::{Basis, Document, FacetOutcome, Headline, Outcome, Part, Span, Verdict};

use crate::catalogue::Catalogue;
use crate::numeral::arabic;
use crate::phrase::trim;
use crate::sentence::{Sentence, sentences};

/// Reads the account out of the results half, where there is one.
pub(crate) fn headline(document: &Document, catalogue: &Catalogue) -> Option<Headline> {
    let results = document.blocks.iter().filter(|block| block.part == Part::Results);
    results
        .map(|block| read(document, block.span, catalogue))
        .find(|found| found.as_ref().is_some_and(accounts))
        .flatten()
}

/// An account names groups of indicators, not just one remark.
fn accounts(headline: &Headline) -> bool {
    headline.outcomes.len() >= 3
        && (headline.declared_met.is_some() || headline.declared_short.is_some())
}

fn read(document: &Document, block: Span, catalogue: &Catalogue) -> Option<Headline> {
    if !document.slice(block).contains("指标") {
        return None;
    }
    let mut reader = Reader {
        document,
        catalogue,
        headline: Headline {
            declared: None,
            declared_met: None,
            declared_short: None,
            outcomes: Vec::new(),
            span: block,
        },
        span: None,
        facets: Vec::new(),
        open: Vec::new(),
    };
    for sentence in sentences(document.slice(block), block.start) {
        reader.sentence(&sentence);
    }
    reader.close()
}

struct Reader<'a> {
    document: &'a Document,
    catalogue: &'a Catalogue,
    headline: Headline,
    span: Option<Span>,
    /// Facets by indicator name, in the order they were told.
    facets: Vec<(String, FacetOutcome)>,
    /// The names that the last clause of facets spoke of.
    open: Vec<String>,
}

impl Reader<'_> {
    fn sentence(&mut self, sentence: &Sentence) {
        let before = (self.headline.outcomes.len(), self.headline.declared);
        for clause in sentence.clauses().iter().filter(|clause| !clause.bracketed) {
            let text = &sentence.text[clause.span.range()];
            self.clause(text, sentence.start + clause.span.start);
        }
        if (self.headline.outcomes.len(), self.headline.declared) != before {
            let start = self.span.map_or(sentence.start, |span| span.start);
            self.span = Some(Span::new(start, sentence.start + sentence.text.len()));
        }
    }

    fn clause(&mut self, text: &str, at: usize) {
        if let Some((names, count, predicate)) = group(text)
            && let Some(verdict) = verdict(predicate)
        {
            match verdict {
                Verdict::Met => {
                    self.headline.declared_met =
                        Some(self.headline.declared_met.unwrap_or(0) + count)
                }
                Verdict::Short => {
                    self.headline.declared_short =
                        Some(self.headline.declared_short.unwrap_or(0) + count)
                }
                Verdict::NoData => {}
            }
            self.names(names, at, verdict, reason(predicate));
            return;
        }
        if let Some((names, reason)) = without_figure(text) {
            // The names may begin behind other words of the clause.
            let before = names.as_ptr() as usize - text.as_ptr() as usize;
            self.names(
                names,
                at + before,
                Verdict::NoData,
                Some(reason.to_owned()).filter(|reason| !reason.is_empty()),
            );
            return;
        }
        if self.headline.declared.is_none()
            && let Some(total) = total(text)
        {
            self.headline.declared = Some(total);
            return;
        }
        self.facet(text);
    }

    /// Names of an enumeration as outcomes.
    fn names(&mut self, list: &str, at: usize, verdict: Verdict, reason: Option<String>) {
        let mut start = 0;
        let mut depth = 0i32;
        let mut cut = Vec::new();
        for (place, character) in list.char_indices() {
            match character {
                '(' | '（' | '“' => depth += 1,
                ')' | '）' | '”' => depth -= 1,
                '、' if depth <= 0 => {
                    cut.push((start, place));
                    start = place + character.len_utf8();
                }
                _ => {}
            }
        }
        cut.push((start, list.len()));
        for (from, to) in cut {
            let piece = &list[from..to];
            let name = trim(piece).trim_start_matches("其中");
            if name.is_empty() {
                continue;
            }
            let offset = name.as_ptr() as usize - list.as_ptr() as usize;
            let span = Span::new(at + offset, at + offset + name.len());
            let characters = self.document.map.characters(&self.document.text, span);
            let plain = name.find(['(', '（']).map_or(name, |cut| &name[..cut]);
            let link = |name| self.catalogue.link(name, None, None).map(Into::into);
            let code = link(name).or_else(|| link(plain));
            self.headline.outcomes.push(Outcome {
                name: name.to_owned(),
                indicator: code,
                verdict,
                reason: reason.clone(),
                facets: Vec::new(),
                span,
                characters,
                source: self.document.map.source(span),
            });
        }
    }

    /// 其中甲、乙按增速目标已完成 / 绝对值目标因……存在差距.
    fn facet(&mut self, text: &str) {
        let facet = if text.contains("增速") || text.contains("增幅") {
            Basis::Growth
        } else if ["绝对值", "总量", "绝对额", "绝对数"].iter().any(|word| text.contains(word))
        {
            Basis::Level
        } else {
            return;
        };
        let Some(verdict) =
            verdict(text).filter(|_| text.contains("目标") || text.contains("绝对"))
        else {
            return;
        };
        let names = text.split(['按', '的']).next().unwrap_or_default().trim_start_matches("其中");
        let named: Vec<String> = names
            .split(['、', '和', '与'])
            .map(|name| trim(name).to_owned())
            .filter(|name| self.headline.outcomes.iter().any(|outcome| outcome.name == *name))
            .collect();
        if !named.is_empty() {
            self.open = named;
        }
        for name in self.open.clone() {
            self.facets.push((name, FacetOutcome { facet, verdict, reason: reason(text) }));
        }
    }

    fn close(mut self) -> Option<Headline> {
        self.headline.span = self.span?;
        for (name, facet) in self.facets {
            if let Some(outcome) =
                self.headline.outcomes.iter_mut().find(|outcome| outcome.name == name)
            {
                outcome.facets.push(facet);
            }
        }
        Some(self.headline)
    }
}

/// 甲、乙、丙等26项指标完成情况较好: the names, their number, what is said of them.
fn group(text: &str) -> Option<(&str, u32, &str)> {
    let (at, _) = text.match_indices('项').find(|(at, _)| {
        let after = &text[at + '项'.len_utf8()..];
        (after.starts_with("指标") || after.starts_with("主要指标"))
            && text[..*at].ends_with(|c: char| c.is_ascii_digit())
    })?;
    let digits = text[..at].len() - text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let number = at - digits;
    let names = text[..number].trim_end().strip_suffix('等').unwrap_or(&text[..number]);
    let count: u32 = text[number..at].parse().ok()?;
    let predicate = text[at..].split_once("指标")?.1;
    // A group has as many names as it declares, or close to it; "30项指标中" has none.
    (names.contains('、') || count == 1)
        .then_some((names, count, predicate))
        .filter(|(names, ..)| !trim(names).is_empty())
}

/// 30项主要经济社会发展指标中: how many there are.
fn total(text: &str) -> Option<u32> {
    if !text.contains("指标") {
        return None;
    }
    let (at, _) = text.match_indices('项').next()?;
    let digits = text[..at].len() - text[..at].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (amount, _) = arabic(&text[at - digits..])?;
    amount.exact().and_then(|value| value.try_into().ok())
}

/// 甲因某某无数据: the names and the reason.
fn without_figure(text: &str) -> Option<(&str, &str)> {
    let missing = [
        "无数据",
        "暂无数据",
        "没有数据",
        "无统计数据",
        "无法统计",
        "缺少数据",
        "数据缺失",
        "不再统计",
        "未统计",
    ];
    let (at, _) = missing.iter().filter_map(|word| Some((text.find(word)?, word))).min()?;
    let said = &text[..at];
    let (names, reason) =
        said.split_once('因').or_else(|| said.split_once("由于")).unwrap_or((said, ""));
    let names = names.rsplit(['中', '，', ',']).next().unwrap_or(names);
    Some((names, trim(reason.trim_start_matches('为')).trim_end_matches(['而', '仍', '暂', '尚'])))
}

fn verdict(words: &str) -> Option<Verdict> {
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if has(&["差距", "未完成", "未达", "不及", "低于", "滞后", "没有完成", "未能"])
    {
        Some(Verdict::Short)
    } else if has(&["完成", "较好", "达到", "实现", "超额", "好于", "达成"]) {
        Some(Verdict::Met)
    } else {
        None
    }
}

/// 因……存在差距: why, in the report's words.
fn reason(words: &str) -> Option<String> {
    let (_, rest) = words.split_once('因').or_else(|| words.split_once("由于"))?;
    let end = ["存在", "有一定", "有差距", "与目标", "离目标", "未", "，"]
        .iter()
        .filter_map(|word| rest.find(word))
        .min()?;
    Some(trim(&rest[..end]).trim_end_matches(['而', '仍', '还', '尚']).to_owned())
        .filter(|reason| !reason.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_groups_apart() {
        assert_eq!(
            group("甲、乙(其中丙)等2项指标完成情况较好"),
            Some(("甲、乙(其中丙)", 2, "完成情况较好"))
        );
        assert_eq!(group("30项主要指标中"), None);
        assert_eq!(
            without_figure("跨境出口因省统计口径调整无数据"),
            Some(("跨境出口", "省统计口径调整"))
        );
        assert_eq!(total("24项年度指标中"), Some(24));
        assert_eq!(reason("总量目标因普查修订存在差距").as_deref(), Some("普查修订"));
        assert_eq!(verdict("离目标还存在一定差距"), Some(Verdict::Short));
    }
}
