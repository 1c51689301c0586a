//! Many threads, one order: results come out as their items went in, with bounded memory.
//!
//! One thread reads ahead, rayon's pool works, and the caller's thread receives. A window bounds
//! what is under way, from being read until being received, by bytes and by count, so that one
//! slow document does not let the rest of the corpus pile up behind it. Threads are woken for a few
//! items at a time where many wait: to wake one costs as much as to read a short text.

use std::collections::{BTreeMap, VecDeque};
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, PoisonError, mpsc};

/// How much may be under way at a time.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Bytes of input; one item that is larger goes alone.
    pub bytes: usize,
    /// Items.
    pub items: usize,
}

struct Gate {
    state: Mutex<Load>,
    room: Condvar,
    window: Window,
}

#[derive(Default)]
struct Load {
    bytes: usize,
    items: usize,
    closed: bool,
}

impl Gate {
    /// Waits until less is under way than the window takes, before the next item is read: one that
    /// is larger than the window shares memory with nothing.
    fn wait(&self) {
        let mut load = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while !load.closed && load.bytes > self.window.bytes {
            load = self.room.wait(load).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits for room; false when nothing more is wanted.
    fn enter(&self, bytes: usize) -> bool {
        let mut load = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while !load.closed && load.items > 0 && (load.items >= self.window.items || load.bytes + bytes > self.window.bytes) {
            load = self.room.wait(load).unwrap_or_else(PoisonError::into_inner);
        }
        load.items += 1;
        load.bytes += bytes;
        !load.closed
    }

    fn leave(&self, bytes: usize) {
        let mut load = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        load.items -= 1;
        load.bytes -= bytes;
        // the reader is woken for some items at a time, unless it waits for bytes
        if load.items <= self.window.items / 4 * 3 || load.bytes > self.window.bytes / 2 {
            self.room.notify_one();
        }
    }

    fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.room.notify_one();
    }
}

/// An item with its number and size.
type Numbered<T> = (usize, usize, T);

/// Items that wait for a thread.
struct Queue<T> {
    state: Mutex<Waiting<T>>,
    threads: usize,
}

struct Waiting<T> {
    items: VecDeque<Numbered<T>>,
    /// Threads at work.
    at_work: usize,
}

/// Items that a thread takes at once.
const MOST: usize = 64;
/// Their bytes, beside the first.
const BYTES: usize = 96 << 10;

impl<T> Queue<T> {
    fn new(threads: usize) -> Self {
        Self { state: Mutex::new(Waiting { items: VecDeque::new(), at_work: 0 }), threads: threads.max(1) }
    }

    /// Adds an item; true when a further thread should be set to work.
    fn push(&self, item: Numbered<T>) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.items.push_back(item);
        let more = state.at_work < self.threads;
        state.at_work += usize::from(more);
        more
    }

    /// The next items for a thread; none when it should stop.
    fn take(&self) -> Option<Vec<Numbered<T>>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let most = (state.items.len() / (2 * self.threads)).clamp(1, MOST);
        let mut bytes = 0;
        let fits = |item: &&Numbered<T>| {
            bytes += item.1;
            bytes <= BYTES
        };
        let count = state.items.iter().take(most).take_while(fits).count().max(1).min(state.items.len());
        if count == 0 {
            state.at_work -= 1;
            return None;
        }
        Some(state.items.drain(..count).collect())
    }

    /// Forgets what waits.
    fn clear(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).items.clear();
    }
}

/// Works on `items` in `pool`, on a few at a time, and hands the results to `receive` in the order of
/// the items. `work` gives a result for each item, in order.
///
/// `receive` is told whether no further result waits at the moment, which is when a stream should
/// be flushed. When it breaks, no further item is read, and the value it broke with is returned.
pub fn map_some<T: Send, R: Send, B>(
    pool: &rayon::ThreadPool,
    window: Window,
    items: impl Iterator<Item = T> + Send,
    size: impl Fn(&T) -> usize + Send + Sync,
    work: impl Fn(Vec<T>) -> Vec<R> + Send + Sync,
    mut receive: impl FnMut(R, bool) -> ControlFlow<B>,
) -> Option<B> {
    let gate = Gate { state: Mutex::default(), room: Condvar::new(), window };
    let queue = Queue::new(pool.current_num_threads());
    let (sender, receiver) = mpsc::channel::<Vec<Numbered<R>>>();
    std::thread::scope(|scope| {
        let (gate, queue, work) = (&gate, &queue, &work);
        scope.spawn(move || {
            pool.in_place_scope(|jobs| {
                let mut items = items.enumerate();
                while let Some((number, item)) = {
                    gate.wait();
                    items.next()
                } {
                    let bytes = size(&item);
                    if !gate.enter(bytes) {
                        break;
                    }
                    if !queue.push((number, bytes, item)) {
                        continue;
                    }
                    let sender = sender.clone();
                    jobs.spawn(move |_| {
                        while let Some(taken) = queue.take() {
                            let (places, items): (Vec<_>, Vec<_>) =
                                taken.into_iter().map(|(number, bytes, item)| ((number, bytes), item)).unzip();
                            let results = places.into_iter().zip(work(items)).map(|((number, bytes), result)| (number, bytes, result));
                            let results = results.collect();
                            if sender.send(results).is_err() {
                                // the receiver has stopped: no more is wanted
                                queue.clear();
                            }
                        }
                    });
                }
            });
        });
        let mut early = BTreeMap::new();
        let mut next = 0;
        while let Ok(results) = receiver.recv() {
            early.extend(results.into_iter().map(|(number, bytes, result)| (number, (bytes, result))));
            while let Some((bytes, result)) = early.remove(&next) {
                next += 1;
                gate.leave(bytes);
                if let ControlFlow::Break(value) = receive(result, early.is_empty()) {
                    gate.close();
                    queue.clear();
                    return Some(value);
                }
            }
        }
        None
    })
}

/// The same, with one item at a time.
pub fn map<T: Send, R: Send, B>(
    pool: &rayon::ThreadPool,
    window: Window,
    items: impl Iterator<Item = T> + Send,
    size: impl Fn(&T) -> usize + Send + Sync,
    work: impl Fn(T) -> R + Send + Sync,
    receive: impl FnMut(R, bool) -> ControlFlow<B>,
) -> Option<B> {
    map_some(pool, window, items, size, |items| items.into_iter().map(&work).collect(), receive)
}

/// A pool of so many threads; as many as the machine has for none.
///
/// # Errors
/// When the system gives no threads.
pub fn pool(threads: Option<usize>) -> Result<rayon::ThreadPool, rayon::ThreadPoolBuildError> {
    rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0)).thread_name(|n| format!("reader {n}")).build()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(threads: usize, window: Window, stop_at: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let items = (0..500_usize).map(|n| (n, n % 7));
        map(
            &pool(Some(threads)).unwrap(),
            window,
            items,
            |&(_, bytes)| bytes,
            |(n, wait)| {
                std::thread::sleep(std::time::Duration::from_micros(wait as u64 * 30));
                n
            },
            |n, _| {
                out.push(n);
                if out.len() == stop_at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        out
    }

    #[test]
    fn order_is_kept_whatever_the_threads_and_the_window() {
        let all: Vec<usize> = (0..500).collect();
        for (threads, bytes, items) in [(1, 1, 1), (2, 3, 1000), (4, 1_000_000, 8), (3, 0, 2)] {
            assert_eq!(run(threads, Window { bytes, items }, 0), all);
        }
    }

    #[test]
    fn reading_stops_when_the_receiver_does() {
        assert_eq!(run(2, Window { bytes: 100, items: 10 }, 20), (0..20).collect::<Vec<_>>());
    }
}
