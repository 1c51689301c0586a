//! What finders produce: a stretch of text, the fact it states, and why it was read so.

pub mod value;

use std::borrow::Cow;

use crate::span::Span;
use value::Value;

/// A name that is part of the program's tables, or made at run time.
pub type Name = Cow<'static, str>;

/// What found a mention: printed as `family/name`, or as `table:row`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A rule of the grammar: its family (a file of the code) and its name.
    Grammar(&'static str, &'static str),
    /// A row of a table: the table's name and the row's key.
    Row(&'static str, Name),
    /// The sequence model.
    Model,
}

impl Rule {
    /// As it is printed.
    #[must_use]
    pub fn printed(&self) -> Box<str> {
        match self {
            Rule::Grammar(family, name) => [family, "/", name].concat().into(),
            Rule::Row(table, row) => [table, ":", row].concat().into(),
            Rule::Model => "model".into(),
        }
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Rule::Grammar(family, name) => write!(f, "{family}/{name}"),
            Rule::Row(table, row) => write!(f, "{table}:{row}"),
            Rule::Model => f.write_str("model"),
        }
    }
}

/// What the sequence model takes a name for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TaggedKind {
    /// An organization.
    Organization,
    /// A person.
    Person,
    /// A place.
    Place,
}

/// A stretch of tokens that the sequence model takes for a name.
#[derive(Clone, Copy, Debug)]
pub struct Tagged {
    /// Tokens: from the first to one past the last.
    pub tokens: (u32, u32),
    /// What it is taken for.
    pub kind: TaggedKind,
    /// From 0 to 1.
    pub confidence: f32,
    /// By how much (log odds) its labels are better than the same words outside of any name, and than
    /// the same words as a name of another kind.
    pub margin: (f32, f32),
}

/// A stretch of text with the fact it states.
#[derive(Clone, Debug)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// What it states.
    pub fact: Fact,
    /// What found it.
    pub rule: Rule,
    /// From 0 to 1.
    pub confidence: f32,
    /// Why it was read so, in short strings.
    pub because: Vec<Name>,
    /// Whether it lies inside an organization's or a project's name.
    pub nested: bool,
}

impl Mention {
    /// A mention without further reasons.
    #[must_use]
    pub fn new(span: Span, fact: Fact, rule: Rule, confidence: f32) -> Self {
        Self { span, fact, rule, confidence, because: Vec::new(), nested: false }
    }
}

/// The fact a mention states.
#[derive(Clone, Debug)]
pub enum Fact {
    /// A calendar expression.
    Date(DateFact),
    /// A named place.
    Place(PlaceFact),
    /// A named organization or body.
    Organization(OrganizationFact),
    /// A person's name.
    Person(PersonFact),
    /// A named project, programme, campaign or conference.
    Project(ProjectFact),
    /// An amount of money.
    Money(MoneyFact),
}

/// What a date is to its release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateRole {
    /// The release's own date.
    Published,
    /// When the main event takes place.
    Event,
    /// Any other.
    Other,
}

/// Which part of a month, quarter or year is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// "early June"
    Start,
    /// "mid-March"
    Middle,
    /// "late 2020"
    End,
}

/// Which side of a date is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// "since 2015"
    From,
    /// "until 2027"
    Until,
}

/// A date and what it is.
#[derive(Clone, Debug)]
pub struct DateFact {
    /// Its calendar value.
    pub value: Value,
    /// What it is to the release.
    pub role: DateRole,
    /// Part of the value, where the text says so.
    pub part: Option<Part>,
    /// Open on which side.
    pub bound: Option<Bound>,
    /// The other reading of a numeric date that nothing settles.
    pub alternative: Option<Value>,
    /// Where the first part of a range ends and the last begins, in the units of the mention's span.
    pub parts: Option<(u32, u32)>,
    /// A distance in months or years, to the day or the month: "three months ago" of 15 May is 15 February.
    pub finer: Option<Value>,
}

/// A place, resolved.
#[derive(Clone, Debug, Default)]
pub struct PlaceFact {
    /// The usual English name; as in the text when nothing resolves it.
    pub name: Name,
    /// ISO 3166-1 alpha-2; none for places in no one country.
    pub country: Option<[u8; 2]>,
    /// Degrees north, degrees east.
    pub coordinates: Option<(f32, f32)>,
    /// The GeoNames id.
    pub geonames: Option<u32>,
    /// country, region, admin1, district, capital, city, river …
    pub kind: &'static str,
    /// The first-order region it lies in.
    pub admin1: Option<Name>,
}

/// A body.
#[derive(Clone, Debug, Default)]
pub struct OrganizationFact {
    /// The same for every mention of one body in a document; given by [`crate::organizations`].
    pub entity: u32,
    /// Its canonical name.
    pub name: Name,
    /// Its row in the table of known bodies.
    pub known: Option<u32>,
    /// One of a closed list: ministry, agency, ngo, university, company, media …; empty when unknown.
    pub kind: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: Option<[u8; 2]>,
    /// Its acronym where the document or a table gives one.
    pub acronym: Option<Name>,
    /// Its key in the table of known bodies.
    pub key: Option<Name>,
    /// What shows that the mention names this body, where its words differ from the canonical name.
    pub join: Option<Join>,
}

/// Why a name was taken for another name of the same body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join {
    /// The rule: a file and a name of it, or a table.
    pub rule: &'static str,
    /// The name that it was joined with; none where a table or a pattern says what it is.
    pub with: Option<Span>,
}

/// A person.
#[derive(Clone, Debug, Default)]
pub struct PersonFact {
    /// The same for every mention of one person in a document.
    pub entity: u32,
    /// The fullest form in the document.
    pub name: Name,
    /// The post, where it stands beside the name.
    pub post: Option<Span>,
    /// The entity of the body they speak for.
    pub body: Option<u32>,
}

/// A project.
#[derive(Clone, Debug, Default)]
pub struct ProjectFact {
    /// The same for every mention of one project in a document.
    pub entity: u32,
    /// Its name.
    pub name: Name,
}

/// An amount of money.
#[derive(Clone, Debug)]
pub struct MoneyFact {
    /// ISO 4217.
    pub currency: &'static str,
    /// The amount; the lower end of a range.
    pub amount: f64,
    /// The upper end of a range.
    pub upper: Option<f64>,
    /// "up to", "more than".
    pub bound: Option<&'static str>,
}

impl Fact {
    /// The contract's name for the type.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Fact::Date(_) => "date",
            Fact::Place(_) => "place",
            Fact::Organization(_) => "organization",
            Fact::Person(_) => "person",
            Fact::Project(_) => "project",
            Fact::Money(_) => "money",
        }
    }
}

/// What a body does in what is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RoleKind {
    /// Pays for it or supports it.
    Donor,
    /// Carries it out.
    Implementer,
    /// Holds the event.
    Organizer,
    /// Works along.
    Partner,
    /// Offers the place.
    Host,
    /// Receives what is given.
    Recipient,
}

impl RoleKind {
    /// All of them, in the order of the records.
    pub const ALL: [RoleKind; 6] = [Self::Donor, Self::Implementer, Self::Organizer, Self::Partner, Self::Host, Self::Recipient];

    /// Its name in the table of roles.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Donor => "donor",
            Self::Implementer => "implementer",
            Self::Organizer => "organizer",
            Self::Partner => "partner",
            Self::Host => "host",
            Self::Recipient => "recipient",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A body's part in what is reported, with the words that say so.
#[derive(Clone, Debug)]
pub struct Role {
    /// What it does.
    pub kind: RoleKind,
    /// The body.
    pub entity: u32,
    /// The words that say so.
    pub evidence: Span,
    /// The mention of the body that the words tie to.
    pub body: Span,
    /// The amount tied to it: an index into the document's mentions.
    pub amount: Option<usize>,
    /// The project tied to it: an index into the document's mentions.
    pub project: Option<usize>,
    /// The recipient tied to it.
    pub recipient: Option<u32>,
    /// The date that says for when: an index into the document's mentions.
    pub period: Option<usize>,
    /// The cue's row.
    pub rule: Rule,
    /// From 0 to 1.
    pub confidence: f32,
    /// Why it was read so.
    pub because: Vec<Name>,
}

/// A fact of the whole document with what shows it, or the reason why there is none.
#[derive(Clone, Debug)]
pub enum Settled<T> {
    /// The fact, what shows it, the rule.
    Is {
        /// The fact.
        value: T,
        /// The words that show it.
        evidence: Option<Span>,
        /// What decided.
        rule: Rule,
        /// From 0 to 1.
        confidence: f32,
    },
    /// Nothing settles it: the reason, in words for a reader.
    No(&'static str),
}

impl<T> Settled<T> {
    /// The fact, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Settled::Is { value, .. } => Some(value),
            Settled::No(_) => None,
        }
    }

    /// The words that show the fact, if there are any.
    #[must_use]
    pub fn evidence(&self) -> Option<Span> {
        match self {
            Settled::Is { evidence, .. } => *evidence,
            Settled::No(_) => None,
        }
    }
}
