//! The words of the interface, Chinese and English side by side.
//!
//! What a report says stays in its own language; only what Duixian says of it is told in both.

use terms::{Basis, Comparator, Direction, Kind, Modality, RepairKind, Role, Severity, Status};

use crate::labels;

/// The language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// 简体中文.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Language {
    /// The word for it in addresses and cookies.
    pub fn as_str(self) -> &'static str {
        match self {
            Language::Chinese => "zh",
            Language::English => "en",
        }
    }

    /// The language of this word.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "zh" => Some(Language::Chinese),
            "en" => Some(Language::English),
            _ => None,
        }
    }

    /// The tag for the `lang` attribute.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Chinese => "zh-CN",
            Language::English => "en",
        }
    }

    /// The word of a pair in this language.
    pub fn say(self, word: Word) -> &'static str {
        match self {
            Language::Chinese => word.0,
            Language::English => word.1,
        }
    }
}

/// One word or sentence of the interface: Chinese, English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word(pub &'static str, pub &'static str);

macro_rules! words {
    ($($name:ident = $zh:literal, $en:literal;)+) => {
        $(pub(super) const $name: Word = Word($zh, $en);)+
        #[test]
        fn every_word_has_both_languages() {
            $crate::html::words::assert_both_languages([$($name),+]);
        }
    };
}
pub(super) use words;

/// Fails where a word lacks a language.
#[cfg(test)]
pub(super) fn assert_both_languages(words: impl IntoIterator<Item = Word>) {
    let chinese =
        |text: &str| text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
    for word in words {
        // English may name a Chinese unit.
        let latin = word.1.chars().filter(char::is_ascii_alphabetic).count();
        assert!(chinese(word.0) > 0 && latin > chinese(word.1), "{word:?}");
    }
}

words! {
    BRAND = "兑现", "Duixian";
    BRAND_LINE = "计划报告，逐句可查", "Plan reports, every sentence checkable";
    SKIP = "跳到正文", "Skip to content";
    TODAY = "今日", "Today";
    TASKS = "任务", "Tasks";
    PROJECTS = "项目", "Projects";
    OPEN_PROBLEMS = "问题", "Problems";
    INDICATORS = "指标", "Indicators";
    SHOW = "显示", "Show";
    PROGRAMMES = "屋顶光伏方案", "Rooftop solar programmes";
    CHANCE = "完成的可能", "Chance";
    REGIONS = "地区", "Regions";
    DOCUMENTS = "文档", "Documents";
    THIS_REPORT = "本报告", "This report";
    OVERVIEW = "概览", "Overview";
    STATEMENTS = "陈述", "Statements";
    TEXT = "原文", "Report text";
    SOURCE = "来源与修复", "Source and repairs";
    PAGES = "页面", "Pages";
    PREFERENCES = "显示设置", "Display";
    THEME = "明暗", "Theme";
    THEME_AUTO = "随系统", "System";
    THEME_LIGHT = "浅色", "Light";
    THEME_DARK = "深色", "Dark";
    REPORTS = "报告", "Reports";
    AS_OF = "数据截至", "As of";
    LEDGER = "台账", "Ledger";
    VERIFY = "核对台账：", "Check the ledger:";
    METHODS = "方法", "Methods";
    DATA_INTERFACE = "数据接口", "Data interface";
    KEYS = "键盘快捷键", "Keyboard shortcuts";
    KEYS_ON = "启用快捷键", "Turn shortcuts on";
    KEYS_OFF = "停用快捷键", "Turn shortcuts off";
    KEY_SEARCH = "转到搜索框", "go to the search box";
    KEY_NEXT = "原文中下一条、上一条陈述", "next, previous statement in the report text";
    KEY_CLEAR = "清除搜索或标记", "clear the search or the mark";
    NO_TITLE = "未识别标题的文件", "Document without a title";
    PLAN_YEAR = "计划年度", "Plan year";
    RESULT_YEAR = "执行年度", "Result year";
    REGION = "地区", "Region";
    ISSUER = "报告单位", "Issued by";
    FILE = "文件", "File";
    IMPORTED = "入账", "Filed";
    COUNTS = "陈述数量", "Statement counts";
    RESULTS = "结果", "Results";
    TARGETS = "目标", "Targets";
    MILESTONES = "里程碑", "Milestones";
    LOST_DIGITS = "丢失数字", "Lost digits";
    AIMS = "力争", "aimed at";
    HEADLINE = "主要指标完成情况", "Headline indicators";
    HEADLINE_NONE = "报告正文中没有找到主要指标完成情况的概述。", "The report text gives no account of headline indicators.";
    ATTENTION = "需要关注", "Needs attention";
    ALL_INDICATORS = "全部指标", "All indicators";
    SORT = "排序", "Order";
    SORT_EXCEPTIONS = "例外在前", "Exceptions first";
    SORT_REPORT = "报告顺序", "Report order";
    SORT_NAME = "名称", "By name";
    NUMBER = "序号", "No.";
    INDICATOR = "指标", "Indicator";
    STATUS = "状态", "Status";
    REASON = "说明", "Reason";
    RELATED = "相关陈述", "Statements";
    PLACE = "出处", "Source";
    TO_TEXT = "查看原文", "In the text";
    PROMISED = "承诺了什么", "What is promised";
    BY_SECTION = "各章节的目标", "Targets by section";
    SECTION = "章节", "Section";
    KEY_NUMBERS = "带数字的主要目标", "Key numbers promised";
    ALL_TARGETS = "查看全部目标", "All targets";
    NO_TARGETS = "没有找到目标陈述。", "No target was found.";
    MEASURE = "衡量对象", "Measure";
    VALUE = "数值", "Value";
    STRENGTH = "力度", "Strength";
    LAST_RESULT = "最近结果", "Last result";
    CHANGE = "目标较此", "target against it:";
    UNCHANGED = "持平", "unchanged";
    PROBLEMS = "报告自述的困难和问题", "Difficulties the report names";
    WARNINGS = "读取提示", "Remarks on the file";
    ALL_REMARKS = "查看全部提示", "All remarks";
    NO_WARNINGS = "没有需要注意的地方。", "Nothing to note.";
    SEARCH = "搜索", "Search";
    SEARCH_HINT = "原句、衡量对象或主体", "quote, measure or entity";
    SEARCH_ALL = "搜索整个台账", "Search the whole ledger";
    SEARCH_ALL_HINT = "词、拼音首字母", "Words, pinyin";
    SEARCH_WHAT = "搜索指标、名词、报告及其原文和陈述、目标、任务、项目、问题、地区、部门和数据来源。", "Search indicators, terms, reports with their text and statements, targets, tasks, projects, problems, regions, departments and sources of figures.";
    SEARCH_KEY = "在任何页面按 / 键转到搜索框。", "Press / on any page to reach the search field.";
    SEARCH_TOO_LONG = "搜索的话太长", "The question is too long";
    SEARCH_NONE = "没有找到", "Nothing was found";
    SEARCH_NONE_HINT = "换一个更短的词，或用拼音首字母。", "Try a shorter word, or the initials of its pinyin.";
    SEARCH_CLOSE = "名称相近的有：", "Names that come close:";
    ALL_KINDS = "全部", "All";
    GLOSSARY_ROOM = "名词", "Glossary";
    GLOSSARY_ALL = "名词解释", "Glossary";
    BY_LETTER = "按拼音首字母", "By first letter of the pinyin";
    TERMS_NONE = "台账里还没有名词解释", "The ledger explains no terms yet";
    TERMS_NONE_HINT = "导入附有名词解释的报告，或录入类别为“名词”的对象。", "Import a report with a glossary, or enter objects of the kind “term”.";
    WHERE_USED = "在台账中搜索", "Search the ledger for it";
    FILTERS = "筛选", "Filters";
    APPLY = "应用", "Apply";
    CLEAR = "清除全部", "Clear all";
    ANY = "不限", "Any";
    ROLE = "角色", "Role";
    KIND = "类型", "Kind";
    UNIT = "单位", "Unit";
    NO_UNIT_WORD = "（无单位）", "(no unit)";
    ONLY_LOST = "只看丢失数字", "Lost digits only";
    REMOVE = "移除", "Remove";
    ENTITY = "主体", "Entity";
    OWN_REGION = "本地区", "the report's own region";
    YEAR = "年份", "Year";
    NONE_FOUND = "没有符合条件的陈述", "No statement matches";
    NONE_FOUND_HINT = "减少筛选条件，或换一个更短的词。", "Remove a filter or try a shorter word.";
    DOWNLOAD = "下载当前结果", "Download this selection";
    PREVIOUS = "上一条", "Previous";
    NEXT = "下一条", "Next";
    PREVIOUS_PAGE = "上一页", "Previous page";
    NEXT_PAGE = "下一页", "Next page";
    PAGINATION = "分页", "Pagination";
    STATEMENT = "陈述", "Statement";
    SENTENCE = "原句", "Sentence";
    MEANING = "怎样理解", "How to read it";
    COMPARATOR = "比较关系", "Comparison";
    BASIS = "口径", "Basis";
    DIRECTION = "方向", "Direction";
    NOT_STATED = "未说明", "not stated";
    NOT_LINKED = "未对应到指标目录", "not linked to the catalogue";
    FORMULA = "算法", "Formula";
    OWNER = "主管部门", "Owner";
    JUDGEMENT = "判定", "Judgement";
    BASELINE = "对照", "Baseline";
    NO_BASELINE = "台账中没有同一指标、同一口径的结果。", "The ledger has no result on the same indicator and basis.";
    NOT_COMPUTED = "不可比，未计算", "not comparable, not computed";
    WHERE = "在文件中的位置", "Place in the file";
    BYTES = "字节", "bytes";
    CHARACTERS = "修复后文本的字符", "characters of the repaired text";
    ORIGINAL = "下载原始文件", "Download the original file";
    CONTENTS = "目录", "Contents";
    LEGEND = "图例", "Legend";
    LEGEND_LOST = "原文缺失的字", "lost in the source";
    LEGEND_TERM = "报告解释过的名词", "explained by the report";
    GLOSSARY = "名词解释", "Terms explained";
    GLOSSARY_OF = "报告自己对这些名词的解释。", "What the report itself says these terms mean.";
    GLOSSARY_NONE = "这份报告没有附名词解释。", "This report explains no terms.";
    NOT_USED = "正文没有用到", "not used in the text";
    FURNITURE = "网页信息（不属于报告正文）", "Page furniture (not part of the report)";
    REPAIRS = "修复", "Repairs";
    REPAIRS_NONE = "文件完好，没有修复。", "The file is intact; nothing was repaired.";
    REPAIR_KIND = "损坏类型", "Damage";
    HOW_MANY = "处数", "Places";
    SIZE = "大小", "Size";
    ENCODING = "编码", "Encoding";
    REMARKS = "读取提示", "Remarks";
    SEVERITY = "程度", "Severity";
    REMARK = "内容", "Remark";
    DIGIT_LOST = "原文此处缺失一位数字", "A digit is missing here in the source";
    CHARACTER_LOST = "原文此处缺失一个字", "A character is missing here in the source";
    EMPTY_TITLE = "台账里还没有报告", "The ledger holds no report yet";
    EMPTY_HINT = "先导入一份计划报告（纯文本文件），然后刷新本页：", "Import a plan report (a plain text file), then reload this page:";
    NOT_FOUND = "没有这个页面", "No such page";
    NOT_FOUND_HINT = "地址可能写错了，或者它指的报告、陈述不在这个台账里。", "The address may be mistyped, or the report or statement it names is not in this ledger.";
    BAD_REQUEST = "地址里有不认识的条件", "The address asks for something unknown";
    BAD_REQUEST_EXPECTED = "可以写：", "Expected:";
    FAILURE = "暂时读不出台账", "The ledger cannot be read just now";
    FAILURE_HINT = "请稍后重试；如果一直这样，请在终端运行核对命令。", "Please try again; if it persists, run the check in a terminal.";
    HOME = "回到概览", "Back to the overview";
    PARTLY = "部分口径有差距", "partly short";
    DOUBTS = "核对提示", "Cross-check";
}

/// Where an indicator or a facet stands, in the words of a report on its headline indicators.
pub(super) fn outcome(status: Status) -> Word {
    let english = match status {
        Status::Met => "Achieved",
        Status::Missed => "Fell short",
        other => self::status(other).1,
    };
    Word(labels::outcome(status), english)
}

/// Where a statement stands.
pub(super) fn status(status: Status) -> Word {
    let english = match status {
        Status::Met => "Met",
        Status::OnTrack => "On track",
        Status::AtRisk => "At risk",
        Status::OffTrack => "Off track",
        Status::Missed => "Missed",
        Status::NoData => "No data",
        Status::NotComparable => "Not comparable",
        Status::Open => "Open",
        Status::Reported => "Reported",
        Status::Background => "Background",
    };
    Word(labels::status(status), english)
}

/// What a status means.
pub(super) fn status_meaning(status: Status) -> Word {
    match status {
        Status::Met => Word("后来报告的结果达到了目标。", "A later result reached the target."),
        Status::OnTrack => Word("时期未完，很可能完成。", "Not over yet; likely to be met."),
        Status::AtRisk => Word("时期未完，可能完不成。", "Not over yet; it may be missed."),
        Status::OffTrack => Word("时期未完，很可能完不成。", "Not over yet; likely to be missed."),
        Status::Missed => {
            Word("后来报告的结果没有达到目标。", "A later result stayed below the target.")
        }
        Status::NoData => Word("没有可用的数字。", "There is no figure."),
        Status::NotComparable => {
            Word("有数字，但不能相互比较。", "There are figures, but they may not be compared.")
        }
        Status::Open => {
            Word("承诺的时期还没有结果。", "Nothing is known yet of the period that was promised.")
        }
        Status::Reported => Word(
            "报告自己给出的结果，没有可对照的目标。",
            "A result the report itself gives; there is nothing to hold it against.",
        ),
        Status::Background => {
            Word("背景情况，不是承诺，也不是结果。", "Background: neither promised nor achieved.")
        }
    }
}

/// A statement's role.
pub(super) fn role(role: Role) -> Word {
    let english = match role {
        Role::Result => "Result",
        Role::Target => "Target",
        Role::Context => "Context",
    };
    Word(labels::role(role), english)
}

/// A statement's kind.
pub(super) fn kind(kind: Kind) -> Word {
    let english = match kind {
        Kind::Quantity => "Quantity",
        Kind::Milestone => "Milestone",
    };
    Word(labels::kind(kind), english)
}

/// What a kind means.
pub(super) fn kind_meaning(kind: Kind) -> Word {
    match kind {
        Kind::Quantity => Word("带数字，可以用数字检验。", "Carries a number to be checked."),
        Kind::Milestone => Word(
            "不带数字，可以用是或否检验。",
            "Carries no number; can be checked with yes or no.",
        ),
    }
}

/// How strongly a target is promised.
pub(super) fn modality(modality: Modality) -> Word {
    let english = match modality {
        Modality::Firm => "Firm",
        Modality::Aim => "Aimed at",
    };
    Word(labels::modality(modality), english)
}

/// What kind of number it is.
pub(super) fn basis(basis: Basis) -> Word {
    let english = match basis {
        Basis::Level => "Level",
        Basis::Increment => "Increment",
        Basis::Growth => "Growth",
        Basis::Rank => "Rank",
        Basis::Frequency => "Frequency",
    };
    Word(labels::basis(basis), english)
}

/// A facet of an indicator's target.
pub(super) fn facet(basis: Basis) -> Word {
    Word(labels::facet(basis), self::basis(basis).1)
}

/// What a comparator means.
pub(super) fn comparator(comparator: Comparator) -> Word {
    match comparator {
        Comparator::Equal => Word("等于", "exactly"),
        Comparator::AtLeast => Word("不低于（≥）", "at least (≥)"),
        Comparator::AtMost => Word("不高于（≤）", "at most (≤)"),
        Comparator::Above => Word("高于（>）", "more than (>)"),
        Comparator::Below => Word("低于（<）", "less than (<)"),
        Comparator::About => Word("大约（≈）", "about (≈)"),
        Comparator::Range => Word("区间之内", "within the range"),
    }
}

/// Where a growth goes.
pub(super) fn direction(direction: Direction) -> Word {
    let english = match direction {
        Direction::Up => "up",
        Direction::Down => "down",
    };
    Word(labels::direction(direction), english)
}

/// A kind of damage.
pub(super) fn repair(kind: RepairKind) -> Word {
    match kind {
        RepairKind::Encoding => Word("编码不是 UTF-8", "Encoding other than UTF-8"),
        RepairKind::Pinyin => Word("夹入的拼音", "Injected pinyin"),
        RepairKind::Traditional => Word("繁体字转为简体", "Traditional characters made simplified"),
        RepairKind::Shifted => {
            Word("错位的双字节字符", "Double-byte characters paired one byte off")
        }
        RepairKind::Inferred => {
            Word("按上下文补出的字", "Characters inferred from their surroundings")
        }
        RepairKind::LostDigit => {
            Word("丢失的数字（印作〓，不猜）", "Lost digits (printed 〓, never guessed)")
        }
        RepairKind::LostCharacter => Word("丢失的字（印作□）", "Lost characters (printed □)"),
        RepairKind::Spacing => Word("全角半角和空格", "Width and spacing"),
    }
}

/// How much a remark matters.
pub(super) fn severity(severity: Severity) -> Word {
    match severity {
        Severity::Note => Word("说明", "Note"),
        Severity::Warning => Word("提醒", "Warning"),
        Severity::Error => Word("错误", "Error"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_and_repairs_are_said_in_both_languages() {
        let spoken = Status::ALL.iter().flat_map(|s| [status(*s), outcome(*s), status_meaning(*s)]);
        let kinds = RepairKind::ALL.iter().map(|kind| repair(*kind));
        assert_both_languages(spoken.chain(kinds));
    }

    #[test]
    fn statuses_are_told_apart_in_words() {
        for language in [Language::Chinese, Language::English] {
            let mut words: Vec<_> = Status::ALL.iter().map(|s| language.say(status(*s))).collect();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), Status::ALL.len());
        }
    }
}
