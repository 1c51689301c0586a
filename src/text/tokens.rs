//! Tokens: runs of letters, runs of digits, single marks.

use std::hash::Hasher;

use unicode_segmentation::UnicodeSegmentation;

use super::Line;
use super::folds::{self, FOLDED_MARKS, Folded, case_of, fold_mark};
use super::letters::{CASES, Class, Letters, Plain, SMALL, ascii_word, class, is_apostrophe, plain, russian_word};
use crate::span::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Letters, with the apostrophes inside them; the English `'s` is a word of its own.
    Word,
    /// Digits.
    Number,
    /// One mark or symbol.
    Mark,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No letters with case.
    None,
    /// `ош`
    Lower,
    /// `Ош`, and one capital letter alone
    Title,
    /// `ООН`
    Upper,
    /// `КазМунай`
    Mixed,
}

/// The script of a word's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Not a word.
    None,
    /// Latin.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Any other, or mixed beyond repair.
    Other,
}

/// A token with its place and shape.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands in the text.
    pub span: Span,
    /// A hash of the folded form, the same for the same form within one run of the program.
    pub hash: u64,
    /// The line it stands on.
    pub line: u32,
    /// The sentence it stands in.
    pub sentence: u32,
    /// Word, number or mark.
    pub kind: Kind,
    /// Its capitals.
    pub case: Case,
    /// Its script.
    pub script: Script,
    /// Whether white space or a line end came before it.
    pub spaced: bool,
}

impl Token {
    /// A word that begins with a capital.
    #[must_use]
    #[inline]
    pub fn is_capital(&self) -> bool {
        matches!(self.case, Case::Title | Case::Upper | Case::Mixed)
    }
}

/// A span, for places in a text: none is longer than a span can tell.
fn span(start: usize, end: usize) -> Span {
    Span { start: start as u32, end: end as u32 }
}

/// The hash of a folded word, as in [`Token::hash`].
pub(crate) fn hash(folded: &str) -> u64 {
    hash_of_bytes(folded.as_bytes())
}

/// The same of its bytes.
pub(super) fn hash_of_bytes(folded: &[u8]) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(folded);
    hasher.finish()
}

pub(super) fn tokenize(source: &str) -> (Vec<Token>, Vec<Line>, Folded) {
    let mut reader = Reader::new(source);
    reader.tokens.reserve(source.len() / 4);
    reader.folds.reserve(source.len() / 4);
    let mut lines = Vec::new();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', source.as_bytes()).chain(std::iter::once(source.len())) {
        let first = reader.tokens.len() as u32;
        reader.spaced = true;
        reader.line(start, end);
        lines.push(Line { span: Span::new(start, end), number: reader.line, tokens: (first, reader.tokens.len() as u32) });
        reader.line += 1;
        start = end + 1;
    }
    (reader.tokens, lines, Folded { text: reader.folded, spans: reader.folds })
}

struct Reader<'a> {
    source: &'a str,
    tokens: Vec<Token>,
    folds: Vec<Span>,
    folded: String,
    line: u32,
    spaced: bool,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        let mut folded = String::with_capacity(source.len() + source.len() / 8 + FOLDED_MARKS.len());
        folded.push_str(source);
        folded.make_ascii_lowercase();
        folded.push_str(FOLDED_MARKS);
        Self { source, tokens: Vec::new(), folds: Vec::new(), folded, line: 0, spaced: true }
    }

    /// Cuts a line into tokens, one stretch between spaces after the other: no word runs over a space.
    fn line(&mut self, start: usize, end: usize) {
        let mut at = start;
        while let Err(stretch) = self.quick(at) {
            while self.tokens.last().is_some_and(|last| last.span.start as usize >= stretch) {
                self.tokens.pop();
                self.folds.pop();
            }
            self.spaced = true;
            let source = self.source;
            at = memchr::memchr(b' ', &source.as_bytes()[stretch..end]).map_or(end, |space| stretch + space);
            for (piece_at, piece) in source[stretch..at].split_word_bound_indices() {
                self.piece(stretch + piece_at, piece);
            }
        }
    }

    /// Makes the tokens that [`Self::piece`] makes between the boundaries of Annex 29, up to the end of the
    /// line, for letters, digits and marks whose boundaries are known. At any other character it tells where
    /// its stretch between spaces starts.
    fn quick(&mut self, start: usize) -> Result<(), usize> {
        let source = self.source;
        let bytes = source.as_bytes();
        let next = |at: usize| source[at..].chars().next().map(|c| (c, plain(c)));
        let (mut at, mut stretch) = (start, start);
        while let Some(&byte) = bytes.get(at) {
            let from = at;
            // most words are of one alphabet with a space or a plain mark behind
            let (letters, script) = match byte {
                b' ' => {
                    self.spaced = true;
                    at += 1;
                    stretch = at;
                    continue;
                }
                b'a'..=b'z' | b'A'..=b'Z' => (ascii_word(bytes, &mut at), Script::Latin),
                0xD0 | 0xD1 => (russian_word(bytes, &mut at), Script::Cyrillic),
                b'0'..=b'9' => {
                    while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                        at += 1;
                    }
                    self.number(from, at);
                    continue;
                }
                b'\n' => break,
                mark if mark.is_ascii_graphic() => {
                    at += 1;
                    self.mark(from, at);
                    continue;
                }
                _ => (0, Script::None),
            };
            let ends = match bytes.get(at) {
                Some(&b) if b.is_ascii() => !b.is_ascii_alphabetic() && b != b'\'',
                _ => next(at).is_none_or(|(_, kind)| matches!(kind, Plain::Mark | Plain::Space)),
            };
            if letters != 0 && ends {
                self.plain_word(from, at, letters, script);
                continue;
            }
            at = from;
            let Some((c, first)) = next(at) else { break };
            at += c.len_utf8();
            match first {
                Plain::No => return Err(stretch),
                Plain::Space => self.spaced = true,
                Plain::Digit => self.number(from, at),
                Plain::Mark | Plain::Apostrophe => self.mark(from, at),
                Plain::Ascii | Plain::Russian | Plain::Letter => {
                    let (mut from, mut kinds) = (from, first.bit());
                    while let Some((c, kind)) = next(at) {
                        let after = at + c.len_utf8();
                        if kind.is_letter() {
                            kinds |= kind.bit();
                            at = after;
                            continue;
                        }
                        if kind != Plain::Apostrophe {
                            break;
                        }
                        let Some((letter, kind)) = next(after) else { break };
                        if kind == Plain::No {
                            return Err(stretch);
                        }
                        if !kind.is_letter() {
                            break;
                        }
                        if matches!(letter, 's' | 'S') {
                            match next(after + 1) {
                                // whether the word ends behind the s takes another look ahead
                                Some((':' | '.', _) | (_, Plain::No | Plain::Apostrophe)) => return Err(stretch),
                                Some((c, kind)) if kind.is_letter() || kind == Plain::Digit || c == '_' => {}
                                _ => {
                                    self.word(from, at, kinds);
                                    (from, kinds) = (at, 0);
                                }
                            }
                        }
                        kinds |= kind.bit() | Plain::Apostrophe.bit();
                        at = after + letter.len_utf8();
                    }
                    self.word(from, at, kinds);
                }
            }
        }
        Ok(())
    }

    /// Adds a word of letters of ASCII alone, or of Russian ones alone.
    #[inline(always)]
    fn plain_word(&mut self, start: usize, end: usize, letters: Letters, script: Script) {
        let span = span(start, end);
        let mut fold = span;
        if script == Script::Cyrillic && letters & !SMALL != 0 {
            let fold_start = self.folded.len();
            folds::russian(&mut self.folded, &self.source[start..end], letters);
            fold = self.folded_from(fold_start);
        }
        self.push(span, fold, (Kind::Word, CASES[usize::from(letters % 8)], script));
    }

    fn number(&mut self, start: usize, end: usize) {
        let span = span(start, end);
        self.push(span, span, (Kind::Number, Case::None, Script::None));
    }

    fn mark(&mut self, start: usize, end: usize) {
        let own = span(start, end);
        let c = self.source[start..end].chars().next().unwrap_or(' ');
        let folded = fold_mark(c);
        let known = if folded == c { None } else { FOLDED_MARKS.find(folded) };
        let fold = known.map_or(own, |at| span(self.source.len() + at, self.source.len() + at + 1));
        self.push(own, fold, (Kind::Mark, Case::None, Script::None));
    }

    /// What was folded since then.
    fn folded_from(&self, start: usize) -> Span {
        span(start, self.folded.len())
    }

    /// Adds a word made of the kinds of characters that the bits of `kinds` name.
    fn word(&mut self, start: usize, end: usize, kinds: u32) {
        let (bytes, mut stop) = (self.source.as_bytes(), start);
        let (letters, script) = match kinds {
            kinds if kinds == Plain::Ascii.bit() => (ascii_word(bytes, &mut stop), Script::Latin),
            kinds if kinds == Plain::Russian.bit() => (russian_word(bytes, &mut stop), Script::Cyrillic),
            _ => (0, Script::None),
        };
        if stop == end {
            return self.plain_word(start, end, letters, script);
        }
        self.folded_word(start, end);
    }

    /// Adds a word that is to be folded letter by letter; a possessive that is run into it is a word of its own.
    fn folded_word(&mut self, start: usize, end: usize) {
        if let Some((apostrophe, behind)) = possessive_seam(&self.source[start..end]) {
            self.folded_word(start, start + apostrophe);
            self.folded_word(start + apostrophe, start + behind);
            self.spaced = true;
            return self.folded_word(start + behind, end);
        }
        let fold_start = self.folded.len();
        let (case, script) = folds::word(&mut self.folded, &self.source[start..end]);
        let fold = self.folded_from(fold_start);
        self.push(span(start, end), fold, (Kind::Word, case, script));
    }

    #[inline(always)]
    fn push(&mut self, span: Span, fold: Span, (kind, case, script): (Kind, Case, Script)) {
        if kind == Kind::Word && fold.is_empty() {
            return; // nothing but hidden marks
        }
        if case == Case::Mixed
            && let Some(seam) = self.seam(span, fold)
        {
            return self.push_both(span, fold, seam);
        }
        let hash = hash_of_bytes(&self.folded.as_bytes()[fold.range()]);
        self.folds.push(fold);
        self.tokens.push(Token { span, hash, line: self.line, sentence: 0, kind, case, script, spaced: self.spaced });
        self.spaced = false;
    }

    /// How long the small word is that a capitalised one is run into: "theHouse".
    #[cold]
    fn seam(&self, span: Span, fold: Span) -> Option<u32> {
        let word = &self.source.as_bytes()[span.range()];
        let seam = word.iter().position(u8::is_ascii_uppercase)?;
        let rest = word.len() - seam;
        let small = RUN_IN.iter().any(|small| small.as_bytes() == &word[..seam]);
        (small && rest > 2 && word.is_ascii() && fold.len() == span.len()).then_some(seam as u32)
    }

    /// Adds the two words that are run together.
    #[cold]
    fn push_both(&mut self, whole: Span, fold: Span, seam: u32) {
        let (start, end) = (whole.start + seam, whole.end);
        let case = case_of(&self.source[start as usize..end as usize]);
        let first = Span { end: start, ..whole };
        self.push(first, Span { end: fold.start + seam, ..fold }, (Kind::Word, Case::Lower, Script::Latin));
        self.spaced = true; // the space that got lost
        self.push(Span { start, end }, Span { start: fold.start + seam, ..fold }, (Kind::Word, case, Script::Latin));
    }

    /// Cuts a piece between two word boundaries into tokens.
    fn piece(&mut self, at: usize, piece: &str) {
        let mut run: Option<(Class, usize)> = None;
        let mut chars = piece.char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let mut kind = class(c);
            if is_apostrophe(c)
                && matches!(run, Some((Class::Letter, _)))
                && let Some(&(_, next)) = chars.peek()
                && class(next) == Class::Letter
            {
                // "Kyrgyzstan's" is the name and a word "'s"
                if matches!(next, 's' | 'S') && piece[i + c.len_utf8() + 1..].is_empty() {
                    self.flush(at, &mut run, i);
                    run = Some((Class::Letter, i));
                    continue;
                }
                kind = Class::Letter;
            }
            match run {
                Some((open, _)) if open == kind && kind != Class::Mark => {}
                _ => {
                    self.flush(at, &mut run, i);
                    run = Some((kind, i));
                }
            }
        }
        self.flush(at, &mut run, piece.len());
    }

    fn flush(&mut self, at: usize, run: &mut Option<(Class, usize)>, end: usize) {
        let Some((class, start)) = run.take() else { return };
        match class {
            Class::Space => self.spaced = true,
            Class::Letter => self.folded_word(at + start, at + end),
            Class::Digit => self.number(at + start, at + end),
            Class::Mark => self.mark(at + start, at + end),
        }
    }
}

/// Small words that pages run into the name behind them where a link began and its space got lost.
/// Not "in", "on", "to", "a": brands begin so.
const RUN_IN: [&str; 13] = ["the", "and", "of", "for", "with", "from", "by", "that", "this", "his", "her", "their", "our"];

/// Where the possessive of a name begins and ends that runs into the next word: "Committee’swebsite".
/// A short word before the apostrophe may be part of a name, as in "O'shea".
fn possessive_seam(word: &str) -> Option<(usize, usize)> {
    const NAME: usize = 5;
    const NEXT: usize = 3;
    let (apostrophe, mark) = word.char_indices().find(|&(at, c)| at >= NAME && matches!(c, '\'' | '’'))?;
    let behind = apostrophe + mark.len_utf8() + 1;
    let (name, next) = (&word[..apostrophe], word.get(behind..)?);
    let s = word[..behind].ends_with('s');
    let joined = name.is_ascii() && next.len() >= NEXT && next.bytes().all(|c| c.is_ascii_lowercase());
    (s && joined).then_some((apostrophe, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folds(source: &str) -> Vec<String> {
        let (tokens, _, folded) = tokenize(source);
        (0..tokens.len()).map(|i| folded.get(i).to_string()).collect()
    }

    #[test]
    fn numbers_abbreviations_and_hyphens_come_apart() {
        assert_eq!(folds("10.12.20."), ["10", ".", "12", ".", "20", "."]);
        assert_eq!(folds("г.Ош"), ["г", ".", "ош"]);
        assert_eq!(folds("Нур–Султан"), ["нур", "-", "султан"]);
        assert_eq!(folds("27ноя"), ["27", "ноя"]);
        assert_eq!(folds("U.S."), ["u", ".", "s", "."]);
    }

    #[test]
    fn possessive_is_a_word_of_its_own_and_other_apostrophes_stay() {
        assert_eq!(folds("Kyrgyzstan’s"), ["kyrgyzstan", "'s"]);
        assert_eq!(folds("O'Keeffe doesn’t"), ["o'keeffe", "doesn't"]);
    }

    #[test]
    fn words_that_a_lost_space_runs_together_come_apart() {
        assert_eq!(folds("theHouse of Zarnat’sfriends"), ["the", "house", "of", "zarnat", "'s", "friends"]);
        assert_eq!(folds("theX onAir O'shea"), ["thex", "onair", "o'shea"]);
    }

    #[test]
    fn folding_takes_accents_yo_and_wrong_layout() {
        assert_eq!(folds("Ёлка São Кыргыз\u{ad}стан"), ["елка", "sao", "кыргызстан"]);
        assert_eq!(folds("мapта"), ["марта"]); // Latin a and p
        assert_eq!(folds("«…»"), ["\"", ".", "\""]);
    }

    proptest::proptest! {
        #[test]
        fn the_quick_way_makes_the_tokens_of_the_full_rules(
            source in "([a-zA-Z]{1,3}|[А-я]{1,3}|[ёЁéßҐә]|['’‘]s?|[0-9]{1,2}|[ \t\u{a0}]|[.:,_«»…-]|\\PC|\u{301}|\u{ad}|\u{200d}){0,24}"
        ) {
            let (quick, _, folds) = tokenize(&source);
            let mut full = Reader::new(&source);
            for (at, piece) in source.split_word_bound_indices() {
                full.piece(at, piece);
            }
            let shown = |tokens: &[Token], folds: &Folded| -> Vec<String> {
                let shown = |(i, t): (usize, &Token)| {
                    let told = (t.span, t.hash, t.kind, t.case, t.script, t.spaced);
                    format!("{} {told:?}", folds.get(i))
                };
                tokens.iter().enumerate().map(shown).collect()
            };
            let full_folds = Folded { text: full.folded, spans: full.folds };
            proptest::prop_assert_eq!(shown(&quick, &folds), shown(&full.tokens, &full_folds));
        }
    }

    #[test]
    fn shapes() {
        let (tokens, _, _) = tokenize("ош Ош ООН КазМунай U 5");
        let cases: Vec<Case> = tokens.iter().map(|t| t.case).collect();
        assert_eq!(cases, [Case::Lower, Case::Title, Case::Upper, Case::Mixed, Case::Title, Case::None]);
    }
}
