// Copies of a checklist: files out and in, text, share links, and where it all is. A part of `vvChecklist`.
(function () {
  "use strict";
  const lists = vvLists;
  const word = lists.word;
  const { make, button, field, discloser, ask, newId, later } = vvControls;

  vvChecklist.parts.push(function files(page) {
    const list = page.list;
    const values = () => page.value ? [page.value] : [];
    const tell = (text) => {
      page.notice("told", text);
      page.announce(text);
    };
    page.download = (name, type, text) => {
      lists.download(name, type, text);
      tell(word("tick_downloaded", { name: name }));
    };
    const whenAny = (act) => () => values().length ? act() : tell(word("tick_nothing_yet"));
    const saveJson = whenAny(() => {
      page.download(lists.fileName(list.id, "json"), "application/json", lists.toJson(values()));
      lists.noteExport();
      page.refresh();
    });
    const saveCsv = whenAny(() => {
      page.download(lists.fileName(list.id, "csv"), "text/csv;charset=utf-8", lists.toCsv([{ list: list, value: page.value }]));
      lists.noteExport();
      page.refresh();
    });

    const copies = make("div", {}, make("p", { textContent: word("tick_copy_text") }), make("div", { className: "buttons" }, button(word("tick_json"), saveJson), button(word("tick_csv"), saveCsv)));
    const share = make("div", {});
    const read = make("div", {});
    const where = make("div", {});
    page.open.append(copies, share, read, where);
    page.addAction(discloser(word("tick_copy"), copies, "small-button"));
    page.addAction(discloser(word("tick_share"), share, "small-button", () => fillShare(page, share, saveJson)));
    page.addMore(discloser(word("tick_read_file"), read, "small-button"), 3);
    page.addMore(button(word("tick_copy_as_text"), () => {
      lists.copy(lists.toText(list, page.value, page.round)).then(() => tell(word("tick_copied")), () => tell(word("tick_not_copied")));
    }), 4);
    page.kept.append(discloser(word("tick_where"), where, "text-button"));
    fillWhere(page, where, tell);
    fillRead(page, read, tell);
    incoming(page, tell);
    const weigh = later(() => page.notice("much", lists.isMuch() ? word("tick_much") : ""), 2000);
    weigh.start();

    return () => {
      if (page.value) weigh.start();
      const late = page.value && lists.weeksWithoutCopy();
      page.notice("reminder", late ? lists.counted(late.isFirst ? "tick_no_copy_weeks" : "tick_weeks_since_copy", late.weeks) : "");
    };
  });

  /** A link that holds the ticks, or the file where there is too much for a link. */
  function fillShare(page, place, saveJson) {
    const link = page.round && lists.shareLink(page.list, page.round);
    place.replaceChildren(make("p", { textContent: word("tick_share_text") }));
    if (link) {
      const input = make("input", { type: "text", readOnly: true, value: link });
      const told = make("p", { className: "small", role: "status" });
      input.addEventListener("focus", () => input.select());
      place.append(field(word("tick_share_link"), input), make("div", { className: "buttons" },
        button(word("tick_share_copy"), () => lists.copy(link).then(() => { told.textContent = word("tick_copied"); }, () => { input.focus(); })),
        button(word("tick_share_file"), saveJson)), told);
    } else {
      place.append(make("p", { textContent: word(page.round ? "tick_share_too_long" : "tick_nothing_yet") }));
      if (page.round) place.append(button(word("tick_share_file"), saveJson));
    }
  }

  /** Reading a file: first what it would do, then merging or replacing. */
  function fillRead(page, place, tell) {
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
  function fillWhere(page, place, tell) {
    ["tick_where_here", "tick_where_others", "tick_where_gone", "tick_where_sent"].forEach((key) => place.append(make("p", { textContent: word(key) })));
    const row = make("div", { className: "buttons" }, button(word("tick_copy_all"), () => {
      const values = lists.storedIds().map((id) => lists.read(id).value).filter(Boolean);
      if (!values.length) return tell(word("tick_nothing_yet"));
      page.download(lists.fileName(word("tick_all_name"), "json"), "application/json", lists.toJson(values));
      lists.noteExport();
      page.refresh();
    }), button(word("tick_delete_all"), async () => {
      const answer = await ask(word("tick_delete_all_ask"), [word("tick_delete_all_text")], [word("tick_delete_all"), word("tick_keep")]);
      if (answer !== 0) return;
      lists.forgetAll();
      page.refresh();
      tell(word("tick_all_deleted"));
    }));
    if (page.panel.dataset.overview) {
      const link = make("a", { textContent: word("tick_overview") });
      // From a folder some browsers keep each page's answers apart; the overview then says so.
      let address = page.panel.dataset.overview;
      if (location.protocol === "file:" && address.endsWith("/")) address += "index.html";
      link.href = address + (location.protocol === "file:" ? "#from=" + encodeURIComponent(page.list.id) : "");
      page.kept.append(" ", link);
    }
    place.append(row);
  }

  /** A colleague's link changes nothing before the reader says so. */
  function incoming(page, tell) {
    const box = make("div", { className: "list-shared", hidden: true });
    page.panel.querySelector("h2").after(box);
    const look = () => {
      const entries = lists.shared(page.list, location.hash);
      box.hidden = !entries;
      box.replaceChildren();
      if (!entries) {
        if (location.hash.startsWith("#share=")) tell(word("tick_share_broken"));
        return;
      }
      const rest = () => {
        box.hidden = true;
        try { history.replaceState(null, "", location.href.replace(/#.*/, "")); } catch (_) {}   // not from every folder
        page.panel.querySelector(".list-actions button").focus();
      };
      const told = make("ul", { id: newId(), hidden: true });
      let done = 0;
      entries.forEach((entry, item) => {
        if (entry.relevant) done += 1;
        told.append(make("li", { textContent: item.text + " – " + lists.answerWord(page.list.answers, entry) }));
      });
      const see = discloser(word("tick_share_see"), told, "small-button");
      const merge = button(word("tick_share_merge"), () => {
        lists.backUp(page.list.id);
        page.change((round) => entries.forEach((entry, item) => {
          const own = Object.assign({ answer: "", relevant: true, note: "", who: "", due: "" }, lists.entryOf(round, item));
          // An answer of one's own stands.
          if (lists.isAnswered(page.list, own) || own.relevant === false) return;
          round.items[item.id] = Object.assign(own, entry, { t: lists.now(), text: item.text });
        }));
        rest();
        tell(word("tick_taken_in"));
      });
      box.append(make("p", {}, make("strong", { textContent: lists.counted(page.list.answers === "done" ? "tick_shared" : "tick_shared_answers", page.list.items.length, { done: done }) })), make("div", { className: "buttons" }, see, merge, button(word("tick_share_decline"), rest)), told);
    };
    addEventListener("hashchange", look);
    look();
  }
})();
