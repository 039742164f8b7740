// The same field was changed elsewhere: shows the other text beside the box, and loses neither.

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
  placeOf(form, conflict.field).append(box);
}

function placeOf(form, field) {
  const found = form.elements.namedItem(field);
  const input = found instanceof RadioNodeList ? found[0] : found;
  return input?.closest(".field, fieldset") ?? form;
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
  made.addEventListener("click", press);
  return made;
}
