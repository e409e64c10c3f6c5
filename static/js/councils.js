/* A council by its first letters. The field stays a plain text field: any other name is as good, and without this
   script people type it whole. The names come when the field is first used; what is typed leaves the page nowhere. */

import { ask } from "./ask.js";

const MOST = 8;
const FEWEST_LETTERS = 2;

/** Words by which a name is found: small letters without accents, "&" as "and". */
function wordsOf(text) {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").replace(/&/g, " and ").toLowerCase();
  return plain.match(/[\p{L}\p{N}]+/gu) || [];
}

/** Names of which each typed word begins a word; those that begin with what was typed come first. */
function matching(names, typed) {
  const words = wordsOf(typed);
  if (words.join("").length < FEWEST_LETTERS) return [];
  const found = names.filter((each) => words.every((word) => each.words.some((own) => own.startsWith(word))));
  const first = (each) => (each.plain.startsWith(words.join(" ")) ? 0 : 1);
  return found.sort((a, b) => first(a) - first(b)).slice(0, MOST);
}

class Field {
  constructor(box) {
    this.box = box;
    this.input = box.querySelector("input");
    this.said = box.querySelector("[role='status']");
    this.list = box.querySelector("[role='listbox']");
    this.names = null;
    this.active = -1;
    this.input.addEventListener("focus", () => this.load(), { once: true });
    this.input.addEventListener("input", () => this.offer());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.clicked(event));
    if (document.activeElement === this.input) this.load();
  }

  async load() {
    if (this.names) return;
    const { ours, status, body } = await ask(this.box.dataset.councils, { cache: "default" });
    if (!ours || status !== 200 || !body) return; // it stays a plain field
    this.names = body.names.map(([name, others]) => {
      const own = wordsOf(name);
      return { name, plain: own.join(" "), words: [...own, ...wordsOf(others)] };
    });
    const { input, list } = this;
    for (const [name, value] of Object.entries({ role: "combobox", autocomplete: "off", "aria-autocomplete": "list" })) {
      input.setAttribute(name, value);
    }
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    if (document.activeElement === input && input.value !== input.defaultValue) this.offer();
  }

  offer() {
    if (!this.names) return;
    const found = matching(this.names, this.input.value);
    this.list.replaceChildren(...found.map((each, i) => this.option(each.name, i)));
    this.show(found.length > 0);
    const { one, many } = this.list.dataset;
    this.said.textContent = found.length ? (found.length === 1 ? one : many).replace("{n}", String(found.length)) : "";
  }

  option(name, i) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${i}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.textContent = name;
    return option;
  }

  show(open) {
    this.list.hidden = !open;
    this.mark(-1);
    this.input.setAttribute("aria-expanded", String(open));
  }

  mark(place) {
    this.active = place;
    const options = Array.from(this.list.children);
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === place)));
    if (place < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", options[place].id);
    if (place >= 0) options[place].scrollIntoView({ block: "nearest" });
  }

  key(event) {
    if (!this.names || event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      if (this.list.hidden) this.offer();
      const n = this.list.children.length;
      if (n) this.mark(this.active < 0 && steps[event.key] < 0 ? n - 1 : (this.active + steps[event.key] + n) % n);
    } else if (event.key === "Enter" && !this.list.hidden && this.active >= 0) {
      event.preventDefault(); // it chooses, and sends nothing
      this.choose(this.list.children[this.active]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  clicked(event) {
    const option = event.target.closest("[role='option']");
    if (option) this.choose(option);
  }

  choose(option) {
    this.input.value = option.textContent;
    this.said.textContent = option.textContent;
    this.close();
  }

  close() {
    if (this.names) this.show(false);
  }
}

for (const box of document.querySelectorAll("[data-councils]")) new Field(box);
