/* Room-safe, before anything is drawn: no module, so that the page waits for it. room-safe.js is the rest. */

try {
  document.documentElement.classList.toggle("room-safe", sessionStorage.getItem("room-safe") === "on");
} catch {
  // A browser that keeps nothing begins without it.
}
