/* One request with a time limit on the whole of it, body included. */

const LONGEST_WAIT_MS = 120000;

/**
 * Fetch `url` and read its body. Never throws: no network, a time-out or an abort is status 0.
 * Gives {status, ours, redirected, retryMs, body}; `ours` is false for anything a captive portal may have sent,
 * `body` is the parsed JSON or null, `retryMs` the server's Retry-After in milliseconds (0 if none).
 */
export async function ask(url, { limitMs = 10000, signal = null, ...init } = {}) {
  const stopper = new AbortController();
  const stop = () => stopper.abort();
  const timer = setTimeout(stop, limitMs);
  if (signal) signal.addEventListener("abort", stop);
  try {
    const here = { credentials: "same-origin", cache: "no-store" };
    const response = await fetch(url, { ...here, ...init, signal: stopper.signal });
    const ours = response.headers.get("X-Live") === "1";
    const body = ours || response.ok ? parse(await response.text()) : null;
    const redirected = response.type === "opaqueredirect";
    return { status: response.status, ours, redirected, retryMs: retryAfter(response), body };
  } catch {
    return { status: 0, ours: false, redirected: false, retryMs: 0, body: null };
  } finally {
    clearTimeout(timer);
    if (signal) signal.removeEventListener("abort", stop);
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function retryAfter(response) {
  const header = response.headers.get("Retry-After");
  if (!header) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Math.min(Math.max(ms || 0, 0), LONGEST_WAIT_MS);
}
