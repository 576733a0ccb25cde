// The conversation's events over one open answer; by fetch, because EventSource cannot send a token in a header.

import { ApiError, errorOf } from "./api.js";

const FIRST_MS = 8000;
// Twice the gateway's heartbeat and a little more.
const SILENT_MS = 40000;

// Calls `onEvent(news)` for each; returns when the gateway ends the stream. Throws an ApiError, also where nothing comes:
// then somebody on the way holds events back, or the connection is dead.
export async function readEvents(path, { token, signal, onEvent }) {
  const ending = new AbortController();
  const end = () => ending.abort();
  signal.addEventListener("abort", end);
  let timer = setTimeout(end, FIRST_MS);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(end, SILENT_MS);
  };
  try {
    const headers = { Authorization: `Bearer ${token}`, Accept: "text/event-stream" };
    const response = await fetch(path, { headers, signal: ending.signal, cache: "no-store", credentials: "omit" });
    if (!response.ok) throw errorOf(response, await response.json().catch(() => null));
    await readBlocks(response.body.pipeThrough(new TextDecoderStream()).getReader(), alive, onEvent);
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError(0, "no_answer", "");
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", end);
    end();
  }
}

async function readBlocks(reader, alive, onEvent) {
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    alive();
    const blocks = (text + value).split("\n\n");
    text = blocks.pop();
    for (const block of blocks) {
      const data = block.split("\n").find((line) => line.startsWith("data: "));
      if (data) onEvent(JSON.parse(data.slice(6)));
    }
  }
}
