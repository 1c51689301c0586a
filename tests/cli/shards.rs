//! A run shared among machines, and its parts put together.

use super::workspace::Workspace;

/// Bodies that only the corpus can join, an empty file and a document of its own folder.
fn corpus() -> Workspace {
    let full = "Osh, 5 May 2020. The Lotus Rural Development Fund (LRDF) opened a school in Osh. LRDF also built a bridge.\n";
    let short = "Osh, 6 May 2020. Experts from LRDF and UNDP met in Osh.\n";
    let w = Workspace::new(&[("in/a.txt", full), ("in/empty.txt", "")]);
    for n in 0..12 {
        w.write(&format!("in/{}/{n}.txt", n % 3), short.as_bytes());
    }
    w
}

#[test]
fn shards_merged_are_the_bytes_of_one_run() {
    let w = corpus();
    w.run(&["extract", "in", "-o", "one.jsonl"]);
    w.run(&["extract", "in", "-o", "one/"]);
    for part in ["1/3", "2/3", "3/3"] {
        w.run(&["extract", "in", "--shard", part, "-o", &format!("s{}.jsonl", &part[..1])]);
    }
    w.run(&["merge", "s2.jsonl", "s3.jsonl", "s1.jsonl", "-o", "merged.jsonl"]);
    w.run(&["merge", "s3.jsonl", "s1.jsonl", "s2.jsonl", "-o", "merged/", "-j", "2"]);
    assert!(w.read("one.jsonl").contains("decided over the corpus"), "the case asks nothing of the corpus");
    assert!(w.read("one.jsonl") == w.read("merged.jsonl"));
    for table in ["documents", "mentions", "organizations", "roles"] {
        assert!(w.read(&format!("one/{table}.csv")) == w.read(&format!("merged/{table}.csv")), "{table}");
    }
}

#[test]
fn summaries_that_are_added_up_elsewhere_finish_the_same_records() {
    let w = corpus();
    w.run(&["extract", "in", "-o", "one.jsonl"]);
    for part in ["1/2", "2/2"] {
        let n = &part[..1];
        w.run(&["extract", "in", "--shard", part, "-o", &format!("s{n}.jsonl")]);
        w.run(&["merge", "--summary", &format!("s{n}.jsonl"), "-o", &format!("{n}.summary")]);
    }
    w.run(&["merge", "--summary", "2.summary", "1.summary", "-o", "all.summary"]);
    let mut lines: Vec<String> = Vec::new();
    for n in ["1", "2"] {
        w.run(&["merge", "--with", "all.summary", &format!("s{n}.jsonl"), "-o", &format!("done{n}.jsonl")]);
        lines.extend(w.read(&format!("done{n}.jsonl")).lines().map(Into::into));
    }
    let mut one: Vec<String> = w.read("one.jsonl").lines().map(Into::into).collect();
    one.sort();
    lines.sort();
    assert!(one == lines);
}

#[test]
fn a_folder_is_decided_as_a_corpus_without_being_asked() {
    let w = corpus();
    w.run(&["extract", "in", "-o", "auto.jsonl"]);
    w.run(&["extract", "in", "--corpus", "on", "-o", "on.jsonl"]);
    assert!(w.read("auto.jsonl") == w.read("on.jsonl"));
}

#[test]
fn parts_that_nobody_could_merge_are_refused() {
    let w = corpus();
    for line in [
        ["extract", "in", "--shard", "1/2", "-o", "part.csv"],
        ["extract", "in", "--shard", "3/2", "-o", "part.jsonl"],
        ["merge", "--summary", "nowhere.jsonl", "-q", "-o", "x.summary"],
    ] {
        assert_eq!(w.run(&line).code, Some(2), "{line:?}");
    }
}

#[test]
fn fields_of_the_caller_come_back_as_they_were_sent() {
    let w = Workspace::new(&[]);
    let input =
        b"{\"id\": \"a\", \"text\": \"A text.\", \"url\": \"u\", \"n\": {\"z\": [1, null]}, \"y\": 2}\n{\"text\": \"\", \"url\": \"v\"}\n";
    let run = w.run_with(&["extract", "--from", "jsonl", "--pass-fields", "url,n", "-", "--format", "jsonl"], input);
    let records = run.records();
    assert_eq!(records[0]["fields"], serde_json::json!({"url": "u", "n": {"z": [1, null]}}));
    assert_eq!(records[1]["fields"], serde_json::json!({"url": "v"}));
    assert_eq!(records[1]["error"]["kind"], "empty");
    let run = w.run_with(&["extract", "--from", "csv", "--pass-fields", "*", "-", "--format", "jsonl"], b"id,text,url\na,A text.,u\n");
    assert_eq!(run.records()[0]["fields"], serde_json::json!({"id": "a", "url": "u"}));
}
