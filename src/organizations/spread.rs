//! Evidence that gathers in a document: acronyms that a bracket defines, further mentions of names
//! seen surely once, and short forms («Фонд», "the Mission") of a body named in full.

use rustc_hash::FxHashMap;

use super::KnownBody;
use super::found::{Found, Scene};
use super::initials;
use crate::lexicon;
use crate::lexicon::bodies::{COMPANY, Classes};
use crate::lexicon::classes::is_strange;
use crate::lexicon::forms::{Form, is_adjective, is_plural, is_small_word};
use crate::lexicon::stems::{self, StemPhrases};
use crate::mention::{Tagged, TaggedKind};
use crate::text::{Case, Facts, Kind, Script};

/// Adds what stands in brackets behind a name: its acronym or its other name; and names of the
/// table that need context, where the document gives some.
pub(crate) fn acronyms(scene: &Scene, found: &mut Vec<Found>, known: &[KnownBody]) {
    let mut added = Vec::new();
    for name in found.iter() {
        if let Some((first, end)) =
            bracketed(scene, name.end).or_else(|| small_acronym(scene, name)).filter(|&(k, _)| !is_country_code(scene, name, k))
        {
            // "(Comissão Nacional de Eleições, CNE)"
            let second = scene.fold(end) == ","
                && scene.fold(end + 2) == ")"
                && scene.token(end + 1).is_some_and(|t| t.case == Case::Upper && t.span.len() > 1);
            if second {
                added.push(Found {
                    first: end + 1,
                    end: end + 2,
                    rule: ("acronym", "bracket"),
                    row: name.row,
                    kind: name.kind,
                    confidence: 0.9,
                });
            }
            added.push(Found { first, end, rule: ("acronym", "bracket"), row: name.row, kind: name.kind, confidence: 0.92 });
        }
    }
    for body in known.iter().filter(|b| !b.sure) {
        let (first, end) = (body.tokens.0 as usize, body.tokens.1 as usize);
        if found.iter().chain(&added).any(|f| f.row == Some(body.row)) {
            added.push(Found { first, end, rule: ("known", ""), row: Some(body.row), kind: "", confidence: 0.85 });
        }
    }
    found.extend(added);
}

/// "Department of Disaster Management Affairs (Dodma)": a word whose letters are the name's initials.
fn small_acronym(scene: &Scene, name: &Found) -> Option<(usize, usize)> {
    let at = name.end + 1;
    let word = scene.token(at).filter(|t| t.case == Case::Title && t.script == Script::Latin && (3..=8).contains(&t.span.len()))?;
    let letters = scene.text.slice(word.span).to_lowercase();
    let initials = |all: bool| {
        let words = (name.first..name.end).filter(move |&k| scene.is_word(k) && (all || scene.capital(k)));
        words.filter_map(|k| scene.fold(k).chars().next())
    };
    let counted = initials(true).eq(letters.chars()) || initials(false).eq(letters.chars());
    (scene.mark(name.end) == b'(' && scene.mark(at + 1) == b')' && counted).then_some((at, at + 1))
}

/// "Silk News (UZ)": two letters that the name does not begin with say where.
fn is_country_code(scene: &Scene, name: &Found, bracket: usize) -> bool {
    let code = scene.fold(bracket);
    let initial = |k: usize| scene.fold(k).bytes().next() == code.bytes().next();
    code.len() == 2 && !(name.first..name.end).any(initial)
}

/// How names that are short for others begin: «Росводхоз», «Казгидромет».
const CLIPPED: [&str; 12] = ["рос", "мин", "гос", "каз", "узб", "бел", "таджик", "кырг", "укр", "азер", "туркмен", "нац"];

/// The name inside the bracket that opens at token `open`, if it holds one.
fn bracketed(scene: &Scene, open: usize) -> Option<(usize, usize)> {
    // a closing quote may stand between
    let open = if scene.fold(open) == "\"" && scene.fold(open + 1) == "(" { open + 1 } else { open };
    if scene.fold(open) != "(" {
        return None;
    }
    let close = (open + 1..open + 14).find(|&k| scene.fold(k) == ")" && scene.text.same_line(open, k))?;
    let mut first = open + 1;
    // «(далее – Общественный фонд)», "(hereinafter the Fund)"
    if matches!(scene.fold(first), "далее" | "hereinafter" | "hereafter") {
        first += 1;
        while first < close && !scene.capital(first) {
            first += 1;
        }
    }
    let mut end = close;
    if let Some(cut) = (first..close).find(|&k| matches!(scene.fold(k), "," | ";")) {
        end = cut;
    }
    while first < end && scene.fold(first) == "\"" && scene.fold(end - 1) == "\"" {
        first += 1;
        end -= 1;
    }
    let letters = scene.token(first).is_some_and(|t| t.case == Case::Upper) && end == first + 1 && !scene.is_country(first);
    if first >= end || !letters && scene.place(first).is_some_and(|to| to >= end) {
        return None;
    }
    // «(ПРООН/ГЭФ)»: two
    if scene.known(first).is_some_and(|to| scene.mark(to) == b'/' && scene.known(to + 1) == Some(end)) {
        return None;
    }
    let words = (first..end).filter(|&k| scene.is_word(k)).count();
    let letters_of = |k: usize| match scene.token(k).map(|t| (t.kind, t.case)) {
        Some((Kind::Word, case)) => matches!(case, Case::Upper | Case::Mixed),
        Some((Kind::Mark, _)) => !matches!(scene.fold(k), "$" | "€" | "£" | "%" | "=" | ":"), // "(US$ 68.2)", "(NYSE: ABCD)"
        Some(_) => true,
        None => false,
    };
    let acronym = (first..end).all(letters_of) && scene.is_word(first) && words <= 3;
    let lettered = scene.token(first).is_some_and(|t| t.span.len() >= 2);
    // "(LGUs)": many of a kind
    let many = end == first + 1 && scene.text.str(first).strip_suffix('s').is_some_and(|letters| letters.chars().all(char::is_uppercase));
    let labelled = scene.is(first, Classes::LEGAL) && scene.fold(first + 1) == "\"";
    let second = scene.fold(end) == "," && scene.fold(end + 2) == ")" && scene.token(end + 1).is_some_and(|t| t.case == Case::Upper);
    // "Green Coast Energy Company (Taqa)"
    let trade = end == first + 1
        && scene.token(first).is_some_and(|t| t.case == Case::Title && t.script == Script::Latin && t.span.len() > 3)
        && (open.saturating_sub(2)..open).any(|k| scene.word(k).kind == "company" && scene.is(k, Classes::HEAD.with(Classes::LEGAL)))
        && !scene.is(first, Classes::TITLE.with(Classes::HEAD).with(Classes::PROJECT).with(Classes::LEGAL))
        && !scene.form(first, Form::OPENER);
    let short = trade
        || second && scene.capital(first)
        || words <= 4 && scene.capital(first) && (scene.is(first, Classes::HEAD) || scene.is(end - 1, Classes::HEAD));
    // «(Росводхоз)»: a word that says of which country or kind of body it is short
    let clipped = end == first + 1
        && end == close
        && scene.token(first).is_some_and(|t| t.case == Case::Title && t.script == Script::Cyrillic && t.span.len() >= 14)
        && CLIPPED.iter().any(|c| scene.fold(first).starts_with(c))
        && !scene.is_person(first)
        && !is_adjective(scene.fold(first));
    (acronym && lettered && !many || labelled || short || clipped).then_some((first, end))
}

/// A Russian name that goes on by one small word over a name that the document has elsewhere ends
/// where that name ends: «Институт развития» tells that «Институте развития рады» is one word too long.
pub(crate) fn same_bounds(scene: &Scene, found: &mut [Found]) {
    let names: rustc_hash::FxHashSet<Vec<u64>> =
        found.iter().filter(|f| f.end - f.first > 1).map(|f| stems::keys(scene.text, f.first, f.end).collect()).collect();
    for name in found.iter_mut().filter(|f| f.rule.0 == "russian" && f.end - f.first > 2) {
        let last = name.end - 1;
        let small = scene.token(last).is_some_and(|t| t.case == Case::Lower && t.kind == Kind::Word);
        if small && names.contains(&stems::keys(scene.text, name.first, last).collect::<Vec<_>>()) {
            name.end = last;
        }
    }
}

/// Adds every further mention of the names found, in any case, where nothing was found.
pub(crate) fn everywhere(scene: &Scene, found: &mut Vec<Found>) {
    let mut names: StemPhrases<usize> = StemPhrases::with_capacity(10, 3 * found.len());
    for (i, name) in found.iter().enumerate() {
        if name.confidence < 0.7 {
            continue;
        }
        for (first, end) in forms(scene, name) {
            if end - first == 1 && (scene.is(first, Classes::HEAD.with(Classes::TITLE)) || scene.text.tokens[first].span.len() < 2) {
                continue;
            }
            names.entry_of(stems::keys(scene.text, first, end)).get_or_insert(i);
        }
    }
    let initials = initials::of_names(scene, found);
    if names.is_empty() && initials.is_empty() {
        return;
    }
    let mut taken = vec![false; scene.text.tokens.len()];
    for name in found.iter() {
        taken[name.first..name.end].fill(true);
    }
    let mut added = Vec::new();
    let mut next = 0;
    for i in scene.text.candidates(0..scene.text.tokens.len(), Facts::CAPITAL | Facts::OPEN | Facts::NUMBER) {
        if i < next || taken[i] {
            continue;
        }
        let token = &scene.text.tokens[i];
        let shown = names.may_begin(scene.words.stems[i]) || token.case == Case::Upper && !initials.is_empty();
        if !shown || token.kind == Kind::Mark || !token.is_capital() && token.kind == Kind::Word && token.script == Script::Latin {
            continue;
        }
        let mut best = None;
        names.each(scene.text, &scene.words.stems, i, |end, &of| {
            if end <= taken.len() && !taken[i..end].contains(&true) && written_alike(scene, &found[of], i, end) {
                best = Some((end, of));
            }
        });
        match best {
            Some((end, of)) => {
                let name = &found[of];
                added.push(Found {
                    first: i,
                    end,
                    rule: ("spread", "named-elsewhere"),
                    row: name.row,
                    kind: name.kind,
                    confidence: name.confidence * 0.9,
                });
                next = end;
            }
            None => {
                if let Some(&of) = initials.get(&token.hash).filter(|_| token.case == Case::Upper && initials::stands_alone(scene, i)) {
                    let rule = ("spread", "initials");
                    added.push(Found { first: i, end: i + 1, rule, row: found[of].row, kind: found[of].kind, confidence: 0.8 });
                }
            }
        }
    }
    found.extend(added);
}

/// "Makerere" for "Makerere University", "Lotus" for "Lotus Rural Development Agency", where the model takes
/// it for a person's name or for none, and no person of the document has it.
pub(crate) fn first_words(scene: &Scene, found: &mut Vec<Found>, tagged: &[Tagged]) {
    let mut names: FxHashMap<u64, usize> = FxHashMap::default();
    for (i, name) in found.iter().enumerate() {
        let second = scene.is(name.first + 1, Classes::HEAD.with(Classes::LEGAL)) && name.end > name.first + 1;
        // "Lotus" of "Lotus Rural Development Agency"
        let last = name.end > name.first + 2
            && scene.is(name.end - 1, Classes::HEAD)
            && (name.first..name.end).all(|k| scene.capital(k))
            && is_strange(scene.fold(name.first));
        // "Orozov" is not the "Orozov Administration"
        let own = name.kind != "government" && name.kind != "ministry";
        if (second || last) && own && name.confidence >= 0.7 && scene.is_latin(name.first) {
            names.entry(scene.words.stems[name.first]).or_insert(i);
        }
    }
    if names.is_empty() {
        return;
    }
    let lone = |t: &&Tagged| t.kind == TaggedKind::Person && t.tokens.1 == t.tokens.0 + 1;
    let mut places: Vec<usize> = tagged.iter().filter(lone).map(|t| t.tokens.0 as usize).collect();
    // what the model says nothing of, between words in small letters
    let strange = |&i: &usize| {
        let token = &scene.text.tokens[i];
        names.contains_key(&scene.words.stems[i])
            && token.case == Case::Title
            && !scene.is_person(i)
            && scene.place(i).is_none()
            && scene.known(i).is_none()
            && !scene.is_titled(i)
            && !scene.capital(i + 1)
            && !(scene.fold(i + 1) == "," && scene.place(i + 2).is_some())
            && !(i > 0 && scene.capital(i - 1) && scene.together(i - 1, i))
            && is_strange(scene.fold(i))
            && lexicon::classes_of(scene.text, i) & (lexicon::FIRST_NAME | lexicon::SURNAME) == 0
    };
    places.extend(scene.text.candidates(0..scene.text.tokens.len(), Facts::CAPITAL).filter(strange));
    places.sort_unstable();
    let longer = |key: u64| {
        let mut people = tagged.iter().filter(|t| t.kind == TaggedKind::Person && t.tokens.1 > t.tokens.0 + 1);
        people.any(|t| (t.tokens.0..t.tokens.1).any(|k| scene.words.stems[k as usize] == key))
    };
    let mut added = Vec::new();
    for i in places {
        let key = scene.words.stems[i];
        let Some(&of) = names.get(&key) else { continue };
        let addressed = i > 0 && (scene.is(i - 1, Classes::TITLE) || scene.fold(i - 1) == ".");
        if !addressed && !longer(key) && !found.iter().any(|f| f.first <= i && i < f.end) {
            let (row, kind) = (found[of].row, found[of].kind);
            added.push(Found { first: i, end: i + 1, rule: ("spread", "first-word"), row, kind, confidence: 0.75 });
        }
    }
    found.extend(added);
}

/// The forms of a name that may stand alone: itself, what is quoted in it, and "Garda Mills" of "Garda Mills LLC".
fn forms(scene: &Scene, name: &Found) -> Vec<(usize, usize)> {
    let mut forms = vec![(name.first, name.end)];
    if let Some((first, end)) = without_legal_form(scene, name.first, name.end) {
        forms.push((first, end));
    }
    // «ТПП» of «ТПП Нижней Озерии»
    let letters = &scene.text.tokens[name.first];
    if letters.case == Case::Upper
        && letters.script == Script::Cyrillic
        && (6..=12).contains(&letters.span.len())
        && name.end > name.first + 1
        && scene.is_word(name.first + 1)
        && !scene.is(name.first, Classes::LEGAL)
        && !scene.is_common(name.first, name.first + 1)
        && !scene.is_shouted(name.first)
    {
        forms.push((name.first, name.first + 1));
    }
    if let Some(open) = (name.first..name.end).find(|&k| scene.fold(k) == "\"" || scene.text.str(k) == "‘")
        && let Some(end) = scene.quoted_end(open).filter(|&end| end <= name.end)
        && !is_of_project(scene, name.first, open)
    {
        let mut inner = open + 1;
        let mut last = end - 1;
        while last > inner && matches!(scene.fold(last - 1), "\"" | "'") {
            last -= 1;
        }
        while inner < last && scene.fold(inner) == "\"" {
            inner += 1;
        }
        if inner < last && scene.is_word(inner) {
            forms.push((inner, last));
        }
    }
    forms
}

/// «наблюдательный совет проекта «Имя»»: what is quoted is the project's name.
fn is_of_project(scene: &Scene, first: usize, open: usize) -> bool {
    let word = open.wrapping_sub(1);
    open > first + 1 && scene.fold(word).starts_with("проект")
}

/// A Latin name without the legal form before or behind it, where what is left can stand for it: no lone
/// short word, place or word for a kind of body.
fn without_legal_form(scene: &Scene, mut first: usize, mut end: usize) -> Option<(usize, usize)> {
    if scene.token(first).is_none_or(|t| t.script != Script::Latin) {
        return None;
    }
    let whole = (first, end);
    while end > first && (scene.is(end - 1, Classes::LEGAL) || matches!(scene.fold(end - 1), "." | ",")) {
        end -= 1;
    }
    if end == whole.1 && scene.is(first, Classes::LEGAL) {
        first += 1;
    }
    let long = end > first + 1 || end == first + 1 && scene.text.tokens[first].span.len() > 4;
    let plain = scene.capital(first) && !scene.is(end - 1, Classes::HEAD) && scene.place(first).is_none_or(|to| to < end);
    ((first, end) != whole && long && plain).then_some((first, end))
}

/// Whether a further mention has the capitals that its name has.
fn written_alike(scene: &Scene, name: &Found, first: usize, end: usize) -> bool {
    let tokens = &scene.text.tokens[first..end];
    let words = tokens.iter().filter(|t| t.kind == Kind::Word).count();
    if words == 1 {
        let here = &tokens[0];
        if end - first == name.end - name.first {
            let there = &scene.text.tokens[name.first];
            return match there.case {
                Case::Upper => matches!(here.case, Case::Upper | Case::Mixed),
                _ => here.is_capital(),
            };
        }
        // «берега Мургаба» beside «общество «Мургаб»»
        let marked = first > 0 && scene.mark(first - 1) == b'"';
        if here.script == Script::Cyrillic && scene.place(first) == Some(end) && !marked {
            return false;
        }
        // what was quoted: a common word needs its quotes or a place inside the sentence
        return here.is_capital()
            && (here.script == Script::Latin
                || here.case == Case::Upper
                || first > 0 && scene.fold(first - 1) == "\""
                || !scene.opens_sentence(first) && !scene.words.is_shouted(scene.text, first));
    }
    // "the Garda government" is not the "Garda Government"
    if tokens[0].script == Script::Latin && end - first == name.end - name.first {
        let there = &scene.text.tokens[name.first..name.end];
        return (first..end).zip(there).all(|(k, there)| scene.capital(k) || !there.is_capital() || !scene.is(k, Classes::HEAD));
    }
    tokens.iter().filter(|t| t.is_capital()).count() > 0
}

fn article_before(scene: &Scene, i: usize) -> bool {
    i > 0 && scene.fold(i - 1) == "the"
}

/// Adds capitalised head nouns that stand alone and point to a body named in full before (or,
/// failing that, after): "the Foundation", «Хаб», «Институт».
pub(crate) fn short_forms(scene: &Scene, found: &mut Vec<Found>) {
    let mut named: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for name in found.iter() {
        if name.end - name.first < 2 {
            continue;
        }
        for head in (name.first..name.end).filter(|&k| scene.is(k, Classes::HEAD) && scene.fold(k) != "of") {
            named.entry(scene.words.head_stem(head)).or_default().push(name.first);
        }
        if scene.words.is_firm(name.first, name.end) {
            named.entry(*COMPANY).or_default().push(name.first);
        }
    }
    if named.is_empty() {
        return;
    }
    let mut taken = vec![false; scene.text.tokens.len()];
    for name in found.iter() {
        taken[name.first..name.end].fill(true);
    }
    let mut added = Vec::new();
    for i in scene.words.having(Classes::HEAD) {
        let token = &scene.text.tokens[i];
        if taken[i] || token.case != Case::Title || token.span.len() < 3 || scene.words.is_shouted(scene.text, i) {
            continue;
        }
        let Some(bodies) = named.get(&scene.words.head_stem(i)) else { continue };
        // "Head of Office"
        let headed = i > 1 && scene.word(i).kind == "office" && scene.fold(i - 1) == "of" && scene.fold(i - 2) == "head";
        if headed || !bodies.iter().any(|&first| first < i) && scene.opens_sentence(i) {
            continue;
        }
        let alone = match token.script {
            Script::Latin => {
                if i > 0 && scene.fold(i - 1) == "-" && !token.spaced {
                    continue; // "Self-Government"
                }
                let article = i > 0 && matches!(scene.fold(i - 1), "the" | "this" | "our" | "its");
                // "Mail Service Delays" of a headline: most nouns have a capital there
                if !article && scene.is_titled(i) && scene.word(i).kind != "government" && scene.fold(i) != "house" {
                    continue;
                }
                let free = !scene.capital(i + 1)
                    || !scene.together(i, i + 1)
                    || scene.is(i + 1, Classes::TITLE)
                    || article_before(scene, i) && scene.is_person(i + 1);
                (article || !scene.opens_sentence(i) && (i == 0 || !scene.capital(i - 1) || taken[i - 1]))
                    && free
                    && scene.fold(i + 1) != "-"
            }
            // «Агентство «Икс»»: of another body
            _ => {
                let many = is_plural(scene.fold(i), scene.word(i).word);
                let other = scene.mark(i + 1) == b'"' && scene.text.tokens[i + 1].spaced;
                !many && !other
            }
        };
        // «Совет директоров» for «Совет директоров Банка России»
        let goes_on = |first: usize| {
            let next =
                |k: usize| scene.token(k).is_some_and(|t| t.case == Case::Lower && t.script == Script::Cyrillic && t.kind == Kind::Word);
            let same = scene.words.stems[first] == scene.words.stems[i] && next(i + 1) && next(first + 1);
            (same && scene.words.stems.get(first + 1) == scene.words.stems.get(i + 1) && !is_small_word(scene.fold(i + 1))).then_some(i + 2)
        };
        if alone {
            added.push(Found {
                first: i,
                end: bodies.iter().find_map(|&first| goes_on(first)).unwrap_or(i + 1),
                rule: ("spread", "short-form"),
                row: None,
                kind: scene.word(i).kind,
                confidence: 0.8,
            });
        }
    }
    found.extend(added);
}
