// The versions of the story beside its text, as its history lists them; what leads away opens in a tab of its own.
import { noticeEnd } from "./session.js";

export function showHistory(body, { address, failed }, form) {
  let isOpen = true;
  form.addEventListener("saved", fill);
  fill();

  async function fill() {
    const response = noticeEnd(await fetch(address, { redirect: "manual" }).catch(() => null));
    const text = response?.ok ? await response.text() : "";
    if (!isOpen) return;
    const history = new DOMParser().parseFromString(text, "text/html").querySelector(".history");
    if (!history) return body.replaceChildren(failed);
    history.querySelectorAll("form, label, button").forEach((part) => part.remove());
    history.querySelectorAll("a").forEach((link) => (link.target = "_blank"));
    body.replaceChildren(...history.children);
  }

  return () => {
    isOpen = false;
    form.removeEventListener("saved", fill);
  };
}
