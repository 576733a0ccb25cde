// Lets colleagues on the same page see that one is writing; told at most every few seconds.

const PAUSE_MS = 3000;
let toldAt = 0;

export function tellTyping(own) {
  if (Date.now() - toldAt < PAUSE_MS) return;
  toldAt = Date.now();
  const token = document.querySelector("#forms input[name=form_token]");
  const body = new URLSearchParams({ form_token: token ? token.value : "", doing: "typing" });
  fetch(`${own}/typing`, { method: "POST", body, redirect: "manual" }).catch(() => {});
}
