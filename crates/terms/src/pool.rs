//! Texts that many statements have in common, kept once.

use std::collections::HashSet;
use std::sync::Arc;

/// Texts of which each is kept once, however often it is asked for: the codes, units and headings of a document's
/// statements.
#[derive(Debug, Default)]
pub struct Pool {
    texts: HashSet<Arc<str>>,
}

impl Pool {
    /// An empty pool.
    pub fn new() -> Self {
        Pool::default()
    }

    /// The text, shared with whoever asked for it before.
    pub fn share(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.texts.insert(Arc::clone(&new));
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once() {
        let mut pool = Pool::new();
        let (first, other, again) = (pool.share("亿元"), pool.share("万元"), pool.share("亿元"));
        assert_eq!((&*first, &*other), ("亿元", "万元"));
        assert!(Arc::ptr_eq(&first, &again));
    }
}
