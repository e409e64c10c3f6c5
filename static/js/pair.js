/* A projector's browser that shows its digits until the desk has typed them in. */

import { ask } from "./ask.js";

const EVERY_MS = 2000;

async function look(url) {
  const { status, body } = await ask(url, { limitMs: 8000, redirect: "error" });
  const next = status === 200 && body && body.paired === true ? String(body.url) : "";
  // Only ever a page of ours: a captive portal may answer here too.
  if (/^\/(?![/\\])/.test(next)) {
    location.replace(next);
    return;
  }
  if (status === 200 && body && body.expired === true) {
    location.reload(); // new digits: nobody typed the old ones in for ten minutes
    return;
  }
  setTimeout(() => look(url), EVERY_MS * (0.8 + Math.random() * 0.4));
}

const holder = document.querySelector("[data-pair-url]");
if (holder) look(holder.dataset.pairUrl);
