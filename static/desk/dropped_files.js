// A file that is dropped beside its place would take the page away, with all that was typed: it does nothing instead.

// The pictures of what is dropped; none for text, links, and pictures that were dragged out of a page.
export function droppedPictures({ dataTransfer }) {
  return dataTransfer.types.includes("text/uri-list") ? [] : picturesOf(dataTransfer);
}

// The pictures of what is pasted; none when it is also text, as what is copied out of Word.
export function pastedPictures({ clipboardData }) {
  return clipboardData.types.includes("text/plain") ? [] : picturesOf(clipboardData);
}

const picturesOf = ({ files }) => [...files].filter(({ type }) => type.startsWith("image/"));

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
