// Covers the page after five minutes without a sign of life; one button brings it back. Once the
// sign-in has rested too, the page is closed, unless words stand on it that nobody has kept yet.
// Where nothing is saved while somebody types, their typing keeps the sign-in from resting.

import { asItself } from "./token.js";
import { unsentBoxes } from "./unsent.js";

const MINUTE = 60 * 1000;
const COVER_AFTER = 5 * MINUTE;
const SURELY_RESTED = 30 * 1000; // the last word was saved a little after it was typed
const SIGNS = ["keydown", "pointerdown", "pointermove", "scroll", "touchstart"];
const { idleSay, idleBack, idleStay, idleClose } = document.body.dataset;

let lastSign = Date.now();
let lastAsked = Date.now();
let cover;

function line(tag, kind, text) {
  const made = document.createElement(tag);
  made.className = kind;
  made.textContent = text;
  return made;
}

function show() {
  cover = document.createElement("dialog");
  cover.className = "cover cover--rest";
  const back = line("button", "btn", idleBack);
  back.type = "button";
  back.addEventListener("click", () => cover.close());
  cover.append(line("p", "letter", idleSay), back);
  cover.setAttribute("aria-label", idleSay);
  cover.addEventListener("close", hide);
  document.body.append(cover);
  cover.showModal();
}

function hide() {
  cover.remove();
  cover = undefined;
  lastSign = Date.now();
  const here = document.activeElement;
  // The box that had the focus has it again, but in Chromium no key arrives in it until it is focused anew.
  here?.blur();
  here?.focus({ preventScroll: true });
}

function hasWords() {
  const detail = { isUnsaved: false };
  document.dispatchEvent(new CustomEvent("weft:rest", { detail }));
  return detail.isUnsaved || unsentBoxes().length > 0;
}

function close() {
  if (hasWords()) return;
  document.body.replaceChildren();
  location.reload(); // to the sign-in, and from there back to this page
}

function look() {
  const quiet = Date.now() - lastSign;
  if (quiet >= COVER_AFTER && !cover) show();
  if (quiet >= idleClose * MINUTE + SURELY_RESTED) close();
}

function stay({ target: { form } }) {
  if (form?.method !== "post" || Date.now() - lastAsked < (idleClose * MINUTE) / 3) return;
  lastAsked = Date.now();
  // Where the line is down the next key asks again; the words wait in their box, and sending them says so.
  fetch(idleStay, { credentials: "same-origin", headers: asItself(form) }).catch(() => (lastAsked = 0));
}

if (idleStay) addEventListener("input", stay, { passive: true, capture: true });
if (idleSay && idleBack) {
  for (const sign of SIGNS) {
    addEventListener(sign, () => {
      if (!cover) lastSign = Date.now();
    }, { passive: true, capture: true });
  }
  setInterval(look, 1000);
  document.addEventListener("visibilitychange", look);
}
