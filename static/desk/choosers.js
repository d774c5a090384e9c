// Puts the admin's Select2 in place of a comma list: search as you type, order kept as chosen.
"use strict";
{
  const $ = django.jQuery;

  function choose(input) {
    const select = document.createElement("select");
    select.multiple = true;
    select.name = input.name;
    select.id = input.id;
    select.className = "desk-chooser";
    select.disabled = input.disabled;
    const described = input.getAttribute("aria-describedby");
    for (const [word, label] of JSON.parse(input.dataset.chosen)) {
      select.append(new Option(label, word, true, true));
    }
    const address = input.dataset.chooser;
    input.replaceWith(select);
    $(select).select2({
      theme: "admin-autocomplete",
      width: "100%",
      minimumInputLength: 1,
      ajax: { url: address, delay: 150, data: ({ term }) => ({ term }), cache: true },
    });
    // What was chosen last stands last, also when it was chosen and taken out before.
    $(select).on("select2:select", ({ params }) => {
      const option = [...select.options].find(({ value }) => value === params.data.id);
      if (option) select.append(option);
      $(select).trigger("change");
    });
    $(select).on("select2:unselect", ({ params }) => {
      for (const option of [...select.options]) if (option.value === params.data.id) option.remove();
    });
    $(select).on("change", () => select.dispatchEvent(new Event("input", { bubbles: true })));
    name(select, described);
  }

  // Select2's search box has no name of its own.
  function name(select, described) {
    const label = document.querySelector(`label[for="${select.id}"]`);
    const box = select.nextElementSibling.querySelector(".select2-search__field");
    if (!label || !box) return;
    label.id ||= `${select.id}_label`;
    box.setAttribute("aria-labelledby", label.id);
    if (described) box.setAttribute("aria-describedby", described);
    label.addEventListener("click", (event) => {
      event.preventDefault();
      box.focus();
    });
  }

  document.querySelectorAll("[data-chooser]").forEach(choose);
}
