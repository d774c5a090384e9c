// Keeps what is typed, for its writer alone: in this browser at once, on the server after a pause.
import { cookie, csrfToken, noticeEnd } from "./session.js";
import { isWriting } from "./typing.js";

const AT_ONCE = 300; // milliseconds
const PAUSE = 3000; // milliseconds without typing
const EVERY = 20000; // milliseconds, at most, while somebody types without a pause, and between two attempts
const OURS = new Set(["csrfmiddlewaretoken", "whose"]); // which nobody typed
const SAVED = "saved_form"; // the cookie that names the form whose text is in the story now

// Returns a function that waits for what is on its way to the server: a save that came before it would leave it behind.
export function keepText(form, address) {
  const mark = form.querySelector("output.kept");
  const [person] = form.elements.whose.value.split(":");
  const places = `newsroom:${person}:${address}:`; // one for each opening of the form
  let timer;
  let here;
  let waiting = false; // something is not on the server yet
  let sending = false;
  let isClosed = false; // nothing more is taken from this form
  let isTold = false; // the mark says where the text is that was typed since the last save
  let attempt = Promise.resolve();
  let last = Date.now();
  const isUnsaved = Boolean(document.querySelector(".errornote, [data-unsaved]"));
  let known = isUnsaved ? null : typed(); // what needs no keeping: the story, or what the server has

  const place = () => places + form.elements.key.value; // a save without leaving the form gives it another key

  function say(words, when = new Date()) {
    isTold = true;
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: mark.dataset.zone };
    const time = when.toLocaleTimeString([], clock);
    mark.textContent = words.replace("{time}", time);
  }

  // All that is filled in, as [[name, value], …] in JSON: an empty field is what a missing one is.
  function typed() {
    const fields = [...new FormData(form)].filter(([name, value]) => value && typeof value === "string" && !OURS.has(name));
    return JSON.stringify(fields);
  }

  // Returns "" when it is kept, else what to tell the writer.
  async function send(body) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), "X-Form-Owner": person };
    const options = { method: "POST", body, headers, redirect: "manual" };
    const response = noticeEnd(await fetch(address, options).catch(() => null));
    if (response?.type === "opaqueredirect") return mark.dataset.ended;
    const answer = await response?.json().catch(() => null);
    if (response?.status === 403 || answer?.closed !== undefined) {
      form.dispatchEvent(new Event("refused"));
      return mark.dataset.refused;
    }
    if (response?.ok) return "";
    return answer?.problem ?? mark.dataset.unreachable;
  }

  // Keeps what the form holds and the story does not, nor perhaps the server.
  function goOn() {
    known = null;
    waiting = true;
    keepHere();
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  }

  function keepHere() {
    clearTimeout(here);
    try {
      localStorage.setItem(place(), typed());
      return true;
    } catch {
      return false; // no room in the browser: the text is in the form alone
    }
  }

  async function keep() {
    clearTimeout(timer);
    if (!waiting || sending || isClosed || form.dataset.sent) return;
    const text = typed();
    waiting = false;
    if (text === known) {
      clearTimeout(here);
      takeBack(mark.dataset.notSaved);
      return localStorage.removeItem(place());
    }
    const isHere = keepHere();
    sending = true;
    last = Date.now();
    attempt = send(text);
    const problem = await attempt;
    sending = false;
    if (!problem) {
      known = text;
      form.dispatchEvent(new Event("kept"));
    }
    if (problem) {
      waiting = true;
      say(`${isHere ? mark.dataset.here : mark.dataset.nowhere} ${problem}`);
    } else if (!form.dataset.sent) {
      if (!waiting) localStorage.removeItem(place());
      say(mark.dataset.kept);
    }
    if (waiting) timer = setTimeout(keep, problem ? EVERY : PAUSE);
  }

  function takeBack(words) {
    if (mark.textContent === words) mark.textContent = "";
    isTold = Boolean(mark.textContent);
  }

  function sayOffline() {
    if (form.dataset.sent) return;
    const kept = waiting ? [keepHere() ? mark.dataset.here : mark.dataset.nowhere] : [];
    say([...kept, mark.dataset.unreachable].join(" "));
  }

  // What an earlier visit could not send goes to the server as soon as it can be reached.
  async function sendLeftBehind() {
    forgetSaved();
    for (const left of Object.keys(localStorage).filter((name) => name.startsWith(places) && name !== place())) {
      const text = localStorage.getItem(left);
      if (await send(text)) return;
      if (localStorage.getItem(left) === text) localStorage.removeItem(left); // else another tab goes on with it
      mark.textContent = mark.dataset.found;
    }
  }

  form.addEventListener("input", (event) => {
    if (!isWriting(event)) {
      if (event.target.name && known) known = typed(); // the editor writes the same text in its own HTML
      return;
    }
    waiting = true;
    if (!isTold && !form.dataset.sent) say(mark.dataset.notSaved);
    clearTimeout(here);
    here = setTimeout(keepHere, AT_ONCE);
    clearTimeout(timer);
    if (Date.now() - last > EVERY) keep();
    else timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "_preview") return;
    clearTimeout(timer);
    form.elements.csrfmiddlewaretoken.value = csrfToken();
    keepHere(); // until the server says that it is saved
  });
  form.addEventListener("saved", ({ detail }) => {
    clearTimeout(here);
    forgetSaved();
    known = typed();
    isTold = false;
    if (detail.hasGoneOn) return goOn();
    waiting = false;
    clearTimeout(timer);
  });
  form.addEventListener("closed", () => {
    if (waiting) keepHere();
    isClosed = true;
    clearTimeout(timer);
  });
  form.addEventListener("unsaved", () => {
    goOn();
    keep();
  });
  addEventListener("pageshow", (event) => event.persisted && keep());
  addEventListener("blur", keep);
  addEventListener("offline", sayOffline);
  addEventListener("online", () => {
    takeBack(mark.dataset.unreachable);
    keep();
  });
  document.addEventListener("sessionbegun", keep);
  form.addEventListener("leave", (event) => typed() === known || keepHere() || event.preventDefault());
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  if (isUnsaved) keepHere();
  sendLeftBehind();
  return () => attempt;
}

function forgetSaved() {
  const key = cookie(SAVED);
  if (!key) return;
  for (const name of Object.keys(localStorage)) if (name.endsWith(`:${key}`)) localStorage.removeItem(name);
  document.cookie = `${SAVED}=; path=/admin/; max-age=0`;
}
