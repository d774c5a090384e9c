// The story's public page beside its text, as the form has it now: at the width of a phone or of a desktop computer.
import { noticeEnd } from "./session.js";

const DESKTOP = 1300; // pixels, as in preview.css
const FOLLOWED = ["kept", "saved"]; // events of the form

export function showPreview(body, { address, failed, phone, desktop, page, title }, form) {
  const frame = Object.assign(document.createElement("iframe"), { title });
  frame.setAttribute("sandbox", "allow-same-origin");
  const box = document.createElement("div");
  box.className = "panel-frame";
  box.append(frame);
  const problem = document.createElement("p");
  problem.setAttribute("role", "status");
  const widths = document.createElement("div");
  widths.className = "panel-widths";
  const sizes = [["phone", phone], ["desktop", desktop]].map(([name, label]) => choice(name, label));
  const ownTab = small(page);
  ownTab.addEventListener("click", () => form.querySelector("[name=_preview]").click());
  widths.append(...sizes, ownTab);
  body.append(widths, problem, box);
  let isDesktop = false;
  let latest = 0;
  let isOpen = true;

  function choice(name, label) {
    const button = small(label);
    button.setAttribute("aria-pressed", String(name === "phone"));
    button.addEventListener("click", () => {
      for (const other of sizes) other.setAttribute("aria-pressed", String(other === button));
      isDesktop = name === "desktop";
      fit();
    });
    return button;
  }

  function small(label) {
    return Object.assign(document.createElement("button"), { type: "button", className: "act small", textContent: label });
  }

  // A page as wide as a desktop computer is shown smaller.
  function fit() {
    const scale = isDesktop ? Math.min(1, box.clientWidth / DESKTOP) : 1;
    frame.style.width = isDesktop ? `${DESKTOP}px` : "min(390px, 100%)";
    frame.style.height = `${box.clientHeight / scale}px`;
    frame.style.transform = scale === 1 ? "" : `scale(${scale})`;
  }

  async function refresh() {
    const turn = ++latest;
    const options = { method: "POST", body: new FormData(form), redirect: "manual" };
    const response = noticeEnd(await fetch(address, options).catch(() => null));
    const text = response?.ok ? await response.text() : "";
    if (turn !== latest || !isOpen) return;
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("iframe[srcdoc]");
    problem.textContent = fresh ? "" : failed;
    if (!fresh) return; // what stands there stays
    const shown = () => frame.contentDocument?.defaultView; // none where a link led elsewhere
    const place = shown()?.scrollY ?? 0;
    frame.addEventListener("load", () => shown()?.scrollTo(0, place), { once: true });
    frame.srcdoc = fresh.srcdoc;
  }

  const watch = new ResizeObserver(fit);
  watch.observe(box);
  for (const type of FOLLOWED) form.addEventListener(type, refresh);
  refresh();
  return () => {
    isOpen = false;
    watch.disconnect();
    for (const type of FOLLOWED) form.removeEventListener(type, refresh);
  };
}
