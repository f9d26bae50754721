// Runs in the head, before first paint: says that script is there, and applies the reader's own colour choice.
// Reading storage throws when it is blocked or holds something else; then the system's colours stand.
(function (root) {
  root.classList.add("js");
  try {
    var choice = JSON.parse(localStorage.getItem("vejviser:1:" + root.dataset.site + ":settings")).appearance;
    if (choice === "light" || choice === "dark") root.dataset.appearance = choice;
  } catch (_) {}
})(document.documentElement);
