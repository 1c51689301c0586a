//! `dateline timeline`: events in the order of their days.

use std::io::{self, Write};
use std::path::PathBuf;

use super::overview::Input;
use super::{Ending, Stop};
use crate::overview::{TIMELINE, Timeline};

const EXAMPLES: &str = "\
Examples:
  dateline timeline releases/ -o timeline.csv
  dateline timeline tables/ -o timeline.json                      what extract -o tables/ wrote
  dateline timeline all.jsonl | head";

/// Write a row for every event, in the order of its days.
///
/// Copies of a release and its versions in another language are one event and one row. Without an event's date the day of publication stands; what has no day stands at the end.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES, after_long_help = super::EXIT_CODES)]
pub(super) struct Flags {
    #[command(flatten)]
    input: Input,
    /// Write to this file; its ending says the format: csv, tsv, json, jsonl.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Format of the output [default: by the file's ending, else csv].
    #[arg(long, value_enum, value_name = "FORMAT", hide_possible_values = true)]
    format: Option<Form>,
}

/// A format of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// One array.
    Json,
    /// One object a line.
    Jsonl,
}

const FORMS: [(&str, Form); 4] = [("csv", Form::Csv), ("tsv", Form::Tsv), ("json", Form::Json), ("jsonl", Form::Jsonl)];

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let form = super::overview::form(flags.output.as_deref(), flags.format, &FORMS)?.unwrap_or(Form::Csv);
    let (overview, ending) = flags.input.read(flags.output.as_deref())?;
    let timeline = Timeline::of(&overview);
    super::overview::written(flags.output.as_deref(), |out| write(&timeline, form, out))?;
    if let Some(output) = &flags.output {
        let undated = match timeline.undated() {
            0 => String::new(),
            undated => format!(" ({undated} without a day, at the end)"),
        };
        super::report::message("wrote", &format!("{} events{undated}: {}", timeline.len(), output.display()));
    }
    Ok(ending)
}

fn write(timeline: &Timeline, form: Form, out: &mut dyn Write) -> io::Result<()> {
    let names = || TIMELINE.columns.iter().map(|column| column.name);
    if matches!(form, Form::Csv | Form::Tsv) {
        let delimiter = if form == Form::Tsv { b'\t' } else { b',' };
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
        writer.write_record(names())?;
        for row in timeline.rows() {
            writer.write_record(row.iter().map(|cell| cell.flat().into_owned()))?;
        }
        return writer.flush();
    }
    if form == Form::Json {
        out.write_all(b"[")?;
    }
    for (number, row) in timeline.rows().enumerate() {
        if form == Form::Json {
            out.write_all(if number > 0 { b",\n" } else { b"\n" })?;
        }
        let object: serde_json::Map<String, serde_json::Value> =
            names().map(Into::into).zip(row.iter().map(crate::tables::Cell::json)).collect();
        serde_json::to_writer(&mut *out, &object)?;
        if form == Form::Jsonl {
            out.write_all(b"\n")?;
        }
    }
    if form == Form::Json { out.write_all(b"\n]\n") } else { Ok(()) }
}
