//! Character references of a page.

use html5gum::{DefaultEmitter, Token, Tokenizer};

/// The longest reference that is looked for, in bytes; the longest name there is has 31 letters.
const LONGEST: usize = 40;

/// Resolves the reference at the beginning of `text`: what it stands for, and how many bytes it has.
pub(super) fn resolve(text: &str) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
    let name = bytes.iter().skip(1).take(LONGEST).take_while(|byte| part(byte)).count();
    if name == 0 {
        return None;
    }
    let closed = bytes.get(1 + name) == Some(&b';');
    let length = 1 + name + usize::from(closed);
    let written = text.get(..length)?;
    let mut resolved = String::new();
    for token in Tokenizer::new_with_emitter(written, DefaultEmitter::<()>::default()) {
        let Ok(token) = token;
        if let Token::String(words) = token {
            resolved.push_str(&String::from_utf8_lossy(&words));
        }
    }
    (resolved != written).then_some((resolved, length))
}
