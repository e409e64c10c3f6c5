/* The plan page: items move by keys, arrows and grip; times and notes follow; whatever is typed is saved. */

import { say } from "./announcer.js";
import { startOurs } from "./ours.js";
import { startDragging } from "./plan_drag.js";
import { startFragments } from "./plan_fragments.js";

const MOVE_MS = 150;
const form = document.getElementById("plan");
const list = document.getElementById("day-rows");
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
// How often something was typed, when the last request left, and when the last one that arrived had left.
const state = { typed: 0, sent: 0, kept: 0, failed: false, moved: null, movedAt: 0, refused: "" };

const isFree = (row) => Boolean(row) && row.matches("li:not(.plan-done, .plan-live)");
const nameOf = (row) => row.querySelector("[id^='title-']").value.trim() || row.querySelector("legend").textContent;

/** A sentence of the page, with {name}, {n}, {m} and {time} filled in. */
function sentence(word, values) {
  const text = document.body.dataset[word] || "";
  return text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
}

/** Put `row` before `before` (null: at the end), with the focus where it was. */
function place(row, before) {
  if (before === row || row.nextElementSibling === before) return;
  const focused = document.activeElement;
  const tops = new Map(Array.from(list.children, (each) => [each, each.getBoundingClientRect().top]));
  list.insertBefore(row, before);
  if (focused && row.contains(focused)) focused.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  glide(tops);
  const rows = Array.from(list.children);
  say(sentence("wordPlace", { name: nameOf(row), n: rows.indexOf(row) + 1, m: rows.length }));
  state.typed += 1;
  state.moved = row;
  state.movedAt = state.typed;
  form.dispatchEvent(new CustomEvent("plan:moved"));
}

/** Show where things went. */
function glide(tops) {
  if (calm.matches) return;
  for (const [row, top] of tops) {
    const by = top - row.getBoundingClientRect().top;
    if (by) row.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: MOVE_MS });
  }
}

function move(row, up) {
  const beside = up ? row.previousElementSibling : row.nextElementSibling;
  if (!isFree(row)) return;
  if (isFree(beside)) place(row, up ? beside : beside.nextElementSibling);
  else say(sentence("wordEdge", { name: nameOf(row) }));
}

form.addEventListener("keydown", (event) => {
  const row = event.target.closest("li.plan-row");
  const arrow = event.key === "ArrowUp" || event.key === "ArrowDown";
  if (row && arrow && event.altKey && !event.ctrlKey && !event.metaKey && !event.target.matches("select")) {
    event.preventDefault();
    move(row, event.key === "ArrowUp");
  }
  const adding = event.target.closest(".plan-add[open]");
  if (adding && event.key === "Escape") {
    adding.open = false;
    adding.querySelector("summary").focus();
  }
});

form.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const arrow = event.target.closest("button[value^='up:'], button[value^='down:']");
  if (!link && !arrow) return;
  event.preventDefault();
  if (arrow) move(arrow.closest("li"), arrow.value.startsWith("up:"));
  else reveal(document.getElementById(decodeURIComponent(link.hash.slice(1))));
});

/** Go to a field, also one in details that are closed. */
function reveal(target) {
  if (!target) return;
  for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  target.focus();
  target.scrollIntoView({ block: "center" });
}

/** Mark the fields that a sentence is about. */
function mark() {
  form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  for (const note of form.querySelectorAll(".error[data-for]")) {
    const field = document.getElementById(note.dataset.for);
    if (field && field.matches("input, textarea")) field.setAttribute("aria-invalid", "true");
  }
}

function lookAt({ what, row: key, text }) {
  say(text);
  const row = document.getElementById(`row-${key}`);
  if (!row || what === "save") return;
  form.querySelectorAll(".plan-add[open]").forEach((adding) => {
    adding.open = false;
  });
  const names = row.querySelectorAll("input[id^='speaker-']");
  if (what === "add-speaker" && names.length) names[names.length - 1].focus();
  else if (what === "remove-speaker") row.querySelector("button[value^='add-speaker:']").focus();
  else row.querySelector("[id^='title-']").focus();
}

/** When it begins now; an answer to what was sent before the move does not know yet. */
function hearMoved() {
  if (state.kept < state.movedAt) return;
  const start = state.moved && state.moved.querySelector(".plan-start");
  if (start) say(sentence("wordBegins", { time: start.textContent.trim() }));
  state.moved = null;
}

/** Questions have forms of their own inside an item: what is typed there is no part of the draft. */
function hearTyping(event) {
  if (event.target.form === form) state.typed += 1;
  else event.stopPropagation();
}

function fail() {
  state.failed = true;
  const line = document.getElementById("plan-state");
  const text = sentence("wordUnsaved", {});
  if (!line || line.textContent === text) return;
  line.textContent = text;
  line.classList.add("error");
  say(text);
}

form.addEventListener("input", hearTyping, { capture: true });
const isOurs = (event) => [form.id, "plan-reflow"].includes(event.detail.requestConfig.elt.id);
document.addEventListener("htmx:beforeSend", (event) => {
  if (isOurs(event)) state.sent = state.typed;
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!isOurs(event)) return;
  if (!event.detail.successful) {
    fail();
    return;
  }
  state.failed = false;
  state.kept = state.sent;
  mark();
  hearMoved();
});
document.addEventListener("plan:done", (event) => lookAt(event.detail));
document.addEventListener("plan:refused", (event) => {
  // After a press it is what to read next; while somebody types it is only said, and once.
  if (event.target === form) document.getElementById("plan-notice").focus();
  else if (state.refused !== event.detail.text) say(event.detail.text);
  state.refused = event.detail.text;
});

// What was typed in the last moment goes along when somebody leaves; what cannot be saved is worth a question.
window.addEventListener("pagehide", () => {
  if (state.typed === state.kept || state.failed) return;
  navigator.sendBeacon(document.getElementById("plan-reflow").getAttribute("hx-post"), new FormData(form));
});
window.addEventListener("beforeunload", (event) => {
  if (state.failed) event.preventDefault();
});

form.dataset.script = "";
startOurs();
startDragging(list, { isFree, place });
startFragments(isOurs);
const notice = document.querySelector("#plan-notice.errors");
if (notice) notice.focus();
