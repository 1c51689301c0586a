//! PDF with a text layer, by `pdf-extract`.
//!
//! A page's text comes as lines of print; those of a paragraph are put together again, a word cut
//! by a hyphen at a line's end becomes whole. Scanned pages have no text and are said to be empty.

use super::{Fault, Markup, Plain};

pub(super) fn read(bytes: &[u8]) -> Result<Plain, Fault> {
    let pages = pdf_extract::extract_text_from_mem_by_pages(bytes).map_err(|error| {
        let message = error.to_string();
        if message.to_ascii_lowercase().contains("crypt") || message.to_ascii_lowercase().contains("password") {
            Fault::new("encrypted", "is protected by a password")
        } else {
            Fault::broken("PDF", message)
        }
    })?;
    let mut text = String::new();
    for page in pages {
        flow(&page, &mut text);
    }
    if text.trim().is_empty() {
        return Err(Fault::new("empty", "has no text layer: it may be a scan"));
    }
    Ok(Plain::of(text, Markup::default()))
}

/// Lines of print into paragraphs.
fn flow(page: &str, text: &mut String) {
    let page = page.replace(['\u{ad}', '\u{200b}', '\0'], "").replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = page.lines().map(str::trim).collect();
    // the usual length of a full line
    let mut lengths: Vec<usize> = lines.iter().filter(|line| !line.is_empty()).map(|line| line.chars().count()).collect();
    lengths.sort_unstable();
    let full = lengths.get(lengths.len() * 3 / 4).copied().unwrap_or(0);
    let mut last: Option<String> = None;
    for line in lines {
        if line.is_empty() {
            if last.take().is_some() {
                text.push('\n');
            }
            continue;
        }
        let line: String = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if let Some(before) = last {
            let long = full >= 40 && before.chars().count() * 10 >= full * 8;
            let small = line.chars().next().is_some_and(char::is_lowercase);
            let goes_on = small || line.starts_with(|c: char| c.is_numeric() || matches!(c, '(' | '«' | '“'));
            let ends = before.ends_with(['.', '!', '?', ':', ';']);
            if before.ends_with('-') && small && long {
                text.truncate(text.trim_end().len());
                text.pop();
            } else if !ends && (small || long) || long && goes_on {
                text.truncate(text.trim_end().len());
                text.push(' ');
            }
        }
        text.push_str(&line);
        text.push('\n');
        last = Some(line);
    }
    if last.is_some() {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_print_become_paragraphs() {
        let mut text = String::new();
        flow(
            "Мост открыт\n\nВ селе Кара-Булак Нарынской области в пятницу откры-\nли мост, построенный за один год на средства жителей\nи фонда.\nСледующий абзац.\n",
            &mut text,
        );
        assert_eq!(
            text,
            "Мост открыт\n\nВ селе Кара-Булак Нарынской области в пятницу открыли мост, построенный за один год на средства жителей и фонда.\nСледующий абзац.\n\n"
        );
    }

    #[test]
    fn what_is_no_pdf_is_said() {
        assert_eq!(read(b"%PDF-1.4\nnothing").unwrap_err().kind, "broken");
    }
}
