// The conversation behind the page: its token, what is still to be sent, and listening for news.

import { call, fetchFile } from "./api.js";
import { lasting, passing } from "./storage.js";
import { readEvents } from "./stream.js";
import { onWake } from "./waking.js";

const KEY = "safar.token";
const UNSENT = "safar.unsent";
const WAIT_SECONDS = 25;
const FIRST_REST_MS = 1000;
const LONGEST_REST_MS = 15000;
// Where events do not come through, they are tried again after so long.
const POLL_MS = 600000;

// `events`: messages(list, hiddenUpTo), unsent(items), waiting(item), delivered(item), refused(item, error),
// link(isUp, error), gone(), erased(list), leave().
export function createConversation(events, { chosenLanguage = () => null } = {}) {
  const queue = JSON.parse(passing.get(UNSENT) || "[]");
  let token = lasting.get(KEY);
  let cursor = 0;
  let isSending = false;
  let isListening = false;
  let listening = null;
  let sending = null;
  let pollUntil = 0;
  let isHidden = false;
  let onShown = () => {};
  const sleepers = new Set();

  function send(item) {
    queue.push(item);
    keepUnsent();
    if (navigator.onLine === false) events.waiting(item);
    wake();
    deliver();
  }

  // A phone may throw the page away while it sleeps: what is not sent yet outlives that, and goes out under its id.
  function keepUnsent() {
    if (queue.length) passing.set(UNSENT, JSON.stringify(queue));
    else passing.remove(UNSENT);
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
        else if (!sending.signal.aborted) {
          for (const item of queue) events.waiting(item);
          await rest(++failures, error);
        }
      }
    }
    isSending = false;
  }

  // Sends the first of the queue under its id, which stays the same however often it is tried.
  async function deliverFirst() {
    sending = new AbortController();
    const { signal } = sending;
    if (!token) await begin(signal);
    const item = queue[0];
    const { id, text, payload } = item;
    try {
      const taken = await call("POST", "api/messages", { token, signal, body: payload ? { id, payload } : { id, text } });
      if (taken.leave) return events.leave();
      events.link(true);
      events.delivered(item);
    } catch (error) {
      if (!error.isRefused) throw error;
      events.refused(item, error);
    }
    if (queue.includes(item)) queue.splice(queue.indexOf(item), 1);
    keepUnsent();
  }

  async function begin(signal) {
    const language = chosenLanguage();
    const begun = await call("POST", "api/conversations", { signal, body: language ? { language } : {} });
    token = begun.token;
    cursor = 0;
    lasting.set(KEY, token);
    listen();
  }

  async function listen() {
    if (isListening) return;
    isListening = true;
    let failures = 0;
    while (token) {
      if (isHidden) await new Promise((resolve) => (onShown = resolve));
      const mine = token;
      listening = new AbortController();
      const { signal } = listening;
      const isPolling = Date.now() < pollUntil;
      let isUp = false;
      const take = (news) => {
        if (mine !== token || signal.aborted) return;
        isUp = true;
        failures = 0;
        cursor = news.cursor;
        events.link(true);
        if (news.erased) {
          forget();
          events.erased(news.messages);
          return;
        }
        events.messages(news.messages, news.hidden_up_to || 0);
      };
      try {
        if (isPolling) take(await call("GET", `api/messages?after=${cursor}&wait=${failures ? 0 : WAIT_SECONDS}`, { token, signal }));
        else await readEvents(`api/events?after=${cursor}`, { token, signal, onEvent: take });
        if (!isUp) await rest(++failures, {});
      } catch (error) {
        if (mine !== token || signal.aborted) continue;
        if (error.isLost) lose();
        else await retry(error, isPolling, isUp);
      }
    }
    isListening = false;

    // No first event: perhaps the connection is down, perhaps somebody on the way holds events back. One question tells.
    async function retry(error, isPolling, isUp) {
      if (!isPolling && !isUp) pollUntil = Date.now() + POLL_MS;
      else if (isPolling && !error.status) pollUntil = 0;
      if (isPolling || isUp) await rest(++failures, error);
      else failures = Math.max(failures, 1);
    }
  }

  // What the server no longer knows: the page begins anew; what is still to be sent goes into the new conversation.
  function lose() {
    forget();
    events.gone();
  }

  function forget() {
    token = null;
    cursor = 0;
    lasting.remove(KEY);
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

  // A phone that slept has dead connections and does not know it: both are made anew at once.
  function wake(isAsleep = false) {
    if (isAsleep) for (const each of [listening, sending]) each?.abort();
    for (const end of sleepers) end();
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
      onWake(wake);
      pauseWhenLeft();
      if (token) listen();
      if (queue.length) events.unsent(queue);
      deliver();
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
      keepUnsent();
      forget();
      return given;
    },
  };
}

// 128 random bits; crypto.randomUUID is absent where the page is not served by https.
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
