//! Amounts of money with their currency.
//!
//! An amount is a number beside a currency: `US$450m`, `3,5 млн долларов США`, `20 тыс. сомов`,
//! `1 000 000 (один миллион) рублей`. The mention runs from the first to the last of these words;
//! "up to", «более» and the like stay outside and are kept as its `bound`. A range with one
//! currency (`$10-15 million`, «от 3 до 5 тыс. рублей») is one mention with both ends.
//!
//! Limits: vague amounts ("millions of dollars") and adjectives («100-долларовый») are left out.

mod currencies;
mod numbers;

use std::sync::LazyLock;

use crate::language::Language;
use crate::mention::{Fact, Mention, MoneyFact, Rule};
use crate::page::Page;
use crate::table;
use crate::text::{Facts, Kind, Phrases, Text, facts};

use currencies::{Clues, Size};
use numbers::Quantity;

/// Words before an amount that open it on one side, with what they say.
static BOUNDS: LazyLock<Phrases<&'static str>> = LazyLock::new(|| {
    let mut bounds = Phrases::default();
    for [bound, english, russian] in table::rows(include_str!("../../data/money/bounds.tsv")) {
        for words in table::values(english).chain(table::values(russian)) {
            bounds.insert(words, bound);
        }
    }
    bounds
});

/// The number that starts at token `at`, in digits or words, with its multiplier, and one past its last
/// token; `decimal_comma` says how the language writes decimals.
pub(crate) fn number(text: &Text, at: usize, decimal_comma: bool) -> Option<(f64, usize)> {
    numbers::quantity(text, at, decimal_comma).map(|number| (number.value, number.end_alone.max(at + 1)))
}

/// What the tables of money say of a word.
pub(crate) fn facts(hash: u64, _: &str) -> u64 {
    if currencies::may_begin(hash) || numbers::may_begin(hash) { facts::MONEY } else { 0 }
}

/// Finds amounts of money.
#[must_use]
pub fn find(page: &Page) -> Vec<Mention> {
    let text = &page.text;
    let mut finder = Finder { text, page, clues: Clues::default() };
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() {
        match text.may_be(at, facts::MONEY | Facts::NUMBER).then(|| finder.amount(at)).flatten() {
            Some((mention, end)) => {
                mentions.push(mention);
                at = end;
            }
            None => at += 1,
        }
    }
    mentions
}

struct Finder<'p, 'a> {
    text: &'p Text<'a>,
    page: &'p Page<'a>,
    clues: Clues,
}

impl Finder<'_, '_> {
    /// The amount that starts at token `at`, and one past its last token.
    fn amount(&mut self, at: usize) -> Option<(Mention, usize)> {
        let comma = self.page.language_of(at) == Language::Russian;
        if let Some(sign) = currencies::before(self.text, at)
            && self.text.same_line(at, sign.at)
            && numbers::starts(self.text, sign.at)
            && let Some(found) = self.signed(at, sign, comma)
        {
            return Some(found);
        }
        if numbers::starts(self.text, at) && !self.inside_number(at) { self.named(at, comma) } else { None }
    }

    /// Whether token `at` continues a number or a code: `2,5`, `A-12`.
    fn inside_number(&self, at: usize) -> bool {
        let text = self.text;
        let tight = |i: usize| !text.tokens[i].spaced;
        at > 0 && tight(at) && text.tokens[at].kind == Kind::Number && {
            let before = text.fold(at - 1);
            (matches!(before, "." | ",") && at > 1 && tight(at - 1) && text.tokens[at - 2].kind == Kind::Number)
                || text.tokens[at - 1].kind == Kind::Word
        }
    }

    /// `US$ 5 million`, `EUR 650.000`, `$10-15 million`.
    fn signed(&mut self, at: usize, sign: currencies::Found, comma: bool) -> Option<(Mention, usize)> {
        let text = self.text;
        let low = numbers::quantity(text, sign.at, comma)?;
        if low.words && low.multiplier <= 1.0 {
            return None; // "Euro one"
        }
        let mut high = None;
        if let Some(next) = self.range_sign(low.end_alone, at) {
            let again = currencies::before(text, next).filter(|s| numbers::starts(text, s.at));
            let from = again.map_or(next, |s| s.at);
            high = numbers::quantity(text, from, comma).filter(|h| {
                text.same_line(at, next)
                    && makes_range(&low, h)
                    && (again.is_some() || low.multiplier <= 1.0 && h.multiplier > 1.0 || self.dash(low.end_alone))
            });
        }
        let last = high.unwrap_or(low);
        let mut end = last.end_alone;
        let code = self.clues.code(text, sign, size(&last))?;
        // "$27 million USD"
        for behind in [last.end, last.end_alone] {
            let more = currencies::after(text, behind);
            if let Some(more) = more.filter(|m| m.at > behind)
                && self.clues.code(text, more, size(&last)) == Some(code)
            {
                end = more.at;
                break;
            }
        }
        Some((self.mention(at, end, code, low, high, "sign before"), end))
    }

    /// `5 million euros`, «от 3 до 5 тыс. рублей», `1 000 000 (один миллион) рублей`.
    fn named(&mut self, at: usize, comma: bool) -> Option<(Mention, usize)> {
        let text = self.text;
        let low = numbers::quantity(text, at, comma)?;
        let mut high = None;
        let mut behind = self.spelled(&low, comma);
        let mut currency = currencies::after(text, behind);
        if currency.is_none() {
            let next = self.range_sign(low.end_alone, at)?;
            let upper = numbers::quantity(text, next, comma).filter(|h| text.same_line(at, next) && makes_range(&low, h))?;
            behind = self.spelled(&upper, comma);
            currency = currencies::after(text, behind);
            high = Some(upper);
        }
        let currency = currency?;
        let code = self.clues.code(text, currency, size(&high.unwrap_or(low)))?;
        Some((self.mention(at, currency.at, code, low, high, "name after"), currency.at))
    }

    /// One past a number spelled out in brackets behind the number: `1 000 000 (один миллион)`.
    fn spelled(&self, number: &Quantity, comma: bool) -> usize {
        let text = self.text;
        if text.fold(number.end) != "(" {
            return number.end;
        }
        let words = numbers::quantity(text, number.end + 1, comma).filter(|q| q.words && text.fold(q.end) == ")");
        words.map_or(number.end, |q| q.end + 1)
    }

    fn dash(&self, at: usize) -> bool {
        matches!(self.text.fold(at), "-")
    }

    /// One past the sign of a range that stands at `at`, for an amount that starts at `start`.
    fn range_sign(&self, at: usize, start: usize) -> Option<usize> {
        let text = self.text;
        let opened = |words: &[&str]| start > 0 && words.contains(&text.fold(start - 1));
        match text.fold(at) {
            "-" | "to" | "до" => Some(at + 1),
            "and" if opened(&["between"]) => Some(at + 1),
            "и" if opened(&["между"]) => Some(at + 1),
            _ => None,
        }
    }

    fn mention(&self, first: usize, end: usize, code: &'static str, low: Quantity, high: Option<Quantity>, rule: &'static str) -> Mention {
        let span = self.text.span(first, end - 1);
        let bound = self.bound(first, high.is_some());
        let amount = match high {
            // «от 3 до 5 тысяч»: the multiplier is said once
            Some(high) if low.multiplier <= 1.0 && low.bare <= high.bare => low.value * high.multiplier,
            _ => low.value,
        };
        let fact = MoneyFact { currency: code, amount: cents(amount), upper: high.map(|h| cents(h.value)), bound };
        Mention::new(span, Fact::Money(fact), Rule::Grammar("money", rule), 0.97)
    }

    /// What the words before an amount say about it.
    fn bound(&self, first: usize, range: bool) -> Option<&'static str> {
        if range {
            return None;
        }
        let line = self.text.tokens[first].line;
        (1..=4)
            .rev()
            .filter_map(|n| first.checked_sub(n))
            .filter(|&from| self.text.tokens[from].line == line)
            .find_map(|from| BOUNDS.longest(self.text, from).filter(|(end, _)| *end == first).map(|(_, bound)| *bound))
    }
}

fn size(quantity: &Quantity) -> Size {
    Size { value: quantity.value, large: quantity.multiplier > 1.0 || quantity.grouped }
}

/// Whether two numbers are the ends of one range, and not a year and an amount.
fn makes_range(low: &Quantity, high: &Quantity) -> bool {
    let low_value = if low.multiplier <= 1.0 && low.bare <= high.bare { low.value * high.multiplier } else { low.value };
    let year =
        low.multiplier <= 1.0 && (1900.0..2100.0).contains(&low.bare) && high.bare != low.bare && !(1900.0..10_000.0).contains(&high.bare);
    !year && low_value < high.value && high.value <= low_value * 1000.0
}

/// To two places, so that `551,1 тысячи` is 551100 and nothing beside it.
fn cents(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words, the currency, the amount, the upper end, the bound.
    type Amount = (String, &'static str, f64, Option<f64>, Option<&'static str>);

    fn amounts(text: &str) -> Vec<Amount> {
        let page = Page::new(text, false);
        find(&page)
            .into_iter()
            .map(|m| match m.fact {
                Fact::Money(f) => (page.text.slice(m.span).to_string(), f.currency, f.amount, f.upper, f.bound),
                _ => unreachable!(),
            })
            .collect()
    }

    fn one(text: &str) -> (String, &'static str, f64) {
        let all = amounts(text);
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        (all[0].0.clone(), all[0].1, all[0].2)
    }

    #[test]
    fn english_forms() {
        for (text, span, code, value) in [
            ("The bank lent $18 million for roads.", "$18 million", "USD", 18e6),
            ("A loan of US$ 450m was signed.", "US$ 450m", "USD", 450e6),
            ("They gave AUD $7 million and left.", "AUD $7 million", "AUD", 7e6),
            ("They gave cheques of AUS$ 595,000 and left.", "AUS$ 595,000", "AUD", 595_000.0),
            ("They spent U.S.$43 Million there.", "U.S.$43 Million", "USD", 43e6),
            ("The fund holds €1.2 bn.", "€1.2 bn", "EUR", 1.2e9),
            ("It cost 95,683 million Yen in all.", "95,683 million Yen", "JPY", 95_683e6),
            ("A sum of EUR 650.000 is kept.", "EUR 650.000", "EUR", 650_000.0),
            ("Phase one took CHF 3'860'000.", "CHF 3'860'000", "CHF", 3_860_000.0),
            ("The price was 46 million GEL then.", "46 million GEL", "GEL", 46e6),
            ("They gave five million cedis in 2012.", "five million cedis", "GHS", 5e6),
            ("They gave five million cedis in 2003.", "five million cedis", "GHC", 5e6),
            ("A debt of 33.6 million Swiss francs.", "33.6 million Swiss francs", "CHF", 33.6e6),
            ("It is worth $27 million USD now.", "$27 million USD", "USD", 27e6),
            ("They won 325,763 U.S. dollars.", "325,763 U.S. dollars", "USD", 325_763.0),
            ("Villagers in Galle, Sri Lanka, raised Rs. 4 million.", "Rs. 4 million", "LKR", 4e6),
            ("The Moldovan school got 12,000 lei.", "12,000 lei", "MDL", 12_000.0),
            ("AfDB gave UA 28.5 million.", "UA 28.5 million", "XUA", 28.5e6),
            ("It is a 10-million-dollar gift.", "10-million-dollar", "USD", 10e6),
            ("He paid 20 000 € for it.", "20 000 €", "EUR", 20_000.0),
            ("The prize is €10k.", "€10k", "EUR", 10_000.0),
            ("Schools win $1 Million each", "$1 Million", "USD", 1e6),
            ("They got AED 500,000.", "AED 500,000", "AED", 500_000.0),
            ("They paid 5.5 billion won for it.", "5.5 billion won", "KRW", 5.5e9),
            ("| Roads | $4,500,000 | 2015 |", "$4,500,000", "USD", 4.5e6),
            ("A grant of Rs 4 crore in Delhi, India.", "Rs 4 crore", "INR", 4e7),
            ("NIGERIA: a contract of N2.74bn was signed.", "N2.74bn", "NGN", 2.74e9),
            ("The Zambian clinic got K45 billion.", "K45 billion", "ZMW", 45e9),
            ("A fund of South Africa gave R6 million.", "R6 million", "ZAR", 6e6),
            ("They gave S/. 1.9 million to it.", "S/. 1.9 million", "PEN", 1.9e6),
            ("Half a million dollars were spent.", "Half a million dollars", "USD", 5e5),
        ] {
            assert_eq!(one(text), (span.to_string(), code, value), "{text}");
        }
    }

    #[test]
    fn russian_forms() {
        for (text, span, code, value) in [
            ("Банк выделит 3,5 млн долларов США на мост.", "3,5 млн долларов США", "USD", 3.5e6),
            ("Школа получила 20 тыс. сомов на ремонт.", "20 тыс. сомов", "KGS", 20_000.0),
            ("Сумма – 1 000 000 (один миллион) рублей.", "1 000 000 (один миллион) рублей", "RUB", 1e6),
            ("Дали 111 тысяч 726 долларов США.", "111 тысяч 726 долларов США", "USD", 111_726.0),
            ("Всего $61 тысяча 700 на всех.", "$61 тысяча 700", "USD", 61_700.0),
            ("Грант в $350 тыс. разделят семь школ.", "$350 тыс.", "USD", 350_000.0),
            ("Проект обошёлся в $5 млн. Его завершат летом.", "$5 млн", "USD", 5e6),
            ("Стоит это 12 млн. грн. в год.", "12 млн. грн.", "UAH", 12e6),
            ("Дом стоил четыре миллиона тенге.", "четыре миллиона тенге", "KZT", 4e6),
            ("Внесли по 500 долларам США.", "500 долларам США", "USD", 500.0),
            ("В Минске дали 300 рублей.", "300 рублей", "BYN", 300.0),
            ("Собрали 5 тысяч узбекских сумов.", "5 тысяч узбекских сумов", "UZS", 5000.0),
            ("Это 100 млн гонконгских долларов.", "100 млн гонконгских долларов", "HKD", 100e6),
            ("Фонд дал миллион рублей.", "миллион рублей", "RUB", 1e6),
            ("Кредит в 90,347 долларов США.", "90,347 долларов США", "USD", 90_347.0),
            ("Дали 50 т. рублей.", "50 т. рублей", "RUB", 50_000.0),
            ("Это 20 млн дирхамов ОАЭ.", "20 млн дирхамов ОАЭ", "AED", 20e6),
            ("Это полтора миллиона долларов.", "полтора миллиона долларов", "USD", 1.5e6),
            ("| Дороги | 4 500 000 сомов | 2015 |", "4 500 000 сомов", "KGS", 4.5e6),
            ("Дали 30 млн вон.", "30 млн вон", "KRW", 30e6),
        ] {
            assert_eq!(one(text), (span.to_string(), code, value), "{text}");
        }
    }

    #[test]
    fn ranges_and_bounds() {
        assert_eq!(amounts("Grants of $10-15 million."), [("$10-15 million".into(), "USD", 10e6, Some(15e6), None)]);
        assert_eq!(amounts("Штраф от 3 до 5 тыс. рублей."), [("3 до 5 тыс. рублей".into(), "RUB", 3000.0, Some(5000.0), None)]);
        assert_eq!(amounts("Up to 50,000 soms each."), [("50,000 soms".into(), "KGS", 50_000.0, None, Some("up to"))]);
        assert_eq!(amounts("Собрали более $500 тысяч."), [("$500 тысяч".into(), "USD", 500_000.0, None, Some("more than"))]);
        assert_eq!(amounts("Это почти 900 тыс. манатов."), [("900 тыс. манатов".into(), "AZN", 900_000.0, None, Some("about"))]);
        assert_eq!(amounts("They gave $5 million to 10 schools.").len(), 1);
        assert_eq!(amounts("Budget 2015 – 300 000 долларов.")[0].0, "300 000 долларов");
    }

    #[test]
    fn what_is_no_money() {
        for text in [
            "The TOP 100 list of 2019.",
            "He lost 20 pounds in a month.",
            "В 2015 году открыли 5 школ.",
            "Millions of dollars were spent.",
            "Евро-2012 прошло в Киеве.",
            "Два сума и пять сум.",
            "The team won 3 medals, 10 won bronze.",
            "A letter alone tells nothing where no country does: R6 million, N 5,000.",
            "In Zambia the K-12 schools of zone K 45 gave R 2.",
            "",
        ] {
            assert_eq!(amounts(text), [], "{text}");
        }
    }
}
