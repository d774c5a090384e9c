// Says in an empty place of the writing area what it is for.
import { Extension, Plugin, pm } from "django-prose-editor/editor";

const { Decoration, DecorationSet } = pm.view;

export const Hints = Extension.create({
  name: "hints",
  addOptions: () => ({ words: {} }),
  addProseMirrorPlugins() {
    const { words } = this.options;
    return [new Plugin({ props: { decorations: ({ doc }) => DecorationSet.create(doc, hints(doc, words)) } })];
  },
});

function hints(doc, words) {
  const found = [];
  doc.descendants((node, position, parent) => {
    const text = node.isTextblock && !node.content.size ? hint(node, parent, doc, words) : "";
    if (text) found.push(Decoration.node(position, position + node.nodeSize, { class: "is-empty", "data-placeholder": text }));
  });
  return found;
}

function hint(node, parent, doc, words) {
  if (node.type.name === "pullquoteSource") return words.quoteSource;
  if (node.type.name === "picture") return words.caption;
  if (node.type.name !== "paragraph") return "";
  if (parent.type.name === "pullquoteText") return words.quoteText;
  return doc.childCount === 1 && parent === doc ? words.write : "";
}
