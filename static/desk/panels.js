// Panels beside the text, opened by icon: the preview while somebody writes, checklist, history, notes, related stories.
import { showHistory } from "./panel_history.js";
import { showOriginal } from "./panel_original.js";
import { showPreview } from "./panel_preview.js";

const NARROW = matchMedia("(max-width: 1100px)"); // as in story.css: there, a panel covers the form
const FILLED = { preview: showPreview, history: showHistory, original: showOriginal }; // by the server; the others hold parts of the form

export function offerPanels(form) {
  const story = form.querySelector(".story");
  const bar = story.querySelector(".panel-bar");
  const panel = document.getElementById("panel");
  const body = panel.querySelector(".panel-body");
  const under = story.querySelectorAll(".story-writing, .story-status, .story-facts, .story-around, .panel-bar");
  const remembered = `desk-panel:${form.elements.whose.value.split(":")[0]}`;
  let slots = []; // [where a part of the form is for now, the mark in its place]
  let pressed = null;
  let empty = null; // ends what a filled panel does

  function open(button) {
    close();
    pressed = button;
    button.setAttribute("aria-pressed", "true");
    panel.querySelector("h2").textContent = button.textContent.trim();
    panel.hidden = false;
    panel.dataset.panel = story.dataset.panel = button.value;
    if (button.dataset.parts) slots = [...story.querySelectorAll(button.dataset.parts)].map(take);
    empty = FILLED[button.value]?.(body, button.dataset, form) ?? null;
    remember(button.value);
    cover();
    if (NARROW.matches) panel.querySelector("[data-close]").focus();
  }

  function close() {
    if (!pressed) return;
    pressed.setAttribute("aria-pressed", "false");
    for (const [slot, mark] of slots) mark.replaceWith(...slot.childNodes);
    empty?.();
    body.replaceChildren();
    slots = [];
    panel.hidden = true;
    pressed = null;
    delete story.dataset.panel;
    remember("");
    cover();
  }

  function take(part) {
    const slot = document.createElement("div");
    const mark = document.createComment("");
    part.replaceWith(mark);
    slot.append(part);
    body.append(slot);
    return [slot, mark];
  }

  // On a narrow screen nothing below can be reached while the panel covers it.
  function cover() {
    const covers = Boolean(pressed) && NARROW.matches;
    for (const part of under) part.inert = covers;
    document.documentElement.classList.toggle("is-covered", covers);
    if (covers) panel.style.top = `${form.querySelector(".verbs").getBoundingClientRect().bottom}px`;
    else panel.style.removeProperty("top");
  }

  function closeAndGoBack() {
    const button = pressed;
    close();
    button.focus();
  }

  function remember(value) {
    try {
      localStorage.setItem(remembered, value);
    } catch {} // no room: the next form opens without a panel
  }

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) button === pressed ? close() : open(button);
  });
  panel.querySelector("[data-close]").addEventListener("click", closeAndGoBack);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) closeAndGoBack();
  });
  // A sentence about a field leads to it, also where a panel stands in its place: before problems.js looks for it.
  const LEADS = ".problems a, .checklist a";
  const leadBack = (event) => {
    const link = pressed && event.target.closest?.(LEADS);
    const place = link && document.getElementById(link.hash.slice(1))?.closest(".form-row, .fieldBox");
    if (place && !panel.contains(place) && (NARROW.matches || !place.getClientRects().length)) close();
  };
  document.addEventListener("click", leadBack, { capture: true });
  addEventListener("resize", cover);

  bar.hidden = false;
  const last = bar.querySelector(`[value="${CSS.escape(localStorage.getItem(remembered) ?? "")}"]`);
  if (last && !NARROW.matches && !document.querySelector(".errornote")) open(last);
}
