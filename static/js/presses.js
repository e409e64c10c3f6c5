/* A double click is one press, and what has just changed under the pointer is not pressed unseen. */

import { word } from "./words.js";

const DOUBLE_MS = 700;
const NEAR_PX = 12;
const CHANGED_MS = 500;

const last = { at: -DOUBLE_MS, x: 0, y: 0 };
const seen = { value: null, at: -CHANGED_MS };
let timer = 0;
let restsUntil = 0;

/** Start. A click on a press that is not meant reaches nobody; `notice(text)` says so where that may surprise. */
export function startPresses(notice) {
  seen.value = expected();
  document.addEventListener("live:swapped", noteChange);
  document.addEventListener("click", (event) => check(event, notice), { capture: true });
}

/** What Move on would end, as the page shows it. */
function expected() {
  const button = document.querySelector(".move-on");
  return button ? button.value : null;
}

function noteChange() {
  const value = expected();
  if (value === seen.value) return;
  seen.value = value;
  seen.at = performance.now();
  rest(CHANGED_MS);
}

function check(event, notice) {
  const button = event.target.closest("button[hx-post]");
  if (!button) return;
  const now = performance.now();
  if (button.matches("[data-repeat]")) return; // one more minute, and one more
  const isDouble = now - last.at < DOUBLE_MS && isNear(event);
  const isUnseen = button.matches(".move-on") && now - seen.at < CHANGED_MS;
  if (!isDouble && !isUnseen) {
    Object.assign(last, { at: now, x: event.clientX, y: event.clientY });
    rest(DOUBLE_MS);
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!isDouble) notice(word("justMoved"));
}

/** Where the last press was. A key has no place: its clicks are all near each other. */
function isNear(event) {
  return Math.abs(event.clientX - last.x) <= NEAR_PX && Math.abs(event.clientY - last.y) <= NEAR_PX;
}

/** Until a click counts again, the page says so to its styles. */
function rest(ms) {
  const left = Math.max(ms, restsUntil - performance.now());
  restsUntil = performance.now() + left;
  document.body.dataset.resting = "";
  clearTimeout(timer);
  timer = setTimeout(() => delete document.body.dataset.resting, left);
}
