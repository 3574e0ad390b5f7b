"use strict";
(() => {
  const $ = (id) => document.getElementById(id);

  // Times by the reader's own clock, the outlet's kept for whoever rests on one.
  const clocks = $("clocks");
  const dates = clocks.dataset.dates.split("|");  // browsers do not know the months of every language
  const two = (number) => String(number).padStart(2, "0");
  for (const time of document.querySelectorAll("time[data-own]")) {
    const at = new Date(time.dateTime);
    if (isNaN(at)) continue;
    const date = dates[at.getMonth()].replace("{d}", at.getDate()).replace("{y}", at.getFullYear());
    time.title = time.dataset.own;
    time.textContent = `${date}, ${two(at.getHours())}:${two(at.getMinutes())}`;
  }
  clocks.textContent = clocks.dataset.own;

  // Pictures, once the reader has asked for them.
  const button = $("shots");
  const show = (wanted) => {
    button.setAttribute("aria-pressed", wanted);
    for (const link of document.querySelectorAll(".shot > a[data-alt]")) {
      link.replaceChildren(link.dataset.words ??= link.textContent);
      if (!wanted) continue;
      const image = new Image();
      image.loading = "lazy";
      image.referrerPolicy = "no-referrer";
      image.alt = link.dataset.alt || link.dataset.words;
      if (link.dataset.alt) image.lang = link.dataset.lang;
      image.onerror = () => link.replaceChildren(link.dataset.words);
      image.src = link.href;
      link.replaceChildren(image);
    }
  };
  if (button) {
    const remembered = {
      get: () => { try { return localStorage.getItem("pictures") === "yes"; } catch { return false; } },
      set: (yes) => { try { localStorage.setItem("pictures", yes ? "yes" : "no"); } catch { /* for this page alone */ } },
    };
    button.addEventListener("click", () => {
      const wanted = button.getAttribute("aria-pressed") !== "true";
      remembered.set(wanted);
      show(wanted);
    });
    if (remembered.get()) show(true);
  }

  // Search: every word, anywhere in a story; a day of several pages brings an index of the others.
  const fold = (text) => text.normalize("NFKC").toLowerCase().replaceAll("ё", "е");
  const stories = [...document.querySelectorAll(".story")].map((element) => ({element, text: fold(element.textContent)}));
  const [tools, box, found, elsewhere] = [document.querySelector(".tools"), $("q"), $("found"), $("elsewhere")];
  let others = null;
  const search = () => {
    const words = fold(box.value).split(/\s+/).filter(Boolean);
    const hit = (text) => words.every((word) => text.includes(word));
    let count = 0;
    for (const {element, text} of stories) {
      element.hidden = !hit(text);
      count += !element.hidden;
    }
    const hits = words.length && others ? others.filter((other) => hit(other.text)) : [];
    elsewhere.replaceChildren(...hits.slice(0, 50).map((other) => {
      const [item, link] = [document.createElement("li"), document.createElement("a")];
      [link.textContent, link.href, link.lang] = [other.title, other.place, other.lang];
      item.append(link);
      return item;
    }));
    elsewhere.hidden = !hits.length;
    found.textContent = words.length ? found.dataset.text.replace("{n}", count + hits.length) : "";
  };
  const fetchOthers = async () => {
    if (others || !tools.dataset.index) return;
    others = [];
    try {
      const here = new Set(stories.map(({element}) => element.id));
      const answer = await fetch(tools.dataset.index);
      if (!answer.ok) return;
      for (const [id, page, lang, title, more] of await answer.json())
        if (!here.has(id)) others.push({place: new URL(page + "#" + id, answer.url).href, lang, title, text: fold(title + " " + more)});
      search();
    } catch { /* opened as a file, or the index is gone: this page alone is searched */ }
  };
  box.addEventListener("focus", fetchOthers, {once: true});
  box.addEventListener("input", search);
  tools.hidden = false;
  if (box.value) search();
})();
