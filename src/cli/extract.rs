//! `dateline extract`: releases in, tables out.

use std::path::PathBuf;

use encoding_rs::Encoding;
use serde_json::{Map, Value};

use super::cache::Cache;
use super::limits::LimitFlags;
use super::manifest::{self, Manifest};
use super::output::{OutputFlags, Plan};
use super::report::{Progress, Report};
use super::run::{Run, Way};
use super::{Ending, Stop};
use crate::dates::convention::{self, Convention};
use crate::markup::child::Readers;
use crate::read::{Columns, Form, Shard, Sources, formats, order};
use crate::{Extractor, Settings, decode};

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
    /// Whether to decide names of bodies and repeated page furniture over the whole corpus; auto: for files and folders, not for streams; later: by dateline merge.
    #[arg(long, value_name = "WHEN", default_value = "auto", hide_short_help = true)]
    corpus: Corpus,
    /// Read only this part of the documents, as 1/4; dateline merge puts the parts together.
    #[arg(long, value_name = "I/N", hide_short_help = true)]
    shard: Option<Shard>,
    /// Keep what becomes of each document in a file, and read only what is new or changed.
    #[arg(long, value_name = "FILE", conflicts_with = "resume", help_heading = "Batch")]
    cache: Option<PathBuf>,
    /// Go on where an interrupted run to the same output ended.
    #[arg(long, requires = "output", help_heading = "Batch")]
    resume: bool,
    /// Write what was asked, read and written, with hashes; folders of tables have it as run.json.
    #[arg(long, value_name = "FILE", help_heading = "Batch", hide_short_help = true)]
    manifest: Option<PathBuf>,
    /// Take every line for the release: mask no page furniture.
    #[arg(long, hide_short_help = true)]
    keep_furniture: bool,
    /// Read names by tables and rules alone, without the statistical model: faster, and fewer people and lesser-known bodies are found.
    #[arg(long, hide_short_help = true)]
    fast: bool,
    /// Mark and write dates by other conventions than ours, to compare with their taggers and corpora, or to have days to count with; several with commas, as extents,ends.
    #[arg(long, value_name = "WAYS", value_delimiter = ',', value_parser = ways(), hide_short_help = true)]
    dates: Vec<convention::Way>,
    /// Short for --dates extents,ends: dates as TIMEX2 and TIMEX3 bound them.
    #[arg(long, hide_short_help = true)]
    timex3: bool,
    /// A file that another command is about to write, and that is no document.
    #[arg(long, hide = true, value_name = "FILE")]
    leave_out: Option<PathBuf>,
    /// Leave in each record its text and the readings that others won against, for dateline explain.
    #[arg(long, hide = true)]
    trace: bool,
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
    #[arg(short = '0', long = "print0", requires = "files_from", help_heading = "Which files", hide_short_help = true)]
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
    /// What the texts of a stream are written in. Offsets count in the text that a page shows.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t, help_heading = "How to read them", hide_short_help = true)]
    text_format: TextFormat,
    /// Column or field that holds the ids [default: id].
    #[arg(long, value_name = "NAME", help_heading = "How to read them", hide_short_help = true)]
    id_column: Option<String>,
    /// Column or field that holds the known day of publication, as 2019-05-30, 30.05.2019 or May 30, 2019: it wins, and relative dates count from it.
    #[arg(long, value_name = "NAME", help_heading = "How to read them", hide_short_help = true)]
    date_column: Option<String>,
    /// Columns or fields that are handed through into the records, under fields; * for all but the text.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', help_heading = "How to read them", hide_short_help = true)]
    pass_fields: Vec<String>,
    /// Encoding of the files, as windows-1251 [default: found out for each].
    #[arg(long, value_name = "NAME", help_heading = "How to read them", hide_short_help = true)]
    encoding: Option<String>,
    #[command(flatten)]
    limits: LimitFlags,

    /// Count an empty file as a failure.
    #[arg(long, help_heading = "Messages", hide_short_help = true)]
    strict: bool,
    /// Say nothing but what failed.
    #[arg(short, long, help_heading = "Messages", conflicts_with = "verbose")]
    quiet: bool,
    /// Name every file that is skipped, and every document that fails, however many.
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
    Later,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum TextFormat {
    /// Plain text.
    #[default]
    Plain,
    /// HTML, as a web page or a part of one.
    Html,
    /// Markdown.
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum From {
    /// A document a file, as plain text whatever its ending.
    Text,
    /// A document a line, as JSON.
    Jsonl,
    /// A document a row, comma-separated.
    Csv,
    /// A document a row, tab-separated.
    Tsv,
    /// A document a row of a Parquet file.
    Parquet,
}

pub(super) fn run(flags: Flags, said: Map<String, Value>) -> Result<Ending, Stop> {
    let stdin = std::path::Path::new("-");
    let reads_stdin = flags.paths.iter().filter(|path| *path == stdin).count() + usize::from(flags.files_from.as_deref() == Some(stdin));
    if reads_stdin > 1 {
        return Err(Stop::Usage("standard input (-) can be read only once".into()));
    }
    let encoding = match flags.encoding.as_deref() {
        None => None,
        Some(label) => Some(decode::named(label).ok_or_else(|| Stop::Usage(format!("--encoding {label}: no encoding has this name")))?),
    };
    if flags.shard.is_some() && flags.corpus == Corpus::On {
        return Err(Stop::Usage("--shard reads a part: what only the whole corpus can tell is decided by dateline merge".into()));
    }
    // a part without the corpus step is a result; with it, it waits for the other parts
    let later = flags.corpus == Corpus::Later || flags.shard.is_some() && flags.corpus == Corpus::Auto;
    let plan = Plan::new(&flags.output)?;
    if later && !plan.is_records() {
        return Err(Stop::Usage("what waits for dateline merge is written as records: --format jsonl, or -o FILE.jsonl".into()));
    }
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
            Some(From::Csv) => Form::Delimited(formats::Table::Csv),
            Some(From::Tsv) => Form::Delimited(formats::Table::Tsv),
            Some(From::Parquet) => Form::Delimited(formats::Table::Parquet),
        },
        columns: Columns { text: flags.text_column, id: flags.id_column, date: flags.date_column, pass: flags.pass_fields },
        max_size: flags.limits.max_size,
        unpacking: flags.limits.unpacking(),
        shard: flags.shard,
        outputs: plan.paths().into_iter().chain(flags.leave_out).collect(),
    };
    let is_stream = sources.is_stream();
    let corpus = match flags.corpus {
        Corpus::Auto => !later && (!is_stream || plan.wide.is_some()),
        Corpus::On => true,
        Corpus::Off | Corpus::Later => false,
    };
    let pool = order::pool(flags.threads.map(usize::from)).map_err(|error| Stop::Fault(format!("no threads: {error}")))?;
    let shard = sources.shard;
    let items = sources.items().map_err(|error| Stop::Usage(error.to_string()))?;
    let items = (0..).zip(items).filter(move |(_, item)| shard.is_none_or(|shard| shard.holds(item.key())));
    let organizations = flags.organizations.as_deref().map(bodies).transpose()?.map(std::sync::Arc::new);
    let places = flags.places.as_deref().map(super::gazetteer::user_table).transpose()?.map(std::sync::Arc::new);
    let short = if flags.timex3 { Convention::timex3() } else { Convention::default() };
    let dates = short.with(flags.dates);
    let settings = Settings {
        keep_furniture: flags.keep_furniture,
        fast: flags.fast,
        dates,
        corpus: corpus || later,
        places,
        organizations,
        trace: flags.trace,
    };
    let report = Report::new(flags.progress, flags.quiet, flags.verbose);
    let mut run = Run::new(Extractor::new(settings), report);
    run.later = later;
    run.opener.encoding = encoding;
    run.opener.limit = flags.limits.max_size;
    run.opener.texts = match flags.text_format {
        TextFormat::Plain => formats::Kind::Text,
        TextFormat::Html => formats::Kind::Page,
        TextFormat::Markdown => formats::Kind::Markdown,
    };
    run.opener.readers = Some(Readers::new(flags.limits.parsing()).map_err(|error| Stop::Fault(error.to_string()))?);
    let folder = plan.folder();
    let manifest = flags.manifest.or_else(|| folder.as_ref().map(|folder| folder.join(manifest::NAME)));
    run.manifest = manifest.map(|path| Manifest::new(path, said)).transpose()?;
    let unfinished = flags.resume.then(|| plan.unfinished()).flatten();
    if let Some(path) = flags.cache.as_ref().or(unfinished.as_ref()) {
        let shown = path.display();
        let table = |path: &Option<PathBuf>| path.as_deref().map(std::fs::read).transpose().map_err(|error| Stop::Usage(error.to_string()));
        let tables = [table(&flags.places)?, table(&flags.organizations)?].map(Option::unwrap_or_default);
        let switches = [flags.keep_furniture, flags.fast, corpus || later, flags.trace].map(u8::from);
        let switches = [&switches[..], &[flags.text_format as u8], &dates.bits().to_le_bytes()].concat();
        let limits = flags.limits.of_documents();
        let bears: [&[u8]; 5] = [&tables[0], &tables[1], &switches, encoding.map_or("", Encoding::name).as_bytes(), &limits];
        run.cache = Some(Cache::open(path, &bears).map_err(|error| Stop::Usage(format!("{shown}: {error}")))?);
    }
    let ending = run.write(&pool, plan, items, if corpus { Way::TwoSteps } else { Way::Directly { flush: is_stream } }, flags.strict)?;
    if let Some(path) = unfinished {
        // the result is whole: what was kept for a second try is of no more use
        let _ = std::fs::remove_file(path);
    }
    Ok(ending)
}

/// Reads the name of a way of marking dates.
fn ways() -> impl clap::builder::TypedValueParser<Value = convention::Way> {
    use clap::builder::TypedValueParser;
    let names = convention::Way::ALL.map(|(_, name, help)| clap::builder::PossibleValue::new(name).help(help));
    clap::builder::PossibleValuesParser::new(names).try_map(|name| name.parse::<convention::Way>())
}

/// Reads paths into a file of full records for another command, and says nothing but what failed.
/// Flags of this one come as they would be typed.
pub(super) fn quietly(paths: &[PathBuf], more: &[std::ffi::OsString], output: &std::path::Path) -> Result<Ending, Stop> {
    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        flags: Flags,
    }
    let mut line: Vec<std::ffi::OsString> = ["dateline", "-q", "-o"].map(Into::into).to_vec();
    line.push(output.into());
    line.extend_from_slice(more);
    line.push("--".into());
    line.extend(paths.iter().map(Into::into));
    let line = <Line as clap::Parser>::try_parse_from(line).map_err(|error| Stop::Usage(error.to_string()))?;
    run(line.flags, Map::new())
}

/// A user's table of bodies; every bad row is named.
fn bodies(file: &std::path::Path) -> Result<crate::organizations::UserTable, Stop> {
    let text = std::fs::read_to_string(file).map_err(|e| Stop::Usage(format!("{}: {e}", file.display())))?;
    crate::organizations::UserTable::parse(&text).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|e| format!("{}: {e}", file.display())).collect();
        Stop::Usage(lines.join("\n"))
    })
}
