
// The list of events: entries are drawn when they come into view.

const portion = 25;
/** The events that are searched for, in their order, and how many of them are drawn. */
let found = [], drawn = 0;

const entries = h("div", { role: "list", className: "clusters" });
const more = act("Show more", () => draw());
const watch = new IntersectionObserver(([entry]) => { if (entry.isIntersecting) draw(); }, { rootMargin: "800px" });

/** Begins the list anew. */
function list(events) {
  found = events;
  drawn = 0;
  entries.replaceChildren();
  draw();
}

function draw(count = portion) {
  entries.append(...found.slice(drawn, drawn + count).map(entry));
  drawn = Math.min(found.length, drawn + count);
  more.hidden = drawn === found.length;
  // What is still in view after this portion asks for the next one.
  watch.unobserve(more);
  watch.observe(more);
}

function entry(event) {
  return h("div", { role: "listitem", className: "cluster", id: `e${event.number}` },
    h("div", { className: "what" },
      h("h2", { dir: "auto" }, h("a", { className: "name", href: `#c${event.number}` }, event.title)),
      event.lede ? h("p", { className: "lede", dir: "auto" }, event.lede) : null, by(event)),
    h("div", { className: "when" }, h("p", {}, make(event)), bar(event), dots(event),
      hasDates ? h("p", { className: "span" }, span(event)) : null, warnings(event)));
}

/** The outlets, the earliest first. */
function by(event) {
  const first = firstOutlets(event).filter(Boolean), names = [...first, ...outletsOf(event).filter((name) => !first.includes(name))];
  const shown = names.slice(0, 6);
  const line = h("p", { className: "by" });
  shown.forEach((name, at) => line.append(...at ? [at === first.length ? ", then " : ", "] : [], at < first.length ? h("b", {}, bdi(name)) : bdi(name)));
  if (names.length > shown.length) line.append(` and ${number(names.length - shown.length)} more`);
  if (event.result != null) line.append(" · ", bdi(index.results[event.result]));
  line.append(mark(event));
  return line;
}

/** The first version, what was copied and what was written anew, as shares. */
function bar(event) {
  const parts = [["first", 1], ["copied", event.copied], ["anew", event.versions - 1]];
  const line = svg("svg", { class: "parts", "aria-hidden": "true" });
  let from = 0;
  for (const [name, count] of parts.filter(([, count]) => count)) {
    line.append(svg("rect", { class: name, x: `${100 * from / event.size}%`, width: `${100 * count / event.size}%`, height: "100%" }));
    from += count;
  }
  return line;
}

/** A small timeline. */
function dots(event) {
  const axis = axisOf(event.times.filter((time) => time >= 0));
  if (!axis) return null;
  const line = svg("svg", { class: "dots", "aria-hidden": "true" },
    svg("line", { x1: axis.x(axis.start), x2: axis.x(axis.end), y1: "50%", y2: "50%" }));
  const places = new Map(event.times.map((time, at) => [Math.round(200 * time / axis.end), [time, event.ties[at]]]));
  for (const [time, tie] of places.values()) {
    if (time >= 0) line.append(svg("circle", { cx: axis.x(time), cy: "50%", r: 4, class: time === 0 ? "first" : tie === 3 ? "anew" : "copied" }));
  }
  return line;
}

/** Why it may be no event. */
function warnings(event) {
  return event.doubts ? h("p", { className: "doubts" }, event.doubts.join(" · ")) : null;
}

// All of it on paper, as far as paper goes.
addEventListener("beforeprint", () => { if (view.hidden) draw(500); });
