// A clock: the neutral page that stands where the chat was. Its address says nothing either.

const icon = document.querySelector("link[rel=icon]");
icon.href = String(icon.href);
history.replaceState(null, "", "/");

function tick() {
  const now = new Date();
  const clock = now.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  document.title = clock;
  document.documentElement.lang = navigator.language;
  document.getElementById("clock").textContent = clock;
  document.getElementById("day").textContent = now.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long" });
  setTimeout(tick, 1000 * (60 - now.getSeconds()));
}

tick();
