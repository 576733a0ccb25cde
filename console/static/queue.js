// The list of those who wait: fresh by server-sent events, waiting times that tick, and keys to go through it.

import { follow } from "./following.js";

const EVENTS_TRIED = 3;
const TICK_MS = 10000;
const KEYS = "safar-queue-keys";
const at = (id) => document.getElementById(id);
const lists = at("lists");
const keysOn = at("keys-on");
const opens = () => [...lists.querySelectorAll("a[id^='open-']")];

function show({ seen, html }) {
  if (seen === lists.dataset.seen) return;
  const focused = document.activeElement && lists.contains(document.activeElement) ? document.activeElement : null;
  const before = focused && focused.closest(".row") ? focused.closest(".row").querySelector("a[id^='open-']").id : "";
  const place = focused ? opens().findIndex((each) => each.id === before) : -1;
  lists.innerHTML = html;
  lists.dataset.seen = seen;
  // Who was gone through is still there, or the next in its place.
  if (focused) (at(focused.id || before) || opens()[Math.min(place, opens().length - 1)] || lists).focus();
  count();
  tick();
}

function count() {
  const waiting = lists.querySelector("[data-count]").dataset.count;
  document.title = waiting === "0" ? lists.dataset.title : `(${waiting}) ${lists.dataset.title}`;
}

function fill(shape, values) {
  return shape.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function tick() {
  for (const time of lists.querySelectorAll("[data-since]")) {
    const minutes = Math.max(0, Math.floor((Date.now() + skew - Date.parse(time.dataset.since)) / 60000));
    const hours = Math.floor(minutes / 60);
    const days = Math.floor(hours / 24);
    const unit = days ? "days" : hours ? "hours" : "minutes";
    const values = { days, hours: days ? hours % 24 : hours, minutes: hours ? minutes % 60 : minutes };
    time.textContent = fill(time.dataset.words, { time: fill(lists.dataset[unit], values) });
  }
}

// The server's clock counts: an operator's computer may go wrong.
const skew = lists.dataset.now ? Date.parse(lists.dataset.now) - Date.now() : 0;

const query = new URLSearchParams(location.search);
function address(path) {
  query.set("seen", lists.dataset.seen);
  return `${path}?${query}`;
}

// Where a proxy holds events back, or the browser has none, the page asks in the old way.
let stream = null;
let failures = 0;
function listen() {
  if (!window.EventSource || failures >= EVENTS_TRIED) return follow(() => address("/waiting/changes"), show);
  stream = new EventSource(address("/waiting/events"));
  stream.addEventListener("open", () => {
    failures = 0;
    at("link").textContent = "";
  });
  stream.addEventListener("lists", ({ data }) => show(JSON.parse(data)));
  stream.addEventListener("left", () => location.reload());
  stream.addEventListener("error", () => {
    failures += 1;
    at("link").textContent = at("link").dataset.lost;
    stream.close();
    setTimeout(listen, 1000 * failures);
  });
}

// A browser keeps a page that was left, and its open stream; six of them and no other page would load.
window.addEventListener("pagehide", () => stream && stream.close());
window.addEventListener("pageshow", ({ persisted }) => persisted && stream && stream.readyState === 2 && listen());

// Single keys can be switched off: https://www.w3.org/WAI/WCAG22/Understanding/character-key-shortcuts
keysOn.checked = localStorage.getItem(KEYS) !== "off";
keysOn.addEventListener("change", () => localStorage.setItem(KEYS, keysOn.checked ? "on" : "off"));

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input, select, textarea") && event.target.type !== "checkbox";
  if (!keysOn.checked || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
  const row = event.target.closest(".row");
  const links = opens();
  const here = row ? links.indexOf(row.querySelector("a[id^='open-']")) : -1;
  const step = { KeyJ: 1, KeyK: -1 }[event.code];
  if (step && links.length) {
    event.preventDefault();
    const next = links[here < 0 ? 0 : Math.min(Math.max(here + step, 0), links.length - 1)];
    next.focus();
    next.closest(".row").scrollIntoView({ block: "nearest" });
  }
  const take = row && row.querySelector("button[formaction$='/take']");
  if (event.code === "KeyT" && take && !event.repeat) take.click();
});

// A second click while the first is on its way does nothing.
document.addEventListener("submit", ({ submitter }) => {
  if (submitter) setTimeout(() => (submitter.disabled = true));
});

at("filter").addEventListener("change", () => at("filter").requestSubmit());

count();
tick();
setInterval(tick, TICK_MS);
listen();
