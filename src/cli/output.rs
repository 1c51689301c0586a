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
use crate::tables::{Format, Layout, Shape};

/// Where results go, and in what form: the flags of every command that writes tables.
#[derive(Debug, Default, clap::Args)]
pub(super) struct OutputFlags {
    /// Write to a file (the ending says the format) or, with / at the end, all tables to a folder.
    #[arg(short, long, value_name = "FILE|DIR/")]
    pub output: Option<PathBuf>,
    /// Format of the output [default: csv]. json and jsonl hold the full records unless --table names a table.
    #[arg(long, value_enum, value_name = "FORMAT", hide_default_value = true)]
    pub format: Option<Format>,
    /// Which table to write [default: documents].
    #[arg(long, value_enum, value_name = "TABLE")]
    pub table: Option<Shape>,
}

/// What the flags say about the output, made whole.
#[derive(Debug)]
pub(super) struct Plan {
    /// Every file, with what stands in it.
    pub files: Vec<(Layout, Target)>,
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
    /// Reads `-o`, `--format` and `--table` together.
    pub fn new(flags: &OutputFlags) -> Result<Self, Stop> {
        let (output, format, table) = (flags.output.as_deref(), flags.format, flags.table);
        let one = |format: Format| match (table, format) {
            (Some(shape), _) => shape,
            (None, Format::Json | Format::Jsonl) => Shape::Records,
            (None, Format::Csv | Format::Tsv) => Shape::Documents,
        };
        let Some(path) = output else {
            let format = format.unwrap_or(Format::Csv);
            return Ok(Self { files: vec![(Layout { shape: one(format), format }, Target::Stdout)] });
        };
        if path.as_os_str().to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR]) || path.is_dir() {
            if table.is_some() {
                return Err(Stop::Usage("-o DIR/ writes all tables: name a file to write the one of --table".into()));
            }
            let format = format.unwrap_or(Format::Csv);
            let mut shapes = vec![Shape::Documents, Shape::Mentions, Shape::Organizations, Shape::Roles];
            if matches!(format, Format::Json | Format::Jsonl) {
                shapes.push(Shape::Records);
            }
            let file = |shape: Shape| Target::File(path.join(format!("{}.{}", shape.name(), format.ending())));
            return Ok(Self { files: shapes.into_iter().map(|shape| (Layout { shape, format }, file(shape))).collect() });
        }
        let shown = path.display();
        let Some(ending) = path.extension().and_then(|ending| ending.to_str()) else {
            return Err(Stop::Usage(format!(
                "-o {shown}: no ending says the format: .csv, .tsv, .json or .jsonl, or a folder's name with / at the end"
            )));
        };
        let Some(by_ending) = Format::of_ending(ending) else {
            return Err(Stop::Usage(format!("-o {shown}: no format has the ending .{ending}: .csv, .tsv, .json or .jsonl")));
        };
        if let Some(format) = format.filter(|format| *format != by_ending) {
            return Err(Stop::Usage(format!("-o {shown} contradicts --format {}", format.ending())));
        }
        Ok(Self { files: vec![(Layout { shape: one(by_ending), format: by_ending }, Target::File(path.to_path_buf()))] })
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

/// The open files of a run.
pub(super) struct Outputs {
    files: Vec<OutputFile>,
}

struct OutputFile {
    layout: Layout,
    writer: Writer,
    is_empty: bool,
}

enum Writer {
    Stdout(BufWriter<std::io::Stdout>),
    Direct(BufWriter<File>),
    Renamed(BufWriter<NamedTempFile>, PathBuf),
}

impl OutputFile {
    fn open(layout: Layout, target: Target) -> Result<Self, Stop> {
        let writer = match target {
            Target::Stdout => Writer::Stdout(BufWriter::with_capacity(1 << 16, std::io::stdout())),
            Target::File(path) => {
                let fault = |error: std::io::Error| Stop::Fault(format!("{}: cannot be written: {error}", path.display()));
                // a link stays a link: what it points to is replaced
                let path = std::fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
                if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
                    Writer::Direct(BufWriter::new(File::create(&path).map_err(fault)?))
                } else {
                    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
                    std::fs::create_dir_all(folder).map_err(fault)?;
                    let file = temporary(folder).map_err(fault)?;
                    TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner).push(file.path().to_path_buf());
                    Writer::Renamed(BufWriter::with_capacity(1 << 16, file), path)
                }
            }
        };
        let mut file = Self { layout, writer, is_empty: true };
        file.raw(&layout.start())?;
        Ok(file)
    }

    fn raw(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        match &mut self.writer {
            Writer::Stdout(out) => out.write_all(bytes)?,
            Writer::Direct(out) => out.write_all(bytes)?,
            Writer::Renamed(out, path) => {
                out.write_all(bytes)
                    .map_err(|error| Stop::Fault(format!("{}: cannot be written: {error}; it is left as it was", path.display())))?;
            }
        }
        Ok(())
    }
}

fn temporary(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dateline-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // as any new file: the umask takes away what it should
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Replaces a file as a whole, or leaves it as it was.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Stop> {
    let fault = |error: std::io::Error| Stop::Fault(format!("{}: cannot be written: {error}; it is left as it was", path.display()));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(fault)?;
    let mut file = temporary(folder).map_err(fault)?;
    file.write_all(bytes).map_err(fault)?;
    file.persist(path).map_err(|error| fault(error.error))?;
    Ok(())
}

impl Outputs {
    /// What stands in each file.
    pub fn layouts(&self) -> Vec<Layout> {
        self.files.iter().map(|file| file.layout).collect()
    }

    /// Appends rows, made by the layout, to the file of this number.
    pub fn write(&mut self, file: usize, rows: &[u8]) -> Result<(), Stop> {
        if rows.is_empty() {
            return Ok(());
        }
        let file = &mut self.files[file];
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

    /// Ends every file and puts it in its place; the names of those written.
    pub fn finish(mut self) -> Result<Vec<PathBuf>, Stop> {
        for file in &mut self.files {
            file.raw(file.layout.end(file.is_empty))?;
        }
        let mut written = Vec::new();
        for file in self.files {
            match file.writer {
                Writer::Stdout(mut out) => out.flush()?,
                Writer::Direct(mut out) => out.flush()?,
                Writer::Renamed(out, path) => {
                    let fault = |error: &dyn std::fmt::Display| {
                        Stop::Fault(format!("{}: cannot be written: {error}; it is left as it was", path.display()))
                    };
                    let file = out.into_inner().map_err(|error| fault(error.error()))?;
                    file.as_file().sync_data().map_err(|error| fault(&error))?;
                    file.persist(&path).map_err(|error| fault(&error.error))?;
                    written.push(path);
                }
            }
        }
        Ok(written)
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
        let plan = Plan::new(&OutputFlags { output: Some(output.into()), format, table })?;
        Ok(plan.files.iter().map(|(layout, _)| (layout.shape, layout.format)).collect())
    }

    #[test]
    fn the_ending_says_the_format() {
        assert_eq!(plan("a.jsonl", None, None).unwrap(), [(Shape::Records, Format::Jsonl)]);
        assert_eq!(plan("a.TSV", None, Some(Shape::Roles)).unwrap(), [(Shape::Roles, Format::Tsv)]);
        assert_eq!(plan("a.json", Some(Format::Json), Some(Shape::Roles)).unwrap(), [(Shape::Roles, Format::Json)]);
        assert_eq!(plan("new-folder/", None, None).unwrap().len(), 4);
    }

    #[test]
    fn contradictions_are_wrong_usage() {
        for (output, format) in [("a.csv", Some(Format::Json)), ("a", None), ("a.docx", None)] {
            assert!(matches!(plan(output, format, None), Err(Stop::Usage(_))), "{output}");
        }
        assert!(matches!(plan("dir/", None, Some(Shape::Roles)), Err(Stop::Usage(_))));
    }
}
