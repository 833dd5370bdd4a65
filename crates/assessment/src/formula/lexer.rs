//! The words of a formula.
//!
//! Marks may be half or full width. A name is a run of letters, Chinese characters and digits; what else it holds is
//! written in 「」 or []. A run is cut before 且, and behind a 且 or 或 that it begins with, so that both may follow a
//! number or a name without a space where that is plain.

use rust_decimal::Decimal;
use terms::{Span, Unit};

use super::error::{Fault, FormulaErrorKind};
use super::syntax::Function;

/// What a formula is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Word {
    /// With its unit as written, which may be empty.
    Number(Decimal, String),
    /// Whether it stood in brackets, so that it can be nothing but a name.
    Name(String, bool),
    And,
    Or,
    Not,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    About,
    Plus,
    Minus,
    Times,
    Divide,
    Open,
    Close,
    Comma,
    End,
}

/// A word and its place in bytes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    pub(crate) word: Word,
    pub(crate) span: Span,
}

const MULTIPLIERS: &[char] = &['十', '百', '千', '万', '亿'];

/// Cuts a formula into words, of which the last is [`Word::End`].
pub(crate) fn words(source: &str) -> Result<Vec<Token>, Fault> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = source[at..].chars().next() {
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let (word, length) = word(&source[at..], at)?;
        tokens.push(Token { word, span: Span::new(at, at + length) });
        at += length;
    }
    tokens.push(Token { word: Word::End, span: Span::new(source.len(), source.len()) });
    Ok(tokens)
}

/// Whether a name needs no brackets.
pub(crate) fn is_bare_name(name: &str) -> bool {
    let alone = |tokens: Vec<Token>| match &tokens[..] {
        [Token { word: Word::Name(found, false), .. }, _] => found == name,
        _ => false,
    };
    !is_this(name) && words(name).is_ok_and(alone)
}

/// Whether a name stands for the figure that is checked.
pub(crate) fn is_this(name: &str) -> bool {
    name == "本值" || name.eq_ignore_ascii_case("this")
}

/// The first word of a text that begins with no space, and its length; `at` is the text's place, for errors.
fn word(text: &str, at: usize) -> Result<(Word, usize), Fault> {
    let mut characters = text.chars();
    let (Some(first), second) = (characters.next(), characters.next()) else {
        return Ok((Word::End, 0));
    };
    let one = |word| Ok((word, first.len_utf8()));
    // A mark of two characters, or of one where the second does not fit.
    let pair = |fits: &[(char, Word)], word: Word| {
        let fitting = second.and_then(|second| {
            let (_, both) = fits.iter().find(|(known, _)| *known == half(second))?;
            Some((both.clone(), first.len_utf8() + second.len_utf8()))
        });
        Ok(fitting.unwrap_or((word, first.len_utf8())))
    };
    match half(first) {
        '0'..='9' => number(text, at),
        '「' => bracketed(text, at, '「', '」'),
        '[' => bracketed(text, at, first, if first == '[' { ']' } else { '］' }),
        '(' => one(Word::Open),
        ')' => one(Word::Close),
        ',' => one(Word::Comma),
        '+' => one(Word::Plus),
        '-' | '−' | '–' => one(Word::Minus),
        '*' | '×' | '✕' => one(Word::Times),
        '/' | '÷' => one(Word::Divide),
        '=' => pair(&[('=', Word::Equal)], Word::Equal),
        '<' => pair(&[('=', Word::LessEqual), ('>', Word::NotEqual)], Word::Less),
        '>' => pair(&[('=', Word::GreaterEqual)], Word::Greater),
        '!' if second.map(half) == Some('=') => pair(&[('=', Word::NotEqual)], Word::NotEqual),
        '≠' => one(Word::NotEqual),
        '≤' | '≦' => one(Word::LessEqual),
        '≥' | '≧' => one(Word::GreaterEqual),
        '≈' => one(Word::About),
        _ if begins_name(first) => Ok(name(text)),
        _ => Err((FormulaErrorKind::Character(first), Span::new(at, at + first.len_utf8()))),
    }
}

/// The full-width forms stand in the order of ASCII.
fn half(character: char) -> char {
    match character {
        '！'..='～' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        _ => character,
    }
}

fn begins_name(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '_' | '“')
}

fn continues_name(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '&' | '·' | '“' | '”')
}

fn name(text: &str) -> (Word, usize) {
    for (keyword, word) in [('且', Word::And), ('或', Word::Or)] {
        if text.starts_with(keyword) {
            return (word, keyword.len_utf8());
        }
    }
    let run = run(text);
    let word = match run {
        "非" => Word::Not,
        _ if run.eq_ignore_ascii_case("and") => Word::And,
        _ if run.eq_ignore_ascii_case("or") => Word::Or,
        _ if run.eq_ignore_ascii_case("not") => Word::Not,
        _ => {
            // 非缺失(x): names begin with 非 too, but no function does.
            let called = text[run.len()..].trim_start().chars().next().map(half) == Some('(');
            if called
                && let Some(rest) = run.strip_prefix('非')
                && Function::named(rest).is_some()
            {
                return (Word::Not, '非'.len_utf8());
            }
            Word::Name(run.to_owned(), false)
        }
    };
    (word, run.len())
}

/// The characters of a name at the beginning of a text.
fn run(text: &str) -> &str {
    let mut before = ' ';
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map_or(' ', |(_, next)| *next);
        // The hyphen of a code and the point of PM2.5 join what stands close on both sides.
        let joint = matches!(character, '-' | '.')
            && before.is_ascii_alphanumeric()
            && next.is_ascii_alphanumeric();
        if character == '且' || !(joint || continues_name(character)) {
            return &text[..at];
        }
        before = character;
    }
    text
}

fn bracketed(text: &str, at: usize, open: char, close: char) -> Result<(Word, usize), Fault> {
    let inside = &text[open.len_utf8()..];
    let fault = || (FormulaErrorKind::Bracket(open, close), Span::new(at, at + open.len_utf8()));
    let end = inside.find(close).ok_or_else(fault)?;
    let name = inside[..end].trim();
    if name.is_empty() {
        return Err(fault());
    }
    Ok((Word::Name(name.to_owned(), true), open.len_utf8() + end + close.len_utf8()))
}

fn number(text: &str, at: usize) -> Result<(Word, usize), Fault> {
    let mut digits = String::new();
    let mut length = 0;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let folded = half(character);
        let next = characters.peek().map_or(' ', |next| half(*next));
        let point = folded == '.' && !digits.contains('.') && next.is_ascii_digit();
        if !(folded.is_ascii_digit() || point) {
            break;
        }
        digits.push(folded);
        length += character.len_utf8();
    }
    let value = Decimal::from_str_exact(&digits)
        .map_err(|_| (FormulaErrorKind::Number(digits.clone()), Span::new(at, at + length)))?;
    let rest = &text[length..];
    let Some(unit) = unit(rest) else {
        let run = run(rest);
        let end = length + run.len().max(rest.chars().next().map_or(0, char::len_utf8));
        let written = text[length..end].to_owned();
        return Err((FormulaErrorKind::UnknownUnit(written), Span::new(at + length, at + end)));
    };
    Ok((Word::Number(value, unit.replace('％', "%")), length + unit.len()))
}

/// The unit that stands close behind a number, which may be none; `None` where something stands there that is no unit.
fn unit(rest: &str) -> Option<&str> {
    let ends = |length: usize| {
        let behind = rest[length..].chars().next().unwrap_or(' ');
        !(begins_name(behind) || behind.is_alphanumeric()) || matches!(behind, '且' | '或')
    };
    let mut skipped = 0;
    loop {
        if let Some(found) = Unit::prefix(&rest[skipped..]) {
            let mut length = skipped + found;
            // 亿元/人均用水量: what stands below may be the name of an indicator.
            while !ends(length) {
                length = rest[..length].rfind('/')?;
            }
            return Some(&rest[..length]);
        }
        match rest[skipped..].chars().next() {
            Some(next) if MULTIPLIERS.contains(&next) => skipped += next.len_utf8(),
            _ => return ends(skipped).then(|| &rest[..skipped]),
        }
    }
}
