//! `dateline evaluate`: the figures of a result against a gold set.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use super::{Ending, Stop};
use crate::evaluate::{Figures, Set, Tallies, intervals, predictions};

const EXAMPLES: &str = "\
Examples:
  dateline evaluate gold/ result.jsonl               a result of dateline extract --format jsonl
  dateline evaluate gold/ gold/texts --errors 20     the texts are read now
  dateline evaluate brat/ --min donors=0.8           texts and .ann files; exit code 1 when a figure is below";

/// Measure a result against a gold set.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES, after_long_help = EXIT_CODES)]
pub(super) struct Flags {
    /// A folder with gold.jsonl and texts/, a folder of brat's .txt and .ann files, or a JSON export of Label Studio.
    gold: PathBuf,
    /// A result in JSON Lines, or texts to read now: a folder, a file, or inputs in JSON Lines with id, text and published [default: the texts of the gold set].
    predicted: Option<PathBuf>,
    /// Print the figures as one JSON object.
    #[arg(long)]
    json: bool,
    /// Print how many mentions of each confidence are right.
    #[arg(long)]
    confidence: bool,
    /// Print up to so many errors: document, what, how, gold, found.
    #[arg(long, value_name = "N")]
    errors: Option<usize>,
    /// Say how far each figure may lie off: bounds of 95 % from so many draws of documents.
    #[arg(long, value_name = "DRAWS", num_args = 0..=1, default_missing_value = "1000")]
    intervals: Option<usize>,
    /// End with 1 when a figure is below: donors=0.8, \"date value=0.9\", \"place strict p=0.85\". May be given several times.
    #[arg(long, value_name = "NAME=LEAST", value_parser = gate)]
    min: Vec<(String, f64)>,
}

const EXIT_CODES: &str = "\
Exit codes:
  0    measured, and no figure below its --min
  1    a figure is below its --min
  2    wrong usage
  3    a file could not be read";

/// A figure's name and the least it may be.
fn gate(written: &str) -> Result<(String, f64), String> {
    let (name, least) = written.rsplit_once('=').ok_or("must be NAME=LEAST, as donors=0.8")?;
    let least: f64 = least.trim().parse().map_err(|_| format!("{least:?} is no number"))?;
    if (0.0..=1.0).contains(&least) { Ok((name.trim().into(), least)) } else { Err("the least must lie between 0 and 1".into()) }
}

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let fault = |error: crate::evaluate::Error| Stop::Fault(error.to_string());
    let set = Set::read(&flags.gold).map_err(fault)?;
    let of_gold = flags.predicted.as_deref().is_none_or(|predicted| predicted == flags.gold);
    let predicted = match flags.predicted.as_deref() {
        Some(result) if !of_gold && is_result(result) => predictions(result).map_err(fault)?,
        path => {
            let temporary = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
            let texts = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
            let path = match path.filter(|_| !of_gold) {
                Some(path) => path.to_path_buf(),
                None if !set.texts.is_empty() => {
                    let mut out = std::io::BufWriter::new(texts.as_file());
                    for (id, text) in &set.texts {
                        writeln!(out, "{}", serde_json::json!({"id": id, "text": text}))?;
                    }
                    out.flush()?;
                    texts.path().to_path_buf()
                }
                None if Set::is_brat(&flags.gold) => flags.gold.clone(),
                None => flags.gold.join("texts"),
            };
            let flags: &[&str] = match () {
                () if path.is_file() && is_inputs(&path) => &["--from", "jsonl", "--date-column", "published"],
                // the marks of brat are no texts
                () if path.is_dir() => &["--glob", "!*.ann"],
                () => &[],
            };
            let flags: Vec<std::ffi::OsString> = flags.iter().map(Into::into).collect();
            super::extract::quietly(std::slice::from_ref(&path), &flags, temporary.path())?;
            predictions(temporary.path()).map_err(fault)?
        }
    };
    if !set.documents.is_empty() && !set.documents.iter().any(|document| predicted.contains_key(&document.id)) {
        let (gold, result) = (flags.gold.display(), flags.predicted.as_deref().unwrap_or(&flags.gold).display());
        return Err(Stop::Fault(format!(
            "{result}: has no document of {gold}; ids are paired letter for letter: read the folder that holds the texts"
        )));
    }
    let tallies = Tallies::of(&set, &predicted);
    let mut figures = Figures::of(&tallies);
    figures.intervals = flags.intervals.map(|draws| intervals(&tallies, draws));
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
    let mut ending = Ending::Whole;
    for (name, least) in &flags.min {
        let Some(figure) = figures.number(name) else {
            let names: Vec<&str> = figures.lines.iter().map(|line| line.name.as_str()).filter(|name| !name.contains('/')).collect();
            return Err(Stop::Usage(format!("--min {name}: the set has no such figure; it has {}", names.join(", "))));
        };
        if figure < *least {
            super::report::message("error", &format!("{name} is {figure}, which is below {least}"));
            ending = Ending::Partly;
        }
    }
    Ok(ending)
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
