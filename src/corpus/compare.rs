//! What two documents have in common that makes one a copy of the other, or both reports of one event:
//! the conditions, over their sketches alone.

use rustc_hash::FxHashMap;

use super::sketch::{Few, LEAD, Sketch, WHOLE};

/// So many days apart a text that is all but equal is a reprint; further apart only one whose
/// words are equal throughout.
const DAYS: u16 = 60;

/// So many days apart a text may be changed a little.
const CHANGED_DAYS: u16 = 14;

/// What two texts have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Overlap {
    /// Every word, in order.
    pub exact: bool,
    /// Sampled triples of words of the shorter that the longer has, and how many were sampled.
    pub whole: (u8, u8),
    /// The same of the first words.
    pub lead: (u8, u8),
    /// How long the shorter is, in hundredths of the longer.
    pub length: u8,
}

/// What two reports have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shared {
    /// The event's first day, or that of publication.
    pub day: u16,
    /// Whether both give the event's day.
    pub held: bool,
    /// Whether the other report gives the next or the last day.
    pub apart: bool,
    /// Whether the place is known of both.
    pub place: bool,
    pub people: u8,
    pub bodies: u8,
    pub figures: u8,
}

/// The day of the event, or of publication without one; 0 for none.
pub(super) fn day(sketch: &Sketch) -> u16 {
    if sketch.event == 0 { sketch.published } else { sketch.event }
}

/// Numbers that say something.
pub(super) fn strong(sketch: &Sketch) -> impl Iterator<Item = u16> {
    sketch.figures.hashes.iter().copied().filter(|figure| figure & 1 == 1)
}

/// What two texts have in common, when one is a copy of the other.
pub(super) fn overlap(a: &Sketch, b: &Sketch) -> Option<Overlap> {
    if a.language != b.language {
        return None;
    }
    let (short, long) = if (a.words, &*a.whole.hashes) <= (b.words, &*b.whole.hashes) { (a, b) } else { (b, a) };
    let small = |(held, all): (usize, usize)| (held as u8, all as u8);
    let length = (u32::from(short.words) * 100 / u32::from(long.words.max(1))) as u8;
    let exact = short.exact == long.exact && short.words == long.words;
    if exact {
        let all = (short.whole.hashes.len() as u8, short.whole.hashes.len() as u8);
        let lead = (short.lead.hashes.len() as u8, short.lead.hashes.len() as u8);
        return Some(Overlap { exact, whole: all, lead, length });
    }
    let apart = if a.published == 0 || b.published == 0 { 0 } else { a.published.abs_diff(b.published) };
    if apart > DAYS || length < 20 {
        return None;
    }
    let whole = short.whole.within(&long.whole, WHOLE);
    let lead = short.lead.within(&long.lead, LEAD);
    let misses = |(held, all): (usize, usize)| all - held;
    let figures = short.figures.within(&long.figures, 8);
    let dates = short.dates.within(&long.dates, 6);
    let names = short.names.within(&long.names, 6);
    // whether the first date is the document's own is not always read alike
    let is_own = (a.published == 0) != (b.published == 0) && misses(whole) + misses(lead) == 0 && length >= 80;
    let agree = misses(figures) <= figures.1 / 7 && (misses(dates) == 0 || is_own) && misses(names) <= names.1 / 3;
    let most = if length < 50 { whole.1 >= 3 && misses(whole) == 0 } else { whole.1 >= 5 && misses(whole) * 6 <= whole.1 };
    let begins = if length < 50 { lead.0 >= 2 && misses(lead) == 0 } else { lead.0 >= 3 && misses(lead) * 3 <= lead.1 };
    // "today" is another day in a reprint, but as much later as the reprint
    let later = |from: u16, to: u16| if from == 0 || to == 0 { 0 } else { i32::from(to) - i32::from(from) };
    let moved = a.event != 0 && b.event != 0 && a.event != b.event && later(a.event, b.event) != later(a.published, b.published);
    let equal = misses(whole) + misses(lead) + misses(figures) + misses(names) == 0 && length >= 80;
    (agree && most && begins && !moved && (apart <= CHANGED_DAYS || equal)).then_some(Overlap {
        exact,
        whole: small(whole),
        lead: small(lead),
        length,
    })
}

/// What two reports have in common, when they tell of one event.
pub(super) fn shared(a: &Sketch, b: &Sketch, renamed: &FxHashMap<u16, u16>) -> Option<Shared> {
    let apart = day(a).abs_diff(day(b));
    let held = a.event != 0 && b.event != 0;
    if day(a) == 0 || day(b) == 0 || apart > 1 || held && apart == 0 && a.lasts != b.lasts {
        return None;
    }
    let known = |of: &Sketch| of.country != [0; 2] && of.place != 0;
    let place = known(a) && known(b);
    if place && (a.country, a.place) != (b.country, b.place) {
        return None;
    }
    // two reports in one language need all of these
    let is_same = a.language == b.language;
    if is_same && !(place && held && apart == 0) {
        return None;
    }
    let common = |a: &[u16], b: &[u16]| a.iter().filter(|value| b.contains(value)).count();
    let bodies_of = |of: &Sketch| of.bodies.iter().map(|body| renamed.get(body).copied().unwrap_or(*body)).collect::<Few<_>>();
    let of = |a: &[u16], b: &[u16]| (common(a, b), a.len().min(b.len()));
    let figures = |of: &Sketch| strong(of).collect::<Few<_>>();
    let (people, bodies, figures) = (of(&a.people, &b.people), of(&bodies_of(a), &bodies_of(b)), of(&figures(a), &figures(b)));
    // a body that no table knows has another name in the other language
    let is_known = |bodies: Few<u16>| bodies.iter().copied().filter(|body| body & 1 == 1).collect::<Few<_>>();
    let known = of(&is_known(bodies_of(a)), &is_known(bodies_of(b)));
    // a person has two names
    let persons = people.0.div_ceil(2);
    // two persons and nobody else in both reports
    let all = people.0 >= 4 && people.0 == a.people.len() && people.0 == b.people.len();
    let total = persons + bodies.0 + figures.0 + usize::from(all);
    let sorts = [persons, bodies.0, figures.0].iter().filter(|held| **held > 0).count();
    let agree = people.0 * 3 >= people.1 * 2 && known.0 * 2 + 1 >= known.1 && figures.0 * 2 >= figures.1;
    let enough = if is_same {
        sorts == 3 && total >= 7 && people.0 >= 4
    } else {
        sorts >= 2 && total >= 4 + usize::from(apart) + 2 * usize::from(!place) + usize::from(!held)
    };
    let small = |(held, _): (usize, usize)| held as u8;
    (agree && enough).then_some(Shared {
        day: day(a),
        held,
        apart: apart > 0,
        place,
        people: persons as u8,
        bodies: small(bodies),
        figures: small(figures),
    })
}

impl Overlap {
    pub fn words(&self) -> Vec<String> {
        if self.exact {
            return vec!["every word of the body is the same".into()];
        }
        let share = |(held, all): (u8, u8), what: &str| format!("{held} of {all} sampled triples of words of {what} are in the other");
        let mut words = vec![share(self.whole, "the shorter text"), share(self.lead, "its beginning")];
        if self.length < 90 {
            words.push(format!("one has {} % of the words of the other", self.length));
        }
        words.push("numbers, dates and names agree".into());
        words
    }
}

impl Shared {
    pub fn words(&self) -> Vec<String> {
        let day = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(i64::from(self.day)));
        let what = if self.held { "event" } else { "event or publication" };
        let how = if self.apart { "the day before or after" } else { "the same day" };
        let mut words: Vec<String> = day.map(|day| format!("{how} of {what}: {day}")).into_iter().collect();
        if self.place {
            words.push("the same place".into());
        }
        for (count, one, more) in [(self.people, "person", "persons"), (self.bodies, "body", "bodies"), (self.figures, "number", "numbers")]
        {
            if count > 0 {
                words.push(format!("{count} {} in common", if count == 1 { one } else { more }));
            }
        }
        words
    }
}
