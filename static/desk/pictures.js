// Choosing a picture: search and filter the library, or upload new ones in place. By mouse, touch and keyboard.
import { make } from "./dialog.js";
import { PictureFilters } from "./picture_filters.js";
import { PictureUpload } from "./picture_upload.js";

const PAUSE = 200; // milliseconds without typing
const uploaded = new Map(); // from this page, by id: shown first, the last one on top

const settings = () => JSON.parse(document.querySelector("[data-pictures]").dataset.pictures);

// Returns the pictures {id, alt, words, caption, credit, src, card} that were chosen; several if they are new and not
// `onlyOne` is wanted. Files are uploaded at once.
export function choosePictures(files = [], { onlyOne = false } = {}) {
  return new Promise((answer) => new Chooser(settings(), answer, files, onlyOne));
}

// Returns whether a picture that is dropped can be uploaded here.
export const mayUpload = () => Boolean(settings().upload);

class Chooser {
  constructor(settings, answer, files, onlyOne) {
    const { library, upload, words } = settings;
    Object.assign(this, { library, words, answer, chosen: [], turn: 0, page: 1 });
    this.dialog = make("dialog", { className: "desk-dialog picture-chooser" });
    this.dialog.setAttribute("aria-label", words.title);
    this.search = make("input", { type: "search", autocomplete: "off" });
    this.filters = new PictureFilters(() => this.find());
    this.grid = make("div", { className: "picture-grid" });
    this.grid.setAttribute("role", "group");
    this.grid.setAttribute("aria-label", words.library);
    this.state = make("p", { className: "picture-state" });
    this.state.setAttribute("role", "status");
    this.more = make("button", { type: "button", className: "act", textContent: words.more, hidden: true });
    this.cancel = make("button", { type: "button", className: "act", textContent: words.cancel });
    const ways = { takesAll: !onlyOne, take: (pictures) => this.choose(pictures), say: (text) => this.say(text) };
    this.upload = upload ? new PictureUpload(this.dialog, settings, ways) : null;
    this.dialog.append(...this.parts());
    this.listen();
    document.body.append(this.dialog);
    this.dialog.showModal();
    (files.length && this.upload ? this.upload.button : this.search).focus();
    this.find();
    if (files.length) this.upload?.add(files);
  }

  parts() {
    const { words, upload } = this;
    const title = make("h2", { textContent: words.title });
    return [
      make("div", { className: "picture-chooser-head" }, [title, ...(upload ? [upload.button, upload.files] : [])]),
      ...(upload ? [upload.box] : []),
      make("label", { className: "picture-search" }, [make("span", { textContent: words.search }), this.search]),
      this.filters.dom,
      this.grid,
      this.more,
      make("div", { className: "desk-dialog-verbs" }, [this.state, ...(upload ? [upload.insert] : []), this.cancel]),
    ];
  }

  listen() {
    let timer;
    this.search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => this.find(), PAUSE);
    });
    this.search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
      if (event.key === "ArrowDown") this.grid.querySelector("button")?.focus();
    });
    this.grid.addEventListener("keydown", (event) => this.move(event));
    this.more.addEventListener("click", () => this.find(this.page + 1));
    this.cancel.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.end());
  }

  async find(page = 1) {
    const turn = ++this.turn;
    const narrowed = { q: this.search.value, ...this.filters.values };
    const query = new URLSearchParams({ ...narrowed, page });
    if (!this.filters.isFilled) query.set("filters", 1);
    const response = await fetch(`${this.library}?${query}`, { redirect: "manual" }).catch(() => null);
    if (turn !== this.turn) return;
    if (!response?.ok) return this.say(this.words.failed);
    const { pictures, more, filters } = await response.json();
    if (filters) this.filters.fill(filters);
    const isChoosing = this.grid.contains(document.activeElement); // already, among what was there before
    if (page === 1) this.grid.replaceChildren();
    this.grid.append(...this.withUploaded(pictures, page, narrowed).map((picture) => this.choice(picture)));
    if (page === 1 && isChoosing) (this.grid.querySelector("button") ?? this.search).focus();
    this.page = page;
    this.more.hidden = !more;
    this.say(this.grid.childElementCount ? "" : this.words.none);
  }

  // In the whole library, what was uploaded from this page comes first, also what the library had already.
  withUploaded(pictures, page, narrowed) {
    if (Object.values(narrowed).some(Boolean)) return pictures;
    const others = pictures.filter(({ id }) => !uploaded.has(id));
    return page === 1 ? [...[...uploaded.values()].reverse(), ...others] : others;
  }

  choice(picture) {
    const image = make("img", { src: picture.card, alt: "", loading: "lazy" });
    const button = make("button", { type: "button" }, [image, make("span", { textContent: picture.words })]);
    button.addEventListener("click", () => this.choose([picture]));
    return button;
  }

  choose(pictures) {
    this.chosen = pictures;
    this.dialog.close();
    this.end(); // at once: the event may come after the next key, which is meant for what was there before
  }

  end() {
    for (const picture of this.upload?.tray.pictures ?? []) uploaded.set(picture.id, picture);
    this.dialog.remove();
    this.answer(this.chosen);
  }

  move(event) {
    const buttons = [...this.grid.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    const row = buttons.filter((button) => button.offsetTop === buttons[0].offsetTop).length;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: row, ArrowUp: -row }[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    if (at + step < 0) this.search.focus();
    else buttons[Math.min(at + step, buttons.length - 1)].focus();
  }

  say(text) {
    this.state.textContent = text;
  }
}
