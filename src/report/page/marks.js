// What figures have in common: marks that the mouse and the keyboard open, and their data as CSV.

// Makes a group of marks one stop of the Tab key; arrows go from mark to mark.
function reachable(svg, marks) {
  marks.forEach((mark, n) => {
    mark.setAttribute('tabindex', n === 0 ? '0' : '-1');
    mark.setAttribute('role', 'button');
  });
  svg.addEventListener('keydown', (event) => {
    const at = marks.indexOf(event.target);
    if (at < 0) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) {
      const next = marks[(at + step + marks.length) % marks.length];
      marks[at].setAttribute('tabindex', '-1');
      next.setAttribute('tabindex', '0');
      next.focus();
      event.preventDefault();
    } else if (event.key === 'Enter' || event.key === ' ') {
      marks[at].dispatchEvent(new MouseEvent('click', { bubbles: true }));
      event.preventDefault();
    }
  });
}

// How wide a label is, in pixels.
const ruler = document.createElement('canvas').getContext('2d');
function wide(text) {
  ruler.font = '12px ' + getComputedStyle(document.body).fontFamily;
  return ruler.measureText(text).width + 2;
}

// Ticks of an axis of counts: whole numbers, at most four.
function ticks(most) {
  const steps = [1, 2, 5];
  for (let unit = 1; ; unit *= 10) {
    for (const step of steps) if (most / (step * unit) <= 4) return Array.from({ length: Math.floor(most / (step * unit)) + 1 }, (_, n) => n * step * unit);
  }
}

// RFC 4180 with a byte order mark, for spreadsheets; a text that one would run as a formula gets an apostrophe.
function csv(rows) {
  const cell = (value) => {
    let text = value === null || value === undefined ? '' : String(value);
    if (typeof value === 'string' && /^[=+\-@\t\r]/.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
  };
  return '\ufeff' + rows.map((row) => row.map(cell).join(',') + '\r\n').join('');
}

function save(name, rows) {
  const url = URL.createObjectURL(new Blob([csv(rows)], { type: 'text/csv;charset=utf-8' }));
  const link = el('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

// Counts by key, the most first, of equals by name.
function ranked(counts, name) {
  return [...counts].sort((a, b) => b[1] - a[1] || (name(a[0]) < name(b[0]) ? -1 : 1));
}
const add = (counts, key, by = 1) => counts.set(key, (counts.get(key) || 0) + by);

function nothing(figure, text) {
  figure.replaceChildren(el('p', { class: 'empty' }, text));
}
