/* Stamps, and reading the state once by GET. */

import { ask } from "./ask.js";

const LIMIT_MS = 8000;

/** "E.R.A" as three numbers; anything unreadable is older than everything. */
export function parseStamp(text) {
  const parts = (text || "").split(".").map(Number);
  return [0, 1, 2].map((index) => parts[index] || 0);
}

/** The stamp of a snapshot or a tick. */
export function stampOf(frame) {
  return [frame.epoch, frame.rev, frame.at].map((part) => Number(part) || 0);
}

/** Whether stamp `a` is higher than stamp `b`, compared as tuples. */
export function isNewer(a, b) {
  for (let index = 0; index < 3; index += 1) {
    if (a[index] !== b[index]) return a[index] > b[index];
  }
  return false;
}

/**
 * Read what is newer than `have`. Gives {kind}: "new" (with `snapshot`), "same", "stale" (this page may not read
 * on) or "away" (nobody of ours answered; with `portal` and `retryMs`).
 */
export async function readState(url, have, isWriting, signal) {
  const joint = url.includes("?") ? "&" : "?";
  const query = `${joint}have=${have.join(".")}&w=${isWriting ? 1 : 0}`;
  // A portal answers with its own page or sends us to it: following would only end in a CORS error.
  const answer = await ask(url + query, { limitMs: LIMIT_MS, signal, redirect: "manual" });
  if (answer.ours && answer.status === 204) return { kind: "same" };
  if (answer.ours && [401, 403, 404].includes(answer.status)) return { kind: "stale" };
  if (answer.ours && answer.status === 200 && answer.body) {
    return answer.body.v === 1 ? { kind: "new", snapshot: answer.body } : { kind: "stale" };
  }
  const portal = !answer.ours && (answer.redirected || answer.status === 200 || answer.status === 511);
  return { kind: "away", portal, retryMs: answer.retryMs };
}
