// Keeps the checklist true while somebody writes: the server checks, as it will when the story is published.
const PAUSE = 1500; // milliseconds without typing
const AGAIN = 20000; // milliseconds until a server that did not answer is asked again
const STALE = "is-stale"; // the class of a checklist that was not checked since something was typed
const HELD = "is-held"; // the class of a checklist that keeps its height

export function followChecklist(form, address) {
  const column = form.querySelector(".story-facts");
  let timer;
  let latest = 0;

  async function refresh() {
    clearTimeout(timer);
    const turn = ++latest;
    const response = await fetch(address, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
    const text = response?.ok ? await response.text().catch(() => null) : null;
    if (turn !== latest) return;
    if (response?.headers.get("content-type") === "application/json") return form.dispatchEvent(new Event("refused"));
    if (text !== null) return keepHeight(() => show(new DOMParser().parseFromString(text, "text/html").getElementById("checklist")));
    keepHeight(() => checklist()?.classList.add(STALE));
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

  // While somebody is at work in the column, the list keeps its height: no click or key lands beside the field that it is
  // meant for.
  const isInUse = () => column.matches(":hover, :focus-within");

  function keepHeight(change) {
    const { height } = checklist()?.getBoundingClientRect() ?? {};
    change();
    if (!height || !isInUse()) return;
    checklist().style.height = `${height}px`;
    checklist().classList.add(HELD);
  }

  function letGo() {
    if (isInUse()) return;
    checklist()?.style.removeProperty("height");
    checklist()?.classList.remove(HELD);
  }

  form.addEventListener("closed", () => {
    clearTimeout(timer);
    latest++; // no answer counts any more
  });
  const refreshStale = () => checklist()?.classList.contains(STALE) && refresh();
  addEventListener("online", refreshStale);
  document.addEventListener("sessionbegun", refreshStale);
  document.addEventListener("focusout", ({ target }) => {
    if (target.closest?.("#checklist")) setTimeout(refreshStale); // once the focus has moved
  });
  column.addEventListener("mouseleave", letGo);
  column.addEventListener("focusout", () => setTimeout(letGo));
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  function later() {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  }
}

const checklist = () => document.getElementById("checklist");
