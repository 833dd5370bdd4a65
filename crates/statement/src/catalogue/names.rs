//! Names that are asked for the longest one with which a text ends.

/// A tree of names from their last character to their first: looking up the end of a text takes as many steps
/// as the text has characters in common with a name, whatever the number of names.
pub(super) struct Endings {
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    /// The nodes one character further to the front, sorted by that character.
    before: Vec<(char, usize)>,
    /// The owner of the name that begins here.
    owner: Option<usize>,
}

impl Endings {
    pub(super) fn new() -> Self {
        Endings { nodes: vec![Node::default()] }
    }

    /// Adds the name of an owner; of two owners of one name the last one counts.
    pub(super) fn add(&mut self, name: &str, owner: usize) {
        let mut at = 0;
        for character in name.chars().rev() {
            let next = self.nodes.len();
            let before = &mut self.nodes[at].before;
            at = match before.binary_search_by_key(&character, |(known, _)| *known) {
                Ok(place) => before[place].1,
                Err(place) => {
                    before.insert(place, (character, next));
                    self.nodes.push(Node::default());
                    next
                }
            };
        }
        self.nodes[at].owner = Some(owner);
    }

    /// The longest name that `text` ends with: its owner and where it begins.
    pub(super) fn longest(&self, text: &str) -> Option<(usize, usize)> {
        let mut node = &self.nodes[0];
        let mut found = None;
        for (at, character) in text.char_indices().rev() {
            let next = node.before.binary_search_by_key(&character, |(known, _)| *known);
            let Ok(place) = next else { break };
            node = &self.nodes[node.before[place].1];
            if let Some(owner) = node.owner {
                found = Some((owner, at));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_wins() {
        let mut endings = Endings::new();
        for (owner, name) in ["投资", "工业投资", "投资率"].into_iter().enumerate() {
            endings.add(name, owner);
        }
        assert_eq!(endings.longest("完成工业投资"), Some((1, 6)));
        assert_eq!(endings.longest("业投资"), Some((0, 3)));
        assert_eq!(endings.longest("投资率"), Some((2, 0)));
        assert_eq!(endings.longest("投资额"), None);
        assert_eq!(endings.longest(""), None);
    }
}
