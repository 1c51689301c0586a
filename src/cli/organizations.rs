//! `dateline organizations`: the bodies of a corpus, all their forms, and why these are one body.
//!
//! Reads what `extract` reads, or a result that it wrote (`.jsonl` with mentions). For every form
//! that differs from the canonical name it says by which rule it was joined, with what, and in which
//! sentence of which document that shows first.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::{Ending, Stop};
use crate::record::Record;

const EXAMPLES: &str = "\
Examples:
  dateline organizations releases/                          to read
  dateline organizations releases/ --format csv > forms.csv a row a form, with what joined it
  dateline organizations all.jsonl --find lotus             from a result that extract wrote";

/// List the bodies of a corpus with all their forms, and why these are one body.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES, after_long_help = super::EXIT_CODES)]
pub(super) struct Flags {
    /// Files and folders, or one result of extract in JSON Lines.
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// How to write the list.
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
    /// Only bodies of which a form holds this, whatever its case.
    #[arg(long, value_name = "TEXT")]
    find: Option<String>,
    /// Only bodies that so many documents name.
    #[arg(long, value_name = "N", default_value_t = 1)]
    documents: u64,
    /// Bodies of your own: a CSV file with name, id, acronym, aliases, kind, country.
    #[arg(long, value_name = "FILE")]
    organizations: Option<PathBuf>,
    /// Read only files that match; with ! in front, leave them out. May be given several times.
    #[arg(short, long, value_name = "GLOB")]
    glob: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Lines to read.
    #[default]
    Text,
    /// A row a form and a reason.
    Csv,
    /// One array of bodies.
    Json,
    /// A body a line.
    Jsonl,
}

/// A body over the whole corpus.
#[derive(Debug, Default, Serialize)]
struct Body {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    acronym: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    /// Its key in the table of known bodies.
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<String>,
    documents: u64,
    mentions: u64,
    forms: Vec<Form>,
}

/// A form of a body's name in one language.
#[derive(Debug, Serialize)]
struct Form {
    form: String,
    language: String,
    documents: u64,
    mentions: u64,
    /// Why it is a name of this body; none for the canonical name itself.
    joins: Vec<Join>,
}

/// Why a form is a name of its body.
#[derive(Clone, Debug, Serialize)]
struct Join {
    rule: String,
    /// The other name.
    with: String,
    mentions: u64,
    /// The first document that shows it, in the order of the run.
    document: String,
    /// The sentence of the form there.
    sentence: String,
}

/// A form as it is counted.
#[derive(Debug, Default)]
struct Count {
    documents: u64,
    mentions: u64,
    joins: BTreeMap<(String, String), Join>,
}

/// A body as it is counted.
#[derive(Debug, Default)]
struct Counted {
    values: [BTreeMap<String, u64>; 4],
    documents: u64,
    mentions: u64,
    forms: BTreeMap<(String, String), Count>,
}

type Bodies = BTreeMap<String, Counted>;

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let mut bodies = Bodies::new();
    let mut ending = Ending::Whole;
    match flags.paths.as_slice() {
        [path] if path.is_file() && super::evaluate::is_inputs(path) && super::evaluate::is_result(path) => read(path, &mut bodies)?,
        paths => {
            let temporary = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
            let mut more: Vec<OsString> = Vec::new();
            for glob in &flags.glob {
                more.extend(["--glob".into(), glob.into()]);
            }
            if let Some(table) = &flags.organizations {
                more.extend(["--organizations".into(), table.into()]);
            }
            if let [path] = paths
                && path.is_file()
                && super::evaluate::is_inputs(path)
            {
                more.extend(["--from", "jsonl", "--date-column", "published"].map(Into::into));
            }
            ending = super::extract::quietly(paths, &more, temporary.path())?;
            read(temporary.path(), &mut bodies)?;
        }
    }
    let wanted = flags.find.as_ref().map(|text| text.to_lowercase());
    let is_wanted = |name: &str, of: &Counted| {
        let holds =
            |wanted: &String| name.to_lowercase().contains(wanted) || of.forms.keys().any(|(_, form)| form.to_lowercase().contains(wanted));
        of.documents >= flags.documents && wanted.as_ref().is_none_or(holds)
    };
    let list: Vec<Body> = bodies.into_iter().filter(|(name, of)| is_wanted(name, of)).map(|(name, of)| finished(name, of)).collect();
    let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
    match flags.format {
        Format::Text => text(&mut out, &list)?,
        Format::Csv => rows(&mut out, &list)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, &list).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        Format::Jsonl => {
            for body in &list {
                writeln!(out, "{}", serde_json::to_string(body).map_err(std::io::Error::from)?)?;
            }
        }
    }
    out.flush()?;
    Ok(ending)
}

/// Counts the bodies of a result, record by record.
fn read(path: &std::path::Path, bodies: &mut Bodies) -> Result<(), Stop> {
    for (number, line) in BufReader::new(std::fs::File::open(path)?).lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let record: Record =
            serde_json::from_str(&line).map_err(|error| Stop::Fault(format!("{}: line {}: {error}", path.display(), number + 1)))?;
        count(&record, bodies);
    }
    Ok(())
}

fn count(record: &Record, bodies: &mut Bodies) {
    let mut named: BTreeSet<&str> = BTreeSet::new();
    let mut formed: BTreeSet<(&str, String)> = BTreeSet::new();
    for mention in record.mentions.iter().filter(|m| m.kind == "organization" && m.zone != "furniture") {
        let Some(name) = mention.name.as_deref().filter(|name| !name.is_empty()) else { continue };
        let body = bodies.entry(name.into()).or_default();
        body.mentions += 1;
        body.documents += u64::from(named.insert(name));
        for (counts, value) in
            body.values.iter_mut().zip([mention.acronym(), mention.subtype.as_deref(), mention.country.as_deref(), mention.known()])
        {
            if let Some(value) = value.filter(|value| *value != name) {
                *counts.entry(value.to_string()).or_default() += 1;
            }
        }
        let language = mention.language.as_deref().or(record.language.as_deref()).unwrap_or("und");
        let form = mention.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let count = body.forms.entry((language.into(), form.clone())).or_default();
        count.mentions += 1;
        count.documents += u64::from(formed.insert((name, form)));
        for join in mention.joins() {
            let key = (join.rule.to_string(), join.with.to_string());
            let shown = count.joins.entry(key).or_insert_with(|| Join {
                rule: join.rule.to_string(),
                with: join.with.to_string(),
                mentions: 0,
                document: join.document.as_deref().unwrap_or(&record.id).to_string(),
                sentence: match &join.document {
                    Some(other) if **other != *record.id => String::new(),
                    _ => record.sentence_of(mention.sentence).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "),
                },
            });
            shown.mentions += 1;
        }
    }
}

fn finished(name: String, of: Counted) -> Body {
    let most =
        |counts: &BTreeMap<String, u64>| counts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(value, _)| value.clone());
    let [acronym, kind, country, known] = of.values.each_ref().map(most);
    let mut forms: Vec<Form> = of
        .forms
        .into_iter()
        .map(|((language, form), count)| Form {
            form,
            language,
            documents: count.documents,
            mentions: count.mentions,
            joins: count.joins.into_values().collect(),
        })
        .collect();
    forms.sort_by(|a, b| a.language.cmp(&b.language).then(b.mentions.cmp(&a.mentions)).then(a.form.cmp(&b.form)));
    Body { name, acronym, kind, country, known, documents: of.documents, mentions: of.mentions, forms }
}

/// What a rule means, in words.
fn meaning(rule: &str) -> &str {
    match rule {
        "table/organizations" => "a name of the table of known bodies",
        "canonical/pattern" => "every part of the name is known: what it is, and of which country",
        "canonical/nominative" => "the name in the nominative, or in one spelling",
        "identity/same-words" => "the same words in another case or spelling",
        "identity/bracket" => "one stands in brackets behind the other",
        "identity/initials" => "the initials of the one name that has them",
        "identity/continued" => "the one name of the document that goes on with a place, or ends so",
        "identity/quoted-part" => "what the longer name has in quotation marks",
        "identity/one-kind" => "the same name in quotation marks, and one kind of body",
        "identity/beginning" => "the first words of the one name that begins so",
        "identity/ambiguous-acronym" => "an acronym of several bodies, one of which the document names in full",
        "identity/typing-error" => "long names that differ in one letter",
        "identity/short-form" => "a head noun alone, for the body with that head noun",
        "corpus/translation" => "a document gives both names for one body",
        "corpus/transliteration" => "the same name in other letters",
        "corpus/acronym" => "the full name that goes with this acronym in the corpus",
        "corpus/spelling" => "the spelling of most documents",
        other => other,
    }
}

fn text(out: &mut impl Write, bodies: &[Body]) -> std::io::Result<()> {
    let bold = anstyle::Style::new().bold();
    let dim = anstyle::Style::new().dimmed();
    let several = |n: u64, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    for body in bodies {
        write!(out, "{bold}{}{bold:#}", body.name)?;
        let facts = [&body.acronym, &body.kind, &body.country, &body.known];
        let facts: Vec<&str> = facts.into_iter().flatten().map(String::as_str).collect();
        if !facts.is_empty() {
            write!(out, "  {dim}{}{dim:#}", facts.join(", "))?;
        }
        writeln!(out, "  {} in {}", several(body.mentions, "mention"), several(body.documents, "document"))?;
        for form in &body.forms {
            writeln!(out, "  {}  {}  {dim}×{}{dim:#}", form.language, form.form, form.mentions)?;
            for join in &form.joins {
                let with = if join.with == form.form { String::new() } else { format!(" → {}", join.with) };
                writeln!(out, "        {}: {}{with}", join.rule, meaning(&join.rule))?;
                if join.sentence.is_empty() {
                    writeln!(out, "        {dim}{}{dim:#}", join.document)?;
                } else {
                    writeln!(out, "        {dim}{}: {}{dim:#}", join.document, join.sentence)?;
                }
            }
        }
        writeln!(out)?;
    }
    Ok(())
}

fn rows(out: &mut impl Write, bodies: &[Body]) -> Result<(), Stop> {
    let fault = |error: csv::Error| Stop::from(std::io::Error::other(error));
    let mut writer = csv::Writer::from_writer(out);
    let head = [
        "name",
        "acronym",
        "kind",
        "country",
        "known",
        "language",
        "form",
        "documents",
        "mentions",
        "rule",
        "with",
        "document",
        "sentence",
    ];
    writer.write_record(head).map_err(fault)?;
    for body in bodies {
        let facts = [&body.acronym, &body.kind, &body.country, &body.known].map(|fact| fact.as_deref().unwrap_or(""));
        for form in &body.forms {
            let none = Join { rule: String::new(), with: String::new(), mentions: 0, document: String::new(), sentence: String::new() };
            let joins = if form.joins.is_empty() { std::slice::from_ref(&none) } else { &form.joins };
            for join in joins {
                let counts = [form.documents.to_string(), form.mentions.to_string()];
                let row = std::iter::once(body.name.as_str()).chain(facts).chain([
                    form.language.as_str(),
                    &form.form,
                    &counts[0],
                    &counts[1],
                    &join.rule,
                    &join.with,
                    &join.document,
                    &join.sentence,
                ]);
                writer.write_record(row).map_err(fault)?;
            }
        }
    }
    writer.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record;

    #[test]
    fn a_form_is_counted_with_what_joins_it() {
        let mention = |text: &str, joins: Vec<record::Join>| record::Mention {
            kind: "organization".into(),
            text: text.into(),
            name: Some("Lotus Rural Fund".into()),
            zone: "body".into(),
            organization: Some(Box::new(record::BodyFacts { joins, ..record::BodyFacts::default() })),
            ..record::Mention::default()
        };
        let join = record::Join { rule: "identity/bracket".into(), with: "Lotus Rural Fund".into(), document: None };
        let mentions = vec![mention("Lotus Rural Fund", Vec::new()), mention("LRF", vec![join.clone()]), mention("LRF", vec![join])];
        let record = Record { id: "a.txt".into(), language: Some("en".into()), mentions, ..Record::default() };
        let mut bodies = Bodies::new();
        count(&record, &mut bodies);
        let body = bodies.into_iter().map(|(name, of)| finished(name, of)).next().unwrap();
        assert_eq!((body.documents, body.mentions, body.forms.len()), (1, 3, 2));
        assert_eq!((body.forms[0].form.as_str(), body.forms[0].joins[0].mentions), ("LRF", 2));
    }
}
