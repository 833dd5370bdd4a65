//! The text of a report, readable as a document, with every statement marked in place.

use std::collections::{BTreeSet, HashSet};

use maud::{Markup, html};
use terms::{
    AssessedStatement, Assessment, Block, BlockKind, DocumentAssessment, Modality, Part, Role, Span,
};

use super::documents::{self, Fate, Fates};
use super::glossary::{Use, uses};
use super::layout::{self, Frame, Room};
use super::links::{self, places};
use super::segments::{Segment, segments};
use super::words::{self, Language};
use super::{View, figures, promises};

/// How much of what a term means is shown beside it, in characters; the glossary has the whole.
const LONGEST_MEANING: usize = 300;

/// The page with a document's text, every statement marked with what became of it.
pub fn document(
    assessment: &Assessment,
    document: &DocumentAssessment,
    fates: &Fates<'_>,
    view: &View,
) -> String {
    let title = layout::title(document, view);
    let counts = fates.counts(document);
    let mut text = Text {
        document,
        view,
        fates,
        anchors: anchors(document),
        uses: uses(&document.document),
        seen: HashSet::new(),
        next: 0,
        active: Vec::new(),
        title: document.document.blocks.iter().position(is_title),
    };
    let blocks = text.blocks();
    let body = html! {
        (layout::switcher(view, assessment, document, links::document))
        div class="reading" {
            (contents(document, view))
            div class="pages-column" {
                (legend(document, view))
                (documents::tally(document, fates, &counts, view))
                (documents::shapes(counts.iter().map(|(fate, _)| *fate)))
                article class="report" lang="zh-CN" {
                    @if text.title.is_none() { h1 lang=[document.document.profile.title.is_none().then(|| view.language.tag())] { (title) } }
                    (blocks)
                    (text.meanings())
                }
            }
        }
    };
    let about = Some((assessment, document));
    layout::page(view, Frame { title, room: Room::Text, about, body })
}

fn contents(document: &DocumentAssessment, view: &View) -> Markup {
    let headings = document.document.blocks.iter().enumerate().filter(|(_, block)| {
        block.kind == BlockKind::Heading && block.level <= 2 && block.part != Part::Furniture
    });
    html! {
        nav class="contents" aria-label=(view.say(words::CONTENTS)) {
            details open {
                summary { (view.say(words::CONTENTS)) }
                ol lang="zh-CN" {
                    @for (number, block) in headings {
                        li class={ "level-" (block.level) } {
                            a href=(format!("#{}", places::block(number))) {
                                (figures::shortened(slice(document, block.span).trim(), 30))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn legend(document: &DocumentAssessment, view: &View) -> Markup {
    let sample = |class: &str, word: &str| html! { li { span class={ "st " (class) } { (word) } } };
    html! {
        ul class="legend" aria-label=(view.say(words::LEGEND)) {
            (sample("result", view.say(words::role(Role::Result))))
            (sample("target firm", view.say(words::role(Role::Target))))
            (sample("target aim", view.say(words::modality(Modality::Aim))))
            (sample("context", view.say(words::role(Role::Context))))
            li { span class="lost" { "〓" } " " (view.say(words::LEGEND_LOST)) }
            @let terms = document.document.glossary.len();
            @if terms > 0 {
                li {
                    span class="term" { (view.say(words::LEGEND_TERM)) } " "
                    a href=(view.link(links::glossary(document))) { (view.say(words::GLOSSARY)) " " (terms) }
                }
            }
        }
    }
}

fn slice(document: &DocumentAssessment, span: Span) -> &str {
    document.document.text.get(span.range()).unwrap_or("")
}

fn is_title(block: &Block) -> bool {
    block.kind == BlockKind::Title && block.part != Part::Furniture
}

/// Something on the page that a link may lead to, without a mark of its own.
struct Anchor {
    at: usize,
    place: String,
}

/// The headline indicators, the remarks and the explained terms that have a place in the text, in text order.
fn anchors(document: &DocumentAssessment) -> Vec<Anchor> {
    let headline = document.headline.iter().flat_map(|headline| &headline.indicators);
    let indicators = headline.map(|indicator| Anchor {
        at: indicator.span.start,
        place: places::indicator(indicator.position),
    });
    let remarks =
        document.document.diagnostics.iter().enumerate().filter_map(|(number, remark)| {
            Some(Anchor { at: remark.span?.start, place: places::remark(number) })
        });
    let terms = document.document.glossary.iter().enumerate();
    let terms =
        terms.map(|(number, term)| Anchor { at: term.span.start, place: places::term(number) });
    let mut anchors: Vec<_> = indicators
        .chain(remarks)
        .chain(terms)
        .filter(|anchor| document.document.text.is_char_boundary(anchor.at))
        .collect();
    anchors.sort_by_key(|anchor| anchor.at);
    anchors
}

/// The anchors that stand inside of a span.
fn inside(anchors: &[Anchor], span: Span) -> &[Anchor] {
    let start = anchors.partition_point(|anchor| anchor.at < span.start);
    let end = anchors.partition_point(|anchor| anchor.at < span.end);
    anchors.get(start..end).unwrap_or_default()
}

/// The text while it is written down, block by block.
struct Text<'a> {
    document: &'a DocumentAssessment,
    view: &'a View,
    /// What became of the statements.
    fates: &'a Fates<'a>,
    anchors: Vec<Anchor>,
    /// Where the text uses a term that it explains, in text order.
    uses: Vec<Use>,
    /// Statements whose place on the page is already given.
    seen: HashSet<&'a str>,
    /// The next statement that has not begun yet.
    next: usize,
    /// Statements that have begun and may reach into the next block.
    active: Vec<&'a AssessedStatement>,
    /// The block that is the title of the page: the first of the report's titles.
    title: Option<usize>,
}

impl<'a> Text<'a> {
    fn blocks(&mut self) -> Markup {
        let document = self.document;
        let blocks = &document.document.blocks;
        let mut number = 0;
        let mut parts = Vec::new();
        while number < blocks.len() {
            let furniture = blocks[number].part == Part::Furniture;
            let mut run = Vec::new();
            while number < blocks.len() && (blocks[number].part == Part::Furniture) == furniture {
                run.push(self.block(number, blocks[number]));
                number += 1;
            }
            parts.push((furniture, run));
        }
        html! {
            @for (furniture, run) in parts {
                @if furniture {
                    details class="furniture" {
                        summary lang=(self.view.language.tag()) { (self.view.say(words::FURNITURE)) }
                        @for block in run { (block) }
                    }
                } @else {
                    @for block in run { (block) }
                }
            }
        }
    }

    fn block(&mut self, number: usize, block: Block) -> Markup {
        let statements = self.statements_in(block.span);
        let content = self.content(block.span, &statements);
        let begun: Vec<_> = statements
            .iter()
            .copied()
            .filter(|assessed| block.span.contains(assessed.statement.span.start))
            .collect();
        let id = places::block(number);
        html! {
            div class={ "block " (block.kind) " part-" (block.part) } {
                // Notes stand before their paragraph, so that they float beside its first line.
                @if !begun.is_empty() { (self.notes(&begun)) }
                // Headings of the report stand one level below the page's own.
                @match (block.kind, block.level) {
                    (BlockKind::Title, _) if self.title == Some(number) => h1 id=(id) { (content) },
                    (BlockKind::Heading, 0 | 1) => h2 id=(id) { (content) },
                    (BlockKind::Heading, 2) => h3 id=(id) { (content) },
                    (BlockKind::Heading, 3) => h4 id=(id) { (content) },
                    (BlockKind::Heading, _) => h5 id=(id) { (content) },
                    _ => p id=(id) { (content) },
                }
            }
        }
    }

    /// The statements that overlap a block, in text order.
    fn statements_in(&mut self, block: Span) -> Vec<&'a AssessedStatement> {
        let all = &self.document.statements;
        self.active.retain(|assessed| assessed.statement.span.end > block.start);
        while let Some(next) =
            all.get(self.next).filter(|next| next.statement.span.start < block.end)
        {
            if next.statement.span.end > block.start {
                self.active.push(next);
            }
            self.next += 1;
        }
        self.active.iter().copied().filter(|assessed| self.fates.shows(assessed)).collect()
    }

    fn content(&mut self, block: Span, statements: &[&'a AssessedStatement]) -> Markup {
        let marks: Vec<_> = statements.iter().map(|assessed| assessed.statement.span).collect();
        let anchors = inside(&self.anchors, block).iter().map(|anchor| anchor.at);
        let terms = self.uses_in(block).iter().flat_map(|used| [used.span.start, used.span.end]);
        let cuts: Vec<_> = anchors.chain(terms).collect();
        let pieces = segments(block, &marks, &cuts);
        let owned: HashSet<_> =
            pieces.iter().filter_map(|piece| piece.marks.first().copied()).collect();
        html! {
            @for piece in &pieces {
                @for anchor in inside(&self.anchors, piece.span) {
                    span id=(anchor.place) class="anchor" {}
                }
                (self.hidden(piece, statements, &owned))
                (self.piece(piece, statements))
            }
        }
    }

    /// Places of statements that lie wholly under shorter ones and so have no piece of their own.
    fn hidden(
        &mut self,
        piece: &Segment,
        statements: &[&'a AssessedStatement],
        owned: &HashSet<usize>,
    ) -> Markup {
        let covered = piece.marks.iter().filter(|number| !owned.contains(number));
        let ids: Vec<_> = covered
            .map(|number| &*statements[*number].statement.id)
            .filter(|id| self.seen.insert(id))
            .collect();
        html! { @for id in ids { span id=(places::statement(id)) class="anchor" {} } }
    }

    fn piece(&mut self, piece: &Segment, statements: &[&'a AssessedStatement]) -> Markup {
        let words = figures::with_lost(slice(self.document, piece.span), self.view.language);
        let used = self.uses_in(piece.span).first().copied();
        let Some(inner) = piece.marks.first().map(|number| statements[*number]) else {
            return used.map_or(words.clone(), |used| self.term(used, piece, &words));
        };
        let statement = &inner.statement;
        let id = self.seen.insert(&statement.id).then(|| places::statement(&statement.id));
        let covering: Vec<_> =
            piece.marks.iter().map(|number| &*statements[*number].statement.id).collect();
        let modality = statement.modality.map_or("", Modality::as_str);
        let fate = self.fates.of(inner);
        let judged = statement.role == Role::Target;
        let class = match judged {
            true => format!("st {} {modality} st-{}", statement.role, fate.as_str()),
            false => format!("st {} {modality}", statement.role),
        };
        // The shape stands once, where the statement begins.
        let mark = (judged && id.is_some()).then(|| fate.mark());
        html! {
            // A link holds no other one, so a term is the link here and the statement only its frame.
            @if let Some(used) = used {
                span id=[id] class=(class) data-of=(covering.join(" ")) { @if let Some(mark) = mark { (mark) } (self.term(used, piece, &words)) }
            } @else {
                a id=[id] class=(class) data-of=(covering.join(" "))
                    href=(self.view.link(links::statement(&statement.id))) title=(title(inner, fate, self.view)) { @if let Some(mark) = mark { (mark) } (words) }
            }
        }
    }

    /// The uses of terms that overlap a span.
    fn uses_in(&self, span: Span) -> &[Use] {
        let start = self.uses.partition_point(|used| used.span.end <= span.start);
        let end = self.uses.partition_point(|used| used.span.start < span.end);
        self.uses.get(start..end).unwrap_or_default()
    }

    /// A piece of a term's use: a link to where the report explains it, with what it says there beside.
    fn term(&self, used: Use, piece: &Segment, words: &Markup) -> Markup {
        let first = piece.span.start == used.span.start;
        let id = first.then(|| places::used(used.term, used.number));
        html! {
            a id=[id] class="term" href=(format!("#{}", places::term(used.term)))
                aria-describedby=(places::meaning(used.term)) data-meaning=(self.meaning(used.term)) { (words) }
        }
    }

    fn meaning(&self, term: usize) -> String {
        let document = &self.document.document;
        let words =
            document.glossary.get(term).map_or("", |term| slice(self.document, term.definition));
        figures::shortened(words, LONGEST_MEANING)
    }

    /// What the terms mean that the text uses, for those who hear the page.
    fn meanings(&self) -> Markup {
        let used: BTreeSet<_> = self.uses.iter().map(|used| used.term).collect();
        html! {
            @if !used.is_empty() {
                div hidden {
                    @for term in used { p id=(places::meaning(term)) { (self.meaning(term)) } }
                }
            }
        }
    }

    /// The statements that begin in a paragraph, beside it.
    fn notes(&self, statements: &[&AssessedStatement]) -> Markup {
        let view = self.view;
        html! {
            aside class="notes" lang=(view.language.tag()) aria-label=(view.say(words::STATEMENTS)) {
                details {
                    summary {
                        @match view.language {
                            Language::Chinese => { "本段陈述 " (statements.len()) " 条" }
                            Language::English => { "Statements here: " (statements.len()) }
                        }
                    }
                    ul {
                        @for assessed in statements {
                            li class={ "note " (assessed.statement.role) } {
                                @let fate = self.fates.of(assessed);
                                a href=(view.link(links::statement(&assessed.statement.id))) data-of=(assessed.statement.id) {
                                    @if assessed.statement.role == Role::Target {
                                        span class={ "fate st-" (fate.as_str()) } { (fate.mark()) (view.say(fate.word())) } " "
                                    }
                                    (promises::value(assessed, view)) " "
                                    span class="measure" lang="zh-CN" { (assessed.statement.measure) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn title(assessed: &AssessedStatement, fate: Fate, view: &View) -> String {
    let statement = &assessed.statement;
    let mut title = view.say(words::role(statement.role)).to_owned();
    if let Some(modality) = statement.modality {
        title = format!("{title}（{}）", view.say(words::modality(modality)));
    }
    format!("{title} · {}", view.say(fate.word()))
}
