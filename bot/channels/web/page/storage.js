// What the browser keeps: the token, and what is not sent yet. Where it keeps nothing (a frame that may not), memory does.

export const lasting = open(() => window.localStorage);
export const passing = open(() => window.sessionStorage);

function open(find) {
  const memory = new Map();
  const held = attempt(find);
  return {
    get: (key) => attempt(() => held.getItem(key)) ?? memory.get(key) ?? null,
    set(key, value) {
      if (attempt(() => (held.setItem(key, value), true))) memory.delete(key);
      else memory.set(key, value);
    },
    remove(key) {
      memory.delete(key);
      attempt(() => held.removeItem(key));
    },
  };
}

function attempt(act) {
  try {
    return act();
  } catch {
    return null;
  }
}
