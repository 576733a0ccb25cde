// Canned replies: “/” in the answer field opens them, the arrows go through them, Enter puts one in, Esc goes back.

import { putIn } from "./answer-field.js";
import { own, part } from "./asking.js";
import { openPart } from "./beside-parts.js";

const REST_MS = 150;
let timer = 0;
let asked = 0;

const at = (id) => document.getElementById(id);
const buttons = () => [...document.querySelectorAll("#canned-found .put-in")];

export function openCanned() {
  at("canned-search").addEventListener("focus", () => at("canned-found").childElementCount || find());
  at("canned-search").addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, REST_MS);
  });
}

async function find() {
  const mine = ++asked;
  const html = await part(`${own}/canned?q=${encodeURIComponent(at("canned-search").value)}`);
  if (html !== null && mine === asked) at("canned-found").innerHTML = html;
}

function goBack() {
  (at("text") || at("canned-search")).focus();
}

function move(event, step) {
  const all = buttons();
  const place = all.indexOf(document.activeElement);
  const next = place + step;
  event.preventDefault();
  (next < 0 ? at("canned-search") : all[Math.min(next, all.length - 1)])?.focus();
}

async function choose(event) {
  event.preventDefault();
  clearTimeout(timer);
  await find();
  buttons()[0]?.click();
}

function inList(event) {
  if (event.key === "Escape") goBack();
  else if (event.key === "ArrowDown") move(event, 1);
  else if (event.key === "ArrowUp") move(event, -1);
}

function inSearch(event) {
  if (event.key === "Enter") choose(event);
  else if (event.key === "/" && !event.target.value) {
    event.preventDefault();
    putIn("/");
  } else inList(event);
}

// A slash opens the list where a word begins; a second one is a slash.
function inAnswer(event) {
  const { value, selectionStart } = event.target;
  const isPlain = event.key === "/" && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (!isPlain || !at("canned-search") || /\S$/.test(value.slice(0, selectionStart))) return;
  event.preventDefault();
  at("canned-search").value = "";
  at("canned-found").replaceChildren();
  openPart("beside-canned");
  at("canned-search").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.target.id === "text") inAnswer(event);
  else if (event.target.id === "canned-search") inSearch(event);
  else if (event.target.matches("#canned-found .put-in")) inList(event);
});
