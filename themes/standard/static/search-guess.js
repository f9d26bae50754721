// Guesses at words that the site does not have: slips of the finger, compounds of two of its words, the same beginning.
// A part of the search (search.js), which fetches it for the first query with such a word. The twin of
// src/search/lookup/guess.rs, src/search/distance.rs and src/text/slips.rs.
"use strict";

/** From an index and its list of the commonest words to a function that guesses at one. */
window["vejviserSearchFile"]("guess", (index, text) => {
  const { LINKS, fold, line, digit, place, nothing, isEmpty, add, addSet } = window["vejviserSearch"].tools;
  /** The words of the list, in the order of their keys. */
  let dictionary = [];
  const read = async (pause) => {
    const words = [];
    let stem = "";
    for (const coded of text.split("|").slice(0, -1)) {
      if (words.length % 128 === 0) await pause();
      const [own, rest] = line(coded, stem);
      stem = own;
      words.push({ key: fold(stem), stem, count: digit(rest, 0), display: rest[1] === "=" ? rest.slice(2) : stem + rest.slice(1) });
    }
    dictionary = words;
  };

  // --- Slips (slips.rs, distance.rs) ---

  /** Slips from a key to each beginning of a word; nothing where even the fewest are more than `most`. */
  const slipsTo = (key, word, most) => {
    let before = [];
    let last = [...word, ""].map((_, i) => i);
    for (let i = 1; i <= key.length; i++) {
      const next = [i];
      for (let j = 1; j <= word.length; j++) {
        next[j] = Math.min(last[j] + 1, next[j - 1] + 1, last[j - 1] + (key[i - 1] === word[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && key[i - 1] === word[j - 2] && key[i - 2] === word[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      if (Math.min(...next) > most) return undefined;
      before = last;
      last = next;
    }
    return last;
  };
  /** Whether the first or the second letter is the same, or the two have changed places. */
  const isAlike = (a, b) => a.length > 1 && b.length > 1 && (a[0] === b[0] || a[1] === b[1] || (a[0] === b[1] && a[1] === b[0]));
  const isNear = (a, b, most) => isAlike(a, b) && Math.abs(a.length - b.length) <= most && slipsTo(a, b, most)?.at(-1) <= most;

  const endings = ["", "s", ...(index.root.endings.da ? ["r", ...index.root.endings.da.endings] : ["ed", "ing"])];

  /**
   * The words with at most so many slips: as written most often, else stem against stem, else a stem and an ending with
   * the slips in either, since a misspelt word may have lost the wrong ending.
   */
  const slips = async (slot, most, weight, found, pause) => {
    const whole = fold(slot.word);
    const rests = [...whole, ""].map((_, at) => Math.min(...endings.map((ending) => slipsTo(ending, whole.slice(at), Infinity).at(-1))));
    const isForm = (key) => key.length >= 3 && slipsTo(key, whole, most)?.some((count, at) => count + rests[at] <= most);
    const written = [];
    const stems = [];
    for (const [at, word] of dictionary.entries()) {
      if (at % 128 === 0) await pause();
      if (!isAlike(word.key, whole) || index.stops.has(word.display)) continue;
      if (isNear(fold(word.display), whole, most)) written.push(word);
      else if (isNear(word.key, slot.key, most) || isForm(word.key)) stems.push(word);
    }
    let best = -1;
    for (const word of written.length ? written : stems) {
      add(found, index.byStem(word.stem), weight);
      if (word.count > best) {
        best = word.count;
        found.corrected = word.display;
      }
    }
  };

  const known = (word) => {
    const exact = index.stem(word);
    const key = fold(exact);
    let best = null;
    for (let at = place(dictionary, (other) => other.key < key); dictionary[at]?.key === key; at++) {
      if (dictionary[at].stem === exact) return dictionary[at];
      if (!best || dictionary[at].count > best.count) best = dictionary[at];
    }
    return best;
  };
  const close = (word) => {
    const key = index.key(word);
    return key.length >= 5 && dictionary.find((other) => isNear(key, other.key, 1));
  };
  const pair = (left, right, hasSlip) => {
    const a = known(left);
    const b = known(right);
    if (hasSlip && a && !b && left.length >= 4) return [a, close(right)];
    if (hasSlip && b && !a && right.length >= 4) return [close(left), b];
    return [a, b];
  };

  /** The word cut into two words of the site, of which one may be misspelt. */
  const cut = ({ word }, hasSlip, weight, found) => {
    let best = -Infinity;
    let words = [];
    for (let at = 3; at < word.length - 2; at++) {
      for (const link of LINKS) {
        const left = word.slice(0, at - link.length);
        const score = -Math.abs(at * 2 - word.length) - (link ? 2 : 0);
        if (left.length < 3 || !word.slice(0, at).endsWith(link) || score <= best) continue;
        const both = pair(left, word.slice(at), hasSlip);
        if (both.every(Boolean)) {
          best = score;
          words = both;
        }
      }
    }
    addSet(found, words.map(({ stem }) => index.byStem(stem)), weight);
  };

  /** The words that share the longest beginning. */
  const sameStart = ({ key }, found) => {
    let longest = Math.max(6, Math.ceil((key.length * 6) / 10));
    let best = [];
    for (const word of dictionary) {
      let shared = 0;
      while (shared < key.length && key[shared] === word.key[shared]) shared++;
      if (shared > longest) best = [];
      longest = Math.max(longest, shared);
      if (shared === longest) best.push(word);
    }
    for (const { stem } of best.slice(0, 5)) add(found, index.byStem(stem), 0.4);
  };

  return async (slot, pause) => {
    const found = nothing();
    const count = slot.key.length;
    if (/\p{N}/u.test(slot.key)) return found;
    if (!dictionary.length) await read(pause);
    if (slot.word.length >= 4) await slips(slot, 1, 0.7, found, pause);
    await pause();
    cut(slot, false, 0.75, found);
    await pause();
    if (isEmpty(found) && count >= 8) await slips(slot, 2, 0.45, found, pause);
    await pause();
    if (isEmpty(found) && count >= 8) cut(slot, true, 0.5, found);
    await pause();
    if (isEmpty(found) && count >= 6) sameStart(slot, found);
    return found;
  };
});
