// Puts a fresh part of a page in the place of the old one; what is written there, what is open and the focus stay.

import { localise } from "./times.js";

const FIELDS = "input[id]:not([type=hidden]), textarea[id], select[id]";

export function replaceKeeping(place, html) {
  const open = new Map([...place.querySelectorAll("details[id]")].map((each) => [each.id, each.open]));
  const values = new Map([...place.querySelectorAll(FIELDS)].map((each) => [each.id, each.value]));
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const selection = focused && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
  const key = focused && (focused.id || focused.getAttribute("href"));
  place.innerHTML = html;
  for (const each of place.querySelectorAll("details[id]")) if (open.has(each.id)) each.open = open.get(each.id);
  for (const each of place.querySelectorAll(FIELDS)) if (values.has(each.id)) each.value = values.get(each.id);
  if (key) focusAgain(place, key, selection);
  localise(place);
}

function focusAgain(place, key, selection) {
  const same = [...place.querySelectorAll("[id], a[href]")].find((each) => each.id === key || each.getAttribute("href") === key);
  if (!same) return;
  same.focus();
  if (selection && same.setSelectionRange) same.setSelectionRange(...selection);
}
