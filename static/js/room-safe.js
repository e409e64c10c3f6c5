/* Room-safe: hides what the room may not read, in case it sees the laptop's display. It stays in this window. */

import { say } from "./announcer.js";
import { word } from "./words.js";

const SLOT = "room-safe";
const root = document.documentElement;
const shut = new Set(); // details that were open when it began

/** Start. #room-safe is the button; whatever has data-private is for the desk's eyes only. */
export function startRoomSafe() {
  const button = document.getElementById("room-safe");
  if (!button) return;
  button.hidden = false;
  show(button);
  button.addEventListener("click", () => {
    const isOn = root.classList.toggle("room-safe");
    keep(isOn);
    if (isOn) leavePrivate(button);
    else openAgain();
    show(button);
    say(word(isOn ? "safe" : "unsafe"));
  });
}

function show(button) {
  button.setAttribute("aria-pressed", String(root.classList.contains("room-safe")));
}

function keep(isOn) {
  try {
    sessionStorage.setItem(SLOT, isOn ? "on" : "off");
  } catch {
    // It holds until the page is left.
  }
}

/** Nobody stays in a part that is hidden: not the focus, not a selection, not a part opened to be read. */
function leavePrivate(button) {
  if (document.activeElement && document.activeElement.closest("[data-private]")) button.focus();
  window.getSelection().removeAllRanges();
  for (const details of document.querySelectorAll("details[open]")) {
    if (!details.closest("[data-private]")) continue;
    details.open = false;
    shut.add(details);
  }
}

function openAgain() {
  for (const details of shut) details.open = true;
  shut.clear();
}
