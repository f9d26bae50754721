// The front page's way back to the checklists a reader has begun: up to three, the latest first. Without any, nothing is shown.
(function () {
  "use strict";
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("vv-continue"));
  if (!template) return;
  const prefix = "vejviser:1:" + document.documentElement.dataset.site + ":checklist:";
  const found = [];
  template.content.querySelectorAll("li[data-checklist]").forEach((/** @type {HTMLElement} */ row) => {
    try {
      const value = JSON.parse(localStorage.getItem(prefix + row.dataset.checklist));
      const round = value.rounds.find((candidate) => candidate.id === value.active) || value.rounds[value.rounds.length - 1];
      const answers = row.dataset.answers.split(" ");
      // Counted as the list itself does: what is newest under an item's ids; of two equally new, what stands under today's.
      const entries = row.dataset.items.split(" ").map((ids) => ids.split("/").map((id) => round.items[id]).filter(Boolean)
        .reduce((a, b) => a && (b.t || "") <= (a.t || "") ? a : b, null)).filter((entry) => !entry || entry.relevant !== false);
      const count = entries.length;
      const done = entries.filter((entry) => entry && answers.includes(entry.answer)).length;
      row.append(template.dataset.text.replace("{n}", String(done)).replace("{count}", String(count)));
      found.push({ row: row, changed: String(value.changed) });
    } catch (_) {}   // nothing kept, nothing that can be read, or no store at all
  });
  if (!found.length) return;
  found.sort((a, b) => a.changed < b.changed ? 1 : -1);
  const section = template.content.firstElementChild;
  section.querySelector("ul").replaceChildren(...found.slice(0, 3).map((one) => one.row));
  template.replaceWith(section);
})();
