//! Web pages: the article without what stands around it, its tables, and every character's place in the file.

mod article;
mod charset;
mod reference;
mod tags;
mod tree;

use super::Raw;
use super::source::Source;
use super::writer::{Extent, Placed, Words, Writer, trimmed};
use crate::ReadError;
use crate::decode::Decoded;
use crate::repair::Cell;
use article::Article;
use tags::{Role, Tag};
use tree::{Tree, What};

/// A cell of a table of figures has at most this many characters; a page laid out as a table has whole texts in them.
const FIGURE: usize = 600;

/// A table of figures has at most this many columns.
const WIDEST: usize = 1024;

/// Lines of buttons, which say nothing of the article. Longer lines are read even if they begin so.
const BUTTONS: &[&str] = &[
    "打印",
    "打印本页",
    "关闭",
    "关闭窗口",
    "关闭本页",
    "返回顶部",
    "收藏",
    "分享",
    "分享到",
    "微信",
    "微博",
    "扫一扫",
    "字体",
    "大",
    "中",
    "小",
    "上一篇",
    "下一篇",
    "上一页",
    "下一页",
    "首页",
    "朗读",
    "纠错",
    "我要纠错",
    "保存",
    "QQ空间",
    "【打印】",
    "【关闭】",
    "扫一扫在手机打开当前页",
];

/// Extensions of web pages.
const EXTENSIONS: &[&str] =
    &["htm", "html", "shtml", "xhtml", "asp", "aspx", "jsp", "php", "phtml"];

/// Tags that a page begins with, or that plain text does not hold three of.
const TAGS: &[&[u8]] = &[
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<meta",
    b"<div",
    b"<p>",
    b"<p ",
    b"<table",
    b"<title",
    b"<article",
    b"<section",
    b"<span",
    b"<br",
    b"</p>",
    b"</div>",
    b"</td>",
    b"</span>",
    b"<script",
    b"<style",
    b"<h1",
    b"<h2",
    b"<ul",
    b"<a href",
];

/// How many bytes are looked at.
const LOOK: usize = 64 << 10;

/// Whether a file is a web page, by what it begins with or by how many tags it holds.
pub(super) fn is_page(bytes: &[u8], extension: &str) -> bool {
    let head = bytes.get(..LOOK).unwrap_or(bytes);
    let body = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let needed = match (body.first(), EXTENSIONS.contains(&extension)) {
        (_, true) | (Some(b'<'), false) => 1,
        _ => 3,
    };
    let mut found = 0;
    for at in memchr::memchr_iter(b'<', body) {
        let rest = &body[at..];
        let begins =
            |tag: &[u8]| rest.get(..tag.len()).is_some_and(|words| words.eq_ignore_ascii_case(tag));
        if TAGS.iter().any(|tag| begins(tag)) {
            found += 1;
            if found >= needed {
                return true;
            }
        }
    }
    false
}

/// Reads a page.
pub(super) fn read(bytes: &[u8]) -> Result<Raw<'static>, ReadError> {
    let Decoded { mut tape, encoding } = charset::decode(bytes)?;
    let cells = std::mem::take(&mut tape.cells);
    let text: String = cells.iter().map(|cell| cell.character).collect();
    let tree = tree::parse(&text)?;
    if tree.nodes.is_empty() {
        return Err(ReadError::Empty);
    }
    let article = article::find(&tree, &text);
    let mut page = Page {
        tree: &tree,
        article: &article,
        source: Source::new(&text, &cells),
        writer: Writer::default(),
        words: Words::default(),
    };
    if let Some(title) = article.title {
        page.block(title, tree.nodes[title].end as usize)?;
    }
    page.block(article.root, tree.nodes.get(article.root).map_or(0, |node| node.end as usize))?;
    let (tape, tables) = page.writer.finish(tape);
    Ok(Raw { text: tape.into(), tables, encoding: encoding.to_string(), diagnostics: Vec::new() })
}

/// Whether a table holds figures: rows and columns of short cells, and no other table in it.
fn is_figures(tree: &Tree, number: usize) -> bool {
    let inside = &tree.nodes[number + 1..tree.nodes[number].end as usize];
    let (mut rows, mut cells, mut length) = (0, 0, 0);
    for node in inside {
        match &node.what {
            What::Element(element) => match element.tag {
                Tag::Table | Tag::H1 | Tag::Article => return false,
                Tag::Tr => rows += 1,
                Tag::Td | Tag::Th => {
                    cells += 1;
                    length = 0;
                }
                _ => {}
            },
            What::Text(from, to) => {
                length += (to - from) as usize;
                // Bytes of white space and Chinese.
                if length > FIGURE * 4 {
                    return false;
                }
            }
        }
    }
    rows >= 2 && cells > rows
}

/// Gives the characters of a stretch of the page, references resolved.
fn each(source: &mut Source<'_>, from: u32, to: u32, mut give: impl FnMut(Cell)) {
    let (from, to) = (from as usize, to as usize);
    let words = source.text().get(from..to).unwrap_or("");
    let mut at = 0;
    while at < words.len() {
        let plain =
            memchr::memchr(b'&', &words.as_bytes()[at..]).map_or(words.len(), |next| at + next);
        source.cells(from + at, from + plain).iter().for_each(|cell| give(*cell));
        at = plain;
        if at == words.len() {
            break;
        }
        let (resolved, length) =
            reference::resolve(&words[at..]).unwrap_or_else(|| ("&".to_owned(), 1));
        let cells = source.cells(from + at, from + at + length);
        if let (Some(first), Some(last)) = (cells.first(), cells.last()) {
            let (start, end) = (first.start, last.end);
            resolved.chars().for_each(|character| give(Cell { character, start, end }));
        }
        at += length;
    }
}

struct Page<'a> {
    tree: &'a Tree,
    article: &'a Article,
    source: Source<'a>,
    writer: Writer,
    words: Words,
}

impl Page<'_> {
    /// Writes the nodes `start..end` as lines and tables.
    fn block(&mut self, start: usize, end: usize) -> Result<(), ReadError> {
        // Ends of the open blocks, the innermost last.
        let mut open: Vec<usize> = Vec::new();
        let mut number = start;
        while number < end {
            while open.last().is_some_and(|last| *last <= number) {
                open.pop();
                self.end_line()?;
            }
            let node = &self.tree.nodes[number];
            let behind = node.end as usize;
            match &node.what {
                What::Text(from, to) => {
                    let words = &mut self.words;
                    each(&mut self.source, *from, *to, |cell| words.push(cell));
                }
                What::Element(_) if self.article.skipped[number] => {
                    number = behind;
                    continue;
                }
                What::Element(element) => match (element.tag, element.tag.role()) {
                    (Tag::Table, _) if is_figures(self.tree, number) => {
                        self.end_line()?;
                        self.table(number)?;
                        number = behind;
                        continue;
                    }
                    (Tag::Pre, _) => {
                        self.end_line()?;
                        self.preformatted(number)?;
                        number = behind;
                        continue;
                    }
                    (Tag::Br | Tag::Hr, _) => self.end_line()?,
                    (_, Role::Block) => {
                        self.end_line()?;
                        open.push(behind);
                    }
                    _ => {}
                },
            }
            number += 1;
        }
        self.end_line()
    }

    fn end_line(&mut self) -> Result<(), ReadError> {
        if self.words.is_empty() {
            self.words.take();
            return Ok(());
        }
        let words = self.words.take();
        if is_buttons(&words) { Ok(()) } else { self.writer.line(&words) }
    }

    /// Writes text whose line breaks count.
    fn preformatted(&mut self, number: usize) -> Result<(), ReadError> {
        let mut cells = Vec::new();
        for node in &self.tree.nodes[number..self.tree.nodes[number].end as usize] {
            if let What::Text(from, to) = node.what {
                each(&mut self.source, from, to, |cell| cells.push(cell));
            }
        }
        for line in cells.split(|cell| matches!(cell.character, '\n' | '\r')) {
            self.writer.line(line)?;
        }
        Ok(())
    }

    /// Writes a table of figures.
    fn table(&mut self, table: usize) -> Result<(), ReadError> {
        let end = self.tree.nodes[table].end as usize;
        let mut rows: Vec<Vec<Placed>> = Vec::new();
        // By column, the first row that no cell from above reaches.
        let mut covered: Vec<usize> = Vec::new();
        let mut number = table + 1;
        while number < end {
            let node = &self.tree.nodes[number];
            let behind = node.end as usize;
            match &node.what {
                What::Element(_) if self.article.skipped[number] => {
                    number = behind;
                    continue;
                }
                What::Element(element) if element.tag == Tag::Caption => {
                    self.inside(number);
                    let words = self.words.take();
                    self.writer.line(&words)?;
                    number = behind;
                    continue;
                }
                What::Element(element) if element.tag == Tag::Tr => {
                    rows.push(Vec::new());
                }
                What::Element(element) if element.tag.is_cell() => {
                    let (columns, height) = (element.reach.0 as usize, element.reach.1 as usize);
                    self.inside(number);
                    let words = self.words.take_trimmed();
                    if rows.is_empty() {
                        rows.push(Vec::new());
                    }
                    let number_of_row = rows.len() - 1;
                    if let Some(row) = rows.last_mut() {
                        let after =
                            row.last().map_or(0, |cell| cell.extent.column + cell.extent.columns);
                        let free =
                            covered.iter().skip(after).position(|until| *until <= number_of_row);
                        let column = free.map_or(covered.len().max(after), |free| after + free);
                        if column + columns > WIDEST {
                            return Err(ReadError::Inflated { limit: WIDEST });
                        }
                        covered.resize(covered.len().max(column + columns), 0);
                        covered[column..column + columns].fill(number_of_row + height);
                        row.push(Placed {
                            extent: Extent { column, columns, rows: height },
                            words,
                        });
                    }
                    number = behind;
                    continue;
                }
                _ => {}
            }
            number += 1;
        }
        self.writer.table(rows)
    }

    /// Collects the words of a cell.
    fn inside(&mut self, cell: usize) {
        let mut number = cell + 1;
        while number < self.tree.nodes[cell].end as usize {
            let node = &self.tree.nodes[number];
            match &node.what {
                What::Text(from, to) => {
                    let words = &mut self.words;
                    each(&mut self.source, *from, *to, |cell| words.push(cell));
                }
                What::Element(_) if self.article.skipped[number] => {
                    number = node.end as usize;
                    continue;
                }
                What::Element(element)
                    if matches!(element.tag.role(), Role::Block | Role::Void) =>
                {
                    self.words.gap();
                }
                What::Element(_) => {}
            }
            number += 1;
        }
    }
}

/// Whether a line is nothing but buttons of the page.
fn is_buttons(words: &[Cell]) -> bool {
    let words = trimmed(words);
    if words.len() > 40 {
        return false;
    }
    let line: String = words.iter().map(|cell| cell.character).collect();
    if ["上一篇", "下一篇"].iter().any(|word| line.starts_with(word)) {
        return true;
    }
    let mut pieces = line
        .split(|c: char| c.is_whitespace() || "：:|｜[]【】()（）".contains(c))
        .filter(|piece| !piece.is_empty())
        .peekable();
    pieces.peek().is_some() && pieces.all(|piece| BUTTONS.contains(&piece))
}
