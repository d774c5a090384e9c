// Leads from a sentence about a field to the field, also where a chooser or the editor stands in its place.
const WRITTEN_IN = [".ProseMirror, .select2-search__field", "input:not([type=hidden]), select, textarea", "button"];

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".problems a, .checklist a");
  const place = link && document.getElementById(link.hash.slice(1));
  const row = place?.closest(".fieldBox, .form-row, td") ?? place;
  if (!row) return;
  event.preventDefault();
  row.closest("details")?.setAttribute("open", "");
  row.scrollIntoView({ block: "center" });
  const found = WRITTEN_IN.flatMap((kind) => [...row.querySelectorAll(kind)]);
  found.find((one) => one.offsetParent)?.focus({ preventScroll: true });
});

// Waits until the scripts of the form have put the focus where writing begins.
addEventListener("load", () => document.querySelector(".problems")?.focus());
