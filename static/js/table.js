/* The table somebody writes for, and how many sit there: asked once, kept on this phone for the next question. */

const NAMES = ["table", "people"];
const slot = (name) => `${name}:${document.body.dataset.workshop}`;
const fieldsOf = (form) => NAMES.map((name) => form.elements.namedItem(name)).filter(Boolean);

/** What comes with an answer: {table, people} where one person at each table writes, otherwise nothing. */
export function readTable(form) {
  return Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value.trim()]));
}

/** Put the table of the question before into empty fields; what stands there is nothing unsent. */
export function layTable(form) {
  for (const field of fieldsOf(form)) {
    if (!field.value) field.value = field.defaultValue = recall(field.name);
  }
}

/** An answer has been handed in for this table. */
export function keepTable(form) {
  for (const field of fieldsOf(form)) {
    field.defaultValue = field.value;
    try {
      localStorage.setItem(slot(field.name), field.value.trim());
    } catch {
      // Storage may be switched off: then it is asked again.
    }
  }
}

function recall(name) {
  try {
    return localStorage.getItem(slot(name)) || "";
  } catch {
    return "";
  }
}
