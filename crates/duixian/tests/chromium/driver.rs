//! WebDriver: JSON over HTTP on this machine.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};

/// A session of the browser.
pub struct Session {
    port: u16,
    id: String,
}

impl Session {
    pub fn open(port: u16, capabilities: &Value) -> Self {
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let opened = request(port, "POST", "/session", Some(&body));
        let id = opened["sessionId"].as_str().unwrap_or_else(|| panic!("no session: {opened}"));
        Session { port, id: id.to_owned() }
    }

    /// Gives a command.
    pub fn post(&self, command: &str, body: &Value) -> Value {
        request(self.port, "POST", &format!("/session/{}/{command}", self.id), Some(body))
    }

    /// Asks for something.
    pub fn get(&self, command: &str) -> Value {
        request(self.port, "GET", &format!("/session/{}/{command}", self.id), None)
    }

    /// Ends the session and with it the browser.
    pub fn close(&self) {
        request(self.port, "DELETE", &format!("/session/{}", self.id), None);
    }
}

fn request(port: u16, method: &str, path: &str, body: Option<&Value>) -> Value {
    let body = body.map(Value::to_string).unwrap_or_default();
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let reply = reply(&mut stream);
    let reply: Value = serde_json::from_slice(&reply).unwrap();
    let value = reply["value"].clone();
    if let Some(error) = value.get("error").filter(|_| value.get("stacktrace").is_some()) {
        panic!("{method} {path} {body}: {error}: {}", value["message"]);
    }
    value
}

/// The body of a reply: as long as it says, since the other side may keep the line open.
fn reply(stream: &mut TcpStream) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 65536];
    loop {
        let read = stream.read(&mut buffer).unwrap();
        bytes.extend_from_slice(&buffer[..read]);
        let head = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        if let Some(head) = head {
            let lines = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
            let length = lines.lines().find_map(|line| line.strip_prefix("content-length:"));
            let length: usize = length.unwrap().trim().parse().unwrap();
            if bytes.len() >= head + 4 + length {
                return bytes[head + 4..head + 4 + length].to_vec();
            }
        }
        assert!(read > 0, "the driver hung up");
    }
}

/// The bytes of a base64 text.
pub fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for character in text.bytes() {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    bytes
}
