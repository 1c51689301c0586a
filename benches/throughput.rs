//! Megabytes a second of the whole pipeline, on one thread, over a corpus built from the samples.
//!
//! `cargo bench` prints them. The samples are repeated, since twelve releases are too few to time;
//! `decode` and `write` show what reading bytes and making rows cost beside extraction.

use dateline::tables::{Format, Layout, Shape};
use dateline::{Document, Extractor, Settings, decode};
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// How often each sample is read in one round.
const ROUNDS: usize = 8;

fn files(language: &str) -> Vec<Vec<u8>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples/releases");
    let mut paths: Vec<_> = std::fs::read_dir(folder).expect("the samples").map(|entry| entry.expect("a sample").path()).collect();
    paths.sort();
    let chosen = paths.iter().filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(language)));
    chosen.map(|path| std::fs::read(path).expect("a sample")).collect()
}

fn documents(language: &str) -> Vec<Document> {
    let text = |bytes: Vec<u8>| decode::text(&bytes, None).expect("samples are text").text;
    files(language).into_iter().enumerate().map(|(n, bytes)| Document::new(n.to_string(), text(bytes))).collect()
}

#[divan::bench(args = ["en", "ru"])]
fn extract(bencher: Bencher, language: &str) {
    let documents = documents(language);
    let extractor = Extractor::new(Settings::default());
    let size: usize = documents.iter().map(|document| document.text.len()).sum();
    bencher.counter(BytesCount::new(size * ROUNDS)).bench(|| {
        for _ in 0..ROUNDS {
            for document in &documents {
                divan::black_box(extractor.extract(divan::black_box(document)));
            }
        }
    });
}

#[divan::bench]
fn decode_files(bencher: Bencher) {
    let files = files("");
    let size: usize = files.iter().map(Vec::len).sum();
    bencher.counter(BytesCount::new(size * ROUNDS)).bench(|| {
        for _ in 0..ROUNDS {
            for bytes in &files {
                let _ = divan::black_box(decode::text(divan::black_box(bytes), None));
            }
        }
    });
}

#[divan::bench(args = [Shape::Documents, Shape::Mentions, Shape::Records])]
fn write(bencher: Bencher, shape: Shape) {
    let extractor = Extractor::new(Settings::default());
    let documents = documents("");
    let records: Vec<_> = documents.iter().map(|document| extractor.extract(document)).collect();
    let size: usize = documents.iter().map(|document| document.text.len()).sum();
    let format = if shape == Shape::Records { Format::Jsonl } else { Format::Csv };
    bencher.counter(BytesCount::new(size * ROUNDS)).bench(|| {
        let mut out = Vec::new();
        for _ in 0..ROUNDS {
            for record in &records {
                Layout::new(shape, format).record(record, &mut out);
            }
        }
        out
    });
}

/// What each stage costs by itself: the rows of one document's way, with what they need made before.
#[divan::bench_group(sample_count = 20)]
mod stages {
    use super::documents;
    use dateline::page::Page;
    use dateline::places::{self, Gazetteer};
    use dateline::text::Text;
    use dateline::zones::Zones;
    use dateline::{Document, dates, language, money, names, organizations, people, projects};
    use divan::Bencher;
    use divan::counter::BytesCount;

    const LANGUAGES: [&str; 2] = ["en", "ru"];

    /// Times `stage` over the pages of a language.
    fn over(bencher: Bencher, language: &str, stage: impl Fn(&Page) + Sync) {
        let documents = documents(language);
        let pages: Vec<Page> = documents.iter().map(|document| Page::new(&document.text, false)).collect();
        bencher.counter(BytesCount::new(size(&documents))).bench_local(|| pages.iter().for_each(&stage));
    }

    fn size(documents: &[Document]) -> usize {
        documents.iter().map(|document| document.text.len()).sum()
    }

    #[divan::bench(args = LANGUAGES)]
    fn a_tokens(bencher: Bencher, language: &str) {
        over(bencher, language, |page| drop(divan::black_box(Text::new(page.text.source))));
    }

    #[divan::bench(args = LANGUAGES)]
    fn b_zones(bencher: Bencher, language: &str) {
        over(bencher, language, |page| drop(divan::black_box(Zones::find(&page.text))));
    }

    #[divan::bench(args = LANGUAGES)]
    fn c_languages(bencher: Bencher, language: &str) {
        over(bencher, language, |page| drop(divan::black_box(language::Languages::detect(&page.text, &page.zones))));
    }

    #[divan::bench(args = LANGUAGES)]
    fn d_known_places(bencher: Bencher, language: &str) {
        let gazetteer = Gazetteer::default();
        over(bencher, language, |page| drop(divan::black_box(places::lookup(page, &gazetteer))));
    }

    #[divan::bench(args = LANGUAGES)]
    fn e_known_bodies(bencher: Bencher, language: &str) {
        over(bencher, language, |page| drop(divan::black_box(organizations::lookup(page))));
    }

    #[divan::bench(args = LANGUAGES)]
    fn f_model_of_names(bencher: Bencher, language: &str) {
        over(bencher, language, |page| drop(divan::black_box(names::tag(page, &[], &[]))));
    }

    #[divan::bench(args = LANGUAGES)]
    fn g_places(bencher: Bencher, language: &str) {
        let gazetteer = Gazetteer::default();
        over(bencher, language, |page| {
            drop(divan::black_box(places::find(page, &gazetteer, &places::lookup(page, &gazetteer), &[])));
        });
    }

    #[divan::bench(args = LANGUAGES)]
    fn h_organizations(bencher: Bencher, language: &str) {
        over(bencher, language, |page| drop(divan::black_box(organizations::find(page, &organizations::lookup(page), &[], &[]))));
    }

    #[divan::bench(args = LANGUAGES)]
    fn i_people(bencher: Bencher, language: &str) {
        over(bencher, language, |page| drop(divan::black_box(people::find(page, Some(&[]), &[]))));
    }

    #[divan::bench(args = LANGUAGES)]
    fn j_projects(bencher: Bencher, language: &str) {
        over(bencher, language, |page| drop(divan::black_box(projects::find(page, &[]))));
    }

    #[divan::bench(args = LANGUAGES)]
    fn k_dates(bencher: Bencher, language: &str) {
        over(bencher, language, |page| drop(divan::black_box(dates::find(page, None))));
    }

    #[divan::bench(args = LANGUAGES)]
    fn l_money(bencher: Bencher, language: &str) {
        over(bencher, language, |page| drop(divan::black_box(money::find(page))));
    }
}
