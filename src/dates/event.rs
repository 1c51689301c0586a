//! The day of the main event.
//!
//! It is looked for among the days in running text: by their place in it, their distance from the
//! release, and the words around them. The dates that say the same day, a day of it, its opening
//! or its close take the role as well; the fact is their sum, stretched by the length that the
//! text gives ("a three-day workshop ended yesterday").

use jiff::ToSpan;
use jiff::civil::Date;

use crate::mention::{Bound, DateRole, Fact, Mention, Rule, Settled};
use crate::page::Page;
use crate::span::Span;
use crate::text::Text;

use super::cues::{self, Cue};
use super::expression::Shape;
use super::frame::Frame;
use super::own_date::{reported, saved};
use super::reader::Reader;
use super::resolve::Resolved;
use super::tense::Tense;
use super::words::{Class, Unit};
use crate::mention::value::{Point, Value};

/// Gives every date that is not the release's own its role.
pub(super) fn assign(page: &Page, r: &Reader, found: &mut [Resolved], release: Option<Date>) {
    let frame = Frame::new(page);
    let text = &page.text;
    let mut scores: Vec<f32> = Vec::with_capacity(found.len());
    for f in found.iter() {
        let page_day = saved(text, f.expression.first, f.expression.end);
        scores.push(if f.furniture || f.role == DateRole::Published || page_day { -9.0 } else { event_score(text, r, f, &frame, release) });
    }
    let highest = |all: &mut dyn Iterator<Item = usize>| all.max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)));
    let Some(best) = highest(&mut (0..found.len())) else { return };
    // "will gather this week … The 17–18 May conference": the days say more
    let vague = |i: usize| matches!((found[i].value, found[i].expression.shape), (Value::Unsettled, Shape::Shift { unit: Unit::Week, .. }));
    let weekday = |i: usize| match found[i].expression.shape {
        Shape::Weekday { weekday, .. } => Some(weekday),
        Shape::Day { weekday, .. } => weekday,
        _ => None,
    };
    // "on Saturday … on Saturday, 22 July"
    let named = |i: usize| found[i].value != Value::Unsettled && scores[i] > 0.0 && weekday(i) == weekday(best);
    let best = match found[best].value {
        _ if vague(best) => highest(&mut (0..found.len()).filter(|&i| !vague(i) && scores[i] >= EVENT - 0.4)).unwrap_or(best),
        Value::Unsettled if weekday(best).is_some() => (0..found.len()).find(|&i| named(i)).unwrap_or(best),
        _ => best,
    };
    if scores[best] < EVENT - 0.4 || scores[best] < EVENT && !scores.iter().any(|&score| score >= EVENT) {
        return;
    }
    let main = found[best].value;
    let main_cues = cues_around(text, &found[best]);
    let (main_tense, main_from) = (found[best].tense, found[best].expression.bound == Some(Bound::From));
    let sentence = i64::from(text.tokens[found[best].expression.first].sentence);
    let short = main.days().is_some_and(|(a, b)| (b - a).get_days() <= 60);
    let twins: Vec<usize> =
        (0..found.len()).filter(|&i| found[i].value == Value::Unsettled && weekday(i).is_some() && weekday(i) == weekday(best)).collect();
    for (i, f) in found.iter_mut().enumerate() {
        if f.furniture || f.role == DateRole::Published || scores[i] <= -9.0 {
            continue;
        }
        let same = i == best
            || scores[i] >= EVENT && twins.contains(&i)
            || f.value == main && main != Value::Unsettled && scores[i] > -2.0
            || short && within(f.value, main) && scores[i] > 0.0
            || within(main, f.value)
                && f.value.is_daily()
                && scores[i] > 0.0
                && f.value.days().is_some_and(|(a, b)| (b - a).get_days() <= 60);
        let around = cues_around(text, f);
        let near = (i64::from(text.tokens[f.expression.first].sentence) - sentence).abs() <= 2;
        // the day of the release behind the event's is no second day of it
        let told = release.is_some() && f.value.as_day() == release && main.as_day() < release;
        let next = follows(main, f.value)
            && !told
            && f.expression.shape.is_day()
            && scores[i] >= EVENT - 0.4
            && !around.has(Cue::Reports)
            && (f.tense == main_tense || f.tense == Tense::Unknown || main_tense == Tense::Unknown);
        // "opened on Monday … closed today"; "opened today and lasts until Friday"
        let opening = main_cues.has(Cue::Ends)
            && (around.has(Cue::Starts) || near && f.expression.bound == Some(Bound::From))
            && days_between(f.value, main).is_some_and(|n| (1..=14).contains(&n));
        let closing = (main_cues.has(Cue::Starts) || main_from)
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
        (Value::Yearless(_) | Value::YearlessRange(..), Shape::Day { .. } | Shape::Shift { .. }) => 0.4,
        (Value::Unsettled, Shape::Weekday { .. } | Shape::Shift { unit: Unit::Day, .. }) => 0.4,
        (Value::Unsettled, Shape::Shift { unit: Unit::Week, .. }) => 0.0,
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
    if reported(text, r, e) || closes_period(text, r, e.first) {
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
    // "from 5 May on the fund will begin to …" says when it begins
    let begins = e.bound == Some(Bound::From) && around.has(Cue::Starts);
    if e.bound.is_some() && !relative && !begins {
        score -= 1.5;
    }
    if e.part.is_some() {
        score -= 0.5;
    }
    score
}

/// "the three months ended 30 June", "the year ending 31 March": the last day of what a report is of.
fn closes_period(text: &Text, r: &Reader, first: usize) -> bool {
    let ended = first.checked_sub(1 + usize::from(r.is(first.wrapping_sub(1), Class::On)));
    let Some(at) = ended.filter(|&at| at >= 2 && matches!(text.fold(at), "ended" | "ending")) else { return false };
    let clause = matches!(text.fold(at - 1), "that" | "which");
    // not "the second day ended on 5 May"
    let period = r.unit(at - 1 - usize::from(clause));
    matches!(period, Some(Unit::Week | Unit::Month | Unit::Quarter | Unit::Half | Unit::Year))
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

/// "a three-day workshop ended yesterday": the length and the end that the sentence names; the
/// length may open the next one: "A workshop began today. The three-day event …".
fn with_length(text: &Text, mention: &Mention, day: Date) -> Option<(Value, Span)> {
    let at = text.token_at(mention.span.start);
    let number = text.tokens.get(at)?.sentence as usize;
    let sentence = text.sentences.get(number)?;
    let (first, end) = (at.saturating_sub(30).max(sentence.tokens.0 as usize), (at + 30).min(sentence.tokens.1 as usize));
    let next = || {
        let start = text.sentences.get(number + 1)?.tokens.0 as usize;
        length(text, start..(start + 5).min(text.tokens.len()))
    };
    let (length, words) = length(text, first..end).or_else(next)?;
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

#[cfg(test)]
mod tests {
    use crate::Record;

    fn facts(text: &str) -> (Option<String>, Option<String>) {
        let record = Record::of(text);
        (record.published, record.event)
    }

    #[test]
    fn the_end_of_a_period_is_no_event() {
        let (_, event) = facts("OSH, 5 July 2019 – The bakery reports results for the three months that ended 30 June 2019.");
        assert_eq!(event, None);
        let (_, event) = facts("OSH, 5 July 2019 – The fair of bakers ended on 4 July 2019 with a concert.");
        assert_eq!(event.as_deref(), Some("2019-07-04"));
    }

    #[test]
    fn a_length_and_one_end_give_the_days() {
        let (published, event) =
            facts("OSH, 17 May 2019 – A three-day workshop for young beekeepers ended here yesterday, its organizers said.");
        assert_eq!(published.as_deref(), Some("2019-05-17"));
        assert_eq!(event.as_deref(), Some("2019-05-14/2019-05-16"));
        let (_, event) =
            facts("OSH, 17 May 2019 – A workshop for young beekeepers began here today. The three-day event is held by their union.");
        assert_eq!(event.as_deref(), Some("2019-05-17/2019-05-19"));
        let (_, event) = facts("Ош, 17 мая 2019 г. – Четырехдневный тренинг для пчеловодов стартует в понедельник в селе Папан.");
        assert_eq!(event.as_deref(), Some("2019-05-20/2019-05-23"));
    }

    #[test]
    fn opening_and_close_are_one_event() {
        let (_, event) = facts("Хива, 21 марта 2018 года. – Второй день идёт фестиваль кукол. Открылся он вчера, закроется завтра.");
        assert_eq!(event.as_deref(), Some("2018-03-20/2018-03-22"));
    }

    #[test]
    fn what_goes_on_has_no_day() {
        let (_, event) = facts("Baku, 5 May 2018 – The fund has worked in the country since 2011 and helps 40 villages.");
        assert_eq!(event, None);
    }
}
