/* The table somebody writes for: asked once, kept on this phone for the next question. */

const slot = () => `table:${document.body.dataset.workshop}`;
const fieldOf = (form) => form.elements.namedItem("table");

/** What comes with an answer: {table} where one person at each table writes, otherwise nothing. */
export function readTable(form) {
  const field = fieldOf(form);
  return field ? { table: field.value.trim() } : {};
}

/** Put the table of the question before into an empty field; what stands there is nothing unsent. */
export function layTable(form) {
  const field = fieldOf(form);
  if (!field || field.value) return;
  field.value = field.defaultValue = recall();
}

/** An answer has been handed in for this table. */
export function keepTable(form) {
  const field = fieldOf(form);
  if (!field) return;
  field.defaultValue = field.value;
  try {
    localStorage.setItem(slot(), field.value.trim());
  } catch {
    // Storage may be switched off: then it is asked again.
  }
}

function recall() {
  try {
    return localStorage.getItem(slot()) || "";
  } catch {
    return "";
  }
}
