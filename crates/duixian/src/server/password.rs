//! Passwords: how they are kept, what they have to be like, and passwords for one use.

use std::sync::Mutex;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

/// After so many days a password has to be changed.
pub(super) const MOST_DAYS: i64 = 90;

/// The fewest characters of a password, and the most: what is longer only costs time.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=128;

/// What is told to who chooses a password.
pub(super) const RULES: &[&str] = &[
    "8 到 128 个字符",
    "大写字母、小写字母、数字、其他字符四类中至少三类",
    "不含账号名",
    "不与最近 5 次用过的密码相同",
    "每 90 天更换一次",
];

/// One hash at a time on each core that may be used for it: each takes 19 MiB of memory, and many at once would take the
/// machine.
static TURNS: [Mutex<()>; 2] = [const { Mutex::new(()) }; 2];

fn in_turn<T>(work: impl FnOnce() -> T) -> T {
    // The first that is free; else the second, in line.
    let free = TURNS.iter().find_map(|turn| turn.try_lock().ok());
    let _turn = match free {
        Some(turn) => turn,
        None => TURNS[1].lock().unwrap_or_else(std::sync::PoisonError::into_inner),
    };
    work()
}

/// The argon2id hash of a password in PHC format, with a salt of its own; `None` where the system has no random numbers.
pub(crate) fn hash(password: &str) -> Option<String> {
    in_turn(|| {
        Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
    })
}

/// Whether a password is the one of a hash. Without a hash as much work is done, so that the time does not tell whether
/// there is such an account.
pub(super) fn is_right(password: &str, hash: Option<&str>) -> bool {
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm8$\
                          AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let Ok(known) = PasswordHash::new(hash.unwrap_or(NOBODY)) else { return false };
    let same = in_turn(|| Argon2::default().verify_password(password.as_bytes(), &known).is_ok());
    same && hash.is_some()
}

/// What is wrong with a new password, in a sentence.
pub(super) fn weakness(password: &str, login: &str) -> Option<&'static str> {
    let count = password.chars().count();
    let classes = [
        password.chars().any(|character| character.is_ascii_uppercase()),
        password.chars().any(|character| character.is_ascii_lowercase()),
        password.chars().any(|character| character.is_ascii_digit()),
        password.chars().any(|character| !character.is_ascii_alphanumeric()),
    ];
    if !LENGTH.contains(&count) {
        return Some("密码长度不符（应为 8 到 128 个字符）");
    }
    if classes.iter().filter(|there| **there).count() < 3 {
        return Some("密码过于简单（应含大写字母、小写字母、数字、其他字符中的至少三类）");
    }
    if password.to_lowercase().contains(&login.to_lowercase()) {
        return Some("密码含有账号名（应不含）");
    }
    None
}

/// Letters and digits that are not taken for each other when read aloud or copied by hand.
const CLEAR: &[u8] = b"abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// A password for one use, of 16 characters; `None` where the system has no random numbers.
pub(crate) fn for_one_use() -> Option<String> {
    loop {
        let mut bytes = [0_u8; 64];
        getrandom::fill(&mut bytes).ok()?;
        // Bytes beyond a whole number of alphabets would make some characters likelier than others.
        let whole = 256 / CLEAR.len() * CLEAR.len();
        let fair = bytes.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < whole);
        let text: String =
            fair.map(|byte| char::from(CLEAR[byte % CLEAR.len()])).take(16).collect();
        if text.len() == 16 && weakness(&text, "\u{0}").is_none() {
            return Some(text);
        }
    }
}

/// 32 random bytes in hexadecimal; `None` where the system has no random numbers.
pub(super) fn token() -> Option<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_no_other() {
        let hash = hash("Mima-2024").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(is_right("Mima-2024", Some(&hash)));
        assert!(!is_right("Mima-2025", Some(&hash)));
        assert!(!is_right("Mima-2024", None));
        assert!(!is_right("Mima-2024", Some("rubbish")));
        assert_ne!(super::hash("Mima-2024").unwrap(), hash, "each has a salt of its own");
    }

    #[test]
    fn weak_passwords_are_refused() {
        for bad in
            ["", "Ab1-", "abcdefgh", "Abcdefgh", "12345678", "zhang-2024Ab", &"Aa1-".repeat(40)]
        {
            assert!(weakness(bad, "Zhang").is_some(), "{bad}");
        }
        for good in ["Abcdefg1", "abcd-123", "计划局-2024a"] {
            assert_eq!(weakness(good, "zhang"), None, "{good}");
        }
        let once = for_one_use().unwrap();
        assert_eq!(once.len(), 16);
        assert_ne!(once, for_one_use().unwrap());
    }
}
