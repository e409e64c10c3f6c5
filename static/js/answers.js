/* The question on a phone: what is written, handing it in, and saying truthfully how far it has got. */

import { say } from "./announcer.js";
import { dropDraft, dropKey, keepDraft, keyFor, readDraft } from "./drafts.js";
import { fillAnswer, hasUnsent, readAnswer, sameAnswer, settle } from "./fields.js";
import { Mine } from "./mine.js";
import { Outbox } from "./outbox.js";
import { draftOf, isOf, keyIn, placeOf, takesNotes } from "./places.js";
import { showState } from "./send_state.js";
import { keepTable, layTable, readTable } from "./table.js";
import { word } from "./words.js";

const STILL_WRITING_MS = 120000;

/**
 * Start. Gives {mine, outbox, isWriting(), drop(place), gone(place)}; `isWriting` is true within two minutes of the
 * last stroke unsent. To take an answer back, `drop` it here, delete it there, then say that it is `gone`.
 */
export function startAnswers() {
  const { workshop, mineUrl } = document.body.dataset;
  const writer = { states: new Map(), told: new Map(), strokeAt: -STILL_WRITING_MS };
  writer.outbox = new Outbox(workshop, (...news) => report(writer, ...news));
  writer.mine = new Mine(mineUrl, () => layOver(writer));
  document.addEventListener("submit", (event) => submitted(writer, event));
  ["input", "change"].forEach((name) => document.addEventListener(name, (event) => written(writer, event)));
  document.addEventListener("live:swapped", () => layOver(writer));
  ["online", "pageshow"].forEach((name) => window.addEventListener(name, () => writer.outbox.kick()));
  window.addEventListener("pageshow", (event) => event.persisted && writer.mine.refresh()); // back from a form
  layOver(writer);
  writer.mine.refresh();
  writer.outbox.flush();
  return {
    mine: writer.mine,
    outbox: writer.outbox,
    isWriting: () => isWriting(writer),
    drop: (place) => drop(writer, place),
    gone: (place) => gone(writer, place),
  };
}

const questionForm = () => document.getElementById("question-form");

function isWriting(writer) {
  return performance.now() - writer.strokeAt < STILL_WRITING_MS && hasUnsent(document.body);
}

/** Lay over the question what this phone has said or begun to say. Never over what is being written. */
function layOver(writer) {
  const form = questionForm();
  if (!form) return;
  const place = placeOf(form);
  const said = writer.outbox.waiting(place) || writer.mine.answer(place);
  const isSame = Boolean(said) && sameAnswer(readAnswer(form), said.value);
  if (isSame && !form.matches("[data-unsent]")) settle(form); // the browser itself may have filled it on a reload
  layTable(form);
  if (!hasUnsent(form)) {
    if (said && !isSame) fillAnswer(form, said.value);
    settle(form);
    layDraft(form);
  }
  setHidden(form, nextAnswer(writer, form));
  showState(writer, form);
}

function layDraft(form) {
  const draft = readDraft(draftOf(form));
  if (draft === null || sameAnswer(draft, readAnswer(form))) return;
  fillAnswer(form, draft);
}

/** What would be handed in now: {key, edit, question, value}, and the table where it is written for one. */
function nextAnswer(writer, form) {
  const { question } = form.dataset;
  const place = placeOf(form);
  const waiting = writer.outbox.waiting(place);
  const kept = writer.mine.answer(place);
  const said = waiting || kept;
  const edit = Math.max(waiting ? waiting.edit : 0, kept ? kept.edit : 0) + 1;
  return { key: said ? said.key : keyIn(place) || keyFor(question), edit, question, value: readAnswer(form), ...readTable(form) };
}

/** The hidden fields stand outside the regions; they must fit the question if the form is ever posted as a page. */
function setHidden(form, answer) {
  for (const name of ["key", "edit", "question"]) {
    const field = form.elements.namedItem(name);
    if (field) field.value = String(answer[name]);
  }
}

function written(writer, event) {
  const form = questionForm();
  writer.strokeAt = performance.now();
  if (!form || !form.contains(event.target)) return;
  if (hasUnsent(form)) keepDraft(draftOf(form), readAnswer(form));
  else dropDraft(draftOf(form));
  showState(writer, form);
}

function submitted(writer, event) {
  const form = event.target;
  if (form !== questionForm()) return;
  event.preventDefault();
  const answer = nextAnswer(writer, form);
  const place = placeOf(form);
  const waiting = writer.outbox.waiting(place);
  settle(form);
  keepTable(form);
  dropDraft(draftOf(form));
  writer.told.delete(answer.question);
  const button = form.querySelector("[data-send]");
  if (button) button.focus(); // away from the field, so that the next question is not held back
  const isAgain = waiting && sameAnswer(waiting.value, answer.value) && waiting.table === answer.table;
  if (isAgain) writer.outbox.kick();
  else writer.outbox.put(form.getAttribute("action"), answer, place);
  if (takesNotes(form)) beginNext(writer, form);
}

/** The note is on its way; the form is empty for the next one, which has a key of its own. */
function beginNext(writer, form) {
  dropKey(form.dataset.question);
  fillAnswer(form, "");
  settle(form);
  setHidden(form, nextAnswer(writer, form));
  showState(writer, form);
}

/** The outbox tells how far an answer has got. */
function report(writer, entry, status, message = "") {
  const { question } = entry.body;
  const isTurnedBack = status === "refused" || status === "older";
  const sentence = isTurnedBack ? message || word(status) : word(status);
  const form = questionForm();
  const isHere = Boolean(form) && form.dataset.question === question && isOf(entry.place, draftOf(form));
  writer.states.set(question, { status: isTurnedBack ? "refused" : status, sentence });
  if (status === "saved") writer.mine.note(entry.body, entry.place);
  if (isTurnedBack) turnBack(writer, entry.body, isHere ? form : null);
  if (isHere) {
    showState(writer, form);
    if (status !== "sending") form.querySelector("#send-state")?.scrollIntoView({ block: "nearest" }); // not under the bar
  }
  // On its own page a refusal is an alert, and speaks for itself.
  if (!isTurnedBack || !isHere) announce(writer, question, status, sentence);
}

/** The server will not have it: what was written stays, here and through a reload. */
function turnBack(writer, { question, value }, form) {
  if (form && takesNotes(form)) fillAnswer(form, [value, readAnswer(form)].filter(Boolean).join("\n"));
  keepDraft(form ? draftOf(form) : question, form ? readAnswer(form) : value);
  dropKey(question);
  if (form) form.dataset.unsent = "";
  writer.mine.refresh();
}

/** Nothing of the answer leaves this phone any more; gives the key of a try that may be on its way, or "". */
function drop(writer, place) {
  const waiting = writer.outbox.drop(place);
  const [question] = place.split("/");
  writer.states.delete(question);
  writer.told.delete(question);
  dropKey(place);
  return waiting ? waiting.key : "";
}

/** The server has deleted it. What was typed since then and not handed in stays. */
function gone(writer, place) {
  const form = questionForm();
  if (form && placeOf(form) === place && !hasUnsent(form)) {
    fillAnswer(form, "");
    settle(form);
  }
  writer.mine.forget(place);
}

/** Each stage once per answer, however often it is tried. */
function announce(writer, question, status, sentence) {
  if (status === "sending" || writer.told.get(question) === status) return;
  writer.told.set(question, status);
  say(sentence);
}
