/* What this phone calls an answer: its question, and on a sheet also which note of it: "question/key". */

import { keyFor } from "./drafts.js";

/** Whether `form` takes one note of a sheet after the other. */
export const takesNotes = (form) => form.dataset.sheet !== undefined;

/** Where what is written in `form` belongs: to a note that has its place already, or to the next one. */
export function placeOf(form) {
  const { question, place } = form.dataset;
  return place || (takesNotes(form) ? `${question}/${keyFor(question)}` : question);
}

/** Under which name what is written in `form` and not handed in is kept. */
export const draftOf = (form) => form.dataset.place || form.dataset.question;

/** The key of a note from its place, "" for an answer that is the only one to its question. */
export const keyIn = (place) => place.split("/")[1] || "";

/** Whether `place` is one of `question`. */
export const isOf = (place, question) => place === question || place.startsWith(`${question}/`);
