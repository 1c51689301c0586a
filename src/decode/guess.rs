//! Which 8-bit encoding a file is in.
//!
//! `chardetng`, the detector of Firefox, is made for web pages and seldom says IBM866 or KOI8-R
//! on a few lines. So its guess is one candidate among the encodings that Russian and English
//! files are in, and the reading with the least cost ([`super::pairs`]) wins. A file whose lines
//! are partly UTF-8 and partly not is read line by line.

use std::sync::LazyLock;

use encoding_rs::{Encoding, IBM866, ISO_8859_5, KOI8_R, KOI8_U, UTF_8, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1254};

use super::pairs::{self, Cost};

/// A guessed reading.
pub(super) struct Guessed {
    pub(super) text: String,
    pub(super) encoding: String,
    pub(super) certainty: f32,
    pub(super) replaced: usize,
}

/// The encodings tried on every file; of readings that cost the same the first wins.
const CANDIDATES: [&Encoding; 8] = [WINDOWS_1252, WINDOWS_1251, KOI8_R, KOI8_U, IBM866, ISO_8859_5, WINDOWS_1250, WINDOWS_1254];

/// How many of them files are usually in; the others must read better by [`RARE`].
const USUAL: usize = 5;
const RARE: u64 = 30;

/// The upper half of each candidate.
static UPPER: LazyLock<[[char; 128]; CANDIDATES.len()]> = LazyLock::new(|| {
    CANDIDATES.map(|encoding| {
        let mut upper = ['\u{fffd}'; 128];
        for (byte, c) in (0x80..=0xff_u8).zip(&mut upper) {
            *c = encoding.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or('\u{fffd}');
        }
        upper
    })
});

/// How many bytes of the lines that are not ASCII are looked at.
const SAMPLE: usize = 32 * 1024;

/// Reads bytes that are not valid UTF-8.
pub(super) fn read(bytes: &[u8]) -> Guessed {
    let lines = || bytes.split_inclusive(|&b| b == b'\n');
    // characters of more than one byte, those of them on lines without fault, and bytes of none
    let (mut whole, mut clean, mut broken) = (0_usize, 0_usize, 0_usize);
    for line in lines() {
        let (of_line, faults) = characters(line);
        whole += of_line;
        broken += faults;
        clean += if faults == 0 { of_line } else { 0 };
    }
    // bytes of another encoding make a character by chance, but seldom a line of them
    if clean < 4 && whole < 10 * broken {
        return legacy(bytes);
    }
    let mut rest = Vec::new();
    for line in lines().filter(|line| is_foreign(line)) {
        rest.extend_from_slice(line);
    }
    let certainty = whole as f32 / (whole + broken) as f32;
    if rest.is_empty() {
        let text = String::from_utf8_lossy(bytes).into_owned();
        return Guessed { text, encoding: UTF_8.name().into(), certainty, replaced: broken };
    }
    let (encoding, sure) = guess(&rest);
    let mut guessed = Guessed { text: String::new(), encoding: format!("UTF-8+{}", encoding.name()), certainty: sure, replaced: 0 };
    for line in lines() {
        if is_foreign(line) {
            guessed.text.push_str(&encoding.decode_without_bom_handling(line).0);
        } else {
            let text = String::from_utf8_lossy(line);
            guessed.replaced += text.matches('\u{fffd}').count();
            guessed.text.push_str(&text);
        }
    }
    guessed
}

/// Whether a line is in another encoding than UTF-8, and not UTF-8 with a slip.
fn is_foreign(line: &[u8]) -> bool {
    let (whole, broken) = characters(line);
    broken > 0 && whole < 3 * broken
}

/// The characters of more than one byte in UTF-8, and the stretches that are none.
fn characters(bytes: &[u8]) -> (usize, usize) {
    let (mut whole, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (whole, broken)
}

fn legacy(bytes: &[u8]) -> Guessed {
    let (encoding, certainty) = guess(bytes);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let replaced = text.matches('\u{fffd}').count();
    Guessed { text: text.into_owned(), encoding: encoding.name().into(), certainty, replaced }
}

/// The encoding in which the bytes read best, with a certainty.
fn guess(bytes: &[u8]) -> (&'static Encoding, f32) {
    let sample = sample(bytes);
    let mut readings: Vec<(&'static Encoding, Cost, String)> = Vec::new();
    for (number, (encoding, upper)) in CANDIDATES.into_iter().zip(UPPER.iter()).enumerate() {
        let text: String = sample.iter().map(|&b| if b < 0x80 { char::from(b) } else { upper[usize::from(b - 0x80)] }).collect();
        let mut cost = pairs::cost(text.chars());
        cost.sum += if number < USUAL { 0 } else { RARE };
        readings.push((encoding, cost, text));
    }
    let mut detector = chardetng::EncodingDetector::new();
    detector.feed(&sample, true);
    let second = detector.guess(None, false);
    if !CANDIDATES.contains(&second) {
        let text = second.decode_without_bom_handling(&sample).0.into_owned();
        let mut cost = pairs::cost(text.chars());
        cost.sum += RARE;
        readings.push((second, cost, text));
    }
    let Some(best) = readings.iter().min_by_key(|(_, cost, _)| cost.sum) else { return (WINDOWS_1252, 0.0) };
    let rival = readings.iter().filter(|(_, _, text)| *text != best.2).map(|(_, cost, _)| cost.sum).min();
    // the margin is a log-likelihood ratio, in tenths; neighbouring letters are not independent,
    // hence the divisor
    let margin = rival.unwrap_or(u64::MAX).saturating_sub(best.1.sum) as f32 / 50.0;
    let quality = ((65.0 - best.1.mean()) / 25.0).clamp(0.2, 1.0);
    (best.0, (1.0 - (-margin).exp()) * quality)
}

/// The lines with bytes outside ASCII, up to a bound: the rest tells nothing.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    for line in bytes.split_inclusive(|&b| b == b'\n').filter(|line| !line.is_ascii()) {
        let room = SAMPLE.saturating_sub(sample.len());
        sample.extend_from_slice(&line[..line.len().min(room)]);
        if room <= line.len() {
            break;
        }
    }
    sample
}
