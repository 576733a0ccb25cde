// Pictures and documents of a message: fetched with the conversation's token, shown and saved from memory.

import { buttonOf } from "./messages.js";

// `load(address)` gives a blob; `speak` gives texts by key.
export function createFiles({ load, speak }) {
  const kept = new Set();

  function build({ name, media_type: type, address }) {
    const place = document.createElement("div");
    place.className = "file";
    if (!address) say(place, "file_gone");
    else if (type.startsWith("image/")) showPicture(place, address);
    else place.append(saveButton(place, address, name));
    return place;
  }

  // The text says all that the picture shows; where it cannot be fetched it is offered again.
  async function showPicture(place, address) {
    place.replaceChildren();
    await fetchInto(place, address, (blob) => place.replaceChildren(pictureOf(blob)));
    if (place.querySelector("img, .gone")) return;
    place.prepend(worded(buttonOf("", () => showPicture(place, address)), "show"));
  }

  function pictureOf(blob) {
    const picture = document.createElement("img");
    picture.className = "picture";
    picture.dataset.alt = "picture";
    picture.alt = speak("picture");
    picture.src = addressOf(blob);
    return picture;
  }

  function saveButton(place, address, name) {
    const button = buttonOf("", () => fetchInto(place, address, (blob) => save(blob, name)));
    const words = document.createElement("span");
    words.append(worded(document.createElement("span"), "save"), `: ${name}`);
    button.append(words);
    return button;
  }

  function save(blob, name) {
    const link = document.createElement("a");
    link.href = addressOf(blob);
    link.download = name;
    link.click();
  }

  async function fetchInto(place, address, use) {
    try {
      use(await load(address));
      place.querySelector(".state")?.remove();
    } catch (error) {
      if (error.status === 404) place.replaceChildren();
      say(place, error.status === 404 ? "file_gone" : "file_failed");
    }
  }

  function say(place, key) {
    const state = place.querySelector(".state") || document.createElement("p");
    state.className = key === "file_gone" ? "state gone" : "state";
    place.append(worded(state, key));
  }

  // The words follow when the page changes its language.
  function worded(element, key) {
    element.dataset.text = key;
    element.textContent = speak(key);
    return element;
  }

  function addressOf(blob) {
    const address = URL.createObjectURL(blob);
    kept.add(address);
    return address;
  }

  // What is no longer on the page leaves the browser's memory too.
  function forget() {
    for (const address of kept) URL.revokeObjectURL(address);
    kept.clear();
  }

  return { build, forget };
}
