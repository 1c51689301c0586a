//! `run.json`: what a run was asked, what it read and what it wrote, beside the tables.
//!
//! It alone holds times. Inputs are listed with their hashes as they come, in a file and not in
//! memory.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::PathBuf;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::Stop;
use super::output::replace_with;

/// The name in a folder of tables.
pub(super) const NAME: &str = "run.json";

/// A manifest in the making.
pub(super) struct Manifest {
    path: PathBuf,
    started: Timestamp,
    settings: Map<String, Value>,
    inputs: BufWriter<File>,
    is_first: bool,
}

impl Manifest {
    /// Begins a manifest that will stand at `path`.
    ///
    /// # Errors
    /// When the system's folder for temporary files cannot be written to.
    pub fn new(path: PathBuf, settings: Map<String, Value>) -> io::Result<Self> {
        let inputs = BufWriter::with_capacity(1 << 16, tempfile::tempfile()?);
        Ok(Self { path, started: Timestamp::now(), settings, inputs, is_first: true })
    }

    /// Notes a document that was met; failed ones with the kind of their fault.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn input(&mut self, id: &str, bytes: usize, hash: Option<blake3::Hash>, fault: Option<&str>) -> io::Result<()> {
        let mut row = json!({"id": id, "bytes": bytes});
        if let Some(hash) = hash {
            row["blake3"] = hash.to_hex().as_str().into();
        }
        if let Some(fault) = fault {
            row["error"] = fault.into();
        }
        self.inputs.write_all(if std::mem::take(&mut self.is_first) { b"\n    " } else { b",\n    " })?;
        serde_json::to_writer(&mut self.inputs, &row)?;
        Ok(())
    }

    /// Writes the manifest: `counts` of documents, the files written, the exit code.
    pub fn finish(mut self, counts: Value, written: &[PathBuf], code: u8) -> Result<(), Stop> {
        let tables = written.iter().map(|path| -> io::Result<Value> {
            let mut hasher = blake3::Hasher::new();
            let bytes = path.metadata()?.len();
            hasher.update_reader(File::open(path)?)?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            Ok(json!({"file": name, "bytes": bytes, "blake3": hasher.finalize().to_hex().as_str()}))
        });
        let tables: Vec<Value> = tables.collect::<io::Result<_>>()?;
        let head = json!({
            "program": "dateline",
            "version": env!("CARGO_PKG_VERSION"),
            "started": self.started.to_string(),
            "ended": Timestamp::now().to_string(),
            "exit_code": code,
            "settings": self.settings,
            "documents": counts,
            "tables": tables,
        });
        let head = serde_json::to_string_pretty(&head).map_err(|error| Stop::Fault(error.to_string()))?;
        let head = head.strip_suffix("\n}").unwrap_or(&head);
        self.inputs.flush()?;
        let mut inputs = self.inputs.into_inner().map_err(io::IntoInnerError::into_error)?;
        inputs.rewind()?;
        replace_with(&self.path, |out| {
            write!(out, "{head},\n  \"inputs\": [")?;
            io::copy(&mut BufReader::new(inputs).by_ref(), out)?;
            out.write_all(if self.is_first { b"]\n}\n" } else { b"\n  ]\n}\n" })
        })
    }
}
