//! The command line: flags in, settings out; one command, one file.

mod train;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use crate::{Document, Extractor, Record, Settings};

#[derive(Parser)]
#[command(version, about)]
struct Flags {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Read releases and write tables.
    Extract {
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        #[arg(long, default_value = "jsonl")]
        format: String,
    },
    /// Learn the tables of names from marked texts.
    #[command(hide = true)]
    Train(train::Flags),
}

/// Runs the program and says how it ended.
#[must_use]
pub fn run() -> ExitCode {
    let paths = match Flags::parse().command {
        Command::Extract { paths, .. } => paths,
        Command::Train(flags) => return train::run(&flags),
    };
    let extractor = Extractor::new(Settings::default());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in &paths {
        for file in files(path) {
            let id = file.strip_prefix(path).unwrap_or(&file).to_string_lossy().into_owned();
            let record = match std::fs::read(&file) {
                Ok(bytes) => extractor.extract(&Document::new(id, String::from_utf8_lossy(&bytes).into_owned())),
                Err(error) => Record::failed(id, "unreadable", error.to_string()),
            };
            let _ = serde_json::to_writer(&mut out, &record).map_err(std::io::Error::from).and_then(|()| out.write_all(b"\n"));
        }
    }
    ExitCode::SUCCESS
}

fn files(path: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = ignore::Walk::new(path).filter_map(Result::ok).map(|e| e.into_path()).filter(|p| p.is_file()).collect();
    files.sort();
    files
}
