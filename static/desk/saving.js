// Saves without leaving the form: cursor, place and undo history stay. Where the server has more to say than that it is
// saved, the form is sent again as a browser sends it, and the page that comes says it: both are one save, see
// articles/admin/stories/saved_forms.py.
import { make } from "./dialog.js";
import { showSaved } from "./saved_page.js";

const ANSWER = 30000; // milliseconds that a save may take
const AUTOSAVE = 2000; // milliseconds that a save waits for an autosave
const SAVE = "_save";
const MISSED = "desk-missed"; // where the name of a button is kept for the page that comes
const SCRIPT = { Accept: "application/json" }; // articles/admin/stories/saving.py answers where the save leads

// `kept` waits for the autosave that is on its way.
export function saveInPlace(form, kept = async () => {}) {
  const verbs = form.querySelector(".verbs");
  const mark = form.querySelector("output.kept");
  let timer;
  let cancelled;
  let sent; // the name of the button whose save is on its way
  let missed; // that of another button, pressed meanwhile

  // A second click makes no second story. When no answer comes, the button can be pressed again.
  function begin(button) {
    sent = nameOf(button);
    missed = undefined;
    form.dataset.sent = "1";
    verbs.setAttribute("aria-busy", "true");
    mark.textContent = mark.dataset.sending;
    cancelled = new AbortController();
    timer = setTimeout(() => {
      cancelled.abort();
      end();
    }, ANSWER);
  }

  function end() {
    clearTimeout(timer);
    if (form.dataset.sent) mark.textContent = "";
    delete form.dataset.sent;
    delete form.dataset.left;
    verbs.removeAttribute("aria-busy");
  }

  // What was sent may have come through; pressed again, it is saved once.
  function giveUp() {
    end();
    form.dispatchEvent(new Event("unsaved"));
  }

  async function save(button) {
    await Promise.race([kept(), new Promise((go) => setTimeout(go, AUTOSAVE))]);
    const before = contentOf(form);
    const answer = await ask(location.href, { method: "POST", body: new FormData(form, button), headers: SCRIPT });
    if (!answer) return giveUp();
    const address = addressIn(answer);
    if (!address) return sendAgain(button);
    if (new URL(address, location.href).pathname !== location.pathname) return leave(() => location.assign(address));
    const shown = await ask(address);
    if (!shown) return giveUp();
    const page = new DOMParser().parseFromString(shown.text, "text/html");
    const hasGoneOn = contentOf(form) !== before;
    miss(form.querySelector("dialog[open] .desk-dialog-verbs [type=submit]")); // its question goes with the old page
    keepPlace(() => (showSaved(form, page, hasGoneOn) ? tell(hasGoneOn) : leave(() => location.assign(address))));
  }

  // Returns {response, text}; null when none came.
  async function ask(address, options) {
    const all = { redirect: "manual", signal: cancelled.signal, ...options };
    const response = await fetch(address, all).catch(() => null);
    const text = await response?.text().catch(() => null);
    return typeof text === "string" ? { response, text } : null;
  }

  // In the head, because the messages above may be out of sight; their links stay there.
  function tell(hasGoneOn) {
    end();
    form.dispatchEvent(new CustomEvent("saved", { detail: { hasGoneOn } }));
    const said = [...document.querySelectorAll(".messagelist li")].map(sentenceOf);
    mark.textContent = [...said, ...(hasGoneOn ? [mark.dataset.since] : [])].join(" ");
    makeUp(hasGoneOn);
  }

  function miss(button) {
    if (button && nameOf(button) !== sent) missed = nameOf(button);
  }

  // A save is repeated; another button waits for a second press, because what it acts on is shown only now.
  function makeUp(hasGoneOn) {
    const button = missed && verbs.querySelector(`[name="${missed}"]`);
    missed = undefined;
    if (!button) return;
    if (button.name === SAVE) return hasGoneOn && form.requestSubmit(button);
    mark.textContent += ` ${mark.dataset.press.replace("{button}", button.textContent.trim())}`;
    if (!document.activeElement?.closest(".story")) button.focus({ preventScroll: true });
  }

  // What comes in above the text does not push it away from under the writer's eyes. Not every browser sees to it.
  function keepPlace(change) {
    const root = document.documentElement;
    const place = () => form.querySelector(".story-writing").getBoundingClientRect().top;
    const before = place();
    root.style.overflowAnchor = "none";
    change();
    scrollBy({ top: place() - before, behavior: "instant" });
    root.style.removeProperty("overflow-anchor");
  }

  // What is pressed until the other page comes is said there.
  function leave(go) {
    addEventListener("pagehide", () => missed && sessionStorage.setItem(MISSED, missed), { once: true });
    go();
  }

  function sayMissed() {
    missed = sessionStorage.getItem(MISSED) ?? undefined;
    sessionStorage.removeItem(MISSED);
    makeUp(false);
  }

  // Without the submit event: the session and the questions have been seen to.
  function sendAgain(button) {
    const pressed = button?.name ? [make("input", { type: "hidden", name: button.name, value: button.value })] : [];
    form.append(...pressed);
    form.dataset.left = "1"; // what was written on meanwhile goes, too
    leave(() => HTMLFormElement.prototype.submit.call(form));
    for (const input of pressed) input.remove();
  }

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.name === "_preview") return;
    if (form.dataset.sent) {
      miss(event.submitter);
      return event.preventDefault();
    }
    begin(event.submitter);
    // What is said there goes with the page.
    if (document.querySelector(".errornote.problems, [data-unsaved]")) return leave(() => {});
    event.preventDefault();
    save(event.submitter);
  });
  // A press whose button was replaced before it could be sent.
  form.addEventListener("missed", ({ detail: button }) => {
    miss(button);
    if (!form.dataset.sent) makeUp(true);
  });
  addEventListener("pageshow", end);
  addEventListener("load", sayMissed);
}

const nameOf = (button) => button?.name || SAVE;

// Returns all that would be sent, without the token, which the writer did not type.
function contentOf(form) {
  return JSON.stringify([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"));
}

function sentenceOf(message) {
  const copied = message.cloneNode(true);
  for (const link of copied.querySelectorAll("a")) link.remove();
  return copied.textContent.trim();
}

// Returns where a save leads; undefined for anything but a save.
function addressIn({ response, text }) {
  const isTold = response.ok && response.headers.get("Content-Type")?.startsWith("application/json");
  return isTold ? JSON.parse(text).location : undefined;
}
