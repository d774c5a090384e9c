// Ctrl+K from anywhere on the desk. The dialog is there at once, so that no letter typed after the keys is lost.
import { Finder } from "./finder.js";

const link = document.querySelector("[data-find]");

function open() {
  if (!document.querySelector("dialog[open]")) new Finder(link);
}

// With words chosen in the text, Ctrl+K links them, as in every editor.
const linksWords = ({ target }) => target.closest?.(".ProseMirror") && !getSelection().isCollapsed;

if (link) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener(
    "keydown",
    (event) => {
      const isAsked = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k";
      if (!isAsked || linksWords(event)) return;
      event.preventDefault();
      event.stopPropagation();
      open();
    },
    true,
  );
}
