//! Russian names in their cases are found and resolved: `tests/tables/inflected_places.tsv`.

use dateline::{Document, Extractor, Settings};

#[test]
fn inflected_names_are_found_and_resolved() {
    let extractor = Extractor::new(Settings::default());
    let (mut all, mut wrong) = (0, Vec::new());
    for [phrase, name, country] in dateline::table::rows::<3>(include_str!("tables/inflected_places.tsv")) {
        all += 1;
        let record = extractor.extract(&Document::new("a.txt", format!("Семинар посвятили работе {phrase}.")));
        let right = record.mentions.iter().any(|m| {
            m.kind == "place"
                && phrase.contains(&*m.text)
                && m.name.as_deref() == Some(name)
                && m.country.as_deref().unwrap_or("-") == country
        });
        if !right {
            let got: Vec<_> = record.mentions.iter().map(|m| (m.text.clone(), m.name.clone())).collect();
            wrong.push(format!("{phrase}: {got:?}"));
        }
    }
    assert!(all >= 300, "{all} names");
    assert!(wrong.len() * 50 <= all, "{} of {all} wrong: {wrong:#?}", wrong.len());
}
