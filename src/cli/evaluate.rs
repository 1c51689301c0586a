//! `dateline evaluate`: the figures of a result against a gold set.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use super::{Ending, Stop};
use crate::evaluate::{Figures, Set, Tallies, predictions};

const EXAMPLES: &str = "\
Examples:
  dateline evaluate gold/ result.jsonl               a result of dateline extract --format jsonl
  dateline evaluate gold/ gold/texts --errors 20     the texts are read now
  dateline evaluate gold/ result.jsonl --json > figures.json";

/// Measure a result against a gold set.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES)]
pub(super) struct Flags {
    /// A folder with gold.jsonl and texts/.
    gold: PathBuf,
    /// A result in JSON Lines, or texts to read now: a folder, a file, or inputs in JSON Lines with id, text and published.
    predicted: PathBuf,
    /// Print the figures as one JSON object.
    #[arg(long)]
    json: bool,
    /// Print how many mentions of each confidence are right.
    #[arg(long)]
    confidence: bool,
    /// Print up to so many errors: document, what, how, gold, found.
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
}

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let fault = |error: crate::evaluate::Error| Stop::Fault(error.to_string());
    let set = Set::read(&flags.gold).map_err(fault)?;
    let predicted = if is_result(&flags.predicted) {
        predictions(&flags.predicted).map_err(fault)?
    } else {
        let temporary = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
        super::extract::quietly(std::slice::from_ref(&flags.predicted), &[], temporary.path())?;
        predictions(temporary.path()).map_err(fault)?
    };
    if !set.documents.is_empty() && !set.documents.iter().any(|document| predicted.contains_key(&document.id)) {
        let (gold, result) = (flags.gold.display(), flags.predicted.display());
        return Err(Stop::Fault(format!(
            "{result}: has no document of {gold}; ids are paired letter for letter: read the folder that holds the texts"
        )));
    }
    let tallies = Tallies::of(&set, &predicted);
    let figures = Figures::of(&tallies);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if flags.json {
        writeln!(out, "{}", figures.json())?;
    } else {
        write!(out, "{figures}")?;
    }
    if flags.confidence {
        for line in tallies.confidence.lines() {
            writeln!(out, "{line}")?;
        }
    }
    for miss in tallies.misses.iter().take(flags.errors.unwrap_or(0)) {
        let line = [&miss.document, &miss.what, miss.how, &miss.gold, &miss.found].map(|cell| cell.replace(['\t', '\n'], " "));
        writeln!(out, "{}", line.join("\t"))?;
    }
    out.flush()?;
    Ok(Ending::Whole)
}

/// Whether the first record of a file says what was found, and not what is to be read.
pub(super) fn is_result(path: &Path) -> bool {
    let first = std::fs::File::open(path).ok().and_then(|file| {
        let lines = std::io::BufReader::new(file).lines();
        lines.map_while(Result::ok).find(|line| !line.trim().is_empty())
    });
    let record: Option<serde_json::Map<String, serde_json::Value>> = first.and_then(|line| serde_json::from_str(&line).ok());
    record.is_some_and(|record| record.contains_key("mentions") || record.contains_key("error"))
}

/// Whether a file is a stream of inputs by its name.
pub(super) fn is_inputs(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("jsonl"))
}
