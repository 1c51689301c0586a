//! `dateline evaluate`: the figures of a result against a gold set.

use std::path::PathBuf;

use super::{Ending, Stop};

/// Measure a result against a gold set.
#[derive(clap::Args)]
pub(super) struct Flags {
    /// A folder with `gold.jsonl` and `texts/`.
    gold: PathBuf,
    /// A result in JSON Lines, or the texts to read now.
    predicted: PathBuf,
}

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    Err(Stop::Fault(format!("cannot measure {} against {} yet", flags.predicted.display(), flags.gold.display())))
}
