// What was sent and had no answer may have arrived all the same. It goes along with whatever is sent next, so
// that the portal knows this page's own words again, and takes them for nobody else's.

const MOST = 4; // the first, which may have come through before the line died, and the last ones
const LARGEST = 500000; // together with the words themselves: half of what one page takes

export class Unanswered {
  constructor() {
    this.sent = [];
  }

  note(words) {
    if (this.sent.some((one) => isSame(one, words))) return;
    this.sent.push(words);
    if (this.sent.length > MOST) this.sent.splice(1, 1);
  }

  clear() {
    this.sent = [];
  }

  // A copy of these words, and beside them each answer that was sent otherwise before.
  beside(words) {
    const all = copyOf(words);
    const now = answersIn(words);
    this.sent.forEach((before, number) => {
      for (const [key, boxes] of answersIn(before)) {
        if (textOf(boxes) === textOf(now.get(key) ?? [])) continue;
        for (const [name, value] of boxes) all.append(`sent.${number}.${name}`, value);
      }
    });
    return sizeOf(all) > LARGEST ? copyOf(words) : all;
  }
}

export function sizeOf(words) {
  let size = 0;
  for (const [name, value] of words) size += 120 + name.length + 3 * String(value).length;
  return size;
}

function copyOf(words) {
  const copy = new FormData();
  for (const [name, value] of words) copy.append(name, value);
  return copy;
}

// The boxes of each answer: "f.need.1.what", its reader and its count; or one box with a name of its own.
function answersIn(words) {
  const found = new Map();
  for (const [name, value] of words) {
    if (["csrf_token", "piece", "week", "left"].includes(name)) continue;
    const [kind, key] = name.split(".");
    const answer = key ?? kind;
    if (!found.has(answer)) found.set(answer, []);
    found.get(answer).push([name, value]);
  }
  return found;
}

// A count is no word: it tells nothing of what was written.
function textOf(boxes) {
  return JSON.stringify(boxes.filter(([name]) => !name.startsWith("counter.")));
}

function isSame(one, other) {
  return textOf([...one]) === textOf([...other]);
}
