// Times in the operator's own zone; a second click while the first is on its way does nothing.

import { localise } from "./times.js";

document.addEventListener("submit", ({ target }) => {
  setTimeout(() => target.querySelectorAll("button").forEach((button) => (button.disabled = true)));
});

localise(document);
