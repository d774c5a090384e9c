import { Link } from "django-prose-editor/editor";
import { askLink, isAddress } from "./links.js";
import { keepingSelection } from "./selection.js";

// Links to where readers can go, asked for in our own dialog.
export const StoryLink = Link.extend({
  addOptions() {
    return {
      ...this.parent?.(),
      words: {},
      find: async () => [],
      enableTarget: false,
      defaultProtocol: "https",
      isAllowedUri: isAddress,
    };
  },

  addCommands() {
    return {
      ...this.parent?.(),
      addLink:
        () =>
        ({ editor }) => {
          const { words, find } = this.options;
          const present = editor.getAttributes("link").href ?? "";
          if (editor.state.selection.empty && !present) return false;
          keepingSelection(editor, askLink(present, words, find)).then((href) => {
            if (href === null) return;
            const chain = editor.chain().extendMarkRange("link");
            return href ? chain.setLink({ href }).run() : chain.unsetLink().run();
          });
          return true;
        },
    };
  },
});
