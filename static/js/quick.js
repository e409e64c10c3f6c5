/* Asking something that nobody has prepared: opened, it is ready to be typed. */

/** Start. #quick is a details with the form in it, if the page has one. */
export function startQuick() {
  const details = document.getElementById("quick");
  if (!details) return;
  details.addEventListener("toggle", () => {
    if (details.open) details.querySelector("textarea").focus();
    // What is folded away must not take the next key: it may be a shortcut.
    else if (details.contains(document.activeElement)) details.querySelector("summary").focus();
  });
}
