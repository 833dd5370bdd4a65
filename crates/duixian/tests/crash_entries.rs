//! The server killed while clerks save figures: what they were told is saved is there, and the history is whole.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod http;
mod office;

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use office::Office;

/// Who writes at once: login and department.
const CLERKS: [(&str, &str); 3] =
    [("clerk", "stats"), ("finance", "finance"), ("elsewhere", "other")];

/// Somebody's session, which outlives the server.
struct Clerk {
    headers: String,
    token: String,
    duty: i64,
    /// How many saves were acknowledged so far.
    acknowledged: u32,
}

/// Saves one figure after the other until the server is gone; gives how many were acknowledged.
fn save(clerk: &Clerk, port: u16, stop: &AtomicBool) -> u32 {
    let mut version = clerk.acknowledged;
    while !stop.load(Ordering::Relaxed) {
        let (seen, value) = (version.to_string(), (version + 1).to_string());
        let body = http::form(&[
            ("token", &clerk.token),
            ("act", "save"),
            ("version-0", &seen),
            ("value-0", &value),
            ("status-0", "normal"),
        ]);
        let request = format!(
            "POST /duties/{} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n{}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            clerk.duty,
            clerk.headers,
            body.len()
        );
        match http::try_to_send(port, request.as_bytes()) {
            None => break,
            Some(answer) => {
                assert_eq!(answer.status, 303, "{}", answer.text());
                version += 1;
            }
        }
    }
    version
}

#[test]
fn a_killed_server_loses_no_figure_that_was_acknowledged() {
    let kills: u64 =
        std::env::var("DUIXIAN_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(25);
    let mut office = Office::start();
    let mut clerks: Vec<Clerk> = CLERKS
        .iter()
        .map(|(login, department)| {
            let person = office.sign_in(login);
            Clerk {
                headers: format!("Cookie: {}\r\n", person.cookie),
                token: person.token.clone(),
                duty: office.duty(department),
                acknowledged: 0,
            }
        })
        .collect();
    let (mut untold, mut seed) = (0, 7_u64);
    for run in 0..kills {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let patience = Duration::from_millis(2 + (seed >> 33) % 120);
        let (stop, port) = (AtomicBool::new(false), office.port);
        let done: Vec<u32> = thread::scope(|scope| {
            let threads: Vec<_> =
                clerks.iter().map(|clerk| scope.spawn(|| save(clerk, port, &stop))).collect();
            thread::sleep(patience);
            office.kill();
            stop.store(true, Ordering::Relaxed);
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let ledger = office.ledger();
        assert_eq!(ledger.verify().unwrap().faults, [], "run {run}");
        for (clerk, acknowledged) in clerks.iter_mut().zip(done) {
            let sheet = ledger.duty_sheet(clerk.duty).unwrap().unwrap();
            let filing = sheet.slots[0].filing.as_ref();
            let found = filing.map_or(0, |filing| filing.version);
            // One more may be there than was told: it was under way.
            assert!(
                (acknowledged..=acknowledged + 1).contains(&found),
                "run {run}: {acknowledged} acknowledged, {found} there"
            );
            if let Some(filing) = filing {
                assert_eq!(filing.figure.value.as_ref().unwrap().to_string(), found.to_string());
            }
            untold += found - acknowledged;
            clerk.acknowledged = found;
        }
        drop(ledger);
        office.restart();
    }
    let saved: u32 = clerks.iter().map(|clerk| clerk.acknowledged).sum();
    println!("{kills} kills; {saved} saves are there, {untold} of them before anybody was told");
    assert!(saved > 0, "no clerk came far enough to save anything");
}
