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
