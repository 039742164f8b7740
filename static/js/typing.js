// Telling new words from the end of a visit to a box: leaving it changes nothing that was not typed before.

const TYPED = "textarea, input[type=text]";

export function isNoNewWord(event) {
  return event.type === "change" && event.target.matches(TYPED);
}
