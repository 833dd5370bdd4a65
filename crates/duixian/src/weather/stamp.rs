//! Moments as tables write them.

use clap::ValueEnum;
use jiff::civil::{self, DateTime};
use jiff::{Timestamp, tz};

/// Which moment of an hour its stamp names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stamp {
    /// The hour begins then.
    Start,
    /// It is half past.
    Middle,
    /// The hour ends then, as Chinese stations, TMY and EPW have it.
    End,
}

impl Stamp {
    /// Seconds from the stamp to the middle of the hour.
    pub(super) fn to_middle(self) -> f64 {
        match self {
            Stamp::Start => 1800.0,
            Stamp::Middle => 0.0,
            Stamp::End => -1800.0,
        }
    }

    /// How it is called in Chinese.
    pub(super) fn said(self) -> &'static str {
        match self {
            Stamp::Start => "小时开始",
            Stamp::Middle => "小时中点",
            Stamp::End => "小时结束",
        }
    }
}

/// A moment as it is written, such as `2023-01-01T00:30+08:00`, `2023/1/1 0:30` or `2023-01-01 24:00`: seconds since 1970, and
/// whether it names its own offset from UTC; else it has the one that is given in seconds.
pub(crate) fn moment(written: &str, offset: i32) -> Option<(f64, bool)> {
    let written = written.trim();
    if let Ok(exact) = written.parse::<Timestamp>() {
        return Some((seconds(exact), true));
    }
    // Offsets without minutes, spaces and slashes are not what the parser of ISO 8601 takes.
    let written = written.replace('/', "-");
    let (date, time) = written.split_once(['T', ' ']).unwrap_or((&written, "0:00"));
    let mut parts = date.trim().split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: i8 = parts.next()?.parse().ok()?;
    let day: i8 = parts.next()?.parse().ok()?;
    if parts.next().is_some() {
        return None;
    }
    let (time, offset, told) = match time.trim().strip_suffix(['Z', 'z']) {
        Some(time) => (time, 0, true),
        None => match time.rfind(['+', '-']) {
            Some(at) => (&time[..at], offset_of(&time[at..])?, true),
            None => (time, offset, false),
        },
    };
    let mut parts = time.trim().split(':');
    let hour: i8 = parts.next()?.trim().parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let second: f64 = parts.next().map_or(Some(0.0), |part| part.parse().ok())?;
    if parts.next().is_some() || !(0.0..60.0).contains(&second) {
        return None;
    }
    // The end of a day may be written as its 24th hour.
    let late = hour == 24 && minute == 0 && second == 0.0;
    let hour = if late { 0 } else { hour };
    let civil = DateTime::new(year, month, day, hour, minute, 0, 0).ok()?;
    let day = if late { 86_400.0 } else { 0.0 };
    Some((at(civil, offset)? + second + day, told))
}

/// Seconds of an offset such as `+08:00`, `+0800` or `+8`.
pub(crate) fn offset_of(written: &str) -> Option<i32> {
    let written = written.trim();
    let (sign, rest) = match written.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, written.strip_prefix('+').unwrap_or(written)),
    };
    if rest.is_empty() || !rest.chars().all(|c| c.is_ascii_digit() || c == ':') {
        return None;
    }
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None if rest.len() == 4 => rest.split_at(2),
        None => (rest, "0"),
    };
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 15 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Seconds since 1970 of a moment by a clock.
pub(super) fn at(civil: DateTime, offset: i32) -> Option<f64> {
    tz::offset(0).to_timestamp(civil).ok().map(|at| seconds(at) - f64::from(offset))
}

/// Seconds since 1970 of midnight UTC on a day.
pub(super) fn midnight(year: i16, month: i8, day: i8) -> Option<f64> {
    at(civil::Date::new(year, month, day).ok()?.to_datetime(civil::Time::midnight()), 0)
}

fn seconds(at: Timestamp) -> f64 {
    at.as_second() as f64 + f64::from(at.subsec_nanosecond()) * 1e-9
}

/// A moment as it is shown, by a clock that is ahead of UTC by so many seconds.
pub(crate) fn shown(moment: f64, offset: i32) -> String {
    let whole = Timestamp::from_second(moment.round() as i64).ok();
    let zone = tz::Offset::from_seconds(offset).ok();
    match whole.zip(zone) {
        Some((whole, zone)) => whole.display_with_offset(zone).to_string(),
        None => moment.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_people_write_them() {
        // 2023-01-01 00:30 in China.
        let known = 1_672_504_200.0;
        for written in [
            "2023-01-01T00:30:00+08:00",
            "2023-01-01T00:30+08",
            "2023-01-01 00:30:00+0800",
            "2022-12-31T16:30:00Z",
        ] {
            assert_eq!(moment(written, 0), Some((known, true)), "{written}");
        }
        for written in ["2023-01-01 00:30", "2023/1/1 0:30", "2023-1-1T0:30:00"] {
            assert_eq!(moment(written, 28_800), Some((known, false)), "{written}");
        }
        assert_eq!(moment("2022-12-31 24:00", 28_800), Some((known - 1800.0, false)));
        for wrong in ["", "2023-02-30 01:00", "2023-01-01 25:00", "1/2/2023 3:00", "x", "2023-01"] {
            assert_eq!(moment(wrong, 0), None, "{wrong}");
        }
        assert_eq!(shown(known, 28_800), "2023-01-01T00:30:00+08:00");
    }
}
