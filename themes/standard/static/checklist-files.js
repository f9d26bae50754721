// Copies of a checklist: files out and in, text, share links, and where it all is. Adds to `vvChecklist.more`.
(function () {
  "use strict";
  const lists = vvLists;
  const word = lists.word;
  const { make, button, field, discloser, ask, newId } = vvControls;

  /** Hands a file to the reader and says so. */
  function save(page, name, type, text) {
    lists.download(name, type, text);
    page.tell(word("tick_downloaded", { name: name }));
  }

  function saveJson(page) {
    if (!page.value) return page.tell(word("tick_nothing_yet"));
    save(page, lists.fileName(page.list.id, "json"), "application/json", lists.toJson([page.value]));
    lists.noteExport();
    page.refresh();
  }

  function saveCsv(page) {
    if (!page.value) return page.tell(word("tick_nothing_yet"));
    save(page, lists.fileName(page.list.id, "csv"), "text/csv;charset=utf-8", lists.toCsv([{ list: page.list, value: page.value }]));
    lists.noteExport();
    page.refresh();
  }

  /** «Hent en kopi» */
  function fillCopies(page, place) {
    if (place.firstChild) return;
    place.append(make("p", { textContent: word("tick_copy_text") }), make("div", { className: "buttons" },
      button(word("tick_json"), () => saveJson(page)), button(word("tick_csv"), () => saveCsv(page))));
  }

  function copyText(page) {
    const text = lists.toText(page.list, page.value, page.round);
    return lists.copy(text).then(() => page.tell(word("tick_copied")), () => page.tell(word("tick_not_copied")));
  }

  /** A link that holds the ticks, or the file where there is too much for a link. */
  function fillShare(page, place) {
    const link = page.round && lists.shareLink(page.list, page.round);
    place.replaceChildren(make("p", { textContent: word("tick_share_text") }));
    if (link) {
      const input = make("input", { type: "text", readOnly: true, value: link });
      const told = make("p", { className: "small", role: "status" });
      input.addEventListener("focus", () => input.select());
      place.append(field(word("tick_share_link"), input), make("div", { className: "buttons" },
        button(word("tick_share_copy"), () => lists.copy(link).then(() => { told.textContent = word("tick_copied"); }, () => { input.focus(); })),
        button(word("tick_share_file"), () => saveJson(page))), told);
    } else {
      place.append(make("p", { textContent: word(page.round ? "tick_share_too_long" : "tick_nothing_yet") }));
      if (page.round) place.append(button(word("tick_share_file"), () => saveJson(page)));
    }
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
      result.append(make("p", { textContent: lists.compareText(lists.compare(page.list, page.value, value, found.isTable)) }));
      if (others) result.append(make("p", { textContent: word("tick_others_left") }));
      const take = (replaces) => () => {
        const isDone = lists.takeIn(page.list.id, value, replaces);
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
    const tell = page.tell;
    ["tick_where_here", "tick_where_others", "tick_where_gone", "tick_where_sent"].forEach((key) => place.append(make("p", { textContent: word(key) })));
    const row = make("div", { className: "buttons" }, button(word("tick_copy_all"), () => {
      const values = lists.storedIds().map((id) => lists.read(id).value).filter(Boolean);
      if (!values.length) return tell(word("tick_nothing_yet"));
      save(page, lists.fileName(word("tick_all_name"), "json"), "application/json", lists.toJson(values));
      lists.noteExport();
      page.refresh();
    }), button(word("tick_delete_all"), async () => {
      const answer = await ask(word("tick_delete_all_ask"), [word("tick_delete_all_text")], [word("tick_delete_all"), word("tick_keep")]);
      if (answer !== 0) return;
      lists.forgetAll();
      page.refresh();
      tell(word("tick_all_deleted"));
    }));
    place.append(row);
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
    raw: (page, text) => save(page, page.list.id + ".txt", "text/plain;charset=utf-8", text),
  });
})();
