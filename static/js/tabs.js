/* The phone's bar: one section at a time. Without JavaScript they are all there, one below the other. */

import { say } from "./announcer.js";
import { word } from "./words.js";

const FIRST = "now";
const sections = () => Array.from(document.querySelectorAll("section[data-tab]"));
const links = () => Array.from(document.querySelectorAll("#bar a[href^='#']"));
const linkTo = (id) => links().find((link) => link.getAttribute("href") === "#" + id);

/** Start with the section in the address, else with Now. */
export function startTabs() {
  if (!sections().length) return;
  const asked = sectionOf(location.hash.slice(1));
  show(asked ? asked.id : FIRST);
  links().forEach((link) => link.addEventListener("click", (event) => press(event, link)));
  window.addEventListener("hashchange", () => {
    const section = sectionOf(location.hash.slice(1));
    if (section && section.hidden) show(section.id);
  });
  document.addEventListener("live:shown", (event) => reveal(event.detail.element));
  watchQuestion();
}

function sectionOf(id) {
  const element = id ? document.getElementById(id) : null;
  return element ? element.closest("section[data-tab]") : null;
}

function show(id) {
  for (const section of sections()) section.hidden = section.id !== id;
  for (const link of links()) {
    if (link === linkTo(id)) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const link = linkTo(id);
  if (link) delete link.dataset.new;
}

function press(event, link) {
  const id = link.getAttribute("href").slice(1);
  const section = sectionOf(id);
  if (!section || section.id !== id) return;
  event.preventDefault();
  show(id);
  history.replaceState(history.state, "", "#" + id);
  window.scrollTo(0, 0);
  const heading = section.querySelector("h1, h2, h3") || section;
  heading.setAttribute("tabindex", "-1");
  heading.focus();
}

function reveal(element) {
  const section = element.closest("section[data-tab]");
  if (section && section.hidden) show(section.id);
}

/** Say that a new question has come, and mark its tab if another one is open. */
function watchQuestion() {
  const current = () => {
    const form = document.getElementById("question-form");
    return form ? form.dataset.question : "";
  };
  let seen = current();
  document.addEventListener("live:swapped", (event) => {
    const question = current();
    if (question && question !== seen) {
      const section = event.detail.element.closest("section[data-tab]");
      const link = section && section.hidden ? linkTo(section.id) : null;
      if (link) link.dataset.new = "";
      say(word("held"));
    }
    seen = question;
  });
}
