// Tells when the page comes back: looked at again, thawed, on line again, or after a sleep that only the clock has noticed.

const ASLEEP_MS = 30000;
const TICK_MS = 5000;

// `wake(isAsleep)`: after a sleep every open connection may be dead without knowing it.
export function onWake(wake) {
  let hiddenAt = 0;
  let tickedAt = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hiddenAt = Date.now();
    else wake(Date.now() - hiddenAt > ASLEEP_MS);
    tickedAt = Date.now();
  });
  document.addEventListener("resume", () => wake(true));
  window.addEventListener("online", () => wake(true));
  window.addEventListener("pageshow", (event) => event.persisted && wake(true));
  // A browser slows the clock of a page that nobody looks at: that is no sleep.
  setInterval(() => {
    const passed = Date.now() - tickedAt;
    tickedAt = Date.now();
    if (!document.hidden && passed > ASLEEP_MS) wake(true);
  }, TICK_MS);
}
