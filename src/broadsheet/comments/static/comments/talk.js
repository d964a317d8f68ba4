// Replying in place, a preview while writing, new comments announced. Everything works without this file.
(() => {
  "use strict";
  const thread = document.getElementById("comments");
  const write = thread?.querySelector("[data-write]");
  if (!write) return;
  const form = write.querySelector("form");
  const words = write.dataset;
  const element = (name, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // --- A reply is written below the comment that it answers.
  const home = element("div"); // where the form stands otherwise
  write.before(home);
  const title = write.querySelector("h3");
  const usual = title.textContent;
  const parent = element("input", { type: "hidden", name: "parent" });
  const cancel = element("button", { type: "button", className: "quiet", textContent: words.cancel, hidden: true });
  form.querySelector(".form-ways").append(" ", cancel);

  const answer = (comment) => {
    const author = comment.querySelector(".comment-author").textContent;
    title.textContent = `${words.reply} ${author}`;
    parent.value = comment.id.replace("comment-", "");
    form.append(parent);
    comment.querySelector(":scope > .comment-ways").after(write);
    cancel.hidden = false;
    form.elements.text.focus();
  };

  const goHome = () => {
    title.textContent = usual;
    parent.remove();
    home.after(write);
    cancel.hidden = true;
  };

  thread.addEventListener("click", (event) => {
    const link = event.target.closest(".comment-ways a[href$='/reply/']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    answer(link.closest(".comment"));
  });
  cancel.addEventListener("click", goHome);

  // --- The small Markdown, as elements: no text becomes markup.
  const INLINE = /\\([!-/:-@[-`{-~])|`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|_([^_\s][^_]*)_|\[([^\]]+)\]\((https?:[^\s)]+)\)|<?(https?:\/\/[^\s<>()"']*[^\s<>()"'.,;:!?])>?/;

  const link = (href, ...children) => element("a", { href, rel: "nofollow ugc noopener" }, ...children);

  const inline = (text) => {
    const found = INLINE.exec(text);
    if (!found) return text ? [text] : [];
    const [all, escaped, code, strong, em, alsoEm, label, target, bare] = found;
    const made =
      escaped ? escaped
      : code ? element("code", {}, code)
      : strong ? element("strong", {}, ...inline(strong))
      : em || alsoEm ? element("em", {}, ...inline(em || alsoEm))
      : label ? link(target, ...inline(label))
      : link(bare, bare);
    return [...inline(text.slice(0, found.index)), made, ...inline(text.slice(found.index + all.length))];
  };

  const lines = (all) => all.flatMap((line, n) => [...(n ? [element("br")] : []), ...inline(line)]);
  const list = (name, all, mark) =>
    element(name, {}, ...all.map((line) => element("li", {}, ...inline(line.replace(mark, "")))));

  const BLOCKS = [
    [/^>/, (all) => element("blockquote", {}, ...blocks(all.map((line) => line.replace(/^> ?/, ""))))],
    [/^[-*+] /, (all) => list("ul", all, /^[-*+] /)],
    [/^\d{1,9}[.)] /, (all) => list("ol", all, /^\d{1,9}[.)] /)],
  ];
  const kind = (line) => BLOCKS.findIndex(([mark]) => mark.test(line));

  const blocks = (all) => {
    const made = [];
    for (let n = 0; n < all.length; ) {
      const start = n;
      if (!all[n].trim()) {
        n += 1;
      } else if (all[n].startsWith("```")) {
        for (n += 1; n < all.length && !all[n].startsWith("```"); ) n += 1;
        made.push(element("pre", {}, element("code", {}, all.slice(start + 1, n).join("\n"))));
        n += 1;
      } else {
        const own = kind(all[n]);
        const goesOn = (line) => line.trim() && !line.startsWith("```") && kind(line) === own;
        while (n < all.length && goesOn(all[n])) n += 1;
        const part = all.slice(start, n);
        made.push(own < 0 ? element("p", {}, ...lines(part)) : BLOCKS[own][1](part));
      }
    }
    return made;
  };

  const shown = element("div", { className: "comment-text", dir: "auto" });
  const preview = element("div", { className: "comment-preview", hidden: true },
    element("p", { className: "note", textContent: words.preview }), shown);
  form.elements.text.closest(".field").after(preview);
  const draw = () => {
    const text = form.elements.text.value;
    preview.hidden = !text.trim();
    shown.replaceChildren(...blocks(text.split("\n")));
  };
  form.elements.text.addEventListener("input", draw);
  draw();

  // --- New comments: the printed page is asked again, which costs a 304 while nothing has changed.
  const EVERY = 60_000; // milliseconds
  const news = element("p", { className: "thread-news" });
  news.setAttribute("role", "status");
  thread.append(news);

  const look = async () => {
    if (document.hidden) return;
    const page = await fetch(location.pathname, { cache: "no-cache" }).then((got) => (got.ok ? got.text() : ""));
    const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("[data-discussion]");
    if (!fresh) return;
    const unknown = [...fresh.querySelectorAll(".comment")].filter(({ id }) => !document.getElementById(id));
    if (!unknown.length) return;
    const button = element("button", { type: "button", textContent: `${words.news} ${unknown.length}` });
    button.addEventListener("click", () => show(fresh, unknown));
    news.replaceChildren(button);
  };

  const show = (fresh, unknown) => {
    const answered = parent.isConnected ? parent.value : "";
    goHome();
    thread.querySelector("[data-discussion]").replaceWith(fresh);
    unknown.forEach((comment) => comment.classList.add("is-new"));
    news.replaceChildren();
    const comment = answered && document.getElementById(`comment-${answered}`);
    if (comment) answer(comment);
    unknown[0].scrollIntoView({ block: "center" });
  };

  thread.addEventListener("look", look); // for who does not want to wait
  setInterval(() => look().catch(() => {}), EVERY);
})();
