/* Hand to next person: everything is sent, then nothing of whoever had this tablet is left on it. */

import { ask } from "./ask.js";
import { hasUnsent } from "./fields.js";
import { answers } from "./phone.js";
import { forgetAll, hearOtherTabs, tellOtherTabs } from "./tablet_start.js";
import { word } from "./words.js";

const WAIT_MS = 3000;
const LOOK_MS = 100;

const tablet = { link: document.getElementById("hand-on"), outbox: answers.outbox, busy: false, warned: false };

/** No browser fills the question in again with what somebody typed before. */
function remembersNothing() {
  const form = document.getElementById("question-form");
  if (form) form.autocomplete = "off";
}

function press(tablet, event) {
  const isWritten = hasUnsent(document.body);
  // The page behind the link asks once more, and lets go of what is written; never of what was handed in.
  if (isWritten && tablet.warned && isEmpty(tablet.outbox)) return;
  event.preventDefault();
  if (isWritten) {
    tablet.warned = true;
    tell(word("handUnsent"));
  } else if (!tablet.busy) {
    tablet.warned = false;
    tablet.busy = true;
    handOn(tablet).finally(() => (tablet.busy = false));
  }
}

async function handOn(tablet) {
  tell(word("saving"));
  if (!(await everythingIsSent(tablet))) return tell(word("handWaits"));
  const headers = { "X-Live": "1", "X-CSRFToken": tablet.link.dataset.token };
  const { ours, status, body } = await ask(tablet.link.href, { method: "POST", headers, redirect: "error" });
  if (!ours || status !== 200 || !body) return tell(word("handFailed"));
  forgetAll();
  tellOtherTabs();
  location.replace(body.url);
}

const isEmpty = (outbox) => Object.keys(outbox.all()).length === 0;

async function everythingIsSent({ outbox }) {
  outbox.kick();
  const until = performance.now() + WAIT_MS;
  while (!isEmpty(outbox) && performance.now() < until) await new Promise((done) => setTimeout(done, LOOK_MS));
  return isEmpty(outbox);
}

function tell(text) {
  const line = document.getElementById("hand-on-state");
  if (line) line.textContent = text;
}

tablet.link.addEventListener("click", (event) => press(tablet, event));
document.addEventListener("live:swapped", remembersNothing);
remembersNothing();
hearOtherTabs();
