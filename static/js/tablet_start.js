/* A shared tablet between two people: nothing that a page has kept stays. */

let channel = null; // one for this page, which does not hear itself

const line = () => (channel = channel || new BroadcastChannel("tablet"));

/** Everything that our pages keep in this browser: unsent answers, drafts, keys, the table. */
export function forgetAll() {
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      window[name].clear();
    } catch {
      // Switched off: then nothing was kept.
    }
  }
}

/** Pages of the former person in other tabs go as well. */
export function tellOtherTabs() {
  if ("BroadcastChannel" in window) line().postMessage("next");
}

/** A page of this tablet hears that it was handed on elsewhere. */
export function hearOtherTabs() {
  if ("BroadcastChannel" in window) line().onmessage = () => location.reload();
}

if (document.getElementById("tablet-start")) {
  forgetAll();
  tellOtherTabs();
}
