/* Everyone out: the way out comes into view at once, whatever the person was reading, and its end is said. */

import { say } from "./announcer.js";
import { word } from "./words.js";

const region = () => document.querySelector("[data-region='alarm']");
const isOut = () => Boolean(region() && region().querySelector("[role='alert']"));

/** Start. The alert in the region speaks for itself. */
export function startAlarm() {
  let wasOut = isOut();
  document.addEventListener("live:swapped", (event) => {
    if (event.detail.region !== "alarm") return;
    if (isOut() && !wasOut) window.scrollTo(0, 0);
    if (wasOut && !isOut()) say(word("back"));
    wasOut = isOut();
  });
}
