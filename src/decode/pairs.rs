//! How plausible a decoded text is, letter by letter.
//!
//! Every character outside ASCII costs something: a Russian letter as much as it is rare after the
//! letter before it, other characters by their kind, and a change of case or script inside a word
//! is dear. Bytes read in the wrong encoding cost twice as much as in the right one, after a few
//! words already; the mean over a text says how far to trust it. The pairs are counted on public
//! Russian texts (`data/decode/pairs.tsv`); costs are tenths of a nat.

use std::sync::LazyLock;

const LETTERS: usize = 33; // а..я without ё, and the word boundary as number 0

/// Costs of one letter after another, `[before * LETTERS + after]`.
static PAIRS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let table = include_str!("../../data/decode/pairs.tsv");
    let mut pairs = vec![99; LETTERS * LETTERS];
    for (row, [_, costs]) in crate::table::rows::<2>(table).enumerate().take(LETTERS) {
        for (column, cost) in costs.split(' ').enumerate().take(LETTERS) {
            pairs[row * LETTERS + column] = cost.parse().unwrap_or(99);
        }
    }
    pairs
});

/// A cost with the number of characters that it is of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Cost {
    /// Tenths of a nat.
    pub(super) sum: u64,
    /// Characters outside ASCII.
    pub(super) count: u64,
}

impl Cost {
    /// The mean; that of Russian prose is about 25, of a wrong reading 50 and more.
    pub(super) fn mean(self) -> f32 {
        self.sum as f32 / self.count.max(1) as f32
    }

    fn add(&mut self, cost: u64) {
        self.sum += cost;
        self.count += 1;
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Sort {
    /// A letter of the Russian alphabet by its number, or another Cyrillic one (0).
    Cyrillic(usize),
    Latin,
    /// Latin with a mark on it.
    Accented,
    Space,
    Other,
}

#[derive(Clone, Copy)]
struct Before {
    sort: Sort,
    upper: bool,
    char: char,
}

/// The cost of a text.
pub(super) fn cost(chars: impl Iterator<Item = char>) -> Cost {
    let pairs = &*PAIRS;
    let mut cost = Cost::default();
    let mut before = Before { sort: Sort::Space, upper: false, char: ' ' };
    for c in chars {
        if c.is_ascii() {
            let sort = match c {
                'a'..='z' | 'A'..='Z' => Sort::Latin,
                ' ' | '\t' | '\n' | '\r' => Sort::Space,
                _ => Sort::Other,
            };
            match (before.sort, sort) {
                (Sort::Cyrillic(_), Sort::Latin) => cost.sum += 40,
                (Sort::Cyrillic(letter), _) => cost.sum += u64::from(pairs[letter * LETTERS]),
                _ => {}
            }
            before = Before { sort, upper: c.is_ascii_uppercase(), char: c };
            continue;
        }
        let (sort, upper) = match russian(c) {
            Some((letter, upper)) => {
                cost.add(match before.sort {
                    Sort::Cyrillic(last) => u64::from(pairs[last * LETTERS + letter]),
                    Sort::Latin | Sort::Accented => 60,
                    Sort::Space | Sort::Other => u64::from(pairs[letter]),
                });
                (Sort::Cyrillic(letter), upper)
            }
            None if ('\u{400}'..='\u{52f}').contains(&c) => {
                cost.add(if matches!(before.sort, Sort::Latin | Sort::Accented) { 80 } else { 45 });
                (Sort::Cyrillic(0), c.is_uppercase())
            }
            None => {
                let (sort, own) = other(c);
                // rules and frames repeat one mark; two letters with marks in a row are rare
                cost.add(match (before.sort, sort) {
                    (Sort::Other, Sort::Other) if c == before.char => 5,
                    (Sort::Cyrillic(_) | Sort::Accented, Sort::Accented) => own + 30,
                    // a sign glued to a word: closing marks and apostrophes do that, others seldom
                    (Sort::Cyrillic(_) | Sort::Latin | Sort::Accented, Sort::Other) if own > 25 || matches!(c, '№' | '«' | '„') => {
                        own + 25
                    }
                    (Sort::Cyrillic(_) | Sort::Accented, Sort::Other) if matches!(c, '–' | '—') => own + 20,
                    (Sort::Other, Sort::Other) if !before.char.is_ascii() && matches!(c, '–' | '—') => own + 20,
                    _ => own,
                });
                (sort, sort == Sort::Accented && c.is_uppercase())
            }
        };
        let letters = |sort| matches!(sort, Sort::Cyrillic(_) | Sort::Latin | Sort::Accented);
        if upper && letters(before.sort) && !before.upper {
            cost.sum += 40;
        }
        before = Before { sort, upper, char: c };
    }
    cost
}

/// The number of a Russian letter, and whether it is a capital.
fn russian(c: char) -> Option<(usize, bool)> {
    match c {
        'а'..='я' => Some((c as usize - 'а' as usize + 1, false)),
        'А'..='Я' => Some((c as usize - 'А' as usize + 1, true)),
        'ё' => Some((6, false)),
        'Ё' => Some((6, true)),
        _ => None,
    }
}

/// The kind of any other character, and its cost.
fn other(c: char) -> (Sort, u64) {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'æ' | 'ç' | 'è' | 'é' | 'ê' | 'ë' | 'í' | 'î' | 'ï' | 'ñ' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø'
        | 'ú' | 'û' | 'ü' | 'ß' | 'ş' | 'ğ' | 'ı' | 'č' | 'š' | 'ž' | 'ć' | 'ą' | 'ę' | 'ł' | 'ń' | 'ś' | 'ż' | 'ő' | 'ř' | 'ý' | 'ă'
        | 'ț' | 'ţ' | 'ə' | 'ň' => (Sort::Accented, 30),
        'À' | 'Á' | 'Â' | 'Ä' | 'Å' | 'Ç' | 'È' | 'É' | 'Ê' | 'Í' | 'Î' | 'Ñ' | 'Ó' | 'Ö' | 'Ø' | 'Ú' | 'Ü' | 'Ş' | 'İ' | 'Č' | 'Š'
        | 'Ž' | 'Ł' | 'Ə' => (Sort::Accented, 40),
        '×' | '÷' => (Sort::Other, 45),
        '\u{c0}'..='\u{24f}' => (Sort::Accented, 55),
        '«' | '»' | '“' | '”' | '„' | '’' | '‘' | '–' | '—' | '…' | '№' | '\u{a0}' => (Sort::Other, 25),
        '•' | '©' | '®' | '™' | '°' | '§' | '·' | '€' | '£' | '±' | '²' | '³' | '½' => (Sort::Other, 35),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{301}' => (Sort::Other, 35),
        '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' | '\u{fffd}' => (Sort::Other, 120),
        '\u{a1}'..='\u{bf}' | '‰' | '†' | '‡' | '‹' | '›' | 'ˆ' | '˜' | '‚' => (Sort::Other, 55),
        '\u{2500}'..='\u{25ff}' => (Sort::Other, 65),
        // ideographs and syllables take two bytes each
        '\u{3000}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' => (Sort::Other, 50),
        c if c.is_alphabetic() => (Sort::Other, 45),
        _ => (Sort::Other, 45),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes `data/decode/pairs.tsv` anew from the UTF-8 texts in the folders that
    /// `DATELINE_TEXTS` names (separated by `:`); to standard output.
    #[test]
    #[ignore = "needs a corpus: DATELINE_TEXTS=a:b cargo test --lib decode::pairs -- --ignored --nocapture"]
    fn count_pairs() {
        let mut counts = vec![0_u64; LETTERS * LETTERS];
        for folder in std::env::var("DATELINE_TEXTS").unwrap_or_default().split(':') {
            for entry in ignore::Walk::new(folder).filter_map(Result::ok).filter(|e| e.path().is_file()) {
                let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
                let mut last = 0;
                for c in text.chars() {
                    let next = russian(c).map_or(0, |(letter, _)| letter);
                    if last + next > 0 {
                        counts[last * LETTERS + next] += 1;
                    }
                    last = next;
                }
            }
        }
        for (row, counts) in counts.chunks(LETTERS).enumerate() {
            let all: u64 = counts.iter().sum::<u64>() + 8;
            let costs = counts.iter().map(|&n| ((-((n as f64 + 0.25) / all as f64).ln() * 10.0).round() as u8).min(99).to_string());
            let letter = if row == 0 { '_' } else { char::from_u32('а' as u32 + row as u32 - 1).unwrap() };
            println!("{letter}\t{}", costs.collect::<Vec<_>>().join(" "));
        }
    }

    #[test]
    fn prose_is_cheaper_than_its_misreadings() {
        let prose = "Встреча прошла в Бишкеке при поддержке посольства.";
        let right = cost(prose.chars()).mean();
        for wrong in ["оПХБЕР, МЮ БЯРПЕВС", "Ïðèâåò, íà âñòðå÷ó", "ЏаЁўҐв \u{ad}  ўбваҐзг", "РџСЂРёРІРµС‚"]
        {
            assert!(cost(wrong.chars()).mean() > right + 12.0, "{wrong}");
        }
    }
}
