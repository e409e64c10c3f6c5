/* Answers grouped into themes without the page going away. Each press is a form that works without this, too. */

import { say } from "./announcer.js";
import { startShortcuts } from "./shortcuts.js";
import { startThemesDrag } from "./themes_drag.js";
import { current, inHand, setCurrent, startThemesKeys } from "./themes_keys.js";

const LOOK_MS = 900;
const AT_WORK = "input[type='text'], select";
const MARKS = { "HX-Request": "true", "X-Live": "1" };

const board = () => document.getElementById("themes");
const answers = () => Array.from(document.querySelectorAll(".theme-answer"));
const ticks = () => Array.from(document.querySelectorAll(".theme-answer input:checked"));

let busy = false;

export function startThemes() {
  startShortcuts();
  startThemesKeys();
  startThemesDrag(put);
  document.addEventListener("submit", submitted);
  setCurrent(null);
  setInterval(look, LOOK_MS);
}

function submitted(event) {
  const form = event.target;
  if (!board().contains(form) || form.method !== "post") return;
  event.preventDefault();
  const { submitter } = event;
  const data = new FormData(form, submitter);
  // Nothing ticked: what is meant is the answer in hand.
  if (form.id === "themes-form" && !ticks().length && inHand()) data.append("answer", inHand().dataset.answer);
  const action = (submitter && submitter.getAttribute("formaction")) || form.getAttribute("action");
  press(action, data, submitter ? submitter.id : "");
}

/** Put answers (ids) into a theme, as though they were ticked; `outOf` is the theme they were dragged from. */
function put(theme, ids, outOf) {
  const form = document.getElementById("themes-form");
  const data = new FormData();
  data.append("csrfmiddlewaretoken", form.querySelector("[name='csrfmiddlewaretoken']").value);
  data.append("theme", theme);
  ids.forEach((id) => data.append("answer", id));
  if (outOf) data.append("out_of", outOf);
  press(form.getAttribute("action"), data, "");
}

async function press(action, data, focus) {
  if (busy) return;
  busy = true;
  try {
    const response = await fetch(action, { method: "POST", body: data, headers: MARKS });
    if (!response.ok || response.headers.get("X-Live") !== "1") throw new Error("not ours");
    lay(await response.text(), { focus, typed: data.get("name") || "" });
    tell();
  } catch {
    say(board().dataset.lost);
  } finally {
    busy = false;
  }
}

/** What came back takes the place of what is there; who works by keyboard stays where they were. */
function lay(html, { focus = "", typed = "", keeps = false } = {}) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("themes");
  if (!fresh) throw new Error("not ours");
  const place = answers().indexOf(current());
  const held = current() ? current().id : "";
  const active = document.activeElement;
  const id = focus || (active && board().contains(active) ? active.id : "");
  const hadAnswer = Boolean(active && active.closest(".theme-answer"));
  const ticked = keeps ? ticks().map((box) => box.id) : [];
  const name = document.getElementById("themes-name");
  const words = keeps && name ? name.value : "";
  board().replaceWith(fresh);
  ticked.forEach((box) => document.getElementById(box)?.click());
  const field = document.getElementById("themes-name");
  if (keeps && field) field.value = words;
  const rows = answers();
  setCurrent(document.getElementById(held) || rows[Math.min(Math.max(place, 0), rows.length - 1)] || null);
  const begun = typed && field && !field.value; // a theme was begun: on with the list
  if (hadAnswer || begun) (current() || document.getElementById("themes-answers-title")).focus();
  else if (id) (document.getElementById(id) || current() || fresh).focus();
}

function tell() {
  const notice = document.getElementById("themes-notice");
  const left = document.getElementById("themes-left");
  say([notice, left].map((part) => (part ? part.textContent.trim() : "")).join(" "));
}

/** What somebody else has done meanwhile comes by itself, but not under the hands of whoever types. */
async function look() {
  if (busy || document.hidden) return;
  const { news, mark, moved } = board().dataset;
  try {
    const response = await fetch(`${news}?mark=${encodeURIComponent(mark)}`, { headers: MARKS });
    if (response.status !== 200 || response.headers.get("X-Live") !== "1" || busy) return;
    if (document.activeElement && document.activeElement.matches(AT_WORK)) return;
    const page = await fetch(location.pathname + location.search, { headers: MARKS });
    if (!page.ok || page.headers.get("X-Live") !== "1" || busy) return;
    lay(await page.text(), { keeps: true });
    say(moved);
  } catch {
    // The next look may get through.
  }
}

startThemes();
