/* The line and the button under a question: how far what was written has got. */

import { hasUnsent } from "./fields.js";
import { isOf, placeOf } from "./places.js";
import { word } from "./words.js";

export function showState(writer, form) {
  const line = form.querySelector("#send-state");
  const button = form.querySelector("[data-send]");
  const label = labelOf(form, writer.mine.answer(placeOf(form)) ? "change" : "send");
  if (button && button.textContent !== label) button.textContent = label;
  if (line) writeState(line, stateOf(writer, form));
}

/** What the button says; a form may have words of its own. */
const labelOf = (form, name) => form.dataset[name === "change" ? "wordChange" : "wordSend"] || word(name);

/** {status, sentence} for the line under the form; nothing while an answer is being written. */
function stateOf(writer, form) {
  const { question } = form.dataset;
  const state = writer.states.get(question) || {};
  if (state.status === "refused") return state;
  if (hasUnsent(form)) return { status: "", sentence: "" };
  if (writer.outbox.places().some((place) => isOf(place, question))) {
    const status = state.status === "sending" ? "sending" : "kept";
    return { status, sentence: word(status === "sending" ? "saving" : status) };
  }
  const isSaved = state.status === "saved" || writer.mine.answer(placeOf(form));
  return isSaved ? { status: "saved", sentence: word("saved") } : { status: "", sentence: "" };
}

function writeState(line, { status, sentence }) {
  line.dataset.state = status;
  if (status === "refused") line.setAttribute("role", "alert");
  else line.removeAttribute("role");
  if (line.textContent !== sentence) line.textContent = sentence;
}
