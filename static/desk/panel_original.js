// The original of a translation beside its text; what leads away opens in a tab of its own.
import { noticeEnd } from "./session.js";

export function showOriginal(body, { address, failed }) {
  let isOpen = true;
  fill();

  async function fill() {
    const response = noticeEnd(await fetch(address, { redirect: "manual" }).catch(() => null));
    const text = response?.ok ? await response.text() : "";
    if (!isOpen) return;
    const shown = new DOMParser().parseFromString(text, "text/html").querySelector(".original");
    if (!shown) return body.replaceChildren(failed);
    shown.querySelectorAll("form").forEach((form) => form.remove()); // no form in a form
    shown.querySelectorAll("a").forEach((link) => (link.target = "_blank"));
    shown.removeAttribute("id"); // the form's page has this one
    body.replaceChildren(shown);
  }

  return () => (isOpen = false);
}
