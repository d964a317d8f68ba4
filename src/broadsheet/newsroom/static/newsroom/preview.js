// The front page beside the settings of its look, in the colours and type that are chosen but not saved yet.
const frame = document.querySelector("iframe[data-preview]");
const chosen = ["look", "accent", "paper", "pairing"].map((name) => document.querySelector(`[name="${name}"]`));
const name = document.querySelector('[name="name"]');

function show() {
  const page = frame.contentDocument;
  for (const field of chosen) page.documentElement.dataset[field.name] = field.value;
  for (const title of page.querySelectorAll(".masthead-name a:not(:has(img)), .imprint-name")) title.textContent = name.value;
}

async function load() {
  const answer = await fetch("/");
  frame.srcdoc = await answer.text();
  frame.addEventListener("load", show);
  for (const field of [...chosen, name]) field.addEventListener("input", show);
}

load();
