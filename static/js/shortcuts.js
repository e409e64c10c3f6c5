/* The desk by keyboard: single keys press the buttons that name them. */

const NEVER = ["pageup", "pagedown", "b", ".", "f5", "escape", "enter", " "]; // a clicker sends these
const SLOT = "shortcuts";
const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";

/** Start. #shortcuts-on, if the page has it, is a tick box that switches the single keys off and on. */
export function startShortcuts() {
  const box = document.getElementById("shortcuts-on");
  if (box) {
    box.checked = read() !== "off";
    box.addEventListener("change", () => write(box.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", pressed);
}

let memory = "on";

function read() {
  try {
    return localStorage.getItem(SLOT) || memory;
  } catch {
    return memory;
  }
}

function write(value) {
  memory = value;
  try {
    localStorage.setItem(SLOT, value);
  } catch {
    // Kept in memory.
  }
}

function pressed(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat || event.isComposing) return;
  if (event.defaultPrevented || event.target.closest(TYPING) || read() === "off") return;
  const sheet = document.getElementById("shortcuts");
  if (event.key === "?" && sheet) {
    event.preventDefault();
    toggle(sheet);
    return;
  }
  const key = event.key === "+" ? "=" : event.key.toLowerCase(); // one key on most keyboards
  if ((event.shiftKey && event.key !== "+") || NEVER.includes(key) || document.querySelector("dialog[open]")) return;
  const button = buttonFor(key);
  if (!button) return;
  event.preventDefault();
  button.click();
}

function toggle(sheet) {
  if (sheet.open) sheet.close();
  else sheet.showModal();
}

function buttonFor(key) {
  const buttons = Array.from(document.querySelectorAll("[data-shortcut]"));
  return buttons.find(
    (button) => button.dataset.shortcut.toLowerCase() === key && !button.disabled && button.getClientRects().length,
  );
}
