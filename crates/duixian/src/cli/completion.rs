//! `duixian completion`: what a shell reads to complete commands, options and their words.

use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::{Shell, generate};

use super::output::Output;
use super::{Cli, json_alias};
use crate::error::Failure;

/// What `duixian completion` is told.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// 终端程序（which shell）
    #[arg(value_name = "终端", help_heading = "参数")]
    shell: Kind,
}

/// The shells that are served.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// source <(duixian completion bash)
    Bash,
    /// duixian completion zsh > "${fpath[1]}/_duixian"
    Zsh,
    /// duixian completion fish > ~/.config/fish/completions/duixian.fish
    Fish,
    /// duixian completion powershell | Out-String | Invoke-Expression
    Powershell,
}

/// Prints the script.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let shell = match arguments.shell {
        Kind::Bash => Shell::Bash,
        Kind::Zsh => Shell::Zsh,
        Kind::Fish => Shell::Fish,
        Kind::Powershell => Shell::PowerShell,
    };
    let mut script = Vec::new();
    generate(shell, &mut json_alias::told(Cli::command()), "duixian", &mut script);
    Output::Standard.write(|out| out.write_all(&script))
}
