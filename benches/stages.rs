//! What each stage costs per byte of text, on one thread: a table.
//!
//! usage: cargo bench --bench stages -- TEXTS.jsonl [RUNS]
//!
//! TEXTS.jsonl has a document a line with "text". Without it the samples are read, repeated. Every
//! stage gets what the stages before it found, as in a run; each is timed over all documents, and
//! the least time of the runs counts, since a busy machine only ever adds to it. The rest is what
//! the whole takes beside the stages: roles, the facts of the whole, and the record.

use std::time::{Duration, Instant};

use dateline::language::Languages;
use dateline::page::Page;
use dateline::places::Gazetteer;
use dateline::tables::{Format, Layout, Shape};
use dateline::text::Text;
use dateline::zones::Zones;
use dateline::{Document, Extractor, Settings, dates, money, names, organizations, people, places, projects, roles};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The stages, in the order of a run.
const STAGES: [&str; 15] = [
    "tables asked of each word",
    "tokens, lines, sentences",
    "zones",
    "languages",
    "table of places",
    "table of bodies",
    "model of names",
    "places",
    "organizations",
    "people",
    "projects",
    "dates",
    "amounts of money",
    "roles",
    "rows of JSON Lines",
];

/// The stage of the rows.
const ROWS: usize = STAGES.len() - 1;

/// The time of each stage, and of a whole extraction.
#[derive(Clone, Copy)]
struct Times {
    stages: [Duration; STAGES.len()],
    whole: Duration,
}

struct Clock<'a> {
    times: &'a mut Times,
    next: usize,
}

impl Clock<'_> {
    /// Times the next stage.
    fn stage<T>(&mut self, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = std::hint::black_box(run());
        self.times.stages[self.next] += start.elapsed();
        self.next += 1;
        result
    }
}

fn texts(path: Option<&String>) -> Vec<String> {
    let Some(path) = path else {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/samples/releases");
        let mut paths: Vec<_> = std::fs::read_dir(folder).expect("the samples").map(|entry| entry.expect("a sample").path()).collect();
        paths.sort();
        let texts: Vec<String> = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
        return texts.iter().cycle().take(texts.len() * 100).cloned().collect();
    };
    let lines = std::fs::read_to_string(path).expect("a file of JSON Lines");
    let text = |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?.get("text")?.as_str().map(String::from);
    lines.lines().filter_map(text).collect()
}

fn run(documents: &[Document], extractor: &Extractor) -> Times {
    let gazetteer = Gazetteer::default();
    let layout = Layout::new(Shape::Records, Format::Jsonl);
    let mut times = Times { stages: [Duration::ZERO; STAGES.len()], whole: Duration::ZERO };
    let mut rows = Vec::new();
    for document in documents {
        let start = Instant::now();
        let record = std::hint::black_box(extractor.extract(document));
        times.whole += start.elapsed();
        rows.clear();
        Clock { times: &mut times, next: ROWS }.stage(|| layout.record(&record, &mut rows));
    }
    // by itself, so that no stage finds its words in the caches of threads
    for document in documents {
        let start = Instant::now();
        let page = Page::new(&document.text, false);
        let (of_page, before) = (start.elapsed(), times.stages);
        let mut clock = Clock { times: &mut times, next: 1 };
        clock.stage(|| Text::new(&document.text));
        clock.stage(|| Zones::find(&page.text));
        clock.stage(|| Languages::detect(&page.text, &page.zones));
        // a page is these three and the tables
        let others: Duration = (1..4).map(|stage| clock.times.stages[stage] - before[stage]).sum();
        clock.times.stages[0] += of_page.saturating_sub(others);
        let known_places = clock.stage(|| places::lookup(&page, &gazetteer));
        let known_bodies = clock.stage(|| organizations::lookup(&page));
        let tagged = clock.stage(|| names::tag(&page, &known_places, &known_bodies));
        let mut mentions = clock.stage(|| places::find(&page, &gazetteer, &known_places, &tagged));
        let bodies = clock.stage(|| organizations::find(&page, &known_bodies, &tagged, &mentions));
        let people = clock.stage(|| people::find(&page, Some(&tagged), &mentions));
        mentions.extend(bodies);
        mentions.extend(people);
        let projects = clock.stage(|| projects::find(&page, &mentions));
        mentions.extend(projects);
        mentions.extend(clock.stage(|| dates::find(&page, None)));
        mentions.extend(clock.stage(|| money::find(&page)));
        let mentions = dateline::arbitration::settle(mentions);
        clock.stage(|| roles::find(&page, &mentions));
    }
    times
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let texts = texts(arguments.first());
    let runs = arguments.get(1).and_then(|runs| runs.parse().ok()).unwrap_or(5);
    let size: usize = texts.iter().map(String::len).sum();
    let documents: Vec<Document> = texts.into_iter().enumerate().map(|(n, text)| Document::new(n.to_string(), text)).collect();
    let extractor = Extractor::new(Settings::default());
    let all: Vec<Times> = (0..runs).map(|_| run(&documents, &extractor)).collect();
    let least = |of: &dyn Fn(&Times) -> Duration| all.iter().map(of).min().unwrap_or_default();
    let stages: Vec<Duration> = (0..STAGES.len()).map(|stage| least(&|times| times.stages[stage])).collect();
    let whole = least(&|times| times.whole) + stages[ROWS];
    let rest = whole.saturating_sub(stages.iter().sum());
    println!("{:.1} MB of text in {} documents, the least of {runs} runs\n", size as f64 / 1e6, documents.len());
    println!("| stage | ns per byte | MB/s | share |\n|---|---|---|---|");
    let named = STAGES.iter().copied().zip(stages).chain([("the rest", rest), ("all", whole)]);
    for (name, time) in named {
        let seconds = time.as_secs_f64();
        let (cost, speed) = (seconds * 1e9 / size as f64, size as f64 / 1e6 / seconds.max(1e-9));
        println!("| {name} | {cost:.1} | {speed:.0} | {:.0} % |", 100.0 * seconds / whole.as_secs_f64().max(1e-9));
    }
}
