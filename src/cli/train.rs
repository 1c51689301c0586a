//! `dateline train`: learn the sequence model from marked texts.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::names::samples::Sample;
use crate::names::train::{self, Recipe, Sequence};
use crate::names::trial::{self, Figures};

/// Learns the tables of names from marked texts, or measures them.
///
/// A folder holds gold.jsonl and texts/, or .ann files; `FOLDER=3` gives its texts three times
/// the weight. The same folders give the same files.
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
    #[arg(long, default_value_t = 0.15)]
    rate: f32,
    /// Share of features left out at random
    #[arg(long, default_value_t = 0.4)]
    dropout: f32,
    /// Only this language: en or ru
    #[arg(long)]
    language: Option<String>,
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

fn train(flags: &Flags) -> Result<(), String> {
    let mut folders = Vec::new();
    for folder in &flags.folders {
        let (path, weight) = match folder.rsplit_once('=') {
            Some((path, weight)) => (path, weight.parse::<f32>().map_err(|_| format!("{folder}: the weight is no number"))?),
            None => (folder.as_str(), 1.0),
        };
        folders.push((PathBuf::from(path), Sample::read(Path::new(path), false)?, weight));
    }
    let tests: Vec<(&PathBuf, Vec<Sample>)> = flags.test.iter().map(|t| Sample::read(t, true).map(|s| (t, s))).collect::<Result<_, _>>()?;
    let recipe = Recipe { bits: flags.bits, rounds: flags.rounds, rate: flags.rate, dropout: flags.dropout };
    let languages: Vec<(bool, &str)> =
        [(false, "en"), (true, "ru")].into_iter().filter(|(_, code)| flags.language.as_deref().is_none_or(|l| l == *code)).collect();
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

fn one_language(
    flags: &Flags,
    folders: &[(PathBuf, Vec<Sample>, f32)],
    tests: &[(&PathBuf, Vec<Sample>)],
    recipe: &Recipe,
    russian: bool,
    code: &str,
) -> Result<String, String> {
    use std::fmt::Write;
    let mut report = String::new();
    let mut all: Vec<Sequence> = Vec::new();
    let mut held: Vec<Vec<Sequence>> = vec![Vec::new(); flags.parts];
    let mut parts: Vec<Vec<&Sample>> = vec![Vec::new(); flags.parts];
    for (path, samples, weight) in folders {
        for (n, sample) in samples.iter().enumerate() {
            let sequences = train::sequences(sample, *weight, russian, recipe.bits);
            if flags.cross.as_ref() == Some(path) {
                held[n % flags.parts].extend(sequences);
                parts[n % flags.parts].push(sample);
            } else {
                all.extend(sequences);
            }
        }
    }
    if flags.cross.is_some() {
        let mut figures = Figures::default();
        for (n, samples) in parts.iter().enumerate() {
            let mut seen = all.clone();
            seen.extend(held.iter().enumerate().filter(|(m, _)| *m != n).flat_map(|(_, s)| s.iter().cloned()));
            let bytes = train::learn(&seen, recipe);
            trial::measure(bytes, samples.iter().copied(), russian, flags.errors, &mut figures)?;
        }
        let _ = writeln!(report, "{code} cross {figures}");
    }
    all.extend(held.into_iter().flatten());
    if flags.out.is_some() || !tests.is_empty() {
        let bytes = train::learn(&all, recipe);
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
