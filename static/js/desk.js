/* The facilitator's desk: the newest state, who is here and writing, shortcuts, and presses that did not arrive. */

import { startAlarm } from "./alarm.js";
import { say } from "./announcer.js";
import { startClock } from "./clock.js";
import { newKey } from "./drafts.js";
import { startLive } from "./live.js";
import { startOurs } from "./ours.js";
import { startPresses } from "./presses.js";
import { startQuick } from "./quick.js";
import { startRoomSafe } from "./room-safe.js";
import { startShortcuts } from "./shortcuts.js";
import { startTimeCards } from "./timecard.js";
import { word } from "./words.js";

const FEW = 3; // below three, a number would point at somebody
const LOST_MS = 10000;
const room = { here: null, writing: null, screens: null, losing: 0 };

function hearTick(frame) {
  if (Number.isFinite(frame.here)) room.here = frame.here;
  if (Number.isFinite(frame.writing)) room.writing = frame.writing;
  if (Number.isFinite(frame.screens)) hearScreens(frame.screens);
  showRoom(document);
}

/** A screen that was there and stays away is said; a reload of it is not. */
function hearScreens(screens) {
  if (room.screens > 0 && screens === 0) room.losing = setTimeout(() => say(word("screensNone")), LOST_MS);
  if (screens > 0) clearTimeout(room.losing);
  room.screens = screens;
}

function screensWords(screens) {
  if (screens <= 0) return word("screensNone");
  return screens === 1 ? word("screensOne") : word("screensMany", screens);
}

function showRoom(root) {
  if (room.here !== null) write(root, "[data-here]", String(room.here + withoutPhone()));
  if (room.screens !== null) showScreens(root);
  if (room.writing !== null) write(root, "[data-writing]", writingWords(room.writing));
}

/** No phone tells of them: the desk has said that they are here. */
function withoutPhone() {
  const told = document.querySelector("[data-without-phone]");
  return told ? Number(told.dataset.withoutPhone) : 0;
}

function showScreens(root) {
  write(root, "[data-screens]", screensWords(room.screens));
  for (const element of root.querySelectorAll("[data-screens]")) element.dataset.screens = String(room.screens);
}

function writingWords(writing) {
  if (writing <= 0) return "";
  return writing < FEW ? word("writingSome") : word("writingMany", writing);
}

function write(root, selector, text) {
  for (const element of root.querySelectorAll(selector)) {
    if (element.textContent !== text) element.textContent = text;
  }
}

function notice(text) {
  const line = document.getElementById("notice");
  if (!line || line.textContent === text) return;
  line.textContent = text;
  if (!line.matches("[role='status'], [role='alert'], [aria-live]")) say(text);
}

/** What the server says happened, if it says so in a sentence; ours if not. Somebody else's page says nothing. */
function refusal(xhr) {
  if (xhr.status < 400 || xhr.status > 501) return word("unreached");
  try {
    return JSON.parse(xhr.responseText).message || word("undone");
  } catch {
    return word("undone");
  }
}

/** What was opened to make a press has done its work; left open it would hold its region back. */
function putAway(pressed) {
  const opened = pressed.closest("details[open]:not([data-stays])");
  if (!opened) return;
  const hadFocus = opened.contains(document.activeElement);
  opened.open = false;
  if (hadFocus) opened.querySelector("summary").focus();
}

document.addEventListener("live:swapped", (event) => {
  const { element } = event.detail;
  if (window.htmx) window.htmx.process(element);
  showRoom(document);
});
startOurs();
startClock();
startAlarm();
startPresses(notice);
startShortcuts();
startRoomSafe();
startTimeCards();
startQuick();
for (const link of document.querySelectorAll("[data-small-window]")) {
  link.addEventListener("click", (event) => {
    if (window.open(link.href, link.target, "popup,width=440,height=430")) event.preventDefault();
  });
}
const live = startLive({ onTick: hearTick });

["htmx:sendError", "htmx:timeout"].forEach((name) => {
  document.addEventListener(name, () => notice(word("unreached")));
});
document.addEventListener("htmx:responseError", (event) => notice(refusal(event.detail.xhr)));
// Each press has a number of its own, made before its first try, so that a repeat of it is harmless.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.parameters.press = newKey();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  const isRefused = event.detail.xhr.responseText.includes("notice-refused");
  if (!isRefused || !event.detail.elt.matches(".quick form")) {
    if (event.detail.elt.matches("form")) event.detail.elt.reset(); // a question that was not asked stays as typed
    putAway(event.detail.elt);
  }
  live.refresh(); // the press is already true; without a socket its result would come a poll later
});
