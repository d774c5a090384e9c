// Small menus in the text: “/” in an empty paragraph inserts a block, “@” finds something of ours to link to.
// Enter and Tab take what is marked, Escape leaves what was typed as text.
import { Extension, Plugin } from "django-prose-editor/editor";
import { covered } from "./covered.js";
import { make } from "./dialog.js";
import { icon } from "./icons.js";
import { Listbox } from "./listbox.js";

const PAUSE = 120; // milliseconds without typing
const LOW = 180; // pixels of a list that is too low to stand below the text
const HIGH = 320; // pixels
const OBJECT = "\ufffc"; // what stands for a picture between words
const BEFORE_AT = /(^|[\s(\[{«“‘"'’–—-])@$/; // no address of mail
const BLOCKS = [
  ...["picture", "blockquote", "pullquote", "table", "horizontalRule"],
  ...["heading2", "heading3", "bulletList", "orderedList"],
];

export const Suggestions = Extension.create({
  name: "suggestions",
  priority: 1000, // its keys come before those of lists and tables
  addOptions: () => ({ words: {}, find: async () => [] }),
  addProseMirrorPlugins() {
    const { words, find } = this.options;
    const sources = { "/": blockSource(this.editor, words), "@": linkSource(this.editor, words, find) };
    let menu;
    const view = (place) => (menu = new SuggestionMenu(place, sources, words));
    const handleKeyDown = (_view, event) => menu.takeKey(event);
    return [new Plugin({ view, props: { handleKeyDown, handleDOMEvents: { blur: () => menu.close() } } })];
  },
});

function blockSource(editor, words) {
  const button = (name) => editor.storage.menu.dom.querySelector(`button[data-name="${name}"]`);
  const isUsable = (name) => button(name) && !["disabled", "hidden"].some((state) => button(name).classList.contains(state));
  return {
    label: words.insert,
    hint: "",
    opens: (before, paragraph) => before === "/" && paragraph.type.name === "paragraph" && paragraph.textContent === "/",
    goesOn: (query, paragraph) => /^[\p{L} ]{0,20}$/u.test(query) && paragraph.textContent === `/${query}`,
    find: async (query) =>
      BLOCKS.filter((name) => isUsable(name) && startsWord(words[name], query)).map((name) => ({
        label: words[name],
        icon: icon(name) ?? make("span", { className: "level", textContent: button(name).textContent }),
        name,
      })),
    take(row, range) {
      editor.chain().focus().deleteRange(range).run();
      button(row.name).click();
    },
  };
}

function linkSource(editor, words, find) {
  return {
    label: words.links,
    hint: words.linkHint,
    opens: (before) => BEFORE_AT.test(before),
    goesOn: (query) => /^(?:[^\s@][^@\n]{0,60})?$/.test(query),
    find,
    take(row, range) {
      const link = editor.schema.marks.link;
      const marks = [...editor.state.selection.$from.marks(), link.create({ href: row.address })];
      editor
        .chain()
        .focus()
        .command(({ tr }) => {
          tr.replaceWith(range.from, range.to, editor.schema.text(row.label, marks)).removeStoredMark(link);
          return true;
        })
        .run();
    },
  };
}

class SuggestionMenu {
  constructor(view, sources, words) {
    Object.assign(this, { view, sources, words, source: null, start: 0, query: null, timer: null, loading: null, late: "" });
    this.list = new Listbox(view.dom, "", (row) => this.take(row));
    this.hint = make("p", { className: "desk-listbox-hint", hidden: true });
    this.state = make("p", { className: "visually-hidden" });
    this.state.setAttribute("role", "status");
    this.dom = make("div", { className: "desk-suggestions", hidden: true }, [this.hint, this.list.dom]);
    view.dom.parentNode.append(this.dom, this.state);
    this.turned = () => this.source && this.place(); // a phone
    addEventListener("resize", this.turned);
  }

  // Called with each change of the text or of the cursor.
  update(view, before) {
    if (!this.source) this.openAt(view.state, before);
    if (!this.source) return;
    const query = this.typed(view.state);
    if (query === null) this.close();
    else if (query !== this.query) this.look(query);
  }

  // One letter was typed, and it opens a menu here.
  openAt({ doc, selection }, before) {
    const { $from, empty } = selection;
    if (!empty || doc.content.size !== before.doc.content.size + 1 || !$from.parent.isTextblock) return;
    const text = $from.parent.textBetween(0, $from.parentOffset, "\n", OBJECT);
    const source = this.sources[text.at(-1)];
    if (!source?.opens(text, $from.parent)) return;
    Object.assign(this, { source, start: $from.pos - 1, query: null });
    this.list.dom.setAttribute("aria-label", source.label);
    this.hint.textContent = source.hint;
    this.view.dom.setAttribute("aria-autocomplete", "list");
    this.view.dom.setAttribute("aria-controls", this.list.dom.id);
  }

  // Returns the text after the sign that opened the menu; null when it is no longer a query.
  typed({ doc, selection }) {
    const { $from, empty } = selection;
    if (!empty || $from.pos <= this.start || $from.pos > doc.content.size || this.start < $from.start()) return null;
    const text = doc.textBetween(this.start, $from.pos, "\n", OBJECT);
    const query = text.slice(1);
    return this.sources[text[0]] === this.source && this.source.goesOn(query, $from.parent) ? query : null;
  }

  look(query) {
    const { source } = this;
    this.query = query;
    clearTimeout(this.timer);
    const pause = (answer) => (this.timer = setTimeout(() => answer(source.find(query)), PAUSE));
    const loading = source.hint ? new Promise(pause) : source.find(query); // blocks are there before the next key
    this.loading = loading;
    this.hint.hidden = Boolean(query) || !source.hint;
    this.place();
    loading.then((rows) => {
      if (this.loading !== loading) return;
      this.loading = null;
      if (!rows.length && /\s/.test(query)) return this.close(); // it was a sentence
      this.list.show(rows);
      this.say(rows.length ? this.words.choices.replace("{count}", rows.length) : query && this.words.noChoice);
      this.place();
    });
  }

  takeKey(event) {
    if (!this.source || event.isComposing) return false;
    if (this.late) {
      this.takeLate(null); // somebody writes on: it was no choice
      return false;
    }
    if (this.list.takeKey(event)) return true;
    if (event.key === "Escape") {
      this.close();
      return true;
    }
    if (!["Enter", "Tab"].includes(event.key) || event.shiftKey || event.ctrlKey || event.metaKey) return false;
    if (this.loading && this.query) {
      this.late = event.key;
      this.loading.then(([first]) => this.late && this.takeLate(first));
      return true;
    }
    const { marked } = this.list;
    if (marked) this.take(marked);
    else this.close();
    return Boolean(marked);
  }

  // The key came before the answer: it takes the first row, and without one means what it always means.
  takeLate(row) {
    if (row) return this.take(row);
    const event = new KeyboardEvent("keydown", { key: this.late });
    this.close();
    this.view.someProp("handleKeyDown", (handle) => handle(this.view, event));
  }

  take(row) {
    const { source, start } = this;
    const range = { from: start, to: this.view.state.selection.from };
    this.close();
    source.take(row, range);
  }

  close() {
    if (!this.source) return;
    clearTimeout(this.timer);
    Object.assign(this, { source: null, query: null, loading: null, late: "" });
    this.list.show([]);
    this.dom.hidden = true;
    this.say("");
    for (const name of ["aria-autocomplete", "aria-controls"]) this.view.dom.removeAttribute(name);
  }

  // Below the sign, or above it where little room is left; inside the text's width.
  place() {
    this.dom.hidden = this.hint.hidden && this.list.dom.hidden;
    if (this.dom.hidden) return;
    const box = this.view.dom.parentNode.getBoundingClientRect();
    const sign = this.view.coordsAtPos(this.start);
    const below = innerHeight - covered.bottom - sign.bottom;
    const above = sign.top - covered.top;
    const room = below < LOW && above > below ? above : below;
    this.list.dom.style.maxHeight = `${Math.min(HIGH, room - 16)}px`;
    const { offsetWidth: width, offsetHeight: height } = this.dom;
    const top = room === below ? sign.bottom + 4 : sign.top - height - 4;
    this.dom.style.left = `${Math.max(0, Math.min(sign.left - box.left, box.width - width))}px`;
    this.dom.style.top = `${top - box.top}px`;
  }

  say(text) {
    this.state.textContent = text;
  }

  destroy() {
    this.close();
    removeEventListener("resize", this.turned);
    this.dom.remove();
    this.state.remove();
  }
}

// Returns whether a word of the label begins with these letters, whatever their accents.
function startsWord(label, letters) {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return ` ${plain(label)}`.includes(` ${plain(letters)}`);
}
