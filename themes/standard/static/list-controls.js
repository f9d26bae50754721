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
    opener.open = () => setOpen(true);
    return opener;
  }

  /** Asks in the browser's own dialog. `fields` stand above the buttons; the answer is the button's place, `-1` for Escape. */
  function ask(title, texts, answers, fields) {
    return new Promise((resolve) => {
      const id = newId();
      const dialog = make("dialog", { className: "dialog", "aria-labelledby": id }, make("h2", { id: id, textContent: title }));
      texts.forEach((text) => dialog.append(make("p", { textContent: text })));
      dialog.append(...(fields || []));
      let chosen = -1;
      const row = make("div", { className: "buttons" });
      answers.forEach((answer, place) => row.append(button(answer, () => { chosen = place; dialog.close(); }, place === 0 ? "button" : "small-button")));
      dialog.append(row);
      const before = document.activeElement;
      dialog.addEventListener("close", () => {
        dialog.remove();
        if (before && before.isConnected) before.focus();
        resolve(chosen);
      });
      document.body.append(dialog);
      dialog.showModal();
    });
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

  return { fetchScripts: fetchScripts, make: make, button: button, field: field, discloser: discloser, ask: ask, setText: setText, later: later, newId: newId };
})();
