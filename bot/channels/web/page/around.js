// The site around the page, where the page is in a frame: it closes the panel. It is told a word, never what is said.

const isFramed = window.parent !== window;

export function tellAround(word) {
  if (isFramed) window.parent.postMessage({ safar: word }, "*");
}

// Keys that are pressed in a frame never reach the page around it.
export function closeOnEscape() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) tellAround("close");
  });
}
