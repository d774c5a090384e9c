// Brings what the server has stored of a text into the editor, and only that: cursor, place and undo history stay.
import { createDocument, getHTMLFromFragment } from "django-prose-editor/editor";

// Empty blocks, and space at the edge of a block, are left out when a text is stored. They stay for the person who is writing there.
const EDGES = /(?<=<(?:p|h[23]|li|td|th|figcaption)\b[^>]*>)\s+|(?:\s|<br>)+(?=(?:<\/\w+>)*<\/(?:p|h[23]|td|th|figcaption)>)/g;
const EMPTY = /<(p|h[23]|li|ul|ol|blockquote)\b[^>]*><\/\1>/g;

export function takeStored(editor, html) {
  const { doc, schema, tr } = editor.state;
  const stored = createDocument(html, schema);
  if (withoutUnseen(doc, schema) === withoutUnseen(stored, schema)) return;
  const start = doc.content.findDiffStart(stored.content);
  const { a, b } = doc.content.findDiffEnd(stored.content);
  const overlap = Math.max(0, start - Math.min(a, b)); // of a repeated word, both ends may claim the same letters
  tr.replace(start, a + overlap, stored.slice(start, b + overlap)).setMeta("addToHistory", false);
  editor.view.dispatch(tr);
}

function withoutUnseen(doc, schema) {
  let html = getHTMLFromFragment(doc.content, schema).replace(EDGES, "");
  for (let before = ""; before !== html; ) [before, html] = [html, html.replace(EMPTY, "")];
  return html;
}
