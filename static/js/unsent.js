// Words in forms that are kept only by being sent: what nobody has saved yet, and would go with the page.

const WORDS = "textarea, input[type=text], input[type=search], input:not([type])";

// Differs from what the page came with, or came back with a fault and so was kept nowhere.
function isUnsent(box) {
  return box.value !== box.defaultValue || (box.value !== "" && box.matches("[aria-invalid=true]"));
}

export function unsentBoxes() {
  return [...document.querySelectorAll(WORDS)].filter((box) => !box.form?.dataset.autosave && isUnsent(box));
}
