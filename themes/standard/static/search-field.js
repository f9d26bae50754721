// @ts-check
// The field in the header as a combobox: suggestions while a reader types. Without this file the field leads to the
// search page all the same. No words stand here: they come from the form's data.
(() => {
  "use strict";
  const { make, address, nameOf, teller, asker } = vvSearch;
  /** @type {HTMLFormElement | null} */
  const form = document.querySelector(".site-header .search");
  if (!form) return;

  const words = form.dataset;
  const input = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
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
  /** Before the first and after the last stands the field itself. */
  const move = (by) => {
    const count = list.children.length + 1;
    mark((active + 1 + by + count) % count - 1);
  };
  const setOpen = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", open);
  };
  /** Ends the search under way too: to a reader who has left, nothing is shown or told any more. */
  const close = () => {
    search.stop();
    tell("");
    mark(-1);
    setOpen(false);
  };
  const add = (href, ...children) =>
    list.append(make("a", { href, role: "option", id: "vv-suggestion-" + list.children.length, tabindex: "-1" }, ...children));
  const show = (/** @type {Result} */ { query, results, total }) => {
    const count = Math.min(total, 6);
    list.replaceChildren();
    results.slice(0, count).forEach((hit) =>
      add(address(form, hit), make("span", {}, nameOf(hit)), make("small", {}, hit.trail.join(" › "))));
    if (total) add(form.action + "?q=" + encodeURIComponent(query), words.all);
    setOpen(total > 0);
    tell((count === 1 ? words.one : count ? words.other : words.none).replace("{count}", String(count)));
  };
  /** Asks for what the field holds now; what was marked belongs to what it held before. */
  const update = (by = 0) => {
    const query = input.value.trim();
    mark(-1);
    if (!query) return close();
    search.ask(query, {
      limit: 6,
      done(result) {
        show(result);
        active = -1;
        move(by);
      },
      failed: close,
    });
  };
  const press = (event) => {
    const isOpen = !list.hidden;
    const arrow = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (arrow && input.value) {
      if (isOpen) move(arrow);
      else update(arrow);
    } else if (event.key === "Enter" && active >= 0) {
      /** @type {HTMLElement} */ (list.children[active]).click();
    } else if (event.key === "Escape") {
      if (!isOpen && !input.value) return;   // then it closes the menu
      event.stopPropagation();
      if (!isOpen) input.value = "";
      close();
    } else {
      if (event.key === "Tab") close();
      if (event.key === "Home" || event.key === "End") mark(-1);
      return;
    }
    event.preventDefault();
  };

  form.append(list, status);
  const attributes = { role: "combobox", "aria-controls": list.id, "aria-autocomplete": "list" };
  for (const name in attributes) input.setAttribute(name, attributes[name]);
  setOpen(false);
  input.addEventListener("input", () => update());
  input.addEventListener("keydown", (event) => { if (!event.isComposing) press(event); });
  // The keyboard of a phone stays while a suggestion is being pressed.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  // What is chosen may stand on this very page.
  list.addEventListener("click", close);
  ["focusin", "pointerdown"].forEach((name) => document.addEventListener(name, (event) => {
    if (!form.contains(/** @type {Node} */ (event.target))) close();
  }));
  search.warm();
  if (input.value) update();
})();
