// Brings a story's form up to date after a save, from the page that the server shows now. Fields change only where the
// server has stored something else than was sent; the rest of the page is replaced part by part.
import { forgetTyped, setChosen } from "./chosen.js";
import { fillIn } from "./typing.js";

// What a form says of its opening: the next save begins with the version that this one made.
const OPENING = ["version", "key", "whose", "unseen_at_opening", "proposals_at_opening"];
const PARTS = ["h1", ".told", ".breadcrumbs", ".kept-texts", ".story-now", ".notes", ".verbs-state", ".verbs-row", "#checklist", ".questions"];

// `hasGoneOn`: somebody has written on meanwhile. Then all fields stay, and the form continues with what it became.
// Returns false, and changes nothing, where the new page is not the same form.
export function showSaved(form, page, hasGoneOn) {
  const fresh = page.getElementById(form.id);
  const fieldsets = fresh && pair(form, fresh);
  if (!fieldsets || OPENING.some((name) => !fresh.elements[name]) || personOf(fresh) !== personOf(form)) return false;
  const parts = PARTS.map((selector) => [document, page].map((place) => place.querySelector(selector)));
  if (parts.flat().includes(null)) return false;
  for (const dialog of form.querySelectorAll("dialog[open]")) dialog.close();
  document.title = page.title;
  for (const [old, now] of parts) replace(old, now);
  if (hasGoneOn) return true;
  for (const name of OPENING) form.elements[name].value = fresh.elements[name].value;
  fillIn(() => fieldsets.forEach(([old, now]) => takeFieldset(old, now)));
  return true;
}

const personOf = (form) => form.elements.whose.value.split(":")[0];

const fieldsOf = (fieldset) => [...fieldset.querySelectorAll("input, select, textarea")].filter(({ name }) => name);

const namesOf = (fieldset) => fieldsOf(fieldset).map(({ name, disabled }) => `${name} ${disabled}`);

// Pairs the fieldsets of both forms, by their fields; null where one has no counterpart, or other fields than before.
// The times are plain inputs, which come in as a whole: another state has others.
function pair(form, fresh) {
  const [before, after] = [form, fresh].map((place) => [...place.querySelectorAll("fieldset.module")]);
  const pairs = after.map((now) => [before.find((old) => namesOf(old).some((name) => namesOf(now).includes(name))), now]);
  const isSame = ([old, now]) => old && (now.matches(".time") || String(namesOf(old)) === String(namesOf(now)));
  return before.length === after.length && pairs.every(isSame) ? pairs : null;
}

function takeFieldset(old, now) {
  if (String(namesOf(old)) !== String(namesOf(now))) return replace(old, now);
  const stored = fieldsOf(now);
  for (const [index, field] of fieldsOf(old).entries()) takeField(field, stored[index]);
}

// The event is for what stands in place of a field: the editor, the lead picture.
function takeField(field, stored) {
  if (field.matches(".desk-chooser")) {
    forgetTyped(field);
    return setChosen(field, JSON.parse(stored.dataset.chosen));
  }
  const isWritten = !field.matches("[data-writing]") && !isSame(field, stored);
  if (isWritten) setValue(field, stored);
  field.dispatchEvent(new CustomEvent("stored", { detail: stored }));
  if (isWritten) field.dispatchEvent(new Event("input", { bubbles: true }));
}

// Space at the end is not stored; it stays for the person who is about to type the next word.
function isSame(field, stored) {
  return field.type === "checkbox" ? field.checked === stored.checked : field.value.trim() === stored.value.trim();
}

function setValue(field, stored) {
  const { selectionStart, selectionEnd } = field;
  if (field.type === "checkbox") field.checked = stored.checked;
  else field.value = stored.value;
  if (field === document.activeElement && selectionEnd !== null) field.setSelectionRange?.(selectionStart, selectionEnd);
}

// Replaces the content of an element. Focus stays on the button of the same name, or goes to the row of buttons.
function replace(old, now) {
  old.className = now.className;
  if (old.innerHTML === now.innerHTML) return;
  const focused = old.contains(document.activeElement) && document.activeElement;
  old.replaceChildren(...now.childNodes);
  if (!focused) return;
  const place = old.querySelector(`[name="${focused.name}"]`) ?? document.querySelector(".verbs-row button");
  place?.focus({ preventScroll: true });
}
