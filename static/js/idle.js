// Covers the page after five minutes without a sign of life. Nothing is lost; one button brings it back.

const MINUTES = 5;
const SIGNS = ["keydown", "pointerdown", "pointermove", "scroll", "touchstart"];
const { idleSay, idleBack } = document.body.dataset;

let lastSign = Date.now();
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
}

function look() {
  if (!cover && Date.now() - lastSign >= MINUTES * 60 * 1000) show();
}

if (idleSay && idleBack) {
  for (const sign of SIGNS) {
    addEventListener(sign, () => {
      if (!cover) lastSign = Date.now();
    }, { passive: true, capture: true });
  }
  setInterval(look, 5000);
  document.addEventListener("visibilitychange", look);
}
