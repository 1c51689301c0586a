//! The command line: flags in, settings out; one command, one file.

mod cache;
mod config;
mod diff;
mod evaluate;
mod explain;
mod extract;
mod gazetteer;
mod ids;
mod limits;
mod manifest;
mod merge;
mod network;
mod opener;
mod organizations;
mod output;
mod overview;
mod papers;
mod places;
mod report;
mod report_page;
mod run;
mod schema;
mod summary;
mod text;
mod timeline;
mod train;
mod train_places;
mod verify;

use std::process::ExitCode;

use clap::{ColorChoice, Parser};

const EXAMPLES: &str = "\
Examples:
  dateline extract releases/ > documents.csv         a table with a row a document
  dateline extract releases/ -o tables/              all tables, a file each
  dateline extract --from jsonl --text-column body --date-column day - --format jsonl < news.jsonl";

const EXIT_CODES: &str = "\
Exit codes:
  0    all documents were read
  1    finished, but some documents failed, or there was none
  2    wrong usage
  3    a fault stopped the run
  130  interrupted";

/// Turns press releases, in English and Russian, into tables: dates, places, organizations, and
/// who funds, carries out and organizes what is reported.
#[derive(Parser)]
#[command(version, before_long_help = EXAMPLES, after_long_help = EXIT_CODES, max_term_width = 110, arg_required_else_help = true)]
struct Flags {
    /// Colours in messages and help.
    #[arg(long, value_name = "WHEN", default_value_t, global = true, hide_short_help = true, display_order = 900)]
    color: ColorChoice,
    /// Take settings from this file, and not from dateline.toml in the current directory.
    #[arg(long, value_name = "FILE", global = true, hide_short_help = true, display_order = 900)]
    config: Option<std::path::PathBuf>,
    /// Print the settings that hold, as a file for --config, and stop.
    #[arg(long, global = true, hide_short_help = true, display_order = 900)]
    show_config: bool,
    /// Print the attributions that the data requires, and the licences of all parts.
    #[arg(long, exclusive = true)]
    licenses: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Read releases and write tables.
    Extract(Box<extract::Flags>),
    /// Put the parts of a shared run together.
    Merge(merge::Flags),
    /// Print a document as plain text: what offsets count in.
    Text(text::Flags),
    /// Print every table's columns with type, unit and meaning.
    Schema(schema::Flags),
    /// Show a corpus at a glance, in the terminal.
    ///
    /// Documents by year and language, countries, bodies, donors, how many documents have which facts, and what is worth a look. Figures count documents, not mentions.
    Summary(summary::Flags),
    /// Show a corpus as one page: timeline, map, donors, network, documents, with evidence.
    ///
    /// The page needs nothing else and loads nothing: it can be sent by mail and opened offline in any browser of the last years. Every mark opens the documents behind it, with the sentences that show it; every figure can be saved as CSV.
    Report(report_page::Flags),
    /// List the bodies of a corpus with all their forms, and why these are one body.
    Organizations(organizations::Flags),
    /// Write the network of bodies, for Gephi, R and Python.
    Network(network::Flags),
    /// Write a row for every event, in the order of its days.
    Timeline(timeline::Flags),
    /// Write the places of a corpus as GeoJSON.
    Places(places::Flags),
    /// Show a text with what was found in it, and why.
    Explain(explain::Flags),
    /// Read the originals again, and say which cells of a table do not follow from them.
    Verify(verify::Flags),
    /// Measure a result against a gold set.
    Evaluate(evaluate::Flags),
    /// Build, ask and check the table of places.
    #[command(subcommand)]
    Gazetteer(gazetteer::Flags),
    /// Print what changed between two results, by cell.
    Diff(diff::Flags),
    /// Print what a shell needs to complete commands and flags.
    Completions(papers::CompletionsFlags),
    /// Print the manual page, or write those of all commands.
    Man(papers::ManFlags),
    /// Learn the tables of names from marked texts.
    #[command(hide = true)]
    Train(train::Flags),
    /// Learn which place of a release is that of its event.
    #[command(hide = true)]
    TrainPlaces(train_places::Flags),
    /// Parse documents for a parent process.
    #[command(hide = true, name = crate::markup::child::COMMAND)]
    Serve {
        /// Bytes of memory.
        memory: u64,
    },
}

/// How a command that did its work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// All is well.
    Whole,
    /// Some documents failed, or a gate was missed.
    Partly,
}

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
enum Stop {
    /// Flags that do not go together; exit code 2.
    #[error("{0}")]
    Usage(String),
    /// A fault outside the documents; exit code 3.
    #[error("{0}")]
    Fault(String),
    /// Nobody reads the output any more: no error at all.
    #[error("the output was closed")]
    Closed,
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe { Stop::Closed } else { Stop::Fault(error.to_string()) }
    }
}

/// Runs the program and says how it ended.
#[must_use]
pub fn run() -> ExitCode {
    let (flags, said) = match parsed() {
        Ok(parsed) => parsed,
        Err(stop) => return stopped(stop),
    };
    match flags.color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::AlwaysAnsi,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    if let Some(Command::Serve { memory }) = flags.command {
        crate::markup::child::serve(memory);
        return ExitCode::SUCCESS;
    }
    output::watch_interrupts();
    let Some(command) = flags.command else {
        // without a command there is only --licenses
        return papers::licenses().map_or_else(stopped, |_| ExitCode::SUCCESS);
    };
    let ended = match command {
        Command::Extract(flags) => extract::run(*flags, said),
        Command::Completions(flags) => papers::completions(&flags),
        Command::Diff(flags) => diff::run(&flags),
        Command::Man(flags) => papers::man(&flags),
        Command::Merge(flags) => merge::run(flags),
        Command::Schema(flags) => schema::run(&flags),
        Command::Report(flags) => report_page::run(&flags),
        Command::Summary(flags) => summary::run(&flags),
        Command::Text(flags) => text::run(&flags),
        Command::Organizations(flags) => organizations::run(&flags),
        Command::Explain(flags) => explain::run(&flags),
        Command::Verify(flags) => verify::run(&flags),
        Command::Evaluate(flags) => evaluate::run(&flags),
        Command::Network(flags) => network::run(&flags),
        Command::Timeline(flags) => timeline::run(&flags),
        Command::Places(flags) => places::run(&flags),
        Command::Gazetteer(flags) => gazetteer::run(&flags),
        Command::Train(flags) => return train::run(&flags),
        Command::TrainPlaces(flags) => train_places::run(&flags),
        Command::Serve { .. } => Ok(Ending::Whole),
    };
    match ended {
        Ok(Ending::Whole) => ExitCode::SUCCESS,
        Ok(Ending::Partly) => ExitCode::from(1),
        Err(stop) => stopped(stop),
    }
}

fn stopped(stop: Stop) -> ExitCode {
    match stop {
        Stop::Closed => ExitCode::SUCCESS,
        Stop::Usage(message) => {
            message.lines().for_each(|line| report::message("error", line));
            report::hint("see dateline --help");
            ExitCode::from(2)
        }
        Stop::Fault(message) => {
            report::message("error", &message);
            ExitCode::from(3)
        }
    }
}

/// The flags of the command line and of the file of settings, and the settings in words.
fn parsed() -> Result<(Flags, serde_json::Map<String, serde_json::Value>), Stop> {
    let mut command = <Flags as clap::CommandFactory>::command();
    let line: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let matches = command.clone().get_matches_from(&line);
    command.build();
    let matches = match config::applied(&command, line, &matches)? {
        Some(line) => command.clone().get_matches_from(line),
        None => matches,
    };
    if matches.get_flag("show_config") {
        print!("{}", config::shown(&command, &matches));
        std::process::exit(0);
    }
    let said = config::settings(&command, &matches).into_iter().map(|(name, value, _)| (name, serde_json::json!(value))).collect();
    let flags = <Flags as clap::FromArgMatches>::from_arg_matches(&matches).map_err(|error| Stop::Usage(error.to_string()))?;
    Ok((flags, said))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn flags_are_sound() {
        super::Flags::command().debug_assert();
    }
}
