//! The unified social credit code (统一社会信用代码) of enterprises and other bodies, GB 32100-2015.

use std::fmt;

/// A text that is no unified social credit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvalidCreditCode {
    /// It is not made of 18 of the characters that such codes have.
    Shape(String),
    /// The last character does not fit the others: a character was mistyped.
    Check {
        /// The text.
        code: String,
        /// The last character that the others ask for.
        expected: char,
    },
}

impl fmt::Display for InvalidCreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InvalidCreditCode::Shape(_) => {
                f.write_str("18 位统一社会信用代码（数字和除 I、O、S、V、Z 外的大写字母）")
            }
            InvalidCreditCode::Check { expected, .. } => {
                write!(f, "校验位正确的统一社会信用代码：按前 17 位末位应为 {expected}")
            }
        }
    }
}

impl std::error::Error for InvalidCreditCode {}

const CHARACTERS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

/// The unified social credit code that a text is, in capital letters.
///
/// ```
/// assert!(terms::credit_code("91350100M000100Y43").is_ok());
/// assert!(terms::credit_code("91350100M000100Y44").is_err());
/// ```
pub fn credit_code(text: &str) -> Result<String, InvalidCreditCode> {
    let code = text.trim().to_ascii_uppercase();
    let shape = || InvalidCreditCode::Shape(text.to_owned());
    let digits: Option<Vec<usize>> = code
        .bytes()
        .map(|byte| CHARACTERS.iter().position(|character| *character == byte))
        .collect();
    let Some([digits @ .., last]) = digits.as_deref().filter(|digits| digits.len() == 18) else {
        return Err(shape());
    };
    // Weights are the powers of 3 modulo 31.
    let (sum, _) = digits
        .iter()
        .fold((0, 1), |(sum, weight), digit| ((sum + digit * weight) % 31, weight * 3 % 31));
    let check = (31 - sum) % 31;
    if check == *last {
        return Ok(code);
    }
    let expected = char::from(CHARACTERS[check]);
    Err(InvalidCreditCode::Check { code, expected })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_character_is_checked() {
        // The example of the standard, and the same in small letters.
        assert_eq!(credit_code("91350100M000100Y43").unwrap(), "91350100M000100Y43");
        assert_eq!(credit_code(" 91350100m000100y43 ").unwrap(), "91350100M000100Y43");
        let error = credit_code("91350100M000100Y44").unwrap_err();
        let expected = '3';
        assert_eq!(error, InvalidCreditCode::Check { code: "91350100M000100Y44".into(), expected });
        // Every single mistyped character is found.
        let good = b"91350100M000100Y43";
        for place in 0..good.len() {
            for other in CHARACTERS {
                let mut typed = *good;
                typed[place] = *other;
                let typed = String::from_utf8(typed.to_vec()).unwrap();
                assert_eq!(credit_code(&typed).is_ok(), *other == good[place], "{typed}");
            }
        }
        for bad in ["", "91350100M000100Y4", "91350100I000100Y43", "９1350100M000100Y43"] {
            assert!(matches!(credit_code(bad), Err(InvalidCreditCode::Shape(_))), "{bad}");
        }
    }
}
