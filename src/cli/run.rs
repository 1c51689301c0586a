//! A run over documents: read, extract, decide over the corpus, write.

use std::ops::ControlFlow;

use super::cache::{Appender, Cache};
use super::ids::Ids;
use super::manifest::Manifest;
use super::opener::{Done, Kept, Opener, Read, Reader};
use super::output::{Outputs, Plan};
use super::report::Report;
use super::{Ending, Stop};
use crate::Extractor;
use crate::corpus::{Decisions, Gathered, Store, Stored, Summary};
use crate::read::order::{self, Window};
use crate::read::{Item, formats};
use crate::record::{Parts, Record};
use crate::tables::{Bodies, Format, Layout, Shape, WideCounts};

/// What is under way at a time: enough to keep every thread busy, little beside a large corpus.
pub(super) const WINDOW: Window = Window { bytes: 8 << 20, items: 512 };

/// When records are written.
pub(super) enum Way {
    /// At once; flushed whenever nothing more waits, when a reader does.
    Directly { flush: bool },
    /// After the whole corpus is known.
    TwoSteps,
}

pub(super) struct Run {
    pub opener: Opener,
    /// The records wait for `dateline merge`.
    pub later: bool,
    /// What earlier runs made of documents, and where this one keeps what it makes.
    pub cache: Option<(Cache, Appender)>,
    pub manifest: Option<Manifest>,
    /// What an earlier run decided over the whole corpus.
    pub decisions: Option<Decisions>,
    layouts: Vec<Layout>,
    report: Report,
    seen: Ids,
    bodies: Bodies,
    /// What gives documents further columns, and the least count.
    wide: Option<(WideCounts, u64)>,
}

impl Run {
    pub fn new(extractor: Extractor, report: Report) -> Self {
        Self {
            opener: Opener { extractor, encoding: None, readers: None, limit: u64::from(u32::MAX), texts: formats::Kind::Text },
            later: false,
            cache: None,
            manifest: None,
            decisions: None,
            layouts: Vec::new(),
            report,
            seen: Ids::default(),
            bodies: Bodies::default(),
            wide: None,
        }
    }

    /// Does the work and ends the outputs.
    pub fn write(
        &mut self,
        pool: &rayon::ThreadPool,
        plan: Plan,
        items: impl Iterator<Item = (u64, Item)> + Send,
        way: Way,
        strict: bool,
    ) -> Result<Ending, Stop> {
        self.wide.clone_from(&plan.wide);
        if self.wide.is_some() && !matches!(way, Way::TwoSteps) {
            return Err(Stop::Usage("--wide counts over the whole corpus, and here each row is written at once".into()));
        }
        let mut outputs = plan.open()?;
        self.layouts = outputs.layouts();
        match way {
            Way::TwoSteps => self.in_two_steps(pool, items, &mut outputs)?,
            Way::Directly { flush } => self.directly(pool, items, &mut outputs, flush)?,
        }
        for (number, layout) in self.layouts.iter().enumerate() {
            if layout.shape.shows(Shape::Organizations) {
                layout.bodies(&self.bodies, |rows| outputs.write(number, rows))?;
            }
        }
        let (written, notes) = outputs.finish()?;
        if self.report.total() == 0 {
            super::report::message("error", "no document was found");
        }
        let ending = if self.report.total() == 0 || self.report.faults(strict) > 0 { Ending::Partly } else { Ending::Whole };
        if let Some(manifest) = self.manifest.take() {
            manifest.finish(self.report.counts(), &written, u8::from(ending == Ending::Partly))?;
        }
        self.report.close(&written, &notes);
        Ok(ending)
    }

    /// Writes each record as soon as it is made.
    fn directly(
        &mut self,
        pool: &rayon::ThreadPool,
        items: impl Iterator<Item = (u64, Item)> + Send,
        outputs: &mut Outputs,
        flush: bool,
    ) -> Result<(), Stop> {
        let (reader, mut kept) = Reader::of(&self.opener, self.cache.as_mut(), self.manifest.as_mut());
        let layouts = &self.layouts;
        let (later, decisions) = (self.later, self.decisions.as_ref());
        let finish = |number, read: &mut Read| {
            read.record.order = later.then_some(number);
            if let Some(decisions) = decisions {
                read.finish_alone(decisions);
            }
            read.render(layouts);
            // a long record's rows are made when it is written
            if !read.rows.is_empty() {
                read.shed();
            }
        };
        let work = |items| reader.extract(items, finish);
        let (report, seen, bodies) = (&mut self.report, &mut self.seen, &mut self.bodies);
        let stop = order::map_some(
            pool,
            WINDOW,
            items,
            |(_, item)| item.size(),
            work,
            |done, is_idle| {
                let receive = || {
                    if let Some(read) = told(done, report, seen, |read| read.render(layouts), &mut kept)? {
                        read.put(layouts, outputs, bodies)?;
                    }
                    if flush && is_idle { outputs.flush() } else { Ok(()) }
                };
                flow(receive())
            },
        );
        stop.map_or(Ok(()), Err)
    }

    /// Stores each record until the whole corpus is known, then finishes and writes them.
    fn in_two_steps(
        &mut self,
        pool: &rayon::ThreadPool,
        items: impl Iterator<Item = (u64, Item)> + Send,
        outputs: &mut Outputs,
    ) -> Result<(), Stop> {
        let is_wide = self.wide.is_some();
        // rows of a wide table are made when its columns are known
        let early: &[Layout] = if is_wide { &[] } else { &self.layouts };
        let (reader, mut kept) = Reader::of(&self.opener, self.cache.as_mut(), self.manifest.as_mut());
        let mut store = Store::new().map_err(stored)?;
        let mut gathered = Gathered::default();
        let finish = |_, read: &mut Read| {
            read.record.order = None;
            // a long record waits in its parts, and goes from them into the store
            if read.parts.is_empty() {
                read.summary = Summary::of(&read.record);
                read.frame = read.stored(early).pack();
                read.shed();
            }
        };
        let redo = |read: &mut Read| finish(0, read);
        let work = |items| reader.extract(items, finish);
        let (report, seen) = (&mut self.report, &mut self.seen);
        let stop = order::map_some(
            pool,
            WINDOW,
            items,
            |(_, item)| item.size(),
            work,
            |done, _| {
                let receive = || {
                    let Some(mut read) = told(done, report, seen, redo, &mut kept)? else { return Ok(()) };
                    if !read.parts.is_empty() {
                        gathered.add_parts(&read.record, &read.parts).map_err(stored)?;
                        return store.push_stored(&read.stored(early)).map_err(stored);
                    }
                    gathered.add(std::mem::take(&mut read.summary)).map_err(stored)?;
                    store.push(&read.frame).map_err(stored)
                };
                flow(receive())
            },
        );
        if let Some(stop) = stop {
            return Err(stop);
        }
        report.stage("names and furniture over the whole corpus");
        pool.broadcast(|_| Extractor::forget());
        let decisions = Decisions::of(gathered).map_err(stored)?;
        let widened;
        let layouts = match self.wide.take() {
            None => &self.layouts,
            Some((counts, least)) => {
                outputs.widen(counted(pool, &mut store, &decisions, counts)?.columns(least));
                widened = outputs.layouts();
                &widened
            }
        };
        let counts_bodies = layouts.iter().any(|layout| layout.shape.shows(Shape::Organizations));
        let finish = |frame: std::io::Result<Stored>| -> Result<Box<Read>, Stop> {
            let mut frame = frame.map_err(stored)?;
            let mut read = Box::<Read>::default();
            // rows of a long record are not stored
            if counts_bodies || is_wide || frame.rows.is_empty() || !frame.is_finished(&decisions) {
                (read.record, read.parts) = frame.finish(&decisions).map_err(stored)?;
                read.render(layouts);
            } else {
                read.rows = std::mem::take(&mut frame.rows);
            }
            Ok(read)
        };
        let size = |frame: &std::io::Result<Stored>| frame.as_ref().map_or(0, Stored::size);
        let bodies = &mut self.bodies;
        let frames = store.read(decisions.links().map_err(stored)?).map_err(stored)?;
        let stop = order::map(pool, WINDOW, frames, size, finish, |read, _| flow(read.and_then(|read| read.put(layouts, outputs, bodies))));
        stop.map_or(Ok(()), Err)
    }
}

fn stored(error: std::io::Error) -> Stop {
    Stop::Fault(format!("the temporary file of the records: {error} (TMPDIR names its folder)"))
}

/// Counts the values of the finished records' lists.
fn counted(pool: &rayon::ThreadPool, store: &mut Store, decisions: &Decisions, mut counts: WideCounts) -> Result<WideCounts, Stop> {
    let finish = |frame: std::io::Result<Stored>| {
        let (record, parts) = frame?.finish(decisions)?;
        if parts.is_empty() { Ok(record) } else { parts.digest(&record) }
    };
    let finish = |frame| finish(frame).map_err(stored);
    let size = |frame: &std::io::Result<Stored>| frame.as_ref().map_or(0, Stored::size);
    let frames = store.read(decisions.links().map_err(stored)?).map_err(stored)?;
    let stop =
        order::map(pool, WINDOW, frames, size, finish, |record: Result<Record, Stop>, _| flow(record.map(|record| counts.add(&record))));
    stop.map_or(Ok(counts), Err)
}

/// Goes on, or stops; when nobody reads the output, at once and wherever the threads are.
fn flow(result: Result<(), Stop>) -> ControlFlow<Stop> {
    match result {
        Ok(()) => ControlFlow::Continue(()),
        Err(Stop::Closed) => super::output::leave(0),
        Err(stop) => ControlFlow::Break(stop),
    }
}

impl Read {
    /// Makes the rows; those of a long record are made while they are written.
    fn render(&mut self, layouts: &[Layout]) {
        let rows = layouts.iter().map(|layout| {
            let mut rows = Vec::new();
            layout.record(&self.record, &mut rows);
            rows
        });
        self.rows = if self.parts.is_empty() { rows.collect() } else { Vec::new() };
        self.bodies = Bodies::default();
        if self.parts.is_empty() && layouts.iter().any(|layout| layout.shape.shows(Shape::Organizations)) {
            self.bodies = Bodies::of(&self.record);
        }
    }

    /// Finishes it by what an earlier run decided.
    fn finish_alone(&mut self, decisions: &Decisions) {
        if self.parts.is_empty() {
            decisions.finish_alone(&mut self.record);
        } else if let Err(error) = decisions.finish_parts_alone(&mut self.record, &mut self.parts) {
            self.record = Record::failed(std::mem::take(&mut self.record.id), "internal", error.to_string());
            self.parts = Parts::default();
        }
    }

    /// Writes the rows, and adds its bodies to those of the corpus.
    fn put(mut self: Box<Self>, layouts: &[Layout], outputs: &mut Outputs, bodies: &mut Bodies) -> Result<(), Stop> {
        if !self.parts.is_empty() {
            if layouts.iter().any(|layout| layout.shape.shows(Shape::Organizations)) {
                bodies.add(Bodies::of_parts(&self.record, &self.parts)?);
            }
            let mut layouts = layouts.iter().enumerate();
            return layouts.try_for_each(|(number, layout)| layout.pieces(&self.record, &self.parts, |rows| outputs.write(number, rows)));
        }
        bodies.add(std::mem::take(&mut self.bodies));
        self.rows.iter().enumerate().try_for_each(|(number, rows)| outputs.write(number, rows))
    }

    /// What waits for the corpus: the rows are right as they are unless it changes the record.
    fn stored(&mut self, layouts: &[Layout]) -> Stored {
        let edges = std::mem::take(&mut self.record.edges);
        self.record.sketch = String::new();
        self.render(layouts);
        let own = layouts.iter().position(|layout| layout.shape == Shape::Records && layout.format == Format::Jsonl);
        Stored::new(&self.record, std::mem::take(&mut self.parts), edges, std::mem::take(&mut self.rows), own)
    }

    /// Keeps what the report wants to know, when the rows are made: what a thread has made it frees
    /// for half the price at which another does.
    fn shed(&mut self) {
        let Record { id, error, language, order, .. } = std::mem::take(&mut self.record);
        self.record = Record { id, error, language, order, ..Record::default() };
    }
}

/// Tells the report of what was done. The second document of an id becomes an error row.
fn told(done: Done, report: &mut Report, seen: &mut Ids, redo: impl Fn(&mut Read), kept: &mut Kept) -> Result<Option<Box<Read>>, Stop> {
    let mut read = match done {
        Done::Skipped(path, reason) => {
            report.skipped(&path, reason);
            return Ok(None);
        }
        Done::Read(read) => read,
    };
    if !seen.insert(&read.record.id) {
        let message = "has the id of an earlier document of this run: only the first is read";
        let order = read.record.order;
        read.record = Record { order, ..Record::failed(std::mem::take(&mut read.record.id), "duplicate-id", message) };
        read.parts = Parts::default();
        redo(&mut read);
    }
    let record = &read.record;
    match &record.error {
        Some(fault) => report.failed(&record.id, &fault.kind, &fault.message, read.bytes),
        None => report.read(record.language.as_deref(), read.bytes),
    }
    if read.looks_like_html {
        report.looks_like_html(&record.id);
    }
    if let Some(warning) = &read.warning {
        report.warning(&record.id, warning);
    }
    report.cached(read.is_cached);
    if let Some(cache) = &mut kept.cache {
        cache.push(&read.fresh).map_err(|error| Stop::Fault(format!("the cache: {error}")))?;
    }
    if let Some(manifest) = &mut kept.manifest {
        let fault = record.error.as_ref().map(|fault| fault.kind.as_str());
        manifest.input(&record.id, read.bytes, read.hash, fault)?;
    }
    Ok(Some(read))
}
