// Single keys for reading through the queue. They never fire while somebody types, and one press
// of the switch turns them off for this page.

const FIELDS = "input, textarea, select, [contenteditable], dialog[open]";
let isOn = document.body.dataset.keys !== "off";

addEventListener("keydown", (event) => {
  if (!isOn || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat) return;
  if (event.target.closest?.(FIELDS) || document.querySelector("dialog[open]")) return;
  const wanted = event.key.toLowerCase();
  const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === wanted);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea, select")) target.focus();
  else target.click();
});

for (const help of document.querySelectorAll("[data-keys-help]")) help.hidden = false;

for (const toggle of document.querySelectorAll("button[data-keys-switch]")) {
  const words = [toggle.textContent, toggle.dataset.off];
  toggle.addEventListener("click", () => {
    isOn = !isOn;
    toggle.textContent = isOn ? words[0] : words[1];
  });
}
