//! Duixian (兑现): what was promised, what was done, what fell short and why.

use std::process::ExitCode;

fn main() -> ExitCode {
    duixian::cli::main(std::env::args_os())
}
