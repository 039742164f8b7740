// Words in forms that are kept only by being sent: what nobody has saved yet, and would go with the page.

const WORDS = "textarea, input[type=text], input[type=search], input:not([type])";
const REFUSED = ".summary, .field--error, [aria-invalid=true]"; // one of these stands in a form that was not taken

// Shown once more, to be copied, on a page without their form.
export function isGivenBack(box) {
  return box.matches("[data-unkept]");
}

// What came back was kept nowhere: not in the box with the fault, nor in any other of its form.
function cameBack(box) {
  return isGivenBack(box) || Boolean(box.form?.querySelector(REFUSED));
}

function isUnsent(box) {
  return box.value !== box.defaultValue || (box.value !== "" && cameBack(box));
}

export function unsentBoxes() {
  return [...document.querySelectorAll(WORDS)].filter((box) => !box.form?.dataset.autosave && isUnsent(box));
}
