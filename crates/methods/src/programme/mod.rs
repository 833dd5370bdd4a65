//! A programme of solar roofs: what fits on each building, what it yields and saves, which buildings come first, and
//! whether the target is reached in time.
//!
//! Each step is a module of its own and takes what the step before it gave: [`roof`] → [`load`] → [`consumption`] →
//! [`cashflow`] and [`returns`], [`carbon`] → [`choice`] → [`schedule`] and [`chance`] → [`follow_up`]. Prices, shares,
//! holidays and emission factors are arguments: they are dated, and none is built in. Hourly yields come from outside as
//! a typical year of 8,760 hours without a leap day, hour `h` of the year being the time from `h` to `h + 1`, local
//! standard time.

pub mod carbon;
pub mod cashflow;
pub mod chance;
pub mod choice;
pub mod consumption;
pub mod follow_up;
pub mod load;
pub mod outline;
pub mod returns;
pub mod roof;
pub mod schedule;
pub mod span;
