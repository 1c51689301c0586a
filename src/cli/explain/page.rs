//! The text as a page of HTML that needs nothing else. It runs no script and loads nothing, and its
//! policy forbids both: everything that comes from the text or its name is escaped, control characters
//! are shown.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::lines;
use crate::cli::report::shown;
use crate::record::{Mention, Record};

const HEAD: &str = "<!DOCTYPE html>
<html><head><meta charset=\"utf-8\">
<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>dateline explain</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222; background: #fff }
h1 { font-size: 1.1em } p { margin: .6em 0 .1em; white-space: pre-wrap }
table { border-collapse: collapse; font-size: .85em; color: #444 } td { padding: 0 .8em .1em 0; vertical-align: top }
table.lines { margin-left: 1.5em } .why, .lost { color: #777 } .furniture { color: #999; font-style: italic }
mark { background: none; border-bottom: 3px solid; padding-bottom: 1px }
.date { border-color: #2a8f3c } .place { border-color: #2b6cb0 } .organization { border-color: #9b2fae }
.person { border-color: #0b8a8f } .project { border-color: #b7791f } .money { border-color: #c53030 }
td.date, td.place, td.organization, td.person, td.project, td.money { border-left: 3px solid; padding-left: .4em }
</style></head><body>
";

pub(super) fn open(out: &mut impl Write) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())
}

pub(super) fn close(out: &mut impl Write) -> io::Result<()> {
    out.write_all(b"</body></html>\n")
}

/// A text that is only text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.split('\t').map(shown).collect::<Vec<_>>().join("\t").chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A type's class: one of ours, whatever stands in the record.
fn class(kind: &str) -> &'static str {
    ["date", "place", "organization", "person", "project", "money"].into_iter().find(|known| *known == kind).unwrap_or("other")
}

pub(super) fn write(record: &Record, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "<article><h1>{}</h1>", escaped(&record.id))?;
    if let Some(fault) = &record.error {
        return writeln!(out, "<p>{}: {}</p></article>", escaped(&fault.kind), escaped(&fault.message));
    }
    writeln!(out, "<table>")?;
    for (name, value, why) in lines::facts(record) {
        writeln!(out, "<tr><td>{name}<td>{}<td class=\"why\">{}", escaped(&value), escaped(&why))?;
    }
    for (kind, what, evidence, why) in lines::roles(record) {
        writeln!(out, "<tr><td>{kind}<td>{} {}<td class=\"why\">{}", escaped(&what), escaped(&evidence), escaped(&why))?;
    }
    writeln!(out, "</table>")?;
    for line in lines::lines(record) {
        let mut text = String::new();
        for piece in &line.pieces {
            let _ = match (piece.is_furniture, piece.mention) {
                (true, _) => write!(text, "<span class=\"furniture\">{}</span>", escaped(&piece.text)),
                (false, Some(m)) => write!(
                    text,
                    "<mark class=\"{}\" title=\"{}\">{}</mark>",
                    class(&m.kind),
                    escaped(&lines::value(m)),
                    escaped(&piece.text)
                ),
                (false, None) => write!(text, "{}", escaped(&piece.text)),
            };
        }
        if let Some((class, rule)) = line.furniture {
            let _ = write!(text, " <span class=\"why\">[furniture: {}, {}]</span>", escaped(class), escaped(rule));
        }
        writeln!(out, "<p>{text}</p>")?;
        if !line.mentions.is_empty() || !line.lost.is_empty() {
            writeln!(out, "<table class=\"lines\">")?;
            for m in &line.mentions {
                reading(m, class(&m.kind), &m.kind, out)?;
            }
            for m in &line.lost {
                reading(m, "lost", &format!("lost {}", m.kind), out)?;
            }
            writeln!(out, "</table>")?;
        }
    }
    writeln!(out, "</article>")
}

fn reading(m: &Mention, class: &str, kind: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "<tr><td class=\"{class}\">{}<td>{}<td>{}<td class=\"why\">{}–{}; {}",
        escaped(kind),
        escaped(&m.text),
        escaped(&lines::value(m)),
        m.start,
        m.end,
        escaped(&lines::why(m))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_text_is_markup() {
        assert_eq!(escaped("<script>\"a\" & 'b'\u{1b}"), "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;\\u{1b}");
    }
}
