"use strict";
// The keys of a page of two texts; all else is links, and jump.js keeps the other text where it is.

document.querySelector(".keys").hidden = false;
document.addEventListener("keydown", (event) => {
  const by = { n: 1, p: -1 }[event.key];
  if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  turn(by);
});
