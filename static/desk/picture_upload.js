// New pictures in the dialog where somebody chooses one. All files that are chosen, dropped or pasted there are uploaded.
import { make } from "./dialog.js";
import { droppedPictures, pastedPictures } from "./dropped_files.js";
import { PictureTray } from "./picture_tray.js";

export class PictureUpload {
  // `take` is given the pictures that are to be used, of which there are several only if `takesAll`.
  constructor(dialog, settings, { takesAll, take, say }) {
    const { words } = settings;
    this.box = make("div", { className: "picture-tray", hidden: true });
    this.tray = new PictureTray(this.box, settings, (picture) => take([picture]));
    this.files = make("input", { type: "file", accept: words.accept, multiple: true, hidden: true });
    this.button = make("button", { type: "button", className: "act", textContent: words.upload });
    this.insert = make("button", { type: "button", className: "act strong", textContent: words.insert, hidden: true });
    this.button.addEventListener("click", () => this.files.click());
    this.files.addEventListener("change", () => {
      this.add([...this.files.files]);
      this.files.value = "";
    });
    this.insert.addEventListener("click", () => take(this.tray.pictures));
    this.box.addEventListener("tray", () => {
      this.insert.hidden = !takesAll || this.tray.pictures.length < 2;
      this.insert.disabled = this.tray.isBusy;
    });
    dialog.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
    dialog.addEventListener("drop", (event) => this.give(event, droppedPictures(event)));
    dialog.addEventListener("paste", (event) => this.give(event, pastedPictures(event)));
    this.hold(dialog, () => say(words.wait));
  }

  give(event, files) {
    if (!files.length) return;
    event.preventDefault();
    this.add(files);
  }

  add(files) {
    this.tray.add(files);
    this.box.scrollIntoView({ block: "nearest" });
  }

  // Neither a save by keyboard nor Escape throws away a file that is not uploaded yet. “Cancel” means it.
  hold(dialog, tell) {
    const hold = (event) => {
      const isOwn = event.type === "submit" && dialog.contains(event.target); // the texts of a picture
      if (isOwn || !this.tray.hasUnsent) return;
      event.preventDefault();
      event.stopPropagation();
      tell();
    };
    document.addEventListener("submit", hold, true);
    dialog.addEventListener("cancel", hold);
    dialog.addEventListener("close", () => {
      document.removeEventListener("submit", hold, true);
      this.tray.stop();
    });
  }
}
