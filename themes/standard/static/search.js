// The search: finds sections by the index files below assets/search/. Nothing is loaded before it is asked for, nothing
// leaves the site, and every file is a classic script, so that it works from a folder too. The twin of src/search/: what
// is taken apart, looked up and ranked here must be the same there, and a test compares them.
//
//   const engine = vejviserSearch.open({ base, language });
//   engine.warm();
//   const job = engine.search(query, { filters, limit, done, failed });
//   job.cancel();
"use strict";

/** @typedef {{ word: string, key: string, place: number, isPrefix: boolean, isTyped: boolean, isLiteral: boolean, range: string[] }} Slot */
/** @typedef {{ key: string, stem: string, parts: string, code: string, list?: Int32Array }} Entry */
/** @typedef {{ entries: Map<Entry, number>, sets: [Entry[], number][], corrected: string }} Found */
/** @typedef {{ page: number, score: number, share: number, sections: [number, number][] }} Hit */

(() => {
  const NUMBERS = {
    da: "to tre fire fem seks syv otte ni ti elleve tolv",
    en: "two three four five six seven eight nine ten eleven twelve",
  };
  const isWord = (c) => c !== undefined && /^[\p{Alphabetic}\p{N}]/u.test(c);
  const isDigit = (c) => /^[0-9]/.test(c || "");
  const isVowel = (c) => /[aeiouyæøå]/.test(c || "");
  const main = (language) => language.split("-")[0];
  const isDanish = (language) => /^(da|nb|no)$/.test(main(language));

  // --- Words (tokens.rs) ---

  const ACCENTS = { é: "e", è: "e", ê: "e", ë: "e", á: "a", à: "a", â: "a", í: "i", ì: "i", î: "i", ó: "o", ò: "o", ô: "o", ú: "u", ù: "u", û: "u", ü: "u", ä: "æ", ö: "ø" };
  const letters = (text) => text.toLowerCase().replace(/[^\x00-\x7fæøå]/g, (c) => ACCENTS[c] || c);
  const plain = (c) => (/[\u2010-\u2015\u2212]/.test(c) ? "-" : /[’‘`´]/.test(c) ? "'" : c);
  const chunks = (text) => text.normalize("NFC").split(/[ \n\t\r\u00a0\u202f]+/).filter(Boolean);

  /** `36.000` is `36000`, `9.2` is `9,2`. */
  const number = (word, isEnglish) => {
    const grouped = /^\d{1,3}([.,])\d{3}(\1\d{3})*(?!\1|\d)/.exec(word);
    return (grouped && (grouped[1] === ",") === isEnglish ? word.replaceAll(grouped[1], "") : word).replaceAll(".", ",");
  };

  /** Gives every word of a text with the number of its chunk and what it is: word, part, joined or suspended. */
  const tokens = (text, language, take) => {
    const isEnglish = main(language) === "en";
    const numbers = (isEnglish ? NUMBERS.en : NUMBERS.da).split(" ");
    const known = (word) => {
      if (isDigit(word) && /[.,]/.test(word)) return number(word, isEnglish);
      if (numbers.includes(word)) return String(numbers.indexOf(word) + 2);
      return /^paragraf(fen|fer|ferne)?$/.test(word) ? "§" : word;
    };
    let suspended = "";
    chunks(text).forEach((chunk, at) => {
      let word = "";
      let parts = [];
      let hasHyphen = false;
      const give = (word, kind) => word.length <= 40 && take(word, at, kind);
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
      const simple = /^[("“”«»]*([a-zæøå]+)[.,;:!?)"“”«»]*$/i.exec(chunk);
      if (simple) {
        word = simple[1].toLowerCase();
        return endChain();
      }
      const cs = [...chunk.replace(/\u00ad/g, "")].map(plain);
      cs.forEach((c, i) => {
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
    });
  };

  // --- Stems (stem.rs) ---

  const DANISH = "hed ethed ered e erede ende erende ene erne ere en heden eren er heder erer heds es endes erendes enes ernes eres ens hedens erens ers ets erets et eret else elsen elser elserne elses elsens elsers elsernes".split(" ");
  const IRREGULAR = { børn: "barn", bøg: "bog", mænd: "mand", hænd: "hånd", tænd: "tand", døtr: "dat", dattr: "dat", datt: "dat", mødr: "mor", fædr: "far", brødr: "bror", nætt: "nat", næt: "nat", kræft: "kraft", rødd: "rod", rød: "rød", gæs: "gås", øjn: "øj", søstr: "søst", tæ: "tå" };
  const ENGLISH = "ational ate 3 ization ize 3 isation ize 3 fulness ful 3 iveness ive 3 ousness ous 3 ation ate 3 ition it 3 ment - 4 ness - 3 tional tion 3 ically ic 3 ably able 3 ally al 3 fully ful 3 ly - 4 ful - 3 ise ize 4".match(/\S+ \S+ \d/g) || [];

  /** Where endings may begin: after the first consonant that follows a vowel, and after three letters. */
  const region = (word) => {
    const at = word.search(/[aeiouyæøå][^aeiouyæøå]/);
    return at < 0 ? word.length : Math.max(at + 2, 3);
  };
  /** A word without the longest of the endings in its region. */
  const without = (word, endings) => {
    const fits = endings.filter((end) => word.length >= region(word) + end.length && word.endsWith(end));
    return word.slice(0, word.length - Math.max(0, ...fits.map((end) => end.length)));
  };
  const undouble = (word) => (/^..+([^aeiouyæøå])\1$/.test(word) ? word.slice(0, -1) : word);

  const danish = (word) => {
    for (;;) {
      const before = word.length;
      word = without(word, DANISH);
      if (word.length === before && before > Math.max(region(word), 3) && /[abcdfghjklmnoprtvyzå]s$/.test(word)) word = word.slice(0, -1);
      const plural = /^(.{3,})(børn|bøg|mænd)$/.exec(word) || ["", "", word];
      if (Object.hasOwn(IRREGULAR, plural[2])) {
        word = plural[1] + IRREGULAR[plural[2]];
        break;
      }
      if (without(word, ["gd", "dt", "gt", "kt"]) !== word) word = word.slice(0, -1);
      if (without(word, ["igst"]) !== word) word = word.slice(0, -2);
      word = undouble(without(word, ["ig", "lig", "elig"]));
      if (word.length === before) break;
    }
    if (word.length >= 5 && !isVowel(word.at(-2))) return /[^r]r$/.test(word) ? word.slice(0, -1) : word;
    return word.length >= 6 && /[^aeiouyæøå]el$/.test(word) ? word.slice(0, -2) + "l" : word;
  };

  const english = (word) => {
    if (/.sses$/.test(word)) word = word.slice(0, -2);
    else if (/..ies$/.test(word)) word = word.slice(0, -3) + "y";
    else if (/...s$/.test(word) && !/(ss|us|is)$/.test(word)) word = word.slice(0, -1);
    const verb = /^(.{3,}?)(ing|ed)$/.exec(word);
    if (verb && isVowel(verb[1])) {
      word = verb[1];
      if (/.(at|bl|iz|is|iv|uc|rg)$/.test(word)) word += "e";
      else if (!/.(ll|ss)$/.test(word)) word = undouble(word);
    }
    for (const rule of ENGLISH) {
      const [end, instead, least] = rule.split(" ");
      if (word.endsWith(end) && word.length - end.length >= Number(least)) {
        word = word.slice(0, -end.length) + (instead === "-" ? "" : instead);
        break;
      }
    }
    if (word.length > 3 && word.endsWith("e")) return word.slice(0, -1);
    return word.length > 2 && /[^aeiouyæøå]y$/.test(word) ? word.slice(0, -1) + "i" : word;
  };

  const stem = (word, language) => {
    if (!/^\p{Alphabetic}{3,}$/u.test(word)) return word;
    return main(language) === "en" ? english(word) : isDanish(language) ? danish(word) : word;
  };
  /** The key for looking a word up: spellings that people mix up have the same. */
  const fold = (word) => word.replace(/a[ea]|æ|å/g, "a").replace(/oe|ø/g, "o");

  /** Whether two keys are at most so many slips of the finger apart (distance.rs). */
  const isNear = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most || Math.min(a.length, b.length) < 2 || Math.max(a.length, b.length) > 64) return false;
    if (a[0] !== b[0] && a[1] !== b[1]) return false;
    let before = [0];
    let last = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(last[j] + 1, next[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      if (Math.min(...next) > most) return false;
      before = last;
      last = next;
    }
    return last[b.length] <= most;
  };

  // --- Files (files.rs) ---

  const arrived = new Map();
  const asked = new Map();

  /** Loads a file once. */
  const load = (base, name) => {
    if (!asked.has(name)) {
      const loading = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${base}${name}.js`;
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
  /** Stems and fields of a front-coded list. */
  const lines = (text) => {
    let last = "";
    return text.split("|").slice(0, -1).map((line) => {
      const [coded, ...fields] = line.split(" ");
      last = [...last].slice(0, digit(coded, 0)).join("") + coded.slice(1);
      return [last, ...fields];
    });
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
    constructor(base, language) {
      this.base = base;
      this.language = language;
      this.missing = new Set();
      this.files = new Map();
      this.keys = new Map();
    }

    get root() {
      return arrived.get(this.language);
    }

    file(name) {
      const whole = `${this.language}/${this.root.hash}/${name}`;
      if (!arrived.has(whole)) this.missing.add(whole);
      return arrived.get(whole);
    }

    loadMissing() {
      const names = [...this.missing];
      this.missing.clear();
      return Promise.all(names.map((name) => load(this.base, name)));
    }

    /** Reads what is known of the pages; false when it must be loaded first. */
    isReady() {
      if (this.firsts) return true;
      const { root } = this;
      const data = root.pages || this.file("p");
      if (!data) return false;
      this.starts = root.terms ? root.terms.map((text) => fold(lines(text)[0][0])) : root.starts.split(" ");
      this.starts[0] = "";
      this.sections = 0;
      this.firsts = decode(data.counts).map((count) => (this.sections += count) - count);
      this.sets = decode(data.sets);
      this.facets = data.facets;
      this.stops = new Set(data.stop.split(" "));
      this.groups = data.synonyms.map((group) => group.map((phrase) => phrase.split(" ")));
      this.texts = [];
      const numbers = decode(data.groups);
      let first = 0;
      for (let at = 0, group = 0; at < numbers.length; group++) {
        for (let file = 0, files = numbers[at++]; file < files; file++) {
          this.texts.push({ name: file ? `s${group}-${file}` : `s${group}`, first });
          first += numbers[at++];
        }
      }
      return true;
    }

    /** The key of a word. */
    key(word) {
      let key = this.keys.get(word);
      if (key === undefined) this.keys.set(word, (key = fold(stem(word, this.language))));
      return key;
    }

    entries(at) {
      if (!this.files.has(at)) {
        const text = this.root.terms ? this.root.terms[at] : this.file(`t${at}`);
        if (!text) return [];
        this.files.set(at, lines(text).map(([stem, parts, code]) => ({ key: fold(stem), stem, parts, code })));
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

    /** The commonest words, for misspellings. */
    dictionary() {
      if (!this.words) {
        const text = this.root.words ?? this.file("w");
        if (text === undefined) return [];
        this.words = lines(text).map(([stem, rest]) => ({ key: fold(stem), stem, count: digit(rest, 0), display: rest[1] === "=" ? rest.slice(2) : stem + rest.slice(1) }));
      }
      return this.words;
    }

    pageOf(section) {
      return place(this.firsts, (first) => first <= section) - 1;
    }

    /** What a page lists, as the glossary does terms. */
    isList(page) {
      const kind = this.facets[this.sets[page]][0];
      return /^(term|source)$/.test(kind) && kind;
    }

    /** A section as it is shown. */
    section(section) {
      const { name, first } = this.texts[place(this.texts, (text) => text.first <= section) - 1];
      const data = this.file(name);
      if (!data) return null;
      const [page, kind, fragment, heading, text] = data[1][section - first];
      const [url, title, trail] = data[0][page];
      return { url: url + (fragment && `#${fragment}`), title, trail, kind: ["page", "section", "checklist-item", "term"][kind], heading, text, whole: `${kind ? heading : title} ${text}` };
    }
  }

  // --- The query (query.rs) ---

  const MOST_SLOTS = 24;
  const words = (text, language) => {
    let list = [];
    tokens(text, language, (word, chunk, kind) => {
      const range = word.split("-");
      if (kind === "joined" && range.length > 1) list = [...list.slice(0, Math.max(0, list.length - range.length)), { word, chunk, range }];
      else if (kind === "word" || kind === "part") list.push({ word, chunk, range: [] });
    });
    return list;
  };

  /** Slots, one for each word that counts, and the phrases in quotes. @returns {{ slots: Slot[], literals: string[][], typed: string[] }} */
  const analyse = (text, index) => {
    const pieces = text.split(/["“”„«»]/);
    const quoted = pieces.filter((_, at) => at % 2 === 1 && at + 1 < pieces.length);
    const unquoted = pieces.join(" ");
    const isDotted = chunks(unquoted).map((chunk) => /\p{Alphabetic}\.\p{Alphabetic}/u.test(chunk));
    const isOpen = isWord([...unquoted].pop());
    const all = words(unquoted, index.language);
    const literals = quoted.map((phrase) => words(phrase, index.language).map(({ word }) => word)).filter((phrase) => phrase.length);
    const slots = all.map(({ word, chunk, range }, place) => {
      const isTyped = isOpen && place + 1 === all.length;
      return { word, key: index.key(word), place, isTyped, isPrefix: isTyped || (isDotted[chunk] && word.length <= 6), isLiteral: literals.flat().includes(word), range };
    });
    const counting = slots.filter((slot) => !index.stops.has(slot.word));
    return { slots: (counting.length ? counting : slots).slice(0, MOST_SLOTS), literals, typed: all.map(({ word }) => word) };
  };

  // --- Looking up (lookup.rs) ---

  const LINKS = ["", "s", "e", "er"];
  const isEmpty = (found) => !found.entries.size && !found.sets.length;
  const add = (found, entry, weight) => entry && found.entries.set(entry, Math.max(weight, found.entries.get(entry) || 0));
  const addSet = (found, entries, weight) => {
    const isKnown = found.sets.some(([other]) => other.length === entries.length && other.every((entry, at) => entry === entries[at]));
    if (entries.length > 1 && entries.every(Boolean) && !isKnown) found.sets.push([entries, weight]);
  };

  class Lookup {
    /** @param {Index} index */
    constructor(index) {
      this.index = index;
    }

    /** Adds the entries of a key that are not there yet; another spelling counts less. */
    look(found, key, exact, weight) {
      for (const entry of this.index.from(key, 1, (other) => other === key)) {
        const target = this.index.target(entry);
        if (target && !found.has(target)) found.set(target, entry.stem === exact ? weight : weight * 0.88);
      }
    }

    stemmed(base) {
      const found = new Map();
      this.look(found, fold(base), base, 1);
      if (isDanish(this.index.language) && base.length >= 5) {
        if (base.endsWith("t")) this.look(found, fold(base.slice(0, -1)), base.slice(0, -1), 0.95);
        this.look(found, fold(base + "t"), base + "t", 0.95);
      }
      return found;
    }

    /** The entries of a word in any form or spelling. */
    exact(word) {
      const found = this.stemmed(stem(word, this.index.language));
      if (fold(word) !== this.index.key(word)) this.look(found, fold(word), word, 1);
      return found;
    }

    /** Entries that begin with a word, the shortest first. */
    prefixed(word, most) {
      const start = fold(word);
      const found = this.index.from(start, 3, (key) => key.startsWith(start)).sort((a, b) => a.key.length - b.key.length);
      return found.slice(0, most).map((entry) => [this.index.target(entry), 0.5 + 0.35 * (start.length / entry.key.length)]);
    }

    /** What is found without guessing. @returns {Found} */
    known(slot) {
      const found = { entries: new Map(), sets: [], corrected: "" };
      const exact = this.exact(slot.word);
      for (const [entry, weight] of exact) {
        add(found, entry, weight);
        if (weight >= 0.88 && entry.parts) addSet(found, entry.parts.split("+").map((part) => this.index.byStem(part)), 0.5);
      }
      const count = slot.word.length;
      if ((slot.isPrefix && count >= 2) || (!exact.size && count >= 5)) {
        for (const [entry, weight] of this.prefixed(slot.word, 40)) add(found, entry, weight * (exact.size ? 0.5 : 1));
      }
      addSet(found, slot.range.map((number) => this.exact(number).keys().next().value), 0.5);
      return found;
    }

    /** Two or three neighbours that are one word of the site. */
    joined(slots, found) {
      slots.forEach((_, first) => {
        for (const count of [2, 3]) {
          const span = slots.slice(first, first + count);
          if (span.length < count || !span.every((slot, at) => slot.word.length >= 2 && (!at || slot.place === span[at - 1].place + 1))) continue;
          let together = [span[0].word];
          for (const slot of span.slice(1)) together = together.flatMap((word) => LINKS.map((link) => word + link + slot.word));
          const hits = [];
          for (const word of together) {
            hits.push(...this.exact(word));
            if (span[count - 1].isTyped && !hits.length) hits.push(...this.prefixed(word, 10));
          }
          for (const [entry, weight] of hits) for (const slot of found.slice(first, first + count)) add(slot, entry, weight);
        }
      });
    }

    synonyms(slots, found) {
      for (const group of this.index.groups) {
        for (const phrase of group) {
          for (let first = 0; first + phrase.length <= slots.length; first++) {
            if (!phrase.every((base, at) => slots[first + at].key === fold(base))) continue;
            for (const other of group.filter((other) => other !== phrase)) {
              const entries = other.map((base) => this.stemmed(base));
              for (const slot of found.slice(first, first + phrase.length)) {
                if (entries.length === 1) for (const [entry, weight] of entries[0]) add(slot, entry, weight * 0.7);
                else addSet(slot, entries.map((list) => list.keys().next().value), 0.7);
              }
            }
          }
        }
      }
    }

    /** Guesses at a word the site does not have. */
    unknown(slot, found) {
      const count = slot.key.length;
      if (/\p{N}/u.test(slot.key)) return;
      if (count >= 4) this.slips(slot, 1, 0.7, found);
      this.cut(slot, false, 0.75, found);
      if (isEmpty(found) && count >= 8) this.slips(slot, 2, 0.45, found);
      if (isEmpty(found) && count >= 8) this.cut(slot, true, 0.5, found);
      if (isEmpty(found) && count >= 6) this.sameStart(slot, found);
    }

    slips(slot, most, weight, found) {
      let best = -1;
      const whole = fold(slot.word);
      for (const word of this.index.dictionary()) {
        if (!isNear(slot.key, word.key, most) && !isNear(whole, word.key, most)) continue;
        add(found, this.index.byStem(word.stem), weight);
        if (word.count > best) {
          best = word.count;
          found.corrected = word.display;
        }
      }
    }

    /** The word cut into two words of the site, of which one may be misspelt. */
    cut(slot, hasSlip, weight, found) {
      const { word } = slot;
      let best = -Infinity;
      let pair = [];
      for (let at = 3; at < word.length - 2; at++) {
        for (const link of LINKS) {
          const left = word.slice(0, at - link.length);
          const score = -Math.abs(at * 2 - word.length) - (link ? 2 : 0);
          if (left.length < 3 || !word.slice(0, at).endsWith(link) || score <= best) continue;
          const both = this.pair(left, word.slice(at), hasSlip);
          if (both.every(Boolean)) {
            best = score;
            pair = both;
          }
        }
      }
      addSet(found, pair.map((word) => this.index.byStem(word.stem)), weight);
    }

    pair(left, right, hasSlip) {
      const list = this.index.dictionary();
      const known = (word) => {
        const exact = stem(word, this.index.language);
        const key = fold(exact);
        let best = null;
        for (let at = place(list, (other) => other.key < key); list[at]?.key === key; at++) {
          if (list[at].stem === exact) return list[at];
          if (!best || list[at].count > best.count) best = list[at];
        }
        return best;
      };
      const close = (word) => {
        const key = this.index.key(word);
        return key.length >= 5 && list.find((other) => isNear(key, other.key, 1));
      };
      const a = known(left);
      const b = known(right);
      if (hasSlip && a && !b && left.length >= 4) return [a, close(right)];
      if (hasSlip && b && !a && right.length >= 4) return [close(left), b];
      return [a, b];
    }

    /** The words that share the longest beginning. */
    sameStart({ key }, found) {
      let longest = Math.max(6, Math.ceil((key.length * 6) / 10));
      let best = [];
      for (const word of this.index.dictionary()) {
        let shared = 0;
        while (shared < key.length && key[shared] === word.key[shared]) shared++;
        if (shared > longest) best = [];
        longest = Math.max(longest, shared);
        if (shared === longest) best.push(word);
      }
      for (const word of best.slice(0, 5)) add(found, this.index.byStem(word.stem), 0.4);
    }

    candidates(slots) {
      const found = slots.map((slot) => this.known(slot));
      this.joined(slots, found);
      this.synonyms(slots, found);
      // What has not been loaded is not unknown.
      if (!this.index.missing.size) slots.forEach((slot, at) => isEmpty(found[at]) && !slot.isLiteral && this.unknown(slot, found[at]));
      return found;
    }
  }

  // --- Ranking (rank.rs) ---

  const impact = (posting) => (posting & 15) / 16;
  const covered = (share) => share * Math.sqrt(Math.sqrt(share));
  const idf = (sections, count) => Math.round(Math.log(1 + Math.max(sections - count + 0.5, 0) / (count + 0.5)) * 10000) / 10000;

  /** Where the candidates of a slot are, and how much it says. */
  const find = (found, index) => {
    const { sections } = index;
    const values = new Float64Array(sections);
    const flags = new Uint8Array(sections);
    const spread = [];
    const put = (at, value, posting) => {
      if (value > values[at]) {
        values[at] = value;
        flags[at] = posting & 48;
      }
    };
    // In the order of the entries, since of two that are as good the first gives the flags.
    const entries = [...found.entries].sort(([a], [b]) => (a.key < b.key || (a.key === b.key && a.stem < b.stem) ? -1 : 1));
    for (const [entry, weight] of entries) {
      const list = postings(entry);
      for (let i = 0; i < list.length; i += 2) put(list[i], weight * impact(list[i + 1]), list[i + 1]);
      spread.push([weight, list.length / 2]);
    }
    for (const [all, weight] of found.sets) {
      let common = new Map();
      all.forEach((entry, at) => {
        const list = postings(entry);
        const both = new Map();
        for (let i = 0; i < list.length; i += 2) {
          const old = at ? common.get(list[i]) : [1, 63];
          if (old) both.set(list[i], [Math.min(old[0], impact(list[i + 1])), old[1] & list[i + 1]]);
        }
        common = both;
      });
      for (const [section, [least, posting]] of common) put(section, weight * least, posting);
      if (common.size) spread.push([weight, common.size]);
    }
    if (!spread.length) return { values, flags, idf: 0.7 * idf(sections, 1), isFound: false, hasExact: false };
    const best = Math.max(...spread.map(([weight]) => weight));
    const most = Math.max(...spread.filter(([weight]) => weight >= 0.85 * best).map(([, count]) => count));
    return { values, flags, idf: idf(sections, most), isFound: true, hasExact: best >= 0.85 };
  };

  /** The pages that are found, in no order yet. @returns {Promise<Hit[]>} */
  const rank = async (index, slots, turn) => {
    const total = slots.reduce((sum, slot) => sum + slot.idf, 0);
    const known = slots.filter((slot) => slot.isFound);
    const hits = [];
    if (!known.length || !total) return hits;
    for (let page = 0; page < index.firsts.length; page++) {
      if (turn.isOver()) await turn.rest();
      const [first, end] = [index.firsts[page], index.firsts[page + 1] ?? index.sections];
      /** @type {[number, number][]} */
      const sections = [];
      for (let at = first; at < end; at++) {
        let [sum, mass, count, flags] = [0, 0, 0, 48];
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
      if (!sections.length) continue;
      sections.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      // Each entry of a list stands for itself.
      const isList = index.isList(page);
      const [from, to] = isList ? [sections[0][0], sections[0][0] + 1] : [first, end];
      let [sum, mass] = [0, 0];
      for (const slot of known) {
        let best = 0;
        for (let at = from; at < to; at++) best = Math.max(best, slot.values[at]);
        sum += slot.idf * best;
        mass += best && slot.idf;
      }
      // What a term means is read before what is told with the word.
      const rest = sections.slice(...(isList ? [0, Number(isList === "term")] : [1, 4])).reduce((all, [, score]) => all + score, 0);
      const share = mass / total;
      hits.push({ page, sections, share, score: sections[0][1] + 0.15 * rest + 0.4 * (sum * covered(share)) });
    }
    return hits;
  };

  /** Drops what has too little of the query or scores far below the best, and puts the rest in order. */
  const inOrder = (hits, slots) => {
    const gate = slots.length >= 4 ? 0.22 : 0.34;
    const least = hits.some((hit) => hit.share >= gate) ? gate : slots.some((slot) => slot.hasExact) ? 0.12 : 2;
    const kept = hits.filter((hit) => hit.share >= least).sort((a, b) => b.score - a.score || a.page - b.page);
    return kept.filter((hit) => hit.score >= kept[0].score * 0.08);
  };

  // --- What is shown (snippet.rs, engine.rs) ---

  /** How close together the slots stand: 1.3 side by side, towards 1 far apart. */
  const closeness = (marks, count) => {
    const wanted = [...Array(count).keys()].filter((slot) => marks.some((bits) => (bits >> slot) & 1)).length;
    if (wanted < 2) return 1;
    const counts = Array(count).fill(0);
    let [have, start, least] = [0, 0, Infinity];
    marks.forEach((bits, end) => {
      for (let slot = 0; slot < count; slot++) if ((bits >> slot) & 1 && ++counts[slot] === 1) have++;
      for (; have === wanted; start++) {
        least = Math.min(least, end - start + 1);
        for (let slot = 0; slot < count; slot++) if ((marks[start] >> slot) & 1 && --counts[slot] === 0) have--;
      }
    });
    return least <= wanted ? 1.3 : 1 + 0.25 * (wanted / least);
  };

  /** The best run of words, or the beginning, with what matches. */
  const snippet = (text, marks, weights) => {
    const all = chunks(text);
    let [most, from] = [0, 0];
    all.forEach((_, start) => {
      let value = !start || /[.!?:]$/.test(all[start - 1]) ? 0.5 : 0;
      let seen = 0;
      for (let at = start; at < start + 28 && at < all.length; at++) {
        for (let slot = 0; marks[at] >> slot; slot++) if ((marks[at] >> slot) & 1) value += (seen >> slot) & 1 ? 0.05 : weights[slot];
        seen |= marks[at];
      }
      if (value > most + 1e-9) [most, from] = [value, start];
    });
    const runs = [];
    const push = (text, isMatch) => {
      const last = runs.at(-1);
      if (last && last.isMatch === isMatch) last.text += text;
      else if (text) runs.push({ text, isMatch });
    };
    push(from ? "… " : "", false);
    all.slice(from, from + 28).forEach((chunk, at) => {
      const [before, after] = [/^[^\p{Alphabetic}\p{N}§]*/u, /[^\p{Alphabetic}\p{N}§]*$/u].map((outside) => (outside.exec(chunk) || [""])[0]);
      const word = chunk.slice(before.length, chunk.length - after.length);
      push((at ? " " : "") + (word ? before : ""), false);
      const isMatch = !!marks[from + at];
      if (word) push(word, isMatch);
      push(word ? after : chunk, !word && isMatch);
    });
    push(from + 28 < all.length ? " …" : "", false);
    return runs;
  };

  /** The most milliseconds of work before the page may answer its reader: a slow phone makes four of one. */
  const TURN = 8;

  /** One stretch of work. Asks `before` whether anything is missing when it rests, since another search may fetch it meanwhile. */
  class Turn {
    constructor(before) {
      this.before = before;
      this.began = performance.now();
    }

    isOver() {
      return performance.now() - this.began > TURN;
    }

    async rest() {
      this.before();
      await new Promise((go) => {
        const { port1, port2 } = new MessageChannel();
        // A port that is left open is kept for ever.
        port1.onmessage = () => go(port1.close());
        port2.postMessage(0);
      });
      this.began = performance.now();
    }
  }

  /** Pages whose texts are searched for a phrase in quotes. */
  const MOST_QUOTED = 100;

  class Search {
    constructor(index, query, options) {
      this.index = index;
      this.query = query.trim();
      this.options = options;
      this.isCancelled = false;
    }

    /** Tries until nothing is missing any more. */
    async run() {
      const { index, options } = this;
      await load(index.base, index.language);
      while (!this.isCancelled) {
        this.turn = new Turn(() => { this.isPartial = this.isPartial || index.missing.size > 0; });
        this.isPartial = false;
        const result = index.isReady() && (await this.attempt());
        if (this.isCancelled) return;
        if (!index.missing.size && !this.isPartial) return options.done(result);
        await index.loadMissing();
      }
    }

    /** Goes on in a later turn when this one is over. A newer query ends an older one there. */
    async pause() {
      if (this.turn.isOver()) await this.turn.rest();
      return this.isCancelled;
    }

    async attempt() {
      const { index, options } = this;
      const { slots, literals, typed } = analyse(this.query, index);
      const candidates = new Lookup(index).candidates(slots);
      if (index.missing.size) return null;
      const found = [];
      for (const slot of candidates) {
        if (await this.pause()) return null;
        found.push(find(slot, index));
      }
      const hits = await rank(index, found, this.turn);
      if (await this.pause()) return null;
      this.typed = typed;
      this.weights = found.map((slot) => slot.idf);
      this.keys = slots.map((slot) => slot.key).join(" ");
      this.needles = candidates.map((slot) => new Set([...slot.entries.keys(), ...slot.sets.flatMap(([entries]) => entries)].map((entry) => entry.key)));
      this.bits = new Map();
      const all = literals.length ? await this.quoted(inOrder(hits, found), literals) : hits;
      if (await this.pause()) return null;
      const wanted = inOrder(all.filter((hit) => this.isWanted(hit.page)), found);
      const limit = options.limit || 10;
      const results = [];
      for (let at = 0; at < Math.min(wanted.length, limit); at += 10) {
        const block = [];
        for (const hit of wanted.slice(at, at + 10)) {
          if (await this.pause()) return null;
          block.push(this.hit(hit));
        }
        results.push(...block.sort((a, b) => b.score - a.score));
      }
      if (await this.pause()) return null;
      return {
        query: this.query,
        total: wanted.length,
        results: results.slice(0, limit),
        facets: this.counts(all, found),
        spelling: candidates.some((slot) => slot.corrected) ? {
          shown: slots.map((slot, at) => candidates[at].corrected || slot.word).join(" "),
          // In quotes a word is taken as it stands.
          asked: typed.map((word, place) => (slots.some((slot, at) => slot.place === place && candidates[at].corrected) ? `"${word}"` : word)).join(" "),
        } : null,
        dropped: slots.filter((_, at) => !found[at].isFound).map((slot) => slot.word),
      };
    }

    /** Whether a page passes the filters, but for one group. */
    isWanted(page, but = "") {
      const [kind, role, topic] = this.index.facets[this.index.sets[page]];
      const labels = { kind: [kind], role, topic };
      return Object.entries(this.options.filters || {}).every(([group, ids]) => group === but || !ids.length || ids.some((id) => labels[group].includes(id)));
    }

    /** Counts for every filter, as if its own group were not set. */
    counts(hits, found) {
      const list = ["kind", "role", "topic"].map((group, at) => {
        const counts = new Map();
        for (const { page } of inOrder(hits.filter((hit) => this.isWanted(hit.page, group)), found)) {
          for (const id of [this.index.facets[this.index.sets[page]][at]].flat()) counts.set(id, (counts.get(id) || 0) + 1);
        }
        return [group, [...counts].map(([id, count]) => ({ id, count })).sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1))];
      });
      return Object.fromEntries(list);
    }

    /** Keeps sections that hold every phrase as written. Their texts must be read, so on a large site not all are. */
    async quoted(hits, phrases) {
      const { index } = this;
      const kept = [];
      const isIn = (at) => {
        const section = index.section(at);
        const list = this.words(section ? section.whole : "");
        return phrases.every((phrase) => list.some((_, at) => phrase.every((word, i) => list[at + i] === word)));
      };
      for (const hit of hits.slice(0, MOST_QUOTED)) {
        if (await this.pause()) break;
        const sections = hit.sections.filter(([at]) => isIn(at));
        if (sections.length) kept.push({ ...hit, sections });
      }
      return kept;
    }

    words(text) {
      return words(text, this.index.language).map(({ word }) => word);
    }

    /** How near each other the words of the query stand in a text, and how many stand there as typed. */
    nearness(text, marks) {
      const list = this.words(text);
      let longest = 0;
      list.forEach((_, start) => this.typed.forEach((_, first) => {
        let run = 0;
        while (first + run < this.typed.length && list[start + run] === this.typed[first + run]) run++;
        longest = Math.max(longest, run);
      }));
      return closeness(marks, this.needles.length) * (longest < 2 ? 1 : 1 + 0.3 * (longest / this.typed.length));
    }

    /** The slots that each chunk of a text matches, as bits. */
    marks(text) {
      const marks = chunks(text).map(() => 0);
      tokens(text, this.index.language, (word, at, kind) => {
        if (kind === "suspended") return;
        const key = this.index.key(word);
        let bits = this.bits.get(key);
        if (bits === undefined) {
          const isPart = (part) => part.length >= 4 && key.length >= part.length + 3 && (key.startsWith(part) || key.endsWith(part));
          bits = this.needles.reduce((all, keys, slot) => all | (keys.has(key) || [...keys].some(isPart) ? 1 << slot : 0), 0);
          this.bits.set(key, bits);
        }
        marks[at] |= bits;
      });
      return marks;
    }

    /** Whether a heading has the words of the query and no others that count. */
    isQuery(heading) {
      const { index } = this;
      const own = this.words(heading).filter((word) => !index.stops.has(word)).map((word) => index.key(word));
      return own.length > 0 && own.join(" ") === this.keys;
    }

    /** A hit as it is shown: of its best sections, the one with the words nearest each other leads. */
    hit({ page, score, sections }) {
      const { index } = this;
      const best = sections[0][1];
      const near = sections.filter(([, value], at) => !at || value >= 0.35 * best).slice(0, 4).map(([at, value]) => {
        const own = index.section(at);
        if (!own) return null;
        const marks = this.marks(own.whole);
        const text = marks.slice(marks.length - chunks(own.text).length);
        return { own, value: (value / best) * this.nearness(own.whole, marks), snippet: snippet(own.text, text, this.weights) };
      });
      if (!near.every(Boolean)) return { score: 0 };
      const first = near.reduce((a, b) => (b.value > a.value ? b : a));
      const shown = ({ own: { url, kind }, snippet }) => ({ url, kind, snippet });
      const { title, heading, trail } = first.own;
      return {
        ...shown(first),
        title,
        pageKind: index.facets[index.sets[page]][0],
        trail,
        heading: heading || null,
        score: score * first.value * (this.isQuery(heading) || this.isQuery(title) ? 1.25 : 1),
        subs: near.filter((other) => other !== first).map((other) => ({ ...shown(other), title: other.own.heading || title })),
      };
    }
  }

  Object.assign(window, {
    vejviserSearchFile: (name, data) => arrived.set(name, data),
    vejviserSearch: {
      /** Opens an index; nothing is loaded yet. @param {{ base: string, language: string }} place */
      open({ base, language }) {
        const index = new Index(base, language);
        return {
          warm: () => void load(base, language).catch(() => {}),
          /** @param {string} query @param {any} options */
          search(query, options) {
            const search = new Search(index, query, options);
            search.run().catch((error) => search.isCancelled || options.failed(error));
            return { cancel: () => (search.isCancelled = true) };
          },
        };
      },
      /** How a text is analysed, for the test that compares the twins. */
      analysis(text, language) {
        let out = "";
        tokens(text, language, (word, chunk) => (out += `${chunk} ${word} ${stem(word, language)} ${fold(stem(word, language))}\n`));
        return out;
      },
    },
  });
})();
