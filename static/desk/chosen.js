// Fills a chooser, see choosers.js, which holds what was chosen as selected options in order.
export function setChosen(select, rows) {
  const held = [...select.selectedOptions].map((option) => option.value);
  if (held.join() === rows.map(([word]) => word).join()) return;
  select.replaceChildren(...rows.map(([word, label]) => new Option(label, word, true, true)));
  django.jQuery(select).trigger("change");
}

// Empties the box of a chooser: what was typed there is chosen now.
export function forgetTyped(select) {
  select.nextElementSibling.querySelector(".select2-search__field").value = "";
  if (django.jQuery(select).data("select2").isOpen()) django.jQuery(select).select2("close");
}
