// Messages on the page: who said it, when, the words, the buttons; one's own are shown before they are delivered.

import { appendText } from "./links.js";

const ICONS = { bot: "bot", operator: "person", system: "system", migrant: null };
const OWN_PAYLOAD = /^\/[a-z_]+(\.[a-z_]+)?(\{.*\})?$/s;

// `speak` gives texts by key; `files` builds what is attached; `tagOf` the lang attribute of a message; `onButton(button)` is called when one is pressed.
export function createMessages(log, { speak, files, tagOf, titleOf, onButton, onEdit }) {
  const own = new Map();
  const shown = new Set();

  function show(message) {
    if (shown.has(message.cursor)) return;
    shown.add(message.cursor);
    const waiting = message.id && own.get(message.id);
    if (waiting) return settle(message.id, waiting, message);
    if (message.sender === "migrant") clearButtons();
    const element = build({ ...message, text: withoutPayload(message.text) });
    log.insertBefore(element, firstUndelivered());
    return element;
  }

  // One's own message, at once; it takes its place when the server has it.
  function showOwn(item) {
    clearButtons();
    const element = build({ sender: "migrant", text: item.title || item.text, at: new Date().toISOString(), buttons: [] });
    own.set(item.id, element);
    log.append(element);
    mark(item.id, "sending", speak("sending"));
    return element;
  }

  function settle(id, element, message) {
    own.delete(id);
    mark(id, null, "", element);
    element.querySelector("time").replaceWith(timeOf(message.at));
    log.insertBefore(element, firstUndelivered());
    return element;
  }

  const firstUndelivered = () => own.values().next().value || null;

  function mark(id, state, words, element = own.get(id)) {
    if (!element) return;
    element.classList.toggle("sending", state === "sending");
    element.classList.toggle("refused", state === "refused");
    element.querySelector(".state").textContent = words;
  }

  function delivered(id) {
    mark(id, null, "");
  }

  // Refused for good: the words stay, the reason is said, and a text can be taken back to be corrected.
  function refused(item, reason) {
    const element = own.get(item.id);
    if (!element) return;
    own.delete(item.id);
    mark(item.id, "refused", [speak("not_sent"), reason].filter(Boolean).join(". "), element);
    if (item.payload) return;
    const edit = buttonOf(speak("edit"), () => {
      element.remove();
      onEdit(item.text);
    });
    element.append(groupOf([edit]));
  }

  function build({ sender, text, at, buttons, pictures = [], attachments = [] }) {
    const element = document.createElement("article");
    element.className = `message from-${sender}`;
    element.append(headOf(sender, at));
    const words = document.createElement("div");
    words.className = "words";
    words.lang = tagOf(text, sender);
    appendText(words, text, speak("new_tab"));
    if (attachments.length) element.classList.add("with-files");
    element.append(words, ...attachments.map((each) => files.build(each)));
    if (sender === "migrant") element.append(stateOf());
    if (buttons && buttons.length) {
      element.append(groupOf(buttons.map((each, place) => quickReply({ ...each, picture: pictures[place] }))));
    }
    return element;
  }

  function headOf(sender, at) {
    const head = document.createElement("p");
    head.className = "head";
    const name = document.createElement("span");
    name.dataset.text = `from_${sender}`;
    name.textContent = speak(`from_${sender}`);
    if (ICONS[sender]) head.append(iconOf(ICONS[sender]));
    head.append(name, " ", timeOf(at));
    return head;
  }

  function stateOf() {
    const state = document.createElement("p");
    state.className = "state";
    return state;
  }

  function quickReply({ title, payload, picture }) {
    const button = buttonOf(title, () => onButton({ title, payload }));
    if (picture) button.dataset.picture = picture;
    button.dataset.payload = payload;
    button.lang = tagOf(title, "bot");
    return button;
  }

  function groupOf(buttons) {
    const group = document.createElement("div");
    group.className = "quick";
    group.setAttribute("role", "group");
    group.dataset.label = "replies";
    group.setAttribute("aria-label", speak("replies"));
    group.append(...buttons);
    return group;
  }

  // Only what was offered since one's last message can be pressed; the menu stays within reach below.
  function clearButtons() {
    for (const group of log.querySelectorAll(".message:not(.refused) .quick")) group.remove();
  }

  function withoutPayload(text) {
    return OWN_PAYLOAD.test(text) ? titleOf(text) || text : text;
  }

  // Everything that the server has is shown anew; what is not delivered yet stays.
  function reset() {
    shown.clear();
    files.forget();
    const undelivered = new Set(own.values());
    for (const element of [...log.children]) if (!undelivered.has(element)) element.remove();
  }

  // Nothing stays, delivered or not.
  function clear() {
    shown.clear();
    files.forget();
    own.clear();
    log.replaceChildren();
  }

  return { show, showOwn, delivered, refused, reset, clear, isEmpty: () => !log.childElementCount };
}

export function iconOf(name) {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  icon.setAttribute("class", "icon");
  icon.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#icon-${name}`);
  icon.append(use);
  return icon;
}

export function buttonOf(title, onPress) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "chip";
  button.textContent = title;
  button.addEventListener("click", onPress);
  return button;
}

function timeOf(at) {
  const time = document.createElement("time");
  const moment = new Date(at);
  const two = (number) => String(number).padStart(2, "0");
  const clock = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  const isToday = moment.toDateString() === new Date().toDateString();
  time.dateTime = at;
  time.textContent = isToday ? clock : `${two(moment.getDate())}.${two(moment.getMonth() + 1)}. ${clock}`;
  return time;
}
