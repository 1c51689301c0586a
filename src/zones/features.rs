//! What a line looks like: the yes-or-no features that the model of [`super::model`] weighs.
//!
//! They are of the line's shape, its words ([`super::cues`], [`super::calendar`]), its place among
//! the long lines of the text, its neighbours, and whether its words come back in the prose, as
//! those of a headline do and those of a menu or of another story do not.

use rustc_hash::FxHashSet;

use super::line::{self, Line, stems};
use crate::text::Text;

macro_rules! features {
    ($($name:ident),* $(,)?) => {
        /// A feature of a line.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Feature { $($name),* }
        /// The names of all, as in the table of weights.
        pub(super) const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

features! {
    // in the order in which they are looked for: weights are added up in it
    Bias, ColonEnd, CommaEnd, QuestionEnd, LetterEnd, DigitEnd, BracketEnd, LowerStart, DigitStart, BulletStart,
    QuoteStart, HashStart, AllCapitals, TitleWords, NameLike, ThreePieces, TwoPieces, ShortPieces, ManyCommas,
    Covered, HalfCovered, SomeCovered, StartCue, StartCueLong, InnerCue, AnyCue, SureCue, Teaser, Release, Byline,
    CueComments, CueCopyright, CueShare, CueCounter, CueLanguage, CueMenu, CueTags, CueNavigation, DayOnly, DayFirst,
    DayLast, DayInside, TimeInside, ManyDigits, NoWords, Address, Mail, Sign, OtherScript, MixedScript, NoSmallWords,
    OneSmallWord, SomeSmallWords, OverlapFull, OverlapHalf, OverlapSome, OverlapNone, Repeated, WeekdayFirst,
    DayWithCue, SeveralStops, First, Second, Third, Early, Last, LastButOne, LastButTwo, Late, PreviousTeaser,
    PreviousCovered, PreviousDay, PreviousLong, PreviousColon, PreviousBullet, PreviousCue, PreviousCandidate,
    CandidateAfterCue, CandidateAfterDay, NextLong, NextDay, NextCovered, NextTeaser, NextBullet, NextCue,
    NextCandidate, NextLower, NextEnd, Length0Before, Length1Before, Length2Before, Length3Before, Length4Before,
    Length5Before, Length6Before, Length0Among, Length1Among, Length2Among, Length3Among, Length4Among, Length5Among,
    Length6Among, Length0After, Length1After, Length2After, Length3After, Length4After, Length5After, Length6After,
    Length0Alone, Length1Alone, Length2Alone, Length3Alone, Length4Alone, Length5Alone, Length6Alone, StopBefore,
    CoveredBefore, DayOnlyBefore, OverlapFullBefore, OverlapHalfBefore, OverlapNoneBefore, BestOverlapBefore,
    ThreeKnownBefore, Sole, FirstCandidate, LastCandidate, FirstOfMany, LastOfMany, DayFirstBefore, DayLastBefore,
    OneBeforeLong, TwoBeforeLong, StopAmong, CoveredAmong, StopAfter, CoveredAfter, DayOnlyAfter, DayFirstAfter,
    DayLastAfter, OverlapNoneAfter, OverlapFullAfter, OneAfterLong, TwoAfterLong, AfterRelease, BulletAfter,
    StopAlone, ForeignLetters, StrangeProse, FamiliarProse, StrangeProseAfterTeaser, AfterTeaserShort, ForeignScript,
    LateYear, MuchLaterYear, OldYear, AfterCue, AfterTeaser, BeforeCue, NoCueAfter,
}

/// The features of a line, a bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Features([u64; NAMES.len().div_ceil(64)]);

impl Features {
    /// Adds a feature if the line has it.
    #[inline]
    fn add(&mut self, yes: bool, feature: Feature) {
        let number = feature as usize;
        self.0[number / 64] |= u64::from(yes) << (number % 64);
    }

    #[inline]
    pub(super) fn contains(&self, feature: Feature) -> bool {
        let number = feature as usize;
        self.0[number / 64] >> (number % 64) & 1 != 0
    }

    /// Calls `each` with the numbers of all, in order.
    #[inline]
    pub(super) fn each(&self, mut each: impl FnMut(usize)) {
        for (n, &bits) in self.0.iter().enumerate() {
            let mut rest = bits;
            while rest != 0 {
                each(n * 64 + rest.trailing_zeros() as usize);
                rest &= rest - 1;
            }
        }
    }
}

/// A line of prose: long, with the small words of sentences.
const PROSE: usize = 120;
/// Without a mark at its end it may be a long headline up to this.
const SURELY: usize = 240;
/// The words of prose that are remembered: enough for any headline.
const REMEMBERED: usize = 4000;

/// Reads the lines of a text that are not blank.
pub(super) fn lines(text: &Text) -> Vec<Line> {
    let mut lines = line::read(text);
    // words of a whole line more than remembered are let in
    let longest = text.lines.iter().map(|line| line.tokens.1 - line.tokens.0).max().unwrap_or(0) as usize;
    // and no more than the page has different words
    let most = if text.words.facts.is_empty() { text.tokens.len() } else { text.words.facts.len() };
    let mut words = Words::with_room(most.min(REMEMBERED + longest));
    for (number, line) in (1..).zip(&mut lines) {
        let prose = line.length >= PROSE
            && (line.length >= SURELY || matches!(line.stop, '.' | '!' | '?' | '…' | ':' | ';' | '»' | '”' | '"' | ')'))
            && line.small * 12 >= line.reading.words
            && !line.covered()
            && line.reading.longest > 8;
        line.prose = prose;
        if prose && words.count < REMEMBERED {
            // a long line is judged by those before it
            let first = words.count == 0;
            let (mut known, mut all) = (0, 0);
            for stem in stems(text, line.number) {
                all += 1;
                known += usize::from(words.add(stem, number));
            }
            line.overlap = (!first && all > 4).then(|| known as f32 / all as f32);
        }
    }
    // "Read also: …" after the last paragraph begins the list of other stories
    let mut story_later = false;
    for line in lines.iter_mut().rev() {
        story_later |= line.prose;
        if line.reading.pointer && !story_later {
            (line.reading.pointer, line.reading.teaser) = (false, true);
        }
    }
    let mut keys: FxHashSet<u64> = FxHashSet::default();
    let mut repeated: FxHashSet<u64> = FxHashSet::default();
    for line in &lines {
        if line.length > 15 && !keys.insert(line.key) {
            repeated.insert(line.key);
        }
    }
    for line in lines.iter_mut().filter(|l| !l.prose) {
        let (mut known, mut all) = (0, 0);
        for stem in stems(text, line.number) {
            all += 1;
            known += usize::from(words.hold(stem));
        }
        line.known = known;
        line.overlap = (all >= 2 && words.count > 0).then(|| known as f32 / all as f32);
    }
    for at in 0..lines.len() {
        let active = features(&lines, at, &repeated);
        lines[at].active = active;
    }
    around(&mut lines);
    lines
}

/// A set of the beginnings of words, none of which is 0, with room for so many, and the line each was
/// first met on.
struct Words {
    places: Vec<(u32, u32)>,
    count: usize,
}

impl Words {
    fn with_room(count: usize) -> Self {
        // most words are short or come again
        Self { places: vec![(0, 0); (count + count / 2).next_power_of_two().max(64)], count: 0 }
    }

    /// The place of a beginning, or the empty one where it belongs.
    fn place(&self, beginning: u32) -> usize {
        let mask = self.places.len() - 1;
        let mut at = beginning.wrapping_mul(0x9E37_79B1) as usize >> 7 & mask;
        while self.places[at].0 != beginning && self.places[at].0 != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    fn hold(&self, beginning: u32) -> bool {
        self.places[self.place(beginning)].0 == beginning
    }

    /// Adds a beginning that stands on a line; whether it stood on an earlier one.
    fn add(&mut self, beginning: u32, line: u32) -> bool {
        let place = self.place(beginning);
        let is_new = self.places[place].0 == 0;
        if is_new {
            self.count += 1;
            self.places[place] = (beginning, line);
        }
        self.places[place].1 != line
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Zone {
    Before,
    Among,
    After,
    Alone,
}

fn features(lines: &[Line], at: usize, repeated: &FxHashSet<u64>) -> Features {
    use Feature as F;
    let line = &lines[at];
    let reading = &line.reading;
    let mut f = Features::default();
    let mut add = |yes: bool, feature: Feature| f.add(yes, feature);
    add(true, F::Bias);
    let letters = line.end.is_alphabetic();
    add(line.end == ':', F::ColonEnd);
    add(matches!(line.end, ',' | ';'), F::CommaEnd);
    add(matches!(line.end, '?' | '!'), F::QuestionEnd);
    add(letters, F::LetterEnd);
    add(line.end.is_ascii_digit(), F::DigitEnd);
    add(matches!(line.end, ')' | ']' | '»' | '”' | '"' | '“'), F::BracketEnd);
    add(line.start.is_lowercase(), F::LowerStart);
    add(line.start.is_ascii_digit(), F::DigitStart);
    add(line.bullet(), F::BulletStart);
    add(matches!(line.start, '«' | '“' | '"' | '„'), F::QuoteStart);
    add(line.start == '#', F::HashStart);
    add(reading.words >= 2 && line.upper == reading.words, F::AllCapitals);
    add(reading.words >= 4 && line.capitals * 10 >= reading.words * 7, F::TitleWords);
    add(matches!(reading.words, 2 | 3) && line.capitals == reading.words && line.digits == 0, F::NameLike);
    add(reading.pieces >= 3, F::ThreePieces);
    add(reading.pieces == 2, F::TwoPieces);
    add(reading.pieces >= 3 && reading.longest <= 3, F::ShortPieces);
    add(line.commas >= 3, F::ManyCommas);
    let covered = line.covered();
    add(covered, F::Covered);
    add(!covered && reading.covered > 0 && reading.covered * 2 >= reading.words, F::HalfCovered);
    add(reading.covered > 0 && reading.covered * 2 < reading.words, F::SomeCovered);
    add(reading.start.is_some() && line.length < 200, F::StartCue);
    add(reading.start.is_some() && line.length >= 200, F::StartCueLong);
    add(reading.inner.is_some(), F::InnerCue);
    add(reading.any.is_some(), F::AnyCue);
    add(reading.sure, F::SureCue);
    add(reading.teaser, F::Teaser);
    add(reading.release, F::Release);
    add(reading.byline, F::Byline);
    match reading.cue().map(|c| c.class) {
        Some("comments") => add(true, F::CueComments),
        Some("copyright") => add(true, F::CueCopyright),
        Some("share") => add(true, F::CueShare),
        Some("counter") => add(true, F::CueCounter),
        Some("language") => add(true, F::CueLanguage),
        Some("menu") => add(true, F::CueMenu),
        Some("tags") => add(true, F::CueTags),
        Some("navigation") => add(true, F::CueNavigation),
        _ => {}
    }
    let days = line.days;
    add(line.day(), F::DayOnly);
    add(!line.day() && days.first, F::DayFirst);
    add(!line.day() && days.last, F::DayLast);
    add(!line.day() && days.any && !days.first && !days.last, F::DayInside);
    add(days.time, F::TimeInside);
    add(reading.words > 0 && line.digits * 3 > line.length, F::ManyDigits);
    add(reading.words == 0, F::NoWords);
    add(line.address, F::Address);
    add(line.mail, F::Mail);
    add(line.sign, F::Sign);
    add(line.other > 0 && line.other >= line.latin + line.cyrillic, F::OtherScript);
    add(
        line.other > 0 && line.other < line.latin + line.cyrillic || (line.latin > 0 && line.cyrillic > 0 && line.length < 100),
        F::MixedScript,
    );
    if reading.words >= 3 {
        add(line.small == 0, F::NoSmallWords);
        add(line.small == 1, F::OneSmallWord);
        add(line.small >= 2, F::SomeSmallWords);
    }
    if let Some(overlap) = line.overlap.filter(|_| !line.prose) {
        add(overlap > 0.7, F::OverlapFull);
        add(overlap > 0.35 && overlap <= 0.7, F::OverlapHalf);
        add(overlap > 0.0 && overlap <= 0.35, F::OverlapSome);
        add(overlap == 0.0, F::OverlapNone);
    }
    add(repeated.contains(&line.key), F::Repeated);
    add(line.weekday, F::WeekdayFirst);
    add(days.any && reading.cue().is_some(), F::DayWithCue);
    add(line.stops >= 3 && !line.prose, F::SeveralStops);
    match at {
        0 => add(true, F::First),
        1 => add(true, F::Second),
        2 => add(true, F::Third),
        3..=5 => add(true, F::Early),
        _ => {}
    }
    match lines.len() - 1 - at {
        0 => add(true, F::Last),
        1 => add(true, F::LastButOne),
        2 => add(true, F::LastButTwo),
        3..=5 => add(true, F::Late),
        _ => {}
    }
    if let Some(previous) = at.checked_sub(1).and_then(|i| lines.get(i)) {
        add(previous.reading.teaser, F::PreviousTeaser);
        add(previous.covered(), F::PreviousCovered);
        add(previous.day(), F::PreviousDay);
        add(previous.prose, F::PreviousLong);
        add(previous.end == ':', F::PreviousColon);
        add(previous.bullet(), F::PreviousBullet);
        add(previous.cue(), F::PreviousCue);
        add(previous.candidate(), F::PreviousCandidate);
        add(line.candidate() && previous.cue(), F::CandidateAfterCue);
        add(line.candidate() && previous.day(), F::CandidateAfterDay);
    }
    match lines.get(at + 1) {
        Some(next) => {
            add(next.prose, F::NextLong);
            add(next.day(), F::NextDay);
            add(next.covered(), F::NextCovered);
            add(next.reading.teaser, F::NextTeaser);
            add(next.bullet(), F::NextBullet);
            add(next.cue(), F::NextCue);
            add(next.candidate(), F::NextCandidate);
            add(next.start.is_lowercase(), F::NextLower);
        }
        None => add(true, F::NextEnd),
    }
    f
}

/// Adds the features that need the whole text: zones, and what comes before or after at any
/// distance.
fn around(lines: &mut [Line]) {
    use Feature as F;
    let first = lines.iter().position(|l| l.prose);
    let last = lines.iter().rposition(|l| l.prose);
    let count = lines.len();
    // whether a cue comes later: for lines of the head only cues before the first long line count
    let mut cue_later = vec![false; count];
    let mut later = false;
    for at in (0..count).rev() {
        if Some(at) == first.map(|f| f.saturating_sub(1)) || Some(at) == first {
            later = false;
        }
        cue_later[at] = later;
        later |= lines[at].cue();
    }
    let (latin, cyrillic) = lines.iter().filter(|l| l.prose).fold((0, 0), |(l, c), line| (l + line.latin, c + line.cyrillic));
    let best = lines.iter().take(first.unwrap_or(0)).map(|l| l.known).max().unwrap_or(0);
    let candidates = lines.iter().take(first.unwrap_or(0)).filter(|l| l.candidate()).count();
    // a page is saved after its release: years are judged beside the newest one of the prose
    let newest = lines.iter().filter(|l| l.prose).filter_map(|l| l.year).max().unwrap_or(0);
    let (strange, prose) = lines.iter().filter(|l| l.prose).fold((0, 0), |(s, p), l| (s + l.strange, p + l.length));
    let strange_here = strange * 300 > prose;
    let first_candidate = lines.iter().position(Line::candidate);
    let last_candidate = lines.iter().take(first.unwrap_or(0)).rposition(Line::candidate);
    let (mut cue, mut teaser, mut release) = (false, false, false);
    for at in 0..count {
        let zone = match (first, last) {
            (Some(first), _) if at < first => Zone::Before,
            (Some(_), Some(last)) if at > last => Zone::After,
            (Some(_), _) => Zone::Among,
            _ => Zone::Alone,
        };
        if Some(at) == first {
            (cue, teaser) = (false, false);
        }
        let line = &mut lines[at];
        let length = match line.length {
            0..=12 => 0,
            13..=28 => 1,
            29..=55 => 2,
            56..=90 => 3,
            91..=140 => 4,
            141..=260 => 5,
            _ => 6,
        };
        use Zone::{After, Alone, Among, Before};
        let by_length = match zone {
            Before => [
                F::Length0Before,
                F::Length1Before,
                F::Length2Before,
                F::Length3Before,
                F::Length4Before,
                F::Length5Before,
                F::Length6Before,
            ],
            Among => {
                [F::Length0Among, F::Length1Among, F::Length2Among, F::Length3Among, F::Length4Among, F::Length5Among, F::Length6Among]
            }
            After => {
                [F::Length0After, F::Length1After, F::Length2After, F::Length3After, F::Length4After, F::Length5After, F::Length6After]
            }
            Alone => {
                [F::Length0Alone, F::Length1Alone, F::Length2Alone, F::Length3Alone, F::Length4Alone, F::Length5Alone, F::Length6Alone]
            }
        };
        let covered = line.covered();
        let day = line.day();
        let (known, year, bullet) = (line.known, line.year, line.bullet());
        let strange = line.strange > 0 && !strange_here && prose > 0;
        let foreign = if latin > cyrillic { line.cyrillic > line.latin } else { line.latin > line.cyrillic };
        let candidate = line.candidate();
        let prose_overlap = if line.prose { line.overlap } else { None };
        let short = line.length < 140;
        let (days_first, days_last) = (line.days.first, line.days.last);
        let overlap = if line.prose { None } else { line.overlap };
        let stop = matches!(line.end, '.' | '…' | ';');
        let f = &mut line.active;
        let mut add = |yes: bool, feature: Feature| f.add(yes, feature);
        add(true, by_length[length]);
        match zone {
            Before => {
                add(stop, F::StopBefore);
                add(covered, F::CoveredBefore);
                add(day, F::DayOnlyBefore);
                add(overlap.is_some_and(|o| o > 0.7), F::OverlapFullBefore);
                add(overlap.is_some_and(|o| o > 0.35 && o <= 0.7), F::OverlapHalfBefore);
                add(overlap == Some(0.0), F::OverlapNoneBefore);
                add(known >= 2 && known == best, F::BestOverlapBefore);
                add(known >= 3, F::ThreeKnownBefore);
                add(candidate && candidates == 1, F::Sole);
                add(first_candidate == Some(at), F::FirstCandidate);
                add(last_candidate == Some(at), F::LastCandidate);
                add(first_candidate == Some(at) && candidates > 1, F::FirstOfMany);
                add(last_candidate == Some(at) && candidates > 1, F::LastOfMany);
                add(days_first && !day, F::DayFirstBefore);
                add(days_last && !day, F::DayLastBefore);
                add(first == Some(at + 1), F::OneBeforeLong);
                add(first == Some(at + 2), F::TwoBeforeLong);
            }
            Among => {
                add(stop, F::StopAmong);
                add(covered, F::CoveredAmong);
            }
            After => {
                add(stop, F::StopAfter);
                add(covered, F::CoveredAfter);
                add(day, F::DayOnlyAfter);
                add(days_first && !day, F::DayFirstAfter);
                add(days_last && !day, F::DayLastAfter);
                add(overlap == Some(0.0), F::OverlapNoneAfter);
                add(overlap.is_some_and(|o| o > 0.7), F::OverlapFullAfter);
                add(last == Some(at.wrapping_sub(1)), F::OneAfterLong);
                add(last == Some(at.wrapping_sub(2)), F::TwoAfterLong);
                add(release, F::AfterRelease);
                add(bullet, F::BulletAfter);
            }
            Alone => add(stop, F::StopAlone),
        }
        add(strange, F::ForeignLetters);
        add(prose_overlap.is_some_and(|o| o < 0.12), F::StrangeProse);
        add(prose_overlap.is_some_and(|o| o > 0.3), F::FamiliarProse);
        add(teaser && prose_overlap.is_some_and(|o| o < 0.2), F::StrangeProseAfterTeaser);
        add(teaser && short, F::AfterTeaserShort);
        add(foreign && latin + cyrillic > 0, F::ForeignScript);
        if newest > 0 {
            add(year.is_some_and(|y| y == newest + 1), F::LateYear);
            add(year.is_some_and(|y| y > newest + 1), F::MuchLaterYear);
            add(year.is_some_and(|y| y < newest), F::OldYear);
        }
        add(cue, F::AfterCue);
        add(teaser, F::AfterTeaser);
        add(cue_later[at], F::BeforeCue);
        add(!cue_later[at] && zone == After, F::NoCueAfter);
        cue |= line.ends_text();
        teaser |= line.reading.teaser && line.length < 60;
        release = line.reading.release;
    }
}
