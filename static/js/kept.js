// The same field was changed elsewhere: shows the other text beside the box, and loses neither.

const ALONE = "counsellor";
const READ_FIRST = 700; // a second press on what stood here before is no answer to what came now

// A question "need" has boxes of its own name or "f.need", rows "f.need.1.what", a reader and a counter.
export function belongsTo(name, field) {
  return [field, `f.${field}`, `audience.${field}`, `counter.${field}`].includes(name) || name.startsWith(`f.${field}.`);
}

// The readers that stand on this page are as old as its words: fewer that were chosen elsewhere hold here too.
export function narrow(form, conflict) {
  const select = form.elements.namedItem(`audience.${conflict.field}`);
  if (conflict.readers !== ALONE || !select || select.value === ALONE) return;
  select.value = ALONE;
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

// Where the form says how it is called, the other text can be taken as well: the page is saved as it is, so
// that one's own words are kept beside, and what comes back shows both, with the other text in the box.
export function keepBeside(form, conflict, keepMine) {
  const id = `kept-${conflict.field}`;
  form.ownerDocument.getElementById(id)?.remove();
  const box = document.createElement("div");
  box.id = id;
  box.className = "kept";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", form.dataset.kept ?? form.dataset.conflict);
  box.append(line("kept__say", form.dataset.conflict), line("kept__text", conflict.text));
  if (keepMine) box.append(button(form.dataset.keepMine, () => {
    box.remove();
    keepMine();
  }));
  if (form.dataset.takeOther) box.append(button(form.dataset.takeOther, () => saveAndStay(form)));
  placeOf(form, conflict.field).append(box);
}

function placeOf(form, field) {
  const question = [...form.querySelectorAll("[data-question]")].find((one) => one.dataset.question === field);
  if (question) return question;
  const box = [...form.elements].find((one) => one.type !== "hidden" && belongsTo(one.name ?? "", field));
  return box?.closest(".field, fieldset") ?? form;
}

function saveAndStay(form) {
  const save = document.createElement("button");
  save.type = "submit";
  save.name = "save";
  save.value = "stay";
  save.hidden = true;
  form.append(save);
  form.requestSubmit(save);
}

function line(kind, text) {
  const made = document.createElement("p");
  made.className = kind;
  made.textContent = text;
  return made;
}

function button(text, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn--2 btn--small";
  made.textContent = text;
  made.disabled = true;
  setTimeout(() => (made.disabled = false), READ_FIRST);
  made.addEventListener("click", press);
  return made;
}
