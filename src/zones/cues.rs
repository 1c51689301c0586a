//! The words by which page furniture is known: `data/zones/cues.tsv`.
//!
//! A line is cut into pieces at the separators that menus have (two spaces, `|`, `/`, `»` …) and
//! each piece is read against the table.

use std::ops::Range;
use std::sync::LazyLock;

use crate::table;
use crate::text::{Case, Facts, Kind, Phrases, Text, facts};

/// Where in a line a cue counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The line or a piece is made of such cues alone.
    Line,
    /// The line or a piece begins with it.
    Start,
    /// Anywhere in a short line.
    Any,
    /// Anywhere, and never in a release.
    Sure,
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cue {
    pub(super) phrase: &'static str,
    pub(super) class: &'static str,
    place: Place,
}

static CUES: LazyLock<Phrases<Vec<Cue>>> = LazyLock::new(|| {
    let mut cues = Phrases::<Vec<Cue>>::default();
    for [phrase, class, place] in table::rows(include_str!("../../data/zones/cues.tsv")) {
        let place = match place {
            "line" => Place::Line,
            "start" => Place::Start,
            "sure" => Place::Sure,
            _ => Place::Any,
        };
        cues.entry(phrase).get_or_insert_default().push(Cue { phrase, class, place });
    }
    cues
});

/// Whether a cue may begin with the word of this hash.
pub(super) fn may_begin(hash: u64) -> bool {
    CUES.may_begin(hash)
}

/// Longer lines are read at their beginning only: nothing in running prose is a cue.
const SHORT: usize = 60;

/// What the table says of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// Words of the line.
    pub(super) words: usize,
    /// Those in pieces that are furniture cues from end to end.
    pub(super) covered: usize,
    /// Pieces between the separators of menus.
    pub(super) pieces: usize,
    /// The longest piece, in words.
    pub(super) longest: usize,
    /// The cue with which the line begins.
    pub(super) start: Option<Cue>,
    /// A cue with which a later piece begins.
    pub(super) inner: Option<Cue>,
    /// A cue anywhere.
    pub(super) any: Option<Cue>,
    /// The first cue that covers a piece.
    pub(super) whole: Option<Cue>,
    /// One that no release has.
    pub(super) sure: bool,
    /// It begins as the text of a release may: "Contact", "About the …", «Справка».
    pub(super) release: bool,
    /// It begins as a byline does.
    pub(super) byline: bool,
    /// It begins as a list of other stories does.
    pub(super) teaser: bool,
    /// It names another story: "Read also: Bridge opens in Osh".
    pub(super) pointer: bool,
}

impl Reading {
    /// The cue that best says what the line is.
    pub(super) fn cue(&self) -> Option<Cue> {
        self.start.or(self.whole).or(self.inner).or(self.any)
    }
}

impl Reading {
    /// Takes back what only a line of its own says: a sentence goes on over the line end, and
    /// "Facebook" is what it tells of. What begins the sentence stays, unless that is above.
    pub(super) fn amid_sentence(&mut self, begins_above: bool) {
        if self.sure {
            return;
        }
        (self.covered, self.whole, self.inner) = (0, None, None);
        if begins_above {
            (self.start, self.teaser, self.pointer) = (None, false, false);
        }
    }
}

fn is_separator(text: &Text, token: usize) -> bool {
    if text.tokens[token].kind != Kind::Mark {
        return false;
    }
    let mark = text.str(token);
    if mark == "/" {
        // not inside a web address
        let spaced = |t: usize| text.tokens.get(t).is_some_and(|t| t.spaced || t.is_capital());
        return text.tokens[token].spaced || spaced(token + 1);
    }
    // most are of ASCII
    if let &[mark] = mark.as_bytes() {
        return matches!(mark, b'|' | b'\\' | b'>' | b'<');
    }
    matches!(mark, "•" | "·" | "►" | "▼" | "▲" | "→" | "←" | "›" | "‹" | "»" | "¦" | "●" | "■")
}

/// Whether the white space before a token is wider than between words.
fn is_gap(text: &Text, token: usize) -> bool {
    text.gap(token) >= 2
}

/// Reads the line with these tokens.
pub(super) fn read(text: &Text, line: Range<usize>) -> Reading {
    let mut reading = Reading::default();
    let end = line.end;
    let mut piece = line.start;
    let short = line.len() <= SHORT;
    if !short {
        reading.words = text.count(line.clone(), Facts::WORD);
        reading.pieces = 1;
        reading.longest = reading.words;
        start_cue(text, line.start, end, true, &mut reading);
        return reading;
    }
    while piece < end {
        let (mut stop, mut words) = (piece, 0);
        while stop < end && !is_separator(text, stop) && (stop == piece || !is_gap(text, stop)) {
            words += usize::from(text.tokens[stop].kind == Kind::Word);
            stop += 1;
        }
        if words > 0 {
            reading.pieces += 1;
            reading.longest = reading.longest.max(words);
            reading.words += words;
            read_piece(text, piece..stop, piece == line.start, &mut reading);
        }
        piece = if stop < end && is_separator(text, stop) { stop + 1 } else { stop.max(piece + 1) };
    }
    if reading.pieces == 1 && reading.release && reading.whole.is_some_and(|c| c.class == "menu") {
        // "Contacts" alone on a line heads the contacts of the release
        reading.covered = 0;
        reading.whole = None;
    }
    for token in text.candidates(line, facts::CUE_OF_PAGE) {
        CUES.each(text, token, |_, cues| {
            reading.any = reading.any.or(cues.iter().find(|c| matches!(c.place, Place::Any | Place::Sure)).copied());
            reading.sure |= cues.iter().any(|c| c.place == Place::Sure);
        });
    }
    reading
}

fn start_cue(text: &Text, at: usize, end: usize, of_line: bool, reading: &mut Reading) {
    let mut first = at;
    while first < end && text.tokens[first].kind == Kind::Mark && text.fold(first) != "©" && text.fold(first) != "(" {
        first += 1;
    }
    let mut found: Option<Cue> = None;
    let mut stop = first;
    CUES.each(text, first, |end, cues| {
        for cue in cues {
            match (cue.class, cue.place) {
                ("release", _) => reading.release |= of_line,
                ("byline", _) => reading.byline |= of_line,
                (_, Place::Start) => (found, stop) = (Some(*cue), end),
                _ => {}
            }
        }
    });
    // "Share of voice is not a crime.": a word alone begins sentences, too
    let is_sentence = stop == first + 1
        && end - first >= 7
        && matches!(text.fold(end - 1), "." | "!" | "?")
        && text.tokens.get(stop).is_some_and(|next| next.kind == Kind::Word && next.case == Case::Lower);
    if let Some(cue) = found.filter(|_| !is_sentence) {
        reading.pointer |= of_line && cue.class == "teaser" && stop + 2 < end && text.fold(stop) == ":";
        if of_line {
            reading.start = Some(cue);
            // one other story amid the text opens no list of them
            reading.teaser = cue.class == "teaser" && !reading.pointer;
        } else {
            reading.inner = reading.inner.or(Some(cue));
        }
    }
}

/// Reads one piece: whether a chain of cues covers it, and with what it begins.
fn read_piece(text: &Text, piece: Range<usize>, of_line: bool, reading: &mut Reading) {
    start_cue(text, piece.start, piece.end, of_line, reading);
    // within a piece the chain may be cut at lesser marks: "Share: Telegram, Facebook"
    let mut at = piece.start;
    let (mut covered, mut first) = (0, None);
    while at < piece.end {
        let token = text.tokens[at];
        if token.kind != Kind::Word && text.fold(at) != "©" {
            at += 1;
            continue;
        }
        let mut best: Option<(usize, Cue)> = None;
        CUES.each(text, at, |end, cues| {
            let chained = |c: &&Cue| !matches!(c.class, "release" | "byline") && !matches!(c.place, Place::Any | Place::Sure);
            if let Some(cue) = cues.iter().find(chained).filter(|_| end <= piece.end) {
                best = Some((end, *cue));
            }
        });
        let Some((end, cue)) = best else { return };
        covered += (at..end).filter(|&t| text.tokens[t].kind == Kind::Word).count();
        first = first.or(Some(cue));
        at = end;
    }
    reading.covered += covered;
    reading.whole = reading.whole.or(first);
    reading.teaser |= of_line && first.is_some_and(|c| c.class == "teaser");
}
