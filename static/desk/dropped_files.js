// A file that is dropped beside its place would take the page away, with all that was typed: it does nothing instead.

// The first picture of what is dropped; null for text, links, and pictures that were dragged out of a page.
export function droppedPicture({ dataTransfer }) {
  if (dataTransfer.types.includes("text/uri-list")) return null;
  return [...dataTransfer.files].find(({ type }) => type.startsWith("image/")) ?? null;
}

function takesIt({ target, dataTransfer }) {
  const field = target.closest?.("input, textarea, [contenteditable=true]");
  return field && (field.type === "file" || !dataTransfer.types.includes("Files"));
}

document.addEventListener("dragover", (event) => {
  if (event.defaultPrevented || takesIt(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "none";
});
document.addEventListener("drop", (event) => {
  if (!takesIt(event)) event.preventDefault();
});
