// A sound and a notice of the browser for each new message of a migrant; both are off until they are asked for.

const at = (id) => document.getElementById(id);
const isOn = (name) => localStorage.getItem(`safar.${name}`) === "on";
const keep = (name, on) => localStorage.setItem(`safar.${name}`, on ? "on" : "off");
const NOTE_HERTZ = 660;
const NOTE_SECONDS = 0.18;

export function isWarning() {
  return isOn("sound") || isOn("notify");
}

export function warn() {
  if (isOn("sound")) sound();
  if (isOn("notify") && document.hidden && Notification.permission === "granted") notice();
}

function sound() {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = NOTE_HERTZ;
  volume.gain.setValueAtTime(0.15, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, context.currentTime + NOTE_SECONDS);
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + NOTE_SECONDS);
  tone.onended = () => context.close();
}

// Not a word of the person: a notice stands on screens that others see.
function notice() {
  const { title, new: text, here } = at("desk").dataset;
  const shown = new Notification(title, { body: text, tag: here });
  shown.onclick = () => (window.focus(), shown.close());
}

async function askForNotices({ target }) {
  const isAllowed = target.checked && (await Notification.requestPermission()) === "granted";
  at("notify-denied").hidden = !target.checked || isAllowed;
  target.checked = isAllowed;
  keep("notify", isAllowed);
}

for (const name of ["sound", "notify"]) at(name).checked = isOn(name);
at("sound").addEventListener("change", ({ target }) => {
  keep("sound", target.checked);
  if (target.checked) sound();
});
at("notify").addEventListener("change", askForNotices);
