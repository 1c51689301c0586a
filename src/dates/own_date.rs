//! The release's own date.
//!
//! It stands in a dateline ("BISHKEK, 12 May 2021 –"), in a stamp (a short line with a date and
//! perhaps a clock time, near the head or the foot of the text), in brackets with a place, or
//! behind a word such as "published"; where there is nothing of the kind, the day on which
//! somebody is said to have told the news. The day a page was saved or printed is none.

use jiff::civil::Date;

use crate::mention::{DateRole, Fact, Mention, Rule, Settled};
use crate::page::Page;
use crate::text::{Kind, Text};

use super::cues::{self, Cue};
use super::dateline;
use super::expression::{Expression, Month, Shape, Year};
use super::frame::Frame;
use super::reader::{Item, Reader};
use super::resolve::Resolved;
use super::tense;
use super::words::Class;
use crate::mention::value::{Point, Value, Yearless};

/// What speaks for a date as the release's own: from 0 to 1, none when something speaks against it.
fn own_score(page: &Page, r: &Reader, found: &Resolved, previous: Option<&Resolved>, frame: &Frame, listed: bool) -> Option<f32> {
    let e = &found.expression;
    let text = &page.text;
    let daily = e.shape.is_day() || matches!(e.shape, Shape::Month { .. });
    if found.furniture || e.to.is_some() || !daily || matches!(e.shape, Shape::Day { month: Month::Open | Month::Of(..), .. }) {
        return None;
    }
    // "10, 12 and 14 June": a day of a list has its month behind others
    if matches!(e.shape.year(), Some(Year::Of(..))) || e.rule.1 == "listed" {
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
    // "Embargoed until 13 May 2022, 10:00"
    if cues_before.has(Cue::Embargo) && e.shape.is_full() && frame.head(line) && end - first <= 16 {
        return Some(0.9);
    }
    // a date before it on the line is no part of the dateline
    let open = previous.map(|p| p.expression.end).filter(|&p| p > first && p <= e.first).unwrap_or(first);
    let in_dateline = dateline::stands_in(text, r, e.first, e.end, open, end);
    let start = sentence_start(text, e.first).max(first);
    // "Agency | Osh | Updated: 5 May 2020 | Created: 4 May 2020"
    let start = (start..e.first).rev().take(16).find(|&i| text.mark(i) == b'|').map_or(start, |bar| bar + 1);
    // "Updated on 20 June 2021, first published on 14 March 2019": the nearer word counts
    let own = e.first - start <= 12 && cues::among(text, start..e.first).has(Cue::Published);
    if cues_before.has(Cue::Saved) && !(own && cues::nearest(text, before.clone()) == Some(Cue::Published))
        || cues_before.has(Cue::Limit)
        || !in_dateline && cues::among(text, after.start..after.end.min(after.start + 10)).has(Cue::Limit)
    {
        return None;
    }
    if on_the_clock(text, e.first, e.end) {
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
    let timed = e.shape.is_full() && follows_clock(text, e.end, end);
    let last = e.end >= end || timed || matches!(text.fold(e.end), "." | "," | ")" | "|" | "-");
    let of = matches!(r.before(e.first), Item::Word(Class::On | Class::Of, _)) || text.fold(e.first.wrapping_sub(1)) == "от";
    let by = matches!(text.fold(e.end), "by" | "at" | "in" | "в" | "/" | "·") && whole && end - first <= 20;
    let counted = if open > first { words(open..e.first) } else { words_before };
    // "In a response dated 5 May 2020, the agency said": somebody else's date
    let word_behind = text.tokens.get(e.end + 1).is_some_and(|t| t.case == crate::text::Case::Lower);
    let goes_on = text.fold(e.end) == "," && e.end + 1 < end && word_behind && words_after > 6;
    if own && !goes_on && (has_year && counted <= 4 && !leads || of && (last || by) && near_edge && words(start..e.first) <= 7) {
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
    // "On 22/06/2019" alone on its line
    let byline = e.first == first + 1 && e.end >= end && has_year && frame.head(line) && text.fold(first) == "on";
    if leads && !byline {
        return None;
    }
    // "22 June 2019 – The ministry …", "[22 June 2019] The ministry …"
    let opens_story = has_year && e.shape.is_day() && !listed && frame.place(line) == Some(frame.body) && {
        let capital = |i: usize| i < end && text.tokens[i].is_capital();
        let bracketed = e.first == first + 1 && text.fold(first) == "[" && text.fold(e.end) == "]";
        // "22 June 2019. The ministry …", no "Friday, 22 June 2019. Noon."
        let sentence = text.fold(e.end) == "." && text.tokens[e.first].kind == Kind::Number;
        (bracketed || e.first == first && (text.fold(e.end) == "-" || sentence)) && capital(e.end + 1)
    };
    if opens_story {
        return Some(0.65);
    }
    // "For immediate release", then the date
    let above = e.first == first
        && has_year
        && (e.end >= end
            || text.tokens[e.end].kind == Kind::Mark
            || text.tokens[e.end].is_capital() && (e.end + 1..(e.end + 4).min(end)).any(|i| text.fold(i) == "-"))
        && frame.previous(line).is_some_and(|l| {
            let (a, b) = text.lines[l].tokens;
            b - a <= 4 && cues::among(text, a as usize..b as usize).has(Cue::Published)
        });
    if above {
        return Some(0.9);
    }
    if in_dateline && (frame.early(line) || frame.foot(line) && (has_year || end - first <= 9)) {
        return Some(match (has_year, e.shape.is_day()) {
            (true, true) => 0.9,
            (true, false) => 0.5,
            _ => 0.7,
        });
    }
    // the last words of all: "… of the fund. Rome, 10 September 2020"
    let closes = e.end >= end || e.end + 1 == end && text.fold(e.end) == ".";
    if has_year && e.shape.is_day() && closes && frame.next(line).is_none() && e.first > first && words_before > 4 {
        let stop = (e.first.saturating_sub(4).max(first)..e.first).rev().find(|&i| text.fold(i) == ".");
        let signed = stop.is_some_and(|stop| {
            stop > first
                && text.str(stop - 1).chars().count() > 2
                && (stop + 1..e.first).all(|i| text.tokens[i].is_capital() || text.fold(i) == ",")
        });
        if signed {
            return Some(0.7);
        }
    }
    // "Thursday, May 12" alone under the headline
    let alone = !has_year && e.shape.is_day() && e.first == first && e.end == end && !listed && !card;
    let under = || page.zones.title.is_some_and(|t| frame.previous(line).is_some_and(|l| text.lines[l].span.overlaps(t)));
    if alone && frame.place(line).is_some_and(|p| p < frame.body) && under() {
        return Some(0.5);
    }
    // «Пресс-служба министерства, 29 мая» as the last line of all
    let told =
        || (first..e.first).any(|i| tense::of(text, i).is_some() || text.fold(i) == ":" || text.fold(i) == "-" && text.tokens[i].spaced);
    let signed = e.first == first || words_before <= 6 && text.fold(e.first - 1) == "," && !told();
    let last_line = || frame.foot(line) && frame.next(line).is_none();
    if !has_year && e.shape.is_day() && e.end >= end && last_line() && !listed && !card && signed {
        return Some(0.45);
    }
    // "February 2022" under the headline or as the last line of all; "Field notes, Agency, August 2016"
    let month = has_year && !e.shape.is_day() && words_after == 0 && (signed || words_before == 0);
    let opened = |l: usize| is_label(text, l) || text.mark(text.lines[l].tokens.1 as usize - 1) == b':';
    let edge = || last_line() || frame.place(line).is_some_and(|p| p < 3 && p < frame.body) && under();
    if month && !listed && !card && edge() && frame.previous(line).is_some_and(|l| !opened(l)) {
        return Some(0.45);
    }
    if !has_year || !e.shape.is_day() || !whole {
        return None;
    }
    // "28.12.2018. Comments …" at the foot
    if e.first == first && frame.foot(line) && text.fold(e.end) == "." && e.rule.0 == "numeric" {
        return Some(0.6);
    }
    // lines that begin with days of their own, or "Completion: 5 May 2023"
    let labelled = text.fold(e.first.wrapping_sub(1)) == ":" && !cues_before.has(Cue::Published) && e.first > first;
    let above = frame.previous(line);
    if listed || labelled || above.is_some_and(|l| is_label(text, l)) {
        return None;
    }
    let clock = clock_near(text, e.first, e.end);
    match (words_before + words_after, near_edge) {
        (0, true) => Some(0.85),
        (0..=10, true) if clock && (words_after <= 3 || !ends_as_sentence(text, first, end, e.end)) => Some(0.88),
        // «Следующий тренинг пройдет 22 июня 2019 года.»
        (1..=8, true) if text.fold(end - 1) == "." && (first..e.first).any(|i| tense::of(text, i).is_some()) => None,
        (1..=8, true) if !ends_as_sentence(text, first, end, e.end) || words_after == 0 => Some(0.6),
        _ => None,
    }
}

/// Whether the tokens are the day on which the page was saved: behind a word that says so, or as
/// the clock of the page, on top of everything.
pub(super) fn saved(text: &Text, first: usize, end: usize) -> bool {
    let line = text.lines[text.tokens[first].line as usize].tokens.0 as usize;
    on_the_clock(text, first, end) || cues::nearest(text, first.saturating_sub(24).max(line)..first) == Some(Cue::Saved)
}

/// A weekday and its day alone on the first line, or a day above the weather and the rates of
/// exchange; the year of a copyright.
fn on_the_clock(text: &Text, first: usize, end: usize) -> bool {
    if first.checked_sub(1).is_some_and(|mark| text.str(mark) == "©") {
        return true;
    }
    let Some(line) = text.lines.get(text.tokens.get(first).map_or(0, |t| t.line as usize)) else { return false };
    let weekday = super::words::word(text.tokens[first].hash).is_some_and(|w| matches!(w.class, Class::Weekday | Class::WeekdayOrWord));
    first == 0 && end == line.tokens.1 as usize && end < text.tokens.len() && (weekday || above_weather(text, end))
}

/// How many days what a text tells may lie from the day on top of it, if that is its own.
const NEAR_TOP: i32 = 300;

/// Whether the first of the short lines behind the token tell the weather or the rates of exchange:
/// "°C", "$ 102.58".
fn above_weather(text: &Text, from: usize) -> bool {
    let near = from..(from + 8).min(text.tokens.len());
    near.clone().any(|i| matches!(text.str(i), "°" | "°C" | "°С"))
        || near.filter(|&i| matches!(text.str(i), "$" | "€" | "USD" | "EUR") && !text.same_line(i - 1, i)).count() > 0
}

/// A clock time and nothing more, from the token to the end of the line.
fn follows_clock(text: &Text, from: usize, end: usize) -> bool {
    let clock = |i: usize| text.tokens.get(i).is_some_and(|t| t.kind == Kind::Number) && text.fold(i + 1) == ":";
    let start = if text.fold(from) == "-" || text.fold(from) == "," { from + 1 } else { from };
    clock(start) && (start..end).all(|i| text.tokens[i].kind != Kind::Word || is_clock_word(text, i))
}

/// Whether a word of telling governs the date.
pub(super) fn reported(text: &Text, r: &Reader, e: &Expression) -> bool {
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
            colon.is_some_and(|colon| cues::longest(text, first..colon).has(Cue::Card))
        })
    };
    opens(frame.next(line)) || opens(frame.previous(line)) || opens(Some(line))
}

/// A line that says what the next one holds: "When", «Место и время».
fn is_label(text: &Text, line: usize) -> bool {
    let (first, end) = text.lines[line].tokens;
    end - first <= 4 && cues::among(text, first as usize..end as usize).has(Cue::Card)
}

/// Finds the release's own date, gives its mentions their role, and returns the day it names.
pub(super) fn own_date(page: &Page, r: &Reader, found: &mut [Resolved], known: Option<Date>) -> Option<Date> {
    let frame = Frame::new(page);
    let line_of = |f: &Resolved| page.text.tokens[f.expression.first].line as usize;
    let begins = |f: &Resolved| page.text.lines[line_of(f)].tokens.0 as usize == f.expression.first;
    let mut scores: Vec<Option<f32>> = found
        .iter()
        .enumerate()
        .map(|(i, f)| {
            // "9 March – last day", "15 March – the results"
            let entry = |f: &Resolved| begins(f) && matches!(page.text.fold(f.expression.end), "-" | ":");
            let beside = |j: Option<usize>, line: Option<usize>| {
                j.and_then(|j| found.get(j)).is_some_and(|o| begins(o) && Some(line_of(o)) == line && o.value != f.value)
            };
            let line = line_of(f);
            let listed = entry(f) && (beside(i.checked_sub(1), frame.previous(line)) || beside(Some(i + 1), frame.next(line)));
            own_score(page, r, f, i.checked_sub(1).map(|i| &found[i]), &frame, listed)
        })
        .collect();
    // a stamp on top of everything is the page's clock where a stamp of an earlier day follows
    let stamp = |i: usize| scores[i].is_some_and(|s| (0.85..0.9).contains(&s)).then(|| found[i].value.as_day()).flatten();
    if let Some(first) =
        (0..found.len()).find(|&i| scores[i].is_some()).filter(|&i| found[i].expression.first <= 4 && line_of(&found[i]) == 0)
        && let Some(day) = stamp(first)
        && (first + 1..found.len())
            .filter(|&i| frame.head(line_of(&found[i])) && line_of(&found[i]) > 0)
            .any(|i| stamp(i).is_some_and(|d| d < day))
    {
        scores[first] = None;
    }
    // "Friday, 3 May 2019" on top of a text that tells of that spring: a blog's own day, where a
    // page's clock would be years later
    if scores.iter().all(Option::is_none)
        && let Some((top, rest)) = found.split_first()
        && top.expression.first == 0
        && !top.furniture
        && top.expression.shape.is_full()
        && let Some(day) = top.value.as_day()
        && page.text.tokens.get(top.expression.end).is_some_and(|t| t.line > 0)
        && !above_weather(&page.text, top.expression.end)
    {
        let near = |f: &Resolved| f.value.days().is_some_and(|(a, _)| (a - day).get_days().abs() <= NEAR_TOP);
        let told = |f: &&Resolved| !f.furniture && f.expression.shape.year().is_some_and(|y| matches!(y, Year::Given(_)));
        let mut told = rest.iter().filter(told).peekable();
        if told.peek().is_some() && told.any(near) {
            scores[0] = Some(0.5);
        }
    }
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
            let Some(day) = dateline::with_year(page, found, (month, day), known) else {
                found[i].role = DateRole::Published;
                found[i].value = Yearless::new(month, Some(day)).map_or(Value::Unsettled, Value::Yearless);
                found[i].because.push("stands in a dateline or stamp".into());
                return None;
            };
            Value::Point(Point::Day(day))
        }
    };
    let day = value.days()?.0;
    for (i, score) in scores.iter().enumerate() {
        // the same day again, at the head of a paragraph: "12 May 2021 – …", "12.05.2021. …"
        let again = || {
            let (e, next) = (&found[i].expression, page.text.fold(found[i].expression.end));
            let stopped = next == "-" || next == "." && e.rule.0 == "numeric";
            (found[i].value == value && value.as_day().is_some() && !found[i].furniture && begins(&found[i]) && stopped).then_some(0.8)
        };
        let Some(score) = score.or_else(again) else { continue };
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
    let text = &page.text;
    let page_day = |m: &Mention| {
        let (first, last) = (text.token_at(m.span.start), text.token_at(m.span.end.saturating_sub(1)));
        first < text.tokens.len() && saved(text, first, last + 1)
    };
    let any = dates().any(|(m, _)| !page.in_furniture(m.span) && !page_day(m));
    let unsettled = dates().any(|(m, d)| d.role == DateRole::Published && !page.in_furniture(m.span));
    Settled::No(match (any, unsettled) {
        (_, true) => "year not settled",
        (true, _) => "no date stands as the release's own",
        (false, _) if dates().next().is_some() => "only the day the page was saved",
        _ => "no date in text",
    })
}

#[cfg(test)]
mod tests {
    use crate::{Document, Extractor, Settings};

    fn published(text: &str) -> Option<String> {
        Extractor::new(Settings { keep_furniture: true, ..Settings::default() }).extract(&Document::new("a", text)).published
    }

    const STORY: &str = "The village got a new bridge, and forty families came to see it opened by the governor of the region in person.";

    #[test]
    fn today_beside_its_date_is_the_release_s_own_day() {
        assert_eq!(published("A bridge was opened in Osh today, 19 June 2019, by the governor.").as_deref(), Some("2019-06-19"));
        let text = "The bus ended its tour of the district today, 25 November. All children get glasses before 24 December 2016.";
        assert_eq!(published(text).as_deref(), Some("2016-11-25"));
        assert_eq!(published("Вчера, 19 июня 2019 года, в Оше открыли мост."), None);
    }

    #[test]
    fn the_last_line_may_sign_with_a_day_without_its_year() {
        let text =
            |end: &str| format!("О вокзалах\n\nСоглашение подписано 28 мая 2025 года в Ташкенте, сказано о нём было много слов.\n\n{end}");
        assert_eq!(published(&text("Пресс-служба Министерства транспорта, 29 мая")).as_deref(), Some("2025-05-29"));
        assert_eq!(published(&text("Вокзал откроется, как обещано, 29 мая")), None);
    }

    #[test]
    fn a_line_may_sign_with_a_month() {
        assert_eq!(published(&format!("New bridge\n\n{STORY}\n\nFebruary 2022")).as_deref(), Some("2022-02"));
        assert_eq!(published(&format!("Новый мост\n\n{STORY}\n\nФевраль 2022 г.")).as_deref(), Some("2022-02"));
        assert_eq!(published(&format!("New bridge\n\n{STORY}\n\nDeadline:\n\nFebruary 2022")), None);
        assert_eq!(published(&format!("New bridge\n\nFebruary 2022\n\n{STORY}")).as_deref(), Some("2022-02"));
        assert_eq!(published(&format!("New bridge\n\nField notes, Zarnat Fund, August 2016\n\n{STORY}")).as_deref(), Some("2016-08"));
        assert_eq!(published(&format!("New bridge\n\nIt was opened in Osh, August 2016\n\n{STORY}")), None);
    }

    #[test]
    fn datelines_and_stamps_in_usual_shapes() {
        for (head, day) in [
            ("ASTANA, 12 May 2021 – ", "2021-05-12"),
            ("Бишкек, 10.12.20. /Кабар/ ", "2020-12-10"),
            ("LONDON & ALMATY – September 5, 2024 – ", "2024-09-05"),
            ("A bridge\n\n03.04.2019 14:05\n\n", "2019-04-03"),
            ("A bridge\n\nPosted on 11 February 2019\n\n", "2019-02-11"),
            ("Monday, 11 February 2019\n\nA bridge will open in May 2019\n\n", "2019-02-11"),
            ("A bridge\n\nPosted on February 11, 2019 by editor\n\n", "2019-02-11"),
            ("A bridge\n\nUpdated on 5 June 2021, first published on 11 February 2019\n\n", "2019-02-11"),
            ("Мост\n\nОбновлено: 05.06.2021, опубликовано: 11.02.2019\n\n", "2019-02-11"),
            ("Мост\n\nВремя публикации: 11.02.2019 / 10:22\n\n", "2019-02-11"),
            ("05.06.2021, 12:40\nВход на сайт\nМост открыт\n11.02.2019 10:22\n\n", "2019-02-11"),
            ("A bridge\n\n11 February 2019 – ", "2019-02-11"),
            ("A bridge\n\nOn 11/02/2019\n\n", "2019-02-11"),
            ("A bridge\n\n11. 2. 2019\n\n", "2019-02-11"),
            ("A bridge\n\nAgency | Osh | Updated: 20-02-2019 10:00 | Created: 11-02-2019 09:20\n\n", "2019-02-11"),
            ("11. Feb 2019\n\nA bridge is open\n\n", "2019-02-11"),
            ("11 Feb\n2019\nA bridge is open\n\n", "2019-02-11"),
            ("For Immediate Release\nJune 04, 2013 Almaty - ", "2013-06-04"),
        ] {
            assert_eq!(published(&format!("{head}{STORY}\n")).as_deref(), Some(day), "{head}");
        }
        for (foot, day) in [
            ("(Khorugh, 24 September 2013)", "2013-09-24"),
            ("Press kit of September 21, 2020", "2020-09-21"),
            ("Пресс-релиз от 31.03.2020", "2020-03-31"),
            ("«Азия-Плюс», 05.09.2019", "2019-09-05"),
            ("Submitted by editor on Thu, 2019-09-05 11:22.", "2019-09-05"),
            ("This post was published on 05.09.2019 19:11", "2019-09-05"),
        ] {
            assert_eq!(published(&format!("A bridge\n\n{STORY}\n\n{foot}\n")).as_deref(), Some(day), "{foot}");
        }
    }

    #[test]
    fn the_day_a_page_was_saved_and_a_deadline_are_not_its_own() {
        assert_eq!(published(&format!("четверг, 28 марта 2024\nМост открыт\n\n{STORY}\n")), None);
        assert_eq!(published(&format!("28.03.2024\n+4°\n$ 92.10\n\nМост открыт\n\n{STORY}\n")), None);
        assert_eq!(published(&format!("A bridge\n\n{STORY}\n\n© 16.04.2024 | Agency of Roads\n")), None);
        assert_eq!(published(&format!("Saved on 5 May 2020\n\n{STORY}\n")), None);
        assert_eq!(published(&format!("Мост открыт\n\nДата обновления: 05.05.2020\n\n{STORY}\n")), None);
        assert_eq!(published(&format!("Мост\n\n{STORY}\n\nСледующий тренинг пройдет 22 июня 2019 года.\n")), None);
        assert_eq!(published(&format!("A bridge\n\nWhen\nTuesday, February 9, 2016 at 4 p.m.\n\n{STORY}\n")), None);
        assert_eq!(published(&format!("Last updated: 5 May 2020\n\n{STORY}\n")), None);
        assert_eq!(published(&format!("A bridge\n\nApply before: 22 February 2019\n\n{STORY}\n")), None);
    }
}
