//! `dateline summary`: a corpus at a glance, in the terminal.

use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use jiff::civil::Date;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::overview::Input;
use super::report::shown;
use super::{Ending, Stop};
use crate::overview::{Count, Summary};

const EXAMPLES: &str = "\
Examples:
  dateline summary releases/
  dateline summary tables/                           what extract -o tables/ wrote
  dateline summary all.jsonl --top 30 --events       each event once, without its copies
  dateline summary all.jsonl --format json | jq .coverage";

/// Show a corpus at a glance, in the terminal.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES, after_long_help = super::EXIT_CODES)]
pub(super) struct Flags {
    #[command(flatten)]
    input: Input,
    /// How to write it.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Form,
    /// Rows of each list.
    #[arg(long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// Count each event once: leave out copies and other versions of a release.
    #[arg(long)]
    events: bool,
    /// The day that tells what lies in the future, as 2026-01-31 [default: today].
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// Bars and lists to read.
    #[default]
    Text,
    /// All figures, lists in full.
    Json,
}

/// The day of the clock, in Greenwich.
pub(super) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let (overview, ending) = flags.input.read(None)?;
    let summary = overview.summary(flags.today.unwrap_or_else(today), flags.events);
    let stdout = std::io::stdout();
    if flags.format == Form::Json {
        let mut out = stdout.lock();
        serde_json::to_writer_pretty(&mut out, &summary).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(ending);
    }
    let width = match terminal_size::terminal_size() {
        Some((terminal_size::Width(width), _)) if stdout.is_terminal() => usize::from(width),
        _ => std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(100),
    };
    let mut out = anstream::AutoStream::auto(stdout.lock());
    Page { width: width.clamp(40, 120), top: flags.top, events: flags.events }.write(&summary, &mut out)?;
    out.flush()?;
    Ok(ending)
}

/// How the text is laid out.
struct Page {
    width: usize,
    top: usize,
    events: bool,
}

const HEAD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
/// Glyphs tell the languages apart where there are no colours.
const LANGUAGES: [(char, Style); 3] = [
    ('█', Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Blue)))),
    ('▒', Style::new().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)))),
    ('░', Style::new().dimmed()),
];

fn several(count: u64, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A text of exactly so many columns: cut with an ellipsis, or filled with spaces.
fn fitted(text: &str, columns: usize) -> String {
    let text = shown(text);
    let wide = text.width();
    if wide <= columns {
        return text + &" ".repeat(columns - wide);
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide + 1 > columns {
            break;
        }
        out.push(c);
        used += wide;
    }
    out.push('…');
    out + &" ".repeat(columns.saturating_sub(used + 1))
}

/// A bar of `columns` for `most`, in eighths of a column; something is never nothing.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, clippy::cast_sign_loss, reason = "eighths of a terminal's width")]
fn bar(count: u64, most: u64, columns: usize) -> String {
    let eighths = (count as f64 / most.max(1) as f64 * columns as f64 * 8.0).round() as usize;
    let eighths = eighths.clamp(usize::from(count > 0), columns * 8);
    let mut out = "█".repeat(eighths / 8);
    if let Some(part) = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"].get(eighths % 8) {
        out.push_str(part);
    }
    let used = out.chars().count();
    out + &" ".repeat(columns.saturating_sub(used))
}

#[expect(clippy::cast_precision_loss, reason = "for reading by people")]
fn percent(count: u64, of: u64) -> String {
    let share = count as f64 / of.max(1) as f64 * 100.0;
    // neither all nor nothing may look like it when it is not
    if share > 0.0 && share < 1.0 {
        "<1 %".into()
    } else if share > 99.0 && share < 100.0 {
        ">99 %".into()
    } else {
        format!("{share:.0} %")
    }
}

impl Page {
    fn write(&self, summary: &Summary, out: &mut impl Write) -> std::io::Result<()> {
        let mut line = several(summary.documents, "document");
        if summary.failed > 0 {
            line += &format!(", {} not read", summary.failed);
        }
        writeln!(out, "{HEAD}{line}{HEAD:#}")?;
        if summary.copies + summary.other_versions > 0 {
            let (copies, versions) = (summary.copies, summary.other_versions);
            writeln!(
                out,
                "{} · {} · {}{}",
                several(summary.events, "event"),
                if copies == 1 { "1 copy".into() } else { format!("{copies} copies") },
                several(versions, "other version"),
                if self.events {
                    "; the figures below count events"
                } else {
                    "; the figures below count documents (--events: each event once)"
                }
            )?;
        }
        if summary.counted == 0 {
            return self.warnings(summary, out);
        }
        self.years(summary, out)?;
        self.list("Countries", "of the event or named", &summary.countries, summary.counted, out)?;
        self.list("Bodies", "named", &summary.bodies, summary.counted, out)?;
        self.list("Donors", "", &summary.donors, summary.counted, out)?;
        self.list("Who carries out", "", &summary.implementers, summary.counted, out)?;
        self.list("Who organizes", "", &summary.organizers, summary.counted, out)?;
        self.coverage(summary, out)?;
        self.warnings(summary, out)
    }

    fn years(&self, summary: &Summary, out: &mut impl Write) -> std::io::Result<()> {
        writeln!(out, "\n{HEAD}Languages and years{HEAD:#} {DIM}of publication, or of the event{DIM:#}")?;
        let mut legend = Vec::new();
        for (at, language) in summary.languages.iter().enumerate() {
            let (glyph, style) = LANGUAGES[at.min(2)];
            let share = percent(language.documents, summary.counted);
            legend.push(format!("{style}{glyph}{style:#} {} {} ({share})", shown(&language.name), language.documents));
        }
        let more = legend.len().saturating_sub(8);
        legend.truncate(8);
        if more > 0 {
            legend.push(format!("{more} more"));
        }
        writeln!(out, "  {}", legend.join("   "))?;
        let sum = |languages: &std::collections::BTreeMap<String, u64>| languages.values().sum::<u64>();
        let most = summary.years.values().map(sum).max().unwrap_or(1);
        let columns = self.width.saturating_sub(2 + 4 + 2 + 2 + 7);
        let early = summary.years.len().saturating_sub(30);
        if early > 0 {
            let before: u64 = summary.years.values().take(early).map(sum).sum();
            let year = summary.years.keys().nth(early).copied().unwrap_or_default();
            writeln!(out, "  {DIM}before {year}: {}{DIM:#}", several(before, "document"))?;
        }
        for (year, by_language) in summary.years.iter().skip(early) {
            let all = sum(by_language);
            // the parts end where their sums do, so that rounding does not add up
            let (mut bar, mut counted, mut drawn) = (String::new(), 0u64, 0usize);
            let of = |at: usize| summary.languages.get(at).and_then(|language| by_language.get(&language.name)).copied().unwrap_or(0);
            let main = [of(0), of(1)];
            for (count, (glyph, style)) in [main[0], main[1], all - main[0] - main[1]].into_iter().zip(LANGUAGES) {
                counted += count;
                let mut end = usize::try_from(u128::from(counted) * columns as u128 / u128::from(most.max(1))).unwrap_or(0);
                if count > 0 {
                    end = end.max(drawn + 1);
                }
                let glyphs: String = std::iter::repeat_n(glyph, end.saturating_sub(drawn)).collect();
                bar += &format!("{style}{glyphs}{style:#}");
                drawn = drawn.max(end);
            }
            writeln!(out, "  {year:>4}  {bar} {all}")?;
        }
        if summary.without_year > 0 {
            writeln!(out, "  {DIM}no year: {}{DIM:#}", several(summary.without_year, "document"))?;
        }
        Ok(())
    }

    fn list(&self, head: &str, what: &str, counts: &[Count], all: u64, out: &mut impl Write) -> std::io::Result<()> {
        if counts.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{HEAD}{head}{HEAD:#}{}{DIM}{what}{DIM:#}", if what.is_empty() { "" } else { " " })?;
        let rows = &counts[..counts.len().min(self.top)];
        let longest = rows.iter().map(|count| count.name.width()).max().unwrap_or(0);
        let names = longest.clamp(12, (self.width / 2).max(12));
        let digits = counts[0].documents.to_string().len();
        let columns = self.width.saturating_sub(2 + names + 2 + 2 + digits + 7).clamp(4, 28);
        for count in rows {
            let (name, bar) = (fitted(&count.name, names), bar(count.documents, counts[0].documents, columns));
            writeln!(out, "  {name}  {bar}  {:>digits$} {DIM}{:>6}{DIM:#}", count.documents, percent(count.documents, all))?;
        }
        let more = counts.len() - rows.len();
        if more > 0 {
            writeln!(out, "  {DIM}and {more} more{DIM:#}")?;
        }
        Ok(())
    }

    fn coverage(&self, summary: &Summary, out: &mut impl Write) -> std::io::Result<()> {
        writeln!(out, "\n{HEAD}Coverage{HEAD:#} {DIM}documents that have{DIM:#}")?;
        let digits = summary.counted.to_string().len();
        let columns = self.width.saturating_sub(2 + 20 + 2 + 2 + digits + 7).clamp(4, 28);
        for count in &summary.coverage {
            let bar = bar(count.documents, summary.counted, columns);
            let share = percent(count.documents, summary.counted);
            writeln!(out, "  {}  {bar}  {:>digits$} {DIM}{share:>6}{DIM:#}", fitted(&count.name, 20), count.documents)?;
        }
        Ok(())
    }

    fn warnings(&self, summary: &Summary, out: &mut impl Write) -> std::io::Result<()> {
        if summary.warnings.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{HEAD}Worth a look{HEAD:#}")?;
        let digits = summary.warnings.iter().map(|warning| warning.documents).max().unwrap_or(0).to_string().len();
        for warning in &summary.warnings {
            let more = if warning.documents > warning.examples.len() as u64 { ", …" } else { "" };
            let examples = warning.examples.join(", ") + more;
            let what = shown(&warning.what);
            let room = self.width.saturating_sub(2 + digits + 2 + what.width() + 2);
            if room >= 20 {
                writeln!(out, "  {:>digits$}  {what}  {DIM}{}{DIM:#}", warning.documents, fitted(&examples, room).trim_end())?;
            } else {
                writeln!(out, "  {:>digits$}  {what}", warning.documents)?;
                let room = self.width.saturating_sub(4 + digits);
                writeln!(out, "  {}  {DIM}{}{DIM:#}", " ".repeat(digits), fitted(&examples, room).trim_end())?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_script_take_the_columns_they_are_given() {
        for (name, columns) in [("Европейский союз", 20), ("Европейский союз", 8), ("国際協力機構", 5), ("a\u{1b}[31m", 12)]
        {
            assert_eq!(fitted(name, columns).width(), columns, "{name}");
        }
        assert_eq!(fitted("Европейский союз", 8), "Европей…");
        assert!(!fitted("a\u{1b}[31m", 12).contains('\u{1b}'));
    }

    #[test]
    fn bars_end_where_they_should() {
        assert_eq!(bar(1, 2, 4), "██  ");
        assert_eq!(bar(1, 1000, 4), "▏   ");
        assert_eq!(bar(0, 2, 4), "    ");
        assert_eq!([percent(1, 1000), percent(999, 1000), percent(1, 2)], ["<1 %", ">99 %", "50 %"]);
    }
}
