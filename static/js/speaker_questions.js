/* Most of the day nobody asks a speaker anything: what that takes is fetched when there is something to do for it. */

const NEEDED = "#ask-form, [data-queued], #asked-list .own";
const SPREAD_MS = 2000; // a whole hall sees the queue open in the same instant
const OUTBOXES = ["outbox:ask-", "outbox:me-too-"];

/** Start. `mine` knows what this phone has asked and voted for. Gives {kick()}, which tries again what is unsent. */
export function startSpeakerQuestions(mine) {
  const questions = { mine, parts: [], tries: 0, isBusy: false };
  document.addEventListener("live:swapped", () => setTimeout(() => look(questions), Math.random() * SPREAD_MS));
  look(questions);
  return { kick: () => kick(questions) };
}

function kick(questions) {
  questions.parts.forEach((part) => part.kick());
  look(questions);
}

async function look(questions) {
  if (questions.isBusy || questions.parts.length || !(document.querySelector(NEEDED) || isUnsent())) return;
  questions.isBusy = true;
  // A browser may remember that a module could not be had; under another address it asks again.
  const again = questions.tries ? "?" + questions.tries : "";
  questions.tries += 1;
  try {
    const [ask, vote] = await Promise.all([import("./queue.js" + again), import("./me_too.js" + again)]);
    questions.parts = [ask.startQueue(questions.mine), vote.startMeToo(questions.mine)];
  } catch {
    // Until then the forms work as forms do.
  }
  questions.isBusy = false;
}

/** Something was asked or voted for here and has not left yet. */
function isUnsent() {
  try {
    return OUTBOXES.some((name) => localStorage.getItem(name + document.body.dataset.workshop) !== null);
  } catch {
    return false;
  }
}
