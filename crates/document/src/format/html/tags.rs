//! The elements of a page that matter for its text, and how they close each other.

/// What an element does to the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It begins and ends lines.
    Block,
    /// It stands in a line.
    Inline,
    /// It has no end and no text.
    Void,
    /// Its text is not the page's.
    Dropped,
}

macro_rules! tags {
    ($($tag:ident $name:literal $role:ident),+ $(,)?) => {
        /// An element that matters; all others are passed over as if only their content stood there.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Tag { $($tag),+ }

        /// How many there are.
        pub(super) const COUNT: usize = [$(Tag::$tag),+].len();

        impl Tag {
            /// The element with this name in lower case.
            pub(super) fn named(name: &[u8]) -> Option<Tag> {
                $(if name == $name { return Some(Tag::$tag); })+
                None
            }

            /// What it does to its text.
            pub(super) fn role(self) -> Role {
                match self { $(Tag::$tag => Role::$role),+ }
            }
        }
    };
}

tags! {
    P b"p" Block, Div b"div" Block, Br b"br" Void, A b"a" Inline, Span b"span" Inline,
    Td b"td" Block, Th b"th" Block, Tr b"tr" Block, Table b"table" Block, Tbody b"tbody" Block,
    Thead b"thead" Block, Tfoot b"tfoot" Block, Caption b"caption" Block,
    Ul b"ul" Block, Ol b"ol" Block, Li b"li" Block, Dl b"dl" Block, Dt b"dt" Block, Dd b"dd" Block,
    H1 b"h1" Block, H2 b"h2" Block, H3 b"h3" Block, H4 b"h4" Block, H5 b"h5" Block, H6 b"h6" Block,
    Article b"article" Block, Aside b"aside" Block, Body b"body" Block, Footer b"footer" Block,
    Form b"form" Block, Header b"header" Block, Hr b"hr" Void, Html b"html" Block, Main b"main" Block,
    Nav b"nav" Block, Pre b"pre" Block, Section b"section" Block, Title b"title" Block,
    Blockquote b"blockquote" Block, Center b"center" Block, Fieldset b"fieldset" Block,
    Figure b"figure" Block, Figcaption b"figcaption" Block, Address b"address" Block,
    Details b"details" Block, Summary b"summary" Block, Dialog b"dialog" Block, Input b"input" Void,
    Script b"script" Dropped, Style b"style" Dropped, Noscript b"noscript" Dropped,
    Template b"template" Dropped, Iframe b"iframe" Dropped, Object b"object" Dropped,
    Svg b"svg" Dropped, Select b"select" Dropped, Button b"button" Dropped,
    Textarea b"textarea" Dropped, Ruby b"ruby" Inline, Rt b"rt" Dropped, Rp b"rp" Dropped,
}

/// What no unclosed element in it may reach beyond.
const CELLS: &[Tag] = &[Tag::Td, Tag::Th, Tag::Caption, Tag::Table];

impl Tag {
    /// Whether it is a cell of a table.
    pub(super) fn is_cell(self) -> bool {
        matches!(self, Tag::Td | Tag::Th)
    }

    /// What its start tag closes if it was left open, each with the elements that protect it.
    pub(super) fn closes(self) -> &'static [(Tag, &'static [Tag])] {
        const LIST: &[Tag] = &[Tag::Ul, Tag::Ol, Tag::Table];
        const TABLE: &[Tag] = &[Tag::Table];
        const ROW: &[Tag] = &[Tag::Tr, Tag::Table];
        const HOLDERS: &[Tag] = &[Tag::Td, Tag::Th, Tag::Table, Tag::Div, Tag::Li, Tag::Section];
        match self {
            Tag::Li => &[(Tag::Li, LIST)],
            Tag::Td | Tag::Th => &[(Tag::Td, ROW), (Tag::Th, ROW)],
            Tag::Tr => &[(Tag::Tr, TABLE)],
            Tag::Tbody | Tag::Tfoot => {
                &[(Tag::Tbody, TABLE), (Tag::Thead, TABLE), (Tag::Tfoot, TABLE)]
            }
            Tag::Dt | Tag::Dd => &[(Tag::Dt, &[Tag::Dl]), (Tag::Dd, &[Tag::Dl])],
            Tag::Rt | Tag::Rp => &[(Tag::Rt, HOLDERS), (Tag::Rp, HOLDERS)],
            Tag::Script | Tag::Style | Tag::Pre => &[],
            _ if self.role() == Role::Block => &[(Tag::P, HOLDERS)],
            _ => &[],
        }
    }

    /// What its end tag may not close.
    pub(super) fn barriers(self) -> &'static [Tag] {
        match self {
            Tag::Table | Tag::Html | Tag::Body => &[],
            Tag::Td | Tag::Th | Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot | Tag::Caption => {
                &[Tag::Table]
            }
            Tag::Li => &[Tag::Ul, Tag::Ol, Tag::Td, Tag::Th, Tag::Table],
            _ => CELLS,
        }
    }
}
