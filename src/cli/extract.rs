//! `dateline extract`: releases in, tables out.

use std::ops::ControlFlow;
use std::path::PathBuf;

use encoding_rs::Encoding;
use rustc_hash::FxHashSet;

use super::output::{OutputFlags, Outputs, Plan};
use super::report::{Progress, Report};
use super::{Ending, Stop};
use crate::corpus::{Decisions, Store, Stored, Summary};
use crate::read::order::{self, Window};
use crate::read::{Columns, Failure, Form, Item, Sources};
use crate::record::Record;
use crate::tables::{Bodies, Layout, Shape};
use crate::{Document, Extractor, Settings, decode};

const EXAMPLES: &str = "\
Examples:
  dateline extract releases/ > documents.csv
  dateline extract releases/ -o tables/ --glob '*.txt'
  find . -name '*.txt' -print0 | dateline extract --files-from - -0 -o all.jsonl";

/// Read releases and write tables.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES, after_long_help = super::EXIT_CODES)]
pub(super) struct Flags {
    /// Files and folders, or - for standard input.
    #[arg(value_name = "PATH", required_unless_present = "files_from")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    output: OutputFlags,
    /// Threads [default: one per processor].
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Whether to decide names of bodies and repeated page furniture over the whole corpus; auto: for files and folders, not for streams.
    #[arg(long, value_name = "WHEN", default_value = "auto", hide_short_help = true)]
    corpus: Corpus,
    /// Take every line for the release: mask no page furniture.
    #[arg(long, hide_short_help = true)]
    keep_furniture: bool,
    /// Places of your own: a CSV file with name, country, latitude, longitude, aliases.
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    places: Option<PathBuf>,
    /// Bodies of your own: a CSV file with name, id, acronym, aliases, kind, country.
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    organizations: Option<PathBuf>,

    /// Read only files that match; with ! in front, leave them out. May be given several times.
    #[arg(short, long, value_name = "GLOB", help_heading = "Which files")]
    glob: Vec<String>,
    /// Read the paths that a file lists, one a line; - for standard input.
    #[arg(long, value_name = "FILE", help_heading = "Which files", hide_short_help = true)]
    files_from: Option<PathBuf>,
    /// The paths of --files-from end with NUL.
    #[arg(short = '0', long, requires = "files_from", help_heading = "Which files", hide_short_help = true)]
    null: bool,
    /// Read hidden files and folders too.
    #[arg(long, help_heading = "Which files", hide_short_help = true)]
    hidden: bool,
    /// Leave out what .gitignore and .ignore files name.
    #[arg(long, help_heading = "Which files", hide_short_help = true)]
    respect_ignore: bool,
    /// Follow links inside folders.
    #[arg(long, help_heading = "Which files", hide_short_help = true)]
    follow: bool,

    /// What the inputs are [default: by their endings].
    #[arg(long, value_enum, value_name = "FORM", help_heading = "How to read them")]
    from: Option<From>,
    /// Column or field that holds the texts [default: text].
    #[arg(long, value_name = "NAME", help_heading = "How to read them")]
    text_column: Option<String>,
    /// Column or field that holds the ids [default: id].
    #[arg(long, value_name = "NAME", help_heading = "How to read them", hide_short_help = true)]
    id_column: Option<String>,
    /// Column or field that holds the known day of publication, ISO 8601: it wins, and relative dates count from it.
    #[arg(long, value_name = "NAME", help_heading = "How to read them", hide_short_help = true)]
    date_column: Option<String>,
    /// Encoding of the files, as windows-1251 [default: found out for each].
    #[arg(long, value_name = "NAME", help_heading = "How to read them", hide_short_help = true)]
    encoding: Option<String>,
    /// Largest document: a number of bytes, or as 500K, 64M.
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size, help_heading = "How to read them", hide_short_help = true)]
    max_size: u64,

    /// Count an empty file as a failure.
    #[arg(long, help_heading = "Messages", hide_short_help = true)]
    strict: bool,
    /// Say nothing but what failed.
    #[arg(short, long, help_heading = "Messages", conflicts_with = "verbose")]
    quiet: bool,
    /// Name every file that is skipped.
    #[arg(short, long, help_heading = "Messages")]
    verbose: bool,
    /// Progress on standard error.
    #[arg(long, value_enum, value_name = "WHEN", default_value_t, help_heading = "Messages", hide_short_help = true)]
    progress: Progress,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Corpus {
    Auto,
    On,
    Off,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum From {
    /// A document a file.
    Text,
    /// A document a line, as JSON.
    Jsonl,
    /// A document a row, comma-separated.
    Csv,
    /// A document a row, tab-separated.
    Tsv,
}

/// A size as people write it. Texts beyond 4 GiB are out of reach of 32-bit offsets.
fn size(written: &str) -> Result<u64, String> {
    let upper = written.trim().to_ascii_uppercase();
    let digits = upper.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = match upper[digits.len()..].trim() {
        "" | "B" => 1,
        "K" | "KB" | "KIB" => 1 << 10,
        "M" | "MB" | "MIB" => 1 << 20,
        "G" | "GB" | "GIB" => 1 << 30,
        other => return Err(format!("{other:?} is no unit: K, M or G")),
    };
    let bytes = digits.parse::<u64>().ok().and_then(|n| n.checked_mul(unit)).ok_or("is no size: a number, or as 64M")?;
    if (1..u64::from(u32::MAX)).contains(&bytes) { Ok(bytes) } else { Err("must lie between 1 byte and 4 GiB".into()) }
}

/// What is under way at a time: enough to keep every thread busy, little beside a large corpus.
const WINDOW: Window = Window { bytes: 32 << 20, items: 512 };

pub(super) fn run(flags: Flags) -> Result<Ending, Stop> {
    let stdin = std::path::Path::new("-");
    let reads_stdin = flags.paths.iter().filter(|path| *path == stdin).count() + usize::from(flags.files_from.as_deref() == Some(stdin));
    if reads_stdin > 1 {
        return Err(Stop::Usage("standard input (-) can be read only once".into()));
    }
    let encoding = match flags.encoding.as_deref() {
        None => None,
        Some(label) => Some(decode::named(label).ok_or_else(|| Stop::Usage(format!("--encoding {label}: no encoding has this name")))?),
    };
    let plan = Plan::new(&flags.output)?;
    let sources = Sources {
        paths: flags.paths,
        files_from: flags.files_from,
        null: flags.null,
        hidden: flags.hidden,
        respect_ignore: flags.respect_ignore,
        follow: flags.follow,
        globs: flags.glob,
        form: match flags.from {
            None => Form::Auto,
            Some(From::Text) => Form::Text,
            Some(From::Jsonl) => Form::Lines,
            Some(From::Csv) => Form::Delimited(crate::read::formats::Table::Csv),
            Some(From::Tsv) => Form::Delimited(crate::read::formats::Table::Tsv),
        },
        columns: Columns { text: flags.text_column, id: flags.id_column, date: flags.date_column },
        max_size: flags.max_size,
        outputs: plan.paths(),
    };
    let is_stream = sources.is_stream();
    let corpus = match flags.corpus {
        Corpus::Auto => !is_stream,
        Corpus::On => true,
        Corpus::Off => false,
    };
    let pool = order::pool(flags.threads.map(usize::from)).map_err(|error| Stop::Fault(format!("no threads: {error}")))?;
    let items = sources.items().map_err(|error| Stop::Usage(error.to_string()))?;
    let organizations = flags.organizations.as_deref().map(bodies).transpose()?.map(std::sync::Arc::new);
    let places = flags.places.as_deref().map(super::gazetteer::user_table).transpose()?.map(std::sync::Arc::new);
    let mut run = Run {
        extractor: Extractor::new(Settings { keep_furniture: flags.keep_furniture, corpus, places, organizations }),
        encoding,
        layouts: Vec::new(),
        report: Report::new(flags.progress, flags.quiet, flags.verbose),
        seen: FxHashSet::default(),
        bodies: Bodies::default(),
    };
    let mut outputs = plan.open()?;
    run.layouts = outputs.layouts();
    if corpus {
        run.in_two_steps(&pool, items, &mut outputs)?;
    } else {
        run.directly(&pool, items, &mut outputs, is_stream)?;
    }
    for (number, layout) in run.layouts.iter().enumerate() {
        if layout.shape == Shape::Organizations {
            let mut rows = Vec::new();
            layout.bodies(&run.bodies, &mut rows);
            outputs.write(number, &rows)?;
        }
    }
    let written = outputs.finish()?;
    if run.report.total() == 0 {
        super::report::message("error", "no document was found");
    }
    run.report.close(&written);
    Ok(if run.report.total() == 0 || run.report.faults(flags.strict) > 0 { Ending::Partly } else { Ending::Whole })
}

/// Reads a path into a file of full records, as `evaluate` needs it: with the usual settings, and
/// nothing said but what failed.
pub(super) fn quietly(path: &std::path::Path, output: &std::path::Path) -> Result<(), Stop> {
    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        flags: Flags,
    }
    let mut line: Vec<std::ffi::OsString> = ["dateline", "-q", "-o"].map(Into::into).to_vec();
    line.push(output.into());
    if path.is_file() && super::evaluate::is_inputs(path) {
        line.extend(["--from", "jsonl", "--date-column", "published"].map(Into::into));
    }
    line.extend(["--".into(), path.into()]);
    let line = <Line as clap::Parser>::try_parse_from(line).map_err(|error| Stop::Fault(error.to_string()))?;
    run(line.flags).map(|_| ())
}

struct Run {
    extractor: Extractor,
    encoding: Option<&'static Encoding>,
    layouts: Vec<Layout>,
    report: Report,
    seen: FxHashSet<u64>,
    bodies: Bodies,
}

/// What a thread made of an item.
enum Done {
    Skipped(String, &'static str),
    Read(Box<Read>),
}

#[derive(Default)]
struct Read {
    record: Record,
    bytes: usize,
    warning: Option<String>,
    rows: Vec<Vec<u8>>,
    bodies: Bodies,
    summary: Summary,
    frame: Vec<u8>,
}

impl Run {
    /// Writes each record as soon as it is made.
    fn directly(
        &mut self,
        pool: &rayon::ThreadPool,
        items: impl Iterator<Item = Item> + Send,
        outputs: &mut Outputs,
        flush: bool,
    ) -> Result<(), Stop> {
        let (extractor, encoding, layouts) = (&self.extractor, self.encoding, &self.layouts);
        let work = |item| {
            let mut done = extract(extractor, encoding, item);
            if let Done::Read(read) = &mut done {
                read.render(layouts);
            }
            done
        };
        let (report, seen, bodies) = (&mut self.report, &mut self.seen, &mut self.bodies);
        let stop = order::map(pool, WINDOW, items, Item::size, work, |done, is_idle| {
            let receive = || {
                if let Some(mut read) = told(done, report, seen, |read| read.render(layouts)) {
                    for (number, rows) in read.rows.iter().enumerate() {
                        outputs.write(number, rows)?;
                    }
                    bodies.add(std::mem::take(&mut read.bodies));
                }
                if flush && is_idle { outputs.flush() } else { Ok(()) }
            };
            flow(receive())
        });
        stop.map_or(Ok(()), Err)
    }

    /// Stores each record until the whole corpus is known, then finishes and writes them.
    fn in_two_steps(
        &mut self,
        pool: &rayon::ThreadPool,
        items: impl Iterator<Item = Item> + Send,
        outputs: &mut Outputs,
    ) -> Result<(), Stop> {
        let (extractor, encoding, layouts) = (&self.extractor, self.encoding, &self.layouts);
        let stored = |error: std::io::Error| Stop::Fault(format!("the temporary file of the records: {error} (TMPDIR names its folder)"));
        let mut store = Store::new().map_err(stored)?;
        let mut summary = Summary::default();
        let work = |item| {
            let mut done = extract(extractor, encoding, item);
            if let Done::Read(read) = &mut done {
                read.pack(layouts);
            }
            done
        };
        let (report, seen) = (&mut self.report, &mut self.seen);
        let stop = order::map(pool, WINDOW, items, Item::size, work, |done, _| {
            let Some(mut read) = told(done, report, seen, |read| read.pack(layouts)) else { return ControlFlow::Continue(()) };
            summary.add(std::mem::take(&mut read.summary));
            flow(store.push(&read.frame).map_err(stored))
        });
        if let Some(stop) = stop {
            return Err(stop);
        }
        report.stage("names and furniture over the whole corpus");
        let decisions = Decisions::of(&summary);
        drop(summary);
        let counts_bodies = layouts.iter().any(|layout| layout.shape == Shape::Organizations);
        let finish = |frame: std::io::Result<Stored>| -> Result<Read, Stop> {
            let mut frame = frame.map_err(stored)?;
            let mut read = Read { rows: std::mem::take(&mut frame.rows), ..Read::default() };
            if counts_bodies || !frame.is_finished(&decisions) {
                read.record = frame.finish(&decisions).map_err(|error| stored(error.into()))?;
                read.render(layouts);
            }
            Ok(read)
        };
        let size = |frame: &std::io::Result<Stored>| frame.as_ref().map_or(0, Stored::size);
        let bodies = &mut self.bodies;
        let stop = order::map(pool, WINDOW, store.read().map_err(stored)?, size, finish, |read, _| {
            flow(read.and_then(|read| {
                bodies.add(read.bodies);
                read.rows.iter().enumerate().try_for_each(|(number, rows)| outputs.write(number, rows))
            }))
        });
        stop.map_or(Ok(()), Err)
    }
}

/// Goes on, or stops; when nobody reads the output, at once and wherever the threads are.
fn flow(result: Result<(), Stop>) -> ControlFlow<Stop> {
    match result {
        Ok(()) => ControlFlow::Continue(()),
        Err(Stop::Closed) => super::output::leave(0),
        Err(stop) => ControlFlow::Break(stop),
    }
}

impl Read {
    fn render(&mut self, layouts: &[Layout]) {
        let rows = layouts.iter().map(|layout| {
            let mut rows = Vec::new();
            layout.record(&self.record, &mut rows);
            rows
        });
        self.rows = rows.collect();
        self.bodies = Bodies::default();
        if layouts.iter().any(|layout| layout.shape == Shape::Organizations) {
            self.bodies = Bodies::of(&self.record);
        }
    }

    /// Makes ready what waits for the corpus: the rows are right as they are unless it changes the record.
    fn pack(&mut self, layouts: &[Layout]) {
        self.summary = Summary::of(&self.record);
        let edges = std::mem::take(&mut self.record.edges);
        self.render(layouts);
        self.frame = Stored::new(&self.record, edges, std::mem::take(&mut self.rows)).pack();
    }
}

/// Tells the report of what was done. The second document of an id becomes an error row.
fn told(done: Done, report: &mut Report, seen: &mut FxHashSet<u64>, redo: impl Fn(&mut Read)) -> Option<Box<Read>> {
    let mut read = match done {
        Done::Skipped(path, reason) => {
            report.skipped(&path, reason);
            return None;
        }
        Done::Read(read) => read,
    };
    if !seen.insert(hash(&read.record.id)) {
        let message = "has the id of an earlier document of this run: only the first is read";
        read.record = Record::failed(std::mem::take(&mut read.record.id), "duplicate-id", message);
        redo(&mut read);
    }
    let record = &read.record;
    match &record.error {
        Some(fault) => report.failed(&record.id, &fault.kind, &fault.message, read.bytes),
        None => report.read(record.language.as_deref(), read.bytes),
    }
    if let Some(warning) = &read.warning {
        report.warning(&record.id, warning);
    }
    Some(read)
}

fn hash(id: &str) -> u64 {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    hasher.write(id.as_bytes());
    hasher.finish()
}

fn extract(extractor: &Extractor, encoding: Option<&'static Encoding>, item: Item) -> Done {
    let bytes = item.size();
    let (record, warning) = match item {
        Item::Skipped { path, reason } => return Done::Skipped(path, reason),
        Item::Failed(failure) => (failed(failure), None),
        Item::File(file) => guarded(&file.id.clone(), || decoded(extractor, encoding, file)),
        Item::Line(line) => match line.parse() {
            Err(failure) => (failed(failure), None),
            Ok(entry) if entry.text.trim().is_empty() => (Record::failed(entry.id, "empty", "the text is empty"), entry.bad_date),
            Ok(entry) => {
                let id = entry.id.clone();
                guarded(&id, || {
                    let mut document = Document::new(entry.id, entry.text);
                    document.published = entry.published;
                    let mut record = extractor.extract(&document);
                    if let (Some(why), None) = (&entry.bad_date, &record.published) {
                        record.why.insert("published".into(), why.clone());
                    }
                    (record, entry.bad_date)
                })
            }
        },
    };
    Done::Read(Box::new(Read { record, bytes, warning, ..Read::default() }))
}

fn failed(failure: Failure) -> Record {
    Record::failed(failure.id, failure.kind, failure.message)
}

/// A bug that one text brings out costs that document and not the run.
fn guarded(id: &str, read: impl FnOnce() -> (Record, Option<String>)) -> (Record, Option<String>) {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let message = "a fault in dateline itself: please report it with this document";
        (Record::failed(id, "internal", message), None)
    })
}

fn decoded(extractor: &Extractor, encoding: Option<&'static Encoding>, file: crate::read::Bytes) -> (Record, Option<String>) {
    let decoded = match decode::text(&file.bytes, encoding) {
        Ok(decoded) => decoded,
        Err(error) => return (Record::failed(file.id, error.kind(), error.to_string()), None),
    };
    let mut record = extractor.extract(&Document::new(file.id, decoded.text));
    record.encoding = Some(decoded.encoding);
    record.encoding_certainty = Some(decoded.certainty);
    record.repaired = decoded.repaired.map(|misreading| format!("{misreading}, {} lines", decoded.repaired_lines));
    let warning = (decoded.replaced > 0).then(|| {
        format!("{} stretches cannot be read as {} and stand as U+FFFD", decoded.replaced, record.encoding.as_deref().unwrap_or_default())
    });
    (record, warning)
}

/// A user's table of bodies; every bad row is named.
fn bodies(file: &std::path::Path) -> Result<crate::organizations::UserTable, Stop> {
    let text = std::fs::read_to_string(file).map_err(|e| Stop::Usage(format!("{}: {e}", file.display())))?;
    crate::organizations::UserTable::parse(&text).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|e| format!("{}: {e}", file.display())).collect();
        Stop::Usage(lines.join("\n"))
    })
}

#[cfg(test)]
mod tests {
    use super::size;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        assert_eq!(size("64M"), Ok(64 << 20));
        assert_eq!(size("500 kB"), Ok(500 << 10));
        assert!(size("5 parsecs").is_err() && size("-1").is_err() && size("9G").is_err());
    }
}
