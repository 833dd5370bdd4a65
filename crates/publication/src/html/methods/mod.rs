//! Pages of methods: all of them with their sources, and forms that compute one.
//!
//! `/methods` lists them. `/methods/NAME` is a form that names every input with its unit, and below it the answer. Where
//! the inputs are few the form is got, so that the address holds all of it; a table is posted.

mod answer;
mod comparing;
mod energy;
mod environment;
mod fields;
mod form;
mod indices;
mod list;
mod note;
mod statistics;
mod sun;

use maud::html;

use super::desk::Trouble;
use super::layout::{self, Frame, Room};
use super::{Address, View};
use crate::grid::Grid;

pub use list::methods;

/// A method that has a page of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calculator {
    /// The index of the air of a day or an hour.
    Air,
    /// A price index of a table.
    PriceIndex,
    /// What changed the use of energy.
    Lmdi,
    /// Energy of many kinds in standard coal.
    Coal,
    /// Classes of sections of surface water.
    Water,
    /// Where the sun is, and what a roof makes in a year.
    Solar,
}

impl Calculator {
    /// All of them.
    pub const ALL: [Calculator; 6] = [
        Calculator::Air,
        Calculator::PriceIndex,
        Calculator::Lmdi,
        Calculator::Coal,
        Calculator::Water,
        Calculator::Solar,
    ];

    /// Its address.
    pub fn path(self) -> &'static str {
        match self {
            Calculator::Air => "/methods/air",
            Calculator::PriceIndex => "/methods/price-index",
            Calculator::Lmdi => "/methods/lmdi",
            Calculator::Coal => "/methods/coal",
            Calculator::Water => "/methods/water",
            Calculator::Solar => "/methods/solar",
        }
    }

    /// Whether its form is posted, for it holds a table.
    pub fn is_posted(self) -> bool {
        !matches!(self, Calculator::Air | Calculator::Solar)
    }
}

/// A table that was computed, as the command line prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalculatedTable {
    /// What stands above the table.
    pub heading: Vec<String>,
    /// The table; without columns where there is none.
    pub grid: Grid,
    /// What stands below it.
    pub closing: Vec<String>,
}

/// The page of a method.
#[derive(Debug, Clone, Copy)]
pub struct CalculatorPage<'a> {
    /// Which one.
    pub calculator: Calculator,
    /// What stands in the fields, by their names.
    pub typed: &'a [(String, String)],
    /// What was wrong with it.
    pub troubles: &'a [Trouble<'a>],
    /// What came of it; nothing before something was asked.
    pub answers: &'a [CalculatedTable],
}

/// The page `/methods/NAME`.
pub fn calculator(view: &View, page: &CalculatorPage<'_>) -> String {
    let Some(note) = note::of(page.calculator) else { return String::new() };
    let title = view.say(note.name);
    let all = view.link(Address::new("/methods"));
    let body = html! {
        (super::desk::troubles(view, page.troubles))
        p class="quiet" { a href=(all) { (view.say(super::words::METHODS)) } }
        h1 { (title) }
        p { (view.say(note.does)) }
        (answer::answers(view, page.answers))
        (form::form(view, page))
        section aria-labelledby="about" {
            h2 id="about" { (view.say(list::ABOUT)) }
            (list::facts(view, note))
        }
    };
    layout::page(view, Frame { title, room: Room::None, about: None, body })
}
