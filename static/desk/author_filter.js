// The filter of authors above the list of stories: suggests authors while a name is typed. Without this script, the name
// is sent as it is typed.
import { Listbox } from "./listbox.js";

const PAUSE = 150; // milliseconds without typing

class AuthorFilter {
  constructor(form) {
    Object.assign(this, { form, input: form.elements.author, address: form.dataset.authors, rows: Promise.resolve([]) });
    this.list = new Listbox(this.input, form.querySelector("label").textContent, (row) => this.take(row));
    form.append(this.list.dom);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", this.list.dom.id]]) {
      this.input.setAttribute(name, value);
    }
    this.show([]);
    this.input.addEventListener("input", () => this.look());
    this.input.addEventListener("keydown", (event) => this.press(event));
    const details = form.closest("details");
    details.addEventListener("toggle", () => details.open && this.input.focus());
  }

  look() {
    clearTimeout(this.timer);
    const term = this.input.value.trim();
    const rows = new Promise((answer) => {
      this.timer = setTimeout(() => answer(term ? this.find(term) : []), PAUSE);
    });
    this.rows = rows;
    rows.then((found) => this.rows === rows && this.show(found));
  }

  async find(term) {
    const response = await fetch(`${this.address}?${new URLSearchParams({ term })}`, { redirect: "manual" }).catch(() => null);
    const { results } = response?.ok ? await response.json() : { results: [] };
    return results.map(({ id, text }) => ({ label: text, author: id.replace("id:", "") }));
  }

  show(rows) {
    this.list.show(rows);
    this.input.setAttribute("aria-expanded", String(rows.length > 0));
  }

  async press(event) {
    if (this.list.takeKey(event)) return event.preventDefault();
    if (event.key === "Escape" && this.list.rows.length) {
      event.preventDefault();
      event.stopPropagation(); // folds the suggestions alone
      this.show([]);
    }
    if (event.key !== "Enter" || event.isComposing || !this.input.value.trim()) return;
    event.preventDefault();
    const [first] = await this.rows; // of what stands there now
    const row = first && this.list.marked;
    if (row) this.take(row);
    else this.form.requestSubmit();
  }

  take({ author }) {
    const query = new URLSearchParams(new FormData(this.form));
    query.set("author", author);
    location.assign(`?${query}`);
  }
}

document.querySelectorAll("[data-authors]").forEach((form) => new AuthorFilter(form));
