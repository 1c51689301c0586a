//! The bounds of dates by another convention.
//!
//! TIMEX2 and TIMEX3 hold the words that narrow or weigh an expression ("the end of 1944", «начале
//! июня», "the night of 18 April", "about two years ago"), the article too, and make the two ends
//! of a range two expressions ("from 1914 to 1918").

use crate::mention::{DateFact, Fact, Mention, Rule};
use crate::span::Span;
use crate::text::{Kind, Text};

use super::super::words::{self, Class, Unit, Word};
use super::lengths::{Cue, cue, cue_before};
use super::{Convention, Way};
use crate::mention::value::Value;

/// Makes two marks of the ends of each range.
pub(super) fn part(text: &Text, dates: &mut Vec<Mention>) {
    let mut lasts = Vec::new();
    for mention in &mut *dates {
        let Fact::Date(date) = &mut mention.fact else { continue };
        if let Some((left, right, last)) = last_of_range(mention.span, date) {
            let mut other = mention.clone();
            (mention.span.end, other.span) = (left, right);
            other.span.start = start(text, article(text, text.token_at(right.start)), right.start);
            if let Fact::Date(date) = &mut other.fact {
                *date = last;
            }
            lasts.push(other);
        }
    }
    dates.extend(lasts);
}

fn start(text: &Text, token: usize, or: u32) -> u32 {
    text.tokens.get(token).map_or(or, |token| token.span.start.min(or))
}

/// Draws the bounds.
pub(super) fn draw(text: &Text, dates: &mut Vec<Mention>, convention: Convention) {
    for mention in &mut *dates {
        let Fact::Date(date) = &mention.fact else { continue };
        if convention.has(Way::Extents) {
            mention.span.start = start(text, full_extent(text, mention.span, date, counts(mention)), mention.span.start);
        }
        if convention.has(Way::NoStop) {
            without_stop(text, &mut mention.span);
        }
    }
    if convention.has(Way::Retold) {
        dates.sort_by_key(|m| m.span.start);
        dates.dedup_by(|last, first| {
            if !is_retold(text, first, last) {
                return false;
            }
            std::mem::swap(first, last);
            let (kept, gone) = (first, last);
            // the plainer of the two tells the value
            if kept.rule.printed().starts_with("relative/") {
                std::mem::swap(&mut kept.fact, &mut gone.fact);
                std::mem::swap(&mut kept.rule, &mut gone.rule);
            }
            kept.span.start = gone.span.start;
            true
        });
    }
}

/// Leaves out the full stop of a year's «г.» or «гг.» at the end.
fn without_stop(text: &Text, span: &mut Span) {
    let last = text.tokens_in(*span).next_back();
    let stop = last.filter(|&at| text.str(at) == "." && is(text, at.checked_sub(1), Class::YearMark));
    if let Some(at) = stop {
        span.end = text.tokens[at].span.start;
    }
}

/// Whether a date counts from a day and does not name one.
fn counts(mention: &Mention) -> bool {
    matches!(mention.rule, Rule::Grammar("relative" | "weekday", _))
}

/// «вчера, 9 мая», "on Tuesday – 5 May": one that counts from a day and one that names it, side by
/// side, of the same days.
fn is_retold(text: &Text, a: &Mention, b: &Mention) -> bool {
    let (Fact::Date(first), Fact::Date(last)) = (&a.fact, &b.fact) else { return false };
    if counts(a) == counts(b) || a.span.end > b.span.start {
        return false;
    }
    let (from, to) = (text.tokens_in(a.span).end, text.token_at(b.span.start));
    let joined = match to.checked_sub(from) {
        Some(0) => true,
        Some(n @ 1..=2) => {
            matches!(text.str(from), "," | "-" | "–" | "—" | "(") && (n == 1 || ["in", "on", "в", "во"].contains(&text.fold(from + 1)))
        }
        _ => false,
    };
    let same = match (first.value.days(), last.value.days()) {
        (Some(a), Some(b)) => a.0 <= b.1 && b.0 <= a.1,
        _ => first.value.is_unsettled() || last.value.is_unsettled(),
    };
    joined && same && text.same_line(from.saturating_sub(1), to)
}

/// Takes the last part out of a range: the end of what is left, the span of the last part and what it says.
fn last_of_range(span: Span, date: &mut DateFact) -> Option<(u32, Span, DateFact)> {
    let (left, right) = date.parts.take().filter(|&(left, right)| span.start < left && left <= right && right < span.end)?;
    let (first, last) = match date.value {
        Value::Range(first, last) => (Value::Point(first), Value::Point(last)),
        Value::YearlessRange(first, last) => (Value::Yearless(first), Value::Yearless(last)),
        _ => return None,
    };
    date.value = first;
    date.alternative = None;
    let other = DateFact { value: last, ..date.clone() };
    Some((left, Span { start: right, end: span.end }, other))
}

fn word(text: &Text, i: usize) -> Option<Word> {
    words::word(text.tokens.get(i)?.hash)
}

fn is(text: &Text, i: Option<usize>, class: Class) -> bool {
    i.and_then(|i| word(text, i)).is_some_and(|word| word.class == class)
}

/// The article before token `first`, or `first`.
fn article(text: &Text, first: usize) -> usize {
    first.checked_sub(1).filter(|&the| is(text, Some(the), Class::The) && text.same_line(the, first)).unwrap_or(first)
}

/// The first token of an expression with the words before it that narrow or weigh it.
fn full_extent(text: &Text, span: Span, date: &DateFact, relative: bool) -> usize {
    let first = text.token_at(span.start);
    let at = narrowed(text, span, date);
    // «в течение 2017 года», «в период с 2003 по 2011 год»
    let over = at.checked_sub(1).filter(|&over| cue(text, over, Cue::Over).is_some() && text.same_line(over, at));
    let period = at.checked_sub(2).filter(|&over| cue(text, over, Cue::Period).is_some() && is(text, Some(over + 1), Class::From));
    // "about two years ago", «примерно в 2015 году» without the preposition
    let counts = words::word(text.tokens.get(first).map_or(0, |t| t.hash)).is_some_and(|word| word.class == Class::Cardinal)
        || text.tokens.get(first).is_some_and(|t| t.kind == Kind::Number) && relative;
    let weighed = || {
        let about = cue_before(text, at, Cue::About)?;
        (counts || cue(text, about, Cue::About).is_some_and(|(_, weight)| weight == 1)).then(|| article(text, about))
    };
    over.or(period).or_else(weighed).unwrap_or(at)
}

/// The first token of an expression with the words before it that narrow it.
fn narrowed(text: &Text, span: Span, date: &DateFact) -> usize {
    let first = text.token_at(span.start);
    let before = |back: usize| first.checked_sub(back).filter(|&at| text.same_line(at, first));
    // "the end of 1944", "early in 1862", "the morning of 19 April"
    let linked = (1..=3).take_while(|&back| [Class::Of, Class::In, Class::The].into_iter().any(|class| is(text, before(back), class)));
    let gap = linked.count();
    let narrows = |class: Class| match class {
        Class::PartOf => date.part.is_some(),
        Class::Part | Class::Later => gap > 0,
        Class::DayPart => gap > 0 && is(text, before(1), Class::Of) || is(text, before(2), Class::Of),
        _ => false,
    };
    if let Some(at) = before(gap + 1)
        && let Some(word) = word(text, at)
    {
        if narrows(word.class) {
            return article(text, at);
        }
        // «второй половине мая», «первой декаде июня»
        let third = word.class == Class::TenDays || word.class == Class::Unit && Unit::new(word.value) == Unit::Half;
        if third && gap == 0 && is(text, at.checked_sub(1), Class::Ordinal) {
            return at - 1;
        }
    }
    article(text, first)
}

#[cfg(test)]
mod tests {
    use super::super::Way;
    use super::super::tests::marks;

    #[test]
    fn extents_are_full_and_ranges_are_two() {
        let marks = |text| marks(text, &[Way::Extents, Way::Ends]);
        assert_eq!(marks("It was built from 1914 to 1918."), ["1914=1914", "1918=1918"]);
        assert_eq!(marks("It was closed at the end of 1944."), ["the end of 1944=1944"]);
        assert_eq!(marks("They came on the night of April 18, 2015."), ["the night of April 18, 2015=2015-04-18"]);
        assert_eq!(marks("В начале июня 2019 года прошел форум."), ["начале июня 2019 года=2019-06"]);
        assert_eq!(marks("С 27-30 марта 2019 г. они учились."), ["27=2019-03-27", "30 марта 2019 г.=2019-03-30"]);
        assert_eq!(marks("It was on 5 May 2020."), ["5 May 2020=2020-05-05"]);
        assert_eq!(marks("They met about two years ago."), ["about two years ago=2017"]);
        assert_eq!(marks("Они виделись почти два года назад."), ["почти два года назад=2017"]);
        assert_eq!(marks("В течение 2018 года строили школу."), ["течение 2018 года=2018"]);
    }

    #[test]
    fn a_day_said_twice_is_one_mark() {
        let marks = |text| marks(text, &[Way::Retold]);
        assert_eq!(marks("Он уехал вчера, 14 мая 2019 года, в Ош."), ["вчера, 14 мая 2019 года=2019-05-14"]);
        assert_eq!(marks("Они виделись две недели назад, 30 апреля."), ["две недели назад=2019-05-01", "30 апреля=2019-04-30"]);
        assert_eq!(marks("They met on Tuesday, and on 14 May they left."), ["Tuesday=2019-05-14", "14 May=2019-05-14"]);
    }

    #[test]
    fn the_stop_of_a_year_stays_outside() {
        assert_eq!(marks("Он родился 5 мая 1961 г. в Оше.", &[Way::NoStop]), ["5 мая 1961 г=1961-05-05"]);
        assert_eq!(marks("They met on 5 Feb. in Osh.", &[Way::NoStop]), ["5 Feb.=2019-02-05"]);
    }
}
