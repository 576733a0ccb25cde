// Translation by a service: of single messages, of the whole conversation, of the operator's own words.

import { tell } from "./answer-field.js";
import { own, send, values } from "./asking.js";

const MOST_AT_ONCE = 30;
const CAN_BE_TRANSLATED = ".from-migrant .beside, .from-bot .beside, .from-system .beside";

const at = (id) => document.getElementById(id);
let isAtWork = false;

export async function openTranslation() {
  await showKept();
  if (!at("translate-own-words")) return;
  at("translate-own-words").addEventListener("click", translateOwnWords);
  at("translate-all").addEventListener("change", switchAll);
}

// The button of each message, and where all is translated the translations of new ones.
export function showTools() {
  if (!at("translate-own-words")) return;
  for (const place of document.querySelectorAll(CAN_BE_TRANSLATED)) {
    if (place.querySelector('[data-do="translate"], .translation') || "same" in place.dataset) continue;
    const button = at("beside-tools").content.querySelector('[data-do="translate"]').cloneNode(true);
    button.addEventListener("click", () => translate(place));
    place.append(button);
  }
  if (at("translate-all").checked) translateAll();
}

async function showKept() {
  const kept = await values(`${own}/translations`);
  for (const [cursor, html] of Object.entries(kept?.shown ?? {})) {
    const place = document.querySelector(`.beside[data-cursor="${cursor}"]`);
    if (place) show(place, html);
  }
  if (at("translate-all")) at("translate-all").checked = Boolean(kept?.is_all && kept?.is_told);
}

function show(place, html) {
  place.querySelectorAll('.translation, .fault, [data-do="translate"]').forEach((old) => old.remove());
  if (html) place.insertAdjacentHTML("afterbegin", html);
  else place.dataset.same = "";
}

// True when it stands there; what went wrong is said beside the message.
async function translate(place) {
  const button = place.querySelector('[data-do="translate"]');
  if (button) button.disabled = true;
  tell("", at("beside-translate").dataset.looking);
  const answer = await ask(`${own}/translations`, { cursor: place.dataset.cursor });
  tell("none");
  if (button) button.disabled = false;
  if (answer?.shown !== undefined) show(place, answer.shown);
  else if (answer) fault(place, answer.sentence);
  return answer?.shown !== undefined;
}

function fault(place, sentence) {
  place.querySelector(".fault")?.remove();
  const line = document.createElement("p");
  line.className = "fault";
  line.setAttribute("role", "status");
  line.textContent = sentence;
  place.prepend(line);
}

// The newest first, one after the other; the first that fails ends it.
async function translateAll() {
  if (isAtWork) return;
  isAtWork = true;
  for (let place = next(); place && at("translate-all").checked; place = next()) {
    if (!(await translate(place))) break;
  }
  isAtWork = false;
}

// The newest message that is still to be translated; what has failed waits for the operator.
function next() {
  const places = [...document.querySelectorAll(CAN_BE_TRANSLATED)].slice(-MOST_AT_ONCE);
  return places.reverse().find((place) => place.querySelector('[data-do="translate"]') && !place.querySelector(".fault"));
}

async function switchAll({ target }) {
  const answer = await ask(`${own}/translate_all`, { is_on: target.checked ? "1" : "" });
  target.checked = Boolean(answer?.is_all);
  if (answer?.sentence) tell("", answer.sentence);
  if (target.checked) translateAll();
}

async function translateOwnWords({ target }) {
  const text = at("own-words").value;
  if (!text.trim()) return at("own-words").focus();
  target.disabled = true;
  tell("", at("beside-translate").dataset.looking);
  const answer = await ask(`${own}/translated_answer`, { text });
  target.disabled = false;
  tell("none");
  if (answer?.shown) showAnswer(answer.shown);
  else if (answer) fault(at("translated-answer"), answer.sentence);
}

function showAnswer(html) {
  at("translated-answer").innerHTML = html;
  at("translated-answer").scrollIntoView({ block: "nearest" });
}

// The values of an answer, with `sentence` where it failed; null where the operator does not want words to leave.
async function ask(path, fields) {
  const first = await send(path, fields);
  if (first.status !== 409) return understood(first);
  if (!(await agree(first.found.host))) return null;
  return understood(await send(path, fields));
}

function understood({ status, found }) {
  return status === 200 ? found : { sentence: found.sentence || at("beside-told").dataset.failed };
}

// The first time an operator is told to which host words go.
async function agree(host) {
  const dialog = at("translate-consent");
  if (!dialog || dialog.dataset.host !== host || dialog.open) return false;
  dialog.showModal();
  const answer = await new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
    dialog.addEventListener("cancel", () => (dialog.returnValue = ""), { once: true });
    for (const button of dialog.querySelectorAll("button")) button.onclick = () => dialog.close(button.value);
  });
  if (answer !== "yes") return false;
  return (await send("/translation_consent", { host })).status === 200;
}
