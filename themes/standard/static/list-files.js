// Files of checklists: JSON, spreadsheets, calendar entries, plain text and share links. Adds to `vvLists`.
// Everything read from a file is treated as text and checked; nothing is stored here.
(function () {
  "use strict";
  const lists = vvLists;
  const word = lists.word;
  const HEADER = ["liste", "forloeb", "gruppe", "id", "punkt", "status", "note", "ansvarlig", "frist", "aendret"];
  const LONGEST_LINK = 1800;

  // ---- Out ----

  /** Hands a file to the reader. */
  lists.download = function (name, type, text) {
    const link = document.createElement("a");
    const url = URL.createObjectURL(new Blob([text], { type: type }));
    link.href = url;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
  };

  lists.fileName = (id, ending) => word("tick_file_name") + "-" + id.replace(/[^a-z0-9-]+/g, "-") + "-" + lists.today() + "." + ending;

  /** One list as it is kept, or several as a collection. */
  lists.toJson = (values) => JSON.stringify(values.length === 1 ? values[0] : { format: lists.COLLECTION, version: lists.VERSION, site: lists.site, checklists: values }, null, 2) + "\n";

  // A spreadsheet would run what begins like a formula.
  const guard = (text) => /^'*[=+\-@\t\r]/.test(text) ? "'" + text : text;
  const unguard = (text) => /^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text;
  const cell = (text) => '"' + guard(String(text === null || text === undefined ? "" : text)).replace(/"/g, '""') + '"';

  /** A table as spreadsheets in Danish read it: mark of UTF-8, semicolons, CRLF, every cell quoted. */
  lists.table = (rows) => "\ufeff" + rows.map((row) => row.map(cell).join(";") + "\r\n").join("");

  /** Hands out lists with what is kept of them, as `json` or `csv`, and remembers that there is a copy. Gives the file's name. */
  lists.save = function (name, pairs, ending) {
    const file = lists.fileName(name, ending);
    if (ending === "csv") lists.download(file, "text/csv;charset=utf-8", lists.toCsv(pairs));
    else lists.download(file, "application/json", lists.toJson(pairs.map((pair) => pair.value)));
    lists.noteExport();
    return file;
  };

  /** Everything that is kept, as `save` does it; `listOf` knows the lists. Empty where there is nothing. */
  lists.saveAll = function (listOf, ending) {
    const pairs = lists.storedIds().map((id) => ({ list: listOf(id), value: lists.read(id).value })).filter((pair) => pair.value);
    return pairs.length ? lists.save(word("tick_all_name"), pairs, ending) : "";
  };

  /** One row for each item and round; items of other editions last. */
  lists.toCsv = function (pairs) {
    const rows = [HEADER];
    pairs.forEach(({ list, value }) => value.rounds.forEach((round) => {
      const known = list.items.map((item) => [item.group, item.id, item.text, lists.entryOf(round, item) || {}]);
      const others = lists.unknownIds(list, round).map((id) => ["", id, round.items[id].text || id, round.items[id]]);
      known.concat(others).forEach(([group, id, text, entry]) => rows.push([
        list.id, lists.roundName(value, round), group, id, text, lists.answerWord(entry.answer ? "" : list.answers, entry),
        entry.note, entry.who, entry.due, entry.t,
      ]));
    }));
    return lists.table(rows);
  };

  /** For a mail: title, progress, one line for each item. */
  lists.toText = function (list, value, round) {
    const lines = [list.title, lists.progressText(lists.progress(list, round))];
    if (value && value.rounds.length > 1) lines[0] += " – " + lists.roundName(value, round);
    let group = "";
    list.items.forEach((item) => {
      const entry = lists.entryOf(round, item) || {};
      if (item.group !== group) lines.push("", group = item.group);
      const mark = list.answers === "done" && entry.relevant !== false ? (entry.answer === "done" ? "☑ " : "☐ ") : "";
      const told = mark ? "" : " – " + lists.answerWord(list.answers, entry);
      const details = [entry.who && word("tick_who") + ": " + entry.who, lists.isDay(entry.due) && word("tick_due") + ": " + lists.showDay(entry.due)].filter(Boolean);
      lines.push(mark + item.text + told + (details.length ? " (" + details.join(", ") + ")" : ""));
    });
    return lines.join("\n") + "\n";
  };

  /** An all-day entry on the first day of the follow-up window, without anybody invited. */
  lists.toCalendar = function (list, round, follow) {
    const stamp = (day) => day.replace(/-/g, "");
    const escape = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
    const address = /^https?:/.test(list.url) ? list.url : "";
    const lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//vejviser//checklist//" + lists.language.toUpperCase(), "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
      "BEGIN:VEVENT", "UID:" + list.id.replace(/[^a-z0-9-]/g, "-") + "-" + round.id + "-" + stamp(follow.from) + "@" + lists.site,
      "DTSTAMP:" + lists.now().replace(/[-:]/g, ""),
      "DTSTART;VALUE=DATE:" + stamp(follow.from), "DTEND;VALUE=DATE:" + stamp(lists.addTo(follow.from, 1, "days")),
      "SUMMARY:" + escape(word("tick_calendar_title", { title: list.title })),
      "DESCRIPTION:" + escape(word("tick_calendar_text", { date: lists.showDay(follow.to) }) + (address ? "\n" + address : "")),
    ];
    if (address) lines.push("URL:" + address);
    lines.push("TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR");
    return lines.map(fold).join("\r\n") + "\r\n";
  };

  /** Lines of a calendar hold 75 bytes; what is longer goes on behind a blank. */
  function fold(line) {
    const folded = [];
    let part = "";
    let size = 0;
    for (const letter of line) {
      const bytes = new TextEncoder().encode(letter).length;
      if (size + bytes > 74) {
        folded.push(part);
        part = "";
        size = 1;
      }
      part += letter;
      size += bytes;
    }
    return folded.concat(part).join("\r\n ");
  }

  // ---- Share links: ids of done and not-relevant items, no notes and no names ----

  lists.shareLink = function (list, round) {
    const shared = { s: lists.site, c: list.id, d: [], n: [], a: {} };
    list.items.forEach((item) => {
      const entry = lists.entryOf(round, item);
      if (!entry) return;
      if (entry.relevant === false) shared.n.push(item.id);
      else if (entry.answer === "done") shared.d.push(item.id);
      else if (lists.isAnswered(list, entry)) shared.a[item.id] = entry.answer;
    });
    const bytes = new TextEncoder().encode(JSON.stringify(shared));
    const text = btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
    const link = list.url + "#share=" + text;
    return link.length <= LONGEST_LINK ? link : null;
  };

  /** What an address shares of this list, as entries by item; `null` when it shares nothing of it. */
  lists.shared = function (list, hash) {
    const found = /^#share=([\w-]{1,2400})$/.exec(hash);
    if (!found) return null;
    let told;
    try {
      const bytes = Uint8Array.from(atob(found[1].replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
      told = JSON.parse(new TextDecoder().decode(bytes));
    } catch (_) {
      return null;
    }
    if (!lists.isObject(told) || told.s !== lists.site || told.c !== list.id) return null;
    const entries = new Map();
    const ids = (value) => Array.isArray(value) ? value : [];
    const answers = lists.isObject(told.a) ? told.a : {};
    list.items.forEach((item) => {
      const names = [item.id].concat(item.was);
      const answer = names.map((name) => answers[name]).find((value) => lists.CHOICES[list.answers].includes(value));
      if (names.some((name) => ids(told.n).includes(name))) entries.set(item, { answer: "", relevant: false });
      else if (list.answers === "done" && names.some((name) => ids(told.d).includes(name))) entries.set(item, { answer: "done", relevant: true });
      else if (answer) entries.set(item, { answer: answer, relevant: true });
    });
    return entries;
  };

  // ---- In ----

  /**
   * Reads a file of the reader's: `values`, or `error` with a text that says what was expected.
   * @param {File} file
   */
  lists.readFile = async function (file) {
    if (file.size > lists.LARGEST_FILE) return { error: word("tick_file_too_large", { name: file.name }) };
    let text;
    try {
      const bytes = await file.arrayBuffer();
      try {
        text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      } catch (_) {
        text = new TextDecoder("windows-1252").decode(bytes);   // as older spreadsheets save
      }
    } catch (_) {
      return { error: word("tick_file_unreadable", { name: file.name }) };
    }
    return lists.readText(text, file.name);
  };

  lists.readText = function (text, name) {
    const bare = text.replace(/^\ufeff/, "");
    const isJson = /^\s*[[{]/.test(bare);
    const found = isJson ? fromJson(bare) : fromCsv(bare);
    if (!found) return { error: word("tick_file_broken", { name: name }) };
    if (found.some((value) => lists.isObject(value) && value.version > lists.VERSION)) return { error: word("tick_file_newer", { name: name }) };
    if (!found.length || !found.every(lists.isList)) return { error: word("tick_file_broken", { name: name }) };
    const stranger = isJson && found.find((value) => value.site !== lists.site);
    if (stranger) return { error: word("tick_file_other_site", { name: name, site: String(stranger.site), expected: lists.site }) };
    return { values: found.map(clean) };
  };

  function fromJson(text) {
    let value;
    try { value = JSON.parse(text); } catch (_) { return null; }
    if (lists.isObject(value) && value.format === lists.COLLECTION && Array.isArray(value.checklists)) return value.checklists;
    return [value];
  }

  const text = (value, longest) => (typeof value === "string" ? value : "").slice(0, longest);
  /** A value whose known fields are what they must be; fields that nobody here knows stay. */
  function clean(value) {
    const rounds = value.rounds.slice(0, 200).map((round) => {
      const items = {};
      Object.keys(round.items).filter((id) => id !== "__proto__").slice(0, 5000).forEach((id) => {
        const entry = round.items[id];
        items[id] = Object.assign({}, entry, {
          answer: lists.ANSWERS.includes(entry.answer) ? entry.answer : "", relevant: entry.relevant !== false, note: text(entry.note, 20000),
          who: text(entry.who, 200), due: lists.isDay(entry.due) ? entry.due : "", t: text(entry.t, 40), text: text(entry.text, 2000),
        });
      });
      const known = Object.assign({}, round, { id: text(round.id, 40), items: items });
      if ("name" in round) known.name = text(round.name, 200);
      if ("start" in round) known.start = lists.isDay(round.start) ? round.start : null;
      if ("end" in round) known.end = lists.isDay(round.end) ? round.end : null;
      if ("fields" in round) {
        const fields = lists.isObject(round.fields) ? round.fields : {};
        known.fields = Object.fromEntries(Object.entries(fields).map(([id, value]) => [id, text(value, 500)]));
      }
      return known;
    });
    return Object.assign({}, value, { rounds: rounds, active: text(value.active, 40), changed: text(value.changed, 40), created: text(value.created, 40) });
  }

  /** Rows of a table with quoted cells. */
  function rowsOf(source) {
    const rows = [];
    let row = [];
    let cell = "";
    let isQuoted = false;
    const endCell = () => { row.push(cell); cell = ""; };
    const endRow = () => { endCell(); if (row.length > 1 || row[0]) rows.push(row); row = []; };
    for (let at = 0; at < source.length; at += 1) {
      const letter = source[at];
      if (isQuoted) {
        if (letter !== '"') cell += letter;
        else if (source[at + 1] === '"') { cell += '"'; at += 1; }
        else isQuoted = false;
      } else if (letter === '"' && cell === "") isQuoted = true;
      else if (letter === ";") endCell();
      else if (letter === "\n") endRow();
      else if (letter !== "\r") cell += letter;
    }
    endRow();
    return rows;
  }

  /** «12-10-2026», as a spreadsheet may have made of a date, is a day too. */
  function day(value) {
    const found = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(value);
    return found ? found[3] + "-" + found[2].padStart(2, "0") + "-" + found[1].padStart(2, "0") : value;
  }

  /**
   * The round that a table calls so: the one kept under that name, else one that no other round can be taken for.
   * A table without rounds is about the active one.
   */
  function roundOf(kept, label) {
    const own = kept && (label ? kept.rounds.find((round) => lists.roundName(kept, round) === label) : lists.activeRound(kept));
    if (own) return { id: own.id };
    const number = (/\d+/.exec(label) || ["1"])[0];
    const isPlain = !label || label === word("tick_round", { n: number });
    if (isPlain && !(kept && kept.rounds.some((round) => round.id === "r" + number))) return { id: "r" + number };
    const id = ("n-" + encodeURIComponent(label)).slice(0, 40);
    return isPlain ? { id: id } : { id: id, name: label };
  }

  function fromCsv(source) {
    const rows = rowsOf(source);
    const header = (rows.shift() || []).map((name) => name.trim().toLowerCase());
    const at = Object.fromEntries(HEADER.map((name) => [name, header.indexOf(name)]));
    if (["liste", "id", "status"].some((name) => at[name] < 0)) return null;
    const answers = new Map(lists.ANSWERS.flatMap((answer) => [[answer, answer], [lists.wordOf(answer), answer]]));
    const values = new Map();
    const own = new Map();
    rows.forEach((row) => {
      const get = (name) => unguard(at[name] < 0 ? "" : row[at[name]] || "");
      const id = get("liste");
      if (!id || !get("id") || get("id") === "__proto__") return;
      if (!values.has(id)) values.set(id, { format: lists.FORMAT, version: lists.VERSION, site: lists.site, checklist: id, edition: "", created: "", changed: "", active: "", rounds: [] });
      if (!own.has(id)) own.set(id, lists.read(id).value);
      const value = values.get(id);
      const named = roundOf(own.get(id), get("forloeb"));
      let round = value.rounds.find((found) => found.id === named.id);
      if (!round) value.rounds.push(round = Object.assign(named, { items: {} }));
      const kept = own.get(id) && own.get(id).rounds.find((found) => found.id === round.id);
      const mine = kept && kept.items[get("id")];
      const status = get("status").trim();
      const t = get("aendret");
      const entry = {
        answer: answers.get(status) || "", relevant: status !== word("tick_is_irrelevant"), note: get("note"), who: get("ansvarlig"),
        due: day(get("frist")), t: t, text: get("punkt"),
      };
      if (mine && !entry.relevant) entry.answer = mine.answer;   // the table does not tell it
      if (mine && !same(mine, entry) && t <= (mine.t || "")) entry.t = lists.now();   // somebody edited the row, which keeps its old time
      round.items[get("id")] = mine && same(mine, entry) ? mine : entry;
      if (t > value.changed) value.changed = t;
    });
    values.forEach((value) => {
      value.created = value.changed;
      value.active = value.rounds.length ? value.rounds[value.rounds.length - 1].id : "";
      value.rounds.forEach((round) => {
        // A table holds empty rows for everything that is not answered.
        Object.keys(round.items).forEach((item) => { if (!lists.hasContent(round.items[item])) delete round.items[item]; });
      });
    });
    return Array.from(values.values());
  }

  const same = (a, b) => ["answer", "note", "who", "due"].every((name) => (a[name] || "") === (b[name] || "")) && (a.relevant === false) === (b.relevant === false);

  /**
   * What reading a file would do: how many items are new, changed and equal, and how many this edition does not know.
   */
  lists.compare = function (list, value, incoming) {
    const found = { total: 0, fresh: 0, changed: 0, same: 0, unknown: 0 };
    const known = lists.knownIds(list);
    incoming.rounds.forEach((round) => {
      const own = value && value.rounds.find((mine) => mine.id === round.id);
      Object.keys(round.items).forEach((id) => {
        const entry = round.items[id];
        if (!lists.hasContent(entry)) return;
        const item = list.items.find((candidate) => candidate.id === id || candidate.was.includes(id));
        const mine = own && (item ? lists.entryOf(own, item) : own.items[id]);
        found.total += 1;
        if (!known.has(id)) found.unknown += 1;
        if (!mine || !lists.hasContent(mine)) found.fresh += 1;
        else if (same(mine, entry)) found.same += 1;
        else found.changed += 1;
      });
    });
    return found;
  };

  lists.compareText = (found) => lists.counted("tick_compare", found.total, { fresh: found.fresh, changed: found.changed, same: found.same }) +
    (found.unknown ? " " + lists.counted("tick_compare_unknown", found.unknown) : "");

  /** Takes a value in: merged with what is kept (notes joined), or in its place. What was kept goes to a backup. */
  lists.takeIn = function (id, incoming, replaces) {
    const found = lists.read(id);
    if (found.state === "newer") return false;
    if (!lists.backUp(id) && (replaces || found.state === "broken")) return false;
    const value = found.value && !replaces ? lists.merge(found.value, incoming, true) : incoming;
    const start = String(value.changed || "").slice(0, 10);
    value.rounds.forEach((round) => {
      if (!("name" in round)) round.name = "";
      if (!lists.isDay(round.start)) round.start = lists.isDay(start) ? start : lists.today();
      if (!("end" in round)) round.end = null;
    });
    if (!value.rounds.some((round) => round.id === value.active)) value.active = value.rounds.length ? value.rounds[value.rounds.length - 1].id : "";
    lists.keep(id, value);
    return true;
  };
})();
