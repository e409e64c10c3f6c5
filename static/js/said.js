/* The lists of what this phone has said: read again whenever that changes. */

const SPREAD_MS = 2000; // a hall gets a sheet in the same instant

/** Start. `mine` knows what this phone has said. */
export function startSaid(mine) {
  document.addEventListener("mine:changed", ({ detail }) => detail.isAsItCame || lists(document).forEach(read));
  document.addEventListener("click", ({ target }) => {
    // How many can help, and whether they have said yes, is told to nobody but who looks.
    if (target.closest("#bar a[href='#mine']")) document.querySelectorAll("#touch-list").forEach(read);
  });
  document.addEventListener("live:swapped", ({ detail }) => {
    const own = lists(detail.element).filter((place) => mine.hasNotes(place.dataset.question));
    setTimeout(() => own.forEach(read), Math.random() * SPREAD_MS);
  });
}

const lists = (root) => [...root.querySelectorAll("#mine-list, #touch-list, .own-notes")];

async function read(place) {
  try {
    const reply = await fetch(place.dataset.url, { cache: "no-store", headers: { "X-Live": "1" } });
    if (reply.ok && reply.headers.get("X-Live") === "1") replace(place, await reply.text());
  } catch {
    // Without a network the older list stands; the next change reads it again.
  }
}

/** What somebody has opened stays open, and who was at something in the list stays at it. */
function replace(place, html) {
  const opened = Array.from(place.querySelectorAll("details[open]"), (details) => details.id);
  const active = place.contains(document.activeElement) ? document.activeElement : null;
  const part = active && active.closest("[id]");
  const at = part ? parts(part).indexOf(active) : -1;
  place.innerHTML = html;
  for (const details of place.querySelectorAll("details")) details.open = opened.includes(details.id);
  if (!active) return;
  const same = document.getElementById(part.id);
  const target = same ? parts(same)[at] || same : place.closest("section, main").querySelector("h1");
  target.focus();
}

const parts = (element) => [element, ...element.querySelectorAll("*")];
