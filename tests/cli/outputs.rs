//! Formats, tables, files and how a run ends.

use std::process::Stdio;

use super::workspace::{Workspace, rows};

const A: &str = "Workshop in Bishkek\n\nBISHKEK, 6 May 2020. The workshop was held in Bishkek on 5 May 2020. It was funded by USAID (United States Agency for International Development).\n";

#[test]
fn without_flags_the_documents_go_to_stdout_as_csv() {
    let w = Workspace::new(&[("in/a.txt", A)]);
    let run = w.run(&["extract", "in"]);
    let rows = rows(&run.out);
    assert_eq!((rows.len(), rows[0]["id"].as_str(), rows[0]["language"].as_str(), rows[0]["error"].as_str()), (1, "a.txt", "en", ""));
    assert_eq!(rows[0]["characters"], A.chars().count().to_string());
    let header = run.out.lines().next().unwrap();
    assert!(header.starts_with("id,language,title,published,event_start,event_end,event_place,event_country,places,countries,organizations,donors,implementers,organizers,people,projects,amounts,dates,characters,error"), "{header}");
    assert!(run.err.contains("1 document (en 1)") && run.err.contains("MB/s"), "{}", run.err);
}

#[test]
fn quiet_says_nothing_but_what_failed() {
    let w = Workspace::new(&[("in/a.txt", A)]);
    assert_eq!(w.run(&["extract", "in", "-q"]).err, "");
    assert!(w.run(&["extract", "in", "nope", "-q"]).err.starts_with("dateline: failed: nope: "));
    assert_eq!(w.run(&["extract", "in", "-q", "-v"]).code, Some(2));
}

#[test]
fn the_ending_says_the_format() {
    let w = Workspace::new(&[("in/a.txt", A), ("in/b.txt", A)]);
    for (file, starts) in [("o.csv", "id,"), ("o.tsv", "id\t"), ("o.json", "[\n{\"id\":\"a.txt\""), ("o.jsonl", "{\"id\":\"a.txt\"")] {
        let run = w.run(&["extract", "in", "-o", file]);
        assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{run:?}");
        assert!(w.read(file).starts_with(starts), "{file}");
        assert!(run.err.contains(file));
    }
    let array: Vec<serde_json::Value> = serde_json::from_str(&w.read("o.json")).unwrap();
    let lines: Vec<serde_json::Value> = w.read("o.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(array, lines);
    for wrong in [&["-o", "o.csv", "--format", "json"][..], &["-o", "o"], &["-o", "o.pdf"], &["-o", "dir/", "--table", "roles"]] {
        let run = w.run(&[&["extract", "in"], wrong].concat());
        assert_eq!(run.code, Some(2), "{run:?}");
    }
}

#[test]
fn a_folder_gets_all_tables() {
    let w = Workspace::new(&[("in/a.txt", A)]);
    let run = w.run(&["extract", "in", "-o", "new/tables/"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    for table in ["documents", "mentions", "organizations", "roles"] {
        let text = w.read(&format!("new/tables/{table}.csv"));
        let columns = csv::Reader::from_reader(text.as_bytes()).headers().unwrap().len();
        assert!(rows(&text).iter().all(|row| row.len() == columns), "{table}");
        assert!(run.err.contains(&format!("{table}.csv")));
    }
    w.run(&["extract", "in", "-o", "new/tables", "--format", "jsonl"]);
    assert!(w.read("new/tables/records.jsonl").contains("\"mentions\":["));
    // four tables twice, the records, and run.json
    assert_eq!(std::fs::read_dir(w.path("new/tables")).unwrap().count(), 10);
}

#[test]
fn a_table_can_be_chosen_in_every_format() {
    let w = Workspace::new(&[("in/a.txt", A)]);
    let csv = rows(&w.run(&["extract", "in", "--table", "mentions"]).out);
    let json = w.run(&["extract", "in", "--table", "mentions", "--format", "jsonl"]).records();
    assert_eq!(csv.len(), json.len());
    for (csv, json) in csv.iter().zip(&json) {
        assert_eq!(csv["text"], json["text"].as_str().unwrap());
        assert_eq!(csv["start"], json["start"].to_string());
        let (start, end) = (json["start"].as_u64().unwrap() as usize, json["end"].as_u64().unwrap() as usize);
        assert_eq!(csv["text"], A.chars().skip(start).take(end - start).collect::<String>());
    }
}

#[test]
fn the_same_bytes_with_one_thread_and_with_two() {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples");
    let w = Workspace::new(&[]);
    for corpus in ["on", "off"] {
        for (folder, threads) in [("one/", "1"), ("two/", "2"), ("more/", "7")] {
            let run = w.run(&["extract", samples, "-o", folder, "--format", "jsonl", "-j", threads, "--corpus", corpus]);
            assert_eq!(run.code, Some(0), "{run:?}");
        }
        for table in ["documents", "mentions", "organizations", "roles", "records"] {
            let read = |folder: &str| w.read(&format!("{folder}/{table}.jsonl"));
            assert!(read("one") == read("two") && read("one") == read("more"), "{table}");
        }
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let w = Workspace::new(&[("a.txt", A)]);
    for line in
        [&["extract"][..], &["extract", "a.txt", "-j0"], &["extract", "a.txt", "--format", "xml"], &["nonsense"], &["extract", "-", "-"]]
    {
        let run = w.run(line);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(!run.err.is_empty());
    }
}

#[test]
fn a_place_that_cannot_be_written_stops_the_run() {
    let w = Workspace::new(&[("a.txt", A), ("file", "")]);
    let run = w.run(&["extract", "a.txt", "-o", "file/below.csv"]);
    assert_eq!(run.code, Some(3), "{run:?}");
    assert!(run.err.contains("below.csv"));
}

#[test]
fn help_opens_with_examples_and_the_short_one_is_short() {
    let w = Workspace::new(&[]);
    for line in [&["--help"][..], &["extract", "--help"]] {
        let run = w.run(line);
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
        assert!(run.out.starts_with("Examples:\n  dateline extract "), "{}", run.out);
        assert_eq!(run.out.split("\n\n").next().unwrap().lines().count(), 4);
        assert!(run.out.contains("130  interrupted"));
    }
    assert!(w.run(&["extract", "-h"]).out.len() * 2 < w.run(&["extract", "--help"]).out.len());
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_the_old_result() {
    let w = Workspace::new(&[("old.jsonl", "old\n")]);
    let mut child =
        w.command(&["extract", "--from", "jsonl", "-", "-o", "old.jsonl"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::io::Write::write_all(&mut stdin, b"{\"text\": \"A text.\"}\n").unwrap();
    // it has begun when its temporary file stands beside the old one
    let files = || std::fs::read_dir(w.path("")).unwrap().count();
    for _ in 0..500 {
        if files() == 2 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert_eq!(files(), 2);
    let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert!(String::from_utf8_lossy(&output.stderr).contains("left as it was"));
    assert_eq!((w.read("old.jsonl").as_str(), files()), ("old\n", 1));
    drop(stdin);
}

#[test]
fn the_fast_setting_asks_no_model_and_keeps_what_tables_know() {
    let text = "Osh, 5 May 2020. USAID gave 40 computers to the school. «Фонд» сообщил: приехала Наталья Дрозд.\nNefeli Kariotis of Wotsun welcomed the guests.\n";
    let w = Workspace::new(&[("a.txt", text)]);
    let rules = |flags: &[&str]| -> Vec<(String, String)> {
        let run = w.run(&[&["extract", "a.txt", "--format", "jsonl"], flags].concat());
        let record = &run.records()[0];
        let of = |m: &serde_json::Value| (m["text"].as_str().unwrap().to_string(), m["rule"].as_str().unwrap().to_string());
        record["mentions"].as_array().unwrap().iter().map(of).collect()
    };
    let (full, fast) = (rules(&[]), rules(&["--fast"]));
    assert!(full.iter().any(|(name, rule)| name == "Nefeli Kariotis" && rule.contains("model")), "{full:?}");
    assert!(fast.iter().all(|(_, rule)| !rule.contains("model")), "{fast:?}");
    for name in ["Osh", "5 May 2020", "USAID", "Наталья Дрозд"] {
        assert!(fast.iter().any(|(found, _)| found == name), "{name}: {fast:?}");
    }
}
