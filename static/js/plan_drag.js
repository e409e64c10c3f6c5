/* Dragging a row of the plan by its grip. The row follows the pointer; a line shows where it would go. */

const STARTS_AT_PX = 4;
const EDGE_PX = 90;
const SCROLL_PX = 12;

/** Start. `isFree(row)`: may it move, or be moved past; `place(row, before)` puts it there. */
export function startDragging(list, { isFree, place }) {
  let drag = null;

  list.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".plan-grip");
    const row = grip && grip.closest("li");
    if (!row || !isFree(row) || event.button !== 0) return;
    event.preventDefault();
    drag = { row, id: event.pointerId, y: event.clientY, from: event.clientY, scroll: window.scrollY, before: row };
    requestAnimationFrame(scroll);
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    drag.y = event.clientY;
    follow();
  });
  document.addEventListener("pointerup", (event) => {
    if (drag && event.pointerId === drag.id) end(true);
  });
  document.addEventListener("pointercancel", () => end(false));
  document.addEventListener("keydown", (event) => {
    if (drag && event.key === "Escape") end(false);
  });

  function follow() {
    const by = drag.y - drag.from + window.scrollY - drag.scroll;
    if (!drag.row.classList.contains("plan-dragged") && Math.abs(by) < STARTS_AT_PX) return;
    drag.row.classList.add("plan-dragged");
    drag.row.style.transform = `translateY(${by}px)`;
    show(rowBelow());
  }

  /** The row it would stand before; null at the end, itself where it is. Nothing goes before what has begun. */
  function rowBelow() {
    const others = Array.from(list.children).filter((row) => row !== drag.row && isFree(row));
    const middle = (row) => row.getBoundingClientRect().top + row.offsetHeight / 2;
    return others.find((row) => drag.y < middle(row)) || null;
  }

  function show(before) {
    list.querySelectorAll(".plan-goes-here, .plan-goes-last").forEach(clear);
    drag.before = before;
    if (before && before !== drag.row.nextElementSibling) before.classList.add("plan-goes-here");
    if (!before && list.lastElementChild !== drag.row) list.lastElementChild.classList.add("plan-goes-last");
  }

  function clear(row) {
    row.classList.remove("plan-goes-here", "plan-goes-last", "plan-dragged");
    row.style.transform = "";
  }

  function end(drops) {
    if (!drag) return;
    const { row, before } = drag;
    const moved = row.classList.contains("plan-dragged");
    Array.from(list.children).forEach(clear);
    drag = null;
    if (drops && moved) place(row, before);
  }

  /** Near the top or the bottom of the window the page goes along. */
  function scroll() {
    if (!drag) return;
    if (drag.row.classList.contains("plan-dragged")) {
      if (drag.y < EDGE_PX) window.scrollBy(0, -SCROLL_PX);
      if (drag.y > window.innerHeight - EDGE_PX) window.scrollBy(0, SCROLL_PX);
      follow();
    }
    requestAnimationFrame(scroll);
  }
}
