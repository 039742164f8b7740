// A soft count of words under a field: no limit, no colour, and nothing is read aloud.

const splitter = "Segmenter" in Intl ? new Intl.Segmenter(document.documentElement.lang || "en", { granularity: "word" }) : undefined;

function count(text) {
  if (!splitter) return text.trim() ? text.trim().split(/\s+/).length : 0;
  let words = 0;
  for (const part of splitter.segment(text)) if (part.isWordLike) words += 1;
  return words;
}

function follow(field) {
  const line = document.createElement("p");
  line.className = "words words--count num";
  line.setAttribute("aria-hidden", "true");
  const show = () => {
    const words = count(field.value);
    line.textContent = words ? field.dataset.words.replace("{count}", words) : "";
  };
  field.after(line);
  field.addEventListener("input", show);
  show();
}

function followAll(where) {
  for (const field of where.querySelectorAll("textarea[data-words]")) follow(field);
}

followAll(document);
document.addEventListener("weft:arrived", (event) => followAll(event.target));
