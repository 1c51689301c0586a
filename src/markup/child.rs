//! Documents are parsed in child processes: a crash or a hang in a library costs one document.
//!
//! The child is this program again, under limits: of memory, set by itself before it reads
//! anything (`RLIMIT_AS`; where the system has no such limit there is none), and of time, kept by
//! the parent, which ends a child that does not answer. A child serves one document after another,
//! so that a thousand small files do not cost a thousand starts. One that fails after it has served
//! others is started anew and asked again, so that the outcome hangs on the document alone.
//!
//! A request is a line of JSON and the bytes of the document; an answer is a line of JSON behind a
//! mark, since libraries may print, and the bytes of the text.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Fault, Plain, Told};
use crate::decode;
use crate::read::formats::Kind;

/// What a child may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of memory.
    pub memory: u64,
    /// Seconds for a document.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { memory: 1 << 30, seconds: 60 }
    }
}

/// The command of this program that serves as a child.
pub const COMMAND: &str = "serve-reader";

/// Before an answer.
const MARK: &[u8] = b"\x1edateline ";

#[derive(Debug, Serialize, Deserialize)]
struct Request {
    kind: Kind,
    encoding: Option<String>,
    charset: Option<String>,
    limit: u64,
    length: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    read: Result<Plain, Fault>,
    length: u64,
}

/// Children that read documents, shared by all threads.
#[derive(Debug)]
pub struct Readers {
    program: PathBuf,
    limits: Limits,
    idle: Mutex<Vec<Reader>>,
}

#[derive(Debug)]
struct Reader {
    child: Child,
    requests: Option<ChildStdin>,
    answers: mpsc::Receiver<Option<Answer>>,
    served: usize,
}

/// Why a child gave no answer.
enum Silence {
    Ended(String),
    Late,
}

impl Readers {
    /// Readers that are started when they are needed.
    ///
    /// # Errors
    /// When the system does not tell which program this is.
    pub fn new(limits: Limits) -> std::io::Result<Self> {
        Ok(Self { program: std::env::current_exe()?, limits, idle: Mutex::default() })
    }

    /// Reads a document of a kind as text: plain text here, all others in a child.
    ///
    /// # Errors
    /// As [`Readers::read`].
    pub fn open(&self, kind: Kind, bytes: &[u8], told: Told) -> Result<Plain, Fault> {
        if kind == Kind::Text { super::read(kind, bytes, told) } else { self.read(kind, bytes, told) }
    }

    /// Reads a document of a kind as text, in a child.
    ///
    /// # Errors
    /// What [`super::read`] says, or that the child crashed or did not answer in time.
    pub fn read(&self, kind: Kind, bytes: &[u8], told: Told) -> Result<Plain, Fault> {
        loop {
            let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut reader = match idle {
                Some(reader) => reader,
                None => Reader::start(&self.program, self.limits)
                    .map_err(|error| Fault::new("no-reader", format!("the reader of such files did not start: {error}")))?,
            };
            match reader.ask(kind, bytes, told, self.limits) {
                Ok(answer) => {
                    reader.served += 1;
                    self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(reader);
                    return answer;
                }
                Err(silence) => {
                    let fresh = reader.served == 0;
                    reader.end();
                    match silence {
                        Silence::Late => {
                            let message = format!("was not read within {} s: --max-time sets the limit", self.limits.seconds);
                            return Err(Fault::new("timeout", message));
                        }
                        Silence::Ended(how) if fresh => {
                            let megabytes = self.limits.memory >> 20;
                            let message = format!("its reader {how}; it may use {megabytes} MB: --max-memory sets the limit");
                            return Err(Fault::new("crashed", message));
                        }
                        Silence::Ended(_) => {}
                    }
                }
            }
        }
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        for reader in self.idle.get_mut().unwrap_or_else(PoisonError::into_inner).drain(..) {
            reader.end();
        }
    }
}

impl Reader {
    fn start(program: &PathBuf, limits: Limits) -> std::io::Result<Self> {
        let mut child = Command::new(program)
            .arg(COMMAND)
            .arg(limits.memory.to_string())
            // the allocator takes address space in advance, which the limit would count
            .env("MIMALLOC_ARENA_RESERVE", "32MiB")
            // and gives back at once what a large page no longer needs: a fifth of its peak
            .env("MIMALLOC_PURGE_DELAY", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let requests = child.stdin.take();
        let output = child.stdout.take().ok_or_else(|| std::io::Error::other("no output"))?;
        let (sender, answers) = mpsc::channel();
        std::thread::Builder::new().name("reader's answers".into()).spawn(move || {
            let mut output = BufReader::with_capacity(1 << 16, output);
            while let Some(answer) = answer(&mut output) {
                if sender.send(Some(answer)).is_err() {
                    return;
                }
            }
            // the end of the channel says the same
            drop(sender.send(None));
        })?;
        Ok(Self { child, requests, answers, served: 0 })
    }

    fn ask(&mut self, kind: Kind, bytes: &[u8], told: Told, limits: Limits) -> Result<Result<Plain, Fault>, Silence> {
        let request = Request {
            kind,
            encoding: told.encoding.map(|encoding| encoding.name().into()),
            charset: told.charset.map(Into::into),
            limit: told.limit,
            length: bytes.len() as u64,
        };
        let sent = match &mut self.requests {
            Some(requests) => send(requests, &request, bytes),
            None => Err(std::io::ErrorKind::BrokenPipe.into()),
        };
        if sent.is_err() {
            return Err(Silence::Ended(self.how_it_ended()));
        }
        match self.answers.recv_timeout(Duration::from_secs(limits.seconds)) {
            Ok(Some(answer)) => Ok(answer.read),
            Err(mpsc::RecvTimeoutError::Timeout) => Err(Silence::Late),
            Ok(None) | Err(mpsc::RecvTimeoutError::Disconnected) => Err(Silence::Ended(self.how_it_ended())),
        }
    }

    fn how_it_ended(&mut self) -> String {
        // its output is closed, so it has ended or is about to
        drop(self.requests.take());
        match self.child.wait() {
            #[cfg(unix)]
            Ok(status) => {
                use std::os::unix::process::ExitStatusExt;
                match status.signal() {
                    Some(6) => "ran out of memory".into(),
                    Some(signal) => format!("crashed (signal {signal})"),
                    None => format!("ended ({status})"),
                }
            }
            #[cfg(not(unix))]
            Ok(status) => format!("crashed ({status})"),
            Err(error) => format!("was lost ({error})"),
        }
    }

    fn end(mut self) {
        drop(self.requests.take());
        // one that waits for requests ends by itself; one that hangs does not
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn send(to: &mut impl Write, head: &impl Serialize, bytes: &[u8]) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(head)?;
    line.push(b'\n');
    to.write_all(&line)?;
    to.write_all(bytes)?;
    to.flush()
}

/// The next answer; none at the end, or when it is cut short.
fn answer(output: &mut impl BufRead) -> Option<Answer> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if output.read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        if let Some(head) = line.strip_prefix(MARK) {
            let mut answer: Answer = serde_json::from_slice(head).ok()?;
            let text = taken(output, answer.length)?;
            if let Ok(plain) = &mut answer.read {
                plain.text = String::from_utf8(text).ok()?;
            }
            return Some(answer);
        }
    }
}

fn taken(input: &mut impl Read, length: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length).ok()?);
    input.take(length).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == length).then_some(bytes)
}

/// The child's side: answers requests until there are no more.
pub fn serve(memory: u64) {
    confine(memory);
    // a panic is an answer, not a message
    std::panic::set_hook(Box::new(|_| {}));
    let serving = std::thread::Builder::new().name("reader".into()).stack_size(64 << 20).spawn(|| {
        let mut input = BufReader::with_capacity(1 << 16, std::io::stdin());
        let mut line = Vec::new();
        loop {
            line.clear();
            let Ok(1..) = input.read_until(b'\n', &mut line) else { return };
            let Ok(request) = serde_json::from_slice::<Request>(&line) else { return };
            let Some(bytes) = taken(&mut input, request.length) else { return };
            let told = Told {
                encoding: request.encoding.as_deref().and_then(decode::named),
                charset: request.charset.as_deref(),
                limit: request.limit,
            };
            let read = std::panic::catch_unwind(|| super::read(request.kind, bytes, told))
                .unwrap_or_else(|_| Err(Fault::new("broken", "its library gave up on it: the file may be damaged")));
            let (read, text) = match read {
                Ok(mut plain) => {
                    let text = std::mem::take(&mut plain.text);
                    (Ok(plain), text)
                }
                Err(fault) => (Err(fault), String::new()),
            };
            let mut output = std::io::stdout().lock();
            let answer = Answer { read, length: text.len() as u64 };
            // whatever a library printed ends here
            let sent =
                output.write_all(b"\n").and_then(|()| output.write_all(MARK)).and_then(|()| send(&mut output, &answer, text.as_bytes()));
            if sent.is_err() {
                return;
            }
        }
    });
    if let Ok(serving) = serving {
        drop(serving.join());
    }
}

/// Bytes of address space that the program takes before it reads anything: its own code and tables.
#[cfg(unix)]
fn mapped() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let size = status.lines().find_map(|line| line.strip_prefix("VmSize:"));
    size.and_then(|size| size.trim().trim_end_matches("kB").trim().parse::<u64>().ok()).map_or(256 << 20, |kilobytes| kilobytes << 10)
}

#[cfg(unix)]
fn confine(memory: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    // without the limits it still runs, only less guarded
    let memory = memory.saturating_add(mapped());
    let _ = setrlimit(Resource::As, Rlimit { current: Some(memory), maximum: Some(memory) });
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}

#[cfg(not(unix))]
fn confine(_: u64) {}
