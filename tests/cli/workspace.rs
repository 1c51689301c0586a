//! A temporary folder and the runs of the binary in it.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder that goes away with the test.
pub struct Workspace {
    folder: TempDir,
}

/// What a run left.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Workspace {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let workspace = Self { folder: TempDir::new().unwrap() };
        for (name, text) in files {
            workspace.write(name, text.as_bytes());
        }
        workspace
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn command(&self, line: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        command.args(line).current_dir(self.folder.path());
        command
    }

    pub fn run(&self, line: &[&str]) -> Run {
        self.run_with(line, b"")
    }

    pub fn run_with(&self, line: &[&str], input: &[u8]) -> Run {
        let mut command = self.command(line);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        // the program may end before it has read everything
        let feed = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().unwrap();
        feed.join().unwrap();
        Run { code: output.status.code(), out: String::from_utf8(output.stdout).unwrap(), err: String::from_utf8(output.stderr).unwrap() }
    }
}

impl Run {
    /// The records of JSON Lines.
    pub fn records(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The ids of JSON Lines with the kind of error, empty for none.
    pub fn ids(&self) -> Vec<(String, String)> {
        let kind = |record: &Value| record["error"]["kind"].as_str().unwrap_or_default().to_string();
        self.records().iter().map(|record| (record["id"].as_str().unwrap().to_string(), kind(record))).collect()
    }

    /// Asserts that one document failed in this way and is named on standard error, and that all
    /// others were read.
    pub fn one_failed(&self, id: &str, kind: &str) {
        let failed: Vec<_> = self.ids().into_iter().filter(|(_, kind)| !kind.is_empty()).collect();
        assert_eq!(failed, [(id.to_string(), kind.to_string())], "{self:?}");
        assert!(self.err.contains(&format!("failed: {id}: ")), "{self:?}");
    }
}

/// Rows of a CSV table as maps.
pub fn rows(csv: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    csv::Reader::from_reader(csv.as_bytes()).deserialize().map(Result::unwrap).collect()
}
