/* What is written but not handed in, and the key it will be handed in with, through a reload. */

const memory = new Map();
const slotOf = (kind, question) => `${kind}:${document.body.dataset.workshop}:${question}`;

function read(slot) {
  try {
    const text = sessionStorage.getItem(slot);
    if (text !== null) return JSON.parse(text);
  } catch {
    // Storage may be switched off: then it lives as long as the page.
  }
  return memory.has(slot) ? memory.get(slot) : null;
}

function write(slot, value) {
  memory.set(slot, value);
  try {
    sessionStorage.setItem(slot, JSON.stringify(value));
  } catch {
    // Kept in memory.
  }
}

/** The unsent answer to `question`, or null. */
export function readDraft(question) {
  return read(slotOf("draft", question));
}

/** Keep what is written so far for `question`. */
export function keepDraft(question, value) {
  write(slotOf("draft", question), value);
}

/** `question` has no unsent answer any more. */
export function dropDraft(question) {
  const slot = slotOf("draft", question);
  memory.delete(slot);
  try {
    sessionStorage.removeItem(slot);
  } catch {
    // There was nothing stored.
  }
}

/** The key for this phone's answer to `question`: made once, before the first try. */
export function keyFor(question) {
  const slot = slotOf("key", question);
  const kept = read(slot);
  if (kept) return kept;
  const key = newKey();
  write(slot, key);
  return key;
}

/** The key was not taken: the next try gets a new one. */
export function dropKey(question) {
  const slot = slotOf("key", question);
  memory.delete(slot);
  try {
    sessionStorage.removeItem(slot);
  } catch {
    // There was nothing stored.
  }
}

/** A random UUID, version 4. crypto.randomUUID does not exist on a hall's plain http. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
