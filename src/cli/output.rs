//! Where results go: standard output, or files that appear whole or not at all.
//!
//! A file is written beside its target under another name and renamed at the end, so an
//! interrupted run leaves the old result as it was.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

use super::Stop;
use crate::tables::{Book, Dialect, Format, Layout, Shape, Wide, WideCounts, separator};

/// Where results go, and in what form: the flags of every command that writes tables.
#[derive(Debug, Default, clap::Args)]
pub(super) struct OutputFlags {
    /// Write to a file (the ending says the format: csv, tsv, json, jsonl, xlsx, sqlite, db, parquet) or, with / at the end, all tables to a folder.
    #[arg(short, long, value_name = "FILE|DIR/")]
    pub output: Option<PathBuf>,
    /// Format of the output [default: csv]. json and jsonl hold the full records unless --table names a table; xlsx and sqlite hold all tables.
    #[arg(long, value_enum, value_name = "FORMAT", hide_default_value = true, hide_possible_values = true)]
    pub format: Option<Format>,
    /// Which table to write [default: documents].
    #[arg(long, value_enum, value_name = "TABLE")]
    pub table: Option<Shape>,
    /// Only these columns of the table, in this order: id,title,published. `dateline schema` names them.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', help_heading = "How to write them")]
    pub columns: Vec<String>,
    /// What stands between the cells of CSV: one character, or tab.
    #[arg(long, value_name = "CHAR", value_parser = delimiter, help_heading = "How to write them", hide_short_help = true)]
    pub delimiter: Option<u8>,
    /// What stands for an empty cell in CSV and TSV, as NA or \N [default: nothing].
    #[arg(long = "null", value_name = "TEXT", help_heading = "How to write them", hide_short_help = true)]
    pub null_text: Option<String>,
    /// Leave out the row of column names in CSV and TSV.
    #[arg(long, help_heading = "How to write them", hide_short_help = true)]
    pub no_header: bool,
    /// CSV for a spreadsheet: a byte order mark, the separator of a locale (--excel=ru: a semicolon), and an apostrophe before texts that would run as a formula (= + - @ tab, line end). Numbers and dates stay as they are. For people: a program would read the apostrophes.
    #[arg(
        long,
        value_name = "LOCALE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "en",
        help_heading = "How to write them"
    )]
    pub excel: Option<String>,
    /// Add to documents a column of 0 and 1 for each value of these lists: countries, donors, organizations …
    #[arg(long, value_name = "LISTS", value_delimiter = ',', help_heading = "How to write them", hide_short_help = true)]
    pub wide: Vec<String>,
    /// With --wide: only values that at least so many documents have [default: 1].
    #[arg(long, value_name = "N", requires = "wide", help_heading = "How to write them", hide_short_help = true)]
    pub min_count: Option<u64>,
    /// Documents as metadata.csv for TXM: ids without the ending of the file, each cell on one line.
    #[arg(long, help_heading = "How to write them", hide_short_help = true)]
    pub txm: bool,
}

/// What stands between cells: a character of one byte that means nothing else in a table.
fn delimiter(written: &str) -> Result<u8, String> {
    match written.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if !matches!(byte, b'"' | b'\r' | b'\n' | 0) => Ok(*byte),
        _ => Err("must be one ASCII character, or tab".into()),
    }
}

/// What the flags say about the output, made whole.
#[derive(Debug)]
pub(super) struct Plan {
    /// Every file, with what stands in it.
    pub files: Vec<(Layout, Target)>,
    /// Lists of documents that get a column a value, and the least count.
    pub wide: Option<(WideCounts, u64)>,
}

/// Where a file goes.
#[derive(Debug)]
pub(super) enum Target {
    /// Standard output.
    Stdout,
    /// A file that is replaced at the end.
    File(PathBuf),
}

impl Plan {
    /// Reads the flags together.
    pub fn new(flags: &OutputFlags) -> Result<Self, Stop> {
        let mut files = targets(flags.output.as_deref(), flags.format, flags.table)?;
        let usage = |message: String| Err(Stop::Usage(message));
        let shows = |shape: Shape| files.iter().any(|(layout, _)| layout.shape.shows(shape));
        let is_delimited = files.iter().any(|(layout, _)| layout.format.is_delimited());
        let of_text = [
            ("--delimiter", flags.delimiter.is_some()),
            ("--null", flags.null_text.is_some()),
            ("--no-header", flags.no_header),
            ("--excel", flags.excel.is_some()),
        ];
        if let Some((flag, _)) = of_text.iter().find(|(_, given)| *given && !is_delimited) {
            return usage(format!("{flag} is for csv and tsv"));
        }
        let is_tsv = files.iter().any(|(layout, _)| layout.format == Format::Tsv);
        if is_tsv && (flags.delimiter.is_some() || flags.excel.is_some()) {
            return usage("--delimiter and --excel are for csv".into());
        }
        if !flags.wide.is_empty() && !shows(Shape::Documents) {
            return usage("--wide adds columns to documents, and the output has no documents table (--table documents)".into());
        }
        if flags.txm && !(is_delimited && shows(Shape::Documents)) {
            return usage("--txm is for documents as csv or tsv".into());
        }
        let dialect = Dialect {
            delimiter: match flags.excel.as_deref() {
                _ if flags.delimiter.is_some() => flags.delimiter,
                None => None,
                Some(locale) => {
                    let unknown = || Stop::Usage(format!("--excel={locale}: no separator is known for this locale; --delimiter says one"));
                    Some(separator(locale).ok_or_else(unknown)?)
                }
            },
            null: flags.null_text.as_deref().unwrap_or_default().into(),
            header: !flags.no_header,
            spreadsheet: flags.excel.is_some(),
        };
        let one = files.len() == 1;
        for (layout, _) in &mut files {
            layout.dialect = dialect.clone();
            if !flags.columns.is_empty() {
                let Some(table) = layout.shape.table().filter(|_| one) else {
                    return usage("--columns is for one table: --table names it".into());
                };
                layout.view.select(table, &flags.columns).map_err(|name| {
                    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
                    Stop::Usage(format!("--columns {name}: {} has (each once) {}", table.name, names.join(", ")))
                })?;
            }
            if flags.txm && layout.shape == Shape::Documents {
                layout.view.as_txm();
            }
        }
        let wide = (!flags.wide.is_empty()).then(|| WideCounts::new(&flags.wide)).transpose();
        let wide =
            wide.map_err(|name| Stop::Usage(format!("--wide {name}: the lists of documents are {}", WideCounts::names().join(", "))))?;
        Ok(Self { files, wide: wide.map(|counts| (counts, flags.min_count.unwrap_or(1))) })
    }

    /// The folder that the tables go to, when they do.
    pub fn folder(&self) -> Option<PathBuf> {
        match self.files.as_slice() {
            [(_, Target::File(first)), _, ..] => first.parent().map(Into::into),
            _ => None,
        }
    }

    /// Where an interrupted run leaves what it has made, beside what it would have written.
    pub fn unfinished(&self) -> Option<PathBuf> {
        if let Some(folder) = self.folder() {
            return Some(folder.join(".dateline-resume"));
        }
        let (_, Target::File(path)) = self.files.first()? else { return None };
        Some(path.with_file_name(format!(".{}.dateline-resume", path.file_name()?.to_string_lossy())))
    }

    /// Whether everything is written as full records, a document a line.
    pub fn is_records(&self) -> bool {
        self.files.iter().all(|(layout, _)| layout.shape == Shape::Records && layout.format == Format::Jsonl)
    }

    /// The files that will be written.
    pub fn paths(&self) -> Vec<PathBuf> {
        self.files
            .iter()
            .filter_map(|(_, target)| match target {
                Target::File(path) => Some(path.clone()),
                Target::Stdout => None,
            })
            .collect()
    }

    /// Opens everything for writing.
    pub fn open(self) -> Result<Outputs, Stop> {
        let files = self.files.into_iter().map(|(layout, target)| OutputFile::open(layout, target)).collect::<Result<_, _>>()?;
        Ok(Outputs { files })
    }
}

/// Every file that `-o`, `--format` and `--table` ask for.
fn targets(output: Option<&Path>, format: Option<Format>, table: Option<Shape>) -> Result<Vec<(Layout, Target)>, Stop> {
    let one = |format: Format| match (table, format) {
        (Some(_), Format::Sqlite) => Err(Stop::Usage("sqlite holds all tables: --table is for the other formats".into())),
        (Some(shape), _) => Ok(shape),
        (None, Format::Json | Format::Jsonl) => Ok(Shape::Records),
        (None, Format::Csv | Format::Tsv | Format::Parquet) => Ok(Shape::Documents),
        (None, Format::Xlsx | Format::Sqlite) => Ok(Shape::All),
    };
    let Some(path) = output else {
        let format = format.unwrap_or(Format::Csv);
        if format.is_book() {
            return Err(Stop::Usage(format!("{0} goes to a file: -o result.{0}", format.ending())));
        }
        return Ok(vec![(Layout::new(one(format)?, format), Target::Stdout)]);
    };
    if path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]) || path.is_dir() {
        if table.is_some() {
            return Err(Stop::Usage("-o DIR/ writes all tables: name a file to write the one of --table".into()));
        }
        let format = format.unwrap_or(Format::Csv);
        if matches!(format, Format::Xlsx | Format::Sqlite) {
            return Err(Stop::Usage(format!("{0} holds all tables in one file: -o result.{0}", format.ending())));
        }
        let mut shapes = Shape::TABLES.to_vec();
        if matches!(format, Format::Json | Format::Jsonl) {
            shapes.push(Shape::Records);
        }
        let file = |shape: Shape| Target::File(path.join(format!("{}.{}", shape.name(), format.ending())));
        return Ok(shapes.into_iter().map(|shape| (Layout::new(shape, format), file(shape))).collect());
    }
    let shown = path.display();
    let endings = ".csv, .tsv, .json, .jsonl, .xlsx, .sqlite, .db or .parquet";
    let Some(ending) = path.extension().and_then(|ending| ending.to_str()) else {
        return Err(Stop::Usage(format!("-o {shown}: no ending says the format: {endings}, or a folder's name with / at the end")));
    };
    let Some(by_ending) = Format::of_ending(ending) else {
        return Err(Stop::Usage(format!("-o {shown}: no format has the ending .{ending}: {endings}")));
    };
    if let Some(format) = format.filter(|format| *format != by_ending) {
        return Err(Stop::Usage(format!("-o {shown} contradicts --format {}", format.ending())));
    }
    Ok(vec![(Layout::new(one(by_ending)?, by_ending), Target::File(path.to_path_buf()))])
}

/// The open files of a run.
pub(super) struct Outputs {
    files: Vec<OutputFile>,
}

struct OutputFile {
    layout: Layout,
    writer: Writer,
    /// Whether the header stands.
    is_begun: bool,
    is_empty: bool,
}

enum Writer {
    Stdout(BufWriter<std::io::Stdout>),
    Direct(BufWriter<File>),
    Renamed(BufWriter<NamedTempFile>, PathBuf),
    /// A file with typed cells, begun with its first rows.
    Book(Option<Book>, NamedTempFile, PathBuf),
}

/// What is said when a file cannot be written.
fn unwritten(path: &Path, error: &dyn std::fmt::Display) -> Stop {
    Stop::Fault(format!("{}: cannot be written: {error}; it is left as it was", path.display()))
}

impl OutputFile {
    fn open(layout: Layout, target: Target) -> Result<Self, Stop> {
        let writer = match target {
            Target::Stdout => Writer::Stdout(BufWriter::with_capacity(1 << 16, std::io::stdout())),
            Target::File(path) => {
                let fault = |error: std::io::Error| Stop::Fault(format!("{}: cannot be written: {error}", path.display()));
                // a link stays a link: what it points to is replaced
                let path = std::fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
                let is_special = path.metadata().is_ok_and(|metadata| !metadata.is_file());
                if is_special && layout.format.is_book() {
                    return Err(Stop::Usage(format!("{}: {} needs a file", path.display(), layout.format.ending())));
                }
                if is_special {
                    Writer::Direct(BufWriter::new(File::create(&path).map_err(fault)?))
                } else {
                    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                    std::fs::create_dir_all(folder).map_err(fault)?;
                    remove_stale(folder, &path);
                    let file = temporary(folder, &path).map_err(fault)?;
                    TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner).push(file.path().to_path_buf());
                    if layout.format.is_book() {
                        Writer::Book(None, file, path)
                    } else {
                        Writer::Renamed(BufWriter::with_capacity(1 << 16, file), path)
                    }
                }
            }
        };
        Ok(Self { layout, writer, is_begun: false, is_empty: true })
    }

    /// Writes the header, once.
    fn begin(&mut self) -> Result<(), Stop> {
        if std::mem::replace(&mut self.is_begun, true) {
            return Ok(());
        }
        if let Writer::Book(book, file, path) = &mut self.writer {
            *book = Some(Book::new(&self.layout, file.path()).map_err(|error| match error.kind() {
                std::io::ErrorKind::InvalidInput => Stop::Usage(error.to_string()),
                _ => unwritten(path, &error),
            })?);
            return Ok(());
        }
        self.raw(&self.layout.start())
    }

    fn raw(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        match &mut self.writer {
            Writer::Stdout(out) => out.write_all(bytes)?,
            Writer::Direct(out) => out.write_all(bytes)?,
            Writer::Renamed(out, path) => out.write_all(bytes).map_err(|error| unwritten(path, &error))?,
            Writer::Book(Some(book), _, path) => book.rows(bytes).map_err(|error| unwritten(path, &error))?,
            Writer::Book(None, ..) => {}
        }
        Ok(())
    }
}

/// Letters that a temporary name ends with, before [`SUFFIX`].
const CHOSEN: usize = 6;
const SUFFIX: &str = ".tmp";

/// How the names of temporary files for an output begin.
fn prefix(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    format!(".dateline-{:016x}-", crate::fingerprint::fnv1a(name.iter().copied()))
}

fn temporary(folder: &Path, path: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    let prefix = prefix(path);
    builder.prefix(&prefix).suffix(SUFFIX).rand_bytes(CHOSEN);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // as any new file: the umask takes away what it should
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let file = builder.tempfile_in(folder)?;
    // says to other runs that somebody still writes to it; a run that is killed lets go
    #[cfg(unix)]
    let _ = file.as_file().try_lock();
    Ok(file)
}

/// Removes what a run that was killed has left beside this output, and nothing that another run
/// still writes to.
fn remove_stale(folder: &Path, path: &Path) {
    let prefix = prefix(path);
    let is_left = |name: &str| {
        let chosen = name.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix(SUFFIX));
        chosen.is_some_and(|chosen| chosen.len() == CHOSEN && chosen.bytes().all(|b| b.is_ascii_alphanumeric()))
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    // without locks nobody can tell whose a file is
    for entry in entries.filter(|entry| cfg!(unix) && entry.file_name().to_str().is_some_and(is_left)) {
        if entry.file_type().is_ok_and(|kind| kind.is_file()) && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Replaces a file as a whole, or leaves it as it was.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    replace_with(path, |out| out.write_all(bytes))
}

/// Replaces a file by what `write` puts into it, or leaves it as it was.
pub(super) fn replace_with(path: &Path, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), Stop> {
    let fault = |error: std::io::Error| Stop::Fault(format!("{}: cannot be written: {error}; it is left as it was", path.display()));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(fault)?;
    remove_stale(folder, path);
    let mut file = BufWriter::with_capacity(1 << 16, temporary(folder, path).map_err(fault)?);
    write(&mut file).map_err(fault)?;
    let file = file.into_inner().map_err(|error| fault(error.into_error()))?;
    file.persist(path).map_err(|error| fault(error.error))?;
    Ok(())
}

impl Outputs {
    /// What stands in each file.
    pub fn layouts(&self) -> Vec<Layout> {
        self.files.iter().map(|file| file.layout.clone()).collect()
    }

    /// Adds the further columns of documents, before the first row is written.
    pub fn widen(&mut self, wide: Wide) {
        let wide = std::sync::Arc::new(wide);
        for file in &mut self.files {
            file.layout.view.widen(wide.clone());
        }
    }

    /// Appends rows, made by the layout, to the file of this number.
    pub fn write(&mut self, file: usize, rows: &[u8]) -> Result<(), Stop> {
        let file = &mut self.files[file];
        file.begin()?;
        if rows.is_empty() {
            return Ok(());
        }
        let rows = if std::mem::take(&mut file.is_empty) { file.layout.first(rows) } else { rows };
        file.raw(rows)
    }

    /// Lets a reader of standard output see what there is.
    pub fn flush(&mut self) -> Result<(), Stop> {
        for file in &mut self.files {
            if let Writer::Stdout(out) = &mut file.writer {
                out.flush()?;
            }
        }
        Ok(())
    }

    /// Ends every file and puts it in its place; the names of those written, and what the user
    /// should know of them.
    pub fn finish(mut self) -> Result<(Vec<PathBuf>, Vec<String>), Stop> {
        for file in &mut self.files {
            file.begin()?;
            if !file.layout.format.is_book() {
                file.raw(file.layout.end(file.is_empty))?;
            }
        }
        let (mut written, mut notes) = (Vec::new(), Vec::new());
        for file in self.files {
            let (file, path) = match file.writer {
                Writer::Stdout(mut out) => {
                    out.flush()?;
                    continue;
                }
                Writer::Direct(mut out) => {
                    out.flush()?;
                    continue;
                }
                Writer::Renamed(out, path) => (out.into_inner().map_err(|error| unwritten(&path, error.error()))?, path),
                Writer::Book(book, file, path) => {
                    if let Some(book) = book {
                        let of_book = book.finish().map_err(|error| unwritten(&path, &error))?;
                        notes.extend(of_book.into_iter().map(|note| format!("{}: {note}", path.display())));
                    }
                    (file, path)
                }
            };
            file.as_file().sync_data().map_err(|error| unwritten(&path, &error))?;
            file.persist(&path).map_err(|error| unwritten(&path, &error.error))?;
            written.push(path);
        }
        Ok((written, notes))
    }
}

/// Files to remove when the run is interrupted.
static TEMPORARY: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Ends the program at once, wherever its threads are, leaving nothing half written.
pub(super) fn leave(code: i32) -> ! {
    for file in std::mem::take(&mut *TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner)) {
        let _ = std::fs::remove_file(file);
    }
    std::process::exit(code)
}

/// On Ctrl-C: removes what is half written, says so, and ends with 130.
pub(super) fn watch_interrupts() {
    // without a handler the system's own ends the program, which leaves the old result whole too
    let _ = ctrlc::set_handler(|| {
        let is_file = !TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        super::report::message("stopped", if is_file { "interrupted: the old result is left as it was" } else { "interrupted" });
        leave(130)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(output: &str, format: Option<Format>, table: Option<Shape>) -> Result<Vec<(Shape, Format)>, Stop> {
        let plan = Plan::new(&OutputFlags { output: Some(output.into()), format, table, ..OutputFlags::default() })?;
        Ok(plan.files.iter().map(|(layout, _)| (layout.shape, layout.format)).collect())
    }

    #[test]
    fn the_ending_says_the_format() {
        assert_eq!(plan("a.jsonl", None, None).unwrap(), [(Shape::Records, Format::Jsonl)]);
        assert_eq!(plan("a.TSV", None, Some(Shape::Roles)).unwrap(), [(Shape::Roles, Format::Tsv)]);
        assert_eq!(plan("a.json", Some(Format::Json), Some(Shape::Roles)).unwrap(), [(Shape::Roles, Format::Json)]);
        assert_eq!(plan("a.xlsx", None, None).unwrap(), [(Shape::All, Format::Xlsx)]);
        assert_eq!(plan("a.db", None, None).unwrap(), [(Shape::All, Format::Sqlite)]);
        assert_eq!(plan("a.parquet", None, Some(Shape::Mentions)).unwrap(), [(Shape::Mentions, Format::Parquet)]);
        assert_eq!(plan("new-folder/", None, None).unwrap().len(), 4);
    }

    #[test]
    fn contradictions_are_wrong_usage() {
        for (output, format) in [("a.csv", Some(Format::Json)), ("a", None), ("a.docx", None), ("dir/", Some(Format::Xlsx))] {
            assert!(matches!(plan(output, format, None), Err(Stop::Usage(_))), "{output}");
        }
        assert!(matches!(plan("dir/", None, Some(Shape::Roles)), Err(Stop::Usage(_))));
    }
}
