//! `dateline text`: a document as plain text, the one that offsets point into.

use std::io::Write;
use std::path::PathBuf;

use super::limits::LimitFlags;
use super::{Ending, Stop};
use crate::decode;
use crate::markup::Told;
use crate::markup::child::Readers;
use crate::read::{Item, Sources};

const EXAMPLES: &str = "\
Examples:
  dateline text release.docx                      its text, as extract reads it
  dateline text 'archive.zip!/2019/tashkent.pdf'  a member of an archive, by its id
  dateline text page.html | cut -c 202-216        what stands at offsets 201 to 216 of the first line";

/// Print a document as plain text: what offsets count in.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES, after_long_help = super::EXIT_CODES)]
pub(super) struct Flags {
    /// A file, a member of an archive as archive.zip!/name, or - for standard input.
    file: PathBuf,
    /// Encoding of the file, as windows-1251 [default: found out].
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    #[command(flatten)]
    limits: LimitFlags,
}

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let encoding = match flags.encoding.as_deref() {
        None => None,
        Some(label) => Some(decode::named(label).ok_or_else(|| Stop::Usage(format!("--encoding {label}: no encoding has this name")))?),
    };
    let typed = flags.file.to_string_lossy().into_owned();
    // the archive's path, and the id of what is wanted in it
    let (path, wanted) = match typed.find("!/") {
        Some(at) if !flags.file.exists() => {
            let name = typed[..at].rsplit('/').next().unwrap_or(&typed[..at]);
            (PathBuf::from(&typed[..at]), Some(format!("{name}{}", &typed[at..])))
        }
        _ => (flags.file.clone(), None),
    };
    if path.is_dir() {
        return Err(Stop::Usage(format!("{typed}: is a folder: name one file")));
    }
    let (max_size, unpacking) = (flags.limits.max_size, flags.limits.unpacking());
    let sources = Sources { hidden: true, max_size, unpacking, ..Sources::of(vec![path]) };
    let items = sources.items().map_err(|error| Stop::Usage(error.to_string()))?;
    let mut found = None;
    let mut others: Vec<String> = Vec::new();
    for item in items {
        let id = item.key();
        if wanted.as_deref().is_some_and(|wanted| wanted != id) {
            continue;
        }
        if found.is_none() {
            found = Some(item);
            if wanted.is_some() {
                break;
            }
        } else {
            others.push(id.to_string());
            if others.len() > 4 {
                break;
            }
        }
    }
    let file = match found {
        None => return Err(Stop::Usage(format!("{typed}: there is no such document"))),
        Some(item) if !others.is_empty() => {
            return Err(Stop::Usage(format!("{typed}: holds several documents: name one, as {}, {} …", item.key(), others.join(", "))));
        }
        Some(Item::File(file)) => file,
        Some(Item::Failed(failure)) => return failed(&failure.id, &failure.message),
        Some(Item::Skipped { path, reason }) => return failed(&path, reason),
        Some(Item::Line(_) | Item::Record { .. }) => return Err(Stop::Usage(format!("{typed}: is a table: its texts are its cells"))),
    };
    let readers = Readers::new(flags.limits.parsing()).map_err(|error| Stop::Fault(error.to_string()))?;
    let told = Told { encoding, charset: file.charset.as_deref(), limit: flags.limits.max_size };
    match readers.open(file.kind, &file.bytes, told) {
        Ok(plain) => {
            std::io::stdout().write_all(plain.text.as_bytes())?;
            Ok(Ending::Whole)
        }
        Err(fault) => failed(&file.id, &fault.message),
    }
}

fn failed(id: &str, message: &str) -> Result<Ending, Stop> {
    super::report::message("failed", &format!("{id}: {message}"));
    Ok(Ending::Partly)
}
