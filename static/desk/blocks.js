// The blocks that a story has beyond paragraphs, headings and lists. Their HTML is the vocabulary of articles/richtext.py.
import { ListItem, mergeAttributes, Node, OrderedList, Plugin, Table, wrappingInputRule } from "django-prose-editor/editor";
import { droppedPictures, pastedPictures } from "./dropped_files.js";
import { choosePictures, mayUpload } from "./pictures.js";
import { keepingSelection } from "./selection.js";

// A pull quote: its words, and who said them.
export const PullQuote = Node.create({
  name: "pullquote",
  group: "block",
  content: "pullquoteText pullquoteSource",
  defining: true,
  isolating: true,
  draggable: true,

  addOptions: () => ({ words: {} }),
  parseHTML: () => [{ tag: "figure.pullquote", priority: 60 }],
  renderHTML: () => ["figure", { class: "pullquote" }, 0],

  addCommands() {
    return {
      // Repeats what is selected after its paragraph; inside a pull quote, makes it plain paragraphs again.
      togglePullQuote:
        () =>
        ({ state, chain }) => {
          const { $from, from, to } = state.selection;
          const depth = depthOf($from, "pullquote");
          if (depth) return chain().focus().command(({ tr }) => unwrap(tr, $from, depth)).run();
          const text = state.doc.textBetween(from, to, " ").trim();
          const quote = {
            type: "pullquote",
            content: [
              { type: "pullquoteText", content: [{ type: "paragraph", content: text ? [{ type: "text", text }] : [] }] },
              { type: "pullquoteSource" },
            ],
          };
          const place = placeOf($from, to);
          return chain()
            .insertContentAt(place, quote)
            .setTextSelection(place.from + 3 + (text ? text.length + 3 : 0))
            .focus()
            .run();
        },
    };
  },

  addKeyboardShortcuts() {
    return {
      Backspace: ({ editor }) => {
        const { empty, $from } = editor.state.selection;
        const depth = depthOf($from, "pullquote");
        if (!empty || !depth || $from.node(depth).textContent) return false;
        return editor.chain().deleteRange({ from: $from.before(depth), to: $from.after(depth) }).focus().run();
      },
      Enter: ({ editor }) => leave(editor, "pullquoteSource", "pullquote"),
    };
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "pullquote",
      groups: "nodes",
      button: buttons.material("chat_bubble_outline", this.options.words.pullquote),
      command: (editor) => editor.commands.togglePullQuote(),
      active: (editor) => editor.isActive("pullquote"),
      enabled: (editor) => !editor.isActive("table"),
    });
  },
});

export const PullQuoteText = Node.create({
  name: "pullquoteText",
  content: "paragraph+",
  defining: true,
  parseHTML: () => [{ tag: "figure.pullquote > blockquote", priority: 60 }],
  renderHTML: () => ["blockquote", 0],
});

export const PullQuoteSource = Node.create({
  name: "pullquoteSource",
  content: "inline*",
  defining: true,
  parseHTML: () => [{ tag: "figure.pullquote > figcaption", priority: 60 }],
  renderHTML: () => ["figcaption", 0],
});

// A picture of the library; the text in it is its caption in this story.
export const Picture = Node.create({
  name: "picture",
  group: "block",
  content: "inline*",
  defining: true,
  isolating: true,
  draggable: true,

  addOptions: () => ({ words: {} }),
  addAttributes: () => ({
    image: { default: null, rendered: false },
    src: { default: null, rendered: false },
    alt: { default: "", rendered: false },
  }),
  parseHTML: () => [
    {
      tag: "figure.picture",
      priority: 60,
      getAttrs: (figure) => {
        const img = figure.querySelector("img[data-image]");
        return img ? { image: img.dataset.image, src: img.getAttribute("src"), alt: img.alt } : false;
      },
      contentElement: (figure) => figure.querySelector("figcaption") ?? document.createElement("figcaption"),
    },
  ],
  renderHTML({ node }) {
    const { image, src, alt } = node.attrs;
    return ["figure", { class: "picture" }, ["img", { "data-image": image, src, alt }], ["figcaption", 0]];
  },

  addCommands() {
    return {
      insertPicture:
        (files) =>
        ({ editor }) => {
          keepingSelection(editor, choosePictures(files)).then((pictures) => {
            if (!pictures.length) return;
            const all = pictures.map(({ id, src, alt }) => ({ image: String(id), src, alt }));
            const { $from, $to } = editor.state.selection;
            const selected = editor.isActive("picture") ? depthOf($from, "picture") : 0;
            if (selected && all.length === 1) return editor.chain().updateAttributes("picture", all[0]).focus().run();
            const place = placeOf($to, $to.pos);
            const blocks = all.map((attrs) => ({ type: "picture", attrs }));
            return editor.chain().insertContentAt(place, blocks).setTextSelection(place.from + 1).focus().run();
          });
          return true;
        },
    };
  },

  addKeyboardShortcuts() {
    return { Enter: ({ editor }) => leave(editor, "picture", "picture") };
  },

  // Files that are dropped on the text come in where they fall, and pasted ones at the cursor, with their texts.
  addProseMirrorPlugins() {
    const { editor } = this;
    const handleDrop = (view, event) => {
      const files = view.dragging ? [] : droppedPictures(event);
      if (!files.length || !mayUpload()) return false;
      const place = view.posAtCoords({ left: event.clientX, top: event.clientY });
      if (place) editor.commands.setTextSelection(place.pos);
      return editor.commands.insertPicture(files);
    };
    const handlePaste = (_view, event) => {
      const files = event.clipboardData ? pastedPictures(event) : [];
      return files.length && mayUpload() ? editor.commands.insertPicture(files) : false;
    };
    return [new Plugin({ props: { handleDrop, handlePaste } })];
  },

  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "picture",
      groups: "nodes",
      button: buttons.material("image", this.options.words.picture),
      command: (editor) => editor.commands.insertPicture(),
      active: (editor) => editor.isActive("picture"),
      enabled: (editor) => !editor.isActive("table") && !editor.isActive("pullquote"),
    });
  },
});

// “1. ” begins a numbered list; the library's own does not, as a year at the start of a sentence would. Lists begin with
// 1 and count in figures: nothing else is stored.
export const NumberedList = OrderedList.extend({
  addOptions() {
    return { ...this.parent?.(), enableListAttributes: false };
  },
  addAttributes: () => ({}),
  renderHTML: () => ["ol", 0],
  addNodeView: () => () => {
    const dom = document.createElement("ol");
    return { dom, contentDOM: dom };
  },
  addInputRules() {
    return [wrappingInputRule({ find: /^1\.\s$/, type: this.type })];
  },
});

// Shift+Tab takes an item out to the list around its own; elsewhere it leaves the text, as it does in a paragraph.
export const Item = ListItem.extend({
  addKeyboardShortcuts() {
    const takeOut = ({ editor }) => isNested(editor.state.selection.$from) && editor.commands.liftListItem(this.name);
    return { ...this.parent?.(), "Shift-Tab": takeOut };
  },
});

// A table starts with three columns and a heading row; the buttons beside it do the rest.
export const SimpleTable = Table.extend({
  addOptions() {
    return { ...this.parent?.(), words: {}, resizable: false };
  },
  addCommands() {
    return {
      ...this.parent?.(),
      insertTableWithOptions:
        () =>
        ({ commands }) =>
          commands.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
    };
  },
  // Tab goes from cell to cell and adds rows without an end: Shift+Tab is the way out of the text.
  addKeyboardShortcuts() {
    const { "Shift-Tab": _toCellBefore, ...keys } = this.parent?.() ?? {};
    return keys;
  },
  renderHTML({ HTMLAttributes }) {
    return ["table", mergeAttributes(HTMLAttributes, { style: null }), ["tbody", 0]];
  },
});

// A block is inserted after the one with the cursor, or in place of an empty paragraph.
function placeOf($position, outside) {
  if (!$position.depth) return { from: outside, to: outside };
  const isEmpty = $position.depth === 1 && $position.parent.type.name === "paragraph" && !$position.parent.content.size;
  return { from: isEmpty ? $position.before(1) : $position.after(1), to: $position.after(1) };
}

function depthOf($position, name) {
  for (let depth = $position.depth; depth > 0; depth--) {
    if ($position.node(depth).type.name === name) return depth;
  }
  return 0;
}

function isNested($position) {
  const depth = depthOf($position, "listItem");
  return depth > 0 && depthOf($position.doc.resolve($position.before(depth)), "listItem") > 0;
}

// Enter in a caption or attribution goes on below the block.
function leave(editor, place, block) {
  const { $from } = editor.state.selection;
  if ($from.parent.type.name !== place) return false;
  const after = $from.after(depthOf($from, block));
  const next = editor.state.doc.resolve(after).nodeAfter;
  const chain = editor.chain();
  if (next?.type.name !== "paragraph" || next.content.size) chain.insertContentAt(after, { type: "paragraph" });
  return chain.setTextSelection(after + 1).focus().run();
}

// A pull quote's words and its source become paragraphs.
function unwrap(tr, $position, depth) {
  const quote = $position.node(depth);
  const { paragraph } = tr.doc.type.schema.nodes;
  const paragraphs = [];
  quote.firstChild.forEach((child) => paragraphs.push(child));
  if (quote.lastChild.content.size) paragraphs.push(paragraph.create(null, quote.lastChild.content));
  tr.replaceWith($position.before(depth), $position.after(depth), paragraphs);
  return true;
}
