// The editor's buttons: named in the person's language, one stop of the Tab key, arrows between them.

export function nameButtons(editor, words) {
  const bar = editor.storage.menu.dom;
  const buttons = [...bar.querySelectorAll("button[data-name]")];
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", words.toolbar);
  for (const button of buttons) {
    const word = words[button.dataset.name] ?? button.title;
    button.title = word;
    button.setAttribute("aria-label", word);
    button.tabIndex = -1;
    if (button.dataset.level) {
      button.textContent = `H${button.dataset.level}`;
      button.classList.remove("material-icons");
    }
  }
  const usable = () => buttons.filter((button) => !button.classList.contains("hidden"));
  const stop = (button) => buttons.forEach((other) => (other.tabIndex = other === button ? 0 : -1));
  stop(buttons[0]);

  bar.addEventListener("focusin", ({ target }) => stop(target));
  bar.addEventListener("keydown", (event) => {
    const row = usable();
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    row.at((row.indexOf(document.activeElement) + step) % row.length).focus();
  });
  editor.view.dom.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "F10") buttons.find((button) => button.tabIndex === 0).focus();
  });

  const tell = () => {
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.classList.contains("active")));
      button.setAttribute("aria-disabled", String(button.classList.contains("disabled")));
    }
    if (usable().every((button) => button.tabIndex)) stop(usable()[0]);
  };
  editor.on("transaction", tell);
  tell();
}
