// The answer field as the panel beside it uses it: what is put in goes to the cursor, nothing written is replaced.

const at = (id) => document.getElementById(id);
let ownWords = [];

// Says in one line what has happened; `name` is one of the data- texts of the line, or a sentence of the server.
export function tell(name, sentence = "") {
  const line = at("beside-told");
  if (line) line.textContent = sentence || line.dataset[name] || "";
}

// Puts a text in where the cursor stands or stood last; `own` is what the operator wrote where a machine translated it.
export function putIn(text, own = "") {
  const field = at("text");
  if (!field) return tell("take");
  const wasUsed = field.dataset.used !== undefined;
  const [start, end] = wasUsed ? [field.selectionStart, field.selectionEnd] : [field.value.length, field.value.length];
  const [before, after] = [field.value.slice(0, start), field.value.slice(end)];
  const gap = text.includes("\n") ? "\n\n" : " ";
  const lead = before && !/\s$/.test(before) ? gap : "";
  const tail = after && !/^\s/.test(after) ? gap : "";
  field.focus();
  field.setRangeText(lead + text + tail, start, end, "end");
  if (tail) field.setSelectionRange(field.selectionStart - tail.length, field.selectionStart - tail.length);
  if (own) ownWords.push(own);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  tell("put");
}

document.addEventListener("focusin", ({ target }) => {
  if (target.id === "text") target.dataset.used = "";
});

document.addEventListener("input", ({ target }) => {
  if (target.id === "text" && !target.value.trim()) ownWords = [];
});

// What was translated by a machine is sent with the operator's own words.
document.addEventListener("formdata", ({ target, formData }) => {
  const isAnswer = target.getAttribute("action")?.endsWith("/answer");
  if (isAnswer && ownWords.length) formData.set("own_words", ownWords.join("\n\n"));
});
