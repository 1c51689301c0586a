//! Named projects, programmes, strategies, campaigns and conferences.
//!
//! A quoted name counts when a project's word stands before it («проект «…»», "the project called
//! “…”") or behind it (“…” programme), or when it is long and capitalised like a title; the generic
//! word then stays outside. Without quotes the name is a capitalised group with a project's head
//! noun ("Skills Development Project"), the head inside. Programmes that everybody knows by name
//! stand in `data/projects/programmes.tsv`. Acronyms in brackets and further mentions follow.

mod again;
mod bounds;
mod quoted;
mod said;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::lexicon::bodies::Classes;
use crate::lexicon::forms::Form;
use crate::lexicon::hints::Hint;
use crate::lexicon::stems::{self, StemPhrases};
use crate::mention::{Fact, Mention, ProjectFact, Rule};
use crate::organizations::found::{Found, Scene};
use crate::organizations::{english, in_nominative, initials, russian, settle, spread};
use crate::page::Page;
use crate::table;
use crate::text::{Case, Facts, Kind, Script};
use bounds::{
    back_to_start, from_deed, from_letters, is_roman, of_year, over_joints, to_letters, with_aim, with_number, with_numeral, with_partner,
    with_place, with_second, with_term, with_years,
};

static PROGRAMMES: LazyLock<StemPhrases<()>> = LazyLock::new(|| {
    let mut names = StemPhrases::default();
    for [name] in table::rows::<1>(include_str!("../../data/projects/programmes.tsv")) {
        *names.entry(name) = Some(());
    }
    names
});

/// Finds named projects. `mentions` holds the places, organizations and people found before.
#[must_use]
pub fn find(page: &Page, mentions: &[Mention]) -> Vec<Mention> {
    let words = page.words();
    let scene = Scene::new(page, words, &[], &[], mentions);
    let mut found = Vec::new();
    known(&scene, &mut found);
    grammar(&scene, &mut found);
    quoted::find(&scene, &mut found);
    let sure = names_of_others(page, mentions, false);
    beside_word(&scene, &names_of_others(page, mentions, true), &sure, &mut found);
    said::find(&scene, &sure, &mut found);
    // a body's name is not a project's
    found.retain(|f| !is_body(page, mentions, f));
    let mut found = settle(found);
    spread::acronyms(&scene, &mut found, &[]);
    again::translations(&scene, &mut found);
    found.retain(|f| f.rule.1 != "bracket" || !is_known_body(page, mentions, f)); // "Clean Water Project (UNDP)"
    let mut found = settle(found);
    spread::everywhere(&scene, &mut found);
    let mut found = settle(found);
    again::before_colons(&scene, &mut found);
    let mut found = settle(found);
    again::short_forms(&scene, &mut found);
    again::letters(page, &scene, mentions, &mut found);
    let mut found = settle(found);
    again::numbered(&scene, &mut found);
    let entities = entities(&scene, &found);
    found
        .iter()
        .zip(entities)
        .map(|(f, (entity, name))| {
            let fact = ProjectFact { entity, name: name.into() };
            let rule = Rule::Grammar("projects", f.rule.1);
            Mention::new(page.text.span(f.first, f.end - 1), Fact::Project(fact), rule, f.confidence)
        })
        .collect()
}

/// Whether an organization has the same span. Where a project's word stands beside the name, the
/// model's word for a body counts for nothing.
fn is_body(page: &Page, mentions: &[Mention], name: &Found) -> bool {
    let span = page.text.span(name.first, name.end - 1);
    let said = matches!(name.rule.1, "before-word" | "before-bracket" | "after-word" | "apposition" | "called" | "under");
    // “Self-Government for the Growth of Towns” programme: a quoted name with a tail is what the word beside it says
    let quoted = matches!(name.rule.1, "quoted-before-word" | "quoted-after-word" | "quoted-near-word") && name.end >= name.first + 6;
    // «проекта «Общее имя»», but «инициатива «Яблока»», «лагеря «Братьев»»: whose it is
    let first = page.text.fold(name.first);
    let whose = name.end < name.first + 2 || ["ов", "ев", "ей", "ых", "их", "ого", "его"].iter().any(|end| first.ends_with(end));
    let latin = page.text.tokens.get(name.first).is_some_and(|t| t.script == Script::Latin);
    let behind = match name.rule.1 {
        "listed" => true,
        "quoted-after-word" => !whose,
        "quoted-before-word" => latin, // “School of the Future” contest
        _ => false,
    };
    // «наблюдательный совет проекта «Имя»»
    let inside = name.rule.1 == "quoted-after-word" && name.first > 1 && page.text.fold(name.first - 2).starts_with("проект");
    mentions.iter().any(|m| {
        matches!(m.fact, Fact::Organization(_))
            && (m.span == span || m.span.contains(span))
            && !(said && matches!(m.rule, Rule::Model))
            && !(behind && m.span == span && matches!(m.rule, Rule::Model | Rule::Grammar("russian" | "english", "head" | "head-tail")))
            && !(inside && m.span != span)
            && !(quoted && m.span == span && matches!(m.rule, Rule::Grammar("english", "head-tail") | Rule::Model))
    })
}

/// Whether a body of the table has the same span.
fn is_known_body(page: &Page, mentions: &[Mention], name: &Found) -> bool {
    let span = page.text.span(name.first, name.end - 1);
    mentions.iter().any(|m| m.span == span && matches!((&m.fact, &m.rule), (Fact::Organization(_), Rule::Row(..))))
}

/// For each token whether it lies in a body's name that more than the model shows, or in a person's: with `people` in
/// one that the model alone shows as well.
fn names_of_others(page: &Page, mentions: &[Mention], people: bool) -> Vec<bool> {
    let mut named = vec![false; page.text.tokens.len()];
    for mention in mentions {
        let sure = match mention.fact {
            Fact::Organization(_) => !matches!(mention.rule, Rule::Model),
            Fact::Person(_) => people || !matches!(mention.rule, Rule::Model),
            _ => false,
        };
        if sure {
            named[page.text.tokens_in(mention.span)].fill(true);
        }
    }
    named
}

/// Programmes of the table, and names such as EU4Health that say what they are.
fn known(scene: &Scene, found: &mut Vec<Found>) {
    let name = |first, end, rule| Found { first, end, rule: ("projects", rule), row: None, kind: "", confidence: 0.85 };
    for i in scene.text.candidates(0..scene.text.tokens.len(), Facts::CAPITAL) {
        let mut best = None;
        // nearly none
        PROGRAMMES.each(scene.text, &scene.words.stems, i, |end, ()| best = Some(end));
        if let Some(mut end) = best {
            if scene.fold(end) == "+" && scene.token(end).is_some_and(|t| !t.spaced) {
                end += 1;
            }
            end += usize::from(is_roman(scene, end)); // "ENPARD III"
            // "Erasmus+ programme": without quotes the generic word is inside
            let generic = scene.token(end).is_some_and(|t| t.case == Case::Lower)
                && matches!(scene.fold(end), "programme" | "program" | "initiative" | "strategy");
            end += usize::from(generic && scene.is_latin(i) && scene.together(i, end) && !is_quoted(scene, i, end));
            found.push(name(i, end, "known"));
        } else if let Some((first, end)) = of_year(scene, i) {
            found.push(name(first, end, "year"));
        } else if let Some(number) = scene.token(i + 1).filter(|t| t.kind == Kind::Number) {
            if matches!(scene.fold(i), "eu" | "ес") && scene.fold(i + 1) == "4" && !number.spaced && scene.capital(i + 2) {
                // "EU4Gender Equality", "EU4Health programme"
                let part = |k: usize| {
                    let other = scene.is(k, Classes::TITLE.with(Classes::HEAD)) || scene.place(k).is_some() || scene.known(k).is_some();
                    scene.capital(k) && scene.is_latin(k) && scene.together(i, k) && !other && !scene.is_person(k)
                };
                let mut end = i + 3;
                while scene.is_latin(i) && part(end) && end < i + 6 {
                    end += 1;
                }
                found.push(name(i, end, "eu4"));
            } else if scene.text.str(i) == "COP" && (!number.spaced || scene.fold(i + 1).len() == 2) {
                found.push(name(i, i + 2, "cop")); // "COP29", the conference of a convention's parties
            }
        }
    }
}

/// Whether a mark of quotation stands beside the name.
fn is_quoted(scene: &Scene, first: usize, end: usize) -> bool {
    scene.mark(end) == b'"' || first > 0 && scene.mark(first - 1) == b'"'
}

/// Capitalised groups with a project's head noun.
fn grammar(scene: &Scene, found: &mut Vec<Found>) {
    if !scene.words.has(Classes::PROJECT) {
        return;
    }
    let mut next = 0;
    let mut taken = 0;
    for i in scene.candidates(Facts::CAPITAL, Classes::PROJECT, std::iter::empty()) {
        if i < next {
            continue;
        }
        let token = &scene.text.tokens[i];
        match token.script {
            Script::Cyrillic if i >= taken && scene.is(i, Classes::PROJECT) => {
                // «Фестиваль поэзии «Имя»»: the quoted part is the name
                let quoted = |name: &Found| scene.fold(name.end - 1) == "\"" && scene.capital(name.first);
                if let Some((name, _)) = russian::read(scene, i).filter(|(name, _)| !quoted(name)) {
                    // a capital that opens a sentence says nothing: «Тренинг для учителей», but «Программа малых грантов»
                    // and so does one behind the dash of a dateline
                    let dash = name.first.checked_sub(1).is_some_and(|k| scene.mark(k) == b'-' && scene.token(k).is_some_and(|t| t.spaced));
                    let opens = scene.opens_sentence(name.first) || dash && scene.token(name.first).is_some_and(|t| t.spaced);
                    let bare = !scene.fold(name.first).starts_with("программ") && !(name.first + 1..name.end).any(|k| scene.capital(k));
                    // «IT-форум»: letters before a common noun
                    let lettered = name.first + 2 == i && name.end == i + 1 && scene.mark(i - 1) == b'-' && !scene.capital(i);
                    let capital = name.rule.1 == "scheme"
                        || scene.lettered_end(name.end).is_some() && scene.capital(name.first)
                        || !lettered && scene.capital(name.first) && !(opens && (bare || name.end - name.first < 3));
                    let first = with_numeral(scene, name.first);
                    let name =
                        Found { first, end: to_letters(scene, first, with_term(scene, with_partner(scene, name.first, name.end))), ..name };
                    // «программа малых грантов 2007 года»
                    let year = name.rule.1 == "scheme"
                        && scene.token(name.end).is_some_and(|t| t.kind == Kind::Number && t.span.len() == 4)
                        && scene.fold(name.end + 1) == "года";
                    let name = Found { end: if year { name.end + 2 } else { name.end }, ..name };
                    let unquoted = scene.fold(i + 1) != "\"" && !(scene.fold(name.end) == "\"" && scene.capital(name.end + 1));
                    if name.first >= taken && capital && unquoted {
                        taken = name.end;
                        found.push(Found { rule: ("projects", "head"), ..name });
                    }
                }
            }
            Script::Latin if token.is_capital() && scene.words.capital_near(token.sentence, Classes::PROJECT) => {
                match english::read(scene, i) {
                    Ok(reading) => {
                        let mut name = reading.found;
                        if reading.project {
                            // "Feed the Future Garda Growth Activity": a part of a known programme
                            let whole = found.iter().find(|f| f.rule.1 == "known" && f.first < name.first && name.first < f.end);
                            name.first = whole.map_or(name.first, |f| f.first);
                            name.end = with_place(scene, with_second(scene, with_number(scene, name.end)));
                            name.end = with_aim(scene, name.first, name.end);
                            name.first = from_deed(scene, from_letters(scene, name.first, name.end));
                            name.first = with_numeral(scene, with_years(scene, name.first, name.end));
                            // the Garden Programme “Roses for All”: the quoted part is the name
                            let quoted = scene.quoted_end(name.end).is_some_and(|to| to > name.end + 3) && scene.capital(name.end + 1);
                            if !quoted {
                                found.push(Found { rule: ("projects", "head"), ..name });
                            }
                        }
                        next = name.end;
                    }
                    Err((first, end)) => {
                        if let Some(to) = bracketed_head(scene, first, end) {
                            let first = (first..end).find(|&k| !scene.form(k, Form::OPENER)).unwrap_or(first);
                            let first = initials::counted(scene, first, end).unwrap_or_else(|| from_letters(scene, first, end));
                            found.push(Found { first, end: to, rule: ("projects", "bracket-head"), row: None, kind: "", confidence: 0.85 });
                        }
                        next = end;
                    }
                }
            }
            _ => {}
        }
    }
}

/// "Young Growers Apprentice (YGA) Programme": the head behind the acronym of the words before it.
fn bracketed_head(scene: &Scene, first: usize, end: usize) -> Option<usize> {
    let acronym = scene.fold(end) == "(" && scene.fold(end + 2) == ")" && scene.token(end + 1).is_some_and(|t| t.case == Case::Upper);
    if !acronym || end < first + 2 || !scene.together(first, end + 3) {
        return None;
    }
    (end + 3..end + 6).take_while(|&k| scene.capital(k)).find(|&k| scene.is(k, Classes::PROJECT)).map(|k| k + 1)
}

/// «проекту CirculEC», "the Rooms to Learn project": a name beside a project's word in small letters.
fn beside_word(scene: &Scene, named: &[bool], sure: &[bool], found: &mut Vec<Found>) {
    for i in scene.words.having(Classes::PROJECT) {
        let token = &scene.text.tokens[i];
        // «Проект FINKMET ведут …»
        let opens = token.case == Case::Title && token.script == Script::Cyrillic && scene.opens_sentence(i);
        if token.case != Case::Lower && !opens || scene.is(i, Classes::HEAD) {
            continue;
        }
        let free = |named: &[bool], first: usize, end: usize| {
            let words = (first..end).filter(|&k| scene.capital(k)).count();
            let titled = words == 1 && !matches!(scene.text.tokens[first].case, Case::Upper | Case::Mixed);
            first < end
                && !titled
                && scene.known(first).is_none()
                && scene.place(first).is_none_or(|to| to < end && scene.capital(to))
                && !(first..end).any(|k| named[k])
                && !(scene.is(first, Classes::TITLE.with(Classes::HEAD)) && scene.text.tokens[first].case != Case::Upper)
        };
        let name = |first, end, rule, confidence| Found { first, end, rule: ("projects", rule), row: None, kind: "", confidence };
        let at = scene.known(i + 1).filter(|_| token.script == Script::Cyrillic).unwrap_or(i + 1); // «проект ЕС CASCADE»
        let numbered = scene.hint(i, Hint::GIVEN); // "grants R03 CA108364"
        if !numbered && scene.together(i, at) && scene.capital(at) && scene.token(at).is_some_and(|t| t.script == Script::Latin) {
            let (first, end) = english::group(scene, at, false);
            let end = if token.script == Script::Latin { over_joints(scene, end, false) } else { end };
            if free(named, first, end) {
                // «программа FinWater» holds its word, «проект CirculEC» and "project Own Oven" do not
                let holds = token.script == Script::Cyrillic && !scene.fold(i).starts_with("проект");
                let first = if holds { i } else { first };
                found.push(name(first, end, "after-word", 0.7));
                continue;
            }
        }
        if token.script != Script::Latin || i == 0 || !scene.hint(i, Hint::UNDERTAKING) {
            continue;
        }
        // before it
        let mut last = i; // one past the name
        // "the Safe Homes (SAHO) project"
        let bracket =
            (i.saturating_sub(6)..i.saturating_sub(2)).find(|&k| k > 0 && scene.capital(k - 1) && scene.lettered_end(k) == Some(i));
        if let Some(open) = bracket {
            last = open;
        } else if !scene.capital(i - 1) {
            // "the Rooms to Learn national project"
            if !scene.hint(i - 1, Hint::PROJECT_KIND) || !scene.capital(i.wrapping_sub(2)) {
                continue;
            }
            last = i - 1;
        }
        // "the Tala Mektebi national project": people have no article
        let first = back_to_start(scene, sure, last);
        let named = if last < i && bracket.is_none() && first > 0 && scene.fold(first - 1) == "the" { sure } else { named };
        let first = back_to_start(scene, named, last);
        // "First Amendment activity", but "the Cash for Work (CFW) activity"
        if scene.hint(i, Hint::DEED) && bracket.is_none() && !(first..last).any(|k| scene.hint(k, Hint::PROJECT_LINK)) {
            continue;
        }
        let cut = first > 0 && scene.mark(first - 1) == b'-' && last < i; // "In-Home Care pilot program"
        if free(named, first, last) && last - first <= 12 && !cut {
            // "the Rooms to Learn programme" holds its word, "the BOOST project" does not
            let (rule, confidence) = match bracket {
                Some(_) => ("before-bracket", 0.7),
                None if last < i => ("before-kind", 0.6),
                None => ("before-word", 0.65),
            };
            let lone = last == first + 1 || last == first + 2 && is_roman(scene, first + 1); // "the LEAP II project"
            let end = if last == i && !lone || bracket.is_some() { i + 1 } else { last };
            found.push(name(first, end, rule, confidence));
        }
    }
}

/// One number for each project of the document, and its fullest name.
fn entities(scene: &Scene, found: &[Found]) -> Vec<(u32, String)> {
    let mut numbers: FxHashMap<Vec<u64>, u32> = FxHashMap::default();
    let mut of = Vec::with_capacity(found.len());
    let mut fullest: Vec<(usize, usize)> = Vec::new();
    for (i, name) in found.iter().enumerate() {
        let keys: Vec<u64> = stems::keys(scene.text, name.first, name.end).collect();
        let bracket = i > 0 && name.first > 0 && scene.fold(name.first - 1) == "(" && name.first - found[i - 1].end <= 2;
        let short = name.rule.1 == "short-form" && i > 0;
        let number = match numbers.get(&keys) {
            Some(&n) => n,
            None if bracket => of[i - 1],
            None if short => {
                let key = scene.words.stems[name.first];
                (0..i).rev().find(|&j| stems::keys(scene.text, found[j].first, found[j].end).any(|k| k == key)).map_or(of[i - 1], |j| of[j])
            }
            None => {
                fullest.push((name.first, name.end));
                fullest.len() as u32
            }
        };
        numbers.entry(keys).or_insert(number);
        let best = &mut fullest[number as usize - 1];
        if name.end - name.first > best.1 - best.0 {
            *best = (name.first, name.end);
        }
        of.push(number);
    }
    of.into_iter()
        .map(|n| {
            let (first, end) = fullest[n as usize - 1];
            if scene.token(first).is_some_and(|t| t.script == Script::Cyrillic) {
                return (n, in_nominative(scene, first, end));
            }
            let name = scene.text.slice(scene.text.span(first, end - 1));
            (n, name.split_whitespace().collect::<Vec<_>>().join(" "))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> Vec<String> {
        let page = Page::new(source, true);
        find(&page, &[]).iter().map(|m| page.text.slice(m.span).to_string()).collect()
    }

    #[test]
    fn quoted_names_leave_their_word_outside() {
        assert_eq!(found("Стартовал проект «Чистая река»."), ["Чистая река"]);
        assert_eq!(found("The project called “Clean River for All” began."), ["Clean River for All"]);
        assert_eq!(found("По программам «Вода» и «Хлеб» заявки приняты."), ["Вода", "Хлеб"]);
        assert_eq!(found("The “Kitchen Gardens” programme grew."), ["Kitchen Gardens"]);
    }

    #[test]
    fn quoted_names_are_known_by_what_is_done_to_them() {
        assert_eq!(found("“Clean River for All” is a two-year project of two towns."), ["Clean River for All"]);
        assert_eq!(found("“Clean River for All” is implemented by two towns."), ["Clean River for All"]);
        assert_eq!(found("They opened a five-year programme, “Kamba Mpya”, in two towns."), ["Kamba Mpya"]);
        assert_eq!(found("Гранты получат:\n«Чистая река для всех» от двух школ."), ["Чистая река для всех"]);
        assert!(found("“Bells of Riga” was bought by two towns.").is_empty());
    }

    #[test]
    fn unquoted_names_hold_their_word() {
        assert_eq!(found("The bank pays for the Rural Roads Improvement Project."), ["Rural Roads Improvement Project"]);
        assert_eq!(found("They met under the Mobility Strategy 2020 again."), ["Mobility Strategy 2020"]);
        assert_eq!(found("Программа малых грантов открылась весной."), ["Программа малых грантов"]);
        assert_eq!(found("Победили в программе малых грантов 2007 года."), ["программе малых грантов 2007 года"]);
        assert_eq!(found("Это дар программы безвозмездной помощи сельским школам."), ["программы безвозмездной помощи сельским школам"]);
        assert!(found("Это часть программы развития сёл.").is_empty());
        assert_eq!(found("Начался ХII Форум учителей."), ["ХII Форум учителей"]);
        assert!(found("Гости IT-форума уехали.").is_empty());
        assert!(found("Тренинг для учителей\n\nТренинг для учителей прошёл весной.").is_empty());
    }

    #[test]
    fn acronyms_numbers_and_joints_belong_to_the_name() {
        assert_eq!(found("The Young Growers Apprentice (YGA) Programme began.")[0], "Young Growers Apprentice (YGA) Programme");
        assert_eq!(found("It follows the Rural Roads Programme Phase IV here."), ["Rural Roads Programme Phase IV"]);
        assert_eq!(found("It follows the Rural Roads Project (Phase II), which ended."), ["Rural Roads Project (Phase II)"]);
        assert_eq!(found("It follows the Rural Roads Programme II, Phase 3."), ["Rural Roads Programme II, Phase 3"]);
        assert_eq!(found("The Rural Roads Programme, Phase Three, opens."), ["Rural Roads Programme, Phase Three"]);
        assert_eq!(found("It follows the Rural Roads Project (Phase out)."), ["Rural Roads Project"]);
        assert_eq!(found("Under ENPARD III, farmers got loans."), ["ENPARD III"]);
        assert_eq!(found("It is part of the program Safe Roads and Bridges for Towns."), ["Safe Roads and Bridges for Towns"]);
        assert_eq!(found("They met before COP29 again."), ["COP29"]);
        assert_eq!(found("He opened the Quality Gains in Rural Schools Project."), ["Quality Gains in Rural Schools Project"]);
        assert_eq!(
            found("It runs the Clean Coast and Farm Gain (C-FARE) project.\nLater CFARE and C-FARE grew.")[0],
            "Clean Coast and Farm Gain (C-FARE) project"
        );
        assert_eq!(
            found("It runs the Clean Garden Coast (CLEGA) project. Later CLEGA grew."),
            ["Clean Garden Coast (CLEGA) project", "CLEGA"]
        );
        assert_eq!(found("The GARLIC Programme began. Villages like GARLIC."), ["GARLIC Programme", "GARLIC"]);
        assert_eq!(found("The town joined the LEADER programme."), ["LEADER"]);
        assert_eq!(found("They run the Women4Water project here."), ["Women4Water project"]);
        assert_eq!(found("He spoke of the Village-led Action for Roads project."), ["Village-led Action for Roads project"]);
        assert_eq!(
            found("They are now organizing the second Garda-Ondor Trade and Investment Conference there."),
            ["Garda-Ondor Trade and Investment Conference"]
        );
    }

    #[test]
    fn years_and_second_letters_belong_to_a_name() {
        assert_eq!(found("They drew up the 2030 Rural Growth Strategy."), ["2030 Rural Growth Strategy"]);
        assert_eq!(found("It follows the bank's Strategy 2030 and Lake Vision 2040."), ["Strategy 2030", "Lake Vision 2040"]);
        assert_eq!(
            found("They spoke of Vision-2050 and the National Seed Vision 2022–2030."),
            ["Vision-2050", "National Seed Vision 2022–2030"]
        );
        assert_eq!(found("They met on the 2030 Agenda for Better Roads."), ["2030 Agenda for Better Roads"]);
        assert!(found("World Vision 2013 report. The Strategy, 2030 copies of it, went out.").is_empty());
        assert_eq!(
            found("They met in 2030. National Growth Strategy talks began.").first().map(String::as_str),
            Some("National Growth Strategy")
        );
        assert_eq!(found("The Joint Advocacy Project on HIV/AIDS began."), ["Joint Advocacy Project on HIV/AIDS"]);
        assert_eq!(found("It paid for the Quality Gains for Schools Programme."), ["Quality Gains for Schools Programme"]);
    }

    #[test]
    fn known_programmes_have_their_word_and_what_they_are_part_of() {
        assert_eq!(found("They met under the Erasmus+ programme."), ["Erasmus+ programme"]);
        assert_eq!(found("Their “Erasmus+” programme began."), ["Erasmus+"]);
        assert_eq!(found("They won three Erasmus+ projects."), ["Erasmus+"]);
        assert_eq!(found("The Feed the Future Garda Growth Activity began."), ["Feed the Future Garda Growth Activity"]);
    }

    #[test]
    fn what_a_project_is_called_stands_behind_the_verb() {
        assert_eq!(found("The project titled Better Justice for Women ended."), ["Better Justice for Women"]);
        assert_eq!(found("The programme, known as Better Together, began."), ["Better Together"]);
        assert!(found("The project called on Anna Reed.").is_empty());
        assert!(found("The village called Better Together grew.").is_empty());
        assert_eq!(found("Their ‘Green Valleys’ (GREVA+) programme grew.")[0], "Green Valleys");
        let text = "It was told within the “Self-Government for the Growth of the Garda Towns” programme in May.";
        assert_eq!(crate::Record::of(text).texts("project"), ["Self-Government for the Growth of the Garda Towns"]);
    }

    #[test]
    fn what_a_sentence_says_is_a_project_has_its_name() {
        assert_eq!(found("The first year of Huertos del Loma, a programme of garden plots, ended."), ["Huertos del Loma"]);
        assert_eq!(found("It belongs to ICELAKE, an Erasmus+ project co-funded by towns.")[0], "ICELAKE");
        assert_eq!(found("Rooms of the Future is a five-year project that covers two towns."), ["Rooms of the Future"]);
        assert_eq!(found("It is paid under Tala Mektebi, the national project of the town."), ["Tala Mektebi"]);
        assert_eq!(found("The project's name is Bridges of Trust."), ["Bridges of Trust"]);
        assert_eq!(found("The programme is known as Better Together."), ["Better Together"]);
        assert_eq!(found("The project titled Involving small farms in the talks was opened."), ["Involving small farms in the talks"]);
        assert_eq!(found("They met within the framework of the Green and Calm Lake Partnership."), ["Green and Calm Lake Partnership"]);
        assert_eq!(found("The Tala Mektebi national project builds schools."), ["Tala Mektebi"]);
        let record = crate::Record::of("The Aigul Mektebi national project builds schools.");
        assert_eq!(record.texts("project"), ["Aigul Mektebi"]);
        assert_eq!(found("They met under the Cash for Roads activity."), ["Cash for Roads activity"]);
        assert_eq!(found("We run two programmes: Milk for Schools and Clean Hands."), ["Milk for Schools", "Clean Hands"]);
        assert_eq!(
            found("Peace Voices trains teachers.\n\nIt is part of the project “Peace Voices: Young People for Quiet Towns”."),
            ["Peace Voices", "Peace Voices: Young People for Quiet Towns"]
        );
        assert_eq!(found("The LEAP II project began. Under LEAP II and LEAP III, roads grew."), ["LEAP II", "LEAP II", "LEAP III"]);
        assert_eq!(found("The 16 Days of Peace campaign began."), ["16 Days of Peace campaign"]);
        assert_eq!(found("The EU-funded Seed and Market Programme began."), ["Seed and Market Programme"]);
        assert_eq!(found("The “School of the Future” contest began."), ["School of the Future"]);
        // numbers, a post, a place, a law, who gives, what somebody does
        assert!(found("Anna Reed, a project manager of the town, came.").is_empty());
        assert!(found("In Green Valley, a project of the bank began.").is_empty());
        assert!(found("In Green Valley, the new project will begin.").is_empty());
        assert!(found("The Davis-Lake Act is a program of relief.").is_empty());
        assert!(found("Judge Anna Reed, who gave to Moore's campaign, came.").is_empty());
        assert!(found("It is supported by grants: DC007176 and DC015400.").is_empty());
        assert!(found("It is about First Amendment activity.").is_empty());
    }

    #[test]
    fn lists_terms_and_letters_in_russian() {
        assert_eq!(found("Идут проекты «Общий дом», «Второй хлеб» и Women for Farms."), ["Общий дом", "Второй хлеб", "Women for Farms"]);
        assert_eq!(found("Шли проекты: «Двор» (2009), «Школа мира» (2010)."), ["Двор", "Школа мира"]);
        assert_eq!(
            found("Кончился Проект снижения рисков в верховьях Озеры (ПСРО)."),
            ["Проект снижения рисков в верховьях Озеры", "ПСРО"]
        );
        assert_eq!(found("Кончился Проект восстановления пастбищ (ПВП).")[0], "Проект восстановления пастбищ");
        assert_eq!(found("По Программе развития сёл на период 2014–2020 годов."), ["Программе развития сёл на период 2014–2020 годов"]);
        assert_eq!(found("Принята Дорожная карта развития сёл."), ["Дорожная карта развития сёл"]);
        assert_eq!(found("Это дала Стратегия развития сёл на период до 2030 года."), ["Стратегия развития сёл на период до 2030 года"]);
        assert_eq!(found("Прошла ярмарка «Сделано в Озёрске»."), ["Сделано в Озёрске"]);
        assert_eq!(found("По нацпроекту «Демография» строят сад."), ["Демография"]);
        assert!(found("Повешена Новая карта полушарий.").is_empty());
        assert_eq!(found("Идёт программа «Обучение ремёслам (ОбРем)». Курс дала ОбРем.")[1..], ["ОбРем"]);
        let record = crate::Record::of("Собрался наблюдательный комитет проекта «Леса для людей».\n\n«Леса для людей» идут в сёла.");
        assert_eq!(record.texts("project"), ["Леса для людей"]);
    }

    #[test]
    fn digits_and_verbs_inside_a_name() {
        assert_eq!(found("They met EU4Gender Equality again."), ["EU4Gender Equality"]);
        assert_eq!(found("The Village Action Plan to Combat Trafficking began."), ["Village Action Plan to Combat Trafficking"]);
        assert_eq!(found("The Village Action Plan to Garda Towns began."), ["Village Action Plan"]);
        assert!(found("They met in the Lake Conference Room.").is_empty());
    }

    #[test]
    fn letters_behind_a_name_say_where_it_begins() {
        assert_eq!(found("They paid for the Access to Markets Project (ATMP).")[0], "Access to Markets Project");
        assert_eq!(
            found("It is the Village Growth, Governance and Enterprise Gain (VGGE) Project.")[0],
            "Village Growth, Governance and Enterprise Gain (VGGE) Project"
        );
        assert_eq!(found("They met Anna Reed in Markets Project (MP) rooms.")[0], "Markets Project");
        assert_eq!(
            found("They met in the Improving Lives of Villages in Garda Project."),
            ["Improving Lives of Villages in Garda Project"]
        );
        assert_eq!(found("It follows the Garden Roads Project – Phase II."), ["Garden Roads Project – Phase II"]);
        // letters before the word may be a matter: "the AIDS programme"
        assert_eq!(found("The CASCADE project began. Later CASCADE grew."), ["CASCADE"]);
        assert_eq!(found("The Erasmus+ BOOST Project began. Later BOOST grew."), ["Erasmus+ BOOST Project", "BOOST"]);
    }

    #[test]
    fn what_a_project_does_may_open_its_name() {
        assert_eq!(
            found("It is paid under the Strengthening Village Money Management and Devolved Growth Program."),
            ["Strengthening Village Money Management and Devolved Growth Program"]
        );
        assert_eq!(found("Dubbed Lake Poultry Growth Project, it runs five years."), ["Lake Poultry Growth Project"]);
        assert_eq!(
            found("The Established Programme to Stimulate Village Growth (EPSVG) began."),
            ["Established Programme to Stimulate Village Growth", "EPSVG"]
        );
        assert_eq!(found("They began the Lake Programme to Please Anna Reed (in May)."), ["Lake Programme"]);
    }

    #[test]
    fn a_facility_of_money_is_a_programme_and_a_plant_is_none() {
        assert_eq!(found("Loans come under the Lake Energy Financing Facility (LEFF)."), ["Lake Energy Financing Facility", "LEFF"]);
        assert_eq!(found("They follow the Lake Power Masterplan."), ["Lake Power Masterplan"]);
        assert!(found("He was held at the Lake Detention Facility.").is_empty());
    }

    #[test]
    fn a_quoted_name_wins_over_its_head() {
        assert_eq!(found("The Garden Roads Programme “Roses for All” began."), ["Roses for All"]);
        assert_eq!(found("The project \"Support to small farms under Plan-3” began."), ["Support to small farms under Plan-3"]);
        assert_eq!(found("The two-day Trade Fair “Harvest of Towns” began."), ["Harvest of Towns"]);
    }

    #[test]
    fn partners_and_translations_belong_to_a_name() {
        assert_eq!(found("Её оплатила Программа партнёрства ВДФ – МЛК."), ["Программа партнёрства ВДФ – МЛК"]);
        assert_eq!(found("Идёт программа «Чистая вода» (Clean Water for Villages)."), ["Чистая вода", "Clean Water for Villages"]);
        assert_eq!(found("Проект AGROLINK ведёт институт."), ["AGROLINK"]);
    }

    #[test]
    fn speech_and_laws_are_no_projects() {
        assert!(found("“We are happy that all of this has come true,” she said.").is_empty());
        assert!(found("Принят закон «О порядке ведения дел в городе».").is_empty());
    }
}
