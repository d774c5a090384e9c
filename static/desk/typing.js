// Tells writing from what scripts fill in while a form opens, and from searching: a search box has no name.
let hasBegun = false;
for (const type of ["pointerdown", "keydown", "input", "paste", "drop"]) {
  addEventListener(type, ({ isTrusted }) => (hasBegun ||= isTrusted), { capture: true });
}

let isFilling = false;

// Runs what fills in fields: the events that follow do not count as typing.
export function fillIn(fill) {
  isFilling = true;
  try {
    fill();
  } finally {
    isFilling = false;
  }
}

// Returns whether an input event changed what a form would send, by a person.
export function isWriting(event) {
  return hasBegun && !isFilling && Boolean(event.target.name);
}
