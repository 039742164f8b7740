// Waits for something that is being made, says how far it is, and puts the link in its place.

const SOON = 1500;
const LATE = 6000;
const OVER = new Set(["ready", "done", "failed", "expired"]);

async function ask(box, wait) {
  if (document.visibilityState === "hidden") return later(box, wait);
  try {
    const answer = await fetch(box.dataset.poll, { credentials: "same-origin", headers: { "X-Weft-Autosave": "1", Accept: "application/json" } });
    if (answer.redirected || [401, 403, 404, 410].includes(answer.status)) return undefined;
    if (!answer.ok) return later(box, LATE);
    const told = await answer.json();
    show(box, told);
    return OVER.has(told.state) ? finish(box, told) : later(box, Math.min(wait * 1.2, LATE));
  } catch {
    return later(box, LATE);
  }
}

function later(box, wait) {
  setTimeout(() => ask(box, wait), wait);
}

function show(box, told) {
  const label = box.querySelector("[data-poll-label]");
  if (label && told.label && label.textContent !== told.label) label.textContent = told.label;
  const bar = box.querySelector("progress");
  if (!bar) return;
  if (told.max) bar.max = told.max;
  if (told.value !== undefined) bar.value = told.value;
}

function finish(box, told) {
  box.querySelector("progress")?.remove();
  box.removeAttribute("aria-busy");
  if (!told.href) return;
  const link = document.createElement("a");
  link.className = "btn";
  link.href = told.href;
  link.textContent = told.label;
  const label = box.querySelector("[data-poll-label]");
  if (label) label.replaceChildren(link);
  else box.append(link);
}

for (const box of document.querySelectorAll("[data-poll]")) {
  box.setAttribute("aria-busy", "true");
  later(box, SOON);
}
