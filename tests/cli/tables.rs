//! Files for people and programs: how CSV is written, and typed files opened by what opens them.
//!
//! DuckDB and pandas are asked through the Python that `DATELINE_PYTHON` names (`python3` without
//! it), LibreOffice as `soffice`. Where one is missing its test says so in a line and ends; with
//! `DATELINE_NO_SKIP=1`, as in `.ci/run`, it fails.

use std::process::Command;

use super::workspace::{Workspace, rows};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples/releases");
const A: &str = "Workshop in Bishkek\n\nBISHKEK, 6 May 2020. The workshop was held in Bishkek on 5 May 2020. It was funded by USAID (United States Agency for International Development).\n";
const B: &str = "=1+1\n\nOSH, 7 May 2020. Teachers met in Osh in June 2019. The meeting was funded by the European Union.\n";

/// Runs a Python script with arguments; none where Python or one of the modules is missing.
pub fn python(modules: &str, script: &str, files: &[&std::path::Path]) -> Option<String> {
    let python = std::env::var("DATELINE_PYTHON").unwrap_or_else(|_| "python3".into());
    let has = Command::new(&python).args(["-c", &format!("import {modules}")]).output().is_ok_and(|run| run.status.success());
    if !has {
        return skip(&format!("{python} with {modules}"));
    }
    let run = Command::new(&python).args(["-c", script]).args(files).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    Some(String::from_utf8(run.stdout).unwrap())
}

fn skip(what: &str) -> Option<String> {
    assert!(std::env::var_os("DATELINE_NO_SKIP").is_none_or(|value| value.is_empty()), "{what} is missing");
    eprintln!("skipped: {what} is missing");
    None
}

/// A sheet of a file as LibreOffice exports it: CSV, cells as shown.
fn libreoffice(w: &Workspace, file: &str, filter: &str) -> Option<String> {
    let profile = format!("-env:UserInstallation=file://{}", w.path("profile").display());
    let out = w.path("office");
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", &format!("csv:Text - txt - csv (StarCalc):{filter}"), "--outdir"])
        .arg(&out)
        .arg(w.path(file))
        .output();
    match run {
        Err(_) => skip("soffice"),
        Ok(run) => {
            assert!(run.status.success(), "{run:?}");
            let written = std::fs::read_dir(&out).unwrap().next().unwrap().unwrap().path();
            Some(std::fs::read_to_string(written).unwrap())
        }
    }
}

#[test]
fn columns_are_chosen_and_keep_their_order() {
    let w = Workspace::new(&[("in/a.txt", A), ("in/b.txt", B)]);
    let run = w.run(&["extract", "in", "--columns", "published,id"]);
    assert_eq!(run.out, "published,id\n2020-05-06,a.txt\n2020-05-07,b.txt\n");
    let run = w.run(&["extract", "in", "--table", "mentions", "--columns", "document,start", "--format", "jsonl"]);
    assert!(run.out.lines().all(|line| line.starts_with("{\"document\":")), "{run:?}");
    for (columns, extra) in [("id,nope", ""), ("id,id", ""), ("id", "jsonl")] {
        let mut line = vec!["extract", "in", "--columns", columns];
        if !extra.is_empty() {
            line.extend(["--format", extra]);
        }
        let run = w.run(&line);
        assert_eq!(run.code, Some(2), "{run:?}");
    }
    assert!(
        w.run(&["extract", "in", "--columns", "nope"]).err.contains("nope")
            && w.run(&["extract", "in", "--columns", "nope"]).err.contains("published")
    );
}

#[test]
fn csv_is_written_as_asked() {
    let w = Workspace::new(&[("in/a.txt", A)]);
    let columns = ["--columns", "id,donors,implementers"];
    let run = |flags: &[&str]| w.run(&[&["extract", "in"], &columns[..], flags].concat());
    assert_eq!(run(&["--no-header", "--null", "NA"]).out, "a.txt,United States Agency for International Development,NA\n");
    assert_eq!(run(&["--delimiter", "|", "--no-header"]).out, "a.txt|United States Agency for International Development|\n");
    assert_eq!(run(&["--delimiter", "tab", "--no-header"]).out, run(&["--format", "tsv", "--no-header"]).out);
    for wrong in
        [&["--delimiter", "ab"][..], &["--delimiter", "\""], &["--format", "json", "--null", "NA"], &["--format", "tsv", "--excel"]]
    {
        assert_eq!(run(wrong).code, Some(2), "{wrong:?}");
    }
}

#[test]
fn csv_for_a_spreadsheet_has_a_mark_a_separator_and_guarded_texts() {
    let w = Workspace::new(&[("in/b.txt", B)]);
    let run = w.run(&["extract", "in", "--excel=ru", "--columns", "title,published,characters"]);
    assert_eq!(run.out, format!("\u{feff}title;published;characters\r\n'=1+1;2020-05-07;{}\r\n", B.chars().count()));
    assert!(w.run(&["extract", "in", "--excel"]).out.starts_with("\u{feff}id,language,"));
    assert!(w.run(&["extract", "in", "--columns", "title"]).out.ends_with("\n=1+1\n"), "off for machines");
    let run = w.run(&["extract", "in", "--excel=xx"]);
    assert!(run.code == Some(2) && run.err.contains("--delimiter"), "{run:?}");
    // numbers below zero are numbers
    let south = Workspace::new(&[("in/c.txt", "The delegation visited Nairobi and Lima on 5 May 2020.\n")]);
    let rows = rows(&south.run(&["extract", "in", "--excel", "--table", "mentions"]).out.replace('\u{feff}', ""));
    assert!(rows.iter().any(|row| row["latitude"].starts_with("-1")), "{rows:?}");
}

#[test]
fn wide_columns_are_those_of_enough_documents_in_a_fixed_order() {
    let w = Workspace::new(&[("in/a.txt", A), ("in/b.txt", B), ("in/c.txt", &A.replace("6 May", "9 May")), ("in/d.txt", "")]);
    let wide = |flags: &[&str]| w.run(&[&["extract", "in", "--columns", "id"], flags].concat()).out;
    assert_eq!(
        wide(&["--wide", "donors,countries"]),
        "id,donors_European Union,donors_United States Agency for International Development,countries_KG\n\
         a.txt,0,1,1\nb.txt,1,0,1\nc.txt,0,1,1\nd.txt,,,\n"
    );
    assert_eq!(
        wide(&["--wide", "donors", "--min-count", "2"]).lines().next().unwrap(),
        "id,donors_United States Agency for International Development"
    );
    for wrong in [
        &["--wide", "title"][..],
        &["--min-count", "2"],
        &["--wide", "donors", "--corpus", "off"],
        &["--wide", "donors", "--table", "roles"],
    ] {
        assert_eq!(w.run(&[&["extract", "in"], wrong].concat()).code, Some(2), "{wrong:?}");
    }
    let stream = w.run_with(
        &["extract", "--from", "jsonl", "-", "--wide", "donors"],
        b"{\"text\": \"The school was funded by the European Union.\"}\n",
    );
    assert!(stream.out.lines().next().unwrap().ends_with(",donors_European Union") && stream.out.ends_with(",1\n"), "{stream:?}");
}

#[test]
fn documents_are_metadata_for_txm() {
    let w = Workspace::new(&[("in/a.b.txt", A), ("in/c", A)]);
    let run = w.run(&["extract", "in", "--txm", "-o", "metadata.csv"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let table = w.read("metadata.csv");
    assert!(table.starts_with("id,language,"));
    assert_eq!(rows(&table).iter().map(|row| row["id"].as_str()).collect::<Vec<_>>(), ["a.b", "c"]);
    assert_eq!(table.lines().count(), 3);
}

#[test]
fn typed_files_are_the_same_bytes_for_any_number_of_threads() {
    let w = Workspace::new(&[]);
    for (ending, flags) in [("xlsx", &["--wide", "countries"][..]), ("sqlite", &[]), ("parquet", &["--table", "mentions"])] {
        for threads in ["1", "2", "7"] {
            let run = w.run(&[&["extract", SAMPLES, "-j", threads, "-o", &format!("{threads}.{ending}")], flags].concat());
            assert_eq!(run.code, Some(0), "{run:?}");
        }
        let read = |threads: &str| std::fs::read(w.path(&format!("{threads}.{ending}"))).unwrap();
        assert!(read("1") == read("2") && read("1") == read("7"), "{ending}");
    }
    let wrong = [
        &["--format", "xlsx"][..],
        &["-o", "dir/", "--format", "sqlite"],
        &["-o", "a.sqlite", "--table", "roles"],
        &["-o", "a.xlsx", "--columns", "id"],
    ];
    for flags in wrong {
        assert_eq!(w.run(&[&["extract", SAMPLES], flags].concat()).code, Some(2), "{flags:?}");
    }
}

#[test]
fn a_database_holds_all_tables_and_its_keys_hold() {
    let w =
        Workspace::new(&[("in/a.txt", A), ("in/b.txt", B), ("in/empty.txt", ""), ("list", "in/a.txt\nin/b.txt\nin/empty.txt\nin/a.txt\n")]);
    let run = w.run(&["extract", "--files-from", "list", "-o", "r.db"]);
    assert_eq!(run.code, Some(1), "{run:?}");
    let db = rusqlite::Connection::open(w.path("r.db")).unwrap();
    let text = |sql: &str| -> String { db.query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(text("PRAGMA integrity_check"), "ok");
    assert!(db.prepare("PRAGMA foreign_key_check").unwrap().query([]).unwrap().next().unwrap().is_none());
    assert_eq!(
        text("SELECT group_concat(name) FROM sqlite_master WHERE type = 'table'"),
        "documents,mentions,organizations,roles,failures,columns"
    );
    assert_eq!(text("SELECT published FROM documents WHERE id LIKE '%a.txt'"), "2020-05-06");
    assert_eq!(
        text("SELECT donors.value FROM documents, json_each(documents.donors) AS donors WHERE documents.id LIKE '%b.txt'"),
        "European Union"
    );
    let both = "SELECT group_concat(documents.language || ' ' || organizations.documents) FROM roles JOIN documents ON documents.id = roles.document JOIN organizations USING (name) WHERE role = 'donor'";
    assert_eq!(text(both), "en 1,en 1");
    // an empty file and the second of an id
    assert_eq!(text("SELECT group_concat(substr(error, 1, 5)) FROM failures ORDER BY number"), "empty,dupli");
    assert_eq!(text("SELECT count(*) || ' ' || sum(error IS NOT NULL) FROM documents"), "3 1");
    assert_eq!(text("SELECT meaning FROM columns WHERE \"table\" = 'roles' AND \"column\" = 'evidence'"), "the words that say so");
}

#[test]
fn duckdb_opens_csv_parquet_and_sees_types() {
    let w = Workspace::new(&[("in/a.txt", A), ("in/b.txt", B)]);
    w.run(&["extract", "in", "-o", "csv/"]);
    w.run(&["extract", "in", "-o", "typed/", "--format", "parquet"]);
    let script = r#"
import duckdb, sys
csv, parquet, mentions = sys.argv[1:]
ask = lambda sql: duckdb.sql(sql).fetchall()
print(ask(f"select id, title, published + 1 from '{csv}' order by id"))
print(ask(f"select column_type from (describe from '{parquet}') where column_name in ('published', 'donors', 'characters', 'language_certainty')"))
print(ask(f"select donors[1] from '{parquet}' order by id"))
print(ask(f"select column_type from (describe from '{mentions}') where column_name in ('value', 'nested')"))
print(ask(f"select count(*) from '{mentions}' where type = 'date' and value = '2019-06'"))
"#;
    let files = [w.path("csv/documents.csv"), w.path("typed/documents.parquet"), w.path("typed/mentions.parquet")];
    let Some(out) = python("duckdb", script, &[&files[0], &files[1], &files[2]]) else { return };
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].contains("('a.txt', 'Workshop in Bishkek', datetime.date(2020, 5, 7))") && lines[0].contains("'=1+1'"), "{out}");
    assert_eq!(lines[1], "[('DATE',), ('VARCHAR[]',), ('BIGINT',), ('DOUBLE',)]");
    assert_eq!(lines[2], "[('United States Agency for International Development',), ('European Union',)]");
    // one month among the days, so the column stays text
    assert_eq!(lines[3], "[('VARCHAR',), ('BOOLEAN',)]");
    assert_eq!(lines[4], "[(1,)]");
}

#[test]
fn pandas_opens_csv_and_excel() {
    let w = Workspace::new(&[("in/a.txt", A), ("in/b.txt", B)]);
    w.run(&["extract", "in", "-o", "csv/"]);
    w.run(&["extract", "in", "-o", "all.xlsx"]);
    let script = r#"
import pandas, sys
csv, xlsx = sys.argv[1:]
print(list(pandas.read_csv(csv, parse_dates=["published"])["published"].dt.day))
sheets = pandas.read_excel(xlsx, sheet_name=None)
print(list(sheets))
print(list(sheets["documents"]["published"].dt.day), list(sheets["documents"]["title"]))
print([str(v)[:10] for v in sheets["mentions"][sheets["mentions"]["type"] == "date"]["value"]])
"#;
    let Some(out) = python("pandas, openpyxl", script, &[&w.path("csv/documents.csv"), &w.path("all.xlsx")]) else { return };
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "[6, 7]");
    assert_eq!(lines[1], "['documents', 'mentions', 'organizations', 'roles', 'columns']");
    assert_eq!(lines[2], "[6, 7] ['Workshop in Bishkek', '=1+1']");
    assert!(lines[3].contains("'2020-05-05'") && lines[3].contains("'2019-06'"), "{out}");
}

#[test]
fn libreoffice_opens_the_workbook_and_runs_nothing_in_it() {
    let w = Workspace::new(&[("in/b.txt", B)]);
    w.run(&["extract", "in", "-o", "all.xlsx"]);
    // separator, quote, UTF-8, from line 1, and the values as shown
    let Some(sheet) = libreoffice(&w, "all.xlsx", "44,34,76,1,,0,false,true,false,false,false,1") else { return };
    let row = &rows(&sheet)[0];
    assert_eq!((row["id"].as_str(), row["title"].as_str(), row["published"].as_str()), ("b.txt", "=1+1", "2020-05-07"));
    assert_eq!(row["donors"], "European Union");
}

#[test]
fn libreoffice_opens_csv_for_spreadsheets_and_runs_nothing_in_it() {
    let w = Workspace::new(&[("in/b.txt", B)]);
    w.run(&["extract", "in", "--excel", "-o", "people.csv"]);
    let Some(sheet) = libreoffice(&w, "people.csv", "44,34,76,1,,0,false,true,false,false,false,-1") else { return };
    assert!(sheet.contains("=1+1") && sheet.contains("2020-05-07"), "{sheet}");
}
