// Tells writing from what scripts fill in while a form opens, and from searching: a search box has no name.
let hasBegun = false;
for (const type of ["pointerdown", "keydown", "input", "paste", "drop"]) {
  addEventListener(type, ({ isTrusted }) => (hasBegun ||= isTrusted), { capture: true });
}

// Whether an input event changed what a form would send, by somebody's hand.
export function isWriting(event) {
  return hasBegun && Boolean(event.target.name);
}
