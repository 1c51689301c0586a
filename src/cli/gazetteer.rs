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
        /// File to write.
        #[arg(long, short, value_name = "FILE", default_value = "data/generated/gazetteer.bin")]
        output: PathBuf,
    },
    /// Show what is known of a name, in any case or spelling.
    Find {
        /// The name.
        #[arg(required = true)]
        name: Vec<String>,
    },
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
            let bytes = places::build(tables).map_err(|e| Stop::Fault(e.to_string()))?;
            std::fs::write(output, &bytes).map_err(|e| Stop::Fault(format!("{}: {e}", output.display())))?;
            writeln!(out, "{}: {} bytes", output.display(), bytes.len())?;
        }
        Flags::Find { name } => {
            let found = places::describe(&name.join(" "));
            if found.is_empty() {
                return Ok(Ending::Partly);
            }
            writeln!(out, "name\tcountry\tkind\tlatitude\tlongitude\tpopulation\tgeonames\tregion\tas")?;
            for line in found {
                writeln!(out, "{line}")?;
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
