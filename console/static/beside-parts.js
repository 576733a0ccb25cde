// The parts of the panel: one button each; one part is open at a time, so that the answer stays in sight.

const buttons = () => [...document.querySelectorAll('.tools [aria-controls^="beside-"]')];

// Opens a part and closes the others; null closes all.
export function openPart(id) {
  for (const button of buttons()) {
    const isOpen = button.getAttribute("aria-controls") === id;
    button.setAttribute("aria-expanded", String(isOpen));
    document.getElementById(button.getAttribute("aria-controls")).hidden = !isOpen;
  }
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest('.tools [aria-controls^="beside-"]');
  if (button) openPart(button.getAttribute("aria-expanded") === "true" ? null : button.getAttribute("aria-controls"));
});
