// Words that are kept only by being sent: before they go, the line is tried. Where it is dead the browser would
// show its own page, and what was typed would be gone; so the page stays, and says why.

import { after } from "./answers.js";
import { unsentBoxes } from "./unsent.js";

const LONGEST = 5000; // a slow line is let go: the form itself may wait longer
const SOMETHING_OF_OURS = import.meta.url; // a file: it asks nothing of anybody's words
const tried = new WeakSet();
const trying = new WeakSet();

addEventListener("submit", (event) => {
  const form = event.target;
  if (tried.delete(form) || !holdsWords(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (trying.has(form)) return;
  trying.add(form);
  const by = event.submitter;
  isAlive().then((goes) => {
    trying.delete(form);
    if (goes) send(form, by);
    else stay(form, by);
  });
}, true);

function holdsWords(form) {
  return form.method === "post" && unsentBoxes().some((box) => box.form === form);
}

function isAlive() {
  if (navigator.onLine === false) return Promise.resolve(false);
  const asked = fetch(SOMETHING_OF_OURS, { method: "HEAD", cache: "no-store" });
  return Promise.race([asked.then((answer) => answer.status < 500, () => false), after(LONGEST).then(() => true)]);
}

function send(form, by) {
  form.querySelector("[data-line-says]")?.remove();
  tried.add(form);
  form.requestSubmit(by);
  tried.delete(form);
}

// Said anew at each press, so that it is read again.
function stay(form, by) {
  form.querySelector("[data-line-says]")?.remove();
  const says = document.createElement("p");
  says.className = "error";
  says.dataset.lineSays = "";
  says.setAttribute("role", "alert");
  if (by && form.contains(by)) by.before(says);
  else form.append(says);
  setTimeout(() => (says.textContent = document.body.dataset.noLine), 50);
}
