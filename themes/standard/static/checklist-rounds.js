// Rounds of a checklist: begin again after some weeks, see what moved, be reminded. Adds to `vvChecklist.more`.
(function () {
  "use strict";
  const lists = vvLists;
  const word = lists.word;
  const { make, button, field, ask, newId } = vvControls;

  /** Asks when the round begins and what goes with it. */
  async function newRound(page) {
    const start = make("input", { type: "date", value: lists.today(), required: true, max: "9999-12-31", id: newId() });
    const choices = [["who", true], ["note", false], ["irrelevant", true]].map(([name, checked]) => {
      const input = make("input", { type: "checkbox", checked: checked, id: newId() });
      return { name: name, input: input, row: make("p", { className: "check" }, input, make("label", { htmlFor: input.id, textContent: word("tick_take_" + name) })) };
    });
    const isFirst = !page.value;
    const fields = [field(word("tick_start"), start)].concat(isFirst ? [] : choices.map((choice) => choice.row));
    if (!await ask(word("tick_new_round"), isFirst ? [] : [word("tick_new_round_text")], [word("tick_begin"), word("tick_cancel")], fields)) return;
    const day = start.value;
    const takes = Object.fromEntries(choices.map((choice) => [choice.name, choice.input.checked]));
    page.change((old, value) => {
      if (isFirst) {
        old.start = day;
        return;
      }
      const items = {};
      page.list.items.forEach((item) => {
        const entry = lists.entryOf(old, item);
        if (!entry) return;
        const carried = { answer: "", relevant: !(takes.irrelevant && entry.relevant === false), note: takes.note ? entry.note || "" : "", who: takes.who ? entry.who || "" : "", due: "", t: lists.now(), text: item.text };
        if (lists.hasContent(carried)) items[item.id] = carried;
      });
      const last = value.rounds.reduce((most, round) => Math.max(most, Number((/^r(\d+)$/.exec(round.id) || [0, 0])[1])), value.rounds.length);
      old.end = day;
      value.active = "r" + (last + 1);
      value.rounds.push({ id: value.active, name: "", start: day, end: null, items: items });
    });
    page.announce(word("tick_round_begun", { name: page.value ? lists.roundName(page.value, page.round) : "" }));
  }

  const MARKS = { "done": "●", "yes": "●", "4": "●", "3": "◕", "partly": "◐", "2": "◔", "1": "○", "no": "○" };
  const RANKS = { "done": 1, "no": 1, "partly": 2, "yes": 3, "1": 1, "2": 2, "3": 3, "4": 4 };

  /** All rounds beside each other: a row for each item, words in every cell. */
  function fillEarlier(page, place) {
    const { list, value } = page;
    if (!value) return;
    const key = JSON.stringify(value.rounds) + page.isReadOnly;
    if (place.vvKey === key) return;
    place.vvKey = key;
    const rounds = value.rounds;
    const head = make("tr", {}, make("th", { scope: "col", textContent: word("tick_item") }));
    rounds.forEach((round) => head.append(make("th", { scope: "col" }, lists.roundName(value, round), make("br"), make("span", { className: "small", textContent: lists.showDay(round.start) }))));
    head.append(make("th", { scope: "col", textContent: word("tick_moved") }));
    const body = make("tbody", {});
    let group = null;
    list.items.forEach((item) => {
      if (item.group && item.group !== group) {
        group = item.group;
        body.append(make("tr", {}, make("th", { scope: "rowgroup", className: "table-group", colSpan: rounds.length + 2, textContent: group })));
      }
      body.append(compareRow(page, rounds, item.text, (round) => lists.entryOf(round, item)));
    });
    const gone = new Map();
    rounds.forEach((round) => lists.unknownIds(list, round).forEach((id) => gone.set(id, round.items[id].text || id)));
    if (gone.size) {
      body.append(make("tr", {}, make("th", { scope: "rowgroup", className: "table-group", colSpan: rounds.length + 2, textContent: word("tick_old_items") })));
      gone.forEach((text, id) => body.append(compareRow(page, rounds, text, (round) => round.items[id])));
    }
    const fields = list.fields.filter((found) => rounds.some((round) => round.fields && round.fields[found.id]));
    fields.forEach((found) => {
      const row = make("tr", {}, make("th", { scope: "row", textContent: found.label }));
      rounds.forEach((round) => {
        const text = (round.fields && round.fields[found.id]) || "";
        row.append(make("td", { className: "note", textContent: lists.isDay(text) ? lists.showDay(text) : text }));
      });
      row.append(make("td", {}));
      body.append(row);
    });
    const total = make("tr", {}, make("th", { scope: "row", textContent: word("tick_in_all") }));
    rounds.forEach((round) => total.append(make("td", { textContent: lists.progressText(lists.progress(list, round)) })));
    total.append(make("td", {}));
    body.append(total);
    const caption = make("caption", { id: newId(), textContent: word("tick_side_by_side", { title: list.title }) });
    const table = make("table", { className: "compare" }, caption, make("thead", {}, head), body);
    const frame = make("div", { className: "table-frame", tabIndex: 0, role: "region", "aria-labelledby": caption.id }, table);
    const removals = make("div", { className: "buttons" });
    if (!page.isReadOnly) rounds.filter((round) => round.id !== value.active).forEach((round) => {
      removals.append(button(word("tick_delete_round", { name: lists.roundName(value, round) }), () => removeRound(page, round), "text-button"));
    });
    place.replaceChildren(frame, removals);
  }

  function compareRow(page, rounds, text, entryOf) {
    const row = make("tr", {}, make("th", { scope: "row", textContent: text }));
    const entries = rounds.map(entryOf);
    entries.forEach((entry) => {
      const answer = entry && entry.relevant !== false && lists.isAnswered(page.list, entry) ? entry.answer : "";
      const mark = entry && entry.relevant === false ? "–" : MARKS[answer] || "○";
      const cell = make("td", {}, make("span", { className: "mark", "aria-hidden": "true", textContent: answer || page.list.answers === "done" || mark === "–" ? mark + " " : "" }), lists.answerWord(page.list.answers, entry));
      if (entry && entry.note) cell.append(make("p", { className: "small note", textContent: entry.note }));
      row.append(cell);
    });
    const change = moved(page.list, entries[entries.length - 2], entries[entries.length - 1]);
    const none = change ? [] : [make("span", { "aria-hidden": "true", textContent: "–" }), make("span", { className: "visually-hidden", textContent: word("tick_moved_none") })];
    row.append(make("td", {}, change, ...none));
    return row;
  }

  /** In words: forward, back or the same; empty where there is nothing to compare. */
  function moved(list, before, after) {
    if ([before, after].some((entry) => entry && entry.relevant === false)) return "";
    const rank = (entry) => lists.isAnswered(list, entry) ? RANKS[entry.answer] : 0;
    const [from, to] = [rank(before), rank(after)];
    if (list.answers !== "done" && (!from || !to)) return "";
    return word(to > from ? "tick_moved_forward" : to < from ? "tick_moved_back" : "tick_moved_same");
  }

  async function removeRound(page, round) {
    const name = lists.roundName(page.value, round);
    if (!await ask(word("tick_delete_round_ask", { name: name }), [word("tick_delete_round_text")], [word("tick_delete"), word("tick_keep")])) return;
    if (!lists.backUp(page.list.id)) return page.tell(word("tick_no_room"));
    page.change((_, value) => { value.rounds = value.rounds.filter((found) => found.id !== round.id); });
    page.announce(word("tick_deleted"));
    page.moreButton.focus();
  }

  /** An entry in the reader's calendar for the follow-up. */
  function calendar(page) {
    const round = page.round || lists.blank(page.list).rounds[0];
    const name = lists.fileName(page.list.id, "ics");
    lists.download(name, "text/calendar;charset=utf-8", lists.toCalendar(page.list, round, lists.followUp(page.list, round)));
    page.tell(word("tick_downloaded", { name: name }));
  }

  Object.assign(vvChecklist.more, { newRound: newRound, earlier: fillEarlier, calendar: calendar });
})();
