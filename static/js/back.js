// The Back button shows nothing of a page that was left: it is blanked on the way out, and made
// anew when the browser brings it back from its memory.

addEventListener("pagehide", () => {
  document.body.replaceChildren();
});

addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
