//! The departments.

use terms::Department;

use super::super::View;
use super::{Names, Trouble};

/// A department as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedDepartment {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Code or name of its region.
    pub region: String,
    /// Where messages to it go.
    pub email: String,
    /// Whether it still exists.
    pub active: bool,
}

impl TypedDepartment {
    /// A department as somebody would type it.
    pub fn of(department: &Department) -> TypedDepartment {
        TypedDepartment {
            code: department.code.clone(),
            name: department.name.clone(),
            region: department.region.clone(),
            email: department.email.clone(),
            active: department.active,
        }
    }
}

/// All departments, and one to be added or changed.
#[derive(Debug, Clone, Copy)]
pub struct DepartmentsPage<'a> {
    /// The departments.
    pub departments: &'a [Department],
    /// Names of regions.
    pub regions: &'a Names,
    /// Whether the one in the fields is there already, so that its code stays.
    pub known: bool,
    /// What the fields hold.
    pub typed: &'a TypedDepartment,
    /// Whether one was saved just now.
    pub saved: bool,
    /// Why it was not saved.
    pub fault: Option<Trouble<'a>>,
}

/// The page `/departments`, which takes the code of one to be changed as `edit`: posts `code`, `name`, `region`,
/// `email`, `active` (`1` where ticked) and `known` (`1` where an existing one is changed) to `/departments`.
pub fn departments(view: &View, page: &DepartmentsPage<'_>) -> String {
    super::stub(view, &page.typed.name)
}
