
// The line between one event and two, moved: what would join and what would part, by the scores that the result has.

function lineForm() {
  const misses = [...document.querySelectorAll(".misses > div")].map((element, at) => ({ element, score: index.misses[at].score }));
  const least = misses.reduce((least, miss) => Math.min(least, miss.score), index.line);
  const slider = h("input", { type: "range", min: Math.floor(100 * least), max: 99, value: Math.round(100 * index.line), id: "line" });
  const told = h("output", { htmlFor: "line", ariaLive: "polite" }), parting = h("ul", { className: "parting" });
  const standing = Math.round(100 * index.line) / 100;
  const move = () => {
    const line = Number(slider.value) / 100, joining = misses.filter((miss) => miss.score >= line);
    for (const miss of misses) miss.element.classList.toggle("joins", joining.includes(miss));
    const parted = events.filter((event) => event.score < line), thinned = events.filter((event) => event.score >= line && event.least < line);
    told.value = line === standing ? `The line stands at ${score(line)}.` : line < index.line ? `${score(line)}: ${counted(joining.length, "pair")} below would join.`
      : `${score(line)}: ${counted(parted.length, thing)} would part, ${number(thinned.length)} would lose stories.`;
    parting.replaceChildren(...(line > index.line ? [...parted, ...thinned] : []).sort((a, b) => a.score - b.score).slice(0, 40).map((event) =>
      h("li", {}, tag(score(event.score)), " ", h("a", { href: `#c${event.number}` }, bdi(event.title)))));
  };
  slider.addEventListener("input", move);
  move();
  return h("div", { className: "line" }, h("label", {}, "Move the line ", slider), told, parting,
    h("p", { className: "by" }, "Said by average scores: to know, run dedup cluster again with --event-threshold."));
}

if (index.line != null && index.misses.length) document.querySelector(".misses").before(lineForm());
