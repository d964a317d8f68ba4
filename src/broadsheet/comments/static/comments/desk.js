// The desk's keys. Without this file every decision is a form of its own.
(() => {
  "use strict";
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const cards = () => [...desk.querySelectorAll("[data-comment]")];
  const more = desk.querySelector("[data-more]"); // what came since, once all is decided
  const hint = desk.querySelector("[data-keys]");
  const decided = []; // the last decision last: {card, next, comment}
  let sending = Promise.resolve(); // one after the other, in the order of the keys
  let current = null;

  const stand = (card) => {
    current = card;
    card?.focus({ preventScroll: true });
  };

  const go = (card) => {
    stand(card);
    card?.scrollIntoView({ block: "nearest" });
  };

  const step = (by) => {
    const all = cards();
    if (!all.length) return go(null);
    const at = all.indexOf(current);
    go(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
  };

  const send = (card, decision) => {
    const form = card.querySelector("form");
    const body = new FormData(form);
    body.set("decision", decision);
    sending = sending.then(async () => {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams(body),
        headers: { Accept: "application/json" },
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const { counts } = await answer.json();
      desk.querySelectorAll("[data-count]").forEach((place) => {
        place.textContent = counts[place.dataset.count] ?? 0;
      });
    });
    sending = sending.catch(() => putBack(card)); // it was not decided: show it again
  };

  const putBack = (card) => {
    const at = decided.findIndex((one) => one.card === card);
    if (at < 0) return;
    const [{ next }] = decided.splice(at, 1);
    const list = desk.querySelector(".desk-cards");
    more.hidden = true;
    list.insertBefore(card, next && next.parentNode === list ? next : null);
    go(card);
  };

  const decide = (key) => {
    const button = current?.querySelector(`[data-key="${key}"]`);
    if (!button) return;
    const card = current;
    const next = card.nextElementSibling;
    decided.push({ card, next });
    card.remove();
    more.hidden = cards().length > 0;
    go(next?.matches("[data-comment]") ? next : (cards().at(-1) ?? null));
    send(card, button.value);
  };

  const rejectFor = (number) => {
    const option = current?.querySelector("select[name=reason]")?.options[number - 1];
    if (!option) return;
    option.selected = true;
    decide("r");
  };

  const undo = () => {
    const last = decided.at(-1);
    if (!last) return;
    putBack(last.card);
    send(last.card, "UNDO");
  };

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    p: () => decide("p"),
    r: () => decide("r"),
    s: () => decide("s"),
    u: undo,
    o: () => current && window.open(current.querySelector("[data-article]").href, "_blank", "noopener"),
    x: () => current?.querySelector("input[type=checkbox]").click(),
    a: () => desk.querySelectorAll("[data-comment] input[type=checkbox]").forEach((box) => { box.checked = true; }),
    "?": () => { hint.hidden = !hint.hidden; },
  };

  for (let number = 1; number <= 9; number += 1) keys[number] = () => rejectFor(number);

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  stand(cards()[0] ?? null); // without scrolling: the heading stays where it is
})();
