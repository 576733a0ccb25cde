// Text with clickable addresses, built of text nodes: nothing in a message can become markup.

const ADDRESS = /https?:\/\/[^\s<>"«»“”]+/gi;
const TRAILING = /[.,;:!?…'’]+$/;
const SHOWN_CHARS = 42;

export function appendText(element, text, hint) {
  let end = 0;
  for (const found of text.matchAll(ADDRESS)) {
    const address = trimmed(found[0]);
    const link = linkTo(address, hint);
    if (!link) continue;
    element.append(text.slice(end, found.index), link);
    end = found.index + address.length;
  }
  element.append(text.slice(end));
}

// Without the punctuation behind it, and without a closing bracket that was opened before the address.
function trimmed(address) {
  let text = address.replace(TRAILING, "");
  while (text.endsWith(")") && text.split(")").length > text.split("(").length) {
    text = text.slice(0, -1).replace(TRAILING, "");
  }
  return text;
}

function linkTo(address, hint) {
  let url;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  const link = document.createElement("a");
  link.href = url.href;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.referrerPolicy = "no-referrer";
  link.title = hint ? `${address} (${hint})` : address;
  link.textContent = shown(address);
  return link;
}

function shown(address) {
  const bare = address.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
  return bare.length > SHOWN_CHARS ? `${bare.slice(0, SHOWN_CHARS - 1)}…` : bare;
}
