//! Names as they are compared: how like two of them are, and what must not differ in them.
//!
//! Likeness is the Dice coefficient over pairs of neighbouring characters (L. R. Dice 1945, as used for strings
//! by Adamson and Boreham 1974), in ten-thousandths so that it is exact and sorts the same everywhere.

use terms::folded_name;

/// The likeness of equal texts.
pub(crate) const SAME: u32 = 10_000;

/// From this likeness on two names may mean the same.
pub(super) const ALIKE: u32 = 7_000;

/// What a measure may begin with that says how it is promised or reported, not what is measured. A longer word
/// stands before a shorter one that it begins with.
const LEADS: &[&str] = &[
    "拟安排",
    "安排",
    "拟",
    "预计",
    "力争",
    "争取",
    "确保",
    "努力",
    "全面",
    "全年",
    "今年",
    "年内",
    "实现",
    "达到",
    "完成",
    "新增",
    "新建",
    "建成投用",
    "建成",
    "创建",
    "争创",
    "创成",
    "开展",
    "制定",
    "修订",
    "出台",
    "印发",
    "编制",
    "实施",
    "组织",
    "举办",
    "承办",
    "召开",
    "成功",
    "获评",
    "获批",
    "入选",
    "发行",
    "推进",
    "加快",
    "继续",
    "深入",
    "启动",
    "开工",
    "启用",
    "打造",
    "培育",
    "认定",
    "引进",
];

const TAILS: &[&str] = &["拟按", "拟", "预期目标", "预期", "目标", "达到", "达", "落地", "建设"];

/// Words that set apart what is otherwise called alike. A name that has one is never taken for one that has
/// another or none.
const CONTRASTS: &[&str] = &[
    "城镇",
    "城乡",
    "农村",
    "进口",
    "出口",
    "进出口",
    "国家级",
    "省级",
    "市级",
    "县级",
    "小学",
    "初中",
    "高中",
    "幼儿园",
    "一期",
    "二期",
    "三期",
    "四期",
    "首批",
    "男",
    "女",
    "支出",
    "收入",
    "规上",
    "限上",
    "公办",
    "民办",
    "中央",
    "地方",
    "专项债券",
    "特别国债",
    "赤字率",
    "赤字规模",
    "死亡",
    "企业",
    "个体",
    "重点",
    "非化石",
    "可再生",
    "人均",
    "单位",
    "比重",
    "占比",
    "增加值",
    "利润",
    "户籍",
    "常住",
];

/// A name as it is compared.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    text: Text,
    contrasts: Vec<&'static str>,
    numbers: Vec<String>,
}

impl Name {
    pub(crate) fn new(name: &str) -> Self {
        let folded = without_years(&folded(name));
        let contrasts = CONTRASTS.iter().copied().filter(|word| folded.contains(word)).collect();
        Name { text: Text::of(core(&folded)), contrasts, numbers: numbers(&folded) }
    }

    /// Its pairs of neighbouring characters, sorted.
    pub(super) fn grams(&self) -> &[(char, char)] {
        &self.text.pairs
    }

    /// Whether both names have numbers or ordinals, and not the same.
    pub(super) fn counts_apart(&self, other: &Name) -> bool {
        !self.numbers.is_empty() && !other.numbers.is_empty() && self.numbers != other.numbers
    }

    /// How like another name it is; `None` where a word or a number sets the two apart.
    pub(super) fn likeness(&self, other: &Name) -> Option<u32> {
        let apart = self.contrasts != other.contrasts || self.numbers != other.numbers;
        (!apart).then(|| self.text.likeness(&other.text))
    }
}

/// A text as the set of its pairs of neighbouring characters.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pairs: Vec<(char, char)>,
}

impl Text {
    pub(crate) fn new(text: &str) -> Self {
        Text::of(&folded(text))
    }

    fn of(folded: &str) -> Self {
        let mut pairs: Vec<(char, char)> = folded.chars().zip(folded.chars().skip(1)).collect();
        if pairs.is_empty() {
            // A name of one character is like itself only.
            pairs.extend(folded.chars().map(|single| (single, '\0')));
        }
        pairs.sort_unstable();
        pairs.dedup();
        Text { pairs }
    }

    /// From 0 to [`SAME`].
    pub(crate) fn likeness(&self, other: &Text) -> u32 {
        let both = self.pairs.len() + other.pairs.len();
        if both == 0 {
            return 0;
        }
        let (mut one, mut two, mut common) = (0, 0, 0_usize);
        while let (Some(a), Some(b)) = (self.pairs.get(one), other.pairs.get(two)) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => one += 1,
                std::cmp::Ordering::Greater => two += 1,
                std::cmp::Ordering::Equal => {
                    common += 1;
                    one += 1;
                    two += 1;
                }
            }
        }
        u32::try_from(2 * common * SAME as usize / both).unwrap_or(SAME)
    }
}

/// A text without what writers change at will: quotation marks, spaces, width, punctuation.
pub(crate) fn folded(text: &str) -> String {
    const MARKS: &str = "，。、；：！？（）()【】—-·,;:!?";
    folded_name(text).chars().filter(|character| !MARKS.contains(*character)).collect()
}

/// A name without the words before and behind it; never empty where the name is not.
pub(crate) fn core(name: &str) -> &str {
    let mut rest = name;
    let shorter = |rest: &str| rest.chars().nth(1).is_some();
    while let Some(next) =
        LEADS.iter().find_map(|lead| rest.strip_prefix(lead)).filter(|next| shorter(next))
    {
        rest = next;
    }
    while let Some(next) =
        TAILS.iter().find_map(|tail| rest.strip_suffix(tail)).filter(|next| shorter(next))
    {
        rest = next;
    }
    rest
}

/// A name without years such as 2024年: they move on from report to report.
pub(crate) fn without_years(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        match rest.get(digits..).and_then(|behind| behind.strip_prefix('年')) {
            Some(behind) if digits == 4 => rest = behind,
            _ => {
                let taken = digits.max(first.len_utf8());
                out.push_str(&rest[..taken]);
                rest = &rest[taken..];
            }
        }
    }
    out
}

/// The numbers and Latin words in a name, and its ordinals: 5A, PM2.5, 第十二.
fn numbers(name: &str) -> Vec<String> {
    const NUMERALS: &str = "一二三四五六七八九十百零〇两";
    let mut found = Vec::new();
    let mut run = String::new();
    let mut ordinal = false;
    for character in name.chars().chain(['。']) {
        let belongs = character.is_ascii_alphanumeric()
            || character == '.' && !run.is_empty()
            || ordinal && NUMERALS.contains(character);
        if belongs {
            run.push(character);
            continue;
        }
        if !run.is_empty() {
            found.push(std::mem::take(&mut run));
        }
        ordinal = character == '第';
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> Option<u32> {
        Name::new(one).likeness(&Name::new(other))
    }

    #[test]
    fn names_are_alike_whatever_stands_around_them() {
        assert_eq!(likeness("拟安排地方政府债券", "地方政府债券"), Some(SAME));
        assert_eq!(likeness("“青石工坊”培训中心", "青石工坊培训中心"), Some(SAME));
        assert_eq!(likeness("2024年技能培训", "2025年技能培训"), Some(SAME));
        assert!(likeness("老旧小区改造", "城市老旧小区改造").is_some_and(|like| like >= ALIKE));
        assert!(likeness("出租车更新", "公园绿地").is_some_and(|like| like < ALIKE));
    }

    #[test]
    fn a_word_or_a_number_sets_names_apart() {
        for (one, other) in [
            ("农村居民可支配收入", "城镇居民可支配收入"),
            ("进出口总额", "出口总额"),
            ("4A景区", "5A景区"),
            ("第三产业占比", "第二产业占比"),
            ("省级示范园区", "示范园区"),
            ("标准厂房一期", "标准厂房二期"),
        ] {
            assert_eq!(likeness(one, other), None, "{one} {other}");
        }
    }

    #[test]
    fn a_name_of_nothing_but_such_words_stays() {
        assert_eq!(core("拟"), "拟");
        assert_eq!(core("目标"), "目标");
        assert_eq!(likeness("", ""), Some(0));
    }
}
