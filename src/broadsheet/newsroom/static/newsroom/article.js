// Conveniences of an article: listen, larger text, print, share; and players that wait for a click. Without scripts their buttons are not shown.
// The words are the page's, in its language: <button data-aid="listen" data-stop="…">…</button>

const article = document.querySelector(".article");
const LONGEST = 250; // characters of one utterance; some voices fall silent in longer ones

/** The article's text in pieces that a voice can speak: whole sentences where they are short enough. */
function* pieces() {
  for (const part of article.querySelectorAll("h1, .standfirst, .article-body :is(p, h2, h3, h4, li)")) {
    const sentences = part.innerText.match(/[^.!?؟…]+[.!?؟…]*/gu) ?? [];
    for (const sentence of sentences) {
      for (let at = 0; at < sentence.length; at += LONGEST) yield sentence.slice(at, at + LONGEST);
    }
  }
}

function listen(button) {
  const start = button.dataset.start ?? (button.dataset.start = button.textContent);
  const stop = () => {
    speechSynthesis.cancel();
    button.textContent = start;
    button.setAttribute("aria-pressed", "false");
  };
  if (button.getAttribute("aria-pressed") === "true") return stop();
  button.textContent = button.dataset.stop;
  button.setAttribute("aria-pressed", "true");
  let last;
  for (const words of pieces()) {
    last = new SpeechSynthesisUtterance(words);
    last.lang = article.lang || document.documentElement.lang;
    speechSynthesis.speak(last);
  }
  last?.addEventListener("end", stop);
}

function enlarge(button) {
  button.setAttribute("aria-pressed", String(article.classList.toggle("article-large")));
}

async function share(button) {
  const url = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  if (navigator.share) return navigator.share({ title: document.title, url }).catch(() => {});
  await navigator.clipboard?.writeText(url);
  button.textContent = button.dataset.done;
}

const aids = { listen, enlarge, print: () => window.print(), share };

for (const button of article?.querySelectorAll("[data-aid]") ?? []) {
  button.addEventListener("click", () => aids[button.dataset.aid](button));
}
/** A card whose link plays in the page: the frame, and with it the first request to another host, comes with the click. */
function play(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return; // in a tab of its own
  event.preventDefault();
  const card = event.currentTarget;
  const frame = document.createElement("iframe");
  frame.src = card.dataset.player;
  frame.title = card.querySelector(".embed-title").textContent;
  frame.allow = "fullscreen; picture-in-picture; encrypted-media";
  card.replaceWith(frame);
  frame.focus();
}

for (const card of document.querySelectorAll("a[data-player]")) card.addEventListener("click", play);
addEventListener("pagehide", () => window.speechSynthesis?.cancel());
