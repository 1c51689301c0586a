//! Texts far longer than any release: read in sections, so that time grows with length.
//!
//! Finders compare the names of a document with each other, which is right for a release and dear
//! for a book in one file. A long text is cut at line ends into sections of about a hundred
//! kilobytes; each is read by itself, with the publication day of the first as its anchor, and the
//! records are put together: offsets count on, one name is one entity throughout, and the facts of
//! the whole (title, dates, event) are those of the first section.

use std::collections::HashMap;

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
    let mut entities: HashMap<(String, String), String> = HashMap::new();
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut languages = vec![(whole.language.clone(), whole.characters)];
    let mut renamed = HashMap::new();
    number(&whole, &mut entities, &mut counts, &mut renamed);
    shift(&mut whole, 0, &renamed);
    for mut next in sections {
        let mut renamed = HashMap::new();
        number(&next, &mut entities, &mut counts, &mut renamed);
        shift(&mut next, whole.characters, &renamed);
        languages.push((next.language.clone(), next.characters));
        whole.characters += next.characters;
        whole.mentions.append(&mut next.mentions);
        whole.lost.append(&mut next.lost);
        whole.furniture.append(&mut next.furniture);
        whole.furniture_why.append(&mut next.furniture_why);
        whole.sentences.append(&mut next.sentences);
        whole.edges.retain(|edge| edge.head);
        whole.edges.extend(next.edges.into_iter().filter(|edge| !edge.head));
        let (mine, theirs) = (
            [
                &mut whole.donors,
                &mut whole.implementers,
                &mut whole.organizers,
                &mut whole.partners,
                &mut whole.hosts,
                &mut whole.recipients,
            ],
            [next.donors, next.implementers, next.organizers, next.partners, next.hosts, next.recipients],
        );
        for (mine, theirs) in mine.into_iter().zip(theirs) {
            let new: Vec<Role> = theirs.into_iter().filter(|role| mine.iter().all(|known| known.entity != role.entity)).collect();
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

/// Gives the entities of a section the ids they have in the whole.
fn number(
    record: &Record,
    entities: &mut HashMap<(String, String), String>,
    counts: &mut HashMap<String, usize>,
    renamed: &mut HashMap<String, String>,
) {
    for mention in &record.mentions {
        let Some(entity) = &mention.entity else { continue };
        if renamed.contains_key(entity) {
            continue;
        }
        let letter = entity.trim_end_matches(|c: char| c.is_ascii_digit()).to_string();
        let name = mention.name.clone().unwrap_or_else(|| mention.text.clone());
        let id = entities.entry((letter.clone(), name)).or_insert_with(|| {
            let count = counts.entry(letter.clone()).or_default();
            *count += 1;
            format!("{letter}{count}")
        });
        renamed.insert(entity.clone(), id.clone());
    }
}

/// Moves a section's record behind `by` code points, with its entities renamed.
fn shift(record: &mut Record, by: usize, renamed: &HashMap<String, String>) {
    let stretch = |stretch: &mut Stretch| *stretch = stretch.map(|at| at + by);
    let rename = |entity: &mut String| {
        if let Some(id) = renamed.get(entity) {
            entity.clone_from(id);
        }
    };
    for mention in record.mentions.iter_mut().chain(&mut record.lost) {
        mention.start += by;
        mention.end += by;
        stretch(&mut mention.sentence);
        mention.entity.as_mut().map(rename);
        mention.body.as_mut().map(rename);
    }
    let roles = [
        &mut record.donors,
        &mut record.implementers,
        &mut record.organizers,
        &mut record.partners,
        &mut record.hosts,
        &mut record.recipients,
    ];
    for role in roles.into_iter().flatten() {
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
            assert_eq!(points[mention.start..mention.end].iter().collect::<String>(), mention.text);
        }
        // one body has one entity from the first line to the last
        let bodies: std::collections::HashSet<_> = record.mentions.iter().filter(|m| m.kind == "organization").map(|m| &m.entity).collect();
        assert!(bodies.len() <= 1, "{bodies:?}");
    }
}
