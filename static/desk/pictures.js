// Choosing a picture: search the library as you type, or upload one in place. By mouse, touch and keyboard.
import { make } from "./dialog.js";
import { PictureTray } from "./picture_tray.js";
import { csrfToken } from "./session.js";

const PAUSE = 200; // milliseconds without typing

const settings = () => JSON.parse(document.querySelector("[data-pictures]").dataset.pictures);

// Answers the pictures {id, alt, words, caption, credit, src, card} that were chosen. Files are offered for uploading.
export function choosePictures(files = [], { onlyOne = false } = {}) {
  const offered = onlyOne ? files.slice(0, 1) : files;
  return new Promise((answer) => {
    if (offered.length > 1) uploadPictures(settings(), answer, offered);
    else new Chooser(settings(), (picture) => answer(picture ? [picture] : []), offered[0] ?? null);
  });
}

// Several files at once, each with its texts, in a dialog of their own.
function uploadPictures(settings, answer, files) {
  const { words } = settings;
  const box = make("div", { className: "picture-tray" });
  const insert = make("button", { type: "button", className: "act strong", textContent: words.insert, disabled: true });
  const cancel = make("button", { type: "button", className: "act", textContent: words.cancel });
  const verbs = make("div", { className: "desk-dialog-verbs" }, [insert, cancel]);
  const dialog = make("dialog", { className: "desk-dialog picture-chooser" }, [
    make("h2", { textContent: words.new }),
    box,
    verbs,
  ]);
  dialog.setAttribute("aria-label", words.new);
  document.body.append(dialog);
  const tray = new PictureTray(box, settings);
  let chosen = [];
  box.addEventListener("tray", () => (insert.disabled = tray.isBusy || !tray.pictures.length));
  insert.addEventListener("click", () => {
    chosen = tray.pictures;
    dialog.close();
  });
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("cancel", (event) => event.preventDefault()); // Escape throws nothing away
  dialog.addEventListener("close", () => {
    dialog.remove();
    answer(chosen);
  });
  dialog.showModal();
  tray.add(files);
}

// Whether a picture that is dropped can be uploaded here.
export const mayUpload = () => Boolean(settings().upload);

class Chooser {
  constructor({ library, upload, words, maxBytes }, answer, file) {
    Object.assign(this, { library, address: upload, words, maxBytes, chosen: null, turn: 0, page: 1 });
    this.cancelled = new AbortController();
    this.dialog = make("dialog", { className: "desk-dialog picture-chooser" });
    this.dialog.setAttribute("aria-label", words.title);
    this.search = make("input", { type: "search", autocomplete: "off" });
    this.grid = make("div", { className: "picture-grid" });
    this.grid.setAttribute("role", "group");
    this.grid.setAttribute("aria-label", words.library);
    this.state = make("p", { className: "picture-state" });
    this.state.setAttribute("role", "status");
    this.more = make("button", { type: "button", className: "act", textContent: words.more, hidden: true });
    const cancel = make("button", { type: "button", className: "act", textContent: words.cancel });
    this.dialog.append(
      make("h2", { textContent: words.title }),
      make("label", { className: "picture-search" }, [make("span", { textContent: words.search }), this.search]),
      this.state,
      this.grid,
      this.more,
      ...(upload ? [this.uploadForm()] : []),
      make("div", { className: "desk-dialog-verbs" }, [cancel]),
    );
    this.listen(cancel, answer);
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.search.focus();
    this.find();
    if (file && upload) this.offer(file);
  }

  // As if it had been chosen in the form for uploading.
  offer(file) {
    const files = new DataTransfer();
    files.items.add(file);
    this.dialog.querySelector(".picture-upload").open = true;
    this.dialog.querySelector("[name=upload]").files = files.files;
    this.dialog.querySelector("[name=alt]").focus();
  }

  listen(cancel, answer) {
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
    cancel.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => {
      this.cancelled.abort();
      this.dialog.remove();
      answer(this.chosen);
    });
  }

  async find(page = 1) {
    const turn = ++this.turn;
    const query = new URLSearchParams({ q: this.search.value, page });
    const response = await fetch(`${this.library}?${query}`, { redirect: "manual" }).catch(() => null);
    if (turn !== this.turn) return;
    if (!response?.ok) return this.say(this.words.failed);
    const { pictures, more } = await response.json();
    const isChoosing = this.grid.contains(document.activeElement); // already, among what was there before
    if (page === 1) this.grid.replaceChildren();
    this.grid.append(...pictures.map((picture) => this.choice(picture)));
    if (page === 1 && isChoosing) (this.grid.querySelector("button") ?? this.search).focus();
    this.page = page;
    this.more.hidden = !more;
    this.say(this.grid.childElementCount ? "" : this.words.none);
  }

  choice(picture) {
    const image = make("img", { src: picture.card, alt: "", loading: "lazy" });
    const button = make("button", { type: "button" }, [image, make("span", { textContent: picture.words })]);
    button.addEventListener("click", () => this.choose(picture));
    return button;
  }

  choose(picture) {
    this.chosen = picture;
    this.dialog.close();
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

  uploadForm() {
    const { words } = this;
    const field = (name, label, properties) => {
      const input = make("input", { name, ...properties });
      const problem = make("span", { className: "problem" });
      problem.dataset.for = name;
      return make("label", {}, [make("span", { textContent: label }), input, problem]);
    };
    const file = field("upload", words.file, { type: "file", accept: words.accept, required: true });
    const alt = field("alt", words.alt, { type: "text", maxLength: 250 });
    const decorative = make("label", { className: "check" }, [
      make("input", { name: "decorative", type: "checkbox" }),
      make("span", { textContent: words.decorative }),
    ]);
    const credit = field("credit", words.credit, { type: "text", maxLength: 200 });
    const caption = field("caption", words.caption, { type: "text" });
    const button = make("button", { className: "act", textContent: words.upload });
    const form = make("form", {}, [file, alt, decorative, credit, caption, button]);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.upload(form, button);
    });
    return make("details", { className: "picture-upload" }, [make("summary", { textContent: words.new }), form]);
  }

  async upload(form, button) {
    const data = new FormData(form);
    data.append("focal_x", 50);
    data.append("focal_y", 50);
    data.append("csrfmiddlewaretoken", csrfToken());
    for (const place of form.querySelectorAll(".problem")) place.textContent = "";
    if (data.get("upload").size > this.maxBytes) return this.blame(form, { upload: [this.words.tooLarge] });
    button.disabled = true;
    this.say(this.words.uploading);
    const letGo = this.holdPage();
    const { signal } = this.cancelled;
    const response = await fetch(this.address, { method: "POST", body: data, signal }).catch(() => null);
    const answer = await response?.json().catch(() => null);
    letGo();
    button.disabled = false;
    this.say("");
    if (answer?.picture) this.choose(answer.picture);
    else if (answer?.known) this.showKnown(form, answer);
    else this.blame(form, answer?.errors ?? { upload: [this.words.failed] });
  }

  // What the library has already, with other words than those of the form.
  showKnown(form, { known, said, form: address }) {
    form.querySelector(".picture-known")?.remove();
    const use = make("button", { type: "button", className: "act strong", textContent: this.words.useKnown });
    use.addEventListener("click", () => this.choose(known));
    const link = make("a", { className: "act", href: address, target: "_blank", textContent: this.words.changeKnown });
    const box = make("div", { className: "picture-known" }, [make("p", { textContent: said }), use]);
    box.setAttribute("role", "alert");
    if (address) box.append(link);
    form.append(box);
    use.focus();
  }

  // Neither a save by keyboard nor Escape throws away what is on its way; leaving asks. “Cancel” means it.
  holdPage() {
    const hold = (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.say(this.words.wait);
    };
    document.addEventListener("submit", hold, true);
    this.dialog.addEventListener("cancel", hold);
    addEventListener("beforeunload", hold);
    return () => {
      document.removeEventListener("submit", hold, true);
      this.dialog.removeEventListener("cancel", hold);
      removeEventListener("beforeunload", hold);
    };
  }

  blame(form, errors) {
    for (const [name, texts] of Object.entries(errors)) {
      const place = form.querySelector(`[data-for="${name}"]`) ?? form.querySelector('[data-for="upload"]');
      place.textContent = texts.join(" ");
    }
    form.querySelector(".problem:not(:empty)")?.previousElementSibling.focus();
  }

  say(text) {
    this.state.textContent = text;
  }
}
