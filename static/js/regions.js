/* Replaces the regions of the page that have changed, but never one in which a person is at work. */

import { say } from "./announcer.js";
import { hasUnsent } from "./fields.js";
import { word } from "./words.js";

const LOOK_AGAIN_MS = 2000;
const LONGEST_PRESS_MS = 1000;
const TYPING =
  "textarea, select, [contenteditable]:not([contenteditable='false']), " +
  "input:not([type='submit']):not([type='button']):not([type='reset']):not([type='image'])";

const held = new Map(); // region name -> {h, html}
const bornOpen = new WeakSet(); // details the server sent open
let looking = 0;
let pressing = 0; // the timer of a pointer that is down
let late = {}; // what came while it was

const wrappers = () => Array.from(document.querySelectorAll("[data-region]"));

/** Ready the page's regions and the button that shows what is being held back. */
export function watchRegions() {
  wrappers().forEach(rememberOpen);
  document.addEventListener("pointerdown", pressed, { capture: true });
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, () => setTimeout(letGo), { capture: true });
  const button = document.getElementById("held-show");
  if (!button) return;
  button.dataset.said = button.textContent;
  button.addEventListener("click", showHeld);
}

/** A button that is replaced between the two halves of a click hears nothing of it. */
function pressed() {
  clearTimeout(pressing);
  pressing = setTimeout(letGo, LONGEST_PRESS_MS);
}

function letGo() {
  clearTimeout(pressing);
  pressing = 0;
  const regions = late;
  late = {};
  applyRegions(regions);
}

/** Lay a snapshot's regions ({name: {h, html}}) over the page. Unknown names and missing regions change nothing. */
export function applyRegions(regions) {
  if (pressing) {
    late = { ...late, ...regions };
    return;
  }
  for (const element of wrappers()) {
    const name = element.dataset.region;
    const region = Object.prototype.hasOwnProperty.call(regions, name) ? regions[name] : null;
    if (region) applyRegion(name, element, region);
  }
  offer();
}

function applyRegion(name, element, region) {
  if (element.dataset.hash === region.h) {
    held.delete(name);
  } else if (isBusy(element)) {
    if (!held.has(name)) say(word(isQuestion(name) ? "held" : "heldOther"));
    held.set(name, region);
  } else {
    held.delete(name);
    swap(name, element, region);
  }
}

const isQuestion = (name) => name === "question" || name === "now";

function isBusy(element) {
  // Nobody works at the screen or at the speaker's clock: holding there would only freeze it.
  if (["screen", "speaker"].includes(document.body.dataset.audience)) return false;
  return holdsTyping(element) || hasUnsent(element) || holdsOpened(element) || holdsSelection(element);
}

function holdsTyping(element) {
  const active = document.activeElement;
  return Boolean(active) && element.contains(active) && active.matches(TYPING);
}

function holdsOpened(element) {
  return Array.from(element.querySelectorAll("details[open]")).some((details) => !bornOpen.has(details));
}

function holdsSelection(element) {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return false;
  return selection.getRangeAt(0).intersectsNode(element);
}

function rememberOpen(element) {
  for (const details of element.querySelectorAll("details[open]")) bornOpen.add(details);
}

function swap(name, element, region) {
  const active = document.activeElement;
  const hadFocus = Boolean(active) && element.contains(active);
  const id = hadFocus ? active.id : "";
  element.innerHTML = region.html;
  element.dataset.hash = region.h;
  rememberOpen(element);
  const titled = element.querySelector("[data-page-title]");
  if (titled) document.title = titled.dataset.pageTitle;
  document.dispatchEvent(new CustomEvent("live:swapped", { detail: { region: name, element } }));
  if (hadFocus) focusIn(element, id);
}

function focusIn(element, id) {
  const same = id ? document.getElementById(id) : null;
  const again = same && element.contains(same) ? same : null;
  const target = element.querySelector("[data-focus]") || again || element;
  target.focus();
  if (document.activeElement === target) return;
  target.setAttribute("tabindex", "-1");
  target.focus();
}

function offer() {
  const box = document.getElementById("held");
  const button = document.getElementById("held-show");
  if (box && button) {
    box.hidden = held.size === 0;
    const label = Array.from(held.keys()).some(isQuestion) ? button.dataset.said : word("showOther");
    if (button.textContent !== label) button.textContent = label;
  }
  if (held.size && !looking) looking = setInterval(lookAgain, LOOK_AGAIN_MS);
  if (!held.size) {
    clearInterval(looking);
    looking = 0;
  }
}

/** The person may have finished by themselves: then there is nothing left to hold. */
function lookAgain() {
  for (const element of wrappers()) {
    const name = element.dataset.region;
    if (held.has(name) && !isBusy(element)) release(name, element);
  }
  offer();
}

function release(name, element) {
  const region = held.get(name);
  held.delete(name);
  swap(name, element, region);
}

function showHeld() {
  const shown = wrappers().filter((element) => held.has(element.dataset.region));
  shown.forEach((element) => release(element.dataset.region, element));
  offer();
  const first = shown.find((element) => isQuestion(element.dataset.region)) || shown[0];
  if (!first) return;
  document.dispatchEvent(new CustomEvent("live:shown", { detail: { element: first } }));
  focusIn(first, "");
}
