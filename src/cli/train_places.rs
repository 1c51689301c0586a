//! `dateline train-places`: learn which place of a release is that of its event.

use std::io::Write;
use std::path::PathBuf;

use super::{Ending, Stop};
use crate::places;

/// Learns from folders of annotated releases (`.ann`) and says how well that does on releases that
/// were not learnt from. `FOLDER=2` counts each release of the folder twice. The first folder says
/// how often a release has no such place. The same folders give the same table.
#[derive(clap::Args)]
pub(super) struct Flags {
    /// Folders to learn from, each with its weight.
    #[arg(required = true, value_name = "FOLDER[=WEIGHT]")]
    folders: Vec<String>,
    /// Where the table of weights goes.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Into how many parts the releases are cut for measuring; 0 for no measuring.
    #[arg(long, default_value_t = 10)]
    parts: usize,
    /// Precision of the Gaussian prior.
    #[arg(long, default_value_t = 5.0)]
    prior: f32,
    /// Features to leave out, for trying out.
    #[arg(long, value_delimiter = ',')]
    without: Vec<String>,
    /// Print each error.
    #[arg(long)]
    errors: bool,
    /// Write what speaks for each option of each release there, as JSON lines.
    #[arg(long, value_name = "FILE")]
    dump: Option<PathBuf>,
}

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let mut folders = Vec::new();
    for folder in &flags.folders {
        let (path, weight) = folder.rsplit_once('=').unwrap_or((folder, "1"));
        let weight = weight.parse::<f32>().map_err(|_| Stop::Usage(format!("{folder}: the weight is no number")))?;
        folders.push((PathBuf::from(path), weight));
    }
    let fitted = places::fit(&folders, flags.parts, flags.prior, &flags.without, flags.errors, flags.dump.as_deref());
    let (table, report) = fitted.map_err(|e| Stop::Fault(e.to_string()))?;
    let mut out = std::io::stdout().lock();
    write!(out, "{report}")?;
    if let Some(path) = &flags.out {
        std::fs::write(path, table).map_err(|e| Stop::Fault(format!("{}: {e}", path.display())))?;
    }
    Ok(Ending::Whole)
}
