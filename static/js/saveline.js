// The line that says whether the words are safe. It is read aloud only the first time, when
// something is wrong, and when it is right again.

export class SaveLine {
  constructor(form) {
    this.says = form.dataset;
    this.lines = [...form.querySelectorAll("[data-savestate]")];
    this.spoken = form.querySelector("[data-savestate-spoken]");
    this.isTrouble = false;
    this.wasSaved = false;
  }

  show(state, text) {
    this.state = state;
    for (const line of this.lines) {
      line.dataset.state = state;
      const words = line.querySelector("[data-savestate-text]") ?? line;
      words.textContent = text;
    }
  }

  say(text) {
    if (this.spoken) this.spoken.textContent = text;
  }

  // Whoever presses again hears again why nothing went on; the same text twice in a row is not read.
  sayAgain() {
    const text = this.lines[0]?.querySelector("[data-savestate-text]")?.textContent ?? "";
    this.say("");
    setTimeout(() => this.say(text), 100);
  }

  saving() {
    if (!this.isTrouble) this.show("saving", this.says.saving);
  }

  saved(at) {
    const text = this.says.saved.replace("{time}", at);
    this.show("saved", text);
    if (this.isTrouble) this.say((this.says.back ?? this.says.saved).replace("{time}", at));
    else if (!this.wasSaved) this.say(text);
    this.isTrouble = false;
    this.wasSaved = true;
  }

  trouble(state, text) {
    this.show(state, text);
    if (!this.isTrouble || text !== this.wrong) this.say(text);
    this.isTrouble = true;
    this.wrong = text;
  }

  failed() {
    this.trouble("late", this.says.failed);
  }

  tooMuch() {
    this.trouble("late", this.says.tooMuch);
  }

  conflict() {
    this.trouble("late", this.says.conflict);
  }

  // Once: what is left meanwhile is no news, and the link may hold the focus.
  away() {
    if (this.state === "away") return;
    this.isTrouble = false;
    this.trouble("away", this.says.away);
    for (const line of this.lines) this.addSignIn(line);
  }

  addSignIn(line) {
    if (!this.says.signIn) return;
    const link = document.createElement("a");
    link.href = this.says.signIn;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.textContent = this.says.awayLink;
    (line.querySelector("[data-savestate-text]") ?? line).append(" ", link);
  }
}
