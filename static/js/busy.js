// Pressing twice sends once. A button with data-busy says meanwhile what is happening.

const LONG_ENOUGH = 10000;
const sending = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  if (sending.has(form)) {
    event.preventDefault();
    return;
  }
  sending.add(form);
  const button = event.submitter;
  const words = button?.dataset.busy ? markBusy(button) : () => undefined;
  setTimeout(() => {
    sending.delete(form);
    words();
  }, LONG_ENOUGH);
});

function markBusy(button) {
  const inside = [...button.childNodes];
  button.setAttribute("aria-busy", "true");
  button.replaceChildren(button.dataset.busy);
  return () => {
    button.removeAttribute("aria-busy");
    button.replaceChildren(...inside);
  };
}
