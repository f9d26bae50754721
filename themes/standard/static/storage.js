// The button that deletes all the site keeps in this browser, on the page that tells of it.
(function () {
  "use strict";
  const { make, deleteButton } = vvControls;
  document.querySelectorAll("[data-storage]").forEach((place) => {
    const status = make("p", { role: "status" });
    place.append(deleteButton((text) => { status.textContent = text; }, "button"), status);
  });
})();
