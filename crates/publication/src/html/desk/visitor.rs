//! Who looks at a page.

use terms::Right;

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    /// What the person logs in with.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// What the person may do somewhere.
    pub rights: Vec<Right>,
    /// Proves that a form was sent from a page of this session; every posted form carries it as `token`.
    pub token: String,
}

impl Visitor {
    /// Whether the person has a right somewhere.
    pub fn has(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }
}
