//! `dateline train-roles`: learn which bodies of a release pay, carry out, organize.

use std::io::Write;
use std::path::PathBuf;

use super::{Ending, Stop};
use crate::roles;

/// Learns from folders of annotated releases (`.ann`) and says how well that does on releases that
/// were not learnt from. `FOLDER=2` counts each release of the folder twice. The first folder holds
/// real releases, the others invented ones. The same folders give the same table.
#[derive(clap::Args)]
pub(super) struct Flags {
    /// Folders to learn from, each with its weight.
    #[arg(required = true, value_name = "FOLDER[=WEIGHT]")]
    folders: Vec<String>,
    /// Where the table of weights goes.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Into how many parts the releases are cut for measuring; 0 for no measuring.
    #[arg(long, default_value_t = 8)]
    parts: usize,
    /// Prior that makes weights zero.
    #[arg(long, default_value_t = 2.0)]
    l1: f32,
    /// Prior on the squares of weights.
    #[arg(long, default_value_t = 10.0)]
    l2: f32,
    /// How often all releases are read.
    #[arg(long, default_value_t = 4)]
    rounds: usize,
    /// Print each error.
    #[arg(long)]
    errors: bool,
}

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let mut folders = Vec::new();
    for folder in &flags.folders {
        let (path, weight) = folder.rsplit_once('=').unwrap_or((folder, "1"));
        let weight = weight.parse::<f32>().map_err(|_| Stop::Usage(format!("{folder}: the weight is no number")))?;
        folders.push((PathBuf::from(path), weight));
    }
    let priors = roles::Priors { l1: flags.l1, l2: flags.l2, rounds: flags.rounds };
    let (table, report) = roles::fit(&folders, flags.parts, priors, flags.errors).map_err(|e| Stop::Fault(e.to_string()))?;
    write!(std::io::stdout().lock(), "{report}")?;
    if let Some(path) = &flags.out {
        std::fs::write(path, table).map_err(|e| Stop::Fault(format!("{}: {e}", path.display())))?;
    }
    Ok(Ending::Whole)
}
