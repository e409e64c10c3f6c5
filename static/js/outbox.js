/* Keeps answers on this phone until the server says it has them. */

import { ask } from "./ask.js";

const PREFIX = "outbox:";
const DAY_MS = 86400000;
const LONGEST_WAIT_MS = 30000;
const LIMIT_MS = 10000;
const STUCK_MS = 3000;
const HURRIED = 3;
const TRY_AGAIN = [408, 425, 429];

export class Outbox {
  /**
   * An entry is {url, madeMs, place, body: {key, edit, question, value}}; `place` is the question, or on a sheet that
   * and which note (places.js). `report(entry, status, message)` hears
   * "sending", "kept", and at last "saved", "refused" or "older" (a newer edit from elsewhere stands).
   */
  constructor(workshop, report) {
    this.slot = PREFIX + workshop;
    this.report = report;
    this.memory = {};
    this.tries = 0;
    this.notBefore = 0;
    this.busy = this.again = false;
    this.trying = null; // {since, stop()} of the try under way
    this.hurried = 0; // tries that are not waited for long
    this.dropped = new Set(); // keys of what was taken back: what becomes of a try on its way is no news
    forgetOldDays(this.slot);
  }

  /** The unsent answer at `place`, as handed in last, or null. */
  waiting(place) {
    const entry = this.all()[place];
    return entry ? entry.body : null;
  }

  /** Where there is an unsent answer. */
  places() {
    return Object.keys(this.all());
  }

  /** Keep an answer and send it; a newer one replaces an older one that has not left yet. */
  put(url, body, place = body.question) {
    const entries = this.all();
    entries[place] = { url, madeMs: Date.now(), place, body };
    this.store(entries);
    this.report(entries[place], "sending");
    this.flush();
  }

  /** Keep nothing of the answer at `place`, and end a try under way; gives what was waiting, or null. */
  drop(place) {
    const entries = this.all();
    const entry = entries[place];
    if (!entry) return null;
    delete entries[place];
    this.dropped.add(entry.body.key);
    this.store(entries);
    if (this.trying) this.trying.stop();
    return entry.body;
  }

  /** Something has changed for the better: do not wait for the next try. */
  kick() {
    this.tries = 0;
    // A connection that fell into a hole stays silent, and the browser may use it again: sending twice is harmless.
    this.hurried = HURRIED;
    if (this.trying) setTimeout(this.trying.stop, this.trying.since + STUCK_MS - performance.now());
    this.flush();
  }

  async flush() {
    clearTimeout(this.timer);
    if (this.busy) {
      this.again = true;
      return;
    }
    const wait = this.notBefore - performance.now();
    if (wait > 0) {
      Object.values(this.all()).forEach((entry) => this.report(entry, "kept"));
      this.timer = setTimeout(() => this.flush(), wait);
      return;
    }
    this.busy = true;
    let kept = false;
    try {
      for (const entry of Object.values(this.all())) kept = !(await this.send(entry)) || kept;
    } finally {
      this.busy = false;
    }
    const again = this.again;
    this.again = false;
    if (again) this.flush();
    else if (kept) this.tryLater();
  }

  tryLater() {
    const wait = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(this.tries, 5)) * (0.5 + Math.random() * 0.5);
    this.tries += 1;
    const asked = this.notBefore - performance.now();
    this.timer = setTimeout(() => this.flush(), Math.max(wait, asked + Math.random() * 1000));
  }

  /** One try. True when the entry is done with, for better or worse. */
  async send(entry) {
    if (this.dropped.has(entry.body.key)) return true;
    const stopper = new AbortController();
    this.trying = { since: performance.now(), stop: () => stopper.abort() };
    const limitMs = this.hurried > 0 ? STUCK_MS : LIMIT_MS;
    this.hurried -= 1;
    const answer = await ask(entry.url, {
      method: "POST",
      limitMs,
      signal: stopper.signal,
      redirect: "error",
      headers: { "Content-Type": "application/json", "X-Live": "1", "X-CSRFToken": csrfToken() },
      body: JSON.stringify(entry.body),
    });
    this.trying = null;
    if (this.dropped.has(entry.body.key)) return true;
    const { ours, status, body, retryMs } = answer;
    if (ours && status >= 200 && status < 300 && body && body.key === entry.body.key) {
      const isOlder = Number(body.edit) > entry.body.edit; // taken, but a newer edit stands
      return this.finish(entry, isOlder ? "older" : "saved", "");
    }
    if (ours && status >= 400 && status < 500 && !TRY_AGAIN.includes(status)) {
      return this.finish(entry, "refused", (body && body.message) || "");
    }
    if (ours && retryMs) this.notBefore = performance.now() + retryMs;
    this.report(entry, "kept");
    return false;
  }

  finish(entry, status, message) {
    this.tries = 0;
    const { key, edit } = entry.body;
    const entries = this.all();
    const now = entries[entry.place];
    const isCurrent = !now || (now.body.key === key && now.body.edit === edit);
    // An older edit that arrived says nothing about the newer one still here.
    if (!isCurrent) return true;
    delete entries[entry.place];
    this.store(entries);
    this.report(entry, status, message);
    return true;
  }

  all() {
    try {
      const stored = Object.entries(JSON.parse(localStorage.getItem(this.slot)) || {});
      const sound = stored.filter(([, entry]) => entry && entry.body);
      return { ...Object.fromEntries(sound.map(([place, entry]) => [place, { ...entry, place }])), ...this.memory };
    } catch {
      return { ...this.memory };
    }
  }

  store(entries) {
    try {
      if (Object.keys(entries).length) localStorage.setItem(this.slot, JSON.stringify(entries));
      else localStorage.removeItem(this.slot);
      this.memory = {};
    } catch {
      this.memory = entries;
    }
  }
}

function csrfToken() {
  const field = document.querySelector("input[name='csrfmiddlewaretoken']");
  return field ? field.value : "";
}

/** An answer left over from another day will not be wanted; it does not stay on somebody's phone. */
function forgetOldDays(slot) {
  try {
    const others = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX) && name !== slot);
    for (const name of others) {
      const entries = Object.values(JSON.parse(localStorage.getItem(name)) || {});
      if (entries.every((entry) => Date.now() - entry.madeMs > DAY_MS)) localStorage.removeItem(name);
    }
  } catch {
    // Without storage there is nothing to forget.
  }
}
