// What is selected in the text, where the browser and the editor would lose it.
import { Extension, Plugin } from "django-prose-editor/editor";

// A dialog gives the focus back with the cursor anywhere, and the focus command waits for a frame, which the next keys
// would miss: what was selected is selected again as soon as the answer is there.
export async function keepingSelection(editor, question) {
  const selected = editor.state.selection.getBookmark();
  const answer = await question;
  editor.view.focus();
  editor.view.dispatch(editor.state.tr.setSelection(selected.resolve(editor.state.doc)));
  return answer;
}

// The browser says that the selection has changed when it has nothing else to do. On a busy machine, a key or a tool that
// follows Ctrl+A would work on what was selected before: the editor hears of it at once.
export function readSelection() {
  document.dispatchEvent(new Event("selectionchange"));
}

export const CurrentSelection = Extension.create({
  name: "currentSelection",
  addProseMirrorPlugins() {
    const keydown = () => {
      readSelection();
      return false; // whoever handles the key comes after it
    };
    return [new Plugin({ props: { handleDOMEvents: { keydown } } })];
  },
});
