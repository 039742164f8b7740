// Keeps what is being typed: sends the form a second after the last key and at the latest every
// five seconds, tries again when the server is away, and never holds a word in the browser's storage.

import { after, isRefusal, within } from "./answers.js";
import { Holding } from "./holding.js";
import { SaveLine } from "./saveline.js";
import { belongsTo, keepBeside, narrow } from "./kept.js";
import { freshToken } from "./token.js";
import { isNoNewWord } from "./typing.js";
import { Unanswered, sizeOf } from "./unanswered.js";

const PAUSE = 1000;
const AT_LATEST = 5000;
const CALM_PAUSE = 5000; // while nobody is signed in: it is only left beside, and seen after the next sign-in
const CALM_AT_LATEST = 15000;
const RETRIES = [2000, 5000, 15000, 30000];
const LONGEST_HOLD = 3000;
const KEEPALIVE_LIMIT = 60000; // what a browser still sends for a page that is going away

class Autosave {
  constructor(form) {
    this.form = form;
    this.line = new SaveLine(form);
    this.unanswered = new Unanswered();
    this.sendings = 0;
    this.edits = 0;
    this.savedEdits = 0;
    this.tries = 0;
    this.inTheWay = new Set();
    this.hasTypedOn = false; // in a box that waits for a decision, since it was last sent
    this.isLeaving = false;
    this.isAway = false;
    this.isGone = false;
    form.addEventListener("input", (event) => this.noteEdit(event));
    form.addEventListener("change", (event) => this.noteEdit(event));
    new Holding(this);
    document.addEventListener("visibilitychange", () => this.onVisibility());
    document.addEventListener("submit", (event) => this.holdOther(event), true);
    document.addEventListener("weft:leave", (event) => this.onLeave(event));
    document.addEventListener("weft:rest", (event) => {
      event.detail.isUnsaved ||= this.isUnsaved() || this.inTheWay.size > 0;
    });
    addEventListener("pagehide", () => this.sendBeacon());
    addEventListener("focus", () => this.onFocus());
    addEventListener("online", () => this.isUnsaved() && !this.isHeardOut() && this.save());
    addEventListener("beforeunload", (event) => {
      const isAtRisk = this.isUnsaved() || this.inTheWay.size > 0;
      if (isAtRisk && !this.isLeaving) event.preventDefault();
    });
  }

  isUnsaved() {
    return this.edits > this.savedEdits;
  }

  isHeardOut() {
    return this.edits === this.heardAt;
  }

  noteEdit(event) {
    if (isNoNewWord(event)) return;
    if (this.isGone || !event.target.name) return;
    if (this.isInTheWay(event.target.name)) {
      this.hasTypedOn = true;
      return;
    }
    this.edits += 1;
    this.isLeaving = false;
    this.line.saving(); // what was saved before says nothing of this word
    this.schedule();
  }

  schedule() {
    if (this.tries > 0 || this.isHeardOut()) return;
    const [pause, latest] = this.isAway ? [CALM_PAUSE, CALM_AT_LATEST] : [PAUSE, AT_LATEST];
    const now = Date.now();
    this.firstEditAt ??= now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), Math.max(0, Math.min(pause, this.firstEditAt + latest - now)));
  }

  isInTheWay(name) {
    return [...this.inTheWay].some((field) => belongsTo(name, field));
  }

  // On the way out what waits for a decision goes too: it clashes again, and is kept beside.
  words(isOnTheWayOut = false) {
    const words = new FormData(this.form);
    if (isOnTheWayOut) {
      this.hasTypedOn = false;
      return words;
    }
    for (const name of [...words.keys()]) if (this.isInTheWay(name)) words.delete(name);
    return words;
  }

  // On the way out nothing waits for the answer to what went before: it may never come.
  async save(isOnTheWayOut = false) {
    clearTimeout(this.timer);
    if (this.inFlight && !isOnTheWayOut) return this.inFlight;
    this.firstEditAt = undefined;
    const underWay = this.send(isOnTheWayOut).finally(() => {
      if (this.inFlight === underWay) this.inFlight = undefined;
    });
    this.inFlight = underWay;
    await underWay;
    if (!this.inFlight && this.isUnsaved()) this.schedule();
  }

  async send(isOnTheWayOut) {
    const sent = this.edits;
    const number = (this.sendings += 1);
    this.goneOut = isOnTheWayOut ? sent : undefined;
    this.isHeard = false;
    this.line.saving();
    this.tell("weft:saving");
    try {
      let answer = await this.post(this.words(isOnTheWayOut));
      const hasOldToken = answer.status === 400;
      if (hasOldToken && (await freshToken(this.form))) answer = await this.post(this.words(isOnTheWayOut));
      else if (hasOldToken) return number === this.sendings && this.away(sent);
      if (number === this.sendings) return await this.take(answer, sent);
    } catch {
      if (number === this.sendings) return this.retryLater();
    }
  }

  tell(name) {
    this.form.dispatchEvent(new CustomEvent(name));
  }

  post(words) {
    const body = this.unanswered.beside(words);
    this.unanswered.note(words);
    return fetch(this.form.dataset.autosave, {
      method: "POST",
      body,
      headers: { "X-Weft-Autosave": "1", Accept: "application/json" },
      credentials: "same-origin",
      keepalive: sizeOf(body) < KEEPALIVE_LIMIT,
      signal: within(),
    });
  }

  async take(answer, sent) {
    if (answer.status === 401 || answer.redirected) return this.away(sent);
    if (answer.status === 413) this.unanswered.clear();
    if (answer.status === 413) return this.hearOut(sent).tooMuch();
    if (answer.status !== 200) this.isHeard = isRefusal(answer.status);
    if (answer.status !== 200 && answer.status !== 409) return this.retryLater();
    const told = await answer.json();
    this.isHeard = true;
    this.isAway = false;
    // Sent or ended in another place: what it is, the portal says.
    if (answer.status === 409 && told.message) return this.hearOut(sent).trouble("late", told.message);
    if (answer.status === 409 && !told.conflicts?.length) return this.retryLater();
    // What waits for a decision stands upon what it was typed upon: a newer count would write over the other text.
    const settled = Object.entries(told.counters ?? {}).filter(([field]) => !this.inTheWay.has(field));
    this.count(Object.fromEntries(settled));
    const piece = this.form.elements.namedItem("piece");
    if (piece && told.piece) piece.value = told.piece;
    this.unanswered.clear();
    this.tries = 0;
    if (answer.status === 409) return this.collide(told);
    this.savedEdits = sent;
    this.tell("weft:saved");
    if (this.inTheWay.size > 0) return this.line.conflict();
    return this.isUnsaved() ? this.line.saving() : this.line.saved(told.saved_at);
  }

  count(counters) {
    for (const [field, number] of Object.entries(counters)) {
      const input = this.form.elements.namedItem(`counter.${field}`);
      if (input) input.value = number;
    }
  }

  // Another device was faster: that field waits for the person, the others go on being kept.
  collide(told) {
    for (const conflict of told.conflicts) {
      this.inTheWay.add(conflict.field);
      const counter = conflict.counter ?? told.counters?.[conflict.field];
      narrow(this.form, conflict);
      keepBeside(this.form, conflict, counter === undefined ? undefined : () => this.keepMine(conflict.field, counter));
    }
    this.line.conflict();
    this.edits += 1;
    this.schedule();
  }

  keepMine(field, counter) {
    this.count({ [field]: counter });
    this.inTheWay.delete(field);
    this.edits += 1;
    this.save();
  }

  retryLater() {
    this.hasTypedOn ||= this.inTheWay.size > 0; // what went along on the way out did not arrive either
    this.line.failed();
    const wait = RETRIES[Math.min(this.tries, RETRIES.length - 1)];
    this.tries += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  // The same again would have the same answer: this waits until somebody types on.
  hearOut(sent) {
    this.heardAt = sent;
    this.tries = 0;
    return this.line;
  }

  // What is typed on is left beside the draft by a sign-in that has rested, calmly and on the way out.
  away(sent) {
    this.isHeard = true;
    this.isAway = true;
    this.hearOut(sent).away();
  }

  async onFocus() {
    if (!this.isAway && this.tries === 0) return;
    try {
      if (!(await freshToken(this.form))) return;
    } catch {
      return;
    }
    this.isAway = false;
    this.save();
  }

  // Hidden is not gone: the answer is still read, so that the counters stay true.
  onVisibility() {
    if (document.visibilityState === "hidden" && this.hasWordsToSend()) this.save(true);
  }

  sendBeacon() {
    if (!this.hasWordsToSend()) return;
    this.isGone = true;
    const words = this.words(true);
    const to = this.form.dataset.autosave;
    navigator.sendBeacon(to, this.unanswered.beside(words)) || navigator.sendBeacon(to, words);
  }

  // What is under way counts as sent only where it was sent just now, on the way out.
  hasWordsToSend() {
    const isGoingOut = this.inFlight && this.goneOut === this.edits;
    const hasNews = this.isUnsaved() && !isGoingOut && !this.isHeardOut();
    return (this.hasTypedOn || hasNews) && !this.isGone && !this.isLeaving;
  }

  onLeave(event) {
    if (this.hasWordsToSend()) event.detail.waits.push(this.post(this.words(true)));
    else if (this.inFlight) event.detail.waits.push(this.inFlight);
    this.isGone = true;
    this.isLeaving = true;
  }

  // Signing out, or another form: the words go first, or they would come to a closed door.
  holdOther(event) {
    if (event.target === this.form || this.hasHeld || !(this.inFlight || this.hasWordsToSend())) return;
    event.preventDefault();
    this.hasHeld = true;
    Promise.race([this.saveAll(), after(LONGEST_HOLD)]).then(() => setTimeout(() => {
      event.target.requestSubmit(event.submitter);
      this.hasHeld = false;
    }));
  }

  async saveAll() {
    await Promise.race([this.inFlight, after(PAUSE)]);
    if (this.hasWordsToSend()) await this.save(true);
  }

  isSafe() {
    return !this.inFlight && !this.isUnsaved() && this.inTheWay.size === 0;
  }

  // What is under way may end first, so that the portal does not hear of two savings at once.
  async untilHeard() {
    await Promise.race([this.inFlight, after(LONGEST_HOLD)]);
    if (!this.isSafe()) await this.save(true);
  }

  letGo() {
    clearTimeout(this.timer);
    this.isLeaving = true;
  }

  stay() {
    if (!this.isHeardOut()) this.line.failed();
    this.line.sayAgain();
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
