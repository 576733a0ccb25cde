// One call of the gateway's API; every failure becomes an ApiError.

const TIMEOUT_MS = 35000;
const REFUSALS = [400, 409, 413, 422];

export class ApiError extends Error {
  constructor(status, code, message, retryAfterSeconds) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  // Nobody has this token any more.
  get isLost() {
    return this.status === 401;
  }

  // The same again would be refused again.
  get isRefused() {
    return REFUSALS.includes(this.status);
  }
}

// `signal` ends the call early. Status 0 stands for "no answer came".
export function call(method, path, options) {
  return exchange(method, path, options, (response) => response.json().catch(() => null));
}

// A picture or document, as a blob.
export function fetchFile(path, token) {
  return exchange("GET", path, { token }, (response) => (response.ok ? response.blob() : null));
}

async function exchange(method, path, { token, body, signal, keepalive } = {}, read) {
  const ending = new AbortController();
  const timer = setTimeout(() => ending.abort(), TIMEOUT_MS);
  if (signal) signal.addEventListener("abort", () => ending.abort());
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  try {
    const response = await fetch(path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      signal: ending.signal,
      keepalive: Boolean(keepalive),
      cache: "no-store",
      credentials: "omit",
    });
    const values = await read(response);
    if (response.ok && values) return values;
    throw errorOf(response, values);
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError(0, "no_answer", "");
  } finally {
    clearTimeout(timer);
  }
}

function errorOf(response, values) {
  const { code = "", message = "" } = (values && values.error) || {};
  const status = response.ok ? 0 : response.status;
  return new ApiError(status, code, message, Number(response.headers.get("Retry-After")) || 0);
}
