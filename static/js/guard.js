// Before words that were typed and not sent are left behind, by another button, a link or a single key,
// the browser asks; and before those that were given back, in no form. What is just being sent goes without
// a question, and so does whoever leaves at once: their page is blank by then.

import { isGivenBack, unsentBoxes } from "./unsent.js";

let sent;

addEventListener("submit", (event) => {
  if (!event.defaultPrevented) sent = event.target;
});

function isAtStake(box) {
  return isGivenBack(box) || box.form?.method === "post";
}

addEventListener("beforeunload", (event) => {
  if (unsentBoxes().some((box) => isAtStake(box) && box.form !== sent)) event.preventDefault();
  setTimeout(() => (sent = undefined)); // whoever stays goes on typing
});
