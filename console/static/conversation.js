// Keeps one conversation fresh without touching what the operator is writing.

import { follow } from "./following.js";
import { localise } from "./times.js";

const NEAR_END_PIXELS = 80;
const at = (id) => document.getElementById(id);
const log = at("log");

function show({ seen, cursor, messages, around, forms }) {
  if (messages) append(messages);
  if (around !== undefined) surround(around);
  if (forms !== undefined) keepDraft(() => (at("forms").innerHTML = forms));
  log.dataset.seen = seen;
  log.dataset.cursor = cursor;
}

function append(html) {
  const isNearEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PIXELS;
  log.insertAdjacentHTML("beforeend", html);
  localise(log);
  if (isNearEnd) toEnd();
}

function surround(html) {
  const known = [...at("around").querySelectorAll("details")].map(({ id, open }) => [id, open]);
  at("around").innerHTML = html;
  for (const [id, open] of known) if (at(id)) at(id).open = open;
  localise(at("around"));
}

// The text in the old form goes into the new one, or stands beside it when one cannot answer any more.
function keepDraft(replace) {
  const old = at("text");
  const draft = old ? old.value : "";
  const selection = old && document.activeElement === old ? [old.selectionStart, old.selectionEnd] : null;
  replace();
  const field = at("text");
  if (field) {
    field.value = draft;
    if (selection) {
      field.focus();
      field.setSelectionRange(...selection);
    }
  } else if (draft.trim()) {
    at("unsent-text").value = draft;
    at("unsent").hidden = false;
  }
}

function toEnd() {
  log.scrollTop = log.scrollHeight;
}

// A second click while the first is on its way does nothing.
document.addEventListener("submit", ({ target }) => {
  setTimeout(() => target.querySelectorAll("button").forEach((button) => (button.disabled = true)));
});

// Ctrl+Enter sends.
document.addEventListener("keydown", (event) => {
  const isSending = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.id === "text";
  if (isSending) event.target.form.requestSubmit();
});

localise(document);
toEnd();
const { pathname } = location;
const own = pathname.split("/").slice(0, 3).join("/");
follow(() => `${own}/changes?after=${log.dataset.cursor}&seen=${encodeURIComponent(log.dataset.seen)}`, show);
