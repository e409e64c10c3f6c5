/* Holds a page to the newest state there is. A face module starts it; docs/live.md tells the protocol. */

import { say } from "./announcer.js";
import { noteRoundTrip, noteServerTime } from "./clock.js";
import { Connection } from "./connection.js";
import { applyRegions, watchRegions } from "./regions.js";
import { isNewer, parseStamp, stampOf } from "./state.js";
import { word } from "./words.js";

const TELL_AFTER_MS = 10000;
const TICK_SPREAD_MS = 1000;
const RELOAD_APART_MS = 600000;

/**
 * Start. `hooks`, all optional: isWriting() -> bool, onTick(frame), onReached() each time the server is
 * reached again, onEpoch() after a restore. Gives {refresh()}, which reads the state at once.
 */
export function startLive(hooks = {}) {
  const { dataset } = document.body;
  const page = { stamp: parseStamp(dataset.stamp), hooks, link: "", name: "", told: "live", connection: null };
  watchRegions();
  page.connection = new Connection({
    stateUrl: dataset.stateUrl,
    socketUrl: location.origin.replace(/^http/, "ws") + dataset.socketPath,
    pollMs: pollMs(dataset.pollMs),
    pausesHidden: ["phone", "speaker"].includes(dataset.audience),
    have: () => page.stamp,
    isWriting: hooks.isWriting || (() => false),
    onFrame: (frame) => hear(page, frame),
    onSnapshot: (snapshot) => apply(page, snapshot),
    onPong: noteRoundTrip,
    onReached: hooks.onReached || (() => {}),
    onStatus: (link, portal) => showLink(page, link, portal),
    onStale: showStale,
    onSeatLost: () => reloadOnce(page),
  });
  page.connection.start();
  return { refresh: () => page.connection.refresh() };
}

function pollMs(value) {
  return Math.min(Math.max(Number(value) || 5000, 1000), 60000);
}

function hear(page, frame) {
  if (frame.t === "state") apply(page, frame);
  if (frame.t === "tick") hearTick(page, frame);
}

function hearTick(page, frame) {
  noteServerTime(Number(frame.server_ms));
  if (page.hooks.onTick) page.hooks.onTick(frame);
  const stamp = stampOf(frame);
  if (!isNewer(stamp, page.stamp)) return;
  // A whole hall hears the same tick in the same instant.
  setTimeout(() => {
    if (isNewer(stamp, page.stamp)) page.connection.refresh();
  }, Math.random() * TICK_SPREAD_MS);
}

function apply(page, snapshot) {
  if (snapshot.v !== 1) {
    page.connection.stop();
    return;
  }
  noteServerTime(Number(snapshot.server_ms));
  page.connection.pollMs = pollMs(snapshot.poll_ms);
  const stamp = stampOf(snapshot);
  if (!isNewer(stamp, page.stamp)) return;
  const restored = stamp[0] !== page.stamp[0];
  page.stamp = stamp;
  document.body.dataset.stamp = stamp.join(".");
  applyRegions(snapshot.regions || {});
  if (restored && page.hooks.onEpoch) page.hooks.onEpoch();
}

function showLink(page, link, portal) {
  const name = portal && document.body.dataset.audience === "desk" ? "portal" : link;
  const words = document.getElementById("link-words");
  if (words && words.textContent !== word(name)) words.textContent = word(name);
  if (page.link === link && page.name === name) return;
  Object.assign(page, { link, name });
  document.body.dataset.link = link;
  clearTimeout(page.telling);
  page.telling = setTimeout(() => tell(page, name), TELL_AFTER_MS);
}

function tell(page, name) {
  if (page.told !== name) say(word(name));
  page.told = name;
}

function showStale() {
  document.body.dataset.link = "lost";
  const words = document.getElementById("link-words");
  if (words) {
    const link = document.createElement("a");
    link.href = location.pathname + location.search;
    link.textContent = word("stale");
    words.textContent = "";
    words.appendChild(link);
  }
  say(word("stale"));
}

/** The seat is not valid any more: a fresh page may bring a new one, but only once, never in a circle. */
function reloadOnce(page) {
  const key = "reloaded:" + location.pathname;
  let last = Infinity;
  try {
    last = Number(sessionStorage.getItem(key)) || 0;
    sessionStorage.setItem(key, String(Date.now()));
  } catch {
    last = Infinity;
  }
  if (Date.now() - last > RELOAD_APART_MS) location.reload();
  else page.connection.stop();
}
