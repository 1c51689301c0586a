//! What people see on standard error: messages, the progress bar, the closing line.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// When to show a progress bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Progress {
    /// When standard error is a terminal.
    #[default]
    Auto,
    /// Always: as lines where there is no terminal.
    Always,
    /// Never.
    Never,
}

/// One message: `dateline: error: what`.
pub(super) fn message(label: &str, text: &str) {
    let color = match label {
        "error" | "failed" | "stopped" => AnsiColor::Red,
        "warning" => AnsiColor::Yellow,
        _ => AnsiColor::Cyan,
    };
    let style = Style::new().bold().fg_color(Some(color.into()));
    anstream::eprintln!("dateline: {style}{label}{style:#}: {}", shown(text));
}

/// A line of advice after an error.
pub(super) fn hint(text: &str) {
    anstream::eprintln!("  {text}");
}

/// A text with control characters shown and not sent: a file's name may hold terminal escapes.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // marks that turn the direction of writing can hide what a name really is
        if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// So many documents that fail in one way are named; of more, --verbose does it.
const NAMED: u64 = 100;

/// Counts what happens and tells of it.
pub(super) struct Report {
    started: Instant,
    bar: Option<ProgressBar>,
    lines: Option<Instant>,
    quiet: bool,
    verbose: bool,
    documents: u64,
    bytes: u64,
    languages: BTreeMap<String, u64>,
    failed: BTreeMap<String, u64>,
    skipped: BTreeMap<&'static str, u64>,
    warnings: u64,
    /// Whether a text with HTML was met.
    html: bool,
    cached: u64,
}

impl Report {
    pub fn new(progress: Progress, quiet: bool, verbose: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let shows = match progress {
            Progress::Auto => terminal && !quiet,
            Progress::Always => true,
            Progress::Never => false,
        };
        let bar = (shows && terminal).then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
            // the template is a constant: a wrong one falls back to the bar's own
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}  {elapsed}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        let lines = (shows && !terminal).then(Instant::now);
        Self {
            started: Instant::now(),
            bar,
            lines,
            quiet,
            verbose,
            documents: 0,
            bytes: 0,
            languages: BTreeMap::new(),
            failed: BTreeMap::new(),
            skipped: BTreeMap::new(),
            warnings: 0,
            html: false,
            cached: 0,
        }
    }

    fn say(&self, label: &str, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| message(label, text)),
            None => message(label, text),
        }
    }

    /// A document was read.
    pub fn read(&mut self, language: Option<&str>, bytes: usize) {
        self.documents += 1;
        self.bytes += bytes as u64;
        *self.languages.entry(language.unwrap_or("undecided").to_string()).or_default() += 1;
        self.tick();
    }

    /// A document could not be read.
    pub fn failed(&mut self, id: &str, kind: &str, text: &str, bytes: usize) {
        self.bytes += bytes as u64;
        let count = self.failed.entry(kind.to_string()).or_default();
        *count += 1;
        let count = *count;
        if self.verbose || count <= NAMED {
            self.say("failed", &format!("{id}: {text}"));
        } else if count == NAMED + 1 {
            self.say("failed", &format!("more documents fail so ({kind}): they have their rows; --verbose names them all"));
        }
        self.tick();
    }

    /// Something is not for reading.
    pub fn skipped(&mut self, path: &str, reason: &'static str) {
        *self.skipped.entry(reason).or_default() += 1;
        if self.verbose && !path.is_empty() {
            self.say("skipped", &format!("{path}: {reason}"));
        }
    }

    /// Something to look at, with the document read all the same.
    pub fn warning(&mut self, id: &str, text: &str) {
        self.warnings += 1;
        if !self.quiet {
            self.say("warning", &format!("{id}: {text}"));
        }
    }

    /// That a text which was read as plain holds HTML: said once.
    pub fn looks_like_html(&mut self, id: &str) {
        if !std::mem::replace(&mut self.html, true) {
            self.warning(id, "the text holds HTML: --text-format html reads texts as pages (said of the first alone)");
        }
    }

    /// Whether the document before came from the cache.
    pub fn cached(&mut self, is_cached: bool) {
        self.cached += u64::from(is_cached);
    }

    /// How many documents there were of each kind.
    pub fn counts(&self) -> serde_json::Value {
        serde_json::json!({
            "read": self.documents,
            "from_cache": self.cached,
            "failed": self.failures(),
            "languages": self.languages,
            "failures": self.failed,
            "skipped": self.skipped,
            "bytes": self.bytes,
        })
    }

    /// Another part of the work begins.
    pub fn stage(&mut self, what: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(what.to_string());
        }
    }

    fn tick(&mut self) {
        let every = Duration::from_secs(5);
        if let Some(bar) = &self.bar {
            bar.set_message(self.so_far());
        } else if self.lines.is_some_and(|last| last.elapsed() >= every) {
            self.lines = Some(Instant::now());
            message("progress", &self.so_far());
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "for reading by people")]
    fn so_far(&self) -> String {
        let (seconds, megabytes) = (self.started.elapsed().as_secs_f64(), self.bytes as f64 / 1e6);
        format!("{} documents, {megabytes:.1} MB, {:.1} MB/s", self.documents + self.failures(), megabytes / seconds.max(1e-3))
    }

    fn failures(&self) -> u64 {
        self.failed.values().sum()
    }

    /// How many documents were read or failed.
    pub fn total(&self) -> u64 {
        self.documents + self.failures()
    }

    /// How many documents failed in a way that makes the run incomplete: empty ones only when
    /// `strict`.
    pub fn faults(&self, strict: bool) -> u64 {
        self.failed.iter().filter(|(kind, _)| strict || *kind != "empty").map(|(_, count)| count).sum()
    }

    /// The closing line, after what the user should know of the files.
    #[expect(clippy::cast_precision_loss, reason = "for reading by people")]
    pub fn close(&self, written: &[PathBuf], notes: &[String]) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if self.quiet {
            return;
        }
        for note in notes {
            message("note", note);
        }
        let several = |count: u64, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let listed = |counts: Vec<(&str, u64)>| {
            let mut counts = counts;
            counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
            counts.iter().map(|(what, count)| format!("{what} {count}")).collect::<Vec<_>>().join(", ")
        };
        let mut line = several(self.documents, "document");
        if self.documents > 0 {
            line += &format!(" ({})", listed(self.languages.iter().map(|(k, v)| (k.as_str(), *v)).collect()));
        }
        if self.failures() > 0 {
            line += &format!("; {} failed ({})", self.failures(), listed(self.failed.iter().map(|(k, v)| (k.as_str(), *v)).collect()));
        }
        if !self.skipped.is_empty() {
            let skipped: u64 = self.skipped.values().sum();
            line += &format!("; {skipped} skipped ({})", listed(self.skipped.iter().map(|(k, v)| (*k, *v)).collect()));
        }
        if self.cached > 0 {
            line += &format!("; {} from the cache", self.cached);
        }
        if self.warnings > 0 {
            line += &format!("; {}", several(self.warnings, "warning"));
        }
        let (seconds, megabytes) = (self.started.elapsed().as_secs_f64(), self.bytes as f64 / 1e6);
        line += &format!("; {seconds:.2} s, {:.1} MB/s", megabytes / seconds.max(1e-3));
        if !written.is_empty() {
            line += &format!("; wrote {}", written.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "));
        }
        anstream::eprintln!("dateline: {}", shown(&line));
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn escapes_in_names_are_shown() {
        assert_eq!(super::shown("a\u{1b}[31m.txt"), "a\\u{1b}[31m.txt");
    }
}
