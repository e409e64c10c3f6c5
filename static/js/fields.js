/* Reads and fills the fields of an answer, and tells what has been changed but not sent. */

const MARKED = ["checkbox", "radio"];
const SILENT = ["submit", "button", "reset", "image"];

const CONTROLS = "input, textarea, select";

/** The name without what stands before it where a form asks several questions. */
const nameOf = (control) => control.name.replace(/^[0-9a-f]{32}\./, "");
const isAnswer = (control) => /^value(\.|$)/.test(nameOf(control));
const partNamed = (control) => nameOf(control).slice("value.".length);

/** `form`: a form, or the part of one that holds one question. */
function answerControls(form) {
  const controls = Array.from(form.elements || form.querySelectorAll(CONTROLS));
  return controls.filter((control) => control.name && isAnswer(control) && !control.disabled);
}

/**
 * The answer in `form`: a string if there is only `value`, a list if those are tick boxes, otherwise an object by
 * part ("value.a" is part "a"). Parts with no choice made are left out.
 */
export function readAnswer(form) {
  const parts = {};
  for (const control of answerControls(form)) {
    const part = partNamed(control);
    if (control.type === "checkbox" || control.type === "select-multiple") {
      parts[part] = (parts[part] || []).concat(chosen(control));
    } else if (control.type !== "radio" || control.checked) {
      parts[part] = control.value;
    }
  }
  const names = Object.keys(parts);
  if (names.some((name) => name !== "")) return parts;
  return names.length ? parts[""] : "";
}

function chosen(control) {
  if (control.type === "checkbox") return control.checked ? [control.value] : [];
  return Array.from(control.selectedOptions, (option) => option.value);
}

/** Put `answer`, in the shape `readAnswer` gives, into `form`, and tell whoever shows it in another way. */
export function fillAnswer(form, answer) {
  for (const control of answerControls(form)) {
    const wanted = partOf(answer, partNamed(control));
    const several = Array.isArray(wanted) ? wanted.map(String) : [String(wanted)];
    if (MARKED.includes(control.type)) control.checked = several.includes(control.value);
    else if (control.type === "select-multiple") {
      for (const option of control.options) option.selected = several.includes(option.value);
    } else if (control.value !== String(wanted)) control.value = String(wanted);
  }
  form.dispatchEvent(new CustomEvent("answer:filled", { bubbles: true }));
}

function partOf(answer, part) {
  if (answer === null || answer === undefined) return "";
  if (part === "") return typeof answer === "object" && !Array.isArray(answer) ? partOf(answer[""], "") : answer;
  const found = answer[part];
  return found === null || found === undefined ? "" : found;
}

/** What is in `form` now is what has been handed in: nothing there is unsent any more. */
export function settle(form) {
  delete form.dataset.unsent;
  for (const control of answerControls(form)) {
    if (MARKED.includes(control.type)) control.defaultChecked = control.checked;
    else if (control.options) for (const option of control.options) option.defaultSelected = option.selected;
    else if (control.type === "hidden") control.dataset.settled = control.value;
    else control.defaultValue = control.value;
  }
}

/** Whether somebody has changed anything in `root` that has not been handed in. */
export function hasUnsent(root) {
  if (root.matches("[data-unsent]") || root.querySelector("[data-unsent]")) return true;
  return Array.from(root.querySelectorAll(CONTROLS)).some(isChanged);
}

function isChanged(control) {
  if (MARKED.includes(control.type)) return control.checked !== control.defaultChecked;
  if (control.options) return isSelectChanged(control);
  if (SILENT.includes(control.type)) return false;
  if (control.type !== "hidden") return control.value !== control.defaultValue;
  return control.dataset.settled !== undefined && control.value !== control.dataset.settled;
}

function isSelectChanged(select) {
  const options = Array.from(select.options);
  // Without a default the browser itself selects the first option of a plain list.
  const first = select.multiple || options.some((option) => option.defaultSelected) ? null : options[0];
  return options.some((option) => option.selected !== (option.defaultSelected || option === first));
}

/** Whether two answers say the same; "3" and 3 do. */
export function sameAnswer(a, b) {
  return canonical(a) === canonical(b);
}

function canonical(value) {
  if (value === null || typeof value !== "object") return String(value);
  return JSON.stringify(Object.keys(value).sort().map((key) => [key, canonical(value[key])]));
}
