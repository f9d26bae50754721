// The overview of all checklists: how far each is, what is due, what it says of aspects and core elements, copies of
// everything, and files of several teams beside each other. What teams hand in is shown and never kept.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  const lists = vvLists;
  const { word, counted } = lists;
  const { make, button, field, discloser, ask, newId, fetchScripts } = vvControls;
  const place = document.getElementById("vv-my-lists");
  if (!place) return;

  /** Files are read and written by a script that is fetched when first needed. */
  const withFiles = (act) => (...rest) => fetchScripts(place.dataset.more).then(() => act(...rest), () => tell(word("tick_not_fetched")));

  const entries = Array.from(place.querySelectorAll("li[data-checklist]")).map((row) => {
    const link = row.querySelector("a");
    const parts = Array.from(row.querySelector("template").content.children);
    return lists.describe(row.dataset, parts, link.textContent.trim(), link.getAttribute("href"));
  });
  const known = new Map(entries.map((list) => [list.id, list]));

  const totals = make("p", { className: "lists-totals" });
  const notices = make("div", {});
  const status = make("p", { className: "visually-hidden", role: "status" });
  const overview = make("div", {});
  const dues = make("section", {});
  const across = make("section", {});
  const onePage = make("section", {});
  const copies = make("section", {});
  const teams = make("section", {});
  place.replaceChildren(totals, notices, status, overview, onePage, dues, across, copies, teams);

  const heading = (text) => make("h2", { textContent: text });
  const tell = (text) => { status.textContent = text; notices.replaceChildren(text ? make("p", { className: "list-notice", textContent: text }) : ""); };
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

  /** What is kept of every list, read anew. */
  function readAll() {
    const ids = Array.from(new Set(entries.map((list) => list.id).concat(lists.storedIds())));
    return ids.map((id) => {
      const found = lists.read(id);
      const list = known.get(id) || { id: id, title: id, url: "", answers: "done", items: [], repeat: null, fields: [], retired: [], isGone: true };
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
    const focused = document.activeElement && document.activeElement.dataset.sort;
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
      const name = row.list.url ? make("a", { textContent: row.list.title }) : make("span", { textContent: row.list.title });
      if (row.list.url) name.setAttribute("href", row.list.url);
      const first = [name];
      if (row.list.isGone) first.push(make("p", { className: "small muted", textContent: word("mine_gone") }));
      if (row.state === "broken") first.push(make("p", { className: "small late", textContent: word("tick_broken") }));
      if (row.state === "newer") first.push(make("p", { className: "small", textContent: word("tick_newer") }));
      const progress = row.list.isGone ? ["–"] : [lists.progressText(row.progress), bar(row.progress.done, row.progress.total, row.list.title)];
      const isLate = row.next && row.next < lists.today();
      return [first, progress, [roundText(row)].concat(row.follow && row.follow.state === "in" ? make("p", { className: "small now", textContent: word("mine_follow_up") }) : []),
        [row.next ? (isLate ? make("strong", { className: "late", textContent: word("tick_overdue", { date: lists.showDay(row.next) }) }) : lists.showDay(row.next)) : "–"],
        [row.value ? lists.showMoment(row.value.changed) || "–" : "–"]];
    });
    overview.replaceChildren(table(word("mine_caption"), heads, cells));
    const button2 = focused && overview.querySelector('[data-sort="' + focused + '"]');
    if (button2) button2.focus();
    overview.querySelectorAll("a").forEach(mend);
  }

  /** Links made here work from a folder too. */
  function mend(link) {
    if (location.protocol !== "file:") return;
    const href = link.getAttribute("href");
    const parts = /^([^#]*)(#.*)?$/.exec(href);
    if (parts[1].endsWith("/")) link.setAttribute("href", parts[1] + "index.html" + (parts[2] || ""));
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
    dues.replaceChildren(heading(word("mine_dues")));
    if (!found.length) {
      dues.append(make("p", { textContent: word("mine_no_dues") }));
      return;
    }
    const columns = ["mine_due", "tick_item", "mine_list", "tick_who"].map((key) => ({ title: word(key) }));
    const cells = found.map((due) => {
      const link = make("a", { textContent: due.item.text });
      link.setAttribute("href", due.row.list.url + "#vv-item-" + due.item.id);
      const day = lists.showDay(due.entry.due);
      const when = [make("strong", { className: "late", textContent: word("tick_overdue", { date: day }) }), day, day + " (" + lists.answerWord(due.row.list.answers, due.entry) + ")"][rank(due)];
      return [when, link, due.row.list.title, due.entry.who || "–"];
    });
    dues.append(table(word("mine_dues_caption"), columns, cells));
    dues.querySelectorAll("a").forEach(mend);
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
    across.replaceChildren();
    if (!groups.size) return;
    const cells = Array.from(groups, ([title, group]) => {
      const link = make("a", { textContent: title });
      link.setAttribute("href", group.url);
      return [link, word("tick_of", { n: group.done, count: group.total }), bar(group.done, group.total, title)];
    });
    across.append(heading(word("mine_across")), make("p", { textContent: word("mine_across_text") }),
      table(word("mine_across_caption"), ["mine_about", "mine_finished", "mine_share"].map((key) => ({ title: word(key) })), cells));
    across.querySelectorAll("a").forEach(mend);
  }

  // ---- Copies ----

  const result = make("div", { role: "status" });
  const sizes = make("div", {});

  function makeCopies() {
    const values = () => lists.storedIds().map((id) => lists.read(id).value).filter(Boolean);
    const whenAny = (act) => withFiles(() => {
      if (!values().length) return tell(word("tick_nothing_yet"));
      act(values());
      lists.noteExport();
    });
    const input = make("input", { type: "file", accept: ".json,.csv", multiple: true });
    input.addEventListener("change", withFiles(() => takeIn(Array.from(input.files), input)));
    copies.append(heading(word("mine_copies")), make("p", { textContent: word("mine_copies_text") }),
      make("div", { className: "buttons" },
        button(word("tick_json"), whenAny((all) => lists.download(lists.fileName(word("tick_all_name"), "json"), "application/json", lists.toJson(all)))),
        button(word("tick_csv"), whenAny((all) => lists.download(lists.fileName(word("tick_all_name"), "csv"), "text/csv;charset=utf-8",
          lists.toCsv(all.map((value) => ({ value: value, list: known.get(value.checklist) || { id: value.checklist, answers: "done", items: [] } })))))),
        button(word("tick_delete_all"), async () => {
          if (await ask(word("tick_delete_all_ask"), [word("tick_delete_all_text")], [word("tick_delete_all"), word("tick_keep")]) !== 0) return;
          lists.forgetAll();
          refresh();
          tell(word("tick_all_deleted"));
        })),
      field(word("tick_read_file_label"), input), result, sizes);
  }

  async function takeIn(files, input) {
    result.replaceChildren();
    const plans = [];
    for (const file of files) {
      const found = await lists.readFile(file);
      if (found.error) {
        result.append(make("p", { className: "late", textContent: found.error }));
        continue;
      }
      found.values.forEach((value) => {
        const list = known.get(value.checklist) || { id: value.checklist, title: value.checklist, answers: "done", items: [] };
        const plan = lists.compare(list, lists.read(list.id).value, value, found.isTable);
        plans.push({ list: list, value: value });
        result.append(make("p", { textContent: list.title + ": " + lists.compareText(plan) }));
      });
    }
    if (!plans.length) return;
    const take = (replaces) => () => {
      const isDone = plans.map((plan) => lists.takeIn(plan.list.id, plan.value, replaces)).every(Boolean);
      result.replaceChildren();
      input.value = "";
      refresh();
      tell(word(isDone ? "tick_taken_in" : "tick_not_taken_in"));
      input.focus();
    };
    result.append(make("div", { className: "buttons" }, button(word("tick_merge"), take(false), "button"), button(word("tick_replace"), take(true)),
      button(word("tick_cancel"), () => { result.replaceChildren(); input.value = ""; input.focus(); })));
  }

  function showSizes() {
    const found = lists.sizes();
    sizes.replaceChildren();
    if (!found.length) return;
    const bytes = found.reduce((sum, one) => sum + one.bytes, 0);
    const kilo = (size) => new Intl.NumberFormat(lists.language, { maximumFractionDigits: 1 }).format(size / 1024) + " kB";
    sizes.append(make("details", { className: "fold" }, make("summary", { textContent: word("mine_sizes", { size: kilo(bytes) }) }),
      make("ul", { className: "small keys" }, ...found.map((one) => make("li", { textContent: one.key + " – " + kilo(one.bytes) })))));
    if (lists.isMuch()) notices.append(make("p", { className: "list-notice", textContent: word("tick_much") }));
  }

  // ---- All lists on one page: for browsers that keep every page of a folder apart ----

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
          const link = make("a", { textContent: word("mine_own_page") });
          link.setAttribute("href", list.url);
          mend(link);
          content.append(panel, ...fieldsOf(list), make("p", { className: "small" }, link), form);
          vvChecklist.mount(form, panel, list.title, new URL(list.url, location.href).href.replace(/#.*/, "")).refreshers.push(refresh);
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

  /** @type {{name: string, values: Object[]}[]} */
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
        found.values.forEach((value) => values.set(value.checklist, values.has(value.checklist) ? lists.merge(values.get(value.checklist), value) : value));
        collected.push({ name: name, values: Array.from(values.values()) });
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

  /** The items with texts that look like the number of a person. */
  function hasNumbers(values) {
    const looks = (text) => /(^|\D)[0-3]\d[01]\d\d\d[- ]?\d{4}(\D|$)/.test(text || "");
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
    const rows = teamRows();
    const columns = [{ title: word("mine_list") }, { title: word("mine_round") }].concat(collected.map((team) => ({ title: team.name })));
    const cells = rows.map((row) => [row.title, row.round].concat(row.cells.map((cell) => {
      if (!cell) return "–";
      const told = [lists.progressText(cell.progress)];
      if (cell.open) told.push(make("p", { className: cell.late ? "small late" : "small", textContent: counted("mine_open", cell.open) + (cell.late ? ", " + counted("mine_late", cell.late) : "") }));
      return told;
    })));
    const names = make("div", { className: "field-row" }, ...collected.map((team) => {
      const input = make("input", { type: "text", value: team.name, maxLength: 60 });
      input.addEventListener("change", () => { team.name = input.value.trim() || team.name; showTeams(); });
      return field(word("mine_team_name", { name: team.name }), input);
    }));
    const made = table(word("mine_teams_caption", { n: collected.length }), columns, cells, "compare");
    const frame = make("div", { className: "table-frame", tabIndex: 0, role: "region", "aria-label": word("mine_teams") }, made);
    matrix.append(frame, make("details", { className: "fold" }, make("summary", { textContent: word("mine_team_names") }), names), make("div", { className: "buttons" },
      button(word("mine_teams_csv"), () => lists.download(lists.fileName("teams", "csv"), "text/csv;charset=utf-8", lists.table(teamTable(rows)))),
      button(word("mine_teams_clear"), () => { collected = []; faults.replaceChildren(); showTeams(); teams.querySelector("input").focus(); })));
  }

  function teamTable(rows) {
    const table = [["liste", "forloeb", "team", "besvaret", "punkter", "ikke_relevante", "aabne_frister", "overskredne_frister", "aendret"]];
    rows.forEach((row) => row.cells.forEach((cell, at) => {
      if (cell) table.push([row.title, row.round, collected[at].name, cell.progress.done, cell.progress.total, cell.progress.irrelevant, cell.open, cell.late, cell.changed]);
    }));
    return table;
  }

  // ---- ----

  /** From a folder some browsers keep every page apart: then nothing can be seen from here. */
  function showFolder() {
    const from = /^#from=(.+)$/.exec(location.hash);
    const isApart = location.protocol === "file:" && !lists.storedIds().length;
    if (isApart) notices.append(make("p", { className: "list-notice", textContent: word(from ? "mine_apart" : "mine_maybe_apart") }));
  }

  function refresh() {
    const rows = readAll();
    showTotals(rows);
    showOverview(rows);
    showDues(rows);
    showAcross(rows);
    showSizes();
  }

  makeOnePage();
  makeCopies();
  makeTeams();
  showFolder();
  refresh();
  addEventListener("storage", refresh);
  addEventListener("pageshow", (event) => { if (event.persisted) refresh(); });
});
