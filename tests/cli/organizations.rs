//! `dateline organizations`: forms, counts and reasons, in every format.

use super::workspace::Workspace;

fn corpus() -> Workspace {
    let english =
        "Osh, 5 May 2020. The Lotus Rural Development Fund (LRDF) opened a school in Osh. USAID paid for it. LRDF also built a bridge.\n";
    let russian =
        "Ош, 6 мая 2020 года. ОФ «Билим Ордо» и ЮСАИД открыли школу. Министерство здравоохранения КР передало Фонду «Билим Ордо» машину.\n";
    let other =
        "Bishkek, 7 May 2020. Bilim Ordo Foundation and the Ministry of Health of the Kyrgyz Republic opened a clinic in Bishkek.\n";
    Workspace::new(&[("in/a.txt", english), ("in/b.txt", russian), ("in/c.txt", other)])
}

#[test]
fn every_form_says_why_it_names_its_body() {
    let run = corpus().run(&["organizations", "in", "--format", "jsonl"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let bodies = run.records();
    let forms = |name: &str| -> Vec<(String, String, Vec<String>)> {
        let body = bodies.iter().find(|body| body["name"] == name).unwrap_or_else(|| panic!("{name}: {}", run.out));
        let form = |f: &serde_json::Value| {
            let rules = f["joins"].as_array().unwrap().iter().map(|j| j["rule"].as_str().unwrap().to_string()).collect();
            (f["form"].as_str().unwrap().to_string(), f["language"].as_str().unwrap().to_string(), rules)
        };
        body["forms"].as_array().unwrap().iter().map(form).collect()
    };
    let lotus = forms("Lotus Rural Development Fund");
    assert!(lotus.contains(&("LRDF".into(), "en".into(), vec!["identity/bracket".into()])), "{lotus:?}");
    let usaid = forms("United States Agency for International Development");
    assert!(usaid.iter().any(|f| f.0 == "ЮСАИД" && f.1 == "ru" && f.2 == ["table/organizations"]), "{usaid:?}");
    assert!(usaid.iter().any(|f| f.0 == "USAID" && f.1 == "en"), "{usaid:?}");
    let health = forms("Ministry of Health of Kyrgyzstan");
    assert_eq!(health.iter().map(|f| f.1.as_str()).collect::<Vec<_>>(), ["en", "ru"], "{health:?}");
    assert!(health.iter().all(|f| f.2 == ["canonical/pattern"]), "{health:?}");
    let bilim = bodies.iter().find(|b| b["forms"].as_array().unwrap().iter().any(|f| f["form"] == "Bilim Ordo Foundation")).unwrap();
    assert_eq!(bilim["documents"], 2, "{bilim:#}");
    assert!(bilim["forms"].as_array().unwrap().len() >= 3, "{bilim:#}");
}

#[test]
fn the_text_shows_the_sentence_and_the_table_has_a_row_a_form() {
    let w = corpus();
    let run = w.run(&["organizations", "in", "--find", "lotus"]);
    assert!(run.out.contains("Lotus Rural Development Fund"), "{}", run.out);
    assert!(run.out.contains("identity/bracket: one stands in brackets behind the other → Lotus Rural Development Fund"), "{}", run.out);
    assert!(run.out.contains("a.txt: The Lotus Rural Development Fund (LRDF) opened a school in Osh."), "{}", run.out);
    assert!(!run.out.contains("USAID ×") && !run.out.contains("\u{1b}["), "{}", run.out);
    let run = w.run(&["organizations", "in", "--format", "csv"]);
    let head = run.out.lines().next().unwrap();
    assert_eq!(head, "name,acronym,kind,country,known,language,form,documents,mentions,rule,with,document,sentence");
    assert!(run.out.lines().any(|line| line.contains(",LRDF,1,2,identity/bracket,")), "{}", run.out);
}

#[test]
fn a_result_need_not_be_read_again() {
    let w = corpus();
    w.run(&["extract", "in", "-o", "all.jsonl"]);
    let (one, two) = (w.run(&["organizations", "in", "--format", "json"]), w.run(&["organizations", "all.jsonl", "--format", "json"]));
    assert!(one.out.starts_with('['));
    assert_eq!(one.out, two.out);
}

#[test]
fn bodies_of_few_documents_can_be_left_out() {
    let run = corpus().run(&["organizations", "in", "--format", "jsonl", "--documents", "2"]);
    assert!(run.records().iter().all(|body| body["documents"].as_u64().unwrap() >= 2), "{}", run.out);
    let none = Workspace::new(&[]).run(&["organizations", "nowhere"]);
    assert_ne!(none.code, Some(0));
}
