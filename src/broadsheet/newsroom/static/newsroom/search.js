// The search of a static site: Pagefind's index is read out of the same folder. Without it the form asks the application.

const form = document.querySelector(".search-form");
const found = document.getElementById("found");
const AT_ONCE = 20; // articles shown before one asks for more

/** The text with its found words as `<mark>`; nothing else of it becomes markup. */
function marked(html) {
  const source = new DOMParser().parseFromString(html, "text/html").body;
  return [...source.childNodes].map((node) => {
    if (node.nodeName !== "MARK") return node.textContent;
    return Object.assign(document.createElement("mark"), { textContent: node.textContent });
  });
}

function hit({ url, excerpt, meta }) {
  const made = document.getElementById("hit").content.cloneNode(true);
  const photo = made.querySelector(".teaser-photo");
  const headline = made.querySelector(".teaser-headline a");
  photo.href = headline.href = url;
  if (meta.image) photo.firstElementChild.src = meta.image;
  else photo.remove();
  headline.textContent = meta.title;
  made.querySelector(".search-snippet").append(...marked(excerpt));
  made.querySelector(".teaser-meta").textContent = meta.date ?? "";
  return made;
}

async function show(results) {
  const read = await Promise.all(results.slice(0, AT_ONCE).map((result) => result.data()));
  found.append(...read.map(hit));
  const rest = results.slice(AT_ONCE);
  if (!rest.length) return;
  const more = Object.assign(document.createElement("button"), { type: "button", textContent: found.dataset.more });
  more.addEventListener("click", () => {
    more.remove();
    show(rest);
  });
  found.append(more);
}

async function search(pagefind, words) {
  const { results } = await pagefind.search(words);
  found.replaceChildren();
  if (results.length) return show(results);
  found.append(Object.assign(document.createElement("p"), { className: "empty", textContent: found.dataset.none }));
}

const pagefind = await import(new URL("/pagefind/pagefind.js", location.href)).catch(() => null);
if (pagefind) {
  const words = new URLSearchParams(location.search).get("q")?.trim();
  form.elements.q.focus();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = form.elements.q.value.trim();
    history.replaceState(null, "", `?${new URLSearchParams({ q: asked })}`);
    if (asked) search(pagefind, asked);
  });
  if (words) {
    form.elements.q.value = words;
    search(pagefind, words);
  }
}
