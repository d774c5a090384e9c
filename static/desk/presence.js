// Tells colleagues that this story is open here, and shows who else has it open; stops with the tab.
const EVERY = 20000; // milliseconds

export function watchColleagues(form, address) {
  const place = document.getElementById("presence");
  let unsaved = false;
  let timer;

  function data(more = {}) {
    const fields = new FormData();
    fields.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    if (unsaved) fields.set("unsaved", "1");
    for (const [name, value] of Object.entries(more)) fields.set(name, value);
    return fields;
  }

  async function look() {
    clearTimeout(timer);
    if (document.hidden) return;
    timer = setTimeout(look, EVERY);
    const response = await fetch(address, { method: "POST", body: data(), redirect: "manual" }).catch(() => null);
    if (!response?.ok) return;
    const { colleagues } = await response.json();
    const words = colleagues.join(" ");
    if (place.textContent !== words) place.textContent = words;
  }

  form.addEventListener("input", (event) => {
    if (unsaved || !event.isTrusted) return;
    unsaved = true;
    look();
  });
  document.addEventListener("visibilitychange", look);
  addEventListener("pagehide", () => navigator.sendBeacon(address, data({ gone: "1" })));
  look();
}
