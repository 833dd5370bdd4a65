//! Against guessing passwords: who is wrong too often has to wait.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// How long wrong passwords count, and how long one waits then, in seconds.
const WINDOW: i64 = 15 * 60;

/// How many wrong passwords an account may have.
const PER_LOGIN: usize = 5;

/// How many wrong passwords may come from one address, behind which may be a whole office.
const PER_ADDRESS: usize = 50;

/// How many names and addresses are remembered at most; the memory of a guesser who invents names is bounded.
const REMEMBERED: usize = 10_000;

/// The times of wrong passwords.
#[derive(Default)]
pub(super) struct Limiter {
    wrong: Mutex<Wrong>,
}

#[derive(Default)]
struct Wrong {
    logins: HashMap<String, Vec<i64>>,
    addresses: HashMap<IpAddr, Vec<i64>>,
}

/// What a wrong password brought about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// One may try again.
    Again,
    /// One may not for a while; this was the one too many.
    LockedOut,
}

impl Limiter {
    /// How many seconds one has to wait before trying this account from this address; 0 where one need not.
    pub(super) fn wait(&self, login: &str, address: IpAddr, now: i64) -> i64 {
        let wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        let until = |times: Option<&Vec<i64>>, most: usize| {
            let recent: Vec<i64> =
                times.into_iter().flatten().copied().filter(|at| now - at < WINDOW).collect();
            match recent.len().checked_sub(most).and_then(|place| recent.get(place)) {
                Some(first) => first + WINDOW - now,
                None => 0,
            }
        };
        let login = until(wrong.logins.get(&login.to_lowercase()), PER_LOGIN);
        login.max(until(wrong.addresses.get(&address), PER_ADDRESS))
    }

    /// Notes a wrong password.
    pub(super) fn wrong(&self, login: &str, address: IpAddr, now: i64) -> Outcome {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        note(&mut wrong.addresses, address, now);
        let times = note(&mut wrong.logins, login.to_lowercase(), now);
        if times == PER_LOGIN { Outcome::LockedOut } else { Outcome::Again }
    }

    /// Forgets the wrong passwords of an account that was signed in to.
    pub(super) fn right(&self, login: &str) {
        let mut wrong = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
        wrong.logins.remove(&login.to_lowercase());
    }
}

/// Adds a time; gives how many there are that still count.
fn note<K: Eq + Hash>(times: &mut HashMap<K, Vec<i64>>, key: K, now: i64) -> usize {
    if times.len() >= REMEMBERED {
        times.retain(|_, times| times.last().is_some_and(|at| now - at < WINDOW));
    }
    if times.len() >= REMEMBERED {
        // All are fresh, as in an attack with invented names: what is counted by address still holds it back.
        times.clear();
    }
    let own = times.entry(key).or_default();
    own.retain(|at| now - at < WINDOW);
    own.push(now);
    own.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_wrong_too_often_waits() {
        let limiter = Limiter::default();
        let here = IpAddr::from([10, 0, 0, 8]);
        for number in 0..4 {
            assert_eq!(limiter.wrong("zhang", here, number), Outcome::Again);
            assert_eq!(limiter.wait("zhang", here, number), 0);
        }
        assert_eq!(limiter.wrong("ZHANG", here, 4), Outcome::LockedOut);
        assert_eq!(limiter.wait("zhang", here, 5), WINDOW - 5);
        assert_eq!(limiter.wait("Zhang", IpAddr::from([10, 0, 0, 9]), 5), WINDOW - 5);
        assert_eq!(limiter.wait("li", here, 5), 0);
        assert_eq!(limiter.wait("zhang", here, WINDOW), 0);
    }

    #[test]
    fn many_names_from_one_address_wait_too() {
        let limiter = Limiter::default();
        let here = IpAddr::from([10, 0, 0, 8]);
        for number in 0..PER_ADDRESS {
            limiter.wrong(&format!("name{number}"), here, 0);
        }
        assert!(limiter.wait("another", here, 1) > 0);
        assert_eq!(limiter.wait("another", IpAddr::from([10, 0, 0, 9]), 1), 0);
        limiter.right("another");
        assert!(limiter.wait("another", here, 1) > 0);
    }
}
