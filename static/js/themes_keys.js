/* The list of answers by keyboard: one of them is in hand, and single keys say what becomes of it. */

const rows = () => Array.from(document.querySelectorAll(".theme-answer"));
const STEPS = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
const FIELDS = { n: "themes-name", t: "themes-into", "/": "themes-words" };
const OFF = "shortcuts"; // as shortcuts.js keeps it

const hand = { row: null, taken: false, byPointer: false };

/** The answer where the Tab key stops, if there is one. */
export function current() {
  return hand.row && hand.row.isConnected ? hand.row : null;
}

/** The same if somebody who works by keyboard has gone to it: what a key is pressed for. */
export function inHand() {
  return hand.taken && !hand.byPointer ? current() : null;
}

/** Let the Tab key stop at this one, or at the first, and at nothing in the others. */
export function setCurrent(row) {
  hand.row = row || rows()[0] || null;
  for (const each of rows()) {
    const place = each === hand.row ? 0 : -1;
    each.tabIndex = place;
    each.querySelectorAll("a, input").forEach((part) => (part.tabIndex = place));
    each.classList.toggle("in-hand", hand.taken && each === hand.row);
  }
}

export function startThemesKeys() {
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest(".theme-answer");
    if (!row) return;
    hand.taken = true;
    setCurrent(row);
  });
  document.addEventListener("pointerdown", () => (hand.byPointer = true), true);
  document.addEventListener("keydown", () => (hand.byPointer = false), true);
  document.addEventListener("keydown", pressed);
}

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  const row = event.target.closest(".theme-answer");
  const field = event.target.closest("input[type='text'], select, textarea");
  if (field && event.key === "Escape" && current()) current().focus();
  else if (field || !(row ? moves(event, row) : goes(event.key))) return;
  event.preventDefault();
}

function isOff() {
  try {
    return localStorage.getItem(OFF) === "off";
  } catch {
    return false;
  }
}

/** Keys on the answer in hand, then those that lead elsewhere. */
function moves(event, row) {
  const all = rows();
  const { key, target } = event;
  const isLetter = key.length === 1 && key !== " ";
  let to = null;
  if (key in STEPS && !(isLetter && isOff())) to = all[all.indexOf(row) + STEPS[key]] || row;
  else if (key === "Home") to = all[0];
  else if (key === "End") to = all[all.length - 1];
  else if (key === " " && target === row) row.querySelector("input").click();
  else return goes(key);
  if (to) to.focus();
  return true;
}

/** Keys that lead to a field, or to the list. */
function goes(key) {
  if (isOff()) return false;
  const field = key === "l" ? current() : document.getElementById(FIELDS[key] || "");
  if (field) field.focus();
  return Boolean(field);
}
