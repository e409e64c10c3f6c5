/* A question to the speaker: asking it, changing it, taking it back. What others ask is for me_too.js. */

import { say } from "./announcer.js";
import { dropDraft, dropKey, keepDraft, keyFor, readDraft } from "./drafts.js";
import { fillAnswer, hasUnsent, readAnswer, sameAnswer, settle } from "./fields.js";
import { Outbox } from "./outbox.js";
import { word } from "./words.js";

const LOOK_WITHIN_MS = 2000;
const KEY = /[0-9a-f-]{36}/; // of a question, in an address
const WAITING = ["seen", "waits", "saved"];
const STATES = { seen: "askSeen", waits: "askWaits", saved: "saved", answered: "askAnswered", away: "askAway" };

const askForm = () => document.getElementById("ask-form");
const nameOf = (slot) => "ask:" + slot;

/** Start. `mine` knows what this phone has asked. Gives {kick()}, which tries again what is unsent. */
export function startQueue(mine) {
  const queue = { mine, told: new Map(), refusals: new Map() };
  queue.outbox = new Outbox("ask-" + document.body.dataset.workshop, (...news) => report(queue, ...news));
  document.addEventListener("submit", (event) => submitted(queue, event));
  document.addEventListener("input", (event) => written(queue, event));
  document.addEventListener("live:swapped", (event) => {
    layOver(queue);
    if (event.detail.region === "queue") lookAgain(queue);
  });
  document.addEventListener("mine:changed", () => {
    layOver(queue);
    readList();
  });
  ["online", "pageshow"].forEach((name) => window.addEventListener(name, () => queue.outbox.kick()));
  layOver(queue);
  queue.outbox.flush();
  return { kick: () => queue.outbox.kick() };
}

/** What the server knows of this phone's question in `slot`: {key, edit, value, state}, or null. */
function stored(queue, slot) {
  const { own } = queue.mine.queue;
  return Object.prototype.hasOwnProperty.call(own, slot) ? own[slot] : null;
}

/** The question of this phone that waits, sent or not, or null. */
function said(queue, slot) {
  const unsent = queue.outbox.waiting(slot);
  if (unsent) return unsent.take ? null : unsent;
  const own = stored(queue, slot);
  return own && WAITING.includes(own.state) ? own : null;
}

/** Never over what is being written. */
function layOver(queue) {
  const form = askForm();
  if (!form) return;
  const { slot } = form.dataset;
  const own = said(queue, slot);
  if (!hasUnsent(form) && (queue.mine.loaded || own)) {
    fillAnswer(form, own ? own.value : "");
    settle(form);
    const draft = readDraft(nameOf(slot));
    if (draft !== null && !sameAnswer(draft, readAnswer(form))) fillAnswer(form, draft);
  } else if (hasUnsent(form)) {
    keepDraft(nameOf(slot), readAnswer(form)); // it may have been written before this script was there
  }
  if (!queue.mine.loaded && !own) return;
  const next = nextQuestion(queue, form);
  for (const name of ["key", "edit"]) form.elements.namedItem(name).value = String(next[name]);
  form.querySelector("[data-send]").textContent = word(own ? "askChange" : "askSend");
  document.getElementById("ask-take-back").hidden = !own;
  writeState(form.querySelector("#ask-state"), ...stateOf(queue, form));
}

/** What would be handed in now. */
function nextQuestion(queue, form) {
  const { slot } = form.dataset;
  const own = said(queue, slot);
  const key = own ? own.key : keyFor(nameOf(slot));
  return { key, edit: (own ? own.edit : 0) + 1, question: slot, slot, value: readAnswer(form) };
}

/** The name of the state and the sentence under the form. */
function stateOf(queue, form) {
  const { slot } = form.dataset;
  if (queue.refusals.has(slot)) return ["refused", queue.refusals.get(slot)];
  if (hasUnsent(form)) return ["", ""];
  if (queue.outbox.waiting(slot)) return ["kept", word(queue.told.get(slot) === "kept" ? "kept" : "saving")];
  const own = stored(queue, slot);
  return own ? ["saved", word(STATES[own.state])] : ["", ""];
}

function writeState(line, state, sentence) {
  line.dataset.state = state;
  if (state === "refused") line.setAttribute("role", "alert");
  else line.removeAttribute("role");
  if (line.textContent !== sentence) line.textContent = sentence;
}

/** The desk has done something with this phone's question: what it was is this phone's own to know. */
function lookAgain(queue) {
  const form = askForm();
  const own = form && stored(queue, form.dataset.slot);
  if (!own) return;
  const isListed = Boolean(document.querySelector(`[data-queued="${own.key}"]`));
  if ((own.state === "seen") !== isListed) setTimeout(() => queue.mine.refresh(), Math.random() * LOOK_WITHIN_MS);
}

function written(queue, event) {
  const form = askForm();
  if (!form || !form.contains(event.target)) return;
  const { slot } = form.dataset;
  queue.refusals.delete(slot);
  if (hasUnsent(form)) keepDraft(nameOf(slot), readAnswer(form));
  else dropDraft(nameOf(slot));
  writeState(form.querySelector("#ask-state"), ...stateOf(queue, form));
}

function submitted(queue, event) {
  const press = { "ask-form": ask, "take-back-form": takeBack }[event.target.id];
  if (!press) return;
  event.preventDefault();
  press(queue, event);
  layOver(queue);
}

function ask(queue, event) {
  const form = event.target;
  const question = nextQuestion(queue, form);
  queue.refusals.delete(question.slot);
  queue.told.delete(question.slot);
  settle(form);
  dropDraft(nameOf(question.slot));
  form.querySelector("[data-send]").focus(); // away from the field, so that nothing is held back
  queue.outbox.put(form.getAttribute("action"), question);
}

/** From the form, what waits there; from My notes, whatever the button names. */
function takeBack(queue, { submitter }) {
  const { slot } = submitter.dataset;
  const own = said(queue, slot);
  const key = submitter.dataset.key || (own && own.key);
  if (!key) return;
  const isCurrent = Boolean(own) && own.key === key;
  if (isCurrent) forgetWriting(slot);
  const url = submitter.getAttribute("formaction").replace(KEY, key);
  const edit = isCurrent ? own.edit + 1 : 1;
  queue.outbox.put(url, { key, edit, question: isCurrent ? slot : "take:" + key, slot, take: true });
}

/** What was changed and not sent goes as well, and so does the button that was pressed. */
function forgetWriting(slot) {
  const form = askForm();
  dropDraft(nameOf(slot));
  if (!form || form.dataset.slot !== slot) return;
  settle(form);
  if (form.contains(document.activeElement)) form.querySelector("[data-send]").focus();
}

/** The outbox tells how far it has got. */
function report(queue, entry, status, message = "") {
  const { question } = entry.body;
  if (status === "saved") note(queue, entry.body);
  if (status === "refused" || status === "older") turnBack(queue, entry.body, message || word(status));
  if (["saved", "kept"].includes(status) && queue.told.get(question) !== status) say(word(status));
  queue.told.set(question, status);
  layOver(queue);
}

/** The server has taken it: true from now on, whatever an older reading says. */
function note(queue, { slot, key, edit, value, take }) {
  const own = { ...queue.mine.queue.own };
  if (!take) own[slot] = { key, edit, value, state: "saved" };
  else if (own[slot] && own[slot].key === key) delete own[slot];
  dropKey(nameOf(slot));
  queue.mine.noteQueue({ own });
  queue.mine.refresh(); // which says whether everybody can read it
}

/** What was written stays, here and through a reload. */
function turnBack(queue, { slot, value, take }, sentence) {
  if (take) {
    say(sentence);
  } else {
    keepDraft(nameOf(slot), value);
    dropKey(nameOf(slot));
    queue.refusals.set(slot, sentence);
    const form = askForm();
    if (form && form.dataset.slot === slot) form.dataset.unsent = "";
  }
  queue.mine.refresh();
}

/** Everything this phone has asked, in My notes. Without a network the older list stands. */
async function readList() {
  const place = document.getElementById("asked-list");
  if (!place) return;
  const reply = await fetch(place.dataset.url, { cache: "no-store", headers: { "X-Live": "1" } }).catch(() => null);
  if (reply && reply.ok && reply.headers.get("X-Live") === "1") place.innerHTML = await reply.text();
}
