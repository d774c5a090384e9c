// Finds what a text may link to, and asks for a link in a dialog that finds it while one types.
import { ask } from "./dialog.js";
import { Listbox } from "./listbox.js";

const PAUSE = 120; // milliseconds without typing
const SCHEMES = /^(https?:\/\/|mailto:|tel:|\/(?!\/)|#)/i;

export const isAddress = (text) => SCHEMES.test(text ?? "");

// Returns the rows for what was typed; none when the server does not answer.
export function linkFinder(textarea) {
  return async (term) => {
    if (!term) return [];
    const query = new URLSearchParams({ term, language: textarea.form.elements.language.value });
    const response = await fetch(`${textarea.dataset.links}?${query}`, { redirect: "manual" }).catch(() => null);
    return response?.ok ? (await response.json()).results : [];
  };
}

// Returns the address of the link, "" for none, null when the person cancels.
export async function askLink(present, words, find) {
  let choice;
  const values = await ask(
    words.link,
    [
      {
        name: "href",
        label: words.address,
        value: present,
        check: (text) => (!text || choice.addressOf(text) ? "" : words.badAddress),
        prepare: (input) => (choice = new LinkChoice(input, words, find)),
      },
    ],
    words,
  );
  return values && choice.addressOf(values.href);
}

// A text box that takes an address, or words of a story, tag, author or page to choose from.
class LinkChoice {
  constructor(input, words, find) {
    Object.assign(this, { input, find, chosen: null, rows: Promise.resolve([]), timer: null });
    this.list = new Listbox(input, words.links, (row) => this.choose(row));
    input.closest("label").after(this.list.dom); // not in it, where its rows would be part of the name
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.dom.id);
    this.tell();
    input.addEventListener("input", () => this.look());
    input.addEventListener("keydown", (event) => this.takeKey(event));
    if (input.value.startsWith("/story/")) this.nameStory(input.value);
  }

  // A link to a story of ours is kept by its number: people read the headline.
  async nameStory(address) {
    const row = (await this.find(address)).find((one) => one.address === address);
    if (!row || this.input.value !== address) return;
    this.choose(row);
    this.input.select();
  }

  addressOf(text) {
    return text === this.chosen?.label ? this.chosen.address : completed(text);
  }

  look() {
    clearTimeout(this.timer);
    const text = this.input.value.trim();
    const rows = new Promise((answer) => {
      this.timer = setTimeout(() => answer(this.find(text)), PAUSE);
    });
    this.rows = rows;
    rows.then((found) => {
      if (this.rows !== rows) return;
      this.list.show(found, completed(text) ? -1 : 0);
      this.tell();
    });
  }

  choose(row) {
    clearTimeout(this.timer);
    this.chosen = row;
    this.rows = Promise.resolve([]);
    this.input.value = row.label;
    this.input.setCustomValidity("");
    this.list.show([]);
    this.tell();
  }

  async takeKey(event) {
    if (this.list.takeKey(event)) return event.preventDefault();
    if (event.key === "Escape" && !this.list.dom.hidden) {
      event.preventDefault(); // closes the list alone
      this.list.show([]);
      return this.tell();
    }
    if (event.key !== "Enter" || event.isComposing) return;
    const { marked } = this.list;
    if (!marked && this.addressOf(this.input.value)) return;
    event.preventDefault();
    if (!this.input.value.trim()) return this.input.form.requestSubmit();
    const [first] = await this.rows; // of what stands there now
    const row = first && (this.list.marked ?? first);
    if (row) this.choose(row);
    this.input.form.requestSubmit();
  }

  tell() {
    this.input.setAttribute("aria-expanded", String(!this.list.dom.hidden));
  }
}

// Completes “example.org/page” and “name@example.org”, as people type them; returns "" for what is no address.
export function completed(text) {
  const address = text.trim();
  if (isAddress(address) || !address) return address;
  if (/^[^\s@/]+@[^\s@/]+\.[a-z]{2,}$/i.test(address)) return `mailto:${address}`;
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+([/?#]|$)/u.test(address) ? `https://${address}` : "";
}
