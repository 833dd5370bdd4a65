//! What is searched, and how well it fits a question.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use memchr::memmem::Finder;
use publication::html::Address;
use publication::search::{Found, FoundKind, Hit};

use super::folded::{begins, fold, joined, marked, places, snippet};
use super::spelled::{Fit, Spelled};

/// Words beyond these narrow a question no further.
const WORDS: usize = 8;

/// So many names are suggested where nothing is found.
const SUGGESTED: usize = 6;

/// Something that can be found.
#[derive(Debug)]
pub(crate) struct Entry {
    /// What it is.
    pub(crate) kind: FoundKind,
    /// What it is called.
    pub(crate) name: String,
    /// Codes, other names and the like, by which it is found as by its name.
    pub(crate) aliases: Vec<String>,
    /// What else is said of it.
    pub(crate) text: String,
    /// What tells it from others of its name.
    pub(crate) about: String,
    /// Its place.
    pub(crate) address: Address,
    /// Whether the ledger has more of it than its name; what it does not have comes later.
    pub(crate) known: bool,
    /// Code of the region and of the department that may see it; everybody, where no region is given.
    pub(crate) owner: Option<(String, Option<String>)>,
}

/// An entry with what it is compared by.
#[derive(Debug)]
struct Kept {
    entry: Entry,
    name: String,
    aliases: Vec<String>,
    text: String,
    spelled: Option<Spelled>,
}

/// Everything that can be found.
#[derive(Debug)]
pub(crate) struct Index {
    kept: Vec<Kept>,
}

/// What is asked.
pub(crate) struct Question<'a> {
    /// The words, all of which must occur.
    pub(crate) words: &'a str,
    /// The kind that alone is wanted.
    pub(crate) only: Option<FoundKind>,
    /// How many hits are passed over.
    pub(crate) skip: usize,
    /// How many hits are wanted at most.
    pub(crate) most: usize,
}

/// How well an entry fits a word; the better is the less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Name,
    Alias,
    NameBegins,
    Spelled,
    AliasBegins,
    SpelledBegins,
    InName,
    InAlias,
    SpelledInside,
    SpelledNearly,
    InText,
    /// Only a part of the name of what the ledger knows nothing more of.
    Unused,
}

/// A word of a question, ready to be looked for.
struct Word<'a> {
    text: &'a str,
    finder: Finder<'a>,
}

impl Word<'_> {
    fn within(&self, text: &str) -> bool {
        let mut found = self.finder.find_iter(text.as_bytes());
        found.any(|at| begins(text, at, self.text))
    }
}

impl Kept {
    fn new(entry: Entry) -> Kept {
        // What only quotes a report has no name of its own.
        let named = !matches!(entry.kind, FoundKind::Statement | FoundKind::Text);
        Kept {
            name: fold(&entry.name),
            aliases: entry.aliases.iter().map(|alias| fold(alias)).collect(),
            text: fold(&entry.text),
            spelled: if named { Spelled::of(&entry.name) } else { None },
            entry,
        }
    }

    /// How well this fits a word.
    fn rank(&self, word: &Word<'_>) -> Option<Rank> {
        if matches!(self.entry.kind, FoundKind::Statement | FoundKind::Text) {
            let texts = [&self.name, &self.text];
            let found = texts.into_iter().chain(&self.aliases).any(|text| word.within(text));
            return found.then_some(Rank::InText);
        }
        let sought = word.text;
        let place = |text: &String, [whole, begins, inside]: [Rank; 3]| match text {
            text if text == sought => Some(whole),
            text if text.starts_with(sought) => Some(begins),
            text => word.within(text).then_some(inside),
        };
        let name = place(&self.name, [Rank::Name, Rank::NameBegins, Rank::InName]);
        let alias = |alias| place(alias, [Rank::Alias, Rank::AliasBegins, Rank::InAlias]);
        let aliases = self.aliases.iter().filter_map(alias).min();
        let spelled = self.spelled.as_ref().and_then(|spelled| spelled.fit(sought));
        let spelled = spelled.map(|(fit, _)| match fit {
            Fit::Whole => Rank::Spelled,
            Fit::Beginning => Rank::SpelledBegins,
            Fit::Inside => Rank::SpelledInside,
            Fit::Nearly => Rank::SpelledNearly,
        });
        let best = name.into_iter().chain(aliases).chain(spelled).min();
        best.or_else(|| word.within(&self.text).then_some(Rank::InText))
    }

    fn hit(&self, words: &[String]) -> Hit {
        let entry = &self.entry;
        let mut name = marked(&entry.name, words);
        let spelled = words.iter().filter_map(|word| self.spelled.as_ref()?.fit(word));
        let spelled: Vec<Range<usize>> = spelled.map(|(_, part)| part).collect();
        if name.marks.is_empty() && !spelled.is_empty() {
            name.marks = joined(spelled);
        }
        // The text is shown where it has a word that the name does not have.
        let missing = |word: &&String| !self.name.contains(word.as_str());
        let wanted: Vec<String> = words.iter().filter(missing).cloned().collect();
        let has = |text: &str| wanted.iter().any(|word| places(text, word).next().is_some());
        let text = if has(&self.text) {
            Some(snippet(&entry.text, words))
        } else {
            let aliases = entry.aliases.iter().zip(&self.aliases);
            let found: Vec<&str> =
                aliases.filter(|(_, alias)| has(alias)).map(|(alias, _)| alias.as_str()).collect();
            (!found.is_empty()).then(|| marked(&found.join("、"), words))
        };
        let (kind, about, address) = (entry.kind, entry.about.clone(), entry.address.clone());
        Hit { kind, name, about, text, address }
    }
}

impl Index {
    /// The index of these entries.
    pub(crate) fn new(entries: Vec<Entry>) -> Index {
        Index { kept: entries.into_iter().map(Kept::new).collect() }
    }

    /// What answers a question of what may be seen.
    pub(crate) fn find(&self, question: &Question<'_>, may: &dyn Fn(&Entry) -> bool) -> Found {
        let asked = fold(question.words);
        let mut seen = HashSet::new();
        let words: Vec<&str> =
            asked.split(' ').filter(|word| !word.is_empty() && seen.insert(*word)).collect();
        let sought: Vec<Word<'_>> = words
            .iter()
            .take(WORDS)
            .map(|text| Word { text, finder: Finder::new(text.as_bytes()) })
            .collect();
        if sought.is_empty() {
            return Found::default();
        }
        let order = FoundKind::all();
        let place = |kind: FoundKind| order.iter().position(|known| *known == kind);
        let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        let mut fitting: Vec<(Rank, Option<usize>, usize, usize)> = Vec::new();
        for (number, kept) in self.kept.iter().enumerate() {
            let ranks = sought.iter().map(|word| kept.rank(word));
            // All words must occur; the one that fits worst tells how well the whole does.
            let ranks = ranks.collect::<Option<Vec<Rank>>>();
            let Some(worst) = ranks.into_iter().flatten().max() else { continue };
            if !may(&kept.entry) {
                continue;
            }
            let kind = place(kept.entry.kind);
            *counts.entry(kind).or_default() += 1;
            if question.only.is_none_or(|only| only == kept.entry.kind) {
                // Among names the shorter one has more of the words in it; texts keep the order of their reports.
                let length = if worst == Rank::InText { 0 } else { kept.name.len() };
                let whole = matches!(worst, Rank::Name | Rank::Alias | Rank::Spelled);
                let rank = if kept.entry.known || whole { worst } else { Rank::Unused };
                fitting.push((rank, kind, length, number));
            }
        }
        fitting.sort_unstable();
        let words: Vec<String> = words.into_iter().take(WORDS).map(str::to_owned).collect();
        let shown = fitting.iter().skip(question.skip).take(question.most);
        let hits =
            shown.filter_map(|(.., number)| self.kept.get(*number)).map(|kept| kept.hit(&words));
        let counts: Vec<(FoundKind, usize)> = counts
            .into_iter()
            .filter_map(|(kind, count)| Some((*order.get(kind?)?, count)))
            .collect();
        let suggestions = if counts.is_empty() { self.close_to(&words, may) } else { Vec::new() };
        Found { total: fitting.len(), hits: hits.collect(), counts, suggestions }
    }

    /// Names that have most in common with words that are found nowhere.
    fn close_to(&self, words: &[String], may: &dyn Fn(&Entry) -> bool) -> Vec<String> {
        let typed: String = words.concat();
        let wanted = pairs(&typed);
        let spelled = |kept: &Kept| {
            let letters = typed.is_ascii() && typed.len() > 2;
            let longest = (2..typed.len()).rev().filter(|_| letters);
            let fits = |length: &usize| {
                let start = typed.get(..*length).unwrap_or_default();
                let fit = kept.spelled.as_ref().and_then(|spelled| spelled.fit(start));
                fit.is_some_and(|(fit, _)| fit <= Fit::Beginning)
            };
            let mut longest = longest;
            // As a share of what was typed, as common pairs of characters are.
            longest
                .find(fits)
                .filter(|length| length * 2 > typed.len())
                .map(|length| (length, typed.len()))
        };
        let mut close: Vec<((usize, usize), &Kept)> = Vec::new();
        for kept in &self.kept {
            let named = !matches!(
                kept.entry.kind,
                FoundKind::Statement | FoundKind::Text | FoundKind::Origin
            );
            if !named || !may(&kept.entry) {
                continue;
            }
            let own = pairs(&kept.name);
            let common = wanted.intersection(&own).count();
            let by_pairs = (common > 0 && common * 3 >= wanted.len().min(own.len()))
                .then_some((common * 2, wanted.len() + own.len()));
            if let Some(share) = by_pairs.or_else(|| spelled(kept)) {
                close.push((share, kept));
            }
        }
        close.sort_by(|((one, of), first), ((other, whole), second)| {
            let (one, other) = (one * whole, other * of);
            other.cmp(&one).then_with(|| first.name.len().cmp(&second.name.len()))
        });
        let mut names: Vec<String> = Vec::new();
        for (_, kept) in close {
            if names.len() < SUGGESTED && !names.contains(&kept.entry.name) {
                names.push(kept.entry.name.clone());
            }
        }
        names
    }
}

/// The pairs of neighbouring characters of a text.
fn pairs(text: &str) -> HashSet<(char, char)> {
    text.chars().zip(text.chars().skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(kind: FoundKind, name: &str, aliases: &[&str], text: &str) -> Entry {
        Entry {
            kind,
            name: name.to_owned(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            text: text.to_owned(),
            about: String::new(),
            address: Address::new("/"),
            known: true,
            owner: None,
        }
    }

    fn index() -> Index {
        use FoundKind::{Document, Indicator, Region, Statement, Term, Text};
        Index::new(vec![
            entry(Text, "一、去年", &[], "固定资产投资增长5%，GDP增长6%。"),
            entry(Statement, "投资增长5%", &["固定资产投资"], ""),
            entry(Indicator, "固定资产投资", &["fai", "全社会投资"], "建造和购置的工作量"),
            entry(Indicator, "投资", &[], ""),
            entry(Indicator, "一般公共预算收入", &["revenue"], "不含债务收入"),
            entry(Term, "投资强度", &[], "单位面积的投资"),
            entry(Document, "2024年计划报告", &[], ""),
            entry(Region, "青石市", &["330784"], ""),
        ])
    }

    fn names(words: &str) -> Vec<String> {
        let question = Question { words, only: None, skip: 0, most: 20 };
        let found = index().find(&question, &|_| true);
        found.hits.into_iter().map(|hit| hit.name.text).collect()
    }

    #[test]
    fn names_come_before_texts_and_what_is_meant_before_what_has_it_in_it() {
        assert_eq!(
            names("投资"),
            ["投资", "投资强度", "固定资产投资", "投资增长5%", "一、去年"],
            "the whole name, its beginning, a part of it, then what is only said"
        );
        assert_eq!(names("ＦＡＩ"), ["固定资产投资"]);
        assert_eq!(names("gdp 投资"), ["一、去年"], "all words must occur");
        assert_eq!(names("债务"), ["一般公共预算收入"]);
        assert_eq!(names("资").len(), 5, "one character is a word too");
        assert_eq!(names("  "), Vec::<String>::new());
    }

    #[test]
    fn what_the_ledger_knows_nothing_of_comes_last_unless_it_is_what_is_meant() {
        let mut entries = vec![
            entry(FoundKind::Indicator, "工业投资", &[], ""),
            entry(FoundKind::Statement, "投资增长5%", &[], ""),
            entry(FoundKind::Indicator, "固定资产投资", &[], ""),
        ];
        entries[0].known = false;
        let index = Index::new(entries);
        let names = |words| {
            let found = index.find(&Question { words, only: None, skip: 0, most: 9 }, &|_| true);
            found.hits.into_iter().map(|hit| hit.name.text).collect::<Vec<_>>()
        };
        assert_eq!(names("投资"), ["固定资产投资", "投资增长5%", "工业投资"]);
        assert_eq!(names("工业投资"), ["工业投资"]);
    }

    #[test]
    fn letters_of_the_reading_find_names() {
        for letters in ["ybggyssr", "ybggysr", "yibangonggong", "YBGG"] {
            assert_eq!(names(letters), ["一般公共预算收入"], "{letters}");
        }
        assert_eq!(names("qss"), ["青石市"]);
        assert_eq!(names("tz")[0], "投资");
    }

    #[test]
    fn what_may_not_be_seen_is_neither_shown_nor_counted() {
        let question = Question { words: "投资", only: None, skip: 0, most: 1 };
        let found = index().find(&question, &|entry| entry.kind != FoundKind::Indicator);
        assert_eq!(found.total, 3);
        assert!(
            found
                .counts
                .iter()
                .all(|(kind, count)| { *kind != FoundKind::Indicator && *count == 1 })
        );
        let none = index().find(&question, &|_| false);
        assert_eq!((none.total, none.suggestions), (0, Vec::new()));
    }

    #[test]
    fn one_kind_alone_keeps_the_counts_of_all() {
        let only = Some(FoundKind::Term);
        let found = index().find(&Question { words: "投资", only, skip: 0, most: 20 }, &|_| true);
        assert_eq!((found.total, found.hits.len()), (1, 1));
        assert_eq!(found.counts.iter().map(|(_, count)| count).sum::<usize>(), 5);
    }

    #[test]
    fn names_that_come_close_are_suggested() {
        let suggested = |words: &str| {
            let question = Question { words, only: None, skip: 0, most: 20 };
            index().find(&question, &|_| true).suggestions
        };
        assert_eq!(suggested("固定资产头资").first().map(String::as_str), Some("固定资产投资"));
        assert_eq!(suggested("ybggx").first().map(String::as_str), Some("一般公共预算收入"));
        assert_eq!(suggested("毫不相干"), Vec::<String>::new());
    }

    #[test]
    fn hits_show_where_the_words_are() {
        let question = Question { words: "投资", only: None, skip: 0, most: 20 };
        let found = index().find(&question, &|_| true);
        let last = found.hits.last().and_then(|hit| hit.text.as_ref());
        assert!(last.is_some_and(|text| text.pieces().contains(&("投资", true))));
        let question = Question { words: "ybgg", ..question };
        let found = index().find(&question, &|_| true);
        assert_eq!(found.hits[0].name.pieces()[0], ("一般公共", true));
        let question = Question { words: "revenue", ..question };
        let found = index().find(&question, &|_| true);
        assert_eq!(found.hits[0].text.as_ref().map(|text| text.text.as_str()), Some("revenue"));
    }
}
