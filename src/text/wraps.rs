//! Paragraphs that were broken at one width, as letters and old pages have them, put together again.
//!
//! A line that was broken goes on in the next because the next word had no room in it. So in a block of
//! lines without blank ones between them the breaks of a paragraph are those where the first word of the
//! next line would have passed the width, which is that of the text's widest broken block. Blocks show
//! that they are broken by keeping to that rule and by going on in small letters. A block whose lines are
//! all about as long and go on in small letters is broken as well, though a word would have had room: some
//! break behind the word that passes a width. A list, a poem or a menu does neither; and where a text
//! shows no sign of being broken, nothing is put together.
//!
//! What is joined is one line for all that follows: names and dates may run over the break.

use std::ops::Range;

use super::Line;
use super::folds::Folded;
use super::tokens::{Case, Kind, Token};

/// Characters of the widest line that counts as broken, and of the narrowest.
const WIDEST: usize = 120;
const NARROWEST: usize = 40;

/// By how much a line may pass the width that the blocks show: short paragraphs show none.
const SLACK: usize = 4;

/// Lines that a block needs to show a width.
const BLOCK: usize = 3;

/// Full lines that make up for a short one which nothing explains.
const SHORT: usize = 3;

/// Full lines in a row, short ones made up for, that show a width wherever they stand.
const RUN: usize = 5;

/// Joins the lines that broken paragraphs consist of.
pub(super) fn join(source: &str, lines: Vec<Line>, tokens: &mut [Token], folded: &Folded) -> Vec<Line> {
    let page = Broken { source, lines: &lines, tokens, folded };
    let Some(goes_on) = page.breaks() else { return lines };
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    for (n, line) in lines.into_iter().enumerate() {
        match joined.last_mut() {
            Some(last) if n > 0 && goes_on[n - 1] => {
                last.span.end = line.span.end;
                last.tokens.1 = line.tokens.1;
            }
            _ => joined.push(line),
        }
        let number = joined.len() as u32 - 1;
        for token in &mut tokens[line.tokens.0 as usize..line.tokens.1 as usize] {
            token.line = number;
        }
    }
    joined
}

struct Broken<'a> {
    source: &'a str,
    lines: &'a [Line],
    tokens: &'a [Token],
    folded: &'a Folded,
}

impl Broken<'_> {
    /// Which lines go on in the next one; none if no line does.
    fn breaks(&self) -> Option<Vec<bool>> {
        let blocks = || self.blocks().filter(|block| block.len() >= BLOCK);
        let width = blocks().filter_map(|block| self.width_of(block)).max();
        let mut goes_on = vec![false; self.lines.len()];
        for block in self.blocks() {
            let even = self.is_even(block.clone());
            for (n, goes_on) in goes_on.iter_mut().enumerate().take(block.end - 1).skip(block.start) {
                *goes_on = (even && !self.ends_sentence(n) || width.is_some_and(|width| self.goes_on(n, width))) && !self.is_item(n + 1);
            }
        }
        goes_on.contains(&true).then_some(goes_on)
    }

    /// Lines in a row, none of them blank or longer than a broken one may be.
    fn blocks(&self) -> impl Iterator<Item = Range<usize>> {
        let is_broken = |line: &Line| line.tokens.0 < line.tokens.1 && line.span.len() <= 4 * WIDEST;
        let mut from = 0;
        std::iter::from_fn(move || {
            from += self.lines[from..].iter().position(is_broken)?;
            let block = from..from + self.lines[from..].iter().take_while(|line| is_broken(line)).count();
            from = block.end;
            Some(block)
        })
    }

    /// Whether a block is broken at widths that are about the same, as where a line is broken after the
    /// word that passes a width: all its lines but the last are about as long, and one goes on in small letters.
    fn is_even(&self, block: Range<usize>) -> bool {
        let breaks = block.start..block.end - 1;
        let width = block.clone().map(|n| self.length(n)).max().unwrap_or(0);
        block.len() >= BLOCK
            && (NARROWEST..=WIDEST).contains(&width)
            && breaks.clone().all(|n| self.length(n) * 4 >= width * 3)
            && breaks.clone().any(|n| self.opens(n + 1).case == Case::Lower)
    }

    /// The width of a block, if it shows that it is broken: its lines but for the last have no room for
    /// the next word, or end a paragraph; at least two break a sentence, one of them before a small letter.
    /// Where headings and furniture stand with paragraphs in one block, a run of lines shows it.
    fn width_of(&self, block: Range<usize>) -> Option<usize> {
        let width = block.clone().map(|n| self.length(n)).max().filter(|width| (NARROWEST..=WIDEST).contains(width))?;
        let (mut full, mut small, mut short) = (0, 0, 0);
        let (mut run, mut longest) = (0_usize, 0);
        for n in block.start..block.end - 1 {
            let (ends, small_next) = (self.ends_sentence(n), self.opens(n + 1).case == Case::Lower);
            match (self.is_full(n, width), ends) {
                (true, false) => {
                    full += 1;
                    run += 1;
                    longest = longest.max(run);
                    small += usize::from(small_next);
                }
                // a small letter goes on whatever the room
                (false, false) if !small_next => {
                    short += 1;
                    run = run.saturating_sub(SHORT);
                }
                _ => {}
            }
        }
        let is_broken = full >= SHORT * short || longest >= RUN && 2 * small >= full;
        (small > 0 && full >= 2 && is_broken).then_some(width)
    }

    /// Whether a line goes on in the next one, as the width has it.
    fn goes_on(&self, n: usize, width: usize) -> bool {
        self.length(n) <= width + SLACK && (self.is_full(n, width) || self.is_broken_off(n, width))
    }

    /// Whether a line of some length stops amid a sentence that the next goes on with in small letters.
    fn is_broken_off(&self, n: usize, width: usize) -> bool {
        self.opens(n + 1).case == Case::Lower && !self.ends_sentence(n) && 2 * self.length(n) >= width
    }

    /// Whether the first word of the next line has no room in a line.
    fn is_full(&self, n: usize, width: usize) -> bool {
        let next = self.source[self.lines[n + 1].span.range()].trim_start();
        let word = next.split_whitespace().next().unwrap_or_default();
        let most = width.saturating_sub(self.length(n) + 1);
        word.chars().count() > most
    }

    /// Characters of a line, without the white space around it.
    fn length(&self, n: usize) -> usize {
        self.source[self.lines[n].span.range()].trim().chars().count()
    }

    fn opens(&self, n: usize) -> &Token {
        &self.tokens[self.lines[n].tokens.0 as usize]
    }

    /// Whether a line begins as an item of a list does: "- ", "2. ".
    fn is_item(&self, n: usize) -> bool {
        let first = self.lines[n].tokens.0 as usize;
        let after = self.folded.get(first + 1);
        match self.tokens[first].kind {
            Kind::Mark => {
                !matches!(self.folded.get(first), "\"" | "'" | "(" | "[" | "$" | "№" | "&")
                    && self.tokens.get(first + 1).is_none_or(|t| t.spaced)
            }
            Kind::Number => matches!(after, "." | ")") && self.tokens.get(first + 2).is_none_or(|t| t.spaced && t.case != Case::Lower),
            Kind::Word => false,
        }
    }

    fn ends_sentence(&self, n: usize) -> bool {
        let last = self.lines[n].tokens.1 as usize - 1;
        let last = if matches!(self.folded.get(last), "\"" | ")") && last > 0 { last - 1 } else { last };
        matches!(self.folded.get(last), "." | "!" | "?" | ":" | ";")
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Text;

    fn lines(source: &str) -> Vec<&str> {
        let text = Text::new(source);
        text.lines.iter().map(|line| text.slice(line.span)).collect()
    }

    const BROKEN: &str = "The Ministry of Agriculture and the Sary-Bulak Foundation for Rural\n\
        Development opened a dairy in the village of Ak-Tala on Monday, 3\n\
        March 2025, for thirty families of farmers. It cost 1.2 million\n\
        soms, which the families will pay back in five years.";

    #[test]
    fn a_paragraph_broken_at_one_width_is_one_line() {
        let source = format!("Dairy opens\n\n{BROKEN}\n\nContact: press service");
        assert_eq!(lines(&source).len(), 5);
        let text = Text::new(&source);
        assert_eq!(text.lines[2].number, 2);
        assert_eq!(text.lines[4].number, 7, "lines know where they stand in the file");
        assert!(text.tokens.iter().all(|token| (token.line as usize) < text.lines.len()));
    }

    #[test]
    fn headings_and_furniture_in_the_same_block_change_nothing() {
        let source = format!(
            "News of the district\nRSS\nAbout the paper\nFunds\nDairy opens\nNo 14\n{BROKEN} All of\nthem were chosen by the council of the village, which had heard in\nthe winter what each of those who had written to it would do with a\nloan.\nBy our own correspondent\nComments"
        );
        assert_eq!(lines(&source).len(), 9, "{:?}", lines(&source));
    }

    #[test]
    fn lines_that_pass_a_width_by_one_word_are_of_one_paragraph() {
        let source = "The money for the new school in the village came from the North\n\
            Lakes Fund, which has paid for the roofs of three other schools now\n\
            in the district.";
        assert_eq!(lines(source).len(), 1);
        let list = "The first item of this list is a long line of plain words here\nThe second item of this list is a long line of plain words too\nThe third item of this list is one more line of plain words now";
        assert_eq!(lines(list).len(), 3);
    }

    #[test]
    fn lists_menus_and_whole_paragraphs_stay_as_they_are() {
        for source in [
            "Home\nNews of the ministry and of its departments\nContacts\nAbout us",
            "Those who came to the meeting of the council on the second day:\n- the ministry of education of the republic and its offices,\n- the union of teachers of all the regions of the country,\n- journalists.",
            "Three regions take part, each with its own list of villages to be\nsupplied:\nOsh Region: Otuz-Adyr, Kyrgyz-Ata, Togotoy, Sary-Tash;\nChuy Region: Sultan, Panfilovka, Kun-Tuu, Alekseyevka;\nthe list of Talas is still being made.",
            "1. Opening\n2. Report of the director on the work of the first half of the year\n3. Questions",
        ] {
            assert_eq!(lines(source).len(), source.lines().count(), "{source}");
        }
    }
}
