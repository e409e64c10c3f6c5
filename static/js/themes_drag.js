/* Dragging answers onto a theme: all that are ticked, if the one that is dragged is. */

let dragged = [];

/** Start. `put(theme, ids, outOf)`: what dropping does. */
export function startThemesDrag(put) {
  document.addEventListener("mousedown", (event) => {
    const row = event.target.closest(".theme-answer");
    if (row && !event.target.closest("input")) row.draggable = true;
  });
  document.addEventListener("dragstart", (event) => {
    const row = event.target.closest && event.target.closest(".theme-answer");
    if (row) begin(event, row);
  });
  document.addEventListener("dragover", (event) => over(event));
  document.addEventListener("drop", (event) => {
    const theme = themeAt(event);
    if (!theme) return;
    event.preventDefault();
    put(theme.dataset.theme, dragged, openTheme());
    end();
  });
  document.addEventListener("dragend", end);
}

function begin(event, row) {
  const ticked = Array.from(document.querySelectorAll(".theme-answer input:checked"), (box) => box.value);
  dragged = ticked.includes(row.dataset.answer) ? ticked : [row.dataset.answer];
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", row.textContent.trim());
}

function over(event) {
  const theme = themeAt(event);
  clear(theme);
  if (!theme) return;
  event.preventDefault();
  theme.classList.add("takes");
}

const themeAt = (event) => (dragged.length && event.target.closest ? event.target.closest("[data-theme]") : null);
const openTheme = () => (document.querySelector("[data-open-theme]") || { dataset: {} }).dataset.openTheme || "";

function clear(except) {
  for (const theme of document.querySelectorAll(".theme.takes")) if (theme !== except) theme.classList.remove("takes");
}

function end() {
  dragged = [];
  clear(null);
}
