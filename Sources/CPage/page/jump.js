
// From a passage or fact of one text to the same in the other.

const view = document.getElementById("view");
let current = {};

/** Brings a fact into view, on one side or on both. */
function jumpToFact(at, sides = [0, 1]) {
  for (const other of view.querySelectorAll(".fact.on")) other.classList.remove("on");
  for (const place of view.querySelectorAll(`.fact[data-fact="${at}"]`)) place.classList.add("on");
  for (const side of sides) {
    const place = view.querySelector(`.fact[data-side="${side}"][data-fact="${at}"]`);
    if (place) bringIntoView(place);
  }
}

function bringIntoView(element) {
  const fold = element.closest("details");
  if (fold) fold.open = true;
  const box = element.closest(".text"), inside = element.getBoundingClientRect(), around = box.getBoundingClientRect();
  box.scrollTop += inside.top - around.top - Math.max(20, (around.height - inside.height) / 3);
}

const markOf = (side, at) => view.querySelector(`mark[data-side="${side}"][data-passage="${at}"]`);

/** Brings a passage into the middle of its text, and with `both` its partner too. */
function jump(side, at, both) {
  const mark = markOf(side, at);
  if (!mark) return;
  bringIntoView(mark);
  for (const other of view.querySelectorAll("mark.on")) other.classList.remove("on");
  for (const each of [0, 1]) markOf(each, at)?.classList.add("on");
  current.passage = at;
  if (both) jump(1 - side, at, false);
  else mark.querySelector("button, a").focus({ preventScroll: true });
}

/** The next passage, or with -1 the one before. */
function turn(by) {
  const passages = view.querySelectorAll('mark[data-side="0"]').length;
  if (passages) jump(0, ((current.passage ?? -Math.max(by, 0)) + by + passages) % passages, true);
}

view.addEventListener("click", (event) => {
  const mark = event.target.closest("mark"), fact = event.target.closest("[data-fact]"), chip = event.target.closest("[data-jump]");
  if (!mark && !fact && !chip || !getSelection().isCollapsed) return;
  event.preventDefault();
  if (chip) jump(0, chip.dataset.jump - 1, true);
  else if (mark) jump(1 - mark.dataset.side, Number(mark.dataset.passage), false);
  else jumpToFact(fact.dataset.fact, fact.dataset.side ? [1 - fact.dataset.side] : [0, 1]);
});
for (const [type, on] of [["pointerover", true], ["pointerout", false]]) {
  view.addEventListener(type, (event) => {
    const at = event.target.closest?.("mark")?.dataset.passage;
    if (at) for (const side of [0, 1]) markOf(side, at)?.classList.toggle("on", on);
  });
}
