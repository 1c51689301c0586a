//! A line that is not blank, as it is read before its neighbours are looked at.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::calendar::{self, Days};
use super::cues::{self, Reading};
use super::features::{Feature, Features};
use crate::lexicon::stems;
use crate::text::{Case, Kind, Script, Text};

/// A line that is not blank, with what is known of it.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its number among all lines of the text.
    pub(super) number: usize,
    pub(super) reading: Reading,
    pub(super) days: Days,
    /// Its features.
    pub(super) active: Features,
    /// Characters of the line, or of the hard-wrapped paragraph it is part of.
    pub(super) length: usize,
    pub(super) prose: bool,
    pub(super) end: char,
    /// The last character of the paragraph.
    pub(super) stop: char,
    pub(super) start: char,
    pub(super) small: usize,
    pub(super) digits: usize,
    pub(super) capitals: usize,
    pub(super) upper: usize,
    pub(super) latin: usize,
    pub(super) cyrillic: usize,
    pub(super) other: usize,
    pub(super) commas: usize,
    pub(super) key: u64,
    /// Its longer words that stand in the prose too, and their share.
    pub(super) known: usize,
    pub(super) overlap: Option<f32>,
    /// A year among its numbers.
    pub(super) year: Option<u16>,
    pub(super) weekday: bool,
    pub(super) stops: usize,
    /// Cyrillic letters that Russian does not have.
    pub(super) strange: usize,
    /// It gives an address or a number below "Contacts:".
    pub(super) contact: bool,
    /// A web address, a mail address, a copyright sign.
    pub(super) address: bool,
    pub(super) mail: bool,
    pub(super) sign: bool,
}

impl Line {
    pub(super) fn cue(&self) -> bool {
        self.reading.start.is_some() || self.covered()
    }

    /// Whether it tells that the release is over: what is known to stand amid texts too does not.
    pub(super) fn ends_text(&self) -> bool {
        self.cue() && !self.reading.pointer && !self.is_advertisement()
    }

    pub(super) fn is_advertisement(&self) -> bool {
        self.covered() && self.reading.whole.is_some_and(|cue| cue.class == "notice")
    }

    pub(super) fn covered(&self) -> bool {
        self.reading.words > 0 && self.reading.covered == self.reading.words
    }

    /// Whether it has a day with its year.
    pub(super) fn has_date(&self) -> bool {
        self.days.any && (self.year.is_some() || self.digits >= 6)
    }

    /// Whether it is a day with what pages put beside it: counters, sections, who posted it.
    pub(super) fn is_stamp(&self) -> bool {
        let class = self.reading.cue().map_or("", |cue| cue.class);
        let about = self.reading.byline || matches!(class, "posted" | "counter" | "tags" | "credit" | "comments" | "print" | "share");
        let section = self.days.rest <= 3 && class == "menu";
        self.has_date() && !self.prose && (self.days.rest == 0 || section || about && self.length <= 120)
    }

    /// Whether no release has such a line: a menu from end to end, a button, a notice of rights, the
    /// name of another story.
    pub(super) fn is_surely_furniture(&self) -> bool {
        let own =
            || matches!(self.reading.whole.map_or("", |cue| cue.class), "share" | "print" | "notice" | "navigation" | "login" | "cookie");
        // "09:00 Registration" is of an agenda, "WhatsApp: +996 …" of the contacts
        let covered = self.covered() && !self.days.time && self.digits < 5 && !self.mail && !self.address;
        self.length < 300 && (self.reading.sure || covered && (self.reading.pieces >= 2 || own()) || self.reading.pointer && !self.prose)
    }

    /// Whether it begins as the last lines of a release do (press contacts, "About the …", the
    /// source) and no furniture came before it.
    pub(super) fn closes_release(&self) -> bool {
        (self.reading.release || self.contact) && !self.covered() && !self.reading.sure && !self.active.contains(Feature::AfterCue)
    }

    /// Whether it can't be a headline.
    pub(super) fn is_no_headline(&self) -> bool {
        let class = self.reading.start.map_or("", |cue| cue.class);
        self.is_surely_furniture()
            || self.covered()
            || self.day()
            || self.bullet() && self.start != '—'
            || matches!(class, "share" | "counter" | "comments" | "subscription" | "correction" | "rating" | "cookie" | "copyright")
    }

    /// Whether it may be the headline though it stands among lines of the page: its words come back
    /// in the prose.
    pub(super) fn is_told_again(&self) -> bool {
        self.candidate() && !self.is_no_headline() && self.known >= 3 && self.overlap.is_some_and(|overlap| overlap > 0.5)
    }

    /// Whether its year is more than one later than any of the prose: a release of January tells
    /// of the year before.
    pub(super) fn is_much_later(&self) -> bool {
        self.active.contains(Feature::MuchLaterYear)
    }

    /// Whether its year is later than any of the prose.
    pub(super) fn is_later(&self) -> bool {
        self.active.contains(Feature::LateYear) || self.active.contains(Feature::MuchLaterYear)
    }

    /// Whether it is a long line of prose.
    pub(super) fn is_prose(&self) -> bool {
        self.prose
    }

    pub(super) fn day(&self) -> bool {
        (self.days.any || self.days.time) && self.days.rest == 0
    }

    /// Whether it may be a headline: words that are no cue, no date, no byline.
    pub(super) fn candidate(&self) -> bool {
        self.reading.words > 1 && !self.cue() && !self.day() && !self.reading.byline && !self.prose
    }

    /// Whether it is a number alone, as of views or comments beside the headline.
    pub(super) fn is_count(&self) -> bool {
        self.reading.words == 0 && (1..=7).contains(&self.digits) && self.length <= 12 && !self.days.any && !self.days.time
    }

    /// Whether it is names between commas.
    pub(super) fn is_list_of_names(&self) -> bool {
        let names = self.capitals * 2 >= self.reading.words && self.commas >= 3 && self.reading.pieces == 1;
        names && self.digits == 0 && self.reading.cue().is_none()
    }

    pub(super) fn bullet(&self) -> bool {
        matches!(self.start, '-' | '–' | '—' | '•' | '*' | '·' | '→' | '●' | '▪')
    }
}

/// Reads the lines of a text that are not blank.
pub(super) fn read(text: &Text) -> Vec<Line> {
    let signs = Signs::of(text);
    let numbered = text.lines.iter().enumerate().filter(|(_, l)| l.tokens.0 < l.tokens.1);
    let mut lines: Vec<Line> = numbered.map(|(number, _)| line(text, number, &signs)).collect();
    join_wrapped(text, &mut lines);
    join_links(&mut lines);
    let mut contacts = false;
    for line in &mut lines {
        let named = line.mail || line.digits >= 6;
        line.contact = contacts && named && line.reading.start.is_none();
        contacts = line.reading.release && line.stop == ':' || line.contact;
    }
    lines
}

/// The beginnings of a line's longer words.
pub(super) fn stems<'a>(text: &'a Text, number: usize) -> impl Iterator<Item = u32> + 'a {
    let (first, end) = text.lines[number].tokens;
    (first as usize..end as usize)
        .filter(|&t| text.tokens[t].kind == Kind::Word)
        .map(|t| stems::beginning_of(text, t))
        .filter(|&stem| stem != 0)
}

/// What the whole text has: without it, no line need be searched.
struct Signs {
    address: bool,
    mail: bool,
    sign: bool,
}

impl Signs {
    fn of(text: &Text) -> Self {
        let source = text.source;
        Self { address: !text.addresses.is_empty() && has_address(source), mail: source.contains('@'), sign: source.contains('©') }
    }
}

fn has_address(slice: &str) -> bool {
    slice.contains("http://") || slice.contains("https://") || slice.contains("www.")
}

/// How many Cyrillic letters that Russian does not have, U+0402 to U+040F and U+0452 to U+052F, by
/// the first bytes of their code points.
fn strange(slice: &str) -> usize {
    /// So many at most are counted in one byte.
    const PIECE: usize = 128;
    // without a branch, so that many bytes are looked at together
    let is_strange = |first: u8, second: u8| {
        (first == 0xD0) & (0x82..=0x8F).contains(&second)
            | (first == 0xD1) & (second >= 0x92)
            | (first & 0xFE == 0xD2)
            | (first == 0xD4) & (second <= 0xAF)
    };
    let bytes = slice.as_bytes();
    let seconds = bytes.get(1..).unwrap_or_default();
    let of_piece = |(firsts, seconds): (&[u8], &[u8])| firsts.iter().zip(seconds).map(|(&f, &s)| u8::from(is_strange(f, s))).sum::<u8>();
    bytes.chunks(PIECE).zip(seconds.chunks(PIECE)).map(|pieces| usize::from(of_piece(pieces))).sum()
}

fn line(text: &Text, number: usize, signs: &Signs) -> Line {
    let line = &text.lines[number];
    let tokens = line.tokens.0 as usize..line.tokens.1 as usize;
    let slice = text.slice(line.span).trim();
    let mut out = Line {
        number,
        reading: cues::read(text, tokens.clone()),
        days: calendar::read(text, tokens.clone()),
        active: Features::default(),
        length: slice.chars().count(),
        prose: false,
        end: slice.chars().next_back().unwrap_or(' '),
        stop: slice.chars().next_back().unwrap_or(' '),
        start: slice.chars().next().unwrap_or(' '),
        small: 0,
        digits: 0,
        capitals: 0,
        upper: 0,
        latin: 0,
        cyrillic: 0,
        other: 0,
        commas: 0,
        key: 0,
        known: 0,
        overlap: None,
        year: None,
        weekday: calendar::begins_with_weekday(text, tokens.clone()),
        stops: 0,
        strange: if slice.is_ascii() { 0 } else { strange(slice) },
        contact: false,
        address: signs.address && has_address(slice),
        mail: signs.mail && slice.contains('@'),
        sign: signs.sign && slice.contains('©'),
    };
    let mut hasher = FxHasher::default();
    for token in &text.tokens[tokens] {
        match token.kind {
            Kind::Word => {
                let letters = token.span.len() / if token.script == Script::Cyrillic { 2 } else { 1 };
                out.small += usize::from(token.case == Case::Lower && letters <= 3);
                out.capitals += usize::from(token.is_capital());
                out.upper += usize::from(token.case == Case::Upper);
                match token.script {
                    Script::Latin => out.latin += 1,
                    Script::Cyrillic => out.cyrillic += 1,
                    _ => out.other += 1,
                }
                token.hash.hash(&mut hasher);
            }
            Kind::Number => {
                out.digits += token.span.len();
                if let (4, Ok(year @ 1900..=2100)) = (token.span.len(), text.slice(token.span).parse()) {
                    out.year = Some(year);
                }
                token.hash.hash(&mut hasher);
            }
            Kind::Mark => {
                let mark = text.source.as_bytes().get(token.span.start as usize);
                out.commas += usize::from(mark == Some(&b','));
                out.stops += usize::from(mark == Some(&b'.'));
            }
        }
    }
    out.key = hasher.finish();
    out
}

/// Gives the lines of a hard-wrapped paragraph its length: a sentence that runs over a line end
/// tells that it goes on.
fn join_wrapped(text: &Text, lines: &mut [Line]) {
    let mut first = 0;
    while first < lines.len() {
        let mut last = first;
        while last + 1 < lines.len() && lines[last + 1].number == lines[last].number + 1 {
            let end = text.lines[lines[last].number].tokens.1 as usize;
            let (Some(before), Some(after)) = (text.tokens.get(end.wrapping_sub(1)), text.tokens.get(end)) else { break };
            if before.sentence != after.sentence {
                break;
            }
            last += 1;
        }
        if last > first {
            let length = lines[first..=last].iter().map(|l| l.length + 1).sum();
            let stop = lines[last].end;
            let small: usize = lines[first..=last].iter().map(|l| l.small).sum();
            for (number, line) in lines[first..=last].iter_mut().enumerate() {
                line.reading.amid_sentence(number > 0);
                line.length = length;
                line.stop = stop;
                line.small = line.small.max(small / (last - first + 1));
                line.reading.longest = line.reading.longest.max(9);
            }
        }
        first = last + 1;
    }
}

/// Links set apart in the middle of a sentence: what follows goes on in small letters.
fn join_links(lines: &mut [Line]) {
    let mut open = false;
    for at in 1..lines.len() {
        let above = &lines[at - 1];
        open = (above.end.is_lowercase() || above.end == ',') && (open || above.small >= 2 && above.length >= 40);
        let goes_on = |line: &Line| line.start.is_lowercase() || matches!(line.start, ',' | '.' | ';' | ':' | ')');
        open &= lines[at].length < 60 && (goes_on(&lines[at]) || lines.get(at + 1).is_some_and(goes_on));
        if open {
            lines[at].reading.amid_sentence(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_russian_lacks_are_counted_by_their_bytes() {
        for c in '\u{3f0}'..='\u{540}' {
            let wanted = matches!(c, '\u{402}'..='\u{40f}' | '\u{452}'..='\u{52f}');
            assert_eq!(strange(&format!("a{c}я")), usize::from(wanted), "{c}");
        }
        assert_eq!(strange("Ёлка, 5–6 “ёлок”"), 0);
    }
}
