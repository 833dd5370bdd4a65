//! What is attached to plan objects.

/// The largest attachment, in bytes.
pub const LARGEST_ATTACHMENT: usize = 20 << 20;

/// How long the name of an attachment may be, in characters.
const LONGEST_NAME: usize = 120;

/// A file that is attached to a plan object, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// SHA-256 of its bytes in lower-case hexadecimal.
    pub hash: String,
    /// What it is called: a label, never a path.
    pub name: String,
    /// What it is, for example `application/pdf`.
    pub media: String,
    /// How large it is, in bytes.
    pub size: usize,
    /// Who attached it.
    pub author: String,
    /// When, RFC 3339.
    pub at: String,
}

/// What a file is called, from the name that somebody sent: without folders, without characters that are not seen or
/// that a file system or a page would take for something else.
///
/// ```
/// assert_eq!(terms::attachment_name("../../etc/passwd"), "passwd");
/// assert_eq!(terms::attachment_name("整改\u{202e}fdp.照片\n.pdf"), "整改fdp.照片.pdf");
/// assert_eq!(terms::attachment_name("..\\.."), "附件");
/// ```
pub fn attachment_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|character| !character.is_control() && !is_invisible(*character))
        .map(|character| if r#"<>:"|?*"#.contains(character) { '_' } else { character })
        .collect();
    // A name of dots is a folder, and one that begins with a dot is hidden.
    let name = plain.trim().trim_start_matches('.').trim();
    if name.is_empty() {
        return "附件".to_owned();
    }
    let length = name.chars().count();
    // Of a long name the end is kept, which tells what the file is.
    name.chars().skip(length.saturating_sub(LONGEST_NAME)).collect()
}

/// Whether a character changes how others are shown without being seen itself.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{00ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// What kinds of files are known by the end of their name.
const MEDIA: &[(&str, &str)] = &[
    ("pdf", "application/pdf"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("doc", "application/msword"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xls", "application/vnd.ms-excel"),
    ("csv", "text/csv"),
    ("txt", "text/plain"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    ("zip", "application/zip"),
    ("mp4", "video/mp4"),
];

/// What a file is by the end of its name. Pages and programs are bytes like any other, so that nobody runs them.
pub fn media_type(name: &str) -> &'static str {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    MEDIA
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(end))
        .map_or("application/octet-stream", |(_, media)| media)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_labels() {
        for (sent, name) in [
            ("整改前后照片.jpg", "整改前后照片.jpg"),
            ("C:\\temp\\a.pdf", "a.pdf"),
            ("..", "附件"),
            ("", "附件"),
            ("a\0b\u{7f}.txt", "ab.txt"),
            (".htaccess", "htaccess"),
            ("<img src=x onerror=alert(1)>.png", "_img src=x onerror=alert(1)_.png"),
            ("a/../../../b", "b"),
        ] {
            assert_eq!(attachment_name(sent), name, "{sent:?}");
        }
        let long = format!("{}.pdf", "长".repeat(500));
        let name = attachment_name(&long);
        assert!(name.ends_with("长.pdf") && name.chars().count() == LONGEST_NAME);
        assert_eq!(attachment_name(&name), name);
        assert_eq!(media_type("a.PDF"), "application/pdf");
        assert_eq!(media_type("a.html"), "application/octet-stream");
        assert_eq!(media_type("html"), "application/octet-stream");
    }
}
