// The search: finds sections by the index files below assets/search/. Nothing is loaded before it is asked for, nothing
// leaves the site, and every file is a classic script, so that it works from a folder too. The twin of src/search/: what
// is taken apart, looked up and ranked here must be the same there, and a test compares them.
//
//   const engine = vejviserSearch.open({ base, guess, language });
//   engine.warm();
//   const job = engine.search(query, { filters, limit, done, failed });
//   job.cancel();
"use strict";

/** @typedef {{ word: string, at: number, kind: string }} Token */
/** @typedef {{ word: string, key: string, place: number, isPrefix: boolean, isTyped: boolean, isLiteral: boolean, range: string[], particle: string }} Slot */
/** @typedef {{ key: string, stem: string, parts: string, code: string, list?: Int32Array }} Entry */
/** @typedef {{ count: number, entries: Map<Entry, number>, sets: [Entry[], number][], corrected: string }} Found */
/** @typedef {{ page: number, score: number, share: number, sections: [number, number][] }} Hit */

(() => {
  const isWord = (c) => c !== undefined && /^[\p{Alphabetic}\p{N}]/u.test(c);
  const isDigit = (c) => /^[0-9]/.test(c || "");

  // --- Words (tokens.rs) ---

  const ACCENTS = ["e éèêë", "a áàâ", "i íìî", "o óòô", "u úùûü", "æ ä", "ø ö"];
  const letters = (text) => text.toLowerCase().replace(/[^\x00-\x7fæøå]/g, (c) => (ACCENTS.find((list) => list.includes(c)) || c)[0]);
  const plain = (c) => (/[\u2010-\u2015\u2212]/.test(c) ? "-" : /[’‘`´]/.test(c) ? "'" : c);
  const chunks = (text) => text.normalize("NFC").split(/[ \n\t\r\u00a0\u202f]+/).filter(Boolean);

  /** `36.000` is `36000`, `9.2` is `9,2`. */
  const number = (word, isEnglish) => {
    const grouped = /^\d{1,3}([.,])\d{3}(\1\d{3})*(?!\1|\d)/.exec(word);
    return (grouped && (grouped[1] === ",") === isEnglish ? word.replaceAll(grouped[1], "") : word).replaceAll(".", ",");
  };

  /** Every word of a text's chunks with the number of its chunk and what it is: word, part, joined or suspended. @returns {Token[]} */
  const tokens = (chunks, { root }) => {
    const list = [];
    const isEnglish = Boolean(root.endings.en);
    const numbers = root.numbers.split(" ");
    const known = (word) => {
      if (isDigit(word) && /[.,]/.test(word)) return number(word, isEnglish);
      if (numbers.includes(word)) return String(numbers.indexOf(word) + 2);
      return /^paragraf(fen|fer|ferne)?$/.test(word) ? "§" : word;
    };
    let at = 0;
    let word = "";
    let parts = [];
    let hasHyphen = false;
    let suspended = "";
    const give = (word, kind) => word.length <= 40 && list.push({ word, at, kind });
    const endPart = () => {
      if (word) parts.push(known(word));
      word = "";
    };
    const endChain = () => {
      endPart();
      if (!parts.length) return;
      for (const part of parts) give(part, parts.length > 1 ? "part" : "word");
      const joined = parts.join("");
      if (parts.length > 1 && hasHyphen) give(parts.every(isDigit) ? parts.join("-") : joined, "joined");
      parts = [];
      hasHyphen = false;
      if (suspended && !/^(og|eller|samt|and|or)$/.test(joined)) {
        give(`${suspended}\u0001${joined}`, "suspended");
        suspended = "";
      }
    };
    for (const chunk of chunks) {
      const simple = /^[("“”«»]*([a-zæøå]+)[.,;:!?)"“”«»]*$/i.exec(chunk);
      if (simple) word = simple[1].toLowerCase();
      else [...chunk.replace(/\u00ad/g, "")].map(plain).forEach((c, i, cs) => {
        const isInside = isWord(cs[i - 1]) && isWord(cs[i + 1]);
        const isNumber = isDigit(cs[i - 1]) && isDigit(cs[i + 1]);
        const isGenitive = cs[i - 1] === "'" && /s/i.test(c) && isWord(cs[i - 2]) && !isWord(cs[i + 1]);
        if (isWord(c)) word += isGenitive ? "" : letters(c);
        else if (c === "'" && isInside) return;
        else if (/[.,]/.test(c) && isNumber) word += c;
        else if (/[-/]/.test(c) && isInside) {
          endPart();
          hasHyphen ||= c === "-";
        } else if (c === "-" && isWord(cs[i - 1])) {
          endPart();
          const left = parts.join("");
          endChain();
          suspended = left.length >= 3 ? left : "";
        } else {
          endChain();
          if (c === "§") give(c, "word");
          if (c === "%") give(isEnglish ? "percent" : "procent", "word");
        }
      });
      endChain();
      at++;
    }
    return list;
  };

  // --- Stems (stem.rs, whose endings come with the root of the index) ---

  /** Where endings may begin: after the first consonant that follows a vowel, and after three letters. */
  const region = (word) => {
    const at = word.search(/[aeiouyæøå][^aeiouyæøå]/);
    return at < 0 ? word.length : Math.max(at + 2, 3);
  };
  /** A word without the first of the endings that lies in its region; the longest come first. */
  const without = (word, endings) => {
    const most = word.length - region(word);
    const found = endings.find((end) => end.length <= most && word.endsWith(end)) || "";
    return word.slice(0, word.length - found.length);
  };
  const undouble = (word) => (/^..+([^aeiouyæøå])\1$/.test(word) ? word.slice(0, -1) : word);

  const danish = (word, { endings, irregular }) => {
    for (;;) {
      const before = word.length;
      word = without(word, endings);
      if (word.length === before && before > Math.max(region(word), 3) && /[abcdfghjklmnoprtvyzå]s$/.test(word)) word = word.slice(0, -1);
      const plural = /^(.{3,})(børn|bøg|mænd)$/.exec(word) || ["", "", word];
      if (Object.hasOwn(irregular, plural[2])) {
        word = plural[1] + irregular[plural[2]];
        break;
      }
      if (without(word, ["gd", "dt", "gt", "kt"]) !== word) word = word.slice(0, -1);
      if (without(word, ["igst"]) !== word) word = word.slice(0, -2);
      word = undouble(without(word, ["elig", "lig", "ig"]));
      if (word.length === before) break;
    }
    if (/...[^aeiouyæøå].$/.test(word)) return /[^r]r$/.test(word) ? word.slice(0, -1) : word;
    return /...[^aeiouyæøå]el$/.test(word) ? word.slice(0, -2) + "l" : word;
  };

  const english = (word, endings) => {
    if (/.sses$/.test(word)) word = word.slice(0, -2);
    else if (/..ies$/.test(word)) word = word.slice(0, -3) + "y";
    else if (/...s$/.test(word) && !/(ss|us|is)$/.test(word)) word = word.slice(0, -1);
    const verb = /^(.{3,}?)(ing|ed)$/.exec(word);
    if (verb && /[aeiouyæøå]/.test(verb[1])) {
      word = verb[1];
      if (/.(at|bl|iz|is|iv|uc|rg)$/.test(word)) word += "e";
      else if (!/.(ll|ss)$/.test(word)) word = undouble(word);
    }
    for (const [end, instead, least] of endings) {
      if (word.endsWith(end) && word.length - end.length >= least) {
        word = word.slice(0, -end.length) + instead;
        break;
      }
    }
    if (/...e$/.test(word)) return word.slice(0, -1);
    return /.[^aeiouyæøå]y$/.test(word) ? word.slice(0, -1) + "i" : word;
  };

  /** The key for looking a word up: spellings that people mix up have the same. */
  const fold = (word) => word.replace(/a[ea]|æ|å/g, "a").replace(/oe|ø/g, "o");

  // --- Files (files.rs) ---

  const arrived = new Map();
  const asked = new Map();

  /** Loads a file once. */
  const load = (name, address) => {
    if (!asked.has(name)) {
      const loading = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = address;
        script.onload = script.onerror = () => (arrived.has(name) ? resolve(undefined) : reject(new Error(name)));
        document.head.append(script);
      });
      asked.set(name, loading);
      loading.catch(() => asked.delete(name));
    }
    return asked.get(name);
  };

  const digit = (text, at) => {
    const code = text.charCodeAt(at);
    return (code === 126 ? 92 : code) - 35;
  };
  /** Numbers of five bits to the character; where `hasWeight`, one plain character follows each. */
  const decode = (text, hasWeight) => {
    const list = [];
    let value = 0;
    let scale = 1;
    for (let i = 0; i < text.length; i++) {
      const d = digit(text, i);
      value += (d & 31) * scale;
      scale *= 32;
      if (d > 31) continue;
      list.push(value);
      if (hasWeight) list.push(digit(text, ++i));
      value = 0;
      scale = 1;
    }
    return list;
  };
  /** The stem and the fields of one line of a front-coded list. */
  const line = (text, last) => {
    const [coded, ...fields] = text.split(" ");
    return [last.slice(0, digit(coded, 0)) + coded.slice(1), ...fields];
  };
  /** Sections and weights of an entry, in turn. */
  const postings = (entry) => {
    if (!entry.list) {
      let next = 0;
      entry.list = Int32Array.from(decode(entry.code, true), (value, i) => (i % 2 ? value : (next += value + 1) - 1));
    }
    return entry.list;
  };
  /** The first place of a sorted list where `isBefore` ends. */
  const place = (list, isBefore) => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(list[middle])) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  /** The index of one language, as far as it has been loaded. What is asked for and not there is noted as missing. */
  class Index {
    constructor({ base, guess, language }) {
      this.base = base;
      this.guessAddress = guess;
      this.language = language;
      this.missing = new Set();
      this.files = new Map();
      this.keys = new Map();
      this.read = new Map();
      /** @type {((slot: Slot, pause: () => Promise<void>) => Promise<Found>) | null} */
      this.guessed = null;
    }

    get root() {
      return arrived.get(this.language);
    }

    file(name) {
      if (!arrived.has(name)) this.missing.add(name);
      return arrived.get(name);
    }

    /** The name of a file that changes with the index. */
    own(name) {
      return `${this.language}/${this.root.hash}/${name}`;
    }

    load(name) {
      if (name !== "guess") return load(name, `${this.base}${name}.js`);
      // search-guess.js, without which the search still answers.
      return load(name, this.guessAddress).catch(() => arrived.set(name, null));
    }

    loadMissing() {
      const loading = [...this.missing].map((name) => this.load(name));
      this.missing.clear();
      return Promise.all(loading);
    }

    /** Reads what is known of the pages, once it is there. */
    open() {
      const { root } = this;
      const data = this.firsts ? null : root.pages || this.file(this.own("p"));
      if (!data) return;
      this.starts = root.terms ? root.terms.map((text) => fold(line(text, "")[0])) : root.starts.split(" ");
      this.starts[0] = "";
      this.sections = 0;
      this.firsts = decode(data.counts).map((count) => (this.sections += count) - count);
      this.pages = new Int32Array(this.sections);
      this.firsts.forEach((first, page) => this.pages.fill(page, first, this.firsts[page + 1]));
      this.sets = decode(data.sets);
      this.facets = data.facets;
      this.stops = new Set(data.stop.split(" "));
      this.groups = data.synonyms.map((group) => group.map((phrase) => phrase.split(" ")));
      this.particles = (root.endings.da?.particles || ["", ""]).map((list) => list.split(" "));
      this.texts = [];
      const numbers = decode(data.groups);
      let first = 0;
      for (let at = 0, group = 0; at < numbers.length; group++) {
        for (let file = 0, files = numbers[at++]; file < files; file++) {
          this.texts.push({ name: this.own(file ? `s${group}-${file}` : `s${group}`), first });
          first += numbers[at++];
        }
      }
    }

    stem(word) {
      if (!/^\p{Alphabetic}{3,}$/u.test(word)) return word;
      const { endings } = this.root;
      return endings.da ? danish(word, endings.da) : endings.en ? english(word, endings.en) : word;
    }

    /** The key of a word. */
    key(word) {
      let key = this.keys.get(word);
      if (key === undefined) this.keys.set(word, (key = fold(this.stem(word))));
      return key;
    }

    entries(at) {
      if (!this.files.has(at)) {
        const text = this.root.terms ? this.root.terms[at] : this.file(this.own(`t${at}`));
        if (!text) return [];
        let last = "";
        this.files.set(at, text.split("|").slice(0, -1).map((coded) => {
          const [stem, parts, code] = line(coded, last);
          last = stem;
          return { key: fold(stem), stem, parts, code };
        }));
      }
      return this.files.get(at);
    }

    /** The entries from a key on while `isWanted`, in at most so many files. */
    from(key, files, isWanted) {
      const found = [];
      const first = place(this.starts, (start) => start <= key) - 1;
      for (let file = first; file < first + files && file < this.starts.length; file++) {
        if (file > first && !isWanted(this.starts[file])) break;
        const entries = this.entries(file);
        for (let at = place(entries, (entry) => entry.key < key); at < entries.length; at++) {
          if (!isWanted(entries[at].key)) return found;
          found.push(entries[at]);
        }
      }
      return found;
    }

    /** An entry by its stem. */
    byStem(stem) {
      const key = fold(stem);
      return this.from(key, 1, (other) => other === key).find((entry) => entry.stem === stem && entry.parts[0] !== "=");
    }

    /** The entry that an alias stands for. */
    target(entry) {
      return entry.parts[0] === "=" ? this.byStem(entry.parts.slice(1)) : entry;
    }

    /** Guesses at a word the site does not have, by search-guess.js. @returns {Found | Promise<Found>} */
    guess(slot, pause) {
      const words = this.root.words ?? this.file(this.own("w"));
      const guessing = this.guessAddress && this.file("guess");
      if (!guessing || words === undefined) return nothing();
      this.guessed ??= guessing(this, words);
      return this.guessed(slot, pause);
    }

    /** The file that a section is in. */
    text(section) {
      return this.texts[place(this.texts, (text) => text.first <= section) - 1];
    }

    loadText(section) {
      return this.load(this.text(section).name);
    }

    /** A section as it is shown, and its words, once its text is loaded. */
    section(section) {
      const known = this.read.get(section);
      if (known) return known;
      const { name, first } = this.text(section);
      const [pages, sections] = arrived.get(name);
      const [page, kind, fragment, heading, text] = sections[section - first];
      const [url, title, trail] = pages[page];
      const shown = chunks(text);
      const whole = [...chunks(kind ? heading : title), ...shown];
      const own = {
        url: url + (fragment && `#${fragment}`),
        title,
        trail,
        heading,
        kind: ["page", "section", "checklist-item", "term"][kind],
        chunks: whole,
        count: shown.length,
        tokens: tokens(whole, this),
      };
      this.read.set(section, own);
      return own;
    }

    // --- Looking up (lookup.rs) ---

    /** Adds the entries of a stem that are not there yet; another spelling counts less. */
    look(found, exact, weight) {
      const key = fold(exact);
      for (const entry of this.from(key, 1, (other) => other === key)) {
        const target = this.target(entry);
        if (target && !found.has(target)) found.set(target, entry.stem === exact ? weight : weight * 0.88);
      }
    }

    stemmed(base) {
      const found = new Map();
      this.look(found, base, 1);
      if (!this.root.endings.da) return found;
      const bare = base.endsWith("t") && base.slice(0, -1);
      if (base.length >= 5) {
        if (bare) this.look(found, bare, 0.95);
        this.look(found, base + "t", 0.95);
      } else if (bare && base.length === 4 && !found.size) {
        // A short word in t is mostly a word of its own; where there is none, that of a verb.
        const entry = this.byStem(bare);
        if (entry) found.set(entry, 0.95);
      }
      return found;
    }

    /** The entries of a word in any form or spelling. */
    exact(word) {
      const found = this.stemmed(this.stem(word));
      if (fold(word) !== this.key(word)) this.look(found, word, 1);
      return found;
    }

    /** Entries that begin with a word, the shortest first. */
    prefixed(word, most) {
      const start = fold(word);
      const found = this.from(start, 3, (key) => key.startsWith(start)).sort((a, b) => a.key.length - b.key.length);
      return found.slice(0, most).map((entry) => [this.target(entry), 0.5 + 0.35 * (start.length / entry.key.length)]);
    }

    /** What is found without guessing. @returns {Found} */
    known(slot) {
      const found = nothing();
      const exact = this.exact(slot.word);
      addAll(found, exact);
      for (const [entry, weight] of exact) {
        if (weight >= 0.88 && entry.parts) addSet(found, entry.parts.split("+").map((part) => this.byStem(part)), 0.5);
      }
      const count = slot.word.length;
      if ((slot.isPrefix && count >= 2) || (!exact.size && count >= 5)) {
        addAll(found, this.prefixed(slot.word, 40), exact.size ? 0.5 : 1);
      }
      addSet(found, slot.range.map((number) => this.exact(number).keys().next().value), 0.5);
      return found;
    }

    /** What neighbours find as one word of the site, two or three from here on. */
    joined(slots, first) {
      return [2, 3].map((count) => {
        const found = nothing(count);
        const span = slots.slice(first, first + count);
        if (span.length < count || !span.every((slot, at) => slot.word.length >= 2 && slot.place === span[0].place + at)) return found;
        let together = [span[0].word];
        for (const slot of span.slice(1)) together = together.flatMap((word) => LINKS.map((link) => word + link + slot.word));
        for (const word of together) {
          addAll(found, this.exact(word));
          if (span[count - 1].isTyped && isEmpty(found)) addAll(found, this.prefixed(word, 10));
        }
        return found;
      });
    }

    /** The nouns of a verb with its particle: `følge op` finds `opfølgning`. */
    nouns(slots, first) {
      const { word, particle, place } = slots[first];
      const found = nothing(slots[first + 1]?.place === place + 1 ? 2 : 1);
      const verb = this.stem(word);
      if (particle && verb.length >= 3) addAll(found, this.prefixed(particle + verb, 10).map(([entry]) => [entry, 0.95]));
      return found;
    }

    /** What the synonyms find of the phrases that begin here. */
    synonyms(slots, first) {
      return this.groups.flatMap((group) =>
        group.filter((phrase) => phrase.every((base, at) => slots[first + at]?.key === fold(base))).map((phrase) => {
          const found = nothing(phrase.length);
          for (const other of group.filter((other) => other !== phrase)) {
            const [only, ...more] = other.map((base) => this.stemmed(base));
            if (more.length) addSet(found, [only, ...more].map((list) => list.keys().next().value), 0.7);
            else addAll(found, only, 0.7);
          }
          return found;
        }));
    }

    /** All that is found from a slot on, by itself and with its neighbours. */
    found(slots, first) {
      return [this.known(slots[first]), ...this.joined(slots, first), this.nouns(slots, first), ...this.synonyms(slots, first)];
    }

    /** Loads what every search needs. */
    warm() {
      this.load(this.language).catch(() => {});
    }

    /** @param {string} query @param {any} options */
    search(query, options) {
      const search = new Search(this, query, options);
      search.run().catch((error) => search.isCancelled || options.failed(error));
      return { cancel: () => (search.isCancelled = true) };
    }
  }

  // --- The query (query.rs) ---

  const MOST_SLOTS = 24;
  /** The words among tokens, a range as one. @param {Token[]} tokens */
  const words = (tokens) => {
    const list = [];
    for (const { word, at, kind } of tokens) {
      const range = word.split("-");
      if (kind === "joined" && range.length > 1) list.splice(-range.length, range.length, { word, at, range });
      else if (kind === "word" || kind === "part") list.push({ word, at, range: [] });
    }
    return list;
  };
  const wordsOf = (text, index) => words(tokens(chunks(text), index)).map(({ word }) => word);

  /** Slots, one for each word that counts, and the phrases in quotes. @returns {{ slots: Slot[], literals: string[][], typed: string[] }} */
  const analyse = (text, index) => {
    const pieces = text.split(/["“”„«»]/);
    const quoted = pieces.filter((_, at) => at % 2 === 1 && at + 1 < pieces.length);
    const unquoted = pieces.join(" ");
    const list = chunks(unquoted);
    const isDotted = list.map((chunk) => /\p{Alphabetic}\.\p{Alphabetic}/u.test(chunk));
    const isOpen = isWord([...unquoted].pop());
    const all = words(tokens(list, index));
    const literals = quoted.map((phrase) => wordsOf(phrase, index)).filter((phrase) => phrase.length);
    const [adverbs, prepositions] = index.particles;
    // What may be a preposition is one where it leads on to something.
    const isParticle = (word, next) => adverbs.includes(word) || (prepositions.includes(word) && (!next || index.stops.has(next)));
    const slots = all.map(({ word, at, range }, place) => {
      const isTyped = isOpen && place + 1 === all.length;
      const [next, after] = all.slice(place + 1).map(({ word }) => word);
      return { particle: next && isParticle(next, after) ? next : "", word, key: index.key(word), place, isTyped, isPrefix: isTyped || (isDotted[at] && word.length <= 6), isLiteral: literals.flat().includes(word), range };
    });
    const counting = slots.filter((slot) => !index.stops.has(slot.word));
    return { slots: (counting.length ? counting : slots).slice(0, MOST_SLOTS), literals, typed: all.map(({ word }) => word) };
  };

  // --- What is found (lookup.rs) ---

  const LINKS = ["", "s", "e", "er"];
  /** @returns {Found} */
  const nothing = (count = 1) => ({ count, entries: new Map(), sets: [], corrected: "" });
  const isEmpty = (found) => !found.entries.size && !found.sets.length;
  const add = (found, entry, weight) => entry && found.entries.set(entry, Math.max(weight, found.entries.get(entry) || 0));
  const addAll = (found, entries, by = 1) => [...entries].forEach(([entry, weight]) => add(found, entry, weight * by));
  const addSet = (found, entries, weight) => entries.length > 1 && entries.every(Boolean) && found.sets.push([entries, weight]);

  /** What is found by each slot: by itself first, then by all the spans that it is in. @param {Found[][]} spans */
  const together = (spans) => {
    const slots = spans.map(([known]) => known);
    spans.forEach(([, ...others], first) => {
      for (const { count, entries, sets } of others) {
        for (const slot of slots.slice(first, first + count)) {
          addAll(slot, entries);
          for (const [all, weight] of sets) addSet(slot, all, weight);
        }
      }
    });
    return slots;
  };

  // --- Ranking (rank.rs) ---

  const impact = (posting) => (posting & 15) / 16;
  const covered = (share) => share * Math.sqrt(Math.sqrt(share));
  const idf = (sections, count) => Math.round(Math.log(1 + Math.max(sections - count + 0.5, 0) / (count + 0.5)) * 10000) / 10000 + 0.5;

  /** Where the candidates of a slot are, and how much it says. */
  const find = async (found, index, pause) => {
    const { sections } = index;
    const values = new Float64Array(sections);
    const flags = new Uint8Array(sections);
    const pages = new Set();
    const spread = [];
    const put = (at, value, posting) => {
      if (value <= values[at]) return;
      if (!values[at]) pages.add(index.pages[at]);
      values[at] = value;
      flags[at] = posting & 48;
    };
    // In the order of the entries, since of two that are as good the first gives the flags.
    const entries = [...found.entries].sort(([a], [b]) => (a.key < b.key || (a.key === b.key && a.stem < b.stem) ? -1 : 1));
    for (const [entry, weight] of entries) {
      await pause();
      const list = postings(entry);
      for (let i = 0; i < list.length; i += 2) put(list[i], weight * impact(list[i + 1]), list[i + 1]);
      spread.push([weight, list.length / 2]);
    }
    for (const [all, weight] of found.sets) {
      await pause();
      const [shortest, ...others] = all.map(postings).sort((a, b) => a.length - b.length);
      const places = others.map(() => 0);
      let count = 0;
      for (let i = 0; i < shortest.length; i += 2) {
        let posting = shortest[i + 1];
        let least = impact(posting);
        const isInAll = others.every((list, other) => {
          while (list[places[other]] < shortest[i]) places[other] += 2;
          const at = places[other];
          posting &= list[at + 1];
          least = Math.min(least, impact(list[at + 1]));
          return list[at] === shortest[i];
        });
        if (!isInAll) continue;
        put(shortest[i], weight * least, posting);
        count++;
      }
      if (count) spread.push([weight, count]);
    }
    const isFound = spread.length > 0;
    const best = Math.max(...spread.map(([weight]) => weight));
    const most = Math.max(...spread.filter(([weight]) => weight >= 0.85 * best).map(([, count]) => count));
    return { values, flags, pages, isFound, hasExact: best >= 0.85, idf: isFound ? idf(sections, most) : 0.7 * idf(sections, 1) };
  };

  /** The pages that are found, in no order yet. @returns {Promise<Hit[]>} */
  const rank = async (index, slots, pause) => {
    const total = slots.reduce((sum, slot) => sum + slot.idf, 0);
    const known = slots.filter((slot) => slot.isFound);
    const hits = [];
    if (!total) return hits;
    for (const page of new Set(known.flatMap((slot) => [...slot.pages]))) {
      if (hits.length % 64 === 63) await pause();
      const first = index.firsts[page];
      const end = index.firsts[page + 1] ?? index.sections;
      /** @type {[number, number][]} */
      const sections = [];
      for (let at = first; at < end; at++) {
        let sum = 0;
        let mass = 0;
        let count = 0;
        let flags = 48;
        for (const slot of known) {
          if (!slot.values[at]) continue;
          sum += slot.idf * slot.values[at];
          mass += slot.idf;
          count++;
          flags &= slot.flags[at];
        }
        if (!count) continue;
        let score = sum * covered(mass / total);
        if (count === slots.length && flags & 16) score *= 1.25;
        if (count === slots.length && flags & 32) score *= 1.15;
        sections.push([at, score]);
      }
      sections.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      // Each entry of a list stands for itself.
      const [kind] = index.facets[index.sets[page]][0];
      const isTerm = kind === "term";
      const isList = isTerm || kind === "source";
      const from = isList ? sections[0][0] : first;
      const to = isList ? from + 1 : end;
      let sum = 0;
      let mass = 0;
      for (const slot of known) {
        let best = 0;
        for (let at = from; at < to; at++) best = Math.max(best, slot.values[at]);
        sum += slot.idf * best;
        mass += best && slot.idf;
      }
      // What a term means is read before what is told with the word.
      const further = isTerm ? sections.slice(0, 1) : isList ? [] : sections.slice(1, 4);
      const rest = further.reduce((all, [, score]) => all + score, 0);
      const share = mass / total;
      hits.push({ page, sections, share, score: sections[0][1] + 0.15 * rest + 0.2 * (sum * covered(share)) });
    }
    return hits;
  };

  /** Drops what has too little of the query or scores far below the best. @param {Hit[]} hits */
  const kept = (hits, slots) => {
    const gate = slots.length >= 4 ? 0.22 : 0.34;
    const least = hits.some((hit) => hit.share >= gate) ? gate : slots.some((slot) => slot.hasExact) ? 0.12 : 2;
    const enough = hits.filter((hit) => hit.share >= least);
    const best = enough.reduce((best, hit) => Math.max(best, hit.score), 0);
    return enough.filter((hit) => hit.score >= best * 0.08);
  };
  const inOrder = (hits) => hits.sort((a, b) => b.score - a.score || a.page - b.page);

  // --- What is shown (snippet.rs, engine.rs) ---

  /** How close together the slots stand: 1.3 side by side, towards 1 far apart. */
  const closeness = (marks, count) => {
    const slots = [...Array(count).keys()];
    const isIn = (bits, slot) => (bits >> slot) & 1;
    const wanted = slots.filter((slot) => marks.some((bits) => isIn(bits, slot)));
    if (wanted.length < 2) return 1;
    const last = Array(count).fill(-Infinity);
    let least = Infinity;
    marks.forEach((bits, end) => {
      if (!bits) return;
      for (const slot of wanted) if (isIn(bits, slot)) last[slot] = end;
      least = Math.min(least, 1 + end - Math.min(...wanted.map((slot) => last[slot])));
    });
    return least <= wanted.length ? 1.3 : 1 + 0.25 * (wanted.length / least);
  };

  const LENGTH = 28;
  /** From the first to the last sign of a word. */
  const INNER = /([\p{Alphabetic}\p{N}§%](?:.*[\p{Alphabetic}\p{N}§%])?)/su;

  /** The best run of words, or the beginning, with what matches. */
  const snippet = (chunks, marks, weights) => {
    const counts = weights.map(() => 0);
    const count = (bits, by) => {
      if (bits) counts.forEach((_, slot) => { if ((bits >> slot) & 1) counts[slot] += by; });
    };
    let most = 0;
    let from = 0;
    marks.slice(0, LENGTH - 1).forEach((bits) => count(bits, 1));
    chunks.forEach((_, start) => {
      if (start) count(marks[start - 1], -1);
      count(marks[start + LENGTH - 1], 1);
      let value = !start || /[.!?:]$/.test(chunks[start - 1]) ? 0.5 : 0;
      weights.forEach((weight, slot) => { if (counts[slot]) value += weight + 0.05 * (counts[slot] - 1); });
      if (value > most + 1e-9) [most, from] = [value, start];
    });
    const runs = [];
    const push = (text, isMatch) => {
      const last = runs.at(-1);
      if (last && last.isMatch === isMatch) last.text += text;
      else if (text) runs.push({ text, isMatch });
    };
    push(from ? "… " : "", false);
    chunks.slice(from, from + LENGTH).forEach((chunk, at) => {
      const [before, word = "", after = ""] = marks[from + at] ? chunk.split(INNER) : [chunk];
      push((at ? " " : "") + before, false);
      push(word, true);
      push(after, false);
    });
    push(from + LENGTH < chunks.length ? " …" : "", false);
    return runs;
  };

  /** The most milliseconds of work before the page may answer its reader: a slow phone makes four of one. */
  const TURN = 8;
  const { port1, port2 } = new MessageChannel();
  const resting = [];
  port1.onmessage = () => resting.shift()();
  const rest = () => new Promise((go) => {
    resting.push(go);
    port2.postMessage(0);
  });

  /** What can be filtered by, in the order of a page's facets. */
  const GROUPS = ["kind", "role", "topic"];
  /** Pages whose texts are searched for a phrase in quotes. */
  const MOST_QUOTED = 100;
  /** Pages whose texts are looked at together and put in order by closeness. */
  const BLOCK = 10;

  /** Of a page's sections, the best first, those that may be shown. */
  const likely = (sections) => sections.filter(([, value], at) => !at || value >= 0.35 * sections[0][1]).slice(0, 4);

  class Search {
    constructor(index, query, options) {
      this.index = index;
      this.query = query.trim();
      this.options = options;
      this.isCancelled = false;
      this.began = performance.now();
    }

    /** Goes on in a later turn when this one is over. A newer query ends an older one there. */
    pause = async () => {
      if (performance.now() - this.began > TURN) {
        await rest();
        this.began = performance.now();
      }
      if (this.isCancelled) throw new Error("cancelled");
    };

    /** What work gives for each of a list, done in turns, and again while files are missing. @template T, R @param {T[]} list @param {(one: T, at: number) => R | Promise<R>} work @returns {Promise<R[]>} */
    async each(list, work) {
      const { missing } = this.index;
      for (;;) {
        const results = [];
        let isMissing = false;
        for (const one of list) {
          await this.pause();
          results.push(await work(one, results.length));
          isMissing ||= missing.size > 0;
        }
        if (!isMissing) return results;
        await this.index.loadMissing();
        this.began = performance.now();
      }
    }

    /** Asks for the texts of sections. Each script costs the browser a moment, so not all in one turn. */
    async ask(sections) {
      for (const [at] of sections) {
        await this.pause();
        this.index.loadText(at);
      }
    }

    /** Waits until the texts of sections are there. */
    async texts(sections) {
      await Promise.all(sections.map(([at]) => this.index.loadText(at)));
      await this.pause();
    }

    async run() {
      const { index, options } = this;
      await index.load(index.language);
      await this.each([index], () => index.open());
      await this.pause();
      const { slots, literals, typed } = analyse(this.query, index);
      let candidates = together(await this.each(slots, (_, at) => index.found(slots, at)));
      candidates = await this.each(slots, (slot, at) => (isEmpty(candidates[at]) && !slot.isLiteral ? index.guess(slot, this.pause) : candidates[at]));
      const found = await this.each(candidates, (slot) => find(slot, index, this.pause));
      let hits = await rank(index, found, this.pause);
      await this.pause();
      let isPartial = false;
      if (literals.length) {
        const all = inOrder(kept(hits, found));
        isPartial = all.length > MOST_QUOTED;
        hits = await this.quoted(all.slice(0, MOST_QUOTED), literals);
      }
      this.typed = typed;
      this.weights = found.map((slot) => slot.idf);
      this.keys = slots.map((slot) => slot.key).join(" ");
      this.needles = candidates.map((slot) => new Set([...slot.entries.keys(), ...slot.sets.flatMap(([entries]) => entries)].map((entry) => entry.key)));
      this.bits = new Map();
      const wanted = inOrder(this.wanted(hits, found));
      const { limit } = options;
      const results = [];
      for (let at = 0; at < Math.min(wanted.length, limit); at += BLOCK) {
        const next = wanted.slice(at, at + BLOCK);
        await this.ask(next.flatMap(({ sections }) => likely(sections)));
        const block = await Promise.all(next.map((hit) => this.hit(hit)));
        results.push(...block.sort((a, b) => b.score - a.score));
      }
      await this.pause();
      options.done({
        query: this.query,
        total: wanted.length,
        isPartial,
        results: results.slice(0, limit),
        facets: Object.fromEntries(this.counts(hits, found)),
        spelling: candidates.some((slot) => slot.corrected) ? {
          shown: slots.map((slot, at) => candidates[at].corrected || slot.word).join(" "),
          // In quotes a word is taken as it stands.
          asked: typed.map((word, place) => (slots.some((slot, at) => slot.place === place && candidates[at].corrected) ? `"${word}"` : word)).join(" "),
        } : null,
        dropped: slots.filter((_, at) => !found[at].isFound).map((slot) => slot.word),
      });
    }

    /** The hits that pass the filters, but for one group. */
    wanted(hits, found, but = "") {
      const { facets, sets } = this.index;
      const filters = Object.entries(this.options.filters || {}).filter(([group, ids]) => group !== but && ids.length);
      const passes = facets.map((own) => filters.every(([group, ids]) => own[GROUPS.indexOf(group)].some((id) => ids.includes(id))));
      return kept(hits.filter((hit) => passes[sets[hit.page]]), found);
    }

    /** Counts for every filter, as if its own group were not set. */
    counts(hits, found) {
      const { facets, sets } = this.index;
      return GROUPS.map((group, at) => {
        const pages = facets.map(() => 0);
        for (const { page } of this.wanted(hits, found, group)) pages[sets[page]]++;
        const counts = new Map();
        facets.forEach((own, set) => own[at].forEach((id) => counts.set(id, (counts.get(id) || 0) + pages[set])));
        return [group, counts];
      });
    }

    /** Keeps sections that hold every phrase as written. Their texts must be read, so on a large site not all are. */
    async quoted(hits, phrases) {
      const isIn = ([at]) => {
        const list = words(this.index.section(at).tokens).map(({ word }) => word);
        return phrases.every((phrase) => list.some((_, at) => phrase.every((word, i) => list[at + i] === word)));
      };
      await this.ask(hits.flatMap((hit) => hit.sections));
      const found = [];
      for (const hit of hits) {
        await this.texts(hit.sections);
        const sections = await this.each(hit.sections, (section) => isIn(section) && section);
        found.push({ ...hit, sections: sections.filter(Boolean) });
      }
      return found.filter((hit) => hit.sections.length);
    }

    /** How near each other the words of the query stand in a text, and how many stand there as typed. */
    nearness(tokens, marks) {
      const { typed } = this;
      const list = words(tokens).map(({ word }) => word);
      let longest = 0;
      list.forEach((word, start) => typed.forEach((other, first) => {
        let run = Number(word === other);
        while (run && first + run < typed.length && list[start + run] === typed[first + run]) run++;
        longest = Math.max(longest, run);
      }));
      return closeness(marks, this.needles.length) * (longest < 2 ? 1 : 1 + 0.3 * (longest / typed.length));
    }

    /** The slots that a word of a text matches, as bits. */
    slotsOf(word) {
      let bits = this.bits.get(word);
      if (bits === undefined) {
        const key = this.index.key(word);
        const isPart = (part) => part.length >= 4 && key.length >= part.length + 3 && (key.startsWith(part) || key.endsWith(part));
        bits = this.needles.reduce((all, keys, slot) => all | (keys.has(key) || [...keys].some(isPart) ? 1 << slot : 0), 0);
        this.bits.set(word, bits);
      }
      return bits;
    }

    /** Whether a heading has the words of the query and no others that count. */
    isQuery(heading) {
      const { index } = this;
      const own = wordsOf(heading, index).filter((word) => !index.stops.has(word)).map((word) => index.key(word));
      return own.length > 0 && own.join(" ") === this.keys;
    }

    /** A hit as it is shown: of its best sections, the one with the words nearest each other leads. */
    async hit({ page, score, sections }) {
      const { index } = this;
      const [[, best]] = sections;
      await this.texts(likely(sections));
      const near = [];
      for (const [at, value] of likely(sections)) {
        await this.pause();
        const own = index.section(at);
        const marks = own.chunks.map(() => 0);
        for (const [i, { word, at, kind }] of own.tokens.entries()) {
          if (i % 64 === 0) await this.pause();
          if (kind !== "suspended") marks[at] |= this.slotsOf(word);
        }
        await this.pause();
        const [chunks, shown] = [own.chunks, marks].map((list) => list.slice(list.length - own.count));
        near.push({ ...own, value: (value / best) * this.nearness(own.tokens, marks), snippet: snippet(chunks, shown, this.weights) });
      }
      const first = near.reduce((a, b) => (b.value > a.value ? b : a));
      return {
        ...first,
        pageKind: index.facets[index.sets[page]][0][0],
        score: score * first.value * (this.isQuery(first.heading) || this.isQuery(first.title) ? 1.25 : 1),
        subs: near.filter((other) => other !== first).map((sub) => ({ ...sub, title: sub.heading || sub.title })),
      };
    }
  }

  Object.assign(window, {
    vejviserSearchFile: (name, data) => arrived.set(name, data),
    vejviserSearch: {
      /** Opens an index; nothing is loaded yet. @param {{ base: string, guess: string, language: string }} place */
      open: (place) => new Index(place),
      /** For search-guess.js and tests. */
      tools: { LINKS, chunks, tokens, fold, line, digit, place, nothing, isEmpty, add, addSet },
    },
  });
})();
