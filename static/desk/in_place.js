// Small forms of the list in a dialog: saved, they change their rows without leaving the list. Without this script each
// is a page of its own, which is where the dialog takes its content from.
import { make } from "./dialog.js";

const told = document.querySelector(".told");
const list = document.getElementById("changelist-form");

for (const button of list.querySelectorAll("[data-action]")) {
  const fit = () => (button.disabled = !list.querySelector(".action-select:checked"));
  button.hidden = false;
  list.addEventListener("change", fit);
  button.addEventListener("click", () => {
    const data = new FormData(list);
    data.set("action", button.dataset.action);
    open(location.href, { method: "POST", body: data });
  });
  fit();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link.href);
});

async function open(address, options) {
  told.replaceChildren();
  const answer = await load(address, options);
  const dialog = make("dialog", { className: "desk-dialog in-place" });
  dialog.setAttribute("aria-labelledby", "in-place-title");
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    save(dialog, event.target, event.submitter);
  });
  document.body.append(dialog);
  if (await fill(dialog, answer.page, address)) {
    dialog.showModal();
    focusFirst(dialog);
  } else {
    dialog.remove();
    told.replaceChildren(make("p", { className: "errornote", textContent: reason(answer) }));
  }
}

async function save(dialog, form, submitter) {
  const buttons = form.querySelectorAll("button");
  const data = new FormData(form, submitter);
  for (const button of buttons) button.disabled = true;
  const address = form.getAttribute("action"); // the property may be a field of this name
  const answer = await load(address, { method: "POST", body: data });
  for (const button of buttons) button.disabled = false;
  if (answer.isMoved && answer.page.getElementById("changelist")) {
    dialog.close();
    showSaved(answer.page);
  } else if (await fill(dialog, answer.page, address)) {
    focusFirst(dialog);
  } else {
    form.querySelector(".in-place-failed")?.remove();
    form.prepend(make("p", { className: "errornote in-place-failed", role: "alert", textContent: reason(answer) }));
  }
}

async function load(address, options) {
  const response = await fetch(address, options).catch(() => null);
  const page = new DOMParser().parseFromString(response ? await response.text() : "", "text/html");
  return { page, isMoved: response?.ok && response.redirected, isRefused: response && !response.ok };
}

// Puts the form of a page into the dialog; false for a page that has none.
async function fill(dialog, page, address) {
  const form = page.querySelector("form[data-in-place]");
  if (!form) return false;
  await loadFiles(page);
  const title = make("h2", { id: "in-place-title", textContent: page.querySelector("#content h1").textContent });
  form.setAttribute("action", new URL(form.getAttribute("action") ?? "", new URL(address, location.href)));
  dialog.replaceChildren(title, form);
  dialog.dispatchEvent(new Event("choosers:add", { bubbles: true }));
  return true;
}

// Loads the styles and scripts of a page that this one does not have yet, each in its order.
async function loadFiles(page) {
  for (const file of page.querySelectorAll("link[rel=stylesheet], script[src]")) {
    const name = file.localName === "link" ? "href" : "src";
    const address = file.getAttribute(name);
    if (document.querySelector(`${file.localName}[${name}="${address}"]`)) continue;
    const copy = make(file.localName, file.localName === "link" ? { rel: "stylesheet" } : { type: file.type });
    await new Promise((done) => {
      copy.onload = copy.onerror = done;
      copy[name] = address;
      document.head.append(copy);
    });
  }
}

// A page of the desk that refuses the request says why.
function reason({ page, isRefused }) {
  return (isRefused && page.querySelector("#content p")?.textContent.trim()) || told.dataset.failed;
}

function focusFirst(dialog) {
  const problem = dialog.querySelector(".errorlist")?.closest(".form-row") ?? dialog;
  const fields = "input:not([type=hidden], [type=checkbox]), select:not(.select2-hidden-accessible), button:not([hidden])";
  problem.querySelector(fields)?.focus();
}

// Rows keep their place, and stay ticked; those that the list no longer has go.
function showSaved(page) {
  const focused = document.activeElement?.closest("a[data-dialog]")?.getAttribute("href");
  for (const box of list.querySelectorAll(".action-select")) {
    const row = box.closest("tr");
    const saved = page.querySelector(`.action-select[value="${box.value}"]`)?.closest("tr");
    if (!saved) {
      row.remove();
      continue;
    }
    const cells = [...saved.children].filter((cell) => !cell.matches(".action-checkbox"));
    row.replaceChildren(box.closest("td"), ...cells);
  }
  document.querySelector(".list-views").replaceWith(page.querySelector(".list-views"));
  document.querySelector(".messagelist")?.remove();
  told.replaceChildren(...page.querySelectorAll(".messagelist"));
  if (focused) list.querySelector(`a[data-dialog][href="${CSS.escape(focused)}"]`)?.focus();
}
