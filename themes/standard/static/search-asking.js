// @ts-check
// What the search's field and the search's page share: they ask the engine (search.js) and show its hits. One name is
// handed on: `vvSearch`. What comes from the index becomes text, never markup. No words stand here: they come from data.
/**
 * @typedef {{ text: string, isMatch: boolean }[]} Snippet
 * @typedef {{ url: string, title: string, kind: string, snippet: Snippet }} SubHit
 * @typedef {SubHit & { pageKind: string, trail: string[], heading: string, subs: SubHit[] }} PageHit
 * @typedef {{ query: string, total: number, isPartial: boolean, results: PageHit[], facets: Record<string, Map<string, number>>,
 *   spelling: { shown: string, asked: string } | null, dropped: string[] }} Result
 * @typedef {{ filters?: Record<string, string[]>, limit: number, done(result: Result): void, failed(): void }} Asked
 * @typedef {{ warm(): void, search(query: string, options: Asked): { cancel(): void } }} Engine
 */
var vvSearch = (() => {
  "use strict";

  /** @param {string} tag @param {Record<string, string>} attributes @param {(Node | string)[]} children */
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    element.append(...children);
    return element;
  };

  const address = (/** @type {HTMLElement} */ place, /** @type {SubHit} */ hit) => vvPage.fromFolder(place.dataset.root + hit.url);

  const nameOf = (/** @type {PageHit} */ hit) =>
    hit.heading && hit.heading !== hit.title ? hit.title + " – " + hit.heading : hit.title;

  /** Says a text to screen readers once the reader has rested. */
  const teller = (/** @type {Element} */ status) => {
    let timer = 0;
    return (/** @type {string} */ text, then = () => {}) => {
      clearTimeout(timer);
      timer = setTimeout(() => { status.textContent = text; then(); }, 500);
    };
  };

  /**
   * One search at a time: a newer one ends the older. The place's data name the index. Searching and showing wait for a
   * turn each, so that a key pressed meanwhile is answered first and spares the work for what is outdated.
   */
  const asker = (/** @type {HTMLElement} */ place, language = document.documentElement.lang) => {
    const engine = /** @type {{ open(place: object): Engine }} */ (window["vejviserSearch"]).open({ base: place.dataset.index, guess: place.dataset.guess, language });
    let turn = 0;
    let job = { cancel() {} };
    const stop = () => {
      clearTimeout(turn);
      job.cancel();
    };
    return {
      warm: () => engine.warm(),
      stop,
      ask(/** @type {string} */ query, /** @type {Asked} */ { done, ...options }) {
        stop();
        turn = setTimeout(() => {
          job = engine.search(query, { ...options, done(result) { turn = setTimeout(done, 0, result); } });
        });
      },
    };
  };

  return { make, address, nameOf, teller, asker };
})();
