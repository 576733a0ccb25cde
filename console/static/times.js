// Shows the times of a part of the page by the operator's own clock, and how long a window is still open.

const two = (number) => String(number).padStart(2, "0");
const MINUTE_MS = 60_000;

export function localise(root) {
  const today = new Date().toDateString();
  for (const time of root.querySelectorAll("time[datetime]:not(.left)")) {
    const at = new Date(time.dateTime);
    const clock = `${two(at.getHours())}:${two(at.getMinutes())}`;
    const isToday = at.toDateString() === today;
    time.textContent = isToday ? clock : `${two(at.getDate())}.${two(at.getMonth() + 1)}. ${clock}`;
  }
}

// Hours and minutes, such as 3:07; when the time is over the whole sentence changes.
export function countDown(root) {
  for (const time of root.querySelectorAll("time.left")) {
    const minutes = Math.floor((new Date(time.dateTime) - Date.now()) / MINUTE_MS);
    const window = time.closest(".window");
    if (minutes >= 0) time.textContent = `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
    else if (window) window.textContent = window.dataset.closed;
  }
}

setInterval(() => countDown(document), MINUTE_MS / 4);
