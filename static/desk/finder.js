// The dialog of Ctrl+K: the server finds while somebody types, arrow keys choose, Enter opens.
import { make } from "./dialog.js";

const PAUSE = 120; // milliseconds without typing

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const nameOf = (verb) => verb.textContent.trim().replace(/\s+/g, " ") || verb.value; // an input has its name there

const isLink = (verb) => verb.matches("a");

const isGrave = (verb) => verb.matches(".grave, .deletelink");

export class Finder {
  // `link` leads to the page that finds without this script, and has the words.
  constructor(link) {
    this.link = link;
    this.cancelled = new AbortController();
    this.box = make("input", { type: "search", autocomplete: "off", spellcheck: false, maxLength: 100 });
    this.list = make("div", { id: "found-list" });
    this.state = make("p", { className: "found-state" });
    this.dialog = make("dialog", { className: "desk-finder" }, [this.box, this.state, this.list]);
    const attributes = { role: "combobox", "aria-expanded": "true", "aria-controls": "found-list", "aria-autocomplete": "list", "aria-label": this.link.dataset.find };
    for (const [name, value] of Object.entries(attributes)) this.box.setAttribute(name, value);
    this.box.placeholder = this.link.dataset.find;
    this.dialog.setAttribute("aria-label", this.link.dataset.find);
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.link.dataset.find);
    this.state.setAttribute("role", "status");
    const verbs = document.querySelectorAll("[data-verbs] :is(a[href], button, input[type=submit])");
    this.verbs = [...verbs].filter((verb) => !verb.disabled && !verb.closest("[hidden]"));
    this.verbs.sort((one, other) => isGrave(one) - isGrave(other)); // Enter takes the first: it must do no harm
    this.listen();
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.search();
  }

  listen() {
    let timer;
    this.box.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.search(), PAUSE);
    });
    this.box.addEventListener("keydown", (event) => this.press(event));
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      const inNewTab = event.ctrlKey || event.metaKey || event.shiftKey;
      if (!row?.verb || (inNewTab && isLink(row.verb))) return;
      event.preventDefault();
      this.take(row);
    });
    this.dialog.addEventListener("click", ({ target }) => target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("close", () => {
      this.cancelled.abort();
      this.dialog.remove();
    });
  }

  press(event) {
    const rows = this.rows();
    const place = rows.indexOf(this.current);
    if (event.key === "ArrowDown") this.mark(rows[(place + 1) % rows.length]);
    else if (event.key === "ArrowUp") this.mark(rows.at(place - 1));
    else if (event.key === "Enter") this.enter(event);
    else if (event.key === "Escape" && !event.isComposing) this.dialog.close(); // else a search box empties itself first
    else return;
    event.preventDefault();
  }

  // What was typed last may not be answered yet: Enter waits for it.
  async enter({ ctrlKey, metaKey }) {
    if (this.asked !== this.box.value) await this.search();
    if (this.current) this.take(this.current, ctrlKey || metaKey);
  }

  take(row, inNewTab = false) {
    this.dialog.close();
    const mayOpenBeside = !row.verb || isLink(row.verb);
    if (inNewTab && mayOpenBeside) window.open(row.href, "_blank", "noopener");
    else if (row.verb) row.verb.click();
    else location.assign(row.href);
  }

  async search() {
    const term = (this.asked = this.box.value);
    const query = new URLSearchParams({ q: term, list: "" });
    const options = { redirect: "manual", signal: this.cancelled.signal };
    const response = await fetch(`${this.link.href}?${query}`, options).catch(() => null);
    const found = response?.ok ? await response.text().catch(() => "") : "";
    if (term !== this.asked || !this.dialog.isConnected) return;
    this.list.innerHTML = found;
    this.list.prepend(...this.here(term, this.rows().map((row) => row.href)));
    this.label();
    const rows = this.rows();
    this.mark(rows[0]);
    this.state.textContent = rows.length ? "" : response?.ok ? this.link.dataset.findNone : this.link.dataset.findFailed;
  }

  // Returns what this page offers under this name: the links and buttons in whatever has `data-verbs`. A link that the server
  // has found stands below already.
  here(term, known) {
    const words = folded(term).split(/\s+/).filter(Boolean);
    const isCalled = (name) => words.every((word) => folded(name).split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word)));
    const found = this.verbs.filter((verb) => isCalled(nameOf(verb)) && !known.includes(verb.href));
    if (!found.length) return [];
    const rowOf = (verb) => Object.assign(make("a", { href: verb.href ?? "#", textContent: nameOf(verb) }), { verb });
    const rows = found.map((verb) => make("li", {}, [rowOf(verb)]));
    return [make("section", { className: "found" }, [make("h2", { textContent: this.link.dataset.findHere }), make("ul", {}, rows)])];
  }

  label() {
    let number = 0;
    for (const group of this.list.querySelectorAll("section")) {
      const title = group.querySelector("h2");
      title.id = `found-${++number}`;
      title.setAttribute("role", "presentation"); // it names the group; a listbox has options alone
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", title.id);
      for (const element of group.querySelectorAll("ul, li")) element.setAttribute("role", "presentation");
    }
    for (const row of this.rows()) {
      row.id = `found-${++number}`;
      row.tabIndex = -1;
      row.setAttribute("role", "option");
    }
  }

  rows() {
    return [...this.list.querySelectorAll("a")];
  }

  mark(row) {
    this.current?.setAttribute("aria-selected", "false");
    this.current = row;
    row?.setAttribute("aria-selected", "true");
    row?.scrollIntoView({ block: "nearest" });
    if (row) this.box.setAttribute("aria-activedescendant", row.id);
    else this.box.removeAttribute("aria-activedescendant");
  }
}
