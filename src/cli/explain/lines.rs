//! A record and its text as lines of pieces, for whoever draws them.

use crate::record::{Evidence, Mention, Record};

/// A line of the text.
pub(super) struct Line<'a> {
    /// The pieces of it, in order.
    pub pieces: Vec<Piece<'a>>,
    /// Why it, or part of it, is furniture: class and rule.
    pub furniture: Option<(&'a str, &'a str)>,
    /// What was found on it, the outer before the inner.
    pub mentions: Vec<&'a Mention>,
    /// Readings of it that lost.
    pub lost: Vec<&'a Mention>,
}

/// A stretch of a line.
pub(super) struct Piece<'a> {
    pub text: String,
    /// The outermost mention it belongs to.
    pub mention: Option<&'a Mention>,
    pub is_furniture: bool,
}

/// The text of a traced record, line by line.
pub(super) fn lines(record: &Record) -> Vec<Line<'_>> {
    let text = record.text.as_deref().unwrap_or_default();
    let mut lines = Vec::new();
    let (mut start, mut mention, mut lost, mut why) = (0, 0, 0, 0);
    for line in text.split('\n') {
        let points: Vec<char> = line.chars().collect();
        let end = start + points.len();
        let from = |at: &mut usize, list: &'_ [Mention]| {
            let first = *at;
            // what begins on this line
            while list.get(*at).is_some_and(|m| m.start <= end) {
                *at += 1;
            }
            first..*at
        };
        let on_line: Vec<&Mention> = record.mentions[from(&mut mention, &record.mentions)].iter().collect();
        let lost_here: Vec<&Mention> = record.lost[from(&mut lost, &record.lost)].iter().collect();
        while record.furniture_why.get(why).is_some_and(|why| why.end <= start && why.end < end) {
            why += 1;
        }
        let furniture = record.furniture_why[why..].iter().take_while(|why| why.start < end.max(start + 1)).find(|why| why.end > start);
        let outer: Vec<&Mention> = on_line.iter().copied().filter(|m| !m.nested).collect();
        let masked: Vec<[usize; 2]> = record.furniture.iter().copied().filter(|[a, b]| *a < end && start < *b).collect();
        let is_furniture = |at: usize| masked.iter().any(|[a, b]| *a <= at && at < *b);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut next = 0;
        for (offset, c) in points.iter().enumerate() {
            let at = start + offset;
            while outer.get(next).is_some_and(|m| m.end <= at) {
                next += 1;
            }
            let masked = is_furniture(at);
            let mention = outer.get(next).copied().filter(|m| m.start <= at && !masked);
            let same = |piece: &Piece| {
                piece.is_furniture == masked && piece.mention.map(|m| (m.start, m.end)) == mention.map(|m| (m.start, m.end))
            };
            match pieces.last_mut() {
                Some(piece) if same(piece) => piece.text.push(*c),
                _ => pieces.push(Piece { text: c.to_string(), mention, is_furniture: masked }),
            }
        }
        lines.push(Line {
            pieces,
            furniture: furniture.map(|why| (why.class.as_str(), why.rule.as_str())),
            mentions: on_line,
            lost: lost_here,
        });
        start = end + 1;
    }
    lines
}

/// What a mention says, in a few words.
pub(super) fn value(m: &Mention) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut add = |part: Option<&str>| parts.extend(part.filter(|part| !part.is_empty()).map(Into::into));
    add(m.value.as_deref());
    add(m.role.as_deref());
    add(m.part());
    add(m.name.as_deref());
    add(m.subtype.as_deref());
    add(m.admin1());
    add(m.country.as_deref());
    add(m.bound());
    add(m.post());
    if let (Some(latitude), Some(longitude)) = (m.latitude(), m.longitude()) {
        parts.push(format!("{latitude} {longitude}"));
    }
    if let Some(id) = m.geonames() {
        parts.push(format!("GeoNames {id}"));
    }
    if let Some(known) = m.known() {
        parts.push(format!("known as {known}"));
    }
    if let (Some(currency), Some(amount)) = (m.currency(), m.amount()) {
        parts.push(format!("{currency} {amount}{}", m.upper().map(|upper| format!("–{upper}")).unwrap_or_default()));
    }
    if let Some(entity) = &m.entity {
        parts.push(entity.to_string());
    }
    if m.nested {
        parts.push("inside a name".into());
    }
    if m.zone == "furniture" {
        parts.push("in furniture".into());
    }
    parts.join(", ")
}

/// Why a mention was read so: rule, confidence, reasons, and the other reading that stands open.
pub(super) fn why(m: &Mention) -> String {
    let mut parts = vec![format!("{} {:.2}", m.rule, m.confidence)];
    parts.extend(m.because.iter().map(ToString::to_string));
    parts.extend(m.alternative().map(|other| format!("or {other}")));
    parts.join("; ")
}

/// The facts of the whole document: name, value, and what shows it or why there is none.
pub(super) fn facts(record: &Record) -> Vec<(&'static str, String, String)> {
    let place =
        record.event_place.as_ref().map(|p| format!("{}{}", p.name, p.country.as_ref().map(|c| format!(", {c}")).unwrap_or_default()));
    let language = record.language.as_ref().map(|code| match record.languages.as_slice() {
        [] => code.clone(),
        all => format!("{code} (of {})", all.join(", ")),
    });
    let of = |name: &'static str, value: Option<String>| {
        let shown = |e: &Evidence| {
            let rule = if e.rule.is_empty() { String::new() } else { format!(" {} {:.2}", e.rule, e.confidence.unwrap_or_default()) };
            format!("“{}” at {}{rule}", e.text, e.start)
        };
        let why = record.evidence.get(name).map(shown).or_else(|| record.why.get(name).cloned()).unwrap_or_default();
        (name, value.unwrap_or_else(|| "–".into()), why)
    };
    vec![
        ("language", language.unwrap_or_else(|| "–".into()), record.language_certainty.map(|c| format!("{c:.2}")).unwrap_or_default()),
        of("title", record.title.clone()),
        of("published", record.published.clone()),
        of("event", record.event.clone()),
        of("event_place", place),
    ]
}

/// Who does what: role, body, the words that say so, and why.
pub(super) fn roles(record: &Record) -> Vec<(&'static str, String, String, String)> {
    let row = |(kind, role): (&'static str, &crate::record::Role)| {
        let mut what = role.name.clone();
        if let (Some(currency), Some(amount)) = (&role.currency, role.amount) {
            what += &format!(", {currency} {amount}");
        }
        for (label, value) in [("for", &role.project), ("period", &role.period)] {
            what += &value.as_ref().map(|value| format!(", {label} {value}")).unwrap_or_default();
        }
        let evidence = role.evidence.as_ref().map(|e| format!("“{}” at {}", e.text, e.start)).unwrap_or_default();
        let because: String = role.because.iter().map(|why| format!("; {why}")).collect();
        (kind, what, evidence, format!("{} {:.2}{because}", role.rule, role.confidence))
    };
    record.roles().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_their_mentions_and_furniture() {
        let text = "Menu\nIn Osh and Naryn\n";
        let place = |start: usize, end: usize| Mention { kind: "place".into(), start, end, zone: "body".into(), ..Mention::default() };
        let record = Record {
            text: Some(text.into()),
            mentions: vec![place(8, 11), place(16, 21)],
            furniture: vec![[0, 4]],
            furniture_why: vec![crate::record::FurnitureWhy { start: 0, end: 4, class: "menu".into(), rule: "model".into() }],
            ..Record::default()
        };
        let lines = lines(&record);
        assert_eq!(lines[0].furniture, Some(("menu", "model")));
        assert!(lines[0].pieces[0].is_furniture && lines[1].furniture.is_none());
        assert_eq!(
            lines[1].pieces.iter().map(|p| (p.text.as_str(), p.mention.is_some())).collect::<Vec<_>>(),
            [("In ", false), ("Osh", true), (" and ", false), ("Naryn", true)]
        );
        assert_eq!((lines[0].mentions.len(), lines[1].mentions.len(), lines.len()), (0, 2, 3));
    }
}
