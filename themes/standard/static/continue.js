// The front page's way back to the checklists a reader has begun: up to three, the latest first. Without any, nothing is shown.
(function () {
  "use strict";
  const template = document.getElementById("vv-continue");
  if (!template) return;
  const prefix = "vejviser:1:" + document.documentElement.dataset.site + ":checklist:";
  const found = [];
  template.content.querySelectorAll("li[data-checklist]").forEach((row) => {
    try {
      const value = JSON.parse(localStorage.getItem(prefix + row.dataset.checklist));
      const round = value.rounds.find((candidate) => candidate.id === value.active);
      const entries = Object.values(round.items);
      const count = Number(row.dataset.count) - entries.filter((entry) => entry.relevant === false).length;
      const done = Math.min(count, entries.filter((entry) => entry.answer && entry.relevant !== false).length);
      row.append(row.dataset.text.replace("{n}", done).replace("{count}", count));
      found.push({ row: row, changed: String(value.changed) });
    } catch (_) {}   // nothing kept, nothing that can be read, or no store at all
  });
  if (!found.length) return;
  found.sort((a, b) => a.changed < b.changed ? 1 : -1);
  const section = template.content.firstElementChild;
  section.querySelector("ul").replaceChildren(...found.slice(0, 3).map((one) => one.row));
  template.replaceWith(section);
})();
