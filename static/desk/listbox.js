// A list of choices for what is being typed: the text keeps the focus, one choice is marked, arrow keys move the mark.
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
import { make } from "./dialog.js";

let count = 0;

export class Listbox {
  // `field` is where somebody types; `choose` is given the row that they take.
  constructor(field, label, choose) {
    Object.assign(this, { field, rows: [], at: -1 });
    this.dom = make("ul", { className: "desk-listbox", id: `desk-listbox-${++count}`, hidden: true });
    this.dom.setAttribute("role", "listbox");
    this.dom.setAttribute("aria-label", label);
    this.dom.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
    this.dom.addEventListener("click", ({ target }) => {
      const row = this.rows[[...this.dom.children].indexOf(target.closest("[role=option]"))];
      if (row) choose(row);
    });
  }

  // Rows are {label, kind, note, icon}, of which only the label has to be there. The first is marked, or none.
  show(rows, at = 0) {
    this.rows = rows;
    this.dom.replaceChildren(...rows.map((row, number) => this.option(row, number)));
    this.dom.hidden = !rows.length;
    this.mark(rows.length ? at : -1);
  }

  option({ label, kind, note, icon }, number) {
    const parts = [icon, make("span", { className: "what", textContent: label })];
    const about = [kind, note].filter(Boolean).join(" · ");
    if (about) parts.push(make("span", { className: "about", textContent: about }));
    const option = make("li", { id: `${this.dom.id}-${number}` }, parts.filter(Boolean));
    option.setAttribute("role", "option");
    return option;
  }

  mark(at) {
    this.at = at;
    [...this.dom.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    const marked = this.dom.children[at];
    if (!marked) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", marked.id);
    marked.scrollIntoView({ block: "nearest" });
  }

  get marked() {
    return this.rows[this.at];
  }

  // Returns whether the key moved the mark.
  takeKey({ key }) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (!step || !this.rows.length) return false;
    this.mark((Math.max(this.at, step < 0 ? 0 : -1) + step + this.rows.length) % this.rows.length);
    return true;
  }
}
