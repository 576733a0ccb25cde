// Keeps one conversation fresh without touching what the operator is writing.

import { isWarning, warn } from "./alarms.js";
import { keepDraft, restoreDraft } from "./drafts.js";
import { follow } from "./following.js";
import { listen } from "./live.js";
import { loadOlder } from "./older.js";
import { replaceKeeping } from "./parts.js";
import { tellTyping } from "./typing.js";
import "./shortcuts.js";
import { countDown, localise } from "./times.js";

const NEAR_END_PIXELS = 80;
const at = (id) => document.getElementById(id);
const log = at("log");
const own = location.pathname.split("/").slice(0, 3).join("/");

function show({ seen, cursor, drawn, messages, again, around, forms, panel, own: lists, presence, from_migrant }) {
  if (again) Object.entries(again).forEach(([each, html]) => redraw(each, html));
  if (messages) append(messages);
  if (around !== undefined) replaceKeeping(at("around"), around);
  if (panel !== undefined) replaceKeeping(at("panel"), panel);
  if (forms !== undefined) showForms(forms);
  if (lists !== undefined) replaceKeeping(at("own"), lists);
  if (presence !== undefined) at("presence").innerHTML = presence;
  if (seen !== undefined) log.dataset.seen = seen;
  if (cursor !== undefined) log.dataset.cursor = cursor;
  if (drawn !== undefined) log.dataset.drawn = drawn;
  countDown(document);
  if (from_migrant) warn();
  document.dispatchEvent(new CustomEvent("conversation-changed"));
}

function append(html) {
  log.insertAdjacentHTML("beforeend", html);
  localise(log);
}

// Whoever is at the end stays there, also when what stands under the messages grows.
function stayAtEnd() {
  let isAtEnd = !jumped;
  const stay = () => isAtEnd && toEnd();
  log.addEventListener("scroll", () => (isAtEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PIXELS));
  new ResizeObserver(stay).observe(log);
  new MutationObserver(stay).observe(log, { childList: true, subtree: true });
}

// What others have put beside a message stays there.
function redraw(cursor, html) {
  const old = at(`message-${cursor}`);
  if (!old) return;
  const beside = old.querySelector(".beside");
  const isOpen = old.querySelector("details[open]");
  old.insertAdjacentHTML("afterend", html);
  const fresh = old.nextElementSibling;
  if (beside) fresh.querySelector(".beside").replaceWith(beside);
  const details = fresh.querySelector("details");
  if (details && isOpen) details.open = true;
  old.remove();
  localise(fresh);
}

// The text in the old form goes into the new one, or stands beside it when one cannot answer any more.
function showForms(html) {
  const draft = at("text") ? at("text").value : "";
  replaceKeeping(at("forms"), html);
  if (!at("text") && draft.trim()) {
    at("unsent-text").value = draft;
    at("unsent").hidden = false;
  }
  if (at("text") && !at("text").value) restoreDraft(log);
}

function toEnd() {
  log.scrollTop = log.scrollHeight;
}

// A second click while the first is on its way does nothing.
document.addEventListener("submit", ({ target }) => {
  if (target.method === "dialog") return;
  setTimeout(() => target.querySelectorAll("button").forEach((button) => (button.disabled = true)));
});

// Ctrl+Enter sends.
document.addEventListener("keydown", (event) => {
  const isSending = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "text";
  if (isSending) event.target.form.requestSubmit();
});

document.addEventListener("input", ({ target }) => {
  if (target.id !== "text") return;
  keepDraft(target.value);
  tellTyping(own);
});

localise(document);
countDown(document);
restoreDraft(log);
const jumped = location.hash.startsWith("#message-") && at(location.hash.slice(1));
if (jumped) jumped.scrollIntoView({ block: "center" });
else toEnd();
stayAtEnd();
loadOlder(log, own);
const query = () => `after=${log.dataset.cursor}&seen=${log.dataset.seen}&drawn=${log.dataset.drawn}`;
const ask = () => follow(() => `${own}/changes?${query()}`, show);
listen(() => `${own}/events?${query()}`, show, ask, isWarning);
