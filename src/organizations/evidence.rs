//! Signs of a body that gather over a document: a name which no single word gives away.
//!
//! A person speaks, launches and owns as a firm does; a firm alone employs, has shares, customers and
//! a headquarters. A capital inside a word ("ZarSun") is seldom a person's, the model's own guess says
//! something, a post before "of" says something, and so does the place that it is based in. Each kind of
//! sign counts once for a name in a document; two kinds show a body. What the model takes for a person's
//! surname elsewhere, what begins with a first name or a place, and what is a plain word is no candidate.

use rustc_hash::{FxHashMap, FxHashSet};

use super::found::{Found, Scene};
use super::lone::{may_name, name, name_before};
use crate::lexicon::bodies::Classes;
use crate::lexicon::classes::{class, is_strange};
use crate::lexicon::forms::Form;
use crate::lexicon::hints::Hint;
use crate::mention::{Tagged, TaggedKind};
use crate::text::Case;

/// What a person may do as well.
const DEED: u32 = 1;
/// The model takes it for a body.
const MODEL: u32 = 1 << 1;
/// The model does so again and again, and it is no English word.
const MODEL_OFTEN: u32 = 1 << 2;
/// It has a capital inside.
const INNER_CAPITAL: u32 = 1 << 3;
/// A post and "of" stand before it.
const POST: u32 = 1 << 4;
/// The text says where it is based.
const BASED: u32 = 1 << 5;
/// The first bit for words that only a firm has.
const OWN: u32 = 6;

/// The longest name, in tokens.
const LONGEST: usize = 3;

/// What the document shows of a name.
#[derive(Default)]
struct Shown {
    signs: u32,
    /// How many kinds of signs it needs.
    least: u32,
    found: Vec<Found>,
}

/// The signs of each name of a document, by its first word.
pub(super) struct Signs {
    names: FxHashMap<u64, Shown>,
    surnames: FxHashSet<u64>,
}

impl Signs {
    /// What the model says.
    pub fn new(scene: &Scene, tagged: &[Tagged]) -> Self {
        let mut signs = Self { names: FxHashMap::default(), surnames: FxHashSet::default() };
        let mut sums: FxHashMap<u64, f32> = FxHashMap::default();
        for tag in tagged {
            let (first, end) = (tag.tokens.0 as usize, tag.tokens.1 as usize);
            if first >= end || end > scene.text.tokens.len() {
                continue;
            }
            if tag.kind == TaggedKind::Person && end > first + 1 {
                signs.surnames.insert(scene.text.tokens[end - 1].hash);
            }
            if tag.kind == TaggedKind::Person {
                signs.before_holder(scene, first);
            }
            let lone = tag.kind == TaggedKind::Organization && end - first <= LONGEST && may_name(scene, first, end);
            let plain = |k: usize| scene.capital(k) && scene.is_latin(k) && !scene.is(k, Classes::HEAD.with(Classes::PROJECT));
            if lone && (first..end).all(plain) {
                signs.add(scene, (first, end), MODEL);
                let sum = sums.entry(scene.text.tokens[first].hash).or_default();
                *sum += tag.confidence;
                if *sum > 1.4 && is_strange(scene.fold(first)) && scene.text.tokens[first].case != Case::Upper {
                    signs.add(scene, (first, end), MODEL_OFTEN);
                }
            }
        }
        signs
    }

    fn add(&mut self, scene: &Scene, (first, end): (usize, usize), sign: u32) {
        let shown = self.names.entry(scene.text.tokens[first].hash).or_default();
        shown.signs |= sign;
        // "Change", "Shell": a plain word needs more, and so do words that are all strange, as names of people are
        let lone = end == first + 1;
        let plain = lone && class(scene.fold(first), false) != 0;
        let named = !lone && (first..end).all(|k| is_strange(scene.fold(k)));
        shown.least = if plain || named { 3 } else { 2 };
        shown.found.push(name((first, end), "evidence", "company", 0.7));
    }

    /// The sign that the word at token `i`, in small letters, gives of the name beside it.
    pub fn small_word(&mut self, scene: &Scene, i: usize) {
        let own = scene.form(i, Form::FIRM);
        if own || scene.form(i, Form::DEED) {
            // persons speak too, so all that they do counts once
            let sign = if own { 1 << (OWN + (scene.text.tokens[i].hash % 24) as u32) } else { DEED };
            if let Some(at) = before(scene, i) {
                self.add(scene, at, sign);
                if is_letters(scene, at) {
                    self.add(scene, at, INNER_CAPITAL);
                }
            }
        }
        if scene.form(i, Form::PAYER) && matches!(scene.fold(i), "based" | "headquartered") {
            self.based(scene, i);
        }
    }

    /// "founder of Zarnat", "a spokesperson for Zarnat": the post at token `i` says whose it is.
    pub fn post(&mut self, scene: &Scene, i: usize) {
        if !matches!(scene.fold(i + 1), "of" | "for" | "at") {
            return;
        }
        if let Some(at) = behind(scene, i + 2) {
            self.add(scene, at, POST);
            // only bodies have these
            if scene.hint(i, Hint::FIRM_POST) {
                self.add(scene, at, 1 << OWN);
            }
        }
    }

    /// "Zarnat equity officer Anna Reed": a post in small letters between a name and its holder at token `i`.
    fn before_holder(&mut self, scene: &Scene, i: usize) {
        let small = |k: usize| scene.token(k).is_some_and(|t| t.case == Case::Lower) && scene.is_word(k);
        let Some(post) = i.checked_sub(1).filter(|&k| small(k) && scene.together(k, i)) else { return };
        if !scene.form(post, Form::HEADS) && !scene.form(post, Form::FIRM) {
            return;
        }
        let link = |k: usize| scene.hint(k, Hint::POST_LINK);
        let Some(end) = (post.saturating_sub(4)..post).rev().find(|&k| !small(k) || link(k)).map(|k| k + 1) else { return };
        let Some(at) = name_before(scene, end, true).filter(|at| at.1 - at.0 <= LONGEST && scene.text.same_line(at.0, i)) else { return };
        self.add(scene, at, POST);
        if is_strange(scene.fold(at.0)) || at.1 > at.0 + 1 {
            self.add(scene, at, 1 << OWN);
        }
    }

    /// "Zarnat, based in Osh", "the Osh-based company Zarnat".
    fn based(&mut self, scene: &Scene, i: usize) {
        let comma = i > 1 && scene.mark(i - 1) == b',';
        let is = i > 1 && matches!(scene.fold(i - 1), "is" | "was" | "are");
        if comma || is {
            if let Some(at) = before(scene, i - 1) {
                self.add(scene, at, BASED);
                if scene.fold(i) == "headquartered" {
                    self.add(scene, at, 1 << OWN);
                }
            }
        } else if i > 1 && scene.mark(i - 1) == b'-' {
            let small = |k: usize| scene.token(k).is_some_and(|t| t.case == Case::Lower) || scene.mark(k) == b'-';
            let first = (i + 1..i + 8).find(|&k| !small(k)).unwrap_or(i);
            if let Some(at) = behind(scene, first).filter(|_| scene.together(i, first)) {
                self.add(scene, at, BASED);
                if first == i + 1 {
                    self.add(scene, at, 1 << OWN);
                }
            }
        }
    }

    /// A word with a capital inside, as token `i` is.
    pub fn mixed(&mut self, scene: &Scene, i: usize) {
        const PARTICLES: [&str; 9] = ["Mc", "Mac", "De", "Di", "La", "Le", "Van", "Fitz", "Du"];
        let word = scene.text.str(i);
        let Some(inner) = word.char_indices().skip(1).find(|(_, c)| c.is_uppercase()).map(|(at, _)| at) else { return };
        let small = word[inner..].chars().filter(|c| c.is_lowercase()).count() > 1 && inner > 1;
        if small && word.len() > 4 && !PARTICLES.contains(&&word[..inner]) {
            // "CEO of ZarSun Anna Reed": the model takes the firm for part of the name
            let at = name_before(scene, i + 1, true).filter(|&(first, _)| i - first < LONGEST && (first == i || !scene.is_person(first)));
            // "WeldeMaryam Zarnay": the names of a person, run together
            let plain = at.is_some_and(|(first, end)| end == first + 1 || (first..end).any(|k| !is_strange(scene.fold(k))));
            if let Some(at) = at.filter(|_| plain && (!scene.capital(i + 1) || scene.is_person(i + 1))) {
                self.add(scene, at, INNER_CAPITAL);
            } else if plain && may_name(scene, i, i + 1) {
                self.names.entry(scene.text.tokens[i].hash).or_default().signs |= INNER_CAPITAL;
            }
        }
    }

    /// The names that more than one kind of sign shows.
    pub fn names(self) -> impl Iterator<Item = Found> {
        let surnames = self.surnames;
        let shown = self.names.into_iter().filter(move |(key, name)| name.signs.count_ones() >= name.least && !surnames.contains(key));
        shown.flat_map(|(_, name)| name.found)
    }
}

/// "LRDF opened": letters, and no English word, are seldom a person's.
fn is_letters(scene: &Scene, (first, end): (usize, usize)) -> bool {
    let token = &scene.text.tokens[first];
    end == first + 1 && token.case == Case::Upper && token.span.len() > 3 && is_strange(scene.fold(first))
}

/// The name before token `i`, with a possessive between or without.
fn before(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let owned = i > 0 && scene.fold(i - 1) == "'s";
    let at = name_before(scene, if owned { i - 1 } else { i }, false)?;
    (at.1 - at.0 <= LONGEST && scene.text.same_line(at.0, i)).then_some(at)
}

/// The name that begins at token `i`.
fn behind(scene: &Scene, i: usize) -> Option<(usize, usize)> {
    let end = (i..i + LONGEST).take_while(|&k| scene.capital(k) && scene.is_latin(k) && scene.together(i, k)).last()? + 1;
    let end = (i + 1..end).find(|&k| scene.is_person(k) || scene.is(k, Classes::TITLE)).unwrap_or(end);
    let other = scene.capital(end) && !scene.is_person(end) || scene.fold(end) == "of" || scene.is_person(i) && !scene.is_person(end);
    let head = (i..end).any(|k| scene.is(k, Classes::HEAD.with(Classes::PROJECT).with(Classes::TITLE)));
    (!other && !head && may_name(scene, i, end)).then_some((i, end))
}

#[cfg(test)]
mod tests {
    use super::super::tests::found;
    use crate::mention::{Tagged, TaggedKind};
    use crate::page::Page;

    #[test]
    fn a_firm_is_known_by_two_signs() {
        assert_eq!(found("Zarnat said in May that it grows. Zarnat operates ten mills."), ["Zarnat", "Zarnat"]);
        assert!(found("Zarnat said in May that it grows. Zarnat announced more.").is_empty());
        assert_eq!(found("In May ZNRT opened a school."), ["ZNRT"]);
        assert!(found("Then Zarnat operates on a heart.").is_empty());
    }

    #[test]
    fn a_capital_inside_and_a_deed_are_two_signs() {
        assert_eq!(found("ZarSun announced a plan. The plan of ZarSun is good."), ["ZarSun", "ZarSun"]);
        assert!(found("McZarnat announced a plan.").is_empty());
    }

    #[test]
    fn a_post_in_small_letters_and_its_holder_are_a_sign() {
        let source = "In spring Zarnat equity officer Anna Reed met the guests.";
        let page = Page::new(source, true);
        let at = page.text.tokens.iter().position(|t| page.text.slice(t.span) == "Anna").unwrap_or_default() as u32;
        let tagged = [Tagged { tokens: (at, at + 2), kind: TaggedKind::Person, confidence: 0.9, margin: (9.0, 9.0) }];
        let names = super::super::find(&page, &[], &tagged, &[]);
        assert_eq!(names.iter().map(|m| page.text.slice(m.span)).collect::<Vec<_>>(), ["Zarnat"]);
    }

    #[test]
    fn where_it_is_based_and_who_speaks_for_it_are_signs() {
        assert_eq!(found("The Osh-based Zarnat builds mills."), ["Zarnat"]);
        assert_eq!(found("Zarnat, headquartered in Osh, builds mills."), ["Zarnat"]);
        assert_eq!(found("A spokesperson for Zarnat was silent."), ["Zarnat"]);
        assert!(found("A teacher for Zarnat was silent.").is_empty());
    }
}
