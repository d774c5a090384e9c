// Asks for the password over the text when the session has ended, and goes on where the person was.
import { askSession, readSession } from "./session.js";

const EVERY = 20000; // milliseconds between two looks at the session
const PAUSE = 1000; // milliseconds without a key, so that no word of the story ends up in the password
const BESIDE = new Set(["_preview", "move"]); // buttons that leave the form as it is

export function keepSignedIn(form) {
  const dialog = document.getElementById("sign-in");
  const place = dialog.querySelector(".sign-in-form");
  const problem = dialog.querySelector(".problem");
  const said = document.getElementById("session");
  const again = document.getElementById("sign-in-again");
  const [owner] = form.elements.whose.value.split(":");
  const isOwner = ({ person }) => String(person) === owner;
  let pressed = null; // {button}, which waits for the sign-in
  let isLate = false; // the person has put the sign-in off
  let isAsking = false;
  let next = null; // the button that was pressed while the session was asked for
  let isOpening = false;
  let lastKey = 0; // milliseconds
  let passes = false;

  // What was fetched last comes into the dialog, with what is wrong: whatever the sign-in page asks for.
  function show(page) {
    const fields = page?.getElementById("login-form");
    say(fields ? "" : dialog.dataset.unreachable);
    const about = page?.querySelector(".errornote");
    place.replaceChildren(...[about, fields].filter(Boolean));
    if (!fields) return;
    const [name, password] = ["[name=login]", "[type=password]"].map((one) => fields.querySelector(one));
    if (name && !name.value) name.value = dialog.dataset.username;
    if (dialog.open) (name?.value ? password : name)?.focus();
  }

  function say(words) {
    problem.textContent = words;
    problem.hidden = !words;
  }

  async function load() {
    const response = await fetch(dialog.dataset.signIn).catch(() => null);
    show(await parse(response));
  }

  async function ask(session) {
    if (dialog.open || isOpening) return;
    isOpening = true;
    again.hidden = false;
    said.textContent = dialog.dataset.ended;
    await pause();
    if (session.person) meetStranger(session);
    else {
      await load();
      dialog.showModal();
      place.querySelector("[type=password]")?.focus();
    }
    isOpening = false;
  }

  async function pause() {
    for (let rest; (rest = lastKey + PAUSE - Date.now()) > 0; ) await new Promise((go) => setTimeout(go, rest));
  }

  // The text belongs to the person who opened the form, and waits for them.
  function meetStranger({ name }) {
    place.replaceChildren();
    say(dialog.dataset.stranger.replace("{name}", name));
    dialog.classList.add("is-stranger");
    if (form.dispatchEvent(new Event("leave", { cancelable: true }))) form.dataset.left = "1";
    if (!dialog.open) dialog.showModal();
  }

  // The scripts and forms of the page go on with the token of the new session.
  function renew({ token }) {
    for (const input of document.querySelectorAll("[name=csrfmiddlewaretoken]")) input.value = token;
  }

  function goOn(session) {
    renew(session);
    isLate = false;
    again.hidden = true;
    said.textContent = dialog.dataset.begun;
    dialog.close();
    document.dispatchEvent(new Event("sessionbegun"));
    const { button } = pressed ?? {};
    if (pressed && (!button?.name || button.name === "_save")) return send(button);
    pressed = null;
    if (!button) return;
    said.textContent = dialog.dataset.press.replace("{button}", button.textContent.trim()); // it is not repeated unseen
    button.focus();
  }

  function send(button) {
    pressed = null;
    if (button && !button.isConnected) return form.dispatchEvent(new CustomEvent("missed", { detail: button }));
    passes = true;
    form.requestSubmit(button);
    passes = false;
  }

  place.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = dialog.querySelector("button[data-sign-in]");
    button.disabled = true;
    await signIn(event.target);
    button.disabled = false; // not before the new fields are there, which would drop what was typed meanwhile
  });

  async function signIn(fields) {
    const body = new URLSearchParams(new FormData(fields));
    const address = fields.getAttribute("action") || dialog.dataset.signIn; // a second step has an address of its own
    const response = await fetch(address, { method: "POST", body }).catch(() => null);
    if (!response) return say(dialog.dataset.unreachable);
    const isIn = response.headers.get("Content-Type")?.startsWith("application/json");
    const page = isIn ? null : await parse(response);
    if (page?.getElementById("login-form")) return show(page);
    const session = isIn ? await readSession(response) : await askSession(dialog.dataset.session); // signed in elsewhere
    if (session?.person) return isOwner(session) ? goOn(session) : meetStranger(session);
    await load(); // its token was that of an earlier page
  }

  // Before any other script hears of it: a press is not lost to the sign-in page.
  form.addEventListener(
    "submit",
    async (event) => {
      if (passes || BESIDE.has(event.submitter?.name)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isAsking) return (next = event.submitter);
      isAsking = true;
      next = null;
      const session = await askSession(dialog.dataset.session);
      isAsking = false;
      if (!session || isOwner(session)) {
        send(event.submitter); // unreached, it fails as any page does
        return next && form.dataset.sent && send(next); // saving.js sees to what comes while a save is on its way
      }
      pressed = { button: event.submitter };
      ask(session);
    },
    { capture: true },
  );

  form.addEventListener("keydown", () => (lastKey = Date.now()), { capture: true });

  async function look() {
    const session = await askSession(dialog.dataset.session);
    if (!session) return;
    if (!isOwner(session)) return (session.person || !isLate) && ask(session);
    renew(session);
    if (!again.hidden || dialog.open) goOn(session); // signed in elsewhere
  }

  // Presence asks the server for a story that is stored, and hears of the end.
  if (!form.querySelector(".story").dataset.presence) setInterval(() => document.hidden || dialog.open || look(), EVERY);
  document.addEventListener("sessionended", look);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  again.querySelector("button").addEventListener("click", () => {
    isLate = false;
    look();
  });
  dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close());
  dialog.querySelector("[data-reload]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    if (dialog.classList.contains("is-stranger")) return location.reload();
    if (!again.hidden) {
      isLate = true;
      pressed = null;
    }
  });
}

async function parse(response) {
  const text = await response?.text().catch(() => null);
  return text ? new DOMParser().parseFromString(text, "text/html") : null;
}
