//! Files and folders of every kind, the bad ones above all.

use std::io::Write;

use super::workspace::{Workspace, rows};

const GOOD: &str = "Workshop in Bishkek\n\nThe workshop was held in Bishkek on 5 May 2020.\n";
const LINES: [&str; 4] = ["extract", "--format", "jsonl", "--corpus=off"];

fn lines<'a>(rest: &[&'a str]) -> Vec<&'a str> {
    LINES.into_iter().chain(rest.iter().copied()).collect()
}

#[test]
fn a_folder_is_read_in_order_with_paths_as_ids() {
    let w = Workspace::new(&[("in/b.txt", GOOD), ("in/a/z.txt", GOOD), ("in/a/y", GOOD), ("in/.hidden/x.txt", GOOD), ("in/.git/x", GOOD)]);
    let run = w.run(&lines(&["in"]));
    assert_eq!(run.ids().iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["a/y", "a/z.txt", "b.txt"]);
    assert_eq!(run.code, Some(0));
    assert!(run.err.contains("2 skipped (hidden"), "{run:?}");
    let run = w.run(&lines(&["in", "--hidden"]));
    assert_eq!(run.ids().len(), 5);
}

#[test]
fn ids_follow_what_was_typed() {
    let w = Workspace::new(&[("in/a.txt", GOOD), ("other/b.txt", GOOD)]);
    let ids = |paths: &[&str]| w.run(&lines(paths)).ids().into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(ids(&["in/a.txt"]), ["a.txt"]);
    assert_eq!(ids(&["in/", "other/b.txt"]), ["in/a.txt", "other/b.txt"]);
    assert_eq!(ids(&["./in", "other"]), ["./in/a.txt", "other/b.txt"]);
}

#[test]
fn ignore_files_count_only_when_asked() {
    let w = Workspace::new(&[("in/a.txt", GOOD), ("in/b.txt", GOOD), ("in/.gitignore", "b.txt\n")]);
    assert_eq!(w.run(&lines(&["in"])).ids().len(), 2);
    assert_eq!(w.run(&lines(&["in", "--respect-ignore"])).ids().len(), 1);
}

#[test]
fn globs_choose_files_in_folders() {
    let w = Workspace::new(&[("in/a.txt", GOOD), ("in/b.md", GOOD), ("in/old/c.txt", GOOD)]);
    let ids = |line: &[&str]| w.run(&lines(line)).ids().into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(ids(&["in", "--glob", "*.txt"]), ["a.txt", "old/c.txt"]);
    assert_eq!(ids(&["in", "-g", "!old"]), ["a.txt", "b.md"]);
    assert_eq!(w.run(&["extract", "in", "--glob", "[x"]).code, Some(2));
}

#[test]
fn lists_of_files() {
    let w = Workspace::new(&[("in/a.txt", GOOD), ("in/b c.txt", GOOD), ("list", "in/a.txt\r\n\nin/b c.txt\n")]);
    let ids = ["in/a.txt", "in/b c.txt"];
    let got = |run: super::workspace::Run| run.ids().into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(got(w.run(&lines(&["--files-from", "list"]))), ids);
    assert_eq!(got(w.run_with(&lines(&["--files-from", "-", "-0"]), b"in/a.txt\0in/b c.txt\0")), ids);
    assert_eq!(w.run(&["extract", "--files-from", "nope"]).code, Some(2));
    assert_eq!(w.run(&["extract", "--files-from", "-", "-"]).code, Some(2));
}

#[test]
fn an_empty_file_is_a_row_and_a_failure_only_when_strict() {
    let w = Workspace::new(&[("in/a.txt", ""), ("in/b.txt", GOOD), ("in/c.txt", " \n\u{feff}\n")]);
    let run = w.run(&lines(&["in"]));
    assert_eq!(run.ids()[0], ("a.txt".into(), "empty".into()));
    assert_eq!(run.ids()[1].1, "");
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(run.err.contains("failed: a.txt: "));
    assert_eq!(w.run(&lines(&["in", "--strict"])).code, Some(1));
}

#[test]
fn a_binary_file_is_an_error_row() {
    let w = Workspace::new(&[("in/b.txt", GOOD)]);
    w.write("in/a", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0");
    let noise: Vec<u8> = (0..5000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    w.write("in/c.txt", &noise);
    let run = w.run(&lines(&["in"]));
    assert_eq!(run.ids(), [("a", "binary"), ("b.txt", ""), ("c.txt", "binary")].map(|(id, kind)| (id.to_string(), kind.to_string())));
    assert_eq!(run.code, Some(1));
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_an_error_row() {
    use std::os::unix::fs::PermissionsExt;
    let w = Workspace::new(&[("in/a.txt", GOOD), ("in/b.txt", GOOD), ("in/c/d.txt", GOOD)]);
    std::fs::set_permissions(w.path("in/a.txt"), std::fs::Permissions::from_mode(0o0)).unwrap();
    if std::fs::read(w.path("in/a.txt")).is_ok() {
        eprintln!("skipped: this user may read everything");
        return;
    }
    let run = w.run(&lines(&["in"]));
    run.one_failed("a.txt", "no-permission");
    assert_eq!((run.code, run.ids().len()), (Some(1), 3));
    std::fs::set_permissions(w.path("in/c"), std::fs::Permissions::from_mode(0o0)).unwrap();
    let run = w.run(&lines(&["in"]));
    std::fs::set_permissions(w.path("in/c"), std::fs::Permissions::from_mode(0o755)).unwrap();
    assert!(run.ids().contains(&("c".into(), "no-permission".into())), "{run:?}");
}

#[cfg(unix)]
#[test]
fn links() {
    use std::os::unix::fs::symlink;
    let w = Workspace::new(&[("in/b.txt", GOOD), ("else/c.txt", GOOD)]);
    symlink("nowhere", w.path("in/a.txt")).unwrap();
    symlink(w.path("else/c.txt"), w.path("in/c.txt")).unwrap();
    symlink(w.path("else"), w.path("in/more")).unwrap();
    let run = w.run(&lines(&["in"]));
    run.one_failed("a.txt", "broken-link");
    assert_eq!((run.code, run.ids().len()), (Some(1), 2));
    assert!(run.err.contains("link (--follow reads it) 2"), "{run:?}");
    symlink(w.path("in"), w.path("in/self")).unwrap();
    let run = w.run(&lines(&["in", "--follow"]));
    let ids: Vec<_> = run.ids();
    assert!(ids.contains(&("more/c.txt".into(), String::new())) && ids.contains(&("c.txt".into(), String::new())), "{run:?}");
    assert!(ids.contains(&("a.txt".into(), "broken-link".into())) && ids.contains(&("self".into(), "link-loop".into())), "{run:?}");
    w.run(&lines(&["in/a.txt"])).one_failed("a.txt", "broken-link");
}

#[test]
fn a_folder_without_texts_has_no_documents() {
    let w = Workspace::new(&[("in/photo.JPG", "x"), ("in/run.json", "{}"), ("in/table.csv", "id,text\n1,x\n")]);
    let run = w.run(&["extract", "in"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("no document was found"), "{run:?}");
    for reason in ["image 1", "configuration or markup 1", "table without --text-column 1"] {
        assert!(run.err.contains(reason), "{run:?}");
    }
    assert_eq!(rows(&run.out).len(), 0);
    std::fs::create_dir(w.path("void")).unwrap();
    assert_eq!(w.run(&["extract", "void"]).code, Some(1));
}

#[test]
fn a_path_that_does_not_exist_is_a_row() {
    let w = Workspace::new(&[("in/a.txt", GOOD)]);
    let run = w.run(&lines(&["nope.txt", "in"]));
    run.one_failed("nope.txt", "not-found");
    assert_eq!((run.code, run.ids().len()), (Some(1), 2));
    let csv = w.run(&["extract", "nope.txt", "in"]);
    assert_eq!(rows(&csv.out)[0]["error"], "not-found: does not exist");
}

#[test]
fn what_is_not_read_is_an_error_when_named_outright() {
    let w = Workspace::new(&[("photo.jpg", "x"), ("t.csv", "id,text\n1,One\n"), ("own.csv", "id,language,title,published,event_start\n")]);
    w.run(&lines(&["photo.jpg"])).one_failed("photo.jpg", "unsupported");
    let run = w.run(&lines(&["t.csv"]));
    run.one_failed("t.csv", "unsupported");
    assert!(run.err.contains("--text-column"));
    w.run(&lines(&["own.csv", "--text-column", "title"])).one_failed("own.csv", "unsupported");
}

#[test]
fn invalid_utf_8_is_read_and_said() {
    let w = Workspace::new(&[]);
    let mut text = GOOD.repeat(20).into_bytes();
    text.splice(100..100, *b"\xff\xfe\xfd");
    w.write("in/a.txt", &text);
    let run = w.run(&lines(&["in"]));
    assert_eq!((run.code, run.ids().len()), (Some(0), 1), "{run:?}");
    assert!(run.records()[0]["encoding"].is_string());
}

#[test]
fn nul_bytes_do_not_stop_a_text() {
    let w = Workspace::new(&[]);
    w.write("in/a.txt", GOOD.repeat(10).replacen("held", "he\0ld", 1).as_bytes());
    let run = w.run(&lines(&["in"]));
    assert_eq!((run.code, run.ids()), (Some(0), vec![("a.txt".to_string(), String::new())]), "{run:?}");
}

#[test]
fn a_line_of_200_mb_is_an_error_row_and_the_rest_is_read() {
    let w = Workspace::new(&[("in/b.txt", GOOD)]);
    // no block of it is on the disk
    std::fs::File::create(w.path("in/a.txt")).unwrap().set_len(200 << 20).unwrap();
    let run = w.run(&lines(&["in"]));
    run.one_failed("a.txt", "too-large");
    assert_eq!((run.code, run.ids().len()), (Some(1), 2));
    assert!(run.err.contains("--max-size"));
}

#[test]
fn a_long_line_is_read_in_time_that_grows_with_it() {
    let words = "the Ministry of Education (MoE) held 12 meetings in Bishkek on 5 May 2020, funded by USAID and others ";
    let time = |megabytes: usize| {
        let w = Workspace::new(&[("in/a.txt", &words.repeat((megabytes << 20) / words.len() / 4))]);
        let started = std::time::Instant::now();
        let run = w.run(&["extract", "in", "-j1"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        started.elapsed().as_secs_f64()
    };
    let (short, long) = (time(1), time(4));
    // linear is 4 times as long, quadratic 16; the machine may be busy
    assert!(long < short * 10.0 + 2.0, "{short} s, {long} s");
}

#[test]
fn size_limits_hold_for_standard_input() {
    let w = Workspace::new(&[]);
    let run = w.run_with(&lines(&["-", "--max-size", "1K"]), &[b'a'; 2000]);
    run.one_failed("-", "too-large");
    assert_eq!(w.run(&["extract", "-", "--max-size", "lots"]).code, Some(2));
}

#[test]
fn encodings_are_found_or_said() {
    let w = Workspace::new(&[]);
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("Семинар прошёл в Бишкеке 5 мая 2020 года при поддержке Программы развития ООН.");
    w.write("in/a.txt", &bytes);
    for flags in [&["in"][..], &["in", "--encoding", "cp1251"]] {
        let run = w.run(&lines(flags));
        assert_eq!((run.records()[0]["encoding"].as_str(), run.records()[0]["language"].as_str()), (Some("windows-1251"), Some("ru")));
    }
    assert_eq!(w.run(&["extract", "in", "--encoding", "klingon"]).code, Some(2));
}

#[test]
fn names_with_escapes_are_shown_and_not_sent() {
    let w = Workspace::new(&[]);
    w.write("in/a\u{1b}[31m.txt", b"");
    let run = w.run(&lines(&["in"]));
    assert!(!run.err.contains('\u{1b}') && run.err.contains("a\\u{1b}[31m.txt"), "{run:?}");
}

#[test]
fn a_closed_output_is_no_error() {
    use std::process::Stdio;
    let w = Workspace::new(&[]);
    for n in 0..300 {
        w.write(&format!("in/{n}.txt"), GOOD.repeat(20).as_bytes());
    }
    for corpus in ["--corpus=on", "--corpus=off"] {
        let mut child =
            w.command(&["extract", "in", "--format", "jsonl", corpus]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{err}");
        assert!(!err.contains("error") && !err.contains("panic"), "{err}");
    }
    // a stream that goes on for ever ends too
    let mut child = w
        .command(&["extract", "--from", "jsonl", "--format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    while stdin.write_all(b"{\"text\": \"A text.\"}\n").is_ok() {}
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn output_inside_the_folder_is_not_read_again() {
    let w = Workspace::new(&[("a.txt", GOOD)]);
    for _ in 0..2 {
        let run = w.run(&["extract", ".", "-o", "result.jsonl", "--text-column", "text"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert_eq!(w.read("result.jsonl").lines().count(), 1);
    }
    w.run(&["extract", "a.txt", "-o", "other.csv"]);
    let run = w.run(&["extract", ".", "--text-column", "title", "-o", "result.jsonl"]);
    assert!(run.err.contains("dateline's own output 1") && run.err.contains("this run's own output 1"), "{run:?}");
}
