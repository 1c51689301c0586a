//! A mention as it stands in a record.
//!
//! A book has a hundred thousand of them, so what only one type has lies apart ([`DateFacts`] and the
//! others), and words of the program's own tables are not copied. In JSON a mention is flat.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};

use super::Stretch;
use crate::mention::Name;

/// Something that was found: each type has facts of its own.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(from = "Flat")]
pub struct Mention {
    /// date, place, organization, person, project or money.
    pub kind: Name,
    /// The slice.
    pub text: Box<str>,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Of the line it stands on, where that is not the document's, ISO 639-1.
    pub language: Option<Name>,
    /// Of a date: ISO 8601.
    pub value: Option<Box<str>>,
    /// Of a date: published, event or other.
    pub role: Option<Name>,
    /// Of a body or person: the same for one body in one document.
    pub entity: Option<Box<str>>,
    /// Canonical name.
    pub name: Option<Name>,
    /// ISO 3166-1 alpha-2, of a place or body.
    pub country: Option<Name>,
    /// Of a place: country, admin1, city …; of a body: ministry, agency …
    pub subtype: Option<Name>,
    /// Inside an organization's or a project's name.
    pub nested: bool,
    /// body or furniture.
    pub zone: Name,
    /// The sentence it stands in.
    pub sentence: Stretch,
    /// What found it.
    pub rule: Box<str>,
    /// From 0 to 1.
    pub confidence: f32,
    /// Why it was read so.
    pub because: Vec<Name>,
    /// What only a date has, where it has any of it.
    pub date: Option<Box<DateFacts>>,
    /// What only a place has.
    pub place: Option<Box<PlaceFacts>>,
    /// What only a body has.
    pub organization: Option<Box<BodyFacts>>,
    /// What only a person has.
    pub person: Option<Box<PersonFacts>>,
    /// What only an amount of money has.
    pub money: Option<Box<MoneyFacts>>,
}

/// What only a date has, beside its value and role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateFacts {
    /// Start, middle or end of its value.
    pub part: Option<Name>,
    /// From or until.
    pub bound: Option<Name>,
    /// Whether a second reading stands open.
    pub ambiguous: bool,
    /// The second reading.
    pub alternative: Option<Box<str>>,
}

/// What only a place has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceFacts {
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// `GeoNames` id.
    pub geonames: Option<u32>,
    /// Its first-order region.
    pub admin1: Option<Name>,
}

/// What only a body has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BodyFacts {
    /// Its acronym.
    pub acronym: Option<Box<str>>,
    /// Its key in the table of known bodies.
    pub known: Option<Name>,
    /// What shows that these words name it, where its canonical name is another.
    pub joins: Vec<Join>,
}

/// What only a person has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonFacts {
    /// The post as it stands in the text.
    pub post: Option<Box<str>>,
    /// The entity of the body they speak for.
    pub body: Option<Box<str>>,
}

/// What only an amount of money has.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MoneyFacts {
    /// ISO 4217.
    pub currency: Option<Name>,
    /// The amount; the lower end of a range.
    pub amount: Option<f64>,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// "up to" and the like.
    pub bound: Option<Name>,
}

/// Why a name was taken for a name of its body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Join {
    /// The rule, as `identity/bracket`, `corpus/acronym` or `organizations`, a table.
    pub rule: Name,
    /// The other name.
    pub with: Box<str>,
    /// The document that shows it, where it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<Box<str>>,
}

impl Mention {
    /// Of a date: start, middle or end of its value.
    #[must_use]
    pub fn part(&self) -> Option<&str> {
        self.date.as_ref()?.part.as_deref()
    }

    /// Of a date: from or until; of an amount: "up to" and the like.
    #[must_use]
    pub fn bound(&self) -> Option<&str> {
        let of_date = self.date.as_ref().and_then(|date| date.bound.as_deref());
        of_date.or_else(|| self.money.as_ref()?.bound.as_deref())
    }

    /// Of a date: the second reading.
    #[must_use]
    pub fn alternative(&self) -> Option<&str> {
        self.date.as_ref()?.alternative.as_deref()
    }

    /// Of a place: degrees north.
    #[must_use]
    pub fn latitude(&self) -> Option<f64> {
        self.place.as_ref()?.latitude
    }

    /// Of a place: degrees east.
    #[must_use]
    pub fn longitude(&self) -> Option<f64> {
        self.place.as_ref()?.longitude
    }

    /// Of a place: its `GeoNames` id.
    #[must_use]
    pub fn geonames(&self) -> Option<u32> {
        self.place.as_ref()?.geonames
    }

    /// Of a place: its first-order region.
    #[must_use]
    pub fn admin1(&self) -> Option<&str> {
        self.place.as_ref()?.admin1.as_deref()
    }

    /// Of a body: its acronym.
    #[must_use]
    pub fn acronym(&self) -> Option<&str> {
        self.organization.as_ref()?.acronym.as_deref()
    }

    /// Of a body: its key in the table of known bodies.
    #[must_use]
    pub fn known(&self) -> Option<&str> {
        self.organization.as_ref()?.known.as_deref()
    }

    /// Of a body: what shows that these words name it, where its canonical name is another.
    #[must_use]
    pub fn joins(&self) -> &[Join] {
        self.organization.as_ref().map_or(&[], |body| &body.joins)
    }

    /// Of a person: the post as it stands in the text.
    #[must_use]
    pub fn post(&self) -> Option<&str> {
        self.person.as_ref()?.post.as_deref()
    }

    /// Of a person: the entity of the body they speak for.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.person.as_ref()?.body.as_deref()
    }

    /// Of an amount: ISO 4217.
    #[must_use]
    pub fn currency(&self) -> Option<&str> {
        self.money.as_ref()?.currency.as_deref()
    }

    /// An amount of money; the lower end of a range.
    #[must_use]
    pub fn amount(&self) -> Option<f64> {
        self.money.as_ref()?.amount
    }

    /// The upper end of a range of money.
    #[must_use]
    pub fn upper(&self) -> Option<f64> {
        self.money.as_ref()?.upper
    }
}

/// The fields of JSON, in their order.
impl Serialize for Mention {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Mention", 33)?;
        macro_rules! maybe {
            ($($name:literal $value:expr;)*) => {
                $(if let Some(value) = &$value {
                    out.serialize_field($name, value)?;
                })*
            };
        }
        out.serialize_field("type", &self.kind)?;
        out.serialize_field("text", &self.text)?;
        out.serialize_field("start", &self.start)?;
        out.serialize_field("end", &self.end)?;
        maybe! { "language" self.language; "value" self.value; "role" self.role; "part" self.part(); "bound" self.bound(); }
        if self.date.as_ref().is_some_and(|date| date.ambiguous) {
            out.serialize_field("ambiguous", &true)?;
        }
        maybe! {
            "alternative" self.alternative();
            "entity" self.entity;
            "name" self.name;
            "country" self.country;
            "latitude" self.latitude();
            "longitude" self.longitude();
            "geonames" self.geonames();
            "subtype" self.subtype;
            "admin1" self.admin1();
            "acronym" self.acronym();
            "known" self.known();
            "post" self.post();
            "body" self.body();
            "currency" self.currency();
            "amount" self.amount();
            "upper" self.upper();
        }
        if self.nested {
            out.serialize_field("nested", &true)?;
        }
        out.serialize_field("zone", &self.zone)?;
        out.serialize_field("sentence", &self.sentence)?;
        out.serialize_field("rule", &self.rule)?;
        out.serialize_field("confidence", &self.confidence)?;
        out.serialize_field("because", &self.because)?;
        if !self.joins().is_empty() {
            out.serialize_field("joins", self.joins())?;
        }
        out.end()
    }
}

/// A mention as JSON has it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Flat {
    #[serde(rename = "type")]
    kind: Name,
    text: Box<str>,
    start: usize,
    end: usize,
    language: Option<Name>,
    value: Option<Box<str>>,
    role: Option<Name>,
    part: Option<Name>,
    bound: Option<Name>,
    ambiguous: bool,
    alternative: Option<Box<str>>,
    entity: Option<Box<str>>,
    name: Option<Name>,
    country: Option<Name>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    geonames: Option<u32>,
    subtype: Option<Name>,
    admin1: Option<Name>,
    acronym: Option<Box<str>>,
    known: Option<Name>,
    post: Option<Box<str>>,
    body: Option<Box<str>>,
    currency: Option<Name>,
    amount: Option<f64>,
    upper: Option<f64>,
    nested: bool,
    zone: Name,
    sentence: Stretch,
    rule: Box<str>,
    confidence: f32,
    because: Vec<Name>,
    joins: Vec<Join>,
}

impl From<Flat> for Mention {
    fn from(flat: Flat) -> Self {
        let (of_date, of_money) = if flat.currency.is_some() { (None, flat.bound) } else { (flat.bound, None) };
        Self {
            date: boxed(DateFacts { part: flat.part, bound: of_date, ambiguous: flat.ambiguous, alternative: flat.alternative }),
            place: boxed(PlaceFacts { latitude: flat.latitude, longitude: flat.longitude, geonames: flat.geonames, admin1: flat.admin1 }),
            organization: boxed(BodyFacts { acronym: flat.acronym, known: flat.known, joins: flat.joins }),
            person: boxed(PersonFacts { post: flat.post, body: flat.body }),
            money: boxed(MoneyFacts { currency: flat.currency, amount: flat.amount, upper: flat.upper, bound: of_money }),
            kind: flat.kind,
            text: flat.text,
            start: flat.start,
            end: flat.end,
            language: flat.language,
            value: flat.value,
            role: flat.role,
            entity: flat.entity,
            name: flat.name,
            country: flat.country,
            subtype: flat.subtype,
            nested: flat.nested,
            zone: flat.zone,
            sentence: flat.sentence,
            rule: flat.rule,
            confidence: flat.confidence,
            because: flat.because,
        }
    }
}

/// Facts in a box; none where nothing is known.
pub(super) fn boxed<T: Default + PartialEq>(facts: T) -> Option<Box<T>> {
    (facts != T::default()).then(|| Box::new(facts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_comes_back_from_its_json_whatever_its_type() {
        let date = DateFacts { part: Some("start".into()), bound: Some("from".into()), ambiguous: true, alternative: Some("2020".into()) };
        let place = PlaceFacts { latitude: Some(40.5), longitude: Some(72.8), geonames: Some(7), admin1: Some("Osh Oblasty".into()) };
        let join = Join { rule: "identity/bracket".into(), with: "Lotus Fund".into(), document: None };
        let organization = BodyFacts { acronym: Some("LF".into()), known: Some("lf".into()), joins: vec![join] };
        let person = PersonFacts { post: Some("head".into()), body: Some("o1".into()) };
        let money = MoneyFacts { currency: Some("USD".into()), amount: Some(1.5), upper: Some(2.0), bound: Some("until".into()) };
        let plain = Mention { kind: "date".into(), text: "5 May".into(), nested: true, zone: "body".into(), ..Mention::default() };
        let all = [
            Mention { date: boxed(date), value: Some("2020-05-05".into()), ..plain.clone() },
            Mention { place: boxed(place), name: Some("Osh".into()), ..plain.clone() },
            Mention { organization: boxed(organization), entity: Some("o1".into()), ..plain.clone() },
            Mention { person: boxed(person), ..plain.clone() },
            Mention { money: boxed(money), ..plain.clone() },
            plain,
        ];
        for mention in all {
            let json = serde_json::to_string(&mention).unwrap();
            assert!(json.starts_with(r#"{"type":"date","text":"5 May","start":0,"end":0,"#), "{json}");
            assert_eq!(serde_json::from_str::<Mention>(&json).unwrap(), mention);
        }
    }

    #[test]
    fn a_mention_is_small() {
        // a hundred thousand of them are a book's, and shall not be most of the memory
        assert!(size_of::<Mention>() <= 352, "{}", size_of::<Mention>());
    }
}
