//! Files of other kinds than plain text, and files inside files: ids, limits, one error row for
//! what is broken.

use std::io::{Cursor, Write};
use std::sync::Arc;

use super::workspace::{Run, Workspace};

const GOOD: &str = "Workshop in Bishkek\n\nThe workshop was held in Bishkek on 5 May 2020.\n";
const PAGE: &str = "<html><head><title>Workshop in Bishkek</title><meta property=\"article:published_time\" content=\"2020-05-07T10:00:00+06:00\"></head>\
    <body><nav><a href=/>Home</a></nav><h1>Workshop in Bishkek</h1><p>The workshop on village water supply ended yesterday in Bishkek, the Valley Foundation said.</p></body></html>";

fn extract(w: &Workspace, rest: &[&str]) -> Run {
    let line: Vec<&str> = ["extract", "--format", "jsonl", "--corpus=off"].into_iter().chain(rest.iter().copied()).collect();
    w.run(&line)
}

pub(super) fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(super) fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn word(text: &str) -> Vec<u8> {
    zipped(&[(
        "word/document.xml",
        format!("<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>").as_bytes(),
    )])
}

fn ids(run: &Run) -> Vec<(String, String)> {
    run.ids()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(id, kind)| (id.to_string(), kind.to_string())).collect()
}

#[test]
fn metadata_of_a_page_are_its_day_where_the_text_has_none() {
    let w = Workspace::new(&[("a.html", PAGE)]);
    let record = &extract(&w, &["a.html"]).records()[0];
    assert_eq!(record["published"], "2020-05-07");
    assert_eq!(record["evidence"]["published"]["rule"], "markup:meta:article:published_time");
    // relative dates count from it
    assert_eq!(record["mentions"].as_array().unwrap().iter().find(|m| m["text"] == "yesterday").unwrap()["value"], "2020-05-06");
    // what is known from outside wins
    let table = format!(
        "{{\"id\": \"a\", \"text\": {:?}, \"day\": \"6/5/2020\"}}\n{{\"id\": \"b\", \"text\": \"x\", \"day\": \"31.12.2020 10:00\"}}\n",
        GOOD
    );
    let w = Workspace::new(&[("t.jsonl", &table)]);
    let run = extract(&w, &["t.jsonl", "--text-column", "text", "--date-column", "day"]);
    assert_eq!(ids(&run), pairs(&[("a", "bad-date"), ("b", "")]));
    assert_eq!(run.records()[1]["published"], "2020-12-31");
}

#[test]
fn members_of_archives_are_documents() {
    let w = Workspace::new(&[("z.txt", GOOD)]);
    let inner = zipped(&[("deep.txt", GOOD.as_bytes())]);
    w.write(
        "a.zip",
        &zipped(&[
            ("d/b.txt", GOOD.as_bytes()),
            ("c.docx", &word("The workshop was held in Osh.")),
            ("photo.jpg", b"x"),
            (".hidden", b"x"),
            ("../up.txt", GOOD.as_bytes()),
            ("/root.txt", GOOD.as_bytes()),
            ("inner.zip", &inner),
        ]),
    );
    w.write("b.txt.gz", &gzipped(GOOD.as_bytes()));
    let run = extract(&w, &["."]);
    assert_eq!(
        ids(&run),
        pairs(&[
            ("a.zip!/d/b.txt", ""),
            ("a.zip!/c.docx", ""),
            ("a.zip!/../up.txt", "unsafe-path"),
            ("a.zip!//root.txt", "unsafe-path"),
            ("a.zip!/inner.zip!/deep.txt", ""),
            ("b.txt.gz", ""),
            ("z.txt", "")
        ])
    );
    assert!(run.err.contains("image 1") && run.err.contains("hidden"), "{run:?}");
    let nested = extract(&w, &["a.zip", "--max-nesting", "1"]);
    assert!(ids(&nested).contains(&("a.zip!/inner.zip".into(), "too-nested".into())), "{nested:?}");
    // one order and the same bytes, whatever the threads
    let line = |threads| extract(&w, &[".", "-j", threads]).out;
    assert_eq!(line("1"), line("4"));
    assert_eq!(w.run(&["text", "a.zip!/inner.zip!/deep.txt"]).out, GOOD);
    assert_eq!(w.run(&["text", "a.zip"]).code, Some(2));
    assert_eq!(w.run(&["text", "a.zip!/none.txt"]).code, Some(2));
}

#[test]
fn bombs_are_error_rows() {
    let w = Workspace::new(&[("z.txt", GOOD)]);
    let zeros = vec![b'a'; 30 << 20];
    w.write("a.gz", &gzipped(&zeros));
    w.write("b.zip", &zipped(&[("bomb.txt", &zeros), ("c.txt", GOOD.as_bytes())]));
    let run = extract(&w, &["."]);
    assert_eq!(ids(&run), pairs(&[("a.gz", "too-large"), ("b.zip!/bomb.txt", "too-large"), ("b.zip!/c.txt", ""), ("z.txt", "")]));
    assert!(run.err.contains("--max-ratio"), "{run:?}");
    let run = extract(&w, &[".", "--max-ratio", "100000", "--max-size", "1M"]);
    assert!(run.err.contains("--max-size"), "{run:?}");
    let run = extract(&w, &["b.zip", "--max-members", "1"]);
    assert_eq!(ids(&run).last().unwrap(), &("b.zip".to_string(), "too-many".to_string()));
    let run = extract(&w, &["a.gz", "--max-unpacked", "1M"]);
    assert!(run.err.contains("--max-unpacked"), "{run:?}");
}

#[test]
fn what_is_broken_costs_one_row() {
    let w = Workspace::new(&[("a.docx", "PK\u{3}\u{4}rubbish"), ("b.pdf", "%PDF-1.4 rubbish"), ("d.rtf", "{\\rtf1}"), ("z.txt", GOOD)]);
    w.write("c.zip", &zipped(&[("a.txt", GOOD.as_bytes())])[..60]);
    let run = extract(&w, &["."]);
    assert_eq!(
        ids(&run),
        pairs(&[("a.docx", "broken"), ("b.pdf", "broken"), ("c.zip", "broken-archive"), ("d.rtf", "unsupported"), ("z.txt", "")])
    );
    assert_eq!(run.code, Some(1));
}

#[cfg(target_os = "linux")]
#[test]
fn a_reader_that_runs_out_of_memory_costs_one_row() {
    let w = Workspace::new(&[("a.html", PAGE), ("c.html", PAGE)]);
    w.write("b.html", "<i>x</i>".repeat(1_500_000).as_bytes());
    let run = extract(&w, &[".", "--max-memory", "300M", "-j1"]);
    assert_eq!(ids(&run), pairs(&[("a.html", ""), ("b.html", "crashed"), ("c.html", "")]));
    assert!(run.err.contains("--max-memory"), "{run:?}");
}

#[test]
fn crawls_are_their_pages() {
    let record = |kind: &str, address: &str, number: usize, content: &str, body: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
    };
    let http = "application/http; msgtype=response";
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}");
    let crawl = [
        record("warcinfo", "x", 0, "application/warc-fields", "a: b"),
        record("response", "http://a.example/1", 1, http, &page),
        record("response", "http://a.example/2", 2, http, "HTTP/1.1 404 Not Found\r\n\r\n"),
        record("response", "http://a.example/1", 3, http, &page),
        record("conversion", "http://a.example/3", 4, "text/plain", GOOD),
    ]
    .concat();
    let w = Workspace::new(&[]);
    w.write("c.warc.gz", &gzipped(crawl.as_bytes()));
    let run = extract(&w, &["c.warc.gz"]);
    assert_eq!(
        ids(&run),
        pairs(&[
            ("c.warc.gz!/http://a.example/1", ""),
            ("c.warc.gz!/http://a.example/1 <urn:uuid:3>", ""),
            ("c.warc.gz!/http://a.example/3", "")
        ])
    );
    // the day of the crawl is no day of publication
    assert_eq!((&run.records()[0]["published"], &run.records()[2]["published"]), (&"2020-05-07".into(), &serde_json::Value::Null));
}

#[test]
fn packed_tables_and_parquet_are_tables() {
    use parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;

    let w = Workspace::new(&[]);
    w.write("t.jsonl.gz", &gzipped(format!("{{\"id\": \"j\", \"body\": {GOOD:?}}}\n").as_bytes()));
    let schema = parse_message_type(
        "message m { required binary name (UTF8); required binary body (UTF8); required int32 day (DATE); required int32 n; }",
    )
    .unwrap();
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, Arc::new(schema), Arc::new(WriterProperties::builder().build())).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let texts = |texts: &[&str]| texts.iter().map(|text| ByteArray::from(*text)).collect::<Vec<_>>();
    for column in [texts(&["p1", "p2"]), texts(&[GOOD, "Second text."])] {
        let mut out = group.next_column().unwrap().unwrap();
        out.typed::<ByteArrayType>().write_batch(&column, None, None).unwrap();
        out.close().unwrap();
    }
    for column in [[18_390, 18_391], [7, 8]] {
        let mut out = group.next_column().unwrap().unwrap();
        out.typed::<Int32Type>().write_batch(&column, None, None).unwrap();
        out.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
    w.write("t.parquet", &bytes);
    let run = extract(&w, &[".", "--text-column", "body"]);
    assert_eq!(ids(&run), pairs(&[("j", ""), ("t.parquet/line:1", ""), ("t.parquet/line:2", "")]));
    let run = extract(&w, &["t.parquet", "--text-column", "body", "--id-column", "name", "--date-column", "day", "--pass-fields", "n"]);
    assert_eq!(ids(&run), pairs(&[("p1", ""), ("p2", "")]));
    assert_eq!((&run.records()[0]["published"], &run.records()[1]["fields"]["n"]), (&"2020-05-08".into(), &8.into()));
    let run = extract(&w, &["t.parquet", "--text-column", "nope"]);
    assert!(run.err.contains("its columns are name, body, day, n"), "{run:?}");
}
