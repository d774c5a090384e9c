// Says that a passkey was not used, which django-allauth tells the console alone.
const CANCELLED = new Set(["NotAllowedError", "AbortError"]); // by the person, or by the browser when it took too long
const PAUSE = 100; // milliseconds, so that the same sentence is read aloud again

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.getElementById("passkey-problem");
  const { cancelled, failed } = place.dataset;
  place.textContent = "";
  setTimeout(() => (place.textContent = CANCELLED.has(event.detail.exception?.name) ? cancelled : failed), PAUSE);
});
