//! Pages: an assessment and the state of a view become HTML.
//!
//! Every page is a pure function from data to text. Nothing is computed here but the lengths of the lists that
//! are shown; every figure comes from the assessment and leads to its source. The pages need no script: the one
//! that is sent along only adds keyboard shortcuts and saves page loads.

mod api;
mod assets;
pub mod desk;
mod document;
mod documents;
mod figures;
mod glossary;
mod icons;
mod layout;
mod links;
mod lists;
mod messages;
mod methods;
mod nav;
mod overview;
mod programmes;
mod promises;
mod regions;
mod repairs;
mod reports;
mod search;
mod segments;
mod standing;
mod statement;
mod statements;
mod term_list;
mod today;
mod words;

pub use api::{ApiPage, ApiParameter, ApiProblem, ApiResource, api};
pub use assets::{Asset, asset};
pub use desk::Visitor;
pub use document::document;
pub use documents::{ComparePage, Compared, Fate, Fates, Wanted, compare, documents};
pub use glossary::glossary;
pub use links::{
    Address, NO_UNIT, document as document_address, places, statement as statement_address,
    statements as statements_address,
};
pub use lists::{
    BOARD_COLUMN_SIZE, LIST_PAGE_SIZE, ListAsked, ListFrame, ListOrder, ListView, Move,
    PlanListKind, ProblemLine, ProblemsPage, ProjectGroup, ProjectLine, ProjectPage, ProjectsPage,
    TaskLine, TasksPage, list_address, problems, project, projects, tasks,
};
pub use messages::{Fault, bad_request, empty, failure, not_found};
pub use methods::{CalculatedTable, Calculator, CalculatorPage, calculator, methods};
pub use overview::{Order, overview};
pub use programmes::{ProgrammePage, ProgrammesPage, programme, programmes};
pub use regions::{
    MOST_CLASSES, MapClass, Moved, Ranked, RankedRegion, RegionIndicator, RegionPage, RegionTree,
    RegionsPage, Show, Whole, region, regions,
};
pub use repairs::repairs;
pub use reports::{ReportsPage, reports};
pub use search::{
    LONGEST_QUESTION, SEARCH_PAGE_SIZE, SearchAnswer, SearchPage, search, search_address,
};
pub use standing::{Asked, IndicatorPage, StandingsPage, indicator, standings};
pub use statement::statement;
pub use statements::{PAGE_SIZE, Selection, statements};
pub use term_list::{TermEntry, TermMeaning, explained, term_address, terms};
pub use today::{Overdue, TodayPage, today};
pub use words::Language;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the reader's system is set.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// The word for it in cookies and forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of this word.
    pub fn parse(word: &str) -> Option<Self> {
        [Theme::System, Theme::Light, Theme::Dark].into_iter().find(|theme| theme.as_str() == word)
    }
}

/// How a page is looked at.
#[derive(Debug, Clone)]
pub struct View {
    /// The language of the interface.
    pub language: Language,
    /// Light or dark.
    pub theme: Theme,
    /// Whether single keys work as shortcuts.
    pub shortcuts: bool,
    /// The address of the page without its language, for the switches to come back to.
    pub here: Address,
    /// The file name of the ledger; empty where there is none.
    pub ledger: String,
    /// Who is signed in, if somebody is.
    pub visitor: Option<Visitor>,
    /// Whether the page is one of a site for the public, which shows chosen indicators and reports alone.
    pub public: bool,
}

impl View {
    fn say(&self, word: words::Word) -> &'static str {
        self.language.say(word)
    }

    /// An address in the language of this view. Chinese goes without saying.
    fn link(&self, address: Address) -> String {
        match self.language {
            Language::Chinese => address.to_string(),
            Language::English => address.with("lang", self.language.as_str()).to_string(),
        }
    }
}
