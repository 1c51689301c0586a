//! Sentence boundaries: line ends and end marks, abbreviations apart.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::folds::Folded;
use super::tokens::{Case, Kind, Token};
use super::{Line, Sentence};
use crate::span::Span;
use crate::table;

static ABBREVIATIONS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| table::rows::<1>(include_str!("../../data/text/abbreviations.tsv")).map(|[word]| word).collect());

/// A line at least this long, in bytes, may go on in the next one.
const WRAPPED: usize = 50;

/// A sentence of so many tokens ends at the next comma, and of a quarter more at once: finders look
/// around in a whole sentence, and a text without stops must not make that dear.
const LONGEST: usize = 400;

pub(super) fn split(source: &str, tokens: &mut [Token], lines: &[Line], folded: &Folded) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> = Vec::with_capacity(tokens.len() / 16 + 1);
    let mut start = 0;
    let mut close = |start: usize, last: usize| {
        let span = Span { start: tokens[start].span.start, end: tokens[last].span.end };
        sentences.push(Sentence { span, tokens: (start as u32, last as u32 + 1) });
        last + 1
    };
    for (i, pair) in tokens.windows(2).enumerate() {
        let [here, next] = pair else { continue };
        let length = i - start;
        let ends = if here.line != next.line {
            !(next.line == here.line + 1
                && lines[here.line as usize].span.len() >= WRAPPED
                && matches!(here.kind, Kind::Word | Kind::Number) | (folded.get(i) == ",")
                && next.case == Case::Lower)
        } else {
            here.kind == Kind::Mark && ends_here(source, tokens, folded, i)
        };
        let too_long = || length >= LONGEST && (folded.get(i) == "," || length >= LONGEST + LONGEST / 4);
        if ends || too_long() {
            start = close(start, i);
        }
    }
    if start < tokens.len() {
        close(start, tokens.len() - 1);
    }
    for (number, sentence) in sentences.iter().enumerate() {
        for token in &mut tokens[sentence.tokens.0 as usize..sentence.tokens.1 as usize] {
            token.sentence = number as u32;
        }
    }
    sentences
}

/// Closing quotes and brackets in a row, at most: a longer row is no end of a sentence.
const CLOSING: usize = 8;

/// Whether a sentence ends at token `i`, a mark, with `i + 1` on the same line.
fn ends_here(source: &str, tokens: &[Token], folded: &Folded, i: usize) -> bool {
    let fold = |n: usize| folded.get(n);
    // closing quotes and brackets belong to the sentence before them
    let mut mark = i;
    while mark > 0 && i - mark < CLOSING && !tokens[mark].spaced && matches!(fold(mark), "\"" | ")" | "]" | "'") {
        mark -= 1;
    }
    if !matches!(fold(mark), "." | "!" | "?") {
        return false;
    }
    let next = &tokens[i + 1];
    if !next.spaced {
        // "договора.Стороны": a stop that lacks its space, between a small word and a capital
        return mark == i
            && i > 0
            && fold(mark) == "."
            && next.kind == Kind::Word
            && next.case == Case::Title
            && next.span.len() > 3
            && tokens[i - 1].case == Case::Lower
            && tokens[i - 1].span.len() > 6
            && !ABBREVIATIONS.contains(fold(i - 1));
    }
    let opens = next.is_capital() || next.kind == Kind::Number || next.kind == Kind::Mark && !matches!(fold(i + 1), "," | ";" | ")" | ".");
    if !opens && next.case != Case::None {
        return false;
    }
    if fold(mark) != "." || mark == 0 || mark != i {
        return true;
    }
    let before = &tokens[mark - 1];
    match before.kind {
        Kind::Word if before.case == Case::Title && source[before.span.range()].chars().count() == 1 => false, // an initial
        Kind::Word if mark >= 2 && fold(mark - 2) == "." && before.span.len() <= 2 => false,                   // U.S., т.г.
        Kind::Word => !ABBREVIATIONS.contains(fold(mark - 1)),
        // "1. First": a list's number stays with its item
        Kind::Number => !(mark == 1 || tokens[mark - 2].line != before.line) || before.span.len() > 2,
        Kind::Mark => true,
    }
}

#[cfg(test)]
mod tests {
    use crate::text::Text;

    fn sentences(source: &str) -> Vec<&str> {
        let text = Text::new(source);
        text.sentences.iter().map(|s| text.slice(s.span)).collect()
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_a_sentence() {
        assert_eq!(sentences("Встреча в г. Ош. Её вёл А. С. Иванов."), ["Встреча в г. Ош.", "Её вёл А. С. Иванов."]);
        assert_eq!(sentences("Mr. Smith came to the U.S. Embassy. He left."), ["Mr. Smith came to the U.S. Embassy.", "He left."]);
    }

    #[test]
    fn closing_quotes_stay_with_their_sentence() {
        assert_eq!(sentences("“We agree.” The end"), ["“We agree.”", "The end"]);
    }

    #[test]
    fn a_line_ends_a_sentence_unless_wrapped() {
        assert_eq!(sentences("Title\nText goes"), ["Title", "Text goes"]);
        let wrapped = "The first line of this paragraph is rather long and it goes\non in the next.";
        assert_eq!(sentences(wrapped), [wrapped]);
        let even = "The money for the new school in the village came from the North\nLakes Fund, which has paid for many other schools of the district\nin the last years, and from the people of the village themselves.";
        assert_eq!(sentences(even), [even]);
        let list = "The first item of this list is a long line of plain words here\nThe second item of this list is a long line of plain words too\nThe third item of this list is one more line of plain words now";
        assert_eq!(sentences(list).len(), 3);
    }
}
