//! `dateline gazetteer`: the table of places, built, asked and checked.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Ending, Stop};
use crate::places::{self, UserTable};

#[derive(clap::Subcommand)]
pub(super) enum Flags {
    /// Write the compact form of the tables in data/places, which the program carries.
    Build {
        /// Folder of the tables.
        #[arg(long, value_name = "DIR", default_value = "data/places")]
        tables: PathBuf,
        /// Folder of the files to write: gazetteer.bin and gazetteer_names.zst.
        #[arg(long, short, value_name = "DIR", default_value = "data/generated")]
        output: PathBuf,
    },
    /// Show what is known of a name, in any case or spelling.
    Find {
        /// The name.
        #[arg(required = true)]
        name: Vec<String>,
    },
    /// Say how many places there are, of what kinds and countries, and how long loading takes.
    Info,
    /// Check a table for `extract --places`.
    Check {
        /// A CSV file with the columns name, country, latitude, longitude, aliases.
        file: PathBuf,
    },
}

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match flags {
        Flags::Build { tables, output } => {
            let built = places::build(tables).map_err(|e| Stop::Fault(e.to_string()))?;
            for (name, bytes) in [("gazetteer.bin", &built.table), ("gazetteer_names.zst", &built.names)] {
                let path = output.join(name);
                std::fs::write(&path, bytes).map_err(|e| Stop::Fault(format!("{}: {e}", path.display())))?;
                writeln!(out, "{}: {} bytes", path.display(), bytes.len())?;
            }
        }
        Flags::Find { name } => {
            let found = places::describe(&name.join(" "));
            if found.is_empty() {
                return Ok(Ending::Partly);
            }
            writeln!(out, "{}", places::COLUMNS.join("\t"))?;
            for line in found {
                writeln!(out, "{line}")?;
            }
        }
        Flags::Info => {
            let holding = places::holding();
            let all: usize = holding.kinds.values().sum();
            let ready = holding.ready.as_secs_f64() * 1000.0;
            writeln!(out, "{all} places, {} names with their cases, {} bytes, ready in {ready:.1} ms", holding.names, holding.bytes)?;
            writeln!(out, "{} without coordinates", holding.unplaced)?;
            for (kind, count) in &holding.kinds {
                writeln!(out, "{}\t{count}", kind.name())?;
            }
            for (country, count) in &holding.countries {
                writeln!(out, "{country}\t{count}")?;
            }
        }
        Flags::Check { file } => {
            let text = std::fs::read_to_string(file).map_err(|e| Stop::Fault(format!("{}: {e}", file.display())))?;
            match UserTable::parse(&text) {
                Ok(table) => writeln!(out, "{}: {} places", file.display(), table.len())?,
                Err(errors) => {
                    for error in errors {
                        writeln!(out, "{}: {error}", file.display())?;
                    }
                    return Ok(Ending::Partly);
                }
            }
        }
    }
    out.flush()?;
    Ok(Ending::Whole)
}

/// A user's table of places; every bad row is named.
pub(super) fn user_table(file: &Path) -> Result<UserTable, Stop> {
    let text = std::fs::read_to_string(file).map_err(|e| Stop::Usage(format!("{}: {e}", file.display())))?;
    UserTable::parse(&text).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|e| format!("{}: {e}", file.display())).collect();
        Stop::Usage(lines.join("\n"))
    })
}
