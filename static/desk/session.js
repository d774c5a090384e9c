// Whether the person is still signed in, and the current CSRF token: each sign-in makes a new one.
const SLOW = 3000; // milliseconds after which nobody waits for the answer

export function csrfToken() {
  return cookie("csrftoken") ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
}

export function cookie(name) {
  return document.cookie.match(new RegExp(`(?:^|; )${name}=(\\w+)`))?.[1];
}

// Hands the answer on. An address of the desk leads to the sign-in page when nobody is signed in; one that belongs to
// a person's form answers 409 when somebody else is.
export function noticeEnd(response) {
  if (response?.type === "opaqueredirect" || response?.status === 409) document.dispatchEvent(new Event("sessionended"));
  return response;
}

// Returns {person, name, token}, with person null for nobody; null when the server cannot be reached.
export async function askSession(address) {
  const options = { signal: AbortSignal.timeout(SLOW), redirect: "error" };
  const response = await fetch(address, options).catch(() => null);
  return readSession(response);
}

export async function readSession(response) {
  return response?.ok ? response.json().catch(() => null) : null;
}
