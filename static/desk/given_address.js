// Copies an address that is shown once. Without this script, or where a browser refuses, its field is ready to be copied.
const place = document.querySelector(".given");
const field = place.querySelector("input");
const button = place.querySelector("button");
const said = place.querySelector("output");

field.select();
button.hidden = false;
button.addEventListener("click", async () => {
  said.textContent = (await copy(field.value)) ? said.dataset.copied : said.dataset.byHand;
});

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text); // only on a page that came encrypted
    return true;
  } catch {
    field.select();
    return document.execCommand("copy");
  }
}
