//! Chromium without a window, driven through chromedriver by plain HTTP (W3C WebDriver).
//!
//! Where one of the two is missing a test says so in a line and ends; with `DATELINE_NO_SKIP=1`, as in
//! `.ci/run`, it fails.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A browser with one page, which ends with the test.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _profile: TempDir,
}

impl Browser {
    /// Opens a file in a window of this size; none where there is no browser.
    pub fn open(page: &Path, width: u32, height: u32) -> Option<Self> {
        let is_there = |name: &str| Command::new(name).arg("--version").output().is_ok_and(|run| run.status.success());
        if !is_there("chromium") || !is_there("chromedriver") {
            assert!(std::env::var_os("DATELINE_NO_SKIP").is_none_or(|value| value.is_empty()), "chromium or chromedriver is missing");
            eprintln!("skipped: chromium or chromedriver is missing");
            return None;
        }
        let mut driver = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| line.ok()?.split("started successfully on port ").nth(1)?.trim_end_matches('.').parse().ok());
        // what it says later has to go somewhere
        std::thread::spawn(move || lines.for_each(drop));
        let profile = TempDir::new().unwrap();
        let mut browser = Self { driver, port: port.unwrap(), session: String::new(), _profile: profile };
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
        ];
        let mut arguments: Vec<String> = arguments.map(Into::into).to_vec();
        arguments.push(format!("--user-data-dir={}", browser._profile.path().display()));
        arguments.push(format!("--window-size={width},{height}"));
        let capabilities = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }}});
        let session = browser.ask("POST", "/session", &capabilities);
        browser.session = format!("/session/{}", session["sessionId"].as_str().unwrap());
        // a window has borders, and phones have narrower pages than windows may be
        browser.command(
            "Emulation.setDeviceMetricsOverride",
            &json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}),
        );
        browser.ask("POST", "/url", &json!({"url": format!("file://{}", page.display())}));
        for _ in 0..200 {
            if browser.run("return document.documentElement.dataset.ready === 'yes' || !document.querySelector('#lede')") == json!(true) {
                return Some(browser);
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("the page is not ready: {:?}", browser.errors());
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let length = body.len();
        let head = format!(
            "{method} {}{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
            self.session
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body.as_bytes()).unwrap();
        // the driver keeps the connection open: its answer has a length
        stream.set_read_timeout(Some(std::time::Duration::from_secs(60))).unwrap();
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer).unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert!(answer["value"]["error"].is_null(), "{path}: {answer}");
        answer["value"].clone()
    }

    /// Runs the body of a function in the page.
    pub fn run(&self, script: &str) -> Value {
        self.ask("POST", "/execute/sync", &json!({"script": script, "args": []}))
    }

    /// A command of the Chrome DevTools Protocol.
    pub fn command(&self, name: &str, parameters: &Value) -> Value {
        self.ask("POST", "/goog/cdp/execute", &json!({"cmd": name, "params": parameters}))
    }

    /// The text of the first element of this selector.
    pub fn text(&self, selector: &str) -> String {
        let script = format!("return document.querySelector({selector:?})?.textContent ?? ''");
        self.run(&script).as_str().unwrap_or_default().to_string()
    }

    /// Clicks the first element of this selector, as a mouse would, where it stands.
    pub fn click(&self, selector: &str) {
        let element = self.ask("POST", "/element", &json!({"using": "css selector", "value": selector}));
        let id = element.as_object().and_then(|element| element.values().next()).and_then(Value::as_str).unwrap();
        self.ask("POST", &format!("/element/{id}/click"), &json!({}));
    }

    /// Types into the first element of this selector.
    pub fn type_into(&self, selector: &str, text: &str) {
        let element = self.ask("POST", "/element", &json!({"using": "css selector", "value": selector}));
        let id = element.as_object().and_then(|element| element.values().next()).and_then(Value::as_str).unwrap();
        self.ask("POST", &format!("/element/{id}/value"), &json!({"text": text}));
        // figures follow when nothing more is typed
        std::thread::sleep(std::time::Duration::from_millis(600));
    }

    /// What the console has been told of errors and refusals.
    pub fn errors(&self) -> Vec<String> {
        let log = self.ask("POST", "/se/log", &json!({"type": "browser"}));
        let is_bad = |entry: &&Value| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING"));
        log.as_array().unwrap().iter().filter(is_bad).map(|entry| entry["message"].to_string()).collect()
    }

    /// Every address that the page has asked for, but for itself.
    pub fn requests(&self, page: &Path) -> Vec<String> {
        let own = format!("file://{}", page.display());
        let log = self.ask("POST", "/se/log", &json!({"type": "performance"}));
        let asked = log.as_array().unwrap().iter().filter_map(|entry| {
            let message: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let message = &message["message"];
            let request = &message["params"];
            // a new window's own page asks for things too
            let is_ours = message["method"] == "Network.requestWillBeSent" && request["documentURL"].as_str() == Some(own.as_str());
            is_ours.then(|| request["request"]["url"].as_str().unwrap_or_default().to_string())
        });
        asked.filter(|url| *url != own && !url.starts_with("blob:")).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // a test that fails leaves no browser behind
        if !self.session.is_empty()
            && let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port))
        {
            let _ = stream.set_read_timeout(Some(std::time::Duration::from_secs(10)));
            let _ = write!(stream, "DELETE {} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", self.session);
            let _ = stream.read(&mut [0; 512]);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
