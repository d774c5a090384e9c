// The editor's buttons: named in the person's language, one stop of the Tab key, arrows between them. They stand above
// the text and come after it, so that Tab leads from the standfirst to the text; Alt+F10 leads from there to them.
// https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/
import { icon } from "./icons.js";
import { readSelection } from "./selection.js";

export function nameButtons(editor, words) {
  const bar = editor.storage.menu.dom;
  const text = editor.view.dom;
  const buttons = [...bar.querySelectorAll("button[data-name]")];
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", words.toolbar);
  text.setAttribute("aria-keyshortcuts", "Alt+F10");
  text.after(bar);
  for (const button of buttons) {
    const { name, level } = button.dataset;
    const word = words[name] ?? button.title;
    button.title = word;
    button.setAttribute("aria-label", word);
    button.classList.remove("material-icons");
    button.replaceChildren(level ? `H${level}` : (icon(name) ?? word));
  }
  const usable = () => buttons.filter((button) => !button.classList.contains("hidden"));
  const stop = (button) => buttons.forEach((other) => (other.tabIndex = other === button ? 0 : -1));
  stop(buttons[0]);

  bar.addEventListener("mousedown", readSelection); // before the focus goes to the button
  bar.addEventListener("focusin", ({ target }) => stop(target));
  bar.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return editor.commands.focus();
    const row = usable();
    const here = row.indexOf(document.activeElement);
    const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    row.at(next % row.length).focus();
  });
  text.addEventListener("keydown", (event) => {
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
