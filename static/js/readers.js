// The line above a question says who can read the answer; it follows the choice below the box.

for (const line of document.querySelectorAll("[data-readers-of]")) {
  const select = document.getElementsByName(line.dataset.readersOf)[0];
  select?.addEventListener("change", () => {
    line.textContent = select.selectedOptions[0].textContent;
  });
}
