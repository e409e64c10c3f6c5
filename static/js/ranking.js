/* Options put in order by Up and Down, instead of by the places that are typed where there is no script. */

import { say } from "./announcer.js";

const MOVED_MS = 150;
const shuffled = new Map(); // id of a list's first field -> names in the order in which this phone first shows them

let started = false;

/** Start, once: every list of places on the page, now and when one comes. */
export function startRanking() {
  if (started) return;
  started = true;
  document.addEventListener("click", pressed);
  ["answer:filled", "live:swapped"].forEach((name) => document.addEventListener(name, () => lay()));
  lay();
}

const rows = (list) => Array.from(list.children);
const fieldOf = (row) => row.querySelector("input");

/** Show each list in the order of its places; where none is given, in an order of this phone's own. */
function lay() {
  for (const list of document.querySelectorAll("ol.places")) {
    enhance(list);
    const first = shuffledNames(list);
    const isGiven = rows(list).some((row) => fieldOf(row).value !== "");
    const rank = (row) => Number(fieldOf(row).value || Infinity);
    const inOrder = rows(list).sort((a, b) => first.indexOf(fieldOf(a).name) - first.indexOf(fieldOf(b).name));
    inOrder.sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
    if (inOrder.some((row, place) => list.children[place] !== row)) list.append(...inOrder);
    number(list);
    // The order it starts in is sent if nobody changes it, but nobody has written it: it is not unsent work.
    if (!isGiven) rows(list).forEach((row) => (fieldOf(row).defaultValue = fieldOf(row).value));
  }
}

function enhance(list) {
  if (list.dataset.moves) return;
  list.dataset.moves = "";
  const whole = list.closest("fieldset");
  for (const element of whole.querySelectorAll(".by-button, .movers")) element.hidden = false;
  for (const element of whole.querySelectorAll(".by-number, .place input")) element.hidden = true;
}

function shuffledNames(list) {
  const key = list.querySelector("input[id]").id.slice(0, "answer-".length + 36);
  if (!shuffled.has(key)) {
    const drawn = rows(list).map((row) => [Math.random(), fieldOf(row).name]);
    shuffled.set(key, drawn.sort((a, b) => a[0] - b[0]).map(([, name]) => name));
  }
  return shuffled.get(key);
}

/** Write the places that the rows have now into their fields; beyond the last that counts they have none. */
function number(list) {
  const places = Number(list.dataset.places);
  rows(list).forEach((row, index) => {
    fieldOf(row).value = index < places ? String(index + 1) : "";
    row.toggleAttribute("data-beyond", index >= places);
    row.querySelector("[data-by='-1']").setAttribute("aria-disabled", String(index === 0));
    row.querySelector("[data-by='1']").setAttribute("aria-disabled", String(index === list.children.length - 1));
  });
}

function pressed(event) {
  const button = event.target.closest(".movers button");
  if (!button) return;
  const row = button.closest("li");
  const list = row.parentElement;
  const tops = new Map(rows(list).map((each) => [each, each.offsetTop]));
  // The neighbour goes round the row, so that the row keeps the focus.
  if (button.dataset.by === "-1" && row.previousElementSibling) row.after(row.previousElementSibling);
  if (button.dataset.by === "1" && row.nextElementSibling) row.before(row.nextElementSibling);
  number(list);
  tops.forEach((top, each) => slide(each, top - each.offsetTop));
  row.scrollIntoView({ block: "nearest" });
  say(sentence(list, row));
  fieldOf(row).dispatchEvent(new Event("input", { bubbles: true }));
}

function slide(row, by) {
  if (!by || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  row.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], MOVED_MS);
}

function sentence(list, row) {
  const told = { option: row.querySelector("label").textContent, place: rows(list).indexOf(row) + 1, n: rows(list).length };
  return list.dataset.moved.replace(/\{(option|place|n)\}/g, (_, name) => String(told[name]));
}
