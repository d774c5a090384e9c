// Asks before a button does its work: for its time, or whether it is meant. The server asks, too, where no script runs.
const TIMED = new Set(["_schedule", "_schedule_changes"]);
const PAUSE = 300; // milliseconds after a key, before a time that somebody types is looked at

export function askFirst(form, address) {
  const step = document.createElement("dialog");
  step.className = "desk-dialog schedule";
  step.setAttribute("aria-labelledby", "ask-time-title");
  form.append(step);
  let asked; // the button of the row that asks for a time
  let latest = 0;

  async function load() {
    const turn = ++latest;
    const data = new FormData(form);
    data.set("verb", asked.name.slice(1));
    const response = await fetch(address, { method: "POST", body: data, redirect: "manual" }).catch(() => null);
    if (turn !== latest) return null;
    if (!response?.ok) return false;
    return new DOMParser().parseFromString(await response.text(), "text/html").body;
  }

  async function askTime(button) {
    asked = button;
    const fresh = await load();
    if (fresh === false) form.requestSubmit(button); // the answer says what is wrong
    if (!fresh) return;
    step.replaceChildren(...fresh.childNodes);
    if (!step.open) step.showModal();
  }

  // Replaces only the text about the time: the field that somebody types into stays.
  async function sayTime() {
    const fresh = await load();
    if (!fresh) return;
    for (const part of [".sentence", ".offered"]) {
      const [old, now] = [step.querySelector(part), fresh.querySelector(part)];
      if (old && now) old.replaceWith(now);
    }
    const [old, now] = [step, fresh].map((place) => place.querySelector(".desk-dialog-verbs [type=submit]"));
    if (old && now) old.disabled = now.disabled;
  }

  function setTime({ field, time }) {
    const input = form.elements[field];
    const turn = form.elements[`${field}_turn`];
    if (input.value === time) return;
    input.value = time;
    if (turn) turn.value = "";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if ("close" in button.dataset) return button.closest("dialog").close();
    if (button.dataset.time) return setTime(button.dataset);
    if (!button.closest(".verbs")) return;
    const isTimed = TIMED.has(button.name);
    const question = document.getElementById(`ask-${button.name.slice(1)}`);
    if (isTimed || question) event.preventDefault();
    if (isTimed) askTime(button);
    else if (question) show(question);
  });

  let timer;
  step.addEventListener("input", (event) => {
    const { field } = event.target.dataset;
    if (!field) return;
    event.stopPropagation();
    setTime({ field, time: event.target.value });
    clearTimeout(timer);
    timer = setTimeout(sayTime, PAUSE);
  });
  // The Enter key confirms what the dialog says, never the first button of the form.
  step.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    const confirm = step.querySelector(".desk-dialog-verbs [type=submit]");
    if (confirm && !confirm.disabled) confirm.click();
  });
  step.addEventListener("click", (event) => event.target.closest(".problems a") && step.close());
  // What was ticked for a verb that is then cancelled does not count for the next one.
  step.addEventListener("close", () => {
    if (form.dataset.sent) return; // the save that is on its way reads it
    for (const box of step.querySelectorAll("[name=anyway]")) box.checked = false;
  });

  form.addEventListener("saved", () => {
    step.replaceChildren(); // what was ticked there was for this save
    offerQuestions(form);
  });
  offerQuestions(form);
}

function offerQuestions(form) {
  for (const question of form.querySelectorAll("dialog.question")) {
    question.querySelector("[data-close]").hidden = false;
    if (question.open) {
      question.close();
      show(question);
    }
  }
}

function show(dialog) {
  dialog.showModal();
  (dialog.querySelector("textarea") ?? dialog.querySelector("button")).focus();
}
