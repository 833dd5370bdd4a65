//! Reminders as files, and sent through a mail server.

#![allow(clippy::unwrap_used, clippy::panic)]

mod desk;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::thread;

use desk::Desk;

/// A round that was due long ago, with a department that has an address and one that has none.
fn late(desk: &Desk) {
    for (code, name, email) in [("stats", "统计局", "tjj@example.cn"), ("finance", "财政局", "")]
    {
        let department = ["departments", "set", code, "--name", name, "--region", "330784"];
        desk.ok(&[&department[..], &["--email", email]].concat());
        desk.ok(&[
            "forms",
            "set",
            code,
            "--name",
            "月报",
            "--department",
            code,
            "--region",
            "330784",
            "--item",
            "地区生产总值",
        ]);
    }
    desk.ok(&[
        "round",
        "open",
        "r",
        "--period",
        "2024-01..09",
        "--opens",
        "2024-10-01",
        "--due",
        "2024-10-08",
        "--closes",
        "2199-01-01",
        "--form",
        "stats",
        "--form",
        "finance",
    ]);
}

#[test]
fn each_department_gets_a_file() {
    let desk = Desk::new();
    late(&desk);
    desk.ok(&["round", "remind", "r", "信"]);
    let message = fs::read_to_string(desk.path("信/stats.eml")).unwrap();
    assert!(message.contains("<tjj@example.cn>") && message.contains("Subject: =?utf-8?b?"));
    let text = fs::read_to_string(desk.path("信/finance.txt")).unwrap();
    assert!(text.contains("财政局：") && text.contains("已逾期") && text.contains("缺 1 行"));
    let (code, _, err) = desk.run(&["round", "remind", "r", "信"]);
    assert_eq!(code, 2);
    assert!(err.contains("已存在"), "{err}");
}

/// Takes one message as a mail server does; gives what was said in it.
fn server(listener: TcpListener) -> String {
    let (mut stream, _) = listener.accept().unwrap();
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    stream.write_all(b"220 here\r\n").unwrap();
    let mut message = String::new();
    let mut in_data = false;
    while let Some(Ok(line)) = lines.next() {
        if in_data {
            in_data = line != ".";
            message.push_str(&line);
            message.push('\n');
            if !in_data {
                stream.write_all(b"250 taken\r\n").unwrap();
            }
            continue;
        }
        message.push_str(&line);
        message.push('\n');
        in_data = line.eq_ignore_ascii_case("DATA");
        let answer: &[u8] = if in_data { b"354 go on\r\n" } else { b"250 fine\r\n" };
        stream.write_all(answer).unwrap();
        if line.eq_ignore_ascii_case("QUIT") {
            break;
        }
    }
    message
}

#[test]
fn a_reminder_is_sent() {
    let desk = Desk::new();
    late(&desk);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let server = thread::spawn(|| server(listener));
    let told = desk.ok(&["round", "remind", "r", "--smtp", &address, "--from", "a@example.cn"]);
    assert!(told.contains("已发出 1 封") && told.contains("没有邮箱，未发：finance"), "{told}");
    let message = server.join().unwrap();
    assert!(message.contains("MAIL FROM:<a@example.cn>"), "{message}");
    assert!(message.contains("RCPT TO:<tjj@example.cn>"), "{message}");
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let desk = Desk::new();
    late(&desk);
    let (code, _, err) = desk.run(&["round", "remind", "r", "--smtp", "127.0.0.1:1"]);
    assert_eq!(code, 1);
    assert!(err.starts_with("错误：邮件服务器 127.0.0.1:1 未收下给统计局"), "{err}");
    assert_eq!(err.lines().count(), 1, "{err}");
}
