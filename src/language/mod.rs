//! The language of a document and of each of its lines.
//!
//! Two witnesses are heard. Tables (`tables`) know the alphabets and the small words of thirty
//! languages: a letter that a language does not have speaks against it, a small word for it. The
//! detector `whatlang` compares letter trigrams; it reads 15 to 20 MB a second and knows no Kazakh,
//! Kyrgyz, Tajik, Tatar, Mongolian or Cyrillic Uzbek, so it sees a bounded sample of a document or
//! line, and that only when the tables leave it open. What passes for Russian must also have the letter
//! pairs of Russian ([`crate::decode::russian_cost`]).
//!
//! A line goes by the language of its script in the document unless it is long enough to show
//! another; one too short to tell goes by the lines around it. On the paragraphs of the Universal
//! Declaration of Human Rights in fifteen languages and scripts the test `declaration` prints the
//! share that is told right.

pub(crate) mod tables;

use std::cell::OnceCell;

use tables::{SCRIPTS, Scores, Tables};

use crate::text::{Kind, Script, Text};
use crate::zones::Zones;

/// A language, as far as the rules care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    English,
    /// Russian.
    Russian,
    /// Another one, by its ISO 639-1 code.
    Other(&'static str),
    /// Not decided.
    #[default]
    Unknown,
}

impl Language {
    /// ISO 639-1; none when not decided.
    #[must_use]
    pub fn code(self) -> Option<&'static str> {
        match self {
            Language::English => Some("en"),
            Language::Russian => Some("ru"),
            Language::Other(code) => Some(code),
            Language::Unknown => None,
        }
    }

    fn of_code(code: &'static str) -> Self {
        match code {
            "en" => Language::English,
            "ru" => Language::Russian,
            code => Language::Other(code),
        }
    }
}

/// The languages of a text.
#[derive(Debug, Default)]
pub struct Languages {
    /// Of the release's main text.
    pub main: Language,
    /// From 0 to 1.
    pub certainty: f32,
    /// Of each line; a line too short to tell has that of the lines around it.
    pub lines: Vec<Language>,
    /// Those of the release that have a tenth of its words or more, the most used first.
    pub all: Vec<Language>,
}

/// Words of a line, and what the tables say of them.
struct Line {
    /// Words by script: Latin, Cyrillic, other.
    words: [u32; 3],
    scores: Option<Scores>,
    furniture: bool,
}

impl Line {
    /// The script of most words: 0 Latin, 1 Cyrillic, 2 other; none without words.
    fn script(&self) -> Option<usize> {
        let most = *self.words.iter().max()?;
        (most > 0).then(|| self.words.iter().position(|&n| n == most)).flatten()
    }
}

/// Words from which a line may show another language than its neighbours.
const ENOUGH: u32 = 4;
/// By how much the tables must prefer another language for it.
const MARGIN: f32 = 3.0;
/// Bytes of a sample for the trigram detector.
const SAMPLE: usize = 240;

impl Languages {
    /// Detects them.
    #[must_use]
    pub fn detect(text: &Text, zones: &Zones) -> Self {
        let tables = Tables::get();
        let lines: Vec<Line> = text.lines.iter().map(|line| read(tables, text, line, zones)).collect();
        // without a release line, the page itself is judged
        let release: Vec<&Line> = if lines.iter().any(|l| !l.furniture && l.script().is_some()) {
            lines.iter().filter(|l| !l.furniture).collect()
        } else {
            lines.iter().collect()
        };
        let scripts = Scripts { tables, text, lines: &lines, release: &release, decided: Default::default() };
        let mut totals = [0_u32; 3];
        release.iter().for_each(|l| l.script().into_iter().for_each(|s| totals[s] += l.words[s]));
        let most = (0..3).max_by_key(|&s| (totals[s], 3 - s)).unwrap_or(0);
        let (main, certainty) = if totals[most] == 0 { (Language::Unknown, 0.0) } else { scripts.decided(most) };

        let mut languages = Self { main, certainty, lines: Vec::with_capacity(lines.len()), all: Vec::new() };
        let mut last = main;
        for (number, line) in lines.iter().enumerate() {
            if let Some(language) = scripts.of_line(number, line, main) {
                last = language;
            }
            languages.lines.push(last);
        }
        languages.count(&lines);
        languages
    }

    /// Fills `all`, and takes for the main language the one that most words of the release are in,
    /// or the first of two that have about as many: a translation stands below its original.
    fn count(&mut self, lines: &[Line]) {
        let mut words: Vec<(Language, u32)> = Vec::new();
        for (line, &language) in lines.iter().zip(&self.lines) {
            let count: u32 = line.words.iter().sum();
            if line.furniture || count < ENOUGH || language == Language::Unknown {
                continue;
            }
            match words.iter_mut().find(|(l, _)| *l == language) {
                Some((_, sum)) => *sum += count,
                None => words.push((language, count)),
            }
        }
        let most = words.iter().map(|w| w.1).max().unwrap_or(0);
        let first = words.iter().find(|w| w.1 * 2 >= most && w.1 >= 8).map(|w| w.0);
        words.sort_by_key(|w| std::cmp::Reverse(w.1));
        let total: u32 = words.iter().map(|w| w.1).sum();
        self.all = words.iter().filter(|w| w.1 * 10 >= total && w.1 >= 8).map(|w| w.0).collect();
        if let Some(first) = first {
            self.main = first;
        }
    }
}

/// Counts the words of a line and hears the tables.
fn read(tables: &Tables, text: &Text, line: &crate::text::Line, zones: &Zones) -> Line {
    let mut out = Line { words: [0; 3], scores: None, furniture: !zones.stretches.is_empty() && zones.holds(line.span) };
    for number in line.tokens.0 as usize..line.tokens.1 as usize {
        let token = &text.tokens[number];
        if token.kind != Kind::Word {
            continue;
        }
        let script = match token.script {
            Script::Latin => 0,
            Script::Cyrillic => 1,
            _ => 2,
        };
        out.words[script] += 1;
        if script < SCRIPTS {
            tables.hear(script, text, number, out.scores.get_or_insert_default());
        }
    }
    out
}

/// The languages of the scripts, decided as they are asked for: in few texts does another one than the
/// script of the main text have more than names.
struct Scripts<'t> {
    tables: &'t Tables,
    text: &'t Text<'t>,
    lines: &'t [Line],
    release: &'t [&'t Line],
    decided: [OnceCell<(Language, f32)>; SCRIPTS + 1],
}

impl Scripts<'_> {
    /// The language of the lines in a script, and how sure that is.
    fn decided(&self, script: usize) -> (Language, f32) {
        *self.decided[script].get_or_init(|| {
            let of: Vec<&&Line> = self.release.iter().filter(|l| l.script() == Some(script)).collect();
            if of.is_empty() {
                return (Language::Unknown, 0.0);
            }
            let sample = sample(self.text, self.lines, script);
            if script >= SCRIPTS {
                return by_trigrams(sample).map_or((Language::Unknown, 0.0), |(code, sure)| (Language::of_code(code), sure));
            }
            let mut sum = Scores::default();
            of.iter().filter_map(|l| l.scores.as_ref()).for_each(|s| sum.add(s));
            // the script of most words is heard by both witnesses unless the tables are sure, another one when the
            // tables leave it open
            let main = of.len() * 2 >= self.release.len();
            self.tables.decide(script, &sum, sample, main)
        })
    }

    /// Whether the lines in a script are in the main language.
    fn is_in(&self, script: usize, main: Language) -> bool {
        main != Language::Unknown && self.tables.may_write(main, script) && self.decided(script).0 == main
    }

    /// The language of a line; none when it is too short to tell.
    fn of_line(&self, number: usize, line: &Line, main: Language) -> Option<Language> {
        let Self { tables, text, .. } = *self;
        // a line with enough words in the script of the main text is read by it, whatever names it holds
        let script = (0..SCRIPTS)
            .find(|&s| line.words[s] > 0 && line.words[s] * 3 >= line.words.iter().sum() && self.is_in(s, main))
            .or_else(|| line.script())?;
        let words = line.words[script];
        if words < ENOUGH {
            // a few words in the script of the main text are in its language; in another script they
            // may be names
            return self.is_in(script, main).then_some(main);
        }
        let usual = self.decided(script).0;
        let Some(scores) = &line.scores else { return (usual != Language::Unknown).then_some(usual) };
        if script >= SCRIPTS {
            return (usual != Language::Unknown).then_some(usual);
        }
        let (best, margin) = tables.best_beside(script, scores, usual);
        if best == usual {
            return Some(usual);
        }
        if margin >= MARGIN {
            return Some(best);
        }
        if margin >= 1.0 && words >= 2 * ENOUGH {
            let slice = text.slice(text.lines[number].span);
            if is_by_trigrams(clip(slice, SAMPLE), best, usual) {
                return Some(best);
            }
        }
        if usual == Language::Unknown { (best != Language::Unknown).then_some(best) } else { Some(usual) }
    }
}

/// The beginning of the longest line of the release in a script.
fn sample<'a>(text: &Text<'a>, lines: &[Line], script: usize) -> &'a str {
    let of_script = |furniture: bool| {
        lines
            .iter()
            .enumerate()
            .filter(move |(_, l)| l.furniture == furniture && l.script() == Some(script))
            .max_by_key(|(n, l)| (l.words[script], usize::MAX - n))
    };
    let longest = of_script(false).or_else(|| of_script(true));
    longest.map_or("", |(number, _)| clip(text.slice(text.lines[number].span), SAMPLE))
}

fn clip(slice: &str, bytes: usize) -> &str {
    let mut end = bytes.min(slice.len());
    while !slice.is_char_boundary(end) {
        end -= 1;
    }
    &slice[..end]
}

/// What `whatlang` says of a sample, with its confidence.
fn by_trigrams(sample: &str) -> Option<(&'static str, f32)> {
    let info = whatlang::detect(sample)?;
    Some((tables::two_letters(info.lang())?, info.confidence() as f32))
}

/// Whether `whatlang` takes a sample for `language` and is rather sure. Each language has a score of its own, so
/// that where it comes behind the `usual` one, no others need be asked: thirty take long.
fn is_by_trigrams(sample: &str, language: Language, usual: Language) -> bool {
    let Some(wanted) = tables::whatlang(language) else { return false };
    let is_behind = tables::whatlang(usual)
        .is_some_and(|usual| whatlang::Detector::with_allowlist(vec![wanted, usual]).detect_lang(sample) == Some(usual));
    !is_behind && by_trigrams(sample).is_some_and(|(code, sure)| Language::of_code(code) == language && sure > 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    fn main(text: &str) -> Option<&'static str> {
        let text = Text::new(text);
        Languages::detect(&text, &Zones::default()).main.code()
    }

    #[test]
    fn english_russian_and_their_neighbours() {
        let cases = [
            ("The mayor opened a new school in the village with the help of donors.", "en"),
            ("Мэр открыл в селе новую школу, построенную при поддержке доноров.", "ru"),
            ("Міський голова відкрив у селі нову школу, яку збудували за підтримки донорів.", "uk"),
            ("Мэр адкрыў у вёсцы новую школу, якую пабудавалі пры падтрымцы донараў.", "be"),
            ("Кметът откри ново училище в селото, което беше построено с помощта на дарители.", "bg"),
            ("Градоначелник је отворио нову школу у селу, која је изграђена уз помоћ донатора.", "sr"),
            ("Gradonačelnik je otvorio novu školu u selu, koja je izgrađena uz pomoć donatora.", "sr"),
            ("Градоначалникот отвори ново училиште во селото, кое е изградено со помош на донатори.", "mk"),
            ("Әкім ауылда демеушілердің қолдауымен салынған жаңа мектепті ашты.", "kk"),
            ("Мэр айылда донорлордун колдоосу менен курулган жаңы мектепти ачты.", "ky"),
            ("Раиси шаҳр дар деҳа мактаби наверо, ки бо дастгирии донорҳо сохта шудааст, ифтитоҳ кард.", "tg"),
            ("Ҳоким қишлоқда ҳомийлар кўмагида қурилган янги мактабни очди.", "uz"),
            ("Hokim qishloqda homiylar ko‘magida qurilgan yangi maktabni ochdi va bolalar bilan uchrashdi.", "uz"),
            ("Шәһәр башлыгы авылда иганәчеләр ярдәме белән төзелгән яңа мәктәпне ачты.", "tt"),
            ("Хотын дарга хандивлагчдын дэмжлэгээр баригдсан шинэ сургуулийг нээв.", "mn"),
            ("Bələdiyyə sədri donorların dəstəyi ilə tikilmiş yeni məktəbi açdı.", "az"),
            ("Der Bürgermeister eröffnete im Dorf eine neue Schule, die mit Hilfe von Spendern gebaut wurde.", "de"),
            ("Le maire a ouvert dans le village une nouvelle école construite avec le soutien des donateurs.", "fr"),
            ("Belediye başkanı köyde bağışçıların desteğiyle yapılan yeni bir okul açtı.", "tr"),
        ];
        for (text, code) in cases {
            assert_eq!(main(text), Some(code), "{text}");
        }
    }

    #[test]
    fn nothing_to_read_is_undecided() {
        assert_eq!(main(""), None);
        assert_eq!(main("12.10.2020 — 5:30"), None);
    }

    #[test]
    fn a_document_in_two_languages_says_so() {
        let text = "The fund gave the school a new bus and books for the children of the village.\n\
                    Фонд передал школе новый автобус и книги для детей этого села.\n";
        let page = Page::new(text, true);
        assert_eq!(page.languages.lines[..2], [Language::English, Language::Russian]);
        assert_eq!(page.languages.all.len(), 2);
    }

    #[test]
    fn a_translation_stands_below_its_original() {
        let text = "Фонд передал школе новый автобус и книги для детей этого села.\n\
                    The fund gave the school of this village a new bus and many books for the children.\n";
        let page = Page::new(text, true);
        assert_eq!((page.languages.main, page.languages.all.len()), (Language::Russian, 2));
    }

    #[test]
    fn names_in_another_script_do_not_change_a_line() {
        let text = "Проект провели USAID и Mercy Corps в Таласе.\nMercy Corps\nОн завершится в мае этого года.";
        let page = Page::new(text, true);
        assert_eq!(page.languages.lines, [Language::Russian; 3]);
        assert_eq!(page.languages.all, [Language::Russian]);
    }

    #[test]
    fn the_ends_of_web_addresses_are_no_words() {
        // "com" is a small word of Portuguese
        assert_eq!(main("Ozernews.com, Ozersk.com, Luna.com, Zarnews.com"), Some("en"));
    }

    #[test]
    fn a_russian_line_stays_russian_among_addresses_and_lists() {
        let text = "Адрес: г. Бишкек, ул. Киевская, 96\nТел.: +996 312 00 00 00\nСписок: Ош, Талас, Нарын, Баткен, Чуй";
        let page = Page::new(text, true);
        assert!(page.languages.lines.iter().all(|&l| l == Language::Russian), "{:?}", page.languages.lines);
    }

    /// Prints the lines of texts that are read as another language than their document.
    #[test]
    #[ignore = "needs data: DATELINE_TEXTS=folder cargo test --lib language::tests::strangers -- --ignored --nocapture"]
    fn strangers() {
        for entry in ignore::Walk::new(std::env::var("DATELINE_TEXTS").unwrap_or_default()).filter_map(Result::ok) {
            let Ok(source) = std::fs::read_to_string(entry.path()) else { continue };
            let page = Page::new(&source, false);
            for (line, language) in page.text.lines.iter().zip(&page.languages.lines) {
                if *language != page.languages.main && !page.in_furniture(line.span) && line.span.len() > 1 {
                    println!("{:?} in {:?} {:?}: {}", language, page.languages.main, entry.file_name(), page.text.slice(line.span));
                }
            }
        }
    }

    /// Prints the share of paragraphs told right, by language and by witness.
    #[test]
    #[ignore = "needs data: DATELINE_PARAGRAPHS=file.tsv (language, text) cargo test --lib language::tests::declaration -- --ignored --nocapture"]
    fn declaration() {
        let table = std::fs::read_to_string(std::env::var("DATELINE_PARAGRAPHS").unwrap_or_default()).unwrap_or_default();
        let mut by: std::collections::BTreeMap<&str, [usize; 4]> = std::collections::BTreeMap::new();
        for (language, text) in table.lines().filter_map(|line| line.split_once('\t')) {
            let code = language.split('-').next().unwrap_or(language);
            let tally = by.entry(language).or_default();
            let got = main(text);
            tally[0] += 1;
            tally[1] += usize::from(got == Some(code));
            tally[2] += usize::from(got == Some("ru") && code != "ru");
            tally[3] += usize::from(by_trigrams(text).map(|g| g.0) == Some(code));
            if got != Some(code) {
                println!("{language} as {got:?}: {}", text.chars().take(90).collect::<String>());
            }
        }
        println!("language\tparagraphs\tright\tread as Russian\tright by whatlang alone");
        for (language, [all, right, russian, alone]) in by {
            let share = |n: usize| n as f64 / all as f64;
            println!("{language}\t{all}\t{:.3}\t{:.3}\t{:.3}", share(right), share(russian), share(alone));
        }
    }
}
