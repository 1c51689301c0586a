//! Evidence for every cell: a text explained, a table verified.

use super::workspace::Workspace;

const A: &str = "Home | News | Contacts\n\nWorkshop in Bishkek\n\nBISHKEK, 6 May 2020. The workshop was held in Bishkek on 03/04/2020. It was funded by USAID <b>\u{1b}[31mred\u{7}</b>.\n\nShare on Facebook\n";

#[test]
fn a_text_is_shown_with_what_was_found_and_why() {
    let w = Workspace::new(&[("a\u{1b}[31m.txt", A)]);
    let run = w.run(&["explain", "a\u{1b}[31m.txt"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!run.out.contains('\u{1b}') && !run.out.contains('\u{7}'), "{run:?}");
    for shown in
        ["a\\u{1b}[31m.txt", "\\u{1b}[31mred\\u{7}", "published    2020-05-06", "place BISHKEK", "donor", "“funded by”", "[furniture: "]
    {
        assert!(run.out.contains(shown), "{shown}: {}", run.out);
    }
    let colored = w.run(&["explain", "a\u{1b}[31m.txt", "--color", "always"]);
    assert!(colored.out.contains("\u{1b}[34m") && !colored.out.contains("\u{1b}[31mred"), "{colored:?}");
    let mut command = w.command(&["explain", "a\u{1b}[31m.txt"]);
    let output = command.env("NO_COLOR", "1").output().unwrap();
    assert!(!output.stdout.contains(&0x1b));
}

#[test]
fn a_page_of_it_holds_nothing_that_runs() {
    let w = Workspace::new(&[("<a onclick=x>.txt", &A.replace("<b>", "<b><script>alert(1)</script>"))]);
    let run = w.run(&["explain", "<a onclick=x>.txt", "--format", "html", "-o", "a.html"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{run:?}");
    let page = w.read("a.html");
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("Content-Security-Policy\" content=\"default-src 'none'"));
    for never in ["<script", "<b>", "<a ", "\u{1b}", "http://", "https://"] {
        assert!(!page.contains(never), "{never}");
    }
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;\\u{1b}[31mred") && page.contains("<mark class=\"place\""));
}

#[test]
fn the_reasons_come_as_json_with_the_readings_that_lost() {
    let w = Workspace::new(&[("a.txt", A), ("b.jsonl", "{\"id\": \"b\", \"body\": \"The Osh State University opened in Osh.\"}\n")]);
    let record = &w.run(&["explain", "a.txt", "--format", "json"]).records()[0];
    assert_eq!(record["text"].as_str(), Some(A));
    let date = record["mentions"].as_array().unwrap().iter().find(|m| m["text"] == "03/04/2020").unwrap();
    assert!(date["rule"].is_string() && date["because"].is_array());
    let run = w.run(&["explain", "b.jsonl", "--format", "json", "--", "--from", "jsonl", "--text-column", "body"]);
    assert_eq!(run.ids(), [("b".to_string(), String::new())], "{run:?}");
    let missing = w.run(&["explain", "nope.txt"]);
    assert!(missing.code == Some(1) && missing.out.contains("nope.txt"), "{missing:?}");
}

const B: &str = "OSH, 7 May 2020. Teachers met in Osh on 5 May 2020. The meeting was funded by the European Union and USAID.\n";

#[test]
fn a_table_follows_from_its_originals_until_one_of_them_changes() {
    let w = Workspace::new(&[("in/b.txt", B), ("in/c.txt", &B.replace("Osh", "Naryn"))]);
    let tables = ["documents", "mentions", "organizations", "roles"];
    for table in tables {
        for format in ["csv", "tsv", "json", "jsonl"] {
            w.run(&["extract", "in", "-q", "--table", table, "-o", &format!("{table}.{format}")]);
            let run = w.run(&["verify", &format!("{table}.{format}"), "--source", "in"]);
            assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{table}.{format} {run:?}");
        }
    }
    w.run(&["extract", "in", "-q", "-o", "all.jsonl"]);
    w.run(&["extract", "in", "-q", "--excel=ru", "-o", "people.csv", "--table", "mentions"]);
    w.run(&["extract", "in", "-q", "--wide", "countries,donors", "--null", "NA", "-o", "wide.csv"]);
    assert_eq!(w.run(&["verify", "all.jsonl", "--source", "in"]).code, Some(0));
    assert_eq!(w.run(&["verify", "people.csv", "--source", "in"]).code, Some(0));
    let run = w.run(&["verify", "wide.csv", "--source", "in", "--null", "NA"]);
    assert_eq!(run.code, Some(0), "{run:?}");

    // a cell that someone changed
    w.write("mentions.csv", w.read("mentions.csv").replacen("2020-05-05", "2020-05-04", 1).as_bytes());
    let run = w.run(&["verify", "mentions.csv", "--source", "in"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.out.starts_with("b.txt date ") && run.out.contains("value is \"2020-05-04\", and \"2020-05-05\" by the originals"),
        "{run:?}"
    );
    w.write("wide.csv", w.read("wide.csv").replace(",1", ",0").as_bytes());
    assert_eq!(w.run(&["verify", "wide.csv", "--source", "in", "--null", "NA"]).code, Some(1));

    // an original that someone changed, and one that is gone
    w.write("in/b.txt", format!("News. {B}").as_bytes());
    std::fs::remove_file(w.path("in/c.txt")).unwrap();
    for table in ["mentions.tsv", "roles.csv", "all.jsonl", "organizations.csv"] {
        let run = w.run(&["verify", table, "--source", "in"]);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(table.starts_with('o') || run.out.contains("c.txt: is no document of the originals"), "{run:?}");
    }
    assert_eq!(w.run(&["verify", "nope.csv", "--source", "in"]).code, Some(3));
    w.write("other.csv", b"x,y\n1,2\n");
    assert_eq!(w.run(&["verify", "other.csv", "--source", "in"]).code, Some(3));
}

#[test]
fn a_table_is_verified_with_the_flags_it_was_made_with() {
    let w = Workspace::new(&[("in/b.txt", B), ("places.csv", "name,country,latitude,longitude,aliases\nOsh,KG,40.61,72.91,\n")]);
    w.run(&["extract", "in", "-q", "--places", "places.csv", "-o", "m.csv", "--table", "mentions"]);
    let verify = |flags: &[&str]| w.run(&[&["verify", "m.csv", "--source", "in"], flags].concat());
    assert_eq!(verify(&["--", "--places", "places.csv"]).code, Some(0));
    assert_eq!(verify(&[]).code, Some(1));
    assert_eq!(verify(&["--", "--nonsense"]).code, Some(2));
}
