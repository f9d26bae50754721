// @ts-check
// The search page: results, filters, what is said when little or nothing is found. Address and title follow the query.
// No words stand here: they come from the page's data.
(() => {
  "use strict";
  const { make, address, nameOf, teller, asker } = vvSearch;
  /** @type {HTMLElement | null} */
  const main = document.querySelector("[data-search-page]");
  if (!main) return;

  const words = main.dataset;
  /** @returns {any} */
  const part = (name) => main.querySelector("[data-search-" + name + "]");
  const [input, list, filters] = ["input", "results", "filters"].map(part);
  const boxes = [...filters.querySelectorAll("input")];
  const search = asker(main);
  const tell = teller(main.querySelector("[role=status]"));
  const others = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (main.querySelectorAll("[data-search-language]"))]
    .map((link) => ({ link, search: asker(main, link.dataset.searchLanguage) }));
  const title = document.title;
  /** @type {Result} */
  const NOTHING = { query: "", total: 0, isPartial: false, results: [], facets: {}, spelling: null, dropped: [] };
  let isLoaded = false;

  /** Words with their {places} filled. @param {string} words @returns {(Node | string)[]} */
  const fill = (words, values) => words.split(/\{(\w+)\}/).map((part, i) => i % 2 ? values[part] : part);
  const counted = (count, query) =>
    fill(count ? count === 1 ? words.one : words.other : words.none, { count, query }).join("");
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
  const notesOn = (/** @type {Result} */ { query, isPartial, spelling, dropped }) => {
    const notes = [];
    if (spelling) {
      const asked = make("a", { href: addressOf(spelling.asked) }, spelling.asked);
      notes.push(fill(words.spelling, { shown: spelling.shown, asked }));
    }
    const left = dropped.join(", ");
    if (left && left !== query.replaceAll('"', "")) notes.push(fill(words.dropped, { words: left }));
    if (isPartial) notes.push([words.partial]);
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
      const count = result.facets[groupOf(box)]?.get(box.value) || 0;
      box.labels[0].lastChild.textContent = "(" + count + ")";
      box.parentElement.hidden = !count && !box.checked && box !== document.activeElement;
    });
    filters.querySelectorAll("fieldset").forEach((set) => { set.hidden = !set.querySelector("li:not([hidden])"); });
    filters.hidden = !result.query || !filters.querySelector("fieldset:not([hidden])");
  };
  /** What stands there already stays: laying texts out costs the most, and a word's last letters change few results. */
  const draw = (/** @type {HTMLElement[]} */ items) => {
    const old = [...list.children];
    items.forEach((item, at) => {
      if (!old[at]) list.append(item);
      else if (!old[at].isEqualNode(item)) old[at].replaceWith(item);
    });
    old.slice(items.length).forEach((item) => item.remove());
  };
  /** The attributes come last: they say that the list is what they say. */
  const show = (/** @type {Result} */ result, from = 0) => {
    const { query, spelling } = result;
    const text = query && counted(result.total, spelling ? spelling.shown : query);
    draw(result.results.map(itemOf));
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
      return show(NOTHING);
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
        show(NOTHING);
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
  input.addEventListener("focus", () => setTimeout(search.warm), { once: true });
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
})();
