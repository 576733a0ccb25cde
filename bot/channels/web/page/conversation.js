// The conversation behind the page: its token, what is still to be sent, and listening for news.

import { call, fetchFile } from "./api.js";

const KEY = "safar.token";
const WAIT_SECONDS = 25;
const FIRST_REST_MS = 1000;
const LONGEST_REST_MS = 15000;
const ASLEEP_MS = 30000;

// `events`: begun(), messages(list, hiddenUpTo), delivered(item), refused(item, error), link(isUp, error), gone(), leave().
export function createConversation(events, { storage = window.localStorage, chosenLanguage = () => null } = {}) {
  const queue = [];
  let token = storage.getItem(KEY);
  let cursor = 0;
  let isSending = false;
  let isListening = false;
  let listening = null;
  let isHidden = false;
  let onShown = () => {};
  const sleepers = new Set();

  function send(item) {
    queue.push(item);
    wake();
    deliver();
  }

  async function deliver() {
    if (isSending) return;
    isSending = true;
    let failures = 0;
    while (queue.length) {
      try {
        await deliverFirst();
        failures = 0;
      } catch (error) {
        if (error.isLost) lose();
        else await rest(++failures, error);
      }
    }
    isSending = false;
  }

  // Sends the first of the queue under its id, which stays the same however often it is tried.
  async function deliverFirst() {
    if (!token) await begin();
    const item = queue[0];
    const { id, text, payload } = item;
    try {
      const taken = await call("POST", "api/messages", { token, body: payload ? { id, payload } : { id, text } });
      if (taken.leave) return events.leave();
      events.link(true);
      events.delivered(item);
    } catch (error) {
      if (!error.isRefused) throw error;
      events.refused(item, error);
    }
    queue.splice(queue.indexOf(item), 1);
  }

  async function begin() {
    const language = chosenLanguage();
    const begun = await call("POST", "api/conversations", { body: language ? { language } : {} });
    token = begun.token;
    cursor = 0;
    storage.setItem(KEY, token);
    listen();
  }

  async function listen() {
    if (isListening) return;
    isListening = true;
    let failures = 0;
    let isFirst = true;
    while (token) {
      if (isHidden) await new Promise((resolve) => (onShown = resolve));
      const mine = token;
      listening = new AbortController();
      try {
        const wait = isFirst || failures ? 0 : WAIT_SECONDS;
        const news = await call("GET", `api/messages?after=${cursor}&wait=${wait}`, { token, signal: listening.signal });
        if (mine !== token || listening.signal.aborted) continue;
        failures = 0;
        isFirst = false;
        cursor = news.cursor;
        events.link(true);
        events.messages(news.messages, news.hidden_up_to || 0);
      } catch (error) {
        if (mine !== token || listening.signal.aborted) continue;
        if (error.isLost) lose();
        else await rest(++failures, error);
      }
    }
    isListening = false;
  }

  // What the server no longer knows: the page begins anew; what is still to be sent goes into the new conversation.
  function lose() {
    forget();
    events.gone();
  }

  function forget() {
    token = null;
    cursor = 0;
    storage.removeItem(KEY);
    if (listening) listening.abort();
  }

  function rest(failures, error) {
    events.link(failures < 2 && navigator.onLine !== false, error);
    const own = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
    const milliseconds = Math.max(own, (error.retryAfterSeconds || 0) * 1000);
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        sleepers.delete(end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      sleepers.add(end);
    });
  }

  function wake() {
    for (const end of sleepers) end();
  }

  // A phone that slept has a dead connection and does not know it.
  function wakeAfterSleep() {
    let hiddenAt = 0;
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) hiddenAt = Date.now();
      else if (Date.now() - hiddenAt > ASLEEP_MS && listening) listening.abort();
      wake();
    });
    window.addEventListener("online", wake);
  }

  // A browser keeps a page that was left, and its open request; six of them and no other page would load.
  function pauseWhenLeft() {
    window.addEventListener("pagehide", () => {
      isHidden = true;
      if (listening) listening.abort();
    });
    window.addEventListener("pageshow", () => {
      isHidden = false;
      onShown();
    });
  }

  // Another tab has left: this one leaves too.
  function onTakenAway(then) {
    window.addEventListener("storage", (event) => {
      if (token && (event.key === null || (event.key === KEY && !event.newValue))) then();
    });
  }

  return {
    start() {
      wakeAfterSleep();
      pauseWhenLeft();
      if (token) listen();
    },
    send,
    onTakenAway,
    hasToken: () => Boolean(token),
    file: (address) => fetchFile(address, token),
    // Show everything again from the beginning, for instance after an erasure.
    readAgain() {
      cursor = 0;
      if (listening) listening.abort();
    },
    // Gives the token up; who leaves needs it once more.
    surrender() {
      const given = token;
      queue.length = 0;
      forget();
      return given;
    },
  };
}

// 128 random bits; crypto.randomUUID is absent where the page is not served by https.
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
