// The data of the page, and what it tells of each document.

const SVG = 'http://www.w3.org/2000/svg';
const byId = (id) => document.getElementById(id);

// All that comes from documents goes through here, as text and never as markup.
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
}
const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const draw = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

const plural = (n, one, many) => `${n.toLocaleString('en')} ${n === 1 ? one : many || one + 's'}`;
const shortened = (text, most) => (text.length > most ? text.slice(0, most - 1).trimEnd() + '…' : text);
// A range in few letters: 2017-11-08–10, 2017-11-28–12-02.
function brief(iso) {
  const [from, to] = iso.split('/');
  if (!to || from.length !== 10 || to.length !== 10) return iso.replace('/', '–');
  const same = from.slice(0, 7) === to.slice(0, 7) ? 8 : from.slice(0, 4) === to.slice(0, 4) ? 5 : 0;
  return `${from}–${to.slice(same)}`;
}
const KINDS = ['donor', 'carries out', 'organizes', 'partner', 'host', 'recipient'];

async function unpacked() {
  const holder = byId('data');
  if (holder.type === 'application/json') return JSON.parse(holder.textContent);
  const packed = atob(holder.textContent);
  const bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
  holder.textContent = '';
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
}

function offsets(counts) {
  const at = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) at[i + 1] = at[i] + counts[i];
  return at;
}

const folded = (text) => text.toLowerCase().replaceAll('ё', 'е');

// Columns by document number, and what is looked up in them.
function corpusOf(data) {
  const size = data.id.length;
  const placesAt = offsets(data.places_of[0]);
  const bodiesAt = offsets(data.bodies_of[0]);
  const partsAt = offsets(data.parts_of[0]);
  const amounts = new Map(data.amounts);
  const sentenceOfPlace = new Map(data.place_sentences.map(([doc, place, sentence]) => [doc * data.places.length + place, sentence]));
  const errors = new Map(data.errors.map(([doc, kind, message]) => [doc, [data.texts[kind], data.texts[message]]]));
  const copyOf = new Map(data.copies);
  const versionOf = new Map(data.versions);
  const years = data.dates.map(([, day]) => (day === null ? null : new Date(day * 864e5).getUTCFullYear()));
  const months = data.dates.map(([, day]) => (day === null ? null : new Date(day * 864e5).getUTCMonth()));
  const countriesCache = new Array(size);
  const corpus = {
    data, size, errors, copyOf, versionOf, years, months,
    text: (n) => data.texts[n],
    id: (doc) => data.id[doc],
    title: (doc) => data.headline[doc] || data.id[doc],
    language: (doc) => data.texts[data.language[doc]],
    date: (doc, fact) => data.dates[data[fact][doc]][0],
    day: (doc, fact) => data.dates[data[fact][doc]][1],
    year: (doc) => years[data.published[doc]] ?? years[data.event[doc]],
    place: (doc) => data.place[doc],
    placeName: (place) => data.texts[data.places[place][0]],
    placeCountry: (place) => data.texts[data.places[place][1]],
    countryName: (code) => data.countries[code] || code,
    placesOf: (doc) => data.places_of[1].slice(placesAt[doc], placesAt[doc + 1]),
    bodiesOf: (doc) => data.bodies_of[1].slice(bodiesAt[doc], bodiesAt[doc + 1]),
    // every part once: a body may be told to be a donor in several sentences
    partsOf(doc) {
      const parts = [];
      for (let i = partsAt[doc]; i < partsAt[doc + 1]; i++) {
        const [kind, name, words, sentence] = data.parts_of[1][i];
        parts.push({ kind, name, words, sentence, amount: amounts.get(i) });
      }
      return parts;
    },
    eachPart(doc, take) {
      for (let i = partsAt[doc]; i < partsAt[doc + 1]; i++) take(data.parts_of[1][i][0], data.parts_of[1][i][1]);
    },
    hasPart(doc, kind, name) {
      for (let i = partsAt[doc]; i < partsAt[doc + 1]; i++) if (data.parts_of[1][i][0] === kind && data.parts_of[1][i][1] === name) return true;
      return false;
    },
    // the country of the event; without one, all that the release names
    countriesOf(doc) {
      if (!countriesCache[doc]) {
        const own = data.place[doc] >= 0 ? data.places[data.place[doc]][1] : 0;
        const named = own ? [own] : [...new Set(this.placesOf(doc).map((place) => data.places[place][1]))];
        countriesCache[doc] = named.filter((code) => code).map((code) => data.texts[code]);
      }
      return countriesCache[doc];
    },
    // what shows a fact: the words, and the sentence where it is kept
    shown(doc, fact) {
      const [words, sentence] = data[fact + '_shown'][doc];
      return { words: data.texts[words], sentence: data.texts[sentence] };
    },
    placeShown: (doc, place) => ({ words: corpus.placeName(place), sentence: data.texts[sentenceOfPlace.get(doc * data.places.length + place) || 0] }),
  };
  return corpus;
}

// Documents that hold all words in title, file, or names of bodies and places.
function searcher(corpus) {
  const { data } = corpus;
  let texts = null;
  let titles = null;
  return (query) => {
    const words = folded(query).split(/\s+/).filter(Boolean);
    if (!words.length) return null;
    texts ||= data.texts.map(folded);
    titles ||= data.id.map((id, doc) => folded(id + ' ' + data.headline[doc]));
    const hits = words.map((word) => {
      const hit = new Uint8Array(texts.length);
      for (let i = 1; i < texts.length; i++) if (texts[i].includes(word)) hit[i] = 1;
      return hit;
    });
    return (doc) => words.every((word, n) => {
      if (titles[doc].includes(word)) return true;
      const hit = hits[n];
      return corpus.bodiesOf(doc).some((body) => hit[body]) || corpus.placesOf(doc).some((place) => hit[data.places[place][0]])
        || (data.place[doc] >= 0 && hit[data.places[data.place[doc]][0]]);
    });
  };
}
