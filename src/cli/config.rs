//! Settings from a file: `--config FILE`, or `dateline.toml` of the current directory.
//!
//! Every key is a flag's long name, at the top for all commands that have such a flag, or in a
//! table of the command's name. What the command line says wins, and settles what contradicts it.
//! The file is never looked for in the folders that are read.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValue;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use toml::{Table, Value};

use super::Stop;

/// Where settings are looked for when no flag names a file.
const USUAL: &str = "dateline.toml";

/// What is no setting of a run.
const NOT_SETTINGS: [&str; 5] = ["help", "version", "config", "show-config", "licenses"];

/// The command line with what the file says added to it; none where there is no file.
pub(super) fn applied(command: &Command, mut line: Vec<OsString>, matches: &ArgMatches) -> Result<Option<Vec<OsString>>, Stop> {
    let named = matches.get_one::<PathBuf>("config");
    let path = match named {
        Some(path) => path.as_path(),
        None if Path::new(USUAL).is_file() => Path::new(USUAL),
        None => return Ok(None),
    };
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| Stop::Usage(format!("{shown}: {error}")))?;
    let table: Table = text.parse().map_err(|error| Stop::Usage(format!("{shown}: {error}")))?;
    let chosen = chosen(command, matches);
    let name = chosen.names.join(" ");
    let mut settings: Vec<(&String, &Value)> = Vec::new();
    for (key, value) in &table {
        match value {
            Value::Table(own) => {
                let command = key.split(' ').try_fold(command, |command, name| command.find_subcommand(name));
                let Some(command) = command else { return Err(Stop::Usage(format!("{shown}: [{key}]: there is no such command"))) };
                if let Some(unknown) = own.keys().find(|key| flag(command, key).is_none()) {
                    return Err(Stop::Usage(format!("{shown}: {unknown}: {key} has no such flag")));
                }
                if *key == name {
                    settings.extend(own.iter());
                }
            }
            _ if !everywhere(command).any(|command| flag(command, key).is_some()) => {
                return Err(Stop::Usage(format!("{shown}: {key}: no command has such a flag")));
            }
            _ => {}
        }
    }
    for (key, value) in &table {
        if !value.is_table() && flag(chosen.command, key).is_some() && !settings.iter().any(|(own, _)| *own == key) {
            settings.push((key, value));
        }
    }
    let given = |arg: &Arg| chosen.matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine);
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut added = Vec::new();
    for (key, value) in settings {
        let Some(arg) = flag(chosen.command, key) else { continue };
        let against = |one: &Arg, other: &Arg| chosen.command.get_arg_conflicts_with(one).iter().any(|a| a.get_id() == other.get_id());
        let overruled = chosen.command.get_arguments().filter(|other| given(other)).any(|other| against(other, arg) || against(arg, other));
        if !given(arg) && !overruled {
            added.extend(words(arg, value, folder).map_err(|why| Stop::Usage(format!("{shown}: {key}: {why}")))?);
        }
    }
    line.splice(chosen.at..chosen.at, added);
    Ok(Some(line))
}

/// The command of a line: its names, and where its flags begin.
struct Chosen<'a> {
    names: Vec<&'a str>,
    command: &'a Command,
    matches: &'a ArgMatches,
    at: usize,
}

fn chosen<'a>(command: &'a Command, matches: &'a ArgMatches) -> Chosen<'a> {
    let mut chosen = Chosen { names: Vec::new(), command, matches, at: 1 };
    let line: Vec<OsString> = std::env::args_os().collect();
    while let Some((name, inner)) = chosen.matches.subcommand() {
        let Some(command) = chosen.command.find_subcommand(name) else { break };
        let found = line.iter().skip(chosen.at).position(|word| word.as_os_str() == name);
        chosen.at += found.map_or(0, |found| found + 1);
        chosen.names.push(name);
        (chosen.command, chosen.matches) = (command, inner);
    }
    chosen
}

fn everywhere(command: &Command) -> Box<dyn Iterator<Item = &Command> + '_> {
    Box::new(std::iter::once(command).chain(command.get_subcommands().flat_map(everywhere)))
}

/// The flag of a key; `_` may stand for `-`.
fn flag<'a>(command: &'a Command, key: &str) -> Option<&'a Arg> {
    let key = key.replace('_', "-");
    command.get_arguments().find(|arg| arg.get_long() == Some(&key) && !NOT_SETTINGS.contains(&key.as_str()))
}

/// A setting as words of a command line.
fn words(arg: &Arg, value: &Value, folder: &Path) -> Result<Vec<OsString>, String> {
    let name = arg.get_long().unwrap_or_default();
    if !arg.get_action().takes_values() {
        return match value {
            Value::Boolean(true) => Ok(vec![format!("--{name}").into()]),
            Value::Boolean(false) => Ok(Vec::new()),
            _ => Err("must be true or false".into()),
        };
    }
    let is_path = arg.get_value_parser().type_id() == std::any::TypeId::of::<PathBuf>();
    let word = |value: &Value| -> Result<OsString, String> {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Boolean(switch) => switch.to_string(),
            _ => return Err("must be a text or a number".into()),
        };
        // a path of the file is meant from where the file is
        let text = if is_path && text != "-" && !text.is_empty() { in_folder(folder, &text) } else { text.into() };
        let mut word = OsString::from(format!("--{name}="));
        word.push(text);
        Ok(word)
    };
    match value {
        Value::Array(values) if matches!(arg.get_action(), ArgAction::Append) => values.iter().map(word).collect(),
        Value::Array(_) => Err("takes one value".into()),
        value => Ok(vec![word(value)?]),
    }
}

/// A path with its last `/` kept, which says that a folder is meant.
fn in_folder(folder: &Path, text: &str) -> OsString {
    if folder.as_os_str().is_empty() { text.into() } else { folder.join(text).into_os_string() }
}

/// The settings of a command line, whole: what `--show-config` prints and `run.json` keeps.
pub(super) fn settings(command: &Command, matches: &ArgMatches) -> Vec<(String, Value, &'static str)> {
    let chosen = chosen(command, matches);
    let mut settings = Vec::new();
    for arg in chosen.command.get_arguments() {
        let Some(name) = arg.get_long().filter(|name| !NOT_SETTINGS.contains(name)) else { continue };
        let id = arg.get_id().as_str();
        let source = match chosen.matches.value_source(id) {
            Some(ValueSource::CommandLine) => "said",
            Some(_) => "usual",
            None => continue,
        };
        let raw: Vec<String> = chosen.matches.get_raw(id).into_iter().flatten().map(|value| value.to_string_lossy().into_owned()).collect();
        let value = match arg.get_action() {
            ArgAction::Append => Value::Array(raw.into_iter().map(Value::String).collect()),
            action if !action.takes_values() => Value::Boolean(chosen.matches.get_flag(id)),
            _ => Value::String(raw.into_iter().next().unwrap_or_default()),
        };
        settings.push((name.to_string(), value, source));
    }
    settings
}

/// The settings as a file that gives them again; what is only usual stands as a comment, and so
/// do the values that a flag can take.
pub(super) fn shown(command: &Command, matches: &ArgMatches) -> String {
    let chosen = chosen(command, matches);
    let mut out = format!("[{}]\n", quoted(&chosen.names.join(" ")));
    for (name, value, source) in settings(command, matches) {
        let possible = flag(chosen.command, &name).filter(|arg| arg.get_action().takes_values()).map(Arg::get_possible_values);
        let possible: Vec<String> = possible.unwrap_or_default().iter().map(PossibleValue::get_name).map(Into::into).collect();
        let comment = if source == "usual" { "# " } else { "" };
        let choices = if possible.is_empty() { String::new() } else { format!("  # {}", possible.join(", ")) };
        out.push_str(&format!("{comment}{name} = {value}{choices}\n"));
    }
    out
}

fn quoted(name: &str) -> String {
    if name.contains(' ') { format!("{name:?}") } else { name.into() }
}
