// Shows how the teasers will be cut while somebody writes: the server cuts, as it will for readers.
import { csrfToken } from "./session.js";

const PAUSE = 500; // milliseconds without typing

export function followTeasers(form, address) {
  const box = form.querySelector(".teaser-box");
  const fields = box.dataset.follows.split(" ");
  let timer;
  let latest = 0;

  async function refresh() {
    const turn = ++latest;
    const data = new FormData();
    data.append("csrfmiddlewaretoken", csrfToken());
    for (const name of fields) data.append(name, form.elements[name].value);
    const response = await fetch(address, { method: "POST", body: data, redirect: "manual" }).catch(() => null);
    if (!response?.ok || turn !== latest) return; // what stands there stays; saving shows the truth
    const { teasers } = await response.json();
    for (const teaser of teasers) show(box.querySelector(`[data-zone="${teaser.zone}"]`), teaser);
  }

  form.addEventListener("input", ({ target }) => {
    if (!fields.includes(target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });
}

function show(figure, teaser) {
  for (const part of figure.querySelectorAll("[data-part]")) {
    const value = teaser[part.dataset.part];
    if (Array.isArray(value)) part.replaceChildren(...value.map(item));
    else part.textContent = value;
  }
  figure.querySelector(".cut-off").hidden = !teaser.rest;
}

function item(text) {
  const li = document.createElement("li");
  li.textContent = text;
  return li;
}
