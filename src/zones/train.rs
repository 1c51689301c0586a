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

use super::examples::{Annotated, Chance, Example, example, examples, read_annotated, read_plain, setting, variable};
use super::features;
use super::line::Line;
use super::model::{COUNT, STATES, STEPS, State, Weights};

/// What each state of each line has for probability, under the weights and what `extra` adds;
/// and of each step. Forward and backward sums, in logarithms.
struct Marginals {
    states: Vec<[f64; COUNT]>,
    steps: [[f64; COUNT]; COUNT + 1],
}

fn log_sum(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = values.clone().fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY { most } else { most + values.map(|v| (v - most).exp()).sum::<f64>().ln() }
}

fn marginals(weights: &Weights, lines: &[Line], extra: impl Fn(usize, usize) -> f64) -> Marginals {
    let own: Vec<[f64; COUNT]> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let learned = weights.of_line(line);
            std::array::from_fn(|state| f64::from(learned[state]) + extra(at, state))
        })
        .collect();
    let step = |before: usize, to: usize| if STEPS[before][to] { f64::from(weights.steps[before][to]) } else { f64::NEG_INFINITY };
    let count = lines.len();
    let mut forward = vec![[f64::NEG_INFINITY; COUNT]; count];
    let mut backward = vec![[0.0; COUNT]; count];
    for at in 0..count {
        for to in 0..COUNT {
            let before = if at == 0 { step(COUNT, to) } else { log_sum((0..COUNT).map(|b| forward[at - 1][b] + step(b, to))) };
            forward[at][to] = own[at][to] + before;
        }
    }
    for at in (0..count.saturating_sub(1)).rev() {
        for before in 0..COUNT {
            backward[at][before] = log_sum((0..COUNT).map(|to| step(before, to) + own[at + 1][to] + backward[at + 1][to]));
        }
    }
    let total = forward.last().map_or(0.0, |last| log_sum(last.iter().copied()));
    let mut out = Marginals { states: vec![[0.0; COUNT]; count], steps: [[0.0; COUNT]; COUNT + 1] };
    for at in 0..count {
        for to in 0..COUNT {
            out.states[at][to] = (forward[at][to] + backward[at][to] - total).exp();
            if at == 0 {
                out.steps[COUNT][to] += out.states[at][to];
            } else {
                for (before, sum) in forward[at - 1].iter().enumerate() {
                    let value = sum + step(before, to) + own[at][to] + backward[at][to] - total;
                    out.steps[before][to] += value.exp();
                }
            }
        }
    }
    out
}

/// A conditional random field, by steps along the gradient (AdaGrad) with a pull towards zero.
fn train(examples: &[Example], rounds: usize) -> Weights {
    let (rate, pull) = (setting("RATE", 0.1), setting("PULL", 0.000_03));
    let rounds = setting("ROUNDS", rounds as f32) as usize;
    let mut weights = Weights::zero();
    let mut seen = Weights::zero();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut chance = Chance(2_463_534_242);
    for _ in 0..rounds {
        for at in (1..order.len()).rev() {
            order.swap(at, chance.below(at + 1));
        }
        for &number in &order {
            let example = &examples[number];
            let truth = marginals(&weights, &example.lines, |at, state| if example.allowed[at][state] { 0.0 } else { -1e9 });
            // a wrong state is made likelier than it is, so that the right one wins by a margin
            let guess = marginals(
                &weights,
                &example.lines,
                |at, state| if example.allowed[at][state] { 0.0 } else { f64::from(example.weight[at]) },
            );
            let climb = |weight: &mut f32, seen: &mut f32, slope: f64| {
                let slope = slope as f32;
                *seen += slope * slope;
                *weight += rate * slope / (seen.sqrt() + 0.5);
            };
            for (at, line) in example.lines.iter().enumerate() {
                for state in 0..COUNT {
                    let slope = truth.states[at][state] - guess.states[at][state];
                    if slope.abs() > 1e-6 {
                        line.active.each(|f| climb(&mut weights.features[f][state], &mut seen.features[f][state], slope));
                    }
                }
            }
            for before in 0..=COUNT {
                for to in 0..COUNT {
                    let slope = truth.steps[before][to] - guess.steps[before][to];
                    climb(&mut weights.steps[before][to], &mut seen.steps[before][to], slope);
                }
            }
            for row in &mut weights.features {
                row.iter_mut().for_each(|w| *w *= 1.0 - pull);
            }
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

impl Measure {
    fn add(&mut self, other: &Measure) {
        for (sum, one) in [(&mut self.furniture, other.furniture), (&mut self.release, other.release), (&mut self.titles, other.titles)] {
            sum[0] += one[0];
            sum[1] += one[1];
        }
    }
}

fn measure(weights: &Weights, releases: &[Annotated], say: bool) -> Measure {
    let mut measure = Measure::default();
    for release in releases {
        let example = example(&release.lines, release.title.as_deref(), true);
        let mut states = weights.best(&example.lines, |_, _| 0.0);
        super::keep_only_day(&example.lines, &mut states);
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

const ROUNDS: usize = 20;

/// The table that ships has a row for each feature and each state, and no others.
#[test]
fn the_table_is_of_this_code() {
    let table = include_str!("../../data/zones/weights.tsv");
    let rows: Vec<String> = crate::table::rows::<1>(table).map(|[name]| name.to_string()).collect();
    let states = STATES.iter().map(|s| format!("after:{s:?}")).chain(std::iter::once("after:Start".to_string()));
    let expected: Vec<String> = features::NAMES.iter().map(ToString::to_string).chain(states).collect();
    assert_eq!(rows, expected, "make the weights anew: see the notes on top of this file");
}

#[test]
#[ignore = "a command: see the module's notes"]
fn learn() {
    let releases = read_annotated(&variable("DATELINE_ANNOTATED"));
    let plain = read_plain(&variable("DATELINE_PLAIN"), 150);
    let weights = train(&examples(&releases, &plain), ROUNDS);
    println!("# weights of the line model; made by the command on top of src/zones/train.rs, not by hand");
    println!("# trained on {} annotated releases and {} without furniture, {ROUNDS} rounds", releases.len(), plain.len());
    println!("# annotated: data/corpus, and a set of releases that does not ship; without furniture: press releases of US senators");
    println!("# (public domain) and of the Bank of Russia (MIT), Wikinews and other texts of NEREL and GUM (CC BY)");
    println!("# how well it does on releases that it was not trained on: the test zones::train::check prints it");
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
    let (mut total, mut first) = (Measure::default(), Measure::default());
    for fold in 0..folds {
        let mut kept = Vec::new();
        let mut held = Vec::new();
        for (number, release) in read_annotated(&variable("DATELINE_ANNOTATED")).into_iter().enumerate() {
            if number % folds == fold { held.push(release) } else { kept.push(release) }
        }
        let weights = train(&examples(&kept, &plain), ROUNDS);
        let one = measure(&weights, &held, true);
        total.add(&one);
        first.add(&measure(&weights, &held.into_iter().filter(|h| h.folder == 0).collect::<Vec<_>>(), false));
    }
    report("held out", total);
    report("first folder", first);
    let weights = train(&examples(&read_annotated(&variable("DATELINE_ANNOTATED")), &plain), ROUNDS);
    report("test", measure(&weights, &read_annotated(&variable("DATELINE_TEST")), true));
    let mut masked = [0, 0];
    let (mut titles, mut given) = (0, 0);
    for (text, title, known) in &read_plain(&variable("DATELINE_PLAIN"), 100_000) {
        let lines: Vec<_> = text.lines().map(|l| (l.to_string(), false)).collect();
        let one = measure(&weights, &[Annotated { lines, title: title.clone(), folder: 0 }], masked[0] < 3000);
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
