// Several new pictures at once: each is uploaded as soon as it is chosen, and its texts are written while others follow.
import { make } from "./dialog.js";
import { PictureWords } from "./picture_words.js";
import { csrfToken } from "./session.js";

const AT_ONCE = 2; // uploads

const isStored = ({ picture, form }) => picture && !form?.changed.length;

// Fills `box`. `settings` come from chooser_settings in articles/admin/fields/picture_input.py. Where one picture is
// wanted, each gets a button, and `take` is given the one whose button is pressed.
export class PictureTray {
  constructor(box, { upload, maxBytes, words }, take = null) {
    Object.assign(this, { box, address: upload, maxBytes, words, take, cards: [], waiting: [], under: 0 });
    this.stopped = new AbortController();
    this.shared = ["caption", "credit"].map((name) => this.sharedField(name));
    this.sum = make("p", { className: "picture-tray-sum" });
    this.sum.setAttribute("role", "status");
    this.list = make("div", { className: "picture-tray-cards" });
    this.about = make("div", { className: "picture-tray-shared" }, this.shared.map(({ label }) => label));
    box.append(this.about, this.sum, this.list);
    const ask = (event) => this.hasUnsent && event.preventDefault();
    addEventListener("beforeunload", ask, { signal: this.stopped.signal });
  }

  // Sends nothing more, and keeps nobody from leaving.
  stop() {
    this.waiting = [];
    this.stopped.abort();
  }

  get pictures() {
    return this.cards.filter(({ picture }) => picture).map((card) => this.asWritten(card));
  }

  get isBusy() {
    return this.under > 0 || this.waiting.length > 0;
  }

  // Returns whether there is a file that is not stored: it waits, is on its way, or was refused.
  get hasUnsent() {
    return this.cards.some(({ picture }) => !picture);
  }

  // Returns the picture with the texts that are in its form now.
  asWritten({ picture, form }) {
    if (!form) return picture;
    const alt = form.get("decorative") ? "" : form.get("alt");
    return { ...picture, alt, words: form.get("alt") || picture.words, caption: form.get("caption"), credit: form.get("credit") };
  }

  // A text that all new pictures get, where nobody has written another.
  sharedField(name) {
    const input = make("input", { type: "text", value: "", autocomplete: "off" });
    if (name === "credit") input.maxLength = 200;
    const label = make("label", {}, [make("span", { textContent: this.words[`${name}ForAll`] }), input]);
    const shared = { name, label, input, last: "" };
    input.addEventListener("change", () => {
      for (const { form, isNew } of this.cards) {
        if (form && isNew && (!form.get(name) || form.get(name) === shared.last)) form.set(name, input.value);
      }
      shared.last = input.value;
    });
    return shared;
  }

  add(files) {
    this.box.hidden = false;
    this.focused = document.activeElement;
    for (const file of files) this.queue(this.newCard(file));
    this.tell();
  }

  // Forgets those that are stored with their texts; a text that could not be saved stays in sight.
  async clear() {
    await Promise.all(this.cards.map(({ form }) => form?.save()));
    for (const { element } of this.cards.filter(isStored)) element.remove();
    this.cards = this.cards.filter((card) => !isStored(card));
    this.box.hidden = !this.cards.length;
    this.tell();
    this.cards.find(({ form }) => form)?.form.changed[0].focus();
  }

  newCard(file) {
    const card = { file, isNew: true };
    const address = URL.createObjectURL(file);
    const image = make("img", { src: address, alt: "" });
    for (const type of ["load", "error"]) image.addEventListener(type, () => URL.revokeObjectURL(address));
    image.addEventListener("error", () => (image.hidden = true));
    card.progress = make("progress", { max: 1, value: 0 });
    card.progress.setAttribute("aria-label", `${this.words.uploading} ${file.name}`);
    card.state = make("p", { className: "picture-tray-state" });
    card.verbs = make("div", { className: "picture-tray-verbs" });
    card.fields = make("div", {}, []);
    const about = make("div", { className: "picture-tray-about" }, [
      make("p", { className: "picture-tray-name", textContent: file.name }),
      card.progress,
      card.state,
      card.fields,
      card.verbs,
    ]);
    card.element = make("article", { className: "picture-tray-card" }, [image, about]);
    card.element.setAttribute("aria-label", file.name);
    card.element.addEventListener("words", () => this.tell());
    card.element.addEventListener("input", () => this.tell());
    this.cards.push(card);
    this.list.append(card.element);
    return card;
  }

  queue(card) {
    card.verbs.replaceChildren();
    card.state.textContent = "";
    if (card.file.size > this.maxBytes) return this.fail(card, [this.words.tooLarge], false);
    this.waiting.push(card);
    this.next();
  }

  next() {
    while (this.under < AT_ONCE && this.waiting.length) {
      this.under += 1;
      this.upload(this.waiting.shift()).finally(() => {
        this.under -= 1;
        this.tell();
        this.next();
      });
    }
  }

  async upload(card) {
    const data = new FormData();
    data.append("upload", card.file);
    data.append("words_later", "1");
    for (const { name, input } of this.shared) data.append(name, input.value);
    card.progress.hidden = false;
    const { status, answer } = await this.send(data, card.progress);
    card.progress.hidden = true;
    if (answer?.picture) return this.show(card, answer);
    const texts = Object.values(answer?.errors ?? { upload: [this.words.failed] }).flat();
    this.fail(card, texts, status >= 500 || !answer?.errors.upload);
  }

  // Does what fetch does, and tells how far the upload is.
  send(data, progress) {
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const end = () => {
        let answer = null;
        try {
          answer = JSON.parse(request.responseText);
        } catch {} // a page instead: signed out, or an error
        resolve({ status: request.status, answer });
      };
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        if (loaded < total) progress.value = loaded / total;
        else progress.removeAttribute("value"); // the picture is being read
      });
      request.addEventListener("load", end);
      request.addEventListener("error", end);
      this.stopped.signal.addEventListener("abort", () => request.abort());
      request.open("POST", this.address);
      request.setRequestHeader("X-CSRFToken", csrfToken());
      request.send(data);
    });
  }

  show(card, { picture, known, said, fields }) {
    Object.assign(card, { picture, isNew: !known });
    const twice = this.cards.find((other) => other !== card && other.picture?.id === picture.id);
    card.element.classList.toggle("is-known", Boolean(known));
    card.state.textContent = said;
    if (this.take && !twice) this.offer(card);
    if (!fields || twice) return;
    card.fields.innerHTML = fields;
    card.form = new PictureWords(card.fields.querySelector("form"));
    for (const { name, input } of this.shared) {
      if (card.isNew && input.value && !card.form.get(name)) card.form.set(name, input.value);
    }
    const [first] = this.cards.filter(({ form }) => form);
    if (card === first && document.activeElement === this.focused) card.form.form.elements.alt.focus();
  }

  offer(card) {
    const use = make("button", { type: "button", className: "act strong", textContent: this.words.use });
    use.addEventListener("click", () => this.take(this.asWritten(card)));
    card.verbs.replaceChildren(use);
  }

  // The file stays, to be sent again or taken away.
  fail(card, texts, mayTryAgain) {
    card.element.classList.add("has-failed");
    card.state.textContent = texts.join(" ");
    const again = make("button", { type: "button", className: "act", textContent: this.words.again });
    const remove = make("button", { type: "button", className: "act", textContent: this.words.remove });
    again.addEventListener("click", () => {
      card.element.classList.remove("has-failed");
      this.queue(card);
      this.focused = document.activeElement;
      this.tell();
    });
    remove.addEventListener("click", () => {
      card.element.remove();
      this.cards = this.cards.filter((other) => other !== card);
      this.tell();
    });
    card.verbs.replaceChildren(...(mayTryAgain ? [again] : []), remove);
  }

  tell() {
    const done = this.cards.filter(({ picture }) => picture).length;
    const lacking = this.cards.filter(({ form }) => form?.form.classList.contains("lacks-alt")).length;
    const { uploaded, lacksAlt } = this.words;
    const sentences = [uploaded.replace("{done}", done).replace("{all}", this.cards.length)];
    if (lacking) sentences.push(lacksAlt.replace("{count}", lacking));
    const text = sentences.join(" ");
    if (this.sum.textContent !== text) this.sum.textContent = text;
    this.box.dispatchEvent(new CustomEvent("tray"));
  }
}
