// The texts of a picture, each saved by itself a moment after it was changed. What could not be saved is tried again.
import { csrfToken } from "./session.js";

const PAUSE = 700; // milliseconds without typing
const AGAIN = 4000; // milliseconds until the next try

const value = (field) => (field.type === "checkbox" ? String(field.checked) : field.value);

export class PictureWords {
  constructor(form) {
    this.form = form;
    this.state = form.querySelector(".picture-words-state");
    this.fields = [...form.elements].filter(({ name }) => name && name !== "csrfmiddlewaretoken");
    this.saved = Object.fromEntries(this.fields.map((field) => [field.name, value(field)]));
    for (const field of this.fields) field.setAttribute("aria-describedby", this.problem(field.name).id);
    form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), PAUSE);
      this.warn();
    });
    form.addEventListener("change", () => this.save());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    addEventListener("beforeunload", (event) => {
      if (form.isConnected && this.changed.length) event.preventDefault();
    });
    this.warn();
  }

  get changed() {
    return this.fields.filter((field) => value(field) !== this.saved[field.name]);
  }

  get(name) {
    return this.form.elements[name].type === "checkbox" ? this.form.elements[name].checked : this.form.elements[name].value;
  }

  set(name, text) {
    this.form.elements[name].value = text;
    this.warn();
    this.save();
  }

  problem(name) {
    return this.form.querySelector(`[data-for="${name}"]`);
  }

  // A picture without alternative text may wait, but not unseen.
  warn() {
    const lacks = !this.get("alt").trim() && !this.get("decorative");
    this.problem("alt").textContent = lacks ? this.state.dataset.missing : "";
    this.form.classList.toggle("lacks-alt", lacks);
  }

  // Resolves when it is known what became of the texts; `changed` then has what was not saved.
  save() {
    clearTimeout(this.timer);
    this.again = Boolean(this.saving);
    this.saving ??= this.sendChanged().finally(() => (this.saving = null));
    return this.saving;
  }

  async sendChanged() {
    do {
      this.again = false;
      const sent = Object.fromEntries(this.changed.map((field) => [field.name, value(field)]));
      if (!Object.keys(sent).length) return;
      this.state.textContent = this.state.dataset.saving;
      this.told(sent, await this.send(sent));
    } while (this.again);
  }

  async send(sent) {
    const body = new URLSearchParams({ ...sent, csrfmiddlewaretoken: csrfToken() });
    const options = { method: "POST", body, redirect: "error", keepalive: true };
    const response = await fetch(this.form.action, options).catch(() => null);
    return response?.json().catch(() => null);
  }

  told(sent, answer) {
    if (!answer) {
      this.state.textContent = this.state.dataset.failed;
      this.timer = setTimeout(() => this.save(), AGAIN);
      return;
    }
    for (const name of Object.keys(sent)) {
      this.problem(name).textContent = "";
      if (!answer.errors[name]) this.saved[name] = sent[name];
    }
    this.warn();
    for (const [name, texts] of Object.entries(answer.errors)) (this.problem(name) ?? this.state).textContent = texts.join(" ");
    if (!answer.errors.__all__) this.state.textContent = answer.said;
    this.form.dispatchEvent(new CustomEvent("words", { bubbles: true }));
  }
}
