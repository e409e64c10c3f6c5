/* What this phone itself has said: fetched apart from the regions, which hold nothing personal. */

import { ask } from "./ask.js";

const LONGEST_WAIT_MS = 30000;
const PATIENCE_MS = 2000;

export class Mine {
  /** `onChange()` is called whenever something new is known. */
  constructor(url, onChange) {
    this.url = url;
    this.onChange = onChange;
    this.loaded = this.agreed = false;
    this.role = "";
    this.answers = {};
    this.queue = { own: {}, votes: [] };
    this.news = this.tries = this.askedAt = 0;
    document.addEventListener("live:swapped", (event) => this.layOver(event.detail.element));
  }

  /** The stored answer at `place` (see places.js) as {key, edit, value}, or null. */
  answer(place) {
    return Object.prototype.hasOwnProperty.call(this.answers, place) ? this.answers[place] : null;
  }

  /** Whether this phone has put a note on the sheet `question`. */
  hasNotes(question) {
    return Object.keys(this.answers).some((place) => place.startsWith(`${question}/`));
  }

  /** The server has taken this answer: true from now on, whatever an older reading says. */
  note({ key, edit, value }, place) {
    this.news += 1;
    this.answers[place] = { key, edit, value };
    this.refresh();
  }

  /** The server has deleted the answer at `place`: the same. */
  forget(place) {
    this.news += 1;
    delete this.answers[place];
    this.onChange();
    this.refresh();
  }

  /** The server has taken part of what this phone says about the questions to a speaker: `own` or `votes`. */
  noteQueue(part) {
    this.news += 1;
    this.queue = { ...this.queue, ...part };
    if (!this.loaded) this.refresh();
  }

  /** The server is reached, again or for the first time: what was asked of it before may never be answered. */
  reached() {
    if (!this.loaded && performance.now() - this.askedAt > PATIENCE_MS) this.refresh();
  }

  /** Read again; keeps trying until the server has answered once. True when it has just answered. */
  async refresh() {
    clearTimeout(this.timer);
    if (!this.url) return false;
    const news = (this.news += 1);
    this.askedAt = performance.now();
    const { ours, status, body } = await ask(this.url, { redirect: "error" });
    if (news !== this.news) return false; // a later reading, or an answer sent meanwhile, knows better
    if (ours && status === 200 && body && body.v === 1) {
      this.take(body);
      return true;
    }
    const isRefused = ours && status >= 400 && status < 500 && status !== 429;
    if (!this.loaded && !isRefused) this.tryLater();
    return false;
  }

  take(body) {
    this.loaded = true;
    this.tries = 0;
    this.agreed = Boolean(body.agreed);
    this.role = body.role || "";
    this.answers = body.answers || {};
    this.queue = body.queue || { own: {}, votes: [] };
    this.layOver(document);
    this.onChange();
    // What is read first, and with nothing said here meanwhile, is what the page itself came with.
    document.dispatchEvent(new CustomEvent("mine:changed", { detail: { isAsItCame: this.news === 1 } }));
  }

  tryLater() {
    const longest = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(this.tries, 5));
    this.tries += 1;
    this.timer = setTimeout(() => this.refresh(), 500 + Math.random() * longest);
  }

  /** Show in `root` only what fits who this is: agreed to the ground rules or not, councillor, other, or not said. */
  layOver(root) {
    if (!this.loaded) return;
    for (const element of root.querySelectorAll("[data-if-agreed]")) element.hidden = !this.agreed;
    for (const element of root.querySelectorAll("[data-unless-agreed]")) element.hidden = this.agreed;
    const kind = this.role === "councillor" ? "councillor" : this.role ? "other" : "unsaid";
    for (const element of root.querySelectorAll("[data-for]")) {
      element.hidden = !element.dataset.for.split(" ").includes(kind);
    }
    for (const links of root.querySelectorAll("[data-asked]")) {
      const said = links.dataset.asked.split(" ").filter((question) => this.answer(question)).length;
      Array.from(links.children).forEach((link, n) => (link.hidden = n !== said));
    }
  }
}
