// The button and the panel with the chat on another site. The gateway serves this as an expression that it calls with
// `given`: origins, fallback, texts. It adds no style to the page, stores nothing and asks for nothing but the frame.
(given) => {
  const NAME = "safar-chat";
  // So long a frame that was left may take to have everything erased.
  const LEAVING_MS = 5000;
  const script = document.currentScript;
  const base = new URL("./", script.src);

  if (!given.origins.includes(location.origin)) {
    console.warn(`Safar: ${location.origin} is not among the sites that may show the chat (SAFAR_ALLOWED_ORIGINS).`);
    return;
  }
  if (document.getElementById(NAME)) return;

  const variant = variantOf(script.dataset.language || document.documentElement.lang || navigator.language);
  const { lang, texts } = given.texts[variant];
  let frame = null;

  const label = make("span", { textContent: texts.open });
  const dot = make("span", { className: "dot", hidden: true });
  const open = make("button", { type: "button", className: "open" }, icon("M4 5h16v11H9l-5 4z"), label, dot);
  const close = make("button", { type: "button", className: "close", title: texts.close, autofocus: true }, icon("M6 6l12 12M18 6L6 18"));
  const bar = make("div", { className: "bar" }, make("b", { textContent: "Safar" }), close);
  const edges = [make("span", { tabIndex: 0 }), make("span", { tabIndex: 0 })];
  const panel = make("dialog", { className: "panel" }, edges[0], bar, edges[1]);

  open.setAttribute("aria-haspopup", "dialog");
  close.setAttribute("aria-label", texts.close);
  panel.setAttribute("aria-label", texts.title);
  open.addEventListener("click", show);
  close.addEventListener("click", () => panel.close());
  panel.addEventListener("close", () => open.focus());
  edges[0].addEventListener("focus", () => frame.focus());
  edges[1].addEventListener("focus", () => close.focus());
  window.addEventListener("message", hear);
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", place) : place();

  function place() {
    const host = make("div", { id: NAME, lang });
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(given.style);
    root.adoptedStyleSheets = [sheet];
    root.append(open, panel);
    document.body.append(host);
  }

  function show() {
    if (!frame) {
      const src = new URL(`?speak=${encodeURIComponent(variant)}`, base);
      frame = make("iframe", { src, title: texts.title, referrerPolicy: "no-referrer" });
      edges[1].before(frame);
    }
    tell(false);
    panel.showModal();
  }

  function hear({ source, origin, data }) {
    if (!frame || source !== frame.contentWindow || origin !== base.origin) return;
    if (data.safar === "close") panel.close();
    if (data.safar === "news") tell(!panel.open);
    if (data.safar === "left") forget();
  }

  // The quick exit: the panel is gone at once, the frame when all is erased. Whoever opens it again begins anew.
  function forget() {
    const left = frame;
    frame = null;
    left.hidden = true;
    panel.close();
    tell(false);
    setTimeout(() => left.remove(), LEAVING_MS);
  }

  function tell(hasNews) {
    dot.hidden = !hasNews;
    label.textContent = hasNews ? texts.news : texts.open;
  }

  function variantOf(tag) {
    const wanted = String(tag).toLowerCase();
    const known = Object.keys(given.texts);
    if (wanted.startsWith("uz-cyrl") && known.includes("uz-Cyrl")) return "uz-Cyrl";
    const language = wanted.split("-")[0];
    return known.includes(language) ? language : given.fallback;
  }

  function make(name, values, ...children) {
    const element = Object.assign(document.createElement(name), values);
    element.append(...children);
    return element;
  }

  function icon(path) {
    const namespace = "http://www.w3.org/2000/svg";
    const [picture, line] = ["svg", "path"].map((name) => document.createElementNS(namespace, name));
    picture.setAttribute("viewBox", "0 0 24 24");
    picture.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    picture.append(line);
    return picture;
  }
}
