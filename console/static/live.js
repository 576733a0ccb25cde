// Server-sent events of a page. Where they cannot be had, or nothing comes through, `instead` is called, once.

const HELLO_MS = 8000;

// `address()` is asked at each new beginning; a page out of sight listens only while `isWanted()` says so.
export function listen(address, apply, instead, isWanted) {
  const link = document.getElementById("link");
  let source = null;
  let timer = 0;
  let isOver = false;

  function begin() {
    if (source || isOver) return;
    source = new EventSource(address());
    timer = setTimeout(giveUp, HELLO_MS);
    source.addEventListener("hello", () => {
      clearTimeout(timer);
      link.textContent = "";
    });
    source.addEventListener("gone", () => location.reload());
    source.addEventListener("message", ({ data }) => apply(JSON.parse(data)));
    source.addEventListener("error", () => {
      link.textContent = link.dataset.lost;
      if (source && source.readyState === EventSource.CLOSED) giveUp();
    });
  }

  function end() {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
  }

  function giveUp() {
    if (!navigator.onLine) return;
    end();
    isOver = true;
    instead();
  }

  // Six open lines to one server and no other page would load: a page that nobody sees gives its own back.
  document.addEventListener("visibilitychange", () => (document.hidden && !isWanted() ? end() : begin()));
  window.addEventListener("pagehide", end);
  window.addEventListener("pageshow", begin);
  begin();
}
