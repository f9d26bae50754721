// The overview of all checklists: how far each is, what is due, what it says of aspects and core elements, copies of
// everything, and files of several teams beside each other. What teams hand in is shown and never kept.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  const lists = vvLists;
  const { word, counted } = lists;
  const { make, button, field, discloser, deleteButton, link, setText, newId, fetchScripts } = vvControls;
  const place = document.getElementById("vv-my-lists");
  if (!place) return;

  /** Files are read and written by a script that is fetched when first needed. */
  const withFiles = (act) => (...rest) => fetchScripts(place.dataset.more).then(() => act(...rest), () => tell(word("tick_not_fetched")));

  const entries = Array.from(/** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("li[data-checklist]"))).map((row) => {
    const name = row.querySelector("a");
    const parts = Array.from(row.querySelector("template").content.children);
    return lists.describe(row.dataset, parts, name.textContent.trim(), name.getAttribute("href"));
  });
  const known = new Map(entries.map((list) => [list.id, list]));
  /** A list by its id; of one that this edition does not have, the id is all that is known. */
  const listOf = (id) => known.get(id) || { id: id, title: id, url: "", answers: "", items: [], repeat: null, fields: [], retired: [], isGone: true };

  const totals = make("p", { className: "lists-totals" });
  const notices = make("div", {});
  const notice = () => notices.appendChild(make("p", { className: "list-notice", hidden: true }));
  const [told, unsaved, much, apart] = [notice(), notice(), notice(), notice()];
  const status = make("p", { className: "visually-hidden", role: "status" });
  const overview = make("div", {});
  const dues = make("section", {});
  const across = make("section", {});
  const onePage = make("section", {});
  const copies = make("section", {});
  const teams = make("section", {});
  place.replaceChildren(totals, notices, status, overview, onePage, dues, across, copies, teams);

  const heading = (text) => make("h2", { textContent: text });
  const tell = (text) => { status.textContent = text; setText(told, text); };
  const bar = (done, total, name) => make("progress", { max: total || 1, value: done, "aria-label": name });

  /** A table that keeps its roles when a narrow screen shows its rows as cards. */
  function table(caption, columns, rows, className) {
    const head = make("tr", { role: "row" }, ...columns.map((column) => column.head || make("th", { role: "columnheader", scope: "col", textContent: column.title })));
    const body = make("tbody", { role: "rowgroup" }, ...rows.map((cells) => make("tr", { role: "row" }, ...cells.map((cell, at) => {
      const made = at === 0 ? make("th", { role: "rowheader", scope: "row" }) : make("td", { role: "cell" });
      made.dataset.label = columns[at].title;
      made.append(...[].concat(cell));
      return made;
    }))));
    return make("table", { className: className || "cards-table", role: "table" }, make("caption", { textContent: caption }), make("thead", { role: "rowgroup" }, head), body);
  }

  /** Draws a part anew. The focus stays on the link or the button it is on. */
  function draw(part, ...content) {
    const name = (control) => control.getAttribute("href") || control.dataset.sort;
    const focused = part.contains(document.activeElement) && name(document.activeElement);
    part.replaceChildren(...content);
    const again = focused && Array.from(part.querySelectorAll("a, button")).find((control) => name(control) === focused);
    if (again) again.focus();
  }

  /** What is kept of every list, read anew. */
  function readAll() {
    const ids = Array.from(new Set(entries.map((list) => list.id).concat(lists.storedIds())));
    return ids.map((id) => {
      const found = lists.read(id);
      const list = listOf(id);
      const round = lists.activeRound(found.value);
      const progress = lists.progress(list, round);
      const open = !round ? [] : list.items.map((item) => ({ item: item, entry: lists.entryOf(round, item) }))
        .filter((found) => found.entry && lists.isDay(found.entry.due) && found.entry.relevant !== false);
      const waiting = open.filter((found) => !lists.isFinished(list, found.entry)).map((found) => found.entry.due).sort();
      const follow = round && lists.followUp(list, round);
      return { list: list, value: found.value, state: found.state, round: round, progress: progress, dues: open, next: waiting[0] || "", follow: follow };
    });
  }

  function roundText(row) {
    if (!row.round) return word("mine_not_begun");
    const number = row.value.rounds.indexOf(row.round) + 1;
    if (!row.follow || row.list.repeat.unit === "days") return String(number);
    const days = Math.max(0, lists.daysBetween(row.round.start, lists.today()));
    const { min, max, unit } = row.list.repeat;
    const n = unit === "weeks" ? Math.floor(days / 7) + 1 : Math.floor(days / 30.44) + 1;
    return word(unit === "weeks" ? "mine_week" : "mine_month", { round: number, n: n, min: min, max: max });
  }

  // ---- The lists ----

  const text = new Intl.Collator(lists.language);
  const columns = [
    { key: "title", title: word("mine_list"), value: (row) => row.list.title },
    { key: "progress", title: word("mine_progress"), value: (row) => row.progress.total ? row.progress.done / row.progress.total : 0 },
    { key: "round", title: word("mine_round"), value: (row) => row.round ? row.value.rounds.length : 0 },
    { key: "due", title: word("mine_next_due"), value: (row) => row.next || "9999" },
    { key: "changed", title: word("mine_changed"), value: (row) => (row.value && row.value.changed) || "" },
  ];
  let sorted = { key: "", isDown: false };

  function showOverview(rows) {
    const column = columns.find((found) => found.key === sorted.key);
    const order = rows.slice();
    if (column) {
      const compare = (a, b) => column.key === "title" ? text.compare(column.value(a), column.value(b)) : column.value(a) < column.value(b) ? -1 : column.value(a) > column.value(b) ? 1 : 0;
      order.sort((a, b) => (sorted.isDown ? -1 : 1) * compare(a, b));
    }
    const heads = columns.map((found) => {
      const isSorted = found.key === sorted.key;
      const sort = button(found.title, () => {
        sorted = { key: found.key, isDown: isSorted && !sorted.isDown };
        showOverview(readAll());
        status.textContent = word(sorted.isDown ? "mine_sorted_down" : "mine_sorted_up", { column: found.title });
      }, "sort-button");
      sort.dataset.sort = found.key;
      sort.append(make("span", { "aria-hidden": "true", textContent: isSorted ? (sorted.isDown ? " ▼" : " ▲") : " ↕" }));
      const head = make("th", { role: "columnheader", scope: "col" }, sort);
      if (isSorted) head.setAttribute("aria-sort", sorted.isDown ? "descending" : "ascending");
      return { title: found.title, head: head };
    });
    const cells = order.map((row) => {
      const first = [row.list.url ? link(row.list.title, row.list.url) : make("span", { textContent: row.list.title })];
      if (row.list.isGone) first.push(make("p", { className: "small muted", textContent: word("mine_gone") }));
      if (row.state === "broken") first.push(make("p", { className: "small late", textContent: word("tick_broken") }));
      if (row.state === "newer") first.push(make("p", { className: "small", textContent: word("tick_newer") }));
      const progress = row.list.isGone ? ["–"] : [lists.progressText(row.progress), bar(row.progress.done, row.progress.total, row.list.title)];
      const isLate = row.next && row.next < lists.today();
      return [first, progress, [roundText(row)].concat(row.follow && row.follow.state === "in" ? make("p", { className: "small now", textContent: word("mine_follow_up") }) : []),
        [row.next ? (isLate ? make("strong", { className: "late", textContent: word("tick_overdue", { date: lists.showDay(row.next) }) }) : lists.showDay(row.next)) : "–"],
        [row.value ? lists.showMoment(row.value.changed) || "–" : "–"]];
    });
    draw(overview, table(word("mine_caption"), heads, cells));
  }

  function showTotals(rows) {
    const counting = rows.filter((row) => !row.list.isGone);
    const begun = counting.filter((row) => row.round).length;
    const done = counting.reduce((sum, row) => sum + row.progress.done, 0);
    const all = counting.reduce((sum, row) => sum + row.progress.total, 0);
    const late = counting.reduce((sum, row) => sum + row.dues.filter((found) => lists.isOverdue(row.list, found.entry)).length, 0);
    totals.textContent = [word("mine_begun", { n: begun, count: counting.length }), word("mine_done", { n: done, count: all }), counted("mine_late", late)].join(" · ");
  }

  // ---- What is due ----

  function showDues(rows) {
    const found = rows.flatMap((row) => row.dues.map((due) => Object.assign({ row: row }, due)));
    const rank = (due) => lists.isFinished(due.row.list, due.entry) ? 2 : lists.isOverdue(due.row.list, due.entry) ? 0 : 1;
    found.sort((a, b) => rank(a) - rank(b) || a.entry.due.localeCompare(b.entry.due));
    if (!found.length) return draw(dues, heading(word("mine_dues")), make("p", { textContent: word("mine_no_dues") }));
    const columns = ["mine_due", "tick_item", "mine_list", "tick_who"].map((key) => ({ title: word(key) }));
    const cells = found.map((due) => {
      const day = lists.showDay(due.entry.due);
      const when = [make("strong", { className: "late", textContent: word("tick_overdue", { date: day }) }), day, day + " (" + lists.answerWord(due.row.list.answers, due.entry) + ")"][rank(due)];
      return [when, link(due.item.text, due.row.list.url + "#vv-item-" + due.item.id), due.row.list.title, due.entry.who || "–"];
    });
    draw(dues, heading(word("mine_dues")), table(word("mine_dues_caption"), columns, cells));
  }

  // ---- Across lists ----

  function showAcross(rows) {
    const groups = new Map();
    rows.forEach((row) => row.list.items.forEach((item) => {
      if (!item.about) return;
      const group = groups.get(item.about) || { url: item.aboutUrl, done: 0, total: 0 };
      groups.set(item.about, group);
      const entry = lists.entryOf(row.round, item);
      if (entry && entry.relevant === false) return;
      group.total += 1;
      group.done += lists.isFinished(row.list, entry) ? 1 : 0;
    }));
    if (!groups.size) return;
    const cells = Array.from(groups, ([title, group]) =>
      [link(title, group.url), word("tick_of", { n: group.done, count: group.total }), bar(group.done, group.total, title)]);
    draw(across, heading(word("mine_across")), make("p", { textContent: word("mine_across_text") }),
      table(word("mine_across_caption"), ["mine_about", "mine_finished", "mine_share"].map((key) => ({ title: word(key) })), cells));
  }

  // ---- Copies ----

  const result = make("div", { role: "status" });
  const sizes = make("details", { className: "fold", hidden: true }, make("summary", {}), make("ul", { className: "small keys" }));

  function makeCopies() {
    const save = (ending) => withFiles(() => {
      const name = lists.saveAll(listOf, ending);
      tell(name ? word("tick_downloaded", { name: name }) : word("tick_nothing_yet"));
    });
    const input = make("input", { type: "file", accept: ".json,.csv", multiple: true });
    input.addEventListener("change", withFiles(() => takeIn(Array.from(input.files), input)));
    copies.append(heading(word("mine_copies")), make("p", { textContent: word("mine_copies_text") }),
      make("div", { className: "buttons" }, button(word("tick_json"), save("json")), button(word("tick_csv"), save("csv")), deleteButton((text) => {
        refresh();
        tell(text);
      })),
      field(word("tick_read_file_label"), input), result, sizes);
  }

  /** Adds values to those there are, by list. Notes are joined where they are to be kept. */
  const join = (values, more, joins) => more.forEach((value) => {
    const own = values.get(value.checklist);
    values.set(value.checklist, own ? lists.merge(own, value, joins) : value);
  });

  async function takeIn(files, input) {
    result.replaceChildren();
    const values = new Map();
    for (const file of files) {
      const found = await lists.readFile(file);
      if (found.error) {
        result.append(make("p", { className: "late", textContent: found.error }));
        continue;
      }
      join(values, found.values, true);
    }
    values.forEach((value, id) => {
      const list = listOf(id);
      result.append(make("p", { textContent: list.title + ": " + lists.compareText(lists.compare(list, lists.read(id).value, value)) }));
    });
    if (!values.size) return;
    const take = (replaces) => () => {
      const isDone = Array.from(values, ([id, value]) => lists.takeIn(id, value, replaces)).every(Boolean);
      result.replaceChildren();
      input.value = "";
      refresh();
      tell(word(isDone ? "tick_taken_in" : "tick_not_taken_in"));
      input.focus();
    };
    result.append(make("div", { className: "buttons" }, button(word("tick_merge"), take(false), "button"), button(word("tick_replace"), take(true)),
      button(word("tick_cancel"), () => { result.replaceChildren(); input.value = ""; input.focus(); })));
  }

  /** How much is kept, and what could not be. */
  function showStore() {
    const found = lists.sizes();
    const bytes = found.reduce((sum, one) => sum + one.bytes, 0);
    const kilo = (size) => new Intl.NumberFormat(lists.language, { maximumFractionDigits: 1 }).format(size / 1024) + " kB";
    sizes.hidden = !found.length;
    sizes.firstChild.textContent = word("mine_sizes", { size: kilo(bytes) });
    sizes.lastChild.replaceChildren(...found.map((one) => make("li", { textContent: one.key + " – " + kilo(one.bytes) })));
    setText(much, lists.isMuch(found) ? word("tick_much") : "");
    setText(unsaved, lists.isUnsaved() ? word("tick_not_kept") : "");
  }

  // ---- All lists on one page: for browsers that keep every page of a folder apart ----

  /** The lists that are answered here. */
  const pages = [];

  function makeOnePage() {
    if (location.protocol !== "file:") return;
    onePage.append(heading(word("mine_one_page")), make("p", { textContent: word("mine_one_page_text") }));
    entries.forEach((list) => {
      const content = make("div", { className: "one-list" });
      let mounted = null;
      onePage.append(discloser(list.title, content, "small-button list-opener", () => {
        mounted = mounted || fetchScripts(place.dataset.checklistJs).then(() => {
          const panel = make("section", { className: "list-panel" }, make("h3", { textContent: word("tick_panel") }));
          panel.dataset.more = place.dataset.checklistMore;
          const form = formOf(list);
          content.append(panel, ...fieldsOf(list), make("p", { className: "small" }, link(word("mine_own_page"), list.url)), form);
          const page = vvChecklist.mount(form, panel, list.title, new URL(list.url, location.href).href.replace(/#.*/, ""));
          page.refreshers.push(show);
          pages.push(page);
        }, () => tell(word("tick_not_fetched")));
      }), content);
    });
  }

  function fieldsOf(list) {
    if (!list.fields.length) return [];
    const fields = list.fields.map((found) => {
      const input = make("input", { type: found.type === "date" ? "date" : "text", maxLength: 500, autocomplete: "off" });
      Object.assign(input.dataset, { field: found.id, type: found.type, label: found.label });
      return field(found.label, input);
    });
    return [make("div", { className: "list-fields" }, ...fields)];
  }

  /** The list as its own page has it, without help texts. */
  function formOf(list) {
    const form = make("form", { className: "checklist", autocomplete: "off" });
    Object.assign(form.dataset, { checklist: list.id, answers: list.answers, version: list.edition });
    if (list.repeat) form.dataset.repeat = [list.repeat.min, list.repeat.max, list.repeat.unit].join(" ");
    let group = null;
    let rows = null;
    list.items.forEach((item) => {
      if (item.group !== group || !rows) {
        group = item.group;
        rows = make("ul", { className: "task-list" });
        form.append(group ? make("fieldset", { className: "group" }, make("legend", {}, make("strong", { textContent: group })), rows) : rows);
      }
      const row = make("li", { className: "item" });
      Object.assign(row.dataset, { item: item.id, was: item.was.join(" ") });
      if (list.answers === "done") {
        const input = make("input", { type: "checkbox", id: newId() });
        row.append(input, make("label", { htmlFor: input.id, textContent: item.text }));
      } else {
        const answers = make("fieldset", { className: "answers" }, make("legend", { textContent: item.text }));
        const name = newId();
        lists.CHOICES[list.answers].forEach((answer) => {
          const input = make("input", { type: "radio", name: name, value: answer, id: newId() });
          answers.append(make("span", { className: "answer" }, input, make("label", { htmlFor: input.id, textContent: lists.answerWord(list.answers, { answer: answer }) })));
        });
        row.append(answers);
      }
      rows.append(row);
    });
    return form;
  }

  // ---- Files of several teams ----

  /** @type {{file: string, name: string, values: Object[]}[]} */
  let collected = [];
  const matrix = make("div", {});
  const faults = make("div", { role: "status" });

  function makeTeams() {
    const input = make("input", { type: "file", accept: ".json", multiple: true });
    input.addEventListener("change", withFiles(async () => {
      faults.replaceChildren();
      for (const file of Array.from(input.files)) {
        const found = await lists.readFile(file);
        if (found.error) {
          faults.append(make("p", { className: "late", textContent: found.error }));
          continue;
        }
        const name = file.name.replace(/\.(json|csv)$/i, "");
        const values = new Map();
        join(values, found.values, false);
        collected.push({ file: name, name: name, values: Array.from(values.values()) });
        const strange = Array.from(values.keys()).filter((id) => !known.has(id));
        if (strange.length) faults.append(make("p", { className: "list-notice", textContent: word("mine_unknown", { name: file.name, lists: strange.join(", ") }) }));
        const numbers = hasNumbers(found.values);
        if (numbers.length) faults.append(make("p", { className: "list-notice", textContent: word("mine_cpr", { name: file.name, where: numbers.join(", ") }) }));
      }
      collected.sort((a, b) => text.compare(a.name, b.name));
      input.value = "";
      showTeams();
    }));
    teams.append(heading(word("mine_teams")), make("p", { textContent: word("mine_teams_text") }), field(word("mine_teams_label"), input), faults, matrix);
  }

  // Six digits, a hyphen and four; without a hyphen the six are a day and a month, and numbers given for a time have 60 more in the day.
  const NUMBER = /(^|\D)(\d{6}[-\u2011\u2013]|([06][1-9]|[1278]\d|[39][01])(0[1-9]|1[0-2])\d\d[ \u00a0]?)\d{4}(?!\d)/;

  /** The items with texts that look like the number of a person. */
  function hasNumbers(values) {
    const looks = (text) => NUMBER.test(text || "");
    const found = new Set();
    values.forEach((value) => value.rounds.forEach((round) => {
      Object.keys(round.items).forEach((id) => { if (looks(round.items[id].note) || looks(round.items[id].who)) found.add(id); });
      Object.keys(round.fields || {}).forEach((id) => { if (looks(round.fields[id])) found.add(id); });
    }));
    return Array.from(found);
  }

  function teamRows() {
    const rows = [];
    const ids = Array.from(new Set(collected.flatMap((team) => team.values.map((value) => value.checklist)))).filter((id) => known.has(id));
    ids.forEach((id) => {
      const list = known.get(id);
      const most = Math.max(...collected.map((team) => { const value = team.values.find((found) => found.checklist === id); return value ? value.rounds.length : 0; }));
      for (let at = 0; at < most; at += 1) {
        rows.push({ id: id, title: list.title, round: word("tick_round", { n: at + 1 }), cells: collected.map((team) => {
          const value = team.values.find((found) => found.checklist === id);
          const round = value && value.rounds[at];
          if (!round) return null;
          const open = list.items.map((item) => lists.entryOf(round, item)).filter((entry) => entry && lists.isDay(entry.due) && entry.relevant !== false && !lists.isFinished(list, entry));
          return { progress: lists.progress(list, round), open: open.length, late: open.filter((entry) => lists.isOverdue(list, entry)).length, changed: value.changed };
        }) });
      }
    });
    return rows;
  }

  function showTeams() {
    matrix.replaceChildren();
    if (!collected.length) return;
    const frame = make("div", { className: "table-frame", tabIndex: 0, role: "region", "aria-label": word("mine_teams") }, teamTable());
    const names = make("div", { className: "field-row" }, ...collected.map((team) => {
      const input = make("input", { type: "text", value: team.name, maxLength: 60 });
      input.addEventListener("change", () => {
        team.name = input.value.trim() || team.name;
        frame.replaceChildren(teamTable());
      });
      return field(word("mine_team_name", { name: team.file }), input);
    }));
    matrix.append(frame, make("details", { className: "fold" }, make("summary", { textContent: word("mine_team_names") }), names), make("div", { className: "buttons" },
      button(word("mine_teams_csv"), () => lists.download(lists.fileName("teams", "csv"), "text/csv;charset=utf-8", lists.table(teamSheet()))),
      button(word("mine_teams_clear"), () => { collected = []; faults.replaceChildren(); showTeams(); teams.querySelector("input").focus(); })));
  }

  function teamTable() {
    const columns = [{ title: word("mine_list") }, { title: word("mine_round") }].concat(collected.map((team) => ({ title: team.name })));
    const cells = teamRows().map((row) => [row.title, row.round].concat(row.cells.map((cell) => {
      if (!cell) return "–";
      const told = [lists.progressText(cell.progress)];
      if (cell.open) told.push(make("p", { className: cell.late ? "small late" : "small", textContent: counted("mine_open", cell.open) + (cell.late ? ", " + counted("mine_late", cell.late) : "") }));
      return told;
    })));
    return table(word("mine_teams_caption", { n: collected.length }), columns, cells, "compare");
  }

  function teamSheet() {
    const table = [["liste", "forloeb", "team", "besvaret", "punkter", "ikke_relevante", "aabne_frister", "overskredne_frister", "aendret"]];
    teamRows().forEach((row) => row.cells.forEach((cell, at) => {
      if (cell) table.push([row.title, row.round, collected[at].name, cell.progress.done, cell.progress.total, cell.progress.irrelevant, cell.open, cell.late, cell.changed]);
    }));
    return table;
  }

  // ---- ----

  /** From a folder some browsers keep every page apart: then nothing can be seen from here. */
  function showFolder() {
    const from = /^#from=(.+)$/.exec(location.hash);
    const isApart = location.protocol === "file:" && !lists.storedIds().length;
    setText(apart, isApart ? word(from ? "mine_apart" : "mine_maybe_apart") : "");
  }

  function show() {
    const rows = readAll();
    showTotals(rows);
    showOverview(rows);
    showDues(rows);
    showAcross(rows);
    showStore();
  }

  /** After something was changed from here: the lists that are answered here show it too. */
  function refresh() {
    show();
    pages.forEach((page) => page.refresh());
  }

  makeOnePage();
  makeCopies();
  makeTeams();
  showFolder();
  show();
  addEventListener("storage", show);
  addEventListener("pageshow", (event) => { if (event.persisted) show(); });
});
