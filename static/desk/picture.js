// The picture library's form: the focal point by a click or by arrow keys, each crop as it will be, and what a file says
// about itself filled in before it is uploaded. Without this script the number fields and the upload still work.
import { csrfToken } from "./session.js";

document.addEventListener("DOMContentLoaded", () => {
  const focal = document.querySelector("[data-focal]");
  const x = document.getElementById("id_focal_x");
  const y = document.getElementById("id_focal_y");
  if (focal && x && y) new FocalPoint(focal, x, y);

  const upload = document.getElementById("id_upload");
  if (upload && focal) new Upload(upload, focal);

  const alt = document.getElementById("id_alt");
  const decorative = document.getElementById("id_decorative");
  if (alt && decorative) {
    const follow = () => (alt.required = !decorative.checked);
    decorative.addEventListener("change", follow);
    follow();
  }
});

class FocalPoint {
  constructor(focal, x, y) {
    Object.assign(this, { focal, x, y });
    this.frame = focal.querySelector(".focal-picture");
    this.crops = [...focal.querySelectorAll(".focal-crop")].map((box) => ({ box, ratio: Number(box.dataset.ratio) }));
    this.marker = document.createElement("button");
    Object.assign(this.marker, { type: "button", className: "focal-marker" });
    this.marker.setAttribute("aria-describedby", "focal-help");
    this.marker.addEventListener("keydown", (event) => this.move(event));
    this.frame.addEventListener("click", (event) => {
      if (event.target !== this.marker) this.place(event);
    });
    for (const field of [x, y]) field.addEventListener("input", () => this.show());
    focal.addEventListener("picture", () => this.begin());
    this.begin();
  }

  get image() {
    return this.frame.querySelector("img");
  }

  begin() {
    if (!this.image) return;
    this.frame.append(this.marker);
    for (const crop of this.crops) {
      crop.copy = new Image();
      crop.copy.alt = "";
      crop.copy.addEventListener("load", () => this.show());
      crop.box.replaceChildren(crop.copy);
    }
    const show = () => {
      for (const { copy } of this.crops) copy.src = this.image.currentSrc || this.image.src;
      this.show();
    };
    if (this.image.complete) show();
    else this.image.addEventListener("load", show);
  }

  place(event) {
    const box = this.image.getBoundingClientRect();
    const percent = (part) => Math.min(100, Math.max(0, Math.round(part * 100)));
    this.x.value = percent((event.clientX - box.left) / box.width);
    this.y.value = percent((event.clientY - box.top) / box.height);
    this.show();
  }

  // An arrow key moves the point by one percent, with Shift by ten.
  move(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    const [right, down] = way.map((step) => step * (event.shiftKey ? 10 : 1));
    this.x.value = clamp(Number(this.x.value) + right, 0, 100);
    this.y.value = clamp(Number(this.y.value) + down, 0, 100);
    this.show();
  }

  show() {
    const x = clamp(Number(this.x.value), 0, 100);
    const y = clamp(Number(this.y.value), 0, 100);
    this.marker.style.left = `${x}%`;
    this.marker.style.top = `${y}%`;
    this.marker.setAttribute("aria-label", `${this.focal.dataset.label}: ${x} %, ${y} %`);
    for (const crop of this.crops) this.showCrop(crop, x, y);
  }

  // The same arithmetic as crop_box in articles/renditions/plan.py.
  showCrop({ copy, ratio }, x, y) {
    const { naturalWidth: width, naturalHeight: height } = copy ?? {};
    if (!width) return;
    const partWidth = Math.min(width, height * ratio);
    const left = clamp((width * x) / 100 - partWidth / 2, 0, width - partWidth);
    const partHeight = Math.min(height, width / ratio);
    const top = clamp((height * y) / 100 - partHeight / 2, 0, height - partHeight);
    copy.style.width = `${(width / partWidth) * 100}%`;
    copy.style.left = `${(-left / partWidth) * 100}%`;
    copy.style.top = `${(-top / partHeight) * 100}%`;
  }
}

class Upload {
  constructor(input, focal) {
    Object.assign(this, { input, focal });
    input.addEventListener("change", () => this.chosen());
    this.askBeforeLeaving();
    this.chosen(); // a browser keeps the choice when it comes back to a page
  }

  // Asks before somebody leaves with a file that has not been sent, or is on its way.
  askBeforeLeaving() {
    let sending = false;
    this.input.form.addEventListener("submit", () => {
      sending = true;
      setTimeout(() => (sending = false), 1000); // milliseconds; sending the form is leaving, too
    });
    addEventListener("beforeunload", (event) => {
      if (this.input.files.length && !sending) event.preventDefault();
    });
  }

  chosen() {
    const [file] = this.input.files;
    const tooLarge = file && file.size > Number(this.input.dataset.maxBytes);
    this.input.setCustomValidity(tooLarge ? this.input.dataset.tooLarge : "");
    if (tooLarge) this.input.reportValidity();
    if (!file || tooLarge) {
      this.focal.hidden = true;
      return;
    }
    this.preview(file);
    this.askWords(file);
  }

  preview(file) {
    const image = new Image();
    image.alt = "";
    image.addEventListener("load", () => {
      this.focal.hidden = false;
      this.focal.dispatchEvent(new Event("picture"));
    });
    image.addEventListener("error", () => (this.focal.hidden = true));
    image.src = URL.createObjectURL(file);
    this.focal.querySelector(".focal-picture").replaceChildren(image);
  }

  async askWords(file) {
    const answer = await fetch(this.input.dataset.captions, {
      method: "POST",
      headers: { "X-CSRFToken": csrfToken(), "Content-Type": "application/octet-stream" },
      body: file.slice(0, 256 * 1024),
    }).catch(() => null);
    if (!answer?.ok || file !== this.input.files[0]) return;
    for (const [name, words] of Object.entries(await answer.json())) {
      const field = document.getElementById(`id_${name}`);
      if (!field) continue;
      if (!field.value || field.value === this.filled?.[name]) field.value = words;
      this.filled = { ...this.filled, [name]: words };
    }
  }
}

function clamp(number, least, most) {
  return Math.min(most, Math.max(least, number || 0));
}
