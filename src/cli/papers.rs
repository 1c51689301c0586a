//! What comes with a program: completions for shells, manual pages, licences.

use std::io::Write;
use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Ending, Stop};

/// The attributions that the data asks for.
const ATTRIBUTIONS: &str = include_str!("../../data/attributions.tsv");

/// Every crate in the program with its licence.
const CRATES: &str = include_str!("../../.ci/crates.tsv");

/// Print what a shell needs to complete commands and flags.
#[derive(clap::Args)]
pub(super) struct CompletionsFlags {
    /// The shell.
    shell: Shell,
}

/// Print the manual page, or write those of all commands.
#[derive(clap::Args)]
pub(super) struct ManFlags {
    /// Write a page for every command into this folder.
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

pub(super) fn completions(flags: &CompletionsFlags) -> Result<Ending, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(flags.shell, &mut super::Flags::command(), "dateline", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Ending::Whole)
}

pub(super) fn man(flags: &ManFlags) -> Result<Ending, Stop> {
    let command = super::Flags::command();
    match &flags.output {
        Some(folder) => {
            std::fs::create_dir_all(folder)?;
            clap_mangen::generate_to(command, folder)?;
        }
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page)?;
            std::io::stdout().write_all(&page)?;
        }
    }
    Ok(Ending::Whole)
}

/// Prints what the data's sources ask to be said, and the licences of the crates.
pub(super) fn licenses() -> Result<Ending, Stop> {
    let mut out = String::from("dateline is licensed under MIT or Apache-2.0, as you choose.\n\nData in the program\n");
    for row in rows(ATTRIBUTIONS) {
        if let [source, licence, line] = row.as_slice() {
            out.push_str(&format!("  {source} ({licence}): {line}\n"));
        }
    }
    out.push_str("\nCrates in the program or in its build\n");
    for row in rows(CRATES) {
        out.push_str(&format!("  {}\n", row.join("  ")));
    }
    std::io::stdout().write_all(out.as_bytes())?;
    Ok(Ending::Whole)
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1).map(|line| line.split('\t').collect())
}
