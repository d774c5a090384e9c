// Tells colleagues that this story is open here, and shows who else has it open; stops with the tab.
import { csrfToken, noticeEnd } from "./session.js";
import { isWriting } from "./typing.js";

const EVERY = 20000; // milliseconds

export function watchColleagues(form, address) {
  const place = document.getElementById("presence");
  const takeOver = document.getElementById("take-over");
  const [button, link] = takeOver.children;
  let unsaved = false;
  let isClosed = false; // the story is no longer theirs to change
  let timer;

  function data(more = {}) {
    const fields = new FormData();
    fields.set("csrfmiddlewaretoken", csrfToken());
    if (unsaved) fields.set("unsaved", "1");
    for (const [name, value] of Object.entries(more)) fields.set(name, value);
    return fields;
  }

  // A phone shows the brief words, where there are some; a screen reader says the whole ones everywhere.
  function say(words, brief = "") {
    if ((place.querySelector(".whole") ?? place).textContent === words) return;
    place.replaceChildren(...(brief ? [part("whole", words), part("brief", brief)] : [words]));
    place.querySelector(".brief")?.setAttribute("aria-hidden", "true");
  }

  function part(name, words) {
    const element = document.createElement("span");
    element.className = name;
    element.textContent = words;
    return element;
  }

  async function ask(where, body) {
    const response = noticeEnd(await fetch(where, { method: "POST", body, redirect: "manual" }).catch(() => null));
    if ([403, 404].includes(response?.status)) close(place.dataset.refused);
    return response?.json().catch(() => null) ?? null;
  }

  function close(words) {
    isClosed = true;
    clearTimeout(timer);
    say(words);
    takeOver.hidden = true;
    form.dispatchEvent(new Event("closed"));
  }

  function showState({ name, word }) {
    const state = form.querySelector(".verbs-state");
    state.className = `verbs-state state state-${name}`;
    state.textContent = word;
  }

  async function look() {
    clearTimeout(timer);
    if (document.hidden || isClosed) return;
    timer = setTimeout(look, EVERY);
    const answer = await ask(address, data());
    if (answer?.closed !== undefined) {
      showState(answer.state);
      return close(`${answer.state.sentence}. ${answer.closed} ${place.dataset.closed}`);
    }
    if (!answer?.colleagues) return;
    say([...answer.taken, ...answer.colleagues].join(" "), answer.taken.length ? "" : answer.briefly.join(" · "));
    takeOver.hidden = !answer.colleagues.length;
  }

  // What the others typed is kept first, and they are told: at once here, there when they look next.
  button.addEventListener("click", async () => {
    const answer = await ask(button.dataset.address, data());
    if (!answer) return;
    if (answer.problem) return say(answer.problem);
    clearTimeout(timer);
    timer = setTimeout(look, EVERY);
    say(answer.told);
    button.hidden = true;
    [link.href] = answer.kept.length ? answer.kept : [""];
    link.hidden = !answer.kept.length;
  });

  form.addEventListener("input", (event) => {
    if (unsaved || !isWriting(event)) return;
    unsaved = true;
    look();
  });
  form.addEventListener("saved", ({ detail }) => {
    unsaved = detail.hasGoneOn;
    look();
  });
  document.addEventListener("visibilitychange", look);
  document.addEventListener("sessionbegun", look);
  form.addEventListener("refused", look);
  addEventListener("pagehide", () => navigator.sendBeacon(address, data({ gone: "1" })));
  look();
}
