// The pictures on the editor's buttons: lines on a square of 24 by 24, in place of a font of 2,000 icons.
const NAMESPACE = "http://www.w3.org/2000/svg";
const TABLE = "M4 5h16v14H4z";
const LINES = {
  paragraph: "M13 4v16M17 4v16M19 4H9.5a4.5 4.5 0 0 0 0 9H13",
  bulletList: "M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01",
  orderedList: "M10 6h10M10 12h10M10 18h10M4 4.5l1.5-.5v5M4 15c0-2 3-2 3 0 0 1-1 2-3 4h3",
  blockquote: "M5 5v14M10 7h10M10 12h10M10 17h6",
  pullquote: "M4 4h16M4 20h16M10 9H6.5v3.5H10M10 12.5c0 2-1 3.5-2.5 4M17.5 9H14v3.5h3.5M17.5 12.5c0 2-1 3.5-2.5 4",
  picture: "M3.5 5h17v14h-17zM3.5 16.5l5-5 4 4 3-3 5 5M15.5 8.5h.01",
  horizontalRule: "M3 12h18M7 6h10M7 18h10",
  bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7zM7.8 5v14",
  italic: "M10 5h8M6 19h8M14 5l-4 14",
  subscript: "M4 5l8 10M12 5L4 15M15.5 16.5c0-2 4-2 4 0 0 1-1.5 2-4 4h4",
  superscript: "M4 9l8 10M12 9L4 19M15.5 4.5c0-2 4-2 4 0 0 1-1.5 2-4 4h4",
  link: "M10 8H7.5a4 4 0 0 0 0 8H10M14 8h2.5a4 4 0 0 1 0 8H14M8.5 12h7",
  unlink: "M10 8H7.5a4 4 0 0 0 0 8H10M14 8h2.5a4 4 0 0 1 0 8H14M6 4l12 16",
  table: `${TABLE}M4 9.7h16M4 14.3h16M9.3 5v14M14.7 5v14`,
  "table:addColumnAfter": "M4 5h9v14H4zM8.5 5v14M18.5 9v6M15.5 12h6",
  "table:deleteColumn": "M4 5h9v14H4zM8.5 5v14M15.5 12h6",
  "table:addRowAfter": "M4 4h16v8H4zM12 4v8M12 15v6M9 18h6",
  "table:deleteRow": "M4 4h16v8H4zM12 4v8M9 18h6",
  "table:mergeCells": `${TABLE}M6.5 12H11M17.5 12H13M9 10l2 2-2 2M15 10l-2 2 2 2`,
  "table:splitCell": `${TABLE}M12 5v14M9 10l-2 2 2 2M15 10l2 2-2 2`,
  "table:toggleHeaderCell": `${TABLE}M4 10h16M7 7.5h10`,
  "table:deleteTable": `${TABLE}M9 9l6 6M15 9l-6 6`,
  "history:undo": "M8 5L4 9l4 4M4 9h9.5a5.5 5.5 0 0 1 0 11H9",
  "history:redo": "M16 5l4 4-4 4M20 9h-9.5a5.5 5.5 0 0 0 0 11H15",
};

// The picture of this name, for the eye alone; null where there is none.
export function icon(name) {
  if (!(name in LINES)) return null;
  const svg = document.createElementNS(NAMESPACE, "svg");
  const path = document.createElementNS(NAMESPACE, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "desk-icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", LINES[name]);
  svg.append(path);
  return svg;
}
