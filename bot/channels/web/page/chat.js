// The chat page: joins conversation, messages, languages and the ways out.

import { createConversation, newId } from "./conversation.js";
import { createChooser } from "./chooser.js";
import { createFiles } from "./files.js";
import { chosen, variantOf } from "./languages.js";
import { leave } from "./leave.js";
import { createMessages } from "./messages.js";

const at = (id) => document.getElementById(id);
const [scroll, log, start, field, typing, link, newer] = ["scroll", "log", "start", "text", "typing", "link", "newer"].map(at);
const NEAR_END_PIXELS = 120;
const TYPING_MS = 60000;
const BACK_MS = 4000;
const DATA = "meta.my_data";

let isUp = true;
let isHistory = true;
let isRereading = false;
let mayErase = false;
let hidden = 0;
let typingTimer = 0;
let backTimer = 0;
const awaited = new Set();

const tag = (variant) => (variant === "uz" ? "uz-Latn" : variant);
const chooser = createChooser((payload, title) => press({ title, payload }));
const speak = chooser.speak;

const view = createMessages(log, {
  speak,
  files: createFiles({ load: (address) => conversation.file(address), speak }),
  tagOf: (text) => tag(variantOf(text, chooser.variant()).variant),
  titleOf,
  onButton: press,
  onEdit: takeBack,
});

const conversation = createConversation(
  { messages: onMessages, delivered: (item) => view.delivered(item.id), refused: onRefused, link: onLink, gone: onGone, leave: leaveNow },
  { chosenLanguage: chosen },
);

// ── what is said ────────────────────────────────────────────────────────────────────────────────────────────────────

function write(event) {
  event.preventDefault();
  const text = field.value.trim();
  if (!text) return field.focus();
  field.value = "";
  grow();
  say({ text });
  field.focus();
}

function press({ title, payload }) {
  if (payload === "quick_exit") return leaveNow();
  say({ title, payload });
  log.focus({ preventScroll: true });
}

function say(words) {
  const item = { id: newId(), ...words };
  start.hidden = true;
  view.showOwn(item);
  awaited.add(item.id);
  showTyping();
  toEnd();
  conversation.send(item);
}

function takeBack(text) {
  field.value = text;
  grow();
  field.focus();
}

// A button that the page itself offers has no title on the server.
function titleOf(payload) {
  const own = document.querySelector(`[data-own][data-payload="${CSS.escape(payload)}"]`);
  if (own) return own.textContent;
  return chooser.nameIn(payload);
}

// ── what comes ──────────────────────────────────────────────────────────────────────────────────────────────────────

function onMessages(messages, hiddenUpTo) {
  if (hiddenUpTo > hidden) hide(hiddenUpTo);
  const isOld = isHistory || isRereading;
  if (isRereading) view.reset();
  isHistory = isRereading = false;
  log.setAttribute("aria-busy", String(isOld));
  const wasNearEnd = isNearEnd();
  let first = null;
  for (const message of messages) {
    follow(message);
    const element = view.show(message);
    if (message.sender !== "migrant") first = first || element;
    settle(message);
  }
  if (messages.length) arrive(first, wasNearEnd, isOld);
  start.hidden = !view.isEmpty();
  log.setAttribute("aria-busy", "false");
}

function settle(message) {
  if (message.sender === "migrant") return;
  const had = awaited.size;
  for (const id of [message.reply_to, ...message.answers]) awaited.delete(id);
  if (!awaited.size || message.sender === "system") hideTyping();
  if (had > awaited.size && mayErase) readAgain();
  mayErase = (message.buttons || []).some(({ payload }) => payload.includes(DATA) && payload.includes("confirmed"));
}

// Somebody else may be looking: what was said up to here leaves the page.
function hide(upTo) {
  hidden = upTo;
  view.clear();
  awaited.clear();
  hideTyping();
}

// Perhaps the server has erased what was said: show what it still has.
function readAgain() {
  isRereading = true;
  conversation.readAgain();
}

// The page speaks the language in which the bot answers, until another one is chosen by hand.
function follow(message) {
  if (message.sender !== "bot" || chosen()) return;
  const guess = variantOf(message.text, chooser.variant());
  chooser.speakIn(message.language || (guess.isSure ? guess.variant : chooser.variant()));
}

function onRefused(item, error) {
  awaited.delete(item.id);
  if (!awaited.size) hideTyping();
  view.refused(item, error.message);
}

function onGone() {
  awaited.clear();
  hideTyping();
  view.reset();
  notice(speak("gone"));
  start.hidden = !view.isEmpty();
}

function onLink(isUpNow, error) {
  if (error && error.status === 429) return notice(speak("busy"));
  if (isUpNow === isUp) return;
  isUp = isUpNow;
  if (!isUp) hideTyping();
  notice(isUp ? speak("online") : speak("offline"), !isUp);
}

function notice(words, isLasting = false) {
  clearTimeout(backTimer);
  link.textContent = words;
  link.classList.toggle("down", isLasting);
  if (!isLasting) backTimer = setTimeout(() => (link.textContent = ""), BACK_MS);
}

// ── where the eye is ────────────────────────────────────────────────────────────────────────────────────────────────

const isNearEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END_PIXELS;

function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
  newer.hidden = true;
}

// A long answer is read from its beginning; who reads further up is not torn away.
function arrive(first, wasNearEnd, isOld) {
  if (!wasNearEnd && !isOld) return void (newer.hidden = !first);
  toEnd();
  if (first && !isOld) scroll.scrollTop = Math.min(scroll.scrollTop, first.offsetTop - 8);
}

function showTyping() {
  clearTimeout(typingTimer);
  typing.hidden = false;
  typingTimer = setTimeout(hideTyping, TYPING_MS);
}

function hideTyping() {
  clearTimeout(typingTimer);
  typing.hidden = true;
}

function grow() {
  field.rows = Math.min(5, Math.max(1, field.value.split("\n").length));
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
}

// ── the way out ───────────────────────────────────────────────────────────────────────────────────────────────────

function leaveNow() {
  leave(conversation.surrender());
}

// ── beginning ───────────────────────────────────────────────────────────────────────────────────────────────────────

function listenToPage() {
  at("write").addEventListener("submit", write);
  at("leave").addEventListener("click", leaveNow);
  for (const own of document.querySelectorAll("[data-own]")) {
    own.addEventListener("click", () => press({ title: own.textContent, payload: own.dataset.payload }));
  }
  newer.addEventListener("click", toEnd);
  scroll.addEventListener("scroll", () => isNearEnd() && (newer.hidden = true), { passive: true });
  field.addEventListener("input", grow);
  field.addEventListener("keydown", sendOnEnter);
}

// On a phone Enter makes a new line; with a keyboard it sends, and Shift+Enter makes the line.
function sendOnEnter(event) {
  const hasKeyboard = !matchMedia("(pointer: coarse)").matches;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && hasKeyboard) write(event);
}

async function begin() {
  listenToPage();
  conversation.onTakenAway(leaveNow);
  start.hidden = conversation.hasToken();
  await chooser.begin();
  conversation.start();
}

begin();
