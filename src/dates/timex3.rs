//! Dates marked as TimeML marks them, for comparison with taggers and corpora of that school.
//!
//! The contract's marks and TIMEX3 tags differ in two ways, and only these are changed here: the
//! words that narrow an expression belong to its extent ("the end of 1944", «начале июня», "the
//! night of 18 April"), the article too; and the two ends of a range are two expressions ("from
//! 1914 to 1918"). Values keep the contract's form. Durations and times of day, which TIMEX3 tags
//! as well, are not looked for.
//!
//! R. Saurí et al., TimeML Annotation Guidelines 1.2.1 (2006), 2.2; L. Ferro et al., TIDES 2005
//! Standard for the Annotation of Temporal Expressions, on full extents and on ranges.

use crate::mention::{DateFact, Fact, Mention};
use crate::page::Page;
use crate::span::Span;
use crate::text::Text;

use super::value::Value;
use super::words::{self, Class, Unit, Word};

/// The dates of a document with their marks rewritten.
#[must_use]
pub fn marks(page: &Page, mentions: &[Mention]) -> Vec<Mention> {
    let text = &page.text;
    let mut dates: Vec<Mention> = mentions.iter().filter(|m| matches!(m.fact, Fact::Date(_))).cloned().collect();
    let mut lasts = Vec::new();
    for mention in &mut dates {
        let Fact::Date(date) = &mut mention.fact else { continue };
        let last = last_of_range(mention.span, date);
        let start = |token: usize, or: u32| text.tokens.get(token).map_or(or, |token| token.span.start.min(or));
        mention.span.start = start(full_extent(text, mention.span, date), mention.span.start);
        if let Some((left, right, last)) = last {
            let mut other = mention.clone();
            (mention.span.end, other.span) = (left, right);
            other.span.start = start(article(text, text.token_at(right.start)), right.start);
            if let Fact::Date(date) = &mut other.fact {
                *date = last;
            }
            lasts.push(other);
        }
    }
    dates.extend(lasts);
    dates
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

/// The first token of an expression with the words before it that narrow it.
fn full_extent(text: &Text, span: Span, date: &DateFact) -> usize {
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
    use crate::{Document, Extractor, Settings};

    fn marks(text: &str) -> Vec<String> {
        let settings = Settings { timex3: true, ..Settings::default() };
        let record = Extractor::new(settings).extract(&Document::new("a", text));
        let dates = record.mentions.iter().filter(|m| m.kind == "date");
        dates.map(|m| format!("{}={}", m.text, m.value.as_deref().unwrap_or_default())).collect()
    }

    #[test]
    fn extents_are_full_and_ranges_are_two() {
        assert_eq!(marks("It was built from 1914 to 1918."), ["1914=1914", "1918=1918"]);
        assert_eq!(marks("It was closed at the end of 1944."), ["the end of 1944=1944"]);
        assert_eq!(marks("They came on the night of April 18, 2015."), ["the night of April 18, 2015=2015-04-18"]);
        assert_eq!(marks("В начале июня 2019 года прошел форум."), ["начале июня 2019 года=2019-06"]);
        assert_eq!(marks("С 27-30 марта 2019 г. они учились."), ["27=2019-03-27", "30 марта 2019 г.=2019-03-30"]);
        assert_eq!(marks("It was on 5 May 2020."), ["5 May 2020=2020-05-05"]);
    }
}
