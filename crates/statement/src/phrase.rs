//! Takes the words around a number apart: what stands right before it (change, comparator, fillers), and what
//! opens the phrase (adverbs, verbs).

use terms::{Comparator, Direction};

use crate::lexicon::{Words, lexicon};

/// What stands right before a number, taken off from the right.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Tail<'a> {
    /// What is left.
    pub(crate) head: &'a str,
    pub(crate) comparator: Option<Comparator>,
    /// The word that compares.
    pub(crate) comparing: &'a str,
    pub(crate) change: Option<Direction>,
    /// The word of change.
    pub(crate) changing: &'a str,
    /// The change names the level that was reached: 提高到.
    pub(crate) to: bool,
    pub(crate) cumulative: bool,
    /// A word such as 达 or 为 says that this much there is.
    pub(crate) reached: bool,
    /// The number is where something came from: 从39个拓展到91个.
    pub(crate) origin: bool,
    /// 力争 or 确保 stands there.
    pub(crate) aimed: bool,
}

/// Characters before which a one-character word belongs to a longer word: 行为, 公共, 签约.
const GUARDS: &[(&str, &str)] = &[
    ("为", "行作认成人能"),
    ("共", "公中"),
    ("约", "签节集合预公条制履违"),
    ("计", "审设统会估预"),
    ("有", "国所私拥"),
    ("均", "人平"),
    ("达", "发到通传抵"),
    ("将", "干"),
    ("要", "主需重纪"),
    ("超", "赶反"),
    ("近", "附最邻靠"),
    ("增", "新"),
    ("减", "节"),
    ("升", "提公"),
    ("降", "减"),
    ("是", "于"),
    ("且", "而并"),
    ("破", "突侦"),
    ("少", "至缺"),
    ("目标", ""),
    ("涨", ""),
    ("在", "存"),
    ("再", ""),
    ("拟", "模虚比草"),
    (">", "-=<"),
    ("<", "="),
];

/// Characters behind which an opener belongs to a longer word: 共建, 要素, 并网.
const OPENING_GUARDS: &[(&str, &str)] = &[
    ("共", "建同享性青产富振治生"),
    ("要", "素点件求道"),
    ("将", "军"),
    ("均", "衡等"),
    ("并", "网购轨联入"),
    ("再", "生造制贷"),
    ("还", "款贷林田湿"),
    ("另", "类"),
    ("让", "利渡"),
    ("已", "婚"),
    ("同时", "期"),
    ("今年", ""),
];

fn opens_longer_word(text: &str, word: &str) -> bool {
    let Some(next) = text[word.len()..].chars().next() else { return false };
    OPENING_GUARDS.iter().any(|(guard, characters)| *guard == word && characters.contains(next))
}

/// How many bytes of a year stand at the beginning of a phrase that goes on behind it.
fn dated(text: &str) -> usize {
    year_length(text).filter(|length| *length < text.len()).unwrap_or(0)
}

/// Whether a text is a year and nothing else.
pub(crate) fn is_year(text: &str) -> bool {
    year_length(text) == Some(text.len())
}

/// How many bytes of a year stand at the beginning of a text: 2014年, 到2025年底, 自2010年以来.
fn year_length(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(['到', '自', '从', '截', '至', '为']);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits != 4 || text.chars().count() - rest.chars().count() > 2 {
        return None;
    }
    let rest = rest[digits..].strip_prefix('年')?;
    let end =
        ["以来", "末", "底", "初", "前", "全年"].iter().find_map(|word| rest.strip_prefix(word));
    let rest = end.unwrap_or(rest).trim_start_matches('，');
    Some(text.len() - rest.len())
}

fn guarded(text: &str, word: &str) -> bool {
    let before = &text[..text.len() - word.len()];
    let Some(previous) = before.chars().next_back() else { return false };
    GUARDS.iter().any(|(guard, characters)| *guard == word && characters.contains(previous))
}

fn ends<'w>(words: &'w Words, text: &str) -> Option<&'w str> {
    words.ends(text).filter(|word| !guarded(text, word))
}

/// Takes off what stands right before a number.
pub(crate) fn tail(text: &str) -> Tail<'_> {
    let lexicon = lexicon();
    let mut tail = Tail { head: text, ..Tail::default() };
    loop {
        tail.head = trim(tail.head);
        let head = tail.head;
        if let Some((word, sign)) =
            lexicon.comparators.ends(head).filter(|(word, _)| !guarded(head, word))
            && tail.change.is_none()
        {
            if tail.comparator.is_none() {
                tail.comparator = Some(sign);
                tail.comparing = &head[head.len() - word.len()..];
            }
            tail.reached |= sign == Comparator::Above;
            tail.head = &head[..head.len() - word.len()];
            continue;
        }
        if tail.change.is_none() && !tail.to {
            let base = lexicon.change.to.ends(head).filter(|word| !guarded(head, word));
            let inner = base.map(|word| &head[..head.len() - word.len()]);
            let steady = inner.and_then(|inner| {
                ["控制", "保持", "稳定", "维持"].iter().find(|w| inner.ends_with(**w))
            });
            if let (Some(inner), Some(word)) = (inner, steady) {
                tail.to = true;
                tail.head = &inner[..inner.len() - word.len()];
                continue;
            }
            if let Some(inner) = inner
                && let Some((word, direction)) =
                    lexicon.change.ends(inner).filter(|(word, _)| !guarded(inner, word))
            {
                // 增速为, 降幅为 name a change, 提高到 and 降至 a level.
                let rate = word.ends_with(['速', '幅', '率']);
                tail.to = !rate;
                tail.change = rate.then_some(direction);
                tail.changing = &inner[inner.len() - word.len()..];
                tail.head = &inner[..inner.len() - word.len()];
                continue;
            }
            if let Some((word, direction)) =
                lexicon.change.ends(head).filter(|(word, _)| !guarded(head, word))
            {
                tail.change = Some(direction);
                tail.changing = &head[head.len() - word.len()..];
                tail.head = &head[..head.len() - word.len()];
                continue;
            }
        }
        if let Some(word) = ends(&lexicon.filler, head) {
            tail.cumulative |= word == "累计";
            tail.aimed |= matches!(word, "力争" | "确保" | "力求" | "努力");
            tail.reached |= matches!(
                word,
                "达到" | "达" | "为" | "已达" | "高达" | "可达" | "达到了" | "有" | "共有"
            );
            tail.head = &head[..head.len() - word.len()];
            continue;
        }
        if let Some(rest) = head
            .strip_suffix(['从', '由'])
            .filter(|rest| !rest.ends_with(['自', '经', '理', '缘', '服']))
        {
            tail.origin = true;
            tail.head = rest;
            continue;
        }
        let compared = comparison(head);
        if compared < head.len() {
            tail.head = &head[..compared];
            continue;
        }
        return tail;
    }
}

/// Where a closing comparison such as 较前三年平均数 begins; the length of `head` where there is none.
fn comparison(head: &str) -> usize {
    const ENDINGS: &[char] =
        &['年', '期', '末', '初', '月', '均', '数', '值', '平', '度', '间', '算'];
    if !head.ends_with(ENDINGS) {
        return head.len();
    }
    let found = head.rfind(['较', '比']).filter(|at| head[*at..].chars().count() <= 11);
    let named = |at: usize| {
        ["占", "同", "环", "可", "对", "之", "入"].iter().any(|word| head[..at].ends_with(word))
    };
    match found {
        Some(at)
            if !named(at)
                && ["年", "期", "末", "初", "月", "季"]
                    .iter()
                    .any(|word| head[at..].contains(word)) =>
        {
            at
        }
        _ => head.len(),
    }
}

/// What a verb says of the number that follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Added, built, won: 新增.
    Gain,
    /// Work whose name is the measure: 整治.
    Work,
    /// An amount that flowed: 兑现.
    Flow,
    /// Reached, done: 完成.
    Reached,
}

/// What opens a phrase, taken off from the left.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Lead<'a> {
    /// What is left.
    pub(crate) rest: &'a str,
    pub(crate) verb: Option<Verb>,
    /// The verb as written.
    pub(crate) word: &'a str,
    pub(crate) cumulative: bool,
    /// 力争 or 确保 opens it.
    pub(crate) aimed: bool,
}

/// Takes off openers, adverbs and verbs.
pub(crate) fn lead(text: &str) -> Lead<'_> {
    let lexicon = lexicon();
    let mut lead = Lead { rest: text, ..Lead::default() };
    loop {
        lead.rest = lead.rest.trim_start_matches([' ', '、', '，', ',', '\u{3000}']);
        let rest = lead.rest;
        if let Some(word) = lexicon
            .openers
            .begins(rest)
            .filter(|word| lead.verb.is_none() && word.len() < rest.len())
            .filter(|word| !opens_longer_word(rest, word))
        {
            lead.cumulative |= word == "累计";
            lead.aimed |= matches!(word, "力争" | "确保" | "力求" | "努力" | "争取全年");
            lead.rest = &rest[word.len()..];
            continue;
        }
        let date = dated(rest);
        if date > 0 && lead.verb.is_none() {
            lead.rest = &rest[date..];
            continue;
        }
        // 新建和改造: two verbs share their object.
        let joined = rest.strip_prefix(['和', '与', '及', '并']).filter(|_| lead.verb.is_some());
        if let Some(after) = joined.filter(|after| verb_at(after).is_some()) {
            lead.rest = after;
            continue;
        }
        // 组织招聘会: one character is no object.
        let spent = |word: &str| lead.verb.is_some() && rest[word.len()..].chars().count() == 1;
        if let Some(verb) = verb_at(rest).filter(|(_, word)| !spent(word)) {
            // 发展改革, 建设用地: the second verb of two is the one that counts.
            let after = &rest[verb.1.len()..];
            lead.verb = Some(match (lead.verb, verb.0) {
                (Some(Verb::Gain), _) => Verb::Gain,
                (Some(before), Verb::Reached) => before,
                (_, verb) => verb,
            });
            lead.word = verb.1;
            if verb.0 == Verb::Work || verb.0 == Verb::Flow || after.is_empty() {
                lead.cumulative |= verb.1 == "累计";
                return lead;
            }
            lead.rest = after;
            continue;
        }
        let mut ahead = rest;
        while let Some(word) = lexicon.adverbs.begins(ahead) {
            ahead = &ahead[word.len()..];
            // 计划新增: 新 begins the verb. 稳妥推进 tells of no gain.
            if verb_at(ahead).is_some_and(|(_, verb)| !lexicon.adverbs.contains(verb)) {
                break;
            }
        }
        if ahead.len() < rest.len() && verb_at(ahead).is_some() {
            lead.rest = ahead;
            continue;
        }
        return lead;
    }
}

/// Whether nothing but adverbs stands there.
pub(crate) fn adverbial(text: &str) -> bool {
    let lexicon = lexicon();
    let mut rest = text;
    while let Some(word) = lexicon.adverbs.begins(rest).or_else(|| lexicon.openers.begins(rest)) {
        rest = &rest[word.len()..];
    }
    rest.is_empty()
}

/// The verb that a text begins with.
pub(crate) fn verb_at(text: &str) -> Option<(Verb, &str)> {
    let lexicon = lexicon();
    let classes = [
        (&lexicon.gain, Verb::Gain),
        (&lexicon.work, Verb::Work),
        (&lexicon.flow, Verb::Flow),
        (&lexicon.reached, Verb::Reached),
    ];
    let found = classes.iter().filter_map(|(words, verb)| Some((*verb, words.begins(text)?)));
    let (verb, word) = found.max_by_key(|(_, word)| word.len())?;
    // 开工率, 发行量: no verb but a noun made of one.
    let after = &text[word.len()..];
    if after.starts_with('率') || after.starts_with('量') && !after.starts_with("量子") {
        return None;
    }
    Some((verb, &text[..word.len()]))
}

/// Takes off marks and spaces at both ends.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches([
        ' ', '、', '，', ',', '；', ';', '：', ':', '。', '\u{3000}', '—', '-', '\n',
    ])
}

/// What follows 等 in an enumeration "甲、乙等丙", and the enumeration; `None` where 等 belongs to a word.
pub(crate) fn enumeration(text: &str) -> Option<(&str, &str)> {
    let (at, _) = text.match_indices('等').rfind(|(at, _)| {
        let before = text[..*at].chars().next_back();
        let after = text[at + '等'.len_utf8()..].chars().next();
        before.is_some_and(|c| !"高中初上平同均优劣对一二三".contains(c))
            && after.is_none_or(|c| !"级次奖待候".contains(c))
            && balanced(&text[..*at])
    })?;
    Some((&text[..at], &text[at + '等'.len_utf8()..]))
}

/// Whether every quotation and bracket that opens in `text` also closes there.
pub(crate) fn balanced(text: &str) -> bool {
    let count =
        |open: &[char], close: &[char]| text.matches(open).count() == text.matches(close).count();
    count(&['“'], &['”']) && count(&['(', '（'], &[')', '）']) && count(&['《'], &['》'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_off_change_comparator_and_fillers() {
        let found = tail("治安警情同比下降");
        assert_eq!((found.head, found.change), ("治安警情", Some(Direction::Down)));
        let found = tail("固定资产投资首次突破");
        assert_eq!((found.head, found.comparator), ("固定资产投资", Some(Comparator::Above)));
        let found = tail("死亡人数较前三年平均数下降");
        assert_eq!((found.head, found.change), ("死亡人数", Some(Direction::Down)));
        let found = tail("收入倍差缩小在");
        assert_eq!((found.head, found.change, found.to), ("收入倍差", None, true));
        assert_eq!(tail("打击欠薪违法行为").head, "打击欠薪违法行为");
        assert_eq!(tail("服务业增加值增速").change, Some(Direction::Up));
        assert_eq!(tail("签约").head, "签约");
    }

    #[test]
    fn takes_off_adverbs_and_verbs() {
        for (text, rest, verb) in [
            ("新增国家企业", "国家企业", Some(Verb::Gain)),
            ("创新举办自办展", "自办展", Some(Verb::Gain)),
            ("累计整治低效用地", "整治低效用地", Some(Verb::Work)),
            ("创新型企业", "创新型企业", None),
            ("全力推进数据改革", "数据改革", Some(Verb::Gain)),
            ("完成减负降本", "减负降本", Some(Verb::Flow)),
        ] {
            let found = lead(text);
            assert_eq!((found.rest, found.verb), (rest, verb), "{text}");
        }
    }

    #[test]
    fn knows_an_enumeration_from_a_word() {
        assert_eq!(enumeration("首届博览会等展会"), Some(("首届博览会", "展会")));
        assert_eq!(enumeration("中等职业学校"), None);
    }
}
