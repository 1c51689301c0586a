//! The table of known bodies: their names in both languages, found in any case and spelling.
//!
//! `data/organizations/organizations.csv` has a row a body. A name that is one word must be written
//! as in the table (ACTED, not acted); one that is also a common word or another body's acronym
//! (`context` column of `data/organizations/ambiguous.tsv`) counts only beside something that says
//! so, or when the document defines it.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::KnownBody;
use super::found::{Found, Scene};
use crate::lexicon::bodies::{Classes, PageWords};
use crate::lexicon::forms::is_plural;
use crate::lexicon::stems::{self, StemPhrases};
use crate::mention::Name;
use crate::page::Page;
use crate::table;
use crate::text::{Case, Facts, Kind, Script, Text, facts};

/// A known body.
#[derive(Clone, Debug, Default)]
pub(crate) struct Body {
    /// Its key, a short slug.
    pub id: Name,
    /// Its usual full English name.
    pub name: Name,
    /// Its usual English acronym.
    pub acronym: Name,
    /// bilateral, foundation, INGO …
    pub kind: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: Option<[u8; 2]>,
}

/// Whether what has the name of a body of this kind and key with another country is registered there
/// on its own: companies and the like ("Shell Kazakhstan"), members of a federation ("Caritas Georgia").
pub(super) fn is_apart(kind: &str, key: &str) -> bool {
    static FEDERATIONS: LazyLock<FxHashSet<&'static str>> =
        LazyLock::new(|| table::rows::<1>(include_str!("../../data/organizations/federations.tsv")).map(|[id]| id).collect());
    matches!(kind, "company" | "foundation" | "party") || FEDERATIONS.contains(key)
}

/// How a name of the table must be written to count.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub row: u32,
    /// All capitals in the table.
    pub upper: bool,
    /// Whether the name means other things as well.
    pub ambiguity: Ambiguity,
}

/// What else a name of the table may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ambiguity {
    /// Nothing.
    Sure,
    /// A common word: it is the body where something shows that it is a name.
    Word,
    /// Other bodies: the document must name it in full.
    Bodies,
    /// Bodies of other countries: in a text about another country the document must name it in full.
    Countries,
}

struct Table {
    bodies: Vec<Body>,
    names: StemPhrases<Form>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| read(include_str!("../../data/organizations/organizations.csv")));

static AMBIGUOUS: LazyLock<FxHashMap<&'static str, &'static str>> =
    LazyLock::new(|| table::rows::<2>(include_str!("../../data/organizations/ambiguous.tsv")).map(|[name, why]| (name, why)).collect());

fn read(source: &'static str) -> Table {
    let mut table = Table { bodies: Vec::with_capacity(1024), names: StemPhrases::with_capacity(16, 24_000) };
    let mut spelt = Vec::new();
    for record in records(source).skip(1) {
        let cell = |i: usize| record.get(i).copied().unwrap_or("");
        let row = table.bodies.len() as u32;
        let country = <[u8; 2]>::try_from(cell(8).as_bytes()).ok();
        table.bodies.push(Body { id: cell(0).into(), name: cell(1).into(), acronym: cell(2).into(), kind: cell(7), country });
        for i in [1, 4, 2, 5, 3, 6] {
            for name in table::values(cell(i)) {
                let upper = !name.chars().any(char::is_lowercase);
                let ambiguity = match AMBIGUOUS.get(name) {
                    None => Ambiguity::Sure,
                    Some(&"a word") => Ambiguity::Word,
                    Some(&"other countries too") => Ambiguity::Countries,
                    Some(_) => Ambiguity::Bodies,
                };
                spelt.extend(spellings(name).into_iter().map(|name| (name, Form { row, upper: false, ambiguity })));
                let form = table.names.entry(name).get_or_insert(Form { row, upper, ambiguity });
                // "NEFCO" and "Nefco"
                form.upper &= upper || form.row != row;
                if form.row != row {
                    form.ambiguity = Ambiguity::Bodies; // two rows claim it
                }
            }
        }
    }
    // a name that the table has wins over another's spelling
    for (name, form) in spelt {
        table.names.entry(&name).get_or_insert(form);
    }
    table
}

/// How else a name is spelt: "UN Development Program", «Программа развития ООН».
fn spellings(name: &str) -> Vec<String> {
    let mut spellings = Vec::new();
    let united = name.strip_prefix("United Nations ").or_else(|| name.strip_suffix(" of the United Nations"));
    spellings.extend(united.map(|rest| format!("UN {rest}")));
    if name.contains("Объедин") {
        spellings.extend(["Организации Объединённых Наций", "Объединённых Наций"].map(|long| name.replace(long, "ООН")));
        // «организации ООН» are its agencies
        spellings.retain(|spelling| !spelling.contains("Объедин") && spelling != "Организация ООН");
    }
    if name.contains(" Programme") {
        let american: Vec<String> =
            std::iter::once(name.to_string()).chain(spellings.clone()).map(|s| s.replace(" Programme", " Program")).collect();
        spellings.extend(american);
    }
    spellings.retain(|spelling| spelling != name && spelling.contains(' '));
    spellings
}

/// The records of a CSV table that is part of the program: cells borrow from it, so a cell may be
/// quoted but holds no doubled quotes (a test reads it with the `csv` crate as well).
fn records(source: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    source.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut cells = Vec::with_capacity(14);
        let mut rest = line;
        loop {
            let (cell, after) = match rest.strip_prefix('"') {
                Some(quoted) => {
                    let end = quoted.find("\",").unwrap_or_else(|| quoted.trim_end_matches('"').len());
                    (&quoted[..end], quoted.get(end + 1..).and_then(|s| s.strip_prefix(',')))
                }
                None => match rest.split_once(',') {
                    Some((cell, after)) => (cell, Some(after)),
                    None => (rest, None),
                },
            };
            cells.push(cell);
            match after {
                Some(after) => rest = after,
                None => return cells,
            }
        }
    })
}

/// A row of the table.
pub(crate) fn body(row: u32) -> Option<&'static Body> {
    TABLE.bodies.get(row as usize)
}

/// The row that has all of `name` for one of its names, where only one has.
pub(crate) fn row_named(name: &str) -> Option<u32> {
    let text = Text::new(name);
    let stems: Vec<u64> = (0..text.tokens.len()).map(|i| stems::key(&text, i)).collect();
    let mut row = None;
    TABLE.names.each(&text, &stems, 0, |to, form| {
        if to == text.tokens.len() && form.ambiguity == Ambiguity::Sure {
            row = Some(form.row);
        }
    });
    row
}

/// The row of a name that stands in the table, and what else it may mean.
pub(crate) fn row_of(text: &Text, words: &PageWords, first: usize, end: usize) -> Option<(u32, Ambiguity)> {
    let mut row = None;
    TABLE.names.each(text, &words.stems, first, |to, form| {
        if to <= end && (to..end).all(|k| text.fold(k) == "\"") {
            row = Some((form.row, form.ambiguity));
        }
    });
    row
}

/// The longest name of the table that starts at token `first` and ends by `end`: one past its last
/// token, and its row.
pub(crate) fn longest(text: &Text, words: &PageWords, first: usize, end: usize) -> Option<(usize, u32)> {
    let mut best = None;
    TABLE.names.each(text, &words.stems, first, |to, form| {
        if to <= end && written_so(text, words, first, to, form) {
            best = Some((to, form.row));
        }
    });
    best
}

/// Whether a name may begin with a word of this stem: surely not when false.
pub(crate) fn may_begin(stem: u64) -> bool {
    TABLE.names.may_begin(stem)
}

/// All names of the table in the text, longest first at each token, without overlaps. Those that
/// need context have `sure` unset.
pub(crate) fn lookup(page: &Page, words: &PageWords) -> Vec<KnownBody> {
    let text = &page.text;
    let mut found: Vec<KnownBody> = Vec::new();
    let names = &TABLE.names;
    let mut next = 0;
    for i in text.candidates(0..text.tokens.len(), facts::BODY | Facts::CAPITAL | Facts::NUMBER) {
        let token = &text.tokens[i];
        if i < next
            || !names.may_begin(words.stems[i])
            || token.kind == Kind::Mark
            || token.kind == Kind::Word && token.case == Case::Lower && token.script == Script::Latin
        {
            continue;
        }
        let mut best: Option<(usize, Form)> = None;
        TABLE.names.each(text, &words.stems, i, |end, form| {
            if written_so(text, words, i, end, form) {
                best = Some((end, *form));
            }
        });
        // "EU4Gender": letters that a digit joins to a word
        let glued = |k: usize| text.tokens.get(k).filter(|t| !t.spaced);
        let joined =
            |end: usize| glued(end).is_some_and(|t| t.kind == Kind::Number) && glued(end + 1).is_some_and(|t| t.case == Case::Title);
        if let Some((end, form)) = best.filter(|&(end, _)| !joined(end)) {
            // «НИАТ «Ховар»»: the mark that closes what the name opened belongs to it
            let open = (i..end).filter(|&k| text.fold(k) == "\"").count() % 2 == 1;
            let end = if open && text.fold(end) == "\"" { end + 1 } else { end };
            let (key, kind) = body(form.row).map_or((Name::default(), ""), |b| (b.id.clone(), b.kind));
            found.push(KnownBody {
                tokens: (i as u32, end as u32),
                row: form.row,
                key,
                kind,
                sure: matches!(form.ambiguity, Ambiguity::Sure | Ambiguity::Countries),
            });
            next = end;
        }
    }
    found
}

/// Whether the words are capitalised as the name asks.
pub(super) fn written_so(text: &Text, words: &PageWords, first: usize, end: usize, form: &Form) -> bool {
    let tokens = &text.tokens[first..end];
    // a name does not begin before a quoted text and end inside it
    let marks = (first..end).filter(|&k| text.fold(k) == "\"").count();
    if marks % 2 == 1 && text.fold(end) != "\"" {
        return false;
    }
    let shouted = words.is_shouted(text, first);
    let counted = tokens.iter().filter(|t| t.kind == Kind::Word).count();
    if counted <= 1 {
        let token = &tokens[0];
        return match (form.upper, token.case) {
            (true, Case::Upper) => !shouted || token.span.len() > 4,
            // «кВт» is a unit
            (true, Case::Mixed) => text.str(first).starts_with(char::is_uppercase) || token.script == Script::Latin,
            (true, Case::Title) => token.span.len() <= 2 && tokens.len() > 1,
            (true, _) => token.kind == Kind::Number,
            (false, Case::Upper) => form.ambiguity == Ambiguity::Sure || !shouted,
            (false, _) => token.is_capital() || token.kind == Kind::Number,
        };
    }
    if form.upper {
        return tokens.iter().all(|t| t.case != Case::Lower) || shouted;
    }
    match tokens[0].script {
        Script::Latin => {
            // all but the small words, and "US army" is no name
            let small = |k: usize| text.tokens[k].kind == Kind::Word && text.tokens[k].case == Case::Lower && text.tokens[k].spaced;
            (first..end).filter(|&k| small(k)).all(|k| text.tokens[k].span.len() <= 7 && !words.is(k, Classes::LOOSE))
                && tokens[0].is_capital()
        }
        // «университетов Центральной Азии» are many
        _ => {
            tokens.iter().any(crate::text::Token::is_capital)
                && (tokens[0].is_capital() || !is_plural(text.fold(first), words.get(first).word))
        }
    }
}

/// A name of the table, with the country that is part of it ("World Vision Armenia").
pub(super) fn known_name(scene: &Scene, body: &KnownBody) -> Found {
    let (mut first, mut end) = (body.tokens.0 as usize, body.tokens.1 as usize);
    // the article stays outside: "The | World Bank"
    first += usize::from(first + 1 < end && scene.fold(first) == "the");
    // «Sputnik Кыргызстан»: other letters, and no genitive
    let edition = body.kind == "media"
        && scene.token(first).is_some_and(|t| t.script == Script::Latin)
        && scene.token(end).is_some_and(|t| t.script == Script::Cyrillic)
        && !scene.fold(end).ends_with(['а', 'и', 'ы']);
    let official = matches!(body.kind, "government" | "media" | "university" | "bank") && !edition;
    if let Some(place) = scene.place(end).filter(|&place| {
        !official
            && scene.together(first, end)
            && !scene.is_shouted(first)
            && scene.capital(end)
            && scene.token(end).is_some_and(|t| t.script == Script::Latin || t.case != Case::Upper)
            // «через программу ООН Россия направит»: no genitive
            && (scene.is_latin(end) || end < first + 3 || scene.fold(place - 1).ends_with(['а', 'и', 'ы', 'й', 'х', 'о']))
    }) {
        if is_apart(body.kind, &body.key) {
            return Found { first, end: place, rule: ("known", "with-country"), row: None, kind: body.kind, confidence: 0.9 };
        }
        end = place;
    }
    // «Фонд развития рек ООН»: whose it is, where the table has it without
    let cyrillic = |k: usize| scene.token(k).is_some_and(|t| t.script == Script::Cyrillic);
    if body.kind == "multilateral" && end > first + 2 && cyrillic(first) && scene.fold(end) == "оон" && scene.together(first, end) {
        end += 1;
    }
    Found { first, end, rule: ("known", ""), row: Some(body.row), kind: body.kind, confidence: 0.95 }
}

/// "United Nations | World Food Programme": one name, that of the agency.
pub(super) fn of_the_united_nations(scene: &Scene, found: &mut Vec<Found>) {
    for i in 1..found.len() {
        let (un, agency) = (found[i - 1], found[i]);
        let whole = scene.fold(un.first) == "united" && un.end == un.first + 2 && scene.fold(un.first + 1) == "nations";
        if whole && un.end == agency.first && agency.end > agency.first + 1 && scene.together(un.first, agency.first) {
            found.push(Found { first: un.first, ..agency });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_as_the_csv_crate_reads_it() {
        let source = include_str!("../../data/organizations/organizations.csv");
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).flexible(true).from_reader(source.as_bytes());
        let ours: Vec<_> = records(source).skip(1).collect();
        for (ours, theirs) in ours.iter().zip(reader.records()) {
            let theirs = theirs.expect("a row of the table");
            let theirs: Vec<&str> = theirs.iter().take(12).collect();
            assert_eq!(&ours[..theirs.len()], &theirs[..]);
        }
        assert!(ours.len() >= 500);
    }
}
