// Loads earlier messages when one has scrolled up to the first, or has asked for them.

import { localise } from "./times.js";

export function loadOlder(log, own) {
  const link = document.getElementById("older");
  if (!link) return;
  let isLoading = false;

  async function load() {
    const first = log.querySelector(".message");
    if (isLoading || !first) return;
    isLoading = true;
    try {
      const response = await fetch(`${own}/older?before=${first.id.slice("message-".length)}`, { cache: "no-store" });
      if (response.ok) insert(first, await response.json());
    } finally {
      isLoading = false;
    }
  }

  function insert(first, { messages, has_older }) {
    const height = log.scrollHeight;
    first.insertAdjacentHTML("beforebegin", messages);
    localise(log);
    log.scrollTop += log.scrollHeight - height;
    if (!has_older) link.parentElement.remove();
  }

  link.addEventListener("click", (event) => {
    event.preventDefault();
    load();
  });
  new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && load(), { root: log }).observe(link);
}
