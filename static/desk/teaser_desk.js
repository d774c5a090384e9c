// Keeps the teaser desk true while somebody writes, and makes its moves without leaving the form.
import { setChosen } from "./chosen.js";

const PAUSE = 1000; // milliseconds without typing

export function followTeaserDesk(form) {
  const desk = form.querySelector(".teaser-desk");
  if (!desk) return;
  const fields = desk.dataset.follows.split(" ");
  const related = desk.dataset.related.split(" ");
  const said = desk.querySelector(".said");
  let timer;
  let queue = Promise.resolve(); // one question after the other: each move begins with what the last one left

  function later(step) {
    clearTimeout(timer);
    queue = queue.then(step);
  }

  // Returns the desk for what is in the form now; null when none came.
  async function ask(move) {
    const data = new FormData(form);
    data.append("part", "1");
    if (move) data.append("move", move);
    const before = chosen(form, related);
    const response = await fetch(desk.dataset.address, { method: "POST", body: data, redirect: "manual" }).catch(() => null);
    if (!response?.ok) return null;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    return chosen(form, related) === before ? page.querySelector(".teaser-desk") : ask(move); // somebody chose meanwhile
  }

  function say(words, isRefused) {
    said.textContent = words;
    said.classList.toggle("refused", isRefused);
  }

  async function refresh() {
    const fresh = await ask();
    if (fresh) show(fresh); // else what stands there stays
  }

  async function move(value) {
    say("", false);
    const fresh = await ask(value);
    if (!fresh) return say(desk.dataset.unreachable, true);
    const words = fresh.querySelector(".said");
    for (const [name, rows] of Object.entries(JSON.parse(fresh.dataset.fields))) setChosen(form.elements[name], rows);
    clearTimeout(timer); // the fields ask for what is here already
    show(fresh);
    say(words.textContent, words.classList.contains("refused"));
  }

  function show(fresh) {
    const focused = desk.contains(document.activeElement) ? document.activeElement : null;
    const next = focused && placesLike(focused);
    const isOpen = desk.querySelector(".rejected")?.open;
    desk.querySelector(".teaser-zones").replaceWith(document.adoptNode(fresh.querySelector(".teaser-zones")));
    if (isOpen) desk.querySelector(".rejected")?.setAttribute("open", "");
    if (!focused || focused.isConnected) return;
    const place = next.map((selector) => desk.querySelector(selector)).find(canBeSeen);
    (place ?? desk.querySelector("h3")).focus();
  }

  // The desk is not loaded with the form, but when it is about to be seen.
  const watch = new IntersectionObserver(
    ([entry]) => {
      if (!entry.isIntersecting) return;
      watch.disconnect();
      if (desk.querySelector("[value=look]")) later(refresh);
    },
    { rootMargin: "50%" },
  );
  watch.observe(desk);
  desk.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=move]");
    if (!button) return;
    event.preventDefault();
    later(() => move(button.value));
  });
  form.addEventListener("input", follow);
  form.addEventListener("change", follow);
  form.addEventListener("saved", () => {
    say("", false); // “Not saved yet.”
    if (!desk.querySelector("[value=look]")) later(refresh);
  });
  function follow({ target }) {
    if (!fields.includes(target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(() => desk.querySelector("[value=look]") || later(refresh), PAUSE); // nobody looks yet
  }
}

// Where focus goes when its place is replaced: the same button, another one of the same story, the same zone.
function placesLike(focused) {
  const story = focused.closest("[data-story]")?.dataset.story;
  const zone = focused.closest("[data-zone]")?.dataset.zone;
  return [
    focused.value && `[data-zone="${zone}"] button[value="${focused.value}"]`,
    story && `[data-story="${story}"] button`,
    zone && `[data-zone="${zone}"] :is(button, summary)`,
  ].filter(Boolean);
}

function canBeSeen(place) {
  return place && (place.matches("summary") || !place.closest("details:not([open])"));
}

function chosen(form, related) {
  return JSON.stringify(related.map((name) => [...form.elements[name].selectedOptions].map((option) => option.value)));
}
