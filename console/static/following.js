// Asks for changes again and again; says when the server does not answer. Without a session the page is loaded anew.

const TIMEOUT_MS = 35000;
const REST_MS = 3000;

let ending = null;
let isHidden = false;
let onShown = () => {};

export async function follow(address, apply) {
  const link = document.getElementById("link");
  for (;;) {
    if (isHidden) await new Promise((resolve) => (onShown = resolve));
    try {
      const changes = await ask(address());
      if (!changes) return location.reload();
      link.textContent = "";
      apply(changes);
    } catch {
      if (isHidden) continue;
      link.textContent = link.dataset.lost;
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
    }
  }
}

// Null where this page is not ours any more: logged out, or the conversation is gone.
async function ask(address) {
  ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(address, { signal: ending.signal, cache: "no-store", redirect: "manual" });
    if (response.type === "opaqueredirect" || response.status === 404) return null;
    if (!response.ok) throw new Error(String(response.status));
    return await response.json();
  } finally {
    clearTimeout(timer);
  }
}

// A browser keeps a page that was left, and its open request; six of them and no other page would load.
window.addEventListener("pagehide", () => {
  isHidden = true;
  if (ending) ending.abort();
});
window.addEventListener("pageshow", () => {
  isHidden = false;
  onShown();
});
