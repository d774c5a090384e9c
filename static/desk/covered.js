// How many pixels of the screen are covered: by the text tools above, which stay there, and by the verbs below.
const SPACE = 8; // pixels between them and what is written
const heightOf = (selector) => SPACE + (document.querySelector(selector)?.offsetHeight ?? 0);

export const covered = {
  left: 0,
  right: 0,
  get top() {
    return heightOf(".prose-menubar");
  },
  get bottom() {
    return heightOf(".verbs");
  },
};
