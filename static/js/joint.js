// Brings what the other has changed into a sheet for two while somebody writes on it. A question that
// holds the focus, words that are not saved yet, or a clash to decide is left alone until it is free.

import { asItself } from "./token.js";
import { isNoNewWord } from "./typing.js";

const EVERY = 3000;
const LATE = 15000;

class Sheet {
  constructor(form) {
    this.form = form;
    this.news = form.querySelector("[data-sheet-news]");
    this.version = Number(form.dataset.sheetVersion);
    this.edits = 0;
    this.saves = 0;
    this.under = 0;
    this.edited = new Map();
    this.undecided = new Set();
    this.isBehind = false;
    form.addEventListener("input", (event) => this.note(event));
    form.addEventListener("change", (event) => this.note(event));
    form.addEventListener("weft:saving", () => this.noteSaving());
    form.addEventListener("weft:saved", () => this.settle());
    form.addEventListener("focusout", () => this.isBehind && setTimeout(() => this.ask(), 0));
    this.later(EVERY);
  }

  note(event) {
    if (isNoNewWord(event)) return;
    const line = event.target.closest("[data-sheet-line]");
    if (!line) return;
    this.edits += 1;
    this.edited.set(line.dataset.sheetLine, this.edits);
  }

  // What waits to be decided is left out of a saving, and so is not safe when the saving is done.
  noteSaving() {
    this.under = this.edits;
    const waiting = [...this.form.querySelectorAll("[data-sheet-line]:has(.kept)")];
    this.undecided = new Set(waiting.map((line) => line.dataset.sheetLine));
  }

  settle() {
    this.saves += 1;
    for (const [key, at] of this.edited) if (at <= this.under && !this.undecided.has(key)) this.edited.delete(key);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), wait);
  }

  async ask() {
    if (this.isAsking) return;
    this.isAsking = true;
    try {
      this.later(document.visibilityState === "hidden" ? LATE : await this.look());
    } catch {
      this.later(LATE);
    } finally {
      this.isAsking = false;
    }
  }

  async look() {
    const answer = await fetch(this.form.dataset.sheetState, { credentials: "same-origin", headers: asItself(this.form) });
    if (!answer.ok || answer.redirected) return LATE;
    const told = await answer.json();
    if (!told.is_open) return this.over();
    if (told.version !== this.version || this.isBehind) await this.bring();
    return EVERY;
  }

  // Sent or ended: the page says so, unless words on it are not safe yet.
  over() {
    if (this.edited.size === 0) location.replace(this.form.dataset.sheetOver);
    return LATE;
  }

  async bring() {
    const saves = this.saves;
    const page = await fetchPage(this.form.dataset.sheetFresh, asItself(this.form));
    const fresh = page?.querySelector("form[data-sheet-version]");
    if (!fresh || saves !== this.saves) return;
    this.version = Number(fresh.dataset.sheetVersion);
    this.isBehind = false;
    let hasNews = false;
    for (const line of [...this.form.querySelectorAll("[data-sheet-line]")]) {
      const other = fresh.querySelector(`[data-sheet-line="${CSS.escape(line.dataset.sheetLine)}"]`);
      if (!other || other.dataset.stamp === line.dataset.stamp) continue;
      if (saidIn(line) === saidIn(other)) mark(line, other);
      else if (this.isBusy(line)) this.isBehind = true;
      else {
        this.put(line, other);
        bringKept(page, line.dataset.sheetLine);
        hasNews = true;
      }
    }
    if (hasNews && this.news) this.news.textContent = this.news.dataset.says;
  }

  isBusy(line) {
    return line.contains(document.activeElement) || this.edited.has(line.dataset.sheetLine) || line.querySelector(".kept") !== null;
  }

  put(line, other) {
    const made = document.importNode(other, true);
    line.replaceWith(made);
    made.dispatchEvent(new CustomEvent("weft:arrived", { bubbles: true }));
  }
}

// One's own words that gave way to what the other kept come in with what took their place.
function bringKept(page, key) {
  const place = document.querySelector("[data-sheet-kept]");
  for (const kept of page.querySelectorAll(`[data-kept-of="${CSS.escape(key)}"]`)) {
    if (!document.getElementById(kept.id)) place.append(document.importNode(kept, true));
    place.hidden = false;
  }
}

// What is chosen and typed in a line; the marks of what it stands upon are no part of it.
function saidIn(line) {
  return JSON.stringify([...line.querySelectorAll("[name]")]
    .filter((box) => !box.name.startsWith("counter."))
    .map((box) => (["radio", "checkbox"].includes(box.type) ? [box.name, box.value, box.checked] : [box.name, box.value])));
}

// The same words under newer marks, as after one's own saving: nobody's box is touched.
function mark(line, other) {
  line.dataset.stamp = other.dataset.stamp;
  for (const box of other.querySelectorAll("[name^='counter.']")) {
    const mine = [...line.querySelectorAll("[name^='counter.']")].find((one) => one.name === box.name);
    if (mine) mine.value = box.value;
  }
  line.querySelector("[data-hands]")?.remove();
  const hands = other.querySelector("[data-hands]");
  if (hands) line.prepend(document.importNode(hands, true));
}

// A page read as a document, without running anything of it.
function fetchPage(address, headers) {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.open("GET", address);
    for (const [name, value] of Object.entries(headers)) asked.setRequestHeader(name, value);
    asked.responseType = "document";
    asked.onload = () => resolve(asked.status === 200 ? asked.response : null);
    asked.onerror = reject;
    asked.send();
  });
}

for (const form of document.querySelectorAll("form[data-sheet-state]")) new Sheet(form);
