/* The list of what this phone has said: read again whenever that changes. */

const list = () => document.getElementById("mine-list");

export function startSaid() {
  document.addEventListener("mine:changed", (event) => event.detail.isAsItCame || read());
}

async function read() {
  const place = list();
  if (!place) return;
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
  const target = same ? parts(same)[at] || same : place.closest("section").querySelector("h1");
  target.focus();
}

const parts = (element) => [element, ...element.querySelectorAll("*")];
