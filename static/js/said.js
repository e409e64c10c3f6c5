/* The list of what this phone has said: read again whenever that changes. */

const list = () => document.getElementById("mine-list");

export function startSaid() {
  document.addEventListener("mine:changed", read);
}

async function read() {
  const place = list();
  if (!place) return;
  try {
    const reply = await fetch(place.dataset.url, { cache: "no-store", headers: { "X-Live": "1" } });
    if (reply.ok && reply.headers.get("X-Live") === "1") place.innerHTML = await reply.text();
  } catch {
    // Without a network the older list stands; the next change reads it again.
  }
}
