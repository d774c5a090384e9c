// The writing area: the newsroom's blocks and nothing else.
import {
  Blockquote,
  Bold,
  BulletList,
  createTextareaEditor,
  Document,
  Dropcursor,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  HorizontalRule,
  initializeEditors,
  Italic,
  Link,
  ListItem,
  Menu,
  OrderedList,
  Paragraph,
  Subscript,
  Superscript,
  Table,
  TableCell,
  TableHeader,
  TableRow,
  Text,
} from "django-prose-editor/editor";

const GROUPS = [
  { group: "blockType -lists" },
  { group: "marks" },
  { group: "link" },
  { group: "lists" },
  { group: "nodes -blockType -lists" },
  { group: "table" },
  { group: "history" },
];

function write(textarea) {
  const words = JSON.parse(textarea.dataset.writing);
  const editor = createTextareaEditor(textarea, [
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
    OrderedList,
    ListItem,
    Blockquote,
    HorizontalRule,
    Link.configure({ enableTarget: false }),
    Table,
    TableRow,
    TableHeader,
    TableCell,
    Dropcursor,
    Gapcursor,
    History,
    Menu.configure({ groups: GROUPS }),
  ]);
  return editor;
}

initializeEditors(write, "[data-writing]");
