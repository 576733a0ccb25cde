// Leaving: the page is empty at once, the conversation is erased, and a neutral page takes this one's place.

import { call } from "./api.js";
import { newId } from "./conversation.js";

const AWAY = "away.html";
const LONGEST_MS = 1500;

export async function leave(token) {
  document.title = "";
  document.body.replaceChildren();
  if (token) await Promise.race([erase(token), new Promise((resolve) => setTimeout(resolve, LONGEST_MS))]);
  location.replace(AWAY);
}

// `keepalive` lets the browser finish the call after the page is gone.
async function erase(token) {
  const body = { id: newId(), payload: "quick_exit" };
  await call("POST", "api/messages", { token, body, keepalive: true }).catch(() => {});
}
