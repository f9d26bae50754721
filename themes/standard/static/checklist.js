// One checklist: ticks, answers, notes, progress, what is kept and what is not. What a reader asks for more seldom is in
// `checklist-rounds.js` and `checklist-files.js`: they are fetched when first needed and add to `vvChecklist.more`.
// The form works without this file; every control made here does something.
var vvChecklist = (function () {
  "use strict";
  const lists = vvLists;
  const { word, counted } = lists;

  const { make, button, field, discloser, ask, link, setText, later, newId, fetchScripts } = vvControls;
  /** What the scripts that are fetched later can do, by name; each gets the page first. @type {Object<string, Function>} */
  const more = {};

  /** Makes a form work. `panel` is the section, with a heading only, that tells of the whole list; fields stand beside it. */
  function mount(form, panel, title, url) {
    const scope = panel.parentElement;
    const listItems = Array.from(form.querySelectorAll(".item[data-item]"));
    listItems.forEach((li) => {
      const group = li.closest(".group");
      if (group) li.dataset.group = group.querySelector("legend").textContent.trim();
    });
    const inputs = Array.from(scope.querySelectorAll("[data-field]"));
    const retired = scope.querySelector("template.retired-items");
    const told = inputs.concat(retired ? Array.from(retired.content.children) : [], listItems);
    const list = lists.describe(Object.assign({}, form.dataset, panel.dataset), told, title, url);
    /** @type {Object} What all parts share: the list, what is kept of it, and the places they fill. */
    const page = { list: list, scope: scope, form: form, panel: panel, value: null, round: null, state: "empty", isReadOnly: false, refreshers: [] };

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

    /** Does what another script holds, and fetches that script before if need be. */
    page.call = (name, ...rest) => fetchScripts(panel.dataset.more).then(() => more[name](page, ...rest), () => page.tell(word("tick_not_fetched")));
    /** Says something where it is seen and heard. */
    page.tell = (text) => {
      page.notice("told", text);
      page.announce(text);
    };

    /** Lets `edit` change the active round (or the whole value) and shows the result. */
    page.change = (edit) => {
      page.undo = null;
      const isDone = lists.change(list, (value) => edit(lists.activeRound(value), value));
      page.refresh();
      return isDone;
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
      if (!found.value) page.undo = null;   // what was deleted for good does not come back
      page.refreshers.forEach((refresh) => refresh());
    };

    [noticesPart, progressPart, rowsPart, fieldsPart, whenPart, actionsPart, keptPart, filterPart].forEach((part) => {
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
      const told = counted(key, found.total, { done: word("tick_of", { n: found.done, count: found.total }) });
      setText(text, found.irrelevant ? told + " " + counted("tick_irrelevant", found.irrelevant) : told);
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

    const opener = discloser("", panel, "text-button item-button", () => { fields = fields || noteFields(page, item, panel); fields.refresh(); });
    opener.append(word("tick_notes"));
    opener.setAttribute("aria-label", word("tick_notes") + " " + word("tick_notes_to", { item: item.text }));
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
    return { item: item, li: li, refresh: refresh };
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
      const answer = entry.answer && lists.wordOf(String(entry.answer));
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
    const inputs = Array.from(page.scope.querySelectorAll("[data-field]"));
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
    let told = "";
    // What cannot be read is moved out of the way once, so that nothing is ever written over it.
    const first = lists.read(page.list.id);
    let broken = first.state === "broken" ? first.raw : null;
    if (broken !== null) lists.setAside(page.list.id);
    return () => {
      const isUnsaved = lists.isUnsaved();
      setText(where, word(isUnsaved ? "tick_not_kept" : page.value ? "tick_kept" : "tick_will_be_kept"));
      where.hidden = isUnsaved;
      if (page.state === "broken" && broken === null) broken = page.raw;
      const key = [isUnsaved, page.state, broken !== null, !!page.undo].join();
      if (key === told) return;
      told = key;
      page.notice("unsaved", isUnsaved ? word("tick_not_kept") : "");
      page.notice("newer", page.state === "newer" ? word("tick_newer") : "");
      const save = broken !== null && button(word("tick_get_raw"), () => page.call("raw", broken), "text-button");
      page.notice("broken", broken !== null ? word("tick_broken") : "", save || "");
      const restore = page.undo && button(word("tick_undo"), () => {
        const old = page.undo;
        if (!page.change((_, value) => lists.putBack(value, old))) return;
        page.announce(word("tick_undone"));
        page.panel.querySelector("button").focus();
      }, "text-button");
      page.notice("undo", page.undo ? word("tick_was_reset") : "", restore || "");
    };
  }

  /** Which round it is, and when it is to be followed up. On paper always, on the screen where rounds matter. */
  function whenPart(page) {
    const line = make("p", { hidden: true });
    const due = make("p", { hidden: true });
    page.when.append(line, due);
    return () => {
      const { list, value, round } = page;
      const follow = lists.followUp(list, round);
      const isTold = round && (list.repeat || value.rounds.length > 1);
      const words = round ? [lists.roundName(value, round), word("tick_began", { date: lists.showDay(round.start) })] : [];
      if (follow && follow.state === "before") words.push(word("tick_follow_up", { from: lists.showDay(follow.from), to: lists.showDay(follow.to) }));
      setText(line, round ? words.join(" · ") : list.repeat ? word("tick_not_begun") : "");
      line.className = round && !isTold ? "print-only" : "";
      setText(due, follow && follow.state !== "before" ? word(follow.state === "in" ? "tick_follow_up_now" : "tick_follow_up_late", { date: lists.showDay(follow.to) }) : "");
      due.className = follow && follow.state === "after" ? "late" : "now";
    };
  }

  /** The buttons above the list: those always seen, and the rest under «Mere». */
  function actionsPart(page) {
    const folds = [];
    const fold = (name, text) => {
      const place = page.open.appendChild(make("div", {}));
      folds.push({ name: name, place: place });
      return discloser(text, place, "small-button", () => page.call(name, place));
    };
    const menu = make("div", {});
    page.open.append(menu);
    page.moreButton = discloser(word("tick_more"), menu, "small-button more-button");
    page.actions.append(make("div", { className: "buttons" }, button(word("tick_print"), () => window.print()),
      fold("copies", word("tick_copy")), fold("share", word("tick_share")), page.moreButton));

    const showEarlier = fold("earlier", word("tick_earlier_rounds"));
    const begin = button(word("tick_new_round"), () => page.call("newRound"));
    const clear = button(word("tick_reset"), () => reset(page));
    const rest = [begin, showEarlier, fold("read", word("tick_read_file")), button(word("tick_copy_as_text"), () => page.call("copyText"))];
    if (page.list.repeat) rest.push(button(word("tick_calendar"), () => page.call("calendar")));
    menu.append(make("ul", { className: "buttons actions" }, ...rest.concat(clear).map((made) => make("li", {}, made))));
    return () => {
      const isAlone = !page.value || page.value.rounds.length < 2;
      showEarlier.parentElement.hidden = isAlone;
      if (isAlone) showEarlier.close();
      folds.forEach(({ name, place }) => { if (!place.hidden) page.call(name, place); });
      begin.disabled = page.isReadOnly;
      clear.disabled = page.isReadOnly;
    };
  }

  /** Where the answers are, the way to the overview, a reminder to get a copy, and a colleague's link. */
  function keptPart(page) {
    const where = page.open.appendChild(make("div", {}));
    page.kept.append(discloser(word("tick_where"), where, "text-button", () => page.call("where", where)));
    if (page.panel.dataset.overview) {
      // From a folder some browsers keep each page's answers apart; the overview then says so.
      const from = location.protocol === "file:" ? "#from=" + encodeURIComponent(page.list.id) : "";
      page.kept.append(" ", link(word("tick_overview"), page.panel.dataset.overview + from));
    }
    const look = () => { if (location.hash.startsWith("#share=")) page.call("incoming"); };
    addEventListener("hashchange", look);
    look();
    // Looking through all that is kept takes a while: not while somebody ticks.
    const weigh = later(() => page.notice("much", lists.isMuch(lists.sizes()) ? word("tick_much") : ""), 2000);
    return () => {
      if (page.value) weigh.start();
      const late = page.value && lists.weeksWithoutCopy();
      page.notice("reminder", late ? counted(late.isFirst ? "tick_no_copy_weeks" : "tick_weeks_since_copy", late.weeks) : "");
    };
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
    if (!await ask(what, [], [word("tick_reset"), word("tick_keep")])) return;
    if (!lists.backUp(page.list.id)) return page.tell(word("tick_no_room"));
    let before = null;
    const known = lists.knownIds(page.list);
    const isDone = page.change((round) => {
      before = structuredClone(round);
      Object.keys(round.items).forEach((id) => { if (known.has(id)) delete round.items[id]; });
      if (round.fields) round.fields = {};
    });
    if (!isDone) return;
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
    page.panel.append(group);
    return null;
  }

  return { more, mount };
})();

document.addEventListener("DOMContentLoaded", function () {
  const form = document.getElementById("vv-checklist");
  const panel = document.getElementById("vv-list");
  if (form && panel) vvChecklist.page = vvChecklist.mount(form, panel, document.querySelector("h1").textContent.trim(), location.href.replace(/[?#].*/, ""));
});
