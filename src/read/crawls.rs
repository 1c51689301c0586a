//! Web crawls: WARC (ISO 28500) and the texts taken from them, WET.
//!
//! Each response that holds a page, a text or a document is one; its id is the address it was
//! fetched from, behind the id of the file, and the record's own id where the address comes twice.
//! The day of the fetch (`WARC-Date`) is no day of publication and is not taken for one. Requests
//! and other records about the crawl are skipped, and so is what the server said was not there.

use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use rustc_hash::FxHashSet;

use super::archives::Unpacking;
use super::formats::{self, Format, Kind};
use super::{Bytes, Failure, Item, walk};

/// Bytes of a record's header, and of that of a web server.
const HEADER: usize = 64 << 10;

/// The header of a record, of a page, or of a part of one.
#[derive(Debug, Default)]
struct Header {
    first: String,
    fields: Vec<(String, String)>,
}

impl Header {
    fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Reads up to the blank line; none at the end of the input, or when it is no header.
    fn read(reader: &mut dyn BufRead, skip_blank: bool) -> std::io::Result<Option<Self>> {
        let mut header = Self::default();
        let mut left = HEADER as u64;
        loop {
            let mut line = Vec::new();
            let read = reader.take(left).read_until(b'\n', &mut line)?;
            left -= read as u64;
            let line = String::from_utf8_lossy(line.trim_ascii_end()).into_owned();
            if line.is_empty() {
                if read == 0 && header.first.is_empty() {
                    return Ok(None);
                }
                if header.first.is_empty() && skip_blank && left > 0 {
                    continue;
                }
                return Ok(Some(header));
            }
            if header.first.is_empty() {
                header.first = line;
            } else if let Some((name, value)) = line.split_once(':') {
                header.fields.push((name.trim().into(), value.trim().into()));
            }
            if left == 0 {
                return Ok(Some(header));
            }
        }
    }
}

/// The documents of a crawl's file.
pub(super) fn read(unpacking: &mut Unpacking, id: &str, reader: &mut dyn BufRead) -> ControlFlow<()> {
    let mut seen = FxHashSet::default();
    let limit = unpacking.sources.max_size;
    let broken =
        |error: &dyn std::fmt::Display| Item::Failed(Failure::new(id, "broken-crawl", format!("cannot be read on from here: {error}")));
    loop {
        let header = match Header::read(reader, true) {
            Ok(Some(header)) => header,
            Ok(None) => return ControlFlow::Continue(()),
            Err(error) => return unpacking.record(broken(&error)),
        };
        if !header.first.starts_with("WARC/") {
            return unpacking.record(broken(&"a record does not begin with WARC/"));
        }
        let Some(length) = header.get("Content-Length").and_then(|length| length.parse::<u64>().ok()) else {
            return unpacking.record(broken(&"a record does not say its length"));
        };
        unpacking.count_record(id)?;
        let kind = header.get("WARC-Type").unwrap_or_default().to_ascii_lowercase();
        let wanted = matches!(kind.as_str(), "response" | "resource" | "conversion");
        let mut body = reader.take(length);
        let mut bytes = Vec::new();
        let read = if wanted { body.by_ref().take(limit + 1).read_to_end(&mut bytes).map(drop) } else { Ok(()) };
        if let Err(error) = read.and_then(|()| std::io::copy(&mut body, &mut std::io::sink()).map(drop)) {
            return unpacking.record(broken(&error));
        }
        if !wanted {
            if !matches!(kind.as_str(), "warcinfo" | "request" | "metadata") {
                unpacking.record(Item::Skipped { path: id.into(), reason: "record of a crawl without a page" })?;
            }
            continue;
        }
        let own = header.get("WARC-Record-ID").unwrap_or("record").to_string();
        let address = header.get("WARC-Target-URI").map(|uri| uri.trim_matches(['<', '>'])).filter(|uri| !uri.is_empty());
        let name = match address {
            Some(address) if seen.insert(hash(address)) => format!("{id}!/{address}"),
            Some(address) => format!("{id}!/{address} {own}"),
            None => format!("{id}!/{own}"),
        };
        let item =
            if bytes.len() as u64 > limit { Item::Failed(walk::too_large(name, limit)) } else { document(name, &header, bytes, limit) };
        unpacking.record(item)?;
    }
}

fn hash(address: &str) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(address.as_bytes());
    hasher.finish()
}

/// The document of a record.
fn document(id: String, header: &Header, bytes: Vec<u8>, limit: u64) -> Item {
    let content = header.get("Content-Type").unwrap_or_default().to_ascii_lowercase();
    let (kind_of, bytes) = if content.starts_with("application/http") {
        match response(&bytes, limit) {
            Ok(Some(page)) => page,
            Ok(None) => return Item::Skipped { path: id, reason: "page that the crawl did not get" },
            Err(message) => return Item::Failed(Failure::new(id, "broken-crawl", message)),
        }
    } else {
        (content, bytes)
    };
    let media = kind_of.split(';').next().unwrap_or_default().trim();
    let kind = match media {
        "text/html" | "application/xhtml+xml" => Format::Document(Kind::Page),
        "text/plain" if header.get("WARC-Type").is_some_and(|kind| kind.eq_ignore_ascii_case("conversion")) => Format::Document(Kind::Text),
        "text/plain" | "application/octet-stream" | "" => {
            formats::sniffed(Format::Document(Kind::Text), &bytes[..bytes.len().min(formats::START)])
        }
        "text/markdown" => Format::Document(Kind::Markdown),
        "application/pdf" => Format::Document(Kind::Pdf),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => Format::Document(Kind::Word),
        "application/vnd.oasis.opendocument.text" => Format::Document(Kind::OpenText),
        "message/rfc822" | "multipart/related" => Format::Document(Kind::Letter),
        _ => Format::Other("file of a crawl that is no text"),
    };
    let charset =
        kind_of.split(';').find_map(|part| part.trim().strip_prefix("charset=")).map(|name| name.trim_matches(['"', '\'']).to_string());
    match kind {
        Format::Document(kind) => Item::File(Bytes { id, bytes, kind, charset }),
        Format::Other(reason) => Item::Skipped { path: id, reason },
        _ => Item::Skipped { path: id, reason: "file of a crawl that is no text" },
    }
}

/// The media type and the body of a web server's answer; none when it is not the page itself.
fn response(bytes: &[u8], limit: u64) -> Result<Option<(String, Vec<u8>)>, String> {
    let mut rest = bytes;
    let Ok(Some(header)) = Header::read(&mut rest, false) else { return Err("is no answer of a web server".into()) };
    let status = header.first.split(' ').nth(1).unwrap_or_default();
    if !status.starts_with('2') {
        return Ok(None);
    }
    let mut body = rest.to_vec();
    if header.get("Transfer-Encoding").is_some_and(|coding| coding.to_ascii_lowercase().contains("chunked"))
        && let Some(joined) = joined(rest)
    {
        body = joined;
    }
    let coding = header.get("Content-Encoding").unwrap_or_default().to_ascii_lowercase();
    let mut unpacked = Vec::new();
    let result = match coding.as_str() {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => {
            flate2::read::MultiGzDecoder::new(body.as_slice()).take(limit + 1).read_to_end(&mut unpacked)
        }
        "deflate" => flate2::read::ZlibDecoder::new(body.as_slice()).take(limit + 1).read_to_end(&mut unpacked),
        "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => {
            zstd::stream::read::Decoder::new(body.as_slice()).and_then(|decoder| decoder.take(limit + 1).read_to_end(&mut unpacked))
        }
        // a page that is text is no Brotli stream: some crawlers unpack and leave the field
        "br" if std::str::from_utf8(&body).is_err() => return Err("is packed by Brotli, which is not read".into()),
        _ => {
            unpacked = body;
            Ok(0)
        }
    };
    // what was unpacked before a stream broke off is the page
    if let Err(error) = result
        && unpacked.is_empty()
    {
        return Err(format!("cannot be unpacked: {error}"));
    }
    if unpacked.len() as u64 > limit {
        return Err(format!("unpacks to more than {limit} bytes: --max-size sets the limit"));
    }
    Ok(Some((header.get("Content-Type").unwrap_or_default().to_ascii_lowercase(), unpacked)))
}

/// A body that came in chunks; none when the crawler has put it together already.
fn joined(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut rest, mut body) = (bytes, Vec::new());
    loop {
        let end = memchr::memchr(b'\n', rest)?;
        let size = std::str::from_utf8(rest[..end].trim_ascii()).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_servers_are_unwrapped() {
        let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=KOI8-R\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>a\r\n3\r\nbcd\r\n0\r\n\r\n";
        assert_eq!(response(page, 100), Ok(Some(("text/html; charset=koi8-r".into(), b"<p>abcd".to_vec()))));
        assert_eq!(response(b"HTTP/1.1 404 Not Found\r\n\r\n", 100), Ok(None));
        assert!(response(b"HTTP/1.1 200 OK\r\n\r\n0123456789", 5).is_err());
    }
}
