// The filters of the picture library as selects, above the pictures that somebody chooses from.
import { make } from "./dialog.js";

export class PictureFilters {
  constructor(changed) {
    this.dom = make("div", { className: "picture-selects" });
    this.dom.addEventListener("change", changed);
  }

  get isFilled() {
    return this.dom.childElementCount > 0;
  }

  // What is chosen, by the parameters of the library's list.
  get values() {
    const chosen = [...this.dom.querySelectorAll("select")].filter(({ value }) => value);
    return Object.fromEntries(chosen.map(({ name, value }) => [name, value]));
  }

  // Filters are {name, title, choices}, as articles/admin/pictures/choosing.py describes them.
  fill(filters) {
    const fields = filters.map(({ name, title, choices }) => {
      const options = choices.map(([value, label]) => new Option(label, value));
      const select = make("select", { name, id: `picture-filter-${name}` }, options);
      return make("div", {}, [make("label", { htmlFor: select.id }, [make("span", { textContent: title })]), select]);
    });
    this.dom.replaceChildren(...fields);
  }
}
