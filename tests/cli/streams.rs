//! Streams of records.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use super::workspace::Workspace;

const STREAM: &str = "{\"id\": \"b\", \"body\": \"One text.\", \"day\": \"2019-05-30\"}\n{\"body\": \"Two.\", \"day\": \"soon\"}\n\nno json\n{\"id\": \"b\", \"body\": \"Again.\"}\n{\"id\": 5, \"body\": \"  \"}\n{\"id\": \"c\"}\n[1]\n";

#[test]
fn streams_keep_their_order_and_ids() {
    let w = Workspace::new(&[]);
    let line = ["extract", "--from", "jsonl", "--text-column", "body", "--date-column", "day", "--format", "jsonl", "-"];
    let run = w.run_with(&line, STREAM.as_bytes());
    let ids = [
        ("b", ""),
        ("line:2", "bad-date"),
        ("line:4", "not-json"),
        ("b", "duplicate-id"),
        ("5", "empty"),
        ("c", "no-text"),
        ("line:8", "not-json"),
    ];
    assert_eq!(run.ids(), ids.map(|(id, kind)| (id.to_string(), kind.to_string())));
    assert_eq!(run.code, Some(1));
    let records = run.records();
    assert_eq!(records[0]["published"], "2019-05-30");
    assert!(records[1]["error"]["message"].as_str().unwrap().contains("soon") && run.err.contains("failed: line:2: "), "{run:?}");
}

#[test]
fn what_fails_thousands_of_times_is_named_a_hundred_times_and_counted() {
    let w = Workspace::new(&[]);
    let stream = "{\"id\": \"a\", \"text\": \"A text.\"}\n".repeat(301);
    let line = ["extract", "--from", "jsonl", "--format", "jsonl", "-"];
    let run = w.run_with(&line, stream.as_bytes());
    assert_eq!(run.ids().len(), 301);
    assert_eq!(run.err.lines().filter(|line| line.contains("failed: a: ")).count(), 100);
    assert!(run.err.contains("more documents fail so (duplicate-id)") && run.err.contains("300 failed (duplicate-id 300)"), "{}", run.err);
    let all = w.run_with(&[&line[..], &["--verbose"]].concat(), stream.as_bytes());
    assert_eq!(all.err.lines().filter(|line| line.contains("failed: a: ")).count(), 300);
}

#[test]
fn a_record_is_answered_before_the_next_one_comes() {
    let w = Workspace::new(&[]);
    let mut child = w
        .command(&["extract", "--from", "jsonl", "--format", "jsonl", "-q", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for n in 0..3 {
        writeln!(stdin, "{{\"id\": \"{n}\", \"text\": \"A text.\"}}").unwrap();
        stdin.flush().unwrap();
        let mut answer = String::new();
        stdout.read_line(&mut answer).unwrap();
        assert!(answer.starts_with(&format!("{{\"id\":\"{n}\"")), "{answer}");
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn tables_are_read_when_their_column_is_named() {
    let table = "id,text,day\na,\"One, and\nmore\",2020-01-02\nb,Two,\n";
    let w = Workspace::new(&[
        ("in/t.csv", table),
        ("in/u.tsv", "id\ttext\tday\nc\tThree\t\n"),
        ("in/a.txt", "Four"),
        ("in/v.jsonl", "{\"id\":\"d\",\"text\":\"x\"}\n"),
    ]);
    let run = w.run(&["extract", "in", "--text-column", "text", "--format", "jsonl", "--corpus=off"]);
    let ids: Vec<String> = run.ids().into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, ["a.txt", "a", "b", "c", "d"]);
    let run = w.run(&["extract", "in/t.csv", "--text-column", "nope", "--format", "jsonl"]);
    assert_eq!(run.ids()[0].1, "bad-table");
    assert!(run.err.contains("id, text, day"), "{run:?}");
    let run = w.run_with(&["extract", "--from", "csv", "-", "--format", "jsonl", "--date-column", "day"], table.as_bytes());
    assert_eq!(run.records()[0]["published"], "2020-01-02");
}

#[test]
fn a_quote_left_open_ends_with_a_fault_and_not_with_the_memory() {
    let w = Workspace::new(&[]);
    let mut table = b"id,text\na,fine\nb,\"never closed\n".to_vec();
    table.extend(std::iter::repeat_n(*b"more,text\n", 100_000).flatten());
    let run = w.run_with(&["extract", "--from", "csv", "-", "--format", "jsonl", "--max-size", "10K"], &table);
    let kinds: Vec<String> = run.ids().into_iter().map(|(_, kind)| kind).collect();
    assert_eq!(kinds, ["", "bad-table"], "{}", run.err);
}

const PAGES: &str = "{\"id\": \"a\", \"text\": \"<p>BISHKEK, 3 March 2023. The <b>Ministry of Justice</b> opened&nbsp;a school in Naryn.</p>\"}\n\
    {\"id\": \"b\", \"text\": \"Фонд &laquo;Билим&raquo; открыл школу 2&nbsp;марта 2023 г.\"}\n";

#[test]
fn texts_of_a_stream_may_be_pages() {
    let w = Workspace::new(&[]);
    let line = ["extract", "--from", "jsonl", "--format", "jsonl", "--text-format", "html", "-"];
    let run = w.run_with(&line, PAGES.as_bytes());
    let names = |record: &serde_json::Value| {
        record["mentions"].as_array().unwrap().iter().map(|m| m["text"].as_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    let records = run.records();
    assert_eq!(names(&records[0]), ["BISHKEK", "3 March 2023", "Ministry of Justice", "Naryn"]);
    assert_eq!(names(&records[1]), ["Фонд «Билим»", "2\u{a0}марта 2023 г."]);
    assert!(!run.err.contains("--text-format"), "{}", run.err);
}

#[test]
fn pages_read_as_plain_texts_are_told_once() {
    let w = Workspace::new(&[]);
    let run = w.run_with(&["extract", "--from", "jsonl", "--format", "jsonl", "-"], PAGES.as_bytes());
    assert_eq!(run.err.matches("--text-format html").count(), 1, "{}", run.err);
    assert_eq!(run.code, Some(0));
}
