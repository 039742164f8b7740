// Leaving at once: Shift pressed alone three times within five seconds, or the link. The page goes
// blank first, the draft is sent, and the address takes this page's place in the history.

const WITHIN = 5000;
const PRESSES = 3;
const LONGEST_WAIT = 2000; // the screen is blank meanwhile; signing out sooner would refuse the draft

let presses = [];
let isAlone = false;
let isLeaving = false;

function blank() {
  const cover = document.createElement("div");
  cover.className = "cover";
  document.title = "\u2013";
  document.body.replaceChildren(cover);
}

async function leave(href) {
  if (isLeaving) return;
  isLeaving = true;
  const detail = { waits: [] };
  document.dispatchEvent(new CustomEvent("weft:leave", { detail }));
  blank();
  // At once and without asking anybody: this page's place in the history, also where the line is dead.
  history.replaceState(null, "", href);
  const enough = new Promise((done) => setTimeout(done, LONGEST_WAIT));
  await Promise.race([Promise.allSettled(detail.waits), enough]);
  location.replace(href);
}

function countPress() {
  const now = Date.now();
  presses = [...presses.filter((at) => now - at < WITHIN), now];
  return presses.length >= PRESSES;
}

function isNotAlone() {
  isAlone = false;
  presses = [];
}

const way = document.querySelector("[data-leave]");

if (way) {
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift" || event.ctrlKey || event.altKey || event.metaKey) isNotAlone();
    else isAlone = true;
  }, true);
  addEventListener("keyup", (event) => {
    if (event.key === "Shift" && isAlone && countPress()) leave(way.href);
  }, true);
  addEventListener("pointerdown", isNotAlone, true); // marking text with Shift and the mouse
  for (const link of document.querySelectorAll("[data-leave]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      leave(link.href);
    });
  }
}
