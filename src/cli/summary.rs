//! `dateline summary`: a corpus at a glance, in the terminal.

use super::overview::Input;
use super::{Ending, Stop};

const EXAMPLES: &str = "\
Examples:
  dateline summary releases/
  dateline summary tables/                           what extract -o tables/ wrote
  dateline summary all.jsonl --format json";

/// Show a corpus at a glance, in the terminal.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES, after_long_help = super::EXIT_CODES)]
pub(super) struct Flags {
    #[command(flatten)]
    input: Input,
}

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let (overview, ending) = flags.input.read()?;
    anstream::println!("{} documents", overview.documents.len());
    Ok(ending)
}
