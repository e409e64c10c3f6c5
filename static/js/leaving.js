/* What this phone keeps of a day is forgotten when somebody leaves it here, in every tab. */

const LEFT = "left:";

/** On the page of a day: leave as well when another tab of this phone does. */
export function startLeaving() {
  const { workshop } = document.body.dataset;
  window.addEventListener("storage", (event) => {
    if (event.key !== LEFT + workshop || !event.newValue) return;
    forgetDay(workshop);
    location.replace("/left/");
  });
}

/** Nothing of this day stays on the phone: no unsent answer, no draft, no key. */
export function forgetDay(day) {
  const isOfDay = (name) => name.split(/[:/]/).includes(day);
  for (const open of [() => localStorage, () => sessionStorage]) {
    try {
      const storage = open();
      for (const name of Object.keys(storage).filter(isOfDay)) storage.removeItem(name);
    } catch {
      // Without storage there is nothing to forget.
    }
  }
}

/** The other tabs of this phone hear of it. */
export function tellTabs(day) {
  try {
    localStorage.setItem(LEFT + day, "1");
    localStorage.removeItem(LEFT + day);
  } catch {
    // They are told by the server, which knows the seat no more.
  }
}
