/* A form of several questions: one at a time, and each answer kept and handed in as soon as its question is left. */

import { say } from "./announcer.js";
import { ask } from "./ask.js";
import { dropDraft, keepDraft, readDraft } from "./drafts.js";
import { fillAnswer, hasUnsent, readAnswer, sameAnswer, settle } from "./fields.js";
import { startLeaving } from "./leaving.js";
import { Outbox } from "./outbox.js";
import { word } from "./words.js";

const form = document.getElementById("form");
const parts = Array.from(form.querySelectorAll(".part"));
const outbox = new Outbox(document.body.dataset.workshop, report);
const title = document.title;
let now = -1;

function start() {
  if (form.querySelector("[data-councils]")) import("./councils.js");
  const presses = form.querySelector(".form-presses");
  if (!presses || document.querySelector(".errors")) return; // what is wrong is put right on the whole page
  startLeaving();
  if (form.querySelector("ol.places")) import("./ranking.js").then((ranking) => ranking.startRanking());
  for (const part of parts) layDraft(part);
  presses.prepend(button(word("next"), "primary", next));
  presses.append(button(word("back"), "quiet-button", () => go(now - 1)));
  const place = document.createElement("p");
  place.className = "hint form-place";
  form.prepend(place);
  form.addEventListener("input", (event) => written(event.target.closest(".part")));
  form.addEventListener("change", (event) => written(event.target.closest(".part")));
  form.addEventListener("submit", submitted);
  form.addEventListener("keydown", entered);
  window.addEventListener("online", () => outbox.kick());
  window.addEventListener("pageshow", () => enable());
  show(firstToDo());
  outbox.flush();
}

function button(label, look, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = look;
  made.textContent = label;
  made.addEventListener("click", press);
  return made;
}

/** Where somebody comes back to: the first that is still to be written, or the beginning. */
function firstToDo() {
  const left = parts.findIndex((part) => hasUnsent(part));
  return left < 0 ? 0 : left;
}

function show(place) {
  now = place;
  parts.forEach((part, index) => (part.hidden = index !== place));
  const [forward, send, back] = form.querySelectorAll(".form-presses button");
  const isLast = place === parts.length - 1;
  forward.hidden = isLast;
  back.hidden = place === 0;
  send.hidden = !isLast;
  for (const told of document.querySelectorAll("[data-once]")) told.hidden = place > 0; // it makes room for the question
  const told = word("of", place + 1).replace("{m}", parts.length);
  form.querySelector(".form-place").textContent = told;
  document.title = `${told} – ${title}`;
}

function go(place) {
  keep(parts[now]);
  show(place);
  const heading = parts[place].querySelector("h2");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function next() {
  go(Math.min(now + 1, parts.length - 1));
}

/** Enter in a line goes to the next question and sends nothing else. */
function entered(event) {
  if (event.defaultPrevented || event.key !== "Enter" || !event.target.matches("input") || now === parts.length - 1) return;
  event.preventDefault();
  next();
}

function layDraft(part) {
  const { question } = part.dataset;
  if (!question) return;
  const draft = readDraft(question);
  const waiting = outbox.waiting(question);
  if (waiting) {
    fillAnswer(part, waiting.value);
    settle(part);
    named(part, "key").value = waiting.key;
    named(part, "edit").value = String(waiting.edit + 1);
  }
  if (draft !== null && !sameAnswer(draft, readAnswer(part))) fillAnswer(part, draft);
}

const named = (part, name) => part.querySelector(`input[name$='.${name}']`);

function written(part) {
  if (!part || !part.dataset.question) return;
  if (hasUnsent(part)) keepDraft(part.dataset.question, readAnswer(part));
  else dropDraft(part.dataset.question);
}

/** Hand in what was written to a question. What was emptied goes with the whole form, and is taken back there. */
function keep(part) {
  const { question } = part.dataset;
  if (!question) keepWho(part);
  if (!question || !hasUnsent(part)) return;
  const value = readAnswer(part);
  if (isBlank(value)) return;
  const [key, edit] = [named(part, "key"), named(part, "edit")];
  settle(part);
  delete part.dataset.unsent;
  outbox.put(form.dataset.answers, { key: key.value, edit: Number(edit.value), question, value });
  edit.value = String(Number(edit.value) + 1);
}

/** Who somebody is goes by itself, and once more with the whole form. */
function keepWho(part) {
  const body = new URLSearchParams(Array.from(new FormData(form)).filter(([name]) => !name.includes(".")));
  if (hasUnsent(part)) ask(location.pathname, { method: "POST", body, redirect: "manual" });
}

function isBlank(value) {
  if (value !== null && typeof value === "object") return Object.values(value).every(isBlank);
  return !String(value ?? "").trim();
}

/** The outbox tells how far an answer has got. */
function report(entry, status, message = "") {
  const part = parts.find((one) => one.dataset.question === entry.body.question);
  if (!part) return;
  const isTurnedBack = status === "refused" || status === "older";
  tell(isTurnedBack ? message || word(status) : word(sentenceFor(status)), isTurnedBack);
  if (status === "saved" && !hasUnsent(part)) dropDraft(entry.body.question);
  if (isTurnedBack) {
    delete form.dataset.sending;
    part.dataset.unsent = "";
    show(parts.indexOf(part));
  } else if (form.dataset.sending && status === "saved" && !outbox.places().length) form.requestSubmit();
}

function sentenceFor(status) {
  if (status === "kept" && form.dataset.sending) return "unsent";
  if (status === "saved" && outbox.places().length) return "saving"; // of another question
  return status === "sending" ? "saving" : status;
}

/** One line below the form, and to who hears the page what they would miss. */
function tell(sentence, isWrong = false) {
  const line = form.querySelector(".form-state");
  line.textContent = sentence;
  line.classList.toggle("is-wrong", isWrong);
  if (isWrong || sentence === word("kept") || sentence === word("unsent")) say(sentence);
}

/** The last press sends the page as it is: what was handed in already is left out, so that nothing is sent twice. */
function submitted(event) {
  for (const part of parts) if (part.dataset.question) keep(part);
  if (outbox.places().length) {
    event.preventDefault();
    form.dataset.sending = "1";
    outbox.kick();
    return;
  }
  for (const part of parts) {
    if (part.dataset.question && !hasUnsent(part)) for (const control of controls(part)) control.disabled = true;
  }
}

const controls = (part) => part.querySelectorAll("input, textarea, select");

/** Back from the next page by the browser's own button. */
function enable() {
  delete form.dataset.sending;
  for (const part of parts) for (const control of controls(part)) control.disabled = false;
}

start();
