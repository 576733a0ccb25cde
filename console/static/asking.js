// Asks the server for parts of the panel. Null where nothing came: logged out, gone, or no connection.

export const own = location.pathname.split("/").slice(0, 3).join("/");

export async function part(path) {
  const response = await ask(path, {});
  return response && response.ok ? response.text() : null;
}

export async function values(path) {
  const response = await ask(path, {});
  return response && response.ok ? response.json() : null;
}

// A form of this page; gives status and values.
export async function send(path, fields) {
  const token = document.querySelector('input[name="form_token"]').value;
  const response = await ask(path, { method: "POST", body: new URLSearchParams({ form_token: token, ...fields }) });
  if (!response || response.type === "opaqueredirect") return { status: 0, found: {} };
  const isJson = response.headers.get("content-type")?.includes("json");
  return { status: response.status, found: isJson ? await response.json() : {} };
}

async function ask(path, options) {
  try {
    return await fetch(path, { cache: "no-store", redirect: "manual", ...options });
  } catch {
    return null;
  }
}
