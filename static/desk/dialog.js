// A small question in a dialog of the browser: focus, Escape and the background come with it.

// Asks for a few words; returns {name: value}, or null when the person cancels.
export function ask(title, fields, words) {
  return new Promise((answer) => {
    const dialog = make("dialog", { className: "desk-dialog" });
    const form = make("form", { method: "dialog" });
    dialog.setAttribute("aria-label", title);
    form.append(make("h2", { textContent: title }));
    for (const { name, label, value, check, prepare } of fields) {
      const input = make("input", { name, value, type: "text", autocomplete: "off", spellcheck: false });
      input.addEventListener("input", () => input.setCustomValidity(""));
      input.check = check;
      form.append(make("label", {}, [make("span", { textContent: label }), input]));
      prepare?.(input);
    }
    const apply = make("button", { className: "act strong", textContent: words.apply });
    const cancel = make("button", { type: "button", className: "act", textContent: words.cancel });
    form.append(make("div", { className: "desk-dialog-verbs" }, [apply, cancel]));
    dialog.append(form);

    // At once: the event of a dialog that closes may come after the next key, which is meant for what was there before.
    const end = (values) => {
      dialog.close();
      dialog.remove();
      answer(values);
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      for (const input of form.querySelectorAll("input")) input.setCustomValidity(input.check?.(input.value) ?? "");
      if (form.reportValidity()) end(Object.fromEntries(new FormData(form)));
    });
    cancel.addEventListener("click", () => end(null));
    dialog.addEventListener("close", () => end(null)); // by Escape; what was answered stays
    document.body.append(dialog);
    dialog.showModal();
    form.querySelector("input").select();
  });
}

export function make(name, properties = {}, children = []) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}
