// Folds an open dropdown at Escape, or at a press beside it. Without this script, its own summary does.
const opened = () => document.querySelector("details.dropdown[open]");

document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && opened();
  if (!open) return;
  open.open = false;
  if (open.contains(document.activeElement)) open.querySelector("summary").focus();
});

document.addEventListener("pointerdown", (event) => {
  const open = opened();
  if (open && !open.contains(event.target)) open.open = false;
});
