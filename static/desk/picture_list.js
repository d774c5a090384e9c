// The picture library: searched and filtered in place, texts edited on the cards, and several pictures uploaded at once.
import { make } from "./dialog.js";
import { droppedPictures, pastedPictures } from "./dropped_files.js";
import { PictureTray } from "./picture_tray.js";
import { PictureWords } from "./picture_words.js";

const PAUSE = 250; // milliseconds without typing
const FOLDED = "picture-filters-folded"; // in the browser: “true” once somebody has folded them
const isWide = matchMedia("(min-width: 64em)").matches;
const list = document.getElementById("changelist");
const isPopup = new URLSearchParams(location.search).has("_popup");
let turn = 0;

// Shows what the page at this address lists, without leaving this one.
async function show(address) {
  if (isPopup) return location.assign(address); // whose cards follow the admin's own script
  const mine = ++turn;
  const response = await fetch(address, { redirect: "follow" }).catch(() => null);
  const text = response?.ok ? await response.text() : "";
  const other = new DOMParser().parseFromString(text, "text/html").getElementById("changelist");
  if (mine !== turn) return;
  if (!other) return location.assign(address);
  const search = document.getElementById("searchbar");
  const [typed, isTyping, start] = [search.value, search === document.activeElement, search.selectionStart];
  list.replaceChildren(...other.childNodes);
  if (isTyping) {
    const field = document.getElementById("searchbar");
    field.value = typed;
    field.focus();
    field.setSelectionRange(start, start);
  }
  history.replaceState(null, "", address);
  prepare();
}

// The admin's own script counts rows of tables alone.
function countSelected() {
  const counter = list.querySelector(".action-counter");
  const count = list.querySelectorAll(".action-select:checked").length;
  if (counter) counter.textContent = count ? counter.dataset.selected.replace("{count}", count) : "";
}

list.addEventListener("change", ({ target }) => {
  if (target.matches(".action-select")) countSelected();
});

function prepare() {
  countSelected();
  for (const button of list.querySelectorAll("[data-words]")) button.hidden = false;
  const filters = list.querySelector(".picture-filters");
  if (!filters) return;
  filters.open ||= (localStorage.getItem(FOLDED) ?? String(!isWide)) === "false";
  filters.querySelector("summary").addEventListener("click", () => localStorage.setItem(FOLDED, filters.open));
}

let timer;
list.addEventListener("input", ({ target }) => {
  if (target.id !== "searchbar" || isPopup) return;
  clearTimeout(timer);
  timer = setTimeout(() => find(), PAUSE);
});
list.addEventListener("submit", (event) => {
  if (event.target.id !== "changelist-search" || isPopup) return;
  event.preventDefault();
  clearTimeout(timer);
  find();
});

function find() {
  const query = new URLSearchParams(new FormData(document.getElementById("changelist-search")));
  show(`${location.pathname}?${query}`);
}

list.addEventListener("click", (event) => {
  const link = event.target.closest(".picture-filters a, .picture-card .about a, .desk-pages a, #changelist-search a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  clearTimeout(timer);
  show(link.closest(".picture-filters") ? withTyped(link.href) : link.href).then(() => link.closest(".desk-pages") && list.scrollIntoView());
});

// A filter narrows down what is being searched, also where the list does not show that yet.
function withTyped(address) {
  const found = new URL(address);
  const typed = document.getElementById("searchbar").value;
  if (typed) found.searchParams.set("q", typed);
  else found.searchParams.delete("q");
  return found;
}

// The texts of a picture, on its card.
list.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-words]");
  if (!button) return;
  const card = button.closest(".picture-card");
  const open = card.querySelector(".picture-words");
  if (open) return open.elements.alt.focus();
  const response = await fetch(button.dataset.words, { redirect: "error" }).catch(() => null);
  if (!response?.ok) return location.assign(card.querySelector("a").href);
  const place = make("div", { innerHTML: await response.text() });
  card.append(place);
  new PictureWords(place.querySelector("form")).form.elements.alt.focus();
  card.classList.add("is-open");
  button.setAttribute("aria-expanded", "true");
});

const tray = document.querySelector("[data-tray]");
if (tray) {
  const settings = JSON.parse(tray.dataset.tray);
  const pictures = new PictureTray(tray, settings);
  const files = make("input", { type: "file", accept: settings.words.accept, multiple: true, hidden: true });
  const done = make("button", { type: "button", className: "act strong", textContent: settings.words.done });
  tray.append(make("div", { className: "picture-tray-verbs" }, [done]));
  document.querySelector("[data-upload]").after(files);
  document.querySelector("[data-upload]").addEventListener("click", (event) => {
    event.preventDefault();
    files.click();
  });
  files.addEventListener("change", () => {
    pictures.add([...files.files]);
    files.value = "";
  });
  done.addEventListener("click", async () => {
    await pictures.clear();
    show(location.href);
  });
  const takesFiles = (event) => event.dataTransfer.types.includes("Files") && event.preventDefault();
  document.addEventListener("dragover", takesFiles, { capture: true }); // before dropped_files.js refuses them
  document.addEventListener("drop", (event) => take(event, droppedPictures(event)));
  document.addEventListener("paste", (event) => take(event, pastedPictures(event)));

  function take(event, found) {
    if (!found.length) return;
    event.preventDefault();
    pictures.add(found);
    tray.scrollIntoView({ block: "nearest" });
  }
}

prepare();
if (isWide) document.getElementById("searchbar").focus({ preventScroll: true });
