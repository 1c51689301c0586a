//! `dateline report`: a corpus as one page of HTML, to look at in a browser.
//!
//! What people see on standard error is [`report`](super::report), which is older and has the name.

use std::path::PathBuf;

use jiff::civil::Date;

use super::overview::Input;
use super::{Ending, Stop};
use crate::report::{Head, write};

const EXAMPLES: &str = "\
Examples:
  dateline report releases/ -o report.html
  dateline report tables/ -o report.html             what extract -o tables/ wrote
  dateline report all.jsonl -o report.html --title 'Press releases 2019'";

/// Show a corpus as one page: timeline, map, donors, network, documents, with evidence.
#[derive(clap::Args)]
#[command(before_long_help = EXAMPLES, after_long_help = super::EXIT_CODES)]
pub(super) struct Flags {
    #[command(flatten)]
    input: Input,
    /// The page to write.
    #[arg(short, long, value_name = "FILE.html", default_value = "report.html")]
    output: PathBuf,
    /// What stands on top of it.
    #[arg(long, value_name = "TEXT", default_value = "Press releases at a glance")]
    title: String,
    /// The day that tells what lies in the future, as 2026-01-31 [default: today].
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

pub(super) fn run(flags: &Flags) -> Result<Ending, Stop> {
    let shown = flags.output.display();
    if !flags.output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html") || ending.eq_ignore_ascii_case("htm")) {
        return Err(Stop::Usage(format!("-o {shown}: a report is a page of HTML: -o report.html")));
    }
    let (overview, ending) = flags.input.read(Some(&flags.output))?;
    if overview.documents.is_empty() {
        super::report::message("error", &format!("no document was found: {shown} is not written"));
        return Ok(Ending::Partly);
    }
    let head = Head { title: flags.title.clone(), today: flags.today.unwrap_or_else(super::summary::today) };
    let mut bytes = 0;
    super::output::replace_with(&flags.output, |out| {
        let mut page = Vec::new();
        write(&overview, &head, &mut page)?;
        bytes = page.len();
        out.write_all(&page)
    })?;
    #[expect(clippy::cast_precision_loss, reason = "for reading by people")]
    let size = bytes as f64 / 1e6;
    let documents = overview.documents.len();
    anstream::eprintln!("dateline: {documents} document{}; wrote {shown}, {size:.1} MB", if documents == 1 { "" } else { "s" });
    Ok(ending)
}
