//! A page read as text.

/// The values of an attribute.
pub fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let opening = format!(" {attribute}=\"");
    page.split(&opening).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The tags of a kind, without their brackets.
pub fn tags<'a>(page: &'a str, kind: &str) -> Vec<&'a str> {
    let opening = format!("<{kind} ");
    page.split(&opening).skip(1).filter_map(|rest| rest.split('>').next()).collect()
}

/// The text that is shown, without tags.
pub fn shown(page: &str) -> String {
    let pieces = page.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    pieces.collect()
}

/// The names of all tags in order.
pub fn structure(page: &str) -> Vec<&str> {
    page.split('<').skip(1).filter_map(|tag| tag.split([' ', '>']).next()).collect()
}

/// The forms of a page, each from its tag to its end.
pub fn forms(page: &str) -> Vec<&str> {
    page.split("<form ").skip(1).filter_map(|rest| rest.split("</form>").next()).collect()
}
