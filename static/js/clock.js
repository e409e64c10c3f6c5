/* Shows times that count by themselves, on the server's clock rather than this machine's. */

import { word } from "./words.js";

// The server's clock minus performance.now() lies between these two, in milliseconds.
let lowest = -Infinity;
let highest = Infinity;
const formats = new Map();

const MINUTES_MS = 120000; // with more left, seconds only distract
const OVER_MS = -1000;

/** A time the server wrote before `receivedAt`: its clock is at least that far on. */
export function noteServerTime(serverMs, receivedAt = performance.now()) {
  if (Number.isFinite(serverMs)) narrow(serverMs - receivedAt, Infinity);
}

/** A time the server wrote between `sentAt` and `receivedAt`; the shortest round trips narrow it most. */
export function noteRoundTrip(serverMs, sentAt, receivedAt) {
  if (Number.isFinite(serverMs)) narrow(serverMs - receivedAt, serverMs - sentAt);
}

function narrow(low, high) {
  const nextLow = Math.max(lowest, low);
  const nextHigh = Math.min(highest, high);
  // A sleeping phone or a set clock contradicts what we knew: begin again with the newest word.
  const agrees = nextLow <= nextHigh;
  lowest = agrees ? nextLow : low;
  highest = agrees ? nextHigh : high;
}

/** The server's time in milliseconds, as well as we know it. */
export function serverNow() {
  if (lowest === -Infinity) return Date.now();
  const offset = highest === Infinity ? lowest : (lowest + highest) / 2;
  return performance.now() + offset;
}

/** Time left in words: "12 min", "1:45", and past zero "0:00" or, for desk and speaker, "+2:10". */
export function timeLeft(leftMs, countsUp) {
  if (leftMs > MINUTES_MS) return word("minutes", Math.round(leftMs / 60000));
  if (leftMs <= OVER_MS && countsUp) return "+" + minutesAndSeconds(Math.floor(-leftMs / 1000));
  return minutesAndSeconds(Math.max(0, Math.ceil(leftMs / 1000)));
}

/** The time people have for a question, in whole minutes: it is advice, and its seconds would only press. */
export function advice(leftMs, isTalk) {
  const minutes = Math.ceil(leftMs / 60000);
  if (minutes > 0) return minutes === 1 ? word("minuteLeft") : word("minutesLeft", minutes);
  return word(isTalk ? "talkOver" : "timeUp");
}

function minutesAndSeconds(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function timeOfDay(ms, zone) {
  if (!formats.has(zone)) formats.set(zone, formatFor(zone));
  return formats.get(zone).format(ms);
}

function formatFor(zone) {
  const shape = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  try {
    return new Intl.DateTimeFormat("en-GB", { ...shape, timeZone: zone || undefined });
  } catch {
    return new Intl.DateTimeFormat("en-GB", shape);
  }
}

function textFor(element, now) {
  const { clock, endsMs, leftMs, shiftMs } = element.dataset;
  if (clock === "now") {
    const holder = element.closest("[data-zone]");
    return timeOfDay(now + (Number(shiftMs) || 0), holder ? holder.dataset.zone : "");
  }
  if (!Number(endsMs) && !leftMs) return element.textContent;
  const left = leftMs ? Number(leftMs) : Number(endsMs) - now; // a clock on hold stands
  if (clock === "advice" || clock === "talk") return advice(left, clock === "talk");
  if (clock === "until") return left > 0 ? word("inMinutes", Math.ceil(left / 60000)) : "";
  // For the style: which of the three ways to say it this is.
  element.toggleAttribute("data-minutes", left > MINUTES_MS);
  element.toggleAttribute("data-over", left <= OVER_MS);
  return timeLeft(left, clock === "desk" || clock === "speaker");
}

function paint(root) {
  const now = serverNow();
  for (const element of root.querySelectorAll("[data-clock]")) {
    const text = textFor(element, now);
    if (element.textContent !== text) element.textContent = text;
  }
}

function tick() {
  paint(document);
  setTimeout(tick, 1010 - (serverNow() % 1000));
}

/** Begin to count. The page's own time is a first, rough answer; the first pong is a good one. */
export function startClock() {
  const [arrival] = performance.getEntriesByType("navigation");
  noteServerTime(Number(document.body.dataset.serverMs), arrival ? arrival.responseStart : performance.now());
  document.addEventListener("live:swapped", (event) => paint(event.detail.element));
  tick();
}
