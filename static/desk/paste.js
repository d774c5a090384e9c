// What comes from Word, Google Docs and web pages, made into the newsroom's blocks before the editor reads it.
import { Extension, Plugin } from "django-prose-editor/editor";

export const CleanPaste = Extension.create({
  name: "cleanPaste",
  addProseMirrorPlugins: () => [new Plugin({ props: { transformPastedHTML: cleaned } })],
});

const GONE = "style, script, meta, link, title, head, xml, template, iframe, object, svg, form, input, select, [style*='mso-hide:all']";
const BLOCKS = new Set("P H1 H2 H3 H4 H5 H6 UL OL LI TABLE THEAD TBODY TFOOT TR TD TH BLOCKQUOTE FIGURE FIGCAPTION HR PRE DL DT DD DIV SECTION ARTICLE HEADER FOOTER MAIN ASIDE NAV CENTER".split(" "));
const KEPT = new Set("P H2 H3 UL OL LI TABLE THEAD TBODY TR TD TH BLOCKQUOTE HR BR STRONG EM SUB SUP A".split(" "));
const RENAMED = { H1: "h2", H4: "h3", H5: "h3", H6: "h3", B: "strong", I: "em", PRE: "p", DT: "p", DD: "p" };
const ATTRIBUTES = { A: ["href"], TD: ["colspan", "rowspan"], TH: ["colspan", "rowspan"] };

export function cleaned(html) {
  if (html.includes("data-pm-slice")) return html; // copied from this very editor
  // The page's policy would report the style sheet that Word sends along.
  const { body } = new DOMParser().parseFromString(html.replace(/<style[\s\S]*?<\/style>/gi, ""), "text/html");
  for (const element of body.querySelectorAll(GONE)) element.remove();
  dropComments(body);
  wordLists(body);
  wordHeadings(body);
  styles(body);
  nestLists(body);
  joinLists(body);
  paragraphs(body);
  names(body);
  for (const link of body.querySelectorAll("a")) address(link);
  spaces(body);
  dropEmpty(body);
  return body.innerHTML;
}

function dropComments(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  const comments = [];
  while (walker.nextNode()) comments.push(walker.currentNode);
  for (const comment of comments) comment.remove();
}

// Word writes a list as paragraphs with “mso-list:l0 level1 lfo1” and the bullet as text in a span.
function wordLists(root) {
  let open = []; // the lists we are in, outermost first
  let last = null;
  for (const paragraph of [...root.querySelectorAll("p, h1, h2, h3, h4, h5, h6")]) {
    const style = paragraph.getAttribute("style") ?? "";
    const level = Number(/mso-list:\s*\S+\s+level(\d)/i.exec(style)?.[1] ?? 0);
    if (!level || /^H/.test(paragraph.tagName)) {
      dropMarkers(paragraph);
      continue;
    }
    const ordered = /^[(\s]*([0-9]{1,3}|[a-z]{1,4})[.)]/i.test(markers(paragraph));
    if (!last || paragraph.previousElementSibling !== open[0]) open = [];
    open.length = Math.min(open.length, level);
    if (open.length === level && (open.at(-1).tagName === "OL") !== ordered && level === 1) open = [];
    while (open.length < level) {
      const list = root.ownerDocument.createElement(ordered ? "ol" : "ul");
      if (!open.length) paragraph.before(list);
      else (open.at(-1).lastElementChild ?? open.at(-1).appendChild(root.ownerDocument.createElement("li"))).append(list);
      open.push(list);
    }
    dropMarkers(paragraph);
    const item = root.ownerDocument.createElement("li");
    item.append(...paragraph.childNodes);
    paragraph.remove();
    open.at(-1).append(item);
    last = item;
  }
}

const MARKER = "[style*='mso-list:Ignore' i], [style*='mso-list: Ignore' i]";
const markers = (paragraph) => [...paragraph.querySelectorAll(MARKER)].map((span) => span.textContent).join("");

function dropMarkers(paragraph) {
  for (const span of paragraph.querySelectorAll(MARKER)) span.remove();
}

function wordHeadings(root) {
  for (const paragraph of root.querySelectorAll("p")) {
    const level = /^MsoHeading(\d)/.exec(paragraph.className)?.[1] ?? paragraph.getAttribute("aria-level");
    if (/^Mso(Title|Subtitle)/.test(paragraph.className)) rename(paragraph, "h2");
    else if (level && (paragraph.getAttribute("role") === "heading" || paragraph.className)) {
      rename(paragraph, level > 2 ? "h3" : "h2");
    }
  }
}

// Bold, italic, sub and sup said in style attributes; “font-weight:normal” on a <b> (Google Docs) says it is none.
function styles(root) {
  for (const element of [...root.querySelectorAll("b, strong, i, em, span, font, a, sub, sup")]) {
    const style = element.getAttribute("style") ?? "";
    const weight = /(?:^|;)\s*font-weight:\s*(\w+)/i.exec(style)?.[1];
    const slant = /(?:^|;)\s*font-style:\s*(\w+)/i.exec(style)?.[1];
    const raised = /(?:^|;)\s*vertical-align:\s*(super|sub)/i.exec(style)?.[1];
    const heading = element.closest("h1, h2, h3, h4, h5, h6, th");
    if (/^(B|STRONG)$/.test(element.tagName) && (/^(normal|[1-4]00)$/.test(weight) || heading)) unwrap(element);
    else if (/^(I|EM)$/.test(element.tagName) && slant === "normal") unwrap(element);
    else if (!element.textContent.trim()) continue;
    else {
      if (/^(SPAN|FONT|A)$/.test(element.tagName) && /^(bold|bolder|[6-9]00)$/.test(weight) && !heading) wrap(element, "strong");
      if (/^(SPAN|FONT|A)$/.test(element.tagName) && slant === "italic") wrap(element, "em");
      if (raised && !/^(SUB|SUP)$/.test(element.tagName)) wrap(element, raised === "super" ? "sup" : "sub");
    }
  }
}

// <ul><li>…</li><ul>…</ul></ul> of Google Docs: the inner list belongs to the item before it.
function nestLists(root) {
  for (const list of root.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    const item = list.previousElementSibling;
    if (item?.tagName === "LI") item.append(list);
  }
}

// Word on the web puts each item into a list of its own.
function joinLists(root) {
  for (const wrapper of root.querySelectorAll("div.ListContainerWrapper")) unwrap(wrapper);
  for (const list of [...root.querySelectorAll("ul, ol")]) {
    const before = list.previousElementSibling;
    if (before?.tagName === list.tagName && !textBetween(before, list)) {
      before.append(...list.childNodes);
      list.remove();
    }
  }
}

function textBetween(before, after) {
  let text = "";
  for (let node = before.nextSibling; node !== after; node = node.nextSibling) text += node.textContent;
  return text.trim();
}

// Every run of text stands in a block of its own; two line breaks are a new paragraph.
function paragraphs(root) {
  for (const element of [...root.querySelectorAll("*")].reverse()) {
    if (!BLOCKS.has(element.tagName) || /^(TABLE|THEAD|TBODY|TFOOT|TR|UL|OL)$/.test(element.tagName)) continue;
    if (/^(DIV|SECTION|ARTICLE|HEADER|FOOTER|MAIN|ASIDE|NAV|CENTER|FIGURE|FIGCAPTION|DL)$/.test(element.tagName)) {
      wrapRuns(element);
      unwrap(element);
    } else if (/^(P|PRE)$/.test(element.tagName)) splitAtBreaks(element);
  }
  // A block inside an inline element, as Google Docs wraps everything into one <b>.
  for (const element of [...root.querySelectorAll("b, strong, i, em, span, font, a, u")]) {
    if ([...element.querySelectorAll("*")].some((child) => BLOCKS.has(child.tagName))) unwrap(element);
  }
  if ([...root.children].some((child) => BLOCKS.has(child.tagName))) wrapRuns(root);
}

function wrapRuns(container) {
  let run = [];
  const close = (next) => {
    const paragraph = container.ownerDocument.createElement("p");
    if (run.some((node) => node.textContent.trim())) {
      run[0].before(paragraph);
      paragraph.append(...run);
      splitAtBreaks(paragraph);
    } else for (const node of run) if (node.nodeName === "BR") node.remove();
    run = [];
    return next;
  };
  for (const node of [...container.childNodes]) {
    if (BLOCKS.has(node.nodeName)) close(node);
    else run.push(node);
  }
  close(null);
}

function splitAtBreaks(paragraph) {
  for (const br of [...paragraph.querySelectorAll(":scope > br")]) {
    let next = br.nextSibling;
    while (next && !next.textContent.trim() && next.nodeType === Node.TEXT_NODE) next = next.nextSibling;
    if (next?.nodeName !== "BR") continue;
    const before = paragraph.cloneNode(false);
    while (paragraph.firstChild !== br) before.append(paragraph.firstChild);
    paragraph.before(before);
    br.remove();
    next.remove();
  }
  while (paragraph.lastChild?.nodeName === "BR") paragraph.lastChild.remove();
  while (paragraph.firstChild?.nodeName === "BR") paragraph.firstChild.remove();
}

function names(root) {
  for (const element of [...root.querySelectorAll("*")]) {
    const name = RENAMED[element.tagName];
    const kept = name ? rename(element, name) : element;
    if (!KEPT.has(kept.tagName)) unwrap(kept);
    else for (const { name: attribute } of [...kept.attributes]) {
      if (!ATTRIBUTES[kept.tagName]?.includes(attribute)) kept.removeAttribute(attribute);
    }
  }
}

// Links lead out of the text; bookmarks and foot notes of a document lead nowhere here.
function address(link) {
  let href = link.getAttribute("href") ?? "";
  const google = /^https:\/\/www\.google\.com\/url\?(.*)$/.exec(href);
  if (google) href = new URLSearchParams(google[1]).get("q") ?? href;
  if (/^(https?:|mailto:|tel:)/i.test(href)) link.setAttribute("href", href);
  else unwrap(link);
}

// No-break spaces stay before French punctuation, after « and inside numbers; elsewhere Word means a space.
function spaces(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    node.data = node.data
      .replace(/[\u00AD\u200B\u2060\uFEFF]/g, "")
      .replace(/[ \t\r\n]*\u00A0[\u00A0 \t\r\n]*/g, (run, at, text) => {
        const before = text[at - 1] ?? "";
        const after = text[at + run.length] ?? "";
        const bound = /[:;!?%»€$]/.test(after) || before === "«" || (/\d/.test(before) && /[\d€$%]/.test(after));
        return bound ? "\u00A0" : " ";
      });
  }
}

function dropEmpty(root) {
  for (const element of [...root.querySelectorAll("p, h2, h3, li, ul, ol, blockquote, strong, em, sub, sup, a")].reverse()) {
    if (!element.textContent.trim() && !element.closest("td, th")) {
      if (element.textContent && /^(STRONG|EM|SUB|SUP|A)$/.test(element.tagName)) unwrap(element); // a space between words
      else element.remove();
    }
  }
}

function rename(element, name) {
  const renamed = element.ownerDocument.createElement(name);
  for (const { name: attribute, value } of element.attributes) renamed.setAttribute(attribute, value);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}

function wrap(element, name) {
  const inner = element.ownerDocument.createElement(name);
  inner.append(...element.childNodes);
  element.append(inner);
}

function unwrap(element) {
  element.replaceWith(...element.childNodes);
}
