"use strict";

// The findings and the recordings are read without the program. All that a reader changes in them is what is unfolded, and that
// stands in the address: the names of what is, with commas between them. An address without a name shows the page as it was
// written; one that names no fold, but a heading, shows nothing unfolded.

(() => {
  const folds = [...document.querySelectorAll("details[id]")];
  const unfolded = () => folds.filter((fold) => fold.open);
  const written = unfolded();

  // named returns the names in the address.
  function named() {
    const text = location.hash.slice(1);
    try {
      return decodeURIComponent(text).split(",").filter(Boolean);
    } catch {
      return [text];
    }
  }

  // asked returns the folds that the address wants open: those it names, and those around what it names. One that names nothing
  // here wants nothing.
  function asked() {
    const places = named().map((name) => document.getElementById(name)).filter(Boolean);
    return places.length ? folds.filter((fold) => places.some((place) => fold.contains(place))) : written;
  }

  function show() {
    const unknown = named().filter((name) => !document.getElementById(name));
    const wrong = document.getElementById("wrong");
    wrong.textContent = "Nothing on this page is called " + unknown.join(" or ") + ": it may have another name since the address was written.";
    wrong.hidden = !unknown.length;
    const open = asked();
    for (const fold of folds) fold.open = open.includes(fold);
    document.getElementById(named()[0])?.scrollIntoView();
  }

  // What happens to a fold is told after it has happened, and by the address as well, which then has nothing to change.
  document.addEventListener("toggle", () => {
    const open = unfolded();
    if (String(open.map((fold) => fold.id)) === String(asked().map((fold) => fold.id))) return;
    history.replaceState(null, "", "#" + (open.map((fold) => encodeURI(fold.id)).join(",") || "content"));
  }, true);

  addEventListener("hashchange", show);
  if (named().length) show();
})();
