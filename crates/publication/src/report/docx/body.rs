//! Headings, paragraphs, tables and footnotes as elements of the word-processing language.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::styles::{Styles, Use};
use crate::report::{Block, Numbering, Report, Run, Sources, Table};

/// The width between the margins of the official page, in twentieths of a point.
const WIDTH: u32 = 8_844;

/// What was written.
pub(super) struct Written {
    pub(super) body: String,
    pub(super) footnotes: String,
}

pub(super) fn write(
    report: &Report,
    styles: &Styles,
    sources: Sources,
    first_note: i64,
) -> Written {
    let mut writer = Writer {
        styles,
        sources,
        note: first_note,
        numbers: Numbering::default(),
        body: String::new(),
        footnotes: String::new(),
    };
    report.blocks.iter().for_each(|block| writer.block(block));
    let several = report.annexes.len() > 1;
    for (number, annex) in report.annexes.iter().enumerate() {
        let mark = if several { format!("附件{}", number + 1) } else { "附件".to_owned() };
        writer.line(Use::AnnexMark, &mark);
        writer.line(Use::AnnexTitle, &annex.title);
        annex.blocks.iter().for_each(|block| writer.block(block));
    }
    Written { body: writer.body, footnotes: writer.footnotes }
}

struct Writer<'a> {
    styles: &'a Styles,
    sources: Sources,
    note: i64,
    numbers: Numbering,
    body: String,
    footnotes: String,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => {
                let number = self.numbers.next(*level);
                let counted = self.styles.counts(Use::Heading(*level));
                let number = if counted { String::new() } else { number };
                self.line(Use::Heading(*level), &format!("{number}{text}"));
            }
            Block::Paragraph { runs } => self.paragraph(Use::Body, "", runs),
            Block::Salutation { text } => self.line(Use::Salutation, text),
            Block::Table(table) => self.table(table),
        }
    }

    fn line(&mut self, what: Use, text: &str) {
        self.paragraph(what, "", &[Run::plain(text)]);
    }

    fn paragraph(&mut self, what: Use, properties: &str, runs: &[Run]) {
        let style = self.style("pStyle", what);
        let _ = write!(self.body, "<w:p><w:pPr>{style}{properties}</w:pPr>");
        for (number, run) in runs.iter().enumerate() {
            self.run(run);
            // Several runs of one source share its note, which stands behind the last.
            let goes_on = runs.get(number + 1).is_some_and(|next| next.source == run.source);
            if self.sources == Sources::Shown && !run.source.is_empty() && !goes_on {
                self.footnote(&run.source);
            }
        }
        self.body.push_str("</w:p>\n");
    }

    fn style(&self, element: &str, what: Use) -> String {
        let id = self.styles.id(what);
        id.map_or(String::new(), |id| format!("<w:{element} w:val=\"{}\"/>", escape(id)))
    }

    fn run(&mut self, run: &Run) {
        let style = match (run.missing, run.strong) {
            (true, _) => self.style("rStyle", Use::Missing),
            (_, true) => self.style("rStyle", Use::Strong),
            _ => String::new(),
        };
        let style = if style.is_empty() { style } else { format!("<w:rPr>{style}</w:rPr>") };
        let text = clean(&run.text);
        let _ = write!(
            self.body,
            "<w:r>{style}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escape(text.as_str())
        );
    }

    fn footnote(&mut self, source: &str) {
        let id = self.note;
        self.note += 1;
        // A template without the style still sets the mark high.
        let mark = match self.styles.id(Use::Footnote) {
            Some(_) => self.style("rStyle", Use::Footnote),
            None => "<w:vertAlign w:val=\"superscript\"/>".to_owned(),
        };
        let _ = write!(
            self.body,
            "<w:r><w:rPr>{mark}</w:rPr><w:footnoteReference w:id=\"{id}\"/></w:r>"
        );
        let style = self.style("pStyle", Use::FootnoteText);
        let text = clean(source);
        let _ = write!(
            self.footnotes,
            "<w:footnote w:id=\"{id}\"><w:p><w:pPr>{style}</w:pPr><w:r><w:rPr>{mark}</w:rPr>\
             <w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> {}</w:t></w:r></w:p>\
             </w:footnote>",
            escape(text.as_str())
        );
    }

    fn table(&mut self, table: &Table) {
        if !table.caption.is_empty() {
            self.line(Use::Caption, &table.caption);
        }
        let all: u32 = table.columns.iter().map(|column| column.width).sum::<u32>().max(1);
        let widths: Vec<u32> =
            table.columns.iter().map(|column| WIDTH * column.width / all).collect();
        let style = self.style("tblStyle", Use::Table);
        // A template without the style still gets lines.
        let borders = match self.styles.id(Use::Table) {
            Some(_) => String::new(),
            None => borders(),
        };
        let _ = write!(
            self.body,
            "<w:tbl><w:tblPr>{style}<w:tblW w:w=\"5000\" w:type=\"pct\"/><w:jc w:val=\"center\"/>\
             {borders}<w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\"/>\
             </w:tblPr><w:tblGrid>"
        );
        for width in &widths {
            let _ = write!(self.body, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.body.push_str("</w:tblGrid>");
        self.body.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            let run = Run::plain(column.heading.as_str());
            self.cell(*width, Use::TableHeading, "", &run);
        }
        self.body.push_str("</w:tr>");
        for row in &table.rows {
            self.body.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            for ((column, width), run) in table.columns.iter().zip(&widths).zip(row) {
                let side = if column.number { "<w:jc w:val=\"right\"/>" } else { "" };
                self.cell(*width, Use::TableText, side, run);
            }
            self.body.push_str("</w:tr>");
        }
        // A table is followed by a paragraph, or the next one would grow together with it.
        self.body.push_str("</w:tbl>\n");
        self.paragraph(Use::TableText, "", &[]);
    }

    fn cell(&mut self, width: u32, what: Use, properties: &str, run: &Run) {
        let _ = write!(
            self.body,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>"
        );
        self.paragraph(what, properties, std::slice::from_ref(run));
        self.body.push_str("</w:tc>");
    }
}

fn borders() -> String {
    let side = |side: &str| {
        format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>")
    };
    let sides: String = ["top", "left", "bottom", "right", "insideH", "insideV"].map(side).concat();
    format!("<w:tblBorders>{sides}</w:tblBorders>")
}

/// A text without what XML cannot hold.
fn clean(text: &str) -> String {
    text.chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .filter(|character| !matches!(character, '\u{fffe}' | '\u{ffff}'))
        .collect()
}
