// Guesses at words that the site does not have: slips of the finger, compounds of two of its words, the same beginning.
// A part of the search (search.js), which fetches it for the first query with such a word. The twin of
// src/search/lookup/guess.rs and src/search/distance.rs.
"use strict";

/** From an index and its list of the commonest words to a function that guesses at one. */
window["vejviserSearchFile"]("guess", (index, text) => {
  const { LINKS, fold, lines, digit, place, nothing, isEmpty, add, addSet } = window["vejviserSearch"].tools;
  const dictionary = lines(text).map(([stem, rest]) => ({
    key: fold(stem),
    stem,
    count: digit(rest, 0),
    display: rest[1] === "=" ? rest.slice(2) : stem + rest.slice(1),
  }));

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

  /** The words with at most so many slips. What is misspelt may have lost the wrong ending, so the whole word is compared too. */
  const slips = (slot, most, weight, found) => {
    let best = -1;
    const whole = fold(slot.word);
    for (const word of dictionary) {
      if (!isNear(slot.key, word.key, most) && (whole === slot.key || !isNear(whole, word.key, most))) continue;
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
    await pause();
    if (count >= 4) slips(slot, 1, 0.7, found);
    await pause();
    cut(slot, false, 0.75, found);
    await pause();
    if (isEmpty(found) && count >= 8) slips(slot, 2, 0.45, found);
    await pause();
    if (isEmpty(found) && count >= 8) cut(slot, true, 0.5, found);
    await pause();
    if (isEmpty(found) && count >= 6) sameStart(slot, found);
    return found;
  };
});
