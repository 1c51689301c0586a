//! The text in the terminal: mentions in the colour of their type, furniture dimmed, and under each
//! line what was read and why. Control characters of the text are shown, never sent.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::lines::{self, Line};
use crate::cli::report::shown;
use crate::record::{Mention, Record};

const DIM: Style = Style::new().dimmed();
const BOLD: Style = Style::new().bold();

fn style(kind: &str) -> Style {
    let color = match kind {
        "date" => AnsiColor::Green,
        "place" => AnsiColor::Blue,
        "organization" => AnsiColor::Magenta,
        "person" => AnsiColor::Cyan,
        "project" => AnsiColor::Yellow,
        _ => AnsiColor::Red,
    };
    Style::new().fg_color(Some(color.into())).underline()
}

/// A tab moves the cursor and nothing else.
fn safe(text: &str) -> String {
    text.split('\t').map(shown).collect::<Vec<_>>().join("\t")
}

pub(super) fn write(record: &Record, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", safe(&record.id))?;
    if let Some(fault) = &record.error {
        return writeln!(out, "  {}: {}\n", safe(&fault.kind), safe(&fault.message));
    }
    for (name, value, why) in lines::facts(record) {
        writeln!(out, "  {name:<12} {}  {DIM}{}{DIM:#}", safe(&value), safe(&why))?;
    }
    writeln!(out)?;
    for line in lines::lines(record) {
        write_line(&line, out)?;
    }
    for (kind, what, evidence, why) in lines::roles(record) {
        writeln!(out, "  {BOLD}{kind:<12}{BOLD:#} {}  {}  {DIM}{}{DIM:#}", safe(&what), safe(&evidence), safe(&why))?;
    }
    writeln!(out)
}

fn write_line(line: &Line, out: &mut impl Write) -> io::Result<()> {
    for piece in &line.pieces {
        let text = safe(&piece.text);
        match (piece.is_furniture, piece.mention) {
            (true, _) => write!(out, "{DIM}{text}{DIM:#}")?,
            (false, Some(mention)) => {
                let style = style(&mention.kind);
                write!(out, "{style}{text}{style:#}")?;
            }
            (false, None) => write!(out, "{text}")?,
        }
    }
    if let Some((class, rule)) = line.furniture {
        write!(out, "  {DIM}[furniture: {}, {}]{DIM:#}", safe(class), safe(rule))?;
    }
    writeln!(out)?;
    for mention in &line.mentions {
        reading("", mention, out)?;
    }
    for mention in &line.lost {
        reading("lost ", mention, out)?;
    }
    Ok(())
}

fn reading(mark: &str, m: &Mention, out: &mut impl Write) -> io::Result<()> {
    let style = if mark.is_empty() { style(&m.kind) } else { DIM };
    let kind = format!("{mark}{}", m.kind);
    let (text, value, why) = (safe(&m.text.replace('\n', " ")), safe(&lines::value(m)), safe(&lines::why(m)));
    writeln!(out, "    {style}{kind}{style:#} {text} {DIM}{}–{}{DIM:#} → {value}  {DIM}{why}{DIM:#}", m.start, m.end)
}
