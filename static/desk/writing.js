// The writing area: django-prose-editor's parts, put together for the newsroom's blocks and nothing else.
import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Editor,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  HorizontalRule,
  Italic,
  Menu,
  Paragraph,
  Subscript,
  Superscript,
  TableCell,
  TableHeader,
  TableRow,
  Text,
  TrailingNode,
} from "django-prose-editor/editor";
import { Item, NumberedList, Picture, PullQuote, PullQuoteSource, PullQuoteText, SimpleTable } from "./blocks.js";
import { covered } from "./covered.js";
import { Hints } from "./hints.js";
import { linkFinder } from "./links.js";
import { CleanPaste } from "./paste.js";
import { takeStored } from "./stored_text.js";
import { StoryLink } from "./story_link.js";
import { CurrentSelection } from "./selection.js";
import { Suggestions } from "./suggestions.js";
import { nameButtons } from "./toolbar.js";

const GROUPS = [
  { group: "blockType -lists" },
  { group: "marks" },
  { group: "link" },
  { group: "lists" },
  { group: "nodes -blockType -lists" },
  { group: "table" },
  { group: "history" },
];
// “- ”, “1. ”, “## ”, “> ” and “---” while typing
const TYPED = ["bulletList", "orderedList", "heading", "blockquote", "horizontalRule"];

function write(textarea) {
  const words = JSON.parse(textarea.dataset.writing);
  const find = linkFinder(textarea);
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  label.id ||= `${textarea.id}_label`;

  const element = document.createElement("div");
  element.className = "prose-editor";
  textarea.before(element);
  element.append(textarea);

  const editor = new Editor({
    element,
    content: textarea.value,
    enableInputRules: TYPED,
    enablePasteRules: ["link"],
    editorProps: {
      // Keeps the line that is being written in view.
      scrollThreshold: covered,
      scrollMargin: covered,
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": label.id,
        lang: textarea.form.elements.language.value,
      },
    },
    extensions: [
      Document,
      Text,
      Paragraph,
      Heading.configure({ levels: [2, 3] }),
      HardBreak,
      Bold,
      Italic,
      Subscript,
      Superscript,
      BulletList,
      NumberedList,
      Item,
      Blockquote,
      HorizontalRule,
      PullQuote.configure({ words }),
      PullQuoteText,
      PullQuoteSource,
      Picture.configure({ words }),
      StoryLink.configure({ words, find }),
      SimpleTable.configure({ words }),
      TableRow,
      TableHeader,
      TableCell,
      CurrentSelection,
      CleanPaste,
      Hints.configure({ words }),
      Suggestions.configure({ words, find }),
      TrailingNode,
      Dropcursor,
      Gapcursor,
      History,
      Menu.configure({ groups: GROUPS }),
    ],
    onUpdate() {
      textarea.value = editor.getHTML().replace(/(<p><\/p>)+$/, "");
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
    onCreate: () => nameButtons(editor, words),
  });

  textarea.addEventListener("stored", ({ detail }) => takeStored(editor, detail.value));
  textarea.form.addEventListener("closed", () => editor.setEditable(false));
  label.addEventListener("click", (event) => {
    event.preventDefault();
    editor.commands.focus();
  });
  textarea.form.elements.language.addEventListener("change", ({ target }) => {
    editor.view.dom.lang = target.value; // for the browser's spelling
  });
}

document.querySelectorAll("[data-writing]").forEach(write);
