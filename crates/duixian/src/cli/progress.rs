//! A line on the terminal for work that takes longer than a second.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

const SECOND: Duration = Duration::from_secs(1);

/// Shows what is being done, once it has taken a second, until it is dropped.
pub(super) struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to show `what`; silent where standard error is no terminal.
    pub(super) fn of(what: impl Into<String>) -> Self {
        if !std::io::stderr().is_terminal() {
            return Progress { running: None };
        }
        let what = what.into();
        let (stop, stopped) = mpsc::channel::<()>();
        let begun = Instant::now();
        let thread = std::thread::spawn(move || {
            let mut shown = false;
            while stopped.recv_timeout(SECOND) == Err(RecvTimeoutError::Timeout) {
                eprint!("\r\x1b[K{what}……{} 秒", begun.elapsed().as_secs());
                shown = true;
            }
            if shown {
                eprint!("\r\x1b[K");
            }
            // Nothing is lost where the terminal is gone.
            let _ = std::io::stderr().flush();
        });
        Progress { running: Some((stop, thread)) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            // The thread does nothing but print; if it failed, there is nothing to clean up.
            let _ = thread.join();
        }
    }
}
