// "Save and continue" goes on only from words that are safe: on a dead line the next page would be the
// browser's own, and what was typed would be gone. Held, the press saves; what did not arrive stays here.

import { after } from "./answers.js";

const LONGEST = 10000; // a slow line is waited for, a dead one is not

export class Holding {
  constructor(autosave) {
    this.autosave = autosave;
    autosave.form.addEventListener("submit", (event) => this.hold(event));
  }

  hold(event) {
    if (this.mayGo || this.autosave.isSafe()) return this.autosave.letGo();
    event.preventDefault();
    this.pressed = event.submitter;
    if (this.isHolding) return;
    this.isHolding = true;
    Promise.race([this.autosave.untilHeard(), after(LONGEST)]).then(() => setTimeout(() => this.goOrStay()));
  }

  // What clashed, came too late or found nobody signed in, the whole page has an answer to.
  goOrStay() {
    this.isHolding = false;
    if (!this.autosave.isHeard) return this.autosave.stay();
    this.mayGo = true;
    this.autosave.form.requestSubmit(this.button());
    this.mayGo = false;
  }

  // Part of a sheet may have been drawn anew meanwhile, and the button with it.
  button() {
    const { form } = this.autosave;
    const by = this.pressed;
    if (!by || by.isConnected) return by;
    return [...form.elements].find((one) => one.type === "submit" && one.name === by.name && one.value === by.value);
  }
}
