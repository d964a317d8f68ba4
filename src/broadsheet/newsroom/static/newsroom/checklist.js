// The check before publication, asked for again after each save, and while links are being followed.
const box = document.querySelector("[data-checklist]");
const AGAIN_AFTER = 3000; // milliseconds
const MOST_TIMES = 40;
let article = box.querySelector("[data-follow]")?.dataset.follow;
let timer, times = 0;

async function show(method = "GET") {
  if (!article) return;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const address = box.dataset.checklist.replace("/0/", `/${article}/`);
  const answer = await fetch(address, { method, headers: { "X-CSRFToken": token } }).catch(() => null);
  if (answer?.ok) box.innerHTML = await answer.text();
  lookAgain();
}

function lookAgain() {
  clearTimeout(timer);
  if (box.querySelector("[data-waiting]") && times++ < MOST_TIMES) timer = setTimeout(show, AGAIN_AFTER);
}

document.addEventListener("w-autosave:success", (event) => {
  article = event.detail.response?.pk ?? article;
  times = 0;
  show();
});
box.addEventListener("click", (event) => {
  if (!event.target.closest("[data-follow]")) return;
  times = 0;
  show("POST");
});
lookAgain();
