//! `dateline schema`: the data dictionary.

use std::io::Write;

use super::{Ending, Stop};
use crate::tables::{Format, TABLES, dictionary};

const EXAMPLES: &str = "\
Examples:
  dateline schema                          for reading
  dateline schema --format csv > columns.csv
  dateline schema --format jsonl | grep '\"list of text\"'";

/// Print every table's columns with type, unit and meaning.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES)]
pub(super) struct Flags {
    /// A table for machines; without it, text for people.
    #[arg(long)]
    format: Option<Format>,
}

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match flags.format {
        Some(format) if format.is_book() => return Err(Stop::Usage("the columns are printed as csv, tsv, json or jsonl".into())),
        Some(format) => dictionary(format, &mut out)?,
        None => {
            for table in TABLES {
                writeln!(out, "{}: one row is {}", table.name, table.row)?;
                for column in table.columns {
                    let unit = if column.unit.is_empty() { String::new() } else { format!(", {}", column.unit) };
                    writeln!(out, "  {:<20} {}{unit}: {}", column.name, column.kind.name(), column.meaning)?;
                }
                writeln!(out)?;
            }
        }
    }
    out.flush()?;
    Ok(Ending::Whole)
}
