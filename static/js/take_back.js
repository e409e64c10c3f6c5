/* Deleting an own answer from My notes, without leaving the page. */

import { say } from "./announcer.js";
import { ask } from "./ask.js";
import { word } from "./words.js";

/** Start. `answers` is what startAnswers() gave. */
export function startTakingBack(answers) {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-take-back]")) return;
    event.preventDefault();
    takeBack(event.target, answers);
  });
}

async function takeBack(form, answers) {
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  // First here, or what is still on its way from this phone would bring it back.
  const places = form.dataset.takeBack ? [form.dataset.takeBack] : everything(answers);
  const keys = places.map((place) => answers.drop(place));
  const body = new URLSearchParams(new FormData(form));
  if (body.has("question") && keys[0]) body.set("key", keys[0]);
  const headers = { "X-Live": "1", "X-CSRFToken": body.get("csrfmiddlewaretoken") || "" };
  const reply = await ask(form.getAttribute("action"), { method: "POST", headers, body, redirect: "error" });
  delete form.dataset.busy;
  if (reply.ours && reply.status === 200) {
    say(word("deleted"));
    places.forEach((place) => answers.gone(place));
  } else {
    const sentence = (reply.ours && reply.body && reply.body.message) || word("notDeleted");
    form.querySelector(".send-state").textContent = sentence;
    say(sentence);
  }
}

/** The places of all that this phone has answered, or is about to; notes to self are no answers. */
function everything(answers) {
  const known = new Set([...Object.keys(answers.mine.answers), ...answers.outbox.places()]);
  return [...known].filter((place) => !place.startsWith("note:"));
}
