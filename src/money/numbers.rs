//! Numbers as amounts are written: grouped digits, decimals, words and multipliers.
//!
//! `1 000 000`, `3'860'000`, `3,5 млн`, `111 тысяч 726`, `two hundred and fifty thousand`. A comma
//! or point before three digits groups thousands, unless a multiplier follows and the language
//! writes its decimals that way: `22,248 млн` is 22.248 million, `95,683 million` is not.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::table;
use crate::text::{Kind, Phrases, Script, Text};

/// What a word does to a number.
#[derive(Clone, Copy, Debug, Default)]
struct Word {
    number: Option<f64>,
    multiplier: Option<f64>,
    /// An amount without a number before it: «миллион рублей».
    alone: Option<f64>,
    dot: Dot,
    /// A letter or two: `m`, `bn`.
    brief: bool,
}

/// Whether a dot after the word is its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Dot {
    #[default]
    None,
    Own,
    Shared,
}

static WORDS: LazyLock<Phrases<Word>> = LazyLock::new(|| {
    let mut words: Phrases<Word> = Phrases::default();
    for [value, kind, forms] in table::rows(include_str!("../../data/money/numbers.tsv")) {
        let Ok(value) = value.parse::<f64>() else { continue };
        for form in table::values(forms) {
            let word = words.entry(form).get_or_insert_with(Word::default);
            match kind {
                "number" => word.number = Some(value),
                "alone" => word.alone = Some(value),
                _ => {
                    word.multiplier = Some(value);
                    word.brief = form.chars().count() < 3;
                    word.dot = match kind {
                        "abbreviation" => Dot::Own,
                        "short" => Dot::Shared,
                        _ => Dot::None,
                    };
                }
            }
        }
    }
    words
});

/// A number in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quantity {
    /// Its value, multiplied.
    pub value: f64,
    /// The number before its multiplier.
    pub bare: f64,
    /// What it is multiplied with; 1 when nothing.
    pub multiplier: f64,
    /// One past its last token.
    pub end: usize,
    /// One past its last token when nothing of the amount follows: without a dot that may end the sentence.
    pub end_alone: usize,
    /// Whether its thousands are grouped.
    pub grouped: bool,
    /// Whether it is written in words alone.
    pub words: bool,
}

/// Digits at `at`, with grouped thousands and decimals.
struct Digits {
    value: f64,
    /// The value when its only separator is a decimal one.
    decimal: Option<f64>,
    end: usize,
    grouped: bool,
}

/// Whether token `at` stands right behind the one before it.
fn tight(text: &Text, at: usize) -> bool {
    text.tokens.get(at).is_some_and(|t| !t.spaced)
}

fn is_number(text: &Text, at: usize) -> bool {
    text.tokens.get(at).is_some_and(|t| t.kind == Kind::Number)
}

fn digits(text: &Text, at: usize) -> Option<Digits> {
    if !is_number(text, at) {
        return None;
    }
    let first = text.fold(at);
    if first.len() > 15 {
        return None;
    }
    let mut whole = Cow::Borrowed(first);
    let mut end = at + 1;
    let mut groups = 0;
    let mut separator = "";
    if first.len() <= 3 && first != "0" {
        loop {
            let next = text.fold(end);
            let (separated, group) = match next {
                "," | "." | "'" | "`" if tight(text, end) && tight(text, end + 1) => (next, end + 1),
                _ if is_number(text, end) && !tight(text, end) && text.same_line(end - 1, end) => (" ", end),
                _ => break,
            };
            // «17 500» is one number, «в 2015 500» is not: a group has three digits, and the number keeps one separator
            if !is_number(text, group) || text.fold(group).len() != 3 || (groups > 0 && separated != separator) || groups > 4 {
                break;
            }
            separator = separated;
            whole.to_mut().push_str(text.fold(group));
            end = group + 1;
            groups += 1;
        }
    }
    let mut value: f64 = whole.parse().ok()?;
    let mut decimal = None;
    if groups == 1 && matches!(separator, "," | ".") {
        decimal = format!("{first}.{}", text.fold(end - 1)).parse().ok();
    }
    // decimals after all: a separator not used for the thousands
    if matches!(text.fold(end), "," | ".") && tight(text, end) && tight(text, end + 1) && is_number(text, end + 1) {
        let part = text.fold(end + 1);
        let other = groups == 0 || text.fold(end) != separator;
        if other
            && part.len() <= 6
            && !(text.fold(end + 2) == "." && tight(text, end + 2) && tight(text, end + 3) && is_number(text, end + 3))
        {
            value = format!("{whole}.{part}").parse().ok()?;
            decimal = None;
            end += 2;
        }
    }
    Some(Digits { value, decimal, end, grouped: groups > 0 })
}

/// The word of numbers at `at`, and one past it.
fn word(text: &Text, at: usize) -> Option<(usize, Word)> {
    let token = text.tokens.get(at)?;
    (token.kind == Kind::Word).then(|| WORDS.longest(text, at).map(|(end, &word)| (end, word)))?
}

/// Reads a number that starts at token `at`; `decimal_comma` says how the language writes decimals.
pub(super) fn quantity(text: &Text, at: usize, decimal_comma: bool) -> Option<Quantity> {
    let mut found: Option<Quantity> = None;
    let (mut total, mut next) = (0.0, at);
    while let Some((bare, multiplied, part)) = part(text, next, decimal_comma, found.is_none()) {
        if let Some(before) = found {
            // «111 тысяч 726»: each part is smaller than the multiplier before it
            if part.value >= before.multiplier || before.multiplier < 1000.0 {
                break;
            }
            // a number behind a multiplier belongs to it only as full hundreds or with a multiplier of its own
            if multiplied <= 1.0 && (before.multiplier != 1000.0 || part.value < 100.0) && !part.words {
                break;
            }
        }
        total += part.value;
        let first = found.map_or(bare, |f| f.bare);
        let grouped = part.grouped || found.is_some_and(|f| f.grouped);
        let words = part.words && found.is_none_or(|f| f.words);
        found = Some(Quantity { value: total, bare: first, multiplier: multiplied, grouped, words, ..part });
        if multiplied <= 1.0 {
            break;
        }
        next = part.end;
    }
    found
}

/// One number with its multiplier: the bare number, the multiplier, the whole.
fn part(text: &Text, at: usize, decimal_comma: bool, first: bool) -> Option<(f64, f64, Quantity)> {
    if let Some(digits) = digits(text, at) {
        let (multiplier, end, end_alone) = multipliers(text, digits.end);
        let bare = match digits.decimal {
            Some(decimal) if multiplier > 1.0 && (decimal_comma || text.fold(at + 1) == ".") => decimal,
            _ => digits.value,
        };
        let whole = Quantity { value: bare * multiplier, bare, multiplier, end, end_alone, grouped: digits.grouped, words: false };
        return Some((bare, multiplier, whole));
    }
    let (mut end, word_here) = word(text, at)?;
    if let Some(value) = word_here.alone.filter(|_| first && lone(text, at, word_here.multiplier.is_some())) {
        let whole = Quantity { value, bare: value, multiplier: value, end, end_alone: end, grouped: false, words: true };
        return Some((value, value, whole));
    }
    let mut bare = word_here.number?;
    loop {
        let mut next = end;
        if matches!(text.fold(next), "-" | "and") {
            next += 1;
        }
        let Some((after, more)) = word(text, next) else { break };
        match (more.number, more.multiplier) {
            (Some(n), _) if n >= 1.0 && n < lowest_power(bare) => bare += n,
            (_, Some(m)) if m == 100.0 && bare < 100.0 => bare *= 100.0,
            _ => break,
        }
        end = after;
    }
    if let Some(after) = HALVES.iter().find_map(|half| follows(text, end, half)) {
        (bare, end) = (bare + 0.5, after);
    }
    let (multiplier, end, end_alone) = multipliers(text, end);
    Some((bare, multiplier, Quantity { value: bare * multiplier, bare, multiplier, end, end_alone, grouped: false, words: true }))
}

/// "two and a half million", «три с половиной миллиона»
const HALVES: [&[&str]; 2] = [&["and", "a", "half"], &["с", "половиной"]];

/// One past `words` when they stand at `at`.
fn follows(text: &Text, at: usize, words: &[&str]) -> Option<usize> {
    words.iter().enumerate().all(|(i, word)| text.fold(at + i) == *word).then_some(at + words.len())
}

/// Whether a multiplier at `at` is an amount by itself: "a million dollars" is, "several million" and "multi-million" are not.
fn lone(text: &Text, at: usize, multiplier: bool) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    match text.tokens[at].script {
        Script::Latin => !multiplier || text.fold(before) == "a",
        _ => !matches!(text.fold(before), "половиной" | "-" | "сотен" | "сотни" | "сто" | "пару"),
    }
}

/// The largest power of ten that divides `n`: what may still be added in words.
fn lowest_power(n: f64) -> f64 {
    [100.0, 10.0].into_iter().find(|p| n % p == 0.0).unwrap_or(1.0)
}

/// The multipliers at `at`: their product, one past them, and the same without a shared dot.
fn multipliers(text: &Text, at: usize) -> (f64, usize, usize) {
    let (mut product, mut end, mut end_alone) = (1.0, at, at);
    loop {
        let mut next = end;
        if text.fold(next) == "-" && tight(text, next) && tight(text, next + 1) {
            next += 1;
        }
        let Some((after, Word { multiplier: Some(multiplier), dot, brief, .. })) = word(text, next) else { break };
        if !text.same_line(next - 1, next) || (product > 1.0 && (brief || multiplier < 1000.0)) {
            break;
        }
        product *= multiplier;
        (end, end_alone) = (after, after);
        if dot != Dot::None && text.fold(after) == "." && tight(text, after) {
            end = after + 1;
            if dot == Dot::Own || continues(text, end) {
                end_alone = end;
            }
        }
    }
    (product, end, end_alone)
}

/// Whether the sentence goes on at token `at`: a dot before it was an abbreviation's.
fn continues(text: &Text, at: usize) -> bool {
    text.same_line(at.saturating_sub(1), at) && text.tokens.get(at).is_some_and(|t| !t.is_capital() && text.fold(at) != "\"")
}

/// Whether a number in words may begin with the word of this hash.
pub(super) fn may_begin(hash: u64) -> bool {
    WORDS.may_begin(hash)
}

/// Whether a number may start at this token.
pub(super) fn starts(text: &Text, at: usize) -> bool {
    text.tokens.get(at).is_some_and(|t| match t.kind {
        Kind::Number => true,
        Kind::Word => WORDS.longest(text, at).is_some_and(|(_, w)| w.number.is_some() || w.alone.is_some()),
        Kind::Mark => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, comma: bool) -> f64 {
        quantity(&Text::new(text), 0, comma).map_or(0.0, |q| q.value)
    }

    #[test]
    fn digits_group_by_every_usual_sign() {
        for text in ["1,234,567", "1 234 567", "1\u{a0}234\u{a0}567", "1.234.567", "1'234'567", "1’234’567"] {
            assert_eq!(value(text, false), 1_234_567.0, "{text}");
        }
        assert_eq!(value("1,234.50", false), 1234.5);
        assert_eq!(value("1.234,50", true), 1234.5);
        assert_eq!(value("17 500", true), 17_500.0);
        assert_eq!(value("2015 500", true), 2015.0);
    }

    #[test]
    fn a_separator_before_three_digits_is_read_with_its_multiplier() {
        assert_eq!(value("22,248 млн", true), 22_248_000.0);
        assert_eq!(value("95,683 million", false), 95_683_000_000.0);
        assert_eq!(value("28.845 million", false), 28_845_000.0);
        assert_eq!(value("90,347", true), 90_347.0);
        assert_eq!(value("650.000", false), 650_000.0);
        assert_eq!(value("3,5 million", false), 3_500_000.0);
    }

    #[test]
    fn words_and_parts_add_up() {
        assert_eq!(value("two hundred and fifty thousand", false), 250_000.0);
        assert_eq!(value("forty-five million", false), 45_000_000.0);
        assert_eq!(value("триста двадцать пять тысяч", true), 325_000.0);
        assert_eq!(value("полтора миллиона", true), 1_500_000.0);
        assert_eq!(value("111 тысяч 726", true), 111_726.0);
        assert_eq!(value("1 млн 200 тыс.", true), 1_200_000.0);
        assert_eq!(value("20 млн 2015", true), 20_000_000.0);
        assert_eq!(value("пять тысяч сто", true), 5100.0);
        assert_eq!(value("три с половиной миллиона", true), 3_500_000.0);
    }
}
