//! The forms that departments file.

use terms::{Department, Facet, Form, FormItem};

use super::super::View;
use super::{Names, Trouble};

/// All forms.
#[derive(Debug, Clone, Copy)]
pub struct FormsPage<'a> {
    /// The forms.
    pub forms: &'a [Form],
    /// Names of departments.
    pub departments: &'a Names,
    /// Names of regions.
    pub regions: &'a Names,
    /// Whether a form was saved just now.
    pub saved: bool,
}

/// A form as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedForm {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code of the department.
    pub department: String,
    /// Codes or names of regions, one a line.
    pub regions: String,
    /// The word of a `Frequency`.
    pub frequency: String,
    /// Its lines, one a line: code or name of the indicator, then 增速 for growth, then the unit, parted by commas.
    pub items: String,
    /// Whether it is still filed.
    pub active: bool,
}

impl TypedForm {
    /// A form as somebody would type it.
    pub fn of(form: &Form, indicators: &Names) -> TypedForm {
        let item = |item: &FormItem| {
            let name = indicators.get(&*item.indicator).map_or(&*item.indicator, String::as_str);
            let growth = if item.facet == Facet::Growth { ", 增速" } else { "" };
            format!("{name}{growth}, {}", item.unit.as_str())
        };
        TypedForm {
            code: form.code.clone(),
            name: form.name.clone(),
            department: form.department.clone(),
            regions: form.regions.join("\n"),
            frequency: form.frequency.as_str().to_owned(),
            items: form.items.iter().map(item).collect::<Vec<_>>().join("\n"),
            active: form.active,
        }
    }
}

/// The page of a form.
#[derive(Debug, Clone, Copy)]
pub struct FormPage<'a> {
    /// Whether the form is there already, so that its code stays.
    pub known: bool,
    /// What the fields hold.
    pub typed: &'a TypedForm,
    /// The departments to choose from.
    pub departments: &'a [Department],
    /// Why the form was not saved.
    pub faults: &'a [Trouble<'a>],
}

/// The page `/forms`; leads to `/forms/new` and `/forms/{code}`.
pub fn forms(view: &View, page: &FormsPage<'_>) -> String {
    super::stub(view, &page.forms.len().to_string())
}

/// The pages `/forms/new` and `/forms/{code}`: posts `code`, `name`, `department`, `regions`, `frequency`, `items`,
/// `active` (`1` where ticked) and `known` (`1` where an existing form is changed) to `/forms`.
pub fn form(view: &View, page: &FormPage<'_>) -> String {
    super::stub(view, &page.typed.name)
}
