/* Agreeing to the ground rules without leaving the page. */

import { say } from "./announcer.js";
import { ask } from "./ask.js";
import { word } from "./words.js";

/** Start. `mine` knows whether this phone has agreed. Gives {kick()}, which tries again what is waiting. */
export function startAgreeing(mine) {
  const agreeing = { mine, wanted: false, busy: false };
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "agree-form") return;
    event.preventDefault();
    agreeing.wanted = true;
    agree(agreeing);
  });
  window.addEventListener("online", () => agree(agreeing));
  return { kick: () => agree(agreeing) };
}

async function agree(agreeing) {
  const form = document.getElementById("agree-form");
  if (!form || !agreeing.wanted || agreeing.busy) return;
  agreeing.busy = true;
  showState(form, word("saving"));
  const body = new URLSearchParams(new FormData(form));
  const headers = { "X-Live": "1", "X-CSRFToken": body.get("csrfmiddlewaretoken") || "" };
  const { status } = await ask(form.getAttribute("action"), { method: "POST", headers, body, redirect: "manual" });
  // A redirect may be the server's or a captive portal's; what the server knows of us settles it.
  const isOurs = await agreeing.mine.refresh();
  agreeing.busy = false;
  finish(agreeing, isOurs ? status : 0);
}

function finish(agreeing, status) {
  const form = document.getElementById("agree-form");
  if (agreeing.mine.agreed) {
    agreeing.wanted = false;
    if (form) showState(form, "");
    say(word("agreed"));
  } else if (form && status >= 400 && status < 500) {
    // The server answered and did not agree: as a page it can say why.
    HTMLFormElement.prototype.submit.call(form);
  } else if (form) {
    // Without a server a page would only be the browser's error.
    showState(form, word("kept"));
    say(word("kept"));
  }
}

function showState(form, text) {
  let line = form.querySelector(".send-state");
  if (!line) {
    line = document.createElement("p");
    line.className = "send-state";
    form.appendChild(line);
  }
  line.textContent = text;
}
