// Keeps the checklist true while somebody writes: the server checks, as it will when the story is published.
const PAUSE = 1500; // milliseconds without typing
const AGAIN = 20000; // milliseconds until a server that did not answer is asked again
const STALE = "is-stale"; // the class of a checklist that was not checked since something was typed

export function followChecklist(form, address) {
  let timer;
  let latest = 0;

  async function refresh() {
    clearTimeout(timer);
    const turn = ++latest;
    const response = await fetch(address, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
    const text = response?.ok ? await response.text().catch(() => null) : null;
    if (turn !== latest) return;
    if (text !== null) return show(new DOMParser().parseFromString(text, "text/html").getElementById("checklist"));
    checklist()?.classList.add(STALE);
    if (!response || response.status >= 500) timer = setTimeout(refresh, AGAIN);
  }

  function show(fresh) {
    const old = checklist();
    if (!fresh || !old) return;
    if (old.contains(document.activeElement)) {
      old.classList.toggle(STALE, old.textContent !== fresh.textContent); // nobody's tick or focus is taken away
      return;
    }
    const ticked = old.querySelector("[name=anyway]")?.checked;
    old.replaceWith(fresh);
    if (ticked && fresh.querySelector("[name=anyway]")) fresh.querySelector("[name=anyway]").checked = true;
  }

  const refreshStale = () => checklist()?.classList.contains(STALE) && refresh();
  addEventListener("online", refreshStale);
  document.addEventListener("sessionbegun", refreshStale);
  document.addEventListener("focusout", ({ target }) => {
    if (target.closest?.("#checklist")) setTimeout(refreshStale); // once the focus has moved
  });
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  function later() {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  }
}

const checklist = () => document.getElementById("checklist");
