//! `--json` wherever a command has a table: commands that know several formats take it for the one of that name.

use std::ffi::OsString;

use clap::{Arg, ArgAction, Command};

/// The option of the formats, and of the one that all commands know.
const FORMAT: &str = "format";
const JSON: &str = "json";

/// The format that `--json` means for a command: JSON, else an object a line; `None` where it has an option of its own, or
/// neither format.
fn meant(command: &Command) -> Option<&'static str> {
    let mut own = command.get_arguments();
    if own.any(|argument| argument.get_long() == Some(JSON) && argument.get_id() != "json-alias") {
        return None;
    }
    let format = command.get_arguments().find(|argument| argument.get_id() == FORMAT)?;
    let known = format.get_possible_values();
    let knows = |name: &str| known.iter().any(|value| value.matches(name, false));
    ["json", "jsonl"].into_iter().find(|name| knows(name))
}

/// The command line with `--json` for every command that knows that format, so that help and completion tell of it.
pub(super) fn told(command: Command) -> Command {
    let command = command.mut_subcommands(told);
    match meant(&command) {
        None => command,
        Some(format) => command.arg(
            Arg::new("json-alias")
                .long(JSON)
                .action(ArgAction::SetTrue)
                .conflicts_with(FORMAT)
                .help_heading("选项")
                .help(format!("输出 JSON，同 --format {format}（as JSON）")),
        ),
    }
}

/// The arguments with `--json` written as the format that it means for the command that they name.
pub(super) fn written_out(
    command: &Command,
    arguments: impl IntoIterator<Item = OsString>,
) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let mut named = command;
    for argument in arguments.iter().skip(1) {
        if let Some(below) = argument.to_str().and_then(|word| named.find_subcommand(word)) {
            named = below;
        }
    }
    let end = arguments.iter().position(|argument| argument == "--").unwrap_or(arguments.len());
    let formats = |argument: &OsString| {
        argument.to_str().is_some_and(|word| word == "--format" || word.starts_with("--format="))
    };
    // With both of them it is told that they contradict each other.
    if let Some(format) = meant(named)
        && !arguments[..end].iter().any(formats)
    {
        for argument in arguments.iter_mut().take(end).filter(|argument| *argument == "--json") {
            *argument = format!("--format={format}").into();
        }
    }
    arguments
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::Cli;
    use super::*;

    fn written(arguments: &[&str]) -> Vec<String> {
        let command = told(Cli::command());
        let arguments = arguments.iter().map(OsString::from);
        let written = written_out(&command, arguments);
        written.into_iter().map(|word| word.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn json_means_the_format_of_the_command() {
        assert_eq!(written(&["duixian", "assess", "--json"])[2], "--format=json");
        assert_eq!(written(&["duixian", "read", "a.txt", "--json"])[3], "--format=jsonl");
        for as_it_is in [
            &["duixian", "list", "task", "--json"][..],
            &["duixian", "assess", "--json", "--format", "csv"],
            &["duixian", "search", "--", "--json"],
            &["duixian", "serve", "--json"],
        ] {
            assert_eq!(written(as_it_is), as_it_is);
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        told(Cli::command()).debug_assert();
    }
}
