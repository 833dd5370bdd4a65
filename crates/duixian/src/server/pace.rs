//! How often one may ask: so many requests a minute, of which a minute's worth may come at once.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A caller's allowance is full again after so long without a request.
const WINDOW: Duration = Duration::from_secs(60);

/// How many callers are remembered at most; the memory of who invents addresses is bounded.
const REMEMBERED: usize = 10_000;

/// Whose requests are counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Caller {
    /// All that come with a key.
    Key(String),
    /// All of somebody who is signed in.
    Login(String),
    /// All that come from an address.
    Address(IpAddr),
}

/// The allowances of callers.
pub(super) struct Pace {
    /// The time that a request uses up; `None` where there is no limit.
    each: Option<Duration>,
    since: Instant,
    /// Until when, counted from `since`, the requests of a caller have used up its time.
    used: Mutex<HashMap<Caller, Duration>>,
}

impl Pace {
    /// So many requests a minute for each caller; 0 for any number.
    pub(super) fn new(per_minute: u32) -> Self {
        let each = WINDOW.checked_div(per_minute);
        Pace { each, since: Instant::now(), used: Mutex::default() }
    }

    /// Takes a request from the caller's allowance; gives how many seconds it has to wait where that is used up.
    pub(super) fn take(&self, caller: Caller) -> Result<(), u64> {
        self.take_at(caller, self.since.elapsed())
    }

    fn take_at(&self, caller: Caller, now: Duration) -> Result<(), u64> {
        let Some(each) = self.each else { return Ok(()) };
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        if used.len() >= REMEMBERED && !used.contains_key(&caller) {
            used.retain(|_, until| *until > now);
            if used.len() >= REMEMBERED {
                // All are fresh, as when many addresses ask at once: then all begin anew.
                used.clear();
            }
        }
        let until = used.entry(caller).or_default();
        let next = (*until).max(now) + each;
        match (next - now).checked_sub(WINDOW) {
            Some(over) if !over.is_zero() => Err(over.as_secs() + 1),
            _ => {
                *until = next;
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(last: u8) -> Caller {
        Caller::Address(IpAddr::from([10, 0, 0, last]))
    }

    #[test]
    fn a_minutes_worth_may_come_at_once_and_then_one_after_the_other() {
        let pace = Pace::new(6);
        let at = Duration::from_secs;
        for _ in 0..6 {
            assert_eq!(pace.take_at(caller(1), at(100)), Ok(()));
        }
        assert_eq!(pace.take_at(caller(1), at(100)), Err(11));
        assert_eq!(pace.take_at(caller(1), at(105)), Err(6));
        assert_eq!(pace.take_at(caller(1), at(111)), Ok(()));
        assert_eq!(pace.take_at(caller(2), at(100)), Ok(()), "each has an allowance of its own");
        for _ in 0..6 {
            assert_eq!(pace.take_at(caller(1), at(300)), Ok(()));
        }
    }

    #[test]
    fn without_a_limit_all_may_come() {
        let pace = Pace::new(0);
        assert!((0..100_000).all(|_| pace.take_at(caller(1), Duration::ZERO).is_ok()));
    }

    #[test]
    fn the_memory_is_bounded() {
        let pace = Pace::new(1);
        for number in 0..3 * REMEMBERED {
            let caller = Caller::Key(number.to_string());
            assert_eq!(pace.take_at(caller, Duration::from_secs(1)), Ok(()));
        }
        assert!(pace.used.lock().unwrap().len() <= REMEMBERED);
    }
}
