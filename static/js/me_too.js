/* "Me too" to a question that somebody else asks the speaker, and taking that back. */

import { say } from "./announcer.js";
import { newKey } from "./drafts.js";
import { Outbox } from "./outbox.js";
import { word } from "./words.js";

/** Start. `mine` knows what this phone has asked and voted for. Gives {kick()}, which tries again what is unsent. */
export function startMeToo(mine) {
  const voter = { mine };
  voter.outbox = new Outbox("me-too-" + document.body.dataset.workshop, (...news) => report(voter, ...news));
  document.addEventListener("submit", (event) => submitted(voter, event));
  ["live:swapped", "mine:changed"].forEach((name) => document.addEventListener(name, () => layOver(voter)));
  window.addEventListener("online", () => voter.outbox.kick());
  layOver(voter);
  voter.outbox.flush();
  return { kick: () => voter.outbox.kick() };
}

function layOver(voter) {
  document.querySelectorAll("[data-queued]").forEach((item) => layItem(voter, item));
}

function layItem(voter, item) {
  const id = item.dataset.queued;
  const unsent = voter.outbox.waiting(id);
  if (!voter.mine.loaded && !unsent) return;
  const { own, votes } = voter.mine.queue;
  const isMine = Object.values(own).some((one) => one.key === id);
  const isOn = unsent ? unsent.on === "1" : votes.includes(id);
  const button = item.querySelector("button");
  button.setAttribute("aria-pressed", String(isOn));
  button.value = isOn ? "0" : "1";
  button.hidden = isMine;
  item.querySelector(".queued-own").hidden = !isMine;
}

function submitted(voter, event) {
  if (event.target.id !== "me-too-form") return;
  event.preventDefault();
  const { submitter } = event;
  const question = submitter.closest("[data-queued]").dataset.queued;
  voter.outbox.put(submitter.getAttribute("formaction"), { key: newKey(), edit: 1, question, on: submitter.value });
  layOver(voter);
}

/** The newest press on a question is the one that counts; whoever hears of it again counts it once. */
function report(voter, entry, status, message = "") {
  const { question, on } = entry.body;
  if (status === "saved") {
    const others = voter.mine.queue.votes.filter((id) => id !== question);
    voter.mine.noteQueue({ votes: on === "1" ? [...others, question] : others });
  }
  if (status === "refused") {
    say(message || word("refused"));
    voter.mine.refresh();
  }
  layOver(voter);
}
