//! A real browser on a real server: starts both, speaks WebDriver with the browser, and ends both.

#![allow(dead_code, reason = "each test uses its part")]

mod driver;

use std::io::{BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use driver::Session;

/// One browser at a time: two would only make each other slow.
static TURN: Mutex<()> = Mutex::new(());

/// By what name WebDriver hands over an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How long a page may take to become what is expected.
const PATIENCE: Duration = Duration::from_secs(10);

/// Names of what can be used or seen, and contrast of every text with its ground, as WCAG 2.2 asks.
const AUDIT: &str = r"
const faults = [];
const shown = element => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length;
for (const element of document.querySelectorAll('a, button, input:not([type=hidden]), select, summary, img, [role=img]')) {
  const labels = element.labels ? [...element.labels].map(label => label.innerText).join('') : '';
  const name = element.getAttribute('aria-label') || element.alt || labels || element.textContent;
  if (!name.trim()) faults.push('no name: ' + element.outerHTML.slice(0, 120));
}
if (!document.documentElement.lang) faults.push('no language');
if (document.querySelectorAll('h1').length !== 1) faults.push('not one h1');
let level = 1;
for (const heading of document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')) {
  const next = Number(heading.tagName[1]);
  if (next > level + 1) faults.push('heading level is left out: ' + heading.outerHTML.slice(0, 80));
  level = next;
}
const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
const rgba = colour => {
  canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
};
const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255)
  .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const ground = element => {
  for (; element; element = element.parentElement) {
    const colour = rgba(getComputedStyle(element).backgroundColor);
    if (colour[3] === 255) return colour;
  }
  return [255, 255, 255, 255];
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
const seen = new Set();
while (walker.nextNode()) {
  const element = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || seen.has(element) || !shown(element) || element.closest('.unseen, .skip')) continue;
  seen.add(element);
  const [one, other] = [luminance(rgba(getComputedStyle(element).color)), luminance(ground(element))];
  const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  if (ratio < 4.5) faults.push('contrast ' + ratio.toFixed(2) + ': ' + element.outerHTML.slice(0, 120));
}
for (const element of document.querySelectorAll('button, select, input:not([type=hidden]), .rooms a, .counts a')) {
  if (!shown(element)) continue;
  const box = element.getBoundingClientRect();
  if (element.type !== 'checkbox' && Math.min(box.width, box.height) < 24) faults.push('small target: ' + element.outerHTML.slice(0, 120));
}
return faults;
";

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// How the browser is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    On,
    Off,
}

/// A browser on a server that serves the bundled example.
pub struct Browser {
    session: Session,
    script: Script,
    /// The address of the server without a closing slash.
    pub home: String,
}

/// Runs a test in a browser on a server of the bundled example; a picture of the page is kept where it fails.
///
/// Without a browser the test is skipped with a printed line, except where `CI` is `true`: there it fails.
pub fn browse(name: &str, script: Script, test: impl FnOnce(&Browser)) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("plan.db");
    import(&ledger);
    let (_server, home) = serve(&ledger);
    browse_at(name, script, home, test);
}

/// The same on a server that is there, by its address without a closing slash.
pub fn browse_at(name: &str, script: Script, home: String, test: impl FnOnce(&Browser)) {
    let Some((chromium, chromedriver)) = program("chromium").zip(program("chromedriver")) else {
        assert_ne!(
            std::env::var("CI").as_deref(),
            Ok("true"),
            "chromium and chromedriver must be installed"
        );
        println!("skipped {name}: chromium or chromedriver is not installed");
        return;
    };
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let (_driver, port) = drive(&chromedriver);
    let session = Session::open(port, &capabilities(&chromium, script));
    let browser = Browser { session, script, home };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        test(&browser);
        if script == Script::On {
            browser.assert_no_complaints();
        }
    }));
    if let Err(panic) = outcome {
        let kept = artifacts().join(format!("{name}.png"));
        browser.screenshot(&kept);
        println!("the page is kept in {}", kept.display());
        browser.session.close();
        resume_unwind(panic);
    }
    browser.session.close();
}

fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn artifacts() -> PathBuf {
    let folder = repository().join("tests/artifacts");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn import(ledger: &Path) {
    let report = repository().join("examples/yongkang/report.txt");
    let done = Command::new(env!("CARGO_BIN_EXE_duixian"))
        .arg("import")
        .arg(report)
        .arg("--ledger")
        .arg(ledger)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Starts the server on a free port.
fn serve(ledger: &Path) -> (Running, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duixian"));
    command.arg("serve").arg("--ledger").arg(ledger).args(["--port", "0"]);
    let (running, line) = start(command, "http://");
    let address = line[line.find("http://").unwrap()..].trim_end().trim_end_matches('/').to_owned();
    (running, address)
}

fn drive(chromedriver: &Path) -> (Running, u16) {
    let mut command = Command::new(chromedriver);
    command.arg("--port=0");
    let (running, line) = start(command, "successfully on port ");
    let port = line.rsplit("on port ").next().unwrap().trim_end().trim_end_matches('.');
    (running, port.parse().unwrap())
}

/// Starts a program and waits for the line that holds `sign`.
fn start(mut command: Command, sign: &str) -> (Running, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let out = child.stdout.take().unwrap();
    let running = Running(child);
    let mut lines = BufReader::new(out).lines();
    let line = lines.by_ref().map_while(Result::ok).find(|line| line.contains(sign));
    // The rest is read away, lest the program waits for a reader.
    std::thread::spawn(move || lines.for_each(drop));
    (running, line.unwrap_or_else(|| panic!("{command:?} has not started")))
}

fn capabilities(chromium: &Path, script: Script) -> Value {
    let mut options = json!({
        "binary": chromium,
        "args": [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--force-prefers-reduced-motion",
            "--window-size=1280,900", "--lang=zh-CN",
        ],
    });
    if script == Script::Off {
        options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
    }
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

impl Browser {
    /// Opens an address of the server.
    pub fn open(&self, path: &str) {
        self.session.post("url", &json!({ "url": format!("{}{path}", self.home) }));
    }

    /// Reloads the page.
    pub fn reload(&self) {
        self.session.post("refresh", &json!({}));
    }

    /// Where the browser is, without the server's name.
    pub fn address(&self) -> String {
        let address = self.session.get("url");
        address.as_str().unwrap().trim_start_matches(&self.home).to_owned()
    }

    /// Waits until the browser is where it should be; works without script, too.
    pub fn arrive(&self, fits: impl Fn(&str) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !fits(&self.address()) {
            assert!(Instant::now() < until, "the browser is still at {}", self.address());
            std::thread::sleep(Duration::from_millis(40));
        }
    }

    /// What a script returns.
    pub fn ask(&self, script: &str) -> Value {
        self.session.post("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Waits until a script returns what is expected.
    pub fn wait(&self, script: &str, expected: impl Into<Value>) {
        let expected = expected.into();
        let until = Instant::now() + PATIENCE;
        loop {
            let found = self.ask(script);
            if found == expected {
                return;
            }
            assert!(
                Instant::now() < until,
                "{script}: expected {expected}, found {found} at {}",
                self.address()
            );
            std::thread::sleep(Duration::from_millis(40));
        }
    }

    fn find(&self, css: &str) -> Option<String> {
        let found =
            self.session.post("elements", &json!({ "using": "css selector", "value": css }));
        Some(found.get(0)?[ELEMENT].as_str()?.to_owned())
    }

    /// The first element of a selector, as soon as it is there.
    fn element(&self, css: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(element) = self.find(css) {
                return element;
            }
            assert!(Instant::now() < until, "no {css} at {}", self.address());
            std::thread::sleep(Duration::from_millis(40));
        }
    }

    /// Waits until there is an element of a selector.
    pub fn see(&self, css: &str) {
        self.element(css);
    }

    /// Clicks the first element of a selector.
    pub fn click(&self, css: &str) {
        let element = self.element(css);
        if self.script == Script::On {
            // What lies half under the head of the page counts as seen, but cannot be hit.
            let itself = json!({ ELEMENT: element });
            let script = "arguments[0].scrollIntoView({ block: 'center' })";
            self.session.post("execute/sync", &json!({ "script": script, "args": [itself] }));
        }
        self.session.post(&format!("element/{element}/click"), &json!({}));
    }

    /// The text that is shown in the first element of a selector.
    pub fn text(&self, css: &str) -> String {
        let element = self.element(css);
        self.session.get(&format!("element/{element}/text")).as_str().unwrap().to_owned()
    }

    /// Types into the first element of a selector.
    pub fn type_into(&self, css: &str, text: &str) {
        let element = self.element(css);
        self.session.post(&format!("element/{element}/value"), &json!({ "text": text }));
    }

    /// Presses and releases a key, wherever the focus is.
    pub fn press(&self, key: &str) {
        let keys = json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
        self.session.post(
            "actions",
            &json!({ "actions": [{ "type": "key", "id": "keys", "actions": keys }] }),
        );
    }

    /// Gives a command of the browser's own protocol.
    pub fn command(&self, name: &str, parameters: Value) -> Value {
        self.session.post("goog/cdp/execute", &json!({ "cmd": name, "params": parameters }))
    }

    /// Makes the page as wide and high as a screen.
    pub fn resize(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.command("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Lets the system prefer light or dark.
    pub fn prefer(&self, scheme: &str) {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.command("Emulation.setEmulatedMedia", features);
    }

    /// Keeps a picture of what is on the screen.
    pub fn screenshot(&self, file: &Path) {
        let picture = self.session.get("screenshot");
        std::fs::write(file, driver::decoded(picture.as_str().unwrap_or_default())).unwrap();
    }

    /// Keeps a picture of what is on the screen among the test's artefacts.
    pub fn keep(&self, name: &str) {
        self.screenshot(&artifacts().join(format!("{name}.png")));
    }

    /// What keeps somebody from using the page; an empty list where nothing does.
    pub fn faults(&self) -> Value {
        self.ask(AUDIT)
    }

    /// The browser's console holds neither errors nor warnings.
    fn assert_no_complaints(&self) {
        let log = self.session.post("se/log", &json!({ "type": "browser" }));
        // A page that a test asked for although it does not exist is logged by the browser itself.
        let complaints: Vec<_> = log
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|entry| entry["message"].as_str())
            .filter(|message| !message.contains("/nowhere") && !message.contains("status=unheard"))
            // So is what a test filed although a rule or another person stood in the way.
            .filter(|message| {
                !(message.contains("status of 422") || message.contains("status of 409"))
            })
            .collect();
        assert!(complaints.is_empty(), "{complaints:#?}");
    }
}
