// One key for each step, outside of fields; they can be switched off, and `?` shows them.

const at = (id) => document.getElementById(id);
const OFF = "safar.keys";
const isOn = () => localStorage.getItem(OFF) !== "off";

const focus = (element) => element && element.focus();
const STEPS = {
  "?": () => at("keys").showModal(),
  r: () => focus(at("text")),
  n: () => focus(at("internal-note")),
  t: () => focus(document.querySelector("#forms form[action$=take] button, #forms form[action$=step_in] button")),
  u: () => (at("older") ? at("older").click() : (at("log").scrollTop = 0)),
  e: () => (at("log").scrollTop = at("log").scrollHeight),
  j: () => move(1),
  k: () => move(-1),
  g: () => location.assign("/"),
};

function move(step) {
  const all = [...document.querySelectorAll("#own .short:first-of-type a")];
  const here = all.findIndex((each) => each.hasAttribute("aria-current"));
  const next = all[here < 0 ? 0 : (here + step + all.length) % all.length];
  if (next && !next.hasAttribute("aria-current")) next.click();
}

function isWriting({ target }) {
  return target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isWriting(event) && !event.isComposing) return event.target.blur();
  const step = STEPS[event.key.toLowerCase()];
  if (!step || !isOn() || isWriting(event) || event.ctrlKey || event.altKey || event.metaKey || at("keys").open) return;
  event.preventDefault();
  step();
});

at("keys-on").checked = isOn();
at("keys-on").addEventListener("change", ({ target }) => localStorage.setItem(OFF, target.checked ? "on" : "off"));
at("keys-show").addEventListener("click", () => at("keys").showModal());
