// A story's form: what a keyboard expects of it, and nothing lost by leaving it by mistake.
import { keepText } from "./autosave.js";
import { followChecklist } from "./checklist.js";
import { letClose } from "./closed.js";
import "./dropped_files.js";
import "./lead_picture.js";
import { offerPanels } from "./panels.js";
import { watchColleagues } from "./presence.js";
import "./problems.js";
import { askFirst } from "./questions.js";
import { saveInPlace } from "./saving.js";
import { followTeaserDesk } from "./teaser_desk.js";
import { followTeasers } from "./teasers.js";
import { keepSignedIn } from "./sign_in.js";
import { isWriting } from "./typing.js";
import "./writing.js";

const form = document.getElementById("article_form");
const story = form?.querySelector(".story");

// The headline is one line of text in as many lines as it takes.
function keepOneLine(textarea) {
  textarea.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    form.elements.standfirst.focus();
  });
  textarea.addEventListener("input", () => {
    if (textarea.value.includes("\n")) textarea.value = textarea.value.replace(/\s*\n\s*/g, " ");
  });
}

// Browsers that do not size a text box by its content.
function growWithText(textarea) {
  if (CSS.supports("field-sizing", "content")) return;
  const grow = () => {
    textarea.style.height = "auto";
    textarea.style.height = `${textarea.scrollHeight + 2}px`;
  };
  textarea.addEventListener("input", grow);
  grow();
}

// Before a chooser sees the key, which keeps it to itself.
function saveByKeyboard() {
  const save = (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector('.verbs [name="_save"]'));
    }
  };
  document.addEventListener("keydown", save, { capture: true });
}

function warnBeforeLeaving() {
  let unsaved = Boolean(document.querySelector(".errornote, [data-unsaved]"));
  form.addEventListener("input", (event) => {
    if (isWriting(event)) unsaved = true;
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "_preview") unsaved = false;
  });
  form.addEventListener("unsaved", () => (unsaved = true));
  addEventListener("beforeunload", (event) => {
    if (unsaved && !form.dataset.left) event.preventDefault();
  });
}

// What stands below the head, and what is scrolled to, keeps clear of it, however many lines it has.
function measureHead() {
  const measure = ([{ target }]) => document.documentElement.style.setProperty("--head-height", `${target.offsetHeight}px`);
  new ResizeObserver(measure).observe(form.querySelector(".verbs"));
}

if (story) {
  const { headline } = form.elements;
  if (headline) {
    letClose(form); // first: nothing else hears what it holds back
    keepSignedIn(form);
    keepOneLine(headline);
    story.querySelectorAll("textarea").forEach(growWithText);
    saveByKeyboard();
    warnBeforeLeaving();
    measureHead();
    askFirst(form, story.dataset.schedule);
    followTeasers(form, story.dataset.teasers);
    followTeaserDesk(form);
    followChecklist(form, story.dataset.checklist);
    const kept = story.dataset.autosave ? keepText(form, story.dataset.autosave) : undefined;
    if (story.dataset.presence) watchColleagues(form, story.dataset.presence);
    offerPanels(form);
    saveInPlace(form, kept); // last: the others may hold a save back
    if (!headline.value) headline.focus();
  }
}
