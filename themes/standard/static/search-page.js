// @ts-check
// The search as readers meet it: suggestions under the field of every page, and the search page.
// It asks the engine (search.js) and shows the answers. What comes from the index or the address becomes text, never
// markup. No words stand here: they come from the form's and the page's data.
/**
 * @typedef {{ text: string, isMatch: boolean }[]} Snippet
 * @typedef {{ url: string, title: string, kind: string, snippet: Snippet }} Hit
 * @typedef {Hit & { pageKind: string, trail: string[], heading: string | null, subs: Hit[] }} PageHit
 * @typedef {{ query: string, total: number, results: PageHit[], facets: Record<string, { id: string, count: number }[]>,
 *   spelling: { shown: string, asked: string } | null, dropped: string[] }} Result
 * @typedef {{ warm(): void, search(query: string, options: object): { cancel(): void } }} Engine
 */
(function () {
  "use strict";

  /** @param {Record<string, string>} attributes @param {(Node | string)[]} children */
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    element.append(...children);
    return element;
  };

  /** Words with their {places} filled. @param {string} words @returns {(Node | string)[]} */
  const fill = (words, values) => words.split(/\{(\w+)\}/).map((part, i) => i % 2 ? values[part] : part);

  const counted = (words, count, query) =>
    fill(count ? count === 1 ? words.one : words.other : words.none, { count, query }).join("");

  /** The address of a hit. From a folder there is no server to find `index.html`. */
  const address = (place, hit) => (place.dataset.root + hit.url).replace(/^[^?#]*/, (path) =>
    location.protocol === "file:" && path.endsWith("/") ? path + "index.html" : path);

  /** @param {PageHit} hit */
  const nameOf = (hit) => hit.heading && hit.heading !== hit.title ? hit.title + " – " + hit.heading : hit.title;

  /** Says a text to screen readers once the reader has rested. */
  const teller = (status) => {
    let timer = 0;
    return (text, then = () => {}) => {
      clearTimeout(timer);
      timer = setTimeout(() => { status.textContent = text; then(); }, 500);
    };
  };

  /** One search at a time: a newer one ends the older. The place's data name the index. */
  const asker = (place, language = document.documentElement.lang) => {
    const engine = /** @type {Engine} */ (/** @type {any} */ (window).vejviserSearch.open({ base: place.dataset.index, language }));
    let job = { cancel() {} };
    return {
      warm: () => engine.warm(),
      stop: () => job.cancel(),
      ask(query, options) {
        job.cancel();
        job = engine.search(query, { isTyping: true, ...options });
      },
    };
  };

  /** The field in the header as a combobox. */
  const suggest = (form) => {
    const words = form.dataset;
    const input = form.elements.q;
    const list = make("div", { id: "vv-suggestions", class: "suggestions", role: "listbox", "aria-label": words.suggestions });
    const status = make("p", { class: "visually-hidden", role: "status" });
    const search = asker(form);
    const tell = teller(status);
    let active = -1;

    const mark = (at) => {
      active = at;
      [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
      const option = list.children[at];
      if (!option) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    };
    const setOpen = (open) => {
      list.hidden = !open;
      input.setAttribute("aria-expanded", open);
      mark(-1);
    };
    const add = (href, ...children) =>
      list.append(make("a", { href, role: "option", id: "vv-suggestion-" + list.children.length, tabindex: "-1" }, ...children));
    const show = (/** @type {Result} */ result) => {
      list.replaceChildren();
      result.results.slice(0, 6).forEach((hit) =>
        add(address(form, hit), make("span", {}, nameOf(hit)), make("small", {}, hit.trail.join(" › "))));
      if (result.total) add(form.action + "?q=" + encodeURIComponent(result.query), words.all);
      setOpen(result.total > 0);
      tell(counted(words, Math.min(result.total, 6)));
    };
    const update = () => {
      const query = input.value.trim();
      if (query) return search.ask(query, { limit: 6, done: show, failed: () => setOpen(false) });
      search.stop();
      list.replaceChildren();
      setOpen(false);
      tell("");
    };
    const press = (event) => {
      const isOpen = !list.hidden;
      const count = list.children.length;
      const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (arrow && count) {
        if (!isOpen) setOpen(true);
        // Before the first and after the last stands the field itself.
        mark((active + 1 + arrow + count + 1) % (count + 1) - 1);
      } else if (event.key === "Enter" && isOpen && active >= 0) {
        /** @type {HTMLElement} */ (list.children[active]).click();
      } else if (event.key === "Escape") {
        if (!isOpen && !input.value) return;   // then it closes the menu
        event.stopPropagation();
        if (!isOpen) input.value = "";
        if (isOpen) setOpen(false);
        else update();
      } else {
        if (event.key === "Tab") setOpen(false);
        if (event.key === "Home" || event.key === "End") mark(-1);
        return;
      }
      event.preventDefault();
    };

    form.append(list, status);
    const attributes = { role: "combobox", "aria-controls": list.id, "aria-autocomplete": "list" };
    for (const name in attributes) input.setAttribute(name, attributes[name]);
    setOpen(false);
    input.addEventListener("input", update);
    input.addEventListener("keydown", (event) => { if (!event.isComposing) press(event); });
    // The keyboard of a phone stays while a suggestion is being pressed.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    ["focusin", "pointerdown"].forEach((name) => document.addEventListener(name, (event) => {
      if (!list.hidden && !form.contains(event.target)) setOpen(false);
    }));
    search.warm();
    if (input.value) update();
  };

  const searchPage = (main) => {
    const words = main.dataset;
    /** @returns {any} */
    const part = (name) => main.querySelector("[data-search-" + name + "]");
    const [input, list, filters] = ["input", "results", "filters"].map(part);
    const boxes = [...filters.querySelectorAll("input")];
    const search = asker(main);
    const tell = teller(main.querySelector("[role=status]"));
    const others = [...main.querySelectorAll("[data-search-language]")]
      .map((link) => ({ link, search: asker(main, link.dataset.searchLanguage) }));
    const title = document.title;
    let isLoaded = false;

    const asked = () => input.value.trim();
    const groupOf = (box) => box.dataset.searchFilter;
    const addressOf = (query) => {
      const params = new URLSearchParams(query && { q: query });
      boxes.forEach((box) => { if (box.checked) params.append(groupOf(box), box.value); });
      return location.pathname + (String(params) && "?" + params);
    };
    const keep = () => {
      document.title = asked() ? asked() + " – " + title : title;
      try { history.replaceState(null, "", addressOf(asked())); } catch (_) {}   // not in every folder, nor too often
    };

    /** The words for a kind are those of its filter; a plain page needs none. @param {PageHit} hit */
    const kindOf = (hit) => {
      if (hit.kind === "checklist-item") return words.item;
      const box = boxes.find((box) => groupOf(box) === "kind" && box.value === hit.pageKind);
      return box && hit.pageKind !== "page" ? box.labels[0].firstChild.textContent : "";
    };
    const snippet = (/** @type {Snippet} */ parts) => make("p", { "data-search-snippet": "" },
      ...parts.map((part) => part.isMatch ? make("mark", {}, part.text) : part.text));
    const itemOf = (/** @type {PageHit} */ hit) => {
      const facts = [hit.trail.join(" › "), kindOf(hit)].filter(Boolean);
      const item = make("li", { "data-search-result": "", "data-search-kind": hit.kind },
        make("a", { href: address(main, hit) }, nameOf(hit)),
        make("ul", { class: "meta" }, ...facts.map((fact) => make("li", {}, fact))),
        snippet(hit.snippet));
      const subs = hit.subs.map((sub) => make("li", { "data-search-subresult": "", "data-search-kind": sub.kind },
        make("a", { href: address(main, sub) }, sub.title), snippet(sub.snippet)));
      if (subs.length) item.append(make("ul", { class: "subs" }, ...subs));
      return item;
    };

    /** What is said before the results: another spelling, words left out. */
    const notesOn = (/** @type {Result} */ { query, spelling, dropped }) => {
      const notes = [];
      if (spelling) {
        // In quotes a word is taken as it stands.
        const literal = '"' + spelling.asked + '"';
        const asked = make("a", { href: addressOf(literal) }, literal);
        notes.push(fill(words.spelling, { shown: spelling.shown, asked }));
      }
      const left = dropped.join(", ");
      if (left && left !== query) notes.push(fill(words.dropped, { words: left }));
      return notes.map((note) => make("p", {}, ...note));
    };
    /** Nothing in the language of the page: perhaps in another. */
    const askOthers = (query) => others.forEach(({ link, search }) => search.ask(query, {
      limit: 1,
      done({ total }) {
        if (!total || query !== asked()) return;
        const text = fill(words.language, { count: total, language: link.textContent });
        part("notes").append(make("p", {}, make("a", { href: link.href + "?q=" + encodeURIComponent(query) }, ...text)));
      },
      failed() {},
    }));
    const countFilters = (/** @type {Result} */ result) => {
      boxes.forEach((box) => {
        const facet = (result.facets[groupOf(box)] || []).find((facet) => facet.id === box.value && facet.count);
        box.labels[0].lastChild.textContent = "(" + (facet ? facet.count : 0) + ")";
        box.parentElement.hidden = !facet && !box.checked && box !== document.activeElement;
      });
      filters.querySelectorAll("fieldset").forEach((set) => { set.hidden = !set.querySelector("li:not([hidden])"); });
      filters.hidden = !result.query || !filters.querySelector("fieldset:not([hidden])");
    };
    /** The attributes come last: they say that the list is what they say. */
    const show = (/** @type {Result} */ result, from = 0) => {
      const { query, spelling } = result;
      const text = query && counted(words, result.total, spelling ? spelling.shown : query);
      list.replaceChildren(...result.results.map(itemOf));
      part("notes").replaceChildren(...notesOn(result));
      part("count").textContent = text;
      part("empty").hidden = !query || result.total > 0;
      part("clear").hidden = !boxes.some((box) => box.checked);
      part("more").hidden = result.results.length >= result.total;
      countFilters(result);
      if (from && list.children[from]) list.children[from].firstChild.focus();
      tell(text, keep);
      list.dataset.searchQuery = query;
      list.dataset.searchTotal = result.total;
      list.dataset.searchState = "done";
    };
    const update = (from = 0) => {
      const query = asked();
      document.documentElement.classList.toggle("asking", query !== "");
      if (!query) {
        search.stop();
        return show({ query, total: 0, results: [], facets: {}, spelling: null, dropped: [] });
      }
      list.dataset.searchState = isLoaded ? "searching" : "loading";
      if (!isLoaded) part("count").textContent = words.loading;
      const chosen = { kind: [], role: [], topic: [] };
      boxes.forEach((box) => { if (box.checked) chosen[groupOf(box)].push(box.value); });
      search.ask(query, {
        filters: chosen,
        limit: from + 10,
        done(result) {
          isLoaded = true;
          show(result, from);
          if (!result.total) askOthers(query);
        },
        failed() {
          list.replaceChildren();
          part("count").textContent = words.error;
          tell(words.error);
          list.dataset.searchState = "error";
        },
      });
    };
    const updateAndKeep = () => {
      update();
      keep();
    };

    input.addEventListener("input", () => update());
    input.addEventListener("focus", search.warm, { once: true });
    input.form.addEventListener("submit", (event) => {
      event.preventDefault();
      updateAndKeep();
    });
    filters.addEventListener("change", updateAndKeep);
    list.addEventListener("click", keep);
    part("more").addEventListener("click", () => update(list.children.length));
    part("clear").addEventListener("click", () => {
      boxes.forEach((box) => { box.checked = false; });
      input.focus();
      updateAndKeep();
    });
    const params = new URLSearchParams(location.search);
    input.value ||= params.get("q") || "";
    boxes.forEach((box) => { box.checked = params.getAll(groupOf(box)).includes(box.value); });
    if (asked()) update();
  };

  const main = document.querySelector("[data-search-page]");
  const form = document.querySelector(".site-header .search");
  if (main) searchPage(main);
  else if (form) suggest(form);
})();
