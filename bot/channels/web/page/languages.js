// The languages of the page: its texts, the list to choose from, and the language in which a message is written.

import { call } from "./api.js";

const PARAMETER = "language";
const RETRY_MS = 4000;
const LETTERS = [
  ["tg", /[ӣӯҷ]/i],
  ["uz-Cyrl", /ў/i],
  ["kk", /[әұіһ]/i],
  ["ky", /[өүң]/i],
];
// Letters that a Russian text has and the page's own language has not.
const FOREIGN_LETTERS = { tg: /[ыщць]/i, "uz-Cyrl": /[ыщ]/i };
// So long a text of another Cyrillic language has at least one letter of its own.
const LONG_LETTERS = 50;
const UZBEK = /[ʻʼ‘’`]|\b(va|bilan|uchun|siz|men|salom|kerak|qanday|yo'q|bo'l\w+|o'z\w*)\b/i;

// The choice lives in the page's address only, so that nothing is kept in the browser.
export const chosen = () => new URLSearchParams(location.search).get(PARAMETER);

export function keepChosen(variant) {
  const address = new URL(location.href);
  address.searchParams.set(PARAMETER, variant);
  history.replaceState(null, "", address);
}

// Asks until an answer comes; the page can be written in meanwhile.
export async function fetchTexts(variant) {
  for (;;) {
    try {
      return await call("GET", `api/texts${variant ? `?variant=${encodeURIComponent(variant)}` : ""}`);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

export function applyTexts({ lang, texts }, root = document) {
  document.documentElement.lang = lang;
  const set = (name, put) => {
    for (const element of root.querySelectorAll(`[data-${name}]`)) put(element, texts[element.dataset[name]] || "");
  };
  set("text", (element, text) => (element.textContent = text));
  set("label", (element, text) => element.setAttribute("aria-label", text));
  set("title", (element, text) => (element.title = text));
  set("alt", (element, text) => (element.alt = text));
  set("placeholder", (element, text) => (element.placeholder = text));
}

// The variant of a text by its letters; `isSure` is false where only the page's own language decides.
export function variantOf(text, fallback) {
  const words = text.replace(/https?:\/\/\S+/g, "");
  const latin = (words.match(/[a-z]/gi) || []).length;
  const cyrillic = (words.match(/[а-яёӣӯҷқғҳўәұіһөүң]/gi) || []).length;
  if (!latin && !cyrillic) return { variant: fallback, isSure: false };
  if (latin > cyrillic) return ofLatin(words, fallback);
  for (const [variant, letters] of LETTERS) {
    if (letters.test(words) && !(variant === "ky" && fallback === "kk")) return { variant, isSure: true };
  }
  const isRussian = (FOREIGN_LETTERS[fallback] || /(?!)/).test(words) || (cyrillic >= LONG_LETTERS && fallback !== "ru");
  return { variant: isRussian || ["uz", "en"].includes(fallback) ? "ru" : fallback, isSure: isRussian };
}

function ofLatin(words, fallback) {
  if (UZBEK.test(words)) return { variant: "uz", isSure: true };
  return { variant: ["uz", "en"].includes(fallback) ? fallback : "en", isSure: false };
}
