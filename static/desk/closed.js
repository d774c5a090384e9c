// What becomes of an open form when its story is no longer the person's to change: what was typed can be copied, and
// nothing is sent any more that the server would refuse.
export function letClose(form) {
  let isClosed = false;
  const stop = (event) => isClosed && event.stopImmediatePropagation();
  const refuse = (event) => {
    if (!isClosed || event.submitter?.name === "_preview") return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const type of ["input", "change"]) form.addEventListener(type, stop, { capture: true });
  form.addEventListener("submit", refuse, { capture: true });
  form.addEventListener("closed", () => {
    isClosed = true;
    for (const field of form.querySelectorAll(".story :is(input, textarea)")) field.readOnly = true;
    for (const button of form.querySelectorAll("button:is([name^=_]:not([name=_preview]), [name=move], .lead-picture-verbs *)")) {
      button.disabled = true;
    }
  });
}
