// What every page can do with script: menu button, links from a folder, the search's script, copied links, printing, folds, appearance.
// Each part works alone and makes its own controls, so that nothing dead is on the page without it.
// No words stand here: they come from this script's own data attributes. Other scripts take what is the same for all from `vvPage`.
var vvPage = (function () {
  "use strict";
  var root = document.documentElement;
  var words = document.currentScript.dataset;
  var all = function (selector) { return Array.from(document.querySelectorAll(selector)); };
  var make = function (tag, properties) { return Object.assign(document.createElement(tag), properties); };

  // Opened from a folder there is no server to turn `metoder/` into `metoder/index.html`.
  var fromFolder = function (address) {
    if (location.protocol !== "file:") return address;
    var parts = /^([^?#]*)(.*)$/.exec(address);
    var folder = /(^|\/)\.{1,2}$/.test(parts[1]) ? parts[1] + "/" : parts[1];
    return folder.endsWith("/") && new URL(address, location.href).protocol === "file:" ? folder + "index.html" + parts[2] : address;
  };
  if (location.protocol === "file:") {
    [["a", "href"], ["form", "action"]].forEach(function (pair) {
      all(pair[0] + "[" + pair[1] + "]").forEach(function (element) {
        element.setAttribute(pair[1], fromFolder(element.getAttribute(pair[1])));
      });
    });
  }

  // What the search needs is fetched when a reader first turns to its field.
  /** @type {HTMLElement | null} */
  var search = document.querySelector(".site-header .search[data-scripts]");
  var fetchSearch = function () {
    search.removeEventListener("focusin", fetchSearch);
    search.dataset.scripts.split(" ").forEach(function (address) {
      document.head.append(make("script", { src: address, async: false }));
    });
  };
  if (search) {
    search.addEventListener("focusin", fetchSearch);
    if (search.contains(document.activeElement)) fetchSearch();
  }

  // The style sheet hides the menu under 768 px until the button opens it.
  var menu = document.getElementById("vv-menu");
  if (menu) {
    var button = make("button", { type: "button", className: "menu-button", textContent: words.menu });
    var setOpen = function (open) {
      button.setAttribute("aria-expanded", open);
      menu.classList.toggle("open", open);
    };
    button.setAttribute("aria-controls", menu.id);
    setOpen(false);
    button.addEventListener("click", function () { setOpen(button.getAttribute("aria-expanded") !== "true"); });
    menu.parentElement.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true" && button.offsetParent) {
        setOpen(false);
        button.focus();
      }
    });
    document.querySelector(".masthead .brand").after(button);
  }

  // A button beside each heading, not in it: the heading's own name stays what the author wrote.
  var status = make("p", { className: "visually-hidden" });
  status.setAttribute("role", "status");
  var copyByHand = function (text) {
    var field = make("textarea", { value: text, className: "visually-hidden" });
    document.body.append(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  };
  // Plain http (many intranets) has no clipboard interface, and a browser may refuse.
  var copy = function (text) {
    return navigator.clipboard ? navigator.clipboard.writeText(text).catch(function () { return copyByHand(text); }) : copyByHand(text);
  };
  all("article[data-content] :is(h2, h3)[id]").forEach(function (heading) {
    if (heading.closest("legend, summary")) return;
    var row = make("div", { className: "heading" });
    var link = make("button", { type: "button", className: "copy-link" });
    link.setAttribute("aria-label", words.copyLink.replace("{title}", heading.textContent));
    link.setAttribute("data-heading-link", "");
    heading.before(row);
    row.append(heading, link);
    link.addEventListener("click", function () {
      copy(location.href.replace(/#.*/, "") + "#" + heading.id).then(function () {
        status.textContent = words.linkCopied;
        link.dataset.copied = words.linkCopied;
        setTimeout(function () { status.textContent = ""; delete link.dataset.copied; }, 3000);
      }, function () { location.hash = heading.id; });   // at least the address bar then holds the link
    });
  });
  var main = document.querySelector("main");
  if (main) main.append(status);

  all("[data-tools]").forEach(function (place) {
    var print = make("button", { type: "button", className: "text-button", textContent: words.printPage });
    print.addEventListener("click", function () { window.print(); });
    place.append(print);
  });

  // Lists narrowed to one role. A group without rows goes, and so do the links to it; the choice stands in the address.
  all("[data-filter]").forEach(function (filter) {
    var rows = all("main .page-list > li");
    var radios = Array.from(filter.querySelectorAll("input"));
    var show = function (role) {
      rows.forEach(function (row) { row.hidden = role !== "" && !(row.dataset.roles || "").split(" ").includes(role); });
      var count = rows.filter(function (row) { return !row.hidden; }).length;
      all("main .page-list").forEach(function (list) {
        list.parentElement.hidden = !list.querySelector(":scope > li:not([hidden])");
      });
      all("main nav a[href^='#']").forEach(function (link) {
        var target = document.getElementById(link.hash.slice(1));
        link.parentElement.hidden = !!target && !!target.closest("[hidden]");
      });
      filter.querySelector("[role=status]").textContent =
        filter.dataset.filter.replace("{n}", count).replace("{count}", rows.length);
    };
    var wanted = new URLSearchParams(location.search).get("role");
    radios.forEach(function (radio) {
      radio.addEventListener("change", function () {
        show(radio.value);
        var address = new URL(location.href);
        if (radio.value) address.searchParams.set("role", radio.value);
        else address.searchParams.delete("role");
        try { history.replaceState(null, "", address); } catch (_) {}   // not from every folder
      });
      if (wanted && radio.value === wanted) {
        radio.checked = true;
        show(wanted);
      }
    });
    filter.hidden = false;
  });

  // Paper has no fold to open. What was closed is closed again afterwards.
  var opened = [];
  addEventListener("beforeprint", function () {
    opened = all("details:not([open])");
    opened.forEach(function (details) { details.open = true; });
    all("[data-print-address]").forEach(function (place) {
      if (!place.textContent) place.textContent = ", " + location.href.replace(/#.*/, "");
    });
    all("[data-print-date]").forEach(function (place) {
      place.textContent = ", " + new Date().toLocaleDateString(root.lang, { dateStyle: "long" });
    });
  });
  addEventListener("afterprint", function () {
    opened.forEach(function (details) { details.open = false; });
  });

  // One button for all folds of an article, when there are several.
  var folds = all("article[data-content] details.fold");
  if (folds.length > 1) {
    var toggle = make("button", { type: "button", className: "text-button" });
    var label = function () {
      toggle.textContent = folds.every(function (fold) { return fold.open; }) ? words.closeAll : words.openAll;
    };
    toggle.addEventListener("click", function () {
      var open = toggle.textContent === words.openAll;
      folds.forEach(function (fold) { fold.open = open; });
      label();
    });
    folds.forEach(function (fold) { fold.addEventListener("toggle", label); });
    label();
    folds[0].before(toggle);
  }

  // Appearance. Storage is written only when the reader chooses; other settings in the same key are kept.
  all("[data-appearance-control]").forEach(function (place) {
    var key = "vejviser:1:" + root.dataset.site + ":settings";
    var group = make("fieldset");
    group.append(make("legend", { textContent: words.appearance }));
    ["system", "light", "dark"].forEach(function (choice) {
      var input = make("input", { type: "radio", name: "vv-appearance", value: choice, id: "vv-appearance-" + choice });
      input.checked = choice === (root.dataset.appearance || "system");
      input.addEventListener("change", function () {
        if (choice === "system") delete root.dataset.appearance;
        else root.dataset.appearance = choice;
        try {
          var settings = {};
          try { settings = Object(JSON.parse(localStorage.getItem(key))); } catch (_) {}
          settings.appearance = choice;
          localStorage.setItem(key, JSON.stringify(settings));
        } catch (_) {}   // storage blocked or full: the choice holds for this page
      });
      var item = make("span");
      item.append(input, make("label", { htmlFor: input.id, textContent: words[choice] }));
      group.append(item);
    });
    place.append(group);
  });

  return { fromFolder: fromFolder, copy: copy };
})();
