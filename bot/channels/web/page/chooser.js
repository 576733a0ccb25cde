// The page's texts in one language, and the two places where another one is chosen.

import { applyTexts, chosen, fetchTexts, keepChosen } from "./languages.js";

const at = (id) => document.getElementById(id);
const CHOICE = /^\/meta\.language\{\s*"variant":\s*"([\w-]+)"\s*\}$/;

// `onChoose(payload, name)` sends the choice to the conversation.
export function createChooser(onChoose) {
  let page = { variant: "ru", lang: "ru", texts: {}, languages: [] };

  async function begin() {
    at("language").addEventListener("click", () => at("choice").showModal());
    at("choice-close").addEventListener("click", () => at("choice").close());
    put(await fetchTexts(chosen()));
  }

  async function speakIn(variant) {
    if (page.variant === variant || !nameOf(variant)) return;
    page = { ...page, variant };
    const texts = await fetchTexts(variant);
    if (page.variant === variant) put(texts);
  }

  function put(texts) {
    page = texts;
    applyTexts(page);
    at("language-name").textContent = nameOf(page.variant);
    at("language-name").lang = page.lang;
    at("greetings").replaceChildren(...page.languages.map((each) => rowOf(each, each.greeting)));
    at("choice-list").replaceChildren(...page.languages.map((each) => rowOf(each)));
  }

  function rowOf({ variant, lang, name }, greeting) {
    const row = document.createElement("li");
    const button = document.createElement("button");
    const title = document.createElement("b");
    button.type = "button";
    button.lang = lang;
    button.dataset.variant = variant;
    if (variant === page.variant) button.setAttribute("aria-current", "true");
    title.textContent = name;
    button.append(title);
    if (greeting) button.append(Object.assign(document.createElement("span"), { textContent: greeting }));
    button.addEventListener("click", () => choose(variant, name));
    row.append(button);
    return row;
  }

  function choose(variant, name) {
    at("choice").close();
    keepChosen(variant);
    speakIn(variant);
    onChoose(`/meta.language{"variant":"${variant}"}`, name);
  }

  const nameOf = (variant) => (page.languages.find((each) => each.variant === variant) || {}).name;

  return {
    begin,
    speakIn,
    speak: (key) => page.texts[key] || "",
    variant: () => page.variant,
    // The language that a payload chooses, in its own name.
    nameIn: (payload) => nameOf((CHOICE.exec(payload) || [])[1]) || null,
  };
}
