/* What this phone keeps of a day is forgotten when somebody leaves it here, in every tab. */

const LEFT = "left:";

/** On a page of the day: go with another tab of this phone that leaves. */
export function startLeaving() {
  const { workshop } = document.body.dataset;
  window.addEventListener("storage", (event) => {
    if (event.key !== LEFT + workshop || !event.newValue) return;
    if (event.newValue === "now") {
      forgetDay(workshop);
      location.replace("/left/");
    } else {
      // The server may turn this tab out before the other one can say more; what is on the page stays there till then.
      forgetIn(() => sessionStorage, workshop);
    }
  });
}

/** Nothing of this day stays on the phone: no unsent answer, no draft, no key. */
export function forgetDay(day) {
  forgetIn(() => localStorage, day);
  forgetIn(() => sessionStorage, day);
}

function forgetIn(open, day) {
  try {
    const storage = open();
    const isOfDay = (name) => name.split(/[:/-]/).includes(day);
    for (const name of Object.keys(storage).filter(isOfDay)) storage.removeItem(name);
  } catch {
    // Without storage there is nothing to forget.
  }
}

/** The other tabs of this phone hear that it leaves: "soon", when that was pressed, and "now". */
export function tellTabs(day, when) {
  try {
    localStorage.setItem(LEFT + day, when);
    localStorage.removeItem(LEFT + day);
  } catch {
    // They are told by the server, which knows the seat no more.
  }
}
