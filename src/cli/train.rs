//! `dateline train`: learn the sequence model from marked texts.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::names::cache::Words;
use crate::names::classes;
use crate::names::model::Model;
use crate::names::samples::Sample;
use crate::names::silver;
use crate::names::train::{self, Recipe, Sequence};
use crate::names::trial::{self, Figures};
use crate::organizations::gate;

/// Learns the tables of names from marked texts, or measures them.
///
/// A folder holds gold.jsonl and texts/, or .ann files; `FOLDER=3` gives its texts three times
/// the weight, and `=3~` says that another tagger marked them. The same folders give the same files.
#[derive(clap::Args)]
pub struct Flags {
    /// Folders to learn from, each with its weight
    #[arg(required = true, value_name = "FOLDER[=WEIGHT]")]
    folders: Vec<String>,
    /// Where names.en.bin and names.ru.bin go
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Folders to measure on
    #[arg(long, value_name = "FOLDER")]
    test: Vec<PathBuf>,
    /// Measure a folder that is also learnt from: each of N parts by a model that did not see it
    #[arg(long, value_name = "FOLDER")]
    cross: Option<PathBuf>,
    /// Number of parts
    #[arg(long, default_value_t = 4)]
    parts: usize,
    /// Rows of a table, as a power of two
    #[arg(long, default_value_t = 17)]
    bits: u32,
    /// How often the texts are read
    #[arg(long, default_value_t = 8)]
    rounds: u32,
    /// Step size
    #[arg(long, default_value_t = 0.1)]
    rate: f32,
    /// Share of features left out at random
    #[arg(long, default_value_t = 0.25)]
    dropout: f32,
    /// Orders of reading, whose mean the model is
    #[arg(long, default_value_t = 4, value_parser = clap::value_parser!(u32).range(1..))]
    orders: u32,
    /// Only this language: en or ru
    #[arg(long)]
    language: Option<String>,
    /// Learn the classes of English words from the texts alone; a FOLDER may be a file of JSON lines
    #[arg(long, requires = "out")]
    classes: bool,
    /// Learn which organizations of the model are kept, each of N parts tagged by a model that did not see
    /// it, and write the table there
    #[arg(long, value_name = "FILE")]
    gate: Option<PathBuf>,
    /// Learn the first pass only
    #[arg(long)]
    single: bool,
    /// Print each error of the tests
    #[arg(long)]
    errors: bool,
}

/// Runs the command.
pub fn run(flags: &Flags) -> ExitCode {
    match train(flags) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("dateline train: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the classes of English words.
fn learn_classes(flags: &Flags, out: &Path) -> Result<(), String> {
    let mut texts = Vec::new();
    for path in &flags.folders {
        texts.extend(Sample::texts(Path::new(path))?);
    }
    let bytes = classes::learn(texts.iter().map(String::as_str));
    let path = out.join("classes.en.bin");
    std::fs::write(&path, &bytes).map_err(|e| format!("{}: {e}", path.display()))?;
    println!("{} words", bytes.len() / 5);
    Ok(())
}

fn train(flags: &Flags) -> Result<(), String> {
    if let Some(out) = &flags.out {
        // before the work, so that none is lost
        std::fs::create_dir_all(out).map_err(|e| format!("{}: {e}", out.display()))?;
    }
    if let Some(out) = flags.out.as_deref().filter(|_| flags.classes) {
        return learn_classes(flags, out);
    }
    let mut folders = Vec::new();
    for folder in &flags.folders {
        let (path, weight) = folder.rsplit_once('=').unwrap_or((folder, "1"));
        let (weight, silver) = weight.strip_suffix('~').map_or((weight, false), |w| (w, true));
        let weight = weight.parse::<f32>().map_err(|_| format!("{folder}: the weight is no number"))?;
        folders.push(Folder { path: PathBuf::from(path), samples: Sample::read(Path::new(path), false)?, weight, silver });
    }
    let tests: Vec<(&PathBuf, Vec<Sample>)> = flags.test.iter().map(|t| Sample::read(t, true).map(|s| (t, s))).collect::<Result<_, _>>()?;
    let recipe = Recipe { bits: flags.bits, rounds: flags.rounds, rate: flags.rate, dropout: flags.dropout, orders: flags.orders };
    let languages: Vec<(bool, &str)> =
        [(false, "en"), (true, "ru")].into_iter().filter(|(_, code)| flags.language.as_deref().is_none_or(|l| l == *code)).collect();
    if let Some(path) = &flags.gate {
        let mut weights = [[0.0; gate::SIGNS.len()]; 2];
        for &(russian, code) in &languages {
            weights[usize::from(russian)] = learn_gate(flags, &folders, &recipe, russian, code)?;
        }
        return std::fs::write(path, gate::table(&weights)).map_err(|e| format!("{}: {e}", path.display()));
    }
    let lines: Vec<Result<String, String>> = std::thread::scope(|scope| {
        let threads: Vec<_> = languages
            .iter()
            .map(|&(russian, code)| {
                scope.spawn({
                    let (folders, tests, recipe) = (&folders, &tests, &recipe);
                    move || one_language(flags, folders, tests, recipe, russian, code)
                })
            })
            .collect();
        threads.into_iter().map(|t| t.join().unwrap_or_else(|_| Err("learning failed".into()))).collect()
    });
    for line in lines {
        print!("{}", line?);
    }
    Ok(())
}

/// Texts to learn from.
struct Folder {
    path: PathBuf,
    samples: Vec<Sample>,
    weight: f32,
    silver: bool,
}

/// Learns from gold sequences, and from silver texts as a first model of the same gold reads them.
fn learn(gold: &[Sequence], folders: &[Folder], recipe: &Recipe, russian: bool) -> Result<Vec<u8>, String> {
    let bytes = train::learn(gold, recipe);
    let silver: Vec<&Folder> = folders.iter().filter(|f| f.silver).collect();
    if silver.is_empty() {
        return Ok(bytes);
    }
    let model = read(bytes)?;
    let mut caches = [Words::new(), Words::new()];
    let mut all = gold.to_vec();
    for folder in silver {
        for sample in &folder.samples {
            let sample = silver::reconcile(sample, model, russian, &mut caches);
            all.extend(train::sequences(&sample, folder.weight, russian, recipe.bits));
        }
    }
    Ok(train::learn(&all, recipe))
}

/// A sample to learn from, taken apart once.
struct Gold<'a> {
    sample: &'a Sample,
    weight: f32,
    sequences: Vec<Sequence>,
    /// Which part of the folder to be measured it belongs to.
    part: Option<usize>,
}

/// Learns both passes. The second is learnt on labels of models that have not seen the texts.
fn both(gold: &[&Gold], folders: &[Folder], recipe: &Recipe, russian: bool, second: bool) -> Result<Vec<u8>, String> {
    const PARTS: usize = 3;
    let pick = |keep: &dyn Fn(usize) -> bool| -> Vec<Sequence> {
        gold.iter().enumerate().filter(|(n, _)| keep(*n)).flat_map(|(_, g)| g.sequences.iter().cloned()).collect()
    };
    let mut bytes = learn(&pick(&|_| true), folders, recipe, russian)?;
    if second {
        let mut voted = Vec::new();
        for part in 0..PARTS {
            let model = read(learn(&pick(&|n| n % PARTS != part), folders, recipe, russian)?)?;
            let mut caches = [Words::new(), Words::new()];
            for (_, g) in gold.iter().enumerate().filter(|(n, _)| n % PARTS == part) {
                voted.extend(train::voted(g.sample, g.weight, model, russian, &mut caches));
            }
        }
        let model = read(bytes.clone())?;
        bytes.extend(train::learn_votes(&voted, model));
    }
    Ok(bytes)
}

/// A model from its bytes. It lives as long as the program; a training run makes few.
fn read(bytes: Vec<u8>) -> Result<&'static Model, String> {
    Model::read(Box::leak(bytes.into_boxed_slice()))
        .map(|m| &*Box::leak(Box::new(m)))
        .ok_or_else(|| "the learnt model cannot be read".into())
}

/// The weights of the gate of a language, with what they leave out of parts that they were not learnt from.
fn learn_gate(flags: &Flags, folders: &[Folder], recipe: &Recipe, russian: bool, code: &str) -> Result<gate::Signs, String> {
    let gold = gold(flags, folders, recipe, russian);
    let mut parts = Vec::new();
    for part in 0..flags.parts {
        let seen: Vec<&Gold> = gold.iter().enumerate().filter(|(n, _)| n % flags.parts != part).map(|(_, g)| g).collect();
        let model = read(both(&seen, folders, recipe, russian, !flags.single)?)?;
        let held = gold.iter().enumerate().filter(|(n, _)| n % flags.parts == part);
        parts.push(trial::doubtful(held.map(|(_, g)| (g.sample, g.weight)), model, russian));
    }
    let (mut left_out, mut all) = ([0; 2], [0; 2]);
    for (n, part) in parts.iter().enumerate() {
        let others: Vec<gate::Example> = parts.iter().enumerate().filter(|(m, _)| *m != n).flat_map(|(_, p)| p).copied().collect();
        let out = gate::left_out(part, &gate::learn(&others));
        let right = part.iter().filter(|e| e.right).count();
        for (sum, count) in left_out.iter_mut().zip(out).chain(all.iter_mut().zip([right, part.len() - right])) {
            *sum += count;
        }
    }
    println!("{code} of parts not learnt from, left out: right {} of {}, wrong {} of {}", left_out[0], all[0], left_out[1], all[1]);
    Ok(gate::learn(&parts.concat()))
}

/// The samples to learn from, taken apart; those of the folder to be measured know their part.
fn gold<'a>(flags: &Flags, folders: &'a [Folder], recipe: &Recipe, russian: bool) -> Vec<Gold<'a>> {
    let mut gold = Vec::new();
    for folder in folders.iter().filter(|f| !f.silver) {
        for (n, sample) in folder.samples.iter().enumerate() {
            let sequences = train::sequences(sample, folder.weight, russian, recipe.bits);
            let part = (flags.cross.as_ref() == Some(&folder.path)).then_some(n % flags.parts);
            gold.push(Gold { sample, weight: folder.weight, sequences, part });
        }
    }
    gold
}

fn one_language(
    flags: &Flags,
    folders: &[Folder],
    tests: &[(&PathBuf, Vec<Sample>)],
    recipe: &Recipe,
    russian: bool,
    code: &str,
) -> Result<String, String> {
    use std::fmt::Write;
    let mut report = String::new();
    let gold = gold(flags, folders, recipe, russian);
    if flags.cross.is_some() {
        let mut figures = Figures::default();
        for part in 0..flags.parts {
            let seen: Vec<&Gold> = gold.iter().filter(|g| g.part != Some(part)).collect();
            let bytes = both(&seen, folders, recipe, russian, !flags.single)?;
            let held = gold.iter().filter(|g| g.part == Some(part)).map(|g| g.sample);
            trial::measure(bytes, held, russian, flags.errors, &mut figures)?;
        }
        let _ = writeln!(report, "{code} cross {figures}");
    }
    if flags.out.is_some() || !tests.is_empty() {
        let bytes = both(&gold.iter().collect::<Vec<_>>(), folders, recipe, russian, !flags.single)?;
        if let Some(out) = &flags.out {
            let path = out.join(format!("names.{code}.bin"));
            std::fs::write(&path, &bytes).map_err(|e| format!("{}: {e}", path.display()))?;
        }
        for (path, samples) in tests {
            let mut figures = Figures::default();
            trial::measure(bytes.clone(), samples.iter(), russian, flags.errors, &mut figures)?;
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let _ = writeln!(report, "{code} {name:18} {figures}");
        }
    }
    Ok(report)
}
