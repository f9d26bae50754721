// Runs in the head, before first paint: says that script is there, whether the search page is asked something (its
// results then have their place before they come), and applies the reader's own colour choice.
// Reading storage throws when it is blocked or holds something else; then the system's colours stand.
(function (root) {
  root.classList.add("js");
  if (/[?&]q=[^&]/.test(location.search)) root.classList.add("asking");
  try {
    var choice = JSON.parse(localStorage.getItem("vejviser:1:" + root.dataset.site + ":settings")).appearance;
    if (choice === "light" || choice === "dark") root.dataset.appearance = choice;
  } catch (_) {}
})(document.documentElement);
