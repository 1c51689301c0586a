//! Fits the weights of the event's place, and measures them on releases not learnt from.
//!
//! Likelihood of the right options under a softmax, with a Gaussian prior of mean zero, by
//! resilient backpropagation (Riedmiller and Braun 1993): no chance is in it, the same folders
//! give the same table. Invented releases have habits that real ones lack (datelines that are
//! always right): what all folders but the first have of their own is learnt apart and left out.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::features::{self, COUNT, Features, NAMES};
use super::{Weights, best};
use crate::annotated::{Error, Release};
use crate::places::kinds;
use crate::{Document, Extractor, Settings};

/// A release taken apart once.
struct Example {
    name: String,
    folder: usize,
    weight: f32,
    russian: bool,
    /// The options: places, and none as the last.
    options: Vec<(String, Features)>,
    /// Which of them are right.
    right: Vec<usize>,
    wanted: String,
}

/// The table of weights learnt from annotated releases in `folders`, each with the weight of one
/// of its releases, and a report: how often the place is right, by folder and language, in `parts`
/// parts of the releases, each measured with weights that have not seen it.
///
/// # Errors
/// When a folder has no annotated releases, or a file of it cannot be read.
pub fn fit(
    folders: &[(PathBuf, f32)],
    parts: usize,
    prior: f32,
    without: &[String],
    errors: bool,
    dump: Option<&Path>,
) -> Result<(String, String), Error> {
    let extractor = Extractor::new(Settings::default());
    let without: &[usize] = &without.iter().filter_map(|name| features::named(name)).collect::<Vec<_>>();
    let mut examples = Vec::new();
    for (folder, (path, weight)) in folders.iter().enumerate() {
        for release in Release::read(path)? {
            let wanted = release.header["event_place"].as_str();
            // the marked places that are it
            let spans: Vec<_> = release.marked("PLACE").filter(|m| Some(m.attributes.as_str()) == wanted).map(|m| m.span).collect();
            let document = Document::new(release.name.clone(), release.text.as_str());
            let (page, mentions) = extractor.mentions(&document);
            let found = features::read(&page, &mentions);
            let mut right = Vec::new();
            let mut options = Vec::new();
            for (n, choice) in found.places.iter().enumerate() {
                let country = choice.place.country.map_or("-".into(), |c| String::from_utf8_lossy(&c).into_owned());
                let name = format!("{country}:{}", choice.place.name);
                let marked = choice.spans.iter().any(|s| spans.iter().any(|r| r.overlaps(*s)));
                if marked || wanted.is_some_and(|w| bare(w) == bare(&name)) {
                    right.push(n);
                }
                options.push((name, choice.features));
            }
            if wanted.is_none() {
                right.push(options.len());
            }
            options.push(("none".into(), found.none));
            let russian = page.languages.main == crate::language::Language::Russian;
            let wanted = wanted.unwrap_or("none").to_string();
            examples.push(Example { name: release.name, folder, weight: *weight, russian, options, right, wanted });
        }
    }
    if let Some(path) = dump {
        std::fs::write(path, dumped(&examples)).map_err(|e| Error::Read(path.display().to_string(), e))?;
    }
    let mut report = String::new();
    let learn = |examples: &[&Example]| learn(examples, prior, without);
    measure(&examples, folders, parts, &learn, errors, &mut report);
    let all: Vec<&Example> = examples.iter().collect();
    let weights = learn(&all);
    let mut table = String::from(
        "# Weights of the choice of the event's place; src/places/event/features.rs says what each is.\n\
         # Made by `dateline train-places`, not by hand: see data/README.md.\n\
         feature\tweight\n",
    );
    for (name, weight) in NAMES.iter().zip(weights) {
        let _ = writeln!(table, "{name}\t{weight:.2}");
    }
    Ok((table, report))
}

/// The examples with all that speaks for each option, a JSON object a line.
fn dumped(examples: &[Example]) -> String {
    let mut out = String::new();
    for example in examples {
        let options: Vec<serde_json::Value> = example
            .options
            .iter()
            .map(|(name, features)| {
                let set: Vec<(&str, f32)> = NAMES.into_iter().zip(*features).filter(|(_, value)| *value != 0.0).collect();
                serde_json::json!([name, set])
            })
            .collect();
        let line = serde_json::json!({"name": example.name, "folder": example.folder, "russian": example.russian,
            "options": options, "right": example.right, "wanted": example.wanted});
        let _ = writeln!(out, "{line}");
    }
    out
}

/// A name without the word for its kind.
fn bare(name: &str) -> String {
    let words: Vec<String> = name.split(' ').map(str::to_lowercase).filter(|word| !kinds::is_kind(word) && word != "republic").collect();
    words.join(" ")
}

/// Learns on all parts but one, counts on that one.
fn measure(
    examples: &[Example],
    folders: &[(PathBuf, f32)],
    parts: usize,
    learn: &dyn Fn(&[&Example]) -> Weights,
    errors: bool,
    report: &mut String,
) {
    if parts < 2 {
        return;
    }
    let (mut surprise, mut weighed) = (0.0f32, 0.0f32);
    let mut counts = vec![[[0usize; 4]; 2]; folders.len()];
    for part in 0..parts {
        let seen: Vec<&Example> = examples.iter().enumerate().filter(|(n, _)| n % parts != part).map(|(_, e)| e).collect();
        let weights = learn(&seen);
        for (_, example) in examples.iter().enumerate().filter(|(n, _)| n % parts == part) {
            let (chosen, likely) = choose(example, &weights);
            let good = example.right.contains(&chosen);
            if !example.right.is_empty() {
                surprise -= likely_of(example, &weights).max(1e-3).ln() * example.weight;
                weighed += example.weight;
            }
            let [right, all, reach, none] = &mut counts[example.folder][usize::from(example.russian)];
            *all += 1;
            *right += usize::from(good);
            *reach += usize::from(!example.right.is_empty());
            *none += usize::from(example.wanted == "none");
            if errors && !good {
                let found = &example.options[chosen].0;
                let possible = if example.right.is_empty() { "not found" } else { "" };
                let _ = writeln!(report, "{}\t{}\t{found}\t{likely:.2}\t{possible}", example.name, example.wanted);
                if errors {
                    let show = |f: &Features| {
                        NAMES
                            .iter()
                            .zip(f.iter().zip(weights))
                            .filter(|(_, (v, _))| **v != 0.0)
                            .map(|(n, (v, w))| format!("{n} {:.1}", v * w))
                            .collect::<Vec<_>>()
                            .join(", ")
                    };
                    let _ = writeln!(report, "    {}", show(&example.options[chosen].1));
                    if let Some(&right) = example.right.first() {
                        let _ = writeln!(report, "    {}", show(&example.options[right].1));
                    }
                }
            }
        }
    }
    let mut sum = [0; 2];
    for ((path, _), counts) in folders.iter().zip(&counts) {
        for (language, [right, all, reach, none]) in ["en", "ru"].iter().zip(counts).filter(|(_, c)| c[1] > 0) {
            let share = *right as f32 / *all as f32;
            let _ = writeln!(
                report,
                "{} {language}: {right} of {all} right ({share:.3}); found among the choices {reach}; none {none}",
                path.display()
            );
            sum[0] += right;
            sum[1] += all;
        }
    }
    let _ = writeln!(
        report,
        "all: {} of {} right ({:.3}), each measured by weights that had not seen it, {parts} parts; mean surprise {:.4}",
        sum[0],
        sum[1],
        sum[0] as f32 / sum[1].max(1) as f32,
        surprise / weighed.max(1.0)
    );
}

/// How likely the right options are together.
fn likely_of(example: &Example, weights: &Weights) -> f32 {
    let all: Vec<f32> = example.options.iter().map(|(_, f)| super::weigh(f, weights)).collect();
    let most = all.iter().copied().fold(f32::MIN, f32::max);
    let likely = |n: usize| (all[n] - most).exp();
    example.right.iter().map(|&n| likely(n)).sum::<f32>() / (0..all.len()).map(likely).sum::<f32>()
}

fn choose(example: &Example, weights: &Weights) -> (usize, f32) {
    let score = |f: &Features| super::weigh(f, weights);
    let all: Vec<f32> = example.options.iter().map(|(_, f)| score(f)).collect();
    best(&all)
}

/// How often all examples are read.
const ROUNDS: usize = 150;
/// How much stronger the prior is of what invented releases have of their own.
const OWN_PRIOR: f32 = 4.0;

/// How much the prior of each feature is stronger than that of a usual one: by its variance among
/// all options, as if each had been brought to the same spread, so that what is seldom met but
/// says much is not held down by the prior of what is always there.
fn scales(examples: &[&Example]) -> Features {
    let (mut sums, mut squares, mut all) = ([0.0f32; COUNT], [0.0f32; COUNT], 0.0f32);
    for (_, features) in examples.iter().flat_map(|e| &e.options) {
        all += 1.0;
        for (n, f) in features.iter().enumerate() {
            sums[n] += f;
            squares[n] += f * f;
        }
    }
    let mut variance = [0.0; COUNT];
    for (n, v) in variance.iter_mut().enumerate() {
        let mean = sums[n] / all.max(1.0);
        *v = (squares[n] / all.max(1.0) - mean * mean).max(0.0);
    }
    let mut sorted = variance;
    sorted.sort_by(f32::total_cmp);
    let usual = sorted[COUNT / 2].max(1e-6);
    variance.map(|v| (v / usual).clamp(SCALES.0, SCALES.1))
}

/// Between which bounds the prior of a feature may differ from that of a usual one.
const SCALES: (f32, f32) = (0.06, 11.0);

/// Weights for all folders, and what those of invented releases, all folders but the first, differ
/// by: these are learnt beside the others with a stronger prior (Daumé 2007) and left out of the
/// table, so that the habits of one author do not speak for real releases.
fn learn(examples: &[&Example], prior: f32, without: &[usize]) -> Weights {
    let none = features::named("none").unwrap_or(0);
    let scale = scales(examples);
    let priors: Vec<f32> = (0..2 * COUNT)
        .map(|n| match n.checked_sub(COUNT) {
            None => prior * scale[n],
            Some(own) if own == none => 0.1 * prior,
            Some(own) => OWN_PRIOR * prior * scale[own],
        })
        .collect();
    let (mut weights, mut step, mut last) = (vec![0.0f32; 2 * COUNT], vec![0.1f32; 2 * COUNT], vec![0.0f32; 2 * COUNT]);
    for _ in 0..ROUNDS {
        let mut slope: Vec<f32> = weights.iter().zip(&priors).map(|(w, prior)| -prior * w).collect();
        for example in examples.iter().filter(|e| !e.right.is_empty()) {
            let invented = example.folder > 0;
            let (shared, own) = weights.split_at(COUNT);
            let score = |(_, f): &(String, Features)| -> f32 {
                let all: f32 = f.iter().zip(shared).map(|(f, w)| f * w).sum();
                if invented { all + f.iter().zip(own).map(|(f, w)| f * w).sum::<f32>() } else { all }
            };
            let scores: Vec<f32> = example.options.iter().map(score).collect();
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            let likely: Vec<f32> = scores.iter().map(|s| (s - most).exp()).collect();
            let sum: f32 = likely.iter().sum();
            let right: f32 = example.right.iter().map(|&r| likely[r]).sum();
            for (n, (_, features)) in example.options.iter().enumerate() {
                let wanted = if example.right.contains(&n) { likely[n] / right.max(1e-20) } else { 0.0 };
                let error = example.weight * (wanted - likely[n] / sum);
                if error.abs() < 1e-4 {
                    continue;
                }
                let (shared, own) = slope.split_at_mut(COUNT);
                shared.iter_mut().zip(features).for_each(|(slope, f)| *slope += error * f);
                if invented {
                    own.iter_mut().zip(features).for_each(|(slope, f)| *slope += error * f);
                }
            }
        }
        for n in (0..2 * COUNT).filter(|n| !without.contains(&(n % COUNT))) {
            step[n] = match slope[n] * last[n] {
                turn if turn > 0.0 => (step[n] * 1.2).min(0.5),
                turn if turn < 0.0 => step[n] * 0.5,
                _ => step[n],
            };
            weights[n] += if slope[n] == 0.0 { 0.0 } else { step[n] * slope[n].signum() };
            last[n] = slope[n];
        }
    }
    let mut out = [0.0; COUNT];
    out.copy_from_slice(&weights[..COUNT]);
    out
}
