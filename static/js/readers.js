// The line above a question says who can read the answer; it follows the choice below the box.

function followAll(where) {
  for (const line of where.querySelectorAll("[data-readers-of]")) {
    const select = document.getElementsByName(line.dataset.readersOf)[0];
    select?.addEventListener("change", () => {
      line.textContent = select.selectedOptions[0].textContent;
    });
  }
}

followAll(document);
document.addEventListener("weft:arrived", (event) => followAll(event.target));
