/* The sentences for people. The page brings them, translated, as data-word-* on <body>. */

const ENGLISH = {
  live: "Live",
  polling: "Updating every few seconds",
  lost: "No connection",
  portal: "The wifi wants you to sign in again",
  stale: "This page is out of date – open it again",
  held: "A new question is ready",
  heldOther: "Something on this page has changed",
  showOther: "Show what has changed",
  saving: "Sending…",
  saved: "Saved",
  kept: "Not sent yet – kept on this phone. We keep trying.",
  refused: "This answer was not taken. What you wrote is still here.",
  older: "A newer answer of yours is already saved. Press again to send this one instead.",
  send: "Send my answer",
  change: "Change my answer",
  deleted: "Deleted",
  notDeleted: "Not deleted yet: there is no connection. Press again.",
  askSend: "Ask the speaker",
  askChange: "Change my question",
  askSeen: "Sent. Everybody can read it.",
  askWaits: "Sent. The desk reads it before everybody else.",
  askAnswered: "Your last question has been answered. You can ask another.",
  askAway: "The desk has put your last question away. You can ask another.",
  agreed: "You have agreed to the ground rules",
  back: "Everyone is back. We go on.",
  minutes: "{n} min",
  inMinutes: "in {n} min",
  minutesLeft: "{n} minutes left",
  minuteLeft: "1 minute left",
  timeUp: "Time is up, you can still answer",
  talkOver: "Time is up",
  safe: "Room-safe: names, notes and unshown answers are hidden on this display",
  unsafe: "Room-safe is off: this display shows everything again",
  screensNone: "No screen is connected",
  screensOne: "Screen connected",
  screensMany: "{n} screens connected",
  writingSome: "some people are still writing",
  writingMany: "{n} people are still writing",
  justMoved: "The day had just moved. Nothing was changed by this press.",
  unreached: "That press got no answer. Look at what is on now; pressing again is safe.",
  undone: "That could not be done. Nothing is lost. Look at what is on now, then press again.",
};

const PHONE = { lost: "No connection – your answers are safe on this phone" };

/** The sentence called `name`, with every {n} in it replaced by `n`. */
export function word(name, n = "") {
  const { dataset } = document.body;
  const attribute = "word" + name.charAt(0).toUpperCase() + name.slice(1);
  const fallback = (dataset.audience === "phone" && PHONE[name]) || ENGLISH[name] || "";
  return (dataset[attribute] || fallback).replace(/\{n\}/g, String(n));
}
