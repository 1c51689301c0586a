//! The sketches of all documents in the order in which they are held against each other, in a
//! temporary file when there are many.

use std::io;

use super::links::{Linked, id_key};
use super::runs::{Sorted, Sorter};
use super::sketch::{FEWEST_WORDS, Sketch};
use super::spool::{Pages, Spool};

/// The longest sketch, in bytes.
const LONGEST: usize = 151;

/// What is kept of a document: its number, the key of its id, where the id begins and how long it
/// is, the sketch with its length.
const SLOT: usize = 4 + 8 + 8 + 4 + 1 + LONGEST;

/// How many documents are read at a time when all are.
const TOGETHER: u32 = 256;

/// Documents by rank.
#[derive(Debug)]
pub(super) struct Ranked {
    slots: Pages,
    ids: Pages,
    count: u32,
}

impl Ranked {
    /// Adds a document that has enough words: by day of publication, those without one last, then the
    /// longest first, then by id.
    pub fn push(into: &mut Sorter, number: u32, id: &str, packed: &[u8]) -> io::Result<()> {
        let Some(sketch) = Sketch::unpack(packed).filter(|sketch| usize::from(sketch.words) >= FEWEST_WORDS) else { return Ok(()) };
        let day = if sketch.published == 0 { u16::MAX } else { sketch.published };
        let key = [&day.to_be_bytes(), &(u16::MAX - sketch.words).to_be_bytes()[..], id.as_bytes()].concat();
        into.push(&key, &[&number.to_le_bytes(), packed].concat())
    }

    /// The documents that were added.
    pub fn of(sorted: &Sorted) -> io::Result<Self> {
        let (mut slots, mut ids, mut count) = (Spool::default(), Spool::default(), 0);
        let mut merged = sorted.read()?;
        while let Some((key, value)) = merged.next()? {
            let (Some(id), Some((number, packed))) = (key.get(4..), value.split_first_chunk::<4>()) else { continue };
            let (Ok(id_length), true) = (u32::try_from(id.len()), packed.len() <= LONGEST) else { continue };
            let at = ids.push(id)?;
            let id_key = id_key(std::str::from_utf8(id).unwrap_or_default());
            let mut slot =
                [number, &id_key.to_le_bytes()[..], &at.to_le_bytes(), &id_length.to_le_bytes(), &[packed.len() as u8], packed].concat();
            slot.resize(SLOT, 0);
            slots.push(&slot)?;
            count += 1;
        }
        Ok(Self { slots: slots.finish()?, ids: ids.finish()?, count })
    }

    /// How many there are.
    pub fn len(&self) -> u32 {
        self.count
    }

    fn slot(&mut self, rank: u32) -> io::Result<Slot> {
        let mut slot = Slot([0; SLOT]);
        self.slots.read(u64::from(rank) * SLOT as u64, &mut slot.0)?;
        Ok(slot)
    }

    /// A document's sketch.
    pub fn sketch(&mut self, rank: u32) -> io::Result<Sketch> {
        Ok(self.slot(rank)?.sketch())
    }

    /// A document's number and the key of its id.
    pub fn linked(&mut self, rank: u32) -> io::Result<Linked> {
        let slot = self.slot(rank)?;
        Ok(Linked { number: u32::from_le_bytes(slot.part(0)), id: u64::from_le_bytes(slot.part(4)) })
    }

    /// A document's id.
    pub fn id(&mut self, rank: u32) -> io::Result<String> {
        let slot = self.slot(rank)?;
        let mut id = vec![0; u32::from_le_bytes(slot.part(20)) as usize];
        self.ids.read(u64::from_le_bytes(slot.part(12)), &mut id)?;
        String::from_utf8(id).map_err(|_| io::ErrorKind::InvalidData.into())
    }

    /// Shows all, in order.
    pub fn each(&mut self, mut show: impl FnMut(u32, &Sketch)) -> io::Result<()> {
        let mut read = Vec::new();
        for first in (0..self.count).step_by(TOGETHER as usize) {
            let last = first.saturating_add(TOGETHER).min(self.count);
            read.resize((last - first) as usize * SLOT, 0);
            self.slots.read(u64::from(first) * SLOT as u64, &mut read)?;
            let (slots, _) = read.as_chunks::<SLOT>();
            (first..last).zip(slots).for_each(|(rank, slot)| show(rank, &Slot(*slot).sketch()));
        }
        Ok(())
    }
}

struct Slot([u8; SLOT]);

impl Slot {
    /// The bytes from a place on; there are always enough.
    fn part<const N: usize>(&self, at: usize) -> [u8; N] {
        self.0.get(at..).and_then(|rest| rest.first_chunk()).copied().unwrap_or([0; N])
    }

    fn sketch(&self) -> Sketch {
        let length = usize::from(self.0[SLOT - LONGEST - 1]);
        self.0.get(SLOT - LONGEST..).and_then(|rest| Sketch::unpack(rest.get(..length)?)).unwrap_or_default()
    }
}
