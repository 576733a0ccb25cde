// The panel beside the answer: suggestions for the newest message or for the one that is asked for.

import { putIn, tell } from "./answer-field.js";
import { own, part } from "./asking.js";
import { openPart } from "./beside-parts.js";
import { openCanned } from "./canned.js";
import { openTranslation, showTools } from "./translation.js";

const panel = document.getElementById("beside-answer");
const log = document.getElementById("log");
let asked = 0;
let newest = "";

async function open() {
  const html = await part(`${own}/beside_answer`);
  if (!html) return;
  panel.innerHTML = html;
  openCanned();
  await openTranslation();
  look();
  new MutationObserver(look).observe(log, { childList: true });
}

function look() {
  for (const place of log.querySelectorAll(".beside:not([data-ready])")) {
    place.dataset.ready = "";
    const isOfMigrant = place.closest(".message").classList.contains("from-migrant");
    if (isOfMigrant) place.append(tool("suggest"));
  }
  showTools();
  const [last] = [...log.querySelectorAll(".from-migrant .beside")].slice(-1);
  if (last && last.dataset.cursor !== newest) {
    newest = last.dataset.cursor;
    if (!at("suggested").contains(document.activeElement)) suggest(newest);
  }
}

function tool(name) {
  return document.getElementById("beside-tools").content.querySelector(`[data-do="${name}"]`).cloneNode(true);
}

async function suggest(cursor) {
  const mine = ++asked;
  tell("look");
  const html = await part(`${own}/suggestions/${cursor}`);
  if (mine !== asked) return;
  tell(html === null ? "failed" : "none");
  if (html !== null) at("suggested").innerHTML = html;
}

function at(id) {
  return document.getElementById(id);
}

// The text of a pair with its blanks filled; null, and the first blank has the focus, where one is empty.
function filled(pair, selector) {
  const blanks = [...pair.querySelectorAll("[data-variable]")];
  const empty = blanks.find((blank) => !blank.value.trim());
  if (empty) {
    empty.focus();
    tell("fill");
    return null;
  }
  return replaced(pair.querySelector(selector).dataset.template, blanks);
}

function replaced(template, blanks) {
  const known = Object.fromEntries(blanks.map((blank) => [blank.dataset.variable, blank.value.trim()]));
  return template.replace(/\{(\w+)\}/g, (whole, name) => known[name] || whole);
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button?.dataset.do === "suggest") {
    openPart("beside-suggest");
    suggest(button.closest(".beside").dataset.cursor).then(() => at("beside-suggest").scrollIntoView({ block: "nearest" }));
  }
  if (!button?.classList.contains("put-in")) return;
  const pair = button.closest(".pair");
  const text = filled(pair, ".theirs");
  if (text !== null) putIn(text, "machine" in button.dataset ? filled(pair, ".mine") : "");
});

document.addEventListener("input", ({ target }) => {
  const pair = target.matches("[data-variable]") && target.closest(".pair");
  if (!pair) return;
  const blanks = [...pair.querySelectorAll("[data-variable]")];
  for (const shown of pair.querySelectorAll("[data-template]")) shown.textContent = replaced(shown.dataset.template, blanks);
});

if (panel && log) open();
