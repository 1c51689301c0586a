//! `dateline explain`: a text with what was found in it, and why.
//!
//! The file is read as `extract` reads it, without the corpus step: what only other documents can
//! tell is not seen here.

mod lines;
mod page;
mod terminal;

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use super::{Ending, Stop};
use crate::record::Record;

const EXAMPLES: &str = "\
Examples:
  dateline explain release.txt | less -R
  dateline explain release.txt --format html -o release.html
  dateline explain release.txt --format json -- --places my-places.csv";

/// Show a text with what was found in it, and why.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES, after_long_help = super::EXIT_CODES)]
pub(super) struct Flags {
    /// A file, or - for standard input.
    file: PathBuf,
    /// text: for the terminal, coloured; html: a page that needs nothing else; json: everything that is known, a document a line, with the readings that lost.
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// Write to a file.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Flags of extract that say how to read it, after --.
    #[arg(last = true, value_name = "EXTRACT FLAGS")]
    extract: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    #[default]
    Text,
    Html,
    Json,
}

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let temporary = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
    let line: Vec<std::ffi::OsString> =
        ["--trace", "--corpus", "off"].iter().map(Into::into).chain(flags.extract.iter().map(Into::into)).collect();
    let ending = super::extract::quietly(std::slice::from_ref(&flags.file), &line, temporary.path())?;
    let records = BufReader::new(std::fs::File::open(temporary.path())?).lines().map(|line| -> Result<Record, Stop> {
        serde_json::from_str(&line?).map_err(|error| Stop::Fault(format!("{}: {error}", flags.file.display())))
    });
    match &flags.output {
        None => {
            let mut out = std::io::BufWriter::new(anstream::stdout().lock());
            written(flags, records, &mut out)?;
            out.flush()?;
        }
        Some(path) => {
            let mut bytes = anstream::StripStream::new(Vec::new());
            written(flags, records, &mut bytes)?;
            super::output::replace(Path::new(path), &bytes.into_inner())?;
        }
    }
    Ok(ending)
}

fn written(flags: &Flags, records: impl Iterator<Item = Result<Record, Stop>>, out: &mut impl Write) -> Result<(), Stop> {
    if flags.format == Form::Html {
        page::open(out)?;
    }
    for record in records {
        let record = record?;
        match flags.format {
            Form::Text => terminal::write(&record, out)?,
            Form::Html => page::write(&record, out)?,
            Form::Json => {
                // escapes in texts are escaped by JSON; those it may leave as they are, are shown too
                let json = serde_json::to_string(&record).map_err(|error| Stop::Fault(error.to_string()))?;
                let safe: String =
                    json.chars().map(|c| if c.is_control() { format!("\\u{:04x}", c as u32) } else { c.to_string() }).collect();
                writeln!(out, "{safe}")?;
            }
        }
    }
    if flags.format == Form::Html {
        page::close(out)?;
    }
    Ok(())
}
