// Controls that checklists and the overview make: buttons, fields, folds, dialogs. One name is handed on: `vvControls`.
// Texts are always text: nothing here reads HTML.
var vvControls = (function () {
  "use strict";

  /** An element with properties, attributes (those with a hyphen, and `role`) and children. */
  function make(tag, properties, ...children) {
    const element = document.createElement(tag);
    Object.entries(properties || {}).forEach(([name, value]) => {
      if (name.includes("-") || name === "role") element.setAttribute(name, value);
      else element[name] = value;
    });
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  const button = (text, act, className) => {
    const made = make("button", { type: "button", className: className || "small-button", textContent: text });
    made.addEventListener("click", act);
    return made;
  };

  let lastNumber = 0;
  /** An id that no other element has. */
  const newId = () => "vv-made-" + (lastNumber += 1);

  /** A field with its label. */
  function field(label, input) {
    input.id = input.id || newId();
    return make("div", { className: "field" }, make("label", { htmlFor: input.id, textContent: label }), input);
  }

  /** A button that opens and closes what it controls; Escape closes it and goes back to the button. */
  function discloser(text, content, className, onOpen) {
    content.id = content.id || newId();
    content.hidden = true;
    const opener = button(text, () => setOpen(content.hidden), className);
    function setOpen(isOpen) {
      if (isOpen && onOpen) onOpen();
      content.hidden = !isOpen;
      opener.setAttribute("aria-expanded", isOpen);
    }
    opener.setAttribute("aria-expanded", "false");
    opener.setAttribute("aria-controls", content.id);
    content.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      setOpen(false);
      opener.focus();
    });
    opener.close = () => setOpen(false);
    return opener;
  }

  /**
   * Asks in the browser's own dialog; `true` for the first of two answers. `fields` stand above the buttons. Without
   * any, the question is whether something may go, and the focus is on the answer that keeps it.
   */
  function ask(title, texts, answers, fields) {
    return new Promise((resolve) => {
      const id = newId();
      const row = make("div", { className: "buttons" }, ...answers.map((answer, place) =>
        make("button", { className: place ? "small-button" : "button", value: place ? "" : "yes", textContent: answer, formNoValidate: place > 0 })));
      const dialog = make("dialog", { className: "dialog", "aria-labelledby": id }, make("form", { method: "dialog" },
        make("h2", { id: id, textContent: title }), ...texts.map((text) => make("p", { textContent: text })), ...(fields || []), row));
      const before = /** @type {HTMLElement | null} */ (document.activeElement);
      dialog.addEventListener("close", () => {
        dialog.remove();
        if (before && before.isConnected) before.focus();
        resolve(dialog.returnValue === "yes");
      });
      document.body.append(dialog);
      dialog.showModal();
      if (!fields) row.lastChild.focus();
    });
  }

  /** The button that deletes all the site keeps in this browser, when the reader says so twice. */
  function deleteButton(tell, className) {
    const { word, forgetAll } = vvLists;
    return button(word("tick_delete_all"), async () => {
      if (!await ask(word("tick_delete_all_ask"), [word("tick_delete_all_text")], [word("tick_delete_all"), word("tick_keep")])) return;
      forgetAll();
      tell(word("tick_all_deleted"));
    }, className);
  }

  /** A link that works from a folder too. */
  function link(text, href) {
    const made = make("a", { textContent: text });
    made.setAttribute("href", vvPage.fromFolder(href));
    return made;
  }

  /** Sets a text only where it differs, so that nothing is drawn again for nothing. */
  function setText(element, text) {
    if (element.textContent !== text) element.textContent = text;
    element.hidden = text === "";
  }

  /** Saves some moments after the last call, and at once when the page is left. */
  function later(act, delay) {
    let timer = 0;
    const flush = () => {
      if (!timer) return;
      clearTimeout(timer);
      timer = 0;
      act();
    };
    addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); });
    const start = () => {
      clearTimeout(timer);
      timer = setTimeout(flush, delay);
    };
    return { start: start, flush: flush, isWaiting: () => timer !== 0 };
  }

  const fetched = new Map();
  /** Runs scripts that are only needed now, one after the other and each once. @param {string} addresses  with blanks between */
  function fetchScripts(addresses) {
    return addresses.split(" ").reduce((before, address) => before.then(() => {
      if (!fetched.has(address)) {
        fetched.set(address, new Promise((resolve, reject) => {
          document.head.append(make("script", { src: address, onload: resolve, onerror: () => { fetched.delete(address); reject(new Error(address)); } }));
        }));
      }
      return fetched.get(address);
    }), Promise.resolve());
  }

  return {
    fetchScripts, make, button, field, discloser, ask, deleteButton, link,
    setText, later, newId,
  };
})();
