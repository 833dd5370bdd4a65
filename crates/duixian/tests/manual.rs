//! What shells and `man` read of the program.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duixian")).args(arguments).output().unwrap()
}

fn text(arguments: &[&str]) -> String {
    let done = run(arguments);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// The commands that the help names.
fn commands() -> Vec<String> {
    let help = text(&["--help"]);
    let list = help.split("命令:").nth(1).unwrap().split("\n\n").next().unwrap();
    let named = list.lines().filter_map(|line| line.strip_prefix("  "));
    let named = named.filter(|line| !line.starts_with(' '));
    named.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn shells_complete_every_command() {
    let commands = commands();
    assert!(commands.len() > 40 && commands.contains(&"query".to_owned()), "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = text(&["completion", shell]);
        for command in &commands {
            assert!(script.contains(command.as_str()), "{shell} {command}");
        }
    }
    assert_eq!(run(&["completion", "tcsh"]).status.code(), Some(2));
    assert_eq!(run(&["completion"]).status.code(), Some(2));
}

#[test]
fn bash_offers_what_fits() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("duixian.bash");
    std::fs::write(&script, text(&["completion", "bash"])).unwrap();
    let ask = r#"source "$1"
        COMP_WORDS=(duixian que); COMP_CWORD=1
        _duixian duixian que duixian
        echo "${COMPREPLY[@]}"
        COMP_WORDS=(duixian query --form); COMP_CWORD=2
        _duixian duixian --form query
        echo "${COMPREPLY[@]}""#;
    let Ok(done) = Command::new("bash").args(["-c", ask, "bash"]).arg(&script).output() else {
        println!("skipped: there is no bash");
        return;
    };
    assert_eq!(String::from_utf8_lossy(&done.stdout), "query\n--format\n", "{done:?}");
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let page = text(&["man"]);
    assert!(page.contains(".TH duixian 1") && page.contains("读计划报告"), "{page}");
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    text(&["man", place]);
    for command in commands() {
        let page = folder.path().join(format!("duixian-{command}.1"));
        let page = std::fs::read_to_string(&page).unwrap();
        assert!(page.contains(".TH"), "{command}");
    }
    assert!(folder.path().join("duixian-round-show.1").exists());
    let missing = run(&["man", "no/such/folder"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("应为已有的文件夹"));
}
