/* What was read beside the day it makes: one line is in hand, and its item is shown with it, and the other way round. */

import { say } from "./announcer.js";
import { startOurs } from "./ours.js";
import { startFragments } from "./plan_fragments.js";

const STEPS = { ArrowDown: 1, ArrowUp: -1 };
const form = document.getElementById("reading");
const rows = () => Array.from(form.querySelectorAll(".read-row"));
const hand = { id: "", item: "", focused: "", open: [] };

const numberOf = (row) => row.firstElementChild.dataset.number;

/** The Tab key stops at the line in hand and at the buttons that only this one shows. What is in a line stays as it
 * came, or it would be taken for another than the one that comes with the next press. */
function setCurrent(row) {
  for (const each of rows()) {
    const isCurrent = each === row;
    each.tabIndex = isCurrent ? 0 : -1;
    each.classList.toggle("in-hand", isCurrent && hand.id === each.id);
  }
}

/** Mark what belongs together: `lines` by their numbers, and one item. */
function link(lines, item) {
  for (const row of rows()) row.classList.toggle("linked", lines.includes(numberOf(row)));
  for (const each of form.querySelectorAll(".made-item")) each.classList.toggle("linked", each === item);
}

const linesOf = (element) => (element.dataset.lines || "").split(" ").filter(Boolean);
const nearest = (element) => element?.scrollIntoView({ block: "nearest" });

function takeLine(row) {
  hand.id = row.id;
  hand.item = "";
  setCurrent(row);
  const place = row.firstElementChild.dataset.item;
  const item = place === undefined ? null : document.getElementById(`item-${place}`);
  link(item ? linesOf(item) : [], item);
  if (item) nearest(item);
}

function takeItem(item) {
  hand.item = item.id;
  const lines = linesOf(item);
  link(lines, item);
  nearest(document.getElementById(`line-${lines[0]}`));
}

function take(target) {
  const row = target.closest(".read-row");
  const item = target.closest(".made-item");
  const ask = target.closest(".reading-ask");
  if (row) takeLine(row);
  else if (item) takeItem(item);
  else if (ask && linesOf(ask).length) {
    link(linesOf(ask), null);
    nearest(document.getElementById(`line-${linesOf(ask)[0]}`));
  }
}

function pressed(event) {
  const row = event.target.closest(".read-row");
  if (!row || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const all = rows();
  if (event.key in STEPS) (all[all.indexOf(row) + STEPS[event.key]] || row).focus();
  else if (event.key === "Home") all[0].focus();
  else if (event.key === "End") all[all.length - 1].focus();
  else {
    const button = row.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button || event.repeat) return;
    button.click();
  }
  event.preventDefault();
}

/** What was pressed and what is unfolded may be about to be replaced by parts of the same names. */
function remember() {
  hand.focused = document.activeElement?.id || "";
  hand.open = Array.from(form.querySelectorAll("details[open]"), (each) => each.id);
}

/** After a press the lines may be new ones: the same is in hand as before, and the focus is where it was. */
function settle() {
  for (const id of hand.open) document.getElementById(id)?.setAttribute("open", "");
  const focused = document.getElementById(hand.focused);
  if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
  const row = document.getElementById(hand.id);
  setCurrent(row || rows()[0]);
  const item = hand.item && document.getElementById(hand.item);
  if (item) takeItem(item);
  else if (row) takeLine(row);
}

function tell(event) {
  const button = event.detail.requestConfig.elt;
  if (!event.detail.successful) say(document.body.dataset.wordLost);
  else if (button.name?.startsWith("fate-")) {
    const row = document.getElementById(`line-${button.name.slice(5)}`);
    const word = row.querySelector(".read-fate").textContent;
    say(document.body.dataset.wordFate.replace("{n}", numberOf(row)).replace("{fate}", word));
  }
}

form.addEventListener("focusin", (event) => take(event.target));
form.addEventListener("click", (event) => {
  const part = event.target.closest(".read-row, .made-item");
  if (!part || event.target.closest("a, button, summary")) return;
  part.focus({ preventScroll: true });
});
form.addEventListener("keydown", pressed);
document.addEventListener("htmx:beforeSwap", remember);
document.addEventListener("htmx:afterSettle", settle);
document.addEventListener("htmx:afterRequest", tell);
form.dataset.script = "";
setCurrent(rows()[0]);
startOurs();
startFragments(() => true);
document.getElementById("errors")?.focus();
