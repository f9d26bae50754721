// The button that deletes all the site keeps in this browser, on the page that tells of it.
(function () {
  "use strict";
  const lists = vvLists;
  const controls = vvControls;
  document.querySelectorAll("[data-storage]").forEach((place) => {
    const status = controls.make("p", { role: "status" });
    place.append(controls.button(lists.word("tick_delete_all"), async () => {
      status.textContent = "";
      const answer = await controls.ask(lists.word("tick_delete_all_ask"), [lists.word("tick_delete_all_text")], [lists.word("tick_delete_all"), lists.word("tick_keep")]);
      if (answer !== 0) return;
      lists.forgetAll();
      status.textContent = lists.word("tick_all_deleted");
    }, "button"), status);
  });
})();
