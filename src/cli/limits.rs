//! Limits against hostile input: the flags of every command that reads documents.

use crate::markup::child;
use crate::read::archives;

/// How much a document, an archive and a reader may be.
#[derive(Clone, Copy, Debug, clap::Args)]
#[command(next_help_heading = "Limits")]
pub(super) struct LimitFlags {
    /// Largest document, packed and as text: a number of bytes, or as 500K, 64M.
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = document_size, hide_short_help = true)]
    pub max_size: u64,
    /// Most that one archive may unpack to, all its members together.
    #[arg(long, value_name = "SIZE", default_value = "64G", value_parser = size, hide_short_help = true)]
    max_unpacked: u64,
    /// Most members of one archive.
    #[arg(long, value_name = "N", default_value_t = 1_000_000, hide_short_help = true)]
    max_members: u64,
    /// Most archives inside each other; a .tar.gz is two.
    #[arg(long, value_name = "N", default_value_t = 6, hide_short_help = true)]
    max_nesting: u32,
    /// How many times its packed size a stream may unpack to.
    #[arg(long, value_name = "N", default_value_t = 400, hide_short_help = true)]
    max_ratio: u64,
    /// Memory of the process that parses a page, a PDF, an office document or a letter.
    #[arg(long, value_name = "SIZE", default_value = "1G", value_parser = size, hide_short_help = true)]
    max_memory: u64,
    /// Seconds for parsing one of them, the last resort against a library that hangs.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..), hide_short_help = true)]
    max_time: u64,
}

impl LimitFlags {
    /// Of archives.
    pub fn unpacking(&self) -> archives::Limits {
        archives::Limits { unpacked: self.max_unpacked, members: self.max_members, nesting: self.max_nesting, ratio: self.max_ratio }
    }

    /// Of the processes that parse.
    pub fn parsing(&self) -> child::Limits {
        child::Limits { memory: self.max_memory, seconds: self.max_time }
    }

    /// Those that bear on what is made of a document. Those of archives say only whether one is
    /// reached, and more time is no reason to read again what was read before.
    pub fn of_documents(&self) -> [u8; 16] {
        ((u128::from(self.max_size) << 64) | u128::from(self.max_memory)).to_le_bytes()
    }
}

/// A size as people write it.
fn size(written: &str) -> Result<u64, String> {
    let upper = written.trim().to_ascii_uppercase();
    let digits = upper.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = match upper[digits.len()..].trim() {
        "" | "B" => 1,
        "K" | "KB" | "KIB" => 1 << 10,
        "M" | "MB" | "MIB" => 1 << 20,
        "G" | "GB" | "GIB" => 1 << 30,
        "T" | "TB" | "TIB" => 1 << 40,
        other => return Err(format!("{other:?} is no unit: K, M or G")),
    };
    let bytes = digits.parse::<u64>().ok().and_then(|n| n.checked_mul(unit)).ok_or("is no size: a number, or as 64M")?;
    if bytes > 0 { Ok(bytes) } else { Err("must be more than nothing".into()) }
}

/// Texts beyond 4 GiB are out of reach of 32-bit offsets.
fn document_size(written: &str) -> Result<u64, String> {
    size(written).and_then(|bytes| if bytes < u64::from(u32::MAX) { Ok(bytes) } else { Err("must lie between 1 byte and 4 GiB".into()) })
}

#[cfg(test)]
mod tests {
    use super::{document_size, size};

    #[test]
    fn sizes_are_read_as_people_write_them() {
        assert_eq!(size("64M"), Ok(64 << 20));
        assert_eq!(size("500 kB"), Ok(500 << 10));
        assert!(size("5 parsecs").is_err() && size("-1").is_err() && document_size("9G").is_err());
    }
}
