//! Names of the gazetteer in a text, before anything is decided.
//!
//! The walk through the names goes token by token and starts only at a capital, so plain words
//! cost one test. Russian adjectives («Ошской») are kept as the head of a region's name when a
//! word for a kind follows («области», «районе», «айыл окмоту»), also across a list
//! («Чуйской, Ошской и Баткенской областей»).

use super::gazetteer::{Gazetteer, Ordinary, PlaceKind, Readings, STEM, Status};
use super::kinds::{self, KindWord};
use crate::lexicon::hints::{self, Hint};
use crate::page::Page;
use crate::text::{Case, Facts, Kind, Script, Text, facts};

/// How a name stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// By itself: "Osh", «Ошская область» in full.
    Whole,
    /// An adjective with the word for its kind: «Ошской обл.».
    Adjective,
    /// An adjective whose word for its kind comes later in the list.
    Elliptic,
}

/// A stretch of tokens that the gazetteer knows, before it is decided whether it is a place.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Tokens: from the first to one past the last.
    pub tokens: (u32, u32),
    /// What it may mean; none for an adjective that no row gives.
    pub readings: Option<Readings>,
    /// How it stands in the text.
    pub form: Form,
    /// The word for its kind that belongs to the name.
    pub word: Option<&'static KindWord>,
    /// A country, a region, a city …: the most likely row's kind.
    pub kind: &'static str,
    /// Population of the largest row: a measure of how likely a place it is.
    pub population: u32,
    /// Whether the name is an ordinary word or a person's name as well.
    pub ordinary: Ordinary,
    /// Whether it is an abbreviation.
    pub abbreviation: bool,
}

/// All names of the gazetteer in the text, longest first at each token, without overlaps.
#[must_use]
pub fn lookup(page: &Page, gazetteer: &Gazetteer) -> Vec<Candidate> {
    let text = &page.text;
    let mut out: Vec<Candidate> = Vec::new();
    let mut next = 0;
    gazetteer.fetch(text.candidates(0..text.tokens.len(), facts::PLACE).map(|at| &text.tokens[at]));
    for at in text.candidates(0..text.tokens.len(), Facts::CAPITAL | Facts::OTHER_SCRIPT) {
        let token = &text.tokens[at];
        if at < next || token.kind != Kind::Word || !(token.is_capital() || token.script == Script::Other) {
            continue;
        }
        // «ВолГУ», «МГУ» are universities and no cases of «Волга», «Мга»
        let short = token.case == Case::Upper && token.span.len() == 6 && text.str(at).ends_with("ГУ");
        if short || token.case == Case::Mixed && ["ГУ", "НУ", "ПУ", "ТУ", "ФУ"].iter().any(|end| text.str(at).ends_with(end)) {
            continue;
        }
        // inside a word with a hyphen or an apostrophe a name does not begin: "Al-Osh"
        let joined = out.last().is_some_and(|c| c.tokens.1 as usize + 1 == at);
        if let Some(candidate) = longest(text, at, gazetteer, joined) {
            next = candidate.tokens.1 as usize;
            out.push(candidate);
        }
    }
    headed(text, &mut out);
    elliptic(text, &mut out);
    out
}

/// The longest name that starts at token `at`; `joined`: a name ended one mark before.
fn longest(text: &Text, at: usize, gazetteer: &Gazetteer, joined: bool) -> Option<Candidate> {
    if inside(text, at, joined) {
        return None;
    }
    if text.tokens[at].is_capital() && !text.may_be(at, facts::PLACE) && gazetteer.user().is_none() {
        return unknown(text, at, gazetteer);
    }
    let mut best: Option<(usize, Readings)> = gazetteer.user().and_then(|u| u.longest(text, at));
    let mut stem: Option<(usize, Readings)> = None;
    let mut adjective = None;
    let mut state = gazetteer.start()?;
    let line = text.tokens[at].line;
    'walk: for (i, token) in text.tokens[at..].iter().enumerate() {
        let here = at + i;
        if token.line != line || i > 12 {
            break;
        }
        let fold = text.fold(here);
        let cut = || if token.script == Script::Cyrillic { super::declension::adjective_stem(fold).map(str::len) } else { None };
        if i == 0 {
            let begun = gazetteer.first_word(token, fold, cut);
            stem = begun.stem.map(|found| (here + 1, found));
            match begun.at {
                Some(after) => state = after,
                None => break,
            }
            if begun.is_whole
                && let Some(found) = gazetteer.ends(state)
                && written(text, at, here)
                && best.is_none_or(|(end, _)| end <= here)
            {
                best = Some((here + 1, found));
            }
            if !begun.may_go_on(text.fold(here + 1)) {
                break;
            }
            continue;
        }
        match gazetteer.step(state, b' ') {
            Some(next) => state = next,
            None => break,
        }
        let cut = cut();
        let mut node = state;
        for (n, &byte) in fold.as_bytes().iter().enumerate() {
            if cut == Some(n)
                && let Some(found) = gazetteer.step(node, STEM).and_then(|s| gazetteer.ends(s))
            {
                stem = Some((here + 1, found));
            }
            match gazetteer.step(node, byte) {
                Some(next) => node = next,
                None => break 'walk,
            }
        }
        state = node;
        if let Some(found) = gazetteer.ends(state)
            && written(text, at, here)
            && best.is_none_or(|(end, _)| end <= here)
        {
            best = Some((here + 1, found));
        }
    }
    // the end of a word with hyphens must be the end of the name
    best = best.filter(|&(end, _)| !glued(text, end, gazetteer));
    if let Some((end, readings)) = stem {
        if let Some((word, last)) = kinds::after(text, end) {
            if best.is_none_or(|(b, _)| b < last) {
                adjective = Some((end, readings, word, last));
            }
        } else if (best.is_none_or(|(b, _)| b < end)
            || best.is_some_and(|(b, _)| b == end) && text.tokens[at].spaced && is_listed(text, end))
            && text.tokens[end - 1].is_capital()
        {
            return Some(candidate(gazetteer, (at, end), Some(readings), Form::Elliptic, None));
        }
    }
    if let Some((_, readings, word, last)) = adjective {
        return Some(candidate(gazetteer, (at, last), Some(readings), Form::Adjective, Some(word)));
    }
    if let Some((end, readings)) = best {
        return Some(candidate(gazetteer, (at, end), Some(readings), Form::Whole, None));
    }
    unknown(text, at, gazetteer)
}

/// Whether an adjective that ends before token `end` is followed by another one in the same case: «Чуйской, Ошской».
fn is_listed(text: &Text, end: usize) -> bool {
    if text.mark(end) != b',' && text.fold(end) != "и" || !text.same_line(end - 1, end + 1) {
        return false;
    }
    let mut next = end + 1;
    while text.mark(next + 1) == b'-' && text.tokens.get(next + 2).is_some_and(|t| !t.spaced && t.kind == Kind::Word) {
        next += 2;
    }
    let capital = text.tokens.get(end + 1).is_some_and(|t| t.is_capital() && t.script == Script::Cyrillic);
    capital && same_ending(text.fold(end - 1), text.fold(next)) && super::declension::adjective_stem(text.fold(next)).is_some()
}

/// Whether two adjectives end in the same three letters, so that both belong to one noun.
fn same_ending(a: &str, b: &str) -> bool {
    a.len().checked_sub(6).and_then(|at| a.get(at..)).is_some_and(|ending| b.ends_with(ending))
}

/// An adjective that no row gives, with a word for a small kind: «Тоолосский айыл окмоту», or in a list of such
/// adjectives: «Тоолосской, Чуйской и Ошской областей».
fn unknown(text: &Text, at: usize, gazetteer: &Gazetteer) -> Option<Candidate> {
    let mut end = at;
    loop {
        let token = text.tokens.get(end)?;
        if token.kind != Kind::Word || token.script != Script::Cyrillic || !token.is_capital() {
            return None;
        }
        if text.fold(end + 1) == "-" && !text.tokens.get(end + 1)?.spaced && !text.tokens.get(end + 2)?.spaced {
            end += 2;
        } else {
            break;
        }
    }
    super::declension::adjective_stem(text.fold(end))?;
    let Some((word, last)) = kinds::after(text, end + 1) else {
        let listed = text.tokens[at].spaced && is_listed(text, end + 1);
        return listed.then(|| candidate(gazetteer, (at, end + 1), None, Form::Elliptic, None));
    };
    let small = matches!(word.scope, kinds::Scope::Municipality | kinds::Scope::District);
    small.then(|| candidate(gazetteer, (at, last), None, Form::Adjective, Some(word)))
}

fn candidate(
    gazetteer: &Gazetteer,
    tokens: (usize, usize),
    readings: Option<Readings>,
    form: Form,
    word: Option<&'static KindWord>,
) -> Candidate {
    let mut best: Option<(u64, PlaceKind, u32)> = None;
    let mut ordinary = Ordinary::No;
    let mut abbreviation = readings.is_some();
    for reading in readings.into_iter().flat_map(|r| gazetteer.readings(r)) {
        let (kind, population) = gazetteer.kind_of(reading.row());
        ordinary = ordinary.max(reading.ordinary());
        abbreviation &= reading.status() == Status::Abbreviation;
        let weight = u64::from(population) + if kind == PlaceKind::Country { 1 << 33 } else { 0 };
        if best.is_none_or(|(w, _, _)| weight > w) {
            best = Some((weight, kind, population));
        }
    }
    let (kind, population) = match (best, word) {
        (Some((_, kind, population)), _) => (kind.name(), population),
        (None, Some(word)) => (word.kind().name(), 0),
        (None, None) => ("city", 0),
    };
    Candidate { tokens: (tokens.0 as u32, tokens.1 as u32), readings, form, word, kind, population, ordinary, abbreviation }
}

/// Whether the tokens from `first` to `last` are written as a name: capitals but for small words.
fn written(text: &Text, first: usize, last: usize) -> bool {
    // "the village" is no name
    if matches!(text.fold(first), "the" | "this") && text.tokens[last].case == Case::Lower {
        return false;
    }
    (first..=last).all(|i| {
        let token = &text.tokens[i];
        token.kind != Kind::Word
            || token.case != Case::Lower
            || i > first && (text.fold(i).len() <= 3 || small(text.fold(i)) || text.fold(i - 1) == "'")
            || i > first && text.fold(i - 1) == "-" && !token.spaced
    })
}

/// Words that are written small inside a name.
fn small(fold: &str) -> bool {
    kinds::is_kind(fold) || hints::is(fold, Hint::PLACE_SMALL)
}

/// Whether the name goes on after a hyphen, so that it is not this one: "Kyzyl-Kyshtak", but
/// "Moscow-based" and "Baku-Tbilisi".
fn glued(text: &Text, end: usize, gazetteer: &Gazetteer) -> bool {
    let Some(dash) = text.tokens.get(end) else { return false };
    // "GARDA—The ministry said": a dash between words joins none
    if dash.spaced || text.fold(end) != "-" || text.str(end) == "—" {
        return false;
    }
    let Some(next) = text.tokens.get(end + 1).filter(|t| !t.spaced) else { return false };
    match next.kind {
        Kind::Word if next.case == Case::Lower => next.script == Script::Cyrillic,
        Kind::Word => gazetteer.find_key(text.fold(end + 1)).is_none(),
        _ => false,
    }
}

/// Whether token `at` stands after a hyphen or a dot inside one word: part of an address or a longer name.
fn inside(text: &Text, at: usize, joined: bool) -> bool {
    let token = &text.tokens[at];
    if at == 0 || token.spaced {
        return false;
    }
    let word_before = at > 1 && !text.tokens[at - 1].spaced && text.tokens[at - 2].kind == Kind::Word;
    match text.fold(at - 1) {
        "@" | "_" => true,
        "/" | "." => word_before && text.tokens[at - 2].case == Case::Lower && text.fold(at - 2).len() > 3 && token.case == Case::Lower,
        "-" => {
            word_before
                && !joined
                && text.str(at - 1) != "—"
                && text.tokens[at - 2].script == token.script
                && !matches!(text.fold(at - 2), "сорос" | "сороса" | "soros")
        }
        _ => false,
    }
}

/// Gives adjectives the word that stands before their list: «двух областей – Чуйской и Нарынской»,
/// «в трёх районах, где идут работы: Московском, Панфиловском и Жайылском».
fn headed(text: &Text, found: &mut [Candidate]) {
    let mut at = 0;
    while at < found.len() {
        let mut end = at + 1;
        if found[at].form != Form::Elliptic || found[at].readings.is_none() {
            at = end;
            continue;
        }
        while found.get(end).is_some_and(|next| {
            next.form == Form::Elliptic && next.readings.is_some() && joins(text, found[end - 1].tokens.1, next.tokens.0)
        }) {
            end += 1;
        }
        // «Чуйская – Мады, Кун-Туу …» in a list of lines of which the one before has the word
        if end - at == 1
            && let Some(word) = heads_line(text, &found[..at], &found[at])
        {
            found[at].word = Some(word);
            found[at].form = Form::Adjective;
        }
        // the last of a list that leads to its own word is no adjective without one
        let leads = found.get(end).is_some_and(|next| next.form != Form::Whole && joins(text, found[end - 1].tokens.1, next.tokens.0));
        let first = found[at].tokens.0 as usize;
        let marked =
            first > 0 && matches!(text.fold(first - 1), ":" | "-" | "(") && text.tokens[first].sentence == text.tokens[first - 1].sentence;
        if end - at >= 2 && !leads && marked {
            let sentence = text.tokens[first].sentence;
            let head = (first.saturating_sub(HEAD_REACH)..first)
                .rev()
                .filter(|&t| text.tokens[t].sentence == sentence)
                .find_map(|t| kinds::at(text, t).filter(|word| matches!(word.scope, kinds::Scope::Admin1 | kinds::Scope::District)));
            if let Some(head) = head {
                for candidate in &mut found[at..end] {
                    candidate.word = Some(head);
                    candidate.form = Form::Adjective;
                }
            }
        }
        at = end;
    }
}

/// The word for the kind of an adjective that stands at the head of a line, before a dash or a
/// colon, as the line before begins with a whole name of that sort.
fn heads_line(text: &Text, before: &[Candidate], candidate: &Candidate) -> Option<&'static KindWord> {
    let heads = |c: &Candidate| {
        let (first, end) = (c.tokens.0 as usize, c.tokens.1 as usize);
        let starts = first == 0
            || !text.same_line(first - 1, first)
            || text.tokens[first - 1].kind == Kind::Mark && (first < 2 || !text.same_line(first - 2, first));
        starts && matches!(text.fold(end), "-" | ":") && text.same_line(first, end)
    };
    if !heads(candidate) {
        return None;
    }
    let line = text.tokens[candidate.tokens.0 as usize].line;
    let last = before.iter().rev().take(40).find(|c| heads(c))?;
    let near = line.saturating_sub(text.tokens[last.tokens.0 as usize].line);
    let word = last.word.or_else(|| kinds::at(text, last.tokens.1 as usize - 1));
    word.filter(|_| (1..=3).contains(&near))
}

/// How many tokens before a list the word for its kind may stand.
const HEAD_REACH: usize = 16;

/// Keeps an adjective without its word only where a list leads to one with it.
fn elliptic(text: &Text, found: &mut Vec<Candidate>) {
    let mut next: Option<(u32, Option<&'static KindWord>)> = None;
    for candidate in found.iter_mut().rev() {
        match candidate.form {
            Form::Elliptic => {
                let joined = next.filter(|&(start, _)| joins(text, candidate.tokens.1, start));
                match joined {
                    Some((_, word)) => {
                        candidate.word = word;
                        next = Some((candidate.tokens.0, word));
                    }
                    None => {
                        candidate.word = None;
                        next = None;
                    }
                }
            }
            Form::Adjective => next = Some((candidate.tokens.0, candidate.word)),
            // «Ошская область» may be found whole
            Form::Whole => {
                let last = candidate.tokens.1 as usize - 1;
                // «Кондинском, Октябрьском и Ошском районах»: the case of a noun that is an adjective as well
                let listed = next.filter(|&(start, _)| {
                    super::declension::adjective_stem(text.fold(last)).is_some() && joins(text, candidate.tokens.1, start)
                });
                let word = kinds::at(text, last).or(listed.and_then(|(_, word)| word));
                next = word.map(|word| (candidate.tokens.0, Some(word)));
            }
        }
    }
    found.retain(|c| c.form != Form::Elliptic || c.word.is_some());
}

/// Whether only a comma, «и» and the like stand between tokens `end` and `start`.
fn joins(text: &Text, end: u32, start: u32) -> bool {
    let between = end as usize..start as usize;
    !between.is_empty()
        && between.len() <= 3
        && between.clone().all(|i| matches!(text.fold(i), "," | "и" | "или" | "а" | "также" | "в" | "из" | "/" | "-"))
}

#[cfg(test)]
mod tests {
    use crate::Record;

    #[test]
    fn a_dash_of_the_sentence_joins_no_words() {
        assert_eq!(Record::of("YEREVAN—Farmers met in Gyumri today.").texts("place"), ["YEREVAN", "Gyumri"]);
        assert_eq!(Record::of("The farmers of Osh-Kolot met in Naryn today.").texts("place"), ["Naryn"]);
    }

    #[test]
    fn letters_of_a_university_are_no_town_in_a_case() {
        assert_eq!(Record::of("Она окончила факультет МГУ имени Ломоносова и уехала на Мгу.").texts("place"), ["Мгу"]);
    }

    #[test]
    fn a_list_of_regions_goes_on_over_one_that_no_row_has_as_adjective() {
        assert_eq!(
            Record::of("Семена получили жители Баткенской, Жалалабадской, Сырдарьинской и Нарынской областей Кыргызстана.\n")
                .texts("place"),
            ["Баткенской", "Жалалабадской", "Сырдарьинской", "Нарынской областей", "Кыргызстана"]
        );
        // surnames in a list lead to no region
        assert_eq!(Record::of("На встречу в Бишкек приехали Оболенский, Вяземский и другие гости.\n").texts("place"), ["Бишкек"]);
    }
}
