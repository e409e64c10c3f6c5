/* One try at the socket: says hello, pings, notices silence, ends once. It never retries by itself. */

/** The close code of a socket that ended because nothing was heard in time. */
export const SILENT = 0;

const GIVE_UP_MS = 15000;
const QUIET_MS = 35000;
const PING_EVERY_MS = 25000;
const LOOK_EVERY_MS = 5000;

export class Socket {
  /**
   * `handlers`: have() -> "E.R.A", isWriting() -> bool, onFrame(frame), onPong(serverMs, sentAt, receivedAt) in
   * performance.now() milliseconds, onHealthy() after the first pong, onEnd(closeCode, retryMs or null, wasHealthy).
   */
  constructor(url, handlers) {
    this.handlers = handlers;
    this.healthy = false;
    this.awaited = 1;
    this.count = 0;
    this.sent = new Map();
    this.wrote = 0;
    this.pingedAt = 0;
    this.retryMs = null;
    this.limitTo(GIVE_UP_MS);
    this.looking = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.open(url);
  }

  open(url) {
    try {
      this.wire = new WebSocket(url);
    } catch {
      this.wire = null;
      this.limitTo(0);
      return;
    }
    this.wire.onopen = () => {
      this.hello();
      this.ping();
    };
    this.wire.onmessage = (event) => this.hear(event.data);
    this.wire.onclose = (event) => this.end(event.code);
  }

  /** Say what the page holds now: first of all, and whenever it has got something from elsewhere. */
  hello() {
    if (this.wire && this.wire.readyState === WebSocket.OPEN) this.send({ t: "hello", have: this.handlers.have() });
  }

  /** Ping now; without its pong within `limitMs` this socket ends. */
  check(limitMs) {
    this.awaited = this.count + 1;
    this.limitTo(limitMs);
    this.ping();
  }

  /** Close without a word to the handlers: somebody else has taken over, or the page is going. */
  drop() {
    clearTimeout(this.limit);
    clearInterval(this.looking);
    if (!this.wire) return;
    this.wire.onopen = this.wire.onmessage = this.wire.onclose = null;
    this.wire.close();
    this.wire = null;
  }

  end(code) {
    this.drop();
    this.handlers.onEnd(code, this.retryMs, this.healthy);
  }

  limitTo(ms) {
    clearTimeout(this.limit);
    this.limit = setTimeout(() => this.end(this.healthy ? SILENT : 1006), ms);
  }

  look() {
    const changed = (this.handlers.isWriting() ? 1 : 0) !== this.wrote;
    if (this.healthy && (changed || performance.now() - this.pingedAt > PING_EVERY_MS)) this.ping();
  }

  ping() {
    if (!this.wire || this.wire.readyState !== WebSocket.OPEN) return;
    this.count += 1;
    this.wrote = this.handlers.isWriting() ? 1 : 0;
    this.pingedAt = performance.now();
    this.sent.set(this.count, this.pingedAt);
    this.send({ t: "ping", n: this.count, w: this.wrote });
  }

  send(frame) {
    this.wire.send(JSON.stringify(frame));
  }

  hear(data) {
    let frame = null;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    if (frame === null || typeof frame !== "object") return;
    if (frame.t === "pong") this.hearPong(frame);
    else if (!this.awaited) this.limitTo(QUIET_MS);
    if (frame.t === "bye") this.retryMs = Number(frame.retry_ms) || 0;
    this.handlers.onFrame(frame);
  }

  hearPong(frame) {
    const received = performance.now();
    const sentAt = this.sent.get(frame.n);
    this.sent.delete(frame.n);
    // A pong that was already on its way before check() proves nothing about now.
    if (sentAt === undefined || frame.n < this.awaited) return;
    const isFirst = !this.healthy;
    this.awaited = 0;
    this.healthy = true;
    this.limitTo(QUIET_MS);
    this.handlers.onPong(Number(frame.server_ms), sentAt, received);
    if (isFirst) this.handlers.onHealthy();
  }
}
