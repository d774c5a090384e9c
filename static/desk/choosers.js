// Puts the admin's Select2 in place of a comma list: search as you type, order kept as chosen. What is typed and not
// chosen stays: a comma, Tab or the end of typing takes what has exactly this name, and marks the rest as a problem.
"use strict";
{
  const $ = django.jQuery;
  const TYPED = "typed:"; // a word that was typed and not chosen; articles/admin/fields/chooser_words.py reads it
  const PROPOSED = "proposed:"; // a word that names a tag which the tag staff may create
  const isProposed = (word) => word.startsWith(PROPOSED);
  const offers = new WeakMap(); // option of an unchosen word → the row that would make it a tag, or propose it
  const isChosen = (word) => /^(id|new):/.test(word) || isProposed(word);

  function choose(input) {
    const select = document.createElement("select");
    select.multiple = true;
    select.name = input.name;
    select.id = input.id;
    select.className = "desk-chooser";
    select.disabled = input.disabled;
    if (input.dataset.roles) Object.assign(select.dataset, { roles: input.dataset.roles, roleOf: input.dataset.roleOf });
    const described = input.getAttribute("aria-describedby");
    for (const [word, label] of JSON.parse(input.dataset.chosen)) {
      select.append(new Option(label, word, true, true));
    }
    const { chooser: address, proposed, unchosen } = input.dataset;
    const words = Object.entries(JSON.parse(input.dataset.words)).map(([name, text]) => [name, () => text]);
    input.replaceWith(select);
    $(select).select2({
      theme: "admin-autocomplete",
      width: "100%",
      minimumInputLength: 1,
      language: Object.fromEntries(words),
      dropdownParent: $(select.closest("dialog") ?? document.body), // in front of a dialog, not behind it
      ajax: { url: address, delay: 150, data: ({ term }) => ({ term }), cache: true },
      templateSelection: ({ id, text, element }, chip) => {
        $(chip).toggleClass("unchosen", !isChosen(id)).toggleClass("proposed", isProposed(id));
        if (select.dataset.roles && isChosen(id)) return withRole(select, element, text);
        return isProposed(id) ? proposed.replace("{name}", () => id.slice(PROPOSED.length)) : text;
      },
    });
    // What was chosen last stands last, even if it was chosen and removed before.
    $(select).on("select2:select", ({ params }) => {
      const option = [...select.options].find(({ value }) => value === params.data.id);
      if (option) select.append(option);
      const { id } = params.data;
      if ([...select.options].some(({ value }) => value !== id && personOf(value) === id)) option.remove(); // has a role
      if (isProposed(params.data.id)) option.replaceWith(optionOf(params.data));
      $(select).trigger("change");
    });
    $(select).on("select2:unselect", ({ params }) => {
      params.data.element.remove();
    });
    // A press on a chip's cross would focus the box: where that is out of sight, the page scrolls and the click is lost.
    select.nextElementSibling.addEventListener("mousedown", (event) => {
      if (event.target.closest(".select2-selection__choice__remove")) event.preventDefault();
    });
    const problem = document.createElement("p");
    problem.className = "unchosen-problem";
    problem.setAttribute("role", "status");
    const offered = document.createElement("p");
    offered.className = "unchosen-offers";
    select.nextElementSibling.after(problem, offered);
    const tell = () => {
      const left = [...select.selectedOptions].filter(({ value }) => !isChosen(value));
      const names = left.map(({ text }) => text).join(", ");
      problem.textContent = names ? unchosen.replace("{names}", () => names) : "";
      offered.replaceChildren(...left.filter((option) => offers.has(option)).map((option) => offer(select, option)));
    };
    $(select).on("change", () => {
      tell();
      select.dispatchEvent(new Event("input", { bubbles: true }));
    });
    tell();
    name(select, described);
    keepTyped(select, address);
  }

  // The word of an author is “id:7”, in another role “id:7:editor”; articles/admin/fields/author_choosers.py reads it.
  const personOf = (word) => word.split(":").slice(0, 2).join(":");

  function withRole(select, option, text) {
    const choice = document.createElement("select");
    const [author, ...others] = JSON.parse(select.dataset.roles);
    const person = personOf(option.value);
    choice.append(new Option(author[1], person));
    for (const [role, name] of others) choice.append(new Option(name, `${person}:${role}`));
    choice.value = option.value;
    choice.className = "byline-role";
    choice.disabled = select.disabled;
    choice.setAttribute("aria-label", select.dataset.roleOf.replace("{name}", () => text));
    for (const kind of ["mousedown", "click", "keydown", "keyup"]) {
      choice.addEventListener(kind, (event) => event.stopPropagation()); // Select2 would open its list
    }
    choice.addEventListener("change", (event) => {
      event.stopPropagation();
      option.value = choice.value; // Select2 need not know, and the chip with the focus stays
      select.dispatchEvent(new Event("input", { bubbles: true }));
    });
    const chip = document.createElement("span");
    chip.append(`${text} `, choice);
    return chip;
  }

  // The chip of a proposed tag shows its name alone.
  const optionOf = ({ id, text }) => new Option(isProposed(id) ? id.slice(PROPOSED.length) : text, id, true, true);

  function offer(select, option) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "act small";
    button.textContent = offers.get(option).text;
    button.addEventListener("click", () => {
      option.replaceWith(optionOf(offers.get(option)));
      $(select).trigger("change");
      select.nextElementSibling.querySelector(".select2-search__field").focus();
    });
    return button;
  }

  // Select2 throws away what stands in its box when its list closes.
  function keepTyped(select, address) {
    const box = select.nextElementSibling.querySelector(".select2-search__field");
    const isLoading = () => document.querySelector(".select2-container--open .loading-results");
    let settled = false; // whether what stands in the box is dealt with when the list closes
    const settle = () => (settled = true);
    $(select).on("select2:selecting select2:unselecting", settle);
    $(select).on("select2:closing", () => {
      if (!settled) take(select, address, box.value);
      settled = false;
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") settle();
      if (event.key !== "Enter" || event.isComposing || !isLoading()) return;
      event.preventDefault(); // what is highlighted was found for other letters
      event.stopPropagation();
      $(select).select2("close");
    });
    box.addEventListener("input", (event) => {
      if (event.inputType === "insertText" && event.data !== ",") return;
      const words = split(box.value);
      box.value = words.pop();
      for (const word of words) take(select, address, word);
      if (!words.length || box.value.trim()) return;
      event.stopPropagation(); // Select2 would look for nothing, in an open list
      $(select).select2("close");
    });
    box.addEventListener("keyup", (event) => {
      if (!box.value && !$(select).data("select2").isOpen()) event.stopPropagation(); // the comma's key opens no list
    });
    select.form?.addEventListener("formdata", ({ formData }) => {
      const text = tidied(box.value);
      if (text) formData.append(select.name, TYPED + text);
    });
  }

  // Returns the only row with exactly this name, or the text itself, which the server will not accept.
  async function take(select, address, typed) {
    const text = tidied(typed);
    if (!text) return;
    const option = new Option(text, TYPED + text, true, true);
    select.append(option);
    $(select).trigger("change");
    const asked = new URL(address, location);
    asked.searchParams.set("term", text);
    const answer = await fetch(asked, { redirect: "manual" }).catch(() => null);
    const { results = [] } = answer?.ok ? await answer.json() : {};
    const row = results.find(({ exact }) => exact);
    const addition = results.find(({ id }) => /^(new|proposed):/.test(id));
    if (!option.isConnected || !(row ?? addition)) return;
    const known = row && [...select.selectedOptions].find(({ value }) => value === row.id);
    if (!row) offers.set(option, addition);
    else if (known) option.remove();
    else option.replaceWith(optionOf(row));
    $(select).trigger("change");
  }

  // The words of a comma list and, last, what no comma ends yet; quotation marks hold a comma together.
  function split(text) {
    const words = [""];
    let quoted = false;
    for (const letter of text) {
      if (letter === '"') quoted = !quoted;
      if ((letter === "," || letter === "\n") && !quoted) words.push("");
      else words[words.length - 1] += letter;
    }
    return words;
  }

  function tidied(text) {
    return text.trim().replace(/^"(.*)"$/, "$1").replace(/\s+/g, " ");
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

  const start = (part) => part.querySelectorAll("[data-chooser]").forEach(choose);
  start(document);
  document.addEventListener("choosers:add", ({ target }) => start(target)); // a form that was loaded later
}
