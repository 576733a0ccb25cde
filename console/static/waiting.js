// Keeps the lists of the page fresh; the keyboard's focus stays where it was, and the tab counts who waits.

import { follow } from "./following.js";

const lists = document.getElementById("lists");
const title = document.title;

function show({ seen, html }) {
  if (seen === lists.dataset.seen) return;
  const focused = document.activeElement && document.activeElement.id;
  lists.innerHTML = html;
  lists.dataset.seen = seen;
  if (focused && document.activeElement === document.body) {
    const again = document.getElementById(focused);
    if (again) again.focus();
  }
  count();
}

function count() {
  const waiting = lists.querySelector("[data-count]").dataset.count;
  document.title = waiting === "0" ? title : `(${waiting}) ${title}`;
}

count();
follow(() => `/waiting/changes?seen=${encodeURIComponent(lists.dataset.seen)}`, show);
