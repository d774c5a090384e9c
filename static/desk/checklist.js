// Keeps the checklist true while somebody writes: the server checks, as it will when the story is published.
const PAUSE = 1500; // milliseconds without typing

export function followChecklist(form, address) {
  let timer;
  let latest = 0;

  async function refresh() {
    const turn = ++latest;
    const response = await fetch(address, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
    if (!response?.ok || turn !== latest) return; // what stands there stays; publishing checks anyway
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("checklist");
    const old = document.getElementById("checklist");
    if (!fresh || !old || old.contains(document.activeElement)) return; // nobody's tick or focus is taken away
    const ticked = old.querySelector("[name=anyway]")?.checked;
    old.replaceWith(fresh);
    if (ticked && fresh.querySelector("[name=anyway]")) fresh.querySelector("[name=anyway]").checked = true;
  }

  form.addEventListener("input", later);
  form.addEventListener("change", later);
  function later() {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  }
}
