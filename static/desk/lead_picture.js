// The lead picture: seen instead of a number, and chosen from the library.
import { make } from "./dialog.js";
import { droppedPictures, pastedPictures } from "./dropped_files.js";
import { choosePictures, mayUpload } from "./pictures.js";

function replace(input) {
  const { words } = JSON.parse(input.dataset.pictures);
  const image = make("img", { alt: "" });
  const about = make("p");
  const choose = make("button", { type: "button", className: "act", id: `${input.id}_choose` });
  const remove = make("button", { type: "button", className: "act", textContent: words.remove });
  const verbs = make("div", { className: "lead-picture-verbs" }, [choose, remove]);
  const box = make("div", { className: "lead-picture" }, [image, about, verbs]);

  const show = (picture) => {
    image.hidden = about.hidden = remove.hidden = !picture;
    if (picture) image.src = picture.card;
    about.textContent = picture ? [picture.words, picture.credit].filter(Boolean).join(" – ") : "";
    choose.textContent = picture ? words.other : words.choose;
  };
  const take = (picture) => {
    input.value = picture?.id ?? "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    show(picture);
  };

  const ask = async (files) => {
    const [picture] = await choosePictures(files, { onlyOne: true });
    if (picture) take(picture);
    choose.focus();
  };
  choose.addEventListener("click", () => ask());
  remove.addEventListener("click", () => {
    take(null);
    choose.focus();
  });

  const label = document.querySelector(`label[for="${input.id}"]`);
  if (label) label.htmlFor = choose.id;
  choose.setAttribute("aria-describedby", input.getAttribute("aria-describedby") ?? "");
  const row = input.closest(".form-row");
  row.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files") && mayUpload()) event.preventDefault();
  });
  const offer = (event, files) => {
    if (!files.length || !mayUpload()) return;
    event.preventDefault();
    ask(files);
  };
  row.addEventListener("drop", (event) => offer(event, droppedPictures(event)));
  row.addEventListener("paste", (event) => offer(event, pastedPictures(event)));
  input.addEventListener("stored", ({ detail }) => show(JSON.parse(detail.dataset.picture)));
  input.type = "hidden";
  input.after(box);
  show(JSON.parse(input.dataset.picture));
}

document.querySelectorAll("[data-pictures]").forEach(replace);
