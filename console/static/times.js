// Shows the times of a part of the page by the operator's own clock.

export function localise(root) {
  const today = new Date().toDateString();
  const two = (number) => String(number).padStart(2, "0");
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    const clock = `${two(at.getHours())}:${two(at.getMinutes())}`;
    const isToday = at.toDateString() === today;
    time.textContent = isToday ? clock : `${two(at.getDate())}.${two(at.getMonth() + 1)}. ${clock}`;
  }
}
