//! What a date is to its release: its own date, the event's, or any other.
//!
//! The release's own date stands in a dateline ("BISHKEK, 12 May 2021 –"), in a stamp (a short
//! line with a date and perhaps a clock time, near the head or the foot of the text) or behind a
//! word such as "published". The event's date is looked for among the days in running text: by
//! place in the text, distance from the release, and the words around it.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::mention::{Bound, DateRole, Fact, Mention, Rule, Settled};
use crate::page::Page;
use crate::span::Span;
use crate::text::{Kind, Text};

use super::cues::{self, Cue};
use super::expression::{Month, Shape, Year};
use super::reader::{Item, Reader};
use super::resolve::Resolved;
use super::value::{Point, Value};
use super::words::Class;

/// What speaks for a date as the release's own: from 0 to 1, none when something speaks against it.
fn own_score(page: &Page, r: &Reader, found: &Resolved, previous: Option<&Resolved>, frame: &Frame) -> Option<f32> {
    let e = &found.expression;
    let text = &page.text;
    let daily = e.shape.is_day() || matches!(e.shape, Shape::Month { .. });
    if found.furniture || e.to.is_some() || !daily || matches!(e.shape, Shape::Day { month: Month::Open | Month::Of(..), .. }) {
        return None;
    }
    if matches!(e.shape.year(), Some(Year::Of(..))) {
        return None;
    }
    let line = text.tokens[e.first].line as usize;
    let (first, end) = text.lines[line].tokens;
    let (first, end) = (first as usize, end as usize);
    let (from, to) = (e.first.saturating_sub(24).max(first), (e.end + 24).min(end));
    let before = from..e.first;
    let after = e.end.min(to)..to;
    let cues_before = cues::among(text, before.clone());
    let whole = e.first - first <= 24 && end.saturating_sub(e.end) <= 24;
    if cues_before.has(Cue::Saved)
        || cues_before.has(Cue::Limit)
        || cues::among(text, after.start..after.end.min(after.start + 10)).has(Cue::Limit)
    {
        return None;
    }
    // "on 5 May", «до 5 мая»
    let leads = match r.before(e.first) {
        Item::Word(Class::From, 1) => false, // «от 5 мая»
        Item::Word(
            Class::On
            | Class::In
            | Class::By
            | Class::Until
            | Class::From
            | Class::Since
            | Class::Between
            | Class::To
            | Class::Of
            | Class::The,
            _,
        ) => true,
        Item::Word(Class::Preposition | Class::Before, _) => true,
        _ => false,
    };
    let words = |range: std::ops::Range<usize>| range.filter(|&i| text.tokens[i].kind == Kind::Word && !is_clock_word(text, i)).count();
    let (words_before, words_after) = (words(before.clone()), words(after.clone()));
    let has_year = e.shape.is_full();
    let near_edge = frame.head(line) || frame.foot(line);
    let card = card_around(text, frame, line);
    if card && (words_before > 0 || words_after == 0) {
        return None;
    }
    // "Published on 28 June 2019", "Press kit of 21 September 2020", «Пресс-релиз от 31 марта»: a line, or a sentence, of its own
    let last = e.end >= end || matches!(text.fold(e.end), "." | "," | ")" | "|" | "-");
    let of = matches!(r.before(e.first), Item::Word(Class::On | Class::Of, _)) || text.fold(e.first.wrapping_sub(1)) == "от";
    let start = sentence_start(text, e.first).max(first);
    let own = cues::among(text, start..e.first).has(Cue::Published) && e.first - start <= 12;
    if own && (has_year && words_before <= 4 && !leads || of && last && near_edge && words(start..e.first) <= 7) {
        return Some(if has_year { 0.95 } else { 0.75 });
    }
    // "(Osh, 24 September 2013)", and "(30.10.2012)" at the foot
    let bracketed = has_year && text.fold(e.end) == ")" && e.end < end && {
        let open = (e.first.saturating_sub(6).max(first)..e.first).rev().find(|&i| text.fold(i) == "(");
        open.is_some_and(|open| {
            let inside: Vec<usize> = (open + 1..e.first).filter(|&i| text.tokens[i].kind == Kind::Word).collect();
            let place = !inside.is_empty() && inside.iter().all(|&i| text.tokens[i].is_capital()) && text.fold(e.first - 1) == ",";
            place && (frame.early(line) || frame.foot(line))
                || inside.is_empty() && open + 1 == e.first && e.end + 1 >= end && frame.foot(line)
        })
    };
    if bracketed && e.shape.is_day() {
        return Some(0.75);
    }
    // «сообщил 22 июля сайт агентства», "the company said on July 3": as good as a stamp where there is none
    if e.shape.is_day() && reported(text, r, e) && frame.early(line) {
        return Some(if has_year { 0.45 } else { 0.4 });
    }
    if leads {
        return None;
    }
    // "For immediate release", then the date
    let above = e.first == first
        && has_year
        && frame.previous(line).is_some_and(|l| {
            let (a, b) = text.lines[l].tokens;
            b - a <= 4 && cues::among(text, a as usize..b as usize).has(Cue::Published)
        });
    if above {
        return Some(0.9);
    }
    // a date before it on the line is no part of the dateline
    let open = previous.map(|p| p.expression.end).filter(|&p| p > first && p <= e.first).unwrap_or(first);
    if dateline(text, r, e.first, e.end, open, end) && (frame.early(line) || frame.foot(line) && (has_year || end - first <= 9)) {
        return Some(match (has_year, e.shape.is_day()) {
            (true, true) => 0.9,
            (true, false) => 0.5,
            _ => 0.7,
        });
    }
    if !has_year || !e.shape.is_day() || !whole {
        return None;
    }
    // "28.12.2018. Comments …" at the foot
    if e.first == first && frame.foot(line) && text.fold(e.end) == "." && e.rule.0 == "numeric" {
        return Some(0.6);
    }
    let clock = clock_near(text, e.first, e.end);
    match (words_before + words_after, near_edge) {
        (0, true) => Some(0.85),
        (0..=10, true) if clock => Some(0.88),
        (1..=8, true) if !ends_as_sentence(text, first, end, e.end) || words_after == 0 => Some(0.6),
        _ => None,
    }
}

/// Whether a word of telling governs the date.
fn reported(text: &Text, r: &Reader, e: &super::expression::Expression) -> bool {
    let before = if matches!(r.before(e.first), Item::Word(Class::On | Class::In, _)) { e.first - 1 } else { e.first };
    before > 0
        && text.same_line(before - 1, e.first)
        && (1..=2).any(|back| before.checked_sub(back).is_some_and(|at| cues::among(text, at..at + 1).has(Cue::Reports)))
}

/// The first token of the sentence that holds token `i`.
fn sentence_start(text: &Text, i: usize) -> usize {
    text.sentences.get(text.tokens[i].sentence as usize).map_or(i, |s| s.tokens.0 as usize)
}

/// Letters of clock times and zones.
fn is_clock_word(text: &Text, i: usize) -> bool {
    matches!(
        text.fold(i),
        "am" | "pm" | "a" | "p" | "m" | "t" | "z" | "gmt" | "utc" | "et" | "est" | "edt" | "мск" | "ч" | "г" | "at" | "в"
    )
}

/// A clock time before or behind the date, marks aside.
fn clock_near(text: &Text, first: usize, end: usize) -> bool {
    let clock = |i: usize| {
        text.tokens.get(i + 2).is_some_and(|t| t.kind == Kind::Number && !t.spaced)
            && text.fold(i + 1) == ":"
            && text.tokens[i].kind == Kind::Number
            && text.same_line(first, i)
    };
    (end.saturating_sub(1)..end + 4).any(clock) || (3..=6).filter_map(|b| first.checked_sub(b)).any(clock)
}

fn ends_as_sentence(text: &Text, first: usize, end: usize, date_end: usize) -> bool {
    end > date_end && end > first && matches!(text.fold(end - 1), "." | "!" | "?") && end - date_end > 1
}

/// Lines of an event card: "Date: …", "Venue: …".
fn card_around(text: &Text, frame: &Frame, line: usize) -> bool {
    let opens = |line: Option<usize>| {
        line.and_then(|l| text.lines.get(l)).is_some_and(|l| {
            let (first, end) = (l.tokens.0 as usize, l.tokens.1 as usize);
            let colon = (first..end.min(first + 4)).find(|&i| text.fold(i) == ":");
            colon.is_some_and(|colon| cues::among(text, first..colon).has(Cue::Card))
        })
    };
    opens(frame.next(line)) || opens(frame.previous(line)) || opens(Some(line))
}

/// Whether the date stands in a dateline: place, date, then a dash, an agency or the text; or the
/// date first and the place behind it.
fn dateline(text: &Text, r: &Reader, date: usize, date_end: usize, first: usize, end: usize) -> bool {
    let fold = |i: usize| text.fold(i);
    if date - first > 40 {
        return false;
    }
    let first = (first..date).find(|&i| !matches!(fold(i), "/" | "(" | "[" | "*" | "-" | "|")).unwrap_or(date);
    let head = first..date;
    if head.len() > 14 {
        return false;
    }
    let words: Vec<usize> = head.clone().filter(|&i| text.tokens[i].kind == Kind::Word).collect();
    let named = words.iter().filter(|&&i| text.tokens[i].is_capital()).count();
    let small = words.iter().filter(|&&i| !text.tokens[i].is_capital() && !matches!(fold(i), "and" | "и" | "г" | "of" | "the" | "с" | "de")).count();
    let marks = head
        .clone()
        .all(|i| text.tokens[i].kind != Kind::Mark || matches!(fold(i), "," | "." | "/" | "-" | "(" | ")" | "\"" | "|" | ":" | "&"));
    let numbers = head.clone().any(|i| text.tokens[i].kind == Kind::Number);
    let joined =
        date == first || matches!(fold(date - 1), "," | "." | "/" | "-" | "(" | "|" | ":") || words.len() <= 3 && named == words.len();
    let placed = !words.is_empty() && named >= 1 && small == 0 && words.len() <= 8 && !r.is(words[0], Class::In) && !r.is(words[0], Class::On) && marks && joined && !numbers;
    let next = fold(date_end);
    let at_end = date_end >= end;
    let capital_next = |i: usize| text.tokens.get(i).is_some_and(|t| t.is_capital() || t.kind == Kind::Mark) && i < end;
    if placed {
        // a sentence of its own: "In Osh, 5 May 2020 …" goes on with a small letter
        return at_end || matches!(next, "-" | "/" | "." | "," | "(" | ")" | ":" | "|" | "[") || text.tokens[date_end].is_capital();
    }
    if date != first || at_end {
        return false;
    }
    // the date first: "5 May 2020, Osh.", "5 мая, Минск /Агентство/", "5 May 2020 (KABAR) –"
    let is_place = |i: usize| {
        let i = if matches!(fold(i), "г" | "с") && fold(i + 1) == "." { i + 2 } else { i };
        capital_next(i) && text.tokens[i].kind == Kind::Word
    };
    match next {
        "," => is_place(date_end + 1) && (date_end + 1..(date_end + 6).min(end)).any(|i| matches!(fold(i), "/" | "." | "-" | "(" | ":")),
        "/" | "(" | "|" => true,
        "-" => {
            // «1 сен - РИА Новости. …», not "5 May 2020 – the deal is signed"
            r.at(date_end + 1) == Item::Other
                && text.tokens.get(date_end + 1).is_some_and(crate::text::Token::is_capital)
                && (date_end + 2..(date_end + 6).min(end)).any(|i| fold(i) == ".")
        }
        _ => false,
    }
}

/// Which lines are text, and in which order.
struct Frame {
    /// Lines of the release that hold tokens.
    lines: Vec<usize>,
    /// The place in `lines` of the first line long enough to be running text.
    body: usize,
}

/// A line with this many tokens is running text.
const RUNNING: u32 = 24;

impl Frame {
    fn new(page: &Page) -> Self {
        let text = &page.text;
        let lines: Vec<usize> = (0..text.lines.len())
            .filter(|&l| text.lines[l].tokens.0 < text.lines[l].tokens.1 && !page.in_furniture(text.lines[l].span))
            .collect();
        let running = |l: usize| text.lines[l].tokens.1 - text.lines[l].tokens.0 >= RUNNING;
        let body = lines.iter().position(|&l| running(l)).unwrap_or(lines.len());
        Self { lines, body }
    }

    fn place(&self, line: usize) -> Option<usize> {
        self.lines.binary_search(&line).ok()
    }

    /// Above the running text, or its first lines.
    fn head(&self, line: usize) -> bool {
        self.place(line).is_some_and(|p| p <= self.body.max(3) || p < 6)
    }

    /// Among the first paragraphs.
    fn early(&self, line: usize) -> bool {
        self.place(line).is_some_and(|p| p <= self.body + 4)
    }

    fn foot(&self, line: usize) -> bool {
        self.place(line).is_some_and(|p| p + 6 >= self.lines.len())
    }

    fn next(&self, line: usize) -> Option<usize> {
        self.place(line).and_then(|p| self.lines.get(p + 1)).copied()
    }

    fn previous(&self, line: usize) -> Option<usize> {
        self.place(line).and_then(|p| p.checked_sub(1)).and_then(|p| self.lines.get(p)).copied()
    }
}

/// Finds the release's own date, gives its mentions their role, and returns the day it names.
pub(super) fn own_date(page: &Page, r: &Reader, found: &mut [Resolved], known: Option<Date>) -> Option<Date> {
    let frame = Frame::new(page);
    let scores: Vec<Option<f32>> =
        found.iter().enumerate().map(|(i, f)| own_score(page, r, f, i.checked_sub(1).map(|i| &found[i]), &frame)).collect();
    let best = |full: bool| {
        let mut best: Option<(f32, usize)> = None;
        for (i, score) in scores.iter().enumerate() {
            if let Some(score) = *score
                && found[i].value.is_unsettled() != full
                && best.is_none_or(|(s, _)| score > s)
            {
                best = Some((score, i));
            }
        }
        best.map(|(_, i)| i)
    };
    let value = match best(true) {
        Some(i) => found[i].value,
        None => {
            // a dateline without its year: the year of the date in full that lies nearest
            let i = best(false)?;
            let Shape::Day { day, month: Month::Given(month), .. } = found[i].expression.shape else { return None };
            let near = |date: Date| {
                let year = date.year();
                (year - 1..=year + 1).filter_map(|y| Point::day(y, month, day)?.first()).min_by_key(|d| (*d - date).get_days().abs())
            };
            let day = match known {
                Some(known) => near(known)?,
                None => {
                    let day = found
                        .iter()
                        .filter(|f| !f.furniture && f.value.is_daily())
                        .filter_map(|f| f.value.days())
                        .filter_map(|(first, _)| Some((near(first)?, first)))
                        .min_by_key(|(day, first)| (*day - *first).get_days().abs())
                        .map(|(day, _)| day);
                    let Some(day) = day else {
                        found[i].role = DateRole::Published;
                        found[i].because.push("stands in a dateline or stamp".into());
                        return None;
                    };
                    day
                }
            };
            Value::Point(Point::Day(day))
        }
    };
    let day = value.days()?.0;
    for (i, score) in scores.iter().enumerate() {
        let Some(score) = *score else { continue };
        let same = match found[i].expression.shape {
            Shape::Day { day: d, month: Month::Given(m), year: Year::Open, .. } => {
                value.as_day().is_some_and(|v| v.day() == d as i8 && v.month() == m as i8)
            }
            _ => found[i].value == value,
        };
        if same {
            found[i].value = value;
            found[i].role = DateRole::Published;
            found[i].confidence = score;
            found[i].because.push("stands in a dateline or stamp".into());
        }
    }
    Some(day)
}

/// Gives every date that is not the release's own its role.
pub(super) fn assign(page: &Page, r: &Reader, found: &mut [Resolved], release: Option<Date>) {
    let frame = Frame::new(page);
    let text = &page.text;
    let mut scores: Vec<f32> = Vec::with_capacity(found.len());
    for f in found.iter() {
        scores.push(if f.furniture || f.role == DateRole::Published { -9.0 } else { event_score(text, r, f, &frame, release) });
    }
    let Some(best) = (0..found.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a))) else { return };
    if scores[best] < EVENT {
        return;
    }
    let main = found[best].value;
    let main_cues = cues_around(text, &found[best]);
    let sentence = i64::from(text.tokens[found[best].expression.first].sentence);
    let short = main.days().is_some_and(|(a, b)| (b - a).get_days() <= 60);
    for (i, f) in found.iter_mut().enumerate() {
        if f.furniture || f.role == DateRole::Published {
            continue;
        }
        let same = i == best
            || f.value == main && scores[i] > -2.0
            || short && within(f.value, main) && scores[i] > 0.0
            || within(main, f.value)
                && f.value.is_daily()
                && scores[i] > 0.0
                && f.value.days().is_some_and(|(a, b)| (b - a).get_days() <= 60);
        let around = cues_around(text, f);
        let near = (i64::from(text.tokens[f.expression.first].sentence) - sentence).abs() <= 2;
        let next = follows(main, f.value) && f.expression.shape.is_day() && scores[i] >= EVENT - 0.4 && !around.has(Cue::Reports);
        // "opened on Monday … closed today"; "opened today and lasts until Friday"
        let opening =
            main_cues.has(Cue::Ends) && around.has(Cue::Starts) && days_between(f.value, main).is_some_and(|n| (1..=14).contains(&n));
        let closing = main_cues.has(Cue::Starts)
            && near
            && (f.expression.bound == Some(Bound::Until) || around.has(Cue::Ends))
            && days_between(main, f.value).is_some_and(|n| (1..=60).contains(&n));
        if same || next || opening || closing {
            f.role = DateRole::Event;
            f.confidence = (0.5 + scores[i].max(0.0) * 0.1).min(0.95);
            f.because.push("tells when the main event takes place".into());
        }
    }
}

/// From this score on a date is the event's.
const EVENT: f32 = 2.0;

fn within(inner: Value, outer: Value) -> bool {
    match (inner.days(), outer.days()) {
        (Some((a, b)), Some((c, d))) => inner.is_daily() && c <= a && b <= d,
        _ => false,
    }
}

/// The days from the one to the other.
fn days_between(a: Value, b: Value) -> Option<i32> {
    let ((_, last), (first, _)) = (a.days()?, b.days()?);
    (a.is_daily() && b.is_daily()).then(|| (first - last).get_days())
}

/// Whether `b` is the day after `a`.
fn follows(a: Value, b: Value) -> bool {
    days_between(a, b) == Some(1)
}

/// The cues in the sentence of a date, near it.
fn cues_around(text: &Text, f: &Resolved) -> cues::Cues {
    let e = &f.expression;
    let sentence =
        text.sentences.get(text.tokens[e.first].sentence as usize).map_or((e.first, e.end), |s| (s.tokens.0 as usize, s.tokens.1 as usize));
    cues::among(text, e.first.saturating_sub(25).max(sentence.0)..(e.end + 25).min(sentence.1))
}

fn event_score(text: &Text, r: &Reader, f: &Resolved, frame: &Frame, release: Option<Date>) -> f32 {
    let e = &f.expression;
    let line = text.tokens[e.first].line as usize;
    let Some(place) = frame.place(line) else { return -9.0 };
    let mut score = match (f.value, e.shape) {
        (Value::Point(Point::Day(_)), _) | (Value::Range(Point::Day(_), Point::Day(_)), _) => 0.6,
        (Value::Point(Point::Month(..)), _) | (Value::Range(Point::Month(..), Point::Month(..)), _) => -0.5,
        (Value::Yearless(_) | Value::YearlessRange(..), Shape::Day { .. }) => 0.4,
        _ => return -9.0,
    };
    // where it stands
    let body = place as i32 - frame.body as i32;
    score += match body {
        i32::MIN..=0 => 1.2,
        1 => 0.8,
        2..=3 => 0.4,
        4..=8 => 0.0,
        _ => -0.4,
    };
    // how far from the release
    if let (Some(release), Some((first, last))) = (release, f.value.days()) {
        let away = if release < first {
            (first - release).get_days()
        } else if release > last {
            (release - last).get_days()
        } else {
            0
        };
        score += match away {
            0..=2 => 1.2,
            3..=10 => 0.8,
            11..=31 => 0.2,
            32..=90 => -0.2,
            _ => -2.0,
        };
    } else {
        score += 0.4;
    }
    let sentence =
        text.sentences.get(text.tokens[e.first].sentence as usize).map_or((e.first, e.end), |s| (s.tokens.0 as usize, s.tokens.1 as usize));
    let around = cues::among(text, e.first.saturating_sub(25).max(sentence.0)..(e.end + 25).min(sentence.1));
    if around.has(Cue::Happens) || around.has(Cue::Starts) || around.has(Cue::Ends) {
        score += 0.8;
    }
    if around.has(Cue::Background) {
        score -= 1.5;
    }
    if around.has(Cue::Reports) && !around.has(Cue::Happens) {
        score -= 0.8;
    }
    if reported(text, r, e) {
        score -= 2.0;
    }
    // days alone under the headline, or on a card: "When: 5–7 May"
    let own_line = text.lines[line].tokens;
    let alone = own_line.0 as usize >= e.first.saturating_sub(3) && own_line.1 as usize <= e.end + 2;
    if alone && frame.head(line) && e.to.is_some() && !around.has(Cue::Background) {
        score += 1.2;
    }
    if cues::among(text, own_line.0 as usize..(own_line.0 as usize + 4).min(e.first)).has(Cue::Card) && text.lines[line].span.len() < 200 {
        score += 1.0;
    }
    if around.has(Cue::Limit) {
        score -= 1.2;
    }
    let relative = matches!(e.shape, Shape::Shift { .. } | Shape::Weekday { .. });
    if relative {
        score += 0.4;
    }
    if e.bound.is_some() && !relative {
        score -= 1.5;
    }
    if e.part.is_some() {
        score -= 0.5;
    }
    score
}

/// When the release was published.
pub(super) fn published(page: &Page, mentions: &[Mention], known: Option<Date>) -> Settled<Value> {
    let dates = || {
        mentions.iter().filter_map(|m| match &m.fact {
            Fact::Date(d) => Some((m, d)),
            _ => None,
        })
    };
    if let Some(day) = known {
        let evidence = dates().find(|(_, d)| d.role == DateRole::Published).map(|(m, _)| m.span);
        return Settled::Is { value: Value::Point(Point::Day(day)), evidence, rule: Rule::Grammar("published", "given"), confidence: 1.0 };
    }
    let mut own: Option<(&Mention, Value)> = None;
    for (m, d) in dates().filter(|(m, d)| d.role == DateRole::Published && !d.value.is_unsettled() && !page.in_furniture(m.span)) {
        if own.is_none_or(|(best, _)| m.confidence > best.confidence) {
            own = Some((m, d.value));
        }
    }
    if let Some((m, value)) = own {
        return Settled::Is { value, evidence: Some(m.span), rule: Rule::Grammar("published", "own-date"), confidence: m.confidence };
    }
    let any = dates().any(|(m, _)| !page.in_furniture(m.span));
    let unsettled = dates().any(|(m, d)| d.role == DateRole::Published && !page.in_furniture(m.span));
    Settled::No(match (any, unsettled) {
        (_, true) => "year not settled",
        (true, _) => "no date stands as the release's own",
        (false, _) if dates().next().is_some() => "only the day the page was saved",
        _ => "no date in text",
    })
}

/// When the main event took, takes or will take place: the dates with that role, taken together,
/// with the length that the text gives.
pub(super) fn event(page: &Page, mentions: &[Mention]) -> Settled<Value> {
    let text = &page.text;
    let mut dates = mentions.iter().filter_map(|m| match &m.fact {
        Fact::Date(d) if d.role == DateRole::Event => Some((m, d.value)),
        _ => None,
    });
    let Some(first) = dates.next() else {
        let any = mentions.iter().any(|m| matches!(m.fact, Fact::Date(_)) && !page.in_furniture(m.span));
        return Settled::No(if any { "no date tells of an event" } else { "no date in text" });
    };
    let all: Vec<(&Mention, Value)> = std::iter::once(first).chain(dates).collect();
    let Some(&(mention, value)) = all.iter().find(|(_, v)| !v.is_unsettled()) else {
        return Settled::No("year not settled");
    };
    let is = |value, rule, evidence: Span| Settled::Is {
        value,
        evidence: Some(evidence),
        rule: Rule::Grammar("event", rule),
        confidence: mention.confidence,
    };
    if let Some(day) = value.as_day()
        && let Some((range, evidence)) = with_length(text, mention, day)
    {
        return is(range, "length", evidence);
    }
    // all days of the event together
    let daily: Vec<(jiff::civil::Date, jiff::civil::Date)> =
        all.iter().filter(|(_, v)| v.is_daily()).filter_map(|(_, v)| v.days()).collect();
    let narrow: Vec<_> = daily.iter().filter(|(a, b)| (*b - *a).get_days() != 6).copied().collect();
    let days = if narrow.is_empty() { daily } else { narrow };
    if let (Some(from), Some(to)) = (days.iter().map(|d| d.0).min(), days.iter().map(|d| d.1).max())
        && let Some(value) = Value::range(Point::Day(from), Point::Day(to))
    {
        return is(value, "days", mention.span);
    }
    is(value, "named", mention.span)
}

/// "a three-day workshop ended yesterday": the length and the end that the sentence names.
fn with_length(text: &Text, mention: &Mention, day: Date) -> Option<(Value, Span)> {
    let at = text.token_at(mention.span.start);
    let sentence = text.sentences.get(text.tokens.get(at)?.sentence as usize)?;
    let (first, end) = (at.saturating_sub(30).max(sentence.tokens.0 as usize), (at + 30).min(sentence.tokens.1 as usize));
    let (length, words) = length(text, first..end)?;
    let cues = cues::among(text, first..end);
    let by = i64::from(length) - 1;
    let (from, to) = match (cues.has(Cue::Starts), cues.has(Cue::Ends)) {
        (_, true) => (day.checked_sub(by.days()).ok()?, day),
        (true, false) => (day, day.checked_add(by.days()).ok()?),
        _ => return None,
    };
    Some((Value::range(Point::Day(from), Point::Day(to))?, words.join(mention.span)))
}

/// "after three days of talks", «в течение четырех дней»
fn lasting(text: &Text, number: usize, unit: usize) -> bool {
    let before = number.checked_sub(1).map_or("", |i| text.fold(i));
    matches!(before, "after" | "for" | "течение" | "during" | "lasted" | "длился")
        && (text.fold(unit + 1) == "of" || before == "течение" || before == "lasted")
}

/// "three-day", "3 day", «трехдневный», «3-дневный»: the number of days and the words.
fn length(text: &Text, range: std::ops::Range<usize>) -> Option<(u8, Span)> {
    for i in range.clone() {
        let fold = text.fold(i);
        let number = super::words::word(text.tokens[i].hash)
            .filter(|w| w.class == Class::Cardinal)
            .map(|w| w.value)
            .or_else(|| fold.parse::<i16>().ok());
        if let Some(n @ 2..=31) = number {
            let next = if text.fold(i + 1) == "-" { i + 2 } else { i + 1 };
            let counted = matches!(text.fold(next), "days" | "дня" | "дней") && next == i + 1 && lasting(text, i, next);
            if next < range.end && (text.fold(next) == "day" || text.fold(next).starts_with("дневн") || counted) {
                return Some((n as u8, text.span(i, next)));
            }
        }
        if let Some(stem) = fold.find("дневн").map(|at| &fold[..at]) {
            let n = match stem {
                "двух" => 2,
                "трех" => 3,
                "четырех" => 4,
                "пяти" => 5,
                "шести" => 6,
                "семи" => 7,
                "десяти" => 10,
                _ => continue,
            };
            return Some((n, text.tokens[i].span));
        }
    }
    None
}
