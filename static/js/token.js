// A fresh token for a page that has been open for long, and for whoever it was drawn for alone.

import { within } from "./answers.js";

// What a page asks by itself says so, and whose page it is: for anybody else who signs in here there is nothing.
export function asItself(form) {
  return { "X-Weft-Autosave": "1", "X-CSRFToken": form.elements.namedItem("csrf_token").value };
}

export async function freshToken(form) {
  if (!form.dataset.tokenUrl) return false;
  const headers = asItself(form);
  const answer = await fetch(form.dataset.tokenUrl, { credentials: "same-origin", headers, signal: within() });
  if (!answer.ok || answer.redirected) return false;
  const { csrf } = await answer.json();
  for (const input of document.querySelectorAll('input[name="csrf_token"]')) input.value = csrf;
  return true;
}
