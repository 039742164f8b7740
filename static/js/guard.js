// Before words that were typed and not sent are left behind, by another button, a link or a single key,
// the browser asks. What is just being sent goes without a question.

import { unsentBoxes } from "./unsent.js";

let sent;

addEventListener("submit", (event) => {
  if (!event.defaultPrevented) sent = event.target;
});

addEventListener("beforeunload", (event) => {
  if (unsentBoxes().some((box) => box.form?.method === "post" && box.form !== sent)) event.preventDefault();
  setTimeout(() => (sent = undefined)); // whoever stays goes on typing
});
