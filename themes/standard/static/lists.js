// What checklists and the overview share: words, dates, the store in the reader's browser, files.
// One name is handed on: `vvLists`. Nothing here touches what is shown, and nothing is sent anywhere.
// No words stand here: they come from the page's `template#vv-words`.
var vvLists = (function () {
  "use strict";

  /**
   * @typedef {{answer?: string, relevant?: boolean, note?: string, who?: string, due?: string, t?: string, text?: string}} Entry
   * @typedef {{id: string, name: string, start: ?string, end: ?string, fields?: Object<string, string>, items: Object<string, Entry>}} Round
   * @typedef {{format: string, version: number, site: string, checklist: string, edition: string, created: string,
   *   changed: string, active: string, rounds: Round[]}} Value
   * @typedef {{id: string, text: string, was: string[], group: string, about: string, aboutUrl: string}} Item
   * @typedef {{id: string, title: string, url: string, edition: string, answers: string, items: Item[],
   *   repeat: ?{min: number, max: number, unit: string}, fields: {id: string, label: string, type: string}[],
   *   retired: {id: string, text: string, why: string}[]}} List  What a page says of a checklist.
   */

  const FORMAT = "vejviser-checklist";
  const COLLECTION = "vejviser-collection";
  const VERSION = 1;
  const site = document.documentElement.dataset.site;
  const language = document.documentElement.lang;
  const PREFIX = "vejviser:1:" + site + ":";
  const LISTS = PREFIX + "checklist:";
  const SETTINGS = PREFIX + "settings";
  const BACKUP = ":backup:";
  /** What is typed in one note, and what one file may hold. */
  const LONGEST_NOTE = 2000;
  const LARGEST_FILE = 2 * 1024 * 1024;
  /** Browsers give an origin about 5 MB; texts are kept in two bytes a character. */
  const MUCH = 4 * 1024 * 1024;
  const CHOICES = { "done": ["done"], "yes-partly-no": ["yes", "partly", "no"], "scale-4": ["1", "2", "3", "4"] };
  const ANSWERS = Object.values(CHOICES).flat();

  // ---- Words ----

  /** @type {Object<string, string>} */
  const words = {};
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("vv-words"));
  if (template) template.content.querySelectorAll("[data-word]").forEach((/** @type {HTMLElement} */ element) => { words[element.dataset.word] = element.textContent; });

  /** A text of the page, with its places filled. */
  function word(key, values) {
    return (words[key] || key).replace(/\{(\w+)\}/g, (place, name) => values && name in values ? String(values[name]) : place);
  }

  /** A text that follows a number: its key ends in `_one` or `_other`. */
  function counted(key, n, values) {
    return word(key + (n === 1 ? "_one" : "_other"), Object.assign({ n: n }, values));
  }

  const wordOf = (answer) => word("tick_answer_" + answer.replace(/^(?=\d)/, "scale_"));

  /** The words for an answer in a list of a certain scale; without a scale every answer has its words. */
  function answerWord(answers, entry) {
    if (entry && entry.relevant === false) return word("tick_is_irrelevant");
    if (entry && (CHOICES[answers] || ANSWERS).includes(entry.answer)) return wordOf(entry.answer);
    return word(answers && answers !== "done" ? "tick_is_unanswered" : "tick_is_missing");
  }

  // ---- Dates: days are `2026-10-12`, moments `2026-08-31T12:05:09Z` ----

  const pad = (n) => String(n).padStart(2, "0");
  const dayOf = (date) => date.getFullYear() + "-" + pad(date.getMonth() + 1) + "-" + pad(date.getDate());
  const today = () => dayOf(new Date());
  const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");
  const isDay = (text) => typeof text === "string" && /^\d{4}-\d\d-\d\d$/.test(text) && !isNaN(Date.parse(text));
  const localDate = (day) => { const [y, m, d] = day.split("-").map(Number); return new Date(y, m - 1, d); };

  function addTo(day, count, unit) {
    const date = localDate(day);
    if (unit !== "months") date.setDate(date.getDate() + count * (unit === "weeks" ? 7 : 1));
    else {
      const wanted = date.getDate();
      date.setDate(1);
      date.setMonth(date.getMonth() + count);
      date.setDate(Math.min(wanted, new Date(date.getFullYear(), date.getMonth() + 1, 0).getDate()));   // 31 January + 1 month is 28 February
    }
    return dayOf(date);
  }

  const longDate = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", year: "numeric" });
  const showDay = (day) => isDay(day) ? longDate.format(localDate(day)) : "";
  const showMoment = (moment) => isNaN(Date.parse(moment)) ? "" : longDate.format(new Date(moment));
  const daysBetween = (from, to) => Math.round((localDate(to).getTime() - localDate(from).getTime()) / 864e5);

  /** When a round is to be followed up; `null` for a list that is not repeated. */
  function followUp(list, round) {
    if (!list.repeat || !round || !isDay(round.start)) return null;
    const from = addTo(round.start, list.repeat.min, list.repeat.unit);
    const to = addTo(round.start, list.repeat.max, list.repeat.unit);
    const day = today();
    return { from: from, to: to, state: day < from ? "before" : day <= to ? "in" : "after" };
  }

  // ---- The store ----

  /**
   * Values that could not be kept, by list, and what the store held then: the page works from here.
   * @type {Object<string, {value: Value, over: ?string}>}
   */
  const memory = Object.create(null);
  const isUnsaved = () => Object.keys(memory).length > 0;
  const keepOut = (event) => event.preventDefault();
  /** The browser asks before it throws away what could not be kept. */
  const guard = () => (isUnsaved() ? addEventListener : removeEventListener)("beforeunload", keepOut);

  function storage() {
    try { return window.localStorage; } catch (_) { return null; }
  }

  function rawOf(key) {
    try { return storage().getItem(key); } catch (_) { return null; }
  }

  /** Writes and tells whether it is there afterwards. */
  function put(key, text) {
    try {
      storage().setItem(key, text);
      return true;
    } catch (_) {
      return false;
    }
  }

  function drop(key) {
    try { storage().removeItem(key); } catch (_) {}
  }

  /** Every key of the site, ours alone. */
  function keys() {
    const found = [];
    try {
      const store = storage();
      for (let i = 0; i < store.length; i += 1) {
        const key = store.key(i);
        if (key.startsWith(PREFIX)) found.push(key);
      }
    } catch (_) {}
    return found.sort();
  }

  /** The ids of all checklists that something is kept of. */
  function storedIds() {
    const ids = keys().filter((key) => key.startsWith(LISTS) && !key.includes(BACKUP)).map((key) => key.slice(LISTS.length));
    return Array.from(new Set(ids.concat(Object.keys(memory)))).sort();
  }

  const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

  /** @returns {value is Value} */
  function isList(value) {
    return isObject(value) && value.format === FORMAT && typeof value.checklist === "string" && Array.isArray(value.rounds) &&
      value.rounds.every((round) => isObject(round) && typeof round.id === "string" && isObject(round.items) && Object.values(round.items).every(isObject));
  }

  /**
   * What is kept of a checklist, the caller's to change. `state`: `empty`, `ok`, `newer` (read only) or `broken` (the
   * store holds `raw`, which is nothing we can read).
   * @returns {{state: string, raw: ?string, value: ?Value}}
   */
  function read(id) {
    const raw = rawOf(LISTS + id);
    let value = null;
    try { value = JSON.parse(raw); } catch (_) {}
    if (isObject(value) && value.version > VERSION) return { state: "newer", raw: raw, value: isList(value) ? value : null };
    if (!isList(value)) value = null;
    const state = raw !== null && !value ? "broken" : "ok";
    if (memory[id]) {
      const own = structuredClone(memory[id].value);
      value = value && memory[id].over !== raw ? merge(value, own) : own;
    }
    return { state: value || state === "broken" ? state : "empty", raw: raw, value: value };
  }

  /** A list before its first change. @returns {Value} */
  function blank(list) {
    const round = { id: "r1", name: "", start: today(), end: null, items: {} };
    return { format: FORMAT, version: VERSION, site: site, checklist: list.id, edition: list.edition, created: now(), changed: now(), active: "r1", rounds: [round] };
  }

  /**
   * Reads, lets `edit` change the value, and writes: so two tabs never undo each other's work.
   * `false` when the value may not be changed.
   */
  function change(list, edit) {
    const found = read(list.id);
    if (found.state === "newer") return false;
    const value = found.value || blank(list);
    edit(value);
    value.changed = now();
    value.edition = list.edition;
    keep(list.id, value, found.state === "broken" && !setAside(list.id));
    return true;
  }

  /** Writes a value as it is; in memory where the browser keeps nothing, or where nothing may be written. */
  function keep(id, value, isUnwritten) {
    if (!isUnwritten && put(LISTS + id, JSON.stringify(value))) {
      delete memory[id];
      count();
    } else memory[id] = { value: value, over: rawOf(LISTS + id) };
    guard();
  }

  /** Moves what is kept of a list to a backup; `false` when that cannot be done. */
  function setAside(id) {
    if (!backUp(id)) return false;
    drop(LISTS + id);
    return true;
  }

  /**
   * Copies what is kept of a list to a backup and keeps the latest three; `false` when there is no room. Older backups
   * give way where that makes room, and stay where it does not.
   */
  function backUp(id) {
    const raw = rawOf(LISTS + id);
    if (raw === null) return true;
    const start = LISTS + id + BACKUP;
    const older = backups(id);
    let key = start + now();
    for (let n = 2; rawOf(key) !== null; n += 1) key = start + now() + "-" + n;
    if (put(key, raw)) {
      backups(id).slice(0, -3).forEach(drop);
      return true;
    }
    if (!put(key, "")) return false;   // nothing can be written, so nothing could be put back
    const given = older.map((key) => [key, rawOf(key)]);
    for (const [old] of given) {
      drop(old);
      if (put(key, raw)) return true;
    }
    drop(key);
    given.forEach(([key, text]) => put(key, text));
    return false;
  }

  /** The keys of a list's backups, the oldest first. */
  function backups(id) {
    return keys().filter((key) => key.startsWith(LISTS + id + BACKUP));
  }

  /** Everything the site keeps in this browser, settings too. */
  function forgetAll() {
    keys().forEach(drop);
    Object.keys(memory).forEach((id) => delete memory[id]);
    guard();
  }

  /** Keys with their sizes in bytes. */
  function sizes() {
    return keys().map((key) => ({ key: key, bytes: 2 * (key.length + (rawOf(key) || "").length) }));
  }

  const isMuch = (found) => found.reduce((sum, one) => sum + one.bytes, 0) > MUCH;

  function settings() {
    try { return Object(JSON.parse(rawOf(SETTINGS))); } catch (_) { return {}; }
  }

  function set(values) {
    put(SETTINGS, JSON.stringify(Object.assign(settings(), values)));
  }

  /** Changes since the last copy, so that the reader can be reminded. */
  function count() {
    const known = settings();
    set({ changes: (known.changes || 0) + 1, since: known.since || now() });
  }

  function noteExport() {
    if (storedIds().length) set({ exported: now(), since: now(), changes: 0 });
  }

  /** How many weeks since the last copy, when it is time to say so. */
  function weeksWithoutCopy() {
    const known = settings();
    const days = isNaN(Date.parse(known.since)) ? 0 : (Date.now() - Date.parse(known.since)) / 864e5;
    return days > 14 && known.changes > 5 ? { weeks: Math.floor(days / 7), isFirst: !known.exported } : null;
  }

  // ---- Values ----

  const newer = (a, b) => (a.t || "") > (b.t || "") || (a.t || "") === (b.t || "") && JSON.stringify(a) >= JSON.stringify(b);

  /** Two entries of one item: the newer wins; with `joins` a note that only the older has is kept below. */
  function mergeEntries(a, b, joins) {
    const [first, second] = newer(a, b) ? [a, b] : [b, a];
    const merged = Object.assign({}, second, first);
    if (joins && second.note) merged.note = joined(first.note || "", second.note);
    return merged;
  }

  /** Two notes as one, neither lost. */
  const joined = (note, other) => note.includes(other) ? note : note && !other.includes(note) ? note + "\n\n" + other : other;
  /** What is filled in, over what was there before. */
  const over = (old, own) => Object.assign({}, old, Object.fromEntries(Object.entries(own || {}).filter(([, text]) => text !== "")));

  /**
   * Two values of one list as one: round by round, item by item. The order of the two does not matter, and a value
   * merged with itself is itself.
   */
  function merge(a, b, joins) {
    const isFirst = a.changed > b.changed || a.changed === b.changed && JSON.stringify(a) >= JSON.stringify(b);
    const [first, second] = isFirst ? [a, b] : [b, a];
    const rounds = first.rounds.map((round) => {
      const other = second.rounds.find((found) => found.id === round.id);
      if (!other) return round;
      const items = Object.assign({}, other.items, round.items);
      for (const id in items) if (round.items[id] && other.items[id]) items[id] = mergeEntries(round.items[id], other.items[id], joins);
      const merged = Object.assign({}, other, round, { items: items });
      if (round.fields || other.fields) merged.fields = over(other.fields, round.fields);
      return merged;
    });
    rounds.push(...second.rounds.filter((round) => !rounds.some((found) => found.id === round.id)));
    rounds.sort((one, two) => (one.start || "").localeCompare(two.start || "") || one.id.localeCompare(two.id, "en", { numeric: true }));
    const created = [a.created, b.created].filter(Boolean).sort()[0];
    return Object.assign({}, second, first, { created: created, rounds: rounds });
  }

  /** Puts a round back that was emptied. What has been answered and noted since then stands. */
  function putBack(value, old) {
    const round = value.rounds.find((found) => found.id === old.id);
    if (!round) value.rounds.push(old);
    else {
      Object.entries(old.items).forEach(([id, entry]) => {
        const own = round.items[id];
        round.items[id] = own ? Object.assign(over(entry, own), { note: joined(own.note || "", entry.note || "") }) : entry;
      });
      round.fields = over(old.fields, round.fields);
    }
  }

  /** @returns {?Round} */
  function activeRound(value) {
    return value && (value.rounds.find((round) => round.id === value.active) || value.rounds[value.rounds.length - 1]) || null;
  }

  /** What is kept of an item, under its id or one it had before; the newest of these. @returns {?Entry} */
  function entryOf(round, item) {
    if (!round) return null;
    const found = [item.id].concat(item.was).map((id) => round.items[id]).filter(Boolean);
    return found.length ? found.reduce((a, b) => (b.t || "") > (a.t || "") ? b : a) : null;   // of two equally new, what stands under today's id
  }

  /** All ids of a list's items, today's and earlier ones. @returns {Set<string>} */
  const knownIds = (list) => new Set(list.items.flatMap((item) => [item.id].concat(item.was)));

  /** Items of a round that the list no longer has: kept, readable, and the reader's to delete. */
  function unknownIds(list, round) {
    if (!round) return [];
    const known = knownIds(list);
    return Object.keys(round.items).filter((id) => !known.has(id) && hasContent(round.items[id])).sort();
  }

  const isAnswered = (list, entry) => !!entry && CHOICES[list.answers].includes(entry.answer);
  const hasContent = (entry) => !!entry && !!(entry.answer || entry.note || entry.who || entry.due || entry.relevant === false);
  const isOverdue = (list, entry) => !!entry && isDay(entry.due) && entry.due < today() && entry.relevant !== false && !isFinished(list, entry);
  /** Nothing is left to do: ticked, yes, or the top of the scale. */
  const isFinished = (list, entry) => !!entry && entry.answer === { "done": "done", "yes-partly-no": "yes", "scale-4": "4" }[list.answers];

  /** How far a round is: answered items of those that are relevant, and how many of each answer. */
  function progress(list, round) {
    const found = { done: 0, total: 0, irrelevant: 0, counts: {} };
    list.items.forEach((item) => {
      const entry = entryOf(round, item);
      if (entry && entry.relevant === false) {
        found.irrelevant += 1;
        return;
      }
      found.total += 1;
      if (!isAnswered(list, entry)) return;
      found.done += 1;
      found.counts[entry.answer] = (found.counts[entry.answer] || 0) + 1;
    });
    return found;
  }

  /** «3 af 7 (1 ikke relevant)» */
  function progressText(found) {
    const text = word("tick_of", { n: found.done, count: found.total });
    return found.irrelevant ? text + " " + counted("tick_irrelevant", found.irrelevant) : text;
  }

  const roundName = (value, round) => round.name || word("tick_round", { n: value.rounds.indexOf(round) + 1 });

  /**
   * The list as the page's own markup tells it. `data` holds the attributes, `parts` the elements that tell of items,
   * fields and retired items.
   * @returns {List}
   */
  function describe(data, parts, title, url) {
    const repeat = (data.repeat || "").split(" ");
    const text = (element) => element.textContent.trim().replace(/\s+/g, " ");
    return {
      id: data.checklist, title: title, url: url, edition: data.version || "", answers: CHOICES[data.answers] ? data.answers : "done",
      repeat: repeat.length === 3 ? { min: Number(repeat[0]), max: Number(repeat[1]), unit: repeat[2] } : null,
      fields: parts.filter((part) => part.dataset.field).map((part) => ({ id: part.dataset.field, label: part.dataset.label || text(part), type: part.dataset.type })),
      retired: parts.filter((part) => part.dataset.retired).map((part) => ({ id: part.dataset.retired, text: text(part), why: part.dataset.why || "" })),
      items: parts.filter((part) => part.dataset.item).map((part) => ({
        id: part.dataset.item, text: text(part.querySelector("label, legend") || part), was: (part.dataset.was || "").split(" ").filter(Boolean),
        group: part.dataset.group || "", about: part.dataset.about || "", aboutUrl: part.dataset.aboutUrl || "",
      })),
    };
  }

  return {
    FORMAT, COLLECTION, VERSION, LONGEST_NOTE, LARGEST_FILE, PREFIX,
    CHOICES, ANSWERS, site, language,
    word, counted, wordOf, answerWord,
    today, now, isDay, addTo, showDay, showMoment, daysBetween, followUp,
    read, blank, change, keep, setAside, backUp, forgetAll,
    storedIds, sizes, isMuch, noteExport, weeksWithoutCopy,
    isUnsaved, isObject, isList,
    merge, putBack, activeRound, entryOf, knownIds, unknownIds, isAnswered,
    hasContent, isOverdue, isFinished, progress, progressText, roundName,
    describe,
  };
})();
