//! Training and measuring of the line model, as commands of the test runner.
//!
//! ```text
//! DATELINE_ANNOTATED=folder:folder DATELINE_PLAIN=file.jsonl:file.jsonl \
//!   cargo test --lib zones::train::learn -- --ignored --nocapture > data/zones/weights.tsv
//! ```
//!
//! Folders hold annotated releases (`*.ann`, lines of furniture begin with `¬ `); the files hold
//! releases without furniture, a JSON object a line with `text` and, where known, `title`. A model
//! card stands on top of the table.

use std::path::Path;

use super::features::{self, Line};
use super::model::{COUNT, STATES, STEPS, State, Weights};
use crate::text::Text;

/// A text with what is known of its lines.
#[derive(Clone)]
struct Example {
    lines: Vec<Line>,
    /// The states that each line may have in truth.
    allowed: Vec<[bool; COUNT]>,
    weight: Vec<f32>,
}

struct Annotated {
    /// The text's lines, and whether each is furniture.
    lines: Vec<(String, bool)>,
    title: Option<String>,
}

/// Reads `NAME.ann`: a header between `===`, then the text with marks.
fn annotated(source: &str) -> Option<Annotated> {
    let rest = source.strip_prefix("===\n")?;
    let (header, body) = rest.split_once("\n===\n")?;
    let header: serde_json::Value = serde_json::from_str(header).ok()?;
    let title = header["title"].as_str().map(str::to_string);
    let mut plain = String::new();
    let mut rest = body;
    while let Some(at) = rest.find(['⟦', '⟧']) {
        plain.push_str(&rest[..at]);
        if rest[at..].starts_with('⟦') {
            rest = &rest[at..][rest[at..].find('|')? + 1..];
        } else {
            rest = &rest[at + '⟧'.len_utf8()..];
        }
    }
    plain.push_str(rest);
    let lines = plain
        .trim_end()
        .lines()
        .map(|line| line.strip_prefix("¬ ").map_or_else(|| (line.to_string(), false), |line| (line.to_string(), true)))
        .collect();
    Some(Annotated { lines, title })
}

fn read_annotated(folders: &str) -> Vec<Annotated> {
    let mut all = Vec::new();
    for folder in folders.split(':').filter(|f| !f.is_empty()) {
        let mut paths: Vec<_> = ignore::Walk::new(Path::new(folder)).filter_map(Result::ok).map(|e| e.into_path()).collect();
        paths.sort();
        for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "ann")) {
            all.extend(std::fs::read_to_string(path).ok().as_deref().and_then(annotated));
        }
    }
    all
}

/// Releases without furniture: text and title, where it is known.
fn read_plain(files: &str, each: usize) -> Vec<(String, Option<String>, bool)> {
    let mut all = Vec::new();
    for file in files.split(':').filter(|f| !f.is_empty()) {
        let Ok(text) = std::fs::read_to_string(file) else { continue };
        let lines: Vec<&str> = text.lines().collect();
        for line in lines.iter().step_by(lines.len().div_ceil(each).max(1)) {
            let Ok(value) = serde_json::from_str::<serde_json::Value>(line) else { continue };
            let Some(body) = value["text"].as_str() else { continue };
            all.push((body.to_string(), value["title"].as_str().map(str::to_string), value.get("title").is_some()));
        }
    }
    all
}

/// An example from lines that are known: `title_known` says whether no title means none.
fn example(lines: &[(String, bool)], title: Option<&str>, title_known: bool) -> Example {
    let source: Vec<&str> = lines.iter().map(|(line, _)| line.as_str()).collect();
    let source = source.join("\n");
    let text = Text::new(&source);
    let found = features::lines(&text);
    let headline = title.and_then(|title| found.iter().position(|l| !lines[l.number].1 && lines[l.number].0.trim() == title));
    let first_body = found.iter().position(|l| !lines[l.number].1).unwrap_or(found.len());
    let last_body = found.iter().rposition(|l| !lines[l.number].1).unwrap_or(0);
    let mut allowed = Vec::new();
    let mut weight = Vec::new();
    for (at, line) in found.iter().enumerate() {
        let furniture = lines[line.number].1;
        let mut may = [false; COUNT];
        let mut allow = |state: State| may[state as usize] = true;
        match (furniture, headline) {
            (true, Some(h)) if at < h => allow(State::Head),
            (true, _) if at < first_body => allow(State::Head),
            (true, _) if at > last_body => allow(State::Tail),
            (true, _) => allow(State::Inset),
            (false, Some(h)) if at < h => allow(State::Lead),
            (false, Some(h)) if at == h => allow(State::Title),
            (false, None) if !title_known => [State::Lead, State::Title, State::Body].into_iter().for_each(allow),
            (false, _) => allow(State::Body),
        }
        allowed.push(may);
        weight.push(if furniture { 1.0 } else { 2.0 });
    }
    Example { lines: found, allowed, weight }
}

/// Numbers that look random and are the same in each run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// The annotated releases themselves, and others made of them: without the head, the headline or
/// the tail of the page, with those of another, hard-wrapped.
fn examples(releases: &[Annotated], plain: &[(String, Option<String>, bool)]) -> Vec<Example> {
    let mut chance = Chance(88_172_645_463_325_252);
    let mut all = Vec::new();
    let parts = |r: &Annotated| {
        let first = r.lines.iter().position(|(l, f)| !f && !l.trim().is_empty()).unwrap_or(0);
        let last = r.lines.iter().rposition(|(l, f)| !f && !l.trim().is_empty()).map_or(r.lines.len(), |l| l + 1);
        (r.lines[..first].to_vec(), r.lines[first..last].to_vec(), r.lines[last..].to_vec())
    };
    for release in releases {
        let title = release.title.as_deref();
        all.push(example(&release.lines, title, true));
        let (head, body, tail) = parts(release);
        let untitled: Vec<_> = match title.and_then(|t| body.iter().position(|(l, _)| l.trim() == t)) {
            Some(at) => body[at + 1..].to_vec(),
            None => body.clone(),
        };
        let (other_head, _, _) = parts(&releases[chance.below(releases.len())]);
        let (_, _, other_tail) = parts(&releases[chance.below(releases.len())]);
        all.push(example(&[body.clone(), tail.clone()].concat(), title, true));
        all.push(example(&[other_head.clone(), body.clone(), other_tail.clone()].concat(), title, true));
        if chance.below(2) == 0 {
            // a counter, a share bar or the like amid the release
            let insets: Vec<_> = [&tail, &other_tail].into_iter().flatten().filter(|(l, _)| is_inset(l)).cloned().collect();
            if !insets.is_empty() {
                let mut lines = release.lines.clone();
                let base = head.len()
                    + match title.and_then(|t| body.iter().position(|(l, _)| l.trim() == t)) {
                        Some(at) if chance.below(3) > 0 => at + 1,
                        _ => chance.below(body.len()) + 1,
                    };
                lines.insert(base.min(head.len() + body.len() - 1), insets[chance.below(insets.len())].clone());
                all.push(example(&lines, title, true));
            }
        }
        match chance.below(4) {
            0 => all.push(example(&[untitled, tail].concat(), None, true)),
            1 => all.push(example(&[untitled, other_tail].concat(), None, true)),
            2 => all.push(example(&untitled, None, true)),
            _ => all.push(example(&wrapped(&[head, body, tail].concat(), 60 + chance.below(30)), title, true)),
        }
    }
    for (number, (text, title, known)) in plain.iter().enumerate() {
        let lines: Vec<_> = text.lines().map(|l| (l.to_string(), false)).collect();
        all.push(example(&lines, title.as_deref(), *known));
        let body: Vec<_> = lines.iter().filter(|(l, _)| Some(l.trim()) != title.as_deref()).cloned().collect();
        let begins_long = body.iter().find(|(l, _)| !l.trim().is_empty()).is_some_and(|(l, _)| l.chars().count() > 150);
        if title.is_some() && begins_long && number % 3 == 0 {
            all.push(example(&body, None, true));
        }
    }
    all
}

/// Whether a line of furniture is one that pages have amid their text too.
fn is_inset(line: &str) -> bool {
    let text = Text::new(line);
    let reading = super::cues::read(&text, 0..text.tokens.len());
    reading.cue().is_some_and(|c| matches!(c.class, "share" | "counter" | "print" | "tags" | "rating" | "language" | "subscription"))
}

/// Lines broken at a width; the headline stays whole.
fn wrapped(lines: &[(String, bool)], width: usize) -> Vec<(String, bool)> {
    let mut out = Vec::new();
    for (line, furniture) in lines {
        if line.chars().count() < 150 {
            out.push((line.clone(), *furniture));
            continue;
        }
        let mut row = String::new();
        for word in line.split(' ') {
            if !row.is_empty() && row.chars().count() + word.chars().count() >= width {
                out.push((std::mem::take(&mut row), *furniture));
            }
            if !row.is_empty() {
                row.push(' ');
            }
            row.push_str(word);
        }
        out.push((row, *furniture));
        out.push((String::new(), false));
    }
    out
}

/// Averaged structured perceptron with a margin.
fn train(examples: &[Example], rounds: usize) -> Weights {
    let mut weights = Weights::zero();
    let mut sum = Weights::zero();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut chance = Chance(2_463_534_242);
    let mut steps = 0_f32;
    for _ in 0..rounds {
        for at in (1..order.len()).rev() {
            order.swap(at, chance.below(at + 1));
        }
        for &number in &order {
            let example = &examples[number];
            let truth = weights.best(&example.lines, |at, state| if example.allowed[at][state] { 0.0 } else { -1e6 });
            let guess = weights.best(&example.lines, |at, state| if example.allowed[at][state] { 0.0 } else { example.weight[at] });
            steps += 1.0;
            if truth == guess {
                continue;
            }
            let mut change = |states: &[State], by: f32| {
                let mut before = COUNT;
                for (line, &state) in example.lines.iter().zip(states) {
                    for &feature in &line.active {
                        weights.features[feature as usize][state as usize] += by;
                        sum.features[feature as usize][state as usize] += by * steps;
                    }
                    weights.steps[before][state as usize] += by;
                    sum.steps[before][state as usize] += by * steps;
                    before = state as usize;
                }
            };
            change(&truth, 0.1);
            change(&guess, -0.1);
        }
    }
    for (row, total) in weights.features.iter_mut().zip(&sum.features).chain(weights.steps.iter_mut().zip(&sum.steps)) {
        for (weight, total) in row.iter_mut().zip(total) {
            *weight -= total / steps;
        }
    }
    weights
}

/// Characters of furniture and of the release, masked and in all; headlines right and in all.
#[derive(Default, Debug, Clone, Copy)]
struct Measure {
    furniture: [usize; 2],
    release: [usize; 2],
    titles: [usize; 2],
}

fn measure(weights: &Weights, releases: &[Annotated], say: bool) -> Measure {
    let mut measure = Measure::default();
    for release in releases {
        let example = example(&release.lines, release.title.as_deref(), true);
        let states = weights.best(&example.lines, |_, _| 0.0);
        let mut title = None;
        for (line, &state) in example.lines.iter().zip(&states) {
            let (text, furniture) = &release.lines[line.number];
            let length = text.chars().count();
            let tally = if *furniture { &mut measure.furniture } else { &mut measure.release };
            tally[1] += length;
            tally[0] += if state.is_furniture() { length } else { 0 };
            if state == State::Title {
                title = Some(text.trim().to_string());
            }
            if say && state.is_furniture() != *furniture {
                println!("{state:?} {} | {text}", if *furniture { "MISSED" } else { "WRONG" });
            }
        }
        measure.titles[1] += 1;
        measure.titles[0] += usize::from(title == release.title);
        if say && title != release.title {
            println!("TITLE {title:?} for {:?}", release.title);
        }
    }
    measure
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

const ROUNDS: usize = 12;

#[test]
#[ignore = "a command: see the module's notes"]
fn learn() {
    let releases = read_annotated(&variable("DATELINE_ANNOTATED"));
    let plain = read_plain(&variable("DATELINE_PLAIN"), 150);
    let weights = train(&examples(&releases, &plain), ROUNDS);
    println!("# weights of the line model; made by the command on top of src/zones/train.rs, not by hand");
    println!("# trained on {} annotated releases and {} without furniture, {ROUNDS} rounds", releases.len(), plain.len());
    print!("feature");
    for state in STATES {
        print!("\t{state:?}");
    }
    println!();
    for (name, row) in features::NAMES.iter().zip(&weights.features) {
        print!("{name}");
        row.iter().for_each(|weight| print!("\t{weight:.2}"));
        println!();
    }
    for (before, row) in weights.steps.iter().enumerate() {
        print!("after:{}", STATES.get(before).map_or("Start".into(), |s| format!("{s:?}")));
        for (to, weight) in row.iter().enumerate() {
            print!("\t{:.2}", if STEPS[before][to] { *weight } else { 0.0 });
        }
        println!();
    }
}

/// Prints how the model does on a fifth of the releases after training on the rest, five times;
/// and on the folders of `DATELINE_TEST` after training on all.
#[test]
#[ignore = "a command: DATELINE_ANNOTATED=… DATELINE_PLAIN=… DATELINE_TEST=… cargo test --lib zones::train::check -- --ignored --nocapture"]
fn check() {
    let plain = read_plain(&variable("DATELINE_PLAIN"), 150);
    let folds = 5;
    let mut total = Measure::default();
    for fold in 0..folds {
        let mut kept = Vec::new();
        let mut held = Vec::new();
        for (number, release) in read_annotated(&variable("DATELINE_ANNOTATED")).into_iter().enumerate() {
            if number % folds == fold { held.push(release) } else { kept.push(release) }
        }
        let weights = train(&examples(&kept, &plain), ROUNDS);
        let one = measure(&weights, &held, true);
        for (sum, one) in [(&mut total.furniture, one.furniture), (&mut total.release, one.release), (&mut total.titles, one.titles)] {
            sum[0] += one[0];
            sum[1] += one[1];
        }
    }
    report("held out", total);
    let weights = train(&examples(&read_annotated(&variable("DATELINE_ANNOTATED")), &plain), ROUNDS);
    report("test", measure(&weights, &read_annotated(&variable("DATELINE_TEST")), true));
    let mut masked = [0, 0];
    let (mut titles, mut given) = (0, 0);
    for (text, title, known) in &read_plain(&variable("DATELINE_PLAIN"), 100_000) {
        let lines: Vec<_> = text.lines().map(|l| (l.to_string(), false)).collect();
        let one = measure(&weights, &[Annotated { lines, title: title.clone() }], masked[0] < 3000);
        masked[0] += one.release[0];
        masked[1] += one.release[1];
        titles += if *known { one.titles[0] } else { 0 };
        given += usize::from(*known);
    }
    println!("without furniture: {:.4} masked, titles {titles} of {given}", masked[0] as f64 / masked[1].max(1) as f64);
}

fn report(name: &str, m: Measure) {
    let share = |[part, whole]: [usize; 2]| part as f64 / whole.max(1) as f64;
    println!(
        "{name}: furniture masked {:.4}, release masked {:.4}, titles {:.4} of {}",
        share(m.furniture),
        share(m.release),
        share(m.titles),
        m.titles[1]
    );
}
