/* Tells a screen reader what happened: one status region, one sentence at a time. */

const APART_MS = 1200;
const waiting = [];
let timer = 0;

/** Say `text` after whatever is still waiting; the same sentence is not queued twice in a row. */
export function say(text) {
  if (!text || waiting[waiting.length - 1] === text) return;
  waiting.push(text);
  if (!timer) next();
}

function next() {
  const region = document.getElementById("announcer");
  const text = waiting.shift();
  if (!region || text === undefined) {
    timer = 0;
    return;
  }
  // A region whose text stays the same is not read again, so it is emptied first.
  region.textContent = "";
  setTimeout(() => {
    region.textContent = text;
  }, 50);
  timer = setTimeout(next, APART_MS);
}
