// Copies of a checklist: files out and in, text, share links, and where it all is. Adds to `vvChecklist.more`.
(function () {
  "use strict";
  const lists = vvLists;
  const word = lists.word;
  const { make, button, field, discloser, deleteButton, newId } = vvControls;

  /** Says which file was handed out. */
  function told(page, name) {
    if (name) page.refresh();
    page.tell(name ? word("tick_downloaded", { name: name }) : word("tick_nothing_yet"));
  }

  const saveButton = (page, text, ending) => button(text, () => told(page, page.value && lists.save(page.list.id, [page], ending)));

  /** «Hent en kopi» */
  function fillCopies(page, place) {
    if (place.firstChild) return;
    place.append(make("p", { textContent: word("tick_copy_text") }), make("div", { className: "buttons" },
      saveButton(page, word("tick_json"), "json"), saveButton(page, word("tick_csv"), "csv")));
  }

  function copyText(page) {
    const text = lists.toText(page.list, page.value, page.round);
    return vvPage.copy(text).then(() => page.tell(word("tick_copied")), () => page.tell(word("tick_not_copied")));
  }

  /** A link that holds the ticks, or the file where there is too much for a link. */
  function fillShare(page, place) {
    const link = page.round && lists.shareLink(page.list, page.round);
    const shows = link ? "link" : page.round ? "tick_share_too_long" : "tick_nothing_yet";
    if (place.dataset.shows === shows) {
      if (link) place.querySelector("input").value = link;
      return;
    }
    place.dataset.shows = shows;
    const file = saveButton(page, word("tick_share_file"), "json");
    place.replaceChildren(make("p", { textContent: word("tick_share_text") }));
    if (link) {
      const input = make("input", { type: "text", readOnly: true, value: link });
      const status = make("p", { className: "small", role: "status" });
      input.addEventListener("focus", () => input.select());
      place.append(field(word("tick_share_link"), input), make("div", { className: "buttons" },
        button(word("tick_share_copy"), () => vvPage.copy(input.value).then(() => { status.textContent = word("tick_copied"); }, () => { input.focus(); })), file), status);
    } else place.append(make("p", { textContent: word(shows) }), page.round ? file : "");
  }

  /** Reading a file: first what it would do, then merging or replacing. */
  function fillRead(page, place) {
    if (place.firstChild) return;
    const tell = page.tell;
    const input = make("input", { type: "file", accept: ".json,.csv" });
    const result = make("div", { role: "status" });
    place.append(field(word("tick_read_file_label"), input), result);
    input.addEventListener("change", async () => {
      const file = input.files[0];
      result.replaceChildren();
      if (!file) return;
      const found = await lists.readFile(file);
      const own = found.values && found.values.filter((value) => value.checklist === page.list.id);
      const others = found.values && found.values.find((value) => value.checklist !== page.list.id);
      if (found.error || !own.length) {
        const text = found.error || word("tick_file_other_list", { name: file.name, found: others.checklist, expected: page.list.id });
        result.append(make("p", { className: "late", textContent: text }));
        return;
      }
      const value = own.reduce((a, b) => lists.merge(a, b, true));
      result.append(make("p", { textContent: lists.compareText(lists.compare(page.list, page.value, value)) }));
      if (others) result.append(make("p", { textContent: word("tick_others_left") }));
      const take = (replaces) => () => {
        const isDone = lists.takeIn(page.list.id, value, replaces);
        page.undo = null;
        page.refresh();
        result.replaceChildren();
        input.value = "";
        tell(word(isDone ? "tick_taken_in" : "tick_not_taken_in"));
        input.focus();
      };
      result.append(make("div", { className: "buttons" }, button(word("tick_merge"), take(false), "button"), button(word("tick_replace"), take(true)),
        button(word("tick_cancel"), () => { result.replaceChildren(); input.value = ""; input.focus(); })));
    });
  }

  /** «Hvor er mine data?» */
  function fillWhere(page, place) {
    if (place.firstChild) return;
    ["tick_where_here", "tick_where_others", "tick_where_gone", "tick_where_sent"].forEach((key) => place.append(make("p", { textContent: word(key) })));
    place.append(make("div", { className: "buttons" }, button(word("tick_copy_all"), () => told(page, lists.saveAll(() => null, "json"))),
      deleteButton((text) => {
        page.refresh();
        page.tell(text);
      })));
  }

  /** A colleague's link changes nothing before the reader says so. */
  function incoming(page) {
    const known = page.panel.querySelector(".list-shared");
    if (known) known.remove();
    const entries = lists.shared(page.list, location.hash);
    if (!entries) return page.tell(word("tick_share_broken"));
    const box = make("div", { className: "list-shared" });
    const rest = () => {
      box.remove();
      try { history.replaceState(null, "", location.href.replace(/#.*/, "")); } catch (_) {}   // not from every folder
      page.actions.querySelector("button").focus();
    };
    const told = make("ul", { id: newId() });
    let done = 0;
    entries.forEach((entry, item) => {
      if (entry.relevant) done += 1;
      told.append(make("li", { textContent: item.text + " – " + lists.answerWord(page.list.answers, entry) }));
    });
    const merge = button(word("tick_share_merge"), () => {
      lists.backUp(page.list.id);
      page.change((round) => entries.forEach((entry, item) => {
        const own = Object.assign({ answer: "", relevant: true, note: "", who: "", due: "" }, lists.entryOf(round, item));
        // An answer of one's own stands.
        if (lists.isAnswered(page.list, own) || own.relevant === false) return;
        round.items[item.id] = Object.assign(own, entry, { t: lists.now(), text: item.text });
      }));
      rest();
      page.tell(word("tick_taken_in"));
    });
    const key = page.list.answers === "done" ? "tick_shared" : "tick_shared_answers";
    box.append(make("p", {}, make("strong", { textContent: lists.counted(key, page.list.items.length, { done: done }) })),
      make("div", { className: "buttons" }, discloser(word("tick_share_see"), told, "small-button"), merge, button(word("tick_share_decline"), rest)), told);
    page.panel.firstElementChild.after(box);
  }

  Object.assign(vvChecklist.more, {
    copies: fillCopies, share: fillShare, read: fillRead, where: fillWhere, copyText: copyText, incoming: incoming,
    raw(page, text) {
      const name = page.list.id + ".txt";
      lists.download(name, "text/plain;charset=utf-8", text);
      told(page, name);
    },
  });
})();
