//! Runs that are repeated, broken off, configured and compared.

use std::process::Stdio;
use std::time::Duration;

use super::workspace::Workspace;

const TABLES: [&str; 4] = ["documents", "mentions", "organizations", "roles"];

fn corpus(documents: usize) -> Workspace {
    let w = Workspace::new(&[]);
    for n in 0..documents {
        let text = format!("Osh, {} May 2020. The Lotus Fund (LF) opened school {n} in Osh with support from UNDP.\n", n % 28 + 1);
        w.write(&format!("in/{n}.txt"), text.as_bytes());
    }
    w
}

fn same(w: &Workspace, a: &str, b: &str) {
    for table in TABLES {
        assert!(w.read(&format!("{a}/{table}.csv")) == w.read(&format!("{b}/{table}.csv")), "{table}");
    }
}

fn manifest(w: &Workspace, folder: &str) -> serde_json::Value {
    serde_json::from_str(&w.read(&format!("{folder}/run.json"))).unwrap()
}

#[test]
fn of_a_folder_in_which_little_changed_only_that_is_read_anew() {
    let w = corpus(40);
    w.run(&["extract", "in", "--cache", "c", "-o", "first/"]);
    w.write("in/7.txt", b"Naryn, 3 June 2021. A bridge was opened in Naryn.\n");
    w.write("in/new.txt", b"Naryn, 4 June 2021. A road was opened in Naryn.\n");
    w.run(&["extract", "in", "--cache", "c", "-o", "second/"]);
    w.run(&["extract", "in", "-o", "fresh/"]);
    same(&w, "second", "fresh");
    assert_eq!(manifest(&w, "second")["documents"]["from_cache"], 39);
    // other settings, other results
    w.run(&["extract", "in", "--cache", "c", "--keep-furniture", "-o", "other/"]);
    assert_eq!(manifest(&w, "other")["documents"]["from_cache"], 0);
}

#[test]
fn a_stream_is_kept_too_with_its_own_ids_and_fields() {
    let w = Workspace::new(&[]);
    let input = b"{\"id\": \"a\", \"text\": \"UNDP met in Osh on 5 May 2020.\", \"n\": 1}\n{\"id\": \"b\", \"text\": \"UNDP met in Osh on 5 May 2020.\", \"n\": 2}\n";
    let line = ["extract", "--from", "jsonl", "-", "--format", "jsonl", "--pass-fields", "n", "--cache", "c"];
    let (first, second) = (w.run_with(&line, input), w.run_with(&line, input));
    assert_eq!(first.out, second.out);
    assert!(second.err.contains("2 from the cache"), "{}", second.err);
}

#[test]
fn a_killed_run_goes_on_where_it_ended() {
    let w = corpus(600);
    w.run(&["extract", "in", "-o", "fresh/"]);
    for after in [5, 20, 45, 80, 120] {
        let mut child = w.command(&["extract", "in", "--resume", "-j", "1", "-o", "out/"]).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(after));
        let _ = child.kill();
        child.wait().unwrap();
    }
    let run = w.run(&["extract", "in", "--resume", "-o", "out/"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    same(&w, "fresh", "out");
    assert!(!w.path("out/.dateline-resume").exists(), "what was kept for a second try is still there");
}

#[test]
fn a_smaller_limit_holds_for_what_is_kept_too() {
    let w = corpus(2);
    let line = ["extract", "in", "--cache", "c", "--format", "jsonl", "--corpus=off"];
    assert_eq!(w.run(&line).code, Some(0));
    assert!(w.run(&line).err.contains("2 from the cache"));
    let run = w.run(&[&line[..], &["--max-size", "20"]].concat());
    assert!(run.ids().iter().all(|(_, kind)| kind == "too-large"), "{}", run.err);
    // more time is no reason to read again
    assert!(w.run(&[&line[..], &["--max-time", "90"]].concat()).err.contains("2 from the cache"));
}

#[cfg(unix)]
#[test]
fn what_a_killed_run_left_goes_with_the_next_and_nothing_else_does() {
    let w = corpus(600);
    let mut child = w.command(&["extract", "in", "-j", "1", "-o", "out/a.jsonl"]).stderr(Stdio::null()).spawn().unwrap();
    let left = || -> Vec<String> {
        let names = std::fs::read_dir(w.path("out")).into_iter().flatten().filter_map(Result::ok);
        names.map(|entry| entry.file_name().into_string().unwrap()).filter(|name| name.ends_with(".tmp")).collect()
    };
    let start = std::time::Instant::now();
    while left().is_empty() && start.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(2));
    }
    // another run beside it leaves it its file
    let first = left();
    assert_eq!(first.len(), 1);
    if child.try_wait().unwrap().is_none() {
        w.run(&["extract", "in/0.txt", "-o", "out/a.jsonl"]);
        // or it has just ended, which it could not without its file
        assert!(left() == first || child.wait().unwrap().success());
    }
    let _ = child.kill();
    child.wait().unwrap();
    for name in [".dateline-mine.tmp", ".dateline-0123456789abcdef-aaaaaa.tmp", "notes.tmp"] {
        w.write(&format!("out/{name}"), b"of somebody else");
    }
    w.run(&["extract", "in/0.txt", "-o", "out/a.jsonl"]);
    let mut rest = left();
    rest.sort();
    assert_eq!(rest, [".dateline-0123456789abcdef-aaaaaa.tmp", ".dateline-mine.tmp", "notes.tmp"]);
}

#[test]
fn a_cache_in_use_or_of_another_kind_is_refused() {
    let w = corpus(1);
    let run = w.run(&["extract", "in", "--cache", "in/0.txt", "-o", "x.csv"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("is not a cache"), "{}", run.err);
    assert!(w.read("in/0.txt").starts_with("Osh"));
}

#[test]
fn the_manifest_says_what_was_asked_read_and_written() {
    let w = corpus(2);
    w.write("in/broken.txt", b"");
    w.run(&["extract", "in", "-o", "out/", "--strict"]);
    let run = manifest(&w, "out");
    assert_eq!((run["exit_code"].as_u64(), run["documents"]["read"].as_u64()), (Some(1), Some(2)));
    assert_eq!(run["inputs"].as_array().unwrap().len(), 3);
    assert_eq!(run["inputs"][2]["error"], "empty");
    assert_eq!(run["settings"]["strict"], true);
    let text = w.read("in/0.txt");
    assert_eq!(run["inputs"][0]["blake3"], blake3::hash(text.as_bytes()).to_hex().as_str());
    let documents = run["tables"].as_array().unwrap().iter().find(|table| table["file"] == "documents.csv").unwrap();
    assert_eq!(documents["blake3"], blake3::hash(w.read("out/documents.csv").as_bytes()).to_hex().as_str());
}

#[test]
fn settings_of_a_file_hold_until_the_command_line_says_otherwise() {
    let w = corpus(3);
    w.write("in/note.md", b"Osh, 5 May 2020. A note.\n");
    w.write("dateline.toml", b"quiet = true\n[extract]\nformat = \"jsonl\"\nglob = [\"*.txt\"]\n");
    let run = w.run(&["extract", "in"]);
    assert_eq!((run.records().len(), run.err.as_str()), (3, ""));
    assert!(w.run(&["extract", "in", "--format", "csv"]).out.starts_with("id,"));
    assert!(w.run(&["extract", "in", "--verbose"]).err.contains("3 documents"), "what is said loses to what contradicts it in the file");
    let shown = w.run(&["extract", "in", "--show-config"]).out;
    w.write("conf/other.toml", shown.as_bytes());
    assert_eq!(w.run(&["extract", "in", "--config", "conf/other.toml"]).records().len(), 3);
}

#[test]
fn wrong_settings_are_named_with_their_file() {
    let w = corpus(1);
    for (text, word) in [
        ("colour = true", "colour"),
        ("[extract]\nfromat = \"csv\"", "fromat"),
        ("quiet = 3", "quiet"),
        ("[fly]", "fly"),
        ("a =", "line 1"),
    ] {
        w.write("wrong.toml", text.as_bytes());
        let run = w.run(&["extract", "in", "--config", "wrong.toml"]);
        assert_eq!(run.code, Some(2), "{text}");
        assert!(run.err.contains("wrong.toml") && run.err.contains(word), "{text}: {}", run.err);
    }
}

#[test]
fn a_file_of_settings_in_a_folder_that_is_read_is_not_obeyed() {
    let w = corpus(2);
    w.write("in/dateline.toml", b"[extract]\nformat = \"jsonl\"\n");
    assert!(w.run(&["extract", "in"]).out.starts_with("id,"));
}

#[test]
fn a_difference_is_shown_by_cell() {
    let w = corpus(3);
    w.run(&["extract", "in", "-o", "a/"]);
    w.run(&["extract", "in", "-o", "b/"]);
    assert_eq!(w.run(&["diff", "a", "b"]).code, Some(0));
    w.write("in/1.txt", b"Osh, 9 May 2020. The Lotus Fund (LF) opened school 1 in Osh with support from UNDP.\n");
    std::fs::remove_file(w.path("in/2.txt")).unwrap();
    w.write("in/3.txt", b"Osh, 9 May 2020. A school was opened in Osh.\n");
    w.run(&["extract", "in", "-o", "b/"]);
    w.run(&["extract", "in", "-o", "b.jsonl"]);
    let run = w.run(&["diff", "a", "b"]);
    assert_eq!(run.code, Some(1));
    for line in ["documents,1.txt,published,2020-05-02,2020-05-09", "documents,2.txt,,removed,", "documents,3.txt,,,added"] {
        assert!(run.out.lines().any(|l| l == line), "{line}\n{}", run.out);
    }
    assert!(!w.run(&["diff", "a/documents.csv", "b/documents.csv", "--ignore", "published"]).out.contains(",published,"));
    assert_eq!(w.run(&["diff", "b.jsonl", "b.jsonl"]).code, Some(0));
    assert_eq!(w.run(&["diff", "a", "b.jsonl"]).code, Some(2));
}

#[test]
fn papers_come_with_the_program() {
    let w = Workspace::new(&[]);
    assert!(w.run(&["completions", "bash"]).out.contains("extract"));
    assert!(w.run(&["man"]).out.contains(".TH dateline 1"));
    w.run(&["man", "-o", "man"]);
    assert!(w.read("man/dateline-extract.1").contains("corpus"));
    let licenses = w.run(&["--licenses"]).out;
    assert!(licenses.contains("GeoNames") && licenses.contains("CC BY 4.0") && licenses.contains("clap"));
}
