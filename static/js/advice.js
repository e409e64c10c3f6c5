/* The time people have for a question: said at five minutes, at one and at its end, unless somebody hides it. */

import { say } from "./announcer.js";
import { advice, serverNow } from "./clock.js";

const SLOT = "time-hidden";
const SAID_AT = [5, 1, 0];
const seen = { ends: 0, minutes: 0 };
let memory = "";

/** Start. Hiding it is this phone's own affair: nobody else hears of it. */
export function startAdvice() {
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-advice-toggle]")) hide(!isHidden());
  });
  document.addEventListener("live:swapped", (event) => layOver(event.detail.element));
  layOver(document);
  setInterval(look, 1000);
}

function isHidden() {
  try {
    return (localStorage.getItem(SLOT) || memory) === "yes";
  } catch {
    return memory === "yes";
  }
}

function hide(isOff) {
  memory = isOff ? "yes" : "no";
  try {
    localStorage.setItem(SLOT, memory);
  } catch {
    // It holds until the page is left.
  }
  layOver(document);
}

function layOver(root) {
  for (const button of root.querySelectorAll("[data-advice-toggle]")) {
    button.hidden = false;
    button.textContent = isHidden() ? button.dataset.show : button.dataset.hide;
    button.closest("[data-advice]").querySelector("[data-clock]").hidden = isHidden();
  }
}

/** Only what passes while the page looks on is said: whoever comes later reads it. */
function look() {
  const element = document.querySelector("[data-advice] [data-ends-ms]");
  if (!element || isHidden()) return;
  const ends = Number(element.dataset.endsMs);
  const left = ends - serverNow();
  const minutes = Math.max(0, Math.ceil(left / 60000));
  const passed = seen.ends === ends && SAID_AT.some((mark) => minutes <= mark && mark < seen.minutes);
  Object.assign(seen, { ends, minutes });
  if (passed) say(advice(left, element.dataset.clock === "talk"));
}
