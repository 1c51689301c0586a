//! Texts far longer than any release: read in sections, so that time grows with length.
//!
//! Finders compare the names of a document with each other, which is right for a release and dear
//! for a book in one file. A long text is cut at line ends into sections of about a hundred
//! kilobytes; each is read by itself, with the publication day of the first as its anchor, and the
//! records are put together: offsets count on, one name is one entity throughout, and the facts of
//! the whole (title, dates, event) are those of the first section.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::mention::Name;
use crate::record::{Record, Role, Stretch};

/// Length of a section, in bytes.
const LENGTH: usize = 100_000;

/// The sections of a text: one for a text that is not far longer than a section.
pub(crate) fn cut(text: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let mut rest = text;
    while rest.len() > LENGTH * 2 {
        let (near, far) = (boundary(rest, LENGTH), boundary(rest, LENGTH + LENGTH / 2));
        let after = &rest[near..far];
        let at = ["\n\n", "\n", ". ", " "].iter().find_map(|mark| after.find(mark).map(|at| near + at + mark.len())).unwrap_or(far);
        let (section, next) = rest.split_at(at);
        sections.push(section);
        rest = next;
    }
    sections.push(rest);
    sections
}

/// The last character boundary at or before a byte.
fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The record of a text from those of its sections, in order.
pub(crate) fn join(sections: impl IntoIterator<Item = Record>) -> Record {
    let mut sections = sections.into_iter();
    let Some(mut whole) = sections.next() else { return Record::default() };
    let mut entities = Entities::default();
    let mut languages = vec![(whole.language.clone(), whole.characters)];
    let renamed = entities.renamed(&whole);
    shift(&mut whole, 0, &renamed);
    let mut parts = whole.role_lists().map(|list| list.iter().map(|role| role.entity.clone()).collect::<FxHashSet<_>>());
    // room for the sections to come, as if all were like the first, and for what that leaves out:
    // memory is taken where it is written to, and growing would hold the whole twice
    let more = sections.size_hint().0 * 3 / 2;
    whole.mentions.reserve(whole.mentions.len() * more);
    whole.sentences.reserve(whole.sentences.len() * more);
    for mut next in sections {
        let renamed = entities.renamed(&next);
        shift(&mut next, whole.characters, &renamed);
        languages.push((next.language.clone(), next.characters));
        whole.characters += next.characters;
        whole.mentions.append(&mut next.mentions);
        whole.lost.append(&mut next.lost);
        whole.furniture.append(&mut next.furniture);
        whole.furniture_why.append(&mut next.furniture_why);
        whole.sentences.append(&mut next.sentences);
        whole.edges.retain(|edge| edge.head);
        whole.edges.extend(std::mem::take(&mut next.edges).into_iter().filter(|edge| !edge.head));
        let theirs = next.role_lists().map(std::mem::take);
        for ((mine, theirs), known) in whole.role_lists().into_iter().zip(theirs).zip(&mut parts) {
            let new: Vec<Role> = theirs.into_iter().filter(|role| !known.contains(&role.entity)).collect();
            known.extend(new.iter().map(|role| role.entity.clone()));
            mine.extend(new);
        }
        for language in next.languages {
            if !whole.languages.contains(&language) {
                whole.languages.push(language);
            }
        }
    }
    // the language of most of the text; of equals the earlier one
    let size = |language: &Option<String>| languages.iter().filter(|(other, _)| other == language).map(|(_, size)| *size).sum::<usize>();
    if let Some((language, _)) = languages.iter().rev().max_by_key(|(language, _)| size(language)) {
        whole.language.clone_from(language);
    }
    whole
}

/// The entities of the whole: ids by letter and name, and how many there are of a letter.
#[derive(Default)]
struct Entities {
    ids: FxHashMap<(char, Name), Box<str>>,
    counts: FxHashMap<char, usize>,
}

impl Entities {
    /// The ids that the entities of a section have in the whole, by those they have in the section.
    fn renamed(&mut self, record: &Record) -> FxHashMap<Box<str>, Box<str>> {
        let mut renamed = FxHashMap::default();
        for mention in &record.mentions {
            let Some(entity) = &mention.entity else { continue };
            if renamed.contains_key(entity) {
                continue;
            }
            let letter = entity.chars().next().unwrap_or_default();
            let name = mention.name.clone().unwrap_or_else(|| mention.text.to_string().into());
            let id = self.ids.entry((letter, name)).or_insert_with(|| {
                let count = self.counts.entry(letter).or_default();
                *count += 1;
                format!("{letter}{count}").into()
            });
            renamed.insert(entity.clone(), id.clone());
        }
        renamed
    }
}

/// Moves a section's record behind `by` code points, with its entities renamed.
fn shift(record: &mut Record, by: usize, renamed: &FxHashMap<Box<str>, Box<str>>) {
    let stretch = |stretch: &mut Stretch| *stretch = stretch.map(|at| at + by);
    let rename = |entity: &mut String| {
        if let Some(id) = renamed.get(entity.as_str()) {
            *entity = id.to_string();
        }
    };
    let replace = |entity: &mut Box<str>| {
        if let Some(id) = renamed.get(entity) {
            entity.clone_from(id);
        }
    };
    for mention in record.mentions.iter_mut().chain(&mut record.lost) {
        mention.start += by;
        mention.end += by;
        stretch(&mut mention.sentence);
        mention.entity.as_mut().map(replace);
        mention.person.as_mut().and_then(|person| person.body.as_mut()).map(replace);
    }
    for role in record.role_lists().into_iter().flatten() {
        stretch(&mut role.sentence);
        rename(&mut role.entity);
        role.recipient.as_mut().map(rename);
        if let Some(evidence) = &mut role.evidence {
            evidence.start += by;
            evidence.end += by;
        }
    }
    record.furniture.iter_mut().for_each(stretch);
    for why in &mut record.furniture_why {
        why.start += by;
        why.end += by;
    }
    for sentence in &mut record.sentences {
        sentence.start += by;
        sentence.end += by;
    }
    for edge in &mut record.edges {
        edge.start += by;
        edge.end += by;
    }
}

#[cfg(test)]
mod tests {
    use crate::{Document, Extractor, Settings};

    use super::*;

    #[test]
    fn sections_are_the_whole_text_cut_at_line_ends() {
        let text = "Строка текста.\n".repeat(20_000);
        let sections = cut(&text);
        assert!(sections.len() > 2 && sections.concat() == text);
        assert!(sections.iter().all(|section| section.ends_with('\n') && section.len() <= LENGTH * 2));
        assert_eq!(cut(&"я".repeat(400_000)).concat().chars().count(), 400_000);
        assert_eq!(cut("short"), ["short"]);
    }

    #[test]
    fn offsets_of_a_long_text_point_into_it() {
        let line = "5 мая 2020 г. в Бишкеке прошёл семинар при поддержке ЮСАИД.\n";
        let text = line.repeat(8_000);
        let record = Extractor::new(Settings::default()).extract(&Document::new("a", text.as_str()));
        let points: Vec<char> = text.chars().collect();
        assert_eq!(record.characters, points.len());
        for mention in &record.mentions {
            assert_eq!(points[mention.start..mention.end].iter().collect::<String>(), *mention.text);
        }
        // one body has one entity from the first line to the last
        let bodies: std::collections::HashSet<_> = record.mentions.iter().filter(|m| m.kind == "organization").map(|m| &m.entity).collect();
        assert!(bodies.len() <= 1, "{bodies:?}");
    }
}
