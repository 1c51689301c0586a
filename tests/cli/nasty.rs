//! Files made to do harm: each costs its own rows, the good ones around it are read, and the run
//! ends by itself with 1.

use std::io::Write;

use super::containers::{gzipped, zipped};
use super::workspace::{Run, Workspace};

const GOOD: &str = "Workshop in Bishkek\n\nThe workshop was held in Bishkek on 5 May 2020.\n";

/// Reads one nasty file between two good ones, which must come through; the ids and error kinds of
/// the nasty one.
fn met(name: &str, bytes: &[u8], flags: &[&str]) -> Vec<(String, String)> {
    let w = Workspace::new(&[("a.txt", GOOD), ("z.txt", GOOD)]);
    w.write(name, bytes);
    between(&w, flags).0
}

fn between(w: &Workspace, flags: &[&str]) -> (Vec<(String, String)>, Run) {
    let line: Vec<&str> = ["extract", ".", "--format", "jsonl", "--corpus=off", "-j1"].into_iter().chain(flags.iter().copied()).collect();
    let run = w.run(&line);
    let mut ids = run.ids();
    let good = |id: Option<(String, String)>, name: &str| assert_eq!(id, Some((name.into(), String::new())), "{run:?}");
    good(ids.pop(), "z.txt");
    good((!ids.is_empty()).then(|| ids.remove(0)), "a.txt");
    let failed = ids.iter().any(|(_, kind)| !kind.is_empty() && kind != "empty");
    assert_eq!(run.code, Some(i32::from(failed)), "{run:?}");
    (ids, run)
}

fn rows(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(id, kind)| (id.to_string(), kind.to_string())).collect()
}

fn word(xml: &str) -> Vec<u8> {
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml.as_bytes())])
}

fn pdf(objects: &[String]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).into_bytes());
    }
    let start = pdf.len();
    pdf.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        pdf.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    pdf.extend(format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).into_bytes());
    pdf
}

/// A page that draws a form that draws the next one ten times, and so on.
fn drawings(depth: usize) -> Vec<u8> {
    let stream = |head: &str, content: &str| format!("<< {head} /Length {} >>\nstream\n{content}\nendstream", content.len());
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 700 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>".into(),
        stream("", "/X Do"),
    ];
    for at in 0..depth {
        let inner = format!("/Resources << /XObject << /X {} 0 R >> >>", 6 + at);
        objects.push(stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 1 1] {inner}"), &"/X Do ".repeat(10)));
    }
    objects.push(stream("/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << >>", "q Q"));
    pdf(&objects)
}

#[test]
fn a_file_that_would_take_a_year_is_given_up_in_time() {
    let start = std::time::Instant::now();
    assert_eq!(met("b.pdf", &drawings(14), &["--max-time", "2"]), rows(&[("b.pdf", "timeout")]));
    assert!(start.elapsed().as_secs() < 60);
}

#[test]
fn archives_in_archives_end_at_the_limit() {
    let mut zip = zipped(&[("deep.txt", GOOD.as_bytes())]);
    for _ in 0..9 {
        zip = zipped(&[("in.zip", &zip), ("beside.txt", GOOD.as_bytes())]);
    }
    let found = met("b.zip", &zip, &[]);
    assert_eq!(found.iter().filter(|(_, kind)| kind == "too-nested").count(), 1, "{found:?}");
    assert_eq!(found.iter().filter(|(_, kind)| kind.is_empty()).count(), 6, "{found:?}");
}

#[test]
fn a_gigabyte_of_zeros_is_refused_early() {
    // a stream of many members, as gzip allows
    let member = gzipped(&vec![0; 16 << 20]);
    assert_eq!(met("b.gz", &member.repeat(64), &[]), rows(&[("b.gz", "too-large")]));
    assert_eq!(met("b.txt.gz", &member.repeat(64), &["--max-ratio", "1000000"]), rows(&[("b.txt.gz", "too-large")]));
}

#[test]
fn members_of_one_packed_stream_are_one_text() {
    let joined = [gzipped(b"Workshop in Osh\n\n"), gzipped(b"The workshop was held in Osh on 6 May 2020.\n")].concat();
    let w = Workspace::new(&[("a.txt", GOOD), ("z.txt", GOOD)]);
    w.write("b.txt.gz", &joined);
    let (found, run) = between(&w, &[]);
    assert_eq!(found, rows(&[("b.txt.gz", "")]));
    assert_eq!(run.records()[1]["published"], run.records()[1]["published"]);
    assert_eq!(run.records()[1]["characters"], 61);
}

#[test]
fn what_is_cut_short_is_broken() {
    let text = GOOD.repeat(2000);
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let docx = word(&format!("<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"));
    let mut tar = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(text.len() as u64);
    header.set_cksum();
    tar.append_data(&mut header, "in.txt", text.as_bytes()).unwrap();
    let tar = tar.into_inner().unwrap();
    for (name, bytes, kind) in [
        ("b.txt.gz", half(gzipped(text.as_bytes())), "broken-archive"),
        ("b.txt.zst", half(zstd::encode_all(text.as_bytes(), 1).unwrap()), "broken-archive"),
        ("b.docx", half(docx), "broken"),
        ("b.tar", half(tar.clone()), "broken-archive"),
        ("b.tar.gz", half(gzipped(&tar)), "broken-archive"),
        ("b.zip", half(zipped(&[("in.txt", text.as_bytes())])), "broken-archive"),
        ("b.pdf", half(drawings(1)), "broken"),
    ] {
        let found = met(name, &bytes, &[]);
        assert!(found.iter().any(|(id, found)| id.starts_with(name) && found == kind), "{name}: {found:?}");
    }
    let parquet = b"PAR1\x15\x04\x15\x10rubbish".to_vec();
    let found = met("b.parquet", &parquet, &["--text-column", "text"]);
    assert!(matches!(found.as_slice(), [(_, kind)] if !kind.is_empty()), "{found:?}");
}

#[test]
fn entities_are_not_expanded_nor_fetched() {
    let laughs = "<!DOCTYPE w [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    for entity in ["&c;", "&x;"] {
        let xml = format!(
            "{laughs}<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>Said {entity} in Osh</w:t></w:r></w:p></w:body></w:document>"
        );
        let w = Workspace::new(&[("a.txt", GOOD), ("z.txt", GOOD)]);
        w.write("b.docx", &word(&xml));
        let (found, _) = between(&w, &[]);
        let text = w.run(&["text", "b.docx"]).out;
        assert!(!text.contains("haha") && !text.contains("root:"), "{text}");
        assert_eq!(found.len(), 1);
    }
    let deep = format!("<w:document xmlns:w=\"w\"><w:body>{}", "<w:p><w:r>".repeat(200_000));
    assert_eq!(met("b.docx", &word(&deep), &[]).len(), 1);
}

#[test]
fn links_and_devices_in_an_archive_are_not_followed() {
    let mut tar = tar::Builder::new(Vec::new());
    let mut add = |kind: tar::EntryType, name: &str, target: &str, bytes: &[u8]| {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(bytes.len() as u64);
        let raw = &mut header.as_old_mut().name;
        raw[..name.len()].copy_from_slice(name.as_bytes());
        if !target.is_empty() {
            header.set_link_name(target).unwrap();
        }
        header.set_cksum();
        tar.append(&header, bytes).unwrap();
    };
    add(tar::EntryType::Symlink, "one.txt", "/etc/passwd", b"");
    add(tar::EntryType::Link, "two.txt", "../../etc/passwd", b"");
    add(tar::EntryType::Char, "null", "", b"");
    add(tar::EntryType::Fifo, "pipe", "", b"");
    add(tar::EntryType::Regular, "../up.txt", "", GOOD.as_bytes());
    add(tar::EntryType::Regular, "/root.txt", "", GOOD.as_bytes());
    add(tar::EntryType::Regular, "good.txt", "", GOOD.as_bytes());
    let tar = tar.into_inner().unwrap();
    let expected = [("b.tar!/../up.txt", "unsafe-path"), ("b.tar!//root.txt", "unsafe-path"), ("b.tar!/good.txt", "")];
    assert_eq!(met("b.tar", &tar, &[]), rows(&expected));
    // a header that claims more than there is
    let mut lying = tar.clone();
    let at = lying.len() - 1024 - 1024;
    let mut header = tar::Header::new_gnu();
    header.set_path("good.txt").unwrap();
    header.set_size(1 << 40);
    header.set_cksum();
    lying[at..at + 512].copy_from_slice(header.as_bytes());
    let found = met("b.tar", &lying, &[]);
    assert!(found.last().is_some_and(|(_, kind)| matches!(kind.as_str(), "broken-archive" | "too-large")), "{found:?}");
}

#[test]
fn a_zip_that_lies_about_sizes() {
    let mut zip = zipped(&[("in.txt", &vec![b'a'; 8 << 20])]);
    // the size after unpacking, in the local header and in the directory
    for mark in [&b"PK\x03\x04"[..], b"PK\x01\x02"] {
        let at = memchr::memmem::rfind(&zip, mark).unwrap();
        let field = at + if mark[2] == 3 { 22 } else { 24 };
        zip[field..field + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    let found = met("b.zip", &zip, &[]);
    assert!(found.len() == 1 && !found[0].1.is_empty(), "{found:?}");
}

#[test]
fn a_paper_whose_pages_hold_each_other() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 3 0 R >>",
        "<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>",
    ]
    .map(String::from);
    let found = met("b.pdf", &pdf(&objects), &["--max-time", "20"]);
    assert!(matches!(found.as_slice(), [(_, kind)] if !kind.is_empty()), "{found:?}");
    // a form that draws itself
    let stream = "/X Do";
    let own = format!(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /X 5 0 R >> >> /Length {} >>\nstream\n{stream}\nendstream",
        stream.len()
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_string(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 700 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>".into(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        own,
    ];
    let found = met("b.pdf", &pdf(&objects), &["--max-time", "20"]);
    assert!(matches!(found.as_slice(), [(_, kind)] if !kind.is_empty()), "{found:?}");
}

#[test]
fn letters_of_many_parts() {
    let head = "From: a@valley.example\r\nSubject: Workshop\r\nMIME-Version: 1.0\r\n";
    let mut many = format!("{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n");
    for number in 0..10_000 {
        many += &format!("--b\r\nContent-Type: text/plain\r\n\r\nPart {number} was read in Osh.\r\n");
    }
    assert_eq!(met("b.eml", many.as_bytes(), &[]), rows(&[("b.eml", "")]));
    let mut deep = head.to_string();
    for number in 0..2_000 {
        deep += &format!("Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n");
    }
    assert_eq!(met("b.eml", deep.as_bytes(), &[]).len(), 1);
    let wrong = format!(
        "{head}Content-Type: multipart/related; boundary=\"one\"\r\n\r\n--two\r\nContent-Type: text/html\r\n\r\n<p>Text in Osh</p>\r\n--two--\r\n"
    );
    assert_eq!(met("b.mhtml", wrong.as_bytes(), &[]).len(), 1);
}

#[test]
fn pages_that_are_nothing_but_tags() {
    for (page, kind) in [
        ("<div>".repeat(100_000), "empty"),
        ("<div>".repeat(100_000) + "Osh", ""),
        ("<".repeat(1 << 20), ""),
        ("<!--".repeat(1 << 18), "empty"),
        (format!("<p {}>Osh</p>", "a ".repeat(100_000)), ""),
        (format!("{}<p>Osh", (0..3000).map(|n| format!("<font a{n}>")).collect::<String>()), ""),
        ("<table>".repeat(3000) + "Osh", ""),
        ("<b><i><u></b></i>".repeat(3000) + "Osh", ""),
        ("&#x110000;&#0;&#xd800;".repeat(1000), ""),
        (format!("<title>{}</title><script type='application/ld+json'>{}</script><p>Osh", "a ".repeat(100_000), "[".repeat(100_000)), ""),
    ] {
        assert_eq!(met("b.html", page.as_bytes(), &[]), rows(&[("b.html", kind)]), "{}", &page[..40.min(page.len())]);
    }
    let notes = [
        "> ".repeat(20_000),
        "[".repeat(50_000),
        "*a ".repeat(30_000),
        "- ".repeat(5_000) + "x",
        "`".repeat(50_000),
        "| a ".repeat(20_000) + "\n" + &"|-".repeat(20_000),
    ];
    for note in notes {
        assert_eq!(met("b.md", note.as_bytes(), &[]).len(), 1, "{}", &note[..40]);
    }
}

#[test]
fn crawls_that_lie_about_lengths() {
    let record = |length: &str, body: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{body}\r\n\r\n"
        )
    };
    for length in ["999999999999999", "18446744073709551615", "-5", "5e3", ""] {
        let found = met("b.warc", record(length, GOOD).as_bytes(), &[]);
        assert!(!found.is_empty(), "{length}: {found:?}");
    }
    let found = met("b.warc", (record("3", GOOD) + &record(&GOOD.len().to_string(), GOOD)).as_bytes(), &[]);
    assert!(found.iter().any(|(_, kind)| kind == "broken-crawl"), "{found:?}");
}

#[test]
fn tables_with_monstrous_cells() {
    let cell = "Workshop in Osh on 5 May 2020. ".repeat(20 << 15);
    let table = format!("id,text\n1,\"{cell}\"\n2,{}\n", GOOD.lines().next().unwrap());
    let w = Workspace::new(&[("t.csv", &table)]);
    let line = ["extract", "t.csv", "--text-column", "text", "--id-column", "id", "--format", "jsonl", "--corpus=off"];
    let run = w.run(&[&line[..], &["--max-size", "1M"]].concat());
    // whether a quote was left open nobody can tell
    assert_eq!(run.ids(), rows(&[("line:2", "bad-table")]), "{}", run.err);
    assert_eq!(run.code, Some(1));
}

#[test]
fn lines_of_json_that_are_none() {
    let deep = "[".repeat(100_000);
    let input = format!(
        "{{\"id\": \"a\", \"text\": \"Osh \\ud800 on 5 May 2020\"}}\n{{\"id\": \"b\", \"text\": \"Osh\\u0000\\u0000\"}}\n{deep}\n{{\"id\": \"c\", \"text\": {deep}}}\n\u{0}\n{{\"id\": \"d\", \"id\": \"e\", \"text\": \"Osh\"}}\n{{\"id\": \"z\", \"text\": \"{GOOD}\"}}\n",
        GOOD = "Osh, 5 May 2020"
    );
    let w = Workspace::new(&[]);
    let run = w.run_with(&["extract", "--from", "jsonl", "-", "--format", "jsonl", "--corpus=off"], input.as_bytes());
    let ids = run.ids();
    assert_eq!(ids.len(), 7, "{ids:?}");
    assert_eq!(ids[6], ("z".to_string(), String::new()));
    assert_eq!(run.code, Some(1));
}

#[test]
fn texts_that_are_hardly_any() {
    let zeros = GOOD.replace(' ', "\0 ");
    let mut broken = GOOD.as_bytes().to_vec();
    broken.extend([0xff, 0xfe, 0xc0, 0x80, 0xed, 0xa0, 0x80]);
    for bytes in [
        zeros.into_bytes(),
        broken,
        vec![b'\n'; 1 << 20],
        "\u{301}".repeat(100_000).into_bytes(),
        "(".repeat(200_000).into_bytes(),
        "5 May 2020 ".repeat(20_000).into_bytes(),
        "Osh and ".repeat(30_000).into_bytes(),
        "«".repeat(100_000).into_bytes(),
        "a.b.".repeat(100_000).into_bytes(),
        "\u{202e}\u{feff}\u{2028}Osh".repeat(20_000).into_bytes(),
        vec![0xfe, 0xff, 0xd8],
        vec![0xef, 0xbb, 0xbf],
    ] {
        let found = met("b.txt", &bytes, &[]);
        assert_eq!(found.len(), 1, "{found:?}");
    }
}

#[cfg(unix)]
#[test]
fn folders_with_what_is_no_file() {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let w = Workspace::new(&[("a.txt", GOOD), ("z.txt", GOOD)]);
    assert!(std::process::Command::new("mkfifo").arg(w.path("pipe.txt")).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(w.path("socket.txt")).unwrap();
    symlink("/dev/zero", w.path("c.txt")).unwrap();
    symlink("e.txt", w.path("d.txt")).unwrap();
    symlink("d.txt", w.path("e.txt")).unwrap();
    std::fs::create_dir(w.path("b.zip")).unwrap();
    let name = std::ffi::OsStr::from_bytes(b"m\xff\xfe.txt");
    std::fs::write(w.path(".").join(name), GOOD).unwrap();
    let (found, run) = between(&w, &[]);
    assert_eq!(found, rows(&[("d.txt", "unreadable"), ("e.txt", "unreadable"), ("m\u{fffd}\u{fffd}.txt", "")]), "{}", run.err);
    assert!(run.err.contains("device or pipe 2"), "{}", run.err);
    let (found, run) = between(&w, &["--follow", "--max-size", "1M"]);
    assert!(found.contains(&("c.txt".into(), "too-large".into())) || run.err.contains("device"), "{found:?} {}", run.err);
    // named outright, a device without an end
    assert_eq!(w.run(&["extract", "/dev/zero", "--format", "jsonl", "--max-size", "1M"]).ids().len(), 1);
}

#[test]
fn files_that_go_away_or_grow_while_others_are_read() {
    let w = Workspace::new(&[("a.txt", GOOD), ("z.txt", GOOD)]);
    for number in 0..300 {
        w.write(&format!("in/{number:03}.txt"), GOOD.as_bytes());
    }
    let mut child = w
        .command(&["extract", ".", "--format", "jsonl", "--corpus=off", "-j1", "-o", "out.jsonl"])
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    for number in (0..300).rev() {
        let _ = std::fs::remove_file(w.path(&format!("in/{number:03}.txt")));
        let path = w.path(&format!("in/{:03}.txt", number / 2));
        let _ = std::fs::OpenOptions::new().append(true).open(path).and_then(|mut file| file.write_all(GOOD.as_bytes()));
    }
    assert!(matches!(child.wait().unwrap().code(), Some(0 | 1)));
    let out = w.read("out.jsonl");
    assert!(out.lines().count() >= 2 && out.lines().last().is_some_and(|line| line.contains("\"z.txt\"")), "{out}");
}
