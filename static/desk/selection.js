// What is selected in the text outlives a question in a dialog.

// A dialog gives the focus back with the cursor anywhere, and the focus command waits for a frame, which the next keys
// would miss: what was selected is selected again as soon as the answer is there.
export async function keepingSelection(editor, question) {
  const selected = editor.state.selection.getBookmark();
  const answer = await question;
  editor.view.focus();
  editor.view.dispatch(editor.state.tr.setSelection(selected.resolve(editor.state.doc)));
  return answer;
}
