//! The glossary (名词解释): terms, and what the report says they mean.
//!
//! Entries are numbered (`1.“三清”：…`, `②…`, `（3）…`) or not (`“三清”是指…`), and several run together in one
//! paragraph where line breaks are lost. In a numbered glossary only the next number begins an entry, so that a
//! list or an explained word inside of a definition stays inside of it.

use terms::{Block, BlockKind, Part, Span, Term};

use super::mark::{Mark, Style, mark};

/// A name is not longer than this, in characters.
const LONGEST_NAME: usize = 40;

/// A name that nothing but a space parts from what it means is not longer than this, in characters.
const LONGEST_BARE_NAME: usize = 20;

/// How many numbers may be missing between one entry and the next.
const LARGEST_GAP: u32 = 3;

/// What opens and closes a quotation or a bracket.
const PAIRS: &[(char, char)] = &[
    ('“', '”'),
    ('‘', '’'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('(', ')'),
    ('（', '）'),
    ('[', ']'),
];

/// Of [`PAIRS`], those that only quote a name.
const QUOTATIONS: &[char] = &['“', '‘', '「', '『', '【'];

/// Finds the terms that a report explains, in text order.
pub(crate) fn glossary(text: &str, blocks: &[Block]) -> Vec<Term> {
    let mut reader = Reader::default();
    for block in blocks {
        match (block.part, block.kind) {
            (Part::Glossary, BlockKind::Paragraph) => reader.paragraph(text, block.span),
            (Part::Glossary, BlockKind::Title | BlockKind::Heading) => {
                reader.open = false;
                reader.last = None;
            }
            // What a page puts in between belongs to no definition.
            _ => reader.open = false,
        }
    }
    reader.terms.retain(|term| !term.definition.is_empty());
    reader.terms
}

/// The beginning of an entry.
struct Entry {
    /// Its number, where it has one.
    mark: Option<Mark>,
    /// Where the entry begins, with its number.
    start: usize,
    name: Span,
    /// Where what it means begins.
    definition: usize,
}

#[derive(Default)]
struct Reader {
    terms: Vec<Term>,
    /// The number of the last entry, where entries are numbered.
    last: Option<Mark>,
    /// Whether what follows may still belong to the last entry.
    open: bool,
}

impl Reader {
    fn paragraph(&mut self, text: &str, span: Span) {
        let mut from = span.start;
        let mut before = None;
        for (at, character) in text[span.range()].char_indices() {
            let at = span.start + at;
            // Inside of the name or the number that has just been read nothing begins.
            if at >= from
                && !character.is_whitespace()
                && before.is_none_or(ends)
                && let Some(entry) = self.entry(text, at, span, before.is_none())
            {
                self.carry_on(text, Span::new(from, entry.start));
                self.last = entry.mark.or(self.last);
                self.open = true;
                from = entry.definition;
                let definition = Span::new(from, from);
                let name = text[entry.name.range()].to_owned();
                self.terms.push(Term { name, span: entry.name, definition });
            }
            // After a space it is the character before it that tells.
            if !character.is_whitespace() || before.is_some() {
                before = Some(character);
            }
        }
        self.carry_on(text, Span::new(from, span.end));
    }

    /// Adds more text to the definition of the last entry.
    fn carry_on(&mut self, text: &str, more: Span) {
        let Some(term) = self.terms.last_mut().filter(|_| self.open) else { return };
        let words = &text[more.range()];
        let end = more.start + words.trim_end().len();
        if end <= more.start {
            return;
        }
        if term.definition.is_empty() {
            let start = more.start + (words.len() - words.trim_start().len());
            term.definition = Span::new(start, end);
        } else {
            term.definition.end = end;
        }
    }

    /// The entry that begins at `at` of a paragraph; `first` where that is the paragraph's beginning.
    fn entry(&self, text: &str, at: usize, paragraph: Span, first: bool) -> Option<Entry> {
        let words = &text[at..paragraph.end];
        if let Some((found, length)) = mark(words) {
            let follows = match self.last {
                None => first,
                Some(last) if last.style != found.style => false,
                Some(last) => {
                    let gap = if first { LARGEST_GAP } else { 1 };
                    // Footnotes may be counted anew on each page.
                    let anew = first && found.number == 1 && found.style == Style::Circled;
                    anew || (last.number + 1..=last.number + gap).contains(&found.number)
                }
            };
            if !follows {
                return None;
            }
            return Some(head(&words[length..], true)?.entry(Some(found), at, at + length));
        }
        if self.last.is_some() {
            return None;
        }
        let head = head(words, false)?;
        let entry = head.entry(None, at, at);
        let name = &text[entry.name.range()];
        let quoted = entry.name.start > at;
        let fits = if first {
            quoted || !is_phrase(name)
        } else if quoted {
            // A part of the name that is being explained is explained within: “15” of “315X”.
            head.says && !self.terms.last().is_some_and(|term| term.name.contains(name))
        } else {
            let meaning = &text[entry.definition..paragraph.end];
            !is_phrase(name) && (verb(meaning).is_some() || meaning.starts_with(name))
        };
        fits.then_some(entry)
    }
}

/// Whether an entry may begin after this character.
fn ends(before: char) -> bool {
    before.is_whitespace() || matches!(before, '。' | '；' | ';' | '！' | '”' | '）' | ')' | '.')
}

/// A name and where its meaning begins, in bytes from where the name was looked for.
struct Head {
    name: Span,
    definition: usize,
    /// Whether a colon or a word such as 是指 says that a meaning follows.
    says: bool,
}

impl Head {
    fn entry(&self, mark: Option<Mark>, start: usize, base: usize) -> Entry {
        let name = Span::new(base + self.name.start, base + self.name.end);
        Entry { mark, start, name, definition: base + self.definition }
    }
}

/// The name at the beginning of `words`. Without a number before it, a colon or a word must say that its meaning
/// follows.
fn head(words: &str, numbered: bool) -> Option<Head> {
    let found = |end: usize, definition: usize, says: bool| {
        let name = bare(words, Span::new(0, end))?;
        (words[name.range()].chars().count() <= LONGEST_NAME).then_some(Head {
            name,
            definition,
            says,
        })
    };
    let mut closers: Vec<char> = Vec::new();
    let mut before = None;
    let mut space = None;
    let mut reached = true;
    // The number, quotation marks and what parts the name from its meaning come on top.
    for (count, (at, character)) in words.char_indices().enumerate() {
        if count > LONGEST_NAME + 4 {
            reached = false;
            break;
        }
        let rest = &words[at..];
        let after = at + character.len_utf8();
        if closers.last() == Some(&character) {
            closers.pop();
        } else if let Some((_, close)) = PAIRS.iter().find(|(open, _)| *open == character) {
            closers.push(*close);
        } else if closers.is_empty() {
            let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            match character {
                '：' | ':' if !(digit(before) && digit(words[after..].chars().next())) => {
                    let empty = words[after..].trim().is_empty();
                    return found(at, after, true).filter(|_| numbered || !empty);
                }
                '—' if rest.starts_with("——") && numbered => {
                    return found(at, at + "——".len(), true);
                }
                '，' | ',' if verb(&words[after..]).is_some() => return found(at, after, true),
                '，' | ',' | '。' | '；' | ';' | '！' | '？' | '\n' => {
                    reached = false;
                    break;
                }
                _ => {}
            }
            let quoted = before.is_some_and(|c| PAIRS.iter().any(|(_, close)| *close == c));
            if at > 0 && (long_verb(rest) || quoted && verb(rest).is_some()) {
                return found(at, at, true);
            }
            if character.is_whitespace() && at > 0 {
                space = space.or(Some(at));
            }
        }
        before = Some(character);
    }
    if !numbered {
        return None;
    }
    if let Some(at) = space
        && words[..at].chars().count() <= LONGEST_BARE_NAME
    {
        return found(at, at, false);
    }
    // The name has a line of its own, and its meaning follows below.
    reached.then(|| found(words.len(), words.len(), false)).flatten()
}

/// A name without spaces and without the quotation marks that enclose the whole of it.
fn bare(words: &str, name: Span) -> Option<Span> {
    let trimmed = |span: Span| {
        let inner = &words[span.range()];
        let start = span.start + (inner.len() - inner.trim_start().len());
        Span::new(start, start + inner.trim().len())
    };
    let mut name = trimmed(name);
    loop {
        let inner = &words[name.range()];
        let mut characters = inner.chars();
        let (first, last) = (characters.next()?, characters.next_back());
        let straight = first == '"' && inner.matches('"').count() == 2;
        let quotes = QUOTATIONS.contains(&first) || straight;
        let close = PAIRS.iter().find(|(open, _)| *open == first).map_or('"', |(_, close)| *close);
        // “甲”和“乙” begins and ends with quotation marks, but no pair of them encloses it.
        if !quotes || last != Some(close) || !straight && inner.matches(first).count() > 1 {
            return Some(name);
        }
        name = trimmed(Span::new(name.start + first.len_utf8(), name.end - close.len_utf8()));
    }
}

/// Words that say that a meaning follows, clear enough after any name.
fn long_verb(words: &str) -> bool {
    ["是指", "指的是", "系指", "特指", "泛指", "主要指", "主要是指", "就是指"]
        .iter()
        .any(|verb| words.starts_with(verb))
}

/// A word that says that a meaning follows, where something parts it from the name.
fn verb(words: &str) -> Option<&'static str> {
    let words = words.trim_start();
    if ["指数", "指标", "指南", "指挥", "指引", "指导", "即将"]
        .iter()
        .any(|noun| words.starts_with(noun))
    {
        return None;
    }
    ["是", "指", "即", "系", "特指", "泛指", "主要指", "主要是指", "就是"]
        .into_iter()
        .find(|verb| words.starts_with(verb))
}

/// Words before a colon that announce a list or a speech, not a term.
fn is_phrase(name: &str) -> bool {
    const BEGIN: &[&str] =
        &["主要", "具体", "其中", "包括", "一是", "二是", "三是", "四是", "五是"];
    const END: &[&str] =
        &["如下", "包括", "为", "是", "有", "分别", "指出", "提出", "明确", "要求"];
    BEGIN.iter().any(|word| name.starts_with(word)) || END.iter().any(|word| name.ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name and meaning of each term of a glossary of these paragraphs.
    fn terms(paragraphs: &[&str]) -> Vec<(String, String)> {
        let mut text = String::from("名词解释\n");
        let block = |kind, span| Block { kind, level: 0, part: Part::Glossary, span };
        let mut blocks = vec![block(BlockKind::Heading, Span::new(0, 12))];
        for paragraph in paragraphs {
            let start = text.len();
            text.push_str(paragraph);
            blocks.push(block(BlockKind::Paragraph, Span::new(start, text.len())));
            text.push('\n');
        }
        let found = glossary(&text, &blocks);
        for term in &found {
            assert_eq!(term.name, text[term.span.range()]);
        }
        let meaning = |term: &Term| text[term.definition.range()].to_owned();
        found.iter().map(|term| (term.name.clone(), meaning(term))).collect()
    }

    fn names(paragraphs: &[&str]) -> Vec<String> {
        terms(paragraphs).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn reads_every_way_to_begin_an_entry() {
        for (entry, name, meaning) in [
            ("1.“三清”：“三”指水、气、土。", "三清", "“三”指水、气、土。"),
            ("2、EOD模式:一种开发模式。", "EOD模式", "一种开发模式。"),
            ("“五小工程”是指五类小型水利。", "五小工程", "是指五类小型水利。"),
            ("茶旅指数是指反映茶业与旅游的数。", "茶旅指数", "是指反映茶业与旅游的数。"),
            ("“一河一策”，指每条河定一个方案。", "一河一策", "指每条河定一个方案。"),
            ("①河湖长：管河的人。", "河湖长", "管河的人。"),
            ("（1）“两山”银行——收储生态资源的平台。", "“两山”银行", "收储生态资源的平台。"),
            ("[3] 世界·青石石刻指数：指石刻的价格。", "世界·青石石刻指数", "指石刻的价格。"),
            ("三、“甲”和“乙”：两件事。", "“甲”和“乙”", "两件事。"),
            ("4.青石—白水“飞地”：是指两地共建的园区。", "青石—白水“飞地”", "是指两地共建的园区。"),
            ("5.绿码 一种通行凭证。", "绿码", "一种通行凭证。"),
        ] {
            assert_eq!(terms(&[entry]), [(name.to_owned(), meaning.to_owned())], "{entry}");
        }
    }

    #[test]
    fn entries_that_run_together_are_parted() {
        let found = terms(&[
            "1.“三清”：清水、清气、清土。2.“五小”工程：五类工程。其中：1.塘；2.渠。 3.“绿码”：指凭证，用2.0版。",
        ]);
        let meanings: Vec<_> = found.iter().map(|(_, meaning)| meaning.as_str()).collect();
        assert_eq!(
            meanings,
            ["清水、清气、清土。", "五类工程。其中：1.塘；2.渠。", "指凭证，用2.0版。"]
        );
        assert_eq!(
            names(&["“三清”是指清水等。“五小”是指五类。EOD模式：指一种模式。具体为：某某。"]),
            ["三清", "五小", "EOD模式"]
        );
    }

    #[test]
    fn a_numbered_glossary_begins_an_entry_only_with_the_next_number() {
        let found = terms(&[
            "1.“4X”集群：指两类。“4”是指四类产业。",
            "“X”是指若干产业。",
            "（1）清单：某某。",
            "1.一张图：某某。",
            "2.“绿码”：指凭证。",
            "5.“三清”：跳过两个。",
        ]);
        let names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["“4X”集群", "绿码", "三清"]);
        assert!(found[0].1.ends_with("1.一张图：某某。"), "{}", found[0].1);
    }

    #[test]
    fn a_part_of_a_name_is_explained_within() {
        assert_eq!(names(&["“4X”是指两类。“X”是指若干产业。“绿码”是指凭证。"]), ["4X", "绿码"]);
    }

    #[test]
    fn a_meaning_may_stand_below_its_name() {
        assert_eq!(
            terms(&["1.“三清”", "清水、清气、清土。", "再加一句。", "2.绿码：凭证。"])[0],
            ("三清".to_owned(), "清水、清气、清土。\n再加一句。".to_owned())
        );
        assert_eq!(names(&["现将文中名词解释如下：", "“绿码”：指凭证。", "3.空的："]), ["绿码"]);
    }

    #[test]
    fn what_explains_nothing_is_no_term() {
        for text in
            ["各位代表，以上请审议。", "12:30开会。", "“甲", "：空", "1.", "①", "（1）：", "”甲“："]
        {
            assert_eq!(terms(&[text]), [], "{text}");
        }
    }
}
