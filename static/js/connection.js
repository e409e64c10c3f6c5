/* Keeps the page in touch: the socket while it is healthy, polling while it is not, for ever. */

import { SILENT, Socket } from "./socket.js";
import { readState } from "./state.js";

const DEGRADE_MS = 4000;
const CHECK_MS = 3000;
const MINUTE_MS = 60000;
const RESTART_MS = 5000;
const SILENT_MS = 1000;
const WAKE_APART_MS = 1000;
const NEVER_AGAIN = [4403, 4409, 1008, 4008]; // daphne cannot close with 1008, so abuse is 4008 there

const random = (ms) => Math.random() * ms;
const around = (ms) => ms * (0.8 + random(0.4));

export class Connection {
  /**
   * `page`: stateUrl, socketUrl, pollMs, pausesHidden, have() -> [epoch, rev, at], isWriting(), onFrame(frame),
   * onSnapshot(snapshot), onPong(serverMs, sentAt, receivedAt), onReached(), onStale(), onSeatLost(),
   * onStatus("live" | "polling" | "lost", portal).
   */
  constructor(page) {
    this.page = page;
    this.pollMs = page.pollMs;
    this.socket = this.asking = this.pollOk = null;
    this.socketAllowed = true;
    this.failures = 0;
    this.polling = this.portal = this.paused = this.stopped = false;
    this.wokenAt = -WAKE_APART_MS; // in performance.now() milliseconds
    this.timers = {};
  }

  start() {
    this.listen();
    this.paused = this.page.pausesHidden && document.visibilityState === "hidden";
    this.connect();
  }

  /** Read the state at once, unless that is already under way. */
  refresh() {
    if (!this.asking && !this.paused && !this.stopped) this.fetchState();
  }

  /** This page may not read on: stop everything and say so. */
  stop() {
    this.stopped = true;
    this.pause();
    this.page.onStale();
  }

  listen() {
    const wake = () => this.wake();
    ["online", "focus"].forEach((name) => window.addEventListener(name, wake));
    document.addEventListener("resume", wake);
    window.addEventListener("pageshow", (event) => event.persisted && wake());
    window.addEventListener("offline", () => this.socket && this.socket.check(CHECK_MS));
    window.addEventListener("pagehide", () => this.pause());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") wake();
      else if (this.page.pausesHidden) this.pause(this.socket && this.socket.healthy);
    });
  }

  pause(keepSocket = false) {
    this.paused = true;
    Object.keys(this.timers).forEach((name) => this.cancel(name));
    if (this.asking) this.asking.abort();
    this.asking = null;
    if (this.socket && !keepSocket) this.dropSocket();
  }

  wake() {
    // Coming back fires several of these events together.
    const now = performance.now();
    if (this.stopped || (!this.paused && now - this.wokenAt < WAKE_APART_MS)) return;
    this.wokenAt = now;
    this.paused = false;
    if (this.polling) this.poll();
    else this.fetchState();
    if (this.socket) this.socket.check(CHECK_MS);
    else this.connect();
  }

  cancel(name) {
    clearTimeout(this.timers[name]);
    delete this.timers[name];
  }

  after(name, ms, action) {
    this.cancel(name);
    this.timers[name] = setTimeout(() => {
      delete this.timers[name];
      action();
    }, ms);
  }

  connect() {
    if (this.paused || this.stopped || !this.socketAllowed) return;
    this.cancel("retry");
    this.dropSocket();
    this.socket = new Socket(this.page.socketUrl, {
      have: () => this.page.have().join("."),
      isWriting: this.page.isWriting,
      onFrame: this.page.onFrame,
      onPong: this.page.onPong,
      onHealthy: () => this.becomeHealthy(),
      onEnd: (...ending) => this.socketEnded(...ending),
    });
    this.degradeSoon();
  }

  dropSocket() {
    if (this.socket) this.socket.drop();
    this.socket = null;
  }

  becomeHealthy() {
    this.failures = 0;
    this.polling = false;
    this.pollOk = null;
    ["degrade", "poll", "retry"].forEach((name) => this.cancel(name));
    this.page.onReached();
    this.showStatus();
  }

  socketEnded(code, retryMs, wasHealthy) {
    this.socket = null;
    if (code === 4401) this.page.onSeatLost();
    if (code === 4401 || NEVER_AGAIN.includes(code)) this.socketAllowed = false;
    if (!wasHealthy) this.failures += 1;
    if (this.failures >= 2 || !this.socketAllowed) this.startPolling();
    else this.degradeSoon();
    if (code === SILENT) this.retryIn(random(SILENT_MS));
    else if (wasHealthy) this.retryIn(random(retryMs === null ? RESTART_MS : retryMs));
    else this.retryIn(this.backoff());
  }

  backoff() {
    if (this.polling && this.pollOk) return around(MINUTE_MS);
    return random(Math.min(15000, 500 * 2 ** Math.min(this.failures, 5)));
  }

  retryIn(ms) {
    if (!this.paused && this.socketAllowed) this.after("retry", ms, () => this.connect());
  }

  degradeSoon() {
    if (this.paused || this.polling || this.timers.degrade) return;
    this.after("degrade", DEGRADE_MS, () => this.startPolling());
  }

  startPolling() {
    if (this.paused || this.stopped || this.polling) return;
    this.polling = true;
    this.pollOk = null;
    this.poll();
  }

  async poll() {
    this.cancel("poll");
    const outcome = await this.fetchState();
    if (!this.polling || this.paused || this.stopped) return;
    const asked = (outcome && outcome.retryMs) || 0;
    this.after("poll", Math.max(around(this.pollMs), asked), () => this.poll());
  }

  async fetchState() {
    if (this.asking) this.asking.abort();
    const mine = new AbortController();
    this.asking = mine;
    const outcome = await readState(this.page.stateUrl, this.page.have(), this.page.isWriting(), mine.signal);
    if (mine.signal.aborted) return null;
    this.asking = null;
    if (outcome.kind === "stale") this.stop();
    else this.take(outcome);
    return outcome;
  }

  take(outcome) {
    const before = this.pollOk;
    this.pollOk = outcome.kind !== "away";
    this.portal = Boolean(outcome.portal);
    if (outcome.kind === "new") this.page.onSnapshot(outcome.snapshot);
    if (outcome.kind === "new" && this.socket) this.socket.hello(); // which may lead to another process
    if (this.pollOk && this.polling && !this.socket) {
      // The server is back after an outage: that says nothing against sockets, so try one soon, not all at once.
      if (before === false) this.retryIn(random(RESTART_MS));
      else if (before === null && this.failures >= 2) this.retryIn(this.backoff());
    }
    if (this.pollOk && before !== true) this.page.onReached();
    this.showStatus();
  }

  showStatus() {
    if (this.socket && this.socket.healthy) this.page.onStatus("live", false);
    else if (this.pollOk === false) this.page.onStatus("lost", this.portal);
    else if (this.pollOk && this.polling) this.page.onStatus("polling", false);
  }
}
