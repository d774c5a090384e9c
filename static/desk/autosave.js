// Keeps what is typed, for its writer alone: on the server, and in this browser while the server cannot be reached.
const PAUSE = 3000; // milliseconds without typing
const EVERY = 20000; // milliseconds, at most, while somebody types without a pause

export function keepText(form, address) {
  const mark = form.querySelector("output.kept");
  const place = `newsroom:${address}`;
  let timer;
  let waiting = false; // something is not kept yet
  let last = Date.now();

  function say(words, when = new Date()) {
    const time = when.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    mark.textContent = words.replace("{time}", time);
  }

  async function send(data) {
    const response = await fetch(address, { method: "POST", body: data, redirect: "manual" }).catch(() => null);
    return Boolean(response?.ok);
  }

  async function keep() {
    clearTimeout(timer);
    if (!waiting) return;
    waiting = false;
    last = Date.now();
    const data = new FormData(form);
    if (await send(data)) {
      localStorage.removeItem(place);
      say(mark.dataset.kept);
    } else {
      const fields = [...data].filter(([, value]) => typeof value === "string");
      try {
        localStorage.setItem(place, JSON.stringify(fields));
        say(mark.dataset.here);
      } catch {
        waiting = true; // no room in the browser: the text is still in the form
      }
    }
  }

  // What an earlier visit could not send, goes to the server as soon as it can be reached.
  async function sendLeftBehind() {
    const left = localStorage.getItem(place);
    if (!left) return;
    const data = new FormData();
    for (const [name, value] of JSON.parse(left)) data.append(name, value);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    if (!(await send(data))) return;
    localStorage.removeItem(place);
    if (data.get("key") === form.elements.key.value) say(mark.dataset.kept);
    else mark.textContent = mark.dataset.found;
  }

  form.addEventListener("input", (event) => {
    if (!event.isTrusted && !form.dataset.ready) return;
    waiting = true;
    clearTimeout(timer);
    if (Date.now() - last > EVERY) keep();
    else timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name === "_preview") return;
    waiting = false;
    clearTimeout(timer);
  });
  addEventListener("blur", keep);
  addEventListener("online", () => {
    waiting = waiting || Boolean(localStorage.getItem(place));
    keep();
  });
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  sendLeftBehind();
}
