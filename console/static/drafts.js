// A text that is not sent yet stays on this device, one for each conversation; it goes when it is sent, and on leaving.

const PREFIX = "safar.draft.";
const at = (id) => document.getElementById(id);
const key = () => PREFIX + at("desk").dataset.here;

export function keepDraft(text) {
  if (text.trim()) localStorage.setItem(key(), text);
  else localStorage.removeItem(key());
  at("draft-kept").hidden = !text.trim();
}

// What the operator has said since it was kept was sent.
export function restoreDraft(log) {
  const kept = localStorage.getItem(key());
  if (!kept) return;
  const said = [...log.querySelectorAll(".from-operator .words")].slice(-5).map((each) => each.textContent.trim());
  if (said.includes(kept.trim())) return localStorage.removeItem(key());
  const field = at("text");
  if (field && !field.value) field.value = kept;
  at("draft-kept").hidden = !field;
}

export function forgetDrafts() {
  Object.keys(localStorage).filter((each) => each.startsWith(PREFIX)).forEach((each) => localStorage.removeItem(each));
}
