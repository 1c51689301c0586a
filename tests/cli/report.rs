//! `dateline summary` and `dateline report`; the page of the report in a real browser.

use serde_json::{Value, json};

use super::browser::Browser;
use super::workspace::Workspace;

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples/releases");
const HOSTILE: &str = "</script><img src=x onerror=\"document.title='run'\">{{data}}\n\nBISHKEK, 6 May 2020. The workshop <b>was held</b> in Bishkek on 5 May 2020. It was funded by </script><script>document.title='run'</script> USAID.\n";

#[test]
fn a_summary_counts_the_same_whatever_it_reads() {
    let w = Workspace::new(&[]);
    for output in ["all.jsonl", "csv/", "lines/"] {
        let mut line = vec!["extract", SAMPLES, "-q", "-o", output];
        if output == "lines/" {
            line.extend(["--format", "jsonl"]);
        }
        assert_eq!(w.run(&line).code, Some(0));
    }
    w.run(&["extract", SAMPLES, "-q", "-o", "semicolons.csv", "--excel=ru"]);
    let packed = {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut packed, w.read("all.jsonl").as_bytes()).unwrap();
        packed.finish().unwrap()
    };
    w.write("all.jsonl.gz", &packed);
    // warnings may need what tables do not have
    let summary = |input: &str| {
        let run = w.run(&["summary", input, "--format", "json", "--today", "2026-01-01"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        let mut summary: Value = serde_json::from_str(&run.out).unwrap();
        summary["warnings"] = Value::Null;
        summary
    };
    let whole = summary(SAMPLES);
    assert_eq!((&whole["documents"], &whole["events"]), (&json!(12), &json!(12)));
    assert_eq!(whole["donors"][0], json!({"name": "European Union", "documents": 2}));
    for input in ["all.jsonl", "all.jsonl.gz", "csv", "lines"] {
        assert_eq!(summary(input), whole, "{input}");
    }
    // the table of documents alone has no countries of places, and says what is missing
    let alone = summary("semicolons.csv");
    assert_eq!((&alone["donors"], &alone["years"], &alone["bodies"]), (&whole["donors"], &whole["years"], &whole["bodies"]));
    assert!(w.run(&["summary", "semicolons.csv"]).err.contains("has no table of mentions"));
}

#[test]
fn a_summary_is_plain_text_in_a_pipe_and_names_what_is_odd() {
    let w = Workspace::new(&[("in/a.txt", HOSTILE), ("in/empty.txt", "")]);
    let run = w.run(&["summary", "in"]);
    assert_eq!(run.code, Some(0), "an empty file is no failure: {run:?}");
    assert!(!run.out.contains('\u{1b}') && run.out.starts_with("2 documents, 1 not read\n"), "{run:?}");
    assert!(run.out.contains("2020  █") && run.out.contains("United States Agency for International Development"), "{run:?}");
    assert!(run.out.contains("could not be read: empty  empty.txt"), "{run:?}");
    assert!(run.out.lines().all(|line| line.chars().count() <= 100), "{run:?}");
}

#[test]
fn what_cannot_be_read_says_what_is_needed() {
    let w = Workspace::new(&[("in/a.txt", HOSTILE)]);
    w.run(&["extract", "in", "-q", "-o", "all.xlsx"]);
    w.run(&["extract", "in", "-q", "-o", "all.jsonl"]);
    w.run(&["extract", "in", "-q", "-o", "tables/"]);
    w.run(&["extract", "in", "-q", "--shard", "1/1", "-o", "part.jsonl"]);
    for (line, told) in [
        (&["summary", "all.xlsx"][..], "-o all.jsonl"),
        (&["summary", "all.jsonl", "in"], "one kind at a time"),
        (&["summary", "part.jsonl"], "dateline merge"),
        (&["summary", "all.jsonl", "--", "--glob", "*"], "has been read already"),
        (&["report", "all.jsonl", "-o", "report.pdf"], "report.html"),
        (&["report", "nothing", "-o", "report.html"], "does not exist"),
        (&["summary", "tables/roles.csv"], "give their folder"),
    ] {
        let run = w.run(line);
        assert!(run.code == Some(2) && run.err.contains(told), "{line:?} {run:?}");
    }
    std::fs::create_dir(w.path("empty")).unwrap();
    let run = w.run(&["report", "empty", "-o", "report.html"]);
    assert!(run.code == Some(1) && !w.path("report.html").exists(), "{run:?}");
}

#[test]
fn the_same_documents_give_the_same_page() {
    let w = Workspace::new(&[]);
    w.run(&["extract", SAMPLES, "-q", "-o", "all.jsonl"]);
    for (input, output) in [(SAMPLES, "a.html"), ("all.jsonl", "b.html")] {
        assert_eq!(w.run(&["report", input, "-o", output, "--today", "2026-01-01"]).code, Some(0));
    }
    assert_eq!(w.read("a.html"), w.read("b.html"));
}

#[test]
fn a_page_in_the_folder_that_is_read_is_no_document() {
    let w = Workspace::new(&[("in/a.txt", HOSTILE)]);
    for _ in 0..2 {
        let run = w.run(&["report", "in", "-o", "in/report.html"]);
        assert!(run.code == Some(0) && run.err.contains("dateline: 1 document; wrote in/report.html"), "{run:?}");
    }
}

#[test]
fn copies_are_counted_apart() {
    let w = Workspace::new(&[]);
    let text = std::fs::read_to_string(format!("{SAMPLES}/en-01.txt")).unwrap();
    for name in ["in/a.txt", "in/b.txt"] {
        w.write(name, text.as_bytes());
    }
    let summary: Value = serde_json::from_str(&w.run(&["summary", "in", "--events", "--format", "json"]).out).unwrap();
    assert_eq!([&summary["documents"], &summary["events"], &summary["copies"], &summary["counted"]], [2, 1, 1, 1]);
    let run = w.run(&["summary", "in"]);
    assert!(run.out.contains("1 event · 1 copy · 0 other versions"), "{run:?}");
    let Some(browser) = shown(&w, "in", 1280) else { return };
    assert!(browser.text("#lede").contains("2 documents · 1 event · "), "{}", browser.text("#lede"));
    browser.click("#once");
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_eq!(browser.text("#count"), "1 of 2 documents");
    is_clean(&w, &browser);
}

/// The page of a folder in a browser.
fn shown(w: &Workspace, input: &str, width: u32) -> Option<Browser> {
    let run = w.run(&["report", input, "-o", "report.html"]);
    assert!(matches!(run.code, Some(0)), "{run:?}");
    Browser::open(&w.path("report.html"), width, 900)
}

fn is_clean(w: &Workspace, browser: &Browser) {
    assert_eq!(browser.errors(), Vec::<String>::new());
    assert_eq!(browser.requests(&w.path("report.html")), Vec::<String>::new());
}

#[test]
fn a_page_draws_its_figures_and_every_mark_opens_its_evidence() {
    let w = Workspace::new(&[]);
    let Some(browser) = shown(&w, SAMPLES, 1280) else { return };
    assert!(browser.text("#lede").starts_with("12 documents · English, Russian · 2011–2025"), "{}", browser.text("#lede"));
    let count = |selector: &str| browser.run(&format!("return document.querySelectorAll({selector:?}).length")).as_u64().unwrap();
    assert!(count("#timeline .marked") >= 10 && count("#map .marked") >= 8 && count("#heat tbody tr") >= 15);
    assert!(count("#network .marked") >= 15 && count("#table .item") == 12);
    for (mark, says) in [
        ("#timeline .marked", "document"),
        ("#map .marked", "place of the event"),
        ("#heat td button", "donor: "),
        ("#network .marked .ring", ": "),
    ] {
        browser.run(&format!("document.querySelector({mark:?}).scrollIntoView({{block: 'center'}})"));
        browser.run(&format!("document.querySelector({mark:?}).dispatchEvent(new MouseEvent('click', {{bubbles: true}}))"));
        let panel = browser.text("#panel");
        assert!(panel.contains(says) && panel.contains(".txt"), "{mark}: {panel}");
        assert!(count("#panel blockquote") >= 1, "{mark} opens no sentence: {panel}");
        browser.click("#panel-close");
        assert_eq!(browser.run("return document.querySelector('#panel').hidden"), json!(true));
    }
    // by keyboard: the first bar, the next, its documents, and back
    browser.run("document.querySelector('#timeline .marked').focus()");
    let key = |key: &str| {
        browser.run(&format!(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{key: {key:?}, bubbles: true, cancelable: true}}))"
        ))
    };
    key("ArrowRight");
    key("Enter");
    assert_eq!(browser.run("return document.activeElement.id"), json!("panel-title"));
    key("Escape");
    assert!(browser.run("return document.activeElement.getAttribute('aria-label')").as_str().unwrap().contains("document"));
    is_clean(&w, &browser);
}

#[test]
fn search_filters_all_figures_and_tables_sort() {
    let w = Workspace::new(&[]);
    let Some(browser) = shown(&w, SAMPLES, 1280) else { return };
    browser.type_into("#search", "Караколь");
    assert_eq!(browser.text("#count"), "0 of 12 documents");
    browser.run("document.querySelector('#search').value = ''");
    browser.type_into("#search", "karakol");
    let found = browser.text("#count");
    assert!(found.ends_with(" of 12 documents") && !found.starts_with("12") && !found.starts_with('0'), "{found}");
    let bars = browser.run("return document.querySelectorAll('#timeline .marked').length").as_u64().unwrap();
    assert!((1..6).contains(&bars), "{bars}");
    browser.click("#reset");
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(browser.text("#count"), "");
    let column = "return [...document.querySelectorAll('#table .item')].map(row => row.children[2].textContent)";
    browser.click("#table .headings > :nth-child(3) button");
    let published: Vec<String> = serde_json::from_value(browser.run(column)).unwrap();
    let days: Vec<&String> = published.iter().filter(|day| !day.is_empty()).collect();
    assert!(days.is_sorted() && days.len() > 5 && published.last().unwrap().is_empty(), "{published:?}");
    browser.click("#table .headings > :nth-child(3) button");
    let published: Vec<String> = serde_json::from_value(browser.run(column)).unwrap();
    assert!(published.iter().filter(|day| !day.is_empty()).is_sorted_by(|a, b| a >= b), "{published:?}");
    // a row, by mouse
    browser.click("#table .item");
    assert!(browser.text("#panel-body").contains("What shows it"));
    is_clean(&w, &browser);
}

#[test]
fn every_figure_saves_its_data() {
    let w = Workspace::new(&[]);
    let Some(browser) = shown(&w, SAMPLES, 1280) else { return };
    std::fs::create_dir(w.path("saved")).unwrap();
    browser.command("Browser.setDownloadBehavior", &json!({"behavior": "allow", "downloadPath": w.path("saved")}));
    for figure in ["timeline", "map", "heat", "network", "documents"] {
        browser.click(&format!("[data-csv={figure}]"));
        let file = format!("saved/{figure}.csv");
        for _ in 0..50 {
            if w.path(&file).exists() {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        let table = w.read(&file);
        let rows = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes()).records().map(Result::unwrap).count();
        assert!(rows >= 8, "{figure}: {table}");
    }
    is_clean(&w, &browser);
}

#[test]
fn a_hostile_document_is_text() {
    let line = json!({"id": "</script><img src=x onerror=alert(1)>", "text": HOSTILE}).to_string();
    let w = Workspace::new(&[("in.jsonl", &line)]);
    let run = w.run(&["report", "in.jsonl", "--title", "</title><script>1</script>", "--", "--from", "jsonl"]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let Some(browser) = Browser::open(&w.path("report.html"), 1280, 900) else { return };
    assert_eq!(browser.run("return document.images.length"), json!(0));
    assert_eq!(browser.text("h1"), "</title><script>1</script>");
    browser.click("#table .item");
    let panel = browser.text("#panel");
    assert!(panel.contains("<img src=x onerror=alert(1)>") && panel.contains("<b>was held</b>"), "{panel}");
    assert_eq!(browser.run("return document.querySelectorAll('#panel img, #panel b, #panel script, main script').length"), json!(0));
    // the policy holds even for a script that came through
    browser.run("const s = document.createElement('script'); s.textContent = \"document.title = 'run'\"; document.body.append(s)");
    assert_eq!(browser.text("title"), "</title><script>1</script>");
    assert!(browser.errors().iter().any(|error| error.contains("Content Security Policy")));
    assert_eq!(browser.requests(&w.path("report.html")), Vec::<String>::new());
}

#[test]
fn a_page_fits_a_phone_and_a_sheet_of_paper() {
    let w = Workspace::new(&[]);
    let Some(browser) = shown(&w, SAMPLES, 375) else { return };
    assert_eq!(browser.run("return innerWidth"), json!(375));
    let wide = browser.run("return [document.documentElement.scrollWidth, ...[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll, svg, .skip') && e.getBoundingClientRect().right > 376).map(e => e.tagName + '.' + e.className)]");
    assert_eq!(wide, json!([375]), "something is wider than the phone");
    browser.click("#table .item");
    assert_eq!(
        browser.run("const r = document.querySelector('#panel').getBoundingClientRect(); return [r.left, r.right]"),
        json!([0, 375])
    );
    let pdf = browser.command("Page.printToPDF", &json!({"printBackground": true}));
    assert!(pdf["data"].as_str().unwrap().len() > 20_000);
    is_clean(&w, &browser);
}

#[test]
fn themes_follow_the_system_and_the_button() {
    let w = Workspace::new(&[]);
    let Some(browser) = shown(&w, SAMPLES, 1280) else { return };
    let paper = || browser.run("return getComputedStyle(document.body).backgroundColor").as_str().unwrap().to_string();
    let light = paper();
    browser.command("Emulation.setEmulatedMedia", &json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]}));
    let dark = paper();
    assert_ne!(light, dark);
    browser.click("#theme");
    assert_eq!(paper(), light);
    browser.click("#theme");
    assert_eq!(paper(), dark);
    is_clean(&w, &browser);
}

#[test]
fn a_large_corpus_opens_fast() {
    let w = Workspace::new(&[]);
    w.run(&["extract", SAMPLES, "-q", "-o", "all.jsonl"]);
    let records: Vec<Value> = w.read("all.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut many = String::new();
    for number in 0..6_000 {
        let mut record = records[number % records.len()].clone();
        record["mentions"] = json!([]);
        record["id"] = json!(format!("{}/{number:05}.txt", 2000 + number % 20));
        record["title"] = json!(format!("{} {number}", record["title"].as_str().unwrap_or_default()));
        many += &(record.to_string() + "\n");
    }
    w.write("many.jsonl", many.as_bytes());
    let Some(browser) = shown(&w, "many.jsonl", 1280) else { return };
    assert!(browser.text("#data").is_empty(), "is packed, and let go when it was read");
    assert!(browser.text("#lede").starts_with("6,000 documents"));
    // rows out of sight do not exist
    assert!(browser.run("return document.querySelectorAll('#table .item').length").as_u64().unwrap() < 60);
    browser.run("document.querySelector('#table .window').scrollTop = 1e9");
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert!(browser.text("#table .item:last-child").contains("05999.txt"));
    is_clean(&w, &browser);
}
