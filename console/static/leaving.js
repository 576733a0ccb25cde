// Whoever logs out, or has to log in, leaves no text on this device.

import { forgetDrafts } from "./drafts.js";

if (document.querySelector("form[action='/login']")) forgetDrafts();
document.addEventListener("submit", ({ target }) => {
  if (target.getAttribute("action") === "/logout") forgetDrafts();
});
