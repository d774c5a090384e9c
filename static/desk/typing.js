// Tells writing from what scripts fill in while a form opens, and from searching: a search box has no name.
let hasBegun = false;
for (const type of ["pointerdown", "keydown", "input", "paste", "drop"]) {
  addEventListener(type, ({ isTrusted }) => (hasBegun ||= isTrusted), { capture: true });
}

let isFilling = false;

// Runs what fills in fields: nobody's hand changes them, whatever events come of it.
export function fillIn(fill) {
  isFilling = true;
  try {
    fill();
  } finally {
    isFilling = false;
  }
}

// Whether an input event changed what a form would send, by somebody's hand.
export function isWriting(event) {
  return hasBegun && !isFilling && Boolean(event.target.name);
}
