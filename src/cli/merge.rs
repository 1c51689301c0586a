//! `dateline merge`: the parts of a shared run put together, with the same result as one run.
//!
//! A part is written by `extract --shard` or `extract --corpus later`: records that still carry
//! what the corpus step needs, with their numbers in the whole run. On an engine that keeps the
//! records itself, the corpus step is a sum: each part gives its summary, summaries add up in any
//! order, and the total finishes every record wherever it is.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::output::{OutputFlags, Plan};
use super::report::{Progress, Report};
use super::run::{Run, WINDOW, Way};
use super::{Ending, Stop};
use crate::corpus::{Decisions, Gathered, Summary};
use crate::read::{Item, order};
use crate::record::Record;
use crate::{Extractor, Settings};

const EXAMPLES: &str = "\
Examples:
  dateline extract --shard 1/2 releases/ -o s1.jsonl     on one machine
  dateline extract --shard 2/2 releases/ -o s2.jsonl     on another
  dateline merge s1.jsonl s2.jsonl -o tables/            as one run writes them";

/// Put the parts of a shared run together.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES, after_long_help = super::EXIT_CODES)]
pub(super) struct Flags {
    /// Files that extract --shard or --corpus later wrote, or - for standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    output: OutputFlags,
    /// Write only what the records say of the whole corpus, to add up elsewhere; files may hold such summaries too.
    #[arg(long, conflicts_with_all = ["with", "format", "table"])]
    summary: bool,
    /// Finish the records by this summary of the whole corpus, one by one as they come.
    #[arg(long, value_name = "FILE")]
    with: Option<PathBuf>,
    /// Threads [default: one per processor].
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Say nothing but what failed.
    #[arg(short, long)]
    quiet: bool,
}

/// A line that stands for many records.
#[derive(Serialize, Deserialize)]
struct Sum {
    summary: Summary,
}

pub(super) fn run(flags: Flags) -> Result<Ending, Stop> {
    if flags.files.iter().filter(|file| file.as_os_str() == "-").count() > 1 {
        return Err(Stop::Usage("standard input (-) can be read only once".into()));
    }
    let pool = order::pool(flags.threads.map(usize::from)).map_err(|error| Stop::Fault(format!("no threads: {error}")))?;
    let parts = flags.files.iter().map(|file| Part::open(file)).collect::<Result<Vec<_>, _>>()?;
    if flags.summary {
        return summarize(&pool, parts, flags.output.output.as_deref());
    }
    let plan = Plan::new(&flags.output)?;
    let mut run = Run::new(Extractor::new(Settings::default()), Report::new(Progress::Auto, flags.quiet, false));
    let way = match &flags.with {
        None => Way::TwoSteps,
        Some(file) => {
            let mut gathered = Gathered::default();
            each(&pool, vec![Part::open(file)?], |part| gathered.add(part).map_err(|error| Stop::Fault(error.to_string())))?;
            run.decisions = Some(Decisions::in_any_order(gathered).map_err(|error| Stop::Fault(error.to_string()))?);
            Way::Directly { flush: true }
        }
    };
    run.write(&pool, plan, merged(parts), way, false)
}

fn summarize(pool: &rayon::ThreadPool, parts: Vec<Part>, output: Option<&Path>) -> Result<Ending, Stop> {
    let mut summary = Summary::default();
    each(pool, parts, |part| {
        summary.add(part);
        Ok(())
    })?;
    let mut line = serde_json::to_vec(&Sum { summary }).map_err(|error| Stop::Fault(error.to_string()))?;
    line.push(b'\n');
    match output {
        None => std::io::stdout().write_all(&line)?,
        Some(path) => super::output::replace(path, &line)?,
    }
    Ok(Ending::Whole)
}

/// What the records and the summaries say, one by one.
fn each(pool: &rayon::ThreadPool, parts: Vec<Part>, mut add: impl FnMut(Summary) -> Result<(), Stop>) -> Result<(), Stop> {
    let work = |(_, item): (u64, Item)| -> Result<Summary, Stop> {
        let Item::Record { place, line } = item else { return Err(Stop::Fault("a part could not be read".into())) };
        let no_record = |error: serde_json::Error| Stop::Fault(format!("{place}: is neither a record nor a summary: {error}"));
        if line.starts_with(br#"{"summary""#) {
            return Ok(serde_json::from_slice::<Sum>(&line).map_err(no_record)?.summary);
        }
        let record: Record = serde_json::from_slice(&line).map_err(no_record)?;
        Ok(Summary::of(&record))
    };
    let stop = order::map(
        pool,
        WINDOW,
        merged(parts),
        |(_, item)| item.size(),
        work,
        |part, _| match part.and_then(&mut add) {
            Ok(()) => ControlFlow::Continue(()),
            Err(stop) => ControlFlow::Break(stop),
        },
    );
    stop.map_or(Ok(()), Err)
}

/// One file of records.
struct Part {
    name: String,
    reader: Box<dyn BufRead + Send>,
    line: usize,
}

/// What is needed of a record before its turn comes.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Head {
    order: Option<u64>,
}

impl Part {
    fn open(path: &Path) -> Result<Self, Stop> {
        let name = path.display().to_string();
        let reader: Box<dyn Read + Send> = if path.as_os_str() == "-" {
            Box::new(std::io::stdin())
        } else {
            Box::new(File::open(path).map_err(|error| Stop::Usage(format!("{name}: {error}")))?)
        };
        Ok(Self { name, reader: Box::new(BufReader::with_capacity(1 << 18, reader)), line: 0 })
    }

    /// The next record with its number in the whole run; none of a record that has no number, or
    /// cannot be read: it comes after all others.
    fn next(&mut self) -> Option<(u64, Item)> {
        loop {
            self.line += 1;
            let mut line = Vec::new();
            let place = format!("{}/line:{}", self.name, self.line);
            match self.reader.read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => {
                    let head: Head = serde_json::from_slice(&line).unwrap_or_default();
                    return Some((head.order.unwrap_or(u64::MAX), Item::Record { place, line }));
                }
                Err(error) => {
                    // nothing more comes from here
                    self.reader = Box::new(std::io::empty());
                    let failure = crate::read::Failure { id: place, kind: "unreadable", message: format!("could not be read: {error}") };
                    return Some((u64::MAX, Item::Failed(failure)));
                }
            }
        }
    }
}

/// The records of all parts in the order of the whole run.
fn merged(mut parts: Vec<Part>) -> impl Iterator<Item = (u64, Item)> + Send {
    let mut waiting: Vec<Option<Item>> = Vec::new();
    let mut turns = BinaryHeap::new();
    for (at, part) in parts.iter_mut().enumerate() {
        let first = part.next();
        turns.extend(first.as_ref().map(|(order, _)| Reverse((*order, at))));
        waiting.push(first.map(|(_, item)| item));
    }
    std::iter::from_fn(move || {
        let Reverse((order, at)) = turns.pop()?;
        let next = parts[at].next();
        turns.extend(next.as_ref().map(|(order, _)| Reverse((*order, at))));
        let item = std::mem::replace(&mut waiting[at], next.map(|(_, item)| item))?;
        Some((order, item))
    })
}
