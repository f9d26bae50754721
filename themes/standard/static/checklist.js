// One checklist: ticks, answers, notes, progress, what is kept and what is not. Rounds are in `checklist-rounds.js`, files
// and sharing in `checklist-files.js`; each adds its part to `vvChecklist.parts` and gets the page when all is read.
// The form works without this file; every control made here does something.
var vvChecklist = (function () {
  "use strict";
  const lists = vvLists;
  const { word, counted } = lists;

  const { make, button, field, discloser, ask, setText, later, newId } = vvControls;
  const parts = [];

  /** Makes a form work. `panel` is the empty section that tells of the whole list. */
  function mount(form, panel, title, url) {
    const listItems = Array.from(form.querySelectorAll(".item[data-item]"));
    listItems.forEach((li) => {
      const group = li.closest(".group");
      if (group) li.dataset.group = group.querySelector("legend").textContent.trim();
    });
    const inputs = Array.from(document.querySelectorAll("[data-field]"));
    const retired = document.getElementById("vv-retired");
    const told = inputs.concat(retired ? Array.from(retired.content.children) : [], listItems);
    const list = lists.describe(Object.assign({}, form.dataset, panel.dataset), told, title, url);
    const page = { list: list, form: form, panel: panel, value: null, round: null, state: "empty", isReadOnly: false, refreshers: [] };

    // Top to bottom; parts fill these places.
    const place = (name) => page[name] = panel.appendChild(make("div", { className: "list-" + name }));
    ["progress", "when", "fill", "notices", "actions", "open", "kept"].forEach(place);
    const status = make("p", { className: "visually-hidden list-status", role: "status" });
    panel.append(status);
    let said = "";
    const speak = later(() => { status.textContent = said; }, 800);
    /** Tells assistive technology, once things have come to rest. */
    page.announce = (text) => {
      said = text;
      status.textContent = "";
      speak.start();
    };

    /** Lets `edit` change the active round (or the whole value) and shows the result. */
    page.change = (edit) => {
      page.undo = null;
      const value = lists.change(list, (value) => edit(lists.activeRound(value), value));
      if (value === null) page.isReadOnly = true;
      page.refresh();
      return value !== null;
    };
    page.changeEntry = (item, edit) => page.change((round) => {
      const entry = Object.assign({ answer: "", relevant: true, note: "", who: "", due: "" }, lists.entryOf(round, item));
      edit(entry);
      entry.t = lists.now();
      round.items[item.id] = entry;
    });
    page.refresh = () => {
      const found = lists.read(list.id);
      page.state = found.state;
      page.raw = found.raw;
      page.value = found.value;
      page.round = lists.activeRound(found.value);
      page.isReadOnly = found.state === "newer";
      page.refreshers.forEach((refresh) => refresh());
    };

    [noticesPart, progressPart, rowsPart, fieldsPart, actionsPart].concat(parts, filterPart).forEach((part) => {
      const refresh = part(page);
      if (refresh) page.refreshers.push(refresh);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    addEventListener("storage", (event) => {
      if (event.key === null || event.key.startsWith(lists.PREFIX)) page.refresh();
    });
    addEventListener("pageshow", (event) => { if (event.persisted) page.refresh(); });
    page.refresh();
    form.classList.add("ready");
    panel.classList.add("ready");
    return page;
  }

  /** «3 af 8 punkter er gjort», as words and as a bar. */
  function progressPart(page) {
    const text = make("p", { className: "progress-text", id: newId() });
    const bar = make("progress", { "aria-labelledby": text.id });
    const answers = make("p", { className: "small muted" });
    page.progress.append(text, bar, answers);
    return () => {
      const found = lists.progress(page.list, page.round);
      page.found = found;
      const key = page.list.answers === "done" ? "tick_progress_done" : "tick_progress_answered";
      setText(text, counted(key, found.total, { done: lists.progressText(found) }));
      bar.max = found.total || 1;
      bar.value = found.done;
      const counts = lists.CHOICES[page.list.answers].filter((answer) => found.counts[answer]);
      const isScale = page.list.answers !== "done";
      setText(answers, isScale ? counts.map((answer) => lists.answerWord(page.list.answers, { answer: answer }) + ": " + found.counts[answer]).join(" · ") : "");
      if (isScale) answers.hidden = false;   // keeps its line
    };
  }

  /** The items: their answers, and what is noted of each. */
  function rowsPart(page) {
    const list = page.list;
    const names = make("datalist", { id: newId() });
    page.form.append(names);
    page.names = names;
    page.rows = list.items.map((item) => row(page, item));
    const old = make("section", { className: "old-items" });
    page.form.append(old);
    return () => {
      const known = new Set();
      page.rows.forEach((row) => {
        row.refresh();
        const entry = lists.entryOf(page.round, row.item);
        if (entry && entry.who) known.add(entry.who);
      });
      const wanted = Array.from(known).sort((a, b) => a.localeCompare(b, lists.language));
      if (wanted.join("\n") !== Array.from(names.children, (option) => option.value).join("\n")) {
        names.replaceChildren(...wanted.map((name) => make("option", { value: name })));
      }
      oldItems(page, old);
    };
  }

  function row(page, item) {
    const list = page.list;
    const li = page.form.querySelector('.item[data-item="' + CSS.escape(item.id) + '"]');
    const inputs = Array.from(li.querySelectorAll(":scope > input, .answers input"));
    const question = li.querySelector("label, legend");
    const changed = make("p", { className: "item-changed small", hidden: true });
    const summary = make("p", { className: "item-summary small", hidden: true });
    const panel = make("div", { className: "item-panel" });
    const entryNow = () => lists.entryOf(page.round, item) || {};
    let fields = null;

    inputs.forEach((input) => input.addEventListener("change", () => {
      const answer = list.answers === "done" ? (input.checked ? "done" : "") : input.value;
      page.changeEntry(item, (entry) => {
        entry.answer = answer;
        entry.text = item.text;
      });
      const said = answer === "done" ? word("tick_said_done") : answer ? lists.answerWord(list.answers, { answer: answer }) : word("tick_said_undone");
      page.announce(said + ". " + lists.progressText(page.found) + ".");
    }));

    const opener = discloser("", panel, "item-button", () => { fields = fields || noteFields(page, item, panel); fields.refresh(); });
    opener.append(word("tick_notes"), make("span", { className: "visually-hidden", textContent: " " + word("tick_notes_to", { item: item.text }) }));
    li.append(make("div", { className: "item-more" }, changed, summary, opener, panel));

    function refresh() {
      const entry = entryNow();
      inputs.forEach((input) => {
        const isChecked = entry.answer === (list.answers === "done" ? "done" : input.value);
        if (input.checked !== isChecked) input.checked = isChecked;
        input.disabled = page.isReadOnly;
      });
      li.classList.toggle("irrelevant", entry.relevant === false);
      const words = [];
      if (entry.relevant === false) words.push(word("tick_irrelevant_here"));
      if (entry.who) words.push(word("tick_who") + ": " + entry.who);
      const isOverdue = lists.isOverdue(list, entry);
      if (lists.isDay(entry.due) && !isOverdue) words.push(word("tick_due") + ": " + lists.showDay(entry.due));
      const note = (entry.note || "").trim();
      if (note) words.push(word("tick_note") + ": ");
      const late = isOverdue ? word("tick_overdue", { date: lists.showDay(entry.due) }) : "";
      const key = late + "|" + words.join("|") + "|" + note;
      if (summary.dataset.shows !== key) {
        summary.dataset.shows = key;
        summary.replaceChildren();
        if (late) summary.append(make("strong", { className: "late", textContent: late }), words.length ? " · " : "");
        summary.append(words.join(" · "));
        // On the screen the note's beginning, on paper all of it.
        if (note) summary.append(make("span", { className: "screen-only", textContent: note.length > 80 ? note.slice(0, 80).trimEnd() + " …" : note }), make("span", { className: "print-only note", textContent: note }));
      }
      summary.hidden = key === "||";
      li.classList.toggle("noted", !!note);
      const isReworded = !!entry.text && lists.isAnswered(list, entry) && plain(entry.text) !== plain(item.text);
      setText(changed, isReworded ? word("tick_reworded", { text: entry.text }) : "");
      if (fields && !panel.hidden) fields.refresh();
    }
    return { item: item, li: li, question: question, refresh: refresh, opener: opener };
  }

  const plain = (text) => text.toLowerCase().replace(/[\s.,;:!?»«"”]+/g, " ").trim();

  /** Note, responsible, due date and «not relevant» of one item; made when first opened. */
  function noteFields(page, item, panel) {
    const note = make("textarea", { rows: 3, maxLength: lists.LONGEST_NOTE, id: newId() });
    const hint = make("p", { className: "small muted", id: newId(), textContent: word("tick_note_hint") });
    const left = make("p", { className: "small", "aria-live": "polite", hidden: true });
    note.setAttribute("aria-describedby", hint.id);
    const who = make("input", { type: "text", autocomplete: "off", maxLength: 100 });
    who.setAttribute("list", page.names.id);
    const due = make("input", { type: "date" });
    const relevant = make("input", { type: "checkbox", id: newId() });
    const clear = button(word("tick_clear_answer"), () => {
      page.changeEntry(item, (entry) => { entry.answer = ""; });
      page.announce(word("tick_said_undone") + ". " + lists.progressText(page.found) + ".");
      note.focus();
    }, "text-button");
    panel.append(
      make("div", { className: "field" }, make("label", { htmlFor: note.id, textContent: word("tick_note") }), hint, note, left),
      make("div", { className: "field-row" }, field(word("tick_who"), who), field(word("tick_due"), due)),
      make("p", { className: "check" }, relevant, make("label", { htmlFor: relevant.id, textContent: word("tick_irrelevant_here") })),
      clear);
    const save = later(() => page.changeEntry(item, (entry) => {
      entry.note = note.value;
      entry.who = who.value.trim();
      entry.text = entry.text || item.text;
    }), 400);
    const tellLeft = () => setText(left, note.value.length >= 1800 ? counted("tick_left", lists.LONGEST_NOTE - note.value.length) : "");
    note.addEventListener("input", () => { save.start(); tellLeft(); });
    who.addEventListener("input", save.start);
    who.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    [note, who].forEach((input) => input.addEventListener("change", save.flush));
    due.addEventListener("change", () => page.changeEntry(item, (entry) => {
      entry.due = due.value;
      entry.text = entry.text || item.text;
    }));
    relevant.addEventListener("change", () => {
      page.changeEntry(item, (entry) => {
        entry.relevant = !relevant.checked;
        entry.text = entry.text || item.text;
      });
      page.announce(lists.progressText(page.found) + ".");
    });
    return {
      refresh() {
        const entry = lists.entryOf(page.round, item) || {};
        // A field being written in is the reader's.
        if (!save.isWaiting()) {
          if (note.value !== (entry.note || "")) note.value = entry.note || "";
          if (who.value.trim() !== (entry.who || "")) who.value = entry.who || "";
        }
        if (due.value !== (entry.due || "") && document.activeElement !== due) due.value = lists.isDay(entry.due) ? entry.due : "";
        relevant.checked = entry.relevant === false;
        clear.hidden = page.list.answers === "done" || !entry.answer;
        [note, who, due, relevant, clear].forEach((control) => { control.disabled = page.isReadOnly; });
        tellLeft();
      },
    };
  }

  /** Items that this edition does not have: what was noted stays until the reader deletes it. */
  function oldItems(page, place) {
    const ids = lists.unknownIds(page.list, page.round);
    const key = JSON.stringify(ids.map((id) => page.round.items[id]));
    if (place.dataset.shows === key) return;
    place.dataset.shows = key;
    place.replaceChildren();
    if (!ids.length) return;
    const rows = make("ul", {});
    ids.forEach((id) => {
      const entry = page.round.items[id];
      const gone = page.list.retired.find((found) => found.id === id);
      const text = entry.text || (gone && gone.text) || id;
      const answer = entry.answer && word("tick_answer_" + String(entry.answer).replace(/^(?=\d)/, "scale_"));
      const details = [answer, entry.relevant === false && word("tick_irrelevant_here"), entry.who && word("tick_who") + ": " + entry.who,
        lists.isDay(entry.due) && word("tick_due") + ": " + lists.showDay(entry.due), entry.note && word("tick_note") + ": " + entry.note].filter(Boolean).join(" · ");
      const remove = button(word("tick_delete"), () => {
        page.change((round) => { delete round.items[id]; });
        page.announce(word("tick_deleted"));
        page.form.closest("main").focus();
      }, "text-button");
      remove.append(make("span", { className: "visually-hidden", textContent: ": " + text }));
      const item = make("li", {}, make("p", { textContent: text }), make("p", { className: "small", textContent: details }));
      if (gone && gone.why) item.append(make("p", { className: "small muted", textContent: word("tick_retired", { why: gone.why }) }));
      if (!page.isReadOnly) item.append(remove);
      rows.append(item);
    });
    place.append(make("h2", { textContent: word("tick_old_items") }), make("p", { className: "small", textContent: word("tick_old_items_text") }), rows);
  }

  /** What the list asks in each round beside its items. */
  function fieldsPart(page) {
    const inputs = Array.from(document.querySelectorAll("[data-field]"));
    const waiting = inputs.map((input) => {
      const save = later(() => page.change((round) => {
        round.fields = Object.assign({}, round.fields, { [input.dataset.field]: input.value });
      }), 400);
      input.addEventListener("input", save.start);
      input.addEventListener("change", save.flush);
      if (input.dataset.type === "person") input.setAttribute("list", page.names.id);
      return save;
    });
    return () => inputs.forEach((input, at) => {
      const text = (page.round && page.round.fields && page.round.fields[input.dataset.field]) || "";
      if (!waiting[at].isWaiting() && input.value !== text && document.activeElement !== input) input.value = text;
      input.disabled = page.isReadOnly;
      input.classList.toggle("filled", input.value !== "");   // on paper an empty date is a line to write on
    });
  }

  /** What went wrong, what may be undone, and where the ticks are kept. */
  function noticesPart(page) {
    const where = make("p", { className: "small" });
    page.kept.append(where);
    page.where = where;
    const notices = {};
    /** Shows a message in its own place, or takes it away; `content` may hold buttons. */
    page.notice = (name, text, ...content) => {
      if (!text) {
        if (notices[name]) notices[name].remove();
        delete notices[name];
        return;
      }
      const made = make("p", { className: "list-notice list-notice-" + name }, text, ...content.flatMap((found) => [" ", found]));
      if (notices[name]) notices[name].replaceWith(made);
      else page.notices.append(made);
      notices[name] = made;
    };
    const keepOut = (event) => event.preventDefault();
    let isArmed = false;
    let told = "";
    // What cannot be read is moved out of the way once, so that nothing is ever written over it.
    const first = lists.read(page.list.id);
    let broken = first.state === "broken" ? first.raw : null;
    if (broken !== null) lists.setAside(page.list.id);
    return () => {
      const isUnsaved = lists.isUnsaved();
      setText(where, word(isUnsaved ? "tick_not_kept" : page.value ? "tick_kept" : "tick_will_be_kept"));
      where.hidden = isUnsaved;
      if (isUnsaved !== isArmed) {
        isArmed = isUnsaved;
        if (isArmed) addEventListener("beforeunload", keepOut);
        else removeEventListener("beforeunload", keepOut);
      }
      if (page.state === "broken" && broken === null) broken = page.raw;
      const key = [isUnsaved, page.state, broken !== null, !!page.undo].join();
      if (key === told) return;
      told = key;
      page.notice("unsaved", isUnsaved ? word("tick_not_kept") : "");
      page.notice("newer", page.state === "newer" ? word("tick_newer") : "");
      const save = broken !== null && button(word("tick_get_raw"), () => page.download && page.download("json", page.list.id + "-raw.txt", broken), "text-button");
      page.notice("broken", broken !== null ? word("tick_broken") : "", save || "");
      const restore = page.undo && button(word("tick_undo"), () => {
        lists.keep(page.list.id, page.undo);
        page.undo = null;
        page.refresh();
        page.announce(word("tick_undone"));
        page.panel.querySelector("button").focus();
      }, "text-button");
      page.notice("undo", page.undo ? word("tick_was_reset") : "", restore || "");
    };
  }

  /** The buttons above the list: those always seen, and the rest under «Mere». */
  function actionsPart(page) {
    const row = make("div", { className: "buttons" });
    const more = make("div", {});
    const rest = make("ul", { className: "actions" });
    more.append(rest);
    page.actions.append(row);
    page.open.append(more);
    page.moreButton = discloser(word("tick_more"), more, "small-button more-button");
    row.append(button(word("tick_print"), () => window.print()), page.moreButton);
    /** Puts a button before «Mere». */
    page.addAction = (made) => page.moreButton.before(made);
    /** Puts a button under «Mere», in the order of the ranks. */
    page.addMore = (made, rank) => {
      const item = make("li", {}, made);
      item.rank = rank;
      const after = Array.from(rest.children).find((other) => other.rank > rank);
      rest.insertBefore(item, after || null);
    };
    const clear = button(word("tick_reset"), () => reset(page));
    page.addMore(clear, 6);
    return () => { clear.disabled = page.isReadOnly; };
  }

  /** Empties the active round after asking; the old value stays as a backup and can be had back. */
  async function reset(page) {
    if (!page.round) {
      page.announce(word("tick_nothing_yet"));
      return;
    }
    const entries = Object.values(page.round.items);
    const ticks = entries.filter((entry) => entry.answer).length;
    const notes = entries.filter((entry) => entry.note).length;
    const key = page.list.answers === "done" ? "tick_ticks" : "tick_answers";
    const what = word("tick_reset_ask", { ticks: counted(key, ticks), notes: counted("tick_notes_count", notes) });
    if (await ask(what, [], [word("tick_reset"), word("tick_keep")]) !== 0) return;
    const before = page.value;
    lists.backUp(page.list.id);
    const known = new Set(page.list.items.flatMap((item) => [item.id].concat(item.was)));
    page.change((round) => {
      Object.keys(round.items).forEach((id) => { if (known.has(id)) delete round.items[id]; });
      if (round.fields) round.fields = {};
    });
    page.undo = before;
    page.refresh();
    page.announce(word("tick_was_reset"));
  }

  /** «Vis: Alle / Mangler / Har frist». What a reader answers stays where it is until the filter is set again. */
  function filterPart(page) {
    const group = make("fieldset", { className: "filter list-filter" }, make("legend", { textContent: word("tick_show") }));
    const name = newId();
    const status = make("span", { className: "small muted", role: "status" });
    ["all", "missing", "due"].forEach((kind) => {
      const input = make("input", { type: "radio", name: name, id: newId(), value: kind, checked: kind === "all" });
      input.addEventListener("change", () => {
        const isShown = (entry) => kind === "all" || (kind === "due" ? lists.isDay(entry.due) : entry.relevant !== false && !lists.isAnswered(page.list, entry));
        let count = 0;
        page.rows.forEach((row) => {
          const shown = isShown(lists.entryOf(page.round, row.item) || {});
          row.li.classList.toggle("filtered", !shown);
          count += shown ? 1 : 0;
        });
        page.form.querySelectorAll(".group").forEach((found) => found.classList.toggle("filtered", !found.querySelector(".item:not(.filtered)")));
        status.textContent = kind === "all" ? "" : word("tick_filtered", { n: count, count: page.rows.length });
      });
      group.append(make("span", {}, input, make("label", { htmlFor: input.id, textContent: word("tick_show_" + kind) })));
    });
    group.append(status);
    page.filter = group;
    page.panel.append(group);
    return null;
  }

  return { parts: parts, mount: mount };
})();

document.addEventListener("DOMContentLoaded", function () {
  const form = document.getElementById("vv-checklist");
  const panel = document.getElementById("vv-list");
  if (form && panel) vvChecklist.page = vvChecklist.mount(form, panel, document.querySelector("h1").textContent.trim(), location.href.replace(/[?#].*/, ""));
});
