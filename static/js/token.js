// A fresh token for a page that has been open for long, and for whoever it was drawn for alone.

import { within } from "./answers.js";

export async function freshToken(form) {
  if (!form.dataset.tokenUrl) return false;
  // The old token says whose page this is: for anybody else who signs in here there is none.
  const headers = { "X-Weft-Autosave": "1", "X-CSRFToken": form.elements.namedItem("csrf_token").value };
  const answer = await fetch(form.dataset.tokenUrl, { credentials: "same-origin", headers, signal: within() });
  if (!answer.ok || answer.redirected) return false;
  const { csrf } = await answer.json();
  for (const input of document.querySelectorAll('input[name="csrf_token"]')) input.value = csrf;
  return true;
}
